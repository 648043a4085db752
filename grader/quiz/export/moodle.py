"""Moodle XML: a category for each quiz, a question with an id that stays.

Source: https://docs.moodle.org/en/Moodle_XML_format, and Moodle's question/format/xml/format.php.
"""

import xml.etree.ElementTree as ET  # it escapes what it writes, and reads nothing here
from base64 import b64encode
from collections.abc import Sequence
from typing import assert_never

from grader.i18n import _
from grader.quiz.export import content
from grader.quiz.export.content import Export, QuizSheet
from grader.quiz.questions import Choice, Choices, Number, Option, Own, Question, Trace

# Moodle takes no other fractions: question_bank::fraction_options_full
_SHARES = {1: "100", 2: "50", 3: "33.33333", 4: "25", 5: "20", 6: "16.66667", 7: "14.28571",
           8: "12.5", 9: "11.11111", 10: "10"}  # fmt: skip


def moodle(sheets: Sequence[QuizSheet]) -> Export:
    """Quizzes for Moodle's question bank."""
    made, root = Export(".xml"), ET.Element("quiz")
    for sheet in sheets:
        category = ET.SubElement(root, "question", type="category")
        path = sheet.title.replace("/", "//")  # one slash begins a category within a category
        _text(ET.SubElement(category, "category"), f"$course$/top/{path}")
        _text(ET.SubElement(category, "info", format="moodle_auto_format"), "")
        ET.SubElement(category, "idnumber").text = sheet.exercise.stem
        for question in made.fitting(sheet):
            root.append(_question(sheet, question))
    if any(isinstance(q, Trace) for sheet in sheets for q in sheet.questions):
        made.notes.append(
            _("Moodle compares what code prints letter by letter: a blank more is wrong there.")
        )
    ET.indent(root)
    made.data = ET.tostring(root, encoding="utf-8", xml_declaration=True) if made.count else b""
    return made


def _question(sheet: QuizSheet, question: Question) -> ET.Element:
    element = ET.Element("question", type=_TYPES[type(question)])
    _text(ET.SubElement(element, "name"), question.id)
    asked = _html(element, "questiontext", content.prompt(question, _place))
    if question.image is not None:
        attributes = {"name": _file(question.image), "path": "/", "encoding": "base64"}
        picture = ET.SubElement(asked, "file", attributes)
        picture.text = b64encode(content.picture(question.image)).decode()
    _html(element, "generalfeedback", content.reasons(question))
    for name, value in [("defaultgrade", "1"), ("penalty", "0.3333333"), ("hidden", "0"),
                        ("idnumber", sheet.name(question))]:  # fmt: skip
        ET.SubElement(element, name).text = value
    match question:
        case Choice():
            _options(element, question, "100", "0")
        case Choices():
            share = _SHARES.get(len(question.key), "10")
            _options(element, question, share, f"-{share}")
        case Number():
            tolerance = content.number(question.tolerance)
            answers = [("100", content.number(question.answer), "")]
            answers += [("0", value, why) for value, why in content.typical(question)]
            for fraction, value, why in answers:
                answer = _answer(element, fraction, value, why)
                ET.SubElement(answer, "tolerance").text = tolerance
        case Trace():
            ET.SubElement(element, "usecase").text = "1"
            answers = [("100", question.answer.strip(), "")]
            answers += [("0", value.strip(), why) for value, why in content.typical(question)]
            for fraction, value, why in answers:
                # a star stands for any text
                _answer(element, fraction, value.replace("*", r"\*"), why)
        case Own():
            raise AssertionError("it depends on the learner's file")
        case _:
            assert_never(question)
    tags = ET.SubElement(element, "tags")
    for concept in question.concepts:
        _text(ET.SubElement(tags, "tag"), concept)
    return element


_TYPES = {Choice: "multichoice", Choices: "multichoice", Number: "numerical", Trace: "shortanswer"}


def _options(element: ET.Element, question: Choice | Choices, right: str, wrong: str) -> None:
    for name, value in [("single", str(not question.several).lower()),
                        ("shuffleanswers", str(question.shuffle).lower()),
                        ("answernumbering", "abc")]:  # fmt: skip
        ET.SubElement(element, name).text = value
    for option in question.options:
        _option(element, option, right if option.correct else wrong)


def _option(element: ET.Element, option: Option, fraction: str) -> None:
    answer = ET.SubElement(element, "answer", fraction=fraction, format="html")
    ET.SubElement(answer, "text").text = content.inline(option.text)
    _html(answer, "feedback", content.html(option.why))


def _answer(element: ET.Element, fraction: str, value: str, why: str) -> ET.Element:
    answer = ET.SubElement(element, "answer", fraction=fraction, format="moodle_auto_format")
    ET.SubElement(answer, "text").text = content.plain(value)
    _html(answer, "feedback", content.html(why) if why else "")
    return answer


def _html(parent: ET.Element, name: str, html: str) -> ET.Element:
    element = ET.SubElement(parent, name, format="html")
    ET.SubElement(element, "text").text = html
    return element


def _text(parent: ET.Element, text: str) -> None:
    ET.SubElement(parent, "text").text = content.plain(text)


def _file(image: int) -> str:
    return f"garment-{image}.png"


def _place(image: int) -> str:
    return f"@@PLUGINFILE@@/{_file(image)}"
