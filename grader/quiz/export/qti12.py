"""QTI 1.2 in a zip, which Canvas imports as quizzes.

Source: the examples of https://www.imsglobal.org/question/qtiv1p2/, and what text2qti writes, whose
files Canvas is known to take.
"""

import io
import xml.etree.ElementTree as ET  # it escapes what it writes, and reads nothing here
import zipfile
from collections.abc import Iterator, Sequence
from html import escape
from typing import assert_never

from grader.i18n import _
from grader.quiz.export import content
from grader.quiz.export.archive import manifest, put
from grader.quiz.export.content import Export, QuizSheet
from grader.quiz.questions import Choice, Choices, Number, Option, Own, Question, Trace

_NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_TYPES = {
    Choice: "multiple_choice_question",
    Choices: "multiple_answers_question",
    Number: "numerical_question",
    Trace: "short_answer_question",
}


def qti12(sheets: Sequence[QuizSheet]) -> Export:
    """Quizzes as one archive, an assessment for each."""
    made, packed = Export("-qti12.zip"), io.BytesIO()
    files: dict[str, list[str]] = {}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        pictures = [_file(image) for image in content.images(sheets)]
        for sheet in sheets:
            questions = list(made.fitting(sheet))
            if not questions:
                continue
            name = f"{sheet.exercise.stem}/{sheet.exercise.stem}.xml"
            put(archive, name, _assessment(sheet, questions))
            files[name] = [_file(q.image) for q in questions if q.image is not None]
        for image, name in zip(content.images(sheets), pictures, strict=True):
            put(archive, name, content.picture(image))
        put(archive, "imsmanifest.xml", manifest("imsqti_xmlv1p2", files))
    if any(isinstance(q, Choices) for sheet in sheets for q in sheet.questions):
        made.notes.append(_("Canvas counts the ticks of a question with several answers its way."))
    if any(isinstance(q, Trace) for sheet in sheets for q in sheet.questions):
        made.notes.append(_("Canvas ignores upper and lower case in what code prints."))
    made.data = packed.getvalue() if made.count else b""
    return made


def _assessment(sheet: QuizSheet, questions: Sequence[Question]) -> ET.Element:
    root = ET.Element("questestinterop", xmlns=_NAMESPACE)
    assessment = ET.SubElement(
        root, "assessment", ident=sheet.exercise.stem, title=content.plain(sheet.title)
    )
    _fields(assessment, {"cc_maxattempts": "unlimited"})
    section = ET.SubElement(assessment, "section", ident="root_section")
    for question in questions:
        section.append(_item(sheet, question))
    return root


def _item(sheet: QuizSheet, question: Question) -> ET.Element:
    item = ET.Element("item", ident=sheet.name(question), title=question.id)
    kind = {"question_type": _TYPES[type(question)], "points_possible": "1"}
    _fields(ET.SubElement(item, "itemmetadata"), kind)
    presentation = ET.SubElement(item, "presentation")
    _material(presentation, content.prompt(question, _place))
    processing = ET.Element("resprocessing")
    outcomes = ET.SubElement(processing, "outcomes")
    limits = {"maxvalue": "100", "minvalue": "0", "varname": "SCORE", "vartype": "Decimal"}
    ET.SubElement(outcomes, "decvar", limits)
    said: dict[str, str] = {}  # feedback by its name
    if reasons := content.reasons(question):
        said["general_fb"] = reasons
        condition = ET.SubElement(processing, "respcondition", {"continue": "Yes"})
        ET.SubElement(ET.SubElement(condition, "conditionvar"), "other")
        _feedback(condition, "general_fb")
    match question:
        case Choice() | Choices():
            _options(presentation, processing, said, question)
        case Number() | Trace():
            _typed(presentation, processing, said, question)
        case Own():
            raise AssertionError("it depends on the learner's file")
        case _:
            assert_never(question)
    item.append(processing)
    for name, html in said.items():
        _material(ET.SubElement(ET.SubElement(item, "itemfeedback", ident=name), "flow_mat"), html)
    return item


def _options(
    presentation: ET.Element,
    processing: ET.Element,
    said: dict[str, str],
    question: Choice | Choices,
) -> None:
    cardinality = "Multiple" if question.several else "Single"
    given = ET.SubElement(presentation, "response_lid", ident="response1", rcardinality=cardinality)
    choices = ET.SubElement(given, "render_choice", shuffle="Yes" if question.shuffle else "No")
    for number, option in enumerate(question.options, 1):
        label = ET.SubElement(choices, "response_label", ident=_name(option))
        _material(label, content.inline(option.text))
        name = f"option{number}_fb"  # not of its id: Canvas reads "wrong" and "correct" in a name
        said[name] = content.html(option.why)
        condition = ET.SubElement(processing, "respcondition", {"continue": "Yes"})
        _equal(ET.SubElement(condition, "conditionvar"), _name(option))
        _feedback(condition, name)
    condition = _right(processing)
    if question.several:
        condition = ET.SubElement(condition, "and")
    for option in question.options:
        if option.correct:
            _equal(condition, _name(option))
        elif question.several:
            _equal(ET.SubElement(condition, "not"), _name(option))


def _typed(
    presentation: ET.Element,
    processing: ET.Element,
    said: dict[str, str],
    question: Number | Trace,
) -> None:
    given = ET.SubElement(presentation, "response_str", ident="response1", rcardinality="Single")
    decimal = {"fibtype": "Decimal"} if isinstance(question, Number) else {}
    ET.SubElement(ET.SubElement(given, "render_fib", decimal), "response_label", ident="answer1")
    if wrong := content.typical(question):
        # in one: Canvas takes each value that has a feedback of its own for a right answer
        said["general_incorrect_fb"] = _mistakes(wrong)
        condition = ET.SubElement(processing, "respcondition", {"continue": "Yes"})
        ET.SubElement(ET.SubElement(condition, "conditionvar"), "other")
        _feedback(condition, "general_incorrect_fb")
    condition = _right(processing)
    if isinstance(question, Trace):
        _equal(condition, question.answer.strip())
        return
    either = ET.SubElement(condition, "or")
    _equal(either, content.number(question.answer))
    between = ET.SubElement(either, "and")
    for name, bound in _bounds(question):
        ET.SubElement(between, name, respident="response1").text = content.number(bound)


def _mistakes(wrong: Sequence[tuple[str, str]]) -> str:
    """Typical wrong answers and where each comes from, as HTML."""
    rows = "".join(
        f"<li><code>{escape(content.plain(value.strip()))}</code>: {content.inline(why)}</li>"
        for value, why in wrong
    )
    heading = escape(_("Common mistakes:"))
    return f"<p>{heading}</p><ul>{rows}</ul>"


def _bounds(question: Number) -> Iterator[tuple[str, float]]:
    yield "vargte", question.answer - question.tolerance
    yield "varlte", question.answer + question.tolerance


def _right(processing: ET.Element) -> ET.Element:
    """Where it is written what is right."""
    condition = ET.SubElement(processing, "respcondition", {"continue": "No"})
    found = ET.SubElement(condition, "conditionvar")
    ET.SubElement(condition, "setvar", action="Set", varname="SCORE").text = "100"
    return found


def _equal(parent: ET.Element, value: str) -> None:
    ET.SubElement(parent, "varequal", respident="response1").text = content.plain(value)


def _feedback(condition: ET.Element, name: str) -> None:
    ET.SubElement(condition, "displayfeedback", feedbacktype="Response", linkrefid=name)


def _fields(parent: ET.Element, values: dict[str, str]) -> None:
    data = ET.SubElement(parent, "qtimetadata")
    for label, entry in values.items():
        pair = ET.SubElement(data, "qtimetadatafield")
        ET.SubElement(pair, "fieldlabel").text = label
        ET.SubElement(pair, "fieldentry").text = entry


def _material(parent: ET.Element, html: str) -> None:
    text = ET.SubElement(ET.SubElement(parent, "material"), "mattext", texttype="text/html")
    text.text = html


def _name(option: Option) -> str:
    """An option's id; it begins with a letter."""
    return f"option-{option.id}"


def _file(image: int) -> str:
    return f"images/garment-{image}.png"


def _place(image: int) -> str:
    return f"$IMS-CC-FILEBASE$/{_file(image)}"
