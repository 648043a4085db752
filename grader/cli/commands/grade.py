"""``grade ex3``: grade the learner's file of an exercise."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.cli import options
from grader.cli.context import Context
from grader.cli.exits import ACCIDENT, NOT_PASSED, PASSED, TRACEBACK, Complaint
from grader.cli.files import require, shown
from grader.cli.options import (
    CourseOption,
    FileOption,
    JsonOption,
    MatcherOption,
    PicturesOption,
    SeedOption,
    TimeoutOption,
    VerboseOption,
)
from grader.cli.outcome import outcome
from grader.cli.terminal.console import say_lines
from grader.cli.words import unknown
from grader.i18n import _
from grader.render import offers
from grader.submission import read

if TYPE_CHECKING:
    from grader.course import Exercise
    from grader.render.terminal import Steps
    from grader.report import Event, Report

NAME = "exercise"  # the hidden command that ``grade ex3`` stands for
REST = "grade-rest"  # in typer's context: what was typed after a word that is no exercise


def grade(
    ctx: typer.Context,
    exercise: Annotated[str, typer.Argument(hidden=True, autocompletion=options.exercises)],
    file: FileOption = None,
    seed: SeedOption = None,
    timeout: TimeoutOption = None,
    json: JsonOption = False,
    verbose: VerboseOption = False,
    matcher: MatcherOption = False,
    no_pictures: PicturesOption = False,
    course: CourseOption = None,
) -> int:
    """Grade your file of an exercise, and show what is right and what is not."""
    context = Context(course)
    chosen = _exercise(context, exercise, ctx)
    if file is None:
        path = context.submission(chosen)
        require(path, context.command("reset", chosen.id))
    else:
        path = file.expanduser()
        context.keep_nothing_of(path)
        require(path)

    def graded(on_event: "Callable[[Event], None] | None" = None) -> "Report":
        from grader.engine import grading

        report = grading.grade(
            chosen,
            path,
            seed=seed,
            timeout=timeout,
            on_event=on_event,
            follow_links="typed" if file else False,
        )
        context.keep(report)
        return report

    if json:
        from grader.render.json import show

        report = graded()
        show(report.to_dict())
    elif matcher:
        from grader.render.matcher import problems
        from grader.render.screen import write

        report, data = graded(), read(path, "typed" if file else False)
        write("\n".join(problems(report, chosen, shown(path), data)))
    else:
        named = ["--file", str(file)] if file else []
        report = _show(graded, context, chosen, path, named, not no_pictures, verbose)
    if os.environ.get(TRACEBACK):
        for check in report.checks:
            if check.trouble:
                say_lines(f"{check.name}:\n{check.trouble}")
    if not report.graded:
        return ACCIDENT
    return PASSED if report.passed else NOT_PASSED


def _show(
    graded: "Callable[[Callable[[Event], None]], Report]",
    context: Context,
    exercise: "Exercise",
    path: Path,
    named: list[str],
    drawn: bool,
    verbose: bool,
) -> "Report":
    """Grade on the screen; ``named`` names the file, if it is not the workspace's own."""
    from grader.render import terminal
    from grader.render.stream import Stream

    screen, file = context.console, shown(path)
    drawn = drawn and screen.is_terminal
    known = context.known(exercise)[exercise]
    screen.print(terminal.heading(exercise.id, exercise.title, file, path), "")
    with Stream(screen, {c.name: c.title for c in exercise.checks}, verbose) as stream:
        report = graded(stream)
    stream.finish(report)
    again = context.command(exercise.id, *named)
    hint = "" if named or context.workspace is None else context.command("hint", exercise.id)
    passed = _passed(context, exercise, known.quizzed, bool(named))
    steps = terminal.steps(report, file, again, hint, passed)
    screen.print(*outcome(context, report, known, steps, again, drawn, verbose), sep="\n")
    return report


def _passed(context: Context, exercise: "Exercise", quizzed: bool, named: bool) -> "Steps":
    """What to do after a pass: the quiz if it is new, the solution, the next exercise."""
    steps = []
    if exercise.quiz.is_file() and not quizzed:
        steps.append((offers.UNDERSTAND, context.command("quiz", exercise.id)))
    if not context.not_kept and not named:
        steps.append((offers.COMPARE, context.command("solution", exercise.id)))
    later = [each.id for each in context.course.exercises if each.number > exercise.number]
    if not later:
        return [*steps, (_("This is the last exercise. Where you are:"), context.command())]
    return [*steps, (_("Or go on:") if steps else "", context.command(later[0]))]


def _exercise(context: Context, word: str, ctx: typer.Context) -> "Exercise":
    """The exercise of that name; if there is none, the nearest words are named."""
    from grader.course import CourseError

    try:
        return context.course.exercise(word)
    except CourseError:
        group: Any = ctx.find_root().command  # typer's
        commands = [each for each in group.list_commands(ctx) if each != NAME]
        raise Complaint(unknown(context, word, ctx.meta.get(REST, []), commands)) from None
