"""The record of one grading: everything that is shown, stored or exported is made from it."""

import re
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from grader.course import whole
from grader.details import Details, fitting
from grader.i18n import _
from grader.typed import typed

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
    def red(self) -> tuple[CheckResult, ...]:
        """The checks that found something wrong."""
        return tuple(check for check in self.checks if check.verdict in RED)

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
            checks = typed(data["checks"], tuple[CheckResult, ...])
            for check in checks:
                fitting(check.details)
                if not 0 <= check.points <= check.max_points:
                    raise ValueError(_("{name} has points that no check gives").format(
                        name=check.name))  # fmt: skip
            return cls(
                exercise=typed(data["exercise"], str),
                title=typed(data["title"], str),
                submission=typed(data["submission"], str),
                seed=_seed(typed(data["seed"], str)),
                checks=checks,
                protection=typed(data["protection"], Protection),
                versions=typed(data["versions"], dict[str, str | None]),
                seconds=typed(data["seconds"], float),
                course_hash=typed(data["course_hash"], str),
                digest=typed(data["digest"], str),
                time=_time(data["time"]),
                submitted=_time(data["submitted"]),
                notes=typed(data.get("notes", ()), tuple[str, ...]),
            )
        except (KeyError, ValueError) as error:
            raise ValueError(
                _("This is no whole report ({reason}). Grade the file again.").format(reason=error)
            ) from error


def _seed(digits: str) -> int:
    if not re.fullmatch("[0-9a-f]{1,16}", digits):
        raise ValueError(_("{digits:.20} is no seed").format(digits=digits))
    return int(digits, 16)


def _time(text: Any) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(typed(text, str))
    if moment.tzinfo is None or not 1970 <= moment.year < 9000:  # no zone could tell its time
        raise ValueError(_("{text:.40} is no time of a grading").format(text=text))
    return moment


@dataclass(frozen=True)
class Activity:
    """Something happens: TensorFlow loads (no check), a check begins or tells of its progress."""

    check: str | None
    text: str


Event = Activity | CheckResult
