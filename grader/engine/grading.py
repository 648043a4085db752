"""Grades one submission: precheck, processes, checks, and the report."""

import contextlib
import json
import os
import secrets
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from grader import __version__, texts
from grader.course import Check, Course, CourseError, Exercise
from grader.engine import server as servers
from grader.engine.precheck import Finding, Source, precheck
from grader.report import CheckResult, Event, Progress, Protection, Report, Verdict

GRACE = 2.0  # seconds after its deadline until a checker itself is killed
LOAD = "load"


class GradingError(Exception):
    """There is nothing to grade, or nothing to grade it with; the text says what to do."""


class Server(servers.Server):
    """Warm processes for a course, shared by any number of gradings::

        with Server() as server:
            for path in paths:
                report = grade("ex3", path, server=server)

    Args:
        course: the course's folder; the built-in one without it.
        without: layers of protection to leave out; for tests, the report names them.
        forks: whether to fork warm interpreters, or to start each process anew.
    """

    def __init__(
        self,
        course: Path | str | None = None,
        *,
        without: frozenset[str] = frozenset(),
        forks: bool = servers.FORKS,
    ) -> None:
        self.course = Course.open(course)
        super().__init__(self.course.hidden, without, forks)


def grade(
    exercise: str | Exercise,
    path: Path | str,
    *,
    course: Path | str | None = None,
    seed: int | None = None,
    timeout: float | None = None,
    checks: Collection[str] | None = None,
    server: Server | None = None,
    on_event: Callable[[Event], None] | None = None,
) -> Report:
    """Grade a file.

    Args:
        exercise: an id or a stem, such as ``"ex3"``.
        path: the submission.
        course: the course's folder; the built-in one, or the server's, without it.
        seed: 64 bits for all that is drawn; a new one without it.
        timeout: seconds for each check, instead of the check's own.
        checks: names of the checks to run, all without it; what they need counts as passed if it
            is not among them.
        server: keeps its processes warm for the next grading.
        on_event: called, from several threads but never at once, with each ``Progress`` and
            each ``CheckResult`` as it comes.

    Raises:
        GradingError: the file can't be read.
        CourseError: there is no such course or exercise.
    """
    begin = time.monotonic()
    if isinstance(exercise, str):
        found = server.course if server is not None else Course.open(course)
        exercise = found.exercise(exercise)
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GradingError(f"{path} can't be read: {error.strerror}.") from error
    seed = secrets.randbits(64) if seed is None else seed & (2**64 - 1)
    source = precheck(data, exercise.functions)
    chosen = tuple(c for c in exercise.checks if checks is None or c.name in checks)
    grading = _Grading(exercise, chosen, path, seed, timeout, on_event or (lambda _: None))
    if isinstance(source, Finding):
        grading.refuse(source, data)
    elif server is not None:
        grading.run(source, server)
    else:
        with Server(exercise.root) as own:
            grading.run(source, own)
    return grading.report(time.monotonic() - begin)


class _Grading:
    """What is known of one grading while it runs."""

    def __init__(
        self,
        exercise: Exercise,
        checks: tuple[Check, ...],
        path: Path,
        seed: int,
        timeout: float | None,
        on_event: Callable[[Event], None],
    ) -> None:
        self.exercise, self.path, self.seed = exercise, path, seed
        self.checks = {c.name: c for c in checks}
        self.timeouts = {c.name: timeout or c.timeout for c in checks}
        self.results: dict[str, CheckResult] = {}
        self.missing: set[str] = set()
        self.versions: dict[str, str] = {}
        self._emit = on_event
        self._changed = threading.Condition(threading.RLock())
        self._waiting = dict(self.checks)
        self._owners: dict[str, int] = {}  # wider fixture: the checker that has it
        self._checkers: set[subprocess.Popen[bytes]] = set()
        self._over = False
        self._broken: CourseError | None = None

    def refuse(self, finding: Finding, data: bytes) -> None:
        """The file can't be graded: one result says why, the rest waits for it."""
        lines = data.decode("utf-8", errors="replace").splitlines()
        shown = None
        if finding.line is not None and finding.line <= len(lines):
            text = lines[finding.line - 1]
            shown = [{"number": finding.line, "text": text, "current": True}]
        self._fail_load(Verdict.ERROR, finding.message, {"lines": shown})

    def run(self, source: Source, server: servers.Server) -> None:
        """Run all checks, in as many checkers as are worth their start."""
        needs = source.tensorflow or any(c.tensorflow for c in self.checks.values())
        server.warm(needs)
        if not source.tensorflow:
            server.warm(False)
        workers = min(2, os.cpu_count() or 1) if needs else 1
        threads = [
            threading.Thread(target=self._work, args=(n, source, server), daemon=True)
            for n in range(workers)
        ]
        for thread in threads:
            thread.start()
        try:
            for thread in threads:
                while thread.is_alive():  # a join without timeout would not let Ctrl-C through
                    thread.join(0.1)
        finally:
            with self._changed:
                self._over = True
                for process in self._checkers:
                    process.kill()
                self._changed.notify_all()
            for thread in threads:
                thread.join(timeout=0.5)  # one may wait for TensorFlow; the server's end frees it
            self.versions = server.versions()
        if self._broken is not None:
            raise self._broken

    def report(self, seconds: float) -> Report:
        """The record of what happened."""
        order = [LOAD, *self.checks]
        versions: dict[str, str | None] = {"grader": __version__}
        for name in ("python", "numpy", "tensorflow", "keras"):
            versions[name] = self.versions.get(name)
        return Report(
            exercise=self.exercise.stem,
            title=self.exercise.title,
            submission=str(self.path),
            seed=self.seed,
            checks=tuple(self.results[name] for name in order if name in self.results),
            protection=Protection.from_missing(self.missing),
            versions=versions,
            seconds=seconds,
            course_hash=self.exercise.hash,
        )

    # one checker

    def _work(self, worker: int, source: Source, server: servers.Server) -> None:
        while self._remaining():
            current = _Current(self, worker, server)
            ours, theirs = socket.socketpair()
            with tempfile.TemporaryFile() as errors:
                process = subprocess.Popen(
                    servers.interpreter("grader.checks.checker:main", theirs.fileno()),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=errors,
                    env=servers.clean_environment(server.folder),
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
                theirs.close()
                with self._changed:
                    self._checkers.add(process)
                    if self._over:
                        process.kill()
                try:
                    with contextlib.suppress(OSError):
                        assert process.stdin is not None
                        process.stdin.write(json.dumps(self._config(source)).encode())
                        process.stdin.close()
                    current.serve(process, ours)
                finally:
                    process.kill()
                    process.wait()
                    ours.close()
                    current.end_all()
                    with self._changed:
                        self._checkers.discard(process)
                        crashed = current.check
                        if crashed is not None and not self._over:
                            late = current.late
                            self._finish(
                                crashed,
                                Verdict.TIMEOUT if late else Verdict.ERROR,
                                texts.timeout(self.timeouts[crashed], None)
                                if late
                                else texts.check_crashed(),
                            )
                        elif not current.asked and not self._over:
                            self._abandon(_last_line(errors))

    def _config(self, source: Source) -> dict[str, Any]:
        return {
            "root": str(self.exercise.root),
            "checks": str(self.exercise.checks_file),
            "source": source.text,
            "filename": self.path.name,
            "module": self.exercise.stem,
            "tensorflow": source.tensorflow,
            "tensorflow_checks": any(c.tensorflow for c in self.checks.values()),
            "timeouts": self.timeouts,
            "seed": self.seed,
        }

    # which check comes next

    def _remaining(self) -> bool:
        with self._changed:
            return bool(self._waiting) and not self._over

    def next(self, worker: int, shared: dict[str, list[str]], loaded: bool) -> Check | None:
        """The next check for a checker; waits while all that is left needs a running one.

        Args:
            worker: the checker's number.
            shared: for each check, the fixtures wider than a function that it uses; the checks
                that share one go to one checker.
            loaded: whether TensorFlow is there; until then, what does not need it comes first.
        """
        with self._changed:
            while not self._over:
                self._block()
                ready = [
                    check
                    for check in self._waiting.values()
                    if all(
                        n in self.results and self.results[n].verdict is Verdict.PASSED
                        for n in check.needs
                        if n in self.checks
                    )
                    and all(
                        self._owners.get(fixture, worker) == worker
                        for fixture in shared.get(check.name, ())
                    )
                ]
                if ready:
                    # the longest first, so that the others run beside it
                    check = max(ready, key=lambda c: (loaded or not c.tensorflow, c.timeout))
                    del self._waiting[check.name]
                    self._owners |= dict.fromkeys(shared.get(check.name, ()), worker)
                    self._emit(Progress(check.name, ""))
                    return check
                if not self._waiting:
                    return None
                self._changed.wait()
            return None

    def _block(self) -> None:
        """Give up the checks that need one which did not pass."""
        found = True
        while found:
            found = False
            for check in list(self._waiting.values()):
                bad = [
                    self.checks[n].title
                    for n in check.needs
                    if n in self.results and self.results[n].verdict is not Verdict.PASSED
                ]
                if bad:
                    del self._waiting[check.name]
                    self._finish(check.name, Verdict.BLOCKED, texts.blocked(bad))
                    found = True

    # results

    def take(self, result: dict[str, Any]) -> None:
        """A checker's result."""
        with self._changed:
            self.missing |= set(result["missing"])
            verdict, message = Verdict(result["verdict"]), result.get("message", "")
            details = result.get("details", {})
            if result.get("fatal"):
                self._fail_load(verdict, message, details)
                self._finish(result["name"], Verdict.BLOCKED, texts.blocked_by_load())
            else:
                self._finish(result["name"], verdict, message, details, result["seconds"])

    def note(self, check: str | None, text: str) -> None:
        """A checker's word on how far it is."""
        with self._changed:
            self._emit(Progress(check, text))

    def _finish(
        self,
        name: str,
        verdict: Verdict,
        message: str = "",
        details: dict[str, Any] | None = None,
        seconds: float = 0.0,
    ) -> None:
        check = self.checks[name]
        passed = verdict is Verdict.PASSED
        result = CheckResult(
            name=name,
            title=check.title,
            verdict=verdict,
            points=check.points if passed else 0,
            max_points=check.points,
            message=message,
            details=details or {},
            hint=check.hints[0] if check.hints else None,
            concept=check.concept,
            seconds=seconds,
        )
        with self._changed:
            if name not in self.results:
                self.results[name] = result
                self._emit(result)
            self._changed.notify_all()

    def _fail_load(self, verdict: Verdict, message: str, details: dict[str, Any]) -> None:
        with self._changed:
            if LOAD not in self.results:
                result = CheckResult(LOAD, texts.LOAD_TITLE, verdict, 0, 0, message, details)
                self.results[LOAD] = result
                self._emit(result)
            for name in list(self._waiting):
                del self._waiting[name]
                self._finish(name, Verdict.BLOCKED, texts.blocked_by_load())

    def _abandon(self, reason: str) -> None:
        """The checks themselves can't be run."""
        with self._changed:
            self._waiting.clear()
            self._broken = CourseError(f"{self.exercise.checks_file} can't be run: {reason}.")
            self._changed.notify_all()


class _Current:
    """One checker's conversation with its grading."""

    def __init__(self, grading: _Grading, worker: int, server: servers.Server) -> None:
        self.grading, self.worker, self.server = grading, worker, server
        self.check: str | None = None
        self.asked = self.late = False
        self._processes: dict[int, tuple[servers.Process, bool]] = {}
        self._count = 0
        self._timer: threading.Timer | None = None

    def serve(self, process: subprocess.Popen[bytes], connection: socket.socket) -> None:
        """Answer until the checker ends."""
        with connection.makefile("rb") as lines:
            for line in lines:
                message = json.loads(line)
                match message:
                    case {"next": shared}:
                        self.asked = True
                        loaded = "tensorflow" in self.server.versions()
                        check = self.grading.next(self.worker, shared, loaded)
                        self.check = check.name if check else None
                        if check is not None:
                            self._watch(process, self.grading.timeouts[check.name])
                        answer: dict[str, Any] = {"run": self.check}
                        self._send(connection, answer)
                    case {"start": kind, "tensorflow": tensorflow}:
                        self._start(process, connection, kind, tensorflow)
                    case {"end": number}:
                        self._send(connection, {"status": self._end(number)})
                    case {"note": text}:
                        self.grading.note(self.check, text)
                    case {"result": result}:
                        self._unwatch()
                        self.check = None
                        self.grading.take(result)

    def end_all(self) -> None:
        """End whatever the checker left."""
        self._unwatch()
        for number in list(self._processes):
            self._end(number)

    def _start(
        self,
        process: subprocess.Popen[bytes],
        connection: socket.socket,
        kind: str,
        tensorflow: bool,
    ) -> None:
        assert self.check is not None
        self._unwatch()  # waiting for TensorFlow is no fault of the check
        if tensorflow and not self.server.versions().get("tensorflow"):
            self.grading.note(None, "tensorflow")
        limit = self.grading.timeouts[self.check]
        cores = os.cpu_count() or 1
        try:
            started = self.server.start(kind, tensorflow, seconds=int(limit * cores) + 30)
        except servers.ServerError as error:
            self._send(connection, {"failed": str(error)})
            return
        self._count += 1
        self._processes[self._count] = (started, tensorflow)
        with started.channel:
            data = json.dumps({"number": self._count}).encode() + b"\n"
            socket.send_fds(connection, [data], [started.channel.fileno()])
        self._watch(process, limit)

    def _end(self, number: int) -> int:
        started, tensorflow = self._processes.pop(number)
        return self.server.end(started, tensorflow)

    def _send(self, connection: socket.socket, message: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):
            connection.sendall(json.dumps(message).encode() + b"\n")

    def _watch(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        def kill() -> None:
            self.late = True
            process.kill()

        self._unwatch()
        self._timer = threading.Timer(seconds + GRACE, kill)
        self._timer.daemon = True
        self._timer.start()

    def _unwatch(self) -> None:
        if self._timer is not None:
            self._timer.cancel()


def _last_line(errors: Any) -> str:
    errors.seek(0)
    lines = errors.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it ended without a word"
