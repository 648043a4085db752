"""Many submissions: by threads and by processes, and what becomes of accidents."""

import os
import shutil
import tempfile
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from grader.course import Course
from grader.engine.grading import not_graded
from grader.engine.options import Options
from grader.engine.pool import Start, grade_many, in_order, processes, run
from grader.errors import CourseError, GradingError
from grader.report import Report, Verdict
from grader.submission import Submission, digest_of

SMALL = Path(__file__).parent / "courses" / "small"
STEM = "ex1_shares"

NOT_AT_FIRST = '''

from pathlib import Path

RUNS = Path(__file__).with_name("runs.txt")


def test_not_at_first(learner):
    """Two runs of this check fail through nobody's fault"""
    with RUNS.open("a") as file:
        file.write("x")
    learner.shares
    if len(RUNS.read_text()) <= 2:
        raise OSError("the disk is full")
'''


def plain(report: Report) -> Report:
    """What does not depend on the clock."""
    checks = tuple(replace(check, seconds=0) for check in report.checks)
    return replace(report, seconds=0, time=None, checks=checks)


# any jobs

SQUARES = [partial(pow, n, 2) for n in range(7)]


def test_jobs_in_processes() -> None:
    steps: list[tuple[int, int]] = []
    found = in_order(SQUARES, lambda *step: steps.append(step), workers=3, start=processes)
    assert list(found) == [n * n for n in range(7)]
    assert steps == [(n, 7) for n in range(8)]


def test_what_a_job_raises_in_a_process_is_raised() -> None:
    jobs = [partial(pow, 2, 2), partial(int, "x"), partial(pow, 3, 2)]
    results = in_order(jobs, start=processes)
    assert next(results) == 4
    with pytest.raises(ValueError, match="invalid literal"):
        next(results)


def test_a_job_that_ends_its_process_takes_no_other_with_it() -> None:
    jobs = [*SQUARES[:3], partial(os._exit, 3), *SQUARES[3:]]
    ended = dict(run(jobs, start=processes))
    assert isinstance(ended.pop(3).exception(), BrokenExecutor)
    assert sorted(future.result() for future in ended.values()) == [n * n for n in range(7)]


DIES_ONCE = """
import os, pathlib
if not pathlib.Path({flag!r}).exists():
    pathlib.Path({flag!r}).touch()
    os._exit(3)
"""


def test_a_job_whose_process_was_killed_is_run_once_more(tmp_path: Path) -> None:
    code = DIES_ONCE.format(flag=str(tmp_path / "flag"))
    ended = dict(run([partial(exec, code, {}), *SQUARES], start=processes))
    assert ended.pop(0).exception() is None and (tmp_path / "flag").exists()
    assert sorted(future.result() for future in ended.values()) == [n * n for n in range(7)]


# submissions


@pytest.fixture
def submissions(tmp_path: Path) -> list[Submission]:
    """Of four learners: right, wrong, no file, an exercise that there is none of."""
    exercise = Course.open(SMALL).exercise(STEM)
    wrong = exercise.misconceptions[0].path
    return [
        Submission(STEM, exercise.solution, "ada", digest_of(exercise.solution.read_bytes())),
        Submission(STEM, wrong, "bob"),
        Submission(STEM, tmp_path / "nothing.py", "eve"),
        Submission("ex9_none", wrong, "max"),
    ]


@pytest.mark.parametrize("start", [ThreadPoolExecutor, processes])
def test_a_class(
    submissions: list[Submission],
    start: Start,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    options = Options(seed=5)
    many = grade_many([*submissions, *submissions[:2]], SMALL, options, workers=3, start=start)
    results: dict[str, list] = {}
    for submission, result in many:
        results.setdefault(submission.learner, []).append(result)
    assert set(results) == {"ada", "bob", "eve", "max"}
    first, second = map(plain, results["ada"])
    assert first == second and first.passed and first.seed == 5
    assert first.digest == submissions[0].digest
    assert not results["bob"][0].passed
    (no_file,), (no_exercise,) = results["eve"], results["max"]
    assert isinstance(no_file, GradingError) and "nothing.py can't be read" in str(no_file)
    assert isinstance(no_exercise, CourseError) and "ex9_none" in str(no_exercise)
    assert not list(scratch.glob("grade-*"))


def test_after_an_accident_it_is_graded_once_more(tmp_path: Path) -> None:
    course = tmp_path / "course"
    shutil.copytree(SMALL, course)
    exercise = Course.open(course).exercise(STEM)
    with exercise.checks_file.open("a") as file:
        file.write(NOT_AT_FIRST)
    submission = Submission(STEM, exercise.solution)
    ((_, report),) = grade_many([submission], course, Options(checks=["not_at_first"]))
    assert isinstance(report, Report) and report.passed
    runs = exercise.folder / "runs.txt"
    assert runs.read_text() == "xxx"
    runs.write_text("-" * -100)
    exercise.checks_file.write_text(exercise.checks_file.read_text().replace("<= 2", "<= 99"))
    ((_, report),) = grade_many([submission], course, Options(checks=["not_at_first"]))
    assert isinstance(report, Report) and not report.graded
    assert report.checks[0].verdict is Verdict.ACCIDENT
    assert runs.read_text() == "xxxx"  # the file and the solution, twice


def test_the_report_of_what_could_not_be_graded() -> None:
    exercise = Course.open(SMALL).exercise(STEM)
    submission = Submission(STEM, exercise.solution, digest="d")
    report = not_graded(exercise, submission, Options(seed=3), "A process was killed.")
    assert (report.graded, report.score, report.digest, report.seed) == (False, 0, "d", 3)
    first, *rest = report.checks
    assert first.verdict is Verdict.ACCIDENT and "A process was killed." in first.message
    assert {check.verdict for check in rest} == {Verdict.BLOCKED}
