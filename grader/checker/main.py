"""The checker: an interpreter that runs a course's hidden checks with pytest.

It holds the checks and their data, and no TensorFlow; it is a fork of one that has only imported
this module. The grader tells it first what to run. Then it asks for the next check, for confined
processes, and tells each result. One line of JSON is one message:

=========================================  =============================================
checker                                    grader
=========================================  =============================================
``{"next": {check: shared fixtures}}``     ``{"run": name, "seed": n}`` or ``{"run": null}``
``{"start": kind, "tensorflow": bool}``    ``{"number": n}`` with a descriptor, or
                                           ``{"failed": why, "refused": bool}``
``{"end": n}``                             ``{"status": code}``
``{"note": text}``
``{"result": ...}``
``{"broken": text}``                       (the checks can't be run)
=========================================  =============================================
"""

import contextlib
import hashlib
import io
import json
import math
import os
import resource
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader import texts
from grader.checker import trouble
from grader.checker.record import Record
from grader.checks import describe, parts
from grader.checks.expect import Failure
from grader.checks.models import Bench
from grader.checks.remote import (
    Clock,
    Ended,
    Garbled,
    Late,
    Learner,
    LoadError,
    NotStarted,
    Process,
    SubmissionError,
)
from grader.checks.source import Source
from grader.engine.precheck import lines
from grader.markers import MARKERS
from grader.sandbox import clock

CONTEXT_LINES = 2
REUSES = 100  # of a learner's process, where one may serve several runs
MEMORY = 4 << 30
OUTSIDE = (-signal.SIGKILL, -signal.SIGTERM)  # the status of a process that others have ended


class ServerError(Exception):
    """The grader could not start a process."""


def derived_seed(seed: int, *names: str) -> int:
    """A stream of its own for each use of a grading's seed; none tells of another."""
    key = "\0".join((f"{seed:016x}", *names)).encode()
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "big")


def warm_up() -> None:
    """Import what pytest does when it starts: once here, not in each checker."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        pytest.main(["-VV", "--disable-plugin-autoload", "--assert=plain"])


def main(control: int) -> None:
    """Run the checks that the grader names, until it names no more."""
    grader = Control(socket.socket(fileno=control))
    try:
        with contextlib.redirect_stderr(io.StringIO()) as errors:
            code = _run_pytest(grader.receive()[0], grader)
        if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            lines = errors.getvalue().strip().splitlines()
            grader.tell({"broken": lines[-1] if lines else f"pytest ended with {code!r}"})
    except Exception as error:
        grader.tell({"broken": f"{type(error).__name__}: {error}"})


def _run_pytest(config: dict[str, Any], control: "Control") -> int:
    if sys.platform == "linux":  # whatever a submission sends must not take the machine's memory
        with contextlib.suppress(ValueError):  # lower already
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.chdir(config["root"])
    folders = [str(Path(config["checks"]).parent), str(Path(config["root"]) / "solutions")]
    sys.path[:0] = folders  # for the helpers of the checks
    return pytest.main(
        [
            config["checks"],
            "--assert=plain",  # no check's source in a message
            "--capture=no",
            "-pno:cacheprovider",
            "-pno:terminal",
            "-pno:faulthandler",
            "-pno:threadexception",
            "-pno:unraisableexception",
            "--disable-plugin-autoload",
            "--strict-markers",
            "--import-mode=importlib",
            f"--rootdir={config['root']}",
            f"--confcutdir={Path(config['root']) / 'solutions'}",
            f"--config-file={os.devnull}",
        ],
        plugins=[Plugin(config, control)],
    )


class Control:
    """The line to the grader."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def start(self, kind: str, tensorflow: bool) -> tuple[int, socket.socket]:
        """See ``grader.checks.remote.Control``."""
        answer, descriptors = self._ask({"start": kind, "tensorflow": tensorflow})
        if "failed" in answer:
            if answer["refused"]:
                raise NotStarted(answer["failed"])
            raise ServerError(answer["failed"])
        return answer["number"], socket.socket(fileno=descriptors[0])

    def end(self, number: int) -> int:
        """See ``grader.checks.remote.Control``."""
        return int(self._ask({"end": number})[0]["status"])

    def next(self, checks: dict[str, list[str]]) -> tuple[str, int] | None:
        """The check to run now, and its seed; ``checks`` names all, with their wider fixtures."""
        answer = self._ask({"next": checks})[0]
        return None if answer["run"] is None else (str(answer["run"]), int(answer["seed"]))

    def tell(self, message: dict[str, Any]) -> None:
        """Send what needs no answer."""
        self._connection.sendall(json.dumps(message).encode() + b"\n")

    def _ask(self, message: dict[str, Any]) -> tuple[dict[str, Any], list[int]]:
        self.tell(message)
        return self.receive()

    def receive(self) -> tuple[dict[str, Any], list[int]]:
        """What the grader says, and the descriptors that come with it."""
        data, descriptors, _, _ = socket.recv_fds(self._connection, 65536, 1)
        while not data.endswith(b"\n"):
            chunk = self._connection.recv(65536)
            if not chunk:
                os._exit(1)  # the grader is gone
            data += chunk
        return json.loads(data), descriptors


class Plugin:
    """The fixtures and hooks that turn pytest into a checker."""

    def __init__(self, config: dict[str, Any], control: Control) -> None:
        self.config, self.control = config, control
        self.clock = Clock()
        self.processes: list[Process] = []  # alive now
        self.missing: set[str] = set()
        self.check, self.seed = "", 0
        self.kept: Process | None = None  # serves several runs
        self.uses = 0
        self.outcome: dict[str, Any] | None = None
        self.losses: list[float | None] = []  # of the newest training in this check
        self.record = Record()  # of the newest process of the submission

    # pytest's hooks

    def pytest_configure(self, config: pytest.Config) -> None:
        for marker in MARKERS:
            config.addinivalue_line("markers", f"{marker}: of this course")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            last = report.longreprtext.strip().splitlines()[-1]
            self.control.tell({"broken": last.removeprefix("E ").strip()})

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            os._exit(1)  # the reason has been told
        cases: dict[str, list[Any]] = {}
        for item in session.items:
            cases.setdefault(item.originalname.removeprefix("test_"), []).append(item)  # type: ignore[attr-defined]
        shared = {name: self._wider_fixtures(items[0]) for name, items in cases.items()}
        while (task := self.control.next(shared)) is not None:
            name, self.seed = task
            self._run(name, cases.get(name, []))
        return True

    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        error = call.excinfo.value if call.excinfo is not None else parts.first_error()
        if error is not None and self.outcome is None:
            self.outcome = self._finding(error)
            details, case = self.outcome["details"], getattr(item, "callspec", None)
            if case is not None:
                given = {name: describe.describe(value) for name, value in case.params.items()}
                details["given"] = given | (details.get("given") or {})
            name = case.id if case is not None else ""
            details["trouble"] = trouble.trouble(error, Path(self.config["root"]), name)

    # fixtures

    @pytest.fixture
    def learner(self, request: pytest.FixtureRequest) -> Iterator[Learner]:
        tensorflow = request.node.get_closest_marker("tensorflow") is not None
        yield from self._learner(tensorflow, request.node.name)

    @pytest.fixture(scope="module")
    def shared_learner(self) -> Iterator[Learner]:
        yield from self._learner(self.config["tensorflow_checks"], "shared")

    @pytest.fixture
    def bench(self) -> Iterator[Bench]:
        yield from self._bench()

    @pytest.fixture(scope="module")
    def shared_bench(self) -> Iterator[Bench]:
        yield from self._bench()

    @pytest.fixture
    def source(self) -> Source:
        return Source(self.config["source"])

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        return np.random.default_rng(derived_seed(self.seed, request.node.name))

    # the rest

    def _run(self, name: str, items: list[pytest.Item]) -> None:
        """Run a check with all its cases, until one does not pass."""
        self.check, self.outcome, begin, paused = name, None, clock.now(), 0.0
        self.losses, said = [], trouble.Said()
        parts.begin()
        for item in items:
            self.clock.start(self.config["timeouts"][name])
            # pytest keeps what the next test shares: any other one keeps the module's fixtures
            others = (i for i in item.session.items if i is not item)
            another = None if self.config["repeats"] else next(others, None)
            with contextlib.redirect_stdout(said):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=another)
            paused += self.clock.paused
            if self.outcome is not None:
                break
        if not items:
            message = texts.check_crashed()
            self.outcome = {"verdict": "error", "message": message, "doubt": message}
        if self.outcome is not None:
            self._drop()
        result = self.outcome or {"verdict": "passed"}
        details = result.setdefault("details", {})
        if self.losses:
            details["losses"] = self.losses
        if parts.told():
            details["parts"] = parts.told()
        if said.getvalue():
            told = (details.get("trouble"), f"printed: {said.getvalue().strip()}")
            details["trouble"] = "\n".join(filter(None, told))
        result |= {
            "name": name,
            "seconds": clock.now() - begin - paused,
            "missing": sorted(self.missing),
        }
        self.control.tell({"result": result})

    def _wider_fixtures(self, item: Any) -> list[str]:
        definitions = item._fixtureinfo.name2fixturedefs
        return sorted(
            name
            for name, found in definitions.items()
            if found[-1].scope not in ("function",) and found[-1].baseid
        )

    def _learner(self, tensorflow: bool, stream: str) -> Iterator[Learner]:
        if self.config["repeats"] and not tensorflow:
            yield Learner(self._kept(stream))
            return
        process = self._process("learner", tensorflow or self.config["tensorflow"])
        if self.config["records"]:
            process.record = self.record = Record()
        try:
            self._load(process, stream)
            yield Learner(process)
        finally:
            self._end(process)

    def _kept(self, stream: str) -> Process:
        """A process for many runs: when checks are repeated, it is they that are in question."""
        if self.uses == REUSES:
            self._drop()
        if self.kept is None:
            self.kept, self.uses = self._process("learner", self.config["tensorflow"]), 0
            self._load(self.kept, stream)
        self.uses += 1
        return self.kept

    def _drop(self) -> None:
        if self.kept is not None:
            self._end(self.kept)
            self.kept = None

    def _load(self, process: Process, stream: str) -> None:
        process.load(
            self.config["source"],
            self.config["filename"],
            self.config["module"],
            derived_seed(self.seed, "learner", stream),
        )

    def _bench(self) -> Iterator[Bench]:
        process = self._process("bench", True)
        process.ready()
        try:
            yield Bench(process, self._epoch_ended)
        finally:
            self._end(process)

    def _epoch_ended(self, epoch: int, epochs: int, loss: float, left: float) -> None:
        known = loss if math.isfinite(loss) else None  # JSON has no NaN
        self.losses = [*self.losses, known] if epoch > 1 else [known]
        self.control.tell({"note": texts.epoch(epoch, epochs, loss, left)})

    def _process(self, kind: str, tensorflow: bool) -> Process:
        process = Process(self.control, kind, tensorflow, self.clock)
        self.processes.append(process)
        self.missing |= set(process.missing)
        return process

    def _end(self, process: Process) -> None:
        self.processes.remove(process)
        process.end()

    # what a check's exception means

    def _finding(self, error: BaseException) -> dict[str, Any]:
        """The result that an exception means.

        Where the submission may not be its cause, the grader finds out: ``doubt`` then has the
        sentence for an accident, and ``again`` says whether it may not happen twice.
        """
        details: dict[str, Any] = {}
        verdict = "error"
        doubt: str | None = None
        again = False
        match error:
            case Failure():
                verdict, message, details = "failed", error.message, error.details
                if isinstance(error.__context__, SubmissionError):  # the check worded it
                    details = details | self._exception(error.__context__)
            case SubmissionError():
                verdict, message = self._raised(error)
                details = self._exception(error)
            case Late() if error.loading:
                verdict = "timeout"
                message = texts.timeout_at_load(self.config["timeouts"][self.check])
            case Late():
                verdict = "timeout"
                message = texts.timeout(self.config["timeouts"][self.check], error.function)
            case Ended():
                message = texts.ended(error.status)
                if error.status in OUTSIDE:
                    doubt, again = texts.killed(), True
            case NotStarted():
                verdict = "accident"
                message = doubt = texts.not_started(str(error))
                again = True
            case Garbled():
                message = texts.garbled(str(error))
            case ServerError():
                verdict = "accident"
                message = texts.tensorflow_missing(str(error))
            case AssertionError():
                verdict = "failed"
                message = str(error).partition("\n")[0] or texts.does_not_hold()
            case _:
                verdict, message = "failed", self._unusable(error)
                doubt = texts.check_raised(type(error).__name__)
        details["printed"] = "".join(p.printed for p in self.processes) or None
        if self.config["records"]:
            details["calls"] = self.record.told()
        loading = isinstance(error, LoadError) or getattr(error, "loading", False)
        fatal = loading or isinstance(error, ServerError)
        return {
            "verdict": verdict,
            "message": message,
            "details": details,
            "fatal": fatal,
            "doubt": doubt,
            "again": again,
        }

    def _raised(self, error: SubmissionError) -> tuple[str, str]:
        frame = error.frame
        name = Path(self.config["filename"]).name
        where = f"{name}:{frame['line']}, {frame['function']}" if frame else None
        if error.type == "NotImplementedError" and frame and frame["last"]:
            return "todo", texts.todo(str(frame["function"]))
        kinds = (error.type, *error.bases)
        if "SystemExit" in kinds:
            return "error", texts.exits(where)
        if error.type == "EOFError" and error.message == "EOF when reading a line":
            return "error", texts.waits_for_input(where)
        if "MemoryError" in kinds:
            return "error", texts.out_of_memory(where)
        # Keras looks for a data set in its folder first, which can't be made
        no_folder = error.type == "PermissionError" and ".keras" in error.message
        if no_folder or error.type == "URLError" or "URL fetch failure" in error.message:
            return "error", texts.no_network(error.type, where)
        if error.type == "PermissionError":
            return "error", texts.denied(error.message, where)
        if error.type == "WireError" and frame is None:
            return "error", texts.answer_too_large(error.function, error.message)
        if error.type == "TypeError" and frame is None and "not callable" in error.message:
            return "error", texts.not_callable(error.function)
        if isinstance(error, LoadError):
            line = frame["line"] if frame else None
            if error.type == "SyntaxError" and frame and line and frame["last"]:
                return "error", texts.syntax_error(line, error.message)
            if "ImportError" in kinds:
                return "error", texts.not_importable(error.type, error.message, line)
            return "error", texts.raised_at_load(error.type, error.message, line)
        if "ModuleNotFoundError" in kinds:
            where = where or f"{name}, {error.function}"
            return "error", texts.not_importable(error.type, error.message, where=where)
        return "error", texts.raised(error.type, error.message, where)

    def _exception(self, error: SubmissionError) -> dict[str, Any]:
        return {
            "exception": {"type": error.type, "message": error.message},
            "lines": self._lines(error.frame),
        }

    def _lines(self, frame: dict[str, Any] | None) -> list[dict[str, Any]] | None:
        """The learner's lines up to the one that raised."""
        source = lines(self.config["source"])
        if frame is None or not isinstance(frame.get("line"), int):
            return None
        line = frame["line"]
        numbers = range(max(1, line - CONTEXT_LINES), min(line, len(source)) + 1)
        return [{"number": n, "text": source[n - 1], "current": n == line} for n in numbers]

    def _unusable(self, error: BaseException) -> str:
        """The check itself raised: most likely over a value that it did not expect."""
        calls = [p.last for p in self.processes if p.last is not None]
        function, value = calls[-1] if calls else (None, None)
        if function is not None and value is None:
            return texts.forgot_return()
        return texts.unusable(function, describe.phrase(value), type(error).__name__)
