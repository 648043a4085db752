"""Every sentence that a person reads is marked for translation: a net over all strings.

A string that reads as English, in a screen, an error, a help or a page, is an argument of ``_`` or
``ngettext``; what need not be is named here, with the reason. ``tests/test_translation.py`` looks
at what commands show.
"""

import ast
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

import grader
from grader.cli.app import COMMANDS
from grader.parsing import parse
from support import modules

PACKAGE = Path(grader.__file__).parent
PHRASE = re.compile(  # three words, or two and a hole
    r"[A-Za-z][a-z'’-]*[,;:]? +(?:[a-z][a-z'’-]*|\{\})[,;:]? +(?:[a-z][a-z'’-]*|\{\})"
)
WORD = re.compile(r"(?<![{\w.%-])[A-Za-z][a-z]{2,}")
TAGS = re.compile(r"<style>.*?</style>|<[!/a-zA-Z][^<>]*>", re.DOTALL)

# what is printed: a word is enough. The arguments that are shown, by the name of the function.
SINKS: dict[str, slice] = {
    **dict.fromkeys(("Text", "words", "say", "echo", "print", "note", "sentence"), slice(0, 1)),
    **dict.fromkeys(("tag", "Block", "Hanging"), slice(1, None)),
}
SHOWN = ("help", "description", "aria_label", "title", "alt")  # and so are these keywords

# Code, in which names and keywords look like words.
CODE = re.compile(
    r"\s*(SELECT|CREATE|INSERT|#!|import |from [\w{}]|%pip |%?grade |pip |java |dolos |def |class |"
    r"--|\{\} -m |return |raise |global |print\(|part\(|Wheel-Version|default-src|"
    r"border|\.card|# The image)"
)
PATTERN = re.compile(r"\[ \\t\]|\\w|\(\?[:P]|'\(|^'|\\\(|\\\+")
# Exceptions that say to a programmer, or to the other side of the wall, what is broken: a person
# reads at most the sentence around it, "The grader couldn't read what your code sent back (…)".
INNER = {
    *("AssertionError", "AttributeError", "TypeError", "ValueError", "OSError"),
    *("WireError", "Garbled", "ModuleNotFoundError"),
}
# Whole sentences have another reason each.
OTHERS = {
    # what Python, Keras and TensorFlow say, compared with it
    "EOF when reading a line", "URL fetch failure", "invalid non-printable character",
    "can't start new thread|",
    "np_utils|cannot import name", "truth value of an array", "Arguments received by",
    "Call arguments received by", "Detected at node", "Graph execution error",
    "ModuleNotFoundError: No module named", "only supports Python-style iteration",
    "missing 1 required positional", "Expected `metrics` argument",
    # titles of columns in files of other systems
    "sis user id", "sis login id", "grade can be changed", "nota pode ser", "a nota pode ser",
    "la note peut", "se puede cambiar", "a cualificación", "bewertung kann",
    "solutions/ex<number>_<name>/",  # a path
    # data: a level of protection, whose words are in render/labels.py; a style of rich
    "not known yet", "not dim magenta",
    # of pytest's own list of markers, which nobody sees
    "{}: of this course",
    # what an exception is to a debugger; the sentence for a person is in endings.py
    "exit status {}",
    # scripts that another service starts, with their comments for who maintains them
    '"""Grades {stem}', "\nimport json as _json",
}  # fmt: skip


def said(node: ast.AST) -> str | None:
    """A string as far as it is known, with ``{}`` for what is not."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(e.value) if isinstance(e, ast.Constant) else "{}" for e in node.values)
    return None


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def skipped(tree: ast.AST) -> set[int]:
    """Nodes that need no mark: marked ones, docstrings, types, inner errors, parts of f-strings."""
    found: set[int] = set()

    def inside(*nodes: ast.AST | None) -> None:
        found.update(id(inner) for node in nodes if node for inner in ast.walk(node))

    for node in ast.walk(tree):
        match node:
            case ast.Call() if name_of(node) in ("_", "ngettext", *INNER):
                inside(*node.args)
            case ast.Expr(value=ast.Constant()):
                inside(node)
            case ast.arg(annotation=found_type) | ast.AnnAssign(annotation=found_type):
                inside(found_type)
            case ast.FunctionDef(returns=found_type):
                inside(found_type)
            case ast.JoinedStr():
                found.update(id(each) for each in node.values if isinstance(each, ast.Constant))
    return found


def unmarked(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and words of what a person would read in English whatever the language is."""
    skip, met = skipped(tree), set[int]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            shown = node.args[SINKS[name_of(node)]] if name_of(node) in SINKS else []
            shown = [*shown, *(k.value for k in node.keywords if k.arg in SHOWN)]
            met.update(id(each) for each in shown)
    for node in ast.walk(tree):
        text = said(node)
        if text is None or id(node) in skip or CODE.match(text) or PATTERN.search(text):
            continue
        if any(text.startswith(each) for each in OTHERS):
            continue
        page = TAGS.search(text)
        if (WORD if page or id(node) in met else PHRASE).search(unescape(TAGS.sub("\n", text))):
            yield node.lineno, text  # type: ignore[attr-defined]


def test_every_sentence_is_marked() -> None:
    found = {
        f"{path}:{line}": text[:90]
        for path, tree in modules().items()
        for line, text in unmarked(tree)
    }
    assert len(modules()) > 200 and found == {}


def test_a_sentence_is_made_of_no_parts() -> None:
    """A sentence in a language is no other sentence with something before or after it."""
    found = [
        f"{path}:{node.lineno}: {ast.unparse(node)[:90]}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp | ast.AugAssign | ast.JoinedStr) and glued(node)
    ]
    assert found == []


def test_a_command_in_a_sentence_is_in_backticks() -> None:
    """One sees where it ends, and no line of a screen ends within it."""
    found = {
        f"{path}:{node.lineno}": each.value
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and name_of(node) in ("_", "ngettext")
        for each in node.args
        if isinstance(each, ast.Constant) and bare_commands(str(each.value))
    }
    assert found == {}


def bare_commands(template: str) -> list[str]:
    """Commands that are neither in backticks nor in a line of their own."""
    rest = re.sub(r"`[^`]*`|^    grade .*$", "", template, flags=re.MULTILINE)
    ours = rf"(?<![%\w])grade (?:{'|'.join(COMMANDS)})\b"
    return re.findall(rf"\{{command\}}|{ours}|\bpip install|\bdask (?:scheduler|worker)", rest)


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("Run {command} first.", ["{command}"]),
        ("Run `{command}` first, or `{command} --help`.", []),
        ("Import it with grade class import.", ["grade class"]),
        ("Run pip install numpy.", ["pip install"]),
        ("Grade it:\n\n    grade hint ex1\n", []),
        ("To grade a file, name it.", []),
    ],
)
def test_a_bare_command_would_be_found(template: str, found: list[str]) -> None:
    assert bare_commands(template) == found


def glued(node: ast.BinOp | ast.AugAssign | ast.JoinedStr) -> bool:
    """Whether a marked sentence becomes a part of another string."""
    match node:
        case ast.BinOp(op=ast.Add()):
            return marked(node.left) or marked(node.right)
        case ast.AugAssign(op=ast.Add()):
            return marked(node.value)
        case ast.JoinedStr():
            return any(isinstance(e, ast.FormattedValue) and marked(e.value) for e in node.values)
    return False


def marked(node: ast.AST) -> bool:
    """Whether this is a marked sentence, perhaps with its holes filled."""
    if isinstance(node, ast.IfExp):
        return marked(node.body) or marked(node.orelse)
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        node = node.func.value
    return isinstance(node, ast.Call) and name_of(node) in ("_", "ngettext")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ('raise Complaint("There is no file.")', ["There is no file."]),
        ('f(_("There is no file {file}.").format(file="a b"))', []),
        ('x = f"{a} files were not found"', ["{} files were not found"]),
        ('screen.print(f"{name}", "no sink")', []),
        ('words("passed", "bold green")', ["passed"]),
        ('tag("dt", "learners", class_="number")', ["learners"]),
        ('option("--plain", help="No signs")', ["No signs"]),
        ('PAGE = "<h2>The code</h2><style>h2 { color: red }</style>"',
         ["<h2>The code</h2><style>h2 { color: red }</style>"]),
        ('raise AssertionError("it depends on the file")', []),
        ('def f(x: "a type of mine") -> "what it is":\n    "A docstring of mine."', []),
        ('db.execute("SELECT name FROM check WHERE id = 1")', []),
    ],
)  # fmt: skip
def test_an_unmarked_sentence_would_be_found(code: str, words: list[str]) -> None:
    assert [text for _, text in unmarked(parse(code))] == words


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('_("It is {a}") + reason', True),
        ("f\"{_('late')}: {name}\"", True),
        ('(_("a") if x else "b") + c', True),
        ('"# " + name', False),
        ('_("{a}: {b}").format(a=a, b=b)', False),
    ],
)
def test_a_glued_sentence_would_be_found(code: str, found: bool) -> None:
    nodes = ast.walk(parse(code))
    assert any(isinstance(n, ast.BinOp | ast.JoinedStr) and glued(n) for n in nodes) is found
