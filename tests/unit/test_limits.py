"""The borders of what crosses the wire, and of what may be rebuilt: the last that may, and more."""

import json
import struct
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


# what a process that is not to be trusted may send


def form_of_depth(depth: int) -> Any:
    form: Any = 1
    for _ in range(depth):
        form = {"list": [form]}
    return form


def test_the_deepest_form() -> None:
    last = values.MAX_DEPTH + 1
    assert values.decode(form_of_depth(last), {}, lambda reference: None) is not None
    with pytest.raises(wire.WireError, match="too large or too deep"):
        values.decode(form_of_depth(last + 1), {}, lambda reference: None)


def test_the_numbers_of_all_lists_together() -> None:
    half = values.MAX_NUMBERS // 2

    def lists(*shapes: tuple[int, ...]) -> Any:
        tensors = {str(n): np.zeros(shape, np.uint8) for n, shape in enumerate(shapes)}
        form = {"list": [{"list": name, "python": True} for name in tensors]}
        return values.decode(form, tensors, lambda reference: None)

    assert [len(each) for each in lists((half,), (half,))] == [half, half]
    for shapes in (((half,), (half,), (1,)), ((1, 2 * half + 1),)):
        with pytest.raises(wire.WireError, match="a list too long"):
            lists(*shapes)


@pytest.mark.parametrize(
    ("spans", "size", "fits"),
    [
        ([(0, 4), (4, 8)], 8, True),
        ([(4, 8), (0, 4)], 8, True),
        ([(0, 4), (8, 12)], 12, False),  # a gap
        ([(4, 8)], 8, False),
        ([(0, 4), (2, 6)], 6, False),  # one over the other
        ([(0, 4), (0, 4)], 4, False),
        ([(0, 4)], 8, False),  # something behind
    ],
)
def test_tensors_fill_a_frame(spans: list[tuple[int, int]], size: int, fits: bool) -> None:
    tensors = {
        str(n): {"dtype": "F32", "shape": [1], "data_offsets": list(span)}
        for n, span in enumerate(spans)
    }
    header = json.dumps({"__metadata__": {"message": "{}"}, **tensors}).encode()
    body = struct.pack("<Q", len(header)) + header + bytes(size)
    if fits:
        message, found = wire.unpack(body)
        assert message == {} and found.keys() == tensors.keys()
    else:
        with pytest.raises(wire.WireError, match=r"gaps|no tensor"):
            wire.unpack(body)


def test_axes() -> None:
    for axes, fits in ((32, True), (33, False)):
        tensor = {"dtype": "F32", "shape": [1] * axes, "data_offsets": [0, 4]}
        header = json.dumps({"__metadata__": {"message": "{}"}, "a": tensor}).encode()
        body = struct.pack("<Q", len(header)) + header + bytes(4)
        if fits:
            assert wire.unpack(body)[1]["a"].ndim == 32
        else:
            with pytest.raises(wire.WireError, match="a shape that no array has"):
                wire.unpack(body)


@pytest.mark.parametrize("module", [None, "keras", "keras.layers.core", "mine"])
def test_a_layer_of_another_module(module: Any) -> None:
    with pytest.raises(NotAdmitted, match="the layer Dense runs code of its own"):
        admit("Sequential", {"layers": [dense() | {"module": module}]}, [])


OPERATION = {
    "module": "keras.src.ops.nn",
    "class_name": "Softmax",
    "config": {"name": "softmax", "axis": -1},
    "registered_name": "Softmax",
    "name": "softmax_1",
    "inbound_nodes": [],
}


def test_a_function_between_layers_becomes_a_layer() -> None:
    clean, _ = admit("Functional", {"layers": [OPERATION]}, [])
    (layer,) = clean["layers"]
    assert layer["module"] == "keras.layers" and layer["class_name"] == "Activation"
    assert layer["config"] == {"name": "softmax_1", "activation": "softmax"}
    assert layer["name"] == "softmax_1" and layer["registered_name"] is None


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"config": {"axis": 1}}, "the function softmax has settings of its own"),
        ({"config": {"axis": -1, "call": "mine"}}, "the function softmax has settings of its own"),
        ({"class_name": "Einsum"}, "the layer Einsum runs code of its own"),
        ({"module": "mine"}, "the layer Softmax runs code of its own"),
        ({"module": ["keras.src.ops.nn"]}, "the layer Softmax runs code of its own"),
    ],
)
def test_other_functions_are_not_admitted(other: dict[str, Any], says: str) -> None:
    with pytest.raises(NotAdmitted, match=says):
        admit("Functional", {"layers": [OPERATION | other]}, [])


@pytest.mark.parametrize("key", ["activation", "recurrent_activation"])
def test_any_activation_is_judged(key: str) -> None:
    assert refused(**{key: "mine"}) == "the activation mine is not on the list"
