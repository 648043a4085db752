"""Grades what is saved and shows it, and does what keys ask for: one loop over one queue."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from grader.cli.context import WATCHED, Context, Known, OwnFile
from grader.cli.exits import Complaint
from grader.cli.files import shown
from grader.cli.outcome import outcome
from grader.cli.terminal.console import say
from grader.cli.watching.events import Done, Failed, Inbox, Key, Resized, Saved
from grader.cli.watching.page import WatchPage
from grader.cli.watching.saves import Saves
from grader.errors import GraderError
from grader.i18n import _, ngettext
from grader.render import offers

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import RenderableType

    from grader.course import Exercise
    from grader.engine.server import Server
    from grader.progress import Mastery
    from grader.render.stream import Stream
    from grader.report import Report
    from grader.workspace import Workspace

_KEYS = (
    ("n", _("next")),
    ("h", _("hint")),
    ("q", _("quiz")),
    ("r", _("reset")),
    ("l", _("list")),
    ("x", _("exit")),
)

_INTERRUPTED = _("Interrupted: {file} has changed, so it is graded again.")
_LEFT = _("Interrupted: {file} has not been graded to the end.")

END = 1.5  # seconds that threads may take to end
VERBS = {"h": "hint", "q": "quiz", "r": "reset", "l": "list"}  # by their keys


@dataclass(frozen=True)
class Running:
    """A grading that runs.

    Attributes:
        own: the exercise, and its file.
        known: what was known of it before.
        stream: shows its rows.
        cancel: ends it.
    """

    own: OwnFile
    known: Known
    stream: "Stream"
    cancel: threading.Event = field(default_factory=threading.Event)

    def result(self, server: "Server", first: str | None) -> "Report | str | None":
        """What comes of it; runs in a thread of its own."""
        from grader.engine.checking import Cancelled
        from grader.engine.grading import grade

        try:
            with self.stream:
                return grade(
                    self.own.exercise,
                    self.own.path,
                    first=first,
                    server=server,
                    on_event=self.stream,
                    cancel=self.cancel,
                )
        except Cancelled:
            return None
        except GraderError as error:
            return str(error)


class Watching:
    """The loop; threads only post events, and the screen below a grading's rows is the loop's.

    Args:
        context: of the command.
        workspace: holds the learner's files.
        server: keeps the processes for all gradings.
        chosen: the exercise to stay with; without it all files are watched. It, or the one that
            the learner is at, is graded at once.
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
        self._only, self._command, self._keys = chosen is not None, run, keys
        self._screen, self._exercises = context.console, context.course.exercises
        self._drawn = drawn and self._screen.is_terminal
        self.current = chosen or context.current()
        self._red: dict[str, str] = {}  # exercise: the check that was red last
        self._wanted = [self.current]  # to be graded next, one after the other
        self._running: Running | None = None
        self._held = ""  # a key that waits for the end of what runs
        self._page = WatchPage(self._screen, cleared=keys)
        self._note = ""  # what is said of the last grading above the next
        self._inbox, self._over = Inbox(keys), threading.Event()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> "Watching":
        watched = [self.current] if self._only else self._exercises
        if any(check.tensorflow for each in watched for check in each.checks):
            self._server.warm(True)
        files = {each: self._workspace.submission(each) for each in self._exercises}
        saves = Saves(files, self._over)  # before it is said: a save may follow at once
        self._page.add(self._watched())

        def notice() -> None:
            for saved in saves:
                self._inbox.post(saved)

        self._threads = [self._inbox.run(notice)]
        return self

    def __exit__(self, *exception: object) -> None:
        self._over.set()
        if self._running:
            self._running.cancel.set()
        for thread in self._threads:
            thread.join(END)

    def loop(self) -> None:
        """Attend to what happens, until a key asks to end; for ever without keys."""
        while True:
            while self._wanted and not self._running:
                self._begin(self._wanted.pop(0))
            # a key that was typed ahead is for the command that one is held for
            match self._inbox.get(keys=not self._held):
                case Key("x"):
                    return
                case Key(name):
                    self._press(name)
                case Resized(resumed):
                    running = self._running is not None
                    self._page.fit(resumed, running, self._watched(), *self._footer())
                case Saved() as saved:
                    self._notice(saved)
                case Done(result):
                    self._end(result)
                case Failed(error):
                    raise error
                case other:
                    assert_never(other)

    # keys

    def _press(self, key: str) -> None:
        """Do what a key asks for; nothing is graded and shown meanwhile."""
        if key == "n" and (later := _later(self._exercises, self.current)):
            self._wanted = later
            if self._running:
                self._note = _LEFT.format(file=self._running.own.file)
            self._cancel()
        elif key == "n" or key in VERBS:
            self._held = key
            self._cancel()
            if not self._running:
                self._release()

    def _release(self) -> None:
        """Do what the held key asks for."""
        key, self._held = self._held, ""
        self._page.leave()
        if key == "n":
            self._screen.print(_sentence(_("This is the last exercise.")))
        else:
            try:
                with keyed(self.current, self._exercises, self._keys):
                    self._command(VERBS[key], *([] if key == "l" else [self.current.id]))
            except GraderError as error:  # Ctrl-C ends the command, not the watching
                say(str(error))
            except KeyboardInterrupt:
                say(_("Stopped."))
        self._screen.print(*self._footer(), sep="\n")

    # gradings

    def _notice(self, saved: Saved) -> None:
        """Have graded all that is saved, one after the other; begin anew with what runs."""
        watched = [each for each in saved.exercises if not self._only or each == self.current]
        if self._running and self._running.own.exercise in watched:
            self._cancel()
        if saved.complete:
            others = [each for each in self._wanted if each not in watched]
            self._wanted = [*others, *watched]

    def _cancel(self) -> None:
        """End the grading that runs."""
        if self._running:
            self._running.cancel.set()

    def _begin(self, exercise: "Exercise") -> None:
        """Begin to grade on the screen, the check that was red last first."""
        from grader.render import terminal
        from grader.render.stream import Stream

        own, screen = OwnFile(self._context, self._workspace, exercise), self._screen
        self.current = exercise
        note, self._note = [terminal.note(self._note), ""] if self._note else [], ""
        heading = terminal.heading(exercise.id, exercise.title, own.file, own.path)
        self._page.begin(heading, "", *note)
        known = self._context.known(exercise)[exercise]
        first = _first(exercise, known.last or {}, self._red)
        titles = {check.name: check.title for check in exercise.checks}
        if first in titles:
            titles = {first: titles[first]} | titles
        try:
            own.content()  # complains if it is gone
        except Complaint as error:
            self._page.add(_sentence(str(error)), *self._footer())
            self._page.below |= bool(self._wanted)
            return
        running = Running(own, known, Stream(screen, titles))
        self._running = running

        def grade() -> None:
            self._inbox.post(Done(running.result(self._server, first)))

        self._threads[1:] = [self._inbox.run(grade)]

    def _end(self, result: "Report | str | None") -> None:
        """Show what came of the grading that ran."""
        running, self._running = self._running, None
        assert running is not None
        if result is not None:
            self._note = ""  # it came to its end, whatever key was pressed meanwhile
            self._page.below |= bool(self._wanted)  # so that both can be read
        if isinstance(result, str):
            self._page.add(_sentence(result), *self._footer())
        elif result is not None:
            self._show(running, result)
        elif self._held and running.own.exercise not in self._wanted:
            self._wanted.insert(0, running.own.exercise)  # cancelled by a key: graded afterwards
            self._screen.print(_sentence(_("Interrupted: it is graded again below.")))
        elif self._keys:  # the screen is cleared
            self._note = self._note or _INTERRUPTED.format(file=running.own.file)
        else:
            self._screen.print(_sentence(_INTERRUPTED.format(file=running.own.file)))
        if self._held:
            self._release()

    def _show(self, running: Running, report: "Report") -> None:
        running.stream.finish(report)
        self._context.loss = ""  # of this grading, not of one before
        self._context.keep(report)
        own, known = running.own, running.known
        _first(own.exercise, {check.name: check.verdict for check in report.checks}, self._red)
        with keyed(own.exercise, self._exercises, self._keys):
            steps = _steps(report, own, known.quizzed)
        below = outcome(self._context, report, known, steps, own.command(), self._drawn)
        self._page.add(*below, *self._footer())

    def _watched(self) -> "RenderableType":
        return _sentence(_told(self._workspace.submission(self.current), self._only))

    def _footer(self) -> "list[RenderableType]":
        """The keys."""
        from grader.render.watch import keys

        return ["", keys(_KEYS, _passed(self._context))] if self._keys else []


def _later(exercises: "Sequence[Exercise]", at: "Exercise") -> "list[Exercise]":
    """The next exercise; none at the end."""
    return [each for each in exercises if each.number > at.number][:1]


@contextmanager
def keyed(at: "Exercise", exercises: "Sequence[Exercise]", keys: bool = True) -> Iterator[None]:
    """What is said meanwhile names the keys, not the commands that they stand for.

    Args:
        at: the exercise that one is at.
        exercises: all of the course.
        keys: whether there are any.
    """
    stand: dict[tuple[str, ...], str] = {(verb, at.id): key for key, verb in VERBS.items()}
    stand |= {("list",): "l", (): "l"}
    for each in _later(exercises, at):
        stand |= {(each.id,): "n", ("watch", each.id): "n"}
    before = WATCHED.set(stand if keys else None)
    try:
        yield
    finally:
        WATCHED.reset(before)


def _first(exercise: "Exercise", verdicts: Mapping[str, str], memory: dict[str, str]) -> str | None:
    """The check that was red last; a file that could not be loaded tells nothing new."""
    from grader.report import LOAD, RED

    if LOAD not in verdicts:
        red = [check.name for check in exercise.checks if verdicts.get(check.name) in RED]
        memory[exercise.stem] = red[0] if red else ""
    return memory.get(exercise.stem) or None


def _steps(report: "Report", own: OwnFile, quizzed: bool) -> list[tuple[str, str]]:
    """What to do next."""
    from grader.report import LOAD

    if not report.passed:
        red = [check.name for check in report.red]
        steps = [(offers.FIX_AND_SAVE if red else offers.write_and_save(own.file), "")]
        return steps if red[:1] == [LOAD] else [*steps, (offers.OR_ASK, own.command("hint"))]
    steps = []
    if own.exercise.quiz.is_file() and not quizzed:
        steps.append((offers.UNDERSTAND, own.command("quiz")))
    for each in _later(own.context.course.exercises, own.exercise):
        steps.append((_("Next exercise:"), own.context.command("watch", each.id)))
    return steps or [(offers.COMPARE, own.command("solution"))]


def _passed(context: Context) -> str:
    """How many exercises of the course have passed."""
    nothing: dict[str, Mastery] = {}
    rows = context.tried(lambda workspace: workspace.progress.standings(), nothing)
    exercises = context.course.exercises
    passed = sum(each.stem in rows and rows[each.stem].passed for each in exercises)
    template = ngettext(
        "{passed} of {count} exercise passed",
        "{passed} of {count} exercises passed",
        len(exercises),
    )
    return template.format(passed=passed, count=len(exercises))


def _told(path: "Path", only: bool) -> str:
    """What is watched: one file, or all in its folder."""
    if only:
        return _("Watching {file}: it is graded whenever you save it.").format(file=shown(path))
    template = _("Watching {folder}/: whenever you save an exercise there, it is graded.")
    return template.format(folder=shown(path.parent))


def _sentence(text: str) -> "RenderableType":
    from grader.render import guidance

    return guidance.sentence(text)
