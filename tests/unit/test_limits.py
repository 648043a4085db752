"""The borders of what crosses the wire, and of what may be rebuilt: the last that may, and more."""

from typing import Any

import numpy as np
import pytest

from grader.checks import admission
from grader.checks.admission import NotAdmitted, admit, admit_shape
from grader.sandbox import values, wire


def crosses(value: Any) -> bool:
    """Whether a value comes back as it was; otherwise it became a reference."""
    tensors: wire.Tensors = {}
    form = values.encode(value, tensors, lambda thing: {"object": 1})
    return values.decode(form, tensors, lambda reference: "a reference") == value


@pytest.mark.parametrize(
    ("last", "more"),
    [
        ("x" * values.MAX_TEXT, "x" * (values.MAX_TEXT + 1)),
        (2**values.MAX_INT_BITS - 1, 2**values.MAX_INT_BITS),
        (-(2**values.MAX_INT_BITS) + 1, -(2**values.MAX_INT_BITS)),
    ],
)
def test_the_largest_values(last: Any, more: Any) -> None:
    assert crosses(last)
    assert not crosses(more)


@pytest.mark.parametrize("number", [2**53, 2**53 - 1, 2**53 + 1, 2**63, -(2**63), 2**64 - 1])
@pytest.mark.parametrize("length", [1, values.MANY - 1, values.MANY, values.MANY + 1])
def test_whole_numbers_are_exact(number: int, length: int) -> None:
    assert crosses([number] * length)
    assert crosses((number,) * length)


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def test_depth() -> None:
    assert crosses(nested(values.MAX_DEPTH))
    assert not crosses(nested(values.MAX_DEPTH + 1))


def test_types_are_kept() -> None:
    for value in (True, 1, 1.0, np.float32(1), np.bool_(True), (1,), [1], {"a": (1.0,)}):
        tensors: wire.Tensors = {}
        form = values.encode(value, tensors, lambda thing: None)
        assert type(values.decode(form, tensors, lambda reference: None)) is type(value)


# admission


def dense(**config: Any) -> dict[str, Any]:
    return {
        "module": "keras.layers",
        "class_name": "Dense",
        "config": config,
        "registered_name": None,
    }


def refused(**config: Any) -> str:
    with pytest.raises(NotAdmitted) as caught:
        admit("Sequential", {"layers": [dense(**config)]}, [])
    return str(caught.value)


def test_sizes() -> None:
    for units in (admission.MAX_SIZE, -admission.MAX_SIZE):
        clean, _ = admit("Sequential", {"layers": [dense(units=units)]}, [])
        assert clean["layers"][0]["config"] == {"units": units}
    assert refused(units=20_001) == "a size of 20,001 is too large"
    assert refused(units=-20_001) == "a size of -20,001 is too large"


def test_names() -> None:
    admit("Sequential", {"layers": [dense(name="x" * 80)]}, [])
    assert refused(name="x" * 81) == "a name is too long"
    assert refused(**{"x" * 81: 1}) == "a setting without a name"


def test_seeds() -> None:
    admit("Sequential", {"layers": [dense(seed=2**64 - 1)]}, [])
    assert refused(seed=2**64) == f"a size of {2**64:,} is too large"
    assert refused(speed=2**32) == f"a size of {2**32:,} is too large"


@pytest.mark.parametrize("count", [1, 64])
def test_layers(count: int) -> None:
    clean, _ = admit("Sequential", {"layers": [dense()] * count}, [])
    assert len(clean["layers"]) == count


@pytest.mark.parametrize("count", [0, 65])
def test_no_layers_or_too_many(count: int) -> None:
    with pytest.raises(NotAdmitted, match="no layers, or more than 64"):
        admit("Sequential", {"layers": [dense()] * count}, [])


def test_lists() -> None:
    admit("Sequential", {"layers": [dense(axis=[1] * 64)]}, [])
    assert refused(axis=[1] * 65) == "a list in its description is too long"


def test_parameters() -> None:
    half = np.broadcast_to(np.float32(0), (admission.MAX_PARAMETERS // 2,))
    one = np.zeros(1, np.float32)
    layers = {"layers": [dense()]}
    assert len(admit("Sequential", layers, [half, half])[1]) == 2
    with pytest.raises(NotAdmitted, match="more than 30,000,000 parameters"):
        admit("Sequential", layers, [half, half, one])


@pytest.mark.parametrize(
    "shape", [None, (), (1,), (1,) * 8, (30_000_000,), (3000, 10_000)]
)  # fmt: skip
def test_input_shapes(shape: Any) -> None:
    assert admit_shape(shape) == shape


@pytest.mark.parametrize(
    "shape", [(0,), (-1,), (None, 2), (True,), [28, 28], (1,) * 9, (30_000_001,), (3001, 10_000)]
)
def test_no_input_shapes(shape: Any) -> None:
    with pytest.raises(NotAdmitted):
        admit_shape(shape)
