"""Writes a course's stubs from its solutions: python -m grader.authoring.stubs [COURSE]"""

import argparse
import os
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

from grader.course import Course, CourseError
from grader.i18n import _


def write_stubs(course: Course) -> Iterator[Path]:
    """Write every stub that is not what its solution makes it; yields those.

    Raises:
        CourseError: a solution's regions are not closed; its stub stays as it is.
    """
    for exercise in course.exercises:
        try:
            stub = exercise.made_stub()
        except CourseError as error:
            raise CourseError(f"{exercise.solution}, {error}") from error
        if exercise.stub.is_file() and exercise.stub.read_text("utf-8") == stub:
            continue
        exercise.stub.parent.mkdir(exist_ok=True)
        new = exercise.stub.with_name(f".{exercise.stub.name}.{secrets.token_hex(8)}~")
        with new.open("x", encoding="utf-8") as file:  # it follows no link
            file.write(stub)
        new.replace(exercise.stub)
        yield exercise.stub


def main() -> None:
    """Write them, and name those that have changed."""
    parser = argparse.ArgumentParser(description=_("Write the stubs of a course."))
    parser.add_argument("course", nargs="?", help=_("its folder; the built-in one without it"))
    try:
        for path in write_stubs(Course.open(parser.parse_args().course)):
            print(os.path.relpath(path))
    except (CourseError, OSError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
