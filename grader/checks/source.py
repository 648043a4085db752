"""Rules about a submission's text: what must not be used, and what must not be imported.

They are rules of style, read from the text: they name what is there, and are no wall. Code that
hides a name (``getattr``, ``exec``) is not found.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping

from grader.parsing import parse
from grader.submission import Lines, lines


class Source:
    """What a submission says, as the fixture ``source`` gives it.

    Args:
        text: the submission's text.
        cells: of a notebook, see ``grader.submission.Code``.

    Attributes:
        text: the file's text.
        tree: its syntax tree, for rules of your own.
        lines: its lines, as sentences name and reports show them.
        imports: each module that is imported, such as ``"numpy"`` or ``"os.path"``, and its lines.
        uses: each name that is used, such as ``"numpy.argmax"`` or ``"sorted"``, and its lines.
            Names are as they are known outside of the file: ``np.argmax`` after
            ``import numpy as np`` is ``numpy.argmax``. Attributes of anything else, such as
            ``scores.argmax``, are ``".argmax"``.
    """

    def __init__(self, text: str, cells: Iterable[Iterable[int]] = ()) -> None:
        self.text, self.tree, self.lines = text, parse(text), Lines(text, cells)
        self.imports: dict[str, list[int]] = {}
        self.uses: dict[str, list[int]] = {}
        self._known: dict[str, str] = {}  # names of this file: what they are called elsewhere
        self._stars: list[str] = []  # modules all of whose names were imported
        nodes = list(ast.walk(self.tree))
        for node in nodes:
            self._import(node)
        own = set(_bound(nodes)) - set(self._known)
        for node in nodes:
            if isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Load):
                for name in self._names(node, own):
                    self.uses.setdefault(name, []).append(node.lineno)

    def line(self, number: int) -> str:
        """A line of the text, counted from 1."""
        return lines(self.text)[number - 1]

    def _import(self, node: ast.AST) -> None:
        match node:
            case ast.Import():
                for alias in node.names:
                    self._imported(alias.name, node.lineno)
                    first = alias.name.partition(".")[0]
                    self._known[alias.asname or first] = alias.name if alias.asname else first
            case ast.ImportFrom(module=str(module)):
                self._imported(module, node.lineno)
                for alias in node.names:
                    if alias.name == "*":
                        self._stars.append(module)
                        continue
                    name = f"{module}.{alias.name}"
                    self._known[alias.asname or alias.name] = name
                    self.uses.setdefault(name, []).append(node.lineno)

    def _imported(self, module: str, line: int) -> None:
        parts = module.split(".")
        for end in range(1, len(parts) + 1):
            self.imports.setdefault(".".join(parts[:end]), []).append(line)

    def _names(self, node: ast.expr, own: set[str]) -> Iterator[str]:
        """What an expression uses; of ``a.b.c`` the part ``a.b`` is an expression of its own."""
        path: list[str] = []
        inner = node
        while isinstance(inner, ast.Attribute):
            path.insert(0, inner.attr)
            inner = inner.value
        if isinstance(inner, ast.Name) and inner.id in self._known:
            yield ".".join([self._known[inner.id], *path])
        elif path:
            yield f".{path[-1]}"
        elif isinstance(inner, ast.Name) and inner.id not in own:
            yield inner.id
            yield from (f"{module}.{inner.id}" for module in self._stars)


def _bound(nodes: list[ast.AST]) -> Iterator[str]:
    """Names that the file itself gives a meaning, anywhere."""
    for node in nodes:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name
            case ast.arg():
                yield node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.id


def first(found: Mapping[str, list[int]], names: tuple[str, ...]) -> tuple[str, int] | None:
    """The first of these names that occurs, by line."""
    places = [(line, name) for name in names for line in found.get(name, ())]
    return min(places)[::-1] if places else None
