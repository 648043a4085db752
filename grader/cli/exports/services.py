"""The archives with which another place runs this grader."""

from pathlib import Path
from typing import Annotated

import typer

from grader.cli import files
from grader.cli.context import Context
from grader.cli.exits import PASSED
from grader.cli.exports.classes import IntoOption
from grader.cli.options import CourseOption, ExerciseArgument
from grader.engine.options import MOST_SECONDS
from grader.i18n import _

LIMIT = 540.0  # seconds; Gradescope's own time-out is 10 minutes

LimitOption = Annotated[
    float,
    typer.Option(
        "--limit", metavar="S", min=1, max=MOST_SECONDS, help=_("Seconds for one submission.")
    ),
]


def gradescope(
    exercise: ExerciseArgument,
    into: IntoOption = None,
    limit: LimitOption = LIMIT,
    course: CourseOption = None,
) -> int:
    """Write an autograder that Gradescope takes: a zip to upload in the assignment's settings."""
    from grader.export.gradescope import autograder

    context = Context(course)
    chosen = context.course.exercise(exercise)
    return _written(
        context,
        into or Path(f"{chosen.stem}-gradescope.zip"),
        autograder(chosen, limit),
        _(
            "Upload it as the autograder of a programming assignment. In its Autograder "
            "settings, choose Ubuntu 22.04 or later and more than the usual half CPU and "
            "768 MB, with which grading takes about a minute. Set a time-out of more "
            "than {limit:g} s."
        ).format(limit=limit),
    )


def classroom50(
    exercise: ExerciseArgument,
    into: IntoOption = None,
    limit: LimitOption = LIMIT,
    course: CourseOption = None,
) -> int:
    """Write the autograder of a Classroom 50 assignment."""
    from grader.export.classroom50 import autograder

    context = Context(course)
    chosen = context.course.exercise(exercise)
    return _written(
        context,
        into or Path(f"{chosen.stem}-classroom50.zip"),
        autograder(chosen, limit),
        _(
            "Unpack it into CLASSROOM/autograders/ASSIGNMENT/ of your classroom50 "
            "repository, and set the assignment's runtime to its runtime.json. Classroom "
            "50 publishes this folder on GitHub Pages: whoever finds the address can "
            "read it."
        ),
    )


def prairielearn(
    exercise: ExerciseArgument,
    image: Annotated[
        str, typer.Option("--image", metavar="NAME", help=_("The Docker image that grades."))
    ] = "YOU/eight-questions",
    into: IntoOption = None,
    limit: LimitOption = LIMIT,
    course: CourseOption = None,
) -> int:
    """Write a PrairieLearn question that its external grader grades."""
    from grader.export.prairielearn import question

    context = Context(course)
    chosen = context.course.exercise(exercise)
    return _written(
        context,
        into or Path(f"{chosen.stem}-prairielearn.zip"),
        question(chosen, limit, image),
        _(
            "Unpack it into your course. Build the image in image/ and push it: the "
            "question's info.json names it as {image}."
        ).format(image=image),
    )


def _written(context: Context, path: Path, content: bytes, then: str) -> int:
    files.put(path, content)
    said = _("{file}: {size:.1f} MB. It holds the solution and the hidden checks: do not share it.")
    size = len(content) / (1 << 20)
    context.console.print(said.format(file=files.shown(path), size=size), then, sep="\n")
    return PASSED
