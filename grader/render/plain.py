"""Output for terminals that can do less: few characters, few columns."""

import codecs
import io
import os
import re
import sys

WIDTH = 100  # columns; longer lines are hard to read
NARROWEST = 20  # columns: in fewer no sentence can be read
_COMMAND = re.compile(r"`[^`\n]+`")  # in a sentence
_GLUE = "\ue000"  # a space that no line ends at; one column wide, and nobody's text has it
_SIZES = {"COLUMNS": NARROWEST, "LINES": 2, "TERMINAL_WIDTH": NARROWEST}  # the least of each

# What stands for a character that the terminal's encoding lacks.
_PLAIN = {
    "✓": "+", "✗": "x", "○": "o", "❱": ">", "❯": ">", "▰": "#", "▱": ".",
    "↑": "up", "↓": "down", "│": "|", "·": "-", "…": "...", "–": "-", "—": "-",
    "●": "o", "├": "|", "┤": "|", "─": "-", "┃": "|",
    "→": "->", "×": "x", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "≤": "<=", "≥": ">=",
    "▁": "_", "▂": ".", "▃": "-", "▄": "=", "▅": "+", "▆": "*", "▇": "#", "█": "@",
}  # fmt: skip


def tolerate_terminals() -> None:
    """Let output replace what its encoding can't carry, and ignore sizes that can't be."""
    codecs.register_error("grade-plain", _replace)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="grade-plain")
    for name, least in _SIZES.items():
        size = os.environ.get(name, "0")
        if not (size.isascii() and size.isdecimal()) or len(size) > 4 or int(size) == 0:
            os.environ.pop(name, None)
        elif int(size) < least:
            os.environ[name] = str(least)


def glued(text: str, room: int) -> str:
    """A sentence in whose commands no line can end, where they fit into so many columns."""
    return _COMMAND.sub(lambda found: whole(found[0], room), text)


def whole(command: str, room: int) -> str:
    """A command in which no line can end, if it fits with a sign before and behind it."""
    return command.replace(" ", _GLUE) if len(command) + 2 <= room else command


def unglued(text: str) -> str:
    """The same with spaces, once it is in lines."""
    return text.replace(_GLUE, " ")


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(_PLAIN.get(character, "?") for character in missing), error.end
