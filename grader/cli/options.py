"""Options and arguments that several commands have: their values, and how shells complete them."""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.cli.exits import Complaint
from grader.engine.options import MOST_SECONDS, MOST_WORKERS
from grader.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.course import Exercise


def option(name: str, metavar: str, help: str, **more: Any) -> Any:
    """An option with a value, and without one if it is not given."""
    return typer.Option(name, metavar=metavar, help=help, show_default=False, **more)


# completion


def exercises(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Exercises that begin so, and their titles."""
    return [
        (name, exercise.title)
        for exercise in _of_course(ctx)
        for name in (exercise.id, exercise.stem)
        if name.startswith(incomplete) and (name == exercise.id or "_" in incomplete)
    ]


def quizzes(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Exercises with a quiz that begin so, and their titles."""
    return [
        (each.id, each.title)
        for each in _of_course(ctx)
        if each.id.startswith(incomplete) and each.quiz.is_file()
    ]


def labs(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Labs that begin so, and their titles."""
    from grader.course import Course, CourseError
    from grader.lab.experiment import labs as found

    with suppress(CourseError, OSError):
        known = found(Course.open(ctx.params.get("course")))
        return [(each.id, each.title) for each in known if each.id.startswith(incomplete)]
    return []


def _of_course(ctx: typer.Context) -> "Sequence[Exercise]":
    """The exercises of the course that the line names, the built-in one's if it names none."""
    from grader.course import Course, CourseError

    with suppress(CourseError, OSError):
        return Course.open(ctx.params.get("course")).exercises
    return []


# values


def _wrong(text: str) -> str:
    """What was typed, in a sentence that says what is wrong with it."""
    return text if len(text) <= 40 else f"{text[:40]}…"


def seed(text: str) -> int:
    """The number that ``--seed`` gives."""
    digits = text.strip().lower().removeprefix("0x")
    if not re.fullmatch("[0-9a-f]{1,16}", digits):
        raise Complaint(
            _(
                "--seed {seed} is not a seed. Give the 1 to 16 hexadecimal "
                "digits that a grading printed, such as 2f6b00c4d1e89a73."
            ).format(seed=_wrong(text))
        )
    return int(digits, 16)


_SECONDS = _(
    "{option} {text} is not a valid time. Give a number of seconds above 0 and below {most:,}, "
    "such as 30."
)


def above_zero(name: str, complaint: str = _SECONDS) -> Callable[[str], float]:
    """What reads the number that an option of this name gives: seconds, or what is said."""

    def read(text: str) -> float:
        with suppress(ValueError):
            if 0 < (found := float(text)) < MOST_SECONDS:
                return found
        raise Complaint(complaint.format(option=name, text=_wrong(text), most=MOST_SECONDS))

    return read


timeout = above_zero("--timeout")


CourseOption = Annotated[Path | None, option("--course", "DIR", _("Another course's folder."))]
FileOption = Annotated[
    Path | None, option("--file", "PATH", _("Grade this file instead of yours in exercises/."))
]
SeedOption = Annotated[
    int | None,
    option("--seed", "HEX", _("Draw the same inputs as the run that printed it."), parser=seed),
]
TimeoutOption = Annotated[
    float | None,
    option(
        "--timeout", "S", _("Seconds for each check, instead of its own limit."), parser=timeout
    ),
]
WorkersOption = Annotated[
    int,
    typer.Option(
        *("--workers", "-j"), metavar="N", min=1, max=MOST_WORKERS, help=_("Grade so many at once.")
    ),
]
PicturesOption = Annotated[
    bool, typer.Option("--no-pictures", help=_("Draw nothing, neither garments nor losses."))
]
VerboseOption = Annotated[
    bool,
    typer.Option(
        "--verbose",
        help=_("Show a row for each check, and more of what your code got and printed."),
    ),
]
MatcherOption = Annotated[
    bool, typer.Option("--matcher", help=_("Print a line for each failed check, for editors."))
]
PlainOption = Annotated[
    bool, typer.Option("--plain", help=_("No boxes, signs and colors: for reading aloud."))
]
JsonOption = Annotated[bool, typer.Option("--json", help=_("Print the result as one JSON object."))]
CurrentArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="EXERCISE",
        help=_("Such as ex3; the one you are working on without it."),
        show_default=False,
        autocompletion=exercises,
    ),
]
ExerciseArgument = Annotated[
    str,
    typer.Argument(
        metavar="EXERCISE", help=_("Such as ex3."), show_default=False, autocompletion=exercises
    ),
]
