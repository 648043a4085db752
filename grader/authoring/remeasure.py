"""Runs a course's experiments again, and says which recorded numbers do not come back.

A number comes back if it lies in its band: from the smallest to the largest of all recorded runs,
and half as far again on both sides. Other processors and libraries change digits, not bands.
"""

import os
import shlex
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from grader.authoring.labs import due
from grader.course import Course, Flaw, built_in
from grader.engine.server import Server
from grader.errors import CourseError
from grader.i18n import _
from grader.lab.experiment import Lab, labs
from grader.lab.run import LabError, run
from grader.measured import KEY, Measured, RunTable, number

LEAST = 0.03  # of a number: so wide is a band on each side at least
TIMES = ("seconds",)  # columns that say more about the machine than about the course


def unmeasured(course: Course) -> Iterator[Flaw]:
    """Texts that name a number that no lab has recorded, and records that are out of date."""
    measured = Measured(course.root / "labs")
    record = _("run `{command}`").format(command=_command(course))
    for path in _texts(course.root):
        text = path.read_text("utf-8")
        for match in KEY.finditer(text):
            try:
                measured.resolved(match[0])
            except CourseError:
                line = text[: match.start()].count("\n") + 1
                what = _("{match} is in no record").format(match=match[0])
                fix = _("name a recorded number, or {record}").format(record=record)
                yield Flaw(path, line, what, fix)
    for each in due(course):
        what = _("{experiment} was not recorded with seed {seed} as it is now").format(
            experiment=each.experiment.name, seed=each.seed
        )
        yield Flaw(each.lab.record, None, what, record)


def _command(course: Course) -> str:
    """What measures a course's experiments."""
    if course.root == built_in():
        return "python -m grader.authoring.labs"
    root = shlex.quote(str(Path(os.path.relpath(course.root))))
    return f"python -m grader.authoring.labs --course {root}"


def _texts(root: Path) -> list[Path]:
    found = [root.glob(f"{each}/*.toml") for each in ("quizzes", "labs")]
    return sorted(chain(*found, root.glob("solutions/*/solution.py")))


def again(
    course: Course,
    only: Collection[str] = (),
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Flaw]:
    """Run all experiments that can run here once more, with their first seeds, and compare."""
    chosen = [lab for lab in labs(course) if not only or lab.id in only]
    total = sum(each.possible for lab in chosen for each in lab.experiments)
    done = 0
    with Server(course.root, large=True) as server:
        for lab in chosen:
            recorded = lab.recorded()
            for experiment in filter(lambda each: each.possible, lab.experiments):
                runs = recorded.runs.get(experiment.name, {})
                seed = min(runs, default=experiment.seeds[0])
                try:
                    now = run(lab, experiment.name, seed, server)
                except LabError as error:
                    yield Flaw(lab.script, None, str(error).rstrip("."), _("fix the experiment"))
                else:
                    yield from _left(lab, experiment.name, now.table, runs)
                done += 1
                on_step(done, total)


def _left(lab: Lab, name: str, table: RunTable, runs: Mapping[int, RunTable]) -> Iterator[Flaw]:
    """The numbers of a run that lie outside of their bands."""
    known = [dict(numbers(run)) for run in runs.values()]  # once: pictures are thousands of numbers
    for place, value in numbers(table):
        recorded = [each[place] for each in known if place in each]
        if recorded and not inside(value, recorded):
            low, high = number(min(recorded)), number(max(recorded))
            what = _("{lab}.{name}.{place} is {value} now, and was {low} to {high}").format(
                lab=lab.id, name=name, place=place, value=number(value), low=low, high=high
            )
            fix = _("see what has changed; if it is right, delete the record and measure again")
            yield Flaw(lab.record, None, what, fix)


def inside(value: float, recorded: Collection[float]) -> bool:
    """Whether a number lies in the band of the recorded ones."""
    low, high = min(recorded), max(recorded)
    room = max((high - low) / 2, LEAST * max(abs(low), abs(high)), 1e-6)
    return low - room <= value <= high + room


def numbers(table: RunTable) -> Iterator[tuple[str, float]]:
    """All numbers of a table with their places: ``best_epoch``, ``loss@30``, ``counts[3][4]``."""

    def inner(place: str, value: Any) -> Iterator[tuple[str, float]]:
        if isinstance(value, list):
            for position, each in enumerate(value):
                yield from inner(f"{place}[{position}]", each)
        elif isinstance(value, int | float):
            yield place, value

    first = next(iter(table.values()))
    for name, value in table.items():
        if name in TIMES:
            continue
        named = isinstance(first, list) and isinstance(value, list) and len(first) == len(value)
        if named and not isinstance(first[0], list):
            for row, each in zip(first, value, strict=True):
                yield from inner(f"{name}@{row}", each)
        else:
            yield from inner(name, value)
