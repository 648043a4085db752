"""An auto-graded course on a first neural network, and the engine that grades it.

The public names are described, with an example, in ``docs/api.md``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from grader._version import __version__

if TYPE_CHECKING:
    from grader.course import Course, CourseError, Exercise
    from grader.engine.checking import Cancelled
    from grader.engine.grading import grade
    from grader.engine.options import Options
    from grader.engine.server import Server
    from grader.errors import GraderError, GradingError
    from grader.report import Report
    from grader.submission import Submission

_FROM = {
    "Cancelled": "grader.engine.checking",
    "Course": "grader.course",
    "CourseError": "grader.course",
    "Exercise": "grader.course",
    "GraderError": "grader.errors",
    "GradingError": "grader.errors",
    "Options": "grader.engine.options",
    "Report": "grader.report",
    "Server": "grader.engine.server",
    "Submission": "grader.submission",
    "grade": "grader.engine.grading",
}
__all__ = [
    "Cancelled",
    "Course",
    "CourseError",
    "Exercise",
    "GraderError",
    "GradingError",
    "Options",
    "Report",
    "Server",
    "Submission",
    "__version__",
    "grade",
]


def __getattr__(name: str) -> Any:
    """Import the public names when they are first used: ``grade --help`` needs none of them."""
    if name in ("load_ipython_extension", "unload_ipython_extension"):
        return getattr(import_module("grader.jupyter"), name)
    if name not in _FROM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_FROM[name]), name)
