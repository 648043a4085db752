"""The checker: an interpreter that runs a course's hidden checks with pytest.

It holds the checks and their data, and no TensorFlow; it is a fork of one that has only imported
this module. The grader says what to run, and gets each result; see ``control``.
"""

import contextlib
import io
import os
import resource
import socket
import sys
from pathlib import Path

import pytest

from grader.checker.control import Control
from grader.checker.job import Job
from grader.checker.plugin import Plugin
from grader.i18n import _

MEMORY = 4 << 30


def warm_up() -> None:
    """Import what pytest does when it starts: once here, not in each checker."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        pytest.main(["-VV", "--disable-plugin-autoload", "--assert=plain"])


def main(control: int) -> None:
    """Run the checks that the grader names, until it names no more."""
    grader = Control(socket.socket(fileno=control))
    try:
        with contextlib.redirect_stderr(io.StringIO()) as errors:
            code = _run_pytest(grader.job(), grader)
        if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            lines = errors.getvalue().strip().splitlines()
            grader.tell(
                {"broken": lines[-1] if lines else _("pytest ended with {code}").format(code=code)}
            )
    except Exception as error:
        grader.tell({"broken": f"{type(error).__name__}: {error}"})


def _run_pytest(job: Job, control: Control) -> int:
    if sys.platform == "linux":  # whatever a submission sends must not take the machine's memory
        with contextlib.suppress(ValueError):  # lower already
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.chdir(job.root)
    solutions = Path(job.root) / "solutions"
    sys.path[:0] = [str(Path(job.checks).parent), str(solutions)]  # for the helpers of the checks
    return pytest.main(
        [
            job.checks,
            "--assert=plain",  # no check's source in a message
            "--capture=no",
            "-pno:cacheprovider",
            "-pno:terminal",
            "-pno:faulthandler",
            "-pno:threadexception",
            "-pno:unraisableexception",
            "--disable-plugin-autoload",
            "--strict-markers",
            "--import-mode=importlib",
            f"--rootdir={job.root}",
            f"--confcutdir={solutions}",
            f"--config-file={os.devnull}",
        ],
        plugins=[Plugin(job, control)],
    )
