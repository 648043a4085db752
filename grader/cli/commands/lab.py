"""``grade lab ex6``: predict what an experiment gives, run it, compare, and learn why."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.cli import files, options
from grader.cli.context import Context
from grader.cli.exits import PASSED, Complaint
from grader.cli.options import CourseOption, JsonOption, PlainOption, option
from grader.i18n import _
from grader.lab.experiment import MOST_SEEDS

if TYPE_CHECKING:
    from grader.lab.experiment import Lab


def lab(
    which: Annotated[
        str | None,
        typer.Argument(
            metavar="LAB",
            help=_("Such as ex6, or ex0 for the data; without it all are listed."),
            show_default=False,
            autocompletion=options.labs,
        ),
    ] = None,
    experiment: Annotated[
        str | None,
        typer.Argument(
            metavar="EXPERIMENT", help=_("One of its experiments, by name."), show_default=False
        ),
    ] = None,
    seeds: Annotated[
        int | None,
        option("--seeds", "N", _("Run with so many seeds."), min=1, max=MOST_SEEDS),
    ] = None,
    recorded: Annotated[
        bool, typer.Option("--recorded", help=_("Show what the course measured; run nothing."))
    ] = False,
    html: Annotated[
        Path | None,
        option(
            *("--html", "FILE", _("Write a page with the results and plots.")),
            callback=files.require_place,
        ),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help=_("List all experiments."))] = False,
    json: JsonOption = False,
    plain: PlainOption = False,
    course: CourseOption = None,
) -> int:
    """Predict the result of an experiment, then run it and compare."""
    from grader.cli.labs import LabSession
    from grader.lab.experiment import labs
    from grader.lab.kept import LabBook

    context = Context(course)
    known = labs(context.course)
    if not known:
        raise Complaint(_("This course has no labs."))
    if which is None or list_:
        return _list(context, known, json)
    chosen = next((each for each in known if which.lower() in (each.id, each.stem.lower())), None)
    if chosen is None:
        have = ", ".join(each.id for each in known)
        raise Complaint(
            _("There is no lab {which!r}. This course has: {have}.").format(which=which, have=have)
        )
    experiments = chosen.experiments
    if experiment is not None:
        found = chosen.experiment(experiment)
        if found is None:
            have = ", ".join(each.name for each in experiments)
            raise Complaint(
                _("{chosen} has no experiment {experiment!r}. It has: {have}.").format(
                    chosen=chosen.id, experiment=experiment, have=have
                )
            )
        experiments = (found,)
    if seeds is not None:
        numbers = tuple(range(1, seeds + 1))
        experiments = tuple(replace(e, seeds=numbers) if e.chance else e for e in experiments)
    session = LabSession(context, chosen, LabBook.of(chosen, context.workspace), recorded, plain)
    if json:
        return session.as_json(experiments)
    session.show(experiments)
    if html is not None:
        session.write_page(html, experiments)
    return PASSED


def _list(context: Context, known: "Sequence[Lab]", json: bool) -> int:
    from grader.lab.kept import LabBook
    from grader.render import terminal
    from grader.render.lab import overview

    if json:
        from grader.render.json import show

        show({"labs": [_about(each) for each in known]})
        return PASSED
    rows = [
        (each, {e.name: LabBook.of(each, context.workspace).trial(e) for e in each.experiments})
        for each in known
    ]
    todo = [each for each, trials in rows if not all(trial.runs for trial in trials.values())]
    following = context.command("lab", (todo or known)[0].id)
    context.console.print(overview(rows), "", terminal.following([("", following)]), sep="\n")
    return PASSED


def _about(lab: "Lab") -> dict[str, Any]:
    experiments = [{"name": each.name, "title": each.title} for each in lab.experiments]
    return {"lab": lab.id, "title": lab.title, "experiments": experiments}
