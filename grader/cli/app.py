"""The program ``grade``: its commands, and what becomes of errors."""

import os
import sys
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from grader.cli import demo, grade, listing
from grader.cli.common import FAILURE, say
from grader.render import texts
from grader.render.clean import tolerate_encodings

INTERRUPTED = 130


class Grading(TyperCommand):
    """The command behind ``grade ex3``, whose first word is the exercise itself."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return ["[OPTIONS]"]


class Commands(TyperGroup):
    """The commands; a first word that is none of them is an exercise to grade."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] in self.commands or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        _, command, rest = super().resolve_command(ctx, [grade.NAME, *args])
        return args[0], command, rest

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        exercise = self.commands[grade.NAME].params[0]
        return [
            *exercise.shell_complete(ctx, incomplete),
            *super().shell_complete(ctx, incomplete),
        ]


app = typer.Typer(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar="EXERCISE | COMMAND ...",
    rich_markup_mode="rich",
)
app.command(grade.NAME, cls=Grading, hidden=True)(grade.grade)
app.command("list")(listing.list_exercises)
app.command("demo")(demo.demo)


@app.callback(invoke_without_command=True)
def start(
    ctx: typer.Context,
    version: bool = typer.Option(False, "--version", help="Show the version and exit."),
) -> None:
    """Grade your exercises: hidden checks run your file and tell what holds and what does not.

    [bold]grade ex1[/bold] grades your file of exercise 1; [bold]grade ex1 --help[/bold] shows the
    options of grading.
    """
    if version:
        from grader import __version__

        typer.echo(f"grade {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help(), nl=False)


def run() -> None:
    """Run the command line and exit: 0 all passed, 1 some check did not, 2 it could not work."""
    tolerate_encodings()
    try:
        result = app(standalone_mode=False)
        code = result if isinstance(result, int) else 0
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except Exception as error:
        if os.environ.get("GRADE_TRACEBACK"):
            raise
        say(_sentence(error))
        code = FAILURE
    if code == INTERRUPTED:
        say(texts.STOPPED)
    sys.exit(code)


def _sentence(error: Exception) -> str:
    """What to tell of an error: what happened, where, and what to do next."""
    usage: Any = typer.BadParameter.__mro__[2]  # what all errors in using the command line are
    if isinstance(error, usage):
        context = getattr(error, "ctx", None)
        command = getattr(context, "command_path", "grade")
        return f"{error.format_message().rstrip('.')}. {texts.see_help(command)}"
    if type(error).__module__.startswith("grader."):
        return str(error)  # an error of ours is worded for the learner
    if isinstance(error, OSError):
        file = None if error.filename is None else str(error.filename)
        return texts.operating_system(file, error.strerror or type(error).__name__)
    return texts.unexpected(type(error).__name__, str(error))
