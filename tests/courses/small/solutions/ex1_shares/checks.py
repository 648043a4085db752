"""A course of one exercise that needs NumPy alone, for tests that break it."""

import pytest

from grader.checks import expect


@pytest.mark.points(2)
@pytest.mark.concept("shares")
@pytest.mark.hint("What do all the shares add up to?")
def test_shares_values(learner, rng):
    """Each share is the value divided by the sum"""
    values = rng.uniform(1, 9, 5)
    otherwise = {"You divided by how many values there are, not by their sum.": values / 5}
    expect.allclose(learner.shares(values), values / values.sum(), otherwise=otherwise)


@pytest.mark.points(1)
@pytest.mark.needs("shares_values")
@pytest.mark.concept("shares")
@pytest.mark.hint("Add them up.")
def test_shares_sum_to_1(learner, rng):
    """The shares add up to 1"""
    total = sum(learner.shares(rng.uniform(1, 9, 3)))
    expect.that(abs(total - 1) < 1e-9, "The shares must add up to 1.", got=total)


@pytest.mark.points(2)
@pytest.mark.concept("comparison")
@pytest.mark.hint("Is 0.5 at least 0.5?", "Compare with >=.")
def test_at_least_positions(learner, rng):
    """The positions are those of all values that are the limit or more"""
    values = rng.permutation([0.25, 0.5, 0.5, 0.75, 1.0])
    for limit in (0.5, 2.0):
        right = [n for n, value in enumerate(values) if value >= limit]
        strict = [n for n, value in enumerate(values) if value > limit]
        otherwise = {"A value EQUAL to the limit counts as well: >=, not >.": strict}
        expect.equal(learner.at_least(values, limit), right, otherwise=otherwise)
