"""One question asked and answered: the order of its options, and what an answer is worth."""

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from grader.course import Exercise
from grader.quiz import typed
from grader.quiz.reader import Kind, Option, Question, same_answer, same_number
from grader.quiz.store import Answer

Given = tuple[int, ...] | float | str
"""An answer: positions of chosen options, a number, or a text."""


@dataclass(frozen=True)
class Asked:
    """A question as it is put to one learner.

    Attributes:
        options: in the order in which they are shown.
    """

    exercise: Exercise
    question: Question
    options: tuple[Option, ...] = ()

    @property
    def right(self) -> tuple[int, ...]:
        """Positions of the right options."""
        return tuple(n for n, option in enumerate(self.options) if option.correct)


@dataclass(frozen=True)
class Outcome:
    """An answer, and what it is worth: a share from 0 to 1."""

    asked: Asked
    given: Given
    share: float

    @property
    def right(self) -> bool:
        """Whether it is wholly right."""
        return self.share == 1

    @property
    def texts(self) -> list[str]:
        """What was answered, in words."""
        if isinstance(self.given, tuple):
            return [self.asked.options[n].text for n in self.given]
        return [number(self.given) if isinstance(self.given, float) else self.given]


def asked(
    exercise: Exercise, question: Question, learner: str, options: Sequence[Option] | None = None
) -> Asked:
    """Put a question: its options in an order that is this learner's own, and stays the same.

    Args:
        learner: anything that tells one learner from another.
        options: instead of the question's own.
    """
    found = tuple(question.options if options is None else options)
    if question.shuffle:
        key = f"{learner}\0{exercise.stem}\0{question.id}\0"

        def place(option: Option) -> bytes:
            return hashlib.blake2b((key + option.text).encode(), digest_size=8).digest()

        found = tuple(sorted(found, key=place))
    return Asked(exercise, question, found)


def judge(asked: Asked, given: Given) -> Outcome:
    """What an answer is worth.

    Of several right options each right tick counts, and each wrong one counts against it.
    """
    question = asked.question
    if isinstance(given, tuple):
        hits = len(set(given) & set(asked.right))
        misses = len(set(given) - set(asked.right))
        share = max((hits - misses) / len(asked.right), 0.0)
    elif isinstance(given, str):
        share = float(same_answer(given, str(question.answer)))
    else:
        share = float(same_number(given, float(question.answer), question.tolerance))
    return Outcome(asked, given, share)


def understood(asked: Asked, text: str) -> Given | None:
    """A typed line as an answer, ``None`` if it can't be one.

    Options are named by their numbers, counted from 1; several with spaces or commas between.
    """
    text = typed.plain(text).strip()
    if not asked.question.has_options:
        return typed.number(text) if asked.question.kind is Kind.NUMBER else text or None
    words = [re.fullmatch(r"\(?(\d{1,3})[.)]?", word) for word in _words(text)]
    return _positions(asked, [int(word[1]) if word else 0 for word in words])


def from_file(asked: Asked, value: Any) -> Given | None:
    """The same for a value of an answers file, where options may also be named by their text."""
    if not asked.question.has_options:
        return understood(asked, str(value)) if not isinstance(value, list | dict) else None
    values = value if isinstance(value, list) else [value]
    numbers = []
    for each in values:
        if isinstance(each, str):
            named = [n for n, o in enumerate(asked.options, 1) if same_answer(o.text, each)]
            meant = None if named else understood(asked, each)  # the number, in quotes
            numbers += named[:1] or ([n + 1 for n in meant] if isinstance(meant, tuple) else [0])
        else:
            numbers.append(each)
    return _positions(asked, numbers) if all(type(n) is int for n in numbers) else None


def _words(text: str) -> list[str]:
    return re.split(r"[\s,;]+", text.strip(",; "))


def pending(
    questions: Iterable[Question], answers: Collection[Answer]
) -> tuple[int, list[Question]]:
    """Where to go on: the number of the run through the quiz, and what it has still to ask.

    Args:
        questions: of one quiz.
        answers: to this quiz.
    """
    questions = list(questions)
    current = max((answer.round for answer in answers), default=0)
    done = {answer.question for answer in answers if answer.round == current}
    left = [question for question in questions if question.id not in done]
    return (current, left) if current and left else (current + 1, questions)


def number(value: float) -> str:
    """A number as one would write it."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _positions(asked: Asked, numbers: Sequence[int]) -> tuple[int, ...] | None:
    positions = tuple(sorted({n - 1 for n in numbers}))
    several = asked.question.kind is Kind.CHOICES
    fits = all(0 <= n < len(asked.options) for n in positions)
    return positions if positions and fits and (several or len(positions) == 1) else None
