"""How a submission is graded."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypedDict

MOST_SECONDS = 1_000_000  # more is a slip of the hand, and soon more than a system can wait
MOST_WORKERS = 1_000


@dataclass(frozen=True)
class Options:
    """How a submission is graded; plain data, which any process may be given.

    Attributes:
        seed: 64 bits for all that is drawn; a new one without it.
        timeout: seconds for each check, instead of the check's own.
        limit: seconds for the whole file: what has no result then is a timeout, and what has one
            keeps it.
        checks: names of the checks to run, all without it; what they need counts as passed if it
            is not among them.
        first: name of the check whose verdict is wanted first.
        records: whether a check that fails tells what it said to the submission, as its details'
            ``calls``; see ``grader.checker.record``.
        checkers: how many checks run at once; one costs least where other files are graded
            at the same time.
    """

    seed: int | None = None
    timeout: float | None = None
    limit: float | None = None
    checks: Collection[str] | None = None
    first: str | None = None
    records: bool = False
    checkers: int = 2


class Keywords(TypedDict, total=False):
    """``Options`` as keywords."""

    seed: int | None
    timeout: float | None
    limit: float | None
    checks: Collection[str] | None
    first: str | None
    records: bool
    checkers: int
