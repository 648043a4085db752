"""What was copied along with code, and is no Python: known by how its lines begin."""

import re

from grader.i18n import _
from grader.submission import lines

# Translators: these follow "Python can't read line 3:".
_COPIED = (
    (
        re.compile(r"\s*(?:```|~~~)"),
        _(
            "the line marks a code block in Markdown, and was copied with the code; delete the "
            "lines that begin with ``` or ~~~"
        ),
    ),
    (
        re.compile(r"\s*>>>(?: |$)"),
        _(
            ">>> is Python's prompt, and was copied with the code; delete >>> and ... at the "
            "beginning of lines"
        ),
    ),
)
_CONFLICT = re.compile(r"(?:<{7}|>{7})(?: |$)")


def explained(text: str, line: int, message: str) -> tuple[int, str]:
    """Where a text is no Python, and why, if it is more than what the parser says of a line."""
    every = lines(text)
    conflict = [number for number, each in enumerate(every, 1) if _CONFLICT.match(each)]
    if line in conflict or len({every[number - 1][0] for number in conflict}) == 2:
        return conflict[0], _(
            "Git left two versions of your code in the file; keep one, and delete the lines that "
            "begin with <<<<<<<, ======= and >>>>>>>"
        )
    given = every[line - 1] if line <= len(every) else ""
    return line, next((what for begins, what in _COPIED if begins.match(given)), message)
