"""``grade export`` from a class's journal to the files of other systems, as a teacher types it."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grader.classroom.classfolder import ClassFolder, Settings
from grader.classroom.journal import Journal, key_of, mark_of
from grader.classroom.manifest import Entry
from grader.course import Course
from grader.report import CheckResult, Protection, Report, Verdict
from support import called, complaint, said

NOW = datetime(2026, 11, 2, 18, tzinfo=UTC)
EX3 = Course.open().exercise("ex3")
MOST = sum(check.points for check in EX3.checks if not check.bonus)
WORKSHEET = "Identifier,Full name,Grade,Maximum Grade\r\n" + "".join(
    f"Participant {number},{name},,{MOST:.2f}\r\n"
    for number, name in ((101, "Ana"), (102, '"=Bo, ""B"""'), (103, "Cy"), (104, "Dee"))
)


def report(points: float, verdict: Verdict = Verdict.FAILED) -> Report:
    check = CheckResult("a", "A", verdict, points, MOST, "Expected 3, got 4.", hint="Look.")
    versions = {"grader": "1", "python": "3.12", "numpy": None, "tensorflow": None, "keras": None}
    protection = Protection("full")
    return Report(EX3.stem, "A", "a.py", 7, (check,), protection, versions, 1, time=NOW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A class of four: two with 5 points, one of them late, an accident, one from elsewhere."""
    here = ClassFolder.open(tmp_path / "class", make=True)
    entries = [
        Entry("ana", "Ana", EX3.stem, 1, "a.py", ids={"moodle": "101"}, submitted=NOW),
        Entry("bo", '=Bo "B"', EX3.stem, 1, "b.py", ids={"moodle": "102"}, late=True),
        Entry("cy", "Cy", EX3.stem, 1, "c.py", ids={"moodle": "103"}),
        Entry("eve", "Eve", EX3.stem, 1, "e.py", ids={"email": "e@x.org"}),
    ]
    here.keep_entries(entries)
    here.replace("class.toml", Settings(seed=7).text().encode())
    accident = report(0, Verdict.ACCIDENT)
    with Journal.open(here.root, writing=True) as journal:
        for entry, made in zip(entries, [report(5), report(5), accident, report(1)], strict=True):
            key = key_of(entry.learner, EX3.stem, "e", {}, 7, None)
            journal.keep(mark_of(key, EX3.stem, "0" * 64, made), [entry])
    (tmp_path / "grades.csv").write_bytes(WORKSHEET.encode())
    return tmp_path


def test_a_moodle_worksheet(folder: Path) -> None:
    done = called(folder, "export", "moodle", "class", "--fill", "grades.csv", "--late", "10%/day")
    filled = (folder / "grades-filled.csv").read_bytes().decode()
    lost = MOST / 10
    assert filled.splitlines() == [
        "Identifier,Full name,Grade,Maximum Grade",
        f"Participant 101,Ana,5.00,{MOST:.2f}",
        f'Participant 102,"=Bo, ""B""",{5 - lost:.2f},{MOST:.2f}',
        f"Participant 103,Cy,,{MOST:.2f}",
        f"Participant 104,Dee,,{MOST:.2f}",
    ]
    assert filled.count("\r\n") == 5
    told = said(done)
    assert "2 filled in" in told and "not graded: Expected 3, got 4." in told
    assert "1 not in the file" in told and "Eve" in told
    assert f"5 − {lost:g} for late work" in told
    assert (folder / "grades.csv").read_bytes() == WORKSHEET.encode()


def test_the_command_that_grades_a_class_names_no_course(folder: Path) -> None:
    (folder / "class/journal.sqlite3").unlink()
    words = ("export", "moodle-feedback", "class", "--course", str(EX3.root))
    told = complaint(called(folder, *words))
    assert told.strip().endswith("is graded yet. Grade it with `grade class run class`.")


def test_an_exercise_may_be_named_by_its_number(folder: Path) -> None:
    assert "2 filled in" in said(
        called(folder, "export", "moodle", "class", "3", "--fill", "grades.csv")
    )
    words = ("export", "moodle", "class", "33", "--fill", "grades.csv")
    assert "There is no exercise '33'." in complaint(called(folder, *words))


def test_points_by_hand_and_out_of_another_number(folder: Path) -> None:
    table = "learner,exercise,points,reason\ncy,ex3,3,handed in on paper\n"
    (folder / "class/overrides.csv").write_text(table)
    words = ("export", "moodle", "class", "--fill", "grades.csv", "--out-of", "100")
    told = said(called(folder, *words, "--into", "x.csv"))
    assert f"{500 / MOST:.4g} points are over the maximum of {MOST:g}" in told
    assert "0 grades filled in" in told and f"--out-of {MOST:g}" in told
    assert (folder / "x.csv").read_bytes() == WORKSHEET.encode()
    done = called(folder, "export", "json", "class")
    by_hand = {each["learner"]: each for each in json.loads(done.stdout)}
    assert by_hand["cy"]["points"] == 3 and by_hand["cy"]["note"].startswith("set by hand")
    assert by_hand["ana"]["points"] == 5


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("moodle class --fill none.csv", "none.csv can't be read"),
        ("moodle none --fill grades.csv", "There is no folder none"),
        ("moodle class ex4 --fill grades.csv", "has no submission of ex4"),
        ("moodle class --fill class/manifest.csv", "Participant 123"),
        ("canvas class --fill grades.csv", "it is no gradebook of Canvas"),
        ("brightspace class --fill grades.csv", "OrgDefinedId"),
        ("moodle class --fill grades.csv --late much", "is no rule for late work"),
        ("canvas-feedback class", "No submission of this class came from there"),
        ("csv class --due 2026-11-02T18:00", "--due alone changes no grade"),
    ],
)
def test_what_can_not_be_done_is_one_sentence(folder: Path, words: str, sentence: str) -> None:
    before = sorted(path.name for path in folder.iterdir())
    done = called(folder, "export", *words.split())
    assert sentence in complaint(done)
    assert sorted(path.name for path in folder.iterdir()) == before


def test_the_gradebook_and_the_feedback_have_the_points_that_an_export_has(folder: Path) -> None:
    here = ClassFolder.open(folder / "class")
    (more,) = [each for each in here.entries() if each.learner == "eve"]
    here.keep_entries([*here.entries(), replace(more, exercise="ex1_predictions", file="f.py")])
    table = "learner,exercise,points,reason\ncy,ex3,3,on paper\nana,ex1,2,aloud\n"
    (folder / "class/overrides.csv").write_text(table)
    done = called(folder, "class", "report", "class", "--late", "10%/day")
    assert done.returncode == 0, done.stderr
    report = folder / "class/report"
    book = (report / "gradebook.csv").read_text("utf-8-sig")
    rows = {row["learner"]: row for row in csv.DictReader(io.StringIO(book))}
    lost = MOST / 10
    assert [rows[who]["ex3"] for who in ("ana", "bo", "cy")] == ["5", f"{5 - lost:g}", "3"]
    assert rows["ana"]["ex1"] == "2", "it was not handed in"
    assert rows["bo"]["notes"].startswith(f"ex3: 5 − {lost:g} for late work")
    pages = {path.parent.name: path.read_text() for path in report.glob("feedback/*/*.md")}
    (late,) = [name for name, text in pages.items() if "for late work" in text]
    assert "Your grade:" in pages[late] and "Your grade:" not in pages["ana"]


def test_who_handed_in_nothing_may_be_excused(folder: Path) -> None:
    """That is whom a teacher excuses: the roster knows them."""
    (folder / "class/roster.csv").write_text("name,email\nDee,dee@x.org\n")
    table = "learner,exercise,points,reason\nDee,ex3,excused,ill\n"
    (folder / "class/overrides.csv").write_text(table)
    found = {e["name"]: e for e in json.loads(called(folder, "export", "json", "class").stdout)}
    assert found["Dee"]["excused"] and found["Dee"]["ids"] == {"email": "dee@x.org"}
    assert called(folder, "class", "report", "class", "--no-feedback").returncode == 0
    book = (folder / "class/report/gradebook.csv").read_text("utf-8-sig")
    (dee,) = [row for row in csv.DictReader(io.StringIO(book)) if row["learner"] == "Dee"]
    assert (dee["ex3"], dee["of"], dee["notes"]) == ("excused", "0", "ex3: excused: ill")
    assert dee["email"] == "dee@x.org"


def test_a_worksheet_is_of_one_assignment(folder: Path) -> None:
    here = ClassFolder.open(folder / "class")
    ana = here.entries()[0]
    more = replace(ana, exercise="ex1_predictions", ids={"moodle": "777"})
    here.keep_entries([*here.entries(), more])
    words = ("export", "moodle", "class", "--fill", "grades.csv")
    assert "come from several Moodle assignments" in complaint(called(folder, *words))
    assert "2 filled in" in said(called(folder, *words[:3], "ex3", *words[3:]))


def test_checks_that_have_changed_and_rules_without_effect_are_said(folder: Path) -> None:
    here = ClassFolder.open(folder / "class")
    entries = [replace(each, late=False, submitted=None) for each in here.entries()]
    here.keep_entries(entries)
    old = replace(report(5), course_hash="of another edition")
    with Journal.open(here.root, writing=True) as journal:
        journal.keep(mark_of("k" * 64, EX3.stem, "0" * 64, old), entries[:1])
    done = called(folder, "export", "csv", "class", "--late", "10%/day")
    assert len(list(csv.DictReader(io.StringIO(done.stdout)))) == 4
    assert "The checks of ex3 have changed since files were graded" in done.stderr
    assert "grade class run class" in done.stderr and "Nobody is late" in done.stderr
    told = said(called(folder, "class", "report", "class", "--late", "10%/day"))
    assert "The checks of ex3 have changed" in told and "Nobody is late" in told
    page = (folder / "class/report/class.html").read_text("utf-8")
    assert "The checks of ex3 have changed" in page


def test_what_is_written_in_the_class_need_not_be_typed(folder: Path) -> None:
    due = {"ex3": NOW - timedelta(hours=30), "ex1": NOW + timedelta(days=9)}
    settings = Settings(seed=7, late="10%/day", due=due)
    ClassFolder.open(folder / "class").keep_settings(settings)
    lost = {"2": 5 - MOST / 10 * 2, "1": 5 - MOST / 10}

    def points(*words: str) -> dict[str, str]:
        table = called(folder, "export", "csv", "class", *words).stdout.removeprefix("\ufeff")
        return {row["learner"]: row["points"] for row in csv.DictReader(io.StringIO(table))}

    assert points()["ana"] == f"{lost['2']:g}" and points()["bo"] == f"{lost['1']:g}"
    assert points("--late", "20%/day")["bo"] == f"{lost['2']:g}", "what is typed counts"
    typed = (NOW + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M%z")
    assert points("--due", typed)["ana"] == "5"
    assert called(folder, "class", "report", "class").returncode == 0
    book = (folder / "class/report/gradebook.csv").read_text("utf-8-sig")
    rows = {row["learner"]: row for row in csv.DictReader(io.StringIO(book))}
    assert rows["ana"]["ex3"] == f"{lost['2']:g}" and rows["ana"]["ex3 late"] == "yes"
    (folder / "class/class.toml").write_text('seed = "7"\nlate = "10 a day"\n')
    assert "'10 a day' is no rule for late work" in complaint(
        called(folder, "export", "csv", "class")
    )
    assert ClassFolder.open(folder / "class").settings().late == "10 a day"


def test_a_deadline_says_who_was_late(folder: Path) -> None:
    words = ("class", "report", "class", "--due", "2026-11-02T17:00+00:00")
    assert called(folder, *words).returncode == 0
    book = (folder / "class/report/gradebook.csv").read_text("utf-8-sig")
    late = {row["learner"]: row["ex3 late"] for row in csv.DictReader(io.StringIO(book))}
    assert late == {"ana": "yes", "bo": "yes", "cy": "", "eve": ""}
    assert "You handed this in late." in (
        folder / "class/report/feedback/ana/ex3_flatten.md"
    ).read_text("utf-8")


def test_a_course_that_has_moved_is_named_once(folder: Path) -> None:
    here = ClassFolder.open(folder / "class")
    here.keep_settings(Settings(seed=7, course=str(folder / "gone")))
    for words in (("class", "report", "class"), ("export", "csv", "class")):
        gone = complaint(called(folder, *words))
        assert f"{folder}/gone, and that folder is gone." in gone
        assert gone.endswith("If it has moved, name it: --course DIR")
    words = ("class", "report", "class", "--course", str(EX3.root))
    assert called(folder, *words).returncode == 0
    assert called(folder, "class", "report", "class").returncode == 0
    settings = here.settings()
    assert settings is not None and settings.course == str(EX3.root.resolve())


def test_other_formats(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(called(folder, "export", "csv", "class").stdout)))
    assert len(rows) == 4
    assert called(folder, "export", "junit", "class").stdout.count("<testsuite ") == 4
    assert "| Cy | not graded |" in called(folder, "export", "summary", "class").stdout
    done = called(folder, "export", "moodle-feedback", "class")
    assert "2 pages" in said(done) and "Left out, as they did not come from there: Eve" in said(
        done
    )
    assert (folder / "moodle-feedback.zip").is_file()
