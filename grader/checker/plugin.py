"""What turns pytest into a checker: its hooks, and the fixtures of the checks."""

import contextlib
import math
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader import endings
from grader.checker import trouble
from grader.checker.control import Control
from grader.checker.findings import Circumstances, Outcome, outcome
from grader.checker.job import Job
from grader.checker.processes import Processes, derived_seed
from grader.checks import describe, parts, shown
from grader.checks.models import Bench, with_libraries_as_they_are
from grader.checks.remote import Learner
from grader.checks.source import Source
from grader.i18n import _
from grader.markers import MARKERS
from grader.sandbox import clock
from grader.sandbox.clock import Clock
from grader.submission import Lines


class Plugin:
    """The fixtures and hooks that turn pytest into a checker."""

    def __init__(self, job: Job, control: Control) -> None:
        self.job, self.control = job, control
        self.clock = Clock()
        self.processes = Processes(job, control, self.clock)
        self.check, self.seed = "", 0
        self.outcome: Outcome | None = None  # of the check that runs, once something was raised
        self.losses: list[float | None] = []  # of the newest training in this check

    # pytest's hooks

    def pytest_configure(self, config: pytest.Config) -> None:
        for marker in MARKERS:
            config.addinivalue_line("markers", f"{marker}: of this course")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            last = report.longreprtext.strip().splitlines()[-1]
            self.control.tell({"broken": last.removeprefix("E ").strip()})

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            os._exit(1)  # the reason has been told
        cases: dict[str, list[Any]] = {}
        for item in session.items:
            cases.setdefault(item.originalname.removeprefix("test_"), []).append(item)  # type: ignore[attr-defined]
        shared = {name: _wider_fixtures(items[0]) for name, items in cases.items()}
        while (task := self.control.next(shared)) is not None:
            name, self.seed = task
            self._run(name, cases.get(name, []))
        return True

    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        error = call.excinfo.value if call.excinfo is not None else parts.first_error()
        if error is None or self.outcome is not None:
            return
        self.outcome = outcome(error, self._circumstances())
        details, case = self.outcome.details, getattr(item, "callspec", None)
        details["printed"] = "".join(p.printed for p in self.processes.alive) or None
        if self.job.records:
            details["calls"] = self.processes.record.told()
        if case is not None:
            given = {name: describe.describe(value) for name, value in case.params.items()}
            details["given"] = given | (details.get("given") or {})
        name = case.id if case is not None else ""
        details["trouble"] = trouble.trouble(error, Path(self.job.root), name)

    # fixtures

    @pytest.fixture
    def learner(self, request: pytest.FixtureRequest) -> Iterator[Learner]:
        tensorflow = request.node.get_closest_marker("tensorflow") is not None
        with self.processes.learner(tensorflow, self.seed, request.node.name) as learner:
            yield learner
            if self.outcome is None:
                with_libraries_as_they_are(learner)

    @pytest.fixture(scope="module")
    def shared_learner(self) -> Iterator[Learner]:
        with self.processes.learner(self.job.tensorflow_checks, self.seed, "shared") as learner:
            yield learner

    @pytest.fixture
    def bench(self, request: pytest.FixtureRequest) -> Iterator[Bench]:
        with self.processes.bench(self.seed, request.node.name) as process:
            yield Bench(process, self._epoch_ended)

    @pytest.fixture(scope="module")
    def shared_bench(self) -> Iterator[Bench]:
        with self.processes.bench(self.seed, "shared") as process:
            yield Bench(process, self._epoch_ended)

    @pytest.fixture
    def source(self) -> Source:
        return Source(self.job.source, self.job.cells)

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        return np.random.default_rng(derived_seed(self.seed, request.node.name))

    # the rest

    def _run(self, name: str, items: list[pytest.Item]) -> None:
        """Run a check with all its cases, until one does not pass."""
        self.check, self.outcome, begin, paused = name, None, clock.now(), 0.0
        self.losses, said = [], trouble.Said()
        parts.begin()
        shown.begin()
        for item in items:
            self.clock.start(self.job.timeouts[name])
            # pytest keeps what the next test shares: any other one keeps the module's fixtures
            others = (i for i in item.session.items if i is not item)
            another = None if self.job.repeats else next(others, None)
            with contextlib.redirect_stdout(said):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=another)
            paused += self.clock.paused
            if self.outcome is not None:
                break
        if not items:
            message = endings.check_crashed()
            self.outcome = Outcome("error", message, doubt=message)
        if self.outcome is not None:
            self.processes.drop()  # what has failed may have left anything
        result = self.outcome or Outcome()
        details = result.details
        details |= shown.details()
        if self.losses:
            details["losses"] = self.losses
        if parts.told():
            details["parts"] = parts.told()
        if said.getvalue():
            told = (
                details.get("trouble"),
                _("printed: {words}").format(words=said.getvalue().strip()),
            )
            details["trouble"] = "\n".join(filter(None, told))
        seconds = clock.now() - begin - paused
        more = {"name": name, "seconds": seconds, "missing": sorted(self.processes.missing)}
        self.control.tell({"result": asdict(result) | more})

    def _circumstances(self) -> Circumstances:
        calls = [p.last for p in self.processes.alive if p.last is not None]
        return Circumstances(
            filename=self.job.filename,
            lines=Lines(self.job.source, self.job.cells),
            seconds=self.job.timeouts.get(self.check, math.inf),
            last=calls[-1] if calls else None,
        )

    def _epoch_ended(self, epoch: int, epochs: int, loss: float, left: float) -> None:
        known = loss if math.isfinite(loss) else None  # JSON has no NaN
        self.losses = [*self.losses, known] if epoch > 1 else [known]
        self.control.tell({"note": _epoch(epoch, epochs, loss, left)})


def _wider_fixtures(item: Any) -> list[str]:
    """The fixtures of the course's that a test shares with others."""
    definitions = item._fixtureinfo.name2fixturedefs
    return sorted(
        name
        for name, found in definitions.items()
        if found[-1].scope != "function" and found[-1].baseid
    )


def _epoch(number: int, epochs: int, loss: float, left: float) -> str:
    if number < epochs:
        template = _("epoch {number} of {epochs}, loss {loss:.3f}, {seconds:.0f} s left at most")
    else:
        template = _("epoch {number} of {epochs}, loss {loss:.3f}")
    return template.format(number=number, epochs=epochs, loss=loss, seconds=left)
