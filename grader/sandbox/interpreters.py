"""Fresh, isolated interpreters: warm ones that fork, or one for each process."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Protocol

from grader import endings
from grader.i18n import CATALOGS, LANGUAGE, _
from grader.sandbox.clock import Alarm
from grader.sandbox.confinement.readable import library_paths

CLOSED = _("The server is closed.")
LOADING = 120.0  # seconds that an interpreter's imports may take: minutes mean that they hang
ANSWERING = 30.0  # and a fork, which takes milliseconds: then somebody has stopped the interpreter

# What a clean environment keeps: how numerical libraries are to compute, in which language
# sentences are, and nothing personal.
_KEPT = (
    LANGUAGE,
    CATALOGS,
    "OPENBLAS_",
    "OMP_",
    "MKL_",
    "TF_NUM_",
    "LD_LIBRARY_PATH",
    "SYSTEMROOT",
)

# How TensorFlow computes with models as small as a check's: threads, and the search for oneDNN's
# operations, take more processor time than they save. It is read when TensorFlow is imported.
_SMALL = {
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
}


class ServerError(Exception):
    """A process could not be started; the text says why."""


class Hangs(ServerError):
    """An interpreter's imports come to no end."""


class Refused(ServerError):
    """The system gives no further process now; what runs already goes on."""


@dataclass(frozen=True)
class Process:
    """A confined process: its server's number for it, and our end of the channel."""

    number: int
    channel: socket.socket


def clean_environment(home: str) -> dict[str, str]:
    """What a process of ours may know of the environment it was started from."""
    kept = {k: v for k, v in os.environ.items() if k.startswith(_KEPT)}
    return kept | {
        "HOME": home,
        "TMPDIR": home,
        "KERAS_HOME": home,
        "MPLBACKEND": "agg",  # plots are drawn and shown to nobody
        "KERAS_BACKEND": "tensorflow",
        "LANG": "C.UTF-8",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",  # a GPU would change what Keras compiles, and its errors
    }


def interpreter(function: str, *arguments: object) -> list[str]:
    """A command: a fresh, isolated interpreter that calls ``module:function`` of ours."""
    module, name = function.split(":")
    paths = list(library_paths())
    code = (
        f"import sys; sys.path += [p for p in {paths!r} if p not in sys.path]; "
        f"from {module} import {name}; {name}({', '.join(map(repr, arguments))})"
    )
    return [sys.executable, "-I", "-c", code]


class Interpreters(Protocol):
    """What starts the processes of one kind.

    Attributes:
        versions: of what has been imported so far.
    """

    versions: dict[str, str]

    def warm(self) -> None:
        """Begin to import, in the background, if that is done ahead."""
        ...

    def start(self, kind: str, seconds: int) -> Process:
        """Start a process; see ``grader.engine.server.Server.start``."""
        ...

    def end(self, number: int) -> int:
        """Kill a process; returns its exit code, or minus the signal if it had ended by one."""
        ...

    def close(self) -> None:
        """End all, for good."""
        ...


class Warm:
    """One interpreter that forks."""

    def __init__(self, folder: str, config: dict[str, Any]) -> None:
        self._folder, self._config = folder, config
        self._lock = threading.RLock()
        self._closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket
        self._answers: IO[bytes]
        self._errors: IO[bytes]
        self.versions: dict[str, str] = {}

    def warm(self) -> None:
        if not self._lock.acquire(blocking=False):
            return  # whoever has it starts one, or waits for one that loads
        try:
            if self._closed:
                raise ServerError(CLOSED)
            if self._process is not None and self._process.poll() is None:
                return
            self.versions = {}
            self._control, theirs = socket.socketpair()
            self._answers = self._control.makefile("rb")
            try:
                self._process, self._errors = _launch(
                    self._folder, self._config, theirs, forks=True
                )
            except OSError:
                for each in (theirs, self._answers, self._control):
                    each.close()
                raise
            if self._closed:  # meanwhile
                self.close()
                raise ServerError(CLOSED)
        finally:
            self._lock.release()

    def start(self, kind: str, seconds: int) -> Process:
        with self._lock:
            self.warm()
            process = self._process
            try:
                return self._fork(kind, seconds)
            except (Refused, Hangs):
                raise
            except ServerError:
                if process is None:
                    raise
                # killed a moment ago, it may have looked alive: once more, by a fresh one
                process.kill()
                process.wait()
                self.warm()
                return self._fork(kind, seconds)

    def _fork(self, kind: str, seconds: int) -> Process:
        if not self.versions:
            self.versions = self._loaded()
        ours, theirs = socket.socketpair()
        request = json.dumps({"fork": kind, "seconds": seconds}).encode() + b"\n"
        with theirs, contextlib.suppress(OSError):  # the answer will say
            socket.send_fds(self._control, [request], [theirs.fileno()])
        try:
            with self._awaited(ANSWERING):
                return Process(self._answer()["pid"], ours)
        except ServerError:
            ours.close()
            raise

    def end(self, number: int) -> int:
        ours, theirs = socket.socketpair()
        request = json.dumps({"end": number}).encode() + b"\n"
        # others may fork while this one ends
        with ours, ours.makefile("rb") as answer, self._awaited(ANSWERING):
            with self._lock, theirs, contextlib.suppress(OSError):
                socket.send_fds(self._control, [request], [theirs.fileno()])
            line = answer.readline()
        return int(json.loads(line)["status"]) if line else -signal.SIGKILL

    def close(self) -> None:
        self._closed = True  # whoever waits for the lock starts none in its place
        process = self._process
        if process is None:
            return
        self._process = None
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        self._control.close()
        self._answers.close()
        if not self.versions:  # still importing: it would notice late
            process.kill()
        try:
            process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._errors.close()

    def _loaded(self) -> dict[str, str]:
        """What an interpreter has imported, once it has."""
        with self._awaited(LOADING) as late:
            try:
                versions: dict[str, str] = self._answer()["versions"]
                return versions
            except ServerError as error:
                if late.is_set():
                    why = _("its import was not over after {seconds:.0f} s").format(seconds=LOADING)
                    raise Hangs(why) from error
                raise

    @contextlib.contextmanager
    def _awaited(self, seconds: float) -> Iterator[threading.Event]:
        """Kill an interpreter that has not answered in time; the event is set then."""
        process, late = self._process, threading.Event()  # another thread may close it

        def kill() -> None:
            late.set()
            if process is not None:
                process.kill()

        timer = None
        with contextlib.suppress(BlockingIOError):  # it can do without
            timer = Alarm(seconds, kill)
        try:
            yield late
        finally:
            if timer is not None:
                timer.cancel()
            if late.is_set() and process is not None:
                process.wait()  # nobody else is to take it for one that works

    def _answer(self) -> dict[str, Any]:
        try:
            line = self._answers.readline()
        except (OSError, ValueError):
            line = b""
        if not line.endswith(b"\n"):
            raise ServerError(self._end())
        answer: dict[str, Any] = json.loads(line)
        if "refused" in answer:
            raise Refused(answer["refused"])
        return answer

    def _end(self) -> str:
        """Why an interpreter says nothing any more; its log tells nothing of who killed it."""
        process = self._process  # another thread may close it
        if process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                if process.wait(timeout=1) in (-signal.SIGKILL, -signal.SIGXCPU):
                    return endings.interpreter_killed()
        return last_words(self._errors)


class Cold:
    """No forks: a fresh interpreter for each process."""

    def __init__(self, folder: str, config: dict[str, Any]) -> None:
        self._folder, self._config = folder, config
        self._running: dict[int, tuple[subprocess.Popen[bytes], IO[bytes]]] = {}
        self.versions: dict[str, str] = {}

    def warm(self) -> None:
        pass

    def start(self, kind: str, seconds: int) -> Process:
        ours, theirs = socket.socketpair()
        more = {"kind": kind, "seconds": seconds, "parent": os.getpid()}
        config = self._config | more
        # a library's threads could not be confined any more: none may start with the import
        single = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        try:
            process, errors = _launch(self._folder, config, theirs, forks=False, more=single)
        except OSError:
            ours.close()
            theirs.close()
            raise
        self._running[process.pid] = (process, errors)
        return Process(process.pid, ours)

    def end(self, number: int) -> int:
        found = self._running.pop(number, None)
        if found is None:  # another thread has ended it
            return -signal.SIGKILL
        process, errors = found
        errors.close()
        if process.poll() is None:
            process.kill()
        return process.wait()

    def close(self) -> None:
        for number in list(self._running):
            self.end(number)


def _launch(
    folder: str,
    config: dict[str, Any],
    theirs: socket.socket,
    forks: bool,
    more: dict[str, str] | None = None,
) -> tuple[subprocess.Popen[bytes], IO[bytes]]:
    errors = tempfile.TemporaryFile(dir=folder)
    process = subprocess.Popen(
        interpreter("grader.sandbox.forkserver:main", theirs.fileno(), forks),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        env=({} if config["large"] else _SMALL)
        | clean_environment(config["scratch"])
        | (more or {}),
        cwd=folder,
        pass_fds=[theirs.fileno()],
        start_new_session=True,  # Ctrl-C is ours to handle
    )
    theirs.close()
    assert process.stdin is not None
    with contextlib.suppress(OSError):
        process.stdin.write(json.dumps(config).encode())
        process.stdin.close()
    return process, errors


def last_words(errors: IO[bytes]) -> str:
    """The last line that a dead interpreter wrote."""
    errors.seek(0)
    lines = errors.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else _("it ended without a word")
