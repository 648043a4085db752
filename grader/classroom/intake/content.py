"""What a file holds: Python as UTF-8, a notebook, answers to a quiz; all else is a sentence."""

import codecs
import io
import tokenize
from contextlib import suppress

from grader.classroom.intake.incoming import Parts
from grader.engine.precheck import DECLARED
from grader.i18n import _
from grader.quiz import handin
from grader.submission import MAX_SIZE

NOTEBOOK, PYTHON, QUIZ = ".ipynb", ".py", handin.ENDING
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
    b"\x89PNG": _("a picture"),
    b"\xff\xd8\xff": _("a picture"),
}
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def kind(parts: Parts, data: bytes) -> str:
    """``NOTEBOOK``, ``PYTHON`` or ``QUIZ``.

    Raises:
        ValueError: it is none of them, by its name or by how it begins; what it is, in sentences.
    """
    name = parts[-1].lower()
    for beginning, what in _MARKS.items():
        if data.startswith(beginning):
            raise ValueError(_("It is {what}, not Python. Ask for the .py file.").format(what=what))
    if ".quiz" in name and name.endswith(".json"):
        return QUIZ
    if name.endswith((NOTEBOOK, f"{NOTEBOOK}.txt", f"{NOTEBOOK}.json")):
        return NOTEBOOK
    dot = name.find(".", 1)
    ending = name[dot:] if dot > 0 else ""
    if not ending or name.endswith((".py", ".pyw", ".txt", ".py3")):
        return PYTHON
    raise ValueError(
        _("It is not a Python file, by its name. Ask for the .py file if there is one.")
    )


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
