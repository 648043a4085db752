"""Reads quizzes, ``quizzes/<stem>.toml``; ``docs/quizzes.md`` is the format's description."""

import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, assert_never

from grader.errors import GraderError
from grader.quiz import typed
from grader.quiz.questions import (
    Choice,
    Choices,
    Kind,
    Number,
    Option,
    Own,
    Question,
    Trace,
    Wrong,
)

IMAGES = 1000  # in the bundled test set

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_OPTION = re.compile(r"(?=.*[a-z])" + _ID.pattern)  # a number is where an option stands


class QuizError(GraderError):
    """Something in a quiz file is wrong.

    Attributes:
        path: the file.
        line: counted from 1; ``None`` for the file as a whole.
        what: what is wrong, a sentence without its full stop.
        mend: what to do about it, likewise.
    """

    def __init__(self, path: Path, line: int | None, what: str, mend: str) -> None:
        self.path, self.line, self.what, self.mend = path, line, what, mend
        place = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{place}: {what}; {mend}.")


@dataclass(frozen=True)
class Quiz:
    """The questions of one exercise."""

    path: Path
    questions: tuple[Question, ...]

    def question(self, id: str) -> Question | None:
        """The question of that id."""
        return next((question for question in self.questions if question.id == id), None)


def load(path: Path) -> Quiz:
    """Read a quiz.

    Raises:
        QuizError: it can't be read, or is no quiz; the first thing that is wrong.
    """
    questions, errors = read(path)
    if errors:
        raise errors[0]
    return Quiz(path, questions)


def read(path: Path) -> tuple[tuple[Question, ...], list[QuizError]]:
    """The questions of a file, and all that is wrong in it; wrong questions are left out."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        document = tomllib.loads(text)
    except OSError as error:
        return (), [QuizError(path, None, f"it can't be read ({error.strerror})", "check it")]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return (), [QuizError(path, line, "this is not UTF-8 text", "save the file as UTF-8")]
    except tomllib.TOMLDecodeError as error:
        what, line = _toml_error(str(error), text)
        return (), [QuizError(path, line, f"this is not TOML ({what})", "mend its syntax")]
    reader = _Reader(path, dict(_lines(text)))
    questions = tuple(reader.questions(document))
    return questions, reader.errors


# lines

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


def _toml_error(message: str, text: str) -> tuple[str, int]:
    """What tomllib says, and the line of it."""
    what, _, place = message.partition(" (at ")
    found = re.search(r"line (\d+)", place)
    line = int(found[1]) if found else text.rstrip("\n").count("\n") + 1
    return what[:1].lower() + what[1:], line


# fields

_SHARED = ("id", "kind", "concept", "prompt", "code", "image", "note")
_CHOSEN = ("shuffle", "option")
_TYPED = ("answer", "why", "wrong")
_TYPES = {str: "a text in quotes", bool: "true or false", int: "a whole number", float: "a number"}


class _Unreadable(Exception):
    """A question can't be made; the error has been noted."""


class _Reader:
    """Makes questions of what TOML holds, and notes what is wrong."""

    def __init__(self, path: Path, lines: Mapping[_Place, int]) -> None:
        self.path, self._lines = path, lines
        self.errors: list[QuizError] = []

    def questions(self, document: Mapping[str, Any]) -> Iterator[Question]:
        self._known((), document, ("question",), "A quiz")
        tables = document.get("question")
        if not isinstance(tables, list) or not tables:
            mend = "begin each question with a line [[question]]"
            self._note(("question",), "there is no question", mend)
            return
        seen: dict[str, int] = {}
        for number, table in enumerate(tables):
            place = ("question", number)
            try:
                question = self._question(place, self._table(place, table))
            except _Unreadable:
                continue
            if question.id in seen:
                what = f"the id {question.id!r} is that of line {seen[question.id]} already"
                self._note((*place, "id"), what, "give each question an id of its own")
                continue
            seen[question.id] = self._line((*place, "id"))
            yield question

    def _question(self, place: _Place, table: Mapping[str, Any]) -> Question:
        noted = len(self.errors)
        name = self._text(place, table, "id")
        if not _ID.fullmatch(name):
            what = f"{name!r} is no id"
            self._fail((*place, "id"), what, "use lower-case words joined by hyphens")
        word = self._text(place, table, "kind")
        if word not in list(Kind):
            kinds = ", ".join(Kind)
            self._fail((*place, "kind"), f"there is no kind {word!r}", f"it is one of {kinds}")
        question = self._of_kind(Kind(word), place, table, name)
        if len(self.errors) > noted:
            raise _Unreadable
        return question

    def _of_kind(self, kind: Kind, place: _Place, table: Mapping[str, Any], name: str) -> Question:
        shared = partial(self._shared, kind, place, table, name)
        chosen = partial(self._chosen, kind, place, table, name)
        key = partial(self._key, place, table)
        match kind:
            case Kind.CHOICE:
                return Choice(**shared(_CHOSEN), **chosen("text"))
            case Kind.CHOICES:
                return Choices(**shared(_CHOSEN), **chosen("text"))
            case Kind.OWN:
                return Own(**shared(_CHOSEN), **chosen("value"))
            case Kind.NUMBER:
                fields = shared((*_TYPED, "tolerance"))
                tolerance = self._value(place, table, "tolerance", float, 0.0)
                if tolerance < 0:
                    self._fail(
                        (*place, "tolerance"), "a tolerance is not negative", "use 0 or more"
                    )
                number = Number(**fields, tolerance=tolerance, **key(float))
                self._wrong_is_wrong(place, number)
                return number
            case Kind.TRACE:
                fields = shared(_TYPED, code=None)
                trace = Trace(**fields, **key(str), answer_line=self._line((*place, "answer")))
                self._wrong_is_wrong(place, trace)
                return trace
            case _:
                assert_never(kind)

    def _shared(
        self,
        kind: Kind,
        place: _Place,
        table: Mapping[str, Any],
        name: str,
        more: tuple[str, ...],
        code: str | None = "",
    ) -> dict[str, Any]:
        """The fields of all kinds; ``code`` is what they have without code, ``None`` an error."""
        self._known(place, table, (*_SHARED, *more), f"A question of kind {kind}")
        concepts = table.get("concept", [])
        if not isinstance(concepts, list) or not concepts or not all(map(_filled, concepts)):
            mend = 'write a list of at least one tag, such as concept = ["shapes"]'
            self._fail((*place, "concept"), f"question {name!r} has no concept", mend)
        code = self._text(place, table, "code", default=code)
        image = self._value(place, table, "image", int, -1)
        if not -1 <= image < IMAGES or ("image" in table and image < 0):
            self._fail((*place, "image"), f"there is no image {image}", f"use 0 to {IMAGES - 1}")
        return {
            "id": name,
            "concepts": tuple(concepts),
            "prompt": self._text(place, table, "prompt"),
            "code": code.strip("\n"),
            "image": image if "image" in table else None,
            "note": self._text(place, table, "note", default=""),
            "line": self._line(place),
        }

    def _chosen(
        self, kind: Kind, place: _Place, table: Mapping[str, Any], name: str, field: str
    ) -> dict[str, Any]:
        """The options of a question, whose text is in a field."""
        shuffle = self._value(place, table, "shuffle", bool, True)
        options: list[Option] = []
        for where, each in self._tables(place, table, "option"):
            self._known(where, each, ("id", field, "correct", "why"), f"An option of kind {kind}")
            option = self._option(where, each, field)
            for other in options:
                if typed.same_text(option.text, other.text):
                    mend = "let every option say something else"
                    self._fail((*where, field), f"this option of {name!r} is there twice", mend)
                if option.id == other.id:
                    what = f"the id {option.id!r} is that of line {other.line} already"
                    self._fail((*where, "id"), what, "give each option an id of its own")
            options.append(option)
        if len(options) < 2:
            what = f"question {name!r} has {len(options) or 'no'} option{'s' * (not options)}"
            self._fail(place, what, "write at least two [[question.option]]")
        right = [option.line for option in options if option.correct]
        if not right:
            mend = "mark the right option with correct = true"
            self._fail(place, f"question {name!r} has no right option", mend)
        if len(right) > 1 and kind is not Kind.CHOICES:
            lines = " and ".join(map(str, right))
            what = f"question {name!r} has {len(right)} right options (lines {lines})"
            mend = f'leave correct = true at one of them, or use kind = "{Kind.CHOICES}"'
            self._fail(place, what, mend if kind is Kind.CHOICE else mend.partition(",")[0])
        return {"options": tuple(options), "shuffle": shuffle}

    def _option(self, place: _Place, table: Mapping[str, Any], field: str) -> Option:
        name = self._text(place, table, "id")
        if not _OPTION.fullmatch(name):
            mend = "use lower-case words joined by hyphens, and not only digits"
            self._fail((*place, "id"), f"{name!r} is no id of an option", mend)
        return Option(
            name,
            self._text(place, table, field).strip(),
            self._value(place, table, "correct", bool, False),
            self._text(place, table, "why"),
            self._line(place),
        )

    def _key(self, place: _Place, table: Mapping[str, Any], type_: type) -> dict[str, Any]:
        """The answer of a question without options, and the typical wrong ones."""
        answer, wrong = self._value(place, table, "answer", type_), []
        for where, each in self._tables(place, table, "wrong"):
            self._known(where, each, ("value", "why"), "A wrong answer")
            value = self._value(where, each, "value", type_)
            wrong.append(Wrong(value, self._text(where, each, "why")))
        return {"answer": answer, "why": self._text(place, table, "why"), "wrong": tuple(wrong)}

    def _wrong_is_wrong(self, place: _Place, question: Number | Trace) -> None:
        for number, wrong in enumerate(question.wrong):
            if question.judge(wrong.value) == 1:
                what = "this wrong answer would be taken for the right one"
                self._fail((*place, "wrong", number, "value"), what, "change it or remove it")

    # values

    def _tables(
        self, place: _Place, table: Mapping[str, Any], name: str
    ) -> Iterator[tuple[_Place, Mapping[str, Any]]]:
        found = table.get(name, [])
        if not isinstance(found, list):
            mend = f"begin each with a line [[question.{name}]]"
            self._fail((*place, name, 0), f"{name} is one table, not a list of them", mend)
        for number, each in enumerate(found):
            where = (*place, name, number)
            yield where, self._table(where, each)

    def _table(self, place: _Place, value: Any) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            name = place[-2]
            mend = f"begin it with a line [[{'question.' * (name != 'question')}{name}]]"
            self._fail(place, f"this {name} is no table", mend)
        return value

    def _known(
        self, place: _Place, table: Mapping[str, Any], names: tuple[str, ...], what: str
    ) -> None:
        for name in table:
            if name not in names:
                mend = f"it has {', '.join(names)}"
                self._note((*place, name), f"{what} has no field {name!r}", mend)

    def _text(
        self, place: _Place, table: Mapping[str, Any], name: str, default: str | None = None
    ) -> str:
        text = self._value(place, table, name, str, default)
        if name in table and not text.strip():
            self._fail((*place, name), f"{name} is empty", "write a text")
        return text.strip("\n")

    def _value(
        self, place: _Place, table: Mapping[str, Any], name: str, type_: type, default: Any = None
    ) -> Any:
        if name not in table and default is None:
            owner = place[-2] if place else "quiz"
            self._fail(place, f"this {owner} has no {name}", f"add {name} = …")
        value: Any = table.get(name, default)
        if type_ is float and type(value) is int:
            value = float(value) if abs(value) < 2**53 else math.inf
        if type(value) is not type_ or (isinstance(value, float) and not math.isfinite(value)):
            mend = f"write {_TYPES[type_]}"
            self._fail((*place, name), f"{name} is not {_TYPES[type_]}", mend)
        return value

    # errors

    def _line(self, place: _Place) -> int:
        """The line of a place, or of what it stands in."""
        if (*place, 0) in self._lines:  # a list of tables: its first one
            place = (*place, 0)
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 1)

    def _note(self, place: _Place, what: str, mend: str) -> None:
        self.errors.append(QuizError(self.path, self._line(place), what, mend))

    def _fail(self, place: _Place, what: str, mend: str) -> Any:
        self._note(place, what, mend)
        raise _Unreadable


def _filled(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
