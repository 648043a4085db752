"""Files in a folder that may be a stranger's: no link is followed, no pipe waited for.

Every path is walked from descriptor to descriptor, so that nothing can be exchanged between a check
and its use. What is written appears under its name whole, or not at all.
"""

import errno
import grp
import os
import pwd
import re
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from grader.i18n import _

_FOLDER = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC | getattr(os, "O_PATH", os.O_RDONLY)
_FILE = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
Follow = bool | Literal["typed"]  # which links in a path are followed; see ``read``
_LINKS = 40  # followed in one path, as in the kernel
_ABANDONED = 3600  # seconds after which nobody is still writing a temporary file


def stranger(path: Path) -> str:
    """Whose folder it is, if it is not the current user's; else an empty string.

    For root, other users' folders are strangers' too.
    """
    owner = path.stat().st_uid
    return "" if owner == os.geteuid() else _user(owner)


def foreign(path: Path) -> str:
    """Whose folder it is, if it is neither the current user's nor root's; else an empty string."""
    owner = path.stat().st_uid
    return "" if owner in (os.geteuid(), 0) else _user(owner)


def shared(path: Path) -> bool:
    """Whether others than the current user may put files into a folder."""
    state = path.stat()
    if state.st_uid != os.geteuid() or state.st_mode & stat.S_IWOTH:
        return True
    return bool(state.st_mode & stat.S_IWGRP) and not _only_ours(state.st_gid)


def _only_ours(group: int) -> bool:
    """Whether a group has no other member: many systems give each user such a group."""
    try:
        user, found = pwd.getpwuid(os.geteuid()), grp.getgrgid(group)
    except KeyError:
        return False
    return user.pw_gid == group and user.pw_name == found.gr_name and not found.gr_mem


def _user(number: int) -> str:
    with suppress(KeyError):
        return pwd.getpwuid(number).pw_name
    return _("user {number}").format(number=number)


def read(path: Path, limit: int, follow: Follow = False) -> bytes:
    """A file's bytes, at most ``limit``.

    Args:
        path: the file.
        limit: what comes after so many bytes is left out.
        follow: whether links in the path are followed, if they are the current user's or root's.
            In a path that a person has ``"typed"`` one's own are followed only in the current
            folder, the home folder, and those above: what an archive has brought is deeper down.

    Raises:
        OSError: there is none, it is no regular file, or a part of the path is such a link.
    """
    with _parent(path, follow) as (folder, name):
        return folder.read(name, limit)


def write_new(path: Path, content: bytes, mode: int | None = None) -> bool:
    """Write a file where there is none; ``False`` if there is one, which stays as it is.

    Args:
        path: the file, in a folder of the current user.
        content: its bytes.
        mode: its permissions; those of any new file without it.

    Raises:
        OSError: it can't be written, or the folder is a stranger's.
    """
    with _parent(path) as (folder, name):
        return folder.write_new(name, content, mode)


def replace(path: Path, content: bytes) -> None:
    """Put another content in a file's place, with the same permissions.

    Raises:
        OSError: it can't be written, is no regular file, or the folder is a stranger's.
    """
    with _parent(path) as (folder, name):
        folder.replace(name, content)


def permissions(path: Path) -> int:
    """A regular file's permissions.

    Raises:
        OSError: there is none.
    """
    with _parent(path) as (folder, name):
        return stat.S_IMODE(folder.state(name).st_mode) & 0o777


def behind_links(path: Path) -> Path:
    """A path that a person has typed, behind its links.

    Raises:
        OSError: a link in it is not to be followed, see ``read``, or what is there is no folder.
    """
    there = path
    while not os.path.lexists(there):
        there = there.parent
    with _parent(there / "_", "typed"):
        return path.resolve()


@contextmanager
def opened(path: Path) -> Iterator["Folder"]:
    """A folder, for reading and writing files in it by their names.

    Raises:
        OSError: there is none, or a part of the path is a link.
    """
    with _parent(path / "_") as (folder, _):
        yield folder


@dataclass(frozen=True)
class Folder:
    """An open folder; the files in it are named without any path."""

    path: Path
    descriptor: int

    def require_own(self) -> None:
        """See that it is the current user's.

        Raises:
            PermissionError: it is a stranger's.
        """
        _require_own(os.fstat(self.descriptor), self.path)

    def make(self, name: str) -> None:
        """Make a folder in it that is for nobody else, unless there is one.

        Raises:
            OSError: it can't be made, or this folder is a stranger's.
        """
        self.require_own()
        with suppress(FileExistsError):
            os.mkdir(name, 0o700, dir_fd=self.descriptor)

    def close_to_others(self) -> None:
        """Take from all others whatever they may do in this folder.

        Raises:
            OSError: it is a stranger's, or its disk keeps no permissions.
        """
        self.require_own()
        if os.fstat(self.descriptor).st_mode & 0o077:
            os.chmod(".", 0o700, dir_fd=self.descriptor)

    def state(self, name: str) -> os.stat_result:
        """What the system says of a regular file.

        Raises:
            OSError: there is none, or it is a link, a folder, a pipe or a device.
        """
        state = os.lstat(name, dir_fd=self.descriptor)
        if stat.S_ISLNK(state.st_mode):
            raise OSError(errno.ELOOP, _("it is a link"), str(self.path / name))
        if stat.S_ISDIR(state.st_mode):
            raise IsADirectoryError(errno.EISDIR, _("it is a folder"), str(self.path / name))
        if not stat.S_ISREG(state.st_mode):
            raise OSError(errno.EINVAL, _("it is no regular file"), str(self.path / name))
        return state

    def open(self, name: str, flags: int, own: bool = False) -> int:
        """A descriptor of a regular file.

        Args:
            name: the file.
            flags: of ``os.open``.
            own: whether it has to be the current user's.

        Raises:
            OSError: it can't be opened, or is none.
        """
        if not flags & os.O_CREAT:
            self.state(name)  # before opening: some devices act upon that
        file = os.open(name, flags | _FILE, 0o666, dir_fd=self.descriptor)
        try:
            state = os.fstat(file)
            if not stat.S_ISREG(state.st_mode):
                raise OSError(errno.EINVAL, _("it is no regular file"), str(self.path / name))
            if own:
                _require_own(state, self.path / name)
        except BaseException:
            os.close(file)
            raise
        return file

    def read(self, name: str, limit: int, own: bool = False) -> bytes:
        """A file's bytes, at most ``limit``."""
        with os.fdopen(self.open(name, os.O_RDONLY, own), "rb") as file:
            return file.read(limit)

    def write_new(
        self, name: str, content: bytes, mode: int | None = None, durable: bool = True
    ) -> bool:
        """Write a file where there is none; ``False`` if there is one, which stays as it is.

        Args:
            name: the file's.
            content: its bytes.
            mode: its permissions; those of any new file without.
            durable: whether to wait until it would outlast a power cut.
        """
        here = {"src_dir_fd": self.descriptor, "dst_dir_fd": self.descriptor}
        with self._written(name, content, mode, durable) as temporary:
            try:
                # fails where there is one, whoever wrote it meanwhile
                os.link(temporary, name, follow_symlinks=False, **here)
            except FileExistsError:
                return False
            except OSError:  # a file system without hard links
                with suppress(FileNotFoundError):
                    os.lstat(name, dir_fd=self.descriptor)
                    return False
                os.replace(temporary, name, src_dir_fd=self.descriptor, dst_dir_fd=self.descriptor)
        return True

    def replace(self, name: str, content: bytes) -> None:
        """Put another content in a file's place, with the same permissions."""
        mode = None
        with suppress(FileNotFoundError):
            mode = stat.S_IMODE(self.state(name).st_mode) & 0o777
        with self._written(name, content, mode) as temporary:
            os.replace(temporary, name, src_dir_fd=self.descriptor, dst_dir_fd=self.descriptor)

    @contextmanager
    def _written(
        self, name: str, content: bytes, mode: int | None, durable: bool = True
    ) -> Iterator[str]:
        """The content in a new file, which is gone afterwards if it is still there."""
        self.require_own()
        self._sweep(name)
        temporary = f".{name}.{secrets.token_hex(8)}~"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FILE
        private = 0o666 if mode is None else 0o600  # until it has the right mode
        descriptor = os.open(temporary, flags, private, dir_fd=self.descriptor)
        try:
            with os.fdopen(descriptor, "wb") as file:
                if mode is not None:
                    with suppress(OSError):  # where there are none it is private
                        os.fchmod(file.fileno(), mode)
                file.write(content)
                if durable:
                    file.flush()
                    os.fsync(file.fileno())
            yield temporary
        finally:
            with suppress(OSError):
                os.unlink(temporary, dir_fd=self.descriptor)

    def _sweep(self, name: str) -> None:
        """Delete what a grade that was killed while it wrote this file has left."""
        left = re.compile(rf"\.{re.escape(name)}\.[0-9a-f]{{16}}~")
        with suppress(OSError):
            here = os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=self.descriptor)
            try:
                found = filter(left.fullmatch, os.listdir(here))
            finally:
                os.close(here)
            for each in found:
                with suppress(OSError):
                    state = self.state(each)
                    if state.st_uid == os.geteuid() and time.time() - state.st_mtime > _ABANDONED:
                        os.unlink(each, dir_fd=self.descriptor)


def _require_own(state: os.stat_result, path: Path) -> None:
    if state.st_uid != os.geteuid():
        raise PermissionError(
            errno.EPERM, _("it belongs to {owner}").format(owner=_user(state.st_uid)), str(path)
        )


@contextmanager
def _parent(path: Path, follow: Follow = False) -> Iterator[tuple[Folder, str]]:
    """The folder of a file, reached without any link that is not allowed, and the file's name."""
    parts = [*reversed(path.parts)]
    folder, here, links = os.open(".", _FOLDER), Path(), 0
    try:
        while parts:
            part = parts.pop()
            if part.startswith("/"):
                folder, here = _step(folder, "/"), Path("/")
                continue
            try:
                link = stat.S_ISLNK(os.lstat(part, dir_fd=folder).st_mode)
            except FileNotFoundError:
                if parts:
                    raise
                link = False
            if link and (follow or parts):
                links += 1
                _allow(folder, part, here, follow, links)
                parts += reversed(Path(os.readlink(part, dir_fd=folder)).parts)
            elif parts:
                folder, here = _step(folder, part), here / part
            else:
                yield Folder(here, folder), part
                return
        yield Folder(here, folder), "."  # the path names a folder only by "." or "/"
    finally:
        os.close(folder)


def _step(folder: int, part: str) -> int:
    """Another folder, for which the one that it is in is closed."""
    further = os.open(part, _FOLDER, dir_fd=folder)
    os.close(folder)
    return further


def _allow(folder: int, part: str, here: Path, follow: Follow, links: int) -> None:
    """See that a link in a path may be followed.

    Raises:
        OSError: it may not.
    """
    if not follow:
        raise OSError(errno.ELOOP, _("{path} is a link").format(path=here / part), str(here / part))
    owner = os.lstat(part, dir_fd=folder).st_uid
    if owner not in (os.geteuid(), 0):
        reason = _("{path} is a link of {owner}").format(path=here / part, owner=_user(owner))
        raise OSError(errno.ELOOP, reason, str(here / part))
    if links > _LINKS:
        raise OSError(errno.ELOOP, _("it is a link that leads nowhere"), str(here / part))
    own = follow == "typed" and owner == os.geteuid()
    if own and _identity(os.fstat(folder)) not in _places():
        reason = _("{path} is a link to {target}").format(
            path=here / part, target=os.readlink(part, dir_fd=folder)
        )
        raise OSError(errno.ELOOP, reason, str(here / part))


def _places() -> set[tuple[int, int]]:
    """The folders in which one's own links are followed: where one is, one's home, those above."""
    found = set()
    for place in ("", "~"):
        with suppress(OSError, RuntimeError):  # RuntimeError: nobody knows where it is
            here = Path(place).expanduser().resolve()
            found |= {_identity(each.stat()) for each in (here, *here.parents)}
    return found


def _identity(state: os.stat_result) -> tuple[int, int]:
    return state.st_dev, state.st_ino
