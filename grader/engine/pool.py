"""Grades several submissions of a course in one run: TensorFlow is loaded once."""

import threading
from collections.abc import Callable, Generator, Mapping
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue

from grader.course import CourseError, Exercise
from grader.engine.grading import GradingError, Server, grade
from grader.report import Event, Report

AT_ONCE = 2  # each grading may use two cores, but waits often

Result = Report | GradingError | CourseError


def grade_several(
    submissions: Mapping[Exercise, Path],
    course: Path,
    *,
    seed: int | None = None,
    timeout: float | None = None,
    on_event: Callable[[Exercise, Event | None], None] = lambda exercise, event: None,
) -> Generator[tuple[Exercise, Result]]:
    """Grade one's own files, some at the same time, and yield each result as it comes.

    Closing the iterator ends what still runs; so does an exception while it is waited for.

    Args:
        submissions: a file for each exercise; they are begun in this order.
        course: the course's folder.
        seed, timeout: see ``grade``.
        on_event: called, from several threads at once, with each event of each grading, and with
            ``None`` when one begins.
    """
    waiting: SimpleQueue[tuple[Exercise, Path]] = SimpleQueue()
    for submission in submissions.items():
        waiting.put(submission)
    done: SimpleQueue[tuple[Exercise, Report | Exception]] = SimpleQueue()

    def told(exercise: Exercise, event: Event) -> None:
        server.check()
        on_event(exercise, event)

    def work() -> None:
        while not server.closed:
            try:
                exercise, path = waiting.get_nowait()
            except Empty:
                return
            on_event(exercise, None)
            try:
                report = grade(
                    exercise,
                    path,
                    seed=seed,
                    timeout=timeout,
                    server=server,
                    on_event=partial(told, exercise),
                )
                done.put((exercise, report))
            except Exception as error:
                done.put((exercise, error))

    threads = [threading.Thread(target=work, daemon=True) for _ in range(AT_ONCE)]
    with Server(course) as server:
        if any(_needs_tensorflow(exercise) for exercise in submissions):
            server.warm(True)  # it loads while the first exercises are graded without it
        for thread in threads:
            thread.start()
        try:
            for _ in submissions:
                exercise, result = _next(done)
                if not isinstance(result, Result):
                    raise result
                yield exercise, result
        finally:
            server.close()
            for thread in threads:
                thread.join(timeout=0.5)  # a check that computes on its own may go on; we do not


def _next(done: SimpleQueue) -> tuple[Exercise, Report | Exception]:
    while True:
        try:
            return done.get(timeout=0.1)  # one without a timeout would not let Ctrl-C through
        except Empty:
            continue


def _needs_tensorflow(exercise: Exercise) -> bool:
    try:
        return any(check.tensorflow for check in exercise.checks)
    except CourseError:
        return False  # its grading will say so
