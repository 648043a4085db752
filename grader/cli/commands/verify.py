"""``grade verify``: prove that a course is sound, for those who write it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from textwrap import indent
from typing import TYPE_CHECKING, Annotated

import typer

from grader.clean import clean, sentence
from grader.cli import options
from grader.cli.context import Context
from grader.cli.exits import NOT_PASSED, PASSED, Complaint
from grader.cli.files import shown
from grader.cli.options import CourseOption, SeedOption
from grader.render import texts

if TYPE_CHECKING:
    from rich.console import Console

    from grader.authoring.mutants import Mutant, Score
    from grader.authoring.repeat import Tally
    from grader.course import Course, Exercise, Flaw
    from grader.engine.pool import OnStep

LEAST_SCORE = 0.95  # the share of mutants that a course's checks must notice
SEEDS = 5  # of failures, shown for each check


def verify(
    exercises: Annotated[
        list[str] | None, typer.Argument(metavar="EXERCISE", autocompletion=options.exercises)
    ] = None,
    repeat: Annotated[
        int | None,
        typer.Option(
            "--repeat", metavar="N", min=1, show_default=False,
            help="Run the solutions N times instead, and count false alarms.",
        ),
    ] = None,
    quick: Annotated[
        bool,
        typer.Option(
            "--quick",
            help="Grade wrong files by the check that they name only; with --repeat, "
            "leave out checks that train.",
        ),
    ] = False,
    mutants: Annotated[
        bool,
        typer.Option(
            "--mutants", help="Change the solutions instead, and show what no check notices."
        ),
    ] = False,
    seed: SeedOption = None,
    course: CourseOption = None,
) -> int:  # fmt: skip
    """Prove a course: its files are sound, and its checks catch what they must, and nothing else.

    Each finding is one line: where, what, and how to mend it.
    """
    if quick and mutants:
        raise Complaint(texts.QUICK_MUTANTS)
    context = Context(course)
    opened, screen = context.course, context.console
    chosen = _chosen(opened, exercises or [])
    sound = []
    if repeat is not None:
        sound.append(_repeat(screen, opened, chosen or opened.exercises, repeat, quick))
    if mutants:
        sound.append(_mutants(screen, opened, chosen or opened.exercises))
    if repeat is None and not mutants:
        sound.append(_verify(screen, opened, chosen, quick, seed))
    return PASSED if all(sound) else NOT_PASSED


def _verify(
    screen: "Console",
    course: "Course",
    chosen: "Sequence[Exercise] | None",
    quick: bool,
    seed: int | None,
) -> bool:
    from grader.authoring import lint as files
    from grader.authoring.verify import verify

    count = 0
    with _progress(screen, texts.GRADING) as on_step:
        for flaw in verify(course, chosen, quick=quick, seed=seed, on_step=on_step):
            count += 1
            _tell(screen, flaw)
    looked_at = chosen or files.exercises(course)
    told = texts.verified(
        len(looked_at),
        sum(len(files.check_lines(each)) for each in looked_at),
        sum(len(list(each.folder.glob("misconceptions/*.py"))) for each in looked_at),
        sum(len(list(each.submissions.glob("*/*.py"))) for each in looked_at),
        count,
    )
    screen.print(told, style="bold red" if count else "bold green", soft_wrap=True)
    return not count


def _repeat(
    screen: "Console", course: "Course", chosen: "Sequence[Exercise]", times: int, quick: bool
) -> bool:
    from grader.authoring.repeat import repeated

    with _progress(screen, texts.REPEATING) as on_step:
        tallies = repeated(course, chosen, times, quick=quick, on_step=on_step)
    width = max((len(tally.check.name) for tally in tallies), default=0)
    for exercise in chosen:
        screen.print(f"{exercise.id} · {exercise.title}", style="bold", soft_wrap=True)
        for tally in tallies:
            if tally.exercise is exercise:
                _tell_tally(screen, tally, width)
    runs, failures = sum(t.runs for t in tallies), sum(len(t.failures) for t in tallies)
    told = texts.repeated(len(tallies), runs, failures)
    screen.print(told, style="bold red" if failures else "bold green", soft_wrap=True)
    return not failures


def _tell_tally(screen: "Console", tally: "Tally", width: int) -> None:
    failures = len(tally.failures)
    line = texts.tally(tally.check.name.ljust(width), tally.runs, failures, tally.bound)
    screen.print(line, style="red" if failures else "", soft_wrap=True)
    for seed, result in tally.failures[:SEEDS]:
        file = shown(tally.exercise.solution)
        line = texts.failure(f"{seed:016x}", sentence(result.message), file)
        screen.print(line, soft_wrap=True)


def _mutants(screen: "Console", course: "Course", chosen: "Sequence[Exercise]") -> bool:
    from grader.authoring.mutants import Score, score

    sound = True
    with _progress(screen, texts.MUTATING) as on_step:
        for found in score(course, chosen, on_step=on_step):
            if isinstance(found, Score):
                sound = sound and found.share >= LEAST_SCORE
                _tell_score(screen, found)
            else:
                sound = False
                _tell(screen, found)
    return sound


def _tell_score(screen: "Console", score: "Score") -> None:
    total = score.caught + len(score.survivors)
    told = texts.mutation_score(
        score.exercise.id, score.share, score.caught, total, score.late, score.equivalent
    )
    good = score.share >= LEAST_SCORE
    screen.print(told, style="bold green" if good else "bold red", soft_wrap=True)
    for mutant in score.survivors:
        _tell_survivor(screen, score.exercise, mutant)


def _tell_survivor(screen: "Console", exercise: "Exercise", mutant: "Mutant") -> None:
    from rich.syntax import Syntax

    place = f"{shown(exercise.solution)}:{mutant.line}"
    diff = mutant.diff(exercise.solution.read_text("utf-8"))
    screen.print(texts.survivor(place, mutant.function), soft_wrap=True)
    if screen.is_terminal:
        screen.print(Syntax(diff, "diff", theme="ansi_dark", background_color="default"))
    else:
        screen.print(diff, soft_wrap=True)


def _tell(screen: "Console", flaw: "Flaw") -> None:
    line = texts.flaw(shown(flaw.path), flaw.line, flaw.what, flaw.mend)
    screen.print(sentence(line), soft_wrap=True)
    if flaw.trouble:
        screen.print(indent(clean(flaw.trouble), "    "), style="dim", soft_wrap=True)


@contextmanager
def _progress(screen: "Console", what: str) -> "Iterator[OnStep]":
    """A bar on a terminal, nothing anywhere else."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeElapsedColumn as Elapsed

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Elapsed())
    with Progress(
        *columns, console=screen, transient=True, disable=not screen.is_interactive
    ) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _chosen(course: "Course", words: list[str]) -> "list[Exercise] | None":
    """The exercises of these names, also incomplete ones; ``None`` without a name."""
    from grader.authoring import lint as files

    found = []
    for word in words:
        wanted = word.removesuffix(".py").lower()
        known = [each for each in files.exercises(course) if wanted in (each.id, each.stem)]
        found += known or [course.exercise(word)]
    return found or None
