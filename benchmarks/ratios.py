"""The project's promises on speed and memory, as ratios measured side by side in one run.

python benchmarks/ratios.py [--rounds 7] [--write]

Each round runs every command once, in turn, so that whatever else the machine does falls on all of
them; a figure is the median over the rounds. ``--write`` puts the tables into docs/benchmarks.md.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import grader
from grader.course import Course

HERE = Path(__file__).resolve().parent
GRADE = [str(Path(sys.executable).parent / "grade")]
EXERCISES = {exercise.id: str(exercise.solution) for exercise in Course.open().exercises}
IMPORT = [sys.executable, "-c", "import tensorflow"]

# name: (what is measured, what it is compared with, the most that the ratio may be)
PROMISES: dict[str, tuple[str, str, float]] = {
    "`grade ex1`, cold": ("ex1", "import", 0.5),
    "`grade ex3`, cold": ("ex3", "import", 1.8),
    "`grade ex8`, cold, against plain pytest in one process": ("ex8", "ex8 in process", 1.15),
    "`grade all`, against the sum of all cold runs": ("all", "cold runs", 0.6),
    "ex3 graded again by a process that keeps its server": ("ex3 again", "ex3 first", 0.35),
    "`grade --help`": ("help", "hello", 1.5),
    "`grade list`": ("list", "hello", 1.5),
    "`grade` alone": ("overview", "hello", 1.5),
    "`grade quiz ex3`, to its first question": ("quiz", "hello", 2.0),
    "memory of all processes of `grade ex3`, peak": ("ex3 memory", "import memory", 2.0),
} | {
    f"`grade {name}`, cold": (name, "import", 3.5)
    for name in EXERCISES
    if name not in ("ex1", "ex3")  # which promise more
}


def seconds(command: list[str], folder: str | None = None, code: int = 0) -> float:
    """Wall time of a command that must end with this code; it has no input."""
    begin = time.perf_counter()
    cwd = folder or tempfile.gettempdir()
    done = subprocess.run(command, capture_output=True, cwd=cwd, stdin=subprocess.DEVNULL)
    assert done.returncode == code, done
    return time.perf_counter() - begin


def grade(name: str) -> list[str]:
    """The command that grades an exercise's solution."""
    return [*GRADE, name, "--file", EXERCISES[name], "--json"]


def grade_all() -> float:
    """Wall time of ``grade all`` on all solutions."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "exercises").mkdir()
        for exercise in Course.open().exercises:
            target = Path(folder) / "exercises" / exercise.stub.name
            target.write_text(exercise.solution.read_text("utf-8"), "utf-8")
        return seconds([*GRADE, "all", "--json"], folder)


def first_and_again(name: str) -> tuple[float, float]:
    """Seconds of two gradings by one process, the first of which starts its server."""
    times = []
    with grader.Server() as server:
        for _ in range(2):
            begin = time.perf_counter()
            assert grader.grade(name, EXERCISES[name], server=server).passed
            times.append(time.perf_counter() - begin)
    return times[0], times[1]


def peak_memory(command: list[str]) -> float:
    """Peak proportional set size of a command with all its descendants, in MiB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(map(proportional_set_size, family(process.pid))))
        time.sleep(0.02)
    return peak / 1024


def family(pid: int) -> list[int]:
    """A process and all that it has started."""
    members = [pid]
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in thread.read_text().split():
                members += family(int(child))
        except OSError:
            continue
    return members


def proportional_set_size(pid: int) -> int:
    """KiB of memory, what processes share counted once; 0 for one that has ended."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(li.split()[1]) for li in text.splitlines() if li.startswith("Pss:")), 0)


def confinement_cost() -> float:
    """Milliseconds that confining adds to a process, from its fork to its first word."""
    from grader.sandbox import wire
    from grader.sandbox.confinement import LAYERS

    def cost(without: frozenset[str]) -> float:
        with grader.Server(without=without) as server:
            times = []
            for _ in range(40):
                begin = time.perf_counter()
                process = server.start("learner", False, 60)
                wire.Channel(process.channel).receive()
                times.append(time.perf_counter() - begin)
                server.end(process, False)
        return statistics.median(times) * 1000

    every = frozenset(layer.name for layer in LAYERS)
    return cost(frozenset()) - cost(every)


def measure(rounds: int) -> dict[str, list[float]]:
    """Run everything in turn, round by round."""
    samples: dict[str, list[float]] = {}
    lock = threading.Lock()

    def add(name: str, value: float) -> None:
        with lock:
            samples.setdefault(name, []).append(value)

    timed: dict[str, Callable[[], float]] = {
        "import": lambda: seconds(IMPORT),
        **{name: partial(seconds, grade(name)) for name in EXERCISES},
        "all": grade_all,
        "ex8 in process": lambda: seconds(
            [sys.executable, str(HERE / "in_process.py"), "ex8", EXERCISES["ex8"]]
        ),
        "hello": lambda: seconds([sys.executable, str(HERE / "hello.py")]),
        "help": lambda: seconds([*GRADE, "--help"]),
        "list": lambda: seconds([*GRADE, "list"]),
        "overview": lambda: seconds(GRADE),
        "quiz": lambda: seconds([*GRADE, "quiz", "ex3"], code=1),  # not all was answered
        "import memory": lambda: peak_memory(
            [sys.executable, "-c", "import tensorflow, time; time.sleep(0.2)"]
        ),
        "ex3 memory": lambda: peak_memory(grade("ex3")),
        "confinement": confinement_cost,
    }
    for number in range(rounds + 1):
        for name, run in timed.items():
            value = run()
            if number:  # the first round only fills the file cache
                add(name, value)
        first, again = first_and_again("ex3")
        if number:
            add("cold runs", sum(samples[name][-1] for name in EXERCISES))
            add("ex3 first", first)
            add("ex3 again", again)
        print(f"round {number} of {rounds}", file=sys.stderr)
    return samples


def tables(samples: dict[str, list[float]], rounds: int) -> str:
    """The figures as Markdown."""
    medians = {name: statistics.median(values) for name, values in samples.items()}
    lines = [
        f"{rounds} rounds; {os.cpu_count()} cores ({_processor()}), Linux {platform.release()}, "
        f"Python {platform.python_version()}.",
        "",
        "| promise | ratio | at most | holds |",
        "|---|---|---|---|",
    ]
    for promise, (name, base, most) in PROMISES.items():
        ratio = medians[name] / medians[base]
        lines.append(f"| {promise} | {ratio:.2f} | {most} | {'yes' if ratio <= most else 'NO'} |")
    cost = medians["confinement"]
    holds = "yes" if cost <= 10 else "NO"
    lines.append(f"| confining a process, milliseconds | {cost:.1f} | 10 | {holds} |")
    lines += ["", "| measured | median | least | most |", "|---|---|---|---|"]
    for name, values in samples.items():
        unit = "MiB" if "memory" in name else "ms" if name == "confinement" else "s"
        low, high = min(values), max(values)
        middle = medians[name]
        lines.append(f"| {name} | {middle:.3g} {unit} | {low:.3g} | {high:.3g} |")
    return "\n".join(lines) + "\n"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def main() -> None:
    """Measure, print, and with ``--write`` keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    text = tables(measure(options.rounds), options.rounds)
    print(text)
    if options.write:
        page = HERE.parent / "docs" / "benchmarks.md"
        head = page.read_text().partition("<!-- figures -->")[0]
        page.write_text(f"{head}<!-- figures -->\n\n{text}")


if __name__ == "__main__":
    main()
