"""Checks run again and again: each run draws anew, and its seed brings it back."""

from pathlib import Path

import pytest

import grader
from grader.course import Course
from grader.engine.repeat import repeat
from grader.report import CheckResult, Verdict

pytestmark = pytest.mark.thorough


def test_each_run_draws_anew_and_can_be_brought_back(server: grader.Server, course: Course) -> None:
    exercise = course.exercise("ex1")
    wrong = next(m.path for m in exercise.misconceptions if m.name == "argmax_no_axis")
    came: list[tuple[int, CheckResult]] = []
    names = ["softmax_values", "labels_argmax"]
    repeat(exercise, wrong, 7, server=server, checks=names, seed=2**64 - 3,
           on_result=lambda seed, result: came.append((seed, result)))  # fmt: skip
    seeds = [2**64 - 3, 2**64 - 2, 2**64 - 1, 0, 1, 2, 3]
    for name, verdict in zip(names, (Verdict.PASSED, Verdict.FAILED), strict=True):
        mine = [(seed, result) for seed, result in came if result.name == name]
        assert sorted(seed for seed, _ in mine) == sorted(seeds)
        assert {result.verdict for _, result in mine} == {verdict}
    seed, result = came[-1]
    drawn = [str(r.details) for _, r in came if r.name == "labels_argmax"]
    assert len(set(drawn)) == 7
    report = grader.grade(exercise, wrong, seed=seed, checks=[result.name], server=server)
    assert report.checks[0].details == result.details


def test_a_check_whose_process_ends_goes_on_with_the_next_seed(
    server: grader.Server, course: Course, tmp_path: Path
) -> None:
    exercise = course.exercise("ex1")
    path = tmp_path / "ex1_predictions.py"
    text = exercise.solution.read_text("utf-8")
    old = "    return np.argmax(probabilities, axis=1)\n"
    new = "    import os\n    os._exit(3) if len(probabilities) % 2 else 0\n" + old
    path.write_text(text.replace(old, new), "utf-8")
    came: list[CheckResult] = []
    repeat(exercise, path, 3, server=server, checks=["labels_argmax", "softmax_values"],
           on_result=lambda seed, result: came.append(result))  # fmt: skip
    ended = [r.verdict for r in came if r.name == "labels_argmax"]
    assert ended == [Verdict.ERROR] * 3
    assert [r.verdict for r in came if r.name == "softmax_values"] == [Verdict.PASSED] * 3
