"""Two jobs at a time: as many gradings as two cores carry."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")
OnStep = Callable[[int, int], None]


def unwatched(done: int, total: int) -> None:
    """Nobody wants to know how far it is."""


def in_pairs(jobs: Sequence[Callable[[], Result]], on_step: OnStep = unwatched) -> Iterator[Result]:
    """Run jobs in threads, and yield what they return, in their order.

    Whoever leaves early gives up what has not begun.

    Args:
        jobs: what to run.
        on_step: told how many are done, and of how many.
    """
    pool = ThreadPoolExecutor(2)
    tasks = [pool.submit(job) for job in jobs]
    on_step(0, len(tasks))
    for task in tasks:
        task.add_done_callback(lambda _: on_step(sum(t.done() for t in tasks), len(tasks)))
    try:
        for task in tasks:
            yield task.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
