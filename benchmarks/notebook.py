"""What ``%grade`` costs in a kernel: the first time, again, and after a cell has changed.

    python benchmarks/notebook.py [ex1 ex3 …] [--rounds 3]

Each round starts a kernel, loads the extension, runs the cells of the exercise's solution, and then
times ``%grade``: the first, one of unchanged cells, and one after a function has changed. It needs
``pip install ipykernel``.
"""

import argparse
import ast
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from grader.course import Course, Exercise
from grader.parsing import parse

AT_MOST = 0.35  # of the first, what an unchanged kernel may take


def main() -> int:
    """Measure, and print a table; 1 if a ratio is higher than it may be."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("exercises", nargs="*", default=["ex1", "ex3"])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    high = 0
    print("exercise  first  unchanged  ratio  changed  ratio")
    for name in given.exercises:
        exercise = Course.open().exercise(name)
        rounds = [timed(exercise) for _ in range(given.rounds)]
        first, again, changed = (statistics.median(column) for column in zip(*rounds, strict=True))
        high += again > AT_MOST * first
        ratios = f"{first:5.2f}  {again:9.2f}  {again / first:5.2f}"
        print(f"{exercise.id:8}  {ratios}  {changed:7.2f}  {changed / first:5.2f}")
    return 1 if high else 0


def timed(exercise: Exercise) -> Sequence[float]:
    """Seconds of the three, in one kernel."""
    from jupyter_client.manager import start_new_kernel  # with ipykernel: no dependency of ours

    manager, client = start_new_kernel()
    try:
        run(client.execute_interactive, "%load_ext grader")
        source = exercise.solution.read_text("utf-8")
        *cells, _main = [ast.unparse(node) for node in parse(source).body[1:]]
        for cell in cells:
            run(client.execute_interactive, cell)
        times = [graded(client.execute_interactive, exercise) for _ in range(2)]
        run(client.execute_interactive, f"{cells[-1]}\n# another time")
        return [*times, graded(client.execute_interactive, exercise)]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def graded(execute: Callable[..., object], exercise: Exercise) -> float:
    """Seconds of one ``%grade`` that passes."""
    begin = time.perf_counter()
    shown = run(execute, f"%grade {exercise.id}")
    seconds = time.perf_counter() - begin
    if "passed" not in shown:
        raise SystemExit(f"{exercise.id} did not pass: {shown}")
    return seconds


def run(execute: Callable[..., object], code: str) -> str:
    """Run a cell; all that it showed."""
    shown: list[str] = []

    def hook(message: dict[str, Any]) -> None:
        content = message["content"]
        shown.extend([*content.get("data", {}).values(), *filter(None, [content.get("text")])])

    execute(code, output_hook=hook, timeout=600)
    return "\n".join(shown)


if __name__ == "__main__":
    sys.exit(main())
