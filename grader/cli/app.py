"""The program ``grade``: its commands, and what becomes of errors."""

import inspect
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pkgutil import resolve_name
from typing import Any, Literal

import typer
from typer.core import TyperCommand, TyperGroup

from grader.clean import line
from grader.cli.commands import grade
from grader.cli.context import PROGRAM, Context, quoted
from grader.cli.exits import FAILURE, INTERRUPTED, PASSED, STOPPED, TRACEBACK, Complaint, Stopped
from grader.cli.options import CourseOption
from grader.cli.terminal.console import say
from grader.cli.words import either, named_course, names_exercise, understood
from grader.errors import GraderError
from grader.i18n import _

MARKUP: Literal["rich"] = "rich"  # how help is written
SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")  # typer knows how to complete in them
EXERCISE_ARGUMENTS = ("exercise", "exercises")
NUMBERED_ARGUMENTS = (*EXERCISE_ARGUMENTS, "which")  # the last is a lab, named as its exercise
SHOWS_HELP = {"-h", "--help", "help", "class", "export"}  # words behind which help may be shown
HELP_COLORS = {  # that can be read on white, too: typer's own are bold cyan and yellow
    "STYLE_OPTION": "cyan",
    "STYLE_SWITCH": "green",
    "STYLE_TYPES": "magenta",
    "STYLE_USAGE": "",
    "STYLE_COMMANDS_TABLE_FIRST_COLUMN": "cyan",
}


class GradeCommand(TyperCommand):
    """The command behind ``grade ex3``, whose first word is the exercise itself."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return ["[OPTIONS]"]


class Commands(TyperGroup):
    """The commands, each loaded when it is needed: to load them all takes time.

    A first word that is none of them is an exercise to grade.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not ctx.resilient_parsing:  # not for completion
            meant = self.get_command(ctx, args[0]) if args else None
            params = [] if meant is None else meant.params[:1]
            about = args[:1] if any(each.name in NUMBERED_ARGUMENTS for each in params) else []
            if SHOWS_HELP.intersection(args):
                _color_help()
            args = understood(args, self.list_commands(ctx), about)
            if args[:1] == ["--install-completion"] or args[:1] == ["--show-completion"]:
                _require_shell()
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] in self.list_commands(ctx) or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        first, rest = args[0], args[1:]
        context = Context(named_course(rest))
        if rest and not rest[0].startswith("-") and names_exercise(first):
            one, every = context.command(first), context.command("all")
            if names_exercise(rest[0]):
                raise Complaint(
                    _(
                        "One exercise is graded at a time, so {other} is one "
                        "word too many: run `{command}`; `{all_of_them}` "
                        "grades all of them."
                    ).format(other=rest[0], command=one, all_of_them=every)
                )
            raise Complaint(
                _("To grade another file: `{command}`.").format(
                    command=context.command(first, "--file", rest[0])
                )
            )
        if not names_exercise(first) and not {"-h", "--help"}.intersection(rest):
            ctx.meta[grade.REST] = rest  # for the command that may be meant
            rest = context.words()
        __, found, rest = super().resolve_command(ctx, [grade.NAME, first, *rest])
        return line(first), found, rest

    def list_commands(self, ctx: Any) -> list[str]:
        return [grade.NAME, *COMMANDS]  # in the order of the help, loaded or not

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            alone = typer.Typer(add_completion=False, rich_markup_mode=MARKUP)
            _register(alone, cmd_name)
            _translate(alone)
            made: Any = typer.main.get_command(alone)  # the command, or what holds its group
            self.commands[cmd_name] = getattr(made, "commands", {}).get(cmd_name, made)
        found = super().get_command(ctx, cmd_name)
        if found is not None:
            for each in (found, *getattr(found, "commands", {}).values()):
                _typeless(each.get_params(ctx))
        return found

    def get_params(self, ctx: Any) -> list[Any]:
        return _typeless(super().get_params(ctx))

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        exercise = self.commands[grade.NAME].params[0]
        return [
            *exercise.shell_complete(ctx, incomplete),
            *super().shell_complete(ctx, incomplete),
        ]


# panels of the help
BEGIN, WORK, UNDERSTAND, INSTRUCTORS = _("Begin"), _("Work"), _("Understand"), _("Instructors")

# in the order of the help: the panel of each command, and its module in grader.cli.commands with
# the function, or the group of more commands; a module is loaded when its command is needed
COMMANDS = {
    "init": (BEGIN, "init:init"),
    "doctor": (BEGIN, "doctor:doctor"),
    "demo": (BEGIN, "demo:demo"),
    "list": (BEGIN, "list_:list_exercises"),
    "open": (WORK, "open:open_file"),
    "watch": (WORK, "watch:watch"),
    "run": (WORK, "run_:run"),
    "hint": (WORK, "hint:hint"),
    "replay": (WORK, "replay:replay"),
    "reset": (WORK, "reset:reset"),
    "all": (WORK, "all:grade_all"),
    "lesson": (UNDERSTAND, "lesson:lesson"),
    "lab": (UNDERSTAND, "lab:lab"),
    "quiz": (UNDERSTAND, "quiz:quiz"),
    "review": (UNDERSTAND, "review:review"),
    "words": (UNDERSTAND, "words:words"),
    "solution": (UNDERSTAND, "solution:solution"),
    "new": (INSTRUCTORS, "new:new"),
    "verify": (INSTRUCTORS, "verify:verify"),
    "class": (INSTRUCTORS, "class_:app"),
    "export": (INSTRUCTORS, "export:app"),
}


def _typeless(params: list[Any]) -> list[Any]:
    """The help names no value for a flag, which takes none; typer would name its type."""
    for param in params:
        if getattr(param, "is_flag", False):
            param.metavar = ""
    return params


def _color_help() -> None:
    from typer import rich_utils

    for name, style in HELP_COLORS.items():
        setattr(rich_utils, name, style)


def _require_shell() -> None:
    """Complain where completion can't be had: typer would say no more than the shell's name."""
    import shellingham

    try:
        shell, _ = shellingham.detect_shell()
    except shellingham.ShellDetectionFailure:
        shell = ""
    if shell not in SHELLS:
        raise Complaint(_no_completion(shell, SHELLS))


def start(
    ctx: typer.Context,
    version: bool = typer.Option(False, "--version", help=_("Show the version and exit.")),
    course: CourseOption = None,
) -> int:
    """Grade your exercises: hidden checks run your file and show what is right and what is not.

    [bold]grade ex1[/bold] grades your file of exercise 1; [bold]grade ex1 --help[/bold] shows the
    options of grading. [bold]grade[/bold] alone shows how far you are, and what is next.
    """
    if version:
        from grader import __version__

        typer.echo(f"grade {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        from grader.cli.commands.overview import overview

        return overview(Context(course))
    if course is not None:
        raise Complaint(
            _("--course comes after the command: `{command}`.").format(
                command=Context(course).command(ctx.invoked_subcommand)
            )
        )
    return PASSED


def command_line(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """The command line, some of whose commands are loaded; grading an exercise is always."""
    app = typer.Typer(
        cls=Commands,
        context_settings={"help_option_names": ["-h", "--help"]},
        subcommand_metavar="EXERCISE | COMMAND ...",
        rich_markup_mode=MARKUP,
    )
    app.callback(invoke_without_command=True)(start)
    app.command(grade.NAME, cls=GradeCommand, hidden=True)(grade.grade)
    for name in names:
        _register(app, name)
    _translate(app)
    return app


def _register(app: typer.Typer, name: str) -> None:
    """Load a command."""
    panel, place = COMMANDS[name]
    command: Any = resolve_name(f"grader.cli.commands.{place}")
    if isinstance(command, typer.Typer):
        app.add_typer(command, name=name, rich_help_panel=panel)
    else:
        app.command(name, rich_help_panel=panel)(command)


def _translate(app: typer.Typer) -> None:
    """Without this the help would be the English docstrings, with their line ends."""
    for documented, text in helps(app):
        documented.help = "\n\n".join(part.replace("\n", " ") for part in _(text).split("\n\n"))


def helps(app: typer.Typer) -> Iterator[tuple[Any, str]]:
    """Whatever has a help on this command line, and that help in English."""
    groups = [app, *(each.typer_instance for each in app.registered_groups)]
    for group in filter(None, groups):
        for documented in (group.registered_callback, *group.registered_commands):
            if documented is not None and (text := inspect.getdoc(documented.callback)):
                yield documented, text


def run() -> None:
    """Run the command line and exit.

    The exit code is 0 if all passed, 1 if some check did not, 2 if the command could not do its
    work, 3 if something could not be graded, and the submission is not the cause.
    """
    sys.exit(ended(None, Context().program))


def ended(words: list[str] | None, program: tuple[str, ...]) -> int:
    """The exit code of a command, after its error, if any, has been said in a sentence.

    Args:
        words: what follows the program's name; those of the command line without it.
        program: how it is typed here.
    """
    before = PROGRAM.set(program)
    try:
        result = command_line([])(words, standalone_mode=False, prog_name=quoted(*program))
        if result == INTERRUPTED:  # how newer versions of typer return Ctrl-C
            raise KeyboardInterrupt
        return result if isinstance(result, int) else 0
    except (KeyboardInterrupt, typer.Abort):
        say(STOPPED)
        return INTERRUPTED
    except Stopped as stopped:
        say(str(stopped))
        return INTERRUPTED
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        if sentence := _sentence(error):
            say(sentence)
        return FAILURE
    finally:
        PROGRAM.reset(before)


def _sentence(error: Exception) -> str:
    """What to tell of an error: what happened, where, and what to do next.

    Nothing where a group without a command has shown its help.
    """
    usage: Any = typer.BadParameter.__mro__[2]  # what all errors in using the command line are
    if isinstance(error, usage):
        context: Any = getattr(error, "ctx", None)
        path = getattr(context, "command_path", "grade")
        param = getattr(error, "param", None)
        if param is not None and param.name in EXERCISE_ARGUMENTS:
            named = Context(context.params.get("course"))
            return _("Which exercise? Name it, such as `{command}`.").format(
                command=named.command(*_typed(context), "ex1")
            )
        near = getattr(error, "possibilities", None) or []
        what = str(getattr(error, "message", "") if near else error.format_message()).rstrip(".")
        if not what:
            return ""
        if near:
            template = _("{what}. Did you mean {near}? See `{command} --help`.")
        else:
            template = _("{what}. See `{command} --help`.")
        return template.format(what=what, near=either(near), command=path)
    if isinstance(error, GraderError):
        return str(error)
    if isinstance(error, OSError):
        file = None if error.filename is None else str(error.filename)
        return _operating_system(file, error.strerror or type(error).__name__)
    if isinstance(error, MemoryError):
        return _(
            "The computer has too little free memory for this. Close other programs, then try "
            "again."
        )
    return _(
        "grade itself failed ({kind}: {message}). This is not your fault. Set "
        "GRADE_TRACEBACK=1, run it again and report what it prints."
    ).format(kind=type(error).__name__, message=str(error))


def _typed(context: Any) -> list[str]:
    """The words of a command, and its arguments so far: ``class show autumn anna``."""
    verbs: list[str] = []
    inner = context
    while inner.parent is not None:
        verbs.insert(0, inner.info_name)
        inner = inner.parent
    arguments = [each.name for each in context.command.params if each.param_type_name == "argument"]
    known = (context.params.get(name) for name in arguments)
    return [*verbs, *(str(each) for each in known if each is not None)]


def _operating_system(file: str | None, reason: str) -> str:
    if file is None:
        return _(
            "The system refused what grade needs: {reason}. Is the folder that you are in still "
            "there, and is the disk not full?"
        ).format(reason=reason)
    return _("{file}: {reason}. Check that path and its permissions, then try again.").format(
        file=file, reason=reason
    )


def _no_completion(shell: str, shells: Sequence[str]) -> str:
    template = (
        _(
            "Completion works in {shells}; this shell is {shell}. Start one of them in a terminal, "
            "such as `bash`, and run the command there."
        )
        if shell
        else _(
            "Completion works in {shells}; your shell can't be recognized from here. Start one of "
            "them in a terminal, such as `bash`, and run the command there."
        )
    )
    return template.format(shells=either(list(shells)), shell=shell)
