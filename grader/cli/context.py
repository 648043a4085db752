"""What a command works with: the course, the learner's folder, and how commands are typed here."""

import os
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from grader.clean import line
from grader.cli import files
from grader.cli.exits import Complaint
from grader.cli.files import shown
from grader.cli.last import last, remember
from grader.cli.terminal.console import console
from grader.i18n import _

if TYPE_CHECKING:
    from grader.course import Course, Exercise
    from grader.render.screen import Screen
    from grader.report import Report
    from grader.workspace import Workspace

_T = TypeVar("_T")

# how this program is typed where its words do not say it, such as in a notebook
PROGRAM: ContextVar[tuple[str, ...] | None] = ContextVar("PROGRAM", default=None)
# while ``grade watch`` reads keys: each key by the words of the command that it stands for
WATCHED: ContextVar[Mapping[tuple[str, ...], str] | None] = ContextVar("WATCHED", default=None)


def _typed() -> tuple[str, ...]:
    """The words that started this program, as a person types them."""
    if program := PROGRAM.get():
        return program
    if Path(sys.argv[0]) != Path(__file__).parents[1] / "__main__.py":
        return ("grade",)
    before = len(sys.orig_argv) - len(sys.argv) + 1  # such as: python3 -m grader
    return tuple(sys.orig_argv[:before])


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


@dataclass
class Context:
    """The course, the learner's folder and the console of one run of a command.

    Attributes:
        named: the course's folder as it was typed, if it was.
        program: the words that start this program.
        loss: why progress can't be read or kept, a sentence; empty if it can.
    """

    named: Path | None = None
    program: tuple[str, ...] = field(default_factory=_typed)
    loss: str = ""

    @cached_property
    def course(self) -> "Course":
        """The course.

        Raises:
            CourseError: there is none in the folder that was named.
        """
        from grader.course import Course

        return Course.open(self.named)

    @cached_property
    def workspace(self) -> "Workspace | None":
        """The learner's folder, if one is in it."""
        from grader.workspace import Workspace

        return Workspace.find(self.course, make=self.make)

    @cached_property
    def console(self) -> "Screen":
        """Where results are shown."""
        return console()

    # commands

    def words(self, *words: str) -> list[str]:
        """The words of a command, and those that name the course."""
        return [*words, *(["--course", str(self.named)] if self.named else [])]

    def command(self, *words: str) -> str:
        """A command as it has to be typed here, such as ``command("quiz", "ex3")``.

        While files are watched it is the key that does the same, where there is one.
        """
        if key := (WATCHED.get() or {}).get(words):
            return key
        return quoted(*self.program, *self.words(*words))

    @property
    def make(self) -> str:
        """The command that makes a workspace."""
        return self.command("init", "work")

    def elsewhere(self) -> "Context":
        """The same course seen from any other folder."""
        python = self.program[0]
        program = (str(Path(python).absolute()) if os.sep in python else python, *self.program[1:])
        return Context(self.named and self.named.expanduser().resolve(), program)

    # the learner's files

    def require_workspace(self) -> "Workspace":
        """The learner's folder.

        Raises:
            Complaint: there is none from here upwards.
        """
        if self.workspace is None:
            root = None if self.named else last(self.course)
            if root is not None:
                raise Complaint(
                    _(
                        "You are not in a workspace. You last worked in {folder}: go there "
                        "with `{go}`, or make another one with `{make}`. `--file` grades any file."
                    ).format(folder=line(str(root)), go=quoted("cd", str(root)), make=self.make)
                )
            raise Complaint(
                _(
                    "You are not in a workspace: no exercises/ folder of this "
                    "course here or in any parent folder. Go to your "
                    "workspace, or make one with `{command}`. `--file` grades "
                    "any file."
                ).format(command=self.make)
            )
        return self.workspace

    def own(self, name: str | None, *, passed: bool = False) -> "OwnFile":
        """The exercise of that name in the learner's folder.

        Args:
            name: such as ``"ex3"``; without it the one that the learner is at.
            passed: whether the one graded last is meant then, even if it has passed.

        Raises:
            Complaint: there is no such folder from here upwards, or it is another user's.
            CourseError: there is no such exercise.
        """
        exercise, workspace = self._exercise(name, passed), self.require_workspace()
        if workspace.read_only:
            raise Complaint(workspace.read_only)
        return OwnFile(self, workspace, exercise)

    def _exercise(self, name: str | None, passed: bool) -> "Exercise":
        from grader.progress import current, graded

        if name is not None:
            return self.course.exercise(name)
        standings, exercises = self.require_workspace().progress.standings(), self.course.exercises
        if passed and (newest := graded(exercises, standings)):
            return newest[0]
        return current(exercises, standings)

    def current(self) -> "Exercise":
        """The exercise that the learner is at; the first one where nothing is known of any."""
        from grader.progress import current

        exercises = self.course.exercises
        return self.tried(lambda own: current(exercises, own.progress.standings()), exercises[0])

    def submissions(self) -> "dict[Exercise, Path]":
        """The files to grade: the learner's, or the course's own if it was named from elsewhere.

        Raises:
            Complaint: neither is there.
        """
        if self.workspace is None and self.named is not None:
            return {exercise: exercise.stub for exercise in self.course.exercises}
        return self.require_workspace().submissions(self.course)

    def submission(self, exercise: "Exercise") -> Path:
        """The same for one exercise."""
        if self.workspace is None and self.named is not None:
            return exercise.stub
        return self.require_workspace().submission(exercise)

    # progress

    def tried(self, work: "Callable[[Workspace], _T]", otherwise: _T) -> _T:
        """What is read from or kept in the learner's folder.

        Args:
            work: reads or keeps it.
            otherwise: the result without such a folder, or where that fails: ``loss`` says why.
        """
        from grader.workspace import WorkspaceError

        if self.workspace is None:
            return otherwise
        try:
            return work(self.workspace)
        except WorkspaceError as error:
            self.loss = str(error)
            return otherwise

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Open the progress once for all that is read of it meanwhile, if it can be read."""
        from grader.workspace import WorkspaceError

        with ExitStack() as stack:
            if self.workspace is not None:
                with suppress(WorkspaceError):  # whoever reads says why
                    stack.enter_context(self.workspace.store.looking())
            yield

    def known(self, *exercises: "Exercise") -> "dict[Exercise, Known]":
        """What was kept of exercises until now; nothing if that can't be read."""
        lost, nothing = self.loss, {each: Known() for each in exercises}
        found = self.tried(lambda workspace: _known(workspace, exercises), nothing)
        self.loss = lost  # what comes may be kept even so
        return found

    def keep(self, report: "Report") -> None:
        """Keep a grading, if that can be done; an accident says nothing about the file."""
        if report.graded:
            self.tried(lambda workspace: workspace.progress.save(report), None)
            if self.workspace is not None and not self.loss and self.named is None:
                remember(self.workspace.root)

    def keep_nothing_of(self, file: Path) -> None:
        """What comes of this file is not kept, unless it is in the learner's folder."""
        if self.workspace is not None and not self.workspace.contains(file):
            self.workspace, self.loss = (
                None,
                (_("{file} is not in the workspace that you are in.").format(file=shown(file))),
            )

    @property
    def not_kept(self) -> str:
        """Why a grading was not kept; empty if it was."""
        return self.loss or ("" if self.workspace else no_workspace(self.make))


def _known(workspace: "Workspace", exercises: "Sequence[Exercise]") -> "dict[Exercise, Known]":
    from grader.quiz.store import QuizStore

    found = {}
    with workspace.store.looking():
        answers = QuizStore(workspace.store).answers()
        quizzed = {each.exercise for each in answers if each.attempt}  # else a lab asked it
        standings = workspace.progress.standings()
        for each in exercises:
            standing = standings.get(each.stem)
            same = standing is not None and standing.course_hash == each.hash
            best = standing.best if standing is not None and same else None
            found[each] = Known(workspace.progress.last(each), best, each.stem in quizzed)
    return found


@dataclass(frozen=True)
class OwnFile:
    """An exercise in the learner's folder."""

    context: Context
    workspace: "Workspace"
    exercise: "Exercise"

    @property
    def path(self) -> Path:
        """The learner's file."""
        return self.workspace.submission(self.exercise)

    @property
    def file(self) -> str:
        """Its path, as short as it can be from here."""
        return shown(self.path)

    def command(self, *words: str) -> str:
        """A command about this exercise, such as ``command("hint")`` or ``command()``."""
        verb, options = words[:1], words[1:]
        return self.context.command(*verb, self.exercise.id, *options)

    def change(self, red: bool) -> tuple[str, str]:
        """What to do with the file, in words and as a command, so that it is graded again.

        Args:
            red: whether something in it is wrong, and not only missing.
        """
        from grader.render import offers

        if WATCHED.get() is not None:
            return offers.FIX_AND_SAVE if red else offers.write_and_save(self.file), ""
        return offers.FIX if red else offers.write(self.file), self.command()

    def source(self) -> str:
        """The learner's code: the text of the file, or what is graded of a notebook.

        Raises:
            Complaint: there is none, or it can't be read.
        """
        from grader.engine.precheck import Refusal, source

        text = source(self.content(), self.exercise.required)
        if isinstance(text, Refusal):
            raise Complaint(text.message)
        return text

    def fresh(self) -> bytes:
        """What everyone starts from, in the form that the learner's file has."""
        if self.path.suffix != ".ipynb":
            return self.exercise.made_stub().encode()
        from grader.authoring.notebooks import as_notebook

        return as_notebook(self.exercise)

    def content(self) -> bytes:
        """The bytes of the learner's file.

        Raises:
            Complaint: there is none, or it can't be read.
        """
        return files.read(self.path, self.command("reset"))


def quoted(*words: str) -> str:
    """Words for a shell, none of them lost in what can't be seen."""
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    if line(word) == word:
        return shlex.quote(word)
    return "$'" + "".join(map(_escaped, os.fsencode(word))) + "'"


def _escaped(byte: int) -> str:
    sign = chr(byte)
    if sign in "\\'":
        return f"\\{sign}"
    return sign if 32 <= byte < 127 else f"\\x{byte:02x}"


def no_workspace(command: str) -> str:
    return _("you are not in a workspace. `{command}` makes one.").format(command=command)
