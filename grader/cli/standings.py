"""How far one is with the quizzes: shown, or one chosen from them."""

from typing import TYPE_CHECKING

from grader.cli.context import Context
from grader.cli.exits import PASSED, Complaint
from grader.i18n import _, ngettext

if TYPE_CHECKING:
    from grader.cli.terminal.prompts import Asker
    from grader.course import Exercise
    from grader.quiz.progress import QuizProgress


def pick(
    progress: "QuizProgress", context: Context, asker: "Asker", json: bool
) -> "Exercise | None":
    """Let a quiz be chosen, the one that is next first; ``None`` where nobody can choose."""
    from grader.cli.terminal.prompts import ByKeys
    from grader.render import quiz as screens
    from grader.render import standing

    standings = progress.standings()
    if not standings:
        broken = [str(each) for each in progress.broken]
        raise Complaint(
            broken[0]
            if broken
            else (
                _("This course has no quiz yet. See `{command}`.").format(
                    command=context.command("list")
                )
            )
        )
    exercises = [each for each in progress.course.exercises if each.stem in progress.quizzes]
    following = progress.next_quiz() or exercises[0]
    if json:
        from grader.render.json import show

        rows = [standing.data(e, s) for e, s in zip(exercises, standings, strict=True)]
        show({"quizzes": rows, "next": following.id})
        return None
    console, plain = asker.console, asker.plain
    for error in progress.broken:
        console.print(screens.aside(str(error), plain), "", sep="\n")
    rows_ = [
        (each.id, each.title, _quiz_state(s.whole.answered, s.whole.questions, s.whole.right))
        for each, s in zip(exercises, standings, strict=True)
    ]
    if isinstance(asker, ByKeys):
        picked = asker.pick(_("Which quiz?"), rows_, exercises.index(following))
        if picked is not None:
            return exercises[picked]
    console.print(screens.menu(rows_, None, plain), "", sep="\n")
    console.print(screens.following([("", context.command("quiz", following.id))], plain))
    return None


def show(
    progress: "QuizProgress", context: Context, chosen: "Exercise | None", json: bool, plain: bool
) -> int:
    """Show how far one is."""
    from grader.cli.quizzes import coming_back, losses
    from grader.cli.terminal.prompts import quiz_console
    from grader.render import quiz as screens
    from grader.render import standing

    if chosen is not None and not chosen.quiz.is_file():
        raise Complaint(without_quiz(chosen.id, progress.ids))
    if chosen is not None:
        progress.load(chosen)
    exercises = {each.stem: each for each in progress.course.exercises}
    rows = [
        (exercises[each.stem], each)
        for each in progress.standings()
        if chosen is None or each.stem == chosen.stem
    ]
    if json:
        from grader.render.json import show

        show({"exercises": [standing.data(*row) for row in rows]})
        return PASSED
    console = quiz_console(plain=plain, errors=False)
    for sentence in (*losses(progress, context), *map(str, progress.broken)):
        console.print(screens.aside(sentence, plain), "", sep="\n")
    console.print(standing.stats(rows, plain))
    if steps := coming_back(progress, context):
        console.print("", screens.following(steps, plain), sep="\n")
    return PASSED


def without_quiz(exercise: str, known: list[str]) -> str:
    if not known:
        return _("{exercise} has no quiz, nor has any other exercise yet.").format(
            exercise=exercise
        )
    template = _("{exercise} has no quiz. There is one for {known}.")
    return template.format(exercise=exercise, known=", ".join(known))


def _quiz_state(answered: int, total: int, right: int) -> str:
    if not answered:
        return ngettext("{count} question", "{count} questions", total).format(count=total)
    template = (
        _("{answered} of {total} answered") if answered < total else _("{right} of {total} right")
    )
    return template.format(answered=answered, right=right, total=total)
