"""grade class report and similar, from the command line: a class in, all files out."""

import csv
from pathlib import Path

import pytest

from grader.course import Course
from grader.quiz import handin
from support import QUIZZES, made_class, made_report, run, said

pytestmark = pytest.mark.thorough


def test_a_class_becomes_a_report(tmp_path: Path) -> None:
    course = Course.open(QUIZZES)
    (ex1, *_) = course.exercises
    given = [("Zoë", ex1.stem, "z = 1", made_report(ex1)), ("王芳", ex1.stem, "w = 1", None)]
    made_class(tmp_path / "autumn", course, given)
    answers = handin.HandIn(ex1.stem, handin.edition(ex1), {})
    (tmp_path / "in/Zoë").mkdir(parents=True)
    (tmp_path / f"in/Zoë/{ex1.stem}{handin.ENDING}").write_bytes(handin.written(answers))
    assert "1 new" in said(run(tmp_path, "class", "import", "in", "--into", "autumn"))
    (tmp_path / "autumn/roster.csv").write_text("name\nAda\n", "utf-8")
    for _ in range(2):
        done = run(tmp_path, "class", "report", "autumn")
        assert "1 submission is not graded" in said(done)
    report = tmp_path / "autumn/report"
    assert sorted(path.name for path in report.iterdir()) == [
        "answers.csv", "checks.csv", "class.html", "feedback", "gradebook.csv", "questions.csv",
        "results.csv",
    ]  # fmt: skip
    rows = list(csv.reader((report / "gradebook.csv").open(encoding="utf-8-sig", newline="")))
    points = {row[1]: row[2] for row in rows[1:]}
    assert points == {"Zoë": f"{made_report(ex1).score:g}", "王芳": "not graded", "Ada": ""}
    assert len(list((report / "feedback").rglob("*.md"))) == 1
    assert "Quizzes" in (report / "class.html").read_text("utf-8")
    words = said(run(tmp_path, "class", "similar", "autumn", "--into", "similar"))
    assert "2 files" in words
    assert len(list((tmp_path / "similar").rglob("submissions/*/*.py"))) == 2
