"""Running time: what passes while a process is stopped does not count."""

import importlib.util
import threading
from collections.abc import Callable
from types import SimpleNamespace

import pytest

import grader.sandbox.clock

Pass = Callable[..., None]
# another copy: in the one that others use, a thread would see made-up times
SPEC = importlib.util.find_spec(grader.sandbox.clock.__name__)
assert SPEC is not None and SPEC.loader is not None
clock = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(clock)


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> Pass:
    """Lets seconds pass, in some of which this process computes."""
    real = used = 0.0

    def seconds(count: float, computing: float = 0.0) -> None:
        nonlocal real, used
        real, used = real + count, used + computing

    def sleep(_: float) -> None:
        threading.Event().wait()  # the thread that looks at the clock looks no more

    told = {"monotonic": lambda: real, "process_time": lambda: used, "sleep": sleep}
    monkeypatch.setattr(clock, "time", SimpleNamespace(**told))
    monkeypatch.setattr(clock, "_running", None)
    clock.now()
    return seconds


@pytest.mark.parametrize(
    ("seconds", "computing", "counted"),
    [
        (0.25, 0, 0.25),
        (clock.GAP, 0, clock.GAP),  # a busy machine
        (60, 0, clock.TICK),  # stopped
        (60, 1, 1 + clock.TICK),  # stopped after it has computed
        (60, 60, 60),  # it kept the thread from looking
    ],
)
def test_what_counts(passes: Pass, seconds: float, computing: float, counted: float) -> None:
    before = clock.now()
    passes(seconds, computing)
    assert clock.now() - before == pytest.approx(counted)
    passes(0.5)
    assert clock.now() - before == pytest.approx(counted + 0.5)


def test_a_deadline_waits_for_who_was_stopped(passes: Pass) -> None:
    check = clock.Clock()
    check.start(3)
    assert check.deadline is not None
    passes(60)
    assert check.deadline - clock.now() == pytest.approx(3 - clock.TICK)
    with check.pause():
        passes(2)
    assert check.paused == pytest.approx(2)
    assert check.deadline - clock.now() == pytest.approx(3 - clock.TICK)
    for _ in range(3):
        passes(1)
        clock.now()
    assert check.deadline < clock.now()


@pytest.mark.parametrize(
    ("load", "seconds"),
    [(0.0, 10), (2 * clock.CALM, 10), (2.1 * clock.CALM, 11), (20.0, 25), (500.0, 40)],
)
def test_a_busy_machine_has_longer_limits(
    monkeypatch: pytest.MonkeyPatch, load: float, seconds: float
) -> None:
    monkeypatch.setattr(clock.os, "getloadavg", lambda: (load, 0.0, 0.0))
    monkeypatch.setattr(clock.os, "cpu_count", lambda: 2)
    assert clock.patient(10) == seconds
