"""What a Dask worker does for a class: it has the same course as the driver, and a warm server."""

from pathlib import Path
from typing import Any

from distributed import WorkerPlugin

from grader.classroom.drive import versions
from grader.course import Course
from grader.engine.pool import close_all
from grader.errors import GraderError
from grader.i18n import _


class WrongWorkerError(GraderError):
    """A worker has another course, or other versions; the text says which."""


def described(course: Path | None) -> dict[str, str | None]:
    """What decides a result on a machine: versions, and the edition of each exercise's checks."""
    found: dict[str, str | None] = dict(versions())
    for exercise in Course.open(course).exercises:
        found[exercise.stem] = exercise.hash
    return found


class GradeWorker(WorkerPlugin):  # type: ignore[misc]
    """What every worker of a cluster gets; Dask calls its methods there.

    Attributes:
        course: the course's folder, which every machine has; ``None`` for the built-in one.
        expected: what the driver has, see ``described``.
    """

    name = "grade"

    def __init__(self, course: Path | None, expected: dict[str, str | None]) -> None:
        self.course, self.expected = course, expected

    def setup(self, worker: Any) -> None:
        """Compare the worker with the driver.

        Raises:
            WrongWorkerError: they differ.
        """
        try:
            here = described(self.course)
        except GraderError as error:
            raise WrongWorkerError(
                _("Worker {address}: {reason}").format(address=worker.address, reason=error)
            ) from error
        for name, wanted in self.expected.items():
            if here.get(name) != wanted:
                raise WrongWorkerError(
                    _(
                        "The worker {address} has {name} {there}, and here it is {wanted}. "
                        "Install the same course and the same versions there."
                    ).format(address=worker.address, name=name, there=here.get(name), wanted=wanted)
                )

    def teardown(self, worker: Any) -> None:
        """End the processes of its servers."""
        close_all()
