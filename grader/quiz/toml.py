"""Tables of a TOML file, with the lines in which values stand, and notes of what is wrong."""

import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, Self

from grader.errors import CourseError, GraderError
from grader.i18n import _
from grader.measured import Measured

_TYPES = {
    str: _("a string in quotes"),
    bool: _("true or false"),
    int: _("a whole number"),
    float: _("a number"),
    list: _("a list"),
}


class QuizError(GraderError):
    """Something in a quiz file is wrong.

    Attributes:
        path: the file.
        line: counted from 1; ``None`` for the file as a whole.
        what: what is wrong, a sentence without its full stop.
        fix: what to do about it, likewise.
    """

    def __init__(self, path: Path, line: int | None, what: str, fix: str) -> None:
        self.path, self.line, self.what, self.fix = path, line, what, fix
        place = _("{path}, line {line}").format(path=path, line=line) if line else str(path)
        super().__init__(f"{place}: {what}; {fix}.")


class Unreadable(Exception):
    """What stands in a table makes no question; the error has been noted."""


@dataclass
class Notes:
    """What is wrong in a file.

    Attributes:
        lines: where everything stands.
        measured: has the numbers that its texts name; without it texts stay as they are.
    """

    path: Path
    lines: Mapping["_Place", int] = field(default_factory=dict)
    measured: Measured | None = None
    errors: list[QuizError] = field(default_factory=list)


def opened(path: Path, measured: Measured | None = None) -> "TomlTable":
    """A file as a table, with the numbers that its texts name.

    Raises:
        QuizError: it can't be read, or is not TOML.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        return TomlTable(Notes(path, dict(_lines(text)), measured), (), tomllib.loads(text))
    except OSError as error:
        raise QuizError(
            path,
            None,
            _("it can't be read ({reason})").format(reason=error.strerror),
            _("check it"),
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise QuizError(
            path, line, _("this is not UTF-8 text"), _("save the file as UTF-8")
        ) from error
    except (ValueError, RecursionError) as error:  # also a number of more digits than Python reads
        what, where = _toml_error(error, text)
        raise QuizError(
            path, where, _("this is not TOML ({what})").format(what=what), _("fix its syntax")
        ) from error


@dataclass(frozen=True)
class TomlTable:
    """One table of a file, and its place in it, such as ``("question", 0, "option", 2)``."""

    notes: Notes
    place: "_Place"
    values: Mapping[str, Any]

    def known(self, names: tuple[str, ...], what: str) -> None:
        """Note each field that has none of these names."""
        for name in self.values:
            if name not in names:
                fix = _("it has {names}").format(names=", ".join(names))
                self.note(_("{what} has no field {name!r}").format(what=what, name=name), fix, name)

    def tables(self, name: str) -> Iterator[Self]:
        """The tables of a list."""
        found = self.values.get(name, [])
        if not isinstance(found, list):
            fix = _("begin each with a line [[question.{name}]]").format(name=name)
            self.fail(_("{name} is one table, not a list of them").format(name=name), fix, name, 0)
        for number, each in enumerate(found):
            yield self.table(name, number, each)

    def table(self, name: str, number: int, value: Any) -> Self:
        """A value of a list as a table."""
        if not isinstance(value, dict):
            fix = _("begin it with a line {line}").format(
                line=f"[[{'question.' * (name != 'question')}{name}]]"
            )
            self.fail(_("this {name} is no table").format(name=name), fix, name, number)
        return type(self)(self.notes, (*self.place, name, number), value)

    def text(self, name: str, default: str | None = None) -> str:
        """A text that is not empty."""
        text = self.value(name, str, default)
        if name in self.values and not text.strip():
            self.fail(_("{name} is empty").format(name=name), _("write a string"), name)
        if self.notes.measured is not None:
            try:
                text = self.notes.measured.resolved(text)
            except CourseError as error:
                self.fail(str(error).rstrip("."), _("name one of labs/*.json"), name)
        return text.strip("\n")

    def value(self, name: str, type_: type, default: Any = None) -> Any:
        """A value of a type; a number may be whole."""
        if name not in self.values and default is None:
            owner = self.place[-2] if self.place else "quiz"
            self.fail(
                _("this {owner} has no {name}").format(owner=owner, name=name),
                _("add {name} = …").format(name=name),
                name,
            )
        value: Any = self.values.get(name, default)
        if type_ is float and type(value) is int:
            value = float(value) if abs(value) < 2**53 else math.inf
        if type(value) is not type_ or (isinstance(value, float) and not math.isfinite(value)):
            self.fail(
                _("{name} is not {types}").format(name=name, types=_TYPES[type_]),
                _("write {types}").format(types=_TYPES[type_]),
                name,
            )
        return value

    def line(self, *names: str | int) -> int:
        """The line of what stands in it, or its own."""
        place, lines = (*self.place, *names), self.notes.lines
        if (*place, 0) in lines:  # a list of tables: its first one
            place = (*place, 0)
        while place and place not in lines:
            place = place[:-1]
        return lines.get(place, 1)

    def note(self, what: str, fix: str, *names: str | int) -> None:
        """Note what is wrong with what stands in it, or with itself."""
        self.notes.errors.append(QuizError(self.notes.path, self.line(*names), what, fix))

    def fail(self, what: str, fix: str, *names: str | int) -> NoReturn:
        """The same, and no question is made of it."""
        self.note(what, fix, *names)
        raise Unreadable


_Place = tuple[str | int, ...]  # ("question", 0, "option", 2, "why")

_LITERALS = re.compile(
    r'"""(?:\\.|[^\\])*?""""{0,2}|' + r"'''.*?''''{0,2}" + r'|"(?:\\.|[^"\\\n])*"|'
    r"'[^'\n]*'|#[^\n]*",
    re.DOTALL,
)
_LINE = re.compile(r"\s*(?:\[\[?\s*([\w.\s-]+?)\s*\]\]?|([\w-]+)\s*=)")


def _lines(text: str) -> Iterator[tuple[_Place, int]]:
    """Where everything stands: tomllib does not tell, and TOML's lines are plain enough."""

    def flat(literal: re.Match[str]) -> str:
        found = literal.group()
        return '""' + "\n" * found.count("\n") if found[:3] in ('"""', "'''") else found

    counts: dict[_Place, int] = {}
    table: _Place = ()
    for number, line in enumerate(_LITERALS.sub(flat, text).split("\n"), 1):
        match = _LINE.match(line)
        if match and match[1]:
            table = ()
            *parents, last = (part.strip() for part in match[1].split("."))
            for parent in parents:
                table += (parent, counts.get((*table, parent), 1) - 1)
            counts[(*table, last)] = counts.get((*table, last), 0) + 1
            table += (last, counts[(*table, last)] - 1)
            yield table, number
        elif match:
            yield (*table, match[2]), number


def _toml_error(error: Exception, text: str) -> tuple[str, int | None]:
    """What tomllib says, and the line of it."""
    if isinstance(error, RecursionError):
        return _("its values are nested too deeply"), None
    if not isinstance(error, tomllib.TOMLDecodeError):
        long = re.search(r"\d{4000}", text)
        return _("a number is too long"), long and text.count("\n", 0, long.start()) + 1
    what, __, place = str(error).partition(" (at ")
    found = re.search(r"line (\d+)", place)
    line = int(found[1]) if found else text.rstrip("\n").count("\n") + 1
    return what[:1].lower() + what[1:], line
