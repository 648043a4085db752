"""Progress: one file, all or nothing, never needed."""

import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from grader.course import Course
from grader.progress import SCHEMAS
from grader.report import CheckResult, Protection, Report, Verdict
from grader.workspace import Workspace, WorkspaceError


@pytest.fixture
def workspace(tmp_path: Path, course: Course) -> Workspace:
    (tmp_path / "exercises" / "deep").mkdir(parents=True)
    (tmp_path / "exercises" / "ex1_predictions.py").write_text("")
    return Workspace(tmp_path)


def report(course: Course, verdict: Verdict) -> Report:
    exercise = course.exercise("ex1")
    check = CheckResult(
        "labels_argmax", "title", verdict, 2 if verdict is Verdict.PASSED else 0, 2,
        concept="argmax", seconds=0.25,
    )  # fmt: skip
    return Report(
        exercise.stem, exercise.title, "exercises/ex1_predictions.py", 0xABC, (check,),
        Protection("full"), {"grader": "0.1.0"}, 1.5, exercise.hash,
    )  # fmt: skip


def test_found_from_any_folder_below(workspace: Workspace, course: Course) -> None:
    found = Workspace.find(course, workspace.root / "exercises" / "deep")
    assert found == workspace
    assert found.submission(course.exercise("ex1")).name == "ex1_predictions.py"


def test_no_workspace_above(tmp_path: Path, course: Course) -> None:
    assert Workspace.find(course, tmp_path) is None


def test_keeps_every_grading(workspace: Workspace, course: Course) -> None:
    exercise = course.exercise("ex1")
    assert workspace.progress.last(exercise) is None
    workspace.progress.save(report(course, Verdict.FAILED))
    workspace.progress.save(report(course, Verdict.PASSED))
    assert workspace.progress.last(exercise) == {"labels_argmax": "passed"}
    with sqlite3.connect(workspace.store.path) as connection:
        rows = connection.execute(
            "SELECT exercise, seed, score, max_score, passed, protection, course_hash FROM grading"
        ).fetchall()
        checks = connection.execute("SELECT verdict, points, concept FROM check_result").fetchall()
    same = ("full", exercise.hash)
    assert rows == [
        ("ex1_predictions", "0000000000000abc", 0, 2, 0, *same),
        ("ex1_predictions", "0000000000000abc", 2, 2, 1, *same),
    ]
    assert checks == [("failed", 0, "argmax"), ("passed", 2, "argmax")]


def test_half_points_are_kept(workspace: Workspace, course: Course) -> None:
    graded = report(course, Verdict.FAILED)
    workspace.progress.save(replace(graded, checks=(replace(graded.checks[0], points=1.5),)))
    workspace.progress.save(graded)
    standing = workspace.progress.standings()["ex1_predictions"]
    assert (standing.best, standing.max_score, standing.passed) == (1.5, 2, False)


def test_another_edition_of_the_checks_is_not_compared(
    workspace: Workspace, course: Course
) -> None:
    workspace.progress.save(report(course, Verdict.PASSED))
    with sqlite3.connect(workspace.store.path) as connection:
        connection.execute("UPDATE grading SET course_hash = 'older'")
    assert workspace.progress.last(course.exercise("ex1")) is None


def test_a_newer_schema_is_left_alone(workspace: Workspace, course: Course) -> None:
    workspace.progress.save(report(course, Verdict.PASSED))
    with sqlite3.connect(workspace.store.path) as connection:
        connection.execute(f"PRAGMA user_version = {len(SCHEMAS) + 1}")
    before = workspace.store.path.read_bytes()
    with pytest.raises(WorkspaceError, match="Upgrade grade"):
        workspace.progress.save(report(course, Verdict.PASSED))
    assert workspace.store.path.read_bytes() == before


def test_what_is_no_database_is_left_alone(workspace: Workspace, course: Course) -> None:
    workspace.store.path.parent.mkdir()
    workspace.store.path.write_bytes(b"not a database, but somebody's file" * 100)
    before = workspace.store.path.read_bytes()
    with pytest.raises(WorkspaceError, match="can't be used"):
        workspace.progress.save(report(course, Verdict.PASSED))
    assert workspace.store.path.read_bytes() == before


def test_a_folder_that_can_not_be_written(workspace: Workspace, course: Course) -> None:
    (workspace.root / ".grade").write_text("a file where the folder should be")
    with pytest.raises(WorkspaceError, match="can't be used"):
        workspace.progress.save(report(course, Verdict.PASSED))


def test_two_graders_at_once_lose_nothing(workspace: Workspace) -> None:
    code = """
import sys; sys.path.insert(0, sys.argv[2])
from pathlib import Path
from test_workspace import report
from grader.course import Course
from grader.report import Verdict
from grader.workspace import Workspace
course = Course.open()
for _ in range(20):
    Workspace(Path(sys.argv[1])).progress.save(report(course, Verdict.PASSED))
"""
    command = [sys.executable, "-c", code, str(workspace.root), os.fspath(Path(__file__).parent)]
    processes = [subprocess.Popen(command) for _ in range(2)]
    assert [p.wait() for p in processes] == [0, 0]
    with sqlite3.connect(workspace.store.path) as connection:
        assert connection.execute("SELECT COUNT(*) FROM grading").fetchone() == (40,)
