"""What an exception in a check means: a verdict, and a sentence for the learner."""

import re
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader import endings, exceptions, unmet
from grader.checker import inplace
from grader.checker.control import NoProcess
from grader.checks import describe
from grader.checks.errors import Ended, Garbled, Late, LoadError, NotStarted, SubmissionError
from grader.checks.expect import Failure
from grader.i18n import _
from grader.submission import Lines

CONTEXT_LINES = 2
# the status of a process that others have ended, or held up
OUTSIDE = (
    -signal.SIGSTOP,
    -signal.SIGKILL,
    -signal.SIGTERM,
    -signal.SIGHUP,
    -signal.SIGINT,
    -signal.SIGQUIT,
)
# and of one that may have got no memory
CRASHED = (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS)
# what is said of memory that there is not, where the class does not say it
_NO_MEMORY = re.compile(
    r"can't start new thread|Cannot allocate memory|cannot allocate memory"
    r"|failed to map segment|Resource temporarily unavailable"
)


@dataclass(frozen=True)
class Circumstances:
    """What is known of a check when it raises.

    Attributes:
        filename: what the submission is called in tracebacks.
        lines: those of its text.
        seconds: what the check may take.
        last: name and value of the newest call that returned, if any did.
    """

    filename: str
    lines: Lines
    seconds: float
    last: tuple[str, Any] | None = None


@dataclass
class Outcome:
    """What a check came to.

    Attributes:
        verdict: the value of a ``grader.report.Verdict``.
        message: a sentence for the learner.
        details: see ``grader.report.CheckResult``.
        fatal: whether no other check can come to anything else.
        doubt: where the submission may not be the cause, the sentence for an accident; the grader
            finds out which it is.
        again: whether it may not happen twice.
    """

    verdict: str = "passed"
    message: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    fatal: bool = False
    doubt: str | None = None
    again: bool = False


def outcome(error: BaseException, known: Circumstances) -> Outcome:
    """What an exception that a check has raised means."""
    found = _outcome(error, known)
    raised = error if isinstance(error, SubmissionError) else error.__context__
    if isinstance(raised, SubmissionError) and _out_of_memory(raised):
        found.doubt, found.again = endings.also_the_solution(endings.out_of_memory()), True
    # what is wrong with the file itself, or with TensorFlow, stops every check
    found.fatal = isinstance(error, LoadError | NoProcess) or getattr(error, "loading", False)
    return found


def _outcome(error: BaseException, known: Circumstances) -> Outcome:
    match error:
        case Failure():
            details = dict(error.details)
            if isinstance(error.__context__, SubmissionError):  # the check worded it
                details |= _exception(error.__context__, known.lines)
            return Outcome("failed", error.message, details)
        case SubmissionError():
            verdict, message = _raised(error, Path(known.filename).name, known.lines)
            return Outcome(verdict, message, _exception(error, known.lines))
        case Late():
            message = endings.timeout(known.seconds, error.function)
            if error.loading:
                message = endings.timeout_at_load(known.seconds)
            if error.stopped:  # by itself, or by others
                return Outcome("timeout", message, doubt=endings.stopped(), again=True)
            return Outcome("timeout", message, doubt=endings.check_late(known.seconds))
        case Ended() if error.status in OUTSIDE:
            return Outcome("error", endings.ended(error.status), doubt=endings.killed(), again=True)
        case Ended():
            message = endings.ended(error.status)
            again = error.status in CRASHED
            return Outcome("error", message, doubt=endings.also_the_solution(message), again=again)
        case NotStarted():
            message = endings.not_started(str(error))
            return Outcome("accident", message, doubt=message, again=True)
        case Garbled():
            return Outcome("error", endings.garbled(str(error)))
        case NoProcess():
            return Outcome("accident", endings.tensorflow_missing(str(error)))
        case AssertionError():
            return Outcome("failed", str(error).partition("\n")[0] or unmet.does_not_hold())
    # the check itself raised: most likely over a value that it did not expect
    doubt = endings.check_raised(type(error).__name__)
    return Outcome("failed", _unusable(error, known.last), doubt=doubt)


def _unusable(error: BaseException, last: tuple[str, Any] | None) -> str:
    function, value = last or (None, None)
    if function is not None and value is None:
        return unmet.forgot_return()
    kind = type(error).__name__
    if function is None:
        template = _("The check stopped with an error ({type}). Please tell your instructor.")
        return template.format(type=kind)
    template = _("{function} returned {value}, which the check couldn't use ({type}).")
    return template.format(function=function, value=describe.phrase(value), type=kind)


# what the submission raised


def _out_of_memory(error: SubmissionError) -> bool:
    kinds = {error.type, *error.bases}
    if kinds & {"MemoryError", "ResourceExhaustedError"}:
        return True
    usual = kinds & {"OSError", "RuntimeError", "ImportError", "InternalError"}
    return bool(usual and _NO_MEMORY.search(error.message))


@dataclass(frozen=True)
class _Unhandled:
    """An exception of the submission's, as the sentences need it."""

    error: SubmissionError
    file: str
    lines: Lines

    @property
    def type(self) -> str:
        return self.error.type

    @property
    def message(self) -> str:
        return self.error.message

    @property
    def place(self) -> str | None:
        return self.lines.place(self.error.frame["line"]) if self.error.frame else None

    @property
    def function(self) -> str:
        return str(self.error.frame["function"]) if self.error.frame else ""

    @property
    def last(self) -> bool:
        """Whether a line of the submission's raised it, and nothing that it called."""
        return bool(self.error.frame and self.error.frame["last"])

    @property
    def loading(self) -> bool:
        return isinstance(self.error, LoadError)

    @property
    def where(self) -> str | None:
        if not self.error.frame:
            return None
        line, cell = self.lines.where(self.error.frame["line"])
        place = f"{self.file}:{line}" if cell is None else f"{self.file}, {self.place}"
        return f"{place}, {self.function}"

    @property
    def advice(self) -> str:
        """What helps, as this file has it; empty if only what helps in general is known."""
        if self.error.near:
            return exceptions.did_you_mean(self.error.near)
        if self.error.frame and "'NoneType'" in self.message:
            return inplace.advice(self.lines, self.error.frame["line"])
        return ""

    def is_a(self, name: str) -> bool:
        return name in (self.error.type, *self.error.bases)


def _unwritten(e: _Unhandled) -> bool:
    return e.type == "NotImplementedError" and e.last


# packages whose functions start another program
_PROGRAMS = {"subprocess", "multiprocessing"}

# The first that applies says what is to be said.
_SENTENCES: tuple[tuple[Callable[[_Unhandled], bool], Callable[[_Unhandled], str]], ...] = (
    (_unwritten, lambda e: exceptions.todo(e.function)),
    (
        lambda e: e.is_a("SystemExit") and e.loading,
        lambda e: exceptions.exits_at_load(e.place),
    ),
    (lambda e: e.is_a("SystemExit"), lambda e: exceptions.exits(e.where)),
    (
        lambda e: e.type == "EOFError" and e.message == "EOF when reading a line",
        lambda e: exceptions.waits_for_input(e.where),
    ),
    (lambda e: e.is_a("MemoryError"), lambda e: exceptions.out_of_memory(e.where)),
    (
        # Keras looks for a data set in its folder first, which can't be made
        lambda e: (
            (e.type == "PermissionError" and ".keras" in e.message)
            or e.type == "URLError"
            or e.is_a("requests.exceptions.ConnectionError")
            or e.is_a("MaxRetryError")  # of urllib3
            or e.is_a("gaierror")
            or "URL fetch failure" in e.message
        ),
        lambda e: exceptions.no_network(e.type, e.where),
    ),
    (
        lambda e: e.type == "PermissionError" and e.error.inside.partition(".")[0] in _PROGRAMS,
        lambda e: exceptions.starts_a_program(e.where),
    ),
    (
        lambda e: e.type == "PermissionError" and e.error.inside == "socket",
        lambda e: exceptions.opens_a_socket(e.where),
    ),
    (lambda e: e.type == "PermissionError", lambda e: exceptions.denied(e.message, e.where)),
    (
        lambda e: e.type == "WireError" and e.where is None,
        lambda e: exceptions.answer_too_large(e.error.function, e.message),
    ),
    (
        lambda e: e.type == "TypeError" and e.where is None and "not callable" in e.message,
        lambda e: exceptions.not_callable(e.error.function),
    ),
    (
        lambda e: e.loading and e.type == "SyntaxError" and bool(e.place) and e.last,
        lambda e: exceptions.syntax_error(e.place or "", e.message),
    ),
    (
        lambda e: e.loading and e.is_a("ImportError"),
        lambda e: exceptions.not_importable(e.type, e.message, e.place, advice=e.advice),
    ),
    (
        lambda e: e.loading,
        lambda e: exceptions.raised_at_load(e.type, e.message, e.place, e.advice),
    ),
    (
        lambda e: e.is_a("ModuleNotFoundError"),
        lambda e: exceptions.not_importable(
            e.type,
            e.message,
            where=e.where or f"{e.file}, {e.error.function}",
            advice=e.advice,
        ),
    ),
    (lambda e: True, lambda e: exceptions.raised(e.type, e.message, e.where, e.advice)),
)


def _raised(error: SubmissionError, file: str, lines: Lines) -> tuple[str, str]:
    """The verdict and the sentence for what the submission raised."""
    raised = _Unhandled(error, file, lines)
    message = next(sentence(raised) for applies, sentence in _SENTENCES if applies(raised))
    return "todo" if _unwritten(raised) else "error", message


def _exception(error: SubmissionError, lines: Lines) -> dict[str, Any]:
    shown = lines.shown(error.frame["line"], CONTEXT_LINES) if error.frame else None
    return {"exception": {"type": error.type, "message": error.message}, "lines": shown}
