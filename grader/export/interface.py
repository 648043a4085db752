"""What a service that runs this grader has to tell, and what it is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from grader.report import Report


@dataclass(frozen=True)
class Interim:
    """What is known of a grading, at any time from its beginning to its end.

    Attributes:
        report: a check that has not run yet is an accident in it.
        notes: sentences for the learner, such as why something was not graded.
    """

    report: Report
    notes: tuple[str, ...] = ()


class Service(Protocol):
    """A place that runs this grader: where it puts a submission, and what it reads afterwards."""

    @property
    def folder(self) -> Path:
        """Where the submission is."""

    def submitted(self) -> datetime | None:
        """When it was handed in, if the service says so."""

    def due(self) -> datetime | None:
        """When it was to be handed in, if the service says so."""

    def results(self, interim: Interim) -> Mapping[Path, bytes]:
        """The files that the service reads; written again whenever more is known."""

    def exit_code(self, report: Report) -> int:
        """How the program ends after a grading."""
