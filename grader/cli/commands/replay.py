"""``grade replay ex3``: a script that calls the learner's code as the first failed check did."""

from contextlib import nullcontext
from typing import TYPE_CHECKING

from grader.cli import gradings
from grader.cli.context import Context, OwnFile, quoted
from grader.cli.exits import PASSED, Complaint
from grader.cli.files import relative, shown
from grader.cli.options import CourseOption, CurrentArgument
from grader.cli.replays import written
from grader.i18n import _
from grader.render import offers

if TYPE_CHECKING:
    from grader.course import Check
    from grader.report import CheckResult


def replay(exercise: CurrentArgument = None, course: CourseOption = None) -> int:
    """Write a script that calls your code as the first failed check did, for a debugger."""
    from grader.render import guidance, terminal
    from grader.report import RED

    context = Context(course)
    mine, screen = context.own(exercise), context.console
    mine.content()  # complains if it can't be read
    check, seed = _first_failed(mine)
    if check is None:
        screen.print(
            guidance.sentence(
                _(
                    "Nothing failed in your last run of {exercise}, so there is nothing to replay."
                ).format(exercise=mine.exercise.id)
            )
        )
        screen.print("", terminal.following([("", mine.command())]), sep="\n")
        return PASSED
    told = _("Running the check again")
    waiting = screen.status(told) if screen.is_interactive else nullcontext()
    with waiting:
        result = _run(mine, check, seed)
    if result.verdict not in RED:
        screen.print(
            guidance.sentence(
                _(
                    "“{title}” now passes with the inputs from your last run. Grade it again."
                ).format(title=check.title)
            )
        )
        screen.print("", terminal.following([("", mine.command())]), sep="\n")
        return PASSED
    path, data = written(mine, result, seed)
    file = shown(path)
    screen.print(
        terminal.heading(mine.exercise.id, mine.exercise.title, mine.file, mine.path),
        "",
        guidance.sentence(
            _("{file} makes the calls of the check that failed: “{title}”.").format(
                file=file, title=check.title
            )
        ),
        *(
            [guidance.sentence(_("The larger arrays are in {file}.").format(file=shown(data)))]
            if data
            else []
        ),
        "",
        terminal.following(
            [
                (_("Step through it:"), quoted("python", "-m", "pdb", relative(path))),
                (
                    (
                        _(
                            "or set a breakpoint in your function, and run it in your editor's "
                            "debugger"
                        )
                    ),
                    "",
                ),
                (offers.FIX, mine.command()),
            ]
        ),
        sep="\n",
    )
    return PASSED


def _first_failed(mine: OwnFile) -> "tuple[Check | None, int]":
    """The first check that failed in the newest grading, and that grading's seed."""
    from grader.report import LOAD, RED

    with mine.workspace.store.looking():
        progress = mine.workspace.progress
        verdicts, seed = progress.last(mine.exercise), progress.seed(mine.exercise)
    if seed is None:
        raise Complaint(gradings.not_graded(mine.exercise.id, mine.command()))
    if verdicts is None:
        raise Complaint(gradings.older(mine.exercise.id, mine.command()))
    if LOAD in verdicts:
        raise Complaint(gradings.not_loaded(mine.command()))
    failed = (check for check in mine.exercise.checks if verdicts.get(check.name) in RED)
    return next(failed, None), seed


def _run(mine: OwnFile, check: "Check", seed: int) -> "CheckResult":
    """Run one check again, and note what it says to the learner's code."""
    from grader.engine.grading import grade
    from grader.report import LOAD

    report = grade(mine.exercise, mine.path, seed=seed, checks=[check.name], records=True)
    if report.checks[0].name == LOAD:
        raise Complaint(gradings.not_loaded(mine.command()))
    return report.checks[0]
