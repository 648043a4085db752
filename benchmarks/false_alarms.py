"""How often a right file is refused, whatever is drawn.

python benchmarks/false_alarms.py [--runs 100] [--trained 0] [EXERCISE ...]

The solution and each accepted file of an exercise are graded so many times by each of its checks,
each time with a fresh seed; --trained is for checks that train, which take hours.
Prints a line for each run that did not pass, with its seed, and one for each exercise.
"""

import argparse
from pathlib import Path

from grader.authoring.repeat import upper_bound
from grader.course import Course, Exercise
from grader.engine.repeat import repeat
from grader.engine.server import Server
from grader.report import CheckResult, Verdict


def graded(
    exercise: Exercise, path: Path, times: int, *, trains: bool, server: Server
) -> list[tuple[int, CheckResult]]:
    """The seed and result of each run, by the checks that train or by the others."""
    results: list[tuple[int, CheckResult]] = []
    checks = [check.name for check in exercise.checks if check.tensorflow is trains]
    if times and checks:
        repeat(exercise, path, times, server=server, checks=checks,
               on_result=lambda *run: results.append(run))  # fmt: skip
    return results


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--trained", type=int, default=0)
    parser.add_argument("exercises", nargs="*")
    options = parser.parse_args()
    course = Course.open()
    refused = total = 0
    with Server(course.root) as server:
        for exercise in [course.exercise(e) for e in options.exercises] or course.exercises:
            files, before = (exercise.solution, *exercise.accepted), (refused, total)
            for path in files:
                results = [
                    *graded(exercise, path, options.runs, trains=False, server=server),
                    *graded(exercise, path, options.trained, trains=True, server=server),
                ]
                total += len(results)
                for seed, result in results:
                    if result.verdict is not Verdict.PASSED:
                        refused += 1
                        said = f"{result.name} {result.verdict}: {result.message}"
                        print(f"  {exercise.id} {path.name} {said} (seed {seed:016x})", flush=True)
            print(
                f"{exercise.id}: {len(files)} files, {total - before[1]:,} runs; "
                f"{refused - before[0]} refused",
                flush=True,
            )
    if total:
        bound = upper_bound(refused, total)
        print(f"refused: {refused} of {total:,} runs; below {bound:.2g} a run with 95% confidence")


if __name__ == "__main__":
    main()
