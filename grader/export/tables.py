"""Grades as plain CSV, as JSON, and as a summary for GitHub; for whatever else reads them."""

from collections.abc import Iterable, Sequence
from typing import Any

from grader.classroom import table
from grader.clean import line
from grader.export.filling import FinalGrade
from grader.export.words import cut
from grader.i18n import _
from grader.pages.markdown import plain

COLUMNS = ("learner", "name", "exercise", "points", "max_points", "note", "ids")


def as_csv(grades: Iterable[tuple[str, FinalGrade]]) -> bytes:
    """A row for each learner and exercise, safe for spreadsheets; no points where none count.

    It may go to a terminal, too.
    """
    rows = (
        {
            "learner": grade.learner,
            "name": grade.name,
            "exercise": exercise,
            "points": "" if grade.points is None else f"{grade.points:g}",
            "max_points": f"{grade.most:g}",
            "note": grade.note,
            "ids": "; ".join(f"{kind}={value}" for kind, value in grade.ids.items()),
        }
        for exercise, grade in grades
    )
    return table.written(COLUMNS, ({key: line(cell) for key, cell in row.items()} for row in rows))


def as_json(grades: Iterable[tuple[str, FinalGrade]]) -> bytes:
    """The same as a JSON list, ``null`` where no points count."""
    from grader.render.json import dumps

    found: list[dict[str, Any]] = [
        {
            "learner": grade.learner,
            "name": grade.name,
            "exercise": exercise,
            "points": grade.points,
            "max_points": grade.most,
            "excused": grade.excused,
            "note": grade.note,
            "ids": dict(grade.ids),
        }
        for exercise, grade in grades
    ]
    return f"{dumps(found)}\n".encode()


def as_summary(grades: Sequence[tuple[str, FinalGrade]]) -> bytes:
    """A Markdown table of learners and exercises, within GitHub's limit."""
    exercises = list(dict.fromkeys(exercise for exercise, __ in grades))
    names = {grade.learner: grade.name for __, grade in grades}
    cells = {(grade.learner, exercise): grade for exercise, grade in grades}
    head = _("learner")
    lines = [
        f"| {head} | {' | '.join(map(plain, exercises))} |",
        f"|---|{'---:|' * len(exercises)}",
    ]
    for learner, name in names.items():
        row = [_cell(cells.get((learner, exercise))) for exercise in exercises]
        lines.append(f"| {plain(name)} | {' | '.join(row)} |")
    return cut("\n".join([*lines, ""])).encode()


def _cell(grade: FinalGrade | None) -> str:
    if grade is None:
        return ""
    if grade.points is None:
        return _("excused") if grade.excused else _("not graded")
    return f"{grade.points:g}/{grade.most:g}"
