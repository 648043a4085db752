"""A lesson in the terminal: its text, and its pictures drawn from what the labs have recorded."""

import re

from rich.console import Group, RenderableType
from rich.text import Text

from grader.course import Course
from grader.lab.lesson import PICTURE, pictured
from grader.measured import without_names
from grader.render.plots import drawn
from grader.render.quiz import Beside, markdown

# the commands at a page's end: a terminal names them as they are typed there
_WAYS = re.compile(r"\n\n[^\n]*`grade [^\n]* · [^\n]*`grade [^\n]*\s*\Z")


def shown(course: Course, page: str, plain: bool = False) -> RenderableType:
    """A page of Markdown; each picture of an experiment stands as a drawing.

    Raises:
        CourseError: nothing of a picture's experiment is recorded.
    """
    parts: list[RenderableType] = []
    text, end = _WAYS.sub("", without_names(page)), 0
    for match in PICTURE.finditer(text):
        plot, tables = pictured(course, match[2])
        caption = Text(f"   {match[1]}", "dim")
        parts += [_words(text[end : match.start()], plain), "", drawn(plot, tables), caption, ""]
        end = match.end()
    return Group(*parts, _words(text[end:], plain))


def _words(text: str, plain: bool) -> RenderableType:
    return Beside(Text(" "), markdown(text.strip("\n"), plain))
