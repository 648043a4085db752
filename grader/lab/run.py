"""Runs one experiment with one seed in a confined process, as a submission's code is run."""

import ast
import contextlib
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grader.checks.errors import Ended, Garbled, Late, NotStarted, SubmissionError
from grader.checks.remote import RemoteProcess
from grader.clean import sentence
from grader.engine.precheck import Refusal, precheck
from grader.engine.server import Server, cpu_seconds
from grader.errors import GraderError
from grader.i18n import _
from grader.lab.experiment import Lab
from grader.measured import RunTable, checked
from grader.parsing import parse
from grader.sandbox.clock import Clock
from grader.sandbox.interpreters import Process, ServerError

SECONDS = 900.0  # one run may take so long, without the loading of TensorFlow


class LabError(GraderError):
    """An experiment did not get to its end; the text says why."""


class _OfServer:
    """Gives processes of a server to one run."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._processes: dict[int, tuple[Process, bool]] = {}
        self.computed: float | None = None  # seconds of processors, of the process that has ended

    def start(self, kind: str, tensorflow: bool) -> tuple[int, socket.socket]:
        """See ``grader.checks.remote.Starter``."""
        started = self._server.start(kind, tensorflow, cpu_seconds(SECONDS))
        self._processes[started.number] = (started, tensorflow)
        return started.number, started.channel

    def end(self, number: int) -> int:
        """See ``grader.checks.remote.Starter``."""
        self.computed = computed(number)
        return self._server.end(*self._processes.pop(number))


@dataclass(frozen=True)
class LabRun:
    """What one run gave.

    Attributes:
        table: what the function returned.
        seconds: that processors worked for it: other programs don't change them, and one free
            processor needs no more. Where the system doesn't count them, the time by the clock.
    """

    table: RunTable
    seconds: float


def run(
    lab: Lab,
    function: str,
    seed: int,
    server: Server,
    say: Callable[[str], None] = lambda words: None,
) -> LabRun:
    """Run an experiment of a lab once.

    Args:
        lab: has the script.
        function: may take a ``seed``, ``say``, with which it says how far it is, and ``whole``,
            all 60,000 images.
        seed: of what it draws.
        server: starts the process; one that is ``large``, as numbers are recorded with.
        say: gets each sentence that the function says while it runs.

    Raises:
        LabError: it raised, took too long, or returned no table.
    """
    filename, began = lab.script.name, time.monotonic()
    code = precheck(lab.source.encode(errors="surrogatepass"), (function,))
    if isinstance(code, Refusal):
        raise LabError(
            _("{filename} can't be run: {message}").format(filename=filename, message=code.message)
        )
    clock, process, starter = Clock(), None, _OfServer(server)
    clock.start(SECONDS)
    try:
        process = RemoteProcess(starter, "learner", code.tensorflow, clock)
        process.load(code.text, filename, "lab", seed)

        def said(words: object = "", *more: object) -> None:
            say(sentence(words)[:200])

        known: dict[str, object] = {"seed": seed, "say": said}
        names = _parameters(code.text, function)
        if "whole" in names:
            known["whole"] = whole_set()
        say(_("it has begun"))
        told = process.call((None, function), (), {n: known[n] for n in known if n in names})
        table = checked(told)
        process.end()
        return LabRun(table, starter.computed or time.monotonic() - began)
    except SubmissionError as error:
        what = sentence(f"{error.type}: {error.message}")
        raise LabError(
            _("{filename}, line {line}: {function} raised {what}").format(
                filename=filename, line=error.frame["line"], function=function, what=what
            )
            if error.frame
            else _("{filename}: {function} raised {what}").format(
                filename=filename, function=function, what=what
            )
        ) from error
    except Late as error:
        raise LabError(
            _("{filename}: {function} was stopped after {minutes:.0f} minutes.").format(
                filename=filename, function=function, minutes=SECONDS / 60
            )
        ) from error
    except Ended as error:
        raise LabError(
            _(
                "{filename}: the process of {function} ended with status {status}. "
                "Perhaps memory ran out: close other programs and try again."
            ).format(filename=filename, function=function, status=error.status)
        ) from error
    except (Garbled, ValueError) as error:
        raise LabError(
            _("{filename}: what {function} returned is no table: {reason}.").format(
                filename=filename, function=function, reason=error
            )
        ) from error
    except (NotStarted, ServerError) as error:
        raise LabError(
            _(
                "Experiments can't run on this machine ({reason}). Run `grade doctor` to see why."
            ).format(reason=error)
        ) from error
    finally:
        if process is not None:
            process.end()


def computed(pid: int) -> float | None:
    """The seconds that processors have worked for a process so far; None where no /proc says it.

    Source: proc_pid_stat(5), utime and stime.
    """
    with contextlib.suppress(OSError, ValueError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return None


def whole_set() -> object:
    """All 60,000 and 10,000 garments. They are read here: a confined process can't reach them.

    Raises:
        LabError: they are not on this computer, or damaged.
    """
    from grader.datasets import fashion_mnist

    try:
        return fashion_mnist.load_data(full=True)
    except (OSError, ValueError) as error:
        raise LabError(str(error)) from error


def _parameters(source: str, function: str) -> set[str]:
    """The names of a function's parameters."""
    return {
        each.arg
        for node in parse(source).body
        if isinstance(node, ast.FunctionDef) and node.name == function
        for each in (*node.args.args, *node.args.kwonlyargs)
    }
