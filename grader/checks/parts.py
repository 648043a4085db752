"""Partial credit: parts of a check that earn their points each for itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from grader.checks.errors import LoadError, SubmissionError
from grader.checks.expect import Failure

_errors: dict[str, Exception | None] = {}  # of each part that has begun, by title: its first


@contextmanager
def part(points: float, title: str) -> Iterator[None]:
    """A part of a check: it earns its points if all that is stated in it holds.

    What fails in it is kept, and the check goes on behind it; in the end the check fails with what
    failed first. Number and title are literals, as they are read from the source.

    Args:
        points: whole or a half; a check is worth the sum of its parts.
        title: what holds if it passes.
    """
    _errors.setdefault(title, None)
    try:
        yield
    except LoadError:
        raise
    except (Failure, AssertionError, SubmissionError) as error:
        _errors[title] = _errors[title] or error


def begin() -> None:
    """A check begins: it has no parts yet."""
    _errors.clear()


def first_error() -> Exception | None:
    """What failed first, in the order in which the parts began."""
    return next((error for error in _errors.values() if error is not None), None)


def told() -> dict[str, bool]:
    """Whether each part that has begun holds so far, by title."""
    return {title: error is None for title, error in _errors.items()}
