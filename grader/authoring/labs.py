"""Measures a course's experiments and records what they gave.

``python -m grader.authoring.labs [--course DIR] [ex6 …]`` runs what has changed since it was
recorded, or was never run; every run is kept as soon as it is over.
"""

import argparse
import hashlib
import json
import os
import platform
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from grader import datasets, folder
from grader.course import Course
from grader.engine.server import Server
from grader.errors import GraderError
from grader.i18n import _
from grader.lab.experiment import Experiment, Lab, labs
from grader.lab.run import LabError, LabRun, run
from grader.measured import Recorded, read


@dataclass(frozen=True)
class MissingRun:
    """A run that is not recorded: an experiment with a seed.

    Attributes:
        never: whether no run of the experiment is recorded as it is now.
    """

    lab: Lab
    experiment: Experiment
    seed: int
    never: bool = False


def due(course: Course, only: Collection[str] = ()) -> list[MissingRun]:
    """What is not recorded, or was recorded with another code or other data; first seeds first.

    Raises:
        GraderError: a lab can't be read.
    """
    found = []
    for lab in labs(course):
        if only and lab.id not in only:
            continue
        record = lab.recorded()
        for each in lab.experiments:
            fresh = record.code.get(each.name) == each.code and record.data == data_digest()
            known = record.runs.get(each.name, {}) if fresh else {}
            missing = [seed for seed in each.seeds if seed not in known]
            found += [MissingRun(lab, each, seed, never=not known) for seed in missing]
    return sorted(found, key=lambda each: each.seed)


def keep(each: MissingRun, done: LabRun, versions: Mapping[str, str]) -> None:
    """Add a run to its lab's record; runs of another code or of no experiment leave it."""
    path, name = each.lab.record, each.experiment.name
    old = read(path)
    codes = {other.name: other.code for other in each.lab.experiments}
    same = old.data == data_digest()
    runs = {
        known: dict(found)
        for known, found in old.runs.items()
        if same and old.code[known] == codes.get(known)
    }
    longest = {known: old.seconds[known] for known in runs}
    runs.setdefault(name, {})[each.seed] = done.table
    longest[name] = round(max(longest.get(name, 0.0), done.seconds), 1)
    new = Recorded(
        code={known: codes[known] for known in codes if known in runs},
        data=data_digest(),
        versions=dict(versions),
        machine=machine(),
        seconds=longest,
        runs={known: runs[known] for known in codes if known in runs},
    )
    folder.replace(path, _dumped(new).encode())


def _dumped(record: Recorded) -> str:
    """JSON whose lists of numbers are one line each, so that a change can be read."""
    marks: list[str] = []

    def marked(value: object) -> object:
        if isinstance(value, dict):
            return {key: marked(each) for key, each in value.items()}
        if isinstance(value, list):
            marks.append(json.dumps([_short(each) for each in value]))
            return f"@{len(marks) - 1}@"
        return _short(value)

    text = json.dumps(marked(record.to_dict()), indent=1)
    for number, mark in enumerate(marks):
        text = text.replace(f'"@{number}@"', mark, 1)
    return text + "\n"


def _short(value: object) -> object:
    """Six digits of a number: what one machine and another agree on."""
    if isinstance(value, list):
        return [_short(each) for each in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value


@cache
def data_digest() -> str:
    """Of the bundled image sets."""
    digest = hashlib.sha256()
    for path in sorted(Path(datasets.__file__).parent.glob("*.npz")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def machine() -> str:
    """Its kind: no name, only what numbers and times depend on."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, no GPU"


@dataclass
class Recording:
    """Runs what is due until nothing is, reading the course again each time."""

    course: Course
    only: Collection[str] = ()
    failed: set[tuple[str, str, int]] = field(default_factory=set)

    def __iter__(self) -> Iterator[str]:
        with Server(self.course.root, large=True) as server:
            while waiting := [each for each in due(self.course, self.only) if self._fit(each)]:
                each = waiting[0]
                name = _("{experiment}, seed {seed}").format(
                    experiment=f"{each.lab.id}.{each.experiment.name}", seed=each.seed
                )
                try:
                    done = run(each.lab, each.experiment.name, each.seed, server)
                except LabError as error:
                    self.failed.add((each.lab.id, each.experiment.code, each.seed))
                    yield f"{name}: {error}"
                else:
                    keep(each, done, server.versions())
                    yield _("{name}: {seconds:.1f} s; {count} more").format(
                        name=name, seconds=done.seconds, count=len(waiting) - 1
                    )

    def _fit(self, each: MissingRun) -> bool:
        return (each.lab.id, each.experiment.code, each.seed) not in self.failed


def main() -> None:
    """Record what is due, and say what was run."""
    parser = argparse.ArgumentParser(description=_("Measure the experiments of a course."))
    parser.add_argument("--course", help=_("its folder; the built-in one without it"))
    parser.add_argument("labs", nargs="*", help=_("such as ex6; all without it"))
    words = parser.parse_args()
    try:
        recording = Recording(Course.open(words.course), words.labs)
        for sentence in recording:
            print(sentence, flush=True)
    except (GraderError, OSError) as error:
        sys.exit(str(error))
    sys.exit(1 if recording.failed else 0)


if __name__ == "__main__":
    main()
