"""GitHub Actions: a job that grades a repository's file, and the summary on its page.

Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from grader.errors import GraderError
from grader.export.interface import Interim
from grader.export.words import markdown
from grader.i18n import _
from grader.report import Report


@dataclass(frozen=True)
class GitHub:
    """One step of a job.

    Attributes:
        environment: what the runner says.
    """

    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)

    @property
    def folder(self) -> Path:
        """The checkout, or the folder or file in it that the step names."""
        return Path(self._named("GITHUB_WORKSPACE")) / self.environment.get("GRADE_PATH", "")

    def submitted(self) -> datetime | None:
        """A push is no hand-in."""
        return None

    def due(self) -> datetime | None:
        """A push is no hand-in."""
        return None

    def results(self, interim: Interim) -> Mapping[Path, bytes]:
        """The step's summary, and its outputs."""
        report = interim.report
        outputs = {
            "graded": str(report.graded).lower(),
            "passed": str(report.passed).lower(),
            "score": f"{report.score:g}",
            "max-score": f"{report.max_score:g}",
        }
        lines = "".join(f"{name}={value}\n" for name, value in outputs.items())
        return {
            Path(self._named("GITHUB_STEP_SUMMARY")): markdown(report, interim.notes).encode(),
            Path(self._named("GITHUB_OUTPUT")): lines.encode(),
        }

    def exit_code(self, report: Report) -> int:
        """As of ``grade ex3``: 0 if all passed, 1 if not, 3 if something could not be graded."""
        return 3 if not report.graded else int(not report.passed)

    def _named(self, name: str) -> str:
        try:
            return self.environment[name]
        except KeyError:
            raise GraderError(
                _("{name} is not set. Run this in a step of GitHub Actions.").format(name=name)
            ) from None
