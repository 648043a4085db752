"""Makes any text safe and possible to print: a stranger's words must stay words."""

import re
import unicodedata

from grader.i18n import ngettext

# Of one text. A whole file fits; what is only a sentence or a message is cut far earlier.
LENGTH, LINES = 100_000, 2_000  # characters, lines

_COLORS = re.compile(r"\x1b\[[0-9;:]*m")  # Keras prints them; without them nothing is lost
_DROPPED = "\u00ad\u200c\u200d\ufe0e\ufe0f"  # inside of words and emoji: only looks change
_INVISIBLE = re.compile(  # what Unicode counts as printable and no terminal shows
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)
_MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_TOWERS = re.compile(f"({_MARKS}{{4}}){_MARKS}+")  # would cover the lines above


def clean(text: str, *, length: int = LENGTH, lines: int = LINES) -> str:
    """A text to be shown, ``printable`` and of bounded size."""
    text = printable(text[: 2 * length])
    if len(text) > length:
        text = text[: length - 1] + "…"
    if text.count("\n") >= lines:
        *kept, rest = text.split("\n", lines - 1)
        more = rest.count("\n") + 1
        left_out = ngettext("… {count:,} more line", "… {count:,} more lines", more)
        text = "\n".join([*kept, left_out.format(count=more)])
    return text


def printable(text: str) -> str:
    """The text with ``\\x1b``, ``\\u202e`` and the like in place of what would not be seen.

    Newlines and tabs stay; a carriage return becomes a newline.
    """
    if "\x1b" in text:
        text = _COLORS.sub("", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.replace("\n", "").replace("\t", "").isprintable() or _INVISIBLE.search(text):
        text = "".join(map(_visible, text))
    return text if text.isascii() else _TOWERS.sub(r"\1", text)


def line(text: object) -> str:
    """The same for what must stay in one line, such as the name of a file."""
    return clean(str(text).replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t"))


def sentence(text: object) -> str:
    """The same for a sentence: one line, single spaces."""
    return " ".join(clean(str(text), length=4_000).split())


def _visible(character: str) -> str:
    if character in "\n\t" or unicodedata.category(character) == "Zs":
        return character
    if character in _DROPPED:
        return ""
    if character.isprintable() and not _INVISIBLE.match(character):
        return character
    if "\udc80" <= character <= "\udcff":  # a byte of a file's name that is no UTF-8
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode()


def first_line(text: str) -> str:
    """The first line that says something, cut to 300 characters."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[0].strip()[:300] if lines else ""


def capital(sentence: str) -> str:
    """A sentence that may begin with a place, as sentences begin."""
    return sentence[:1].upper() + sentence[1:]
