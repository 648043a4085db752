"""One sitting: questions asked one after another, each answer judged, told and kept at once."""

import json
from collections.abc import Sequence
from contextlib import ExitStack, nullcontext
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from rich.console import Group, RenderableType

from grader.cli.exits import Stopped
from grader.cli.terminal.prompts import Above, Asker
from grader.course import Exercise
from grader.quiz import answers as session
from grader.quiz.answers import Asked, Outcome
from grader.quiz.progress import Shelf
from grader.quiz.questions import Own, Question
from grader.quiz.store import Answer, Card, QuizStore
from grader.render import quiz, texts
from grader.workspace import WorkspaceError

Item = tuple[Exercise, Question]


class Sitting:
    """Asks questions, and keeps the answers.

    Args:
        shelf: the quizzes, and the learner's workspace.
        asker: how to ask.
        command: what the learner types to go on later.

    Attributes:
        outcomes: of the questions answered so far.
        kept: whether answers are kept; not without a workspace, nor once that failed.
        skipped: ids of questions that could not be asked.
        ended: whether the input ended before the last question.
    """

    def __init__(self, shelf: Shelf, asker: Asker, command: str) -> None:
        self._shelf, self._asker, self._command = shelf, asker, command
        self._resources = ExitStack()
        self._server: Any = None
        self.outcomes: list[Outcome] = []
        self.kept = shelf.workspace is not None
        self.skipped: list[str] = []
        self.ended = False

    def __enter__(self) -> "Sitting":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._resources.close()

    def ask(
        self,
        items: Sequence[Item],
        round: int = 0,
        review: bool = False,
        before: Sequence[float] = (),
    ) -> list[Outcome]:
        """Ask some questions; returns what came of them.

        Args:
            items: the questions.
            round: see ``grader.workspace.Answer``.
            review: whether they are asked because they are due.
            before: what the answers to the questions before these were worth.

        Raises:
            Stopped: Ctrl-C; what was answered is kept.
        """
        outcomes: list[Outcome] = []
        shares, total, unread = list(before), len(before) + len(items), False
        try:
            for exercise, question in items:
                if unread:
                    self._asker.pause()
                asked, unread = self._asked(exercise, question), False
                if asked is None:
                    self.skipped.append(question.id)
                    total -= 1
                    continue
                above = self._above(asked, list(shares), total)
                outcome = session.judge(asked, self._asker.ask(asked, above))
                outcomes.append(outcome)
                shares.append(outcome.share)
                self._keep(outcome, round, review)
                self._asker.tell(outcome)
                unread = True
        except KeyboardInterrupt:
            self._asker.console.print()
            told = texts.quiz_stopped(len(shares), total, self._command, self.kept)
            again = self.kept and not round and not review
            raise Stopped(
                texts.quiz_stopped_again(self._shelf.command("review")) if again else told
            ) from None
        except EOFError:
            self.ended = True
            told = texts.quiz_ended(len(shares), total, self._command, self.kept)
            self.say(told)
        self.outcomes += outcomes
        return outcomes

    def say(self, *sentences: str) -> None:
        """Tell something beside the questions."""
        for sentence in sentences:
            self._asker.console.print(quiz.aside(sentence, self._asker.plain), "", sep="\n")

    def end(self, answers: Sequence[tuple[Item, float]], again: bool) -> None:
        """Show the score; then those that were missed may be asked again, and again.

        Args:
            answers: the questions, and what their answers were worth.
            again: whether to offer that.
        """
        asker = self._asker
        while answers:
            told = [(question, share) for (_, question), share in answers]
            asker.console.print(quiz.ending(told, asker.plain), "", sep="\n")
            missed = [item for item, share in answers if share < 1]
            if not again or not missed or self.ended or not self._again():
                return
            answers = worth(self.ask(missed))

    def follow(self, steps: Sequence[tuple[str, str]]) -> None:
        """Show what to do next, each step in words and as a command."""
        if steps:
            self._asker.console.print(quiz.following(steps, self._asker.plain))

    def _again(self) -> bool:
        try:
            return self._asker.agrees(texts.QUIZ_AGAIN)
        except (EOFError, KeyboardInterrupt):
            self._asker.console.print()
            return False

    def _above(self, asked: Asked, shares: Sequence[float], total: int) -> Above:
        asker = self._asker

        def above() -> RenderableType:
            return Group(
                quiz.heading(asked, shares, total, asker.plain),
                *quiz.prompt(asked.question, asker.console, asker.plain),
                "",
            )

        return above

    def _asked(self, exercise: Exercise, question: Question) -> Asked | None:
        """The question as it is put, ``None`` if it can't be."""
        learner = self._shelf.learner
        if not isinstance(question, Own):
            return session.asked(exercise, question, learner)
        from grader.engine.run import RunError

        try:
            computed = self._computed(exercise, question)
        except RunError as error:
            self.say(texts.quiz_skipped_error(str(error)))
            return None
        return session.asked(exercise, computed, learner)

    def _computed(self, exercise: Exercise, question: Own) -> Own:
        """A question about the learner's own file, with the values of its options."""
        from grader.quiz import own

        assert self._shelf.workspace is not None  # without one no file has passed
        path = self._shelf.workspace.submission(exercise)
        with self._waiting(own.source(path).tensorflow):
            expressions = [option.text for option in question.options]
            return question.computed(own.values(path, expressions, self._started()))

    def _started(self) -> Any:
        if self._server is None:
            from grader.engine.grading import Server

            self._server = self._resources.enter_context(Server(self._shelf.course.root))
        return self._server

    def _waiting(self, tensorflow: bool) -> Any:
        """Tell that something takes a while."""
        told = texts.QUIZ_LOADING if tensorflow and self._server is None else ""
        if self._asker.console.is_terminal and not self._asker.plain:
            return self._asker.console.status(told or texts.QUIZ_LOADING_FILE)
        self.say(*([told] if told else []))
        return nullcontext()

    def _keep(self, outcome: Outcome, round: int, review: bool) -> None:
        if self._shelf.workspace is None:
            return
        from grader.quiz.review import rescheduled

        asked, at = outcome.asked, datetime.now(UTC).replace(microsecond=0)
        given = json.dumps(asked.question.kept(outcome.given), ensure_ascii=False)
        answer = Answer(asked.exercise.stem, asked.question.id, round, given, outcome.share, at)

        def reschedule(card: Card | None) -> Card | None:
            return rescheduled(card, outcome.right, at, review)

        try:
            QuizStore(self._shelf.workspace.store).keep(answer, reschedule)
            self._shelf.forget()
            self.kept = True
        except WorkspaceError as error:
            if self.kept:
                self.say(texts.quiz_answer_not_kept(str(error)))
            self.kept = False


def worth(outcomes: Sequence[Outcome]) -> list[tuple[Item, float]]:
    """Questions, and what their answers were worth."""
    return [((each.asked.exercise, each.asked.question), each.share) for each in outcomes]


def result(sitting: Sitting, **more: Any) -> dict[str, Any]:
    """What came of a sitting, as plain data."""
    answers = []
    for outcome in sitting.outcomes:
        asked, question = outcome.asked, outcome.asked.question
        answers.append(
            {
                "exercise": asked.exercise.stem,
                "id": question.id,
                "kind": question.kind,
                "concept": list(question.concepts),
                "given": question.kept(outcome.given),
                "key": question.kept(question.key),
                "share": round(outcome.share, 4),
                "right": outcome.right,
            }
        )
    return more | {
        "score": round(sum(outcome.share for outcome in sitting.outcomes), 4),
        "max_score": len(answers),
        "kept": sitting.kept,
        "answers": answers,
        "skipped": sitting.skipped,
    }
