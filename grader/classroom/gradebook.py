"""The gradebook: points of each learner in each exercise, and every check's result, as CSV."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from grader.classroom import table
from grader.classroom.adjusting import Rules, said
from grader.classroom.manifest import Entry
from grader.classroom.overview import Overview
from grader.classroom.results import Counted
from grader.classroom.roster import IDS
from grader.clean import line
from grader.course import Course, Exercise, whole

CHECK_COLUMNS = (
    "exercise", "check", "title", "learners", "wrong", "facility", "facility low", "facility high",
    "discrimination", "discrimination low", "discrimination high", "efficiency", "efficiency low",
    "efficiency high",
)  # fmt: skip
GRADEBOOK, RESULTS = "gradebook.csv", "results.csv"
NOTES = "notes"  # a column, where some points are not those of the checks
NOT_GRADED = "not graded"  # in a cell of its own kind: it is not 0 points

RESULT_COLUMNS = (
    "learner", "name", "exercise", "version", "late", "check", "title", "verdict", "points",
    "of", "bonus", "misconception", "message",
)  # fmt: skip


@dataclass(frozen=True)
class Credit:
    """What one learner has in one exercise.

    Attributes:
        points: ``None`` if the file is not graded; that is nobody's 0.
        late: whether it came late.
        why: why it is not graded; empty if it is.
        note: how the points came about, where they are not those of the checks.
    """

    points: float | None
    late: bool
    why: str = ""
    note: str = ""


@dataclass
class Gradebook:
    """Learners × exercises; ``add`` takes one result after the other.

    Attributes:
        course: whose exercises are the columns.
        rules: what late work costs, and grades that were set by hand.
        learners: name and the ids of the systems they came from, by the learner's id.
        grades: by learner and the exercise's stem; nothing was handed in where there is none.
    """

    course: Course
    rules: Rules = field(default_factory=Rules)
    learners: dict[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)
    grades: dict[tuple[str, str], Credit] = field(default_factory=dict)

    def add(self, result: Counted) -> None:
        """Take the submission that counts for a learner and exercise."""
        entry, report = result.entry, result.report
        self.learners.setdefault(entry.learner, (entry.name, entry.ids))
        reached = None if report is None else report.score
        most = self.course.exercise(entry.exercise).max_score
        points, note = self.rules.points(entry, reached, most)
        grade = Credit(points, entry.late, "" if note else result.why, note)
        self.grades[entry.learner, entry.exercise] = grade

    def add_by_hand(self) -> None:
        """Take the grades that were set by hand for work that was not handed in."""
        for (learner, stem), override in self.rules.overrides.items():
            if learner in self.learners and (learner, stem) not in self.grades:
                entry = Entry(learner, self.learners[learner][0], stem, 1, "")
                most = self.course.exercise(stem).max_score
                points, note = self.rules.points(entry, None, most)
                self.grades[override.learner, stem] = Credit(points, False, "", note)

    def said(self, entry: Entry) -> list[str]:
        """What a learner has to know beside the report."""
        grade = self.grades[entry.learner, entry.exercise]
        most = self.course.exercise(entry.exercise).max_score
        return said(grade.points, most, grade.note)

    @property
    def exercises(self) -> list[Exercise]:
        """Those of which there is any submission, in the course's order."""
        stems = {stem for _, stem in self.grades}
        return [exercise for exercise in self.course.exercises if exercise.stem in stems]

    def total(self, learner: str) -> float:
        """The points of all exercises that are graded."""
        found = (self.grades.get((learner, each.stem)) for each in self.course.exercises)
        return whole(sum(grade.points or 0 for grade in found if grade is not None))

    def csv(self) -> bytes:
        """One row a learner: their ids, then points and lateness of each exercise.

        A cell of points is empty where nothing was handed in, and says so where a file is not
        graded: neither is 0.
        """
        exercises = self.exercises
        kinds = [kind for kind in IDS if any(kind in ids for __, ids in self.learners.values())]
        columns = ["learner", "name", *kinds]
        for exercise in exercises:
            columns += [exercise.id, f"{exercise.id} late"]
        noted = any(grade.note for grade in self.grades.values())
        columns += ["total", "of", NOT_GRADED, *([NOTES] if noted else [])]
        rows = (self._row(learner, kinds, exercises, columns) for learner in self._ordered())
        return table.written(columns, rows)

    def _ordered(self) -> list[str]:
        return sorted(self.learners, key=lambda each: (self.learners[each][0].casefold(), each))

    def _row(
        self,
        learner: str,
        kinds: Sequence[str],
        exercises: Sequence[Exercise],
        columns: Sequence[str],
    ) -> dict[str, str]:
        name, ids = self.learners[learner]
        cells, missing, most = [learner, name, *(ids.get(kind, "") for kind in kinds)], 0, 0.0
        notes: list[str] = []
        for exercise in exercises:
            grade = self.grades.get((learner, exercise.stem))
            if grade is None or not (grade.points is None and grade.note):
                most += exercise.max_score  # of all but those that are excused
            if grade is None:
                cells += ["", ""]
                continue
            missing += grade.points is None and not grade.note
            none = "excused" if grade.note else NOT_GRADED
            shown = none if grade.points is None else f"{grade.points:g}"
            cells += [shown, "yes" if grade.late else ""]
            if grade.note:
                notes.append(f"{exercise.id}: {grade.note}")
        cells += [f"{self.total(learner):g}", f"{most:g}", str(missing)]
        cells += ["; ".join(notes)] if NOTES in columns else []
        return dict(zip(columns, map(line, cells), strict=True))


def result_rows(result: Counted) -> Iterator[dict[str, str]]:
    """A row for each check of a submission, for ``RESULT_COLUMNS``; one that says why if none."""
    entry, report = result.entry, result.report
    who = [entry.learner, entry.name, entry.exercise, str(entry.version)]
    who.append("yes" if entry.late else "")
    if report is None:
        yield _cells([*who, "", "", NOT_GRADED, "", "", "", "", result.why])
        return
    for check in report.checks:
        found = [
            *(check.name, check.title, check.verdict, f"{check.points:g}"),
            *(f"{check.max_points:g}", "yes" if check.bonus else "", check.misconception or ""),
            check.message,
        ]
        yield _cells([*who, *found])


def check_rows(overview: Overview) -> Iterator[dict[str, str]]:
    """A row for each check, for ``CHECK_COLUMNS``; percentages are out of 100."""
    for stem, rows in overview.tables.items():
        for place, (check, item) in enumerate(zip(rows.checks, rows.items, strict=True)):
            cells = [stem, check.name, check.title, str(item.learners), str(rows.failed(place))]
            for estimate in (item.facility, item.discrimination, item.efficiency):
                cells += estimate.cells()
            yield dict(zip(CHECK_COLUMNS, cells, strict=True))


def _cells(cells: Iterable[str]) -> dict[str, str]:
    return dict(zip(RESULT_COLUMNS, map(line, cells), strict=True))
