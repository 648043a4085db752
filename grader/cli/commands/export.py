"""``grade export``: grades for other systems, and this grader as their autograder."""

import typer

from grader.cli.exports import services

app = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")

SERVICES = "This grader as the autograder of"  # panels of its help
app.command("gradescope", rich_help_panel=SERVICES)(services.gradescope)
app.command("classroom50", rich_help_panel=SERVICES)(services.classroom50)
app.command("prairielearn", rich_help_panel=SERVICES)(services.prairielearn)


@app.callback()
def export() -> None:
    """Write grades, quizzes or an autograder in the format of another system."""
