"""Jobs over executors, in threads; ``tests/test_pool.py`` has those in processes."""

import threading
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing
from functools import partial

import pytest

from grader.engine.pool import in_order, run

SQUARES = [partial(pow, n, 2) for n in range(7)]


def test_each_job_is_run_once() -> None:
    assert sorted((n, f.result()) for n, f in run(SQUARES)) == [(n, n * n) for n in range(7)]
    assert list(run([])) == []


def test_results_come_in_order() -> None:
    steps: list[tuple[int, int]] = []
    found = list(in_order(SQUARES, lambda *step: steps.append(step), workers=3))
    assert found == [n * n for n in range(7)]
    assert steps == [(n, 7) for n in range(8)]


def test_what_a_job_raises_is_raised() -> None:
    results = in_order([partial(pow, 2, 2), partial(int, "x"), partial(pow, 3, 2)])
    assert next(results) == 4
    with pytest.raises(ValueError, match="invalid literal"):
        next(results)


def test_as_many_at_once_as_there_are_workers() -> None:
    together = threading.Barrier(3)  # passes only if three wait at it

    def job() -> int:
        return together.wait(60)

    assert sorted(in_order([job] * 6, workers=3)) == [0, 0, 1, 1, 2, 2]


def test_no_more_is_begun_than_there_are_workers() -> None:
    begun: list[int] = []
    gate = threading.Event()

    def job(number: int) -> None:
        begun.append(number)
        if number:
            gate.wait(60)

    with closing(run([partial(job, n) for n in range(9)], workers=2)) as ended:
        assert next(ended)[0] == 0
    gate.set()
    assert set(begun) <= {0, 1, 2}  # two wait at the gate


def test_no_worker_waits_for_what_is_made_of_a_result() -> None:
    third = threading.Event()

    with closing(run([partial(int, 0), partial(int, 1), third.set], workers=1)) as ended:
        assert next(ended)[0] == 0
        assert next(ended)[0] == 1
        assert third.wait(60)  # begun, though nobody has asked for it


def test_whoever_leaves_gives_up_the_rest() -> None:
    made: list[Executor] = []

    def start(workers: int) -> Executor:
        made.append(ThreadPoolExecutor(workers))
        return made[-1]

    with closing(run(SQUARES, start=start)) as ended:
        next(ended)
    with pytest.raises(RuntimeError, match="shutdown"):
        made[0].submit(pow, 2, 2)
