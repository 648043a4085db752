"""The confined processes behind a checker's fixtures, and how long each of them lives."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from grader.checker.control import Control
from grader.checker.job import Job
from grader.checker.record import Record
from grader.checks.errors import Ended, Garbled, Late, SubmissionError
from grader.checks.remote import Learner, RemoteProcess
from grader.sandbox.clock import Clock

REUSES = 100  # of a learner's process, where one may serve several runs


def derived_seed(seed: int, *names: str) -> int:
    """A stream of its own for each use of a grading's seed; none tells of another."""
    key = "\0".join((f"{seed:016x}", *names)).encode()
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "big")


class Processes:
    """A new learner's process for each check, and one bench for check after check.

    Attributes:
        alive: those that fixtures use now.
        missing: layers of protection that did not stand in any so far.
        record: of the newest process of the submission.
    """

    def __init__(self, job: Job, control: Control, clock: Clock) -> None:
        self._job, self._control, self._clock = job, control, clock
        self._kept: RemoteProcess | None = None  # a learner's, which serves several runs
        self._uses = 0
        self._idle: RemoteProcess | None = None  # a bench that the next check may use
        self.alive: list[RemoteProcess] = []
        self.missing: set[str] = set()
        self.record = Record()

    @contextmanager
    def learner(self, tensorflow: bool, seed: int, stream: str) -> Iterator[Learner]:
        """The submission, loaded in a process.

        Args:
            tensorflow: whether the check needs it there.
            seed: of the grading.
            stream: whose draws these are.
        """
        if self._job.repeats and not tensorflow:
            yield Learner(self._keep(seed, stream))
            return
        process = self._start("learner", tensorflow or self._job.tensorflow)
        if self._job.records:
            process.record = self.record = Record()
        try:
            self._load(process, seed, stream)
            yield Learner(process)
        finally:
            self._end(process)

    @contextmanager
    def bench(self, seed: int, stream: str) -> Iterator[RemoteProcess]:
        """A bench, cleared of what earlier checks did there: it has no code of the learner's."""
        seed = derived_seed(seed, "bench", stream)
        process = self._cleared(seed)
        if process is None:
            process = self._start("bench", True)
            process.ready()
            process.reset(seed)
        try:
            yield process
        finally:
            if self._idle is None and not self._job.repeats:
                self.alive.remove(process)
                self._idle = process
            else:
                self._end(process)

    def drop(self) -> None:
        """End what would serve another check."""
        if self._kept is not None:
            self._end(self._kept)
            self._kept = None
        if self._idle is not None:
            self._idle.end()
            self._idle = None

    def _keep(self, seed: int, stream: str) -> RemoteProcess:
        """A process for many runs: when checks are repeated, it is they that are in question."""
        if self._uses == REUSES:
            self.drop()
        if self._kept is None:
            self._kept, self._uses = self._start("learner", self._job.tensorflow), 0
            self._load(self._kept, seed, stream)
        self._uses += 1
        return self._kept

    def _load(self, process: RemoteProcess, seed: int, stream: str) -> None:
        job = self._job
        seed = derived_seed(seed, "learner", stream)
        process.load(job.source, job.filename, job.module, seed)

    def _cleared(self, seed: int) -> RemoteProcess | None:
        """The bench of an earlier check, unless there is none or it has died meanwhile."""
        process, self._idle = self._idle, None
        if process is None:
            return None
        self.alive.append(process)
        try:
            process.reset(seed)
        except (Ended, Garbled, Late, SubmissionError):
            self._end(process)
            return None
        return process

    def _start(self, kind: str, tensorflow: bool) -> RemoteProcess:
        process = RemoteProcess(self._control, kind, tensorflow, self._clock)
        self.alive.append(process)
        self.missing |= set(process.missing)
        return process

    def _end(self, process: RemoteProcess) -> None:
        self.alive.remove(process)
        process.end()
