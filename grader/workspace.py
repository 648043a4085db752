"""The learner's folder: where the files are, and what became of each grading.

Every grading is kept in one SQLite file, ``.grade/progress.sqlite3``. Grading never needs it: what
can't be kept is an error here, which the caller tells and goes on.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader.course import Course, Exercise
from grader.report import Report

SCHEMA = 1

_TABLES = """
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
"""


class WorkspaceError(Exception):
    """Progress can't be read or kept; the text says why."""


@dataclass(frozen=True)
class Workspace:
    """A folder whose ``exercises`` folder holds a learner's files."""

    root: Path

    @classmethod
    def find(cls, course: Course, start: Path | None = None) -> "Workspace | None":
        """The workspace of a folder: the nearest at or above it with an exercise of the course."""
        here = (start or Path.cwd()).resolve()
        names = {exercise.stub.name for exercise in course.exercises}
        for folder in (here, *here.parents):
            if any((folder / "exercises" / name).is_file() for name in names):
                return cls(folder)
        return None

    @property
    def database(self) -> Path:
        """The file that keeps progress."""
        return self.root / ".grade" / "progress.sqlite3"

    def submission(self, exercise: Exercise) -> Path:
        """The learner's file for an exercise."""
        return self.root / "exercises" / exercise.stub.name

    def save(self, report: Report) -> None:
        """Keep a grading.

        Raises:
            WorkspaceError: it can't be kept; what was kept before is untouched.
        """
        with self._connection() as connection:
            cursor = connection.execute(
                "INSERT INTO grading VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    datetime.now(UTC).isoformat(timespec="seconds"),
                    report.exercise,
                    report.submission,
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
        if not self.database.exists():
            return None
        with self._connection() as connection:
            newest = connection.execute(
                "SELECT id, course_hash FROM grading WHERE exercise = ? ORDER BY id DESC LIMIT 1",
                (exercise.stem,),
            ).fetchone()
            if newest is None or newest[1] != exercise.hash:
                return None
            rows = connection.execute(
                "SELECT name, verdict FROM check_result WHERE grading = ?", (newest[0],)
            )
            return dict(rows.fetchall())

    @contextlib.contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it is kept, or nothing."""
        try:
            self.database.parent.mkdir(exist_ok=True)
            connection = sqlite3.connect(self.database, timeout=10, isolation_level=None)
            with contextlib.closing(connection):
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("BEGIN IMMEDIATE")
                try:
                    self._migrate(connection)
                    yield connection
                except BaseException:
                    connection.rollback()
                    raise
                connection.execute("COMMIT")
        except (OSError, sqlite3.Error) as error:
            reason = getattr(error, "strerror", None) or error
            raise WorkspaceError(
                f"{self.database} can't be used ({reason}). If its folder may be written, move "
                "the file away, and a new one is begun."
            ) from error

    def _migrate(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > SCHEMA:
            raise WorkspaceError(
                f"{self.database} was written by a newer grade (schema {version}, this one knows "
                f"{SCHEMA}). Upgrade grade to go on with it."
            )
        if version == 0:
            for statement in _TABLES.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {SCHEMA}")
