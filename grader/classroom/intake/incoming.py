"""The files of a download, a folder or a ZIP archive: nothing in it is trusted.

No link is followed, no name leads out, and no archive brings more than its limits.
"""

import errno
import io
import lzma
import os
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader import folder
from grader.clean import line
from grader.errors import ClassError
from grader.i18n import _
from grader.stub import DATED

MAX_FILE = 16 << 20  # bytes of a file; notebooks hold pictures
MAX_INNER = 64 << 20  # of an archive inside
MAX_ENTRIES = 1_000_000  # of the archive that a person names; 40,000 × 8 submissions fit
MAX_INNER_ENTRIES = 10_000  # of one inside
MAX_INNER_BYTES = 1 << 30  # that one inside unpacks to, with all archives in it
MAX_NAME = 1_000  # characters of a name; file systems have fewer
MAX_RATIO = 200  # unpacked bytes for a packed one, of what is larger than a mebibyte
MAX_DEPTH = 3  # archives in archives
MAX_PARTS = 40  # folders one in another
_LISTED = b"PK\x01\x02"  # how each entry begins in the list of an archive

LEFT_OUT = {  # what systems, editors and programs leave behind, in lower case
    *("__macosx", ".ds_store", "thumbs.db", "desktop.ini", ".git", ".gitignore", ".gitattributes"),
    *("__pycache__", ".ipynb_checkpoints", ".pytest_cache", ".grade", ".venv", "venv", ".idea"),
    *(".vscode", ".spyproject", ".directory", ".github"),
}

# what `grade init --upgrade` writes to compare with
_STARTER = re.compile(rf"\.starter{DATED}\.py$")

# where the number of a copy is behind a name's ending
_COPIED = re.compile(
    r"(\.(?:py|pyw|ipynb|zip))(?: ?[.#_-](\d{1,3})| ?\((\d{1,3})\))$", re.IGNORECASE
)

# what zipfile raises for an archive that is damaged, or made to harm
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError),
    *(NotImplementedError, RuntimeError, ValueError, OverflowError),
)

Parts = tuple[str, ...]
"""A path inside a download, part by part; the first is the download's own name."""


@dataclass(frozen=True)
class Incoming:
    """A file that came in.

    Attributes:
        parts: where it is; archives inside are parts too.
        fault: why it can't be used, and what to do, in sentences; empty if it can.
        load: reads it, at most ``MAX_FILE + 1`` bytes; only until the next one is asked for.
        left_out: whether it is what systems and editors leave behind.
        again: counts those that have the same parts, from 1; of two, the later is the newer.
    """

    parts: Parts
    fault: str = ""
    load: Callable[[], bytes] = field(default=bytes, compare=False)
    left_out: bool = False
    again: int = 1

    @property
    def source(self) -> str:
        """The path inside the download, as a table gives it back; no two have the same."""
        path = "/".join(self.parts).strip()
        return path if self.again == 1 else f"{path}#{self.again}"

    def data(self) -> bytes:
        """Its bytes.

        Raises:
            ValueError: it can't be read, or is too large; the text says why, in sentences.
        """
        try:
            data = self.load()
        except OSError as error:
            raise ValueError(
                _("It can't be read ({reason}).").format(reason=error.strerror or error)
            ) from error
        except _DAMAGE as error:
            raise ValueError(
                _("It can't be unpacked ({reason}). Ask for it again.").format(reason=error)
            ) from error
        if len(data) > MAX_FILE:
            raise ValueError(
                _("It is larger than {max_file} MiB. Ask for the code alone.").format(
                    max_file=MAX_FILE >> 20
                )
            )
        return data


def collected(typed: Path) -> Iterator[Incoming]:
    """Everything in a download, in the order of its names.

    Args:
        typed: the path that a person has typed, of a folder or of a ZIP archive.

    Raises:
        ClassError: it is neither, or can't be read.
    """
    try:
        path = typed.expanduser().absolute()
        if path.is_dir():
            path = folder.behind_links(path)
        else:
            path = folder.behind_links(path.parent) / path.name
        kind = os.lstat(path).st_mode
    except OSError as error:
        raise ClassError(
            _("{typed} can't be read ({reason}). Name a folder or a ZIP archive.").format(
                typed=typed, reason=error.strerror or error
            )
        ) from error
    name = (_named(path.name) or "download",)
    if stat.S_ISDIR(kind):
        yield from _numbered(_folder(path, name))
        return
    try:
        with open(path, "rb", opener=_opener) as file, zipfile.ZipFile(file) as archive:
            yield from _numbered(_archive(archive, name, None))
    except (OSError, *_DAMAGE) as error:
        raise ClassError(
            _(
                "{typed} is neither a folder nor a ZIP archive that can be read "
                "({reason}). If it is another kind of archive, unpack it and name the "
                "folder."
            ).format(typed=typed, reason=error)
        ) from error


def _opener(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)  # no pipe is waited for


def _numbered(found: Iterator[Incoming]) -> Iterator[Incoming]:
    """Two files of one archive may have the same name: what unpacks it keeps the later one."""
    seen = Counter[Parts]()
    for each in found:
        seen[each.parts] += 1
        yield replace(each, again=seen[each.parts])


def _named(name: str) -> str:
    """A name as it is shown and compared: one line, composed characters."""
    return line(unicodedata.normalize("NFC", name))


def _file(name: str) -> str:
    """The name of a file: without what Windows drops at its end, a copy's number before its ending.

    Some programs put the number of a second download behind all: ``ex1.py (1)``, ``ex1.py.1``.
    """
    whole = _named(name)
    whole = whole.rstrip(" .") or whole
    copied = _COPIED.search(whole)
    return f"{whole[: copied.start()]} ({copied[2] or copied[3]}){copied[1]}" if copied else whole


def _alike(name: str) -> str:
    """The same for names that many systems take for one."""
    return _file(name).casefold()


def is_left_out(name: str) -> bool:
    """Whether a file or folder of that name is nobody's work."""
    return (
        name.lower() in LEFT_OUT
        or name.startswith(("._", "~$"))
        or _STARTER.search(name) is not None
    )


def _empty(parts: Parts, otherwise: str) -> str:
    """What is said where nothing is; of the download itself no learner is to be asked."""
    return otherwise if parts[1:] else _("The download is empty. Download it again.")


# folders


def _folder(path: Path, parts: Parts) -> Iterator[Incoming]:
    try:
        names = sorted(os.listdir(path), key=lambda name: (_alike(name), _changed(path / name)))
    except OSError as error:
        yield Incoming(
            parts, _("The folder can't be read ({reason}).").format(reason=error.strerror)
        )
        return
    if not names:
        yield Incoming(
            parts, _empty(parts, _("The folder is empty. Ask this learner for the file."))
        )
    for name in names:
        below = path / name
        inner = (*parts, _named(name))
        try:
            kind = os.lstat(below).st_mode
        except OSError as error:
            yield Incoming(inner, _("It can't be read ({reason}).").format(reason=error.strerror))
            continue
        if not stat.S_ISDIR(kind):
            inner = (*parts, _file(name))
        if is_left_out(name):
            yield Incoming(inner, left_out=True)
        elif stat.S_ISLNK(kind):
            yield Incoming(inner, _("It is a link, and links are not followed. Ask for the file."))
        elif stat.S_ISDIR(kind):
            if len(inner) > MAX_PARTS:
                yield Incoming(
                    inner,
                    _("It is more than {max_parts} folders deep.").format(max_parts=MAX_PARTS),
                )
            else:
                yield from _folder(below, inner)
        elif not stat.S_ISREG(kind):
            yield Incoming(inner, _("It is no regular file. Ask for the file."))
        elif inner[-1].lower().endswith(".zip"):
            yield from _inner(inner, lambda below=below: _read(below, MAX_INNER))  # type: ignore[misc]
        else:
            yield Incoming(inner, load=lambda below=below: _read(below, MAX_FILE))  # type: ignore[misc]


def _changed(path: Path) -> int:
    """When a file was changed last, 0 if nobody knows."""
    with suppress(OSError):
        return os.lstat(path).st_mtime_ns
    return 0


def _read(path: Path, most: int) -> bytes:
    return folder.read(path, most + 1)  # follows no link in any part


# archives


@dataclass
class _Allowance:
    """What is still unpacked of an archive inside, with all archives in it: a learner's work.

    Archives in archives multiply: a few kilobytes can name more bytes than any disk holds.
    """

    size: int
    entries: int
    depth: int = 0

    def take(self, size: int) -> bool:
        """Whether a file of that size may still be unpacked; none can be larger than it says."""
        self.size, self.entries = self.size - size, self.entries - 1
        return self.size >= 0 and self.entries >= 0


def _archive(
    archive: zipfile.ZipFile, parts: Parts, allowed: _Allowance | None
) -> Iterator[Incoming]:
    found = archive.infolist()
    most = MAX_ENTRIES if allowed is None else MAX_INNER_ENTRIES
    if not any(not info.is_dir() for info in found):
        yield Incoming(
            parts, _empty(parts, _("The archive is empty. Ask this learner for the file."))
        )
    if len(found) > most:
        yield _too_many(parts, most)
        return
    files = [(*_parts(info), info) for info in found if not info.is_dir()]
    for inside, fault, info in sorted(files, key=lambda file: [*map(_alike, file[0])]):
        inner = (*parts, *inside)
        if any(map(is_left_out, inside)):
            yield Incoming(inner, left_out=True)
        elif fault := fault or _fault(info):
            yield Incoming(inner, fault)
        elif allowed is not None and not allowed.take(info.file_size):
            yield Incoming(inner, _("Too much is in this archive. Ask for the code alone."))
            return
        elif inside[-1].lower().endswith(".zip"):
            yield from _inner(inner, _loader(archive, info, MAX_INNER), allowed)
        else:
            yield Incoming(inner, load=_loader(archive, info, MAX_FILE))


def _loader(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> Callable[[], bytes]:
    def load() -> bytes:
        try:
            with archive.open(info) as file:
                return file.read(most + 1)  # whatever the archive says its size is
        except MemoryError:  # of LZMA's dictionary, whose size the archive says
            raise zipfile.BadZipFile(os.strerror(errno.ENOMEM)) from None

    return load


def _inner(
    parts: Parts, load: Callable[[], bytes], allowed: _Allowance | None = None
) -> Iterator[Incoming]:
    """The files of an archive inside; those in it share what is allowed."""
    allowed = allowed or _Allowance(MAX_INNER_BYTES, MAX_INNER_ENTRIES)
    if allowed.depth >= MAX_DEPTH:
        yield Incoming(parts, _("It is an archive in too many others. Ask for the file itself."))
        return
    try:
        data = Incoming(parts, load=lambda: load()[: MAX_INNER + 1]).load()
        if len(data) > MAX_INNER:
            yield Incoming(
                parts,
                _("It is larger than {max_inner} MiB. Ask for the code alone.").format(
                    max_inner=MAX_INNER >> 20
                ),
            )
            return
        if data.count(_LISTED) > MAX_INNER_ENTRIES:  # only to read such a list takes a gigabyte
            yield _too_many(parts, MAX_INNER_ENTRIES)
            return
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            allowed.depth += 1
            try:
                yield from _archive(archive, parts, allowed)
            finally:
                allowed.depth -= 1
    except OSError as error:
        yield Incoming(
            parts, _("It can't be read ({reason}).").format(reason=error.strerror or error)
        )
    except _DAMAGE as error:
        yield Incoming(
            parts, _("It is a damaged archive ({reason}). Ask for it again.").format(reason=error)
        )


def _too_many(parts: Parts, most: int) -> Incoming:
    template = _("The archive has more than {most:,} files. Ask for the code alone.")
    return Incoming(parts, template.format(most=most))


def _parts(info: zipfile.ZipInfo) -> tuple[Parts, str]:
    """Where a file of an archive is, and what is wrong with that."""
    name = info.filename
    if not info.flag_bits & 0x800:  # it does not say UTF-8, but most archives are
        name = _decoded(name)
    *folders, file = name.replace("\\", "/").split("/")
    parts: Parts = (*map(_named, folders), _file(file))
    fault = ""
    if any(part in ("", ".", "..") for part in parts) or parts[0][1:] == ":":
        fault = _("Its name leads out of the archive. Ask for the file itself.")
        parts = tuple(part for part in parts if part not in ("", ".")) or ("unnamed",)
    elif len(parts) > MAX_PARTS:
        fault, parts = (
            _("It is more than {max_parts} folders deep.").format(max_parts=MAX_PARTS),
            parts[:MAX_PARTS],
        )
    elif any(len(part) > MAX_NAME for part in parts):
        fault = _("Its name is longer than a file's can be. Ask for the file itself.")
    return tuple(part[:MAX_NAME] for part in parts), fault


def _decoded(name: str) -> str:
    """A name that was read as cp437, as it is said that names without a flag are.

    Windows in Chinese writes GB 2312. A Western name is hardly ever valid in it.
    """
    with suppress(UnicodeEncodeError):
        written = name.encode("cp437")
        for encoding in ("utf-8", "gb2312"):
            with suppress(UnicodeDecodeError):
                return written.decode(encoding)
    return name


def _fault(info: zipfile.ZipInfo) -> str:
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        return _("It is a link, and links are not followed. Ask for the file.")
    if info.flag_bits & 1:
        return _("It has a password. Ask for the file without one.")
    if info.file_size > max(1 << 20, info.compress_size * MAX_RATIO):
        return _(
            "It unpacks to {file_size:,} bytes from {compress_size:,}. Ask for the code."
        ).format(file_size=info.file_size, compress_size=info.compress_size)
    return ""
