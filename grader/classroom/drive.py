"""Grades a class: what has no result yet, each text once; a result is kept as soon as it comes."""

import platform
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from grader import __version__, folder
from grader.classroom.classfolder import ClassFolder, Settings
from grader.classroom.journal import Journal, Mark, key_of, mark_of
from grader.classroom.manifest import Entry, candidates
from grader.course import Course, Exercise
from grader.engine.options import Options
from grader.engine.pool import Start, grade_many
from grader.errors import CourseError
from grader.i18n import _
from grader.submission import Submission, digest_of

MAX_FILE = 16 << 20  # bytes of a submission that are looked at; grading refuses far fewer
_PACKAGES = ("numpy", "tensorflow", "keras")


def versions() -> dict[str, str | None]:
    """What a result depends on beside the course, without importing any of it."""
    found: dict[str, str | None] = {"grader": __version__, "python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = None
    return found


@dataclass(frozen=True)
class Task:
    """A text that is to be graded once, and all entries that have it.

    Attributes:
        key: see ``key_of``.
        exercise: the exercise.
        digest: of the text.
        entries: whose it is; never empty.
    """

    key: str
    exercise: Exercise
    digest: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Plan:
    """What is to be done for a class.

    Attributes:
        tasks: texts without a result, in the order of the course's exercises.
        known: entries whose text has a result, and its key.
        unread: entries that can't be graded, and why, a sentence.
    """

    tasks: Sequence[Task]
    known: Sequence[tuple[Entry, str]]
    unread: Mapping[Entry, str]

    def totals(self) -> dict[str, int]:
        """How many submissions there are of each exercise, by its stem."""
        found: dict[str, int] = {}
        waiting = [entry for task in self.tasks for entry in task.entries]
        for entry in [*waiting, *(entry for entry, __ in self.known), *self.unread]:
            found[entry.exercise] = found.get(entry.exercise, 0) + 1
        return found


def planned(
    place: ClassFolder,
    course: Course,
    settings: Settings,
    graded: Collection[str],
    only: Collection[str] = (),
) -> Plan:
    """What is to be done.

    Args:
        place: the class.
        course: its course.
        settings: which versions count, and how they are graded.
        graded: keys of the results that there are.
        only: stems of exercises; all without it.

    Raises:
        ClassError: the manifest can't be read.
    """
    stems = {exercise.stem: exercise for exercise in course.exercises}
    order = {stem: number for number, stem in enumerate(stems)}
    entries = [e for e in place.entries() if not only or e.exercise in only]
    tasks: dict[str, list[Entry]] = {}
    digests: dict[str, str] = {}
    known: list[tuple[Entry, str]] = []
    unread: dict[Entry, str] = {}
    used = versions()
    for entry in candidates(entries, settings.policy):
        exercise = stems.get(entry.exercise)
        if exercise is None:
            unread[entry] = _(
                "The course has no exercise {exercise}. Correct the manifest."
            ).format(exercise=entry.exercise)
            continue
        try:
            digest = digest_of(folder.read(place.root / entry.file, MAX_FILE))
        except OSError as error:
            unread[entry] = _("{file} can't be read ({reason}). Import again.").format(
                file=entry.file, reason=error.strerror or error
            )
            continue
        key = key_of(digest, exercise.stem, exercise.hash, used, settings.seed, settings.limit)
        if key in graded:
            known.append((entry, key))
        else:
            tasks.setdefault(key, []).append(entry)
            digests[key] = digest
    found = [
        Task(key, stems[those[0].exercise], digests[key], tuple(those))
        for key, those in tasks.items()
    ]
    return Plan(sorted(found, key=lambda task: order[task.exercise.stem]), known, unread)


@dataclass
class Drive:
    """Grades what a plan has, and keeps it.

    Attributes:
        place: the class, whose lock the caller holds.
        course: its course.
        settings: how it is graded.
        journal: where results are kept.
        workers: how many submissions are graded at once.
        start: makes what they are graded by, see ``grader.engine.pool.run``; threads
            without it.
    """

    place: ClassFolder
    course: Course
    settings: Settings
    journal: Journal
    workers: int = 2
    start: Start = ThreadPoolExecutor
    _running: dict[Submission, Task] = field(default_factory=dict)

    def results(self, plan: Plan) -> Generator[tuple[Task, Mark]]:
        """Grade; each result is in the journal before it is yielded.

        Closing the iterator ends what runs; it has no result then.

        Raises:
            ClassError: a result can't be kept.
            CourseError: the checks themselves can't be run.
        """
        self.journal.assign(plan.known)
        settings = self.settings
        many = grade_many(
            self._submissions(plan.tasks),
            self.course.root,
            Options(
                seed=settings.seed, limit=settings.limit, checkers=1 if self.workers > 1 else 2
            ),
            workers=self.workers,
            tensorflow=any(c.tensorflow for t in plan.tasks[:1] for c in t.exercise.checks),
            start=self.start,
        )
        with closing(many):
            for submission, result in many:
                if isinstance(result, CourseError):
                    raise result
                task = self._running.pop(submission)
                mark = mark_of(task.key, task.exercise.stem, task.digest, result)
                self.journal.keep(mark, task.entries)
                yield task, mark

    def _submissions(self, tasks: Sequence[Task]) -> Iterator[Submission]:
        """One after the other, as they are begun: not all are in memory at once."""
        for task in tasks:
            file = self.place.root / task.entries[0].file
            name = task.exercise.stub.with_suffix(file.suffix).name  # as learners call it
            try:
                data = folder.read(file, MAX_FILE)
            except OSError:
                data = b""  # its digest is another one, and it says that it has changed
            submission = Submission(
                task.exercise.stem, Path(name), task.key, task.digest, data=data
            )
            self._running[submission] = task
            yield submission
