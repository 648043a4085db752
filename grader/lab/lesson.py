"""Lessons: one page a question, ``docs/lessons/ex6.md``, with pictures out of the labs' records."""

import re
from collections.abc import Sequence
from pathlib import Path

from grader.course import Course
from grader.errors import CourseError
from grader.i18n import _
from grader.lab.experiment import Plot, labs
from grader.measured import RunTable

PICTURE = re.compile(r"^!\[([^\]]*)\]\(((ex\d+)-(\w+)\.svg)\)$", re.MULTILINE)


def lessons(course: Course) -> dict[str, Path]:
    """The page of each exercise that has one, by the exercise's id."""
    found = {each.id: course.root / "docs/lessons" / f"{each.id}.md" for each in course.exercises}
    return {name: path for name, path in found.items() if path.is_file()}


def pages(course: Course) -> list[Path]:
    """All pages whose numbers are recorded ones."""
    article = course.root / "docs/article.md"
    return [*lessons(course).values(), *([article] if article.is_file() else [])]


def pictured(course: Course, name: str) -> tuple[Plot, Sequence[RunTable]]:
    """What a picture of that name shows: an experiment's first drawing, and its recorded runs.

    Raises:
        CourseError: there is no such experiment, or nothing of it is recorded.
    """
    stem, __, experiment = name.removesuffix(".svg").partition("-")
    for lab in labs(course):
        each = lab.experiment(experiment) if lab.id == stem else None
        if each is not None and each.draw:
            runs = lab.recorded().runs.get(each.name, {})
            if runs:
                return each.draw[0], [runs[seed] for seed in sorted(runs)]
    raise CourseError(_("No lab has recorded the picture {name}.").format(name=name))
