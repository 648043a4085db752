"""How far one is with the quizzes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from grader.quiz.questions import Question
from grader.quiz.store import Answer


@dataclass(frozen=True)
class QuizTally:
    """Some questions: how many there are, were answered, right the last time, and are due."""

    questions: int
    answered: int
    right: int
    due: int

    @property
    def missed(self) -> int:
        """How many were not right the last time."""
        return self.answered - self.right


@dataclass(frozen=True)
class ExerciseStanding:
    """How far one is with the quiz of an exercise, as a whole and by concept."""

    stem: str
    whole: QuizTally
    concepts: Mapping[str, QuizTally]

    @property
    def reread(self) -> list[str]:
        """Concepts with a missed question, the least known first."""
        missed = {name: each for name, each in self.concepts.items() if each.missed}
        return sorted(missed, key=lambda name: missed[name].right / missed[name].answered)


def scores(answers: Iterable[Answer], totals: Mapping[str, int]) -> dict[str, tuple[float, int]]:
    """Points of the best attempt at each quiz, and of how many, by stem.

    One that is not over does not count, unless it is the only one.

    Args:
        answers: to all questions.
        totals: how many questions each quiz has: what was left out brings nothing.
    """
    shares: dict[tuple[str, int], list[float]] = {}
    for answer in answers:
        if answer.attempt:  # else it was asked again
            shares.setdefault((answer.exercise, answer.attempt), []).append(answer.share)
    newest = dict(sorted(shares))  # the number of each quiz's newest attempt: those before are over
    best: dict[str, tuple[float, int]] = {}
    for (stem, number), each in sorted(shares.items()):
        points, most = sum(each), max(totals.get(stem, 0), len(each))
        if stem in best and number == newest[stem] and len(each) < most:
            continue
        best[stem] = max(best.get(stem, (0.0, most)), (points, most))
    return best


def standings(
    quizzes: Mapping[str, Collection[Question]],
    answers: Iterable[Answer],
    due: Collection[tuple[str, str]],
) -> list[ExerciseStanding]:
    """How far one is with each quiz.

    Args:
        quizzes: the questions of each, by stem.
        answers: the oldest first; the last one to a question counts.
        due: stems and ids of questions that are due.
    """
    right = {(answer.exercise, answer.question): answer.share == 1 for answer in answers}

    def standing(stem: str, questions: Collection[Question]) -> QuizTally:
        keys = [(stem, question.id) for question in questions]
        known = [right[key] for key in keys if key in right]
        return QuizTally(len(keys), len(known), sum(known), sum(key in due for key in keys))

    return [
        ExerciseStanding(
            stem,
            standing(stem, questions),
            {
                name: standing(stem, [each for each in questions if name in each.concepts])
                for name in dict.fromkeys(tag for each in questions for tag in each.concepts)
            },
        )
        for stem, questions in quizzes.items()
    ]
