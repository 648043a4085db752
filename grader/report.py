"""The record of one grading: everything that is shown, stored or exported is made from it."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self

from grader.course import whole

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

SCHEMA = 1  # of a report as plain data; changes when a reader of the old form would fail

DETAILS = (
    "expected",
    "got",
    "difference",
    "given",
    "lines",
    "exception",
    "printed",
    "losses",
    "calls",
)


@dataclass(frozen=True)
class CheckResult:
    """One check of one grading.

    Attributes:
        name: the check's name, without ``test_``.
        title: what the learner reads, the check's docstring.
        verdict: see ``Verdict``.
        points, max_points: whole numbers or halves.
        message: what was observed, in the learner's words; empty for a pass.
        details: ``expected`` and ``got`` (each a description as ``grader.checks.describe.describe``
            makes it), ``difference``, ``given`` (descriptions of what went in, by name), ``lines``
            (the learner's own, around the one that raised), ``exception`` (``type``, ``message``),
            ``printed`` (text), ``losses`` (of a training, one per epoch), ``calls`` (see
            ``grader.checker.record``), each ``None`` without one; ``trouble`` (see below);
            ``parts`` (``title``, ``points``, ``max_points``, ``reached``) of a check that has
            some, and ``source`` of one that learners may read.
        hint: the check's first hint.
        concept: the tag that quizzes share.
        seconds: wall time.
        bonus: whether the points come on top, and a pass does not need them.
    """

    name: str
    title: str
    verdict: Verdict
    points: float
    max_points: float
    message: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    hint: str | None = None
    concept: str | None = None
    seconds: float = 0.0
    bonus: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "details", dict.fromkeys(DETAILS) | self.details)

    @property
    def trouble(self) -> str:
        """What only the check's author may see: a traceback, what it printed; empty without."""
        return str(self.details.get("trouble") or "")

    def to_dict(self) -> dict[str, Any]:
        """The result as plain data, for learners."""
        details = {name: told for name, told in self.details.items() if name != "trouble"}
        return asdict(self) | {"details": details, "seconds": round(self.seconds, 3)}


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
        seconds: wall time.
        course_hash: identifies the checks, solutions and data that graded it.
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
            "course_hash": self.course_hash,
            "protection": {
                "level": self.protection.level,
                "missing": list(self.protection.missing),
            },
            "versions": self.versions,
            "seconds": round(self.seconds, 3),
            "checks": [check.to_dict() for check in self.checks],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """The report that ``to_dict`` made this of; times are rounded to milliseconds.

        Raises:
            ValueError: it is of another schema.
        """
        if data.get("schema") != SCHEMA:
            raise ValueError(
                f"The report has schema {data.get('schema')!r}, and this version of grade reads "
                f"schema {SCHEMA}. Grade the file again."
            )
        level, missing = data["protection"]["level"], tuple(data["protection"]["missing"])
        return cls(
            exercise=data["exercise"],
            title=data["title"],
            submission=data["submission"],
            seed=int(data["seed"], 16),
            checks=tuple(
                CheckResult(**check | {"verdict": Verdict(check["verdict"])})
                for check in data["checks"]
            ),
            protection=Protection(level, missing),
            versions=data["versions"],
            seconds=data["seconds"],
            course_hash=data["course_hash"],
        )


@dataclass(frozen=True)
class Progress:
    """Something happens: TensorFlow loads (no check), a check begins or tells of its progress."""

    check: str | None
    text: str


Event = Progress | CheckResult
