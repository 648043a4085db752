"""The same checks by plain pytest, in one process, with no protection: the price of safety.

python benchmarks/in_process.py ex8 PATH [CHECK ...]

TensorFlow, the checks and the submission share one interpreter. Calls still pass through the agent,
in a thread, so that the checks need no second form; that adds about 0.2 ms to each.
"""

import json
import socket
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from grader.checker.job import Job
from grader.checker.plugin import Plugin
from grader.course import Course
from grader.engine.precheck import precheck
from grader.engine.results import job
from grader.sandbox import agent, wire
from grader.submission import Code


class Threads:
    """Serves agents from threads of this process."""

    def start(self, kind: str, tensorflow: bool) -> tuple[int, socket.socket]:
        """See ``grader.checks.remote.Starter``."""
        ours, theirs = socket.socketpair()
        module = None
        if tensorflow:
            from grader.sandbox import bench

            module = bench if kind == "bench" else None
        channel = wire.Channel(theirs)
        channel.send({"missing": []})
        threading.Thread(target=agent.Agent(channel, module).serve, daemon=True).start()
        return 0, ours

    def end(self, number: int) -> int:
        """Nothing to kill."""
        return 0

    def tell(self, message: dict[str, Any]) -> None:
        """Nobody listens."""


class Plain(Plugin):
    """The checker's fixtures under pytest's own loop."""

    def __init__(self, work: Job) -> None:
        super().__init__(work, Threads())  # type: ignore[arg-type]

    def pytest_runtestloop(self, session: pytest.Session) -> None:  # type: ignore[override]
        """Leave the loop to pytest."""

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Leave collection to pytest."""


def main() -> None:
    """Run one exercise's checks, or some of them; the exit code is pytest's."""
    exercise = Course.open().exercise(sys.argv[1])
    path = Path(sys.argv[2]).resolve()
    source = precheck(path.read_bytes(), exercise.functions)
    assert isinstance(source, Code)
    timeouts = {check.name: check.timeout for check in exercise.checks}
    tensorflow = any(check.tensorflow for check in exercise.checks)
    work = job(exercise, path, source, timeouts, tensorflow)
    if source.tensorflow or tensorflow:
        import tensorflow
    screen = sys.stdout
    where = [f"{exercise.checks_file}::test_{name}" for name in sys.argv[3:]]
    code = pytest.main(
        [*(where or [str(exercise.checks_file)]), "--assert=plain",
         "-pno:cacheprovider", "-pno:terminal", "--disable-plugin-autoload", "--capture=no",
         "--import-mode=importlib", f"--rootdir={exercise.root}",
         f"--confcutdir={exercise.root / 'solutions'}", "--config-file=/dev/null"],
        plugins=[Plain(work)],
    )  # fmt: skip
    json.dump({"pytest": int(code)}, screen)
    raise SystemExit(int(code))


if __name__ == "__main__":
    main()
