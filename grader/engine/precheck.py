"""What can be said of a submission before it runs: answered at once, without any import."""

import ast
import codecs
import contextlib
import io
import json
import re
import sys
import tokenize
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from grader import cures, exceptions, submission
from grader.clean import capital
from grader.course import Exercise
from grader.engine import copied, notebook
from grader.engine.defined import another, missing, written_twice
from grader.engine.kept import kept
from grader.engine.names import bound
from grader.i18n import _
from grader.parsing import parse
from grader.submission import MAX_SIZE, Code, Lines, is_notebook, lines

_MAGIC = re.compile(r"\s*(%{1,2}\w+|!\s*\w)")
# type X = …, def f[T](…), class X[T]
_NEWER = re.compile(r"\s*(?:type\s+\w+(?:\[.*\])?\s*=|(?:async\s+)?def\s+\w+\[|class\s+\w+\[)")
_ENCODINGS = {"utf-8", "utf-8-sig", "ascii", "iso-8859-1"}  # some others take minutes to read
# read if they are declared and the bytes are no UTF-8; codecs' own names
DECLARED = {"gbk", "gb2312", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"}
DECLARED |= {"cp1250", "cp1251", "cp1252", "iso8859-2", "iso8859-15", "koi8-r"}
# Translators: these follow "This is", such as "This is a ZIP archive, not a Python file."
_FORMATS = (  # how other files begin, what they are, and what to do
    (
        rb"PK\x03\x04.{0,2000}(?:word|xl|ppt)/",
        _("an Office document"),
        _("Save the code as plain text."),
    ),
    (rb"PK\x03\x04", _("a ZIP archive"), _("Unpack it, and submit the .py file that is in it.")),
    (rb"\x1f\x8b|7z\xbc\xaf|Rar!|BZh", _("an archive"), _("Unpack it, and submit the .py file.")),
    (rb"%PDF-", _("a PDF document"), _("Save the code as plain text.")),
    (rb"\{\\rtf", _("an RTF document"), _("Save the code as plain text.")),
    (rb"\xd0\xcf\x11\xe0", _("an old Office document"), _("Save the code as plain text.")),
    (rb"\x89PNG|\xff\xd8\xff", _("a picture"), _("Submit the file with the code itself.")),
    (rb"..\r\n.\0\0\0", _("compiled Python"), _("Submit the .py file that it was made from.")),
    (
        rb"(?:\xef\xbb\xbf)?\s*<(?i:!doctype html|html|head)\b",
        _("a web page"),
        _("Copy its code into a new file, or use the page's download button."),
    ),
)
_STOPS = re.compile("input|exit|quit|abort")
_EXITS = {"exit", "quit", "sys.exit", "os._exit", "os.abort"}


@dataclass(frozen=True)
class Refusal:
    """Why the file can't be graded: a sentence, and the line it is about.

    ``shown`` is that line as a ``grader.details.Line``.
    """

    message: str
    line: int | None = None
    shown: list[dict[str, Any]] | None = None


def prechecked(data: bytes, exercise: Exercise) -> Code | Refusal:
    """What is graded of a submission of an exercise, or the first thing that is wrong with it.

    A function that came later, and of which the file says nothing, is put below it as in the
    starter version: still to be written.
    """
    said = _said_anywhere(data) if exercise.later else ""
    absent = [name for name in sorted(exercise.later) if name not in said]
    code = precheck(data, tuple(name for name in exercise.functions if name not in absent))
    if isinstance(code, Refusal):
        text = source(data)
        finding = another(text, exercise) if isinstance(text, str) else None
        return Refusal(finding) if finding else code
    below = "\n\n\ndef {}(*args, **kwargs):\n    raise NotImplementedError\n"
    return replace(code, text=code.text + "".join(map(below.format, absent)))


def precheck(data: bytes, functions: tuple[str, ...]) -> Code | Refusal:
    """Decode and parse a submission, and look for the names it must define.

    Args:
        data: the bytes of a Python file, or of a notebook.
        functions: names of the functions and classes that the checks call.

    Returns:
        What is graded, or the first thing that is wrong with it.
    """
    try:
        if is_notebook(data):
            return _notebook(data, functions)
        found = _file(data, functions)
    except RecursionError:
        return Refusal(_too_deep())
    if isinstance(found, Refusal) and found.line is not None:
        text = _decode(data)
        text = data.decode("utf-8", "replace") if isinstance(text, Refusal) else text
        return replace(found, shown=Lines(text).shown(found.line) or None)
    return found


def source(data: bytes, functions: tuple[str, ...] = ()) -> str | Refusal:
    """A submission's code: the text of a file, or what is graded of a notebook."""
    if is_notebook(data):
        found = precheck(data, functions)
        return found.text if isinstance(found, Code) else found
    return Refusal(notebook.too_large(MAX_SIZE)) if len(data) > MAX_SIZE else _decode(data)


def _file(data: bytes, functions: tuple[str, ...]) -> Code | Refusal:
    for beginning, what, advice in _FORMATS:
        if re.match(beginning, data, re.DOTALL):
            return Refusal(
                _("This is {what}, not a Python file. {advice}").format(what=what, advice=advice)
            )
    if len(data) > MAX_SIZE:
        return Refusal(notebook.too_large(MAX_SIZE))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Refusal(_("The file is written in UTF-16. Save it again with the encoding UTF-8."))
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        return Refusal(
            (
                _(
                    "Line {line} contains a NUL byte: this is not a text file. Save "
                    "it again as plain text."
                ).format(line=line)
            ),
            line,
        )
    text = _decode(data)
    if isinstance(text, Refusal):
        return text
    if not text.strip():
        return Refusal(
            _(
                "The file is empty. Write your functions, or get the starter version back: "
                "`grade reset`."
            )
        )
    try:
        tree = parse(text)
    except SyntaxError as error:
        return _syntax_finding(error, text)
    except MemoryError:
        return Refusal(_too_deep())
    places = Lines(text)
    finding = (
        (_stops_at_import(tree, places) if _STOPS.search(text) else None)
        or _said(missing, tree, functions, places)
        or _said(written_twice, tree, functions, places)
    )
    named = "tensorflow" in text or "keras" in text  # to walk through a large tree takes seconds
    return finding or Code(text, named and _imports_tensorflow(tree))


def _notebook(data: bytes, functions: tuple[str, ...]) -> Code | Refusal:
    try:
        cells = notebook.read(data)
        book = notebook.joined(cells)
    except notebook.NotebookError as error:
        return Refusal(str(error))
    places = Lines(book.text, book.cells)
    finding = (
        _broken(book, functions, places)
        or _set_aside(book, functions, places)
        or _said(missing, book.tree, functions, places)
        or _said(written_twice, book.tree, functions, places)
    )
    if finding:
        return replace(finding, shown=places.shown(finding.line) if finding.line else None)
    graded = kept(book.text, book.tree, functions)
    tree = parse(graded.text)
    if finding := _stops_at_import(tree, places):
        return replace(finding, shown=places.shown(finding.line) if finding.line else None)
    notes = [
        _("Python can't read {place} ({message}), so this cell is not graded.").format(
            place=places.place(b.line), message=b.message
        )
        for b in book.broken
    ]
    notes += [
        (
            _(
                "Your functions use {name}, and {place} trains to make it. Training "
                "outside of functions is not run when a notebook is graded: pass it to "
                "the function as an argument."
            ).format(name=name, place=places.place(line))
        )
        for name, line in graded.trained
    ]
    used = {places.where(line)[1] for line in graded.lines}
    ran = [cell.count for cell in cells if cell.number in used and cell.count is not None]
    if ran != sorted(ran):
        notes.append(
            _(
                "The cells last ran in another order than they are in. They are "
                "graded from top to bottom, as Restart and Run All runs them, and "
                "counted like that."
            )
        )
    return Code(graded.text, _imports_tensorflow(tree), book.cells, tuple(notes))


def _broken(book: notebook.Joined, functions: tuple[str, ...], places: Lines) -> Refusal | None:
    """A cell that can't be read and that has the newest version of what is graded."""
    for cell in book.broken:
        written = set(re.findall(r"^[ \t]*(?:def|class)[ \t]+(\w+)", cell.text, re.MULTILINE))
        later = bound([node for node in book.tree.body if node.lineno > cell.line])
        if any(name in written and name not in later for name in functions):
            sentence = exceptions.indentation if cell.indentation else exceptions.syntax_error
            return Refusal(sentence(places.place(cell.line), cell.message), cell.line)
    return None


def _set_aside(book: notebook.Joined, functions: tuple[str, ...], places: Lines) -> Refusal | None:
    """A function that is only in a cell that is no Python, such as one below ``%%writefile``."""
    absent = set(functions) - bound(book.tree.body).keys()
    for line, text in book.aside:
        if name := _first(text, absent):
            magic = text.split(maxsplit=1)[0][:40]
            template = _(
                "{name} is in {place}, in a cell that begins with {magic}: that is not graded. "
                "Delete the line with {magic}."
            )
            return Refusal(template.format(name=name, place=places.place(line), magic=magic), line)
    for cell in book.other:
        if name := _first(cell.text, absent):
            template = _(
                "{name} is in a cell whose language is {language}: only Python is graded. Select "
                "Python as the language of the cell."
            )
            return Refusal(template.format(name=name, language=cell.language))
    return None


def _first(text: str, names: Collection[str]) -> str:
    """The first of these names that a cell defines; empty if it has none."""
    defined = re.findall(r"^(?:def|class)[ \t]+(\w+)", text, re.MULTILINE)
    return next((name for name in defined if name in names), "")


def _decode(data: bytes) -> str | Refusal:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        if encoding not in _ENCODINGS:
            with contextlib.suppress(UnicodeError):
                return data.decode("utf-8")
            encoding = codecs.lookup(encoding).name
            if encoding not in DECLARED:
                encoding = "utf-8"
        return io.TextIOWrapper(io.BytesIO(data), encoding).read()
    except (SyntaxError, UnicodeError, LookupError):
        # a byte that is no UTF-8 is kept as a lone surrogate
        for number, line in enumerate(lines(data.decode("utf-8", "surrogateescape")), 1):
            if not line.isascii() and any("\ud800" <= sign <= "\udfff" for sign in line):
                return Refusal(_not_utf8(number), number)
        return Refusal(_not_utf8(1), 1)


def _said_anywhere(data: bytes) -> str:
    """All that a file says, in whatever encoding, with names as Python takes them."""
    text = _decode(data)
    if is_notebook(data):
        with contextlib.suppress(ValueError, RecursionError):  # it can't be graded
            text = json.dumps(json.loads(data.decode("utf-8-sig")), ensure_ascii=False)
    return unicodedata.normalize("NFKC", text) if isinstance(text, str) else ""


def _syntax_finding(error: SyntaxError, text: str) -> Refusal:
    for number, line in enumerate(lines(text), 1):
        if _MAGIC.match(line) and (error.lineno is None or number >= error.lineno - 1):
            if number <= (error.lineno or number):
                return Refusal(
                    (
                        _(
                            "Line {line}, {text!r}, works in a notebook only. "
                            "Remove lines that start with % or !: this is a plain "
                            "Python file."
                        ).format(line=number, text=line.strip())
                    ),
                    number,
                )
    number = error.lineno or 1
    if sys.version_info < (3, 12) and _NEWER.match(dict(enumerate(lines(text), 1)).get(number, "")):
        return Refusal(_newer(submission.place(number)), number)
    number, message, wrong = copied.explained(text, error)
    sentence = exceptions.indentation if wrong else exceptions.syntax_error
    return Refusal(sentence(submission.place(number), message), number)


def _newer(place: str) -> str:
    template = _(
        "{place} needs Python 3.12 or newer, and your file is graded by Python {version}. Leave "
        "out `type`, and the square brackets after the name of a function or a class."
    )
    return capital(template.format(place=place, version=cures.THIS_PYTHON))


def _said(
    rule: Callable[[ast.Module, tuple[str, ...], Lines], tuple[str, int | None] | None],
    tree: ast.Module,
    functions: tuple[str, ...],
    places: Lines,
) -> Refusal | None:
    found = rule(tree, functions, places)
    return Refusal(*found) if found else None


def _stops_at_import(tree: ast.Module, places: Lines) -> Refusal | None:
    """A call, outside any function and any ``if``, that waits or ends the program."""
    for statement in tree.body:
        if not isinstance(statement, ast.Expr | ast.Assign | ast.AnnAssign | ast.AugAssign):
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Lambda):
                break
            if isinstance(node, ast.Call):
                name = _dotted(node.func)
                if name == "input":
                    return Refusal(
                        (
                            capital(
                                _(
                                    "{place} waits for input() while the file loads, "
                                    "but nobody can type here. Put it under `if "
                                    "__name__ == '__main__':`."
                                ).format(place=places.place(node.lineno))
                            )
                        ),
                        node.lineno,
                    )
                if name in _EXITS:
                    place = places.place(node.lineno)
                    return Refusal(
                        (
                            capital(
                                _(
                                    "{place} ends the program with {call}() while the "
                                    "file loads, before anything can be checked. Put it "
                                    "under `if __name__ == '__main__':`, or remove it."
                                ).format(place=place, call=name)
                            )
                        ),
                        node.lineno,
                    )
    return None


def _dotted(node: ast.expr) -> str:
    """``"sys.exit"`` of that expression; empty for anything but names and dots."""
    names: list[str] = []
    while isinstance(node, ast.Attribute) and len(names) < 3:
        names.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(names)]) if isinstance(node, ast.Name) else ""


def _imports_tensorflow(tree: ast.Module) -> bool:
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                modules = [alias.name for alias in node.names]
            case ast.ImportFrom():
                modules = [node.module or ""]
            case ast.Call(args=[ast.Constant(value=str(name)), *_]):
                modules = [name]  # importlib.import_module("keras"), __import__("tensorflow")
            case _:
                continue
        if any(m.partition(".")[0] in ("tensorflow", "keras") for m in modules):
            return True
    return False


def _too_deep() -> str:
    return _("The file's expressions are nested too deeply for Python to read.")


def _not_utf8(line: int) -> str:
    return _(
        "Line {line} is not UTF-8 text. Save the file as UTF-8 (in most editors: File, "
        "Save with Encoding, UTF-8)."
    ).format(line=line)
