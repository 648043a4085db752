"""What can be said of a submission before it runs: answered at once, without any import."""

import ast
import codecs
import contextlib
import difflib
import io
import re
import tokenize
import warnings
from dataclasses import dataclass, replace
from typing import Any

from grader import texts
from grader.course import parse
from grader.engine import notebook
from grader.engine.kept import kept
from grader.engine.names import asks_for_name, bound
from grader.submission import MAX_SIZE, Code, Lines, is_notebook, lines

MAX_NAMES = 500  # that are compared with a missing one

_MAGIC = re.compile(r"\s*(%{1,2}\w+|!\s*\w)")
_ENCODINGS = {"utf-8", "utf-8-sig", "ascii", "iso-8859-1"}  # some others take minutes to read
# read if they are declared and the bytes are no UTF-8; codecs' own names
DECLARED = {"gbk", "gb2312", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"}
DECLARED |= {"cp1250", "cp1251", "cp1252", "iso8859-2", "iso8859-15", "koi8-r"}
_FORMATS = (  # how other files begin, what they are, and what to do
    (rb"PK\x03\x04.{0,2000}(?:word|xl|ppt)/", "an Office document", "Save the code as plain text."),
    (rb"PK\x03\x04", "a ZIP archive", "Unpack it, and submit the .py file that is in it."),
    (rb"\x1f\x8b|7z\xbc\xaf|Rar!|BZh", "an archive", "Unpack it, and submit the .py file."),
    (rb"%PDF-", "a PDF document", "Save the code as plain text."),
    (rb"\{\\rtf", "an RTF document", "Save the code as plain text."),
    (rb"\xd0\xcf\x11\xe0", "an old Office document", "Save the code as plain text."),
    (rb"\x89PNG|\xff\xd8\xff", "a picture", "Submit the file with the code itself."),
    (rb"..\r\n.\0\0\0", "compiled Python", "Submit the .py file that it was made from."),
    (
        rb"(?:\xef\xbb\xbf)?\s*<(?i:!doctype html|html|head)\b",
        "a web page",
        "Copy its code into a new file, or use the page's download button.",
    ),
)
_STOPS = re.compile("input|exit|quit|abort")
_EXITS = {"exit", "quit", "sys.exit", "os._exit", "os.abort"}


@dataclass(frozen=True)
class Refusal:
    """Why the file can't be graded: a sentence, and the line it is about.

    ``shown`` is that line as a ``grader.report.Line``.
    """

    message: str
    line: int | None = None
    shown: list[dict[str, Any]] | None = None


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
        return Refusal(texts.too_deep())
    if isinstance(found, Refusal) and found.line is not None:
        text = data.decode("utf-8", errors="replace")
        return replace(found, shown=Lines(text).shown(found.line) or None)
    return found


def _file(data: bytes, functions: tuple[str, ...]) -> Code | Refusal:
    for beginning, what, advice in _FORMATS:
        if re.match(beginning, data, re.DOTALL):
            return Refusal(texts.other_format(what, advice))
    if len(data) > MAX_SIZE:
        return Refusal(texts.too_large(MAX_SIZE))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Refusal(texts.utf16())
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        return Refusal(texts.nul_byte(line), line)
    text = _decode(data)
    if isinstance(text, Refusal):
        return text
    if not text.strip():
        return Refusal(texts.empty())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "\d" in a string is no concern of ours
            tree = parse(text)
    except SyntaxError as error:
        return _syntax_finding(error, text)
    except MemoryError:
        return Refusal(texts.too_deep())
    places = Lines(text)
    finding = (
        (_stops_at_import(tree, places) if _STOPS.search(text) else None)
        or _missing_name(tree, functions, places)
        or _written_twice(tree, functions, places)
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
        or _missing_name(book.tree, functions, places)
        or _written_twice(book.tree, functions, places)
    )
    if finding:
        return replace(finding, shown=places.shown(finding.line) if finding.line else None)
    graded = kept(book.text, book.tree, functions)
    tree = parse(graded.text)
    if finding := _stops_at_import(tree, places):
        return replace(finding, shown=places.shown(finding.line) if finding.line else None)
    notes = [texts.cell_unreadable(places.place(b.line), b.message) for b in book.broken]
    notes += [texts.only_trained(name, places.place(line)) for name, line in graded.trained]
    used = {places.where(line)[1] for line in graded.lines}
    ran = [cell.count for cell in cells if cell.number in used and cell.count is not None]
    if ran != sorted(ran):
        notes.append(texts.cells_in_another_order())
    return Code(graded.text, _imports_tensorflow(tree), book.cells, tuple(notes))


def _broken(book: notebook.Joined, functions: tuple[str, ...], places: Lines) -> Refusal | None:
    """A cell that can't be read and that has the newest version of what is graded."""
    for cell in book.broken:
        written = set(re.findall(r"^[ \t]*(?:def|class)[ \t]+(\w+)", cell.text, re.MULTILINE))
        later = bound([node for node in book.tree.body if node.lineno > cell.line])
        if any(name in written and name not in later for name in functions):
            sentence = texts.indentation if cell.indentation else texts.syntax_error
            return Refusal(sentence(places.place(cell.line), cell.message), cell.line)
    return None


def _set_aside(book: notebook.Joined, functions: tuple[str, ...], places: Lines) -> Refusal | None:
    """A function that is only in a cell that is no Python, such as one below ``%%writefile``."""
    defined = bound(book.tree.body)
    for line, text in book.aside:
        for name in re.findall(r"^(?:def|class)[ \t]+(\w+)", text, re.MULTILINE):
            if name in functions and name not in defined:
                magic = text.split(maxsplit=1)[0][:40]
                return Refusal(texts.cell_set_aside(name, places.place(line), magic), line)
    return None


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
                return Refusal(texts.not_utf8(number), number)
        return Refusal(texts.not_utf8(1), 1)


def _syntax_finding(error: SyntaxError, text: str) -> Refusal:
    for number, line in enumerate(lines(text), 1):
        if _MAGIC.match(line) and (error.lineno is None or number >= error.lineno - 1):
            if number <= (error.lineno or number):
                return Refusal(texts.notebook_line(number, line.strip()), number)
    number = error.lineno or 1
    sentence = texts.indentation if isinstance(error, IndentationError) else texts.syntax_error
    return Refusal(sentence(texts.place(number), error.msg or "invalid syntax"), number)


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
                    return Refusal(texts.asks_for_input(places.place(node.lineno)), node.lineno)
                if name in _EXITS:
                    place = places.place(node.lineno)
                    return Refusal(texts.exits_at_import(place, name), node.lineno)
    return None


def _missing_name(tree: ast.Module, functions: tuple[str, ...], places: Lines) -> Refusal | None:
    defined = bound(tree.body)
    if "*" in defined:
        return None  # an import that may bring any name
    for name in functions:
        if name in defined:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and asks_for_name(node.test):
                if line := bound(node.body).get(name):
                    return Refusal(texts.under_main(name, places.place(line)), line)
            elif isinstance(node, ast.FunctionDef | ast.ClassDef):
                if line := bound(node.body).get(name):
                    return Refusal(texts.nested_name(name, node.name, places.place(line)), line)
        others = [n for n in defined if n not in functions][:MAX_NAMES]
        near = difflib.get_close_matches(name, others, n=1)
        if not near:
            return Refusal(texts.missing_name(name))
        line = defined[near[0]]
        return Refusal(texts.misnamed(name, near[0], places.place(line)), line)
    return None


def _written_twice(tree: ast.Module, functions: tuple[str, ...], places: Lines) -> Refusal | None:
    """A function that is written, and below it is not: the starter version, pasted once more."""
    written: dict[str, int] = {}
    finding = None
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name not in functions:
            continue
        if not _unwritten(node.body):
            written[node.name], finding = node.lineno, None
        elif first := written.get(node.name):
            both = places.place(first), places.place(node.lineno)
            finding = Refusal(texts.defined_twice(node.name, *both), node.lineno)
    return finding


def _unwritten(body: list[ast.stmt]) -> bool:
    """Whether a body is empty but for a docstring, or says so by ``NotImplementedError``."""
    match body[-1]:
        case ast.Raise(exc=ast.Name(id="NotImplementedError")):
            empty = True
        case ast.Raise(exc=ast.Call(func=ast.Name(id="NotImplementedError"))):
            empty = True
        case ast.Pass() | ast.Expr(value=ast.Constant()):
            empty = True
        case _:
            empty = False
    return empty and all(
        isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant) for n in body[:-1]
    )


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
