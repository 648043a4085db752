"""Ways to put a question and to get its answer: by keys, by typed lines, from a file."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from rich.console import Group, RenderableType

from grader.clean import printable
from grader.cli.exits import Complaint
from grader.cli.terminal.console import console
from grader.cli.terminal.wording import two_ways, wording_of
from grader.i18n import _
from grader.quiz import typed
from grader.quiz.answers import Asked, Judged
from grader.quiz.questions import Chosen, Number, Question, Response
from grader.render import quiz
from grader.render.screen import Screen, write

_WAKE = 0.2  # seconds

_MOST = 1 << 20  # bytes of a file with answers
Above = Callable[[], RenderableType]
"""What stands above the options: it is drawn again when the terminal gets another size."""


def quiz_console(*, plain: bool, errors: bool) -> Screen:
    """A console for quizzes.

    Args:
        plain: without any color.
        errors: on standard error: standard output is for a machine.
    """
    return console(theme=quiz.THEME, stderr=errors, color_system=None if plain else "auto")


class Asker(Protocol):
    """Puts questions on a console.

    Attributes:
        console: where everything is printed.
        plain: whether it is for reading aloud.
    """

    console: Screen
    plain: bool

    def ask(self, asked: Asked, above: Above) -> Response:
        """Show a question, and get an answer that fits.

        Raises:
            EOFError: there is no more input.
            KeyboardInterrupt: the learner stops.
        """
        ...

    def tell(self, outcome: Judged) -> None:
        """Show what the answer was worth, and why."""
        ...

    def pause(self) -> None:
        """Leave time to read."""
        ...

    def agrees(self, question: str) -> bool:
        """Ask whether to go on with something."""
        ...


class ByLines:
    """Numbered options and typed answers: without a terminal, and for reading aloud."""

    def __init__(self, *, plain: bool, errors: bool = False) -> None:
        self.plain = plain
        self.console = quiz_console(plain=plain, errors=errors)
        self._typed = sys.stdin.isatty()

    def ask(self, asked: Asked, above: Above) -> Response:
        """See ``Asker``."""
        self.console.fit()
        self.console.print(above())
        return self._ask(asked.question)

    def tell(self, outcome: Judged) -> None:
        """See ``Asker``."""
        self.console.print(quiz.verdict(outcome, self.plain), "", sep="\n")

    def pause(self) -> None:
        """See ``Asker``: who reads from a pipe, or aloud, needs none."""

    def agrees(self, question: str) -> bool:
        """See ``Asker``."""
        try:
            # Translators: keep y, the key for yes; {question} is, for example, "Try again?".
            asked = _("{question} y or n: ").format(question=question)
            return typed.plain(self._line(asked)).strip().lower() in ("y", "yes")
        except EOFError:
            return False

    def typed(self, request: str) -> str:
        """One typed line, whatever it is.

        Raises:
            EOFError: there is no more input.
        """
        return self._line(request)

    def _ask(self, question: Question) -> Response:
        if isinstance(question, Chosen):
            self.console.print(quiz.options(question, self.plain), "", sep="\n")
        wording = wording_of(question)
        request = wording.request
        while (given := question.parse(line := self._lines(request, wording.lines))) is None:
            request = (two_ways(line) if isinstance(question, Number) else "") or wording.mistake
        if isinstance(given, float) and [line.strip()] != (read := question.words(given)):
            self.console.print(
                quiz.aside(_("Your answer is read as {number}.").format(number=read[0]), self.plain)
            )
        self.console.print()
        return given

    def _lines(self, request: str, count: int) -> str:
        if count == 1:
            return self._line(request)
        self.console.print(quiz.aside(request, self.plain))
        return "\n".join(self._line("> ") for _ in range(count))

    def _line(self, request: str) -> str:
        """One line of input; the request stands before it."""
        request, file = request if self.plain else f" {request}", self.console.file
        file.flush()
        if self._typed and file is sys.stdout and file.isatty():
            with _interruptible():
                return input(printable(request))
        write(request, end="", file=file)
        line = sys.stdin.readline()
        if not self._typed or not line.endswith("\n"):
            write("", file=file)
        if not line:
            raise EOFError
        return line.rstrip("\n")


class ByInput(ByLines):
    """Numbered options, and answers typed into a notebook's field."""

    def _line(self, request: str) -> str:
        try:
            return input(printable(request))
        except NotImplementedError:  # nobody is there, as when a notebook is converted
            raise EOFError from None


class ByKeys(ByLines):
    """Arrow keys and numbers, in a terminal."""

    def __init__(self) -> None:
        super().__init__(plain=False)
        self._shown: list[Above] = []  # the question and what was told of it

    def ask(self, asked: Asked, above: Above) -> Response:
        """See ``Asker``."""
        from grader.cli.terminal.select import Selection, choose

        question, self._shown = asked.question, [above]
        if not isinstance(question, Chosen):
            return super().ask(asked, above)
        self.console.fit()
        self.console.print(above())

        def draw(state: Selection) -> RenderableType:
            rows = quiz.options(question, current=state.current, ticked=state.ticked)
            return Group(rows, "", quiz.keys(question.several, state.hasty))

        chosen = choose(self.console, len(question.options), draw, above, question.several)
        return self._ask(asked.question) if chosen is None else question.at(chosen)

    def tell(self, outcome: Judged) -> None:
        """See ``Asker``: the options stand again where they were chosen from."""

        def told() -> RenderableType:
            verdict, question = quiz.verdict(outcome, plain=False), outcome.asked.question
            if not isinstance(question, Chosen):
                return Group(verdict, "")
            ticked = [
                n for n, o in enumerate(question.options) if o.id in question.kept(outcome.given)
            ]
            rows = quiz.options(question, ticked=ticked, outcome=outcome)
            return Group(rows, "", verdict, "")

        self._shown.append(told)
        self.console.print(told())

    def pause(self) -> None:
        """See ``Asker``."""
        from grader.cli.terminal.select import choose

        def above() -> RenderableType:
            return Group(*(part() for part in self._shown))

        choose(self.console, 1, lambda state: quiz.aside(_("Press Enter to continue")), above)

    def agrees(self, question: str) -> bool:
        """See ``Asker``."""
        answers = [("", _("yes"), ""), ("", _("not now"), "")]
        picked = self.pick(question, answers)
        return super().agrees(question) if picked is None else picked == 0

    def pick(
        self, question: str, choices: list[tuple[str, str, str]], start: int = 0
    ) -> int | None:
        """Let one of some things be chosen.

        Returns:
            Its position; ``None`` if the terminal is too low to show them.
        """
        from grader.cli.terminal.select import Selection, choose

        self.console.fit()

        def draw(state: Selection) -> RenderableType:
            rows = quiz.menu(choices, state.current)
            return Group(quiz.aside(question), "", rows, "", quiz.keys(False))

        chosen = choose(self.console, len(choices), draw, start=start)
        return None if chosen is None else chosen[0]


class FromFile(ByLines):
    """Answers from a file: a line per question, ``id = answer``.

    Args:
        path: the file, TOML.

    Raises:
        Complaint: it can't be read.
    """

    def __init__(self, path: Path, *, plain: bool, errors: bool = False) -> None:
        super().__init__(plain=plain, errors=errors)
        import tomllib

        from grader.folder import read

        self.name = str(path)
        try:
            data = read(path, _MOST + 1, "typed")
            if len(data) > _MOST:
                raise ValueError(_("it is larger than {most} KiB").format(most=_MOST >> 10))
            self.answers: Mapping[str, Any] = tomllib.loads(data.decode("utf-8-sig"))
        except RecursionError:
            reason = _("its values are nested too deeply")
            raise Complaint(_unreadable(self.name, reason)) from None
        except OSError as error:
            reason = error.strerror or str(error)
            raise Complaint(_unreadable(self.name, reason)) from error
        except ValueError as error:
            raise Complaint(_unreadable(self.name, str(error))) from error

    def given(self, asked: Asked) -> Response:
        """The file's answer to a question.

        Raises:
            Complaint: it is none.
        """
        question = asked.question
        given = question.accept(self.answers[question.id])
        if given is None:
            form = wording_of(question).form
            if isinstance(question, Number) and typed.readings(str(self.answers[question.id])):
                form = _("a number without a comma")
            raise Complaint(
                _("{file}: {question} is not answered so; write {form}.").format(
                    file=self.name, question=question.id, form=form
                )
            )
        return given

    def ask(self, asked: Asked, above: Above) -> Response:
        """See ``Asker``."""
        given = self.given(asked)
        self.console.print(above())
        question = asked.question
        if isinstance(question, Chosen):
            self.console.print(quiz.options(question, self.plain), "", sep="\n")
        answer = _("The answer given: {answers}").format(answers="; ".join(question.words(given)))
        self.console.print(quiz.aside(answer, self.plain), "", sep="\n")
        return given

    def agrees(self, question: str) -> bool:
        """See ``Asker``: a file has said all it has to say."""
        return False


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let one edit the line, and let Ctrl-C end it at any moment.

    readline sees a signal only while it waits: one that came as it wrote the prompt would be
    heard at the next key, were it not woken now and then.
    """
    import readline  # noqa: F401
    import signal

    before = signal.signal(signal.SIGALRM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, _WAKE, _WAKE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def in_terminal() -> bool:
    """Whether keys can be read, and lines be drawn again."""
    try:
        real = os.isatty(sys.stdin.fileno()) and sys.stdout.isatty()
    except (OSError, ValueError, AttributeError):
        return False
    return real and os.environ.get("TERM") not in ("dumb", "unknown", None)


def made_asker(*, plain: bool, json: bool, answers: Path | None = None) -> Asker:
    """How questions are asked here."""
    if answers is not None:
        return FromFile(answers.expanduser(), plain=plain, errors=json)
    if "ipykernel.kernelapp" in sys.modules:
        return ByInput(plain=plain, errors=json)
    if plain or json or not in_terminal():
        return ByLines(plain=plain, errors=json)
    return ByKeys()


def _unreadable(file: str, reason: str) -> str:
    return _(
        "{file} can't be read as answers ({reason}). Write one line per question, its id "
        "and the answer, such as dense-output = 2."
    ).format(file=file, reason=reason)
