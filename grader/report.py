"""The record of one grading: everything that is shown, stored or exported is made from it."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NotRequired, Required, Self, TypedDict

from grader.course import whole
from grader.i18n import _

LOAD = "load"  # the name of the result that says why a file could not be loaded


class Verdict(StrEnum):
    """What became of a check."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"  # the submission raised, or its process ended
    TODO = "todo"  # it met NotImplementedError
    TIMEOUT = "timeout"
    BLOCKED = "blocked"  # a check that it needs did not pass
    ACCIDENT = "accident"  # it could not be graded, and the submission is not the cause


RED = (Verdict.FAILED, Verdict.ERROR, Verdict.TIMEOUT)  # something is wrong, not only undone

SCHEMA = 2  # of a report as plain data; changes when a reader of the old form would fail


class Description(TypedDict, total=False):
    """A value as ``grader.checks.describe.describe`` makes it; ``kind`` and ``text`` always.

    Attributes:
        kind: ``"array"``, ``"garment"`` or ``"value"``.
        text: as a person would write it, the middle of a large one left out.
        type: the name of its type, of what is no array.
        shape, dtype: of an array.
        min, max: of an array's finite numbers, ``None`` without any.
        nan: how many of its numbers are none.
        pixels: (28, 28) of a garment, 0 to 255.
        label: the name of what it is.
        probable: names and probabilities of what a model takes it for, the likeliest first.
    """

    kind: Required[str]
    text: Required[str]
    type: str
    shape: list[int]
    dtype: str
    min: float | None
    max: float | None
    nan: int
    pixels: list[list[int]]
    label: str
    probable: list[list[str | float]]


class Element(TypedDict):
    """An element in which two arrays differ: its index, and both numbers as texts."""

    index: list[int]
    expected: str
    got: str


class Difference(TypedDict):
    """In how many elements of how many two arrays differ; the first, and the farthest off."""

    count: int
    of: int
    first: Element
    worst: Element


class Line(TypedDict):
    """A line of the learner's, counted from 1; ``current`` is the one that raised.

    In a notebook lines are counted in their ``cell``.
    """

    number: int
    text: str
    current: bool
    cell: NotRequired[int]


class ExceptionSeen(TypedDict):
    """What the submission raised."""

    type: str
    message: str


class Part(TypedDict):
    """A part of a check: its points, and whether the check got as far."""

    title: str
    points: float
    max_points: float
    reached: bool


class Calls(TypedDict):
    """What a check said to the submission; see ``grader.checker.record``."""

    cut: bool
    frames: list[str]


class Details(TypedDict, total=False):
    """What was seen beside a check's message; ``None`` where there is nothing of the kind.

    Attributes:
        training: of the learner's model: ``loss`` and perhaps ``val_loss``, one per epoch.
        training_ends, garments, dots, cells: what else a check shows; see ``grader.checks.shown``.
        confusion: (10, 10) how often garments of each class were taken for which.
        what: the name of what is compared, such as ``"row sums"``.
        expected, got: what was right, and what came.
        difference: of two arrays of one shape.
        given: what went in, by name.
        lines: the learner's own, up to the one that raised.
        exception: what it raised.
        printed: what the submission printed.
        losses: of a training, one per epoch, ``None`` for one that is no number.
        calls: if they were asked for.
        parts: of a check that has some.
        source: of a check that learners may read and that did not pass.
    """

    expected: Description | None
    got: Description | None
    difference: Difference | None
    given: dict[str, Description] | None
    lines: list[Line] | None
    exception: ExceptionSeen | None
    printed: str | None
    losses: list[float | None] | None
    calls: Calls | None
    parts: list[Part]
    source: str
    what: str
    training: dict[str, list[float | None]]
    training_ends: dict[str, Any]
    confusion: list[list[int]]
    garments: dict[str, Any]
    dots: dict[str, Any]
    cells: dict[str, Any]


_SHOWN = ("training", "training_ends", "confusion", "garments", "dots", "cells")
_SOME = ("parts", "source", "what", *_SHOWN)  # details that most checks never have
_USUAL = tuple(name for name in Details.__annotations__ if name not in _SOME)


@dataclass(frozen=True)
class CheckResult:
    """One check of one grading.

    Attributes:
        name: the check's name, without ``test_``.
        title: what the learner reads, the check's docstring.
        verdict: see ``Verdict``.
        points, max_points: whole numbers or halves.
        message: what was observed, in the learner's words; empty for a pass.
        details: see ``Details``; all but those of ``_SOME`` are there.
        hint: about the mistake that was recognized, else the check's first hint.
        concept: the tag that quizzes share.
        seconds: wall time.
        bonus: whether the points come on top, and a pass does not need them.
        craft: whether it is about good programs, not about the exercise's question.
        misconception: the name of the one whose sentence the message is; see
            ``grader.course.Exercise.recognized``.
        trouble: what only the check's author may see: a traceback, what it printed. It is in no
            report as plain data.

    Raises:
        ValueError: a detail has a name that ``Details`` does not know.
    """

    name: str
    title: str
    verdict: Verdict
    points: float
    max_points: float
    message: str = ""
    details: Details = field(default_factory=Details)
    hint: str | None = None
    concept: str | None = None
    seconds: float = 0.0
    bonus: bool = False
    craft: bool = False
    misconception: str | None = None
    trouble: str = field(default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        if unknown := self.details.keys() - Details.__annotations__.keys():
            raise ValueError(f"details that no report has: {', '.join(sorted(unknown))}")
        object.__setattr__(self, "details", dict.fromkeys(_USUAL) | self.details)
        object.__setattr__(self, "seconds", round(self.seconds, 3))

    def to_dict(self) -> dict[str, Any]:
        """The result as plain data, for learners."""
        data = asdict(self)
        del data["trouble"]
        return data


@dataclass(frozen=True)
class Protection:
    """``full`` (every layer stood), ``partial`` or ``none``, and the names of missing layers."""

    level: str
    missing: tuple[str, ...] = ()

    @classmethod
    def from_missing(cls, missing: set[str]) -> "Protection":
        """The level that these missing layers leave."""
        if not missing:
            return cls("full")
        walls = {"landlock", "seccomp"}
        return cls("none" if walls <= missing else "partial", tuple(sorted(missing)))


@dataclass(frozen=True)
class Report:
    """One submission's grading.

    Attributes:
        exercise: the exercise's stem, such as ``"ex3_flatten"``.
        title: its title.
        submission: the path of the graded file.
        seed: 64 bits; the same seed draws the same inputs.
        checks: in the order of the course; if the file could not be loaded, the first one is
            ``load`` and says why.
        protection: what stood between the submission and the machine.
        versions: of ``grader``, ``python``, ``numpy``, ``tensorflow`` and ``keras``; ``None`` for
            what was not needed.
        seconds: wall time, in whole milliseconds.
        course_hash: identifies the checks, solutions and data that graded it.
        digest: the SHA-256 of what was graded, see ``grader.submission.digest_of``.
        time: when it was graded, in UTC.
        submitted: when it was handed in, if that is known.
        notes: sentences about what was not graded, such as cells of a notebook.
    """

    exercise: str
    title: str
    submission: str
    seed: int
    checks: tuple[CheckResult, ...]
    protection: Protection
    versions: dict[str, str | None]
    seconds: float
    course_hash: str = ""
    digest: str = ""
    time: datetime | None = None
    submitted: datetime | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "seconds", round(self.seconds, 3))

    @property
    def score(self) -> float:
        """Points reached."""
        return whole(sum(check.points for check in self.checks))

    @property
    def max_score(self) -> float:
        """Points there are; a bonus comes on top."""
        return whole(sum(check.max_points for check in self.checks if not check.bonus))

    @property
    def bonus(self) -> float:
        """Points reached that come on top; the score has them too."""
        return whole(sum(check.points for check in self.checks if check.bonus))

    @property
    def accidents(self) -> tuple[CheckResult, ...]:
        """The checks that could not be graded, and the submission is not the cause."""
        return tuple(check for check in self.checks if check.verdict is Verdict.ACCIDENT)

    @property
    def graded(self) -> bool:
        """Whether this says anything about the submission: there was no accident."""
        return not self.accidents

    @property
    def passed(self) -> bool:
        """Whether there were checks, and every one passed that is no bonus."""
        needed = [check.verdict for check in self.checks if not check.bonus]
        return self.graded and bool(needed) and set(needed) == {Verdict.PASSED}

    @property
    def learned(self) -> bool:
        """Whether all that is not craft passed, and some craft is open."""
        open_ = [c for c in self.checks if not c.bonus and c.verdict is not Verdict.PASSED]
        passed = any(not c.craft and c.verdict is Verdict.PASSED for c in self.checks)
        return passed and bool(open_) and all(check.craft for check in open_)

    @property
    def verified(self) -> bool:
        """A pass with every layer of protection standing."""
        return self.passed and self.protection.level == "full"

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data, the object that ``grade --json`` prints."""
        return {
            "schema": SCHEMA,
            "exercise": self.exercise,
            "title": self.title,
            "submission": self.submission,
            "seed": f"{self.seed:016x}",
            "score": self.score,
            "max_score": self.max_score,
            "graded": self.graded,
            "passed": self.passed,
            "verified": self.verified,
            "digest": self.digest,
            "time": self.time and self.time.isoformat(),
            "submitted": self.submitted and self.submitted.isoformat(),
            "course_hash": self.course_hash,
            "protection": {
                "level": self.protection.level,
                "missing": list(self.protection.missing),
            },
            "versions": self.versions,
            "seconds": self.seconds,
            "notes": list(self.notes),
            "checks": [check.to_dict() for check in self.checks],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """The report that ``to_dict`` made this of; it compares equal.

        Raises:
            ValueError: it is no report, or of another schema; the text says which.
        """
        if not isinstance(data, dict) or data.get("schema") != SCHEMA:
            other = data.get("schema") if isinstance(data, dict) else None
            raise ValueError(
                _(
                    "The report has schema {other!r}, and this version of grade reads "
                    "schema {schema}. Grade the file again."
                ).format(other=other, schema=SCHEMA)
            )
        try:
            protection = data["protection"]
            return cls(
                exercise=data["exercise"],
                title=data["title"],
                submission=data["submission"],
                seed=int(data["seed"], 16),
                checks=tuple(
                    CheckResult(**check | {"verdict": Verdict(check["verdict"])})
                    for check in data["checks"]
                ),
                protection=Protection(protection["level"], tuple(protection["missing"])),
                versions=data["versions"],
                seconds=data["seconds"],
                course_hash=data["course_hash"],
                digest=data["digest"],
                time=_time(data["time"]),
                submitted=_time(data["submitted"]),
                notes=tuple(data.get("notes", ())),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ValueError(
                _("This is no whole report ({reason}). Grade the file again.").format(reason=error)
            ) from error


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


@dataclass(frozen=True)
class Activity:
    """Something happens: TensorFlow loads (no check), a check begins or tells of its progress."""

    check: str | None
    text: str


Event = Activity | CheckResult
