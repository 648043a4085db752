"""``grade watch``: grades an exercise whenever its file is saved."""

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.cli import options
from grader.cli.context import Context, Own
from grader.cli.exits import PASSED, Complaint, Stopped
from grader.cli.files import shown
from grader.cli.options import CourseOption, PicturesOption
from grader.cli.outcome import outcome
from grader.cli.terminal.console import say
from grader.render import texts

if TYPE_CHECKING:
    from rich.console import RenderableType

    from grader.course import Exercise
    from grader.engine.grading import Server
    from grader.progress import Grading
    from grader.report import Report
    from grader.workspace import Workspace

QUIET = 0.1  # seconds without a further change, after which a save is complete
EMPTY = 0.5  # the same for a file that is empty or gone: an editor is about to fill it
LOOK = 0.5  # seconds: how often files are looked at where the system tells of no save
STEP = 20  # milliseconds that changes are gathered for
END = 1.5  # seconds that a grading may take to end

State = tuple[int, int] | None  # a file's time and size; None without one


def watch(
    ctx: typer.Context,
    exercise: Annotated[
        str | None,
        typer.Argument(
            metavar="EXERCISE",
            help="Such as ex3; without it, whichever you save.",
            show_default=False,
            autocompletion=options.exercises,
        ),
    ] = None,
    no_pictures: PicturesOption = False,
    course: CourseOption = None,
) -> int:
    """Grade your file anew whenever you save it."""
    from grader.cli.terminal.prompts import in_terminal
    from grader.engine.grading import Server

    context = Context(course)
    chosen = context.course.exercise(exercise) if exercise else None
    workspace = context.require_workspace()
    if chosen is not None:
        Own(context, workspace, chosen).source()  # complains if there is none

    def run(*words: str) -> None:
        """Run another command about the same course."""
        group: Any = ctx.find_root().command
        with group.make_context(ctx.find_root().info_name, context.words(*words)) as inner:
            group.invoke(inner)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    try:
        with Server(context.course.root) as server:
            keys, drawn = in_terminal(), not no_pictures
            watching = Watching(context, workspace, server, chosen, run, keys, drawn)
            with watching:
                watching.attend()
    except KeyboardInterrupt:
        raise Stopped(texts.WATCH_STOPPED) from None
    return PASSED


class Saves:
    """Notices saves, however an editor writes: in place, in several steps, by renaming.

    Args:
        files: those that are watched.
        over: ends the iteration.
    """

    def __init__(self, files: "Mapping[Exercise, Path]", over: threading.Event) -> None:
        self._files, self._over = files, over
        self._states = self._look()

    def __iter__(self) -> "Iterator[tuple[list[Exercise], bool]]":
        """The exercises that are being saved, the newest last, and whether that is complete."""
        for _ in self._moments():
            changed = self._changed(self._look())
            if changed:
                yield changed, False
                states = self._settled()
                changed, self._states = self._changed(states) or changed, states
                yield changed, True

    def _look(self) -> "dict[Exercise, State]":
        return {exercise: _state(path) for exercise, path in self._files.items()}

    def _changed(self, states: "dict[Exercise, State]") -> "list[Exercise]":
        changed = [each for each in states if states[each] != self._states[each]]
        return sorted(changed, key=lambda each: states[each] or (0, 0))

    def _settled(self) -> "dict[Exercise, State]":
        """What the files are once they have stayed so for a moment."""
        states, since = self._look(), time.monotonic()
        while not self._over.wait(0.01):
            if (seen := self._look()) != states:
                states, since = seen, time.monotonic()
            empty = any(not (states[each] or (0, 0))[1] for each in self._changed(states))
            if time.monotonic() - since >= (EMPTY if empty else QUIET):
                break
        return states

    def _moments(self) -> Iterator[object]:
        """When to look: as soon as the system tells of a change, and every now and then.

        It tells of none on many network drives, nor when the folder is replaced by another.
        """
        from watchfiles import watch

        folders = {path.parent for path in self._files.values()}
        with suppress(OSError, RuntimeError):  # the system has no watch left to give
            yield from watch(
                *(folder for folder in folders if folder.is_dir()),
                watch_filter=None,
                step=STEP,
                rust_timeout=int(LOOK * 1000),
                yield_on_timeout=True,
                stop_event=self._over,
                raise_interrupt=False,
                force_polling=False,
                recursive=False,
            )
        while not self._over.wait(LOOK):
            yield None


def _state(path: Path) -> State:
    with suppress(OSError):
        found = path.stat()
        return found.st_mtime_ns, found.st_size
    return None


class Watching:
    """Grades what is saved and shows it, in threads of its own, while keys are attended to.

    Args:
        context: of the command.
        workspace: holds the learner's files.
        server: keeps the processes for all gradings.
        chosen: the exercise to grade at once, and to stay with; all files without it.
        run: runs another command, given its words.
        keys: whether there is a terminal with keys.
        drawn: whether garments and losses are drawn in a terminal.
    """

    def __init__(
        self,
        context: Context,
        workspace: "Workspace",
        server: "Server",
        chosen: "Exercise | None",
        run: Callable[..., None],
        keys: bool,
        drawn: bool,
    ) -> None:
        self._context, self._workspace, self._server = context, workspace, server
        self.course = context.course
        self._only, self._command, self._keys = chosen is not None, run, keys
        self.current = chosen or _due(context)
        self._screen = context.console
        self._drawn = drawn and self._screen.is_terminal
        self._red: dict[str, str] = {}  # exercise: the check that was red last
        self._change = threading.Condition()  # of what follows
        self._wanted: Exercise | None = chosen
        self._busy = self._held = False
        self._cancel, self._over = threading.Event(), threading.Event()
        self._below = True  # the next grading is shown below what is on the screen
        self._error: BaseException | None = None
        self._saves = Saves({e: workspace.submission(e) for e in self.course.exercises}, self._over)
        self._threads = [
            threading.Thread(target=self._guarded, args=(work,), daemon=True)
            for work in (self._grade_wanted, self._notice)
        ]

    def __enter__(self) -> "Watching":
        watched = [self.current] if self._only else self.course.exercises
        if any(check.tensorflow for each in watched for check in each.checks):
            self._server.warm(True)
        self._screen.print(self._watched(), *(() if self._only else self._footer()), sep="\n")
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        with self._change:
            self._over.set()
            self._cancel.set()
            self._change.notify_all()
        for thread in self._threads:
            thread.join(END)
        if self._error is not None:
            raise self._error

    # keys

    def attend(self) -> None:
        """Do what keys ask for, until one asks to end; for ever without keys."""
        verbs = {"h": "hint", "q": "quiz", "r": "reset", "l": "list"}
        while (key := self._key()) != "x":
            if key == "n":
                self._next()
            elif key in verbs:
                with self._paused():
                    self._run(verbs[key], *([] if key == "l" else [self.current.id]))

    def _key(self) -> str:
        """The next key; waits for the end without a terminal."""
        from grader.cli.terminal.keys import REDRAW, Keys

        if not self._keys:
            self._over.wait()
            return "x"
        with Keys() as keys:
            try:
                while (key := keys.read()) == REDRAW:
                    self._screen.fit()
                    if keys.resumed:
                        self._show_again()
            except EOFError:
                return "x"
        return key.lower()

    def _show_again(self) -> None:
        """After Ctrl-Z and fg the shell's lines are below ours: say what goes on."""
        with self._change:
            if not self._busy:
                self._screen.print(self._watched(), *self._footer(), sep="\n")

    def _watched(self) -> "RenderableType":
        path = self._workspace.submission(self.current)
        return _sentence(
            texts.watch_one(shown(path)) if self._only else texts.watch_any(shown(path.parent))
        )

    def _next(self) -> None:
        """Go on to the next exercise."""
        later = [each for each in self.course.exercises if each.number > self.current.number]
        if later:
            self._want(later[0])
        else:
            with self._paused():
                self._screen.print("", _sentence(texts.WATCH_LAST), *self._footer(), sep="\n")

    def _run(self, *words: str) -> None:
        """Run another command; what it can't do is told, and watching goes on."""
        from grader.course import CourseError
        from grader.workspace import WorkspaceError

        self._screen.print()
        try:
            self._command(*words)
        except (Complaint, CourseError, WorkspaceError) as error:
            say(f" {error}")
        self._screen.print(*self._footer(), sep="\n")

    # what is saved

    def _notice(self) -> None:
        """Have graded what is saved; what is graded meanwhile is outdated."""
        for changed, complete in self._saves:
            watched = [each for each in changed if not self._only or each == self.current]
            if watched and complete:
                self._want(watched[-1])
            elif watched:
                self._cancel.set()

    def _want(self, exercise: "Exercise") -> None:
        """Have an exercise graded, instead of what is graded now."""
        with self._change:
            self.current = self._wanted = exercise
            self._cancel.set()
            self._change.notify_all()

    def _grade_wanted(self) -> None:
        """Grade what is wanted, one exercise after the other."""
        from grader.engine.grading import Cancelled

        while (exercise := self._begin()) is not None:
            try:
                self._grade(exercise)
            except Cancelled:
                with self._change:
                    if self._held:  # by a key: it is graded afterwards
                        self._wanted = self._wanted or exercise
            finally:
                with self._change:
                    self._busy = False
                    self._change.notify_all()

    def _begin(self) -> "Exercise | None":
        """The exercise that is wanted, once there is one; ``None`` at the end."""
        with self._change:
            self._change.wait_for(
                lambda: self._over.is_set() or (self._wanted is not None and not self._held)
            )
            if self._over.is_set():
                return None
            exercise, self._wanted = self._wanted, None
            self._cancel.clear()
            self._busy = True
            return exercise

    @contextmanager
    def _paused(self) -> Iterator[None]:
        """Nothing is graded and shown meanwhile."""
        with self._change:
            self._held = True
            self._cancel.set()
            self._change.wait_for(lambda: not self._busy)
        try:
            yield
        finally:
            with self._change:
                self._held, self._below = False, True
                self._change.notify_all()

    def _guarded(self, work: Callable[[], None]) -> None:
        """An error ends the watching, as one in the main thread does."""
        try:
            work()
        except BaseException as error:  # also the SystemExit by which rich reports a closed pipe
            self._error = error
            self._over.set()
            if self._keys:  # it waits for one
                main = threading.main_thread().ident
                assert main is not None
                signal.pthread_kill(main, signal.SIGINT)

    # the screen

    def _grade(self, exercise: "Exercise") -> None:
        """Grade on the screen, the check that was red last first."""
        from grader.course import CourseError
        from grader.engine.grading import GradingError, grade
        from grader.render import terminal
        from grader.render.stream import Stream

        mine, screen, context = self._mine(exercise), self._screen, self._context
        if self._below:
            screen.print()
        else:
            screen.clear()
        self._below = not self._keys
        screen.print(terminal.heading(exercise.id, exercise.title, mine.file), "")
        known = context.known(exercise)[exercise]
        first = self._first(exercise, known.last or {})
        titles = {check.name: check.title for check in exercise.checks}
        if first in titles:
            titles = {first: titles[first]} | titles
        try:
            mine.source()  # complains if it is gone
            with Stream(screen, titles, self._drawn) as stream:
                report = grade(
                    exercise,
                    mine.path,
                    first=first,
                    server=self._server,
                    on_event=stream,
                    cancel=self._cancel,
                )
        except (Complaint, CourseError, GradingError) as error:
            screen.print(_sentence(str(error)), *self._footer(), sep="\n")
            return
        stream.finish(report)
        context.keep(report)
        self._first(exercise, {check.name: check.verdict for check in report.checks})
        steps = self._steps(report, mine, known.quizzed)
        screen.print(
            *outcome(context, report, known, steps, mine.command(), self._drawn),
            *self._footer(),
            sep="\n",
        )

    def _first(self, exercise: "Exercise", verdicts: Mapping[str, str]) -> str | None:
        """The check that was red last; a file that could not be loaded tells nothing new."""
        from grader.report import LOAD, RED

        if LOAD not in verdicts:
            red = [check.name for check in exercise.checks if verdicts.get(check.name) in RED]
            self._red[exercise.stem] = red[0] if red else ""
        return self._red.get(exercise.stem) or None

    def _mine(self, exercise: "Exercise") -> Own:
        return Own(self._context, self._workspace, exercise)

    def _steps(self, report: "Report", mine: Own, quizzed: bool) -> list[tuple[str, str]]:
        """What to do next: by a key, or by a command where there are none."""
        from grader.report import LOAD, RED

        def way(key: str, *words: str) -> str:
            return key if self._keys else self._context.command(*words)

        exercise = mine.exercise
        if not report.passed:
            red = [check.name for check in report.checks if check.verdict in RED]
            steps = [(texts.WATCH_MEND if red else texts.watch_write(mine.file), "")]
            if red and red[0] != LOAD:
                ask = texts.WATCH_HINT if self._keys else texts.OR_ASK
                steps.append((ask, way("h", "hint", exercise.id)))
            return steps
        steps = []
        if exercise.quiz.is_file() and not quizzed:
            steps.append((texts.OVERVIEW_QUIZ_NEXT, way("q", "quiz", exercise.id)))
        later = [each.id for each in self.course.exercises if each.number > exercise.number]
        if later:
            steps.append((texts.WATCH_GO_ON, way("n", "watch", later[0])))
        return steps or [(texts.COMPARE, mine.command("solution"))]

    def _footer(self) -> "list[RenderableType]":
        """The keys."""
        from grader.render.watch import keys

        return ["", keys(texts.WATCH_KEYS)] if self._keys else []


def _due(context: Context) -> "Exercise":
    """The exercise that keys are about before any file is saved: the one graded last, or next."""
    exercises = context.course.exercises
    none: dict[str, Grading] = {}
    gradings = context.tried(lambda workspace: workspace.progress.gradings(), none)
    graded = [each for each in exercises if each.stem in gradings]
    if graded:
        return max(graded, key=lambda each: gradings[each.stem].at)
    return exercises[0]


def _sentence(text: str) -> "RenderableType":
    from grader.render import guidance

    return guidance.sentence(text)
