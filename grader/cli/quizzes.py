"""What the quiz commands say beside the questions: what is lost, and what is next."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from grader.cli.context import Context, no_workspace
from grader.course import Exercise
from grader.i18n import _, ngettext
from grader.quiz.progress import QuizProgress
from grader.quiz.review import Due, soonest


def losses(progress: QuizProgress, context: Context) -> Iterator[str]:
    """That nothing is kept, or that nothing can be read."""
    if progress.workspace is None:
        reason = no_workspace(context.make)
        yield _("Your answers are not saved: {reason}").format(reason=reason)
    elif progress.answers() == [] and progress.loss:
        yield progress.loss


def following(
    progress: QuizProgress, context: Context, exercise: Exercise
) -> list[tuple[str, str]]:
    """What to do after a quiz, in words and as a command: no quiz before its exercise."""
    steps = coming_back(progress, context)
    other = progress.next_quiz(after=exercise)
    to_do = [each for each in progress.course.exercises if not progress.passed(each)]
    if other and (other not in to_do or progress.workspace is None):
        steps.append((_("The next quiz:"), context.command("quiz", other.id)))
    elif to_do and progress.workspace is not None:
        steps.append((_("The next exercise:"), context.command(to_do[0].id)))
    return steps or [("", context.command())]


def coming_back(progress: QuizProgress, context: Context) -> list[tuple[str, str]]:
    """What comes back when, as a step; none if nothing does."""
    waiting, now = progress.scheduled(), datetime.now(UTC)
    if not waiting:
        return []
    due = sum(each.at <= now for each in waiting)
    words = (
        ngettext("{count} question to review:", "{count} questions to review:", due).format(
            count=due
        )
        if due
        else comes_back(*when(waiting, now))
    )
    return [(words, context.command("review"))]


def when(waiting: Sequence[Due], now: datetime) -> tuple[int, str]:
    """How many questions come back next, and when that is, in words."""
    count, first = soonest(waiting)
    seconds = (first - now).total_seconds()
    return count, from_now(seconds, f"{first.astimezone():%a %d %b, %H:%M}")


def comes_back(count: int, when: str) -> str:
    # Translators: {when} is "in 5 minutes", "in 1 hour" or "in 3 days (Tue 4 Mar)".
    template = ngettext(
        "{count} question comes back {when}:", "{count} questions come back {when}:", count
    )
    return template.format(count=count, when=when)


def from_now(seconds: float, date: str) -> str:
    minutes, hours, days = (max(round(seconds / unit), 1) for unit in (60, 3600, 86400))
    if minutes < 60:
        return ngettext("in {count} minute", "in {count} minutes", minutes).format(count=minutes)
    if hours < 24:
        return ngettext("in {count} hour", "in {count} hours", hours).format(count=hours)
    template = ngettext("in {count} day ({date})", "in {count} days ({date})", days)
    return template.format(count=days, date=date)
