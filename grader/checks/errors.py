"""What may go wrong between a check and the process that it calls."""

from dataclasses import dataclass
from typing import Any

from grader.sandbox import wire

MAX_MESSAGE = 10_000  # the agent keeps less; but the agent is not to be trusted


class SubmissionError(Exception):
    """The submission raised.

    Attributes:
        type, bases: the exception's class and its ancestors, by name.
        message: its text.
        near: a name that an import that failed may mean; empty if none is known.
        inside: the module whose function raised it, by name.
        frame: ``{"line", "function", "last"}`` of the submission's innermost line, or ``None``.
        function: what the check had called.
    """

    def __init__(self, error: wire.Message, function: str) -> None:
        self.type = str(error.get("type"))[:100]
        bases = error.get("bases")
        self.bases = [str(b)[:100] for b in bases[:200]] if isinstance(bases, list) else []
        self.message = str(error.get("message") or "")[:MAX_MESSAGE]
        self.near = str(error.get("near") or "")[:100]
        self.inside = str(error.get("inside") or "")[:100]
        self.frame: dict[str, Any] | None = None
        match error.get("frame"):
            case {"line": int(line), "function": str(name), "last": bool(last)}:
                self.frame = {"line": line, "function": name[:100], "last": last}
        self.function = function
        super().__init__(f"{self.type}: {self.message}")


class LoadError(SubmissionError):
    """The submission raised while it was loading."""


class Ended(Exception):
    """A confined process ended before it had answered."""

    def __init__(self, status: int, loading: bool) -> None:
        self.status, self.loading = status, loading
        super().__init__(f"exit status {status}")


class Late(Exception):
    """The check's time was over.

    Attributes:
        stopped: whether others held the process up: it was stopped, or got hardly any core.
    """

    def __init__(self, function: str, loading: bool, stopped: bool = False) -> None:
        self.function, self.loading, self.stopped = function, loading, stopped
        super().__init__(function)


class Garbled(Exception):
    """What came from a confined process was no answer."""


class NotStarted(Exception):
    """A confined process did not come up; nothing of the submission has run in it."""


@dataclass
class Raised(Exception):
    """Raise this in a stand-in's method to have an exception raised in the learner's code.

    A name that is no built-in exception becomes a new class of that name, whose ``repr`` is its
    message: not every class of errors has the usual one.
    """

    type: str
    message: str = ""
