"""Counts the lines of failing runs: python scripts/screen_lines.py FOLDER [--record] [--whole].

With --record the check that each misconception must fail grades it, once; reports are kept in the
folder as JSON. All of them are then rendered in 60, 100 and 200 columns, each with all lines that
the other checks could bring: curves of a training, a row each for what has passed, fails as well
and waits. So what is printed is the most that a learner sees. With --whole all checks grade it,
which takes up to an hour, and only the lines that are there count.
"""

import argparse
import io
import json
import statistics
from dataclasses import replace
from pathlib import Path

from rich.cells import cell_len

from grader.course import Check, Course
from grader.details import Details
from grader.engine.grading import grade
from grader.engine.server import Server
from grader.render import terminal
from grader.render.screen import Screen
from grader.report import CheckResult, Report, Verdict

WIDTHS = (60, 100, 200)  # columns
MOST = 30  # lines that a terminal shows


def record(folder: Path, whole: bool) -> None:
    """Grade every misconception that has no report in the folder."""
    course = Course.open()
    with Server(course.root) as server:
        for exercise in course.exercises:
            for wrong in exercise.misconceptions:
                file = folder / f"{exercise.id}-{wrong.name}.json"
                if not file.exists():
                    checks = None if whole else [wrong.fails]
                    report = grade(exercise, wrong.path, server=server, seed=7, checks=checks)
                    file.write_text(json.dumps(report.to_dict()), "utf-8")


def longest(report: Report, course: Course) -> Report:
    """The report with results of all the other checks that bring the most lines."""
    exercise = course.exercise(report.exercise)
    trains = "show_training" in exercise.checks_file.read_text("utf-8")
    known = {check.name: check for check in report.checks}
    others = [check for check in exercise.checks if check.name not in known]
    verdicts = {check.name: Verdict.FAILED for check in others}
    verdicts |= {check.name: Verdict.PASSED for check in others[:1]}
    verdicts |= {check.name: Verdict.BLOCKED for check in others[-1:]}

    def result(check: Check) -> CheckResult:
        verdict, details = verdicts[check.name], Details()
        if verdict is Verdict.PASSED and trains:
            details = Details(training={"loss": [1.0, 0.5], "val_loss": [1.0, 0.5]})
        return CheckResult(check.name, check.title, verdict, 0, check.points, "", details)

    checks = [*report.checks, *map(result, others)]  # the first red one is the one that was graded
    return replace(report, checks=tuple(checks))


def lines(report: Report, width: int) -> int:
    """How many lines of a terminal ``grade`` fills with a report in so many columns."""
    screen = Screen(file=io.StringIO(), width=width)
    name = report.exercise.partition("_")[0]
    file = f"exercises/{report.exercise}.py"
    steps = terminal.steps(report, file, f"grade {name}", f"grade hint {name}", [])
    with screen.capture() as captured:
        screen.print(
            terminal.heading(name, report.title, file),
            "",
            *terminal.body(report, f"grade {name}", drawn=True),
            "",
            terminal.score(report),
            terminal.following(steps),
            *terminal.footer(report),
            sep="\n",
        )
    return sum(max(-(-cell_len(line) // width), 1) for line in captured.get().splitlines())


def main() -> None:
    """Record if that was wanted; print median and worst for each width."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--whole", action="store_true")
    options, course = parser.parse_args(), Course.open()
    if options.record:
        options.folder.mkdir(exist_ok=True)
        record(options.folder, options.whole)
    reports = {}
    for path in sorted(options.folder.glob("*.json")):
        report = Report.from_dict(json.loads(path.read_text("utf-8")))
        reports[path.stem] = report if options.whole else longest(report, course)
    for width in WIDTHS:
        counts = {name: lines(report, width) for name, report in reports.items()}
        over = sorted(name for name, count in counts.items() if count > MOST)
        print(
            f"{width:3} columns: {len(counts)} runs, median {statistics.median(counts.values()):g} "
            f"lines, worst {max(counts.values())}, over {MOST}: {len(over)} {' '.join(over)}"
        )


if __name__ == "__main__":
    main()
