"""The grades of a class, in formats that any program reads."""

import sys
from pathlib import Path

from grader.cli import files
from grader.cli.context import Context
from grader.cli.exits import PASSED
from grader.cli.exports.classes import (
    ClassArgument,
    ClassGrades,
    DueOption,
    ExercisesArgument,
    IntoOption,
    LateOption,
)
from grader.cli.options import CourseOption


def csv(
    folder: ClassArgument,
    exercises: ExercisesArgument = None,
    into: IntoOption = None,
    late: LateOption = None,
    due: DueOption = None,
    course: CourseOption = None,
) -> int:
    """Write the grades as plain CSV, a row for each learner and exercise."""
    from grader.export.tables import as_csv

    made = ClassGrades(Context(course), folder, exercises, late, due)
    return put(as_csv(made.grades(made.exercises)), into)


def json(
    folder: ClassArgument,
    exercises: ExercisesArgument = None,
    into: IntoOption = None,
    late: LateOption = None,
    due: DueOption = None,
    course: CourseOption = None,
) -> int:
    """Write the grades as JSON, an object for each learner and exercise."""
    from grader.export.tables import as_json

    made = ClassGrades(Context(course), folder, exercises, late, due)
    return put(as_json(made.grades(made.exercises)), into)


def summary(
    folder: ClassArgument,
    exercises: ExercisesArgument = None,
    into: IntoOption = None,
    late: LateOption = None,
    due: DueOption = None,
    course: CourseOption = None,
) -> int:
    """Write the grades as a Markdown table, such as for a step's summary in GitHub Actions."""
    from grader.export.tables import as_summary

    made = ClassGrades(Context(course), folder, exercises, late, due)
    return put(as_summary(made.grades(made.exercises)), into)


def junit(
    folder: ClassArgument,
    exercises: ExercisesArgument = None,
    into: IntoOption = None,
    course: CourseOption = None,
) -> int:
    """Write every check of every submission as JUnit XML."""
    from grader.export.junit import junit as written

    made = ClassGrades(Context(course), folder, exercises, None, None)
    return put(written(made.reports()), into)


def put(content: bytes, into: Path | None) -> int:
    """Write what was made to a file, or to standard output."""
    if into is None:
        sys.stdout.buffer.write(content)
    else:
        files.put(into, content)
    return PASSED
