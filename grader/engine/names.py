"""Names that the statements of a module bind, and those that a check calls."""

import ast
from collections.abc import Iterator

from grader.course import Check, Exercise
from grader.parsing import parse


def asks_for_name(test: ast.expr) -> bool:
    """Whether a condition is about ``__name__``."""
    return any(isinstance(n, ast.Name) and n.id == "__name__" for n in ast.walk(test))


def bound(body: list[ast.stmt]) -> dict[str, int]:
    """Names that statements bind in their scope, and their lines."""
    names: dict[str, int] = {}
    for node in body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names[node.name] = node.lineno
            case ast.Import() | ast.ImportFrom():
                for alias in node.names:
                    names[(alias.asname or alias.name).partition(".")[0]] = node.lineno
            case (
                ast.If()
                | ast.For()
                | ast.AsyncFor()
                | ast.While()
                | ast.With()
                | ast.AsyncWith()
                | ast.Try()
                | ast.TryStar()
                | ast.Match()
            ):
                if isinstance(node, ast.If) and asks_for_name(node.test):
                    names |= bound(node.orelse)
                    continue
                names |= dict.fromkeys(_assigned(node), node.lineno)
                for part in ("body", "orelse", "finalbody"):
                    names |= bound(getattr(node, part, []))
                for inner in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
                    names |= bound(inner.body)
            case _:
                names |= dict.fromkeys(_assigned(node), node.lineno)
    return names


def _assigned(node: ast.stmt) -> Iterator[str]:
    """Names that a statement itself gives a value, and no statement in it."""
    waiting: list[ast.AST] = [node]
    while waiting:
        for part in ast.iter_child_nodes(waiting.pop()):
            match part:
                case ast.stmt() | ast.Lambda():
                    continue
                case ast.comprehension(iter=iterable, ifs=tests):  # its target is its own
                    waiting += [iterable, *tests]
                    continue
                case ast.Name(id=name, ctx=ast.Store()):
                    yield name
                case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                    yield name
                case ast.MatchMapping(rest=str(name)):
                    yield name
            waiting.append(part)


def called_by(exercise: Exercise, check: Check) -> set[str]:
    """The learner's functions that a check names as attributes, itself or in its helpers."""
    tree = parse(exercise.checks_file.read_text("utf-8"))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    waiting, seen, called = [f"test_{check.name}"], set(), set()
    while waiting:
        name = waiting.pop()
        if name not in functions or name in seen:
            continue
        seen.add(name)
        for node in ast.walk(functions[name]):
            if isinstance(node, ast.Attribute) and node.attr in exercise.functions:
                called.add(node.attr)
            elif isinstance(node, ast.Name):
                waiting.append(node.id)
    return called
