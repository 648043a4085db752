"""A course's quizzes, and what a learner has done with them: what is asked next, and again."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from grader.course import Course, Exercise
from grader.progress import LastGrading
from grader.quiz.answers import Judged, pending
from grader.quiz.questions import Question
from grader.quiz.reader import Quiz, QuizError, load
from grader.quiz.review import Due, rescheduled, scheduled
from grader.quiz.stats import ExerciseStanding, standings
from grader.quiz.store import Answer, Card, QuizStore
from grader.workspace import Workspace, WorkspaceError


@dataclass(frozen=True)
class _Kept:
    """What the workspace has kept; nothing without one."""

    answers: list[Answer] = field(default_factory=list)
    gradings: dict[str, LastGrading] = field(default_factory=dict)
    cards: dict[tuple[str, str], Card] = field(default_factory=dict)


@dataclass
class QuizProgress:
    """The quizzes of a course, and what the workspace has kept of them, if there is one.

    Attributes:
        loss: why progress can't be read, if that failed.
    """

    course: Course
    workspace: Workspace | None
    loss: str = ""
    _found: dict[str, Quiz | QuizError] = field(default_factory=dict, repr=False)
    _known: "_Kept | None" = field(default=None, repr=False)

    @property
    def learner(self) -> str:
        """What tells this learner from others, for the order of options."""
        return str(self.workspace.root) if self.workspace else ""

    # quizzes

    @property
    def ids(self) -> list[str]:
        """Exercises that have a quiz."""
        return [each.id for each in self.course.exercises if each.quiz.is_file()]

    def load(self, exercise: Exercise) -> Quiz:
        """The quiz of an exercise.

        Raises:
            QuizError: its file is broken.
        """
        for _, found in self._loaded([exercise]):
            if isinstance(found, Quiz):
                return found
            raise found
        return load(exercise.quiz)

    def _loaded(self, exercises: Iterable[Exercise]) -> Iterator[tuple[str, Quiz | QuizError]]:
        """Quizzes by stem, or why they can't be read; each is read once."""
        for exercise in exercises:
            if exercise.stem not in self._found and exercise.quiz.is_file():
                try:
                    self._found[exercise.stem] = load(exercise.quiz)
                except QuizError as error:
                    self._found[exercise.stem] = error
            if exercise.stem in self._found:
                yield exercise.stem, self._found[exercise.stem]

    @property
    def quizzes(self) -> dict[str, Quiz]:
        """All quizzes that can be read, by stem."""
        return self.readable(self.course.exercises)

    @property
    def broken(self) -> list[QuizError]:
        """Why the others can't."""
        found = self._loaded(self.course.exercises)
        return [each for _, each in found if isinstance(each, QuizError)]

    def readable(self, exercises: Iterable[Exercise]) -> dict[str, Quiz]:
        """The quizzes of some exercises, by stem, without those that are broken."""
        found = self._loaded(exercises)
        return {stem: each for stem, each in found if isinstance(each, Quiz)}

    # what was kept

    def answers(self) -> list[Answer]:
        """All answers; none if they can't be read."""
        return self._kept().answers

    def gradings(self) -> dict[str, LastGrading]:
        """The newest grading of each exercise, by stem."""
        return self._kept().gradings

    def cards(self) -> dict[tuple[str, str], Card]:
        """What comes back."""
        return self._kept().cards

    def _kept(self) -> "_Kept":
        if self._known is None:
            self._known = _Kept()
            try:
                if self.workspace:
                    with self.workspace.store.looking():
                        self._known = _Kept(
                            QuizStore(self.workspace.store).answers(),
                            self.workspace.progress.gradings(),
                            QuizStore(self.workspace.store).cards(),
                        )
            except WorkspaceError as error:
                self.loss = str(error)
        return self._known

    def passed(self, exercise: Exercise) -> bool:
        """Whether the newest grading of an exercise passed."""
        grading = self.gradings().get(exercise.stem)
        return grading is not None and grading.passed

    def askable(self, exercise: Exercise, questions: Iterable[Question]) -> list[Question]:
        """Without those about a file that has not passed."""
        passed = self.passed(exercise)
        return [each for each in questions if passed or not each.needs_pass]

    def keep(self, outcome: Judged, attempt: int, review: bool, at: datetime) -> None:
        """Keep an answer, and when its question comes back; nothing without a workspace.

        Args:
            outcome: the answer.
            attempt: the run through the whole quiz that it belongs to, from 1; 0 if asked again.
            review: whether it was asked because it was due.
            at: when, UTC.

        Raises:
            WorkspaceError: it can't be kept; what was kept before is untouched.
        """
        if self.workspace is None:
            return
        exercise, question = outcome.asked.exercise, outcome.asked.question
        given = json.dumps(question.kept(outcome.given), ensure_ascii=False)
        answer = Answer(exercise.stem, question.id, attempt, given, outcome.share, at)

        def reschedule(card: Card | None) -> Card | None:
            return rescheduled(card, outcome.right, at, review)

        QuizStore(self.workspace.store).keep(answer, reschedule)
        self._known = None  # it has changed

    # where one stands

    def scheduled(self) -> list[Due]:
        """All questions that come back, the first due first."""
        gradings, cards = self.gradings(), self.cards()
        stems = {stem for stem, _ in cards} | {s for s, each in gradings.items() if each.failed}
        if not stems:
            return []
        quizzes = self.readable(each for each in self.course.exercises if each.stem in stems)
        return scheduled(quizzes, cards, gradings, self.answers())

    def due(self, now: datetime) -> list[Due]:
        """Those that are due."""
        return [each for each in self.scheduled() if each.at <= now]

    def standings(self) -> list[ExerciseStanding]:
        """How far one is with each quiz."""
        due = {(each.stem, each.question) for each in self.due(datetime.now(UTC))}
        askable = {
            each.stem: self.askable(each, self.quizzes[each.stem].questions)
            for each in self.course.exercises
            if each.stem in self.quizzes
        }
        return standings(askable, self.answers(), due)

    def left(self, exercise: Exercise) -> int:
        """How many questions are left of an attempt at its quiz that was begun and is not over."""
        own = [answer for answer in self.answers() if answer.exercise == exercise.stem]
        quiz = self.readable([exercise]).get(exercise.stem)
        number, left = pending(self.askable(exercise, quiz.questions) if quiz else (), own)
        return len(left) if any(answer.attempt == number for answer in own) else 0

    def next_quiz(self, after: Exercise | None = None) -> Exercise | None:
        """The quiz to go on with: one that was begun, or else the first one that was not."""
        answers, fresh = self.answers(), []
        for exercise in self.course.exercises:
            if exercise == after or not exercise.quiz.is_file():
                continue
            if not any(each.attempt for each in answers if each.exercise == exercise.stem):
                fresh.append(exercise)
            elif self.left(exercise):
                return exercise
        later = [each for each in fresh if after is None or each.number > after.number]
        return next(iter(later or fresh), None)
