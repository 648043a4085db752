"""A process that says anything at all: the checker refuses it, in time and within its memory.

``test_wire.py`` looks at single frames, ``test_admission.py`` at single settings of a model; here
whole conversations and whole models are made up. Many more of them::

    FUZZ=100 python -m pytest tests/test_fuzz.py

``scripts/fuzz.py`` evolves the inputs of these tests by the code that they reach.
"""

import contextlib
import json
import math
import os
import resource
import socket
import struct
import threading
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.checks import admission, remote
from grader.checks.admission import NotAdmitted, admit, admit_shape
from grader.checks.errors import Ended, Garbled, Late, SubmissionError
from grader.sandbox import wire
from grader.sandbox.clock import Clock
from support import json_values

pytestmark = pytest.mark.thorough

TIMES = int(os.environ.get("FUZZ", "1"))
SECONDS = 0.2  # a check's time
SETTINGS: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.filter_too_much],
}

REFUSALS = (Garbled, Ended, Late, SubmissionError)


CONTINUES = ("answer", "answer_to", "error", "silence")  # whereupon another question may come


# a conversation


class Peer(threading.Thread):
    """The other end of a channel: it answers each request with actions, then goes away."""

    def __init__(self, connection: socket.socket, actions: list[list[tuple]]) -> None:
        super().__init__(daemon=True)
        self.connection, self.actions = connection, actions
        self.questions: list[wire.Message] = []
        self.frames: list[bytes] = []

    def run(self) -> None:
        channel = wire.Channel(self.connection)
        channel.deadline = time.monotonic() + 4 * SECONDS
        self.connection.setblocking(True)
        with contextlib.suppress(OSError, wire.Closed, wire.Expired):
            self.say({"missing": []})
            for actions in self.actions:
                question, _ = channel.receive()
                self.questions.append(question)
                for action, *arguments in actions:
                    getattr(self, f"do_{action}")(*arguments)
                if not any(action[0] in CONTINUES for action in actions):
                    break
            self.do_close()

    def say(self, message: wire.Message, tensors: wire.Tensors | None = None) -> None:
        self.frames.append(wire.pack(message, tensors or {}))
        self.connection.sendall(self.frames[-1])

    def do_answer(self, form: Any, more: dict[str, Any]) -> None:
        tensors = {"0": np.arange(6.0), "1": np.zeros((2, 0), "i1")}
        question = self.questions[-1]
        self.say({**more, "id": question["id"], "value": form}, tensors)

    def do_answer_to(self, number: int) -> None:
        asked = self.questions[min(number, len(self.questions) - 1)]
        self.say({"id": asked["id"], "value": len(self.questions)})

    def do_error(self, error: Any) -> None:
        self.say({"id": self.questions[-1]["id"], "error": error})

    def do_ask(self, number: Any, method: Any, args: Any, kwargs: Any) -> None:
        self.say({"ask": number, "method": method, "args": args, "kwargs": kwargs})

    def do_old_answer(self, form: Any) -> None:
        self.say({"id": self.questions[0]["id"] + "", "value": form, "printed": "old"})

    def do_other_answer(self, identity: Any, form: Any) -> None:
        self.say({"id": identity, "value": form})

    def do_replay(self, number: int) -> None:
        self.connection.sendall(self.frames[number % len(self.frames)])

    def do_message(self, message: Any) -> None:
        self.say(message)

    def do_bytes(self, data: bytes) -> None:
        self.connection.sendall(data)

    def do_length(self, length: int, data: bytes) -> None:
        self.connection.sendall(struct.pack("<Q", length) + data)

    def do_half(self, form: Any) -> None:
        frame = wire.pack({"id": self.questions[-1]["id"], "value": form}, {})
        self.connection.sendall(frame[: len(frame) // 2])

    def do_silence(self) -> None:
        time.sleep(SECONDS)

    def do_close(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)


WORDS = [
    "array", "scalar", "int", "float", "list", "tuple", "dict", "object", "python", "type",
    "bases", "text", "callable", "0", "1", "id", "ask", "value", "error", "printed", "message",
    "frame", "line", "function", "last", "nan", "0x7f", "float64", "bool", "arguments",
]  # fmt: skip
words, anything = st.sampled_from(WORDS), json_values(WORDS)
references = st.fixed_dictionaries(
    {"object": st.integers(-3, 3) | anything},
    optional={"type": anything, "bases": anything, "text": anything},
)
forms = st.recursive(
    anything | references | st.sampled_from([{"array": "0"}, {"array": "1"}, {"float": "nan"}]),
    lambda inner: (
        st.builds(lambda items: {"list": items}, st.lists(inner, max_size=3))
        | st.builds(lambda items: {"tuple": items}, st.lists(inner, max_size=3))
        | st.builds(lambda k, v: {"dict": [[k, v]]}, inner, inner)
        | st.builds(lambda v: {"scalar": ["float64", v]}, inner)
    ),
    max_leaves=6,
)
arguments = forms | st.builds(lambda items: {"tuple": items}, st.lists(forms, max_size=2))
errors = anything | st.fixed_dictionaries(
    {"type": anything, "message": anything, "frame": anything},
    optional={"bases": anything},
)
actions = st.one_of(
    st.tuples(st.just("answer"), forms, st.dictionaries(words, anything, max_size=2)),
    st.tuples(st.just("answer"), forms, st.just({})),
    st.tuples(st.just("error"), errors),
    st.tuples(
        st.just("ask"),
        st.integers(-3, 1) | anything,
        st.sampled_from(["", "fit", "evil"]) | anything,
        arguments,
        st.just({"dict": []}) | forms,
    ),
    st.tuples(st.just("old_answer"), forms),
    st.tuples(st.just("other_answer"), anything, forms),
    st.tuples(st.just("replay"), st.integers(0, 9)),
    st.tuples(st.just("message"), st.dictionaries(words, anything, max_size=4)),
    st.tuples(st.just("bytes"), st.binary(max_size=40)),
    st.tuples(st.just("length"), st.integers(0, (1 << 64) - 1), st.binary(max_size=40)),
    st.tuples(st.just("half"), forms),
    st.tuples(st.just("close")),
    st.tuples(st.just("silence")),
)


@contextlib.contextmanager
def conversation(script: list[list[tuple]]) -> Any:
    """A checker's process whose other end follows a script."""
    ours, theirs = socket.socketpair()
    peer = Peer(theirs, script)
    lines = SimpleNamespace(start=lambda *_: (0, ours), end=lambda _: 0)
    with ours, theirs:
        peer.start()
        clock = Clock()
        clock.start(SECONDS)
        process = remote.RemoteProcess(lines, "learner", False, clock)
        process.ready()
        yield process
    peer.join(timeout=5)


def is_exact(value: Any) -> bool:
    """Whether a value says nothing of its own: plain data, exact arrays, things far away."""
    match value:
        case dict():
            return type(value) is dict and all(map(is_exact, [*value, *value.values()]))
        case list() | tuple():
            return type(value) in (list, tuple) and all(map(is_exact, value))
        case np.generic():
            return wire.carries(value.dtype)
        case np.ndarray():
            return type(value) is np.ndarray and wire.carries(value.dtype)
    return value is None or type(value) in (bool, int, float, str, remote.Remote) or callable(value)


@given(st.lists(st.lists(actions, max_size=3), min_size=1, max_size=3))
@settings(max_examples=150 * TIMES, **SETTINGS)
def test_any_conversation_is_understood_or_refused(script: list[list[tuple]]) -> None:
    seen: list[Any] = []

    def asked(*args: Any, **kwargs: Any) -> None:
        seen.append((args, kwargs))

    with conversation(script) as process:
        for _ in script:
            try:
                assert is_exact(process.call((None, "f"), (asked,), {}))
            except REFUSALS:
                break
        assert is_exact(seen)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=6))
@settings(max_examples=60 * TIMES, **SETTINGS)
def test_answers_in_another_order_are_refused(order: list[int]) -> None:
    """Each question is answered with what was due to that one, or to an earlier one."""
    with conversation([[("answer_to", number)] for number in order]) as process:
        for turn, number in enumerate(order):
            if number < turn:
                with pytest.raises(Garbled, match="another question"):
                    process.call((None, "f"), (), {})
                return
            assert process.call((None, "f"), (), {}) == turn + 1


def spent(action: Callable[[], object]) -> int:
    """Bytes by which this process's largest size has grown."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with contextlib.suppress(wire.WireError):
        action()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before << 10


tensor_headers = st.fixed_dictionaries(
    {
        "dtype": st.sampled_from(["F64", "U8", "BOOL", "BF16", "F8_E4M3", "I64", "C64", "", "f8"]),
        "shape": st.lists(
            st.integers(-2, 4) | st.sampled_from([1 << 20, 1 << 31, 1 << 60, 1 << 63]), max_size=4
        ),
        "data_offsets": st.tuples(*[st.integers(-8, 64) | st.sampled_from([1 << 40, 1 << 63])] * 2),
    }
)


@given(
    st.dictionaries(st.text(max_size=2), tensor_headers, max_size=3),
    st.binary(max_size=64),
    st.none() | st.integers(0, (1 << 64) - 1),
)
@settings(max_examples=300 * TIMES, **SETTINGS)
def test_lying_headers_allocate_nothing(
    header: dict[str, Any], data: bytes, length: int | None
) -> None:
    text = json.dumps({"__metadata__": {"message": "{}"}, **header}).encode()
    size = len(text) if length is None else length
    body = struct.pack("<Q", size) + text + data

    def unpack() -> None:
        _, tensors = wire.unpack(body)
        assert sum(t.nbytes for t in tensors.values()) <= len(data)

    assert spent(unpack) < 64 << 20


# a model


CODE = [
    {"class_name": "__lambda__", "config": {"code": "4wAAAA=="}},
    {"module": "keras.config", "class_name": "function", "config": "set_epsilon"},
    {"module": "os", "class_name": "function", "config": "system", "registered_name": "system"},
    {"module": "subprocess", "class_name": "Popen", "config": {"args": "id"}},
    {"module": "keras.layers", "class_name": "Lambda", "config": {}, "registered_name": None},
    {"class_name": "__tensor__", "config": {"value": [1], "dtype": "float32"}},
    {"class_name": "__typespec__", "module": "builtins", "config": ["exec"]},
    {"class_name": "__numpy__", "config": {"value": [0], "dtype": "object"}},
    {"class_name": "Custom>Dense", "config": {}, "registered_name": "Custom>Dense"},
]
SIZES = [0, -1, 1, 10, 10**5, 10**9, 1 << 63, 1e308, math.inf, math.nan]
KEYS = ["units", "activation", "kernel_initializer", "bias_initializer", "kernel_regularizer",
        "name", "batch_shape", "target_shape", "seed", "rate", "axis", "dtype", "function",
        "vocabulary", "filepath", "layers", "layer", "lora_rank", "module", "build_config",
        "inbound_nodes", "recurrent_activation", "activity_regularizer"]  # fmt: skip
NAMES = ["Dense", "Flatten", "InputLayer", "Conv2D", "Reshape", "Dropout", "Lambda", "TFSMLayer",
         "StringLookup", "TextVectorization", "Sequential", "TimeDistributed", "Discretization",
         "RandomNormal", "Zeros", "relu", "__lambda__", "os.system"]  # fmt: skip
leaves = (
    st.none() | st.booleans() | st.sampled_from(SIZES) | st.sampled_from(CODE)
    | st.sampled_from(["relu", "softmax", "zeros", "/etc/passwd", "x" * 200, "lambda x: x"])
    | st.builds(lambda: np.zeros(3)) | st.binary(max_size=3)
)  # fmt: skip
inner_settings = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.sampled_from([*KEYS, "class_name", "config"]), inner, max_size=3)
    ),
    max_leaves=6,
)
layers = st.fixed_dictionaries(
    {
        "module": st.sampled_from(["keras.layers"] * 4 + ["keras", "os", "keras.src.layers", None]),
        "class_name": st.sampled_from(NAMES) | inner_settings,
        "config": st.dictionaries(st.sampled_from(KEYS), inner_settings, max_size=4),
    },
    optional={
        "registered_name": st.sampled_from([None, None, "Dense", "evil>Dense", ""]),
        "name": inner_settings,
        "inbound_nodes": inner_settings,
        "build_config": inner_settings,
    },
)
weights = st.lists(
    st.sampled_from(
        [np.zeros(3), np.ones((2, 2), "f4"), np.array([np.nan]), np.array([np.inf], "f2"),
         np.array(["w"]), np.array([1j]), np.broadcast_to(np.float32(1), (1 << 20, 1 << 20))]
    ),
    max_size=3,
)  # fmt: skip
SAFE_WORDS = {"Dense", "Flatten", "InputLayer", "Conv2D", "Reshape", "Dropout"}


def names_of_classes(value: Any) -> set[str]:
    """Every class that a description names, however deep."""
    match value:
        case dict():
            own = {str(value["class_name"])} if "class_name" in value else set()
            return own.union(*map(names_of_classes, value.values()))
        case list() | tuple():
            return set().union(*map(names_of_classes, value))
    return set()


def sizes(value: Any) -> list[int]:
    """Every whole number in a description but seeds."""
    match value:
        case dict():
            return [n for k, v in value.items() if k != "seed" for n in sizes(v)]
        case list():
            return [n for v in value for n in sizes(v)]
    return [value] if type(value) is int else []


@given(
    st.sampled_from(["Sequential", "Functional"]),
    st.lists(layers, min_size=1, max_size=4),
    st.dictionaries(st.sampled_from(["input_layers", "output_layers", "name"]), inner_settings),
    weights,
)
@settings(max_examples=300 * TIMES, **SETTINGS)
def test_any_model_is_made_harmless_or_refused(
    kind: str, told: list[dict[str, Any]], more: dict[str, Any], arrays: list[np.ndarray]
) -> None:
    begin = time.process_time()
    try:
        config, kept = admit(kind, {**more, "layers": told}, arrays)
    except NotAdmitted:
        return
    finally:
        assert time.process_time() - begin < 10  # some ms on an idle machine
    allowed = admission._LAYERS | admission._INITIALIZERS | {"__keras_tensor__"}
    assert names_of_classes(config) <= allowed
    assert {layer["class_name"] for layer in config["layers"]} <= admission._LAYERS
    assert {layer["module"] for layer in config["layers"]} == {"keras.layers"}
    assert {layer["registered_name"] for layer in config["layers"]} == {None}
    assert all(abs(n) <= admission.MAX_SIZE for n in sizes(config))
    assert all(np.isfinite(w).all() for w in kept)
    json.dumps(config)  # plain data


@given(inner_settings | st.lists(st.sampled_from(SIZES) | st.integers()).map(tuple))
@settings(max_examples=200 * TIMES, **SETTINGS)
def test_any_input_shape_is_sane_or_refused(shape: Any) -> None:
    with contextlib.suppress(NotAdmitted):
        sane = admit_shape(shape)
        assert sane is None or math.prod(sane) <= admission.MAX_PARAMETERS
