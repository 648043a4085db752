"""Parses Python files, one at a time."""

import ast
import symtable
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.errors import CourseError
from grader.i18n import _

_parsing = threading.Lock()


def parse(source: str, filename: str = "<unknown>") -> ast.Module:
    """``ast.parse``, one thread at a time; nothing else parses Python.

    Python 3.11 counts the depth of a tree for all threads together, and now and then raises a
    ``SystemError`` when two of them parse: https://github.com/python/cpython/issues/106905
    """
    with _alone():
        return ast.parse(source, filename)  # noqa: TID251


def symbols(source: str) -> symtable.SymbolTable:
    """The names of a module, by their scopes.

    Raises:
        SyntaxError, ValueError: it is no Python.
    """
    with _alone():
        return symtable.symtable(source, "", "exec")


@contextmanager
def _alone() -> Iterator[None]:
    with _parsing, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "\\d" in a learner's string is no concern of ours
        yield


def parsed(path: Path, change: Callable[[str], str] = str) -> ast.Module:
    """A file of a course, once ``change`` has been made to its text.

    Raises:
        CourseError: it can't be read.
    """
    try:
        return parse(change(path.read_text("utf-8")), str(path))
    except CourseError as error:
        raise CourseError(f"{path}, {error}") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise CourseError(
            _("The course file {path} can't be read: {reason}.").format(path=path, reason=error)
        ) from error
