"""Starts the processes that submissions run in: warm interpreters, and confined forks of them."""

import contextlib
import importlib.util
import json
import os
import shutil
import site
import socket
import subprocess
import sys
import sysconfig
import tempfile
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any, Self

from grader.sandbox.clock import Alarm

MEMORY = 4 << 30  # address space of a confined process; about 1.4 GiB of it are TensorFlow's

CLOSED = "The server is closed."
LOADING = 120.0  # seconds that an interpreter's imports may take: minutes mean that they hang

# Importing and forking TensorFlow is safe on Linux; elsewhere each process is started anew.
FORKS = sys.platform == "linux"

# What a clean environment keeps: how numerical libraries are to compute, and nothing personal.
_KEPT = ("OPENBLAS_", "OMP_", "MKL_", "TF_NUM_", "LD_LIBRARY_PATH", "SYSTEMROOT")


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


@cache
def library_paths() -> tuple[str, ...]:
    """Folders that hold our libraries and are not on an isolated interpreter's path."""
    found = []
    for name in ("grader", "numpy", "safetensors", "pytest", "tensorflow"):
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            found.append(str(Path(spec.origin).parent.parent))
    return tuple(dict.fromkeys(found))


def interpreter(function: str, *arguments: object) -> list[str]:
    """A command: a fresh, isolated interpreter that calls ``module:function`` of ours."""
    module, name = function.split(":")
    paths = list(library_paths())
    code = (
        f"import sys; sys.path += [p for p in {paths!r} if p not in sys.path]; "
        f"from {module} import {name}; {name}({', '.join(map(repr, arguments))})"
    )
    return [sys.executable, "-I", "-c", code]


def cpu_seconds(timeout: float) -> int:
    """CPU time for what may take so many seconds: threads add up, and loading needs some too."""
    return int(timeout * (os.cpu_count() or 1)) + 30


def readable_paths(hidden: tuple[Path, ...]) -> tuple[str, ...]:
    """What a confined process may read: libraries, and around what is hidden if it lies in one."""
    paths = sysconfig.get_paths()
    # of the system only what modules are linked with, for those that nothing has imported yet
    roots = {"/lib", "/lib64", "/usr/lib", "/usr/lib64", f"{sys.base_prefix}/lib"}
    roots |= {paths[k] for k in ("stdlib", "platstdlib", "purelib", "platlib")}
    roots |= set(site.getsitepackages())
    package = Path(__file__).resolve().parent.parent
    own = [package / "datasets"]
    for path in library_paths():
        if (Path(path) / "numpy").is_dir() or (Path(path) / "tensorflow").is_dir():
            roots.add(path)
    resolved = {Path(r).resolve() for r in roots if Path(r).is_dir()}
    # an instructor's own course may be made from the one in the package
    places = ("", "site-packages", "python*/*-packages")  # of this interpreter, and of others
    built_in = [
        course
        for root in resolved
        for place in places
        for course in root.glob(f"{place}/grader/_course".lstrip("/"))
    ]
    secret = (*(path.resolve() for path in hidden), *built_in)
    outermost = [r for r in sorted(resolved) if not resolved.intersection(r.parents)]
    found = [p for root in [*outermost, *own] for p in _around(root, secret)]
    return (*map(str, found), "/etc/ld.so.cache")


def _around(root: Path, hidden: tuple[Path, ...]) -> list[Path]:
    """The root, or if it contains hidden folders, everything in it but those."""
    if any(h == root or h in root.parents for h in hidden):
        return []
    if not any(root in h.parents for h in hidden):
        return [root]
    return [
        path
        for child in sorted(root.iterdir())
        if not any(child.resolve() in (h, *h.parents) for h in hidden if child.is_symlink())
        for path in _around(child, hidden)
    ]


class Server:
    """Warm interpreters, with and without TensorFlow, for one course.

    Any number of gradings may share one, from any thread; each is started when it is first
    needed, and all end with ``close``, for good, or with this process.

    Args:
        hidden: folders that no confined process may read.
        without: layers of protection to leave out; for tests.
        forks: whether to fork warm interpreters (Linux) or start each process anew.
        checker: a module whose ``main(descriptor)`` is the life of a checker, once its
            ``warm_up()`` has been called in the process that it is forked from.

    Attributes:
        closed: whether it starts nothing any more.
    """

    closed = False

    def __init__(
        self,
        hidden: tuple[Path, ...],
        without: frozenset[str] = frozenset(),
        forks: bool = FORKS,
        checker: str = "",
    ) -> None:
        self.folder = tempfile.mkdtemp(prefix="grade-")
        scratch = Path(self.folder) / "scratch"
        scratch.mkdir()
        self._config = {
            "scratch": str(scratch),
            "readable": readable_paths(hidden),
            "hidden": [str(path) for path in hidden if path.is_dir()],
            "memory": MEMORY,
            "without": sorted(without),
            "checker": "",
        }
        kind = _Warm if forks else _Cold
        self._interpreters = {
            needs: kind(self.folder, self._config | {"tensorflow": needs})
            for needs in (False, True)
        }
        self._checkers = kind(self.folder, self._config | {"checker": checker})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def warm(self, tensorflow: bool) -> None:
        """Start an interpreter, and that of checkers, in the background, if none is running.

        Raises:
            ServerError: the server is closed.
        """
        self.check()
        self._checkers.warm()
        self._interpreters[tensorflow].warm()

    def start(self, kind: str, tensorflow: bool, seconds: int) -> Process:
        """Start a confined process, ``"learner"`` or ``"bench"``.

        Args:
            kind: what it serves.
            tensorflow: whether it needs TensorFlow; if so this waits for the import.
            seconds: CPU time it may use.

        Raises:
            ServerError: TensorFlow is missing, the interpreter could not start, or the server is
                closed; ``Refused`` if the system gives no process now.
        """
        self.check()
        return self._interpreters[tensorflow].start(kind, seconds)

    def end(self, process: Process, tensorflow: bool) -> int:
        """Kill a process; returns its exit code, or minus the signal if it had ended by one."""
        process.channel.close()
        return self._interpreters[tensorflow].end(process.number)

    def start_checker(self) -> Process:
        """Start a checker, which is not confined: the checks are its own.

        Raises:
            ServerError: it could not be started, or the server is closed.
        """
        self.check()
        return self._checkers.start("checker", 0)

    def end_checker(self, process: Process) -> None:
        """Kill a checker; the channel stays open for what it has said."""
        self._checkers.end(process.number)

    def versions(self) -> dict[str, str]:
        """Versions of what has been imported so far."""
        return self._interpreters[False].versions | self._interpreters[True].versions

    def check(self) -> None:
        """Raise ``ServerError`` if the server is closed."""
        if self.closed:
            raise ServerError(CLOSED)

    def close(self) -> None:
        """End every process, for good."""
        self.closed = True
        for each in (*self._interpreters.values(), self._checkers):
            each.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class _Warm:
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
            return Process(self._answer()["pid"], ours)
        except ServerError:
            ours.close()
            raise

    def end(self, number: int) -> int:
        with self._lock:
            with contextlib.suppress(OSError):
                self._control.sendall(json.dumps({"end": number}).encode() + b"\n")
            try:
                return int(self._answer()["status"])
            except ServerError:
                return -9

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
        process, late = self._process, threading.Event()
        assert process is not None

        def kill() -> None:
            late.set()
            process.kill()

        timer = Alarm(LOADING, kill)
        try:
            versions: dict[str, str] = self._answer()["versions"]
            return versions
        except ServerError as error:
            if late.is_set():
                process.wait()  # nobody else is to take it for one that still loads
                raise Hangs(f"its import was not over after {LOADING:.0f} s") from error
            raise
        finally:
            timer.cancel()

    def _answer(self) -> dict[str, Any]:
        try:
            line = self._answers.readline()
        except (OSError, ValueError):
            line = b""
        if not line.endswith(b"\n"):
            raise ServerError(last_words(self._errors))
        answer: dict[str, Any] = json.loads(line)
        if "refused" in answer:
            raise Refused(answer["refused"])
        return answer


class _Cold:
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
        process, errors = self._running.pop(number)
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
    errors = tempfile.TemporaryFile()
    process = subprocess.Popen(
        interpreter("grader.sandbox.forkserver:main", theirs.fileno(), forks),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        env=clean_environment(config["scratch"]) | (more or {}),
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
    return lines[-1] if lines else "it ended without a word"
