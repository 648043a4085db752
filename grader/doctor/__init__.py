"""What this computer has, and what it lacks for grading; ``grade doctor`` shows it."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from grader.doctor import machine, packages, place
from grader.doctor.finding import BAD, Finding
from grader.i18n import _

if TYPE_CHECKING:
    from grader.course import Course


def findings(course: "Course", full: bool) -> Iterator[Finding]:
    """What is found, as it is found; ``full`` imports TensorFlow as well.

    The learner's folder is looked at by ``place.workspace``.
    """
    yield packages.python()
    yield from packages.installed()
    if full:
        yield packages.imported()
    yield machine.memory()
    yield machine.cores()
    yield from _needing_numpy(lambda: [machine.protection(course)], _("protection"))
    yield from _needing_numpy(place.datasets, _("data sets"))
    yield place.terminal()


def _needing_numpy(look: Callable[[], Iterable[Finding]], name: str) -> Iterator[Finding]:
    """What can't be checked while a package is missing, which an earlier finding says."""
    try:
        yield from look()
    except ImportError as error:
        missing = error.name or str(error)
        yield Finding(name, BAD, _("can't be checked without {package}").format(package=missing))
