"""The grader's side of a checker: starts it, answers its requests, and watches the clock."""

import json
import socket
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any, Protocol

from grader.checker.job import Job
from grader.course import Check
from grader.engine.server import Server, cpu_seconds
from grader.i18n import _
from grader.sandbox.clock import Alarm
from grader.sandbox.interpreters import Process, Refused, ServerError

GRACE = 1.5  # seconds after a check's deadline until its checker is killed


class Conversation(Protocol):
    """What a checker's conversation is about."""

    timeouts: Mapping[str, float]

    def next(
        self, worker: int, shared: Mapping[str, Sequence[str]], loaded: bool
    ) -> tuple[Check, int] | None:
        """The next check for this checker, and the seed of what it draws."""
        ...

    def take(self, result: dict[str, Any]) -> None:
        """A check's result."""
        ...

    def note(self, check: str | None, text: str) -> None:
        """How far a check is."""
        ...


class Checker:
    """One checker process; see ``grader.checker.control`` for what is said.

    Args:
        grading: what the conversation is about.
        worker: the number of this checker.
        server: keeps the processes.
        job: what it checks.
        runs: of a check that one process of the submission may serve.

    Attributes:
        check: the check that runs now; after ``run`` the one that ended without a result.
        begun: whether it has said that it runs that check.
        late: whether the checker was killed because that check's time was over.
        asked: whether it got as far as asking for a check.
        broken: whether it has said that the checks can't be run.
        errors: why they can't, or why it could not be started.
    """

    def __init__(
        self, grading: Conversation, worker: int, server: Server, job: Job, runs: int = 1
    ) -> None:
        self._grading, self._worker, self._server, self._runs = grading, worker, server, runs
        self._processes: dict[int, tuple[Process, bool]] = {}
        self._count = 0
        self._timer: Alarm | None = None
        self.check: str | None = None
        self.begun = self.late = self.asked = self.broken = False
        self.errors = _("it ended without a word")
        self._killing, self._killed = threading.Lock(), False
        self._process: Process | None = None
        try:
            self._process = server.start_checker()
        except ServerError as error:
            self.errors = str(error)
        else:
            self._connection = self._process.channel
            self._send(asdict(job))

    @property
    def unbegun(self) -> bool:
        """Whether it was handed a check after its end, as when all are killed at once."""
        return self.check is not None and not (self.begun or self.late)

    def kill(self) -> None:
        """End it at once, from any thread; ``run`` returns."""
        with self._killing:
            if self._process is not None and not self._killed:
                self._killed = True
                self._server.end_checker(self._process)
                with suppress(OSError):
                    self._connection.shutdown(socket.SHUT_RDWR)

    def run(self) -> None:
        """Answer until it ends; leaves no process behind."""
        if self._process is None:
            return
        try:
            # one that is killed with words unread resets the line
            with suppress(ConnectionError), self._connection.makefile("rb") as lines:
                for line in lines:
                    if line.endswith(b"\n"):  # it may be killed in the middle of a word
                        self._answer(json.loads(line))
        finally:
            self._unwatch()
            self.kill()
            self._connection.close()
            for number in list(self._processes):
                self._end(number)

    def _answer(self, message: dict[str, Any]) -> None:
        match message:
            case {"next": shared}:
                self.asked = True
                loaded = "tensorflow" in self._server.versions()
                check, seed = self._grading.next(self._worker, shared, loaded) or (None, None)
                self.check, self.begun = check.name if check else None, False
                self._watch()
                self._send({"run": self.check, "seed": seed})
            case {"begun": _}:
                self.begun = True
            case {"start": kind, "tensorflow": tensorflow}:
                self._start(kind, tensorflow)
            case {"end": number}:
                self._send({"status": self._end(number)})
            case {"note": text}:
                self._grading.note(self.check, text)
            case {"broken": why}:
                self.broken, self.errors = True, why
            case {"result": result}:
                self._unwatch()
                self.check = None
                self._grading.take(result)

    def _start(self, kind: str, tensorflow: bool) -> None:
        assert self.check is not None
        self._unwatch()  # waiting for TensorFlow is no fault of the check
        loads = tensorflow and "tensorflow" not in self._server.versions()
        if loads:
            self._grading.note(None, "tensorflow")
        seconds = cpu_seconds(self._seconds(kind))
        try:
            started = self._server.start(kind, tensorflow, seconds)
        except ServerError as error:
            self._send({"failed": str(error), "refused": isinstance(error, Refused)})
            self._watch()
            return
        if loads:
            self._grading.note(self.check, "")
        self._count += 1
        self._processes[self._count] = (started, tensorflow)
        with started.channel:
            answer = json.dumps({"number": self._count}).encode() + b"\n"
            with suppress(OSError):
                socket.send_fds(self._connection, [answer], [started.channel.fileno()])
        self._watch()

    def _seconds(self, kind: str) -> float:
        """What the checks that a process serves may take; a bench may serve all."""
        assert self.check is not None
        timeouts = self._grading.timeouts
        return sum(timeouts.values()) if kind == "bench" else timeouts[self.check] * self._runs

    def _end(self, number: int) -> int:
        return self._server.end(*self._processes.pop(number))

    def _send(self, message: dict[str, Any]) -> None:
        with suppress(OSError):
            self._connection.sendall(json.dumps(message).encode() + b"\n")

    def _watch(self) -> None:
        """Kill the checker if it is still at this check after its deadline."""

        def kill() -> None:
            self.late = True
            self.kill()

        self._unwatch()
        if self.check is not None:
            self._timer = Alarm(self._grading.timeouts[self.check] + GRACE, kill)

    def _unwatch(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
