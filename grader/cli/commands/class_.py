"""``grade class``: many learners' submissions, from a download to their results."""

import typer

from grader.cli.classroom import import_, report, run, show, similar

app = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")

app.command("import")(import_.import_class)
app.command("run")(run.run)
app.command("show")(show.show)
app.command("report")(report.report)
app.command("similar")(similar.similar)


@app.callback()
def class_() -> None:
    """Grade a class: import downloads, grade them all, show what came out."""
