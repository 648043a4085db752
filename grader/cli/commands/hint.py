"""``grade hint ex3``: a little help for the first check that does not pass."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from grader.cli import gradings
from grader.cli.context import Context, OwnFile
from grader.cli.exits import PASSED, Complaint
from grader.cli.options import CourseOption, CurrentArgument
from grader.i18n import _
from grader.skeleton import skeleton

if TYPE_CHECKING:
    from grader.course import Check, Exercise


def hint(exercise: CurrentArgument = None, course: CourseOption = None) -> int:
    """Show a hint for the first open check; run it again for a bigger one."""
    from grader.engine.names import called_by
    from grader.render import guidance, terminal
    from grader.report import RED

    context = Context(course)
    mine, screen = context.own(exercise), context.console
    verdicts, diagnosed = _last(mine)
    check = first_open(mine.exercise, verdicts)
    if check is None:
        screen.print(
            guidance.sentence(
                _("{exercise} needs no hint: everything passed in your last run.").format(
                    exercise=mine.exercise.id
                )
            )
        )
        screen.print("", terminal.following([("", mine.command("solution"))]), sep="\n")
        return PASSED
    shape = skeleton(mine.exercise.solution.read_text("utf-8"), called_by(mine.exercise, check))
    given = steps_of(check, diagnosed.get(check.name))
    total, counted = len(given) + bool(shape), check.name
    if len(given) > len(check.hints):  # another mistake begins with another hint
        counted = f"{check.name}: {given[0]}"
    asked = context.tried(lambda own: own.progress.count_hint(mine.exercise, counted), total)
    asked = min(asked, total)  # all at once if that can't be kept: the next time would know of none
    steps = [mine.change(verdicts[check.name] in RED)]
    if asked < total:
        steps.append((_("Not enough?"), mine.command("hint")))
    else:
        steps.append((_("If you give up:"), mine.command("solution", "--give-up")))
    screen.print(
        terminal.heading(mine.exercise.id, mine.exercise.title, mine.file, mine.path),
        "",
        guidance.hints(check, given, verdicts[check.name], shape, asked),
        "",
        terminal.following(steps),
        *(
            [
                terminal.loss(
                    _(
                        "These are all the hints, because the ones you have seen "
                        "can't be recorded: {reason}"
                    ).format(reason=context.loss)
                )
            ]
            if context.loss
            else []
        ),
        sep="\n",
    )
    return PASSED


def _last(mine: OwnFile) -> tuple[dict[str, str], dict[str, str]]:
    """What became of each check in the newest grading, and the hint for each red one."""
    from grader.report import LOAD

    with mine.workspace.store.looking():
        verdicts = mine.workspace.progress.last(mine.exercise)
        hints = mine.workspace.progress.hints(mine.exercise)
        graded = mine.exercise.stem in mine.workspace.progress.gradings()
    if verdicts is None:
        tell = gradings.older if graded else gradings.not_graded
        raise Complaint(tell(mine.exercise.id, mine.command()))
    if LOAD in verdicts:
        raise Complaint(gradings.not_loaded(mine.command()))
    return verdicts, hints


def steps_of(check: "Check", diagnosed: str | None) -> list[str]:
    """A check's hints, behind the one about the mistake that was recognized, if one was."""
    own = diagnosed is not None and diagnosed not in check.hints
    return [*([diagnosed] if own and diagnosed else []), *check.hints]


def first_open(exercise: "Exercise", verdicts: Mapping[str, str]) -> "Check | None":
    """The check that a grading shows first: one that failed, else one that is to be written."""
    from grader.report import RED, Verdict

    for wanted in (RED, (Verdict.TODO,)):
        for check in exercise.checks:
            if verdicts.get(check.name) in wanted:
                return check
    return None
