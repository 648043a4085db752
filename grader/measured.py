"""What a course's experiments gave, and the texts that name such numbers instead of writing them.

``labs/ex6_epochs.json`` holds the runs of each experiment, one table for each seed. A text names a
number of it and how it is written::

    {lab:ex6.thirty_epochs.best_epoch}               the range over all seeds: 7 to 13
    {lab:ex6.thirty_epochs.loss@30 mean}             row 30 of a column, averaged over seeds: 0.116
    {lab:ex2.widths.accuracy@128 each}               one for each seed: 0.832, 0.828, 0.827
    {lab:ex7.four_cells.loss@scaled/raw mean .0f}    with a format of Python's

A row is named by what the table's first column has there. In a page that people read as it is, the
number stands beside its name, and ``filled`` brings it up to date::

    <!-- lab:ex6.thirty_epochs.best_epoch -->7 to 13<!-- -->
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from grader.errors import CourseError
from grader.i18n import _

RunTable = Mapping[str, Any]  # of one run: numbers, words, and lists of them, its columns

MAX_RECORD = 8 << 20  # bytes

KEY = re.compile(r"\{lab:([^{}\n]*(?:\n[^{}\n]*)?)\}")
_SHOWN = re.compile(r"<!-- lab:(.+?) -->(.*?)<!-- -->", re.DOTALL)
_PARTS = re.compile(r"(ex\d+)\.(\w+)\.(\S+?)(?: (mean|each|range))?(?: ([.,]\S*))?")


@dataclass(frozen=True)
class Recorded:
    """The recorded runs of one lab.

    Attributes:
        code: a digest of each experiment's code.
        data: a digest of the image sets that the runs have read.
        versions: of Python and the libraries.
        machine: what kind of machine ran them.
        seconds: of each experiment, how long processors worked for one run, the most; on a machine
            that does nothing else it takes no longer.
        runs: of each experiment, a table for each seed.
    """

    code: Mapping[str, str]
    data: str
    versions: Mapping[str, str]
    machine: str
    seconds: Mapping[str, float]
    runs: Mapping[str, Mapping[int, RunTable]]

    def to_dict(self) -> dict[str, Any]:
        """As it is written."""
        return {
            "machine": self.machine,
            "versions": dict(self.versions),
            "data": self.data,
            "experiments": {
                name: {
                    "code": self.code[name],
                    "seconds": self.seconds[name],
                    "runs": {str(seed): dict(table) for seed, table in sorted(runs.items())},
                }
                for name, runs in self.runs.items()
            },
        }


def read(path: Path) -> Recorded:
    """A recorded lab; an empty one if there is no such file.

    Raises:
        CourseError: the file is no record.
    """
    try:
        with path.open("rb") as file:
            data = json.loads(file.read(MAX_RECORD))
        found = data["experiments"]
        return Recorded(
            code={name: str(each["code"]) for name, each in found.items()},
            data=str(data["data"]),
            versions={str(k): str(v) for k, v in data["versions"].items()},
            machine=str(data["machine"]),
            seconds={name: float(each["seconds"]) for name, each in found.items()},
            runs={
                name: {int(seed): checked(table) for seed, table in each["runs"].items()}
                for name, each in found.items()
            },
        )
    except FileNotFoundError:
        return Recorded({}, "", {}, "", {}, {})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CourseError(
            _(
                "{path} is not a record of a lab ({name}: {reason}). Run `python -m "
                "grader.authoring.labs` to measure it again."
            ).format(path=path, name=type(error).__name__, reason=error)
        ) from error


# tables

MAX_VALUES = 50_000  # numbers and words in one table
MAX_WORD = 200  # characters


def checked(value: object) -> dict[str, Any]:
    """A run's table as plain data: numbers, words and lists of them, none of them endless.

    Raises:
        ValueError: it is no table.
    """
    if not isinstance(value, dict) or not value:
        raise ValueError(_("a run returns a dict of columns"))
    left = MAX_VALUES

    def plain(each: Any, depth: int) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            raise ValueError(_("a table holds at most {most:,} values").format(most=MAX_VALUES))
        if type(each).__module__ == "numpy":  # exactly: what else is there claims what it likes
            each = each.tolist()
        if type(each) is bool:
            return int(each)
        if type(each) is int and abs(each) < 2**53:
            return each
        if type(each) is float:
            return each if math.isfinite(each) else None
        if each is None:
            return None
        if type(each) is str and len(each) <= MAX_WORD and each.isprintable():
            return each
        if isinstance(each, list | tuple) and depth < 4:
            return [plain(inner, depth + 1) for inner in each]
        what = _("a table holds numbers and words, not {type}").format(type=type(each).__name__)
        raise ValueError(what)

    for name in value:
        if type(name) is not str or not re.fullmatch(r"\w{1,40}", name):
            raise ValueError(_("a column's name is a word"))
    return {name: plain(each, 0) for name, each in value.items()}


def like(table: RunTable, model: RunTable) -> bool:
    """Whether a table has what another one of the same experiment has, so that it can be drawn.

    These are the same columns and rows, and values of the same kinds: words for words, lists as
    long, and whole numbers that are not much larger, as they may be places in an image set.
    """

    def alike(value: Any, other: Any, most: int) -> bool:
        if isinstance(other, list):
            most = max([most, *(each for each in other if type(each) is int)])
            return (
                isinstance(value, list)
                and len(value) == len(other)
                and all(alike(*pair, most) for pair in zip(value, other, strict=True))
            )
        if type(value) is int and type(other) in (int, float):
            return 0 <= value <= 2 * max(most, other) or value == other
        return type(value) is type(other) or {type(value), type(other)} == {int, float}

    if table.keys() != model.keys() or not model:
        return False
    first = next(iter(model))  # it names the rows
    rows, known = table[first], model[first]
    if _counted(rows) and _counted(known):  # there may be more epochs, or fewer
        model = {
            name: each[:1] * len(rows)
            if isinstance(each, list) and len(each) == len(known)
            else each
            for name, each in model.items()
        }
    elif isinstance(known, list) and rows != known:
        return False
    return all(alike(table[name], model[name], 200) for name in model)


def _counted(rows: Any) -> bool:
    return isinstance(rows, list) and bool(rows) and rows == list(range(1, len(rows) + 1))


def look(table: RunTable, key: str) -> Any:
    """A value of a table: ``best_epoch``, or ``loss@30`` for a row of a column.

    Raises:
        KeyError: there is none.
    """
    column, _, row = key.partition("@")
    value = table[column]
    if not row:
        return value
    first = next(iter(table.values()))
    for name, each in zip(first, value, strict=False):
        if str(name) == row:
            return each
    raise KeyError(key)


# numbers in texts


def without_names(page: str) -> str:
    """A page with its numbers, and without what names them."""
    return _SHOWN.sub(r"\2", page)


def written(values: Sequence[Any], way: str = "range", form: str = "") -> str:
    """Numbers of several runs, as a sentence has them."""
    if all(isinstance(value, str) for value in values):
        return ", ".join(dict.fromkeys(values))
    if way == "mean":
        return number(sum(values) / len(values), form)
    if way == "each":
        return ", ".join(number(value, form) for value in values)
    low, high = number(min(values), form), number(max(values), form)
    return low if low == high else f"{low} to {high}"


def number(value: float | None, form: str = "") -> str:
    """One number: as many decimals as are worth reading."""
    if value is None:
        return "nan"
    if form:
        return format(value, form)
    if isinstance(value, int):
        return f"{value:,}"
    size = abs(value)
    return f"{value:,.{3 if size < 10 else 1 if size < 100 else 0}f}"


@dataclass(frozen=True)
class Measured:
    """The records of a course's labs.

    Attributes:
        folder: holds them, ``ex6_epochs.json``.
    """

    folder: Path

    def resolved(self, text: str, where: str = "") -> str:
        """A text with its numbers.

        Raises:
            CourseError: it names a number that was not measured.
        """
        if "{lab:" not in text:
            return text

        def found(match: re.Match[str]) -> str:
            try:
                return self._number(" ".join(match[1].split()))
            except (KeyError, TypeError, ValueError) as error:
                template = (
                    _("{where}: {name} names a number that no lab has recorded.")
                    if where
                    else _("{name} names a number that no lab has recorded.")
                )
                raise CourseError(template.format(where=where, name=match[0])) from error

        return KEY.sub(found, text)

    def filled(self, page: str, where: str = "") -> str:
        """A page in which the numbers beside their names are as they are recorded.

        Raises:
            CourseError: it names a number that was not measured.
        """

        def found(match: re.Match[str]) -> str:
            value = self.resolved(f"{{lab:{match[1]}}}", where)
            return f"<!-- lab:{match[1]} -->{value}<!-- -->"

        return _SHOWN.sub(found, page)

    def _number(self, name: str) -> str:
        parts = _PARTS.fullmatch(name)
        if parts is None:
            raise ValueError(name)
        lab, experiment, key, way, form = parts.groups()
        runs = self._record(lab).runs[experiment]
        return written([look(table, key) for table in runs.values()], way or "range", form or "")

    def _record(self, lab: str) -> Recorded:
        for path in self.folder.glob(f"{lab}_*.json"):
            return _read(path, path.stat().st_mtime_ns)
        raise KeyError(lab)


@cache
def _read(path: Path, changed: int) -> Recorded:
    return read(path)
