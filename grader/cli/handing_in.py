"""``grade quiz --hand-in``: the answers to quizzes as files for an instructor."""

from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli import files
from grader.cli.context import Context
from grader.cli.exits import PASSED, Complaint
from grader.cli.files import shown
from grader.i18n import _, ngettext

if TYPE_CHECKING:
    from grader.course import Exercise
    from grader.quiz.progress import QuizProgress


def write(progress: "QuizProgress", context: Context, chosen: "Exercise | None") -> int:
    """Write a file for each quiz that was begun, or for the one that was chosen.

    Raises:
        Complaint: no question was answered.
    """
    from grader.quiz import handin
    from grader.render import guidance

    context.require_workspace()
    exercises = [chosen] if chosen is not None else progress.course.exercises
    answers, screen = progress.answers(), context.console
    if progress.loss:
        raise Complaint(progress.loss)
    found = [handin.made(each, answers) for each in exercises if each.quiz.is_file()]
    found = [each for each in found if each.answers]
    if not found:
        first = chosen.id if chosen is not None else "ex1"
        raise Complaint(
            _("You have not answered any question yet. Answer some first: `{command}`.").format(
                command=context.command("quiz", first)
            )
        )
    for each in found:
        path = Path(f"{each.exercise}{handin.ENDING}")
        content = handin.written(each)
        if not files.write_new(path, content):
            files.replace(path, content)
        count = len(each.answers)
        told = ngettext(
            "wrote {path}, with your first answer to {count} question",
            "wrote {path}, with your first answers to {count} questions",
            count,
        )
        screen.print(guidance.sentence(told.format(path=shown(path), count=count)))
    told = _("Hand these files in as your course says. They bring no points.")
    screen.print("", guidance.sentence(told), sep="\n")
    return PASSED
