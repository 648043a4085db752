"""``grade run ex2``: the learner's file as ``python`` runs it, without TensorFlow's log lines."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

from grader.cli.context import Context, quoted
from grader.cli.exits import Complaint
from grader.cli.options import CourseOption, CurrentArgument
from grader.cli.terminal.console import say
from grader.i18n import _

_DISPLAYS = ("MPLBACKEND", "DISPLAY", "WAYLAND_DISPLAY")  # with one of them plots have windows
_MATPLOTLIB = "ModuleNotFoundError: No module named 'matplotlib"
_LOG = re.compile(rb"[IWEF]\d|\d{4}-|WARNING")  # how a log line of TensorFlow begins
_CHUNK = 1 << 16  # bytes


def run(exercise: CurrentArgument = None, course: CourseOption = None) -> int:
    """Run your file of an exercise, without TensorFlow's log lines and with plots in the terminal.

    It is your own program and runs as one, with all that you may do: nothing is confined, graded or
    recorded. The exit code is the program's.
    """
    mine = Context(course).own(exercise)
    mine.content()  # complains if it can't be read
    if mine.path.suffix == ".ipynb":
        raise Complaint(_("{file} is a notebook. Run its cells in Jupyter.").format(file=mine.file))
    last, code = _run(mine.path)
    if last == "NotImplementedError":
        say(
            _("A function that this needs is not written yet. `{command}` says which.").format(
                command=mine.command()
            )
        )
    elif last.startswith(_MATPLOTLIB):
        install = quoted("pip", "install", "matplotlib")
        say(_("Plots need matplotlib. Install it with `{command}`.").format(command=install))
    return code


def _run(file: Path) -> tuple[str, int]:
    """Run a Python file to its end; its last line on standard error, and its exit code."""
    program = subprocess.Popen(
        [sys.executable, str(file)], stderr=subprocess.PIPE, env=os.environ | _environment()
    )
    assert program.stderr is not None
    # Ctrl-C is for the program: it is still awaited, and says itself what happened
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        last = _copied(program.stderr)
        code = program.wait()
    finally:
        signal.signal(signal.SIGINT, before)
    return last, code if code >= 0 else 128 - code


def _environment() -> dict[str, str]:
    """What TensorFlow and matplotlib are told, unless the person has told them."""
    wanted = {"TF_CPP_MIN_LOG_LEVEL": "3"}
    if sys.platform != "darwin" and not any(map(os.environ.get, _DISPLAYS)):
        wanted["MPLBACKEND"] = "module://grader.render.figures"
    return {name: value for name, value in wanted.items() if not os.environ.get(name)}


def _copied(errors: IO[bytes]) -> str:
    """Copy standard error without TensorFlow's log lines; returns its last line."""
    from grader.sandbox.printed import LOGGED

    last, line, shown = b"", b"", 0
    while data := os.read(errors.fileno(), _CHUNK):
        for part in data.splitlines(keepends=True):
            line += part
            ended = line.endswith((b"\n", b"\r"))
            # what input() asks has no end yet, and is shown all the same
            if shown or not (LOGGED if ended else _LOG).match(line):
                sys.stderr.buffer.write(line[shown:])
                sys.stderr.buffer.flush()
                last, shown = line.strip() or last, len(line)
            if ended:
                line, shown = b"", 0
    if not shown and not LOGGED.match(line):
        sys.stderr.buffer.write(line)
        last = line.strip() or last
    return last.decode("utf-8", "replace")
