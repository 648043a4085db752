"""Which statements of a notebook are graded: what the functions need, and no training around them.

A notebook trains, plots and tries things between its functions. Graded are the functions that the
checks call and, step by step, what these use: imports, other functions and classes, and values that
are made without training. All other statements are left out, and so are their mistakes.
"""

import ast
import re
import symtable
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from grader.engine.names import bound
from grader.parsing import symbols

_TRAINING = {"fit", "fit_generator", "train_on_batch", "evaluate", "predict"}
_SETTING = re.compile(
    r"set\w*|seed|filterwarnings|simplefilter"
)  # of a module, for all that follows
_SHARED = {"keras", "tensorflow", "numpy", "random"}  # what is changed in these, all code meets
_DYNAMIC = {"eval", "exec", "globals", "vars"}  # these reach any name

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_Import = ast.Import | ast.ImportFrom


@dataclass(frozen=True)
class Excerpt:
    """What is graded of a text.

    Attributes:
        text: the kept statements in their lines; all others are empty.
        lines: those in which kept statements begin.
        trained: names that they use and that only training gives a value, and its line.
    """

    text: str
    lines: tuple[int, ...]
    trained: tuple[tuple[str, int], ...]


def kept(text: str, tree: ast.Module, functions: Sequence[str]) -> Excerpt:
    """Leave out what these functions do not need.

    Args:
        text: a module.
        tree: its statements; those that could not be read are not in it.
        functions: names of the functions and classes that are graded; all of them without any.
    """
    lines = [
        line.encode("utf-8", "surrogatepass") for line in text.split("\n")
    ]  # columns are bytes
    statements = [_Statement(node, lines) for node in tree.body]
    definitions = [s.node.name for s in statements if isinstance(s.node, _Definition)]
    variables = {
        name
        for s in statements
        if not isinstance(s.node, _Definition | _Import)
        for name in s.binds
    }
    trainers = _trainers(statements)
    changing: dict[str, list[_Statement]] = {}
    for statement in statements:
        for name in statement.changes(variables):
            changing.setdefault(name, []).append(statement)
    shared = {name for s in statements for name in s.imports(_SHARED)}
    chosen = {id(s): s for s in statements if s.star or s.changes(set()) & shared - s.binds}
    trained: dict[str, int] = {}
    waiting, seen = [*(functions or definitions)], set()
    for statement in chosen.values():
        waiting += statement.reads
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in _DYNAMIC:
            waiting += definitions
        for statement in changing.get(name, ()):
            if statement.trains(trainers):
                if name in statement.binds:
                    trained.setdefault(name, statement.node.lineno)
            elif id(statement) not in chosen:
                chosen[id(statement)] = statement
                waiting += statement.reads
    used = [s for s in statements if id(s) in chosen and not s.future]
    return Excerpt(
        _written(len(lines), used, [s for s in statements if s.future]),
        tuple(s.node.lineno for s in used),
        tuple(trained.items()),
    )


def _written(count: int, used: "Iterable[_Statement]", futures: "Iterable[_Statement]") -> str:
    """The lines of some statements; ``from __future__`` stands in the first, which must be free."""
    out: list[list[str]] = [[] for _ in range(count)]  # of each line what statements have in it
    for statement in used:
        for number, part in enumerate(statement.segment.split("\n"), statement.start - 1):
            out[number].append(part)
    out[0] = [ast.unparse(statement.node) for statement in futures]  # each in one line
    return "\n".join(map("; ".join, out))


class _Statement:
    """One statement of a module.

    Attributes:
        node: its syntax tree.
        start: the line that it begins in, with its decorators.
    """

    def __init__(self, node: ast.stmt, lines: list[bytes]) -> None:
        self.node, self._lines = node, lines
        decorators = getattr(node, "decorator_list", [])
        self.start = min([node.lineno, *(each.lineno for each in decorators)])

    @cached_property
    def segment(self) -> str:
        """Its text; of a line with thousands of statements no more is copied for each."""
        begin = self.node.col_offset if self.start == self.node.lineno else 0
        end = self.node.end_lineno or self.node.lineno
        if self.start == end:
            return self._lines[end - 1][begin : self.node.end_col_offset].decode()
        found = self._lines[self.start - 1 : end]
        return b"\n".join(
            [found[0][begin:], *found[1:-1], found[-1][: self.node.end_col_offset]]
        ).decode()

    @property
    def future(self) -> bool:
        """Whether it changes how the module is compiled."""
        return isinstance(self.node, ast.ImportFrom) and self.node.module == "__future__"

    @property
    def star(self) -> bool:
        """Whether it may bring any name."""
        return "*" in self.binds

    def imports(self, packages: set[str]) -> set[str]:
        """Names that it gives to some packages, or to what is in them."""
        if not isinstance(self.node, _Import):
            return set()
        module = getattr(self.node, "module", None)
        return {
            (alias.asname or alias.name).partition(".")[0]
            for alias in self.node.names
            if (module or alias.name).partition(".")[0] in packages
        }

    @cached_property
    def binds(self) -> set[str]:
        """Names that it gives a value."""
        return set(bound([self.node]))

    def changes(self, variables: set[str]) -> set[str]:
        """Names whose value it makes or changes, of which ``variables`` are no definitions."""
        found = set(self.binds)
        match self.node:
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name) as method)):
                root = _root(method)
                if root in variables or _SETTING.fullmatch(name):
                    found.add(root)
            case _ if not isinstance(self.node, _Definition | _Import):
                for part in ast.walk(self.node):
                    if isinstance(part, ast.Attribute | ast.Subscript):
                        if isinstance(part.ctx, ast.Store):
                            found.add(_root(part))
        return found - {""}

    @cached_property
    def reads(self) -> set[str]:
        """Names of the module that it uses, in functions too."""
        try:
            table = symbols(self.segment)
        except (SyntaxError, ValueError):  # what only compiling finds, such as a misplaced nonlocal
            return {n.id for n in ast.walk(self.node) if isinstance(n, ast.Name)}
        names = {s.get_name() for s in table.get_symbols() if s.is_referenced()}
        return names | set(_global(table.get_children()))

    def trains(self, trainers: set[str]) -> bool:
        """Whether it trains or evaluates a model; ``trainers`` are functions that do."""
        return not isinstance(self.node, _Definition | _Import) and _trains(self.node, trainers)


def _global(tables: Iterable[symtable.SymbolTable]) -> Iterator[str]:
    for table in tables:
        yield from (s.get_name() for s in table.get_symbols() if s.is_global())
        yield from _global(table.get_children())


def _trainers(statements: Iterable[_Statement]) -> set[str]:
    """The functions of a module that train, by what they call."""
    functions = [s.node for s in statements if isinstance(s.node, ast.FunctionDef)]
    found = {f.name for f in functions if any(_trains(part, set()) for part in f.body)}
    names = {f.name for f in functions}
    callers: dict[str, set[str]] = {}
    for function in functions:
        for call in (call for part in function.body for call in _calls(part)):
            if isinstance(call.func, ast.Name) and call.func.id in names:
                callers.setdefault(call.func.id, set()).add(function.name)
    waiting = [*found]
    while waiting:  # each function once, however long the chain of calls is
        more = callers.get(waiting.pop(), set()) - found
        found |= more
        waiting += more
    return found


def _trains(node: ast.AST, trainers: set[str]) -> bool:
    """Whether to run this calls ``fit`` or the like."""
    for call in _calls(node):
        match call.func:
            case ast.Attribute(attr=name) if name in _TRAINING:
                return True
            case ast.Name(id=name) if name in trainers:
                return True
    return False


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    """The calls that running this makes: none in a function that it only defines."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, ast.Lambda | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(part, ast.Call):
            yield part
        waiting += ast.iter_child_nodes(part)


def _root(node: ast.expr) -> str:
    """``a`` of ``a.b[0].c``; empty for anything else."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
