"""What is recorded of a check: its calls, from the seed on, and the losses of a training."""

import base64
import json
import socket
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from grader.checker import record
from grader.checker.control import Control
from grader.checker.job import Job
from grader.checker.plugin import Plugin
from grader.checker.record import Record
from grader.sandbox import wire

ANSWER: wire.Message = {"answer": {"int": 1}}


def loaded() -> Record:
    """What is recorded once a submission is loaded."""
    recorded = Record()
    recorded({"do": "load", "source": "secret = 1\n", "seed": 77}, {})
    recorded(ANSWER, {})
    return recorded


def call(name: str, size: int = 8) -> tuple[wire.Message, wire.Tensors]:
    """A call of the submission with so many bytes."""
    return {"do": "call", "name": name}, {"0": np.zeros(size, np.uint8)}


def kept(recorded: Record) -> list[Any]:
    """What was kept: the seed, the names of the calls, and that there was an answer."""
    frames = [base64.b64decode(frame) for frame in recorded.told()["frames"]]
    messages = [wire.unpack(frame[8:])[0] for frame in frames]  # behind the length
    return [message.get("seed", message.get("name", "answered")) for message in messages]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Room for some 1,000 bytes."""
    monkeypatch.setattr(record, "MOST", 1000)


def test_calls_are_recorded_after_the_seed_without_the_source() -> None:
    recorded = loaded()
    for name in ("first", "second"):
        recorded(*call(name))
        recorded(ANSWER, {})
    assert kept(recorded) == [77, "answered", "first", "answered", "second", "answered"]
    assert not recorded.cut
    assert b"secret" not in b"".join(map(base64.b64decode, recorded.told()["frames"]))


@pytest.mark.usefixtures("small")
def test_a_recording_that_is_cut_keeps_its_seed_and_the_last_calls() -> None:
    recorded = loaded()
    for name in ("first", "second", "third"):
        recorded(*call(name, 400))
        recorded(ANSWER, {})
    assert recorded.cut and recorded.told()["cut"] is True
    assert kept(recorded) == [77, "third", "answered"]


@pytest.mark.usefixtures("small")
def test_a_call_that_does_not_fit_leaves_the_seed_alone() -> None:
    recorded = loaded()
    recorded(*call("huge", 4000))
    recorded(ANSWER, {})
    assert recorded.cut and kept(recorded) == [77]
    recorded(*call("small"))
    assert kept(recorded) == [77, "small"]


@pytest.fixture
def checker() -> Iterator[tuple[Plugin, socket.socket]]:
    """A checker, and the grader's end of its line."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        job = Job("/", "checks.py", "", "a.py", "a", True, True, {})
        yield Plugin(job, Control(ours)), theirs


def test_the_losses_are_those_of_the_newest_training(
    checker: tuple[Plugin, socket.socket],
) -> None:
    plugin, grader = checker
    for epoch, loss in ((1, 3.0), (2, 2.0), (1, 1.5), (2, float("nan")), (3, 1.0)):
        plugin._epoch_ended(epoch, 3, loss, 9.0)
    assert plugin.losses == [1.5, None, 1.0]
    notes = [json.loads(line)["note"] for line in grader.recv(65536).splitlines()]
    assert len(notes) == 5 and notes[1].startswith("epoch 2 of 3, loss 2.000")
