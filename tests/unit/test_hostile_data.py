"""What a stranger may have written into a class's files ends in a sentence, or is harmless."""

import io
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from grader.checks import describe
from grader.classroom import journal, roster, table
from grader.classroom.adjusting import overrides
from grader.classroom.classfolder import ClassFolder
from grader.classroom.intake.exercises import bare
from grader.classroom.journal import Journal, mark_of
from grader.classroom.manifest import Entry
from grader.classroom.roster import IDS
from grader.course import Course
from grader.details import Details, fitting
from grader.errors import ClassError, GradingError
from grader.export import moodle
from grader.export.sheet import Sheet
from grader.lab.experiment import labs
from grader.lab.kept import LabBook, Trial
from grader.measured import RunTable, like
from grader.pages import feedback
from grader.render import lab as screens
from grader.report import CheckResult, Protection, Report, Verdict
from grader.starters import merged
from grader.typed import typed
from support import HARMFUL, SMALL, called, made_class, made_report

COURSE = Course.open(SMALL)
EX1 = COURSE.exercises[0]
ARRAY = {
    "kind": "array",
    "text": "[1]",
    "shape": [1],
    "dtype": "int64",
    "min": 1,
    "max": 1,
    "nan": 0,
}
GARMENT = {
    "kind": "garment",
    "text": "Bag",
    "pixels": [[0] * 28] * 28,
    "label": "Bag",
    "probable": [["Bag", 0.5]],
}
SOUND = {
    "expected": ARRAY,
    "got": {"kind": "value", "type": "str", "text": "no"},
    "given": {"image": GARMENT},
    "lines": [{"number": 3, "text": "x = 1", "current": True}],
    "exception": {"type": "ValueError", "message": "no"},
    "training": {"loss": [1.0, None]},
    "training_ends": {"note": "", "epochs": 3},
    "confusion": [[0] * 10] * 10,
    "garments": {"title": "yours", "garments": [GARMENT]},
    "dots": {"title": "d", "rows": [{"name": "a", "values": [], "own": True}], "span": ["s", 0, 1]},
    "cells": {"title": "c", "rows": {"a": {"b": 0.5}}},
}


def with_change(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """Puts a value at a path such as ``checks/0/points`` of a report as plain data."""

    def change(data: Any) -> None:
        *parents, last = [int(part) if part.isdigit() else part for part in path.split("/")]
        for part in parents:
            data = data[part]
        data[last] = value

    return change


HOSTILE = [
    ("checks/0/points", "abc"), ("checks/0/points", float("inf")), ("checks/0/points", -1),
    ("checks/0/points", True), ("checks/0/points", 1e30), ("checks/0/max_points", None),
    ("checks/0/title", ["a"]), ("checks/0/name", None), ("checks/0/message", {"a": 1}),
    ("checks/0/seconds", "x"), ("checks/0/hint", 3), ("checks/0/bonus", 1),
    ("checks/0/details", []), ("checks/0/details/printed", ["x"]),
    ("checks/0/details/got", {"kind": "array", "text": "x"}),
    ("checks/0/details/got", {"kind": "new", "text": "x"}),
    ("checks/0/details/expected", "x"), ("checks/0/details/given", [1]),
    ("checks/0/details/given", {"a": {"kind": "value", "text": 3, "type": "int"}}),
    ("checks/0/details/lines", [{"number": "1", "text": "x", "current": True}]),
    ("checks/0/details/lines", "abc"), ("checks/0/details/exception", {"type": "E"}),
    ("checks/0/details/difference", {"count": 1}), ("checks/0/details/parts", [{"title": "a"}]),
    ("checks/0/details/losses", ["a"]), ("checks/0/details/calls", {"cut": 1, "frames": []}),
    ("checks/0/details/training", {"loss": []}), ("checks/0/details/training", {"val_loss": [1]}),
    ("checks/0/details/training", {"loss": [float("nan")]}),
    ("checks/0/details/confusion", [[1]]), ("checks/0/details/confusion", [[-1] * 10] * 10),
    ("checks/0/details/garments", {"title": "a", "garments": []}),
    ("checks/0/details/garments", {"title": "a", "garments": [ARRAY]}),
    ("checks/0/details/given", {"a": GARMENT | {"pixels": [[999] * 28] * 28}}),
    ("checks/0/details/garments", {"title": "a", "garments": [GARMENT | {"pixels": [[0]]}]}),
    ("checks/0/details/garments", {"title": "a", "garments": [GARMENT | {"probable": []}]}),
    ("checks/0/details/garments", {"title": "a", "garments": [GARMENT | {"probable": [["a"]]}]}),
    ("checks/0/details/dots", {"title": "a", "rows": [], "span": ["a", "b", 1]}),
    ("checks/0/details/cells", {"title": "a", "rows": {"a": {"b": "c"}}}),
    ("checks/0/details/source", 5), ("checks/0/details/what", {}),
    ("seed", "g"), ("seed", "1" * 17), ("seed", 5), ("title", 5), ("versions", ["a"]),
    ("versions", {"grader": 3}), ("protection", {"level": [], "missing": []}),
    ("protection", {"level": "full", "missing": "abc", "more": 1}), ("notes", [1]),
    ("seconds", float("inf")), ("time", "2026-01-01T00:00:00"), ("time", 5),
    ("time", "0001-01-01T00:00:00+00:00"), ("submitted", "9999-12-31T23:59:59-23:59"),
    ("checks", {"a": 1}), ("checks", "abc"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value"), HOSTILE)
def test_a_report_is_of_the_types_that_it_should_have(path: str, value: Any) -> None:
    details: Details = SOUND  # type: ignore[assignment]
    right = made_report(EX1, **{EX1.checks[0].name: (Verdict.FAILED, "Wrong.", details)})
    data = json.loads(json.dumps(right.to_dict()))
    assert Report.from_dict(data) == right
    with_change(path, value)(data)
    with pytest.raises(ValueError, match="Grade the file again"):
        Report.from_dict(json.loads(json.dumps(data)))


def test_what_is_read_is_what_is_shown() -> None:
    """The control: without the types, the first who shows such a result fails."""
    details: Any = SOUND | {"lines": "abc"}
    check = CheckResult("a", "A", Verdict.FAILED, 0, 1, "Wrong.", details)
    report = Report("e", "E", "e.py", 1, (check,), Protection("full"), {"grader": "1"}, 1.0)
    with pytest.raises(TypeError):
        feedback.html(report, "ex1")


def test_a_journal_of_a_stranger(tmp_path: Path) -> None:
    """A report that can't be believed is not graded; the others are, in every command."""
    right = made_report(EX1)
    wrong = made_report(EX1, **{EX1.checks[0].name: (Verdict.FAILED, "Wrong.", {})})
    given = [("Ada", EX1.stem, "a = 1\n", right), ("Bob", EX1.stem, "b = 1\n", wrong)]
    folder = made_class(tmp_path / "class", COURSE, given)
    with sqlite3.connect(folder.root / "journal.sqlite3") as connection:
        rows = connection.execute("SELECT key, report FROM result").fetchall()
        (key, data) = next((key, json.loads(text)) for key, text in rows if "Wrong." in text)
        data["checks"][0]["details"]["got"] = {"kind": "array", "text": "x"}
        data["checks"][0]["points"] = "\x1b[31m"
        connection.execute("UPDATE result SET report = ? WHERE key = ?", (json.dumps(data), key))
    connection.close()
    words = ("--course", SMALL)
    report = called(tmp_path, "class", "report", "class", *words)
    assert "Traceback" not in report.stderr and report.returncode in (0, 1, 3), report.stderr
    shown = called(tmp_path, "class", "show", "class", "Bob", "ex1", *words)
    assert shown.returncode == 2 and "not graded" in shown.stderr and "\x1b" not in shown.stderr
    ada = called(tmp_path, "class", "show", "class", "Ada", "ex1", *words)
    assert ada.returncode == 0, ada.stderr
    (book,) = (path.read_text("utf-8-sig") for path in folder.root.rglob("gradebook.csv"))
    assert "not graded" in book.splitlines()[2] and "not graded" not in book.splitlines()[1]


def test_a_manifest_steers_no_terminal(tmp_path: Path) -> None:
    """Grades go to standard output as they are: what is read is clean."""
    folder = made_class(tmp_path / "class", COURSE, [("Ada", EX1.stem, "a\n", made_report(EX1))])
    name = "A\x1b[31md\u202ea\u200b".encode()
    (folder.root / "roster.csv").write_bytes(b"learner,name\nada," + name)
    data = (folder.root / "manifest.csv").read_bytes()
    data = data.replace(b'"Ada"', b'"%s"' % name)
    (folder.root / "manifest.csv").write_bytes(data.replace(b',"",', b',"sid=%1B[31m",', 1))
    reason = b"ada,ex1,1,a\x1b[5mb\xe2\x80\xae"
    (folder.root / "overrides.csv").write_bytes(b"learner,exercise,points,reason\n" + reason)
    assert not HARMFUL.search(roster.kept(folder)[0].name)
    done = called(tmp_path, "export", "csv", "class", "--course", SMALL)
    assert done.returncode == 0 and '"Ad\\u202ea\\u200b"' in done.stdout, done
    assert not HARMFUL.search(done.stdout.removeprefix("\ufeff"))


@pytest.mark.parametrize(
    "change",
    ["score = 9e999", "score = -1", "max_score = 'many'", "key = x'00'", "score = zeroblob(99)"],
)
def test_points_of_a_journal_are_numbers(tmp_path: Path, change: str) -> None:
    folder = made_class(tmp_path / "class", COURSE, [("Ada", EX1.stem, "a\n", made_report(EX1))])
    with closing(sqlite3.connect(folder.root / journal.NAME)) as connection:
        connection.execute(f"UPDATE result SET {change}")
        connection.commit()
    with Journal.open(folder.root) as found, pytest.raises(ClassError) as raised:
        found.scores()
    assert "(it holds a value that is not grade's)" in str(raised.value)


def test_a_value_of_a_journal_that_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = made_class(tmp_path / "class", COURSE, [("Ada", EX1.stem, "a\n", made_report(EX1))])
    with Journal.open(folder.root) as found:
        assert len(list(found.current(folder.entries()))) == 1
    monkeypatch.setattr(journal, "_LONGEST", 1_000)
    with Journal.open(folder.root) as found, pytest.raises(ClassError, match="too big"):
        list(found.current(folder.entries()))


def test_pages_of_a_journal_that_have_no_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each branch of a small tree is the same one again: billions of rows, and none is graded."""
    (tmp_path / "class").mkdir()
    folder = ClassFolder.open(tmp_path / "class", make=True)
    with Journal.open(folder.root, writing=True) as made:
        for number in range(100):
            why = GradingError("No more processes. " * 9)
            made.keep(mark_of(f"{number:064x}", EX1.stem, "0" * 64, why), [])
    path = folder.root / journal.NAME
    without_end(path, "result")
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT key FROM result")
        assert sum(1 for _ in islice(rows, 10_000)) == 10_000
    monkeypatch.setattr(journal, "_LEAST", 0.1)
    with Journal.open(folder.root) as found, pytest.raises(ClassError, match="interrupted"):
        found.scores()


def without_end(path: Path, table: str) -> None:
    """Let each child of a table's first page be one page, and so on, 15 times."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")  # what is in the log comes into the file
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        ((root,),) = connection.execute(query, (table,))
    data, size, levels = bytearray(path.read_bytes()), 4096, 15
    first, pages = data[(root - 1) * size : root * size], len(data) // size
    assert first[0] == 2, "a page with children"
    count = int.from_bytes(first[3:5])
    children = [8, *(int.from_bytes(first[12 + 2 * n : 14 + 2 * n]) for n in range(count))]
    leaf = first[children[1] :][:4]
    for level in range(levels):
        for at in children:
            next_one = (pages + level + 1).to_bytes(4) if level < levels - 1 else leaf
            first[at : at + 4] = next_one
        if level == 0:
            data[(root - 1) * size : root * size] = first
        else:
            data += first
    data[28:32] = (len(data) // size).to_bytes(4)
    data[92:96] = data[24:28]
    path.write_bytes(data)


@pytest.mark.parametrize("value", [[], {}, None, "a", float("nan"), 2**70, True])
def test_a_number_is_a_finite_number(value: Any) -> None:
    assert typed(3, float) == 3
    with pytest.raises(ValueError, match="found"):
        typed(value, float)


@pytest.mark.parametrize("value", [10**400, -(10**400)])
def test_a_number_that_no_float_holds_is_none(value: int) -> None:
    for kind in (int, float):
        with pytest.raises(ValueError, match="found"):
            typed(value, kind)


def test_what_is_described_fits() -> None:
    """What our own descriptions make is never refused."""
    import numpy as np

    image = describe.Garment(np.full((28, 28), 255, np.uint8), 3, np.linspace(0, 1, 10))
    large = np.array([1e30, -1e300]), np.array([2**64 - 1], np.uint64)
    odd = np.zeros((0, 2)), np.array([np.nan]), np.array(["a"])
    for value in (image, *large, *odd, None, [1], 2**80):
        details: Any = {"got": describe.describe(value), "given": {"": describe.describe(value)}}
        fitting(typed(json.loads(json.dumps(details)), Details))


# tables


def test_a_table_of_very_many_columns() -> None:
    """Each of its rows would have as many cells, however short the row is in the file."""
    titles = ",".join(["name", *(f"c{n}" for n in range(table.MAX_COLUMNS))])
    with pytest.raises(ClassError, match="501 columns"):
        roster.parsed(f"{titles}\nAda\n".encode())


def test_very_many_people_with_one_id() -> None:
    """The sentence names some of them, and each is looked at once."""
    same = "".join(f"Person {n},{n // 2}\n" for n in range(40_000))
    with pytest.raises(ClassError) as raised:
        roster.parsed(f"name,{IDS[2]}\n{same}".encode())
    assert len(str(raised.value).splitlines()) == 10
    everyone = "".join(f"Person {n},7\n" for n in range(2_000))
    with pytest.raises(ClassError) as raised:
        roster.parsed(f"name,{IDS[2]}\n{everyone}".encode())
    assert len(str(raised.value)) < 300


@pytest.mark.parametrize("cell", ["a" * 100_000, "a@" + "." * 100_000 + "@", " " * 100_000])
def test_a_cell_of_a_worksheet_takes_no_time(cell: str) -> None:
    """Moodle's has what learners have typed; to go back for each character would take minutes."""
    rows = [["text", "id", "mail", "grade"], [cell, "Participant 7", "b@c.de", ""]]
    found = moodle.worksheet(Sheet("sheet.csv", ",", rows))
    assert found.people == (("moodle", 1), ("email", 2))


@pytest.mark.parametrize(
    ("cell", "number", "email"),
    [
        ("Participant 123", "123", False),
        ("Teilnehmer/in 7", "7", False),
        ("参与者12", "12", False),
        ("- 12", "", False),
        ("12", "", False),
        ("Room 1 of 2", "", False),
        ("ana.lopez@mail.example.org", "", True),
        ("ana@example", "", False),
        ("ana lopez@example.org", "", False),
    ],
)
def test_what_is_a_participant_and_what_an_address(cell: str, number: str, email: bool) -> None:
    assert moodle._identify("moodle", cell) == number
    assert (moodle._EMAIL.fullmatch(cell) is not None) is email


@pytest.mark.parametrize("points", ["9" * 400, "1e5", "٣", "nan", "-1", "0x10", "1" * 6])
def test_points_that_are_set_by_hand_are_numbers_of_points(points: str) -> None:
    entry = Entry("Ada", "Ada", EX1.stem, 1, "a.py")
    data = f"learner,exercise,points,reason\nAda,ex1,{points},\n".encode()
    with pytest.raises(ClassError, match="write a number, or excused"):
        overrides(data, [entry])


@pytest.mark.parametrize(
    "name", ["_" * 400 + "v1" * 280, "-" * 900 + "(1)x", " (1)" * 240, "v1" * 490]
)
def test_a_name_of_nothing_but_marks(name: str) -> None:
    """Names of files are a stranger's, and there may be ten thousand in an archive."""
    for _ in range(300):
        assert bare(f"ex1{name}")[0].startswith("ex1")
    assert bare("ex1_predictions (1)-2 v3 copy.py") == ("ex1_predictions", 3)


def strange_tables(table: RunTable) -> Iterator[dict[str, Any]]:
    """Tables that no run of an experiment gives."""
    for value in ("x", None, [], [[[1]]]):
        yield dict.fromkeys(table, value)
        yield from ({**table, name: value} for name in table)
    yield {"a": 1}
    yield {name: v[:-1] if isinstance(v, list) else [v] for name, v in table.items()}


def test_a_table_that_is_believed_can_be_drawn() -> None:
    """Whatever a lab book holds: the rest is run again."""
    for lab in labs(Course.open()):
        recorded = lab.recorded()
        for experiment in lab.experiments:
            runs = recorded.runs[experiment.name]
            first = next(iter(runs.values()))
            assert all(like(each, first) for each in runs.values()), experiment.name
            for other in filter(lambda other: like(other, first), strange_tables(first)):
                trial = Trial(None, dict.fromkeys(runs, other))
                Console(file=io.StringIO()).print(screens.results(experiment, trial))


def test_a_lab_book_of_a_stranger(tmp_path: Path) -> None:
    lab = next(lab for lab in labs(Course.open()) if lab.id == "ex6")
    experiment = lab.experiments[0]
    seed, table = next(iter(lab.recorded().runs[experiment.name].items()))
    book = LabBook(lab, tmp_path / "ex6.json")
    for held, believed in (
        (table, {seed: table}),
        ({"a": 1}, {}),
        ({name: [] for name in table}, {}),
    ):
        data = {"code": experiment.code, "runs": {str(seed): held}, "guess": ["x"]}
        (tmp_path / "ex6.json").write_text(json.dumps({experiment.name: data}))
        assert book.trial(experiment) == Trial(None, believed)


def test_starters_of_a_stranger() -> None:
    """A starter version that is kept may be of lines that all are alike."""
    assert merged("\n" * 9, "x = 1\n" + "\n" * 9, "\n" * 9) == "x = 1\n" + "\n" * 9
    assert merged("\n" * 200_000, "\n" * 200_000, "x = 1\n") is None
    one, other = ("".join(f"x\n{name}{n}\n" for n in range(700)) for name in "yz")
    assert merged(one, other, one + "w\n") is None, "each line is looked for in what is left"


def test_the_folder_of_a_class_is_its_own(tmp_path: Path) -> None:
    """A class that was sent: its lock and its files are no links to somewhere else."""
    victim = tmp_path / "victim"
    victim.write_text("precious")
    folder = made_class(tmp_path / "class", COURSE, [("Ada", EX1.stem, "a = 1\n", None)])
    lock = folder.root / ".lock"
    lock.unlink(missing_ok=True)
    lock.symlink_to(victim)
    with pytest.raises(OSError, match=r"link|symbolic"), ClassFolder(folder.root).locked():
        pass
    assert victim.read_text() == "precious"
