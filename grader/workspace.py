"""The learner's folder: where the files are, what became of each grading, each quiz answer.

All is kept in one SQLite file, ``.grade/progress.sqlite3``. Neither gradings nor quizzes need it:
what can't be kept is an error here, which the caller tells and goes on.
"""

import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from grader.course import Course, Exercise
from grader.folder import shared, stranger
from grader.report import RED, Report
from grader.store import Store, version
from grader.store import WorkspaceError as WorkspaceError

_SCHEMAS = (  # each edition's additions to the one before
    """
CREATE TABLE grading (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,            -- UTC, ISO 8601
    exercise TEXT NOT NULL,      -- the stem
    submission TEXT NOT NULL,    -- the path that was graded
    seed TEXT NOT NULL,          -- 16 hexadecimal digits
    score INTEGER NOT NULL,
    max_score INTEGER NOT NULL,
    passed INTEGER NOT NULL,     -- 0 or 1
    protection TEXT NOT NULL,    -- full, partial, none
    course_hash TEXT NOT NULL,   -- the edition of the checks
    grader TEXT NOT NULL,        -- the version that graded
    seconds REAL NOT NULL
);
CREATE INDEX grading_by_exercise ON grading (exercise, id);
CREATE TABLE check_result (
    grading INTEGER NOT NULL REFERENCES grading (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    verdict TEXT NOT NULL,
    points INTEGER NOT NULL,
    max_points INTEGER NOT NULL,
    concept TEXT,
    seconds REAL NOT NULL,
    PRIMARY KEY (grading, name)
) WITHOUT ROWID;
""",
    """
CREATE TABLE answer (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,            -- UTC, ISO 8601
    exercise TEXT NOT NULL,      -- the stem
    question TEXT NOT NULL,      -- its id within the quiz
    round INTEGER NOT NULL,      -- the run through the whole quiz; 0 when it was asked again
    given TEXT NOT NULL,         -- in words, as JSON
    share REAL NOT NULL          -- what it was worth, 0 to 1
);
CREATE INDEX answer_by_question ON answer (exercise, question, id);
CREATE TABLE card (
    exercise TEXT NOT NULL,
    question TEXT NOT NULL,
    due TEXT NOT NULL,           -- UTC, ISO 8601
    state TEXT NOT NULL,         -- the scheduler's own
    PRIMARY KEY (exercise, question)
) WITHOUT ROWID;
CREATE TABLE hint (
    exercise TEXT NOT NULL,      -- the stem
    name TEXT NOT NULL,          -- the check
    asked INTEGER NOT NULL,      -- how often
    PRIMARY KEY (exercise, name)
) WITHOUT ROWID;
CREATE TABLE solution_shown (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,            -- UTC, ISO 8601
    exercise TEXT NOT NULL,      -- the stem
    gave_up INTEGER NOT NULL     -- 1: it had not passed yet
);
""",
)
SCHEMA = len(_SCHEMAS)


@dataclass(frozen=True)
class Answer:
    """An answer to a quiz question.

    Attributes:
        exercise: the stem.
        question: its id within the quiz.
        round: the run through the whole quiz that it belongs to, from 1; 0 if asked again.
        given: what was answered, in words, as JSON.
        share: what it was worth, from 0 to 1.
        at: when, UTC.
    """

    exercise: str
    question: str
    round: int
    given: str
    share: float
    at: datetime


@dataclass(frozen=True)
class Card:
    """When a question comes back.

    Attributes:
        due: UTC.
        state: what the scheduler keeps of it.
    """

    due: datetime
    state: str


@dataclass(frozen=True)
class Grading:
    """The newest grading of an exercise: when, whether all passed, and which concepts did not."""

    at: datetime
    passed: bool
    failed: frozenset[str]


@dataclass(frozen=True)
class Standing:
    """How far an exercise is, by the edition of the checks that graded it last.

    Attributes:
        at: the newest grading, UTC.
        passed: whether all passed in the newest grading.
        best: the most points of any grading by this edition.
        max_score: points there are.
        ever_passed: whether all passed in any grading by this edition.
        course_hash: the edition.
    """

    at: datetime
    passed: bool
    best: float
    max_score: float
    ever_passed: bool
    course_hash: str


@dataclass(frozen=True)
class Workspace:
    """A folder with a learner's files.

    Attributes:
        root: the folder, a path without links.
        flat: whether the files are in the folder itself and not in its ``exercises``; nothing is
            kept there.
    """

    root: Path
    flat: bool = False

    @classmethod
    def find(cls, course: Course, start: Path | None = None) -> "Workspace | None":
        """The workspace of a folder: the nearest at or above it with an exercise of the course.

        Only folders that nobody else may change are searched above the one that one is in; the
        course's own stubs are found from its folder and from ``exercises`` in it.
        """
        here = (start or Path.cwd()).resolve()
        names = [exercise.stub.name for exercise in course.exercises]
        folders = [here, *_searched(here)]
        for folder in folders:
            if _holds(folder / "exercises", names):
                if folder == course.root and here not in (folder, folder / "exercises"):
                    return None
                return cls(folder)
            inner = folder.name == "exercises" and folder.parent in folders
            if not inner and _holds(folder, names):
                return cls(folder, flat=True)
        return None

    @property
    def read_only(self) -> str:
        """Why nothing is kept or written here, a sentence; empty in a workspace of one's own."""
        if other := stranger(self.root):
            return (
                f"{self.root} belongs to {other}, and grade only reads in other users' folders. "
                "`grade init work` makes a folder of your own."
            )
        return ""

    @property
    def database(self) -> Path:
        """The file that keeps progress."""
        return self.root / ".grade" / "progress.sqlite3"

    def submission(self, exercise: Exercise) -> Path:
        """The learner's file for an exercise."""
        return self.root / ("" if self.flat else "exercises") / exercise.stub.name

    def submissions(self, course: Course) -> dict[Exercise, Path]:
        """The learner's file of each exercise; in a flat folder, of those that have one there."""
        files = {each: self.submission(each) for each in course.exercises}
        return {e: path for e, path in files.items() if not self.flat or os.path.lexists(path)}

    def contains(self, path: Path) -> bool:
        """Whether a file is in this folder, behind all links."""
        return Path(os.path.realpath(path)).is_relative_to(self.root)  # a loop raises nothing

    def save(self, report: Report) -> None:
        """Keep a grading.

        Raises:
            WorkspaceError: it can't be kept; what was kept before is untouched.
        """
        with self._writing() as connection:
            cursor = connection.execute(
                "INSERT INTO grading VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    datetime.now(UTC).isoformat(timespec="seconds"),
                    report.exercise,
                    os.fsencode(report.submission).decode("utf-8", "replace"),
                    f"{report.seed:016x}",
                    report.score,
                    report.max_score,
                    report.passed,
                    report.protection.level,
                    report.course_hash,
                    report.versions["grader"],
                    report.seconds,
                ),
            )
            connection.executemany(
                "INSERT INTO check_result VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (cursor.lastrowid, c.name, c.verdict, c.points, c.max_points, c.concept,
                     c.seconds)
                    for c in report.checks
                ],
            )  # fmt: skip

    def last(self, exercise: Exercise) -> dict[str, str] | None:
        """The verdict of each check in the newest grading, ``None`` if there was none.

        A grading by another edition of the checks counts as none.

        Raises:
            WorkspaceError: progress can't be read.
        """
        with self._reading() as connection:
            if connection is None:
                return None
            newest = connection.execute(
                "SELECT id, course_hash FROM grading WHERE exercise = ? ORDER BY id DESC LIMIT 1",
                (exercise.stem,),
            ).fetchone()
            if newest is None or newest[1] != exercise.hash:
                return None
            rows = connection.execute(
                "SELECT name, verdict FROM check_result WHERE grading = ?", (newest[0],)
            )
            return {_text(name): _text(verdict) for name, verdict in rows}

    def seed(self, exercise: Exercise) -> int | None:
        """The seed of the newest grading, ``None`` if there was none.

        Raises:
            WorkspaceError: progress can't be read.
        """
        with self._reading() as connection:
            if connection is None:
                return None
            newest = connection.execute(
                "SELECT seed FROM grading WHERE exercise = ? ORDER BY id DESC LIMIT 1",
                (exercise.stem,),
            ).fetchone()
            return int(_text(newest[0]), 16) & (2**64 - 1) if newest else None

    def gradings(self) -> dict[str, Grading]:
        """The newest grading of each exercise that has been graded, by stem.

        Raises:
            WorkspaceError: progress can't be read.
        """
        with self._reading() as connection:
            if connection is None:
                return {}
            rows = connection.execute(
                "SELECT exercise, at, passed, (SELECT json_group_array(concept) FROM check_result"
                " WHERE grading = id AND verdict IN (?, ?, ?))"
                " FROM grading WHERE id IN (SELECT MAX(id) FROM grading GROUP BY exercise)",
                RED,
            )
            return {
                _text(stem): Grading(
                    _moment(at),
                    bool(_number(passed)),
                    frozenset(_text(each) for each in json.loads(concepts) if each is not None),
                )
                for stem, at, passed, concepts in rows
            }

    def standings(self) -> dict[str, Standing]:
        """How far each exercise is that has been graded, by stem.

        Raises:
            WorkspaceError: progress can't be read.
        """
        with self._reading() as connection:
            if connection is None:
                return {}
            rows = connection.execute(
                "SELECT newest.exercise, newest.at, newest.passed, MAX(each.score),"
                " newest.max_score, MAX(each.passed), newest.course_hash"
                " FROM grading newest JOIN grading each USING (exercise, course_hash)"
                " WHERE newest.id IN (SELECT MAX(id) FROM grading GROUP BY exercise)"
                " GROUP BY newest.id"
            )
            return {
                _text(stem): Standing(
                    _moment(at),
                    bool(_number(passed)),
                    _points(best),
                    _points(most),
                    bool(_number(ever)),
                    _text(edition),
                )
                for stem, at, passed, best, most, ever, edition in rows
            }

    # hints and solutions

    def count_hint(self, exercise: Exercise, check: str) -> int:
        """Remember that a check's hint is asked for; how often it has been, this time included.

        Raises:
            WorkspaceError: it can't be kept.
        """
        with self._writing() as connection:
            row = connection.execute(
                "INSERT INTO hint VALUES (?, ?, 1)"
                " ON CONFLICT (exercise, name) DO UPDATE SET asked = asked + 1 RETURNING asked",
                (exercise.stem, check),
            ).fetchone()
            return _number(row[0])

    def keep_solution_shown(self, exercise: Exercise, gave_up: bool) -> None:
        """Remember that the solution is shown, and whether before the exercise had passed.

        Raises:
            WorkspaceError: it can't be kept.
        """
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO solution_shown VALUES (NULL, ?, ?, ?)",
                (_written(datetime.now(UTC)), exercise.stem, gave_up),
            )

    def given_up(self) -> frozenset[str]:
        """Stems of the exercises whose solution was shown before they had passed.

        Raises:
            WorkspaceError: progress can't be read.
        """
        with self._reading(since=2) as connection:
            if connection is None:
                return frozenset()
            rows = connection.execute("SELECT exercise FROM solution_shown WHERE gave_up")
            return frozenset(_text(stem) for (stem,) in rows)

    def can_keep(self) -> None:
        """Try whether progress can be kept, and keep nothing.

        Raises:
            WorkspaceError: it can't be; the text says why.
        """
        with self._writing():
            pass

    # quizzes

    def keep_answer(self, answer: Answer, reschedule: Callable[[Card | None], Card | None]) -> None:
        """Keep an answer, and with it when its question comes back.

        Args:
            answer: the answer.
            reschedule: given the question's card, if it has one, returns its new one; ``None``
                changes nothing.

        Raises:
            WorkspaceError: it can't be kept; what was kept before is untouched.
        """
        key = (answer.exercise, answer.question)
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO answer VALUES (NULL, ?, ?, ?, ?, ?, ?)",
                (_written(answer.at), *key, answer.round, answer.given, answer.share),
            )
            row = connection.execute(
                "SELECT due, state FROM card WHERE exercise = ? AND question = ?", key
            ).fetchone()
            card = reschedule(row and Card(_moment(row[0]), _text(row[1])))
            if card is not None:
                connection.execute(
                    "INSERT OR REPLACE INTO card VALUES (?, ?, ?, ?)",
                    (*key, _written(card.due), card.state),
                )

    def answers(self) -> list[Answer]:
        """All answers, from the oldest to the newest.

        Raises:
            WorkspaceError: progress can't be read.
        """
        with self._reading(since=2) as connection:
            if connection is None:
                return []
            rows = connection.execute(
                "SELECT exercise, question, round, given, share, at FROM answer ORDER BY id"
            )
            return [
                Answer(
                    _text(stem),
                    _text(question),
                    _number(round),
                    _text(given),
                    _share(share),
                    _moment(at),
                )
                for stem, question, round, given, share, at in rows
            ]

    def cards(self) -> dict[tuple[str, str], Card]:
        """What comes back, by stem and question.

        Raises:
            WorkspaceError: progress can't be read.
        """
        with self._reading(since=2) as connection:
            if connection is None:
                return {}
            rows = connection.execute("SELECT exercise, question, due, state FROM card")
            return {
                (_text(stem), _text(question)): Card(_moment(due), _text(state))
                for stem, question, due, state in rows
            }

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Look once: whatever is read meanwhile is of this moment, and the file is opened once.

        Raises:
            WorkspaceError: progress can't be read.
        """
        if _look.get()[0] == self:
            yield
            return
        with self._store().reading() as connection:
            before = _look.set((self, connection))
            try:
                yield
            finally:
                _look.reset(before)

    @contextmanager
    def _reading(self, since: int = 1) -> Iterator[sqlite3.Connection | None]:
        """A look that changes nothing; ``None`` if there is no file, or one of an older schema."""
        looker, connection = _look.get()
        if looker == self:
            yield connection if connection and version(connection) >= since else None
            return
        with self._store().reading(since) as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it is kept, or nothing."""
        with self._store().writing() as connection:
            yield connection

    def _store(self) -> Store:
        if self.flat:
            raise WorkspaceError(
                f"{self.root} is not a workspace: the files are in the folder itself, not in "
                "exercises/. `grade init work` makes a workspace."
            )
        if self.read_only:
            raise WorkspaceError(self.read_only)
        return Store(self.database, _SCHEMAS)


_look: ContextVar[tuple[Workspace | None, sqlite3.Connection | None]] = ContextVar(
    "_look", default=(None, None)
)


def _searched(here: Path) -> Iterator[Path]:
    """The folders above that are searched, from the nearest on."""
    for folder in here.parents:
        beside = here.name == "exercises" and folder == here.parent  # as good as standing there
        if stranger(folder) if beside else shared(folder):
            return
        yield folder


def _holds(folder: Path, names: list[str]) -> bool:
    return any((folder / name).is_file() for name in names)


# values from the file: any of them may be of any type

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", value)


def _number(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value < 2**31:
        raise ValueError(value)
    return value


def _points(value: Any) -> float:
    if not isinstance(value, int | float) or not 0 <= value < 2**31:  # no NaN either
        raise ValueError(value)
    return value


def _share(value: Any) -> float:
    if not isinstance(value, float) or not 0 <= value <= 1:
        raise ValueError(value)
    return value


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None or not 1970 <= moment.year < 9000:  # else no zone's time can be told
        raise ValueError(value)
    return moment


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
