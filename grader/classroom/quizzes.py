"""Quizzes that were handed in: item analysis, and which wrong answers were chosen."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property

from grader.classroom.classfolder import ClassFolder
from grader.classroom.manifest import Entry, Status
from grader.classroom.stats import ItemStatistics, Picks, analysis, chosen
from grader.course import Course, Exercise
from grader.errors import ClassError
from grader.quiz.handin import MAX_SIZE, HandIn, HandInError, edition, parsed
from grader.quiz.questions import Chosen, Question, Response
from grader.quiz.reader import load
from grader.quiz.toml import QuizError

_TYPED = 5  # wrong answers of a typed question that are shown
QUESTION_COLUMNS = (
    "exercise", "question", "prompt", "learners", "answered", "facility", "facility low",
    "facility high", "discrimination", "discrimination low", "discrimination high", "efficiency",
)  # fmt: skip
ANSWER_COLUMNS = ("exercise", "question", "answer", "text", "right", "count", "share", "rest")


@dataclass(frozen=True)
class AnswerGiven:
    """One answer to a question, and how many gave it.

    Attributes:
        text: what it says.
        right: whether it is worth anything; of several right options each is.
        picks: how many, and how they did elsewhere.
    """

    text: str
    right: bool
    picks: Picks


@dataclass(frozen=True)
class QuestionResults:
    """A question over all learners who handed the quiz in."""

    question: Question
    item: ItemStatistics
    answered: int
    answers: tuple[AnswerGiven, ...]


@dataclass
class QuizResults:
    """A quiz over all learners who handed it in; questions about a learner's own file are left out.

    Attributes:
        exercise: whose quiz it is.
        questions: of the course's quiz as it is now.
        handed_in: by learner; the last one counts.
    """

    exercise: Exercise
    questions: tuple[Question, ...]
    handed_in: dict[str, HandIn] = field(default_factory=dict)

    @property
    def other_editions(self) -> int:
        """How many were made with another edition of the quiz; what still fits counts."""
        now = edition(self.exercise)
        return sum(each.edition != now for each in self.handed_in.values())

    @cached_property
    def results(self) -> list[QuestionResults]:
        """Each question's statistics; one that was not answered is worth nothing, as in Moodle."""
        import numpy as np

        asked = [question for question in self.questions if not question.needs_pass]
        given = [[_accepted(q, each) for q in asked] for each in self.handed_in.values()]
        marks = np.array(
            [
                [0.0 if a is None else q.judge(a) for q, a in zip(asked, answers, strict=True)]
                for answers in given
            ]
        ).reshape(len(given), len(asked))
        items = analysis(marks, [1.0] * len(asked))
        total = marks.sum(axis=1)
        found = []
        for place, (question, item) in enumerate(zip(asked, items, strict=True)):
            own = [answers[place] for answers in given]
            others = max(len(asked) - 1, 1)
            rest = [float(r) for r in 100 * (total - marks[:, place]) / others]
            kept = [
                (frozenset(question.kept(a)), r)
                for a, r in zip(own, rest, strict=True)
                if a is not None
            ]
            answers = tuple(_answers(question, [k for k, _ in kept], [r for _, r in kept]))
            found.append(QuestionResults(question, item, len(kept), answers))
        return found


def quizzes(folder: ClassFolder, course: Course, entries: Iterable[Entry]) -> list[QuizResults]:
    """The quizzes of which a class has any answers, in the course's order.

    What can't be read, or answers another quiz, is left out: anybody may have written it.
    """
    found: dict[str, QuizResults] = {}
    for entry in sorted(entries, key=lambda entry: entry.version):
        if entry.status is not Status.QUIZ:
            continue
        with suppress(ClassError, HandInError, QuizError):
            data = folder.read(entry.file, MAX_SIZE)
            handed_in = parsed(data or b"")
            exercise = course.exercise(entry.exercise)
            if handed_in.exercise != exercise.stem:
                continue
            if exercise.stem not in found:
                found[exercise.stem] = QuizResults(exercise, load(exercise.quiz).questions)
            found[exercise.stem].handed_in[entry.learner] = handed_in
    return [found[each.stem] for each in course.exercises if each.stem in found]


def _accepted(question: Question, handed_in: HandIn) -> Response | None:
    """The answer to a question, ``None`` without one that it takes."""
    value = handed_in.answers.get(question.id)
    return None if value is None else question.accept(list(value))


def _answers(
    question: Question, kept: list[frozenset[str]], rest: list[float]
) -> Iterator[AnswerGiven]:
    """All options of a question, or the most frequent of typed answers."""
    if isinstance(question, Chosen):
        for option, picks in zip(
            question.options, chosen([o.id for o in question.options], kept, rest), strict=True
        ):
            yield AnswerGiven(option.text, option.correct, picks)
        return
    texts = [next(iter(each)) for each in kept]
    most = [text for text, _ in Counter(texts).most_common(_TYPED)]
    for picks in chosen(most, kept, rest):
        answer = question.accept(picks.option)
        right = answer is not None and question.judge(answer) == 1
        yield AnswerGiven(picks.option, right, picks)


def question_rows(quizzes: list[QuizResults]) -> Iterator[dict[str, str]]:
    """A row for each question, for ``QUESTION_COLUMNS``."""
    for quiz in quizzes:
        for each in quiz.results:
            item = each.item
            cells = [quiz.exercise.stem, each.question.id, each.question.prompt]
            cells += [str(item.learners), str(each.answered)]
            cells += [*item.facility.cells(), *item.discrimination.cells()]
            yield dict(zip(QUESTION_COLUMNS, [*cells, item.efficiency.cells()[0]], strict=True))


def answer_rows(quizzes: list[QuizResults]) -> Iterator[dict[str, str]]:
    """A row for each answer that could be chosen, for ``ANSWER_COLUMNS``."""
    for quiz in quizzes:
        for each in quiz.results:
            for answer in each.answers:
                picks = answer.picks
                rest = "" if picks.rest is None else f"{picks.rest:.1f}"
                cells = [quiz.exercise.stem, each.question.id, picks.option, answer.text]
                cells += ["yes" if answer.right else "", str(picks.count), f"{picks.share:.1f}"]
                yield dict(zip(ANSWER_COLUMNS, [*cells, rest], strict=True))
