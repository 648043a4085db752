"""What ``grade verify`` has found, on the screen."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from textwrap import indent
from typing import TYPE_CHECKING

from grader.clean import clean, sentence
from grader.cli.exits import Complaint
from grader.cli.files import shown
from grader.i18n import _, ngettext
from grader.render import proven

if TYPE_CHECKING:
    from rich.console import Console

    from grader.authoring.mutants import Mutant, Score
    from grader.authoring.repeat import Tally
    from grader.course import Course, Exercise, Flaw
    from grader.engine.pool import OnStep

LEAST_SCORE = 0.95  # the share of mutants that a course's checks must notice
_SEEDS = 5  # of failures, shown for each check


def tally(screen: "Console", tally: "Tally", width: int) -> None:
    """How often a check failed a right file; its name is as wide as ``width``."""
    failures = len(tally.failures)
    line = proven.tally(tally.check.name.ljust(width), tally.runs, failures, tally.bound)
    screen.print(line, style="red" if failures else "", soft_wrap=True)
    for seed, result in tally.failures[:_SEEDS]:
        file = shown(tally.exercise.solution)
        line = proven.failure(f"{seed:016x}", sentence(result.message), file)
        screen.print(line, soft_wrap=True)


def score(screen: "Console", score: "Score") -> None:
    """How many mutants of a solution its checks noticed, and each that they did not."""
    total = score.caught + len(score.survivors)
    told = proven.mutation_score(
        score.exercise.id, score.share, score.caught, total, score.late, score.equivalent
    )
    good = score.share >= LEAST_SCORE
    screen.print(told, style="green" if good else "bold red", soft_wrap=True)
    for mutant in score.survivors:
        _survivor(screen, score.exercise, mutant)


def _survivor(screen: "Console", exercise: "Exercise", mutant: "Mutant") -> None:
    from rich.syntax import Syntax

    place = f"{shown(exercise.solution)}:{mutant.line}"
    diff = mutant.diff(exercise.solution.read_text("utf-8"))
    screen.print(proven.survivor(place, mutant.function), soft_wrap=True)
    if screen.is_terminal:
        screen.print(Syntax(diff, "diff", theme="ansi_dark", background_color="default"))
    else:
        screen.print(diff, soft_wrap=True)


def flaw(screen: "Console", flaw: "Flaw") -> None:
    """One finding, in a line."""
    line = proven.flaw(shown(flaw.path), flaw.line, flaw.what, flaw.fix)
    screen.print(sentence(line), soft_wrap=True)
    if flaw.trouble:
        screen.print(indent(clean(flaw.trouble), "    "), style="dim", soft_wrap=True)


@contextmanager
def bar(screen: "Console", what: str) -> "Iterator[OnStep]":
    """A bar on a terminal, nothing anywhere else."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeElapsedColumn as Elapsed

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Elapsed())
    with Progress(
        *columns, console=screen, transient=True, disable=not screen.is_interactive
    ) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def labs(screen: "Console", course: "Course", only: Sequence[str]) -> bool:
    """Run the experiments again and compare; whether every number came back."""
    from grader.authoring.remeasure import again, unmeasured
    from grader.lab.experiment import labs as all_labs

    known = [each.id for each in all_labs(course)]
    if unknown := [word for word in only if word not in known]:
        raise Complaint(
            _("There is no lab {unknown!r}. This course has: {known}.").format(
                unknown=unknown[0], known=", ".join(known)
            )
        )
    count = 0
    for each in unmeasured(course):
        count += 1
        flaw(screen, each)
    with bar(screen, _("Running experiments")) as on_step:
        for each in again(course, only, on_step):
            count += 1
            flaw(screen, each)
    for lab in all_labs(course):
        for experiment in lab.experiments:
            if not experiment.possible and (not only or lab.id in only):
                needs = _("it needs all 60,000 images, which are not on this computer")
                screen.print(
                    _("{lab}.{experiment} did not run: {needs}.").format(
                        lab=lab.id, experiment=experiment.name, needs=needs
                    ),
                    style="dim",
                )
    if count:
        found = ngettext("{count} finding", "{count} findings", count).format(count=count)
    else:
        found = _("every number came back")
    number = len(only or known)
    told = ngettext("{count} lab: {findings}", "{count} labs: {findings}", number)
    told = told.format(count=number, findings=found)
    screen.print(told, style="bold red" if count else "green", soft_wrap=True)
    return not count
