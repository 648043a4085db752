"""What the quiz commands say beside the questions: what is lost, and what is next."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from grader.cli.context import Context
from grader.course import Exercise
from grader.quiz.progress import QuizProgress
from grader.quiz.review import Due, soonest
from grader.render import texts


def losses(progress: QuizProgress, context: Context) -> Iterator[str]:
    """That nothing is kept, or that nothing can be read."""
    if progress.workspace is None:
        yield texts.quiz_not_kept(texts.no_workspace(context.make))
    elif progress.answers() == [] and progress.loss:
        yield progress.loss


def following(
    progress: QuizProgress, context: Context, exercise: Exercise
) -> list[tuple[str, str]]:
    """What to do after a quiz, in words and as a command."""
    steps = coming_back(progress, context)
    if other := progress.next_quiz(after=exercise):
        steps.append(("", context.command("quiz", other.id)))
    return steps or [("", context.command("list"))]


def coming_back(progress: QuizProgress, context: Context) -> list[tuple[str, str]]:
    """What comes back when, as a step; none if nothing does."""
    waiting, now = progress.scheduled(), datetime.now(UTC)
    if not waiting:
        return []
    due = sum(each.at <= now for each in waiting)
    words = texts.review_ready(due) if due else texts.review_due(*when(waiting, now))
    return [(words, context.command("review"))]


def when(waiting: Sequence[Due], now: datetime) -> tuple[int, str]:
    """How many questions come back next, and when that is, in words."""
    count, first = soonest(waiting)
    seconds = (first - now).total_seconds()
    return count, texts.when(seconds, f"{first.astimezone():%a %d %b, %H:%M}")
