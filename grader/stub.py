"""What a learner starts from: the stub that is made of a solution, and how exercises are named."""

import ast
from collections.abc import Iterator

from grader.errors import CourseError
from grader.i18n import _
from grader.parsing import parse

ID = r"ex[1-9][0-9]*"  # of an exercise, as a pattern: ex3
STEM = rf"{ID}_\w+"  # of its files: ex3_flatten
DATED = r"\.\d{4}-\d\d-\d\d_\d\d-\d\d(?:_\d+)?"  # of what grade keeps beside one: its time

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"  # nbgrader's convention
_MARKERS = (BEGIN, END)


def regions(solution: str) -> list[range]:
    """The regions that the learner writes, from the line of their first marker to the last one's.

    Args:
        solution: a solution's source; its lines are counted from 1.

    Raises:
        CourseError: a region is not closed, or closed twice.
    """
    found: list[range] = []
    first: int | None = None
    for number, line in enumerate(solution.splitlines(), 1):
        marker = line.strip()
        if marker not in _MARKERS:
            continue
        if (marker == BEGIN) != (first is None):
            raise CourseError(
                _("line {number}: {marker} has no partner.").format(number=number, marker=marker)
            )
        if first is not None:
            found.append(range(first, number + 1))
        first = number if marker == BEGIN else None
    if first is not None:
        raise CourseError(_("{begin} has no partner.").format(begin=BEGIN))
    return found


def make_stub(solution: str) -> str:
    """A solution's source without its regions.

    Each becomes one ``raise NotImplementedError`` at the indentation of its first marker.

    Raises:
        CourseError: a region is not closed, or closed twice.
    """
    lines = solution.splitlines(keepends=True)
    for region in reversed(regions(solution)):
        marker = lines[region[0] - 1]
        indent = marker[: len(marker) - len(marker.lstrip())]
        lines[region[0] - 1 : region[-1]] = [f"{indent}raise NotImplementedError\n"]
    return "".join(lines)


def without_markers(solution: str) -> str:
    """A solution as a person reads it: without its markers and ``remarks``."""
    lines = solution.splitlines()
    said = {number for region in regions(solution) for number in _said(lines, region)}
    numbered = enumerate(lines, 1)
    return "\n".join(
        line for number, line in numbered if number not in said and line.strip() not in _MARKERS
    )


def remarks(solution: str) -> dict[str, str]:
    """What is good about each function or class: the comments that its regions begin with.

    Raises:
        CourseError: a region is not closed, or closed twice.
        SyntaxError: it is no Python.
    """
    lines, found = solution.splitlines(), dict[str, list[str]]()
    for node in parse(solution).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            own = [each for each in regions(solution) if node.lineno < each[0] <= _end(node)]
            if own:
                found[node.name] = [
                    lines[number - 1].strip().lstrip("# ")
                    for region in own
                    for number in _said(lines, region)
                ]
    return {name: " ".join(words) for name, words in found.items()}


def _end(node: ast.stmt) -> int:
    return node.end_lineno or node.lineno


def _said(lines: list[str], region: range) -> Iterator[int]:
    """The lines of the comment that a region begins with."""
    for number in region[1:]:
        if not lines[number - 1].strip().startswith("# "):
            return
        yield number
