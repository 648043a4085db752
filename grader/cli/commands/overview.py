"""``grade`` alone: the course at a glance, what is next, and the one command for it."""

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from grader.clean import line
from grader.cli.context import Context, quoted
from grader.cli.exits import PASSED
from grader.cli.files import shown
from grader.cli.last import last
from grader.i18n import _, ngettext
from grader.render import offers

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course import Exercise
    from grader.render.overview import Row
    from grader.workspace import Workspace


def overview(context: Context) -> int:
    """Show how far each exercise is, and what is next."""
    from grader.render import overview, terminal

    if context.workspace is None and context.named is None:
        if (root := last(context.course)) is not None:
            return _elsewhere(context, root)
    exercises, screen, now = context.course.exercises, context.console, datetime.now(UTC)
    nothing = [overview.Row(each) for each in exercises], frozenset[str]()
    with context.looking():
        rows, given_up = context.tried(lambda workspace: _looked(context, workspace, now), nothing)
        current = context.current()
    notes = []
    if any(row.older for row in rows):
        notes.append(_("* graded with an older version of the checks; grade again to update"))
    if seen := [row.exercise.id for row in rows if row.exercise.stem in given_up]:
        told = _("The solution was shown before it passed: {exercises}.")
        notes.append(told.format(exercises=", ".join(seen)))
    notes += _newer(context)
    steps = [_next(rows, context.workspace, current)]
    if steps[0][1] == ["all"] and (context.course.root / "labs").is_dir():
        steps.append((_("or predict what the experiments give, then run them:"), ["lab"]))
    screen.print(*overview.table(rows, screen, now), "", sep="\n")
    screen.print(overview.total(rows), *map(terminal.note, notes), sep="\n")
    if context.loss:
        lost = _("Your progress can't be read: {reason}")
        screen.print(terminal.loss(lost.format(reason=context.loss)))
    screen.print(terminal.following([(text, context.command(*words)) for text, words in steps]))
    return PASSED


def _newer(context: Context) -> list[str]:
    """That the course has newer starter versions than the workspace's files began with."""
    from grader.starters import Starters

    if context.workspace is None or context.workspace.read_only:
        return []
    newer = Starters(context.workspace.root).changed(context.course.exercises)
    if not newer:
        return []
    told = _("The course has newer starter versions of {exercises}. `{command}` merges them in.")
    command = context.command("init", "--upgrade")
    return [told.format(exercises=", ".join(e.id for e in newer), command=command)]


def _elsewhere(context: Context, root: "Path") -> int:
    """Outside of any workspace: name the one that was used last."""
    from grader.render import guidance, terminal

    said = _("You are not in a workspace. You last worked in {folder}.").format(
        folder=line(str(root))
    )
    steps = [("", quoted("cd", str(root))), (_("or make another one:"), context.make)]
    context.console.print(guidance.sentence(said), "", terminal.following(steps), sep="\n")
    return PASSED


def _looked(
    context: Context, workspace: "Workspace", now: datetime
) -> "tuple[list[Row], frozenset[str]]":
    """What the workspace knows of each exercise, and which ones were given up."""
    return _rows(context, workspace, now), workspace.progress.given_up()


def _rows(context: Context, workspace: "Workspace", now: datetime) -> "list[Row]":
    from grader.render.overview import Row

    exercises = context.course.exercises
    standings, quizzes = workspace.progress.standings(), {}
    left, due = dict[str, int](), Counter[str]()
    if any(exercise.quiz.is_file() for exercise in exercises):
        from grader.quiz.progress import QuizProgress
        from grader.quiz.stats import scores
        from grader.quiz.store import QuizStore

        progress = QuizProgress(context.course, workspace)
        answers = QuizStore(workspace.store).answers()
        begun = {answer.exercise for answer in answers}
        read = progress.readable(each for each in exercises if each.stem in begun)
        quizzes = scores(answers, {stem: len(quiz.questions) for stem, quiz in read.items()})
        left = {each.stem: progress.left(each) for each in exercises if each.stem in read}
        due = Counter(each.stem for each in progress.due(now))
    rows = []
    for exercise in exercises:
        standing = standings.get(exercise.stem)
        older = standing is not None and standing.course_hash != exercise.hash
        quiz, questions = quizzes.get(exercise.stem), left.get(exercise.stem, 0)
        rows.append(Row(exercise, standing, older, quiz, questions, due[exercise.stem]))
    return rows


def _next(
    rows: "list[Row]", workspace: "Workspace | None", current: "Exercise"
) -> tuple[str, list[str]]:
    """What to do next, in words and as a command: first what was begun."""
    if workspace is None:
        return offers.MAKE_WORKSPACE, ["init", "work"]
    for row in sorted(rows, key=lambda row: row.exercise != current):  # that one first
        if row.begun and not row.passed:
            return _("Continue with:"), [row.exercise.id]
    if due := sum(row.due for row in rows):
        return ngettext("{count} question comes back:", "{count} questions come back:", due).format(
            count=due
        ), ["review"]
    for row in rows:
        if row.passed and row.exercise.quiz.is_file() and row.quiz is None:
            return offers.UNDERSTAND, ["quiz", row.exercise.id]
        if row.passed and row.left:
            return ngettext(
                "{count} question of this quiz is left:",
                "{count} questions of this quiz are left:",
                row.left,
            ).format(count=row.left), ["quiz", row.exercise.id]
    for row in rows:
        if not row.passed:
            if row.older:
                return _("Its checks have changed. Grade it again:"), [row.exercise.id]
            file = shown(workspace.submission(row.exercise))
            return offers.write(file), [row.exercise.id]
    return _("You finished the course! To run everything again:"), ["all"]
