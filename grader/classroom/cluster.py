"""Many machines: a Dask cluster as an executor; each worker has the same course and a warm server.

Dask carries Python objects between its processes by pickle: scheduler, workers and driver trust
each other. Submissions run confined below the workers, as everywhere.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any

from grader.course import Course, built_in
from grader.errors import ClassError, GradingError
from grader.i18n import _

_SECONDS = 20  # to find the scheduler, and a worker
_TRIES = 30  # of so long, for a result whose worker is gone: it is graded again
INSTALL = "pip install 'eight-questions[dask]'"


class Cluster(Executor):
    """Jobs on the workers of a Dask cluster.

    Args:
        client: connected to its scheduler.
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    def start(self, workers: int) -> "Cluster":
        """Itself: a cluster has as many workers as it has; see ``grader.engine.pool.run``."""
        return self

    def submit(self, fn: Callable, /, *args: Any, **kwargs: Any) -> Future:
        """Run a job on some worker.

        Its future raises ``GradingError`` if the job has ended several workers, and ``ClassError``
        if the scheduler is gone.
        """
        outer: Future = Future()
        outer.set_running_or_notify_cancel()
        inner = self._client.submit(fn, *args, **kwargs, pure=False)

        def ended(inner: Any) -> None:
            # in a thread of its own: Dask has one for all callbacks, and this may wait
            Thread(target=_passed_on, args=(inner, outer), daemon=True).start()

        inner.add_done_callback(ended)
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Nothing: the cluster is not ours, and ``connected`` gives up what still runs."""


def _passed_on(inner: Any, outer: Future) -> None:
    """Give a job's result or error to who waits for it.

    A result that was on a worker that is gone is awaited: the scheduler has the job run again.
    """
    from distributed import KilledWorker

    error: BaseException = _lost()
    for _try in range(_TRIES):
        try:
            outer.set_result(inner.result(timeout=_SECONDS))
            return
        except KilledWorker:
            error = GradingError(
                _(
                    "It has ended its worker on several machines. Look at the file, and grade "
                    "it alone."
                )
            )
            break
        except TimeoutError:
            continue
        except (Exception, asyncio.CancelledError) as raised:
            if inner.status == "error":
                error = raised
            if inner.status in ("error", "cancelled"):
                break
    outer.set_exception(error)


def _lost() -> ClassError:
    return ClassError(
        _(
            "The connection to the scheduler is lost. Start it and its workers, then run "
            "again: the results so far are kept."
        )
    )


def _address(typed: str) -> str:
    """The scheduler's address; Dask itself would wait for a missing file without end."""
    if not typed.endswith(".json"):
        return typed
    return str(json.loads(Path(typed).expanduser().read_text("utf-8"))["address"])


@contextmanager
def connected(address: str, course: Course) -> Iterator[tuple[Cluster, int]]:
    """A cluster whose workers all have this course, and how many threads they have.

    Args:
        address: of the scheduler, such as ``scheduler:8786``, or the path of its file.
        course: the course's folder is the same on all machines, if it is not the built-in one.

    Raises:
        ClassError: there is no scheduler or no worker, or a worker has another course.
    """
    try:
        from distributed import Client

        from grader.classroom.worker import GradeWorker, WrongWorkerError, described
    except ImportError:
        raise ClassError(
            _("Dask is not installed. Install it with `{install}`.").format(install=INSTALL)
        ) from None
    logging.disable()  # what Dask logs with tracebacks is said in a sentence here
    try:
        client = Client(_address(address), timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ClassError(
            _(
                "There is no Dask scheduler at {address} ({name}). Start one with `dask scheduler`."
            ).format(address=address, name=type(error).__name__)
        ) from error
    try:
        try:
            client.wait_for_workers(1, timeout=_SECONDS)
            there = None if course.root == built_in() else course.root
            client.register_plugin(GradeWorker(there, described(course.root)))
            threads = sum(client.nthreads().values())
        except WrongWorkerError as error:
            raise ClassError(str(error)) from error
        except TimeoutError as error:
            raise ClassError(
                _(
                    "The scheduler at {address} has no worker. Start some with `dask "
                    "worker {address}`."
                ).format(address=address)
            ) from error
        except (OSError, CancelledError) as error:
            raise _lost() from error
        yield Cluster(client), threads
        with suppress(OSError, TimeoutError):
            client.unregister_worker_plugin(GradeWorker.name)
    finally:
        client.close(timeout=5)
