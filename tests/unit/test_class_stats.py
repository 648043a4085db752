"""Item analysis: values worked by hand from Moodle's formulas, and what must hold of any marks."""

import random
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.classroom.stats import FEWEST, analysis, chosen, discrimination

# four learners, three items; the rest of item 0 is 0, 2, 2, 4, that of item 1 is 0, 1, 4, 5 …
MARKS = np.array([[0, 0, 0], [0, 1, 1], [2, 2, 0], [2, 3, 1]], float)


def test_facility_is_the_mean_mark_in_percent() -> None:
    items = analysis(MARKS, [2, 3, 1])
    assert [item.facility.value for item in items] == [50, 50, 50]
    assert [item.learners for item in items] == [4, 4, 4]


def test_discrimination_by_hand() -> None:
    # item 0: deviations -1 -1 1 1; of the rest (0, 2, 2, 4) -2 0 0 2: cov 4/4, var 1 and 8/4
    # sorted both ways it is already: the best that these marks allow
    index, efficiency = discrimination(MARKS)
    assert index[0] == pytest.approx(100 / np.sqrt(2))
    assert efficiency[0] == pytest.approx(100)
    # item 2: deviations -½ ½ -½ ½; of the rest (0, 1, 4, 5) -2½ -1½ 1½ 2½: cov ¼(1¼-¾-¾+1¼);
    # sorted -½ -½ ½ ½ it would be ¼(1¼+¾+¾+1¼): a quarter of the best; var ¼ and 17/4
    assert index[2] == pytest.approx(100 * 0.25 / np.sqrt(0.25 * 4.25))
    assert efficiency[2] == pytest.approx(25)


def test_an_item_against_the_rest_is_named() -> None:
    marks = np.array([[1, 0, 0], [1, 0, 1], [0, 2, 2], [0, 2, 3]] * 3, float)
    item = analysis(marks, [1, 2, 3])[0]
    assert item.discrimination.value is not None
    assert item.discrimination.value < 0
    assert item.verdict == "against"
    few = analysis(marks[:4], [1, 2, 3])[0]
    assert (few.discrimination.value, few.verdict) == (item.discrimination.value, "")


def test_an_item_that_says_nothing_is_named() -> None:
    marks = np.array([[1, 0, 1, 0], [1, 0, 0, 1], [1, 0, 1, 1], [1, 0, 0, 0]] * 3, float)
    items = analysis(marks, [1, 1, 1, 1])
    assert [item.verdict for item in items] == ["all", "none", "little", "little"]
    assert items[0].discrimination.value is None
    assert items[1].efficiency.value is None


def test_a_small_class_has_no_intervals() -> None:
    rng = np.random.default_rng(1)
    few, enough = (rng.integers(0, 2, (n, 3)).astype(float) for n in (FEWEST - 1, FEWEST))
    assert all(item.facility.interval is None for item in analysis(few, [1, 1, 1]))
    for item in analysis(enough, [1, 1, 1]):
        assert item.facility.interval is not None
        low, high = item.facility.interval
        assert low <= item.facility.value <= high


def test_intervals_are_the_same_each_time_and_narrow_with_the_class() -> None:
    rng = np.random.default_rng(2)
    small = rng.integers(0, 2, (20, 4)).astype(float)
    assert analysis(small, [1] * 4) == analysis(small, [1] * 4)
    large = np.tile(small, (20, 1))
    for one, other in zip(analysis(small, [1] * 4), analysis(large, [1] * 4), strict=True):
        assert one.facility.value == pytest.approx(other.facility.value)
        widths = [high - low for low, high in (one.facility.interval, other.facility.interval)]
        assert widths[1] < widths[0] / 3


def test_interval_of_a_facility_is_that_of_a_proportion() -> None:
    """Of 100 learners half had it right: 50% ± 1.96 × 5."""
    marks = np.array([[1, 0], [0, 1]] * 50, float)
    low, high = analysis(marks, [1, 1])[0].facility.interval
    assert (low, high) == (pytest.approx(40.2, abs=1.1), pytest.approx(59.8, abs=1.1))


def of_fifty() -> np.ndarray:
    """A made quiz: 50 learners, six questions, of which some give shares of a point."""
    rng = np.random.default_rng(16)
    able, hard = rng.normal(size=(50, 1)), rng.normal(size=6)
    shares = rng.choice([1, 0.5], size=(50, 6), p=[0.8, 0.2])
    return (able + rng.normal(size=(50, 6)) > hard) * shares * [1, 1, 2, 1, 3, 1]


def test_the_standard_library_finds_the_same() -> None:
    """Correlations as Python's own ``statistics`` has them, and a bootstrap without NumPy."""
    marks = of_fifty()
    items = analysis(marks, [1, 1, 2, 1, 3, 1])
    for column, item in enumerate(items):
        own = marks[:, column].tolist()
        rest = (marks.sum(axis=1) - marks[:, column]).tolist()
        index = 100 * statistics.correlation(own, rest)
        best = statistics.covariance(sorted(own), sorted(rest))
        assert item.facility.value == pytest.approx(
            100 * statistics.mean(own) / [1, 1, 2, 1, 3, 1][column]
        )
        assert item.discrimination.value == pytest.approx(index)
        efficiency = 100 * statistics.covariance(own, rest) / best
        assert item.efficiency.value == pytest.approx(efficiency)
    draw = random.Random(3)
    pairs, found = list(zip(own, rest, strict=True)), []
    for _ in range(1000):
        found.append(100 * statistics.correlation(*zip(*draw.choices(pairs, k=50), strict=True)))
    limits = statistics.quantiles(found, n=40)
    assert item.discrimination.interval == pytest.approx((limits[0], limits[-1]), abs=4)


def test_nobody_and_one_item() -> None:
    assert [item.learners for item in analysis(np.zeros((0, 2)), [1, 1])] == [0, 0]
    assert analysis(np.zeros((20, 0)), []) == [], "a quiz of which nothing counts"
    alone = analysis(np.array([[0.0], [1.0]]), [1])[0]
    assert (alone.facility.value, alone.discrimination.value) == (50, None)


@pytest.mark.parametrize("marks", [np.zeros((3, 2)), np.zeros(3), np.full((3, 1), np.nan)])
def test_marks_that_do_not_fit(marks: np.ndarray) -> None:
    with pytest.raises(ValueError, match="mark"):
        analysis(marks, [1])


@given(
    arrays.arrays(
        float,
        st.tuples(st.integers(2, 9), st.integers(2, 5)),
        elements=st.sampled_from([0.0, 0.5, 1, 2, 3]),
    )
)
def test_percentages_of_any_marks(marks: np.ndarray) -> None:
    items = marks.shape[1]
    for item in analysis(marks, [3] * items):
        assert 0 <= item.facility.value <= 100
        for estimate in (item.discrimination, item.efficiency):
            assert estimate.value is None or estimate.value <= 100 + 1e-6
        if item.discrimination.value is not None and item.efficiency.value is not None:
            # both have the same sign, and no correlation is better than the best there can be
            assert item.discrimination.value * item.efficiency.value >= -1e-9
            assert abs(item.efficiency.value) >= abs(item.discrimination.value) - 1e-6
    order = np.random.default_rng(3).permutation(len(marks))
    assert np.allclose(discrimination(marks), discrimination(marks[order]), equal_nan=True)


def test_chosen_options() -> None:
    answers = [frozenset("a"), frozenset("b"), frozenset("ab"), frozenset()]
    a, b, c = chosen(["a", "b", "c"], answers, [100, 50, 0, 25])
    assert (a.count, a.share, a.rest) == (2, 50, 50)
    assert (b.count, b.share, b.rest) == (2, 50, 25)
    assert (c.count, c.share, c.rest) == (0, 0, None)
    assert [each.share for each in chosen(["a"], [], [])] == [0]
