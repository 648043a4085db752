"""Canvas's gradebook, and the names of feedback files.

Source: lib/gradebook_exporter.rb and lib/gradebook_importer.rb of instructure/canvas-lms, 2026
"""

import re

from grader.course import Exercise
from grader.errors import GraderError
from grader.export.filling import Layout, comma, names, number
from grader.export.sheet import Sheet
from grader.i18n import _

_KINDS = (
    ("id", "canvas"),
    ("sis user id", "sid"),
    ("sis login id", "email"),
    ("sis login id", "username"),
)
_ASSIGNMENT = re.compile(r".* \(\d+\)")
# Canvas takes no grades in a column of which a part of the title is so
_TOTALS = re.compile(r"(?:Current|Final|Override) (?:Score|Points|Grade)|Override Status")
_FIRST_ROW = "points possible"
_NAMES = ({"student"}, {"lastname", "firstname"})  # by the setting of who downloads
_NOT_THEIRS = "n/a"


def gradebook(sheet: Sheet, exercise: Exercise, column: str = "") -> Layout:
    """Where a gradebook has what, for the column of one exercise.

    Args:
        sheet: the file.
        exercise: its column is the one whose title names it.
        column: the title of its column, with or without the number in brackets.

    Raises:
        GraderError: it has no such columns.
    """
    titles = [title.strip() for title in sheet.cells(0)] if sheet.raw else []
    kinds = {title.lower(): number for number, title in enumerate(titles)}
    people = [(kind, kinds[title]) for title, kind in _KINDS if title in kinds]
    if not people or not any(names <= kinds.keys() for names in _NAMES):
        raise GraderError(
            _(
                "{sheet} has no columns “Student” and “ID”: it is no gradebook of "
                "Canvas. In the gradebook, choose Export, then “Export Entire Gradebook”."
            ).format(sheet=sheet.name)
        )
    grade = _column(sheet.name, titles, exercise, column)
    first, possible, closed = 1, None, False
    while first < len(sheet.raw) and not _person(cells := sheet.cells(first), people):
        if len(cells) > grade and _FIRST_ROW in (cell.strip().lower() for cell in cells):
            possible = number(cells[grade])
            closed = "read only" in cells[grade].lower()
        first += 1
    if closed:
        raise GraderError(
            _(
                "Canvas takes no grades in the column “{title}” of {sheet}: its row of "
                "points says “(read only)”. Name another column: `--column TITLE`."
            ).format(title=titles[grade], sheet=sheet.name)
        )
    numbers = [at for at, title in enumerate(titles) if _ASSIGNMENT.fullmatch(title)]
    return Layout(
        first=first,
        grade=grade,
        people=tuple(people),
        # older editions of Canvas read a decimal comma only in a file with semicolons
        comma=sheet.delimiter == ";" and comma(sheet, numbers, 1),
        possible=possible,
        locked=lambda cells: (
            _("in Canvas this is not assigned to them")
            if cells[grade].strip().lower() == _NOT_THEIRS
            else ""
        ),
        excused="EX",
    )


def _person(cells: list[str], people: list[tuple[str, int]]) -> bool:
    """Whether a row is of a person, not about the columns."""
    return any(at < len(cells) and cells[at].strip() for _, at in people)


def _column(name: str, titles: list[str], exercise: Exercise, wanted: str) -> int:
    open_ones = [
        title
        for title in titles
        if _ASSIGNMENT.fullmatch(title)
        and not _TOTALS.search(title)
        and "(read only)" not in title.lower()
    ]
    bare = {title: title.rpartition(" (")[0].strip() for title in open_ones}
    if wanted:
        found = [title for title in open_ones if wanted.strip() in (title, bare[title])]
    else:
        found = [t for t in open_ones if names(exercise, t)]
    if len(found) == 1:
        return titles.index(found[0])
    raise GraderError(
        _(
            "It is not clear which column of {name} is for {exercise}. Name it: `--column "
            "TITLE`. The columns are: {open_ones}."
        ).format(
            name=name,
            exercise=exercise.id,
            open_ones=", ".join(open_ones) or _("none that can be filled"),
        )
    )


def feedback_name(source: str, user: str, attachment: str, ending: str) -> str:
    """The name of a feedback file: Canvas finds the person by the first two numbers in it.

    Args:
        source: the name of the file that was downloaded.
        user, attachment: the numbers in it.
        ending: what comes after.
    """
    begin = re.split(r"[_\d]", source)[0] or "learner"
    return f"{begin}_{user}_{attachment}_{ending}"
