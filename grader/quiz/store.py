"""What was answered in quizzes, and what comes back when: rows of the workspace's store."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from grader.store import Store, moment, number, share, text, written


@dataclass(frozen=True)
class Answer:
    """An answer to a quiz question.

    Attributes:
        exercise: the stem.
        question: its id within the quiz.
        attempt: the run through the whole quiz that it belongs to, from 1; 0 if asked again.
        given: what was answered, as a JSON list that ``accept`` of its question takes: ids of
            options, or a text. Before options had ids it held their texts.
        share: what it was worth, from 0 to 1.
        at: when, UTC.
    """

    exercise: str
    question: str
    attempt: int
    given: str
    share: float
    at: datetime


@dataclass(frozen=True)
class Card:
    """When a question comes back.

    Attributes:
        due: UTC.
        state: what the scheduler keeps of it.
    """

    due: datetime
    state: str


@dataclass(frozen=True)
class QuizStore:
    """What a workspace has kept about its quizzes."""

    store: Store

    def keep(self, answer: Answer, reschedule: Callable[[Card | None], Card | None]) -> None:
        """Keep an answer, and with it when its question comes back.

        Args:
            answer: the answer.
            reschedule: given the question's card, if it has one, returns its new one; ``None``
                changes nothing.

        Raises:
            WorkspaceError: it can't be kept; what was kept before is untouched.
        """
        key = (answer.exercise, answer.question)
        with self.store.writing() as connection:
            connection.execute(
                "INSERT INTO answer VALUES (NULL, ?, ?, ?, ?, ?, ?)",
                (written(answer.at), *key, answer.attempt, answer.given, answer.share),
            )
            row = connection.execute(
                "SELECT due, state FROM card WHERE exercise = ? AND question = ?", key
            ).fetchone()
            card = reschedule(row and Card(moment(row[0]), text(row[1])))
            if card is not None:
                connection.execute(
                    "INSERT OR REPLACE INTO card VALUES (?, ?, ?, ?)",
                    (*key, written(card.due), card.state),
                )

    def answers(self) -> list[Answer]:
        """All answers, from the oldest to the newest.

        Raises:
            WorkspaceError: progress can't be read.
        """
        with self.store.reading(since=2) as connection:
            if connection is None:
                return []
            rows = connection.execute(
                "SELECT exercise, question, round, given, share, at FROM answer ORDER BY id"
            )
            return [
                Answer(
                    text(stem),
                    text(question),
                    number(attempt),
                    text(given),
                    share(worth),
                    moment(at),
                )
                for stem, question, attempt, given, worth, at in rows
            ]

    def cards(self) -> dict[tuple[str, str], Card]:
        """What comes back, by stem and question.

        Raises:
            WorkspaceError: progress can't be read.
        """
        with self.store.reading(since=2) as connection:
            if connection is None:
                return {}
            rows = connection.execute("SELECT exercise, question, due, state FROM card")
            return {
                (text(stem), text(question)): Card(moment(due), text(state))
                for stem, question, due, state in rows
            }
