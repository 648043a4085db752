"""What checks judge without Keras: arguments of a fit, tolerances, weights that are the same."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from grader.checks import Failure, Raised, equivalent, expect, played


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [
        ((), {"x": 1, "y": 2, "epochs": 3}),
        ((1, 2, 32, 5, 0, None, 0.0), {}),
        ((1, 2), {"shuffle": np.bool_(True), "validation_split": None, "initial_epoch": 0}),
        ((1, 2, None, 5, 0, ["a callback"]), {}),
    ],
)
def test_defaults_are_no_arguments(args: Any, kwargs: Any) -> None:
    played.plain_but_for(played.bound(*args, **kwargs), "callbacks")


@pytest.mark.parametrize(
    ("args", "kwargs", "name"),
    [
        ((1, 2, 64), {}, "batch_size"),
        ((1, 2, None, 1, 0, None, 0.5), {}, "validation_split"),
        ((1, 2, None, 1, 0, None, 0.0, None, True, {0: 2.0}), {}, "class_weight"),
        ((1, 2), {"sample_weight": np.ones(3)}, "sample_weight"),
        ((1, 2), {"shuffle": None}, "shuffle"),
        ((1, 2), {"callbacks": ["a callback"]}, "callbacks"),
        ((1, 2), {"initial_epoch": 1}, "initial_epoch"),
    ],
)
def test_other_arguments_are_named(args: Any, kwargs: Any, name: str) -> None:
    with pytest.raises(Failure, match=f"You gave fit {name} as well"):
        played.plain_but_for(played.bound(*args, **kwargs))


def test_epochs_that_are_taken_for_the_batch_size() -> None:
    with pytest.raises(Failure, match=r"third argument of fit is batch_size.*epochs=7"):
        played.epochs_by_name(played.bound(1, 2, 7), 7)
    for call in (played.bound(1, 2, 7, 7), played.bound(1, 2, epochs=7), played.bound(1, 2, 64)):
        played.epochs_by_name(call, 7)
    played.epochs_by_name(played.bound(1, 2, 1), 1)


@pytest.mark.parametrize(("args", "kwargs"), [(range(17), {}), ((1,), {"x": 2}), ((), {"z": 1})])
def test_what_keras_would_not_take(args: Any, kwargs: Any) -> None:
    with pytest.raises(Raised) as raised:
        played.bound(*args, **kwargs)
    assert raised.value.type == "TypeError"


def test_an_answer_does_not_choose_its_tolerance() -> None:
    want = np.array([0.9995, 0.0005])
    expect.allclose(want.astype(np.float16), want, rtol=1e-2)
    with pytest.raises(Failure):
        expect.allclose(np.array([1, 0], np.float16), want, rtol=1e-3, atol=1e-7)


def outputs(weights: list[np.ndarray], x: np.ndarray, most: float) -> np.ndarray:
    """Of Dense layers with relu, at most so large, and softmax."""
    for kernel, bias in zip(weights[:-2:2], weights[1:-2:2], strict=True):
        x = np.clip(x @ kernel + bias, 0, most)
    scores = x @ weights[-2] + weights[-1]
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("sizes", [(6, 5), (6, 8, 5), (6, 8, 7, 9, 5)])
def test_equivalent_weights(sizes: tuple[int, ...]) -> None:
    rng = np.random.default_rng(5)
    pairs = [(rng.normal(size=s), rng.normal(size=s[1])) for s in pairwise(sizes)]
    weights = [w.astype(np.float32) for pair in pairs for w in pair]
    x = rng.normal(size=(20, 6)).astype(np.float32)
    before = [w.copy() for w in weights]
    others = equivalent(weights, rng)
    assert all(map(np.array_equal, before, weights))
    assert not any(map(np.array_equal, weights[1::2], others[1::2]))
    right = outputs(weights, x, np.inf)
    np.testing.assert_allclose(outputs(others, x, np.inf), right, rtol=5e-3, atol=1e-4)
    if len(sizes) > 2:  # clipped where small sums never come
        np.testing.assert_allclose(outputs(weights, x, 1e4), right, rtol=1e-6)
        assert np.abs(outputs(others, x, 1e4) - right).max() > 0.1
