"""The wire: values that may cross come back as they were, and nothing else comes through."""

import contextlib
import enum
import json
import math
import os
import socket
import struct
import threading
import time
import tracemalloc
from collections import Counter
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_np

from grader.sandbox import values, wire
from support import json_values

DTYPES = [np.dtype(code) for code in "?BbHhIiQqefd"]


def no_reference(value: Any) -> Any:
    raise AssertionError(f"{type(value)} should cross by value")


def crossed(value: Any) -> Any:
    """A value after it has been encoded, packed, unpacked and decoded."""
    tensors: wire.Tensors = {}
    form = values.encode(value, tensors, no_reference)
    frame = wire.pack({"value": form}, tensors)
    (size,) = struct.unpack_from("<Q", frame)
    assert size == len(frame) - 8
    message, received = wire.unpack(frame[8:])
    return values.decode(message["value"], received, no_reference)


def same(a: Any, b: Any) -> bool:
    """Equal in type and value, however deep; NaN equals NaN."""
    if type(a) is not type(b) and not isinstance(a, np.generic):
        return False
    match a:
        case np.ndarray() | np.generic():  # two types of one dtype differ in name only
            equal_nan = a.dtype.kind == "f"
            return a.dtype == b.dtype and np.array_equal(a, b, equal_nan=equal_nan)
        case list() | tuple():
            return len(a) == len(b) and all(map(same, a, b))
        case dict():
            return same(list(a.items()), list(b.items()))
        case float():
            return a == b or (math.isnan(a) and math.isnan(b))
    return a == b


# what crosses

plain = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(1 << 4000), 1 << 4000)
    | st.floats()
    | st.text(st.characters(codec=None))
)
keys = st.text() | st.integers() | st.booleans() | st.tuples(st.integers(), st.text())
nested = st.recursive(
    plain | st_np.arrays(st.sampled_from(DTYPES), st_np.array_shapes(min_dims=0, min_side=0)),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(keys, inner, max_size=4)
    ),
    max_leaves=12,
)


@given(nested)
def test_values_come_back_as_they_were(value: Any) -> None:
    assert same(crossed(value), value)


@given(
    st.sampled_from(DTYPES).flatmap(
        lambda dtype: st_np.arrays(dtype, st_np.array_shapes(min_dims=0, max_dims=5, min_side=0))
    ),
    st.data(),
)
def test_arrays_however_they_lie_in_memory(array: np.ndarray, data: st.DataObject) -> None:
    lying = {
        "transposed": array.T,
        "reversed": array[(slice(None, None, -1),) * array.ndim],
        "every other": array[(slice(None, None, 2),) * array.ndim],
        "in Fortran's order": np.asfortranarray(array),
        "broadcast": np.broadcast_to(array, (3, *array.shape)),
        "foreign": array.astype(array.dtype.newbyteorder(">")),
        "read-only": np.frombuffer(array.tobytes(), array.dtype),
    }
    way = data.draw(st.sampled_from(sorted(lying)))
    result = crossed(lying[way])
    assert result.dtype == array.dtype and result.dtype.isnative
    assert result.shape == lying[way].shape
    assert np.array_equal(result, lying[way], equal_nan=array.dtype.kind == "f")


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_numpy_scalars(dtype: np.dtype) -> None:
    scalar = dtype.type(1)
    assert same(crossed(scalar), scalar)
    assert same(crossed([scalar, np.zeros((), dtype)]), [scalar, np.zeros((), dtype)])


def test_an_array_in_columns_stays_one() -> None:
    for array in (np.zeros((2, 3)).T, np.asfortranarray(np.arange(24).reshape(2, 3, 4))):
        result = crossed(array)
        assert same(result, array)
        assert result.flags.f_contiguous
    assert crossed(np.zeros((2, 3))).flags.c_contiguous
    assert crossed(np.zeros((4, 6))[:, ::2]).flags.c_contiguous


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, -math.inf, -0.0, 5e-324, 1 << 53, -(1 << 64)]
)
def test_numbers_at_the_edge(value: float) -> None:
    result = crossed(value)
    assert same(result, value)
    assert math.copysign(1, result) == math.copysign(1, value) or math.isnan(value)


def test_what_an_object_claims_about_itself_does_not_cross() -> None:
    class Array(np.ndarray):
        def __repr__(self) -> str:
            return "array([1., 2.])"

    class Listed(list):
        def __repr__(self) -> str:
            return "[1, 2, 3]"

    class Whole(int):
        def __format__(self, spec: str) -> str:
            return "42"

    class Pair(NamedTuple):
        first: int
        second: int

    class Tally(NamedTuple):
        values: list[int]
        count: int  # type: ignore[assignment]

    class Level(enum.IntEnum):
        HIGH = 7

    class Word(str, enum.Enum):  # noqa: UP042 - it has another __str__ than StrEnum
        HIGH = "high"

    assert same(crossed(np.zeros(2).view(Array)), np.zeros(2))
    assert same(crossed(Listed([7])), [7])
    assert same(crossed(Whole(7)), 7)
    assert same(crossed(Pair(1, 2)), (1, 2))
    assert same(crossed(Tally([7], 1)), ([7], 1))
    assert same(crossed(Level.HIGH), 7)
    assert same(crossed(Word.HIGH), "high")
    assert same(crossed(np.array(["high"])[0]), "high")
    assert same(crossed(np.array([1, 1e300], np.longdouble)), np.array([1, 1e300]))
    assert same(crossed(np.longdouble("1e4000")), np.float64("inf"))
    assert same(crossed(Counter("aab")), {"a": 2, "b": 1})
    assert same(crossed(np.ma.masked_array([1, 2], [False, False])), np.array([1, 2]))
    with pytest.raises(AssertionError, match="MaskedArray"):  # what it masks would count
        crossed(np.ma.masked_array([1, 2], [True, False]))


class Liar(float):
    __eq__ = lambda self, other: True  # noqa: E731
    __hash__ = None


class Listed(list):
    def __iter__(self) -> Any:
        return iter([1, 2, 3])


class Whole(int):
    def __index__(self) -> int:
        return 42


class Keyed(dict):
    def __getitem__(self, key: Any) -> Any:
        return 42


class Summed(np.ndarray):
    def __getitem__(self, key: Any) -> Any:
        return 42


class Computed(np.ndarray):
    def __array_ufunc__(self, *args: Any, **kwargs: Any) -> bool:
        return True


class Rounded(float):
    def __round__(self, digits: int | None = None) -> Any:
        return 42


class Averaged(np.ndarray):
    mean = lambda self: 42  # noqa: E731


class Text(str):
    __eq__ = lambda self, other: True  # noqa: E731
    __hash__ = None


class Heir(Keyed):
    pass


@pytest.mark.parametrize(
    "value",
    [
        Liar(77),
        Listed([7]),
        Whole(7),
        Keyed(loss=7),
        Heir(loss=7),
        np.zeros(2).view(Summed),
        np.zeros(2).view(Computed),
        np.zeros(2).view(Averaged),
        Rounded(7),
        object(),
        1j,
        b"bytes",
        {1, 2},
        range(3),
        np.array([object()]),
        np.array(["text"]),
        np.array([1j]),
        np.zeros(2, "f4,i4"),
        np.datetime64("2024-01-01"),
        Text("seven"),
        np.ma.array([1.0, 2.0], np.longdouble, mask=[True, False]),
        1 << values.MAX_INT_BITS,
        "x" * (values.MAX_TEXT + 1),
        np.ma.array([1.0, 2.0], mask=[True, False]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_everything_else_becomes_a_reference(value: Any) -> None:
    seen = []
    form = values.encode([value], {}, lambda v: seen.append(v) or {"object": 7})
    assert form == {"list": [{"object": 7}]}
    assert seen[0] is value
    assert values.decode(form, {}, lambda reference: reference["object"]) == [7]


def test_a_list_within_itself_ends() -> None:
    loop: list[Any] = []
    loop.append(loop)
    form = values.encode(loop, {}, lambda _: {"object": 0})
    assert str(form).count("list") == values.MAX_DEPTH


def test_no_bytes_of_others_in_a_frame() -> None:
    """safetensors writes what lies in memory beside an array that is not contiguous."""
    secret = np.frombuffer(b"SECRET__" * 1000, np.uint8).copy()
    for lying in (secret[::-1000], secret.reshape(-1, 8)[::100, :1], secret[:1]):
        assert b"SECRET" not in wire.pack({}, {"x": lying})


@pytest.mark.parametrize(
    ("message", "tensors"),
    [
        ({"x": "x" * wire.MAX_HEADER}, {}),
        ({}, {"x": np.zeros(wire.MAX_FRAME // 2 + 1, np.uint8)}),
        ({}, {"x": np.broadcast_to(np.uint8(0), (1 << 20, 1 << 20))}),
        ({}, dict.fromkeys(map(str, range(wire.MAX_TENSORS + 1)), np.uint8([0]))),
    ],
    ids=["text", "array", "broadcast", "many"],
)
def test_what_is_too_large_is_not_sent(message: wire.Message, tensors: wire.Tensors) -> None:
    with pytest.raises(wire.WireError):
        wire.pack(message, tensors)


many = st.one_of(
    st.lists(st.integers(), min_size=values.MANY, max_size=40),
    st.lists(st.integers(-(1 << 63), (1 << 63) - 1), min_size=values.MANY, max_size=40),
    st.lists(st.floats(), min_size=values.MANY, max_size=40),
    st.lists(st.booleans(), min_size=values.MANY, max_size=40),
    st.lists(st.integers() | st.floats() | st.booleans(), min_size=values.MANY, max_size=40),
    st_np.arrays(st.sampled_from(DTYPES), st.integers(values.MANY, 40)).map(list),
)


@given(many, st.booleans())
def test_many_numbers_come_back_as_they_were(numbers: list[Any], as_tuple: bool) -> None:
    value = tuple(numbers) if as_tuple else numbers
    assert same(crossed(value), value)
    assert same(crossed([value, {"x": value}]), [value, {"x": value}])


# what does not come through


def frame(header: Any, data: bytes = b"", message: Any = '{"id": 1}') -> bytes:
    """A frame with a header of one's own choice: an object, or the very bytes."""
    if not isinstance(header, bytes):
        header = json.dumps({"__metadata__": {"message": message}, **header}).encode()
    return struct.pack("<Q", len(header)) + header + data


def tensor(shape: Any, *offsets: Any, dtype: Any = "U8", **more: Any) -> dict[str, Any]:
    return {"dtype": dtype, "shape": shape, "data_offsets": list(offsets), **more}


def deep(levels: int, opening: str = "[", closing: str = "]") -> str:
    return opening * levels + closing * levels


MALFORMED = {
    "empty": b"",
    "seven bytes": b"\0" * 7,
    "only a length": struct.pack("<Q", 0),
    "a header of an exabyte": struct.pack("<Q", 1 << 60) + b"{}",
    "a header past the end": struct.pack("<Q", 3) + b"{}",
    "a header over the cap": frame(b"{" + b" " * wire.MAX_HEADER + b"}"),
    "a negative length": struct.pack("<q", -1) + b"{}",
    "no JSON": frame(b"{'id': 1}"),
    "no UTF-8": frame(b'{"\xff": 1}'),
    "a list": frame(b"[]"),
    "a number": frame(b"1"),
    "nothing": frame(b"null"),
    "deep JSON": frame(deep(100_000).encode()),
    "deep objects": frame(deep(100_000, '{"a":', "}").encode()),
    "deep metadata": frame(f'{{"__metadata__": {deep(100_000)}}}'.encode()),
    "a number of 100,000 digits": frame(b'{"a": ' + b"9" * 100_000 + b"}"),
    "a number of 21 digits": frame(b'{"a": ' + b"9" * 21 + b"}"),
    "a number beyond all floats": frame(b'{"a": 1e999}'),
    "NaN": frame(b'{"a": NaN}'),
    "Infinity": frame(b'{"a": -Infinity}'),
    "a key twice": frame(b'{"__metadata__": {"message": "{}", "message": "{}"}}'),
    "a tensor twice": frame(
        b'{"__metadata__": {"message": "{}"}, "x": %s, "x": %s}'
        % ((json.dumps(tensor([1], 0, 1)).encode(),) * 2),
        b"1",
    ),
    "no metadata": frame(b"{}"),
    "no message": frame(b'{"__metadata__": {}}'),
    "metadata that is a list": frame(b'{"__metadata__": ["message"]}'),
    "a message that is an object": frame({}, message={}),
    "a message that is no JSON": frame({}, message="id"),
    "a message that is a list": frame({}, message="[]"),
    "a message with NaN": frame({}, message='{"id": NaN}'),
    "a message with a number beyond all floats": frame({}, message='{"id": -1e999}'),
    "a message with a key twice": frame({}, message='{"id": 1, "id": 2}'),
    "a deep message": frame({}, message='{"id": ' + deep(50_000) + "}"),
    "metadata that is no text": frame(
        {"__metadata__": {"message": "{}", "more": 1}, "x": tensor([1], 0, 1)}, b"1"
    ),
    "a tensor that is text": frame({"x": "U8"}),
    "no dtype": frame({"x": {"shape": [1], "data_offsets": [0, 1]}}, b"1"),
    "an unknown dtype": frame({"x": tensor([1], 0, 2, dtype="BF16")}, b"12"),
    "a dtype that is a list": frame({"x": tensor([1], 0, 1, dtype=["U8"])}, b"1"),
    "a shape that is a number": frame({"x": tensor(1, 0, 1)}, b"1"),
    "a shape of texts": frame({"x": tensor(["1"], 0, 1)}, b"1"),
    "a shape of fractions": frame({"x": tensor([1.0], 0, 1)}, b"1"),
    "a shape of truths": frame({"x": tensor([True], 0, 1)}, b"1"),
    "a negative axis": frame({"x": tensor([-1, -1], 0, 1)}, b"1"),
    "an endless axis beside none": frame({"x": tensor([0, 1 << 60], 0, 0)}),
    "an axis that overflows": frame({"x": tensor([1 << 64], 0, 0)}),
    "axes that overflow": frame({"x": tensor([1 << 32, 1 << 32], 0, 0)}),
    "axes that overflow beside none": frame({"x": tensor([0, *[1 << 27] * 5], 0, 0)}),
    "an array of nothing with many rows": frame({"x": tensor([1 << 27, 1 << 27, 0], 0, 0)}),
    "65 axes": frame({"x": tensor([1] * 65, 0, 1)}, b"1"),
    "a shape too small": frame({"x": tensor([1], 0, 2)}, b"12"),
    "a shape too large": frame({"x": tensor([3], 0, 2)}, b"12"),
    "offsets that are one": frame({"x": tensor([1], 0)}, b"1"),
    "offsets that are texts": frame({"x": tensor([1], "0", "1")}, b"1"),
    "offsets backwards": frame({"x": tensor([1], 1, 0)}, b"1"),
    "negative offsets": frame({"x": tensor([1], -1, 0)}, b"1"),
    "offsets past the end": frame({"x": tensor([1], 1, 2)}, b"1"),
    "a gap before": frame({"x": tensor([1], 1, 2)}, b"12"),
    "a gap between": frame({"x": tensor([1], 0, 1), "y": tensor([1], 2, 3)}, b"123"),
    "an overlap": frame({"x": tensor([2], 0, 2), "y": tensor([2], 1, 3)}, b"123"),
    "twice the same bytes": frame({"x": tensor([2], 0, 2), "y": tensor([2], 0, 2)}, b"12"),
    "none within another": frame({"x": tensor([2], 0, 2), "y": tensor([0], 1, 1)}, b"12"),
    "bytes left over": frame({"x": tensor([1], 0, 1)}, b"12"),
    "bytes without tensors": frame({}, b"1"),
    "4,097 tensors": frame({f"{n:x}": tensor([1], n, n + 1) for n in range(4097)}, b"1" * 4097),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_frame(name: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(wire.WireError):
            wire.unpack(MALFORMED[name])
        assert tracemalloc.get_traced_memory()[1] < 64 << 20
    finally:
        tracemalloc.stop()


def test_200_000_tensors() -> None:
    """More than the header may hold."""
    told = frame({f"{n:x}": tensor([0], 0, 0) for n in range(200_000)})
    tracemalloc.start()
    try:
        with pytest.raises(wire.WireError, match="a header of"):
            wire.unpack(told)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20  # it is not even parsed
    finally:
        tracemalloc.stop()


def test_every_truncation() -> None:
    whole = wire.pack({"id": 1}, {"x": np.arange(3.0), "y": np.zeros((2, 0))})[8:]
    assert wire.unpack(whole)[0] == {"id": 1}
    for size in range(len(whole)):
        with pytest.raises(wire.WireError):
            wire.unpack(whole[:size])


@given(st.data())
@settings(max_examples=300)
def test_a_changed_byte_is_noticed_or_harmless(data: st.DataObject) -> None:
    whole = bytearray(wire.pack({"id": 1}, {"x": np.arange(3, dtype="i2")})[8:])
    for _ in range(data.draw(st.integers(1, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        message, tensors = wire.unpack(bytes(whole))
    except wire.WireError:
        return
    assert isinstance(message, dict)
    assert all(type(t) is np.ndarray and wire.carries(t.dtype) for t in tensors.values())


@given(st.binary(max_size=300))
def test_noise(body: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.unpack(body)


KINDS = ["array", "scalar", "int", "float", "list", "tuple", "dict", "object"]


@given(json_values(KINDS))
@settings(max_examples=300)
def test_any_form_is_a_value_or_refused(form: Any) -> None:
    tensors = {"0": np.zeros(()), "1": np.arange(2)}
    with contextlib.suppress(wire.WireError):
        values.decode(form, tensors, lambda reference: reference["object"])


FORMS = {
    "an array that did not come": {"array": "x"},
    "a scalar with axes": {"scalar": "1"},
    "an array that is a number": {"array": 0},
    "a bare list": [1],
    "an empty object": {},
    "an unknown form": {"bytes": "AA=="},
    "an int that is none": {"int": "0xg"},
    "an int without end": {"int": "0x" + "f" * 1100},
    "a float that is none": {"float": "1e5"},
    "a list that is text": {"list": "abc"},
    "a dict that is a list of numbers": {"dict": [1, 2]},
    "a dict of triples": {"dict": [[1, 2, 3]]},
    "a key that is a list": {"dict": [[{"list": []}, 1]]},
    "a key that is an array": {"dict": [[{"array": "1"}, 1]]},
    "a key that is a tuple of lists": {"dict": [[{"tuple": [{"list": []}]}, 1]]},
    "a key that is a tuple of arrays": {"dict": [[{"tuple": [{"array": "1"}]}, 1]]},
    "100,001 values": {"list": [None] * values.MAX_NODES},
    "33 lists": json.loads(deep(40, '{"list": [', "]}")),
}


@pytest.mark.parametrize("name", FORMS)
def test_malformed_value(name: str) -> None:
    tensors = {"0": np.zeros(()), "1": np.arange(2)}
    with pytest.raises(wire.WireError):
        values.decode(FORMS[name], tensors, no_reference)


AMPLIFIED = {
    "an array, often": {"list": [{"array": "0"}] * 1000},
    "a list, often": {"list": [{"list": "0", "python": True}] * 1000},
    "a scalar of many": {"scalar": ["float64", {"list": [{"array": "0"}] * 1000}]},
}


@pytest.mark.parametrize("name", AMPLIFIED)
def test_an_answer_does_not_multiply(name: str) -> None:
    """A small frame must not become a large value, nor one that is made large by a comparison."""
    tensors = {"0": np.zeros(10, np.uint8)}
    with pytest.raises(wire.WireError):
        values.decode(AMPLIFIED[name], tensors, no_reference)


@pytest.mark.parametrize("python", [True, False])
def test_a_list_of_numbers_is_not_too_long(python: bool) -> None:
    tensors = {"0": np.zeros(20 * values.MAX_NODES, np.uint8)}
    with pytest.raises(wire.WireError):
        values.decode({"list": "0", "python": python}, tensors, no_reference)


# channels


@pytest.fixture
def ends() -> Any:
    """A channel, and the bare socket at its other end."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield wire.Channel(ours), theirs


def test_a_channel_carries_frames(ends: Any) -> None:
    channel, theirs = ends
    other = wire.Channel(theirs)
    array = np.random.default_rng(0).random((300, 1000))  # more than a socket buffers
    threading.Thread(target=lambda: other.send({"id": 1}, {"x": array})).start()
    message, tensors = channel.receive()
    assert message == {"id": 1}
    assert np.array_equal(tensors["x"], array)


@pytest.mark.parametrize("size", [wire.MAX_FRAME + 1, 1 << 60, (1 << 64) - 1])
def test_an_announced_length_is_not_believed(ends: Any, size: int) -> None:
    channel, theirs = ends
    theirs.sendall(struct.pack("<Q", size))
    with pytest.raises(wire.WireError):
        channel.receive()


def test_memory_grows_with_what_came(ends: Any) -> None:
    channel, theirs = ends
    theirs.sendall(struct.pack("<Q", wire.MAX_FRAME) + b"x")
    channel.deadline = time.monotonic() + 0.1
    tracemalloc.start()
    with pytest.raises(wire.Expired):
        channel.receive()
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


@pytest.mark.parametrize("sent", [b"", b"\1\0\0", struct.pack("<Q", 9) + b"12345678"])
def test_the_end_of_the_other_side(ends: Any, sent: bytes) -> None:
    channel, theirs = ends
    theirs.sendall(sent)
    theirs.close()
    with pytest.raises(wire.Closed):
        channel.receive()


@pytest.mark.parametrize("sent", [b"", b"\1\0\0", struct.pack("<Q", 9) + b"12345678"])
def test_a_deadline_for_reading(ends: Any, sent: bytes) -> None:
    channel, theirs = ends
    theirs.sendall(sent)
    channel.deadline = time.monotonic() + 0.1
    with pytest.raises(wire.Expired):
        channel.receive()


def test_a_deadline_for_a_trickle(ends: Any) -> None:
    """One byte now and then does not keep a reader waiting."""
    channel, theirs = ends
    channel.deadline = time.monotonic() + 0.3
    over = threading.Event()

    def trickle() -> None:
        theirs.sendall(struct.pack("<Q", 1 << 20))
        while not over.wait(0.02):
            theirs.sendall(b"x")

    thread = threading.Thread(target=trickle)
    thread.start()
    begin = time.monotonic()
    with pytest.raises(wire.Expired):
        channel.receive()
    over.set()
    thread.join()
    assert time.monotonic() - begin < 60  # all of it would take hours


def test_a_deadline_for_writing(ends: Any) -> None:
    """A side that never reads does not keep a writer waiting."""
    channel, _ = ends
    channel.deadline = time.monotonic() + 0.1
    with pytest.raises(wire.Expired):
        channel.send({}, {"x": np.zeros(1 << 20)})


def test_writing_to_nobody(ends: Any) -> None:
    channel, theirs = ends
    theirs.close()
    with pytest.raises(wire.Closed):
        channel.send({}, {"x": np.zeros(1 << 20)})


def test_nothing_is_sent_of_what_is_too_large(ends: Any) -> None:
    channel, theirs = ends
    with pytest.raises(wire.WireError):
        channel.send({"x": "x" * wire.MAX_HEADER})
    theirs.setblocking(False)
    with pytest.raises(BlockingIOError):
        os.read(theirs.fileno(), 1)
