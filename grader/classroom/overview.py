"""What a teacher wants to know of a class, gathered from one result at a time.

Nothing of it shows what a hidden check gave a learner's code, what this code printed, or the text
of an exception: a class may see the page that is made of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from grader.classroom.results import Counted
from grader.classroom.stats import ItemStatistics, analysis
from grader.course import Check, Course, CourseError, Exercise, WrongFile
from grader.i18n import _
from grader.report import LOAD, RED, CheckResult, Report, Verdict

LearnerId = str


@dataclass(frozen=True)
class GradedRow:
    """A learner's graded submission of an exercise, without its details.

    Attributes:
        verdicts, points: one per check of the exercise, in the course's order; ``None`` and 0 for
            a check that the report does not have.
        loaded: whether the file could be loaded at all.
        passed: see ``Report.passed``.
        late: whether it was handed in late.
    """

    verdicts: tuple[Verdict | None, ...]
    points: tuple[float, ...]
    loaded: bool
    passed: bool
    late: bool


@dataclass
class ExerciseRows:
    """All graded submissions of an exercise, by learner."""

    exercise: Exercise
    checks: tuple[Check, ...]
    rows: dict[LearnerId, GradedRow] = field(default_factory=dict)

    def score(self, learner: LearnerId) -> float | None:
        """A learner's points, ``None`` without a graded submission."""
        row = self.rows.get(learner)
        return None if row is None else sum(row.points)

    def failed(self, position: int) -> int:
        """How many learners have the check at a position wrong; not if it was never begun."""
        return sum(row.verdicts[position] in RED for row in self.rows.values())

    @cached_property
    def items(self) -> list[ItemStatistics]:
        """The item analysis of its checks, over the learners whose file was graded by then."""
        import numpy as np

        marks = np.array([row.points for row in self.rows.values()], np.float64)
        worth = [check.points for check in self.checks]
        return analysis(marks.reshape(len(self.rows), len(self.checks)), worth)


@dataclass(frozen=True)
class Unexplained:
    """Files with the same wrong answer to the same check, which no misconception explains.

    Attributes:
        exercise: the stem.
        check: the first check of these files that is wrong; the name of ``LOAD`` if they could not
            be loaded.
        title: the check's.
        seen: what was observed; of an exception only its type.
        results: the submissions.
    """

    exercise: str
    check: str
    title: str
    seen: str
    results: tuple[Counted, ...]


@dataclass(frozen=True)
class Met:
    """A misconception, and who has it."""

    exercise: str
    name: str
    belief: str
    learners: tuple[LearnerId, ...]


@dataclass
class Overview:
    """A class; ``add`` takes one result after the other.

    Attributes:
        course: what they were graded by.
        names: of learners, by id, in the order of their first submission.
        tables: graded submissions, by the exercise's stem, in the course's order.
        late, not_graded, timeouts: results to be listed, without their reports.
        graded_at: the newest grading.
        seeds, editions: of the reports; more than one means that not all had the same.
    """

    course: Course
    names: dict[LearnerId, str] = field(default_factory=dict)
    tables: dict[str, ExerciseRows] = field(default_factory=dict)
    late: list[Counted] = field(default_factory=list)
    not_graded: list[Counted] = field(default_factory=list)
    timeouts: list[tuple[Counted, tuple[str, ...]]] = field(default_factory=list)
    graded_at: datetime | None = None
    _met: dict[tuple[str, str], set[LearnerId]] = field(default_factory=lambda: defaultdict(set))
    _red: dict[tuple[str, ...], list[Counted]] = field(default_factory=lambda: defaultdict(list))
    seeds: Counter[int] = field(default_factory=Counter)
    editions: Counter[tuple[str, str]] = field(default_factory=Counter)
    submissions: int = 0

    def __post_init__(self) -> None:
        for exercise in self.course.exercises:
            self.tables[exercise.stem] = ExerciseRows(exercise, exercise.checks)

    def add(self, result: Counted) -> None:
        """Take a result into account."""
        entry, report = result.entry, result.report
        table = self.tables.get(entry.exercise)
        if table is None:
            raise CourseError(
                _(
                    "The class has submissions of {exercise}, and the course has no such "
                    "exercise. Name the course that it was graded with: --course DIR"
                ).format(exercise=entry.exercise)
            )
        self.submissions += 1
        self.names.setdefault(entry.learner, entry.name)
        bare = Counted(entry, None)
        if entry.late:
            self.late.append(bare)
        if report is None:
            self.not_graded.append(result)
            return
        table.rows[entry.learner] = _row(table.checks, report, entry.late)
        self.seeds[report.seed] += 1
        self.editions[entry.exercise, report.course_hash] += 1
        if report.time is not None:
            self.graded_at = max(report.time, self.graded_at or report.time)
        self._look(bare, report)

    def _look(self, bare: Counted, report: Report) -> None:
        """See what is wrong in a report."""
        entry = bare.entry
        red = report.red
        late = tuple(check.title for check in red if check.verdict is Verdict.TIMEOUT)
        if late:
            self.timeouts.append((bare, late))
        typical = self.tables[entry.exercise].exercise.misconceptions
        known = {name for check in red if (name := explained(check, typical))}
        for name in known:
            self._met[entry.exercise, name].add(entry.learner)
        if red and not known and red[0].verdict is not Verdict.TIMEOUT:
            self._red[(entry.exercise, *_answer(red[0]))].append(bare)

    @property
    def learners(self) -> list[LearnerId]:
        """Their ids, those with most points first, then by name."""
        return sorted(self.names, key=lambda each: (-self.share(each), self.names[each], each))

    def share(self, learner: LearnerId) -> float:
        """Points over all exercises of which the class has any submission, from 0 to 1 or more."""
        tables = [table for table in self.tables.values() if table.rows]
        most = sum(table.exercise.max_score for table in tables)
        return sum(table.score(learner) or 0 for table in tables) / most if most else 0.0

    @property
    def changed(self) -> list[str]:
        """Exercises with files that other checks than those of now have graded, by their ids."""
        stems = {
            stem
            for stem, edition in self.editions
            if edition and edition != self.tables[stem].exercise.hash
        }
        return [table.exercise.id for stem, table in self.tables.items() if stem in stems]

    def met(self) -> list[Met]:
        """Misconceptions, those of most learners first."""
        beliefs = {
            (stem, each.name): each.belief
            for stem, table in self.tables.items()
            for each in table.exercise.misconceptions
        }
        found = [
            Met(stem, name, beliefs.get((stem, name), name), tuple(sorted(who)))
            for (stem, name), who in self._met.items()
        ]
        return sorted(found, key=lambda each: (-len(each.learners), each.exercise, each.name))

    def unexplained(self) -> list[Unexplained]:
        """Wrong answers that no misconception explains, those of most learners first."""
        found = [
            Unexplained(exercise, check, title, seen, tuple(results))
            for (exercise, check, title, seen, _), results in self._red.items()
        ]
        return sorted(found, key=lambda each: (-len(each.results), each.exercise, each.check))


def explained(check: CheckResult, typical: Iterable[WrongFile]) -> str | None:
    """The misconception whose words a check's message has; the one with most of them.

    This is less sure than ``CheckResult.misconception``, and enough to count by.
    """
    if check.misconception:
        return check.misconception
    fitting = [
        (sum(map(len, each.says)), each.name)
        for each in typical
        if each.fails == check.name and all(words in check.message for words in each.says)
    ]
    return max(fitting)[1] if fitting else None


def _row(checks: Sequence[Check], report: Report, late: bool) -> GradedRow:
    known: Mapping[str, CheckResult] = {check.name: check for check in report.checks}
    return GradedRow(
        verdicts=tuple(known[c.name].verdict if c.name in known else None for c in checks),
        points=tuple(known[c.name].points if c.name in known else 0 for c in checks),
        loaded=LOAD not in known,
        passed=report.passed,
        late=late,
    )


def _answer(check: CheckResult) -> tuple[str, str, str, str]:
    """Check, title, what was observed, and what else tells one wrong answer from another."""
    details = check.details
    exception, got = details["exception"], details["got"]
    if exception is not None:
        return (
            check.name,
            check.title,
            _("It raised {exception}.").format(exception=exception["type"]),
            exception["message"],
        )
    return check.name, check.title, check.message, got["text"] if got else ""
