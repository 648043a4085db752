"""The archives with which another place runs this grader."""

from pathlib import Path
from typing import Annotated

from grader.cli import files
from grader.cli.context import Context
from grader.cli.exits import PASSED
from grader.cli.options import CourseOption, ExerciseArgument, option

GRADESCOPE_LIMIT = 540.0  # seconds; its own default is 10 minutes, at most 40

IntoOption = Annotated[Path | None, option("--into", "FILE", "Where to write it.")]


def gradescope(
    exercise: ExerciseArgument,
    into: IntoOption = None,
    limit: Annotated[
        float,
        option("--limit", "S", "Seconds for one submission: less than Gradescope's time-out."),
    ] = GRADESCOPE_LIMIT,
    course: CourseOption = None,
) -> int:
    """Write an autograder that Gradescope takes: a zip to upload in the assignment's settings."""
    from grader.export.gradescope import autograder

    context = Context(course)
    chosen = context.course.exercise(exercise)
    path = into or Path(f"{chosen.stem}-gradescope.zip")
    content = autograder(chosen, limit)
    files.put(path, content)
    context.console.print(
        f"{files.shown(path)}: {len(content) / (1 << 20):.1f} MB. Upload it as the autograder of a "
        "programming assignment.\n"
        "In its Autograder settings, choose Ubuntu 22.04 or later, at least 1 CPU and 3 GB of "
        f"memory: grading with TensorFlow needs 2 GB. Set a time-out over {limit:g} s.\n"
        "The zip holds the solution and the hidden checks: do not share it."
    )
    return PASSED
