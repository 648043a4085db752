"""Grades filled into a file that was downloaded, and what its system will do with each row."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from grader.course import Exercise
from grader.export.sheet import Sheet
from grader.i18n import _

NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
TEAM = "team"  # the kind of an id that is the name of those who hand in together
_ANY = "name"  # the kind of an id that any cell may hold


@dataclass(frozen=True)
class FinalGrade:
    """What a learner has reached, as it is written for another system.

    Attributes:
        learner: who it is within the class.
        name: what this learner is called.
        ids: of other systems, see ``grader.classroom.manifest.Entry``.
        points: what counts, ``None`` if there is nothing to be written.
        most: the points that there are.
        note: why there is nothing, or how the points came about; empty if they are as graded.
        excused: whether a teacher has said that it need not be done.
    """

    learner: str
    name: str
    ids: Mapping[str, str]
    points: float | None
    most: float
    note: str = ""
    excused: bool = False


@dataclass(frozen=True)
class Layout:
    """Where a file has what.

    Attributes:
        first: the row of the first person.
        grade: the column to be filled.
        people: kinds of ids and the columns that have them, the surest first.
        identify: what of a cell is the id of a kind; empty if none is.
        comma: whether numbers have a decimal comma.
        possible: the points of the column, ``None`` if the file does not say.
        strict: whether more points than these are refused.
        locked: why a row's grade can't be changed; empty if it can.
        excused: what is written for someone excused; empty if the system knows no such thing.
    """

    first: int
    grade: int
    people: tuple[tuple[str, int], ...]
    comma: bool
    identify: Callable[[str, str], str] = lambda kind, cell: cell.strip()
    possible: float | None = None
    strict: bool = False
    locked: Callable[[Sequence[str]], str] = lambda cells: ""
    excused: str = ""


class Fate(StrEnum):
    """What becomes of a row, or of a learner."""

    FILLED = _("filled in")
    SAME = _("already the same, skipped by the upload")
    LEFT = _("not filled in")
    NOBODY = _("no submission in the class")
    MISSING = _("not in the file")


@dataclass(frozen=True)
class RowFate:
    """What became of a person.

    Attributes:
        row: as a spreadsheet counts, 0 for one who is not in the file.
        who: what the person is called there.
        fate: see ``Fate``.
        why: more about it; may be empty.
        graded: whether the file has another grade already.
    """

    row: int
    who: str
    fate: Fate
    why: str = ""
    graded: bool = False


def fill(sheet: Sheet, layout: Layout, grades: Iterable[FinalGrade]) -> list[RowFate]:
    """Fill grades into a file; returns what became of each row and of each learner not in it."""
    grades = list(grades)
    known = _index(grades, {kind for kind, __ in layout.people})
    lines, met = [], set()
    least = 1 + max(layout.grade, *(column for __, column in layout.people))
    for row in range(layout.first, len(sheet.raw)):
        cells = sheet.cells(row)
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) < least:
            who = next(cell.strip() for cell in cells if cell.strip())
            lines.append(RowFate(row + 1, who, Fate.LEFT, _("the rest of this row is missing")))
            continue
        grade, by = _find(cells, layout, known)
        who = next((cells[column] for __, column in layout.people if cells[column].strip()), "")
        if grade is None:
            lines.append(RowFate(row + 1, who, Fate.NOBODY))
            continue
        met.add(grade.learner)
        line = _line(sheet, layout, row, cells, grade)
        found = _("found by name") if by == _ANY else ""
        why = "; ".join(filter(None, (line.why, found)))
        lines.append(RowFate(line.row, grade.name, line.fate, why, line.graded))
    lines += [RowFate(0, each.name, Fate.MISSING) for each in grades if each.learner not in met]
    return lines


def _line(sheet: Sheet, layout: Layout, row: int, cells: list[str], grade: FinalGrade) -> RowFate:
    """Fill one row, if that can be done."""
    before, most = cells[layout.grade].strip(), layout.possible if layout.strict else None
    here = (row + 1, grade.name)
    if grade.excused and layout.excused and not layout.locked(cells):
        value = layout.excused
    elif grade.points is None:
        return RowFate(*here, Fate.LEFT, grade.note or _("there is no grade"))
    elif why := layout.locked(cells):
        return RowFate(*here, Fate.LEFT, why)
    elif most is not None and grade.points > most:
        return RowFate(
            *here,
            Fate.LEFT,
            _("{points:g} points are over the maximum of {most:g}").format(
                points=grade.points, most=most
            ),
        )
    else:
        value = f"{grade.points:.2f}".replace(".", "," if layout.comma else ".")
    graded = NUMBER.fullmatch(before) is not None
    if before == value or (graded and number(before) == number(value)):
        return RowFate(*here, Fate.SAME, grade.note)
    sheet.set(row, layout.grade, value)
    return RowFate(*here, Fate.FILLED, grade.note, graded)


def number(text: str) -> float | None:
    """The number of a cell, with a comma or a point."""
    text = text.strip()  # which takes more for blank than ``float`` does
    return float(text.replace(",", ".")) if NUMBER.fullmatch(text) else None


def comma(sheet: Sheet, columns: Iterable[int], first: int) -> bool:
    """Whether the numbers of a file have a decimal comma.

    Args:
        sheet: the file.
        columns: those with numbers.
        first: the row of the first of them.
    """
    rows = [sheet.cells(row) for row in range(first, len(sheet.raw))]
    numbers = [cells[c].strip() for c in columns for cells in rows if c < len(cells)]
    signs = Counter(re.sub(r"\d|-", "", n) for n in numbers if NUMBER.fullmatch(n))
    if signs[","] or signs["."]:
        return signs[","] > signs["."]
    return sheet.delimiter == ";"


def names(exercise: Exercise, title: str) -> bool:
    """Whether a column's title names an exercise: ``Exercise 3``, ``ex3_flatten``, its title."""
    number = rf"(?<![^\W_])(?:ex|exercise)[ _-]?0*{exercise.number}(?!\d)"
    return bool(re.search(number, title, re.IGNORECASE)) or exercise.title in title


def words(name: str) -> str:
    """A name by which people may be compared: ``"Doe, Jane"`` and ``"jane doe"`` are the same."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(sorted(re.findall(r"[^\W\d_]+", plain)))


def team(name: str) -> str:
    """The name of a team by which its members' rows are found; Moodle writes ``_`` as a blank."""
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", name)))


Index = dict[tuple[str, str], FinalGrade | None]  # whose an id is


def _index(grades: Sequence[FinalGrade], kinds: set[str]) -> Index:
    """Grades by each id; ``None`` where two have the same."""
    known: Index = {}
    for grade in grades:
        ids = [(kind, value) for kind, value in grade.ids.items() if kind in kinds]
        if TEAM in kinds:
            ids = [(TEAM, team(grade.name))]
        if not ids:  # an id says it for sure, a name does not
            ids = [(_ANY, words(grade.name)), (_ANY, words(grade.learner))]
        ids += [("learner", grade.learner)]
        for key in dict.fromkeys((kind, value.casefold()) for kind, value in ids):
            known[key] = grade if known.get(key, grade) is grade else None
    return known


def _find(cells: Sequence[str], layout: Layout, known: Index) -> tuple[FinalGrade | None, str]:
    """Whose row it is, and by what."""
    for kind, column in layout.people:
        value = layout.identify(kind, cells[column])
        if value and (found := known.get((kind, value.casefold()))):
            return found, kind
    # a first and a last name may be in cells of their own
    for cell in (*cells, *map(" ".join, pairwise(cells))):
        if (name := words(cell)) and (found := known.get((_ANY, name))):
            return found, _ANY
    return None, ""
