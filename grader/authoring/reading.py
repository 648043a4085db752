"""Reads the files of a course for those who look for flaws in them."""

import ast
import re
import tomllib
from pathlib import Path

from grader.course import Flaw
from grader.errors import GraderError
from grader.i18n import _
from grader.parsing import parse


class Broken(GraderError):
    """A file can't be read as what it should be."""

    def __init__(self, path: Path, line: int | None, what: str, fix: str) -> None:
        super().__init__(what)
        self.flaw = Flaw(path, line, what, fix)


def entries(folder: Path) -> list[Path]:
    """What is in a folder, without hidden files and caches."""
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return [p for p in found if not p.name.startswith(".") and p.name != "__pycache__"]


def read_text(path: Path) -> str:
    """A file's text.

    Raises:
        Broken: there is none.
    """
    try:
        return path.read_text("utf-8")
    except FileNotFoundError as error:
        raise Broken(path, None, _("it is missing"), _("write it")) from error
    except UnicodeDecodeError as error:
        raise Broken(path, None, _("it is not UTF-8 text"), _("save it as UTF-8")) from error


def read_tree(path: Path) -> ast.Module:
    """A Python file.

    Raises:
        Broken: it is none.
    """
    try:
        return parse(read_text(path), str(path))
    except SyntaxError as error:
        what = _("it is no valid Python: {msg}").format(msg=error.msg)
        raise Broken(path, error.lineno, what, _("fix the syntax")) from error
    except ValueError as error:  # a NUL byte
        raise Broken(
            path, None, _("it is no valid Python: {reason}").format(reason=error), _("fix it")
        ) from error


def read_toml(path: Path) -> dict:
    """A TOML file.

    Raises:
        Broken: it can't be read.
    """
    try:
        return tomllib.loads(read_text(path))
    except (ValueError, RecursionError) as error:  # also a number of more digits than Python reads
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else None
        reason = re.sub(r" \(at .*\)$", "", str(error))
        raise Broken(
            path,
            line,
            _("it is no valid TOML: {reason}").format(reason=reason),
            _("fix the syntax"),
        ) from error


def line_of(path: Path, *texts: str) -> int | None:
    """The first line of a file that has all these texts in it."""
    lines = path.read_text("utf-8").splitlines()
    return next(
        (number for number, line in enumerate(lines, 1) if all(text in line for text in texts)),
        None,
    )
