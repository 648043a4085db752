"""Many jobs at once, over any ``concurrent.futures.Executor``: threads, processes, other machines.

To grade is a call of one top-level function with plain data. Each process that does it keeps a
``Server`` warm; the threads of one process share it.
"""

import atexit
import secrets
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ThreadPoolExecutor,
    wait,
)
from contextlib import closing, contextmanager, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeVar

from grader import endings
from grader.course import Course, CourseError, built_in
from grader.engine.grading import grade_submission, not_graded
from grader.engine.options import Options
from grader.engine.server import Server
from grader.errors import GradingError
from grader.report import Event, Report
from grader.submission import Submission

WORKERS = 2  # a grading may use two cores, but waits often
_TICK = 0.2  # seconds; a wait without end would not let Ctrl-C through

Result = Report | GradingError | CourseError
Returned = TypeVar("Returned")
Start = Callable[[int], Executor]  # makes an executor with so many workers
OnStep = Callable[[int, int], None]
OnFile = Callable[[Submission, Event | None], None]


def unwatched(done: int, total: int) -> None:
    """Nobody wants to know how far it is."""


def processes(workers: int) -> Executor:
    """Fresh interpreters on this machine."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("spawn")  # nobody's threads and locks are forked
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_ignore_ctrl_c)


def _ignore_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is meant for whoever waits for the results


def run(
    jobs: Iterable[Callable[[], Returned]],
    *,
    workers: int = WORKERS,
    start: Start = ThreadPoolExecutor,
) -> Generator[tuple[int, Future[Returned]]]:
    """Run jobs, and yield the number of each and its future when it is done.

    Only as many are handed to the executor as there are workers, and the next ones before those
    that are done are yielded: no worker waits for what is made of a result. Where a worker's
    process ends before its time, each job that may have been the cause is run once more, alone; if
    that ends it too, its future raises ``BrokenExecutor``. Whoever leaves early gives up what has
    not begun.

    Args:
        jobs: what to call; for other processes, partials of top-level functions and plain data.
        workers: how many run at once.
        start: makes the executor.
    """
    waiting = iter(enumerate(jobs))
    running: dict[Future[Returned], tuple[int, Callable[[], Returned]]] = {}
    over: list[tuple[int, Future[Returned]]] = []
    ended: SimpleQueue[Future[Returned]] = SimpleQueue()
    executor = start(workers)
    try:
        while True:
            lost = []
            for number, job in islice(waiting, workers - len(running)):
                try:
                    future = executor.submit(job)
                except BrokenExecutor:
                    lost.append((number, job))
                else:
                    running[future] = number, job
                    future.add_done_callback(ended.put)
            yield from over
            over.clear()
            if not running and not lost:
                return
            # one that was lost with others has been taken before, and comes once more
            done = {future for future in _some(ended) if future in running}
            if lost or any(map(_broken, done)):
                done = wait(running).done  # what breaks, breaks for all
            for future in done:
                number, job = running.pop(future)
                if _broken(future):
                    lost.append((number, job))
                else:
                    over.append((number, future))
            if lost:
                yield from over
                over.clear()
                for number, job in lost:
                    executor.shutdown(wait=False)
                    executor = start(1)
                    future = executor.submit(job)
                    while not wait([future], _TICK).done:
                        continue
                    yield number, future
                executor.shutdown(wait=False)
                executor = start(workers)
    finally:
        executor.shutdown(wait=not running, cancel_futures=True)


def _some(queue: "SimpleQueue[Future]") -> Iterator[Future]:
    """What is in a queue; waits a moment for the first."""
    with suppress(Empty):
        yield queue.get(timeout=_TICK)
        while True:
            yield queue.get_nowait()


def _broken(future: Future) -> bool:
    return isinstance(future.exception(), BrokenExecutor)


def in_order(
    jobs: Sequence[Callable[[], Returned]],
    on_step: OnStep = unwatched,
    *,
    workers: int = WORKERS,
    start: Start = ThreadPoolExecutor,
) -> Iterator[Returned]:
    """Run jobs as ``run`` does, and yield what they return, in their order.

    Args:
        jobs: what to run; what one raises is raised here.
        on_step: called with how many are done, and of how many.
        workers, start: see ``run``.
    """
    early: dict[int, Future[Returned]] = {}
    total, due = len(jobs), 0
    on_step(0, total)
    with closing(run(jobs, workers=workers, start=start)) as ended:
        for done, (number, future) in enumerate(ended, 1):
            on_step(done, total)
            early[number] = future
            while due in early:
                yield early.pop(due).result()
                due += 1


def grade_many(
    submissions: Iterable[Submission],
    course: Path,
    options: Options = Options(),  # noqa: B008 - it is frozen
    *,
    workers: int = WORKERS,
    start: Start = ThreadPoolExecutor,
    on_event: OnFile | None = None,
    tensorflow: bool | None = None,
) -> Generator[tuple[Submission, Result]]:
    """Grade submissions, several at once, and yield each with its result as it comes.

    Closing the iterator ends what still runs in threads, and so does an exception while it is
    waited for; another process finishes the one that it has begun.

    Args:
        submissions: they are begun in this order, and asked for as they are begun.
        course: the course's folder.
        options: of each grading.
        workers, start: see ``run``; ``processes`` starts interpreters.
        on_event: called, from several threads at once, with each event of each grading, and with
            ``None`` when one begins; other processes can't.
        tensorflow: whether TensorFlow may load at once; without it all exercises are looked at,
            and so all submissions are asked for at once.

    Yields:
        each submission, and its report; or why there is none.
    """
    name = secrets.token_hex(8)
    if tensorflow is None:
        submissions = list(submissions)
        tensorflow = _needs_tensorflow(submissions, course)
    begun: dict[int, Submission] = {}
    there = None if course == built_in() else course  # it may be elsewhere on another machine

    def jobs() -> Iterator[Callable[[], Report]]:
        for number, each in enumerate(submissions):
            begun[number] = each
            yield partial(graded, name, there, each, options, tensorflow, on_event)

    try:
        with closing(run(jobs(), workers=workers, start=start)) as ended:
            for number, future in ended:
                submission = begun.pop(number)
                try:
                    yield submission, future.result()
                except (GradingError, CourseError) as error:
                    yield submission, error
                except OSError as error:  # not even a server could be made
                    exercise = Course.open(course).exercise(submission.exercise)
                    accident = endings.refused(str(error))
                    yield submission, not_graded(exercise, submission, options, accident)
                except BrokenExecutor:
                    exercise = Course.open(course).exercise(submission.exercise)
                    yield submission, not_graded(exercise, submission, options, endings.killed())
    finally:
        close(name)


def graded(
    name: str,
    course: Path | None,
    submission: Submission,
    options: Options,
    tensorflow: bool = False,
    on_event: OnFile | None = None,
) -> Report:
    """One job: grade a submission by this process's warm server.

    After an accident it is graded once more, by fresh interpreters.

    Args:
        name: of the run, whose jobs share a server.
        course, submission, options: see ``grade_many``.
        tensorflow: whether TensorFlow may load while what needs none is graded.
        on_event: see ``grade_many``.
    """
    server = _warm(name, course, tensorflow)
    exercise = server.course.exercise(submission.exercise)

    def told(event: Event) -> None:
        server.check()  # whoever has closed it wants no more
        if on_event is not None:
            on_event(submission, event)

    if on_event is not None:
        on_event(submission, None)
    report = grade_submission(exercise, submission, options, server, told)
    if not report.graded and not server.closed:
        with _fresh(name, course) as another:
            report = grade_submission(exercise, submission, options, another, told)
    return report


_lock = threading.Lock()
_servers: dict[str, list[Server]] = {}  # of each run; the first of them is the warm one


def _warm(name: str, course: Path | None, tensorflow: bool) -> Server:
    with _lock:
        if name not in _servers:
            _servers[name] = [Server(course)]
            if tensorflow:
                _servers[name][0].warm(True)
        return _servers[name][0]


@contextmanager
def _fresh(name: str, course: Path | None) -> Iterator[Server]:
    with Server(course) as server:
        with _lock:
            _servers.get(name, []).append(server)
        try:
            yield server
        finally:
            with _lock:
                _servers.get(name, [server]).remove(server)


def close(name: str) -> None:
    """End what a run has started in this process."""
    with _lock:
        servers = _servers.pop(name, [])
    for server in servers:
        server.close()


def close_all() -> None:
    """The same for all runs."""
    for name in list(_servers):
        close(name)


atexit.register(close_all)  # in a worker's process nobody else does


def _needs_tensorflow(submissions: Sequence[Submission], course: Path) -> bool:
    """Whether any of the exercises does; what can't be read says so when it is graded."""
    try:
        found = Course.open(course)
        names = {submission.exercise for submission in submissions}
        return any(c.tensorflow for name in names for c in found.exercise(name).checks)
    except CourseError:
        return False
