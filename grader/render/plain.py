"""Output for terminals that can do less: few characters, few columns."""

import codecs
import io
import os
import sys

NARROWEST = 20  # columns: in fewer no sentence can be read
_SIZES = {"COLUMNS": NARROWEST, "LINES": 2, "TERMINAL_WIDTH": NARROWEST}  # the least of each

# What stands for a character that the terminal's encoding lacks.
_PLAIN = {
    "✓": "+", "✗": "x", "○": "o", "❱": ">", "❯": ">", "▰": "#", "▱": ".",
    "↑": "up", "↓": "down", "│": "|", "·": "-", "…": "...", "–": "-", "—": "-",
    "●": "o", "├": "|", "┤": "|", "─": "-",
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


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(_PLAIN.get(character, "?") for character in missing), error.end
