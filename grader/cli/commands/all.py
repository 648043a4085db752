"""``grade all``: grade all of the learner's files in one run."""

import secrets
import time
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.cli.context import Context
from grader.cli.exits import (
    ACCIDENT,
    FAILURE,
    NOT_PASSED,
    PASSED,
    STOPPED,
    Complaint,
    Stopped,
)
from grader.cli.files import missing, shown
from grader.cli.options import CourseOption, SeedOption, TimeoutOption, WorkersOption
from grader.cli.outcome import not_kept
from grader.i18n import _

if TYPE_CHECKING:
    from grader.course import Exercise
    from grader.report import Event, Report

    Result = Report | Exception
    Results = Generator[tuple[Exercise, Result]]  # as they come
    OnEvent = Callable[[Exercise, Event | None], None]


def grade_all(
    seed: SeedOption = None,
    timeout: TimeoutOption = None,
    json: Annotated[
        bool, typer.Option("--json", help=_("Print the reports as one JSON list."))
    ] = False,
    workers: WorkersOption = 2,
    course: CourseOption = None,
) -> int:
    """Grade your files of all exercises, and show where you stand."""
    context, one = Context(course), secrets.randbits(64) if seed is None else seed  # seed for all
    files = context.submissions()
    results: dict[Exercise, Result] = {}

    def graded(on_event: "OnEvent") -> "Results":
        """Fills ``results``, and keeps what has been graded."""
        from grader.engine.options import Options
        from grader.engine.pool import grade_many
        from grader.submission import Submission

        for exercise, path in files.items():
            if why := missing(path, context.command("reset", exercise.id)):
                results[exercise] = Complaint(why)
                yield exercise, results[exercise]
        there = {e: path for e, path in files.items() if e not in results}
        by_stem = {exercise.stem: exercise for exercise in there}
        many = grade_many(
            [Submission(exercise.stem, path) for exercise, path in there.items()],
            context.course.root,
            Options(seed=one, timeout=timeout),
            workers=workers,
            on_event=lambda submission, event: on_event(by_stem[submission.exercise], event),
        )
        with closing(many):
            for submission, result in many:
                exercise = by_stem[submission.exercise]
                if not isinstance(result, Exception):
                    context.keep(result)
                results[exercise] = result
                yield exercise, result

    try:
        if json:
            from grader.render.json import show

            list(graded(lambda exercise, event: None))
            show([_plain(e, path, results[e]) for e, path in files.items()])
        else:
            _show(graded, files, context)
    except KeyboardInterrupt:
        done = sum(not isinstance(result, Exception) for result in results.values())
        kept = done and not context.not_kept
        told = _("Stopped; what had been graded, {graded} of {exercises} exercises, is kept.")
        raise Stopped(told.format(graded=done, exercises=len(files)) if kept else STOPPED) from None
    if any(isinstance(r, Exception) and not isinstance(r, Complaint) for r in results.values()):
        return FAILURE
    if any(not isinstance(r, Exception) and not r.graded for r in results.values()):
        return ACCIDENT  # what is red beside it is not all that there is to say
    return PASSED if all(map(_passed, results.values())) else NOT_PASSED


def _show(
    graded: "Callable[[OnEvent], Results]",
    files: "dict[Exercise, Path]",
    context: Context,
) -> None:
    """Grade on the screen."""
    from grader.render import summary, terminal

    screen, begin = context.console, time.monotonic()
    results: dict[Exercise, Result] = {}
    folder = next(iter(files.values())).parent
    if folder not in (Path.cwd(), Path.cwd() / "exercises"):  # no other one than a person expects
        where = _("The files are in {folder}.").format(folder=folder)
        screen.print(terminal.note(where), "", sep="\n")
    with summary.Table(screen, files) as table, closing(graded(table.event)) as run:
        for exercise, result in run:
            results[exercise] = result
            table.add(exercise, result)
    reports = [result for result in results.values() if not isinstance(result, Exception)]
    due = next((e for e in files if not _passed(results[e])), None)
    verbs = ["list"] if due is None else [due.id] if files[due].exists() else ["reset", due.id]
    again = context.command(*verbs)
    steps = [("", again)]
    if due is not None and not isinstance(result := results[due], Exception):
        steps = terminal.steps(result, shown(files[due]), again, "", [])
    # one that used TensorFlow says more
    told = max(reports, key=lambda r: r.versions["tensorflow"] or "", default=None)
    screen.print(
        "",
        summary.total(files, reports, time.monotonic() - begin),
        terminal.following(steps),
        *(terminal.footer(told) if told else []),
        *not_kept(context),
        sep="\n",
    )


def _passed(result: "Result") -> bool:
    return not isinstance(result, Exception) and result.passed


def _plain(exercise: "Exercise", path: Path, result: "Result") -> dict[str, Any]:
    """The report as ``grade ex3 --json`` prints it, or what is known without one."""
    if not isinstance(result, Exception):
        return result.to_dict()
    known = {"exercise": exercise.stem, "submission": str(path), "passed": False}
    return known | {"error": str(result)}
