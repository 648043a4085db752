"""Which check comes next: needs, chains, checkers that own a fixture, one that is wanted first."""

import threading

import pytest

from grader.course import Check, Course
from grader.engine.checking import Checking
from grader.engine.client import Checker
from grader.engine.draft import Draft
from grader.engine.options import Options
from grader.engine.precheck import Code, precheck
from grader.engine.results import job
from grader.engine.schedule import Schedule
from grader.engine.server import Server
from grader.submission import Submission


def check(
    name: str, *needs: str, timeout: float = 10.0, tensorflow: bool = False
) -> tuple[str, Check]:
    return name, Check(name, name.title(), 1, (), needs, None, timeout, tensorflow)


class Blocked(dict[str, list[str]]):
    """Which checks were given up, and for which of their needs."""

    def __call__(self, check: Check, needs: list[Check]) -> None:
        self[check.name] = [need.name for need in needs]


def order(schedule: Schedule, loaded: bool = True) -> list[str]:
    """All checks as one checker gets them, each of which passes."""
    found = []
    while (each := schedule.next(0, {}, loaded)) is not None:
        found.append(each.name)
        schedule.done(each.name, passed=True)
    return found


def test_each_once_in_the_order_of_the_course() -> None:
    schedule = Schedule(dict([check("a"), check("b"), check("c")]), Blocked())
    assert schedule.open
    assert order(schedule) == ["a", "b", "c"]
    assert not schedule.open


def test_the_longest_chain_comes_first() -> None:
    checks = [
        check("a", timeout=25),
        check("b"),
        check("c", "b"),
        check("d", "c"),
        check("e", timeout=24),
    ]
    assert order(Schedule(dict(checks), Blocked())) == ["b", "a", "e", "c", "d"]


def test_what_needs_tensorflow_waits_until_it_is_loaded() -> None:
    checks = dict([check("a", tensorflow=True, timeout=99), check("b")])
    assert order(Schedule(checks, Blocked()), loaded=False) == ["b", "a"]
    assert order(Schedule(checks, Blocked()), loaded=True) == ["a", "b"]


def test_one_is_wanted_first_with_all_that_it_needs() -> None:
    checks = dict([check("a", timeout=99), check("b"), check("c", "b"), check("d", "c")])
    assert order(Schedule(checks, Blocked(), first="d")) == ["b", "c", "d", "a"]
    assert order(Schedule(checks, Blocked(), first="unknown"))[0] == "a"


def test_a_need_that_is_not_among_the_checks_counts_as_passed() -> None:
    assert order(Schedule(dict([check("a", "elsewhere")]), Blocked())) == ["a"]


def test_what_needs_a_failed_check_is_given_up() -> None:
    blocked = Blocked()
    checks = [check("a"), check("b", "a"), check("c", "b", "d"), check("d")]
    schedule = Schedule(dict(checks), blocked)
    first = schedule.next(0, {}, True)
    assert first is not None and first.name == "a"
    schedule.done("a", passed=False)
    assert blocked == {"b": ["a"], "c": ["b"]}
    assert order(schedule) == ["d"]


def test_checks_that_share_a_fixture_go_to_one_checker() -> None:
    schedule = Schedule(dict([check("a"), check("b"), check("c")]), Blocked())
    shared = {"a": ["trained"], "b": ["trained"]}
    names = [schedule.next(worker, shared, True) for worker in (0, 1, 0)]
    assert [each.name for each in names if each] == ["a", "c", "b"]


def test_a_checker_waits_for_what_still_runs() -> None:
    schedule = Schedule(dict([check("a"), check("b", "a")]), Blocked())
    schedule.next(0, {}, True)
    got: list[Check | None] = []
    thread = threading.Thread(target=lambda: got.append(schedule.next(1, {}, True)))
    thread.start()
    thread.join(0.05)
    assert not got
    schedule.done("a", passed=True)
    thread.join()
    assert got[0] is not None and got[0].name == "b"


def test_once_more_unless_all_is_over() -> None:
    checks = dict([check("a"), check("b")])
    schedule = Schedule(checks, Blocked())
    schedule.next(0, {}, True)
    assert schedule.again(checks["a"])
    assert [each.name for each in schedule.stop()] == ["b", "a"]
    assert not schedule.again(checks["a"])
    assert schedule.next(0, {}, True) is None and not schedule.open


@pytest.mark.parametrize("begun", [False, True])
def test_a_checker_that_was_dead_when_it_got_a_check_says_nothing_about_it(begun: bool) -> None:
    """All are killed at once: one runs a check, and another, that waits, is handed it then."""
    exercise = Course.open().exercise("ex1")
    options = Options(checks=["labels_argmax"])
    draft = Draft(exercise, Submission(exercise.stem, exercise.solution), "", options, None)
    checking = Checking(draft)
    code = precheck(exercise.solution.read_bytes(), exercise.functions)
    assert isinstance(code, Code)
    server = Server()
    server.close()  # no checker can be started
    for it_begun in (True, begun):  # the one that ran it, and the one that waited
        check = draft.schedule.next(0, {}, True)
        assert check is not None
        work = job(exercise, exercise.solution, code, draft.timeouts, tensorflow_checks=False)
        checker = Checker(checking, 0, server, work)
        checker.asked, checker.check, checker.begun = True, check.name, it_begun
        checking.ended(checker, unstarted=int(not it_begun))
    assert draft.schedule.next(0, {}, True) == (None if begun else check)


def test_on_a_busy_machine_only_a_limit_of_the_course_is_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("os.getloadavg", lambda: (1e6, 0.0, 0.0))
    exercise = Course.open().exercise("ex1")
    submission = Submission(exercise.stem, exercise.solution)
    for options, times in ((Options(), 4), (Options(timeout=7), None)):
        limits = Draft(exercise, submission, "", options, None).timeouts
        own = {each.name: each.timeout for each in exercise.checks}
        assert limits == {n: 7 if times is None else times * s for n, s in own.items()}
