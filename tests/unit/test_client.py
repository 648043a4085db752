"""Processes that end at a bad moment, as the grader's side sees it."""

import resource
import signal
import socket
from typing import Any

import pytest

from grader.course import Course
from grader.engine.client import Checker
from grader.engine.results import Series, job
from grader.engine.run import RunError, printed
from grader.engine.server import Server
from grader.report import CheckResult
from grader.sandbox.interpreters import Cold, Process, Refused
from grader.submission import Code
from support import SMALL

EXERCISE = Course.open(SMALL).exercises[0]
CHECK = EXERCISE.checks[0]


class Dying:
    """A server whose checker says something and is killed."""

    def __init__(self, words: bytes) -> None:
        self.words = words

    def start_checker(self) -> Process:
        ours, theirs = socket.socketpair()
        theirs.sendall(self.words)
        theirs.shutdown(socket.SHUT_WR)
        self.theirs = theirs  # open for the job
        return Process(1, ours)

    def end_checker(self, process: Process) -> None:
        self.theirs.close()

    def versions(self) -> dict[str, str]:
        return {}


def talked(words: bytes) -> tuple[Checker, list[CheckResult]]:
    """A checker that has said these words, and the results that came of them."""
    results: list[CheckResult] = []
    limits = {CHECK.name: 10.0}
    series = Series(CHECK, [1, 2], limits, lambda seed, result: results.append(result))
    server: Any = Dying(words)
    work = job(EXERCISE, EXERCISE.solution, Code("", False), limits, False)
    checker = Checker(series, 0, server, work)
    checker.run()
    return checker, results


RESULT = b'{"result": {"verdict": "passed", "seconds": 1.5}}\n'


def test_a_checker_that_is_killed_while_it_speaks_leaves_its_check_without_a_result() -> None:
    begun = b'{"next": {}}\n{"begun": "a"}\n'
    checker, (result,) = talked(begun + RESULT)
    assert (checker.check, result.seconds) == (None, 1.5), "the control"
    checker, results = talked(begun + RESULT[:-9])
    assert (checker.check, checker.begun, results) == (CHECK.name, True, [])


def test_what_another_thread_has_ended_is_ended() -> None:
    assert Cold("", {}).end(12345) == -signal.SIGKILL


@pytest.mark.parametrize("forks", [True, False])
def test_what_the_system_does_not_give_is_said(forks: bool) -> None:
    """No descriptor is left, and so there can be no process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with Server(forks=forks) as server:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
        try:
            server.warm(False)  # whoever needs one says so
            with pytest.raises(Refused, match="Too many open files"):
                server.start("learner", False, 5)
            with pytest.raises(Refused, match="Too many open files"):
                server.start_checker()
            with pytest.raises(RunError, match="could not start a process for your code"):
                printed("print(1)", server)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
