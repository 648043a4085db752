"""GIFT, Moodle's text format, which other systems read too.

Source: https://docs.moodle.org/en/GIFT_format
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from typing import assert_never

from grader.i18n import _
from grader.quiz.export import content
from grader.quiz.export.content import Export, QuizSheet
from grader.quiz.questions import Choice, Choices, Number, Own, Question, Trace


def gift(sheets: Sequence[QuizSheet]) -> Export:
    """Quizzes as a text file."""
    made = Export(".gift.txt")
    blocks: list[str] = []
    for sheet in sheets:
        blocks.append(f"$CATEGORY: $course$/top/{sheet.title.replace('/', '//')}")
        blocks += [_question(sheet, question) for question in made.fitting(sheet)]
    if any(isinstance(q, Trace) for sheet in sheets for q in sheet.questions):
        made.notes.append(
            _("Moodle compares what code prints letter by letter, without upper and lower case.")
        )
    if content.images(sheets):
        made.notes.append(_("Pictures are part of the text in GIFT, and some readers drop them."))
    made.data = ("\n\n".join(blocks) + "\n").encode() if made.count else b""
    return made


def _question(sheet: QuizSheet, question: Question) -> str:
    tags = " ".join(f"[tag:{_tag(concept)}]" for concept in question.concepts)
    lines = [f"// [id:{_tag(sheet.name(question))}] {tags}"]
    asked = _escaped(content.prompt(question, _picture))
    lines.append(f"::{_escaped(question.id)}::[html]{asked}" + "{" + _sign(question))
    lines += _answers(question)
    reasons = content.reasons(question)
    if reasons:
        lines.append(f"####{_escaped(reasons)}")
    return "\n".join([*lines, "}"])


def _sign(question: Question) -> str:
    return "#" if isinstance(question, Number) else ""


def _answers(question: Question) -> list[str]:
    match question:
        case Choice():
            return [
                f"{'=' if option.correct else '~'}{_option(option.text, option.why)}"
                for option in question.options
            ]
        case Choices():
            share = f"{100 / len(question.key):.5f}".rstrip("0").rstrip(".")
            return [
                f"~%{'' if option.correct else '-'}{share}%{_option(option.text, option.why)}"
                for option in question.options
            ]
        case Number():
            tolerance = content.number(question.tolerance)
            right = f"={content.number(question.answer)}:{tolerance}"
            wrong = content.typical(question)
            return [right, *(f"=%0%{v}:{tolerance}#{_feedback(why)}" for v, why in wrong)]
        case Trace():
            right = f"={_escaped(question.answer.strip())}"
            wrong = content.typical(question)
            return [right, *(f"=%0%{_escaped(v.strip())}#{_feedback(why)}" for v, why in wrong)]
        case Own():
            raise AssertionError("it depends on the learner's file")
        case _:
            assert_never(question)


def _option(text: str, why: str) -> str:
    return f"{_escaped(content.inline(text))}#{_feedback(why)}"


def _feedback(markdown: str) -> str:
    return _escaped(content.inline(markdown))


def _escaped(text: str) -> str:
    """Signs of GIFT's own as themselves, and lines as one: an empty line ends a question."""
    text = re.sub(r"([\\~=#{}:])", r"\\\1", content.plain(text).strip())
    return re.sub(r"\r\n?|\n", r"\\n", text)


def _tag(text: str) -> str:
    return re.sub(r"[\[\]\r\n]", "", content.plain(text))


def _picture(image: int) -> str:
    return f"data:image/png;base64,{b64encode(content.picture(image)).decode()}"
