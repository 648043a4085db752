"""Brightspace's list of grades.

Source: https://community.d2l.com/brightspace/kb/articles/4508-grades-import-and-export
"""

import re

from grader.course import Exercise
from grader.errors import GraderError
from grader.export.filling import Layout, comma, names, number
from grader.export.sheet import Sheet
from grader.i18n import _

END = "end-of-line indicator"
_KINDS = {"orgdefinedid": "sid", "username": "username", "email": "email"}
_GRADE = re.compile(
    r"(?P<item>.+?) Points Grade(?: *<[^>]*?MaxPoints: *(?P<most>[\d.,]+)[^>]*>)?", re.IGNORECASE
)


def grades(sheet: Sheet, exercise: Exercise, column: str = "") -> Layout:
    """Where a list has what, for the column of one exercise.

    Args:
        sheet: the file.
        exercise: its column is the one whose title names it.
        column: the title of its item, as in Brightspace.

    Raises:
        GraderError: it has no such columns.
    """
    titles = [title.strip() for title in sheet.cells(0)] if sheet.raw else []
    kinds = {title.lower(): at for at, title in enumerate(titles)}
    people = [(kind, kinds[title]) for title, kind in _KINDS.items() if title in kinds]
    if not people or END not in kinds:
        raise GraderError(
            _(
                "{sheet} needs the columns “OrgDefinedId” or “Username”, and "
                "“End-of-Line Indicator” as the last. In Grades, choose Export, with "
                "both of them as keys."
            ).format(sheet=sheet.name)
        )
    items = {at: found for at, title in enumerate(titles) if (found := _GRADE.fullmatch(title))}
    fitting = [
        at
        for at, found in items.items()
        if (found["item"] == column.strip() if column else names(exercise, found["item"]))
    ]
    if len(fitting) != 1:
        known = ", ".join(found["item"] for found in items.values())
        raise GraderError(
            _(
                "It is not clear which item of {sheet} is for {exercise}. Name it: "
                "`--column TITLE`. The items are: {known}."
            ).format(sheet=sheet.name, exercise=exercise.id, known=known or _("none"))
        )
    most = items[fitting[0]]["most"]
    return Layout(
        first=1,
        grade=fitting[0],
        people=tuple(people),
        identify=lambda kind, cell: cell.strip().removeprefix("#"),
        comma=comma(sheet, items, 1),
        possible=number(most or ""),
    )
