"""Running time: it passes only while this process can run.

A process that is stopped (Ctrl-Z, a frozen container) finds later that seconds are gone, and takes
each deadline for missed. Here a thread looks at the clock all the time: where it could not, and the
process computed nothing either, that time does not count. The deadlines of a submission's calls are
kept by processes that it can't stop: what it stops itself counts.
"""

import errno
import math
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

CALM = 4.0  # programs that want each core: with so many, the limits of checks leave room enough
MOST = 4.0  # times as long as on a calm machine
TICK = 0.25  # seconds between two looks, and the most that a wait for a deadline sleeps
GAP = 2.0  # seconds without a look that are more than a busy machine's delay


def patient(seconds: float) -> float:
    """The running time that a check may take on this machine now.

    Where many programs want each core, right code takes several times as long, which is no fault
    of the code: a limit is then longer, by the load of the last minute, up to four times.
    """
    try:
        load = os.getloadavg()[0]
    except OSError:  # not known here
        return seconds
    times = min(load / (os.cpu_count() or 1) / CALM, MOST)
    return math.ceil(seconds * times) if times > 1 else seconds


def thread(work: Callable[[], None]) -> threading.Thread:
    """Start a thread that does not keep its process alive.

    Raises:
        BlockingIOError: the system gives none now.
    """
    started = threading.Thread(target=work, daemon=True)
    try:
        started.start()
    except RuntimeError as error:
        raise BlockingIOError(errno.EAGAIN, str(error)) from None
    return started


class _Stopwatch:
    """The running time of one process."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self._lock = threading.Lock()
        self._stopped = 0.0
        self._seen, self._used = time.monotonic(), time.process_time()
        self._looks = True
        try:
            thread(self._look)
        except BlockingIOError:  # nobody can tell then when it was stopped, and all time counts
            self._looks = False

    def now(self) -> float:
        with self._lock:
            seen, used = time.monotonic(), time.process_time()
            gap = seen - self._seen - (used - self._used) - TICK
            if gap > GAP and self._looks:
                self._stopped += gap
            self._seen, self._used = seen, used
            return seen - self._stopped

    def _look(self) -> None:
        while True:
            time.sleep(TICK)
            self.now()


_running: _Stopwatch | None = None
_starting = threading.Lock()


def now() -> float:
    """``time.monotonic()``, less the time that this process was stopped since it first asked."""
    global _running
    if _running is None or _running.pid != os.getpid():  # threads do not survive a fork
        with _starting:
            if _running is None or _running.pid != os.getpid():
                _running = _Stopwatch()
    return _running.now()


class Alarm:
    """Calls a function in a thread of its own after some seconds of running time.

    Raises:
        BlockingIOError: the system gives no thread.
    """

    def __init__(self, seconds: float, ring: Callable[[], None]) -> None:
        self._deadline, self._ring, self._off = now() + seconds, ring, threading.Event()
        thread(self._wait)

    def cancel(self) -> None:
        """Do not call it any more."""
        self._off.set()

    def _wait(self) -> None:
        while (left := self._deadline - now()) > 0:
            if self._off.wait(min(left, TICK)):
                return
        if not self._off.is_set():
            self._ring()


class Clock:
    """The time left for a check."""

    def __init__(self) -> None:
        self.deadline: float | None = None
        self.paused = 0.0

    def start(self, seconds: float) -> None:
        """Begin a check that may take so many seconds."""
        self.deadline, self.paused = now() + seconds, 0.0

    @contextmanager
    def pause(self) -> Iterator[None]:
        """Time that does not count: TensorFlow loads."""
        begin = now()
        yield
        waited = now() - begin
        self.paused += waited
        if self.deadline is not None:
            self.deadline += waited
