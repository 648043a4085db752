"""Broken and hostile originals: one sentence and nothing written, or all of it kept as it was."""

import csv
import io
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest

from grader.classroom.classfolder import ClassFolder, Settings
from grader.classroom.journal import Journal, key_of, mark_of
from grader.classroom.manifest import Entry
from grader.course import Course
from grader.quiz.export.anki import anki
from grader.quiz.export.content import QuizSheet
from grader.quiz.export.gift import gift
from grader.quiz.export.moodle import moodle
from grader.quiz.export.qti12 import qti12
from grader.quiz.export.qti22 import qti22
from grader.quiz.questions import Choice, Option, Trace
from grader.report import CheckResult, Protection, Report, Verdict
from support import HARMFUL, called, complaint, said

EX3 = Course.open().exercise("ex3")
MOST = sum(check.points for check in EX3.checks if not check.bonus)
NAMES = [
    '=HYPERLINK("https://x.org";"click")',
    'Bo "the ""B""" O, P; Q',
    "Two\r\nLines",
    "Kim \u202emaN\u202c \u200f\u2067x\u2069",
    "\t@SUM(1+1)",
    "-2+3 \x1b[2J",
]
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/passwd">]><b>&b;&b;&c;</b>'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A class of such names, with 5.5 points each; all systems know all of them."""
    here = ClassFolder.open(tmp_path / "class", make=True)
    entries = []
    for number, name in enumerate(NAMES):
        ids = {"moodle": f"{100 + number}", "canvas": f"{number}", "sid": f"s{number}"}
        entries.append(Entry(f"p{number}", name, EX3.stem, 1, f"{number}.py", ids=ids))
    here.keep_entries(entries)
    here.replace("class.toml", Settings(seed=7).text().encode())
    check = CheckResult("a", "A", Verdict.FAILED, 5.5, MOST, "Expected 3, got 4.")
    report = Report(EX3.stem, "A", "a.py", 7, (check,), Protection("full"), {"grader": "1"}, 1)
    with Journal.open(here.root, writing=True) as journal:
        for entry in entries:
            key = key_of(entry.learner, EX3.stem, "e", {}, 7, None)
            journal.keep(mark_of(key, EX3.stem, "0" * 64, report), [entry])
    return tmp_path


def table(rows: list[list[str]], sign: str, quoting: int = csv.QUOTE_MINIMAL) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=sign, quoting=quoting).writerows(rows)
    return text.getvalue()


SPANISH = table(
    [["Identificador", "Nombre completo", "Calificación", "Calificación máxima"]]
    + [[f"Participante {100 + n}", name, "", f"{MOST:.2f}".replace(".", ",")]
       for n, name in enumerate(NAMES)],
    ";",
)  # fmt: skip
CANVAS = table(
    [["Student", "ID", "SIS User ID", "Section", "Exercise 3 (7)", "Other (8)"]]
    + [["    Points Possible", "", "", "", f"{MOST:.2f}", "2.5"]]
    + [[name, str(n), "", "=A1", "", "2.5"] for n, name in enumerate(NAMES)],
    ",",
)
BRIGHTSPACE = table(
    [["OrgDefinedId", "Last Name", "Exercise 3 Points Grade", "End-of-Line Indicator"]]
    + [[f"#s{n}", name, "", "#"] for n, name in enumerate(NAMES)],
    ",",
    csv.QUOTE_ALL,
)


@pytest.mark.parametrize(
    ("system", "text", "sign", "column", "value"),
    [
        ("moodle", SPANISH, ";", 2, "5,50"),
        ("canvas", CANVAS, ",", 4, "5.50"),
        ("brightspace", "\ufeff" + BRIGHTSPACE, ",", 2, "5.50"),
    ],
)
def test_hostile_names_stay_byte_for_byte(
    folder: Path, system: str, text: str, sign: str, column: int, value: str
) -> None:
    (folder / "g.csv").write_bytes(text.encode())
    told = called(folder, "export", system, "class", "ex3", "--fill", "g.csv")
    assert f"{len(NAMES)} grades filled in" in said(told)
    assert not HARMFUL.search(told.stdout)
    filled = (folder / "g-filled.csv").read_bytes().decode()
    before, after = (
        list(csv.reader(io.StringIO(each.removeprefix("\ufeff"), newline=""), delimiter=sign))
        for each in (text, filled)
    )
    changed = [row[column] for row in after][-len(NAMES) :]
    assert changed == [value] * len(NAMES)
    for row in before[-len(NAMES) :]:
        row[column] = value
    assert after == before
    # what is not a grade is not even quoted otherwise
    quote = '"' if system == "brightspace" else ""
    empty, full = f"{sign}{quote}{quote}", f"{sign}{quote}{value}{quote}"
    back = filled.replace(full, empty)
    assert back == text.replace(full, empty)


LAST = SPANISH.replace("Identificador;", "").replace("Participante ", "").encode()


@pytest.mark.parametrize(
    ("system", "data", "sentence"),
    [
        ("moodle", LAST, "no column with cells like “Participant 123”"),
        ("moodle", SPANISH.replace("Calificación;", "Foo;").replace(",", "x").encode(),
         "not clear which column of g.csv has the grades"),
        ("moodle", SPANISH.encode("latin-1", "replace"), "line 1: this is not UTF-8"),
        ("moodle", SPANISH.encode("utf-16"), "line 1: this is not UTF-8"),
        ("moodle", SPANISH.encode() + b'Participante 9;"open;;', "a quote opens here"),
        ("moodle", b"", "has no rows of learners"),
        ("moodle", BOMB.encode(), "has no rows of learners"),
        ("canvas", CANVAS.replace("Student,", "Name,").encode(), "no columns “Student” and “ID”"),
        ("canvas", CANVAS.replace("Exercise 3 (7)", "Essay (7)").encode(), "not clear which"),
        ("canvas", CANVAS.encode() + b'"open,9', "a quote opens here"),
        ("canvas", b"PK\x03\x04" + bytes(99), "is no CSV file"),
        ("brightspace", BRIGHTSPACE.replace("OrgDefinedId", "Org").encode(), "OrgDefinedId"),
        ("brightspace", BRIGHTSPACE.replace("End-of-Line ", "").encode(), "End-of-Line"),
        ("brightspace", BRIGHTSPACE.replace("Points Grade", "Text Grade").encode(), "none"),
    ],
)  # fmt: skip
def test_a_broken_original_is_one_sentence_and_nothing_is_written(
    folder: Path, system: str, data: bytes, sentence: str
) -> None:
    (folder / "g.csv").write_bytes(data)
    before = sorted(folder.iterdir())
    done = called(folder, "export", system, "class", "ex3", "--fill", "g.csv")
    assert sentence in complaint(done)
    assert not HARMFUL.search(done.stderr)
    assert sorted(folder.iterdir()) == before
    assert (folder / "g.csv").read_bytes() == data


def test_a_row_that_is_cut_off_is_named(folder: Path) -> None:
    """Also where the learner, or what locks a grade, would come after the grade."""
    head = "Exercise 3 Points Grade,OrgDefinedId,End-of-Line Indicator\r\n"
    (folder / "g.csv").write_bytes((head + ",#s0,#\r\n4\r\n,#s1").encode())
    told = said(called(folder, "export", "brightspace", "class", "--fill", "g.csv"))
    assert "row 3, 4: the rest of this row is missing" in told
    filled = (folder / "g-filled.csv").read_text("utf-8")
    assert filled.splitlines()[1:] == ["5.50,#s0,#", "4", "5.50,#s1"]
    english = "Identifier,Grade,Maximum Grade,Grade can be changed\n"
    rows = f"Participant 100,,{MOST:.2f},Yes\nParticipant 101,,{MOST:.2f},No\nParticipant 102,\n"
    (folder / "m.csv").write_text(english + rows)
    told = said(called(folder, "export", "moodle", "class", "--fill", "m.csv"))
    assert "row 3, Bo" in told and "can't be changed" in told
    assert [row.split(",")[1] for row in (folder / "m-filled.csv").read_text().splitlines()] == [
        *("Grade", "5.50", "", "5.50")
    ]


def test_a_roster_adds_the_numbers_of_another_system(folder: Path) -> None:
    """Who came from Moodle goes out to Brightspace; what a download says comes first."""
    roster = "learner,name,username,sid\np0,A,ana,none\np1,B,bo,\n"
    (folder / "class/roster.csv").write_text(roster)
    text = "Username,Exercise 3 Points Grade,End-of-Line Indicator\n#ana,,#\n#bo,,#\n#cy,,#\n"
    (folder / "g.csv").write_text(text)
    told = said(called(folder, "export", "brightspace", "class", "--fill", "g.csv"))
    assert "2 filled in" in told and "1 no submission in the class" in told
    filled = (folder / "g-filled.csv").read_text()
    assert filled == text.replace("ana,", "ana,5.50").replace("bo,", "bo,5.50")
    (folder / "g.csv").write_bytes(BRIGHTSPACE.encode())
    assert "6 filled in" in said(
        called(folder, "export", "brightspace", "class", "--fill", "g.csv")
    )


def test_brightspace_keeps_its_rules(folder: Path) -> None:
    """A key first, one title for each item, two decimals, and ``#`` at the end of each line."""
    (folder / "g.csv").write_bytes(BRIGHTSPACE.encode())
    called(folder, "export", "brightspace", "class", "ex3", "--fill", "g.csv")
    text = (folder / "g-filled.csv").read_bytes().decode()
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert head[0] in ("OrgDefinedId", "Username") and head[-1] == "End-of-Line Indicator"
    assert [title for title in head if title.endswith(" Points Grade")] == [
        "Exercise 3 Points Grade"
    ]
    assert len(rows) == len(NAMES) and {len(row) for row in rows} == {len(head)}
    for number, row in enumerate(rows):
        assert (row[0], row[-1]) == (f"#s{number}", "#")
        assert row[2] == "5.50"


def test_an_entity_bomb_in_a_quiz_is_text_in_every_format() -> None:
    options = tuple(Option(id, f"{id} {BOMB}", id == "a", BOMB) for id in ("a", "b"))
    asked = (
        Choice(id="one", concepts=("x",), prompt=BOMB, options=options, note=BOMB),
        Trace(id="two", concepts=("x",), prompt=BOMB, code=BOMB, answer="1", why=BOMB),
    )
    sheets = [QuizSheet(EX3, asked)]
    documents = [moodle(sheets).data]
    for made in (qti12(sheets), qti22(sheets)):
        with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
            names = [name for name in archive.namelist() if name.endswith(".xml")]
            documents += [archive.read(name) for name in names]
    shown = 0
    for data in documents:
        assert b"<!DOCTYPE" not in data and b"<!ENTITY" not in data
        words = "".join(ET.fromstring(data).itertext())
        assert "hahaha" not in words and "root:" not in words
        shown += "DOCTYPE" in words
    assert shown >= 3
    for made in (gift(sheets), anki(sheets)):
        assert made.count == 2 and len(made.data) < 100_000
