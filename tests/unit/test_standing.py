"""What a report is worth, alone and among others, and what changed since the last run."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from grader.course import Course
from grader.render import summary, terminal
from grader.report import LOAD, CheckResult, Protection, Report, Verdict

FULL = Protection("full")
ROOT = Path(__file__).resolve().parent.parent / "courses/small"
SMALL = Course.open(ROOT).exercises


def check(name: str, verdict: Verdict, most: float = 2, *, bonus: bool = False) -> CheckResult:
    points = most if verdict is Verdict.PASSED else 0
    return CheckResult(name, name.title(), verdict, points, most, bonus=bonus)


def report(*checks: CheckResult, protection: Protection = FULL) -> Report:
    return Report("ex1_a", "A", "a.py", 1, checks, protection, {}, 1.0)


def shown(part: RenderableType) -> str:
    console = Console(width=100)
    with console.capture() as captured:
        console.print(part)
    return captured.get()


PASS, FAIL = check("a", Verdict.PASSED), check("b", Verdict.FAILED)
TIME, BONUS = check("c", Verdict.TIMEOUT), check("d", Verdict.PASSED, 1, bonus=True)


@pytest.mark.parametrize(
    ("missing", "level"),
    [
        ((), "full"),
        (("landlock",), "partial"),
        (("seccomp",), "partial"),
        (("network", "scratch"), "partial"),
        (("landlock", "seccomp"), "none"),
        (("landlock", "network", "seccomp"), "none"),
    ],
)
def test_levels_of_protection(missing: tuple[str, ...], level: str) -> None:
    assert Protection.from_missing(set(missing)) == Protection(level, missing)


@pytest.mark.parametrize("level", ["partial", "none"])
def test_a_pass_that_is_not_verified(level: str) -> None:
    assert report(PASS).verified
    found = report(PASS, protection=Protection(level, ("seccomp",)))
    assert found.passed and not found.verified
    assert not report(FAIL).verified


def test_points_and_bonus() -> None:
    found = report(PASS, FAIL, BONUS)
    assert (found.score, found.max_score, found.bonus) == (3, 4, 1)
    assert not found.passed
    assert report(PASS, check("d", Verdict.FAILED, 1, bonus=True)).passed
    assert not report(BONUS).passed and not report().passed


def test_what_changed_since_the_last_run() -> None:
    last = {"a": "failed", "b": "passed", "c": "passed", "elsewhere": "failed"}
    assert terminal.changes(report(PASS, FAIL, TIME, BONUS), last) == (1, 2)
    assert terminal.changes(report(PASS, FAIL), {"a": "passed", "b": "timeout"}) == (0, 0)
    text = shown(terminal.score(report(PASS, FAIL), {"a": "failed", "b": "passed"}))
    assert "since your last run: 1 fixed, 1 newly broken" in text


@pytest.mark.parametrize(
    ("best", "said"),
    [(1.0, "your best so far"), (4.0, "your best: 4 of 4"), (2.0, ""), (None, "")],
)
def test_the_best_of_all_runs(best: float | None, said: str) -> None:
    text = shown(terminal.score(report(PASS, FAIL), {"a": "passed"}, best))
    assert ("your best" in text) is bool(said) and said in text


def test_a_row_of_an_exercise() -> None:
    failed_to_load = check(LOAD, Verdict.ERROR, 0)
    text = shown(summary.row(SMALL[0], report(failed_to_load, check("a", Verdict.BLOCKED))))
    assert "0/1" in text and "0/2" in text and text.strip().startswith("✗ ex1")
    assert shown(summary.row(SMALL[0], report(PASS))).strip().startswith("✓ ex1")


@pytest.mark.parametrize(
    ("checks", "word"),
    [
        ((PASS,), "passed"),
        ((PASS, FAIL), "not yet"),
        ((PASS, check("b", Verdict.TODO)), "begun"),
        ((check("b", Verdict.TODO),), "to do"),
        ((PASS, check("b", Verdict.ACCIDENT)), "not graded"),
    ],
)
def test_how_far_a_submission_is(checks: tuple[CheckResult, ...], word: str) -> None:
    found = report(*checks, protection=Protection("partial", ("seccomp",)))
    assert summary.verdict(found) == word


def test_all_exercises() -> None:
    weak = report(PASS, protection=Protection("partial", ("seccomp",)))
    assert "verified" in shown(summary.total(SMALL, [report(PASS)] * len(SMALL), 1.0))
    mixed = [weak, *[report(PASS)] * (len(SMALL) - 1)]
    assert "verified" not in shown(summary.total(SMALL, mixed, 1.0))
    both = shown(summary.total([*SMALL, *SMALL], [weak, report(PASS)], 1.0))
    assert "verified" not in both
    most = sum(c.points for e in SMALL for c in e.checks if not c.bonus)
    text = shown(summary.total(SMALL, [report(FAIL)], 2.0))
    assert text.strip() == f"0 of {len(SMALL)} exercises · 0 of {most:g} points · 2.0 s"


def test_a_bonus_is_more_than_all_points(tmp_path: Path) -> None:
    shutil.copytree(ROOT, tmp_path / "course")
    checks = tmp_path / "course/solutions/ex1_shares/checks.py"
    with_bonus = checks.read_text("utf-8").replace("@pytest.mark.points(1)", "@pytest.mark.bonus")
    assert "@pytest.mark.bonus" in with_bonus
    checks.write_text(with_bonus, "utf-8")
    exercises = Course.open(tmp_path / "course").exercises
    points = [(c.points, c.bonus) for exercise in exercises for c in exercise.checks]
    most, bonus = (sum(p for p, extra in points if extra is each) for each in (False, True))
    assert bonus > 0
    text = shown(summary.total(exercises, [report(PASS, BONUS)], 2.0))
    assert f" · 3 of {most:g} points · " in text


# craft


def craft(verdict: Verdict) -> CheckResult:
    """A check that is not about the exercise's question."""
    return replace(check("tidy", verdict, 1), craft=True)


def test_a_lesson_is_done_when_only_craft_is_left() -> None:
    line = "The lesson itself is done. What is left is craft: writing good programs."
    for found, done in (
        (report(PASS, craft(Verdict.FAILED)), True),
        (report(PASS, BONUS, craft(Verdict.BLOCKED)), True),
        (report(PASS, craft(Verdict.PASSED)), False),  # all is done
        (report(PASS, FAIL, craft(Verdict.FAILED)), False),
        (report(FAIL, craft(Verdict.PASSED)), False),
        (report(craft(Verdict.PASSED), craft(Verdict.FAILED)), False),  # no lesson at all
    ):
        assert found.learned is done
        assert (line in shown(terminal.score(found))) is done
    assert "craft 0/1" in shown(terminal.row(craft(Verdict.FAILED)))
