"""A report: what it is worth, and that it can be read back."""

import json
import pickle
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.checks import describe
from grader.checks.expect import Failure, allclose, array_equal, equal, number
from grader.course import Check, Course
from grader.engine.results import check_result, result_of
from grader.render.json import dumps
from grader.report import LOAD, CheckResult, Protection, Report, Verdict


def details_of(state: Any, *arguments: Any, **options: Any) -> dict[str, Any]:
    """What an expectation that does not hold says beside its message."""
    with pytest.raises(Failure) as raised:
        state(*arguments, **options)
    return raised.value.details


GARMENT = describe.Garment(np.full((28, 28), 7, np.uint8), 3, np.linspace(0, 1, 10))
LINES = [{"number": 3, "text": "    return é", "current": True}]
DETAILS = [
    {},
    details_of(array_equal, np.arange(6).reshape(2, 3), np.ones((2, 3)), given={"x": [1, 2]}),
    details_of(allclose, np.array([np.nan, np.inf, 1]), np.zeros(3)),
    details_of(number, None, 0.5),
    details_of(equal, ("a", None), {"b": 1.5}, given={"image": GARMENT, "": np.empty((0, 2))}),
    {"exception": {"type": "ValueError", "message": "\x1b[31mno"}, "lines": LINES},
    {"printed": "loss\n" * 3, "losses": [1.0, None, 0.25], "trouble": "Traceback"},
    {"calls": {"cut": False, "frames": ["AAAA"]}},
]
POINTS = st.integers(0, 6).map(lambda n: n / 2 if n % 2 else n // 2)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
YEARS = datetime(1970, 1, 1), datetime(8999, 12, 31)
TIMES = st.none() | st.datetimes(*YEARS, timezones=st.just(UTC)).map(
    lambda t: t.replace(microsecond=0)
)

checks = st.builds(
    Check,
    name=WORDS,
    title=WORDS,
    points=POINTS,
    hints=st.lists(WORDS, max_size=2).map(tuple),
    needs=st.just(()),
    concept=st.none() | WORDS,
    timeout=st.just(10.0),
    tensorflow=st.booleans(),
    bonus=st.booleans(),
    source=st.none() | WORDS,
)
results = st.builds(
    check_result,
    check=checks,
    verdict=st.sampled_from(Verdict),
    message=WORDS,
    details=st.sampled_from(DETAILS),
    seconds=st.floats(0, 1e4),
)
with_parts = st.builds(
    lambda check, verdict, holds: check_result(check, verdict, details={"parts": holds}),
    st.just(Check("p", "P", 3, (), (), None, 10.0, False, parts=(("one", 1), ("two", 2)))),
    st.sampled_from([Verdict.PASSED, Verdict.FAILED]),
    st.sampled_from([{}, {"one": True}, {"one": True, "two": False}]),
)
loads = st.builds(
    CheckResult,
    name=st.just(LOAD),
    title=WORDS,
    verdict=st.sampled_from([Verdict.ERROR, Verdict.ACCIDENT, Verdict.TIMEOUT]),
    points=st.just(0),
    max_points=st.just(0),
    message=WORDS,
    misconception=st.none() | WORDS,
)
reports = st.builds(
    Report,
    exercise=WORDS,
    title=WORDS,
    submission=WORDS,
    seed=st.integers(0, 2**64 - 1),
    checks=st.lists(results | with_parts | loads, max_size=4).map(tuple),
    protection=st.sets(st.sampled_from(["landlock", "seccomp", "limits"])).map(
        Protection.from_missing
    ),
    versions=st.fixed_dictionaries({"grader": st.just("1"), "tensorflow": st.none() | WORDS}),
    seconds=st.floats(0, 1e6),
    course_hash=WORDS,
    digest=WORDS,
    time=TIMES,
    submitted=TIMES,
)


@given(reports)
def test_a_report_can_be_read_back(report: Report) -> None:
    data = report.to_dict()
    assert Report.from_dict(data) == report
    assert Report.from_dict(json.loads(dumps(data))) == report
    assert pickle.loads(pickle.dumps(report)) == report
    assert Report.from_dict(data).to_dict() == data
    assert data["verified"] is (data["passed"] and data["protection"]["level"] == "full")


@given(reports)
def test_the_score_is_what_passed_and_parts_that_hold(report: Report) -> None:
    worth = 0.0
    for check in report.checks:
        if check.verdict is Verdict.PASSED:
            worth += check.max_points
            assert check.points == check.max_points
        else:
            worth += sum(part["points"] for part in check.details.get("parts", []))
    assert report.score == worth


@pytest.mark.parametrize("verdict", [v for v in Verdict if v is not Verdict.PASSED])
def test_what_does_not_pass_earns_nothing(verdict: Verdict) -> None:
    check = Check("a", "A", 2.5, (), (), None, 10.0, False)
    assert check_result(check, verdict).points == 0
    told = {"verdict": verdict.value, "seconds": 1.0, "name": "a", "points": 2.5}
    assert result_of(check, told).points == 0
    assert check_result(check, Verdict.PASSED).points == 2.5


def report_with(*results: CheckResult, level: str = "full") -> Report:
    return Report("ex1_a", "A", "a.py", 1, results, Protection(level), {}, 1.0)


def result(verdict: str, points: float = 0, bonus: bool = False) -> CheckResult:
    return CheckResult("a", "A", Verdict(verdict), points, 2, bonus=bonus)


def test_what_a_pass_is() -> None:
    right, wrong = result("passed", 2), result("failed")
    assert report_with(right).passed and report_with(right).verified
    assert not report_with(right, level="partial").verified
    assert not report_with(right, wrong).passed and not report_with().passed
    assert report_with(right, result("failed", bonus=True)).passed
    assert not report_with(right, result("accident")).graded
    assert not report_with(right, result("accident", bonus=True)).passed


def test_what_only_the_author_may_see_is_in_no_data() -> None:
    check = Check("a", "A", 1, (), (), None, 10.0, False)
    seen = check_result(check, Verdict.FAILED, details={"trouble": "solutions/x.py:3"})
    assert seen.trouble == "solutions/x.py:3" and "x.py" not in str(seen.to_dict())


def test_a_detail_that_nobody_has_declared() -> None:
    with pytest.raises(ValueError, match="details that no report has: secret"):
        CheckResult("a", "A", Verdict.FAILED, 0, 1, details={"secret": 1})  # type: ignore[typeddict-unknown-key]


@pytest.mark.parametrize(
    "change",
    [{"schema": 1}, {"schema": None}, {"checks": [{"verdict": "good"}]}, {"seed": "x"},
     {"protection": None}, {"protection": []}, {"time": "yesterday"}, {"checks": [5]},
     {"checks": [{"name": "a", "title": "A", "verdict": "passed", "points": 1, "max_points": 1,
                  "details": []}]}],
)  # fmt: skip
def test_what_is_no_report(change: dict[str, Any]) -> None:
    data = report_with(result("passed", 2)).to_dict()
    with pytest.raises(ValueError, match="Grade the file again"):
        Report.from_dict(data | change)
    with pytest.raises(ValueError, match="Grade the file again"):
        Report.from_dict([data])  # type: ignore[arg-type]


def test_times_are_in_utc() -> None:
    time = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    data = Report("e", "E", "e.py", 1, (), Protection("full"), {}, 1.0, time=time).to_dict()
    assert (data["time"], data["submitted"]) == ("2026-01-02T03:04:05+00:00", None)


def test_a_misconception_is_recognized_by_its_whole_sentence(course: Course) -> None:
    exercise = course.exercise("ex1")
    sayings: dict[tuple[str, str], list[str]] = {}
    for each in exercise.misconceptions:
        for text in each.says:
            sayings.setdefault((each.fails, text), []).append(each.name)
    (check, text), names = next((k, v) for k, v in sayings.items() if len(v) == 1)
    assert exercise.recognized(check, text) == names[0]
    assert exercise.recognized(check, f"{text} And more.") is None
    assert exercise.recognized("another_check", text) is None
    assert exercise.recognized(check, "The values differ.") is None
