"""``grade export``: grades for other systems, and this grader as their autograder."""

import typer

from grader.cli.exports import plain, quizzes, services, systems
from grader.i18n import _

app = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")

SERVICES = _("This grader as an autograder of")  # panels of its help
app.command("gradescope", rich_help_panel=SERVICES)(services.gradescope)
app.command("classroom50", rich_help_panel=SERVICES)(services.classroom50)
app.command("prairielearn", rich_help_panel=SERVICES)(services.prairielearn)
GRADES = _("The grades of a class as")
app.command("moodle", rich_help_panel=GRADES)(systems.moodle)
app.command("canvas", rich_help_panel=GRADES)(systems.canvas)
app.command("brightspace", rich_help_panel=GRADES)(systems.brightspace)
app.command("moodle-feedback", rich_help_panel=GRADES)(systems.moodle_feedback)
app.command("canvas-feedback", rich_help_panel=GRADES)(systems.canvas_feedback)
app.command("csv", rich_help_panel=GRADES)(plain.csv)
app.command("json", rich_help_panel=GRADES)(plain.json)
app.command("junit", rich_help_panel=GRADES)(plain.junit)
app.command("summary", rich_help_panel=GRADES)(plain.summary)
QUESTIONS = _("The questions as")
app.command("quiz", rich_help_panel=QUESTIONS)(quizzes.quiz)


@app.callback()
def export() -> None:
    """Write grades, quizzes or an autograder in the format of another system."""
