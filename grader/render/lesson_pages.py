"""Brings lessons up to date: python -m grader.render.lesson_pages [COURSE]

``docs/lessons/ex6.md`` and ``docs/article.md`` name recorded numbers; a lesson's picture
``ex6-thirty_epochs.svg`` is the first drawing of that experiment.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from grader import folder
from grader.course import Course
from grader.errors import GraderError
from grader.i18n import _
from grader.lab.lesson import PICTURE, pages, pictured
from grader.measured import Measured
from grader.render.svg import svg


def written(course: Course) -> Iterator[tuple[Path, str]]:
    """Every page and picture as it has to be.

    Raises:
        CourseError: a page names a number, or a picture, that no lab has recorded.
    """
    measured = Measured(course.root / "labs")
    for path in pages(course):
        text = path.read_text("utf-8")
        yield path, measured.filled(text, str(path))
        for match in PICTURE.finditer(text):
            plot, tables = pictured(course, match[2])
            yield path.with_name(match[2]), svg(plot, tables) + "\n"


def main() -> None:
    """Write what has changed, and name it."""
    parser = argparse.ArgumentParser(description=_("Bring lessons up to date."))
    parser.add_argument("course", nargs="?", help=_("its folder; the built-in one without it"))
    try:
        for path, text in written(Course.open(parser.parse_args().course)):
            if not path.is_file() or path.read_text("utf-8") != text:
                folder.replace(path, text.encode())
                print(os.path.relpath(path))
    except (GraderError, OSError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
