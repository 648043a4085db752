"""Grades one submission: precheck, processes, checks, and the report."""

import threading
from pathlib import Path
from typing import Unpack

from grader import endings
from grader.course import Course, Exercise
from grader.engine.checking import Checking
from grader.engine.draft import Draft, OnEvent
from grader.engine.options import Keywords, Options
from grader.engine.precheck import Refusal, prechecked
from grader.engine.server import Server
from grader.folder import Follow
from grader.report import Report
from grader.sandbox import clock
from grader.submission import Submission, digest_of


def grade(
    exercise: str | Exercise,
    path: Path | str | None = None,
    *,
    data: bytes | None = None,
    name: str = "submission.py",
    course: Path | str | None = None,
    server: Server | None = None,
    on_event: OnEvent | None = None,
    cancel: threading.Event | None = None,
    follow_links: Follow = False,
    **options: Unpack[Keywords],
) -> Report:
    """Grade a file, or the bytes of one.

    Args:
        exercise: an id or a stem, such as ``"ex3"``.
        path: the submission.
        data: its bytes, if it is no file.
        name: what these are called in tracebacks.
        course: the course's folder; the built-in one, or the server's, without it.
        server: keeps its processes warm for the next grading.
        on_event: called, from several threads but never at once, with each ``Activity`` and
            each ``CheckResult`` as it comes.
        cancel: ends the grading when it is set; a server goes on.
        follow_links: whether links of the current user in the path are followed; in one that a
            person has ``"typed"``, only in the current folder, the home folder, and those above.
            Otherwise no part of it may be a link.
        **options: see ``Options``.

    Returns:
        What holds and what does not; or, where that could not be found out through no fault of the
        submission, a report whose ``graded`` is false.

    Raises:
        GradingError: the file can't be read.
        Cancelled: ``cancel`` was set while checks ran.
        CourseError: there is no such course or exercise.
        TypeError: neither a path nor data was given, or both.
    """
    if (path is None) == (data is None):
        raise TypeError("grade takes the path of a file, or the data of one")
    if isinstance(exercise, str):
        found = server.course if server is not None else Course.open(course)
        exercise = found.exercise(exercise)
    place = Path(name if path is None else path)
    submission = Submission(exercise.stem, place, data=data, follow_links=follow_links)
    return grade_submission(exercise, submission, Options(**options), server, on_event, cancel)


def grade_submission(
    exercise: Exercise,
    submission: Submission,
    options: Options,
    server: Server | None = None,
    on_event: OnEvent | None = None,
    cancel: threading.Event | None = None,
) -> Report:
    """Grade a submission; see ``grade``."""
    begin = clock.now()
    data = submission.read()
    code = prechecked(data, exercise)
    draft = Draft(exercise, submission, digest_of(data), options, on_event)
    checking, cancel = Checking(draft), cancel or threading.Event()
    try:
        if isinstance(code, Refusal):
            draft.refuse(code)
        elif server is not None:
            checking.run(code, server, cancel)
        else:
            with Server(exercise.root) as own:
                checking.run(code, own, cancel)
    except OSError as error:
        draft.give_up(endings.refused(str(error)))
    return draft.report(clock.now() - begin, checking.versions)


def not_graded(
    exercise: Exercise, submission: Submission, options: Options, accident: str
) -> Report:
    """The report of a submission that could not be graded, and is not the cause."""
    draft = Draft(exercise, submission, submission.digest, options, None)
    draft.give_up(accident)
    return draft.report(0.0, {})
