"""Descriptions of values, as a report keeps them, and phrases for sentences."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader.checks import describe
from grader.checks.describe import Garment


@pytest.mark.parametrize(
    ("value", "phrase"),
    [
        (None, "None"),
        (np.zeros((2, 3)), "an array of shape (2, 3)"),
        (True, "the truth value True"),
        (np.False_, "the truth value False"),
        ("a'b", 'the string "a\'b"'),
        ("x" * 61, f"the string {'x' * 60!r}"),
        (3, "the number 3"),
        (1 / 3, "the number 0.333333"),
        (np.float32(0.5), "the number 0.5"),
        ([1, 2], "a list of length 2"),
        ((), "a tuple of length 0"),
        ({"a": 1}, "a dict of length 1"),
        ({1}, "an object of type set"),
        (SimpleNamespace(remote_type="History"), "an object of type History"),
        (
            SimpleNamespace(remote_type="generator"),
            "a generator (yield instead of return?)",
        ),
        (
            SimpleNamespace(remote_type="function"),
            "a function, not what it returns (are round brackets missing?)",
        ),
        (
            SimpleNamespace(remote_type="type"),
            "a class, not an object of it (are round brackets missing?)",
        ),
        (
            SimpleNamespace(remote_type="Fraction"),
            "an object of type Fraction (float(...) makes a number of it)",
        ),
        (
            SimpleNamespace(remote_type="ndarray"),
            "an array that doesn't hold plain numbers (print its dtype)",
        ),
        (
            SimpleNamespace(remote_type="zip"),
            "an object of type zip (list(...) makes a list of it)",
        ),
    ],
)
def test_phrase(value: Any, phrase: str) -> None:
    assert describe.phrase(value) == phrase


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234567.0, "1.23457e+06"),
        (np.float32(0.1), "0.1"),
        ([1, 2.0, "a"], "[1, 2, 'a']"),
        ((1,), "(1,)"),
        ((), "()"),
        ([(1, 2), []], "[(1, 2), []]"),
        ("x" * 598, repr("x" * 598)),
        ("x" * 599, "'" + "x" * 597 + " …"),
    ],
)
def test_text(value: Any, text: str) -> None:
    assert describe.text(value) == text
    assert len(text) <= describe.MAX_TEXT


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (
            np.array([[1.5, np.nan], [np.inf, -2]], np.float32),
            {"shape": [2, 2], "dtype": "float32", "min": -2.0, "max": 1.5, "nan": 1},
        ),
        (np.array([3, 1], np.uint8), {"dtype": "uint8", "min": 1, "max": 3, "nan": 0}),
        (np.array([True]), {"dtype": "bool", "min": True, "max": True}),
        (np.zeros((0, 3)), {"shape": [0, 3], "min": None, "max": None, "nan": 0}),
        (np.array([np.nan]), {"min": None, "max": None, "nan": 1}),
        (np.array(["a"]), {"min": None, "max": None, "nan": 0}),
    ],
)
def test_an_array(array: np.ndarray, expected: dict[str, Any]) -> None:
    found = describe.describe(array)
    assert found["kind"] == "array"
    assert {key: found[key] for key in expected} == expected


def test_a_small_array_is_whole_and_a_large_one_has_corners() -> None:
    assert describe.array_text(np.arange(4)) == "[0, 1, 2, 3]"
    assert describe.array_text(np.array([1 / 3])) == "[0.3333]"
    assert "..." not in describe.array_text(np.zeros(64))
    assert "..." in describe.array_text(np.zeros(65))
    assert len(describe.array_text(np.full((30, 30, 30), 1e100))) <= describe.MAX_TEXT


def test_a_value() -> None:
    assert describe.describe([1]) == {"kind": "value", "type": "list", "text": "[1]"}
    remote = SimpleNamespace(remote_type="Adam")
    assert describe.describe(remote)["type"] == "Adam"


def test_a_garment() -> None:
    probabilities = np.array([0, 0, 0, 0.2, 0, 0, 0, 0.5, 0.25, 0.05])
    found = describe.describe(Garment(np.full((28, 28), 7), 9, probabilities))
    assert found["text"] == "Sneaker 50%, Bag 25%, Dress 20%; it is: Ankle boot"
    assert found["probable"] == [["Sneaker", 0.5], ["Bag", 0.25], ["Dress", 0.2]]
    assert (found["kind"], found["label"]) == ("garment", "Ankle boot")
    assert found["pixels"] == [[7] * 28] * 28


def test_equally_probable_labels_keep_their_order() -> None:
    found = describe.describe(Garment(np.zeros((28, 28)), 0, np.full(10, 0.1)))
    assert [name for name, _ in found["probable"]] == ["T-shirt/top", "Trouser", "Pullover"]


def test_the_worst_difference_is_the_largest_and_nan_is_worse() -> None:
    got, want = np.array([1.0, 5.0, np.nan, 2.0]), np.array([1.0, 2.0, 3.0, 9.0])
    found = describe.difference(got, want, got != want)
    assert (found["count"], found["of"]) == (3, 4)
    assert found["first"] == {"index": [1], "expected": "2", "got": "5"}
    assert found["worst"] == {"index": [2], "expected": "3", "got": "nan"}
