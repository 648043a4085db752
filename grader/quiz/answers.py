"""One question asked and answered, and where an attempt goes on."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from grader.course import Exercise
from grader.quiz.questions import Question, Response
from grader.quiz.store import Answer


@dataclass(frozen=True)
class Asked:
    """A question as it is put to one learner: its options are in the order that is shown."""

    exercise: Exercise
    question: Question


@dataclass(frozen=True)
class Judged:
    """An answer, and what it is worth: a share from 0 to 1."""

    asked: Asked
    given: Response
    share: float

    @property
    def right(self) -> bool:
        """Whether it is wholly right."""
        return self.share == 1


def asked(exercise: Exercise, question: Question, learner: str) -> Asked:
    """Put a question: its options in an order that is this learner's own, and stays the same.

    Args:
        learner: anything that tells one learner from another.
    """
    return Asked(exercise, question.ordered(f"{learner}\0{exercise.stem}\0{question.id}\0"))


def judge(asked: Asked, given: Response) -> Judged:
    """What an answer is worth."""
    return Judged(asked, given, asked.question.judge(given))


def pending(
    questions: Iterable[Question], answers: Collection[Answer]
) -> tuple[int, list[Question]]:
    """Where to go on: the number of the attempt at the quiz, and what it has still to ask.

    Args:
        questions: of one quiz.
        answers: to this quiz.
    """
    questions = list(questions)
    current = max((answer.attempt for answer in answers), default=0)
    done = {answer.question for answer in answers if answer.attempt == current}
    left = [question for question in questions if question.id not in done]
    return (current, left) if current and left else (current + 1, questions)
