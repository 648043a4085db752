"""The grades of a class, from its journal and by what its teacher has decided."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from grader.classroom import roster
from grader.classroom.adjusting import Rules
from grader.classroom.classfolder import ClassFolder
from grader.classroom.journal import Journal
from grader.classroom.manifest import Entry, Policy
from grader.classroom.results import Counted, results
from grader.course import Exercise, whole
from grader.export.filling import FinalGrade
from grader.i18n import _
from grader.report import Report

KnownIds = dict[str, dict[str, str]]  # what the roster adds: ids of other systems, by the learner


def grades(
    folder: ClassFolder,
    entries: Sequence[Entry],
    exercises: Iterable[Exercise],
    rules: Rules,
    on_changed: Callable[[str], None] = lambda stem: None,
) -> Iterator[tuple[str, FinalGrade]]:
    """Each learner's grade of each exercise, with the exercise's stem; in the entries' order.

    Args:
        folder: the class.
        entries: of the class.
        exercises: which.
        rules: what its teacher has decided.
        on_changed: called with the stem of an exercise whose checks are not those that graded.

    Raises:
        ClassError: the class can't be read.
    """
    wanted = {each.stem: each for each in exercises}
    most = {stem: each.max_score for stem, each in wanted.items()}
    left, people = dict(rules.overrides), {each.learner: each for each in roster.kept(folder)}
    known = {each.learner: each.ids for each in people.values()}
    newest = {entry.learner: entry for entry in entries}
    for result in counted(folder, entries, most):
        entry, report = result.entry, result.report
        if report and report.course_hash not in ("", wanted[entry.exercise].hash):
            on_changed(entry.exercise)
        left.pop((entry.learner, entry.exercise), None)
        yield entry.exercise, _grade(result, most[entry.exercise], rules, known)
    for (learner, exercise), override in left.items():  # of something that was not handed in
        if exercise in most:
            entry = newest.get(learner) or Entry(learner, people[learner].name, exercise, 1, "")
            points, note = rules.points(replace(entry, exercise=exercise), None, most[exercise])
            # the number of another assignment is nobody's in this one
            own = {kind: value for kind, value in _ids(entry).items() if kind in roster.IDS}
            ids = known.get(learner, {}) | (own if entry.exercise != exercise else _ids(entry))
            grade = FinalGrade(learner, entry.name, ids, points, most[exercise], note)
            yield exercise, replace(grade, excused=override.points is None)


def graded(
    folder: ClassFolder, entries: Sequence[Entry], exercises: Iterable[Exercise], rules: Rules
) -> Iterator[tuple[Entry, Report, FinalGrade]]:
    """The submissions that count and were graded, with what is to be said of them."""
    most = {each.stem: each.max_score for each in exercises}
    for result in counted(folder, entries, most):
        if result.report is not None:
            grade = _grade(result, most[result.entry.exercise], rules, {})
            yield result.entry, result.report, grade


def counted(
    folder: ClassFolder, entries: Sequence[Entry], exercises: Iterable[str]
) -> Iterator[Counted]:
    """The submissions that count, of these exercises, with their results, one at a time."""
    wanted, settings = set(exercises), folder.settings()
    chosen = [entry for entry in entries if entry.exercise in wanted]
    with Journal.open(folder.root) as journal:
        yield from results(journal, chosen, settings.policy if settings else Policy.LAST)


def total(found: Iterable[tuple[str, FinalGrade]]) -> list[FinalGrade]:
    """One grade for each learner: the sum over exercises; none where one was not graded.

    What was not handed in counts as no points of those that there are; what is excused does not
    count.
    """
    sums: dict[str, FinalGrade] = {}
    found = list(found)
    worth = {exercise: grade.most for exercise, grade in found}
    several = len(worth) > 1
    spared: dict[str, float] = {}
    for exercise, grade in found:
        if grade.excused:
            spared[grade.learner] = spared.get(grade.learner, 0) + worth[exercise]
    for exercise, grade in found:
        note = f"{exercise}: {grade.note}" if grade.note and several else grade.note
        before = sums.get(grade.learner)
        if before is None:
            sums[grade.learner] = replace(grade, note=note)
            continue
        points: float | None = None
        if grade.excused or before.excused:
            points = before.points if grade.excused else grade.points
        elif grade.points is not None and before.points is not None:
            points = whole(round(before.points + grade.points, 2))
        sums[grade.learner] = replace(
            before,
            ids={**grade.ids, **before.ids},
            points=points,
            excused=before.excused and grade.excused,
            note="; ".join(filter(None, (before.note, note))),
        )
    whole_most = sum(worth.values())
    return [
        replace(each, most=whole(whole_most - spared.get(each.learner, 0)) or each.most)
        for each in sums.values()
    ]


def scaled(grade: FinalGrade, most: float) -> FinalGrade:
    """The same grade out of another number of points."""
    if grade.points is None or not grade.most:
        return replace(grade, most=most)
    return replace(grade, points=round(grade.points * most / grade.most, 2), most=most)


def _grade(result: Counted, most: float, rules: Rules, known: KnownIds) -> FinalGrade:
    entry, report = result.entry, result.report
    points, note = rules.points(entry, report.score if report else None, most)
    return FinalGrade(
        learner=entry.learner,
        name=entry.name,
        ids=known.get(entry.learner, {}) | _ids(entry),
        points=points,
        most=most,
        note=note or (_not_graded(result) if points is None else ""),
        excused=points is None and bool(note),
    )


def _not_graded(result: Counted) -> str:
    if result.mark is None:
        return _("not graded yet")
    return _("not graded: {why}").format(why=result.why)


def _ids(entry: Entry) -> dict[str, str]:
    return {kind: value for kind, value in entry.ids.items() if value}
