"""Files that are the same but for blanks, comments and names.

Nothing more clever: what a learner has rearranged is for JPlag or Dolos to find.
"""

import ast
import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from grader.parsing import parse

LEAST = 30  # nodes of a syntax tree: a function of one line is written by many

_FILES = TypeVar("_FILES", bound=Hashable)


@dataclass(frozen=True)
class Shape:
    """A file without blanks, comments and names.

    Attributes:
        digest: the same for files that are the same.
        size: nodes of the syntax tree that are not the stub's: how much is the same.
    """

    digest: str
    size: int


@dataclass(frozen=True)
class Same(Generic[_FILES]):
    """Files that are the same.

    Attributes:
        files: whatever they were named by, at least two.
        size: see ``Shape``.
        letter: whether they are the same to the letter.
    """

    files: tuple[_FILES, ...]
    size: int
    letter: bool


def _shape(source: str, given: set[str]) -> Shape | None:
    """A file's shape; ``None`` if it can't be parsed, or says no more than what was given."""
    own = [(digest, size) for digest, size in _statements(source) if digest not in given]
    if not own:
        return None
    whole = hashlib.sha256("\n".join(sorted(digest for digest, _ in own)).encode())
    return Shape(whole.hexdigest(), sum(size for _, size in own))


def groups(sources: Mapping[_FILES, str], stub: str, least: int = LEAST) -> list[Same[_FILES]]:
    """Files that are the same, those with most in common first.

    Args:
        sources: each file's text.
        stub: what all of them started from: its statements do not count.
        least: the size from which it is worth a look.
    """
    found: dict[Shape, list[_FILES]] = defaultdict(list)
    shapes: dict[str, Shape | None] = {}
    given = {digest for digest, _ in _statements(stub)}
    for file, source in sources.items():
        if source not in shapes:
            shapes[source] = _shape(source, given)
        known = shapes[source]
        if known is not None and known.size >= least:
            found[known].append(file)
    same = [
        Same(tuple(files), each.size, len({sources[file] for file in files}) == 1)
        for each, files in found.items()
        if len(files) > 1
    ]
    return sorted(same, key=lambda each: -each.size)


def _statements(source: str) -> list[tuple[str, int]]:
    """Digest and size of each statement at the top level, but for docstrings and imports."""
    try:
        tree = parse(source)
        bound = _bound(tree)
        return [
            _normal(statement, bound)
            for statement in tree.body
            if not _is_text(statement) and not isinstance(statement, ast.Import | ast.ImportFrom)
        ]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _bound(tree: ast.Module) -> set[str]:
    """The names that a file gives to things of its own; ``np.argmax`` and ``sum`` are not its."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                found.add(name)
            case ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.AsyncFunctionDef(name=name) | ast.alias(asname=str(name)):
                found.add(name)
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                found.add(name)
            case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                found.add(name)
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                found.add(name)
            case _:
                pass
    return found


def _normal(statement: ast.stmt, bound: Iterable[str]) -> tuple[str, int]:
    """A statement's digest and size, its own names numbered as they appear; it is changed."""
    renamer = _Renamer(frozenset(bound))
    dump = ast.dump(renamer.visit(statement), annotate_fields=False)
    digest = hashlib.sha256(dump.encode("utf-8", "surrogatepass")).hexdigest()
    return digest, sum(1 for _ in ast.walk(statement))


class _Renamer(ast.NodeTransformer):
    """Numbers names, and leaves out docstrings and annotations."""

    def __init__(self, bound: frozenset[str]) -> None:
        self._bound, self._numbers = bound, dict[str, str]()

    def visit(self, node: ast.AST) -> ast.AST:
        for name in ("id", "arg", "name", "asname", "attr", "rest"):
            value = getattr(node, name, None)
            if isinstance(value, str) and value in self._bound:
                setattr(node, name, self._numbers.setdefault(value, f"_{len(self._numbers)}"))
        if isinstance(node, ast.Global | ast.Nonlocal):
            node.names = [self._numbers.get(name, name) for name in node.names]
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            node.body = [each for each in node.body if not _is_text(each)] or [ast.Pass()]
        for name in ("annotation", "returns"):
            if hasattr(node, name) and not isinstance(node, ast.AnnAssign):
                setattr(node, name, None)
        return self.generic_visit(node)
