"""An auto-graded course on a first neural network, and the engine that grades it."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from grader._version import __version__

__all__ = ["Cancelled", "GradingError", "Report", "Server", "__version__", "grade"]

if TYPE_CHECKING:
    from grader.engine.grading import Cancelled, GradingError, Server, grade
    from grader.report import Report


def __getattr__(name: str) -> Any:
    """Import the public names when they are first used: ``grade --help`` needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "grader.report" if name == "Report" else "grader.engine.grading"
    return getattr(import_module(module), name)
