"""The kinds of questions: each reads what was typed, judges it, and knows what is right."""

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, ClassVar, Self

from grader.quiz import typed

Response = tuple[str, ...] | float | str
"""An answer: ids of chosen options in the order in which they stand, a number, or a text."""


class Kind(StrEnum):
    """How a question is answered, as a quiz file says it."""

    CHOICE = "choice"  # one option
    CHOICES = "choices"  # several
    NUMBER = "number"
    TRACE = "trace"  # the text that the code prints
    OWN = "own"  # one option, computed from the learner's own submission


@dataclass(frozen=True)
class Option:
    """One of the answers to choose from.

    Attributes:
        id: tells it from the others of its question, whatever it says.
        text: what is shown, Markdown in one line; of ``Own``, a Python expression or its value.
        why: what is said of it once it is chosen, or turns out to be right.
        line: where it stands in the file.
    """

    id: str
    text: str
    correct: bool
    why: str
    line: int = 0


@dataclass(frozen=True)
class Wrong:
    """A typical wrong answer to a ``Number`` or ``Trace``, and what it comes from."""

    value: float | str
    why: str


@dataclass(frozen=True, kw_only=True)
class _Question(ABC):
    """What all kinds have.

    Attributes:
        concepts: tags that it shares with checks of its exercise.
        code: Python to be shown.
        image: index into the bundled test set of Fashion-MNIST.
        note: a source or measurement behind the answer.
        line: where it begins in the file.
    """

    kind: ClassVar[Kind]
    needs_pass: ClassVar[bool] = False  # asked once the learner's own file has passed

    id: str
    concepts: tuple[str, ...]
    prompt: str
    code: str = ""
    image: int | None = None
    note: str = ""
    line: int = 0

    @abstractmethod
    def parse(self, text: str) -> Response | None:
        """A typed line as an answer, ``None`` if it can't be one."""

    @abstractmethod
    def accept(self, value: Any) -> Response | None:
        """The same for a value from a file."""

    @abstractmethod
    def judge(self, given: Response) -> float:
        """What an answer is worth, from 0 to 1."""

    @property
    @abstractmethod
    def key(self) -> Response:
        """The right answer."""

    @abstractmethod
    def words(self, given: Response) -> list[str]:
        """An answer as people read it."""

    def kept(self, given: Response) -> list[str]:
        """An answer as it is kept, and given to machines; ``accept`` takes it."""
        return self.words(given)

    def ordered(self, seed: str) -> Self:
        """Itself, with its options in the order that belongs to a seed."""
        return self


@dataclass(frozen=True, kw_only=True)
class Chosen(_Question):
    """A question with options.

    Attributes:
        options: in the order in which they are shown.
        shuffle: whether they may stand in any order.
    """

    several: ClassVar[bool] = False  # more than one may be chosen
    literal: ClassVar[bool] = False  # options are shown as they are, not as Markdown

    options: tuple[Option, ...]
    shuffle: bool = True

    def parse(self, text: str) -> tuple[str, ...] | None:
        """Options are named by their numbers, counted from 1; several with spaces or commas."""
        words = re.split(r"[\s,;]+", typed.plain(text).strip().strip(",; "))
        numbers = [re.fullmatch(r"\(?(\d{1,3})[.)]?", word) for word in words]
        return self._numbered([int(each[1]) if each else 0 for each in numbers])

    def accept(self, value: Any) -> tuple[str, ...] | None:
        """Options are named by ids, by texts or by numbers; several in a list."""
        numbers = [self._number(each) for each in (value if isinstance(value, list) else [value])]
        return self._numbered(numbers)

    def judge(self, given: Response) -> float:
        """Each right option counts, and each wrong one counts against it."""
        chosen, right = set(_ids(given)), set(self.key)
        return max((len(chosen & right) - len(chosen - right)) / len(right), 0.0)

    @property
    def key(self) -> tuple[str, ...]:
        """Ids of the right options."""
        return tuple(option.id for option in self.options if option.correct)

    def words(self, given: Response) -> list[str]:
        """The texts of the options."""
        return [option.text for option in self.options if option.id in _ids(given)]

    def kept(self, given: Response) -> list[str]:
        """The ids of the options."""
        return [option.id for option in self.options if option.id in _ids(given)]

    def ordered(self, seed: str) -> Self:
        """Shuffled, unless they have an order of their own."""

        def place(option: Option) -> bytes:
            return hashlib.blake2b((seed + option.id).encode(), digest_size=8).digest()

        options = sorted(self.options, key=place) if self.shuffle else self.options
        return replace(self, options=tuple(options))

    def at(self, positions: Sequence[int]) -> tuple[str, ...]:
        """The ids of options at some positions, counted from 0."""
        return tuple(self.options[position].id for position in sorted(set(positions)))

    def _number(self, value: Any) -> int:
        """The number of the option that is meant, 0 if it is none."""
        if type(value) is int:
            return value
        if not isinstance(value, str):
            return 0
        ids = [option.id for option in self.options]
        if value in ids:
            return ids.index(value) + 1
        for number, option in enumerate(self.options, 1):
            if typed.same_answer(value, option.text):
                return number
        word = typed.plain(value).strip()
        return int(word) if re.fullmatch(r"\d{1,3}", word) else 0

    def _numbered(self, numbers: Sequence[int]) -> tuple[str, ...] | None:
        fits = numbers and all(0 < number <= len(self.options) for number in numbers)
        ids = self.at([number - 1 for number in numbers]) if fits else ()
        return ids if len(ids) == 1 or (ids and self.several) else None


class Choice(Chosen):
    """One option is right."""

    kind = Kind.CHOICE


class Choices(Chosen):
    """Any number of options is right."""

    kind, several = Kind.CHOICES, True


class Own(Chosen):
    """One option is right, and what the options are is computed from the learner's own file."""

    kind, needs_pass, literal = Kind.OWN, True, True

    def computed(self, values: Sequence[str]) -> Self:
        """With values for expressions; of options with the same value the right one is left."""
        shown: dict[str, Option] = {}
        for option, value in zip(self.options, values, strict=True):
            if value not in shown or option.correct:
                shown[value] = replace(option, text=value)
        return replace(self, options=tuple(shown.values()))


@dataclass(frozen=True, kw_only=True)
class Number(_Question):
    """A number is asked for.

    Attributes:
        tolerance: how far an answer may be away from the right one.
        why: what is said after it.
        wrong: typical wrong answers.
    """

    kind = Kind.NUMBER

    answer: float
    tolerance: float = 0.0
    why: str
    wrong: tuple[Wrong, ...] = ()

    def parse(self, text: str) -> float | None:
        """With a decimal point or comma, on any keyboard."""
        return typed.number(text)

    def accept(self, value: Any) -> float | None:
        """A number, or a text that is one; in a list if it is what was kept."""
        return self.parse(_single(value))

    def judge(self, given: Response) -> float:
        """Right or not."""
        return float(self._near(given, self.answer))

    @property
    def key(self) -> float:
        """The number."""
        return self.answer

    def words(self, given: Response) -> list[str]:
        """The number as one would write it."""
        return [typed.written(given) if isinstance(given, float) else str(given)]

    def reason(self, given: Response) -> str:
        """Where a typical wrong answer comes from; empty for others."""
        return next((each.why for each in self.wrong if self._near(given, each.value)), "")

    def _near(self, given: Response, other: float | str) -> bool:
        if not isinstance(given, float) or not isinstance(other, float):
            return False
        # 0.1 + 0.2 is meant to be 0.3
        return abs(given - other) <= self.tolerance + 1e-12 * abs(other)


@dataclass(frozen=True, kw_only=True)
class Trace(_Question):
    """The text is asked for that the code prints.

    Attributes:
        why: what is said after it.
        wrong: typical wrong answers.
        answer_line: where the answer stands in the file.
    """

    kind = Kind.TRACE

    answer: str
    why: str
    wrong: tuple[Wrong, ...] = ()
    answer_line: int = 0

    @property
    def lines(self) -> int:
        """How many lines it prints."""
        return self.answer.strip().count("\n") + 1

    def parse(self, text: str) -> str | None:
        """Anything but blanks."""
        return typed.plain(text).strip() or None

    def accept(self, value: Any) -> str | None:
        """A text; in a list if it is what was kept."""
        return self.parse(_single(value))

    def judge(self, given: Response) -> float:
        """Right or not, however many blanks there are."""
        return float(typed.same_answer(str(given), self.answer))

    @property
    def key(self) -> str:
        """The text."""
        return self.answer

    def words(self, given: Response) -> list[str]:
        """The text."""
        return [str(given)]

    def reason(self, given: Response) -> str:
        """Where a typical wrong answer comes from; empty for others."""
        same = (each.why for each in self.wrong if typed.same_answer(str(given), str(each.value)))
        return next(same, "")


Question = Choice | Choices | Own | Number | Trace


def _ids(given: Response) -> tuple[str, ...]:
    return given if isinstance(given, tuple) else ()


def _single(value: Any) -> str:
    """A value from a file as it would be typed, nothing if it is several."""
    if isinstance(value, list) and len(value) == 1:
        (value,) = value
    return "" if isinstance(value, list | dict) else str(value)
