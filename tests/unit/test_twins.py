"""No helper is written in two test files: it belongs in ``tests/support.py``."""

import ast
from collections.abc import Mapping
from pathlib import Path

from grader.parsing import parse

TESTS = Path(__file__).resolve().parents[1]
SHORT = 4  # statements: fewer are as quickly written as found


def form(function: ast.FunctionDef) -> str:
    """What a function does, whatever it and its variables are called."""
    body = function.body[ast.get_docstring(function) is not None :]
    numbers: dict[str, str] = {}
    for node in (node for part in [function.args, *body] for node in ast.walk(part)):
        if isinstance(node, ast.arg):
            node.arg, node.annotation = numbers.setdefault(node.arg, f"{len(numbers)}"), None
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            numbers.setdefault(node.id, f"{len(numbers)}")
    for node in (node for part in body for node in ast.walk(part)):
        if isinstance(node, ast.Name):
            node.id = numbers.get(node.id, node.id)
    return " ".join(map(ast.dump, [function.args, *body]))


def twins(sources: Mapping[str, str]) -> list[list[str]]:
    """Functions at the top level that do the same; of each kind their places, two at least."""
    alike: dict[str, list[tuple[str, ast.FunctionDef]]] = {}
    for name, source in sources.items():
        for node in parse(source).body:
            if isinstance(node, ast.FunctionDef):
                kinds = [
                    type(each).__name__ for each in ast.walk(node) if isinstance(each, ast.stmt)
                ]
                if len(kinds) > SHORT:
                    place = f"{name}:{node.lineno} {node.name}"
                    alike.setdefault(" ".join(kinds), []).append((place, node))
    found: dict[str, list[str]] = {}
    for group in alike.values():
        for place, node in group if len(group) > 1 else ():
            found.setdefault(form(node), []).append(place)
    return [places for places in found.values() if len(places) > 1]


def test_no_helper_is_written_twice() -> None:
    files = [*TESTS.glob("*.py"), *TESTS.glob("unit/*.py")]
    assert len(files) > 50
    sources = {str(file.relative_to(TESTS)): file.read_text("utf-8") for file in files}
    assert twins(sources) == []


HELPER = '''
def {}({}, *more):
    """{}"""
    for {} in more:
        if {} > {}:
            return {} + 1
    return print({}, "{}")
'''


def test_a_twin_with_other_names_is_found() -> None:
    first = HELPER.format("first", "a", "The first.", "each", "each", "a", "a", "a", "text")
    second = HELPER.format("second", "b", "Another.", "one", "one", "b", "b", "b", "text")
    assert twins({"a.py": first, "b.py": second}) == [["a.py:2 first", "b.py:2 second"]]
    for old, new in (('"text"', '"other"'), ("print", "repr"), ("+ 1", "+ a"), (" > ", " < ")):
        assert twins({"a.py": first, "b.py": second.replace(old, new)}) == []
