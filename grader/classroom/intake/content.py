"""What a file holds: Python as UTF-8, a notebook, answers to a quiz; all else is a sentence."""

import codecs
import io
import re
import tokenize
from contextlib import suppress

from grader.classroom.intake.incoming import Parts
from grader.engine.precheck import DECLARED
from grader.i18n import _
from grader.quiz import handin
from grader.submission import MAX_SIZE

NOTEBOOK, PYTHON, QUIZ = ".ipynb", ".py", handin.ENDING
_PICTURE = _("a picture")
_BLANK = b" \t\r\n" + codecs.BOM_UTF8 + codecs.BOM_UTF16
_MARKS = {  # how other files begin
    b"%PDF-": _("a PDF document"),
    b"PK\x03\x04": _("an Office document or an archive"),
    b"\x1f\x8b": _("an archive"),
    b"7z\xbc\xaf": _("an archive"),
    b"Rar!": _("an archive"),
    b"BZh": _("an archive"),
    b"\xfd7zXZ": _("an archive"),
    b"{\\rtf": _("an RTF document"),
    b"\xd0\xcf\x11\xe0": _("an old Office document"),
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
}
_PACKED = re.compile(r"\.(?:tar|tgz|tbz2?|txz|t?zst|lz4|lzma|7z|rar|cab|iso|dmg)$", re.IGNORECASE)
_HAN = re.compile(rb"[\xb0-\xf7][\xa1-\xfe]{3}")  # two characters: in Western texts they are four
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class NoCodeError(ValueError):
    """What a file is that is no code; in sentences.

    Attributes:
        document: whether somebody may have written code into it all the same.
    """

    def __init__(self, text: str, *, document: bool = False) -> None:
        super().__init__(text)
        self.document = document


def kind(parts: Parts, data: bytes) -> str:
    """``NOTEBOOK``, ``PYTHON`` or ``QUIZ``.

    Raises:
        NoCodeError: it is none of them, by its name or by how it begins, or it is empty.
    """
    name = parts[-1].lower()
    what = next((what for mark, what in _MARKS.items() if data.startswith(mark)), "")
    if what or _PACKED.search(name):
        text = _("It is {what}, not Python. Ask for the .py file.")
        raise NoCodeError(text.format(what=what or _("an archive")), document=what != _PICTURE)
    found = _named(name)
    if not found:
        raise NoCodeError(
            _("It is not a Python file, by its name. Ask for the .py file if there is one.")
        )
    if not data.strip(_BLANK):
        raise NoCodeError(_("The file is empty. Ask this learner for it."))
    return found


def _named(name: str) -> str:
    """What a file is by its name, in lower case; empty if it is nothing that is taken."""
    if ".quiz" in name and name.endswith(".json"):
        return QUIZ
    if name.endswith((NOTEBOOK, f"{NOTEBOOK}.txt", f"{NOTEBOOK}.json")):
        return NOTEBOOK
    dot = name.find(".", 1)
    ending = name[dot:] if dot > 0 else ""
    return PYTHON if not ending or name.endswith((".py", ".pyw", ".txt", ".py3")) else ""


def converted(data: bytes) -> tuple[bytes, str]:
    """Python that can be graded, and what was changed, a sentence.

    Raises:
        ValueError: it is no text, or too large; in sentences.
    """
    if data.startswith(_UTF16):
        with suppress(UnicodeDecodeError):
            return _sized(data.decode("utf-16").encode()), _("It was UTF-16 and is UTF-8 now.")
    if b"\0" in data:
        raise ValueError(_("It holds bytes that are no text. Ask for the .py file."))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if not _declared(data):
            if _HAN.search(data):
                with suppress(UnicodeDecodeError):
                    text = data.decode("gb2312").encode()
                    return _sized(text), _("It was GB 2312 and is UTF-8 now.")
            return _sized(_western(data).encode()), _("It was Latin-1 and is UTF-8 now.")
    return _sized(data), ""


def _sized(data: bytes) -> bytes:
    if len(data) > MAX_SIZE:
        raise ValueError(
            _("It is larger than {max_size} KiB. Ask for the code alone.").format(
                max_size=MAX_SIZE >> 10
            )
        )
    return data


def _declared(data: bytes) -> bool:
    """Whether it names its encoding, and can be read so: then grading reads it so, too."""
    with suppress(SyntaxError, UnicodeError, LookupError):
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        # to read some others takes minutes
        if codecs.lookup(encoding).name in {*DECLARED, "iso8859-1"}:
            data.decode(encoding)
            return True
    return False


def _western(data: bytes) -> str:
    try:
        return data.decode("cp1252")  # what programs mean by Latin-1
    except UnicodeDecodeError:
        return data.decode("latin-1")
