"""How long after a save ``grade watch`` shows what became of it, as one sees it in a terminal.

python benchmarks/watch.py [--saves 20]
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pexpect

from grader.course import Course, Exercise

GRADE = str(Path(sys.executable).parent / "grade")

# exercise, what is saved: (seconds within which it is to be seen, the text that shows it)
PROMISES = {
    ("ex1", "a syntax error"): (0.3, "could not be loaded"),
    ("ex1", "a wrong file"): (1.0, "since your last run"),
    ("ex1", "a right file"): (1.0, "All 9 checks passed"),
    ("ex3", "a syntax error"): (0.3, "could not be loaded"),
    ("ex3", "a wrong file"): (None, "since your last run"),
}


def saved(exercise: Exercise, what: str, number: int) -> str:
    """A file of that kind; no two are the same."""
    if what == "a syntax error":
        return f"def wrong(:  # {number}\n"
    right = what == "a right file"
    path = exercise.solution if right else exercise.misconceptions[0].path
    return f"{path.read_text('utf-8')}\n# {number}\n"


def seconds(exercise: Exercise, what: str, shown: str, saves: int) -> list[float]:
    """From the save until the terminal shows it, for each save."""
    times = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "exercises" / exercise.stub.name
        path.parent.mkdir()
        path.write_text(saved(exercise, "a wrong file", 0), "utf-8")
        environment = os.environ | {"TERM": "xterm-256color"}
        child = pexpect.spawn(
            GRADE, ["watch", exercise.id], cwd=folder, dimensions=(50, 100), env=environment
        )
        child.expect("x.{0,9} exit", timeout=120)
        for number in range(1, saves + 1):
            time.sleep(0.5)
            begin = time.perf_counter()
            path.write_text(saved(exercise, what, number), "utf-8")
            child.expect_exact(shown, timeout=60)
            times.append(time.perf_counter() - begin)
            child.expect("x.{0,9} exit", timeout=60)
        child.send("x")
        child.expect(pexpect.EOF)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--saves", type=int, default=20)
    saves = parser.parse_args().saves
    print("| saved | median | slowest | promised | |\n|---|---|---|---|---|")
    for (name, what), (most, shown) in PROMISES.items():
        times = seconds(Course.open().exercise(name), what, shown, saves)
        median = statistics.median(times)
        promise = f"{most:.1f} s" if most else ""
        kept = "" if most is None else "kept" if median < most else "NOT kept"
        print(
            f"| {name}, {what} | {median:.2f} s | {max(times):.2f} s | {promise} | {kept} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
