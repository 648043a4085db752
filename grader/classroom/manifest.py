"""``manifest.csv``: each submission of a class, one a row; a person may edit it."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from grader.classroom import table
from grader.clean import line
from grader.errors import ClassError
from grader.i18n import _, ngettext
from grader.stub import STEM

NAME = "manifest.csv"
_SHOWN = 10  # broken rows that are named at once
_DIGEST = re.compile("[0-9a-f]{64}")

Place = tuple[str, str, int]
"""Learner, exercise (its stem) and version: no two entries have the same."""


class Status(StrEnum):
    """What is to happen to a submission."""

    GRADE = "grade"
    QUIZ = "quiz"  # answers to a quiz, for statistics; it is not graded
    SKIP = "skip"  # it stays in the list, and is neither graded nor counted


class Policy(StrEnum):
    """Which of a learner's versions counts."""

    LAST = "last"
    BEST = "best"
    FIRST = "first"


@dataclass(frozen=True)
class Entry:
    """One submission of a class; in the CSV each attribute is a column.

    Attributes:
        learner: who it is within the class; two learners never share one.
        name: what this learner is called on screens and in files for people.
        ids: of the systems it came from, as they gave them: ``moodle`` (the number in
            ``Participant 123``), ``canvas`` (user), ``canvas_attachment``, ``gradescope``
            (submission), ``sid``, ``email``. In the CSV: ``moodle=123; sid=77``.
        exercise: the exercise's stem, such as ``"ex3_flatten"``.
        version: counts from 1, in the order in which versions came.
        submitted: when it was handed in, with its zone, if that is known.
        late: whether the system that it came from calls it late.
        source: the path inside the download that it came from, which begins with the download.
        file: the path of the file that is graded, inside the class's folder.
        digest: the SHA-256 of that file as it was imported, see
            ``grader.submission.digest_of``.
        converted: how what came in was changed, a sentence; empty if it was not.
        status: see ``Status``.
        note: yours; nothing reads it.
    """

    learner: str
    name: str
    exercise: str
    version: int
    file: str
    ids: dict[str, str] = field(default_factory=dict, hash=False)
    submitted: datetime | None = None
    late: bool = False
    source: str = ""
    digest: str = ""
    converted: str = ""
    status: Status = Status.GRADE
    note: str = ""

    @property
    def place(self) -> Place:
        """Which of the class's submissions it is."""
        return self.learner, self.exercise, self.version


COLUMNS = tuple(column.name for column in fields(Entry))


def written(entries: Iterable[Entry]) -> bytes:
    """The table with these entries, in their order."""
    return table.written(COLUMNS, map(_row, entries))


def parsed(data: bytes, name: str = NAME) -> list[Entry]:
    """The entries of a table, in its order.

    Raises:
        ClassError: a row can't be read, or two have the same place; one sentence for each.
    """
    entries: list[Entry] = []
    broken: list[str] = []
    lines: dict[Place, int] = {}
    for number, row in table.read(data, COLUMNS, name):
        try:
            entry = _entry(row)
            if other := lines.get(entry.place):
                raise ValueError(
                    _(
                        "line {other} has version {version} of {learner}’s {exercise} "
                        "too; give this one the next version"
                    ).format(
                        other=other,
                        version=entry.version,
                        learner=entry.learner,
                        exercise=entry.exercise,
                    )
                )
        except ValueError as error:
            broken.append(
                _("{name}, line {line}: {reason}.").format(name=name, line=number, reason=error)
            )
            continue
        lines[entry.place] = number
        entries.append(entry)
    if broken:
        shown = broken[:_SHOWN]
        if more := len(broken) - len(shown):
            rest = ngettext(
                "{count} more row of it can't be read.",
                "{count} more rows of it can't be read.",
                more,
            )
            shown.append(rest.format(count=more))
        raise ClassError("\n".join(shown))
    return entries


def candidates(entries: Sequence[Entry], policy: Policy) -> list[Entry]:
    """The entries that have to be graded for a policy, in their order.

    Args:
        entries: of any number of learners and exercises.
        policy: for ``best`` all versions count, else one.
    """
    wanted = [entry for entry in entries if entry.status is Status.GRADE]
    if policy is Policy.BEST:
        return wanted
    pick = max if policy is Policy.LAST else min
    numbers: dict[tuple[str, str], int] = {}
    for entry in wanted:
        pair = entry.learner, entry.exercise
        numbers[pair] = pick(entry.version, numbers.get(pair, entry.version))
    return [e for e in wanted if numbers[e.learner, e.exercise] == e.version]


def chosen(
    entries: Sequence[Entry], policy: Policy, score: Callable[[Entry], float | None]
) -> list[Entry]:
    """The one entry of each learner and exercise that counts, in the order of the entries.

    Args:
        entries: of any number of learners and exercises.
        policy: which version counts; ``best`` is the one with most points, the later of equals.
        score: the points of an entry, ``None`` if it has not been graded.
    """
    best: dict[tuple[str, str], tuple[float, int]] = {}
    found = candidates(entries, policy)
    ranked = [
        (entry, (-1.0 if (s := score(entry)) is None else s, entry.version)) for entry in found
    ]
    for entry, rank in ranked:
        pair = entry.learner, entry.exercise
        best[pair] = max(rank, best.get(pair, rank))
    return [entry for entry, rank in ranked if best[entry.learner, entry.exercise] == rank]


# rows


def _row(entry: Entry) -> dict[str, str]:
    return {
        "learner": entry.learner,
        "name": entry.name,
        "exercise": entry.exercise,
        "version": str(entry.version),
        "file": entry.file,
        "ids": "; ".join(f"{quote(k)}={quote(v, ' @/+')}" for k, v in entry.ids.items()),
        "submitted": entry.submitted.isoformat() if entry.submitted else "",
        "late": "yes" if entry.late else "",
        "source": entry.source,
        "digest": entry.digest,
        "converted": entry.converted,
        "status": entry.status,
        "note": entry.note,
    }


def _entry(row: dict[str, str]) -> Entry:
    """The entry of a row.

    Raises:
        ValueError: a cell can't be read; the text says which, and what it may be.
    """
    if not row["learner"]:
        raise ValueError(_("the learner is missing; write who it is"))
    if not re.fullmatch(STEM, row["exercise"]):
        raise ValueError(
            _("{row!r} is no exercise; write it like ex3_flatten").format(row=row["exercise"])
        )
    if not re.fullmatch("[1-9][0-9]{0,5}", row["version"]):
        raise ValueError(
            _("the version is {row!r}; write a number from 1").format(row=row["version"])
        )
    if row["late"].lower() not in ("", "yes", "no"):
        raise ValueError(_("late is {row!r}; write yes, or leave it empty").format(row=row["late"]))
    if row["status"] not in tuple(Status):
        raise ValueError(_("the status is {row!r}; write grade or skip").format(row=row["status"]))
    if row["digest"] and not _DIGEST.fullmatch(row["digest"]):
        raise ValueError(_("the digest is not one; leave it empty"))
    return Entry(
        learner=row["learner"],
        name=line(row["name"] or row["learner"]).strip(),  # nothing in it steers a terminal
        exercise=row["exercise"],
        version=int(row["version"]),
        file=_inside(row["file"]),
        ids=_ids(row["ids"]),
        submitted=_time(row["submitted"]),
        late=row["late"].lower() == "yes",
        source=row["source"],
        digest=row["digest"],
        converted=row["converted"],
        status=Status(row["status"]),
        note=row["note"],
    )


def _inside(file: str) -> str:
    path = PurePosixPath(file)
    if not file or path.is_absolute() or ".." in path.parts or "\0" in file:
        raise ValueError(
            _("the file is {file!r}; write its path inside this folder").format(file=file)
        )
    return str(path)


def _ids(text: str) -> dict[str, str]:
    found = {}
    for part in filter(None, map(str.strip, text.split(";"))):
        key, separator, value = part.partition("=")
        if not separator or not key.strip():
            raise ValueError(
                _("the ids have {part!r}; write them like moodle=123; sid=77").format(part=part)
            )
        found[line(unquote(key.strip()))] = line(unquote(value.strip()))
    return found


def _time(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError(
            _("the time is {text!r}; write it like 2026-11-02T18:30:00+01:00").format(text=text)
        )
    return moment
