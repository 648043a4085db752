"""``grade class show``: one learner's result, as the learner would see it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.classroom.place import ClassCourse, Classroom, OfClass, opened
from grader.cli.exits import ACCIDENT, NOT_PASSED, PASSED, Complaint
from grader.cli.options import JsonOption, PicturesOption, option
from grader.i18n import _

if TYPE_CHECKING:
    from grader.classroom.journal import Mark
    from grader.classroom.manifest import Entry


def show(
    folder: OfClass,
    learner: Annotated[
        str,
        typer.Argument(metavar="LEARNER", help=_("A name, or part of one."), show_default=False),
    ],
    exercise: Annotated[
        str, typer.Argument(metavar="EXERCISE", help=_("Such as ex3."), show_default=False)
    ],
    version: Annotated[
        int | None, option("--version", "N", _("This version instead of the one that counts."))
    ] = None,
    json: JsonOption = False,
    no_pictures: PicturesOption = False,
    course: ClassCourse = None,
) -> int:
    """Show one learner's result of an exercise, as the learner would see it."""
    from grader.classroom.journal import Journal

    place = opened(folder, course)
    found = place.context.course.exercise(exercise)
    entries = _entries(place.folder.entries(), learner, found.stem, version)
    with Journal.open(place.folder.root) as journal:
        results = dict(journal.current(entries))
    entry = _counting(place, entries, results)
    mark = results[entry]
    if mark is None or mark.report is None:
        if mark is None:
            template = _(
                "{learner}, {exercise}, version {version}: it has not been graded yet. "
                "Grade it with `{command}`."
            )
        else:
            template = _(
                "{learner}, {exercise}, version {version}: it is not graded: {reason}. "
                "Grade it with `{command}`."
            )
        raise Complaint(
            template.format(
                learner=entry.name,
                exercise=found.id,
                version=entry.version,
                reason="" if mark is None else mark.seen.rstrip("."),
                command=place.command("run"),
            )
        )
    report = mark.report
    if json:
        from grader.render.json import show as shown

        shown(report.to_dict())
    else:
        _show(place, entry, mark, drawn=not no_pictures)
    if not report.graded:
        return ACCIDENT
    return PASSED if report.passed else NOT_PASSED


def _entries(
    entries: "Sequence[Entry]", learner: str, stem: str, version: int | None
) -> "list[Entry]":
    """What this learner handed in for an exercise.

    Raises:
        Complaint: there is no such learner, several, or nothing of theirs.
    """
    from grader.classroom.manifest import Status

    people = {entry.learner: entry.name for entry in entries}
    wanted = learner.casefold()
    exact = [k for k, name in people.items() if learner in (k, name)]
    found = exact or [k for k, n in people.items() if wanted in f"{k}\n{n}".casefold()]
    if len(found) != 1:
        if not found:
            raise Complaint(
                _("There is no learner {learner!r} in manifest.csv.").format(learner=learner)
            )
        few = ", ".join(found[:5]) + (" …" if len(found) > 5 else "")
        raise Complaint(
            _("{count} learners have {learner!r} in their names: {few}. Type more.").format(
                count=len(found), learner=learner, few=few
            )
        )
    own = [e for e in entries if e.learner == found[0] and e.exercise == stem]
    own = [e for e in own if version in (None, e.version) and e.status is not Status.QUIZ]
    if not own:
        if version is None:
            template = _("{learner} has not handed in {exercise}.")
        else:
            template = _("{learner} has not handed in version {version} of {exercise}.")
        raise Complaint(template.format(learner=people[found[0]], version=version, exercise=stem))
    return own


def _counting(
    place: Classroom, entries: "list[Entry]", results: "dict[Entry, Mark | None]"
) -> "Entry":
    """The version that counts; one that is skipped, if no other is there."""
    from grader.classroom.manifest import chosen

    def score(entry: "Entry") -> float | None:
        mark = results[entry]
        return mark.report.score if mark is not None and mark.graded and mark.report else None

    return (chosen(entries, place.settings.policy, score) or entries[-1:])[0]


def _show(place: Classroom, entry: "Entry", mark: "Mark", drawn: bool) -> None:
    from grader.render import terminal

    report, screen = mark.report, place.context.console
    assert report is not None
    drawn = drawn and screen.is_terminal
    exercise = place.context.course.exercise(entry.exercise)
    screen.print(terminal.heading(exercise.id, report.title, entry.name), "", sep="\n")
    body = terminal.body(report, drawn=drawn)
    screen.print(*body, *([""] if body else []), terminal.score(report), sep="\n")
    screen.print(*terminal.footer(report), *map(terminal.note, _remarks(entry)), sep="\n")


def _remarks(entry: "Entry") -> list[str]:
    """What only the instructor sees."""
    parts = [entry.file, _("version {version}").format(version=entry.version)]
    parts += [_("late")] if entry.late else []
    parts += [f"{entry.submitted:%Y-%m-%d %H:%M %Z}"] if entry.submitted else []
    return [" · ".join(parts), *filter(None, [entry.converted, entry.note])]
