"""``grade doctor``: whether this computer is set up correctly, and how to fix what is not."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.context import Context
from grader.cli.exits import NOT_PASSED, PASSED
from grader.cli.options import CourseOption
from grader.i18n import _, ngettext

if TYPE_CHECKING:
    from rich.console import RenderableType

    from grader.doctor.finding import Finding


def doctor(
    full: Annotated[bool, typer.Option("--full", help=_("Import TensorFlow as well."))] = False,
    json: Annotated[
        bool, typer.Option("--json", help=_("Print the findings as one JSON object."))
    ] = False,
    course: CourseOption = None,
) -> int:
    """Check that this computer is set up correctly, and say how to fix what is not."""
    from grader.doctor.finding import BAD

    context = Context(course)
    screen, findings = context.console, []
    for finding in _findings(context, full):
        findings.append(finding)
        if not json:
            screen.print(_line(finding))
    bad = sum(finding.state == BAD for finding in findings)
    if json:
        from grader.render.json import show

        show({"healthy": not bad, "findings": [asdict(each) for each in findings]})
    else:
        from grader.render import offers, terminal
        from grader.render.lines import words

        total = ngettext("There is 1 problem.", "There are {count} problems.", bad)
        total = total.format(count=bad) if bad else _("Everything needed is here.")
        text = words(f" {total}", "bold red" if bad else "green")
        step = (offers.FIX, context.command("doctor")) if bad else ("", context.command())
        screen.print("", text, terminal.following([step]), sep="\n")
    return NOT_PASSED if bad else PASSED


def _findings(context: Context, full: bool) -> "Iterator[Finding]":
    from grader.doctor import findings, place

    yield from findings(context.course, full)
    here = context.workspace
    if here is not None:
        context.tried(lambda workspace: workspace.progress.can_keep(), None)
    restore = context.command("init", str(here.root)) if here is not None else ""
    yield place.workspace(context.course, here, context.loss, context.make, restore)


def _line(finding: "Finding") -> "RenderableType":
    from rich.console import Group
    from rich.text import Text

    from grader.doctor.finding import BAD, GOOD, NOTE
    from grader.render.lines import Hanging, words

    marks = {GOOD: ("✓", "green"), NOTE: ("!", "magenta"), BAD: ("✗", "red")}
    name = words(f"{finding.name:<13}  ", "bold")
    line = Hanging(Text.assemble(" ", marks[finding.state], " ", name), words(finding.found))
    if not finding.fix:
        return line
    return Group(line, Hanging(Text(" " * (3 + name.cell_len)), words(finding.fix, "magenta")))
