"""Item analysis in Moodle's formulas: how hard an item is, and whether it tells learners apart.

Source: https://docs.moodle.org/dev/Quiz_statistics_calculations. Percentages are out of 100.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

FEWEST = 10  # learners, below which an interval would only pretend
LOW = 20.0  # percent: the usual rule of thumb for a discrimination that is enough
_RESAMPLES, _LEAST = 1000, 100
_WORK = 50_000_000  # marks that are drawn for the intervals of one table
_AT_ONCE = 500_000  # marks in memory
_UNDEFINED = 0.05  # share of resamples without a value, above which there is no interval

Interval = tuple[float, float]


@dataclass(frozen=True)
class Estimate:
    """A percentage and its 95% interval.

    Attributes:
        value: ``None`` where it is not defined: all marks are equal.
        interval: ``None`` with fewer than ``FEWEST`` learners, or where it is not defined.
    """

    value: float | None
    interval: Interval | None = None

    def cells(self) -> list[str]:
        """The value and both ends of its interval as cells of a table, empty where unknown."""
        numbers = (self.value, *(self.interval or (None, None)))
        return ["" if number is None else f"{number:.1f}" for number in numbers]


@dataclass(frozen=True)
class ItemStatistics:
    """One check or question over all learners.

    Attributes:
        facility: the mean mark, in percent of the most there is.
        discrimination: the correlation of its marks with those of the rest, -100 to 100.
        efficiency: the same in percent of what these marks allow at best.
        learners: how many there were.
    """

    facility: Estimate
    discrimination: Estimate
    efficiency: Estimate
    learners: int

    @property
    def verdict(self) -> str:
        """What is worth saying about it; empty if nothing is.

        ``"all"`` learners had full marks; ``"none"`` had any; ``"against"``: those who do well
        elsewhere do worse here, and that is no chance; ``"little"``: it hardly shows who does well
        elsewhere. The last two need an interval.
        """
        if self.facility.value == 100:
            return "all"
        if self.facility.value == 0:
            return "none"
        value, interval = self.discrimination.value, self.discrimination.interval
        if value is None or interval is None or value >= LOW:
            return ""
        return "against" if interval[1] < 0 else "little"


def analysis(marks: "np.ndarray", maxima: Sequence[float], seed: int = 0) -> list[ItemStatistics]:
    """Every item's statistics.

    Args:
        marks: (learners, items), all known.
        maxima: the most there is of each item, above 0.
        seed: of the resamples that the intervals come from.

    Raises:
        ValueError: the shapes do not belong together, or a mark is no number.
    """
    import numpy as np

    marks = np.asarray(marks, np.float64)
    if marks.ndim != 2 or marks.shape[1] != len(maxima):
        raise ValueError(f"marks of shape {marks.shape} for {len(maxima)} items")
    if not np.isfinite(marks).all():
        raise ValueError("a mark is no number")
    learners, items = marks.shape
    if not marks.size:
        nothing = Estimate(None)
        return [ItemStatistics(nothing, nothing, nothing, learners)] * items
    most = np.asarray(maxima, np.float64)

    def all_of_them(sample: "np.ndarray") -> "np.ndarray":
        """(…, 3, items)"""
        return np.stack([facility(sample, most), *discrimination(sample)], axis=-2)

    values = all_of_them(marks)
    limits = _bootstrap(marks, all_of_them, seed) if learners >= FEWEST else None
    columns = []
    for item in range(items):
        one, two, three = (
            _estimate(values[kind, item], None if limits is None else limits[:, kind, item])
            for kind in range(3)
        )
        columns.append(ItemStatistics(one, two, three, learners))
    return columns


def facility(marks: "np.ndarray", maxima: "np.ndarray") -> "np.ndarray":
    """(…, items) of marks (…, learners, items): the mean in percent of the most there is."""
    return 100 * marks.mean(axis=-2) / maxima


def discrimination(marks: "np.ndarray") -> "tuple[np.ndarray, np.ndarray]":
    """Discrimination index and discriminative efficiency, in percent.

    Args:
        marks: (…, learners, items).

    Returns:
        (…, items) each; nan where all marks are equal.
    """
    import numpy as np

    rest = marks.sum(axis=-1, keepdims=True) - marks
    both = _covariance(marks, rest)
    best = _covariance(np.sort(marks, axis=-2), np.sort(rest, axis=-2))
    spread = np.sqrt(_covariance(marks, marks) * _covariance(rest, rest))
    tiny = 1e-12  # what is left of equal marks by rounding
    index = np.divide(both, spread, out=np.full_like(both, np.nan), where=spread > tiny)
    efficiency = np.divide(both, best, out=np.full_like(both, np.nan), where=best > tiny)
    return 100 * index.clip(-1, 1), 100 * efficiency


def _covariance(one: "np.ndarray", other: "np.ndarray") -> "np.ndarray":
    import numpy as np

    deviations = (each - each.mean(axis=-2, keepdims=True) for each in (one, other))
    return np.multiply(*deviations).mean(axis=-2)


def _bootstrap(
    marks: "np.ndarray", statistic: "Callable[[np.ndarray], np.ndarray]", seed: int
) -> "np.ndarray":
    """(2, kinds, items): 2.5% and 97.5% of a statistic of learners drawn with replacement."""
    import numpy as np

    rng = np.random.default_rng(seed)
    learners = len(marks)
    resamples = min(_RESAMPLES, max(_LEAST, _WORK // marks.size))
    at_once = max(1, _AT_ONCE // marks.size)
    sizes = [min(at_once, resamples - done) for done in range(0, resamples, at_once)]
    drawn = np.concatenate(
        [statistic(marks[rng.integers(learners, size=(size, learners))]) for size in sizes]
    )
    undefined = np.isnan(drawn).mean(axis=0) > _UNDEFINED
    limits = np.nanpercentile(np.where(undefined, 0, drawn), (2.5, 97.5), axis=0)
    return np.where(undefined, np.nan, limits)


def _estimate(value: float, limits: "np.ndarray | None") -> Estimate:
    if value != value:
        return Estimate(None)
    if limits is None or any(limit != limit for limit in limits):
        return Estimate(float(value))
    return Estimate(float(value), (float(limits[0]), float(limits[1])))


@dataclass(frozen=True)
class Picks:
    """One option of a question over all who answered it.

    Attributes:
        option: its id.
        count: how many chose it.
        share: in percent of those who answered.
        rest: the mean share of the rest of the quiz that they had right, in percent; ``None`` if
            nobody chose it. A wrong option that the best ones choose is worth a second look.
    """

    option: str
    count: int
    share: float
    rest: float | None


def chosen(
    options: Sequence[str], answers: Sequence[frozenset[str]], rest: Sequence[float]
) -> list[Picks]:
    """How often each option was chosen, and by whom.

    Args:
        options: ids, in the order of the quiz.
        answers: what each learner chose, of those who answered.
        rest: what each of them reached in the rest of the quiz, in percent.
    """
    found = []
    for option in options:
        theirs = [r for answer, r in zip(answers, rest, strict=True) if option in answer]
        share = 100 * len(theirs) / len(answers) if answers else 0.0
        mean = sum(theirs) / len(theirs) if theirs else None
        found.append(Picks(option, len(theirs), share, mean))
    return found
