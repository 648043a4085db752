"""Makes any text safe and possible to print: a submission's words must stay words."""

import codecs
import io
import re
import sys

_ESCAPES = re.compile(
    r"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x80-\x9f]*(?:\x07|\x1b\\|\x9c)"  # OSC, DCS, …
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colors, cursor movements
    r"|\x1b[ -/]*[0-~]"
)
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # would show a line in another order
    r"\u2028\u2029\ufeff]"
)
_SURROGATES = re.compile(r"[\ud800-\udfff]")

# What stands for a character that the terminal's encoding lacks.
_PLAIN = {
    "✓": "+", "✗": "x", "○": "o", "❱": ">", "❯": ">", "▰": "#", "▱": ".",
    "↑": "up", "↓": "down", "│": "|", "·": "-", "…": "...", "–": "-", "—": "-",
    "→": "->", "×": "x", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "≤": "<=", "≥": ">=",
    "▁": "_", "▂": ".", "▃": "-", "▄": "=", "▅": "+", "▆": "*", "▇": "#", "█": "@",
}  # fmt: skip


def clean(text: str) -> str:
    """The text without escape sequences, control characters and changes of direction.

    Newlines and tabs stay; a carriage return becomes a newline.
    """
    text = _ESCAPES.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", _CONTROLS.sub("", text))


def tolerate_encodings() -> None:
    """Let standard output and error replace what their encoding can't carry."""
    codecs.register_error("grader.plain", _replace)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="grader.plain")


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(_PLAIN.get(character, "?") for character in missing), error.end
