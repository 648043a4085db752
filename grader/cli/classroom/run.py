"""``grade class run``: grade all that has no result yet."""

import json as jsonlib
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.cli import options
from grader.cli.classroom.place import ClassCourse, Classroom, OfClass, opened
from grader.cli.exits import NOT_PASSED, PASSED, Complaint, Stopped
from grader.cli.options import SeedOption, option
from grader.container import usable_cores, usable_memory
from grader.engine.options import MOST_WORKERS
from grader.i18n import _, ngettext

if TYPE_CHECKING:
    from grader.classroom.classfolder import Settings
    from grader.classroom.drive import Plan, Task
    from grader.classroom.journal import Mark
    from grader.engine.pool import Start

    Results = Generator[tuple[Task, Mark]]

LEAST = 2  # a grading often waits, so one core has work for two
NEEDED = 1 << 30  # bytes of memory for one that trains a model
AHEAD = 2  # submissions for each thread of a cluster: one runs, one waits its turn
POLICIES = ("last", "best", "first")


def run(
    folder: OfClass,
    only: Annotated[
        list[str] | None,
        option("--only", "EXERCISE", _("Grade only this exercise; may be repeated.")),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            "-j",
            metavar="N",
            min=1,
            max=MOST_WORKERS,
            help=_(
                "Grade so many at once; without it one for each core that has 1 GiB of memory, "
                "and at least two."
            ),
        ),
    ] = None,
    limit: Annotated[
        float | None,
        option(
            "--limit",
            "S",
            _("Seconds for a whole file; kept for the class."),
            parser=options.above_zero("--limit"),
        ),
    ] = None,
    policy: Annotated[
        str | None,
        option(
            "--policy", "WHICH", _("Which version counts: last, best or first; kept for the class.")
        ),
    ] = None,
    seed: SeedOption = None,
    dask: Annotated[
        str | None,
        option("--dask", "SCHEDULER", _("Use a Dask cluster: host:8786, or its scheduler file.")),
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help=_("Print each result as a line of JSON, as it comes."))
    ] = False,
    course: ClassCourse = None,
) -> int:
    """Grade what has no result yet; stop at any time and go on later.

    The exit code is 0 if everything is graded, 1 if something could not be graded, 2 if the class
    can't be graded at all.
    """
    if policy is not None and policy not in POLICIES:
        raise Complaint(
            _("There is no policy {policy!r}. Choose last, best or first.").format(policy=policy)
        )
    place = opened(folder, course)
    with ExitStack() as resources:
        resources.enter_context(place.folder.locked())
        settings = _settings(place, policy, limit, seed)
        stems = {place.context.course.exercise(name).stem for name in only or ()}
        start: Start = ThreadPoolExecutor
        if dask is not None:
            from grader.classroom.cluster import connected

            cluster, threads = resources.enter_context(connected(dask, place.context.course))
            start, workers = cluster.start, workers or AHEAD * threads
        room = min(int(usable_cores()), usable_memory() // NEEDED)
        workers = workers or max(LEAST, room)
        return _run(place, settings, stems, start, workers, json)


def _settings(
    place: Classroom, policy: str | None, limit: float | None, seed: int | None
) -> "Settings":
    """What holds for the class, with what was typed now; it is kept."""
    from grader.classroom.manifest import Policy

    settings = place.settings
    if policy is not None:
        settings = replace(settings, policy=Policy(policy))
    if limit is not None:
        settings = replace(settings, limit=limit)
    if seed is not None:
        settings = replace(settings, seed=seed)
    if settings != place.folder.settings():
        place.folder.keep_settings(settings)
    return settings


def _run(
    place: Classroom,
    settings: "Settings",
    stems: set[str],
    start: "Start",
    workers: int,
    json: bool,
) -> int:
    from grader.classroom.drive import Drive, planned
    from grader.classroom.journal import Journal

    with Journal.open(place.folder.root, writing=True) as journal:
        scores = journal.scores()
        course = place.context.course
        plan = planned(place.folder, course, settings, scores, stems)
        if not plan.totals():
            raise Complaint(
                _(
                    "There is nothing to grade. See which exercises and which status the "
                    "rows of manifest.csv have, or import a download."
                )
            )
        drive = Drive(place.folder, course, settings, journal, workers, start)
        with closing(drive.results(plan)) as results:
            if json:
                return _as_lines(plan, scores, results)
            return _on_screen(place, settings, plan, scores, results, workers)


# for machines


def _as_lines(plan: "Plan", scores: dict[str, tuple[float, float]], results: "Results") -> int:
    """A line for each submission: first those with a result, then the others as they come."""
    graded = True
    for entry, key in plan.known:
        score, most = scores[key]
        _line(entry, {"known": True, "graded": True, "score": score, "max_score": most})
    for entry, why in plan.unread.items():
        graded = False
        _line(entry, {"known": False, "graded": False, "seen": why})
    for task, mark in results:
        graded = graded and mark.graded
        report = mark.report
        found: dict[str, Any] = {"known": False, "graded": mark.graded}
        if report is not None and mark.graded:
            found |= {"score": report.score, "max_score": report.max_score}
            found |= {"passed": report.passed, "seconds": report.seconds}
        else:
            found["seen"] = mark.seen
        for entry in task.entries:
            _line(entry, found)
    return PASSED if graded else NOT_PASSED


def _line(entry: Any, found: dict[str, Any]) -> None:
    known = {"learner": entry.learner, "exercise": entry.exercise, "version": entry.version}
    print(jsonlib.dumps(known | found), flush=True)


# for people


def _on_screen(
    place: Classroom,
    settings: "Settings",
    plan: "Plan",
    scores: dict[str, tuple[float, float]],
    results: "Results",
    workers: int,
) -> int:
    from rich.live import Live

    from grader.render import terminal
    from grader.render.classroom import Board

    screen, totals = place.context.console, plan.totals()
    about = ngettext("seed {seed} · {count} worker", "seed {seed} · {count} workers", workers)
    about = about.format(seed=f"{settings.seed:016x}", count=workers)
    known = {exercise.stem: exercise for exercise in place.context.course.exercises}
    exercises = [exercise for stem, exercise in known.items() if stem in totals]
    board = Board(place.folder.root.name, exercises, totals, about)
    for entry, key in plan.known:
        board.know(entry.exercise, *scores[key])
    try:
        with ExitStack() as stack:
            if screen.is_terminal:
                live = Live(board, console=screen, refresh_per_second=4, transient=True)
                stack.enter_context(live)
            for task, mark in results:
                names = [entry.name for entry in task.entries]
                board.add(task.exercise, names, mark.report if mark.graded else None, mark.seen)
    except KeyboardInterrupt:
        screen.print(board.ending(screen.width), "", sep="\n")
        raise Stopped(
            _("Stopped; the results so far are kept. To go on: `{command}`.").format(
                command=place.command("run")
            )
        ) from None
    missing = [f"{entry.name} {entry.exercise}: {why}" for entry, why in plan.unread.items()]
    screen.print(board.ending(screen.width), *map(terminal.note, missing), "", sep="\n")
    graded = sum(totals.values()) - board.accidents - len(missing)
    screen.print(
        terminal.note(
            _("{graded:,} of {values:,} submissions are graded.").format(
                graded=graded, values=sum(totals.values())
            )
        )
    )
    steps = [("", place.command("run"))] if board.accidents or missing else []
    if not steps:
        learner = next(iter(plan.known), (None, ""))[0] or plan.tasks[0].entries[0]
        short = known[learner.exercise].id
        steps = [
            (_("Gradebook and feedback:"), place.command("report")),
            (_("One learner's result:"), place.command("show", learner.learner, short)),
        ]
    screen.print(terminal.following(steps))
    return PASSED if not board.accidents and not missing else NOT_PASSED
