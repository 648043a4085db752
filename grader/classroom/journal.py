"""``journal.sqlite3``: every result of a class, kept as it comes, by the one process that grades.

A result belongs to what was graded and how, not to a learner: the same text graded the same way has
one. Beside it stands which of them is the current one of each submission.
"""

import errno
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from grader.classroom.manifest import Entry, Place
from grader.errors import ClassError
from grader.folder import opened
from grader.i18n import _
from grader.report import Report
from grader.store import ForeignError, limited, moment, number, points, text, version, written

NAME = "journal.sqlite3"
SCHEMA = """
CREATE TABLE result (
    key TEXT PRIMARY KEY,        -- see key_of
    at TEXT NOT NULL,            -- UTC, ISO 8601
    exercise TEXT NOT NULL,      -- the stem
    digest TEXT NOT NULL,        -- of what was graded
    graded INTEGER NOT NULL,     -- 0: an accident; it is tried again
    score REAL NOT NULL,
    max_score REAL NOT NULL,
    seen TEXT NOT NULL,          -- why it is not graded, a sentence; empty if it is
    report TEXT                  -- JSON, see Report.to_dict; NULL if there is none
) WITHOUT ROWID;
CREATE TABLE standing (
    learner TEXT NOT NULL,
    exercise TEXT NOT NULL,      -- the stem
    version INTEGER NOT NULL,
    key TEXT NOT NULL REFERENCES result (key),
    PRIMARY KEY (learner, exercise, version)
) WITHOUT ROWID;
"""
_EDITION = 1
_WAL = b"\x02\x02"  # in a database's header: it is written through a log beside it
_SECONDS = 30.0  # to wait for another process that reads or writes
_LEAST = 10.0  # to look at what is in it, and one more for each mebibyte
_LONGEST = 64 << 20  # bytes of a value; a report has some ten thousand
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True)
class Mark:
    """A result in the journal.

    Attributes:
        key: of what was graded and how, see ``key_of``.
        at: when it was kept, UTC.
        exercise: the exercise's stem.
        digest: the SHA-256 of what was graded.
        report: the report; ``None`` if there is none.
        seen: why it is not graded, a sentence; empty if it is.
    """

    key: str
    at: datetime
    exercise: str
    digest: str
    report: Report | None
    seen: str = ""

    @property
    def graded(self) -> bool:
        """Whether it says anything about the submission; otherwise there was an accident."""
        return self.report is not None and self.report.graded


def key_of(
    digest: str,
    exercise: str,
    edition: str,
    versions: Mapping[str, str | None],
    seed: int,
    limit: float | None,
) -> str:
    """What a result depends on, in 64 hexadecimal digits.

    Args:
        digest: of the submission's bytes.
        exercise: the exercise's stem.
        edition: of the course's checks, see ``Exercise.hash``.
        versions: of the grader, Python, NumPy, TensorFlow and Keras.
        seed: of all that is drawn.
        limit: seconds for the whole file, ``None`` without one.
    """
    parts = [digest, exercise, edition, sorted(versions.items()), seed, limit]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class Journal:
    """Results of a class; a context manager::

        with Journal.open(folder) as journal:
            for entry, mark in journal.current(entries):
                ...

    While one process writes, others may read.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path
        size = path.stat().st_size if path.exists() else 0
        self._seconds = _LEAST + size / (1 << 20)  # for a look at all of it

    @classmethod
    @contextmanager
    def open(cls, folder: Path, *, writing: bool = False) -> Iterator[Self]:
        """The journal of a class's folder; an empty one where there is none.

        Args:
            folder: the class's folder, a path without links.
            writing: whether results are to be kept; only by whoever holds the class's lock.

        Raises:
            ClassError: it can't be used; nothing was changed.
        """
        path = folder / NAME
        with _worded(path):
            there = _prepared(folder, writing)
            connection = _connected(path) if there else _empty()
        with closing(connection):
            journal = cls(connection, path)
            with journal._looking():
                _check(connection)
            yield journal

    def keep(self, mark: Mark, entries: Iterable[Entry]) -> None:
        """Keep a result, at once and for good, as the current one of these entries.

        A result of the same key is replaced, so an accident by what a later try brings.
        """
        report = mark.report
        with self._transaction():
            self._connection.execute(
                "INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    mark.key,
                    written(mark.at),
                    mark.exercise,
                    mark.digest,
                    mark.graded,
                    report.score if report else 0,
                    report.max_score if report else 0,
                    mark.seen,
                    report and _dumped(report),
                ),
            )
            self._stand(mark.key, entries)

    def assign(self, standings: Iterable[tuple[Entry, str]]) -> None:
        """Make results that are there the current ones of entries; each with its key."""
        with self._transaction():
            for entry, key in standings:
                self._stand(key, [entry])

    def reached(self) -> dict[Place, float]:
        """Points reached, of each entry whose current result is graded."""
        with self._looking():
            rows = self._connection.execute(
                "SELECT learner, standing.exercise, version, score FROM standing"
                " JOIN result USING (key) WHERE graded"
            )
            return {
                (text(learner), text(exercise), number(version)): points(score)
                for learner, exercise, version, score in rows
            }

    def scores(self) -> dict[str, tuple[float, float]]:
        """Points reached and points there are, of each graded result by its key."""
        with self._looking():
            rows = self._connection.execute("SELECT key, score, max_score FROM result WHERE graded")
            return {text(key): (points(score), points(most)) for key, score, most in rows}

    def current(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Mark | None]]:
        """Each entry with its current result, or ``None`` if it has none yet, in their order.

        The report's ``submission`` and ``submitted`` are the entry's, whoever's equal text was
        graded.
        """
        for entry in entries:
            with self._looking():
                row = self._connection.execute(
                    "SELECT key, at, result.exercise, digest, seen, report FROM standing"
                    " JOIN result USING (key) WHERE learner = ? AND standing.exercise = ?"
                    " AND version = ?",
                    entry.place,
                ).fetchone()
                mark = None if row is None else _mark(row, entry)
            yield entry, mark

    def _stand(self, key: str, entries: Iterable[Entry]) -> None:
        self._connection.executemany(
            "INSERT OR REPLACE INTO standing VALUES (?, ?, ?, ?)",
            [(*entry.place, key) for entry in entries],
        )

    @contextmanager
    def _looking(self) -> Iterator[None]:
        """Errors as sentences, and an end also where a stranger's pages have none."""
        with _worded(self._path), limited(self._connection, self._seconds):
            yield

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._looking():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")


def mark_of(key: str, exercise: str, digest: str, result: Report | Exception) -> Mark:
    """What is kept of a grading that has just ended, or of why there is none."""
    at = datetime.now(UTC).replace(microsecond=0)
    if isinstance(result, Exception):
        return Mark(key, at, exercise, digest, None, str(result))
    seen = result.accidents[0].message if result.accidents else ""
    return Mark(key, at, exercise, digest, result, seen)


# the file


def _prepared(folder: Path, writing: bool) -> bool:
    """Whether there is a journal that may be opened; it is made where that is wanted."""
    with opened(folder) as here:
        here.require_own()
        try:
            os.close(here.open(NAME, os.O_RDONLY, own=True))
        except FileNotFoundError:
            if not writing:
                return False
            with closing(_empty()) as connection:
                data = connection.serialize()
            here.write_new(NAME, data[:18] + _WAL + data[20:])
        if os.path.lexists(folder / f"{NAME}-journal"):
            # SQLite would undo changes from it, and delete another file that it names
            raise ClassError(
                _(
                    "There is a file {folder}-journal, and grade never leaves one. Move "
                    "it away, then try again."
                ).format(folder=folder / NAME)
            )
        for suffix in ("-wal", "-shm"):
            try:
                os.close(here.open(NAME + suffix, os.O_RDONLY, own=True))
            except FileNotFoundError:
                continue
    return True


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_SECONDS, isolation_level=None)
    connection.execute("PRAGMA synchronous = NORMAL")  # what a power cut loses is graded again
    return connection


def _empty() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for statement in SCHEMA.split(";\n"):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {_EDITION}")
    return connection


def _check(connection: sqlite3.Connection) -> None:
    """See that it is one of ours, before anything in it is used."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    if (edition := version(connection)) > _EDITION:
        raise ClassError(
            _(
                "The journal was written by a newer grade (schema {edition}, this one "
                "knows {edition2}). Upgrade grade to go on with it."
            ).format(edition=edition, edition2=_EDITION)
        )
    with closing(_empty()) as ours:
        if _tables(connection) != _tables(ours):
            raise ForeignError(_("its tables are not those that grade makes"))


def _tables(connection: sqlite3.Connection) -> list[tuple]:
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    return connection.execute(query).fetchall()


@contextmanager
def _worded(path: Path) -> Iterator[None]:
    """Errors as sentences."""
    try:
        yield
    except (OSError, sqlite3.Error, ValueError, TypeError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        if not isinstance(error, OSError | sqlite3.Error | ForeignError):
            reason = _("it holds a value that is not grade's")
        code = getattr(error, "sqlite_errorname", "")
        full = getattr(error, "errno", None) in _FULL
        if code.startswith("SQLITE_BUSY"):
            remedy = _("Another program is using it: close that program, then try again.")
        elif code == "SQLITE_FULL" or code.startswith("SQLITE_IOERR") or full:
            # a disk that is full may say no more than that something is wrong with it
            remedy = _("Make room on the disk, then try again. The results so far are kept.")
        elif code in ("SQLITE_READONLY", "SQLITE_CANTOPEN") or isinstance(error, OSError):
            remedy = _("Check that you may write the file and its folder.")
        else:
            remedy = _("Move it away, then run again: everything will be graded again.")
        raise ClassError(
            _("{path} can't be used ({reason}). {remedy}").format(
                path=path, reason=reason, remedy=remedy
            )
        ) from error


# values


def _dumped(report: Report) -> str:
    return json.dumps(report.to_dict(), ensure_ascii=True, separators=(",", ":"))


def _mark(row: tuple, entry: Entry) -> Mark:
    key, at, exercise, digest, seen, data = row
    report = None
    if data is not None:
        try:
            report = Report.from_dict(json.loads(text(data)))
            report = replace(report, submission=entry.file, submitted=entry.submitted)
        except (ValueError, RecursionError) as error:
            seen = _("Its report in the journal can't be read: {reason}").format(reason=error)
    return Mark(text(key), moment(at), text(exercise), text(digest), report, text(seen))
