"""One attempt: questions asked one after another, each answer judged, shown and kept at once."""

from collections.abc import Sequence
from contextlib import ExitStack, nullcontext, suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from rich.console import Group, RenderableType

from grader.cli.exits import Stopped
from grader.cli.terminal.keys import unheard
from grader.cli.terminal.prompts import Above, Asker
from grader.course import Exercise
from grader.errors import GraderError
from grader.i18n import _, ngettext
from grader.quiz import answers as session
from grader.quiz.answers import Asked, Judged
from grader.quiz.progress import QuizProgress
from grader.quiz.questions import Own, Question
from grader.render import quiz
from grader.workspace import WorkspaceError

Item = tuple[Exercise, Question]


class Attempt:
    """Asks questions, and keeps the answers.

    Args:
        progress: the quizzes, and the learner's workspace.
        asker: how to ask.
        again: what the learner types to go on later.
        review: what the learner types for what comes back; empty if that is asked now.

    Attributes:
        outcomes: of the questions answered so far.
        kept: whether answers are kept; not without a workspace, nor once that failed.
        skipped: ids of questions that could not be asked.
        ended: whether the input ended before the last question.
    """

    def __init__(self, progress: QuizProgress, asker: Asker, again: str, review: str = "") -> None:
        self._progress, self._asker, self._command = progress, asker, again
        self._review = review
        self._resources = ExitStack()
        self._server: Any = None
        self.outcomes: list[Judged] = []
        self.kept = progress.workspace is not None
        self.skipped: list[str] = []
        self.ended = False

    def __enter__(self) -> "Attempt":
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
        number: int = 0,
        before: Sequence[float] = (),
    ) -> list[Judged]:
        """Ask some questions; returns what came of them.

        Args:
            items: the questions.
            number: the attempt's, see ``grader.quiz.store.Answer``.
            before: what the answers to the questions before these were worth.

        Raises:
            Stopped: Ctrl-C; what was answered is kept.
        """
        self._warm(items)
        outcomes: list[Judged] = []
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
                self._keep(outcome, number)
                self._asker.tell(outcome)
                unread = True
        except KeyboardInterrupt:
            self._asker.console.print()
            command, again = self._command, self._review and self.kept and not number
            raise Stopped(
                _(
                    "Stopped; your answers are kept. What you missed comes back: `{command}`."
                ).format(command=self._review)
                if again
                else _quiz_stopped(len(shares), total, command, self.kept)
            ) from None
        except EOFError:
            self.ended = True
            self.say(_quiz_ended(len(shares), total, self._command, self.kept))
        self.outcomes += outcomes
        return outcomes

    def say(self, *sentences: str) -> None:
        """Tell something beside the questions."""
        for sentence in sentences:
            self._asker.console.print(quiz.aside(sentence, self._asker.plain), "", sep="\n")

    def end(self, answers: Sequence[tuple[Item, float]], again: bool, left_out: int = 0) -> None:
        """Show the score; then those that were missed may be asked again, and again.

        Args:
            answers: the questions, and what their answers were worth.
            again: whether to offer that.
            left_out: how many more questions there are.
        """
        asker = self._asker
        while answers:
            told = quiz.ending([(q, share) for (_, q), share in answers], asker.plain, left_out)
            asker.console.print(told, "", sep="\n")
            missed = [item for item, share in answers if share < 1]
            if not again or not missed or self.ended or not self._again():
                return
            answers, left_out = worth(self.ask(missed)), 0

    def follow(self, steps: Sequence[tuple[str, str]]) -> None:
        """Show what to do next, each step in words and as a command."""
        if steps:
            self._asker.console.print(quiz.following(steps, self._asker.plain))

    def _again(self) -> bool:
        try:
            return self._asker.agrees(_("Try those questions again?"))
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
        learner = self._progress.learner
        if not isinstance(question, Own):
            return session.asked(exercise, question, learner)
        from grader.engine.run import RunError

        try:
            computed = self._computed(exercise, question)
        except RunError as error:
            self.say(
                _("A question about your own file is left out: {reason}").format(reason=str(error))
            )
            return None
        return session.asked(exercise, computed, learner)

    def _computed(self, exercise: Exercise, question: Own) -> Own:
        """A question about the learner's own file, with the values of its options."""
        from grader.quiz import own

        assert self._progress.workspace is not None  # without one no file has passed
        path = self._progress.workspace.submission(exercise)
        with self._waiting(own.source(path).tensorflow), unheard():
            expressions = [option.text for option in question.options]
            return question.computed(own.values(path, expressions, self._started()))

    def _warm(self, items: Sequence[Item]) -> None:
        """Begin to load TensorFlow while the first questions are read, if a later one needs it."""
        workspace = self._progress.workspace
        about = [exercise for exercise, question in items if isinstance(question, Own)]
        if workspace is None or not about or not self._asker.console.is_terminal:
            return
        from grader.quiz import own

        with suppress(GraderError):  # said when the question is asked
            if own.source(workspace.submission(about[0])).tensorflow:
                self._started().warm(True)

    def _started(self) -> Any:
        if self._server is None:
            from grader.engine.server import Server

            self._server = self._resources.enter_context(Server(self._progress.course.root))
        return self._server

    def _waiting(self, tensorflow: bool) -> Any:
        """Tell that something takes a while."""
        told = (
            _("Loading TensorFlow for a question about your code")
            if tensorflow and self._server is None
            else ""
        )
        if self._asker.console.is_terminal and not self._asker.plain:
            return self._asker.console.status(told or _("Reading your file"))
        self.say(*([told] if told else []))
        return nullcontext()

    def _keep(self, outcome: Judged, number: int) -> None:
        at = datetime.now(UTC).replace(microsecond=0)
        try:
            self._progress.keep(outcome, number, not self._review, at)
            self.kept = self._progress.workspace is not None
        except WorkspaceError as error:
            if self.kept:
                self.say(_("This answer is not saved: {reason}").format(reason=str(error)))
            self.kept = False


def worth(outcomes: Sequence[Judged]) -> list[tuple[Item, float]]:
    """Questions, and what their answers were worth."""
    return [((each.asked.exercise, each.asked.question), each.share) for each in outcomes]


def result(attempt: Attempt, **more: Any) -> dict[str, Any]:
    """The result of an attempt, as plain data."""
    answers = []
    for outcome in attempt.outcomes:
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
        "score": round(sum(outcome.share for outcome in attempt.outcomes), 4),
        "max_score": len(answers),
        "kept": attempt.kept,
        "answers": answers,
        "skipped": attempt.skipped,
    }


def _quiz_ended(done: int, total: int, command: str, kept: bool) -> str:
    template = (
        _("The input ended after {done} of {total} answers. Continue with `{command}`.")
        if kept
        else _("The input ended after {done} of {total} answers; nothing was kept.")
    )
    return template.format(done=done, total=total, command=command)


def _quiz_stopped(done: int, total: int, command: str, kept: bool) -> str:
    if not kept:
        template = _(
            "Stopped after {done} of {total} questions; nothing was kept. Start again with "
            "`{command}`."
        )
    elif done:
        template = ngettext(
            "Stopped: your answers so far are kept, {left} of {total} question is left. "
            "Continue with `{command}`.",
            "Stopped: your answers so far are kept, {left} of {total} questions are left. "
            "Continue with `{command}`.",
            total,
        )
    else:
        template = ngettext(
            "Stopped: nothing was answered yet, {left} of {total} question is left. "
            "Continue with `{command}`.",
            "Stopped: nothing was answered yet, {left} of {total} questions are left. "
            "Continue with `{command}`.",
            total,
        )
    return template.format(done=done, left=total - done, total=total, command=command)
