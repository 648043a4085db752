"""A class's manifest, journal and folder: what a person may edit, what is kept, what is refused."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.classroom import classfolder, manifest, table
from grader.classroom.classfolder import ClassFolder, Settings, choice
from grader.classroom.journal import NAME, Journal, Mark, key_of, mark_of
from grader.classroom.manifest import COLUMNS, Entry, Policy, Status, candidates, chosen
from grader.cli.classroom.place import opened
from grader.errors import ClassError, GradingError
from grader.report import CheckResult, Protection, Report, Verdict
from support import new_course

NOW = datetime(2026, 11, 2, 18, 30, tzinfo=UTC)


def entry(learner: str = "ada", version: int = 1, **more: object) -> Entry:
    known = {"name": learner.title(), "exercise": "ex1_a", "file": f"{learner}/{version}.py"}
    return Entry(learner=learner, version=version, **known | more)


def report(points: float, verdict: Verdict = Verdict.PASSED) -> Report:
    check = CheckResult("a", "A", verdict, points, 4, "Seen.", hint="Look.")
    versions = {"grader": "1", "python": None, "numpy": None, "tensorflow": None, "keras": None}
    return Report("ex1_a", "A", "ex1_a.py", 7, (check,), Protection("full"), versions, 1.5)


EVERYTHING = entry(
    name="=HYPERLINK(1)",
    ids={"moodle": "12; 3=%", "email": "a@b.c"},
    submitted=NOW,
    late=True,
    source='a "quoted", name\nin two lines.zip/ex1.py',
    digest="0" * 64,
    converted="It was UTF-16.",
    status=Status.SKIP,
    note="'-1",
)


def test_a_manifest_is_read_back_as_it_was_written() -> None:
    entries = [EVERYTHING, entry("王芳"), entry("bob", 2)]
    assert manifest.parsed(manifest.written(entries)) == entries


def test_no_cell_is_a_formula() -> None:
    cells = ["=1", "+1", "-1", "@a", "\ta", "\ra", "'=1", "''", "a=1", ""]
    assert [cell for cell in map(table.safe, cells) if cell[:1] in set("=+-@\t\r")] == []
    assert [table.plain(table.safe(cell)) for cell in cells] == cells


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_spreadsheet_may_write_it_in_another_way(delimiter: str) -> None:
    cells = [*COLUMNS[:-1]]
    row = ["ada", "Ada", "ex1_a", "1", "ada/1.py", *[""] * 6, "grade"]
    text = delimiter.join(["note", *cells]) + "\r\n" + delimiter.join(["mine", *row]) + "\r\n\r\n"
    assert manifest.parsed(text.encode()) == [entry(note="mine")]


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("learner", "", "line 2: the learner is missing"),
        ("exercise", "ex1", "'ex1' is no exercise"),
        ("version", "0", "the version is '0'"),
        ("late", "maybe", "late is 'maybe'"),
        ("status", "", "the status is ''"),
        ("digest", "abc", "the digest is not one"),
        ("file", "../../etc/passwd", "write its path inside this folder"),
        ("file", "/etc/passwd", "write its path inside this folder"),
        ("ids", "123", "the ids have '123'"),
        ("submitted", "2.11.2026", "the time is '2.11.2026'"),
        ("submitted", "2026-11-02T18:30:00", "write it like"),
    ],
)
def test_a_broken_row_is_one_sentence(column: str, cell: str, says: str) -> None:
    row = manifest._row(entry()) | {column: cell}
    with pytest.raises(ClassError, match=says) as caught:
        manifest.parsed(table.written(COLUMNS, [row]))
    assert str(caught.value).count("\n") == 0


def test_a_header_that_is_no_csv_is_a_sentence() -> None:
    with pytest.raises(ClassError, match="this is not CSV"):
        table.header(b"x" * 200_000, "people.csv")


def test_all_broken_rows_are_named() -> None:
    row = manifest._row(entry())
    data = table.written(COLUMNS, [row, row, row | {"late": "x"}])
    with pytest.raises(ClassError) as caught:
        manifest.parsed(data)
    first, second = str(caught.value).split("\n")
    assert first.startswith("manifest.csv, line 3: line 2 has version 1 of ada’s ex1_a too")
    assert second.startswith("manifest.csv, line 4: late is 'x'")
    many = [row | {"late": "x", "version": str(n)} for n in range(1, 14)]
    with pytest.raises(ClassError, match="3 more rows") as caught:
        manifest.parsed(table.written(COLUMNS, many))
    assert str(caught.value).count("\n") == 10


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "line 1: there is no column 'learner'"),
        (manifest.written([]).replace(b"note", b"n"), "there is no column 'note'"),
        (manifest.written([entry()]) + b'"a"b,', "line 3: this is not CSV"),
        (manifest.written([entry()]) + b"caf\xe9", "line 3: this is not UTF-8"),
    ],
)
def test_what_is_no_manifest(data: bytes, says: str) -> None:
    with pytest.raises(ClassError, match=says):
        manifest.parsed(data)


def test_which_version_counts() -> None:
    entries = [entry("ada", 2), entry("ada", 1), entry("ada", 3, status=Status.SKIP), entry("bob")]
    points = {("ada", 1): 3.0, ("ada", 2): 3.0}

    def counts(policy: Policy) -> list[tuple[str, int]]:
        found = chosen(entries, policy, lambda e: points.get((e.learner, e.version)))
        return [(e.learner, e.version) for e in found]

    assert counts(Policy.LAST) == [("ada", 2), ("bob", 1)]
    assert counts(Policy.FIRST) == [("ada", 1), ("bob", 1)]
    assert counts(Policy.BEST) == [("ada", 2), ("bob", 1)]  # of equals the later
    points[("ada", 1)] = 4.0
    assert counts(Policy.BEST) == [("ada", 1), ("bob", 1)]
    assert candidates(entries, Policy.BEST) == [entries[0], entries[1], entries[3]]
    assert candidates(entries, Policy.LAST) == [entries[0], entries[3]]


# journal


def test_a_key_changes_with_all_that_a_result_depends_on() -> None:
    usual = ("d", "ex1_a", "e", {"grader": "1", "numpy": None}, 7, None)
    others = [
        ("D", *usual[1:]),
        ("d", "ex1_b", *usual[2:]),
        (*usual[:2], "E", *usual[3:]),
        (*usual[:3], {"grader": "2", "numpy": None}, 7, None),
        (*usual[:4], 8, None),
        (*usual[:5], 60.0),
    ]
    keys = {key_of(*usual), *(key_of(*each) for each in others)}
    assert len(keys) == 7
    assert key_of(*usual) == key_of(*usual[:3], {"numpy": None, "grader": "1"}, 7, None)


def test_a_result_is_read_back(tmp_path: Path) -> None:
    ada, bob, eve = entry("ada", submitted=NOW), entry("bob"), entry("eve")
    with Journal.open(tmp_path, writing=True) as journal:
        journal.keep(Mark("k", NOW, "ex1_a", "d", report(3)), [ada, bob])
    with Journal.open(tmp_path) as journal:
        found = dict(journal.current([ada, bob, eve]))
        assert journal.scores() == {"k": (3, 4)}
    assert found[eve] is None
    assert (mark := found[ada]) and mark.graded and mark.at == NOW
    assert mark.report == replace(report(3), submission="ada/1.py", submitted=NOW)
    assert found[bob].report == replace(report(3), submission="bob/1.py")


def test_an_accident_is_replaced_by_what_a_later_try_brings(tmp_path: Path) -> None:
    accident = mark_of("k", "ex1_a", "d", report(0, Verdict.ACCIDENT))
    refused = mark_of("k", "ex1_a", "d", GradingError("It can't be read."))
    assert [(m.graded, m.seen) for m in (accident, refused)] == [
        (False, "Seen."),
        (False, "It can't be read."),
    ]
    with Journal.open(tmp_path, writing=True) as journal:
        journal.keep(accident, [entry()])
        assert journal.scores() == {}
        assert next(journal.current([entry()]))[1].seen == "Seen."
        journal.keep(mark_of("k", "ex1_a", "d", report(2)), [])
        assert next(journal.current([entry()]))[1].report.score == 2


def test_a_result_that_is_there_can_be_assigned(tmp_path: Path) -> None:
    with Journal.open(tmp_path, writing=True) as journal:
        for key, points in (("old", 1), ("new", 2)):
            journal.keep(mark_of(key, "ex1_a", "d", report(points)), [entry()])
        journal.assign([(entry(), "old"), (entry("bob"), "old")])
        assert [m.key for _, m in journal.current([entry(), entry("bob")])] == ["old", "old"]


def test_reading_makes_no_file(tmp_path: Path) -> None:
    with Journal.open(tmp_path) as journal:
        assert list(journal.current([entry()])) == [(entry(), None)]
    assert list(tmp_path.iterdir()) == []


def test_a_report_of_another_edition_is_not_graded(tmp_path: Path) -> None:
    with Journal.open(tmp_path, writing=True) as journal:
        journal.keep(mark_of("k", "ex1_a", "d", report(2)), [entry()])
    with closing(sqlite3.connect(tmp_path / NAME)) as connection, connection:
        connection.execute("UPDATE result SET report = '{\"schema\": 1}'")
    with Journal.open(tmp_path) as journal:
        ((_, mark),) = journal.current([entry()])
    assert not mark.graded and "has schema 1" in mark.seen


def test_what_is_no_journal_is_refused(tmp_path: Path) -> None:
    path = tmp_path / NAME
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE result (key)")
    before = path.read_bytes()
    with pytest.raises(ClassError, match="its tables are not those"), Journal.open(tmp_path):
        pass
    assert path.read_bytes() == before
    path.write_bytes(b"no database " * 100)
    with pytest.raises(ClassError, match="file is not a database"), Journal.open(tmp_path):
        pass
    path.unlink()
    (tmp_path / "else").write_bytes(b"")
    path.symlink_to("else")
    with pytest.raises(ClassError, match="is a link"), Journal.open(tmp_path, writing=True):
        pass


def test_sqlite_undoes_nothing_from_a_file_beside_it(tmp_path: Path) -> None:
    with Journal.open(tmp_path, writing=True):
        pass
    (tmp_path / f"{NAME}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")
    with pytest.raises(ClassError, match="Move it away"), Journal.open(tmp_path):
        pass


# folder


def test_a_class_is_made_once(tmp_path: Path) -> None:
    place = tmp_path / "class"
    with pytest.raises(ClassError, match="There is no folder"):
        ClassFolder.open(place)
    made = ClassFolder.open(place, make=True)
    with pytest.raises(ClassError, match="it has no manifest"):
        ClassFolder.open(place)
    made.keep_entries([EVERYTHING])
    assert ClassFolder.open(place).entries() == [EVERYTHING]
    assert ClassFolder.open(place, make=True).entries() == [EVERYTHING]
    (tmp_path / "photo.png").write_bytes(b"")
    with pytest.raises(ClassError, match="has other files in it"):
        ClassFolder.open(tmp_path, make=True)


AT = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)


def test_settings_are_kept(tmp_path: Path) -> None:
    folder = ClassFolder.open(tmp_path, make=True)
    assert folder.settings() is None
    for settings in (
        Settings(5),
        Settings(2**64 - 1, Policy.BEST, 60.0, '/a "b"\\c/课程 😀', "a1-b"),
        Settings(6, late="10%/day", due={"ex3": AT, "ex5_layers": AT.replace(tzinfo=None)}),
        Settings(6, late="2%/hour, max 50%", due={"": AT, "ex1": AT}),
    ):
        folder.keep_settings(settings)
        assert folder.settings() == settings
    broken = (
        "due = 3",
        'due = "2026-11-02T18:00"',
        "due = 2026-11-02",
        "due = {first = 2026-11-02}",
    )
    for line in ('policy = "worst"', "limit = -1", 'seed = "x"', "= 3", *broken):
        (tmp_path / "class.toml").write_text(f'{line}\nseed = "1"'.replace('x"\nseed = "1"', 'x"'))
        with pytest.raises(ClassError, match=r"class\.toml can't be read"):
            folder.settings()


def test_checks_run_only_of_a_course_that_was_chosen_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A class that somebody has sent may name a course that it brings along."""
    computer = tmp_path / "machine-id"
    computer.write_text("4aa3\n")
    monkeypatch.setattr(classfolder, "_COMPUTER", computer)
    (tmp_path / "sent").mkdir()
    course = new_course(tmp_path / "sent/course", "first")
    sent = ClassFolder.open(tmp_path / "sent/class", make=True)
    sent.keep_entries([])
    sent.keep_settings(Settings(5, course=str(course)))
    with pytest.raises(ClassError, match=r"nobody has chosen that course.*--course"):
        opened(sent.root)
    for wrong in ("1-2", choice(sent.root, tmp_path), "x"):
        sent.keep_settings(Settings(5, course=str(course), chosen=wrong))
        with pytest.raises(ClassError):
            opened(sent.root)

    place = opened(sent.root, course)
    sent.keep_settings(place.settings)
    opened(sent.root)
    for number in ("c0ffee", ""):  # a disk that is brought along, with the numbers of its folders
        computer.write_text(number)
        with pytest.raises(ClassError):
            opened(sent.root)
    computer.unlink()
    with pytest.raises(ClassError):
        opened(sent.root)
    moved = tmp_path / "moved"
    shutil.copytree(sent.root, moved)
    with pytest.raises(ClassError):
        opened(moved)
    opened(ClassFolder.open(tmp_path / "own", make=True).root, make=True)


def test_only_one_works_on_a_class(tmp_path: Path) -> None:
    folder = ClassFolder.open(tmp_path, make=True)
    refused = pytest.raises(ClassError, match="Another grade is working")
    with folder.locked(), refused, folder.locked():
        pass
    with folder.locked():
        pass
