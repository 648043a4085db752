"""QTI 2.2 in a zip: an item for each question, a test for each quiz.

Source: https://www.imsglobal.org/question/qtiv2p2/imsqti_v2p2_impl.html. Its mapping of several
answers is our own rule: a right one counts, a wrong one counts against it, at least 0.
"""

import io
import xml.etree.ElementTree as ET  # it reads what the Markdown parser has written, nothing else
import zipfile
from collections.abc import Iterator, Sequence
from typing import assert_never

from grader.quiz.export import content
from grader.quiz.export.archive import manifest, put
from grader.quiz.export.content import Export, QuizSheet
from grader.quiz.questions import Choice, Choices, Number, Own, Question, Trace

_NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p2"


def qti22(sheets: Sequence[QuizSheet]) -> Export:
    """Quizzes as one archive."""
    made, packed = Export("-qti22.zip"), io.BytesIO()
    tests: dict[str, list[str]] = {}
    items: dict[str, list[str]] = {}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in sheets:
            names = []
            for question in made.fitting(sheet):
                name = f"items/{sheet.name(question)}.xml"
                put(archive, name, _item(sheet, question))
                items[name] = [_file(question.image)] if question.image is not None else []
                names.append(name)
            if names:
                test = f"{sheet.exercise.stem}.xml"
                put(archive, test, _test(sheet, names))
                tests[test] = names
        for image in content.images(sheets):
            put(archive, _file(image), content.picture(image))
        types = dict.fromkeys(tests, "imsqti_test_xmlv2p2") | dict.fromkeys(
            items, "imsqti_item_xmlv2p2"
        )
        put(archive, "imsmanifest.xml", manifest(types, tests | items))
    made.data = packed.getvalue() if made.count else b""
    return made


def _test(sheet: QuizSheet, names: Sequence[str]) -> ET.Element:
    root = ET.Element(
        "assessmentTest",
        xmlns=_NAMESPACE,
        identifier=sheet.exercise.stem,
        title=content.plain(sheet.title),
    )
    part = ET.SubElement(
        root,
        "testPart",
        identifier="part",
        navigationMode="nonlinear",
        submissionMode="individual",
    )
    section = ET.SubElement(
        part, "assessmentSection", identifier="section", title=sheet.exercise.id, visible="true"
    )
    for name in names:
        identifier = name.removeprefix("items/").removesuffix(".xml")
        ET.SubElement(section, "assessmentItemRef", identifier=identifier, href=name)
    return root


def _item(sheet: QuizSheet, question: Question) -> ET.Element:
    root = ET.Element(
        "assessmentItem",
        xmlns=_NAMESPACE,
        identifier=sheet.name(question),
        title=question.id,
        adaptive="false",
        timeDependent="false",
    )
    several = isinstance(question, Choices)
    declaration = ET.SubElement(
        root,
        "responseDeclaration",
        identifier="RESPONSE",
        cardinality="multiple" if several else "single",
        baseType=_TYPES[type(question)],
    )
    correct = ET.SubElement(declaration, "correctResponse")
    for value in _correct(question):
        ET.SubElement(correct, "value").text = content.plain(value)
    _outcome(root, "SCORE", "single", "float", "0")
    _outcome(root, "FEEDBACK", "multiple", "identifier")
    body = ET.SubElement(root, "itemBody")
    body.append(_xhtml(content.prompt(question, _place)))
    processing = ET.Element("responseProcessing")
    match question:
        case Choice():
            _choices(body, question, most=1)
            _set(_if_right(processing), "SCORE", 1)
        case Choices():
            _choices(body, question, most=0)
            mapping = ET.SubElement(declaration, "mapping", lowerBound="0", defaultValue="0")
            share = 1 / len(question.key)
            for option in question.options:
                worth = share if option.correct else -share
                ET.SubElement(mapping, "mapEntry", mapKey=_name(option.id), mappedValue=repr(worth))
            score = ET.SubElement(processing, "setOutcomeValue", identifier="SCORE")
            ET.SubElement(score, "mapResponse", identifier="RESPONSE")
        case Number() | Trace():
            line = ET.SubElement(body, "p")
            length = "12" if isinstance(question, Number) else "40"
            entry = {"responseIdentifier": "RESPONSE", "expectedLength": length}
            ET.SubElement(line, "textEntryInteraction", entry)
            _set(_if_right(processing, question), "SCORE", 1)
        case Own():
            raise AssertionError("it depends on the learner's file")
        case _:
            assert_never(question)
    feedback = dict(_feedback(question))
    if isinstance(question, Choice | Choices):
        shown = ET.SubElement(processing, "setOutcomeValue", identifier="FEEDBACK")
        chosen = shown if several else ET.SubElement(shown, "multiple")
        ET.SubElement(chosen, "variable", identifier="RESPONSE")
    elif feedback:
        shown = ET.SubElement(processing, "setOutcomeValue", identifier="FEEDBACK")
        said = ET.SubElement(ET.SubElement(shown, "multiple"), "baseValue", baseType="identifier")
        said.text = "reason"
    root.append(processing)
    for name, html in feedback.items():
        modal = ET.SubElement(
            root, "modalFeedback", outcomeIdentifier="FEEDBACK", identifier=name, showHide="show"
        )
        modal.append(_xhtml(html))
    return root


_TYPES = {Choice: "identifier", Choices: "identifier", Number: "float", Trace: "string"}


def _correct(question: Question) -> list[str]:
    match question:
        case Number():
            return [content.number(question.answer)]
        case Trace():
            return [question.answer.strip()]
        case _:
            return [_name(id) for id in question.key]


def _outcome(root: ET.Element, name: str, cardinality: str, kind: str, value: str = "") -> None:
    attributes = {"identifier": name, "cardinality": cardinality, "baseType": kind}
    declaration = ET.SubElement(root, "outcomeDeclaration", attributes)
    if value:
        ET.SubElement(ET.SubElement(declaration, "defaultValue"), "value").text = value


def _choices(body: ET.Element, question: Choice | Choices, most: int) -> None:
    interaction = ET.SubElement(
        body,
        "choiceInteraction",
        responseIdentifier="RESPONSE",
        shuffle=str(question.shuffle).lower(),
        maxChoices=str(most),
    )
    for option in question.options:
        choice = ET.SubElement(interaction, "simpleChoice", identifier=_name(option.id))
        choice.append(_xhtml(f"<p>{content.inline(option.text)}</p>", whole=False))


def _if_right(processing: ET.Element, question: Number | Trace | None = None) -> ET.Element:
    """The branch for the right answer."""
    condition = ET.SubElement(ET.SubElement(processing, "responseCondition"), "responseIf")
    if isinstance(question, Number):
        tolerance = content.number(question.tolerance)
        attributes = {"toleranceMode": "absolute", "tolerance": f"{tolerance} {tolerance}"}
        test = ET.SubElement(condition, "equal", attributes)
    else:
        test = ET.SubElement(condition, "match")
    ET.SubElement(test, "variable", identifier="RESPONSE")
    ET.SubElement(test, "correct", identifier="RESPONSE")
    return condition


def _set(parent: ET.Element, name: str, value: int) -> None:
    outcome = ET.SubElement(parent, "setOutcomeValue", identifier=name)
    ET.SubElement(outcome, "baseValue", baseType="float").text = str(value)


def _feedback(question: Question) -> Iterator[tuple[str, str]]:
    """What is said of each option, or after any answer, as HTML."""
    match question:
        case Choice() | Choices():
            last = content.reasons(question)
            for option in question.options:
                yield _name(option.id), content.html(option.why) + last
        case _:
            if reasons := content.reasons(question):
                yield "reason", reasons


def _name(option: str) -> str:
    """An option's id; it begins with a letter."""
    return f"option-{option}"


def _xhtml(html: str, whole: bool = True) -> ET.Element:
    """What the Markdown parser has written, as elements."""
    return ET.fromstring(f"<div>{html}</div>" if whole else html)


def _file(image: int) -> str:
    return f"images/garment-{image}.png"


def _place(image: int) -> str:
    return f"../{_file(image)}"
