"""A digest of the code of an experiment: it tells whether what was recorded is up to date."""

import ast
import hashlib

from grader.parsing import parse


def digest(tree: ast.Module, name: str) -> str:
    """Of a function and all in its file that it uses; comments and docstrings do not count."""
    owners: dict[str, ast.stmt] = {}
    for each in tree.body:
        if isinstance(each, ast.FunctionDef | ast.ClassDef):
            owners[each.name] = each
        elif isinstance(each, ast.Assign):
            owners |= {n.id: each for n in ast.walk(each) if isinstance(n, ast.Name)}
    used, waiting = [], [name]
    while waiting:
        if (owner := owners.get(waiting.pop())) is not None and owner not in used:
            used.append(owner)
            waiting += [n.id for n in ast.walk(owner) if isinstance(n, ast.Name)]
    texts = sorted(dumped(_undocumented(each)) for each in used)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def _undocumented(node: ast.stmt) -> ast.stmt:
    copy = parse(ast.unparse(node)).body[0]
    for each in ast.walk(copy):
        if isinstance(each, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(each) is not None:
            each.body = each.body[1:] or [ast.Pass()]
    return copy


def dumped(node: object) -> str:
    """As ``ast.dump`` of Python 3.11, with any version: what is recorded is up to date with all."""
    if isinstance(node, list):
        return f"[{', '.join(map(dumped, node))}]"
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = [(name, getattr(node, name, None)) for name in node._fields]
    shown = [
        f"{name}={dumped(value)}"
        for name, value in fields
        if (name, value) != ("type_params", [])  # since 3.12
        and (value is not None or getattr(type(node), name, ...) is not None)
    ]
    return f"{type(node).__name__}({', '.join(shown)})"
