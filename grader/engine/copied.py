"""What was copied along with code, and is no Python: known by how its lines begin."""

import re

from grader.i18n import _
from grader.submission import lines

_FENCE = re.compile(r"\s*(?:```|~~~)")
_PROMPT = re.compile(r"\s*>>>(?: |$)")
_CONFLICT = re.compile(r"(?:<{7}|>{7})(?: |$)")


def explained(text: str, error: SyntaxError) -> tuple[int, str, bool]:
    """The line in which a text is no Python, why, and whether only its indentation is wrong."""
    line, message = max(1, error.lineno or 1), error.msg or "invalid syntax"
    if found := _copied(text, line):
        return *found, False
    return line, message, isinstance(error, IndentationError)


def _copied(text: str, line: int) -> tuple[int, str] | None:
    every = lines(text)
    # Translators: this and the next two follow "Python can't read line 3:".
    conflict = _(
        "Git left two versions of your code in the file; keep one, and delete the lines that begin "
        "with <<<<<<<, ======= and >>>>>>>"
    )
    marks = [number for number, each in enumerate(every, 1) if _CONFLICT.match(each)]
    if line in marks or len({every[number - 1][0] for number in marks}) == 2:
        return marks[0], conflict
    for number, each in enumerate(every, 1):  # the talk above it may be what can't be read
        if _FENCE.match(each) and not _in_a_string(every[: number - 1]):
            return number, _(
                "the line marks a code block in Markdown; delete the lines that begin with ``` or "
                "~~~, and everything around them that is no code"
            )
    if line <= len(every) and _PROMPT.match(every[line - 1]):
        return line, _(
            ">>> is Python's prompt, and was copied with the code; delete >>> and ... at the "
            "beginning of lines"
        )
    return None


def _in_a_string(above: list[str]) -> bool:
    text = "\n".join(above)
    return any(text.count(quotes) % 2 for quotes in ('"""', "'''"))
