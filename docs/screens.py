"""Renews the pictures of docs/students.md: real runs of ``grade`` in a new workspace, as SVG.

python docs/screens.py [NAME ...]

Colors are asked for as in a terminal; what moves on a screen is left out.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from grader.course import Course

HERE = Path(__file__).resolve().parent / "screens"
GRADE = Path(sys.executable).parent / "grade"
COLUMNS = 88
LINES = 60  # of a longer run only its beginning is shown
TYPED, UNTIL = "1\n", " ex8 · Stop in time"  # an answer in a quiz; the second question is left out
TERMINAL = {
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "TTY_COMPATIBLE": "1",
    "TTY_INTERACTIVE": "0",
    "COLUMNS": str(COLUMNS),
}

# name: (the file to work with, as exercise: a path below the course; the command that is shown)
SCREENS: dict[str, tuple[dict[str, str], str]] = {
    "stub": ({}, "grade ex1"),
    "mistake": (
        {"ex8": "solutions/ex8_callbacks/misconceptions/less_or_equal.py"},
        "grade ex8",
    ),
    "exception": (
        {"ex3": "solutions/ex3_flatten/misconceptions/hard_coded_784.py"},
        "grade ex3",
    ),
    "hint": ({}, "grade hint ex8"),
    "pass": (
        {"ex8": "solutions/ex8_callbacks/submissions/accepted/numpy_everywhere.py"},
        "grade ex8",
    ),
    "solution": ({}, "grade solution ex8"),
    "quiz": ({}, "grade quiz ex8"),
    "overview": ({}, "grade"),
    "doctor": ({}, "grade doctor"),
}


def run(command: str, folder: Path) -> str:
    """What a command writes, as on a computer of somebody called Ada."""
    done = subprocess.run(
        [str(GRADE), *command.split()[1:]],
        cwd=folder,
        env=os.environ | TERMINAL,
        input=TYPED,
        capture_output=True,
        text=True,
    )
    here = done.stdout.replace(sys.prefix, "/home/ada/course/.venv")
    return here.replace(str(folder.parent), "/home/ada")


def picture(command: str, written: str) -> str:
    """A terminal with a command and what it wrote."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), color_system="truecolor")
    lines = Text.from_ansi(written).split("\n", allow_blank=True)
    again = [n for n, line in enumerate(lines) if n and line.plain.startswith(UNTIL)]
    shown = Text("\n").join(lines[: min([LINES, *again])])
    console.print(Text.assemble(("$ ", "green"), command), shown, sep="\n")
    return console.export_svg(title=command, theme=MONOKAI)


def main() -> None:
    """Run everything in its order; write what was named, or all."""
    course, wanted = Course.open(), sys.argv[1:] or list(SCREENS)
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "work"
        run(f"grade init {folder}", Path(made))
        for name, (files, command) in SCREENS.items():
            for exercise, source in files.items():
                target = folder / "exercises" / course.exercise(exercise).stub.name
                shutil.copy(course.root / source, target)
            written = run(command, folder)
            if name in wanted:
                (HERE / f"{name}.svg").write_text(picture(command, written), "utf-8")
                print(f"{name}.svg")


if __name__ == "__main__":
    main()
