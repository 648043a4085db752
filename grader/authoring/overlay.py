"""Wrong files that hold only what differs from the solution, made whole.

python -m grader.authoring.overlay FILE prints one of them as it is graded.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from grader.course import Exercise, WrongFile
from grader.parsing import parse

_DEFINITION = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def whole(solution: str, changes: str) -> str:
    """A solution with the definitions of an overlay instead of its own.

    What both define, a function, a class or a variable, is the overlay's, in the solution's place.
    All else that the overlay holds, imports too, stands before the solution's first definition.

    Raises:
        SyntaxError: one of them can't be read.
    """
    old, new = solution.splitlines(), changes.splitlines()
    tree, changed = parse(solution), parse(changes)
    places = {name: node for node in tree.body for name in _names(node)}
    first = min(_span(node)[0] for node in places.values()) if places else len(old)
    inserted: dict[int, list[str]] = {first: []}
    dropped = set[int]()
    for node in changed.body[ast.get_docstring(changed) is not None :]:
        start, end = _span(node)
        before = next((places[name] for name in _names(node) if name in places), None)
        at = first if before is None else _span(before)[0]
        inserted.setdefault(at, []).extend([*new[start:end], ""])
        if before is not None:
            dropped.update(range(*_span(before)))
    lines: list[str] = []
    for number, line in enumerate([*old, ""]):
        lines += inserted.get(number, [])
        if number not in dropped:
            lines.append(line)
    return "\n".join(lines).rstrip() + "\n"


def written(exercise: Exercise, wrong: WrongFile, folder: Path) -> Path:
    """The path of a wrong file that is whole: its own, or a copy of an overlay in a folder."""
    if not wrong.overlay:
        return wrong.path
    path = folder / exercise.stem / wrong.path.name
    path.parent.mkdir(parents=True, exist_ok=True)
    solution, changes = (p.read_text("utf-8") for p in (exercise.solution, wrong.path))
    path.write_text(whole(solution, changes), "utf-8")
    return path


def _names(node: ast.stmt) -> Iterator[str]:
    """What a statement defines; nothing if it imports or only acts."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
        case ast.Assign():
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name


def _span(node: ast.stmt) -> tuple[int, int]:
    """Its lines, with those of its decorators: the first, counted from 0, and the one after."""
    decorators = node.decorator_list if isinstance(node, _DEFINITION) else []
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    return first - 1, node.end_lineno or node.lineno


def main() -> None:
    """Print it."""
    path = Path(sys.argv[1])
    solution = path.parents[2] / "solution.py"
    print(whole(solution.read_text("utf-8"), path.read_text("utf-8")), end="")


if __name__ == "__main__":
    main()
