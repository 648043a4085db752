"""What is exported of a quiz: its questions, and their parts as HTML."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from grader.course import Exercise
from grader.i18n import _
from grader.png import png
from grader.quiz.questions import Chosen, Number, Question, Trace

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

SCALE = 6  # a pixel of a garment is drawn as so many, in both directions
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Locate = Callable[[int], str]  # where the picture of a garment is, as an URL


@dataclass(frozen=True)
class QuizSheet:
    """One quiz to be exported.

    Attributes:
        exercise: whose quiz it is.
        questions: in their order.
    """

    exercise: Exercise
    questions: tuple[Question, ...]

    @property
    def title(self) -> str:
        """Such as ``"ex3 · Why Flatten?"``."""
        return f"{self.exercise.id} · {self.exercise.title}"

    def name(self, question: Question) -> str:
        """What a question is called everywhere, and stays called when it is reworded."""
        return f"{self.exercise.stem}.{question.id}"


@dataclass
class Export:
    """A file for another system.

    Attributes:
        data: the file; empty if nothing can be exported.
        ending: what the file's name ends with.
        count: how many questions are in it.
        left_out: for each question that is not in it, its name and why.
        notes: what the format does otherwise than ``grade quiz``.
    """

    ending: str
    data: bytes = b""
    count: int = 0
    left_out: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def fitting(self, sheet: QuizSheet, *, lines: bool = False) -> Iterator[Question]:
        """The questions of a quiz that can be exported; counts them, and notes the others.

        Args:
            sheet: the quiz.
            lines: whether an answer may have several lines.
        """
        for question in sheet.questions:
            why = _misfit(question, lines)
            if why:
                self.left_out[sheet.name(question)] = why
            else:
                self.count += 1
                yield question


def _misfit(question: Question, lines: bool) -> str:
    if question.needs_pass:
        return _("its options are computed from the learner's own file")
    if isinstance(question, Trace) and question.lines > 1 and not lines:
        return _("its answer has several lines")
    return ""


def prompt(question: Question, picture: Locate) -> str:
    """A question as HTML: what is asked, the garment, the code."""
    parts = [html(question.prompt)]
    if question.image is not None:
        alt = escape(_("A garment, 28 × 28 pixels"))
        source = escape(picture(question.image))
        parts.append(f'<p><img src="{source}" width="168" height="168" alt="{alt}" /></p>\n')
    if question.code:
        parts.append(f"<pre><code>{escape(plain(question.code))}</code></pre>\n")
    return "".join(parts)


def reasons(question: Question) -> str:
    """What is said after a question, whatever was answered, as HTML."""
    said = [] if isinstance(question, Chosen) else [question.why]
    return "".join(html(each) for each in [*said, question.note] if each)


def html(markdown: str) -> str:
    """Markdown as well-formed HTML; a tag in it is text."""
    return _markdown().render(plain(markdown))


def inline(markdown: str, literal: bool = False) -> str:
    """The same for one paragraph, without the paragraph; ``literal`` text is no Markdown."""
    text = plain(markdown)
    return escape(text) if literal else _markdown().renderInline(text)


def plain(text: str) -> str:
    """The text without characters that XML can't hold."""
    return _NO_XML.sub("\ufffd", text)


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "xhtmlOut": True}).enable("table")


@cache
def picture(image: int) -> bytes:
    """A picture of the bundled test set as a PNG file, black on white as in the terminal."""
    import numpy as np

    from grader.datasets import fashion_mnist

    (_x, _y), (pictures, _labels) = fashion_mnist.load_data()
    pixels = np.kron(pictures[image], np.ones((SCALE, SCALE), np.uint8))
    return png([row.tobytes() for row in pixels])


def images(sheets: Iterable[QuizSheet]) -> list[int]:
    """The pictures that quizzes show, each once."""
    shown = {q.image for sheet in sheets for q in sheet.questions if q.image is not None}
    return sorted(shown)


def number(value: float) -> str:
    """A number as other systems read it: whole ones without a point, never with an exponent."""
    if value == int(value) and abs(value) < 2**63:
        return str(int(value))
    return f"{value:.15f}".rstrip("0")


def typical(question: Number | Trace) -> list[tuple[str, str]]:
    """Typical wrong answers of a question, and where each comes from."""
    return [
        (number(wrong.value) if isinstance(wrong.value, float) else str(wrong.value), wrong.why)
        for wrong in question.wrong
    ]
