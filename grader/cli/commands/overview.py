"""``grade`` alone: the course at a glance, what is next, and the one command for it."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.commands.grade import shown
from grader.cli.common import PASSED, command, console
from grader.render import texts

if TYPE_CHECKING:
    from grader.course import Course
    from grader.render.overview import Row
    from grader.workspace import Workspace


def overview(course: Path | None) -> int:
    """Show how far each exercise is, and what is next."""
    from grader.course import Course
    from grader.render import overview, terminal
    from grader.workspace import Workspace, WorkspaceError

    opened, now, why_not = Course.open(course), datetime.now(UTC), ""
    workspace, screen = Workspace.find(opened), console()
    rows, given_up = [overview.Row(each) for each in opened.exercises], frozenset[str]()
    if workspace is not None:
        try:
            with workspace.store.looking():
                rows, given_up = _rows(opened, workspace, now), workspace.progress.given_up()
        except WorkspaceError as error:
            why_not = str(error)
    notes = [texts.OVERVIEW_OLDER_NOTE] if any(row.older for row in rows) else []
    seen = [row.exercise.id for row in rows if row.exercise.stem in given_up]
    notes += [texts.overview_given_up(seen)] if seen else []
    notes += [texts.overview_unknown(why_not)] if why_not else []
    text, words = _next(rows, workspace)
    screen.print(*overview.table(rows, screen, now), "", sep="\n")
    screen.print(overview.total(rows), *map(terminal.note, notes), sep="\n")
    screen.print(terminal.following([(text, command(course, *words))]))
    return PASSED


def _rows(course: "Course", workspace: "Workspace", now: datetime) -> "list[Row]":
    """What the workspace knows of each exercise."""
    from grader.render.overview import Row

    standings, quizzes, due = workspace.progress.standings(), {}, Counter[str]()
    if any(exercise.quiz.is_file() for exercise in course.exercises):
        from grader.quiz.progress import Shelf

        quizzes = _quizzes(workspace)
        due = Counter(each.stem for each in Shelf(course, workspace).due(now))
    rows = []
    for exercise in course.exercises:
        standing = standings.get(exercise.stem)
        older = standing is not None and standing.course_hash != exercise.hash
        quiz, questions = quizzes.get(exercise.stem), due[exercise.stem]
        rows.append(Row(exercise, standing, older, quiz, questions))
    return rows


def _quizzes(workspace: "Workspace") -> dict[str, tuple[float, int]]:
    """Points and questions of the newest run through each quiz, by stem."""
    from grader.quiz.store import QuizStore

    rounds: dict[tuple[str, int], list[float]] = {}
    for answer in QuizStore(workspace.store).answers():
        if answer.round:  # else a review asked
            rounds.setdefault((answer.exercise, answer.round), []).append(answer.share)
    return {stem: (sum(rounds[stem, n]), len(rounds[stem, n])) for stem, n in sorted(rounds)}


def _next(rows: "list[Row]", workspace: "Workspace | None") -> tuple[str, list[str]]:
    """What to do next, in words and as a command: first what was begun."""
    if workspace is None:
        return texts.OVERVIEW_INIT, ["init", "work"]
    for row in rows:
        if row.begun and not row.passed:
            return texts.OVERVIEW_GO_ON, [row.exercise.id]
    if due := sum(row.due for row in rows):
        return texts.overview_review(due), ["review"]
    for row in rows:
        if row.passed and row.exercise.quiz.is_file() and row.quiz is None:
            return texts.OVERVIEW_QUIZ_NEXT, ["quiz", row.exercise.id]
    for row in rows:
        if not row.passed:
            if row.older:
                return texts.OVERVIEW_RENEW, [row.exercise.id]
            file = shown(workspace.submission(row.exercise))
            return texts.write(file), [row.exercise.id]
    return texts.OVERVIEW_DONE, ["all"]
