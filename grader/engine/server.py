"""Starts the processes that submissions and checks run in, for one course."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from grader.course import Course
from grader.errors import GradingError
from grader.folder import foreign
from grader.i18n import _
from grader.sandbox.confinement.readable import readable_paths
from grader.sandbox.interpreters import (
    CLOSED,
    Cold,
    Interpreters,
    Process,
    Refused,
    ServerError,
    Warm,
)

CHECKER = "grader.checker.main"  # imported by its own process only: it brings pytest
MEMORY = 4 << 30  # address space of a confined process; about 1.4 GiB of it are TensorFlow's

# Importing and forking TensorFlow is safe on Linux; elsewhere each process is started anew.
FORKS = sys.platform == "linux"


def cpu_seconds(timeout: float) -> int:
    """CPU time for what may take so many seconds: threads add up, and loading needs some too."""
    return int(timeout * (os.cpu_count() or 1)) + 30


def _temporary() -> str:
    """The folder for temporary files.

    Raises:
        GradingError: its owner could put others in their place, and is neither us nor root.
        OSError: there is none with any room.
    """
    folder = os.path.realpath(tempfile.gettempdir())
    if owner := foreign(Path(folder)):
        raise GradingError(
            _(
                "Temporary files would be in {folder}, which belongs to {owner}, who "
                "could change them while your code is graded. Set TMPDIR to a folder of "
                "your own, then try again."
            ).format(folder=folder, owner=owner)
        )
    return folder


@contextmanager
def _granted() -> Iterator[None]:
    """What the system does not give raises ``Refused``."""
    try:
        yield
    except OSError as error:
        raise Refused(str(error)) from error


class Server:
    """Warm interpreters, with and without TensorFlow, for one course::

        with Server() as server:
            for path in paths:
                report = grade("ex3", path, server=server)

    Any number of gradings may share one, from any thread; each interpreter is started when it is
    first needed, and all end with ``close``, for good, or with this process.

    Args:
        course: the course's folder; the built-in one without it.
        without: layers of protection to leave out; for tests, the report names them.
        forks: whether to fork warm interpreters (Linux) or start each process anew.
        large: whether models are large, as those of experiments may be: TensorFlow computes as it
            does by itself, on all cores, with oneDNN's operations and with graphs rewritten.

    Attributes:
        course: the course.
        closed: whether it starts nothing any more.

    Raises:
        CourseError: the folder holds no course.
        GradingError: the folder for temporary files is another user's.
        OSError: it has no room.
    """

    closed = False

    def __init__(
        self,
        course: Path | str | None = None,
        *,
        without: frozenset[str] = frozenset(),
        forks: bool = FORKS,
        large: bool = False,
    ) -> None:
        self.course = Course.open(course)
        hidden = self.course.hidden
        self.folder = tempfile.mkdtemp(prefix="grade-", dir=_temporary())
        scratch = Path(self.folder) / "scratch"
        scratch.mkdir()
        self._config = {
            "scratch": str(scratch),
            "readable": readable_paths(hidden),
            "hidden": [str(path) for path in hidden if path.is_dir()],
            "memory": MEMORY,
            "without": sorted(without),
            "large": large,
            "checker": "",
        }
        kind = Warm if forks else Cold
        self._interpreters: dict[bool, Interpreters] = {
            needs: kind(self.folder, self._config | {"tensorflow": needs})
            for needs in (False, True)
        }
        self._checkers: Interpreters = kind(self.folder, self._config | {"checker": CHECKER})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def warm(self, tensorflow: bool) -> None:
        """Start an interpreter, and that of checkers, in the background, if none is running.

        What the system does not give now, ``start`` asks for again.

        Raises:
            ServerError: the server is closed.
        """
        self.check()
        with suppress(OSError):
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
        with _granted():
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
        with _granted():
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
