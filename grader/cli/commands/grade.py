"""``grade ex3``: grade the learner's file of an exercise."""

import math
import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.clean import line
from grader.cli.common import (
    ACCIDENT,
    NOT_PASSED,
    PASSED,
    TRACEBACK,
    Complaint,
    CourseOption,
    command,
    console,
    option,
    quoted,
    say_lines,
)
from grader.render import texts

if TYPE_CHECKING:
    from rich.console import RenderableType

    from grader.course import Course, Exercise
    from grader.report import Event, Report
    from grader.workspace import Workspace

NAME = "exercise"  # the hidden command that ``grade ex3`` stands for
REST = "grade-rest"  # in a context's meta: what was typed after a word that is no exercise


def names(incomplete: str) -> list[tuple[str, str]]:
    """Exercises that begin so, and their titles, for the shell's completion."""
    from grader.course import Course, CourseError

    with suppress(CourseError, OSError):
        return [
            (name, exercise.title)
            for exercise in Course.open().exercises
            for name in (exercise.id, exercise.stem)
            if name.startswith(incomplete) and (name == exercise.id or "_" in incomplete)
        ]
    return []


def grade(
    ctx: typer.Context,
    exercise: Annotated[str, typer.Argument(hidden=True, autocompletion=names)],
    file: Annotated[
        Path | None, option("--file", "PATH", "Grade this file instead of yours in exercises/.")
    ] = None,
    seed: Annotated[
        str | None, option("--seed", "HEX", "Draw the same inputs as the run that printed it.")
    ] = None,
    timeout: Annotated[
        str | None, option("--timeout", "S", "Seconds for each check, instead of its own limit.")
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print the report as one JSON object.")
    ] = False,
    no_pictures: Annotated[
        bool, typer.Option("--no-pictures", help="Draw nothing, neither garments nor losses.")
    ] = False,
    course: CourseOption = None,
) -> int:
    """Grade your file of an exercise, and show what holds and what does not."""
    from grader.course import Course
    from grader.workspace import Workspace

    number, limit = read_seed(seed), read_timeout(timeout)
    opened = Course.open(course)
    chosen = _exercise(opened, exercise, ctx)
    workspace, make = Workspace.find(opened), command(course, "init", "work")
    if file is not None:  # nothing is kept in its folder, unless one stands there
        path = file.expanduser()
        why = texts.outside_workspace(shown(path)) if workspace else texts.no_workspace(make)
        if workspace is not None and not workspace.contains(path):
            workspace = None
    elif workspace is not None:
        path, why = workspace.submission(chosen), ""
    elif course is not None:  # then the course's own file is meant
        path, why = chosen.stub, texts.no_workspace(make)
    else:
        raise Complaint(texts.no_workspace_yet(make))
    _require(path, command(course, "reset", chosen.id) if not file else "")
    keeper = Keeper(workspace, why)

    def graded(on_event: "Callable[[Event], None] | None" = None) -> "Report":
        from grader.engine import grading

        return grading.grade(
            chosen,
            path,
            seed=number,
            timeout=limit,
            on_event=on_event,
            follow_links=file is not None,
        )

    if json:
        from grader.render.json import show

        report = graded()
        keeper.keep(report)
        show(report.to_dict())
    else:
        commands = _Commands(opened, chosen, ["--file", str(file)] if file else [], course)
        report = _show(graded, chosen, path, keeper, commands, drawn=not no_pictures)
    if os.environ.get(TRACEBACK):
        for check in report.checks:
            if check.trouble:
                say_lines(f"{check.name}:\n{check.trouble}")
    return exit_code(report)


def exit_code(report: "Report") -> int:
    """What a report means to a script."""
    if not report.graded:
        return ACCIDENT
    return PASSED if report.passed else NOT_PASSED


@dataclass(frozen=True)
class Known:
    """What is known of an exercise from the gradings before.

    Attributes:
        last: the verdicts of the last run, ``None`` without one.
        best: the most points of any run, by the checks as they are now.
        quizzed: whether the learner has begun its quiz.
    """

    last: dict[str, str] | None = None
    best: float | None = None
    quizzed: bool = False


class Keeper:
    """Keeps gradings in the learner's workspace, if there is one; what fails, fails quietly."""

    def __init__(self, workspace: "Workspace | None", why_not: str) -> None:
        self._workspace = workspace
        self.why_not = "" if workspace else why_not

    def known(self, exercises: "Iterable[Exercise]") -> "dict[Exercise, Known]":
        """What was kept of some exercises until now; nothing of any that can't be read."""
        from grader.workspace import WorkspaceError

        found = {exercise: Known() for exercise in exercises}
        with suppress(WorkspaceError):
            if self._workspace:
                with self._workspace.store.looking():
                    found = {each: self._known(self._workspace, each) for each in found}
        return found

    def _known(self, workspace: "Workspace", exercise: "Exercise") -> "Known":
        from grader.quiz.store import QuizStore

        standing = workspace.progress.standings().get(exercise.stem)
        same = standing is not None and standing.course_hash == exercise.hash
        answers = QuizStore(workspace.store).answers()
        quizzed = any(each.exercise == exercise.stem for each in answers)
        best = standing.best if standing is not None and same else None
        return Known(workspace.progress.last(exercise), best, quizzed)

    @property
    def keeps(self) -> bool:
        """Whether what is graded is kept."""
        return not self.why_not

    def keep(self, report: "Report") -> None:
        """Keep a grading, or remember why not; an accident says nothing about the file."""
        from grader.workspace import WorkspaceError

        if not report.graded:
            return
        try:
            if self._workspace:
                self._workspace.progress.save(report)
        except WorkspaceError as error:
            self.why_not = str(error)


def _show(
    graded: "Callable[[Callable[[Event], None]], Report]",
    exercise: "Exercise",
    path: Path,
    keeper: Keeper,
    commands: "_Commands",
    drawn: bool,
) -> "Report":
    """Grade on the screen."""
    from grader.render import terminal
    from grader.render.stream import Stream

    screen, file = console(), shown(path)
    drawn = drawn and screen.is_terminal
    known = keeper.known([exercise])[exercise]
    screen.print(terminal.heading(exercise.id, exercise.title, file), "")
    with Stream(screen, {check.name: check.title for check in exercise.checks}, drawn) as stream:
        report = graded(stream)
    keeper.keep(report)
    stream.finish(report)
    passed = commands.passed(keeper, known.quizzed)
    steps = terminal.steps(report, file, commands.again, commands.hint, passed)
    screen.print(*outcome(report, keeper, known, steps, commands.again, drawn), sep="\n")
    return report


def outcome(
    report: "Report",
    keeper: Keeper,
    known: "Known",
    steps: list[tuple[str, str]],
    again: str,
    drawn: bool,
) -> "list[RenderableType]":
    """What stands below the rows of a grading.

    Args:
        report: the grading.
        keeper: has kept it, or says why not.
        known: what the keeper knew before.
        steps: what to do next.
        again: the command that grades the file again.
        drawn: whether images are drawn.
    """
    from grader.render import terminal

    return [
        *terminal.body(report, again, drawn),
        "",
        terminal.score(report, known.last, known.best),
        terminal.following(steps),
        *terminal.footer(report),
        *([terminal.note(texts.not_kept(keeper.why_not))] if keeper.why_not else []),
    ]


@dataclass(frozen=True)
class _Commands:
    """The commands that may come next, as they have to be typed here.

    Attributes:
        named: names the file, if it is not the workspace's own.
        folder: the course's, if it was named.
    """

    course: "Course"
    exercise: "Exercise"
    named: list[str]
    folder: Path | None

    def _join(self, *words: str) -> str:
        return command(self.folder, *words)

    @property
    def again(self) -> str:
        """Grades the file again."""
        return self._join(self.exercise.id, *self.named)

    @property
    def hint(self) -> str:
        """Asks for a hint; about the workspace's own file only."""
        return "" if self.named else self._join("hint", self.exercise.id)

    def passed(self, keeper: Keeper, quizzed: bool) -> list[tuple[str, str]]:
        """What to do after a pass: the quiz if it is new, the solution, the next exercise."""
        here, steps = self.exercise, []
        if here.quiz.is_file() and not quizzed:
            steps.append((texts.OVERVIEW_QUIZ_NEXT, self._join("quiz", here.id)))
        if keeper.keeps and not self.named:
            steps.append((texts.COMPARE, self._join("solution", here.id)))
        later = [e.id for e in self.course.exercises if e.number > here.number]
        return [*steps, (texts.GO_ON if steps else "", self._join(*(later[:1] or ["list"])))]


def shown(path: Path) -> str:
    """A path as short as it can be from here, in one line."""
    return line(relative(path))


def relative(path: Path) -> str:
    """The same as it is, to be used in a command."""
    with suppress(ValueError):
        return str(path.absolute().relative_to(Path.cwd()))
    return str(path)


def _exercise(course: "Course", word: str, ctx: typer.Context) -> "Exercise":
    """The exercise of that name; if there is none, the nearest words are named."""
    from grader.course import CourseError

    try:
        return course.exercise(word)
    except CourseError:
        from difflib import get_close_matches

        if word.endswith(".py"):
            raise Complaint(
                texts.file_of_which(word, command(None, course.exercises[0].id, "--file", word))
            ) from None
        group = ctx.find_root().command
        commands = [n for n, c in getattr(group, "commands", {}).items() if not c.hidden]
        ids = [exercise.id for exercise in course.exercises]
        stems = [exercise.stem for exercise in course.exercises]
        near = get_close_matches(word.lower(), [*ids, *commands, *stems], n=3, cutoff=0.5)
        rest = ctx.meta.get(REST, [])
        meant = [quoted(each, *(rest if each in commands else [])) for each in near]
        raise Complaint(texts.unknown_word(word, meant, ids, commands)) from None


def named_course(words: list[str]) -> list[str]:
    """Of some words those that name a course."""
    places = [n for n, word in enumerate(words) if word.partition("=")[0] == "--course"]
    return words[places[0] : places[0] + 2 - ("=" in words[places[0]])] if places else []


def _require(path: Path, reset: str) -> None:
    """Complain if there is no file to grade; a command may restore it."""
    if path.is_dir():
        raise Complaint(texts.file_is_folder(shown(path)))
    if not path.exists():
        tell = texts.file_gone(shown(path), reset) if reset else texts.file_missing(shown(path))
        raise Complaint(tell)
    if not os.access(path, os.R_OK):
        raise Complaint(texts.file_unreadable(shown(path)))


def read_seed(text: str | None) -> int | None:
    """The number that ``--seed`` gives."""
    if text is None:
        return None
    digits = text.strip().lower().removeprefix("0x")
    if not re.fullmatch("[0-9a-f]{1,16}", digits):
        raise Complaint(texts.bad_seed(text))
    return int(digits, 16)


def read_timeout(text: str | None) -> float | None:
    """The seconds that ``--timeout`` gives."""
    if text is None:
        return None
    with suppress(ValueError):
        if math.isfinite(seconds := float(text)) and seconds > 0:
            return seconds
    raise Complaint(texts.bad_timeout(text))
