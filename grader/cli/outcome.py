"""What stands below the rows of a grading, in ``grade ex3`` and in ``grade watch``."""

from typing import TYPE_CHECKING

from grader.cli.context import Context, Known
from grader.i18n import _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from grader.report import Report


def outcome(
    context: Context,
    report: "Report",
    known: Known,
    steps: list[tuple[str, str]],
    again: str,
    drawn: bool,
    verbose: bool = False,
) -> "list[RenderableType]":
    """What stands below the rows of a grading.

    Args:
        context: has kept it, or says why not.
        report: the grading.
        known: what was known before.
        steps: what to do next.
        again: the command that grades the file again.
        drawn: whether images are drawn.
        verbose: whether all checks have a row already.
    """
    from grader.render import terminal

    body = terminal.body(report, again, drawn, verbose)
    return [
        *body,
        *([""] if body or verbose else []),
        terminal.score(report, known.last, known.best),
        terminal.following(steps),
        *terminal.footer(report),
        *map(terminal.note, report.notes),
        *not_kept(context),
    ]


def not_kept(context: Context) -> "list[RenderableType]":
    """Why nothing was saved, if so; a workspace that fails is to be seen."""
    from grader.render import terminal

    if not context.not_kept:
        return []
    told = _("Nothing was saved: {reason}").format(reason=context.not_kept)
    fails = context.workspace is not None
    return [terminal.loss(told) if fails else terminal.note(told)]
