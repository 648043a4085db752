"""The answers to a quiz as a file to hand in: what a learner chose the first time, by option id.

It is for statistics: whoever hands it in can write into it what they like, so it brings no points.
The first attempt, since the reasons were shown after it.
"""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from grader.course import Exercise
from grader.errors import GraderError
from grader.i18n import _
from grader.quiz.store import Answer

ENDING = ".quiz.json"  # of the file's name, after the exercise's stem
FORMAT = "grade quiz answers 1"
MAX_SIZE = 256 << 10  # bytes that are read
_QUESTIONS, _PARTS, _LONGEST = 500, 50, 2_000  # of each; characters


class HandInError(GraderError):
    """A file has no answers to a quiz in it; the text says what is wrong."""


@dataclass(frozen=True)
class HandIn:
    """The answers of one learner to one quiz.

    Attributes:
        exercise: the exercise's stem.
        edition: of the quiz, see ``edition``.
        answers: ids of options, or one text, by the question's id; ``accept`` of the question
            takes them.
    """

    exercise: str
    edition: str
    answers: dict[str, tuple[str, ...]]


def edition(exercise: Exercise) -> str:
    """Changes with the quiz of an exercise.

    Raises:
        OSError: it has none.
    """
    return hashlib.sha256(exercise.quiz.read_bytes()).hexdigest()[:16]


def made(exercise: Exercise, answers: Iterable[Answer]) -> HandIn:
    """What a learner has answered in the first attempt at a quiz; the first answer counts.

    Args:
        exercise: whose quiz it is.
        answers: of any quizzes and attempts, the oldest first.
    """
    found: dict[str, tuple[str, ...]] = {}
    for answer in answers:
        if answer.exercise == exercise.stem and answer.attempt == 1:
            with suppress(ValueError, TypeError, RecursionError):  # not as it was kept
                found.setdefault(answer.question, tuple(map(str, json.loads(answer.given))))
    return HandIn(exercise.stem, edition(exercise), found)


def written(handed_in: HandIn) -> bytes:
    """The file."""
    data = {
        "format": FORMAT,
        "exercise": handed_in.exercise,
        "edition": handed_in.edition,
        "answers": {name: list(given) for name, given in handed_in.answers.items()},
    }
    return (json.dumps(data, indent=2) + "\n").encode()


def parsed(data: bytes) -> HandIn:
    """What is in a file that anybody may have written.

    Raises:
        HandInError: it is no such file.
    """
    if len(data) > MAX_SIZE:
        raise HandInError(
            _("It is larger than {max_size} KiB, and answers are not.").format(
                max_size=MAX_SIZE >> 10
            )
        )
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise HandInError(
            _("It has no answers to a quiz in it. Make it with `grade quiz --hand-in`.")
        )
    exercise, made_for, answers = (found.get(key) for key in ("exercise", "edition", "answers"))
    if not (_short(exercise) and _short(made_for) and isinstance(answers, dict)):
        raise HandInError(_("The exercise, the edition or the answers are missing in it."))
    if len(answers) > _QUESTIONS:
        raise HandInError(
            _("It answers {count:,} questions, and no quiz has so many.").format(count=len(answers))
        )
    for name, given in answers.items():
        if not (_short(name) and isinstance(given, list) and len(given) <= _PARTS):
            raise HandInError(_("An answer in it is not a list of option ids, or of one text."))
        if not all(map(_short, given)):
            raise HandInError(_("An answer in it is not a list of option ids, or of one text."))
    return HandIn(str(exercise), str(made_for), {k: tuple(v) for k, v in answers.items()})


def _short(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST
