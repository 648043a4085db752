"""``%grade`` and ``%%grade``: from the kernel's cells to a report below them."""

import atexit
import queue
import shlex
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import Any, Self, TypeVar

from IPython.core.magic import Magics, line_cell_magic, magics_class
from IPython.core.magic_arguments import argument, magic_arguments, parse_argstring
from IPython.display import display

from grader.clean import sentence
from grader.cli import options
from grader.cli.context import Context
from grader.course import Exercise
from grader.engine.checking import Cancelled
from grader.engine.grading import grade
from grader.engine.server import Server
from grader.errors import GraderError
from grader.i18n import _
from grader.jupyter import page
from grader.jupyter.cells import Placed, executed, not_defined, placed, worked_on
from grader.render import labels, now, offers
from grader.report import LOAD, Activity, CheckResult, Event, Protection, Report, Verdict

_Function = TypeVar("_Function", bound=Callable[..., Any])

HINT_VERB = "hint"  # the one that is about what the cells gave
VERBS = ("quiz", "review", "lab", "lesson", "words", "list", "init")  # the command line's
# what needs a file of its own, or the keys of a terminal
ELSEWHERE = ("all", "doctor", "open", "replay", "reset", "run", "solution", "watch")
_LISTED = ", ".join((HINT_VERB, *VERBS))
_LOOK = 0.2  # seconds between two looks at what happens

PRACTICE = _(
    "Practice, not verified: your notebook started the grader and could change it. "
    "Protection of this run: {level}. Seed {seed}."
)
STOPPED = _("Stopped. Nothing was graded.")
TERMINAL = _("Type this in a terminal, in the folder of your exercises: `{command}`")
USAGE = _(
    "Which exercise? Name it, such as `%grade ex1`. There are {exercises}. %grade alone grades the "
    "one whose functions your cells define."
)
HINT_FIRST = _("Run %grade {exercise} first; then a hint can be about what fails.")
HINT_NONE = _("Every check of {exercise} passed: nothing needs a hint.")
UNCHANGED = _(
    "Your code has not changed since this report. To grade it with new inputs: "
    "%grade {exercise} --again"
)
AGAIN = _("Change a cell, run it, then grade again:")
NOT_RUN = _(
    "Only cells that have run are graded, and none of them defines {name}. If your notebook has a "
    "cell that does, run it, then grade again."
)
HINT = _("{title}\nHint {number} of {total}: {hint}")
# Translators: what %grade? shows in a notebook.
HELP = _("""Grade the functions that your cells have defined: %grade, or %grade ex3.

%%grade ex3 at the top of a cell runs the cell first. %grade hint ex3 gives a hint,
%grade quiz ex3 asks the questions, %grade lab ex3 runs its experiments.
%grade lesson ex3 shows the lesson, %grade words explains a word.
""")


def _documented(text: str) -> Callable[[_Function], _Function]:
    """A decorator: the text is the function's docstring, in the reader's language."""

    def document(function: _Function) -> _Function:
        function.__doc__ = text
        return function

    return document


@magics_class
class GradeMagics(Magics):
    """Grades what the kernel has run.

    Attributes:
        context: the course, and the learner's folder if the kernel runs in one.
        server: keeps its processes warm; they end with the kernel.
    """

    context: Context
    server: Server

    @classmethod
    def added(cls, shell: Any) -> Self:
        """A shell's new magics, what they need started in the background."""
        magics = cls(shell)
        magics.context = Context(program=("grade",))
        magics.server = Server(magics.context.course.root)
        magics._reports, magics._code = {}, {}
        magics._hints = {}
        atexit.register(magics.server.close)
        for tensorflow in (False, True):
            magics.server.warm(tensorflow)
        shell.register_magics(magics)
        shell.set_hook("complete_command", magics._completed, str_key="%grade")
        return magics

    _reports: dict[str, Report]  # the newest of each exercise
    _code: dict[str, Placed]  # what it is about
    _hints: dict[tuple[str, ...], int]  # exercise, check, first hint: how many were shown

    def close(self) -> None:
        """End what runs in the background."""
        atexit.unregister(self.server.close)
        self.server.close()
        for kinds in self.shell.magics_manager.magics.values():
            kinds.pop("grade", None)

    @magic_arguments()
    @argument(
        "words",
        nargs="*",
        help=_("ex3, or one of these before it: {listed}.").format(listed=_LISTED),
    )
    @argument("--seed", help=_("Draw the same inputs as the run that printed this seed."))
    @argument("--timeout", help=_("Seconds for each check, instead of its own limit."))
    @argument("--again", action="store_true", help=_("Grade code that has not changed, too."))
    @_documented(HELP)
    @line_cell_magic
    def grade(self, line: str, cell: str | None = None) -> None:
        if cell is not None:
            done = self.shell.run_cell(cell, store_history=False)
            if done.error_before_exec is not None:
                return
        try:
            words = line.split()
            if words and words[0] in ELSEWHERE:
                print(TERMINAL.format(command=self.context.command(*words)), file=sys.stderr)
            elif words and words[0] in VERBS:
                from grader.cli.app import ended

                ended(self.context.words(*words), ("%grade",))
            else:
                self._run(parse_argstring(GradeMagics.grade, line))
        except KeyboardInterrupt:
            print(STOPPED, file=sys.stderr)
        except GraderError as error:
            print(sentence(error), file=sys.stderr)

    def _run(self, given: Any) -> None:
        words: list[str] = given.words
        if words[:1] == [HINT_VERB]:
            first = self.context.course.exercises[0].id
            self._hint(words[1] if words[1:] else next(reversed(self._reports), first))
        else:
            self._grade(words[0] if words else self._worked_on(), given)

    def _worked_on(self) -> str:
        """The exercise that the cells are about."""
        exercises = self.context.course.exercises
        required = {each.id: each.required for each in exercises}
        if found := worked_on(self.shell.history_manager.input_hist_raw, required):
            return found
        raise GraderError(USAGE.format(exercises=", ".join(required)))

    # grading

    def _grade(self, name: str, given: Any) -> None:
        exercise = replace(self.context.course.exercise(name))  # by its files of now
        history = self.shell.history_manager.input_hist_raw
        data = executed(history)
        code = placed(data, exercise.required)
        seed = options.seed(given.seed) if given.seed else None
        timeout = options.timeout(given.timeout) if given.timeout else None
        if (seed, timeout) == (None, None) and not given.again and self._holds(exercise, code):
            report = self._reports[exercise.stem]
            note = UNCHANGED.format(exercise=exercise.id)
            display(_shown(replace(report, notes=(note, *report.notes))), raw=True)
            return
        shown = display(_mime(now.STARTING), raw=True, display_id=True)
        found = self._graded(exercise, shown, data=data, seed=seed, timeout=timeout)
        if found is None:
            shown.update(_mime(STOPPED), raw=True)
            return
        report = replace(found, protection=_practiced(found.protection))
        if report.checks[0].name == LOAD and (absent := not_defined(history, exercise.required)):
            report = replace(report, notes=(NOT_RUN.format(name=absent), *report.notes))
        self._reports.pop(exercise.stem, None)  # the newest last
        self._reports[exercise.stem] = report
        self._code[exercise.stem] = code if timeout is None else ()
        self.context.loss = ""  # of this grading, not of one before
        self.context.keep(report)
        notes = (*report.notes, *filter(None, [self.context.loss]))
        shown.update(_shown(replace(report, notes=notes)), raw=True)

    def _holds(self, exercise: Exercise, code: Placed) -> bool:
        """Whether the newest report says what another grading would, but for what is drawn."""
        report = self._reports.get(exercise.stem)
        by_chance = (Verdict.TIMEOUT, Verdict.ACCIDENT)
        return (
            report is not None
            and code == self._code[exercise.stem] != ()
            and report.course_hash == exercise.hash
            and not any(check.verdict in by_chance for check in report.checks)
        )

    def _graded(self, exercise: Exercise, shown: Any, **how: Any) -> Report | None:
        """The report of a grading whose steps are shown as they come; ``None`` if it is stopped."""
        events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        cancel = threading.Event()
        how |= {"on_event": events.put, "cancel": cancel}
        with ThreadPoolExecutor(1) as pool:
            future = pool.submit(grade, exercise, name=_("notebook"), server=self._alive(), **how)
            future.add_done_callback(lambda _: events.put(None))
            try:
                _follow(events, shown, len(exercise.checks))
                return future.result()
            except (KeyboardInterrupt, Cancelled):
                cancel.set()
                return None
            except BaseException:
                shown.update(_mime(""), raw=True)
                raise

    def _alive(self) -> Server:
        """The server; a new one if a child of the kernel closed it."""
        if self.server.closed:
            self.server = Server(self.context.course.root)
            atexit.register(self.server.close)
        return self.server

    # hints

    def _hint(self, name: str) -> None:
        """The next hint for the first check that is open in the newest report."""
        from grader.cli.commands.hint import first_open, steps_of
        from grader.engine.names import called_by
        from grader.skeleton import skeleton

        exercise = self.context.course.exercise(name)
        report = self._reports.get(exercise.stem)
        if report is None:
            raise GraderError(HINT_FIRST.format(exercise=exercise.id))
        verdicts = {check.name: str(check.verdict) for check in report.checks}
        check = first_open(exercise, verdicts)
        if check is None:
            told = HINT_NONE if report.passed else HINT_FIRST
            print(told.format(exercise=exercise.id))
            return
        shape = skeleton(exercise.solution.read_text("utf-8"), called_by(exercise, check))
        hints = {each.name: each.hint for each in report.checks}
        given = steps_of(check, hints[check.name])
        steps = [*given, *([f"\n{shape}"] if shape else [])]
        place = (exercise.stem, check.name, *given[:1])
        number = min(self._hints.get(place, 0) + 1, len(steps))
        self._hints[place] = number
        hint, total = steps[number - 1] if steps else "", len(steps)
        print(HINT.format(title=check.title, number=number, total=total, hint=hint))

    def _completed(self, shell: Any, event: Any) -> list[str]:
        """Words that may follow ``%grade``."""
        with suppress(ValueError, GraderError):
            words = shlex.split(event.line)
            known = [each.id for each in self.context.course.exercises]
            first = len(words) < 2 or (len(words) == 2 and not event.line.endswith(" "))
            return [*known, HINT_VERB, *VERBS] if first else known
        return []


def _follow(events: "queue.SimpleQueue[Event | None]", shown: Any, total: int) -> None:
    """Show what happens until it is over, with ``None``."""
    done = 0
    while True:
        with suppress(queue.Empty):
            match events.get(timeout=_LOOK):  # a wait without end would not let Ctrl-C through
                case None:
                    return
                case CheckResult():
                    done += 1
                    line = now.checking(min(done + 1, total), total, "")
                    shown.update(_mime(line.strip(" :·")), raw=True)
                case Activity(check=None):
                    shown.update(_mime(now.TENSORFLOW_LOADS), raw=True)


def _shown(report: Report) -> dict[str, str]:
    """A report as HTML and as text, with the commands that may follow."""
    name = report.exercise.partition("_")[0]
    practice = PRACTICE.format(
        level=labels.level(report.protection.level), seed=f"{report.seed:016x}"
    )
    told = report.graded and report.checks[0].name != LOAD
    steps = [
        (AGAIN if report.graded else "", f"%grade {name}"),
        *([(offers.OR_ASK, f"%grade hint {name}")] if told else []),
    ]
    if report.passed:
        steps = [(offers.UNDERSTAND, f"%grade quiz {name}")]
    html, text = page.html(report, steps, practice), page.plain(report, steps, practice)
    return {"text/html": html, "text/plain": text}


def _practiced(protection: Protection) -> Protection:
    """The same without a promise: what started the grader is the learner's own program."""
    level = "partial" if protection.level == "full" else protection.level
    return Protection(level, (*protection.missing, "notebook"))


def _mime(line: str) -> dict[str, str]:
    return {"text/plain": line, "text/html": page.waiting(line)}
