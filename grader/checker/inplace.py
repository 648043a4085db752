"""A call that changes a list or an array in place, and whose value, None, is used."""

import ast
from collections.abc import Iterator

from grader import exceptions
from grader.parsing import parse
from grader.submission import Lines

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef)
_METHODS = {"append", "extend", "insert", "remove", "clear", "sort", "reverse"}
_SHUFFLES = {"random.shuffle", "np.random.shuffle", "numpy.random.shuffle", "rng.shuffle"}


def advice(lines: Lines, number: int) -> str:
    """What helps against a None in a line, if such a call has made it; empty otherwise."""
    try:
        tree = parse(lines.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    around = [n for n in ast.walk(tree) if isinstance(n, ast.stmt) and _covers(n, number)]
    if not around:
        return ""
    scope: ast.AST = next((n for n in reversed(around) if isinstance(n, _SCOPES)), tree)
    modules = {
        alias.asname or alias.name
        for n in ast.walk(tree)
        if isinstance(n, ast.Import | ast.ImportFrom)
        for alias in n.names
    }
    names = {n.id for n in ast.walk(around[-1]) if isinstance(n, ast.Name)}
    for node in _inside(scope):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in names:
                method = _changes(value, modules)
            case ast.Subscript(value=value) | ast.Attribute(value=value) if _covers(node, number):
                method = _changes(value, modules)
            case _:
                continue
        if method:
            return exceptions.changed_in_place(lines.place(node.lineno), method)
    return ""


def _inside(scope: ast.AST) -> Iterator[ast.AST]:
    """All that belongs to a function, or to a module, but to no function in it."""
    for node in ast.iter_child_nodes(scope):
        if not isinstance(node, _SCOPES):
            yield node
            yield from _inside(node)


def _covers(node: ast.stmt | ast.expr, number: int) -> bool:
    return node.lineno <= number <= (node.end_lineno or node.lineno)


def _changes(value: ast.expr, modules: set[str]) -> str:
    """The name of the method, if this is such a call."""
    match value:
        case ast.Call(func=ast.Attribute(value=owner, attr=name) as function):
            if name in _METHODS and not (isinstance(owner, ast.Name) and owner.id in modules):
                return name
            if ast.unparse(function) in _SHUFFLES:
                return name
    return ""
