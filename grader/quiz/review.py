"""What comes back and when: FSRS, the scheduler of spaced repetition that flash cards use.

A question that was missed gets a card, and so does one that a review asked. It is due again when
FSRS expects one answer in ten to be forgotten; right after a miss, in ten minutes. A question is
also due when the newest grading failed a check of its concept since it was answered.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from grader.progress import LastGrading
from grader.quiz.reader import Quiz
from grader.quiz.store import Answer, Card

SOON = timedelta(minutes=10)  # after a miss


@dataclass(frozen=True)
class Due:
    """A question that comes back, and when."""

    stem: str
    question: str
    at: datetime


def soonest(waiting: Sequence[Due]) -> tuple[int, datetime]:
    """How many questions come back next, within a minute, and when that is.

    Args:
        waiting: the first due first; at least one.
    """
    first = waiting[0].at
    return sum((each.at - first).total_seconds() < 60 for each in waiting), first


def rescheduled(card: Card | None, right: bool, at: datetime, review: bool) -> Card | None:
    """A question's card after an answer, ``None`` if nothing changes.

    Args:
        card: the one it had.
        right: whether the answer was wholly right.
        at: when it was answered, UTC.
        review: whether a review asked. Elsewhere a right answer counts only once it is due:
            right after the miss everyone knows it.

    Raises:
        ValueError: the card's state is none of the scheduler's.
    """
    if right and not review and (card is None or card.due > at):
        return None
    import fsrs  # 0.05 s, once something is to be scheduled

    scheduler = fsrs.Scheduler(
        learning_steps=(SOON,), relearning_steps=(SOON,), enable_fuzzing=False
    )
    rating = fsrs.Rating.Good if right else fsrs.Rating.Again
    try:
        known = fsrs.Card() if card is None else fsrs.Card.from_json(card.state)
        new, _ = scheduler.review_card(known, rating, at.astimezone(UTC))
    except Exception as error:  # of any kind: it takes whatever it reads for a card of its own
        raise ValueError("no state of a card") from error
    return Card(new.due, new.to_json())


def scheduled(
    quizzes: Mapping[str, Quiz],
    cards: Mapping[tuple[str, str], Card],
    gradings: Mapping[str, LastGrading],
    answers: Collection[Answer],
) -> list[Due]:
    """All questions that come back, the first due first.

    Args:
        quizzes: by stem; cards of questions that are in none of them are left out.
        cards, gradings, answers: what the workspace has kept.
    """
    answered = {(answer.exercise, answer.question): answer.at for answer in answers}
    return sorted(_scheduled(quizzes, cards, gradings, answered), key=lambda due: due.at)


def _scheduled(
    quizzes: Mapping[str, Quiz],
    cards: Mapping[tuple[str, str], Card],
    gradings: Mapping[str, LastGrading],
    answered: Mapping[tuple[str, str], datetime],
) -> Iterator[Due]:
    for stem, quiz in quizzes.items():
        grading = gradings.get(stem)
        for question in quiz.questions:
            key = (stem, question.id)
            if question.needs_pass and not (grading and grading.passed):
                continue  # there is nothing to compute it from
            if grading and grading.failed.intersection(question.concepts):
                if key in answered and answered[key] < grading.at:  # else it is new: no review
                    yield Due(*key, grading.at)
                    continue
            if key in cards:
                yield Due(*key, cards[key].due)
