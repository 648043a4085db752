"""How often a wrong file gets past the check that it names, whatever is drawn.

python benchmarks/draws.py [--runs 300] [--trained 50] [--check NAME] [EXERCISE ...]

Each misconception of the course, and each of its wrong submissions, is graded so many times
by the check that its docstring names, each time with a fresh seed; --trained is for checks that
train, and --check, which may come several times, leaves out the files that name others. A file must
not pass once, and a misconception must get the words that it names every time.
Prints a line for each file that deviates, with a seed that shows it, and one for each exercise.
It takes hours; docs/proof.md holds the figures.
"""

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from grader.authoring.overlay import written
from grader.authoring.repeat import upper_bound
from grader.course import Course, Exercise
from grader.engine.repeat import repeat
from grader.engine.server import Server
from grader.report import RED, CheckResult, Verdict


@dataclass
class Draws:
    """A file, the check that must see it, and what came of its runs.

    Attributes:
        says: what a misconception's message must contain; ``None`` for other wrong files, which
            need a red verdict and some message only.
    """

    path: Path
    check: str
    says: tuple[str, ...] | None = None
    runs: int = 0
    passed: list[int] = field(default_factory=list)
    otherwise: dict[str, int] = field(default_factory=dict)

    def count(self, seed: int, result: CheckResult) -> None:
        """Take a run: its seed, and what the check said."""
        self.runs += 1
        if result.verdict is Verdict.PASSED:
            self.passed.append(seed)
        elif self.says is None:
            if result.verdict not in RED or not result.message:
                self.otherwise.setdefault(str(result.verdict), seed)
        elif result.verdict is not Verdict.FAILED or any(
            t not in result.message for t in self.says
        ):
            self.otherwise.setdefault(f"{result.verdict}: {result.message}", seed)

    def deviations(self) -> Iterator[str]:
        """A line for each kind of run that came out otherwise, with seeds that show it."""
        if self.passed:
            seeds = ", ".join(f"{seed:016x}" for seed in self.passed[:3])
            yield f"passes {self.check} in {len(self.passed)} of {self.runs} runs: seeds {seeds}"
        for words, seed in self.otherwise.items():
            yield f"{self.check}: {words} (seed {seed:016x})"


def wrong_files(exercise: Exercise, folder: Path) -> Iterator[Draws]:
    """The exercise's misconceptions, then its wrong submissions; overlays are written."""
    for each in exercise.misconceptions:
        yield Draws(each.path, each.fails, each.says)
    for each in exercise.wrong:
        yield Draws(written(exercise, each, folder), each.fails, each.says or None)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--trained", type=int, default=50)
    parser.add_argument("--check", action="append", help="all without it")
    parser.add_argument("exercises", nargs="*")
    options = parser.parse_args()
    course = Course.open()
    chosen = [course.exercise(e) for e in options.exercises] or course.exercises
    passed = total = 0
    with tempfile.TemporaryDirectory() as folder, Server(course.root) as server:
        for exercise in chosen:
            trains = {check.name for check in exercise.checks if check.tensorflow}
            files = [
                file
                for file in wrong_files(exercise, Path(folder))
                if not options.check or file.check in options.check
            ]
            for file in files:
                times = options.trained if file.check in trains else options.runs
                if times:
                    repeat(exercise, file.path, times, server=server, checks=[file.check],
                           on_result=file.count)  # fmt: skip
                for line in file.deviations():
                    print(f"  {exercise.id} {file.path.name} {line}", flush=True)
            run = [file for file in files if file.runs]
            passed += sum(len(file.passed) for file in run)
            total += sum(file.runs for file in run)
            got_past = sum(bool(file.passed) for file in run)
            other_words = sum(bool(file.otherwise) for file in run)
            print(
                f"{exercise.id}: {len(run)} files, {sum(file.runs for file in run):,} runs; "
                f"{got_past} files passed in some, {other_words} got other words",
                flush=True,
            )
    if total:
        bound = upper_bound(passed, total)
        print(f"passes: {passed} of {total:,} runs; below {bound:.2g} a run with 95% confidence")


if __name__ == "__main__":
    main()
