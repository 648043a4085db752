"""What a learner starts from: the stub that is made of a solution, and how exercises are named."""

from grader.errors import CourseError
from grader.i18n import _

ID = r"ex[1-9][0-9]*"  # of an exercise, as a pattern: ex3
STEM = rf"{ID}_\w+"  # of its files: ex3_flatten

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
    """A solution as a person reads it."""
    return "\n".join(line for line in solution.splitlines() if line.strip() not in _MARKERS)
