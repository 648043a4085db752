"""Moodle's grading worksheet, and the zip of feedback files.

Moodle finds the worksheet's columns by their titles in the language of whoever uploads it, so the
file that was downloaded keeps them as they are.
Source: importgradeslib.php of mod/assign/feedback/offline, importziplib.php of .../feedback/file
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from grader.classroom.manifest import Entry
from grader.errors import GraderError
from grader.export.filling import NUMBER, TEAM, Layout, comma, number, team
from grader.export.sheet import Sheet
from grader.i18n import _

# titles in Moodle's language packs
_IDENTIFIER = {"identifier", "identificador", "identifiant", "id"}
_GRADE = {
    *("grade", "calificación", "note", "bewertung", "qualificació", "cualificación"),
    *("kalifikazioa", "nota", "valutazione", "beoordeling", "cijfer", "ocena", "оценка"),
    *("成绩", "評点"),
}
# a worksheet has this column only if teams hand in
_TEAM = {
    *("group", "grupo", "groupe", "gruppe", "gruppo", "grup", "groep", "grupa", "группа"),
    *("小组", "グループ"),
}
_CHANGEABLE = {
    *("grade can be changed", "允许更改成绩", "يمكن تغيير العلامة", "la note peut être modifiée"),
    *("bewertung kann geändert werden", "nota pode ser alterada", "a nota pode ser alterada."),
    *("a cualificación pode seren cambiada", "se puede cambiar la calificación"),
}
_MODIFIED = "last modified (grade)"
_NO = {"no", "nein", "non", "não", "否", "لا", "нет", "nee"}
# cells may hold what learners wrote: in neither is there a second way to match a text
_PARTICIPANT = re.compile(r"(?=\D*?[^\W\d_])(\D++)(\d++)")
_EMAIL = re.compile(r"[^@\s]++@[^@\s.]++(?:\.[^@\s.]++)++")


def worksheet(sheet: Sheet, column: str = "") -> Layout:
    """Where a worksheet has what.

    Args:
        sheet: the file.
        column: the title of the column to be filled; found by itself if it is empty.

    Raises:
        GraderError: it has no such columns.
    """
    if len(sheet.raw) < 2:
        raise GraderError(
            _("{sheet} has no rows of learners. Download the worksheet again.").format(
                sheet=sheet.name
            )
        )
    titles = [title.strip().lower() for title in sheet.cells(0)]
    rows = [sheet.cells(row) for row in range(1, len(sheet.raw))]
    rows = [cells for cells in rows if len(cells) == len(titles)]
    columns = range(len(titles))
    people = [each for each in columns if _participants(rows, each)]
    named = [each for each in people if titles[each] in _IDENTIFIER]
    if not people:
        _check_twice(sheet.name, rows, titles)
        raise GraderError(
            _(
                "{sheet} has no column with cells like “Participant 123”: it is no "
                "grading worksheet of Moodle. In the assignment, choose “Download "
                "grading worksheet”."
            ).format(sheet=sheet.name)
        )
    maximum = _maximum(rows, titles)
    grade = _grade(sheet.name, titles, column, maximum)
    changeable = [each for each in columns if titles[each] in _CHANGEABLE]
    emails = [c for c in columns if any(_EMAIL.fullmatch(r[c].strip()) for r in rows)]
    who = [("moodle", (named or people)[0]), *(("email", each) for each in emails[:1])]
    if teams := [each for each in columns if titles[each] in _TEAM and each not in named]:
        # the number of a team in a download is its own, not that of a participant
        who = [(TEAM, teams[0])]
    numbers = [grade, *([maximum] if maximum is not None else [])]
    return Layout(
        first=1,
        grade=grade,
        people=tuple(who),
        identify=_identify,
        comma=comma(sheet, numbers, 1),
        possible=None if maximum is None else number(rows[0][maximum]),
        strict=True,
        locked=lambda cells: (
            _("the system says that this grade can't be changed")
            if any(c < len(cells) and cells[c].strip().lower() in _NO for c in changeable)
            else ""
        ),
    )


def advice(sheet: Sheet) -> str:
    """What to know before the upload: Moodle compares dates, which it reads only in English."""
    titles = {title.strip().lower() for title in sheet.cells(0)}
    if _MODIFIED in titles:
        return _(
            "Moodle skips a grade without a word if it has changed on the site since you "
            "downloaded the worksheet. Download a fresh one before you grade again."
        )
    return _(
        "Moodle reads the dates of a worksheet only in English, and without them it skips each "
        "grade that replaces another, without a word. If you grade again, download a fresh "
        "worksheet, and when you upload it, tick the box that allows updating records that have "
        "been modified more recently in Moodle."
    )


def _identify(kind: str, cell: str) -> str:
    if kind == TEAM:
        return team(cell)
    if kind != "moodle":
        return cell.strip()
    found = _PARTICIPANT.fullmatch(cell.strip())
    return found[2] if found else ""


def _participants(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether all cells are one word and different numbers."""
    cells = [row[column].strip() for row in rows if row[column].strip()]
    found = [_PARTICIPANT.fullmatch(cell) for cell in cells]
    if not found or not all(found):
        return False
    words = {each[1].strip() for each in found if each}
    numbers = {each[2] for each in found if each}
    return len(words) == 1 and len(next(iter(words))) > 2 and len(numbers) == len(cells)


def _check_twice(name: str, rows: Sequence[Sequence[str]], titles: Sequence[str]) -> None:
    """Raise GraderError if the column of the participants names one of them twice."""
    for column in (each for each, title in enumerate(titles) if title in _IDENTIFIER):
        cells = Counter(cell for row in rows if _PARTICIPANT.fullmatch(cell := row[column].strip()))
        if twice := [cell for cell, count in cells.items() if count > 1]:
            raise GraderError(
                _(
                    "{name} has more than one row of {twice}, so it is not clear which "
                    "to fill. Download the worksheet again."
                ).format(name=name, twice=twice[0])
            )


def _maximum(rows: Sequence[Sequence[str]], titles: Sequence[str]) -> int | None:
    """The column with the same number above zero in all rows; the last if there are several."""
    found = None
    for column in range(len(titles)):
        cells = {row[column].strip() for row in rows}
        if len(cells) == 1 and NUMBER.fullmatch(cell := cells.pop()) and (number(cell) or 0) > 0:
            if column and not re.fullmatch(r"\d{5,}", cell):
                found = column
    return found


def _grade(name: str, titles: Sequence[str], wanted: str, maximum: int | None) -> int:
    if wanted:
        if wanted.strip().lower() in titles:
            return titles.index(wanted.strip().lower())
        raise GraderError(
            _("{name} has no column {wanted!r}. It has: {titles}.").format(
                name=name, wanted=wanted, titles=", ".join(titles)
            )
        )
    named = [column for column, title in enumerate(titles) if title in _GRADE]
    if len(named) == 1:
        return named[0]
    if maximum is not None and maximum > 0 and (not named or maximum - 1 in named):
        return maximum - 1  # Moodle writes it there in every language
    raise GraderError(
        _(
            "It is not clear which column of {name} has the grades. Name it: `--column "
            "TITLE`. The columns are: {titles}."
        ).format(name=name, titles=", ".join(titles))
    )


def several_assignments(entries: Iterable[Entry]) -> bool:
    """Whether somebody has other numbers in one exercise than in another: one an assignment."""
    numbers: dict[str, dict[str, set[str]]] = {}
    for entry in entries:
        if number := entry.ids.get("moodle"):
            own = numbers.setdefault(entry.learner, {})
            own.setdefault(entry.exercise, set()).add(number)
    return any(not set.intersection(*own.values()) for own in numbers.values())


def feedback_path(name: str, identifier: str, file: str) -> str:
    """The path of a feedback file in the zip: Moodle splits it at underscores.

    Args:
        name: the learner's.
        identifier: the number in ``Participant 123``.
        file: the file's name.
    """
    plain = re.sub(r"[\W_]+", " ", name).strip() or "learner"
    return f"{plain}_{identifier}_assignsubmission_file/{file}"


def parts(path: str) -> Iterable[str]:
    """How Moodle splits a path of such a zip."""
    return path.split("_", 4)
