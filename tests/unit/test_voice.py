"""What people read is plain American English: the old habits are gone, and stay gone."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from grader.parsing import parse

ROOT = Path(__file__).resolve().parents[2]
HABITS = re.compile(
    r"\b(?:(?:is|are|was|were|what is) due|due (?:here|there|sorted)|due, and|fore?told|foretell"
    r"|told|tells? (?:of|what|whether|how|where|which)|mend(?:s|ed|ing)?|anew"
    r"|hand(?:s|ed)? (?:it |them |each )?on|look(?:s|ed)? whether|what came of|comes? of it"
    r"|fit noted|asked[- ]for|a text\b(?! file)|classif\w+ [^.]*rightly|everyone starts from it"
    r"|Is the return missing|Nobody is there|the text(?:'s)? (?:says|own|program|model)"
    r"|question of the text)\b",
    re.I,
)
PAGES = ("README.md", "CHANGELOG.md", "docs/*.md", "quizzes/*.toml")


def strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The strings of a module, without docstrings; of f-strings what stands outside the holes."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def marked(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The templates that are marked for translation."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in ("_", "ngettext"):
                for each in node.args:
                    if isinstance(each, ast.Constant) and isinstance(each.value, str):
                        yield node.lineno, each.value


def helps(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The docstrings of public functions, which are the help of commands."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node.lineno, ast.get_docstring(node) or ""


def titles(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The docstrings of checks, which are their titles."""
    for number, said in helps(tree):
        if tree.body and any(
            isinstance(node, ast.FunctionDef)
            and node.lineno == number
            and node.name.startswith("test_")
            for node in tree.body
        ):
            yield number, said


def briefs(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """All docstrings of a stub."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield getattr(node, "lineno", 1), ast.get_docstring(node) or ""


@cache
def said() -> list[tuple[str, str]]:
    """All sentences, read once."""
    return list(sentences())


def sentences() -> Iterator[tuple[str, str]]:
    """Where something is said to a person, and what."""
    for names, readers in (
        (("grader/**/*.py",), (marked,)),
        (("grader/cures.py",), (strings,)),
        (("grader/cli/commands/*.py", "grader/cli/app.py"), (helps,)),
        (("solutions/*/checks.py",), (strings, titles)),
        (("exercises/*.py",), (briefs,)),
    ):
        for name in names:
            for path in sorted(ROOT.glob(name)):
                tree = parse(path.read_text("utf-8"))
                for reader in readers:
                    for number, text in reader(tree):
                        yield f"{path.relative_to(ROOT)}:{number}", " ".join(text.split())
    for name in PAGES:
        for path in sorted(ROOT.glob(name)):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                yield f"{path.relative_to(ROOT)}:{number}", line


def test_no_old_habit_is_left() -> None:
    found = {where: match[0] for where, text in said() if (match := HABITS.search(text))}
    assert found == {}


def test_only_english_is_read() -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    assert [where for where, text in said() if "ex8" not in where and chinese.search(text)] == []


@pytest.mark.parametrize(
    "old",
    [
        "An array is due here; this is None.",
        "The first one is asked for.",
        "mend it, then run",
        "Hand it on as it is.",
        "Your callback is told of it.",
        "The text says: softmax picks",
        "Each run begins anew.",
        "Look whether it fits.",
    ],
)
def test_an_old_habit_would_be_found(old: str) -> None:
    assert HABITS.search(old)


@pytest.mark.parametrize("new", ["Expected an array.", "This is a text file.", "Fix it, then run"])
def test_plain_sentences_are_not_suspected(new: str) -> None:
    assert not HABITS.search(new)
