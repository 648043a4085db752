"""Counts the lines of failing runs: python scripts/screen_lines.py FOLDER [--record].

With --record every misconception of the course is graded once, which takes up to an hour;
reports are kept there as JSON. Then all reports there are rendered in 60, 100 and 200 columns.
"""

import argparse
import io
import json
import statistics
from pathlib import Path

from grader.course import Course
from grader.engine.options import Options
from grader.engine.pool import grade_many
from grader.render import terminal
from grader.render.screen import Screen
from grader.report import Report
from grader.submission import Submission

WIDTHS = (60, 100, 200)  # columns
MOST = 30  # lines that a terminal shows


def record(folder: Path) -> None:
    """Grade every misconception that has no report in the folder."""
    course = Course.open()
    waiting = [
        Submission(exercise=exercise.id, path=wrong.path, learner=wrong.name)
        for exercise in course.exercises
        for wrong in exercise.misconceptions
        if not (folder / f"{exercise.id}-{wrong.name}.json").exists()
    ]
    for submission, result in grade_many(waiting, course.root, Options(seed=7)):
        if isinstance(result, Report):
            name = f"{submission.exercise}-{submission.learner}.json"
            (folder / name).write_text(json.dumps(result.to_dict()), "utf-8")


def lines(report: Report, width: int) -> int:
    """How many lines ``grade`` prints for a report in so many columns."""
    screen = Screen(file=io.StringIO(), width=width)
    name = report.exercise.partition("_")[0]
    file = f"exercises/{report.exercise}.py"
    steps = terminal.steps(report, file, f"grade {name}", f"grade hint {name}", [])
    with screen.capture() as captured:
        screen.print(
            terminal.heading(name, report.title, file),
            "",
            *terminal.body(report, f"grade {name}"),
            "",
            terminal.score(report),
            terminal.following(steps),
            *terminal.footer(report),
            sep="\n",
        )
    return captured.get().count("\n")


def main() -> None:
    """Record if that was wanted; print median and worst for each width."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    if options.record:
        options.folder.mkdir(exist_ok=True)
        record(options.folder)
    reports = {
        path.stem: Report.from_dict(json.loads(path.read_text("utf-8")))
        for path in sorted(options.folder.glob("*.json"))
    }
    for width in WIDTHS:
        counts = {name: lines(report, width) for name, report in reports.items()}
        worst = max(counts, key=lambda name: counts[name])
        print(
            f"{width:3} columns: {len(counts)} runs, median {statistics.median(counts.values()):g} "
            f"lines, worst {counts[worst]} ({worst}), over {MOST}: "
            f"{sum(count > MOST for count in counts.values())}"
        )


if __name__ == "__main__":
    main()
