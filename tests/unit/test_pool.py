"""Jobs over executors: threads here, processes that may be killed."""

import os
import threading
from concurrent.futures import BrokenExecutor, Executor, ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from grader.engine.pool import Start, in_order, processes, run

EITHER = pytest.mark.parametrize("start", [ThreadPoolExecutor, processes])
SQUARES = [partial(pow, n, 2) for n in range(7)]


@EITHER
def test_each_job_is_run_once(start: Start) -> None:
    assert sorted((n, f.result()) for n, f in run(SQUARES, start=start)) == [
        (n, n * n) for n in range(7)
    ]
    assert list(run([], start=start)) == []


@EITHER
def test_results_come_in_order(start: Start) -> None:
    steps: list[tuple[int, int]] = []
    found = list(in_order(SQUARES, lambda *step: steps.append(step), workers=3, start=start))
    assert found == [n * n for n in range(7)]
    assert steps == [(n, 7) for n in range(8)]


@EITHER
def test_what_a_job_raises_is_raised(start: Start) -> None:
    results = in_order([partial(pow, 2, 2), partial(int, "x"), partial(pow, 3, 2)], start=start)
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
    assert set(begun) <= {0, 1}


def test_whoever_leaves_gives_up_the_rest() -> None:
    made: list[Executor] = []

    def start(workers: int) -> Executor:
        made.append(ThreadPoolExecutor(workers))
        return made[-1]

    with closing(run(SQUARES, start=start)) as ended:
        next(ended)
    with pytest.raises(RuntimeError, match="shutdown"):
        made[0].submit(pow, 2, 2)


def test_a_job_that_ends_its_process_takes_no_other_with_it() -> None:
    jobs = [*SQUARES[:3], partial(os._exit, 3), *SQUARES[3:]]
    ended = dict(run(jobs, start=processes))
    assert isinstance(ended.pop(3).exception(), BrokenExecutor)
    assert sorted(future.result() for future in ended.values()) == [n * n for n in range(7)]


DIES_ONCE = """
import os, pathlib
if not pathlib.Path({flag!r}).exists():
    pathlib.Path({flag!r}).touch()
    os._exit(3)
"""


def test_a_job_whose_process_was_killed_is_run_once_more(tmp_path: Path) -> None:
    code = DIES_ONCE.format(flag=str(tmp_path / "flag"))
    ended = dict(run([partial(exec, code, {}), *SQUARES], start=processes))
    assert ended.pop(0).exception() is None and (tmp_path / "flag").exists()
    assert sorted(future.result() for future in ended.values()) == [n * n for n in range(7)]
