"""What an exception in a check means: one row a kind, no process."""

import resource
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from grader import endings, exceptions, unmet
from grader.checker.control import NoProcess
from grader.checker.findings import Circumstances, Outcome, outcome
from grader.checks.errors import Ended, Garbled, Late, LoadError, NotStarted, SubmissionError
from grader.checks.expect import Failure
from grader.submission import Lines

SOURCE = "one\r\ntwo\nthree\x0c\nfour\nfive"
KNOWN = Circumstances("work/ex1_a.py", Lines(SOURCE), 5.0, ("softmax", np.ones(3)))
FRAME = {"line": 4, "function": "f", "last": False}
LAST = FRAME | {"last": True}
WHERE = "ex1_a.py:4, f"


def raised(
    type: str,
    message: str = "",
    *,
    frame: Any = FRAME,
    bases: Any = (),
    load: bool = False,
    **more: str,
) -> SubmissionError:
    told = {"type": type, "bases": list(bases), "message": message, "frame": frame, **more}
    return (LoadError if load else SubmissionError)(told, "softmax")


@pytest.mark.parametrize(
    ("error", "verdict", "message"),
    [
        (raised("NotImplementedError", frame=LAST), "todo", exceptions.todo("f")),
        (
            raised("NotImplementedError"),
            "error",
            "Your code raised NotImplementedError in ex1_a.py:4, f.",
        ),
        (raised("SystemExit"), "error", exceptions.exits(WHERE)),
        (raised("MyExit", bases=["SystemExit"]), "error", exceptions.exits(WHERE)),
        (raised("SystemExit", load=True), "error", exceptions.exits_at_load("line 4")),
        (raised("SystemExit", load=True, frame=None), "error", exceptions.exits_at_load(None)),
        (
            raised("EOFError", "EOF when reading a line"),
            "error",
            exceptions.waits_for_input(WHERE),
        ),
        (raised("EOFError", "other"), "error", exceptions.raised("EOFError", "other", WHERE)),
        (
            raised("PermissionError", "/home/smith/.keras"),
            "error",
            exceptions.no_network("PermissionError", WHERE),
        ),
        (raised("URLError"), "error", exceptions.no_network("URLError", WHERE)),
        (
            raised("Exception", "URL fetch failure on x"),
            "error",
            exceptions.no_network("Exception", WHERE),
        ),
        *(
            (raised(type, "x", bases=bases), "error", exceptions.no_network(type, WHERE))
            for type, bases in (
                ("requests.exceptions.ConnectionError", ["RequestException"]),
                ("ConnectTimeout", ["requests.exceptions.ConnectionError", "Timeout"]),
                ("MaxRetryError", ["HTTPError"]),
                ("gaierror", ["OSError"]),
            )
        ),
        (
            raised("PermissionError", "[Errno 1]", inside="subprocess"),
            "error",
            exceptions.starts_a_program(WHERE),
        ),
        (
            raised("PermissionError", "[Errno 13]", inside="multiprocessing.synchronize"),
            "error",
            exceptions.starts_a_program(WHERE),
        ),
        (
            raised("PermissionError", "[Errno 1]", inside="socket", frame=None),
            "error",
            exceptions.opens_a_socket(None),
        ),
        (raised("PermissionError", "/etc", inside="os"), "error",
         exceptions.denied("/etc", WHERE)),
        (raised("ImportError", "no x", near="y", load=True), "error",
         "Loading the file raised ImportError in line 4: no x. Did you mean y?"),
        (raised("ModuleNotFoundError", "no x", near="y"), "error",
         "Your code raised ModuleNotFoundError in ex1_a.py:4, f: no x. Did you mean y?"),
        (raised("ImportError", "no x", near="y"), "error",
         "Your code raised ImportError in ex1_a.py:4, f: no x. Did you mean y?"),
        (raised("PermissionError", "/etc"), "error", exceptions.denied("/etc", WHERE)),
        (raised("WireError", "1 GiB", frame=None), "error",
         exceptions.answer_too_large("softmax", "1 GiB")),
        (raised("WireError", "mine"), "error", exceptions.raised("WireError", "mine", WHERE)),
        (raised("TypeError", "'int' object is not callable", frame=None), "error",
         exceptions.not_callable("softmax")),
        (raised("TypeError", "'int' object is not callable"), "error",
         exceptions.raised("TypeError", "'int' object is not callable", WHERE)),
        (raised("TypeError", "takes 0 arguments", frame=None), "error",
         exceptions.raised("TypeError", "takes 0 arguments", None)),
        (raised("SyntaxError", "bad", frame=LAST, load=True), "error",
         exceptions.syntax_error("line 4", "bad")),
        (raised("SyntaxError", "bad", load=True), "error",
         exceptions.raised_at_load("SyntaxError", "bad", "line 4")),
        (raised("SyntaxError", "bad", frame=LAST), "error",
         exceptions.raised("SyntaxError", "bad", WHERE)),
        (raised("ModuleNotFoundError", "No module named 'x'", bases=["ImportError"], load=True),
         "error",
         exceptions.not_importable("ModuleNotFoundError", "No module named 'x'", "line 4")),
        (raised("KeyError", "'a'", load=True), "error",
         exceptions.raised_at_load("KeyError", "'a'", "line 4")),
        (raised("KeyError", "'a'", frame=None, load=True), "error",
         exceptions.raised_at_load("KeyError", "'a'", None)),
        (raised("ModuleNotFoundError", "No module named 'x'"), "error",
         exceptions.not_importable("ModuleNotFoundError", "No module named 'x'", where=WHERE)),
        (raised("ModuleNotFoundError", "No module named 'x'", frame=None), "error",
         exceptions.not_importable("ModuleNotFoundError", "No module named 'x'",
                              where="ex1_a.py, softmax")),
        (raised("KeyError", "'a'"), "error", exceptions.raised("KeyError", "'a'", WHERE)),
    ],
)  # fmt: skip
def test_what_the_submission_raised(error: SubmissionError, verdict: str, message: str) -> None:
    found = outcome(error, KNOWN)
    assert (found.verdict, found.message) == (verdict, message)
    assert found.fatal is isinstance(error, LoadError)
    assert (found.doubt, found.again) == (None, False)
    assert found.details["exception"] == {"type": error.type, "message": error.message}


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (
            Late("softmax", False),
            Outcome("timeout", endings.timeout(5.0, "softmax"), doubt=endings.check_late(5.0)),
        ),
        (
            Late("softmax", True),
            Outcome(
                "timeout",
                endings.timeout_at_load(5.0),
                doubt=endings.check_late(5.0),
                fatal=True,
            ),
        ),
        *(
            (
                Ended(status, False),
                Outcome(
                    "error",
                    endings.ended(status),
                    doubt=endings.also_the_solution(endings.ended(status)),
                    again=again,
                ),
            )
            for status, again in ((1, False), (-24, False), (-6, True), (-7, True), (-11, True))
        ),
        *(
            (
                Ended(-signal, False),
                Outcome("error", endings.ended(-signal), doubt=endings.killed(), again=True),
            )
            for signal in (1, 2, 3, 9)
        ),
        (
            Late("f", False, stopped=True),
            Outcome("timeout", endings.timeout(5.0, "f"), doubt=endings.stopped(), again=True),
        ),
        (
            Ended(-15, True),
            Outcome("error", endings.ended(-15), fatal=True, doubt=endings.killed(), again=True),
        ),
        (
            NotStarted("no memory"),
            Outcome(
                "accident",
                endings.not_started("no memory"),
                doubt=endings.not_started("no memory"),
                again=True,
            ),
        ),
        (Garbled("a frame"), Outcome("error", endings.garbled("a frame"))),
        (
            NoProcess("no module"),
            Outcome("accident", endings.tensorflow_missing("no module"), fatal=True),
        ),
        (AssertionError("Not yet.\nassert 1 == 2"), Outcome("failed", "Not yet.")),
        (AssertionError(), Outcome("failed", unmet.does_not_hold())),
        (
            Failure("Wrong.", {"got": {"kind": "value"}}),
            Outcome("failed", "Wrong.", {"got": {"kind": "value"}}),
        ),
        (
            KeyError("x"),
            Outcome(
                "failed",
                "softmax returned an array of shape (3,), which the check couldn't use (KeyError).",
                doubt=endings.check_raised("KeyError"),
            ),
        ),
    ],
)
def test_everything_else(error: BaseException, expected: Outcome) -> None:
    assert outcome(error, KNOWN) == expected


@pytest.mark.parametrize(
    ("last", "message"),
    [
        (("softmax", None), unmet.forgot_return()),
        (None, "The check stopped with an error (KeyError). Please tell your instructor."),
    ],
)
def test_a_check_that_raises(last: Any, message: str) -> None:
    found = outcome(KeyError("x"), Circumstances("a.py", Lines(""), 5.0, last))
    assert (found.verdict, found.message) == ("failed", message)


IN_PLACE = [  # the line that fails is the last one
    ("order = x.sort()\norder[0]", "Line 1 uses what sort() returns, which is None:"),
    ("def f(x):\n    y = x.append(1)\n    return len(y)", "Line 2 uses what append() returns"),
    ("x[0]\nfor i in x:\n    x = x.append(i)", "Line 3 uses what append() returns"),
    ("import random\nx = random.shuffle(x)\nx[0]", "Line 2 uses what shuffle() returns"),
    ("x = np.random.shuffle(x)\nx[0]", "Line 1 uses what shuffle() returns"),
    ("x.sort()[:3]", "Line 1 uses what sort() returns"),
    ("x.sort().shape", "Line 1 uses what sort() returns"),
    ("import numpy as np\nx = np.append(x, 1)\nx[0]", ""),
    ("x = x.shuffle(5)\nx[0]", ""),  # of a data set, which returns another
    ("order = x.sort()\ny[0]", ""),
    ("def f(x):\n    y = x.sort()\n\n\ny[0]", ""),
    ("x = sorted(x)\nx[0]", ""),
    ("x = (", ""),
]


@pytest.mark.parametrize(("text", "says"), IN_PLACE)
def test_a_none_that_a_change_in_place_has_returned(text: str, says: str) -> None:
    line = text.count("\n") + 1
    error = raised("TypeError", "'NoneType' object is not x", frame=FRAME | {"line": line})
    found = outcome(error, replace(KNOWN, lines=Lines(text))).message
    assert says in found and (not says) is ("Did you forget `return`" in found)


OUT_OF_MEMORY = [
    ("MemoryError", "", ()),
    ("_ArrayMemoryError", "Unable to allocate 8 TiB", ("MemoryError",)),
    ("ResourceExhaustedError", "OOM when allocating tensor", ("OpError", "Exception")),
    ("RuntimeError", "can't start new thread", ("Exception",)),
    ("OSError", "[Errno 12] Cannot allocate memory", ("Exception",)),
    ("ImportError", "_x.so: failed to map segment from shared object", ("Exception",)),
]


def test_a_limit_on_computing_time_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (7, 9))
    assert "computer allows: 7 s (`ulimit -t`)." in endings.killed()
    assert "computer allows: 7 s, see `ulimit -t`" in endings.interpreter_killed()
    unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    monkeypatch.setattr(resource, "getrlimit", lambda _: unlimited)
    assert "ran out of memory" in endings.killed() and endings.killed().endswith(".")
    assert "ran out of memory" in endings.interpreter_killed()


@pytest.mark.parametrize(
    ("reason", "installs"),
    [
        ("ModuleNotFoundError: No module named 'tensorflow'", True),
        ("ImportError: libtensorflow.so: cannot open shared object file", True),
        ("MemoryError", False),
        ("it ended without a word", False),
    ],
)
def test_only_what_is_not_there_is_to_be_installed(reason: str, installs: bool) -> None:
    assert ("pip install" in endings.tensorflow_missing(reason)) is installs


def test_a_submission_that_gets_no_memory() -> None:
    sentence = exceptions.out_of_memory
    assert outcome(raised("MemoryError", frame=None), KNOWN).message == sentence(None)
    error = raised("_ArrayMemoryError", bases=["MemoryError"])
    assert outcome(error, KNOWN).message == sentence(WHERE)


@pytest.mark.parametrize(("type", "message", "bases"), OUT_OF_MEMORY)
def test_where_memory_is_short_the_solution_decides(type: str, message: str, bases: Any) -> None:
    error = raised(type, message, bases=bases)
    doubt = endings.also_the_solution(endings.out_of_memory())
    found = outcome(error, KNOWN)
    assert (found.verdict, found.doubt, found.again) == ("error", doubt, True)
    worded = Failure("It should work for an empty list.")
    worded.__context__ = error
    found = outcome(worded, KNOWN)
    assert (found.verdict, found.doubt, found.again) == ("failed", doubt, True)


def test_a_failure_about_an_exception_shows_its_lines() -> None:
    try:
        try:
            raise raised("KeyError", "'a'")
        except SubmissionError:
            raise Failure("It should work for an empty list.", {"given": {"n": 1}})
    except Failure as failure:
        found = outcome(failure, KNOWN)
    assert (found.verdict, found.message) == ("failed", "It should work for an empty list.")
    assert found.details["exception"] == {"type": "KeyError", "message": "'a'"}
    assert found.details["given"] == {"n": 1}
    assert found.details["lines"][-1] == {"number": 4, "text": "four", "current": True}


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (1, [(1, "one", True)]),
        (3, [(1, "one", False), (2, "two", False), (3, "three\x0c", True)]),
        (5, [(3, "three\x0c", False), (4, "four", False), (5, "five", True)]),
        (6, [(4, "four", False), (5, "five", False)]),  # a submission may say anything
        (99, []),
    ],
)
def test_the_lines_that_are_shown(line: int, shown: list[tuple[int, str, bool]]) -> None:
    found = outcome(raised("KeyError", frame=FRAME | {"line": line}), KNOWN)
    assert [(e["number"], e["text"], e["current"]) for e in found.details["lines"]] == shown


@pytest.mark.parametrize("frame", [None, {}, {"line": "4", "function": "f", "last": True}])
def test_no_lines(frame: Any) -> None:
    found = outcome(raised("KeyError", "'a'", frame=frame), KNOWN)
    assert found.details["lines"] is None
    assert found.message == exceptions.raised("KeyError", "'a'", None)
