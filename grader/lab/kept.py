"""What a learner's folder keeps of a lab: guesses, and runs that need not be done again."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader import folder
from grader.errors import GraderError
from grader.i18n import _
from grader.lab.experiment import Experiment, Guess, HowMuch, InOrder, Lab, WhichOne
from grader.measured import MAX_RECORD, RunTable, checked, like
from grader.workspace import Workspace


class KeepingError(GraderError):
    """A result can't be kept; the text says why."""


@dataclass(frozen=True)
class Trial:
    """What was guessed and run of one experiment; without a guess if nobody was asked."""

    guess: Guess | None = None
    runs: Mapping[int, RunTable] = field(default_factory=dict)


@dataclass(frozen=True)
class LabBook:
    """The results of one lab in a learner's folder.

    Attributes:
        path: the file; ``None`` where nothing is kept.
    """

    lab: Lab
    path: Path | None

    @classmethod
    def of(cls, lab: Lab, workspace: Workspace | None) -> "LabBook":
        """In a learner's folder, if there is one that may be written."""
        if workspace is None or workspace.read_only or workspace.flat:
            return cls(lab, None)
        return cls(lab, workspace.root / ".grade" / "labs" / f"{lab.stem}.json")

    def trial(self, experiment: Experiment) -> Trial:
        """What is kept of an experiment; nothing if it ran with another code, or is no trial."""
        each = self._data().get(experiment.name)
        if not isinstance(each, dict):
            return Trial()
        runs: dict[int, RunTable] = {}
        # whoever wrote the file: what can't be drawn beside the course's own runs is run again
        recorded = list(self.lab.recorded().runs.get(experiment.name, {}).values())
        if each.get("code") == experiment.code and isinstance(each.get("runs"), dict):
            for seed, table in each["runs"].items():
                with suppress(ValueError, KeyError):
                    found = checked(table)
                    if any(like(found, model) for model in recorded) or not recorded:
                        runs[int(seed)] = found
        return Trial(fits(experiment, each.get("guess")), runs)

    def keep(self, experiment: Experiment, trial: Trial) -> None:
        """Keep a guess and the runs of an experiment, and leave the others as they are.

        Raises:
            KeepingError: the file can't be written.
        """
        if self.path is None:
            return
        each = {
            "code": experiment.code,
            "guess": trial.guess,
            "runs": {str(seed): table for seed, table in trial.runs.items()},
        }
        data = self._data() | {experiment.name: each}
        try:
            root = self.path.parent.parent
            with folder.opened(root.parent) as top:
                top.make(root.name)
            with folder.opened(root) as inner:
                inner.make(self.path.parent.name)
            folder.replace(self.path, json.dumps(data).encode())
        except OSError as error:
            raise KeepingError(
                _("{path} can't be written ({reason}), so this result is not kept.").format(
                    path=self.path, reason=error.strerror
                )
            ) from error

    def _data(self) -> dict[str, Any]:
        if self.path is None:
            return {}
        try:
            data = json.loads(folder.read(self.path, MAX_RECORD))
        except (OSError, ValueError, RecursionError):
            return {}
        return data if isinstance(data, dict) else {}


def fits(experiment: Experiment, value: object) -> Guess | None:
    """A guess as it is kept, if it is one that the experiment asks for."""
    match experiment.predict:
        case HowMuch(least=least, most=most) if isinstance(value, int | float):
            return float(value) if least <= value <= most else None
        case WhichOne(options=options) if type(value) is int and 0 <= value < len(options):
            return value
        case InOrder(rows=rows) if isinstance(value, list | tuple):
            if all(type(each) is int for each in value):
                if sorted(value) == list(range(len(rows))):
                    return tuple(value)
    return None
