"""One SQLite file that may be a stranger's: read as bytes, checked, and written whole.

SQLite never opens it by its name: it would follow links, roll back a journal that lies beside the
file, and delete what that journal names.
"""

import errno
import fcntl
import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from grader.errors import GraderError
from grader.folder import Folder, opened
from grader.i18n import _

MAX_SIZE = 64 << 20  # bytes; thousands of gradings take one of these
SECONDS = 10.0  # for the work in one transaction, and for waiting until another one is done
_STEPS = 10_000  # of SQLite's machine, after which the time is looked at
_LOCK = "lock"
_LONGEST, _MOST = 10_000, 100  # characters of what defines a table, an index; how many of these
_TOKEN = re.compile(r"\w+|[^\w \t\n\f\r]", re.ASCII)  # spaces are what SQLite takes for such


class WorkspaceError(GraderError):
    """Progress can't be read or kept; the text says why."""


class ForeignError(ValueError):
    """The file holds something that we never write."""


@dataclass(frozen=True)
class Store:
    """A database in a folder of its own.

    Attributes:
        path: the file; its folder is made in the one above, which is there.
        schemas: statements that make its tables; each edition adds to the one before.
        refusal: why it is neither read nor written, a sentence; empty if it may be.
    """

    path: Path
    schemas: tuple[str, ...]
    refusal: str = ""

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Look once: whatever is read meanwhile is of this moment, and the file is opened once.

        Raises:
            WorkspaceError: the file can't be read, or is none of ours.
        """
        with self.reading() as connection:
            before = _look.set((self, connection))
            try:
                yield
            finally:
                _look.reset(before)

    @contextmanager
    def reading(self, since: int = 1) -> Iterator[sqlite3.Connection | None]:
        """A look that changes nothing; ``None`` if there is no file, or one of an older schema.

        Raises:
            WorkspaceError: the file can't be read, or is none of ours.
        """
        looker, connection = _look.get()
        if looker == self and connection is None:
            yield None
            return
        if looker == self and connection is not None:
            with self._told(), limited(connection):
                yield connection if version(connection) >= since else None
            return
        with self._told():
            data = b""
            try:
                with opened(self.path.parent) as folder:
                    folder.require_own()
                    data = self._data(folder)
            except FileNotFoundError:
                pass
            with self._loaded(data) as connection:
                yield connection if version(connection) >= since else None

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it is kept, or nothing.

        Raises:
            WorkspaceError: it can't be kept; what was kept before is untouched.
        """
        with self._told():
            with opened(self.path.parent.parent) as above:
                above.make(self.path.parent.name)
            with opened(self.path.parent) as folder, locked(folder):
                with suppress(PermissionError):  # a disk without permissions
                    folder.close_to_others()
                try:
                    data = self._data(folder)
                except FileNotFoundError:
                    data = b""
                with self._loaded(data) as connection:
                    for additions in self.schemas[version(connection) :]:
                        _make(connection, additions)
                    connection.execute(f"PRAGMA user_version = {len(self.schemas)}")
                    yield connection
                    changed = connection.serialize()
                folder.replace(self.path.name, changed)

    def _data(self, folder: Folder) -> bytes:
        data = folder.read(self.path.name, MAX_SIZE + 1, own=True)
        if len(data) > MAX_SIZE:
            raise ForeignError(_("it is larger than grade ever makes it"))
        for suffix in ("-journal", "-wal"):
            try:
                left = folder.state(self.path.name + suffix).st_size
            except FileNotFoundError:
                continue
            if left:
                raise WorkspaceError(
                    _(
                        "There is a file {path}{suffix}. grade never leaves one, and "
                        "SQLite could delete other files because of it. Move it away, "
                        "then try again."
                    ).format(path=self.path, suffix=suffix)
                )
        return data

    @contextmanager
    def _loaded(self, data: bytes) -> Iterator[sqlite3.Connection]:
        """The database in memory, once it is known to be one of ours."""
        if not hasattr(sqlite3.Connection, "deserialize"):
            raise ForeignError(
                _("SQLite {sqlite_version} is too old; 3.36 is needed").format(
                    sqlite_version=sqlite3.sqlite_version
                )
            )
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.text_factory = lambda text: text.decode("utf-8", "replace")
            if data:
                connection.deserialize(data)
            with limited(connection):
                self._check(connection)
                yield connection

    def _check(self, connection: sqlite3.Connection) -> None:
        edition = version(connection)
        if edition > len(self.schemas):
            raise WorkspaceError(
                _(
                    "{path} was written by a newer grade (schema {edition}, this one "
                    "knows {count}). Upgrade grade to go on with it."
                ).format(path=self.path, edition=edition, count=len(self.schemas))
            )
        if edition < 0 or _tables(connection) != _expected(self.schemas[:edition]):
            raise ForeignError(_("its tables are not those that grade makes"))
        ((told,),) = connection.execute("PRAGMA quick_check(1)")
        if told != "ok":
            raise ForeignError(_("it is damaged"))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors as sentences."""
        if self.refusal:
            raise WorkspaceError(self.refusal)
        try:
            yield
        except (OSError, sqlite3.Error, ValueError, TypeError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            if not isinstance(error, OSError | sqlite3.Error | ForeignError):
                reason = _("it holds a value that is not grade's")
            raise WorkspaceError(
                _("{path} can't be used ({reason}). {remedy}").format(
                    path=self.path, reason=reason, remedy=_remedy(error)
                )
            ) from error


_look: ContextVar[tuple[Store | None, sqlite3.Connection | None]] = ContextVar(
    "_look", default=(None, None)
)


def version(connection: sqlite3.Connection) -> int:
    """The edition of its tables."""
    ((number,),) = connection.execute("PRAGMA user_version")
    return int(number)


def _make(connection: sqlite3.Connection, additions: str) -> None:
    for statement in additions.split(";\n"):
        connection.execute(statement)


def _tables(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    """All that the database defines, word by word; comments and spaces may differ.

    No more of it than is needed to know that it is none of ours.
    """
    query = "SELECT type, name, tbl_name, substr(sql, 1, ?) FROM sqlite_master LIMIT ?"
    rows = connection.execute(query, (_LONGEST, _MOST))
    return sorted(
        (
            str(kind),
            str(name),
            str(table),
            *_TOKEN.findall(re.sub("--.*", "", str(sql))),
        )
        for kind, name, table, sql in rows
    )


@cache
def _expected(schemas: tuple[str, ...]) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        for additions in schemas:
            _make(connection, additions)
        return _tables(connection)


@contextmanager
def limited(connection: sqlite3.Connection, seconds: float | None = None) -> Iterator[None]:
    """End what takes too long in SQLite, and let Ctrl-C through.

    Args:
        connection: a database, perhaps a stranger's, in which a few pages may have no end.
        seconds: for all that is done meanwhile; ``SECONDS`` without it.
    """
    end = time.monotonic() + (SECONDS if seconds is None else seconds)
    connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname == "SQLITE_INTERRUPT" and time.monotonic() <= end:
            raise KeyboardInterrupt from None  # which sqlite3 swallows as the handler's error
        raise


@contextmanager
def locked(folder: Folder) -> Iterator[None]:
    """No other process writes meanwhile."""
    end = time.monotonic() + SECONDS
    while True:
        file = folder.open(_LOCK, os.O_RDWR | os.O_CREAT, own=True)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(file), folder.state(_LOCK)):
                break
        except (BlockingIOError, FileNotFoundError):
            pass
        except BaseException:
            os.close(file)
            raise
        os.close(file)  # another one has it; or it was deleted, and others make a new one
        if time.monotonic() > end:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN), str(folder.path / _LOCK))
        time.sleep(0.01)
    try:
        yield
    finally:
        os.close(file)


def _remedy(error: Exception) -> str:
    """What to do about it; only a file that is not our database is to be moved away."""
    code = getattr(error, "sqlite_errorname", None) or errno.errorcode.get(
        getattr(error, "errno", None) or 0, ""
    )
    if code in ("SQLITE_FULL", "ENOSPC", "EDQUOT", "EFBIG"):
        return _(
            "The disk is full: make room, then try again. What was kept before is still there."
        )
    if code in ("EACCES", "EROFS"):
        return _("See that its folder may be written. What was kept before is still there.")
    if code == "EAGAIN":
        return _("Another grade is busy with it: wait a moment, then try again.")
    if code == "EIO":
        return _(
            "Its disk could not be read or written: try again. What was kept before stays there."
        )
    return _("Move the file away, and grade starts a new one.")


# values from the file: any of them may be of any type

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", value)


def number(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value < 2**31:
        raise ValueError(value)
    return value


def points(value: Any) -> float:
    if not isinstance(value, int | float) or not 0 <= value < 2**31:  # no NaN either
        raise ValueError(value)
    return value


def share(value: Any) -> float:
    if not isinstance(value, float) or not 0 <= value <= 1:
        raise ValueError(value)
    return value


def moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(text(value))
    if moment.tzinfo is None or not 1970 <= moment.year < 9000:  # else no zone's time can be told
        raise ValueError(value)
    return moment


def written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
