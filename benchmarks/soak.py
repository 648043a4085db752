"""A thousand gradings in one process, of honest, wrong and hostile submissions in turn.

python benchmarks/soak.py [--gradings 1000] [--write]

Every verdict has to be what the same submission with the same seed gets alone, and nothing may
grow: descriptors, processes, memory. ``--write`` draws what was measured to ``docs/soak.svg``. The
exit code is 1 if a verdict differed or something grew.
"""

import argparse
import contextlib
import io
import os
import random
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from ratios import proportional_set_size
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.terminal_theme import MONOKAI

import grader
from grader.course import Course, Exercise

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "soak.svg"
LIMIT = 5.0  # seconds for a check; hostile ones use it up
WRONG = 4  # misconceptions of each exercise
COLUMNS, BLOCKS = 50, "▁▂▃▄▅▆▇█"
TRAIN = (
    "ex2",
    "ex8",
)  # exercises that are graded by all their checks; the others by the quick ones


@dataclass(frozen=True)
class Submission:
    """A file, what it is graded by, and the seed that makes its verdict the same each time."""

    kind: str
    exercise: Exercise
    path: Path
    checks: tuple[str, ...]
    seed: int

    def verdicts(self, server: grader.Server) -> tuple[tuple[str, str], ...]:
        """Each check's verdict."""
        report = grader.grade(
            self.exercise,
            self.path,
            seed=self.seed,
            server=server,
            checks=self.checks,
            timeout=LIMIT if self.kind == "hostile" else None,
        )
        return tuple((check.name, str(check.verdict)) for check in report.checks)


def submissions(course: Course) -> list[Submission]:
    """All that take part; attacks that need somebody to attack stay away."""
    found: list[tuple[str, Exercise, Path]] = []
    for exercise in course.exercises:
        found.append(("honest", exercise, exercise.solution))
        step = max(1, len(exercise.misconceptions) // WRONG)
        found += [("wrong", exercise, m.path) for m in exercise.misconceptions[::step][:WRONG]]
    for path in sorted((ROOT / "tests" / "attacks").glob("[!_]*.py")):
        head = path.read_text("utf-8")
        if "{{" not in head and "exercise:" not in head:
            found.append(("hostile", course.exercise("ex1"), path))
    return [
        Submission(kind, exercise, path, checks(exercise, kind), number)
        for number, (kind, exercise, path) in enumerate(found)
    ]


def checks(exercise: Exercise, kind: str) -> tuple[str, ...]:
    """Names of the checks that it is graded by."""
    everything = exercise.id in TRAIN and kind == "honest"
    return tuple(c.name for c in exercise.checks if everything or not c.tensorflow)


@dataclass(frozen=True)
class Sample:
    """What there is between two gradings; memory in MiB."""

    descriptors: int
    processes: int
    grader: float
    all: float


def sample(server: grader.Server) -> Sample:
    """Look at this process, and at all that the server started."""
    pids = []
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if server.folder.encode() in (path / "environ").read_bytes():
                pids.append(int(path.name))
    own = proportional_set_size(os.getpid()) / 1024
    return Sample(
        len(os.listdir("/proc/self/fd")),
        len(pids),
        own,
        own + sum(proportional_set_size(pid) / 1024 for pid in pids),
    )


def curve(values: list[float]) -> str:
    """The medians of as many stretches as there are columns, from 0 up to the largest value."""
    size = -(-len(values) // COLUMNS)
    medians = [statistics.median(values[i : i + size]) for i in range(0, len(values), size)]
    top = max(medians) or 1
    return "".join(BLOCKS[round(value / top * (len(BLOCKS) - 1))] for value in medians)


def table(samples: list[Sample]) -> tuple[Table, bool]:
    """What was measured, from the first grading to the last, and whether something grew."""
    shown, grew = Table("", "first tenth", "all, from 0", "last tenth", "most"), False
    tenth = max(1, len(samples) // 10)
    for name in Sample.__dataclass_fields__:
        values = [float(getattr(each, name)) for each in samples]
        first, last = (statistics.median(part) for part in (values[:tenth], values[-tenth:]))
        memory = name in ("grader", "all")
        grew |= last > (first * 1.1 + 5 if memory else first)
        what = f"memory, {name} (MiB)" if memory else name
        shown.add_row(what, f"{first:.0f}", curve(values), f"{last:.0f}", f"{max(values):.0f}")
    return shown, grew


def main() -> int:
    """Grade, look, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gradings", type=int, default=1000)
    parser.add_argument("--write", action="store_true")
    wanted = parser.parse_args()
    all_of_them = submissions(Course.open())
    alone = {}
    for each in track(all_of_them, "alone", console=Console(stderr=True)):
        with grader.Server() as server:
            alone[each] = each.verdicts(server)
    order = random.Random(0)
    samples, differing = [], []
    begin = time.monotonic()
    with grader.Server() as server:
        for needs in (False, True):
            server.warm(needs)
            server.end(server.start("learner", needs, 5), needs)
        all_of_them[0].verdicts(server)
        for number in track(range(wanted.gradings), "together", console=Console(stderr=True)):
            if number % len(all_of_them) == 0:
                order.shuffle(all_of_them)
            each = all_of_them[number % len(all_of_them)]
            if (got := each.verdicts(server)) != alone[each]:
                differing.append((each.path.name, set(got) ^ set(alone[each])))
            samples.append(sample(server))
    shown, grew = table(samples)
    kinds = ", ".join(
        f"{sum(s.kind == kind for s in all_of_them)} {kind}"
        for kind in ("honest", "wrong", "hostile")
    )
    screen = Console(record=True, width=120, file=None if not wanted.write else io.StringIO())
    screen.print(f"{wanted.gradings} gradings of {kinds} files in {time.monotonic() - begin:.0f} s")
    screen.print(shown)
    screen.print(f"{len(differing)} verdicts differ from those alone")
    for name, difference in differing[:20]:
        screen.print(f"  {name}: {sorted(difference)}")
    if wanted.write:
        PICTURE.write_text(screen.export_svg(title="a soak", theme=MONOKAI, clear=False), "utf-8")
        print(screen.export_text(), end="")
    return 1 if grew or differing else 0


if __name__ == "__main__":
    sys.exit(main())
