"""Quizzes as files that other systems import, read back after those systems' own rules."""

import io
import json
import re
import sqlite3
import struct
import xml.etree.ElementTree as ET
import zipfile
import zlib
from base64 import b64decode
from pathlib import Path

import pytest

from grader.course import Course, Exercise
from grader.quiz.export import content
from grader.quiz.export.anki import anki
from grader.quiz.export.content import QuizSheet
from grader.quiz.export.gift import gift
from grader.quiz.export.moodle import moodle
from grader.quiz.export.qti12 import qti12
from grader.quiz.export.qti22 import qti22
from grader.quiz.questions import Choice, Choices, Number, Option, Own, Question, Trace, Wrong
from grader.quiz.reader import load

QTI12 = {"q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}
QTI22 = {"q": "http://www.imsglobal.org/xsd/imsqti_v2p2"}
# what question_bank::fraction_options_full() of Moodle takes
FRACTIONS = {100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667,
             14.28571, 12.5, 11.11111, 10, 5, 0}  # fmt: skip
HOSTILE = '<!DOCTYPE x [<!ENTITY a "b">]> &a; ]]> <script>alert(1)</script> \u202e \x00 = # { } ~ :'


@pytest.fixture(scope="module")
def sheets() -> list[QuizSheet]:
    """All quizzes of the course."""
    return [QuizSheet(each, load(each.quiz).questions) for each in Course.open().exercises]


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    return Course.open().exercise("ex1")


def counted(sheets: list[QuizSheet]) -> int:
    """Questions that do not depend on a learner's file, and have an answer of one line."""
    questions = [q for sheet in sheets for q in sheet.questions]
    return sum(
        not isinstance(q, Own) and not (isinstance(q, Trace) and q.lines > 1) for q in questions
    )


def options(right: int, wrong: int, text: str = "option") -> tuple[Option, ...]:
    return tuple(
        Option(f"{n}-{text}".lower()[:9].replace(" ", "-"), f"{text} {n}", n < right, f"why {n}")
        for n in range(right + wrong)
    )


def of_each_kind(text: str = "text") -> tuple[Question, ...]:
    shared = {"concepts": ("shapes", text), "prompt": text, "note": text}
    typed = {"why": text, **shared}
    return (
        Choice(id="choice", options=options(1, 2), image=3, **shared),
        Choices(id="choices", options=options(3, 1), shuffle=False, **shared),
        Number(id="number", answer=1.5, tolerance=0.25, wrong=(Wrong(-2.0, text),), **typed),
        Trace(id="trace", code=text, answer="[1 * 2]", wrong=(Wrong("[3]", text),), **typed),
        Trace(id="lines", code="print(1)", answer="1\n2", **typed),
        Own(id="own", options=options(1, 1), **shared),
    )  # fmt: skip


def questions_of(data: bytes) -> list[ET.Element]:
    return [q for q in ET.fromstring(data) if q.get("type") != "category"]


# Moodle


def test_moodle_reads_every_question(sheets: list[QuizSheet]) -> None:
    made = moodle(sheets)
    questions = questions_of(made.data)
    assert len(questions) == made.count == counted(sheets) > 60
    assert len(made.left_out) == sum(len(s.questions) for s in sheets) - made.count > 0
    ids = [q.findtext("idnumber") for q in questions]
    assert len(set(ids)) == len(ids)
    assert "ex3_flatten.dense-on-rows" in ids
    categories = ET.fromstring(made.data).findall("question[@type='category']")
    assert categories[2].findtext("category/text") == "$course$/top/ex3 · Why Flatten?"
    for question in questions:
        shares = [float(a.get("fraction", "")) for a in question.iter("answer")]
        assert {abs(share) for share in shares} <= FRACTIONS
        assert max(shares) > 0
        if question.get("type") == "multichoice":
            assert sum(s for s in shares if s > 0) == pytest.approx(100, abs=0.001)
        for picture in question.iter("file"):
            assert f"@@PLUGINFILE@@/{picture.get('name')}" in question.findtext(
                "questiontext/text", ""
            )
            assert b64decode(picture.text or "").startswith(b"\x89PNG\r\n")


def test_moodle_has_tolerances_feedback_and_typical_mistakes(exercise: Exercise) -> None:
    made = moodle([QuizSheet(exercise, of_each_kind())])
    assert made.left_out == {
        "ex1_predictions.lines": "its answer has several lines",
        "ex1_predictions.own": "its options are computed from the learner's own file",
    }
    choice, choices, number, trace = questions_of(made.data)
    assert [a.get("fraction") for a in choice.iter("answer")] == ["100", "0", "0"]
    assert choice.findtext("single") == "true"
    assert choice.findtext("answer/feedback/text") == "<p>why 0</p>\n"
    assert [a.get("fraction") for a in choices.iter("answer")] == ["33.33333"] * 3 + ["-33.33333"]
    assert (choices.findtext("single"), choices.findtext("shuffleanswers")) == ("false", "false")
    answers = [
        (a.get("fraction"), a.findtext("text"), a.findtext("tolerance"))
        for a in number.iter("answer")
    ]
    assert answers == [("100", "1.5", "0.25"), ("0", "-2", "0.25")]
    assert number.findtext("generalfeedback/text") == "<p>text</p>\n<p>text</p>\n"
    # a star stands for any text in a short answer
    assert [a.findtext("text") for a in trace.iter("answer")] == [r"[1 \* 2]", "[3]"]
    assert [tag.findtext("text") for tag in number.iter("tag")] == ["shapes", "text"]


# all that is XML


@pytest.mark.parametrize("text", [HOSTILE, "a\u2028b\ufffe\ud7ff", "`code` **bold** | a |\n|---|"])
def test_whatever_a_quiz_says_stays_text(text: str, exercise: Exercise) -> None:
    sheet = [QuizSheet(exercise, of_each_kind(text))]
    for made in (moodle(sheet), qti12(sheet), qti22(sheet)):
        for data in members(made.data).values():
            assert b"<!DOCTYPE" not in data
            ET.fromstring(data)
    question = questions_of(moodle(sheet).data)[0]
    shown = ET.fromstring("<x>" + question.findtext("questiontext/text", "") + "</x>")
    assert {each.tag for each in shown.iter()} <= {"x", "p", "img", "code", "strong"}
    assert gift(sheet).count == 4 and anki(sheet).count == 5


def members(data: bytes) -> dict[str, bytes]:
    """The XML in an archive, or the file itself."""
    if not data.startswith(b"PK"):
        return {"": data}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {n: archive.read(n) for n in archive.namelist() if n.endswith(".xml")}


# QTI


def score12(item: ET.Element, given: set[str]) -> bool:
    """Whether QTI 1.2 calls an answer right: ``conditionvar`` of the condition that sets SCORE."""

    def holds(node: ET.Element) -> bool:
        name = node.tag.partition("}")[2]
        match name:
            case "and" | "conditionvar":
                return all(map(holds, node))
            case "or":
                return any(map(holds, node))
            case "not":
                return not all(map(holds, node))
            case "varequal":
                return node.text in given
            case "vargte":
                return all(float(value) >= float(node.text or "") for value in given)
            case "varlte":
                return all(float(value) <= float(node.text or "") for value in given)
        raise AssertionError(name)

    conditions = item.findall(".//q:respcondition", QTI12)
    (right,) = [c for c in conditions if c.find("q:setvar", QTI12) is not None]
    found = right.find("q:conditionvar", QTI12)
    return found is not None and holds(found)


def named12(option: str) -> str:
    return f"option-{option}"


def test_canvas_reads_every_question(sheets: list[QuizSheet]) -> None:
    made = qti12(sheets)
    archive = zipfile.ZipFile(io.BytesIO(made.data))
    manifest = ET.fromstring(archive.read("imsmanifest.xml"))
    named = [f.get("href") for f in manifest.iter() if f.tag.endswith("}file")]
    assert {*named, "imsmanifest.xml"} == set(archive.namelist())
    items = {
        item.get("ident"): item
        for name in archive.namelist()
        if name.endswith(".xml") and name != "imsmanifest.xml"
        for item in ET.fromstring(archive.read(name)).findall(".//q:item", QTI12)
    }
    assert len(items) == made.count == counted(sheets)
    for sheet in sheets:
        for question in sheet.questions:
            if isinstance(question, Own):
                continue
            item = items[sheet.name(question)]
            key = question.key
            right = set(map(named12, key)) if isinstance(key, tuple) else {str(key).strip()}
            assert score12(item, right), question.id
            said = {f.get("ident") for f in item.findall("q:itemfeedback", QTI12)}
            wanted = {f.get("linkrefid") for f in item.findall(".//q:displayfeedback", QTI12)}
            assert said == wanted
            if isinstance(question, Choices):
                assert not score12(item, right - {min(right)})
                wrong = next(o.id for o in question.options if not o.correct)
                assert not score12(item, right | {named12(wrong)})
            elif isinstance(question, Choice):
                assert not any(
                    score12(item, {named12(o.id)}) for o in question.options if not o.correct
                )
            elif isinstance(question, Number):
                edge = question.answer + question.tolerance
                assert score12(item, {content.number(edge)})
                assert not score12(item, {content.number(edge + 1)})


def test_canvas_takes_no_mistake_for_right(sheets: list[QuizSheet]) -> None:
    """Canvas's importer counts all values of a typed answer as right, and guesses from names."""
    archive = zipfile.ZipFile(io.BytesIO(qti12(sheets).data))
    mistakes = 0
    for sheet in sheets:
        stem = sheet.exercise.stem
        root = ET.fromstring(archive.read(f"{stem}/{stem}.xml"))
        items = {item.get("ident"): item for item in root.findall(".//q:item", QTI12)}
        for question in sheet.questions:
            item = items.get(sheet.name(question))
            if item is None:
                continue
            said = {f.get("ident", ""): f for f in item.findall("q:itemfeedback", QTI12)}
            if isinstance(question, Number | Trace):
                (value,) = {e.text for e in item.findall(".//q:varequal", QTI12)}
                assert value == (
                    content.number(question.answer)
                    if isinstance(question, Number)
                    else question.answer.strip()
                )
                told = (
                    "".join(said.pop("general_incorrect_fb").itertext()) if question.wrong else ""
                )
                assert all(content.inline(each.why) in told for each in question.wrong)
                mistakes += len(question.wrong)
            names = said.keys() - {"general_fb"}
            assert not [
                name for name in names if re.search(r"(?i)wrong|correct|solution|_all", name)
            ]
    assert mistakes > 20


def test_pictures_are_where_canvas_looks(sheets: list[QuizSheet]) -> None:
    archive = zipfile.ZipFile(io.BytesIO(qti12(sheets).data))
    shown = set()
    for name in archive.namelist():
        if name.endswith(".xml"):
            shown |= set(re.findall(r"\$IMS-CC-FILEBASE\$/([\w/.-]+)", archive.read(name).decode()))
    assert shown == {name for name in archive.namelist() if name.endswith(".png")} != set()


def test_qti_2_has_our_own_rule(exercise: Exercise) -> None:
    made = qti22([QuizSheet(exercise, of_each_kind())])
    files = members(made.data)
    item = ET.fromstring(files["items/ex1_predictions.choices.xml"])
    mapping = item.find(".//q:mapping", QTI22)
    assert mapping is not None
    assert mapping.get("lowerBound") == "0"
    worth = {entry.get("mapKey"): float(entry.get("mappedValue", "")) for entry in mapping}
    question = of_each_kind()[1]
    assert isinstance(question, Choices)
    for chosen in [("0-option",), ("0-option", "3-option"), ("0-option", "1-option", "2-option")]:
        total = max(sum(worth[f"option-{each}"] for each in chosen), 0)
        assert total == pytest.approx(question.judge(chosen))
    number = ET.fromstring(files["items/ex1_predictions.number.xml"])
    equal = number.find(".//q:equal", QTI22)
    assert equal is not None and equal.get("tolerance") == "0.25 0.25"
    assert number.findtext(".//q:correctResponse/q:value", "", QTI22) == "1.5"
    for name, data in files.items():
        for element in ET.fromstring(data).iter():
            identifier = element.get("identifier")
            assert identifier is None or re.fullmatch(r"[^\W\d][\w.-]*", identifier), name


def test_qti_2_holds_every_question_once(sheets: list[QuizSheet]) -> None:
    made = qti22(sheets)
    files = members(made.data)
    tests = [ET.fromstring(files[f"{sheet.exercise.stem}.xml"]) for sheet in sheets]
    refs = [r.get("href") for t in tests for r in t.findall(".//q:assessmentItemRef", QTI22)]
    assert sorted(refs) == sorted(name for name in files if name.startswith("items/"))
    assert len(refs) == made.count == counted(sheets)


# GIFT


def gift_questions(text: str) -> list[str]:
    blocks = re.split(r"\n\s*\n", text)
    return [block for block in blocks if not block.startswith("$CATEGORY")]


def test_gift_has_every_question(sheets: list[QuizSheet]) -> None:
    made = gift(sheets)
    blocks = gift_questions(made.data.decode())
    assert len(blocks) == made.count == counted(sheets)
    for block in blocks:
        comment, _, rest = block.partition("\n")
        assert re.match(r"// \[id:ex\d_\w+\.[\w-]+\] \[tag:", comment)
        bare = re.sub(r"\\.", "", rest)  # without what is escaped
        assert re.fullmatch(r"::[^:{}]*::\[html\][^{}]*\{#?\n[^{}]*\n\}\n?", bare), block


def test_gift_escapes_its_own_signs(exercise: Exercise) -> None:
    question = Choice(
        id="signs",
        concepts=("a",),
        prompt="1 = {2} ~ #3 : \\",
        options=(Option("a", "x = 1", True, "so: {}"), Option("b", "~", False, "no")),
    )
    block = gift_questions(gift([QuizSheet(exercise, (question,))]).data.decode())[0]
    assert r"<p>1 \= \{2\} \~ \#3 \: \\</p>" in block
    assert block.splitlines()[2:4] == [r"=x \= 1#so\: \{\}", r"~\~#no"]


def test_gift_numbers_and_shares(exercise: Exercise) -> None:
    sheet = QuizSheet(exercise, of_each_kind())
    _, choices, number, trace = gift_questions(gift([sheet]).data.decode())
    shares = re.findall(r"~%([-\d.]+)%", choices)
    assert shares == ["33.33333", "33.33333", "33.33333", "-33.33333"]
    assert number.splitlines()[1].endswith("{#")
    assert number.splitlines()[2:4] == ["=1.5:0.25", "=%0%-2:0.25#text"]
    assert trace.splitlines()[2:4] == ["=[1 * 2]", "=%0%[3]#text"]


# Anki


def test_anki_has_a_deck_for_each_quiz(sheets: list[QuizSheet], tmp_path: Path) -> None:
    pytest.importorskip("genanki")
    made, again = anki(sheets), anki(sheets)
    assert made.count == counted(sheets)

    def notes(data: bytes) -> list[tuple[str, str]]:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            (tmp_path / "c.db").write_bytes(archive.read("collection.anki2"))
            media = json.loads(archive.read("media"))
            assert sorted(media.values()) == [
                f"eight-questions-garment-{n}.png" for n in sorted(content.images(sheets), key=str)
            ]
        with sqlite3.connect(tmp_path / "c.db") as connection:
            return connection.execute("SELECT guid, flds FROM notes ORDER BY guid").fetchall()

    found = notes(made.data)
    assert len({guid for guid, _ in found}) == counted(sheets)
    assert found == notes(again.data)  # so that a new import updates


# parts


def test_a_picture_is_a_png_of_the_garment() -> None:
    from grader.datasets import fashion_mnist

    data = content.picture(800)
    width, height, depth, color = struct.unpack(">IIBB", data[16:26])
    assert (width, height, depth, color) == (168, 168, 8, 0)
    length = struct.unpack(">I", data[33:37])[0]
    assert data[37:41] == b"IDAT"
    rows = zlib.decompress(data[41 : 41 + length])
    _, (pictures, _) = fashion_mnist.load_data()
    assert rows[1::169][5] == pictures[800][0][0]
    assert list(rows[1 + 169 * 60 : 169 * 61 : 6]) == pictures[800][10].tolist()


@pytest.mark.parametrize(
    ("value", "written"),
    [(3.0, "3"), (-2.5, "-2.5"), (1e-7, "0.0000001"), (101770.0, "101770"), (0.0, "0")],
)
def test_numbers_have_no_exponent(value: float, written: str) -> None:
    assert content.number(value) == written
