"""The folder of a class: where its files are, what was set for it, who may work on it now."""

import fcntl
import hashlib
import json
import os
import re
import secrets
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from grader import folder
from grader.classroom import manifest, table
from grader.classroom.manifest import Entry, Policy
from grader.course import Course, built_in
from grader.engine.options import MOST_SECONDS
from grader.errors import ClassError
from grader.i18n import _
from grader.stub import ID, STEM

SETTINGS, SUBMISSIONS = "class.toml", "submissions"
_LOCK = ".lock"
_COMPUTER = Path("/etc/machine-id")  # of systems with systemd; a container may have none
_OTHERS = "others"  # the exercises that have no deadline of their own
_MOST = 64 << 10  # bytes of the settings
_LONGEST = 80  # bytes of a folder's name
_CONTROLS = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0))))
_FORBIDDEN = str.maketrans(dict.fromkeys('/\\:*?"<>|' + _CONTROLS, "_"))


@dataclass(frozen=True)
class Settings:
    """What holds for a whole class; kept in ``class.toml``.

    Attributes:
        seed: of all that is drawn, 64 bits: everyone gets the same.
        policy: which of a learner's versions counts.
        limit: seconds for a whole file, ``None`` without a limit.
        course: the course's folder; empty for the built-in one.
        chosen: who has chosen it where, see ``choice``; empty for the built-in one.
        late: what late work costs, see ``LateRule``; empty if nothing.
        due: deadlines by exercise, such as ``"ex3"``; by ``""`` the one of all others. One without
            a zone is in this computer's.
    """

    seed: int
    policy: Policy = Policy.LAST
    limit: float | None = None
    course: str = ""
    chosen: str = ""
    late: str = ""
    due: Mapping[str, datetime] = field(default_factory=dict, hash=False)

    def open_course(self, root: Path) -> Course:
        """The course that the class is graded by.

        Args:
            root: the class's folder.

        Raises:
            ClassError: its folder is gone, or the class itself names it and no person has.
        """
        if self.course and not Path(self.course).is_dir():
            raise ClassError(
                _(
                    "The class is graded by the course in {course}, and that folder is gone. "
                    "If it has moved, name it: --course DIR"
                ).format(course=self.course)
            )
        if self.course and Path(self.course).resolve() != built_in():
            if self.chosen != choice(root, Path(self.course)):
                raise ClassError(
                    _(
                        "This class names the course {course}, and nobody has chosen that course "
                        "in this folder. A course has programs, which can do all that you may do. "
                        "If you trust it, choose it once: --course {course}"
                    ).format(course=self.course)
                )
        return Course.open(self.course or None)

    def text(self) -> str:
        """As TOML."""
        seconds, costs = _("seconds for a file"), _("what late work costs")
        deadlines = _("the deadline of each exercise")
        about = _("What holds for the whole class. Change it here, or by options of `{command}`.")
        lines = [
            f"# {about.format(command='grade class run')}",
            f'seed = "{self.seed:016x}"',
            f'policy = "{self.policy}"  # {", ".join(Policy)}',
            *([f"limit = {self.limit}  # {seconds}"] if self.limit is not None else []),
            # a string of JSON is one of TOML; only escaped halves of characters are none
            *([f"course = {json.dumps(self.course, ensure_ascii=False)}"] if self.course else []),
            *([f"chosen = {json.dumps(self.chosen)}"] if self.chosen else []),
            (f"late = {json.dumps(self.late)}" if self.late else '# late = "10%/day"')
            + f"  # {costs}",
        ]
        written = {name or _OTHERS: at.isoformat() for name, at in self.due.items()}
        if [*written] == [_OTHERS]:
            lines.append(f"due = {written[_OTHERS]}")
        elif written:
            lines += ["[due]", *(f"{name} = {at}" for name, at in written.items())]
        else:
            lines += [f"# [due]  # {deadlines}", "# ex3 = 2026-11-02T18:00:00+01:00"]
        return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class ClassFolder:
    """A class's folder.

    Attributes:
        root: a path without links.
    """

    root: Path

    @classmethod
    def open(cls, typed: Path, *, make: bool = False) -> "ClassFolder":
        """The folder at a path that a person has typed.

        Args:
            typed: the path; links of this person's in it are followed.
            make: whether it is made, if there is nothing.

        Raises:
            ClassError: there is no class, or it is another user's.
        """
        path = typed.expanduser().absolute()
        try:
            root = folder.behind_links(path)
            if not root.exists():
                if not make:
                    raise ClassError(
                        _(
                            "There is no folder {typed}. `grade class import DOWNLOAD "
                            "--into {typed}` makes it."
                        ).format(typed=typed)
                    )
                root.mkdir(parents=True)
            with folder.opened(root) as here:
                here.require_own()
            known, names = {manifest.NAME, SUBMISSIONS, SETTINGS}, set(os.listdir(root))
        except OSError as error:
            raise ClassError(
                _("{typed} can't be used ({reason}). Name a folder of your own.").format(
                    typed=typed, reason=error.strerror or error
                )
            ) from error
        if not make and manifest.NAME not in names:
            raise ClassError(
                _(
                    "{typed} is not a class: it has no {name}. `grade class import "
                    "DOWNLOAD --into {typed}` makes one."
                ).format(typed=typed, name=manifest.NAME)
            )
        if make and names - {_LOCK} and not names & known:
            raise ClassError(
                _(
                    "{typed} has other files in it. Name a new folder, or one that "
                    "`grade class import` has made."
                ).format(typed=typed)
            )
        return cls(root)

    def entries(self) -> list[Entry]:
        """The rows of the manifest; none if there is none.

        Raises:
            ClassError: a row can't be read; one sentence for each.
        """
        data = self.read(manifest.NAME, table.MAX_SIZE)
        return [] if data is None else manifest.parsed(data)

    def keep_entries(self, entries: Sequence[Entry]) -> None:
        """Write the manifest.

        Raises:
            ClassError: it can't be written; what was there is unchanged.
        """
        self.replace(manifest.NAME, manifest.written(entries))

    def settings(self) -> Settings | None:
        """What was set for the class, ``None`` if nothing was yet.

        Raises:
            ClassError: the file can't be read.
        """
        data = self.read(SETTINGS, _MOST)
        if data is None:
            return None
        try:
            found = tomllib.loads(data.decode("utf-8-sig"))
            limit = found.get("limit")
            if limit is not None and not (type(limit) in (int, float) and 0 < limit < MOST_SECONDS):
                raise ValueError(
                    _("limit is {limit!r}; write seconds, or delete the line").format(limit=limit)
                )
            if found.get("policy", "last") not in tuple(Policy):
                raise ValueError(
                    _("policy is {found!r}; write last, best or first").format(
                        found=found["policy"]
                    )
                )
            if not re.fullmatch("[0-9a-f]{1,16}", seed := str(found.get("seed", "")).lower()):
                raise ValueError(
                    _("seed is {seed!r}; write 1 to 16 hexadecimal digits in quotes").format(
                        seed=seed
                    )
                )
            return Settings(
                seed=int(seed, 16),
                policy=Policy(found.get("policy", "last")),
                limit=None if limit is None else float(limit),
                course=str(found.get("course", "")),
                chosen=str(found.get("chosen", "")),
                late=str(found.get("late", "")),
                due=_deadlines(found.get("due", {})),
            )
        except (ValueError, RecursionError) as error:
            raise ClassError(
                _("{root} can't be read ({reason}). Correct that line.").format(
                    root=self.root / SETTINGS, reason=error
                )
            ) from error

    def keep_settings(self, settings: Settings) -> None:
        """Write what is set for the class; see ``keep_entries``."""
        self.replace(SETTINGS, settings.text().encode())

    def read(self, name: str, most: int) -> bytes | None:
        """The bytes of a file in it, ``None`` if there is none.

        Args:
            name: the file's path inside the folder; no part of it may be a link.
            most: bytes that it may have.

        Raises:
            ClassError: it can't be read, or is larger.
        """
        try:
            data = folder.read(self.root / name, most + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ClassError(
                _("{root} can't be read ({reason}).").format(
                    root=self.root / name, reason=error.strerror
                )
            ) from error
        if len(data) > most:
            raise ClassError(
                _("{root} is larger than {most:,} KiB.").format(
                    root=self.root / name, most=most >> 10
                )
            )
        return data

    def replace(self, name: str, content: bytes) -> None:
        """Write a file in it, whole or not at all.

        Raises:
            ClassError: it can't be written; what was there is unchanged.
        """
        try:
            folder.replace(self.root / name, content)
        except OSError as error:
            raise ClassError(
                _(
                    "{root} can't be written ({reason}). Make room on the disk, or check "
                    "its permissions; what was there is unchanged."
                ).format(root=self.root / name, reason=error.strerror or error)
            ) from error

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else imports or grades meanwhile.

        Raises:
            ClassError: somebody does.
        """
        with folder.opened(self.root) as here:
            here.require_own()
            lock = here.open(_LOCK, os.O_RDWR | os.O_CREAT, own=True)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise ClassError(
                    _(
                        "Another grade is working on {root}. Wait until it has ended, or "
                        "stop it with Ctrl-C: it keeps its results."
                    ).format(root=self.root)
                ) from None
            yield
        finally:
            os.close(lock)


def _deadlines(written: Any) -> dict[str, datetime]:
    """Deadlines as TOML has them: one for all, or a table.

    Raises:
        ValueError: one is no time, or of no exercise; how to write it.
    """
    found = written if isinstance(written, dict) else {_OTHERS: written}
    for name, at in found.items():
        if name != _OTHERS and not re.fullmatch(rf"{ID}|{STEM}", name):
            raise ValueError(_("due has {name!r}; write an exercise like ex3").format(name=name))
        if not isinstance(at, datetime):
            raise ValueError(
                _("due is {at}; write a time like 2026-11-02T18:00:00, without quotes").format(
                    at=at
                )
            )
    return {"" if name == _OTHERS else name: at for name, at in found.items()}


def free_name(wanted: str, taken: set[str]) -> str:
    """A text as a part of a path on any system, which from now on is taken.

    Args:
        wanted: such as a learner's name.
        taken: names, case-folded: folders may not differ only in capitals.
    """
    text = wanted.encode("utf-8", "replace").decode().translate(_FORBIDDEN)
    short = text.encode()[:_LONGEST].decode("utf-8", "ignore").strip(". ") or "learner"
    names = (short if number == 1 else f"{short}-{number}" for number in count(1))
    free = next(name for name in names if name.casefold() not in taken)
    taken.add(free.casefold())
    return free


def new_seed() -> int:
    """64 bits that nobody can guess."""
    return secrets.randbits(64)


def choice(root: Path, course: Path) -> str:
    """What is noted where a person chooses a course for the class in a folder.

    The checks of a course are programs. A class that somebody has sent may name one, and can't
    know which numbers its folder and the course's get on this disk; nor, if it comes on a disk of
    its own, what this computer's is.

    Raises:
        ClassError: there is no such course.
    """
    try:
        numbers = [f"{each.stat().st_ino:x}" for each in (root, course)]
        return hashlib.sha256("-".join([_computer(), *numbers]).encode()).hexdigest()[:16]
    except OSError as error:
        raise ClassError(
            _("{course} can't be read ({reason}). Name the course with --course.").format(
                course=course, reason=error.strerror
            )
        ) from error


def _computer() -> str:
    """The number that this computer has given itself, which is told to nobody; empty without."""
    with suppress(OSError):
        return _COMPUTER.read_text("utf-8", "replace").strip()
    return ""
