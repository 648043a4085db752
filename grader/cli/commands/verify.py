"""``grade verify``: prove that a course is sound, for those who write it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import options, proof
from grader.cli.context import Context
from grader.cli.exits import NOT_PASSED, PASSED, Complaint
from grader.cli.options import CourseOption, SeedOption
from grader.i18n import _
from grader.render import proven

if TYPE_CHECKING:
    from rich.console import Console

    from grader.course import Course, Exercise


def verify(
    exercises: Annotated[
        list[str] | None, typer.Argument(metavar="EXERCISE", autocompletion=options.exercises)
    ] = None,
    repeat: Annotated[
        int | None,
        typer.Option(
            "--repeat", metavar="N", min=1, max=1_000_000, show_default=False,
            help=_("Run the solutions N times instead, and count false alarms."),
        ),
    ] = None,
    quick: Annotated[
        bool,
        typer.Option(
            "--quick",
            help=_("Grade wrong files by the check that they name only; with --repeat, "
"leave out checks that train."),
        ),
    ] = False,
    mutants: Annotated[
        bool,
        typer.Option(
            "--mutants", help=_("Change the solutions instead, and show what no check notices.")
        ),
    ] = False,
    labs: Annotated[
        bool,
        typer.Option(
            "--labs", help=_("Run the experiments again instead, and compare with their records.")
        ),
    ] = False,
    seed: SeedOption = None,
    course: CourseOption = None,
) -> int:  # fmt: skip
    """Verify a course: its files are sound, and its checks catch what they must, and nothing else.

    Each finding is one line: where, what, and how to fix it.
    """
    if quick and mutants:
        raise Complaint(_("--mutants needs every check: give it without --quick."))
    context = Context(course)
    opened, screen = context.course, context.console
    if labs:
        return PASSED if proof.labs(screen, opened, exercises or []) else NOT_PASSED
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
    from grader.authoring import lint
    from grader.authoring.prooffiles import check_lines
    from grader.authoring.verify import verify

    count = 0
    with proof.bar(screen, _("Grading")) as on_step:
        for flaw in verify(course, chosen, quick=quick, seed=seed, on_step=on_step):
            count += 1
            proof.flaw(screen, flaw)
    looked_at = chosen or lint.exercises(course)
    told = proven.verified(
        len(looked_at),
        sum(len(check_lines(each)) for each in looked_at),
        sum(len(list(each.folder.glob("misconceptions/*.py"))) for each in looked_at),
        sum(len(list(each.submissions.glob("*/*.py"))) for each in looked_at),
        count,
    )
    screen.print(told, style="bold red" if count else "green", soft_wrap=True)
    return not count


def _repeat(
    screen: "Console", course: "Course", chosen: "Sequence[Exercise]", times: int, quick: bool
) -> bool:
    from grader.authoring.repeat import repeated

    with proof.bar(screen, _("Repeating")) as on_step:
        tallies = repeated(course, chosen, times, quick=quick, on_step=on_step)
    width = max((len(tally.check.name) for tally in tallies), default=0)
    for exercise in chosen:
        screen.print(f"{exercise.id} · {exercise.title}", style="bold", soft_wrap=True)
        for tally in tallies:
            if tally.exercise is exercise:
                proof.tally(screen, tally, width)
    runs, failures = sum(t.runs for t in tallies), sum(len(t.failures) for t in tallies)
    told = proven.repeated(len(tallies), runs, failures)
    screen.print(told, style="bold red" if failures else "green", soft_wrap=True)
    return not failures


def _mutants(screen: "Console", course: "Course", chosen: "Sequence[Exercise]") -> bool:
    from grader.authoring.mutants import Score, score

    sound = True
    with proof.bar(screen, _("Mutants")) as on_step:
        for found in score(course, chosen, on_step=on_step):
            if isinstance(found, Score):
                sound = sound and found.share >= proof.LEAST_SCORE
                proof.score(screen, found)
            else:
                sound = False
                proof.flaw(screen, found)
    return sound


def _chosen(course: "Course", words: list[str]) -> "list[Exercise] | None":
    """The exercises of these names, also incomplete ones; ``None`` without a name."""
    from grader.authoring import lint

    found = []
    for word in words:
        wanted = word.removesuffix(".py").lower()
        known = [each for each in lint.exercises(course) if wanted in (each.id, each.stem.lower())]
        found += known or [course.exercise(word)]
    return found or None
