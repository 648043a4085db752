"""How often a command opens the learner's progress, and how often a quiz file."""

import shutil
import sys
from pathlib import Path

import pytest

from support import QUIZZES, program

pytestmark = pytest.mark.thorough

COUNTING = """
import os, sys
opened = []
def count(event, arguments):
    if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
        opened.append(os.path.basename(os.fsdecode(arguments[0])))
sys.addaudithook(count)
from grader.cli import main
try:
    main()
except SystemExit as end:
    code = end.code
names = ("progress.sqlite3", "ex1_adding.toml", "ex2_lists.toml")
print(code, *(sum(each == name for each in opened) for name in names), file=sys.stderr)
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A learner's folder in which something was graded and answered."""
    shutil.copytree(QUIZZES / "exercises", tmp_path / "exercises")
    (tmp_path / "answer.toml").write_text('how-long = "1200"\n', "utf-8")
    counts(tmp_path, "quiz", "ex1", "--answers", "answer.toml")
    return tmp_path


def counts(folder: Path, *words: str) -> list[int]:
    """The exit code, and how often the progress and the two quizzes were opened."""
    done = program(folder, sys.executable, "-c", COUNTING, *words, "--course", QUIZZES)
    return [int(each) for each in done.stderr.splitlines()[-1].split()]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["quiz", "ex1", "--answers", "answer.toml"], [1, 3, 1, 0]),  # before, the answer, after
        (["quiz", "--stats"], [0, 1, 1, 1]),
        (["list"], [0, 1, 0, 0]),
        ([], [0, 1, 1, 0]),  # of the quiz that was begun, how long it is
        (["hint", "ex1"], [2, 1, 0, 0]),
        (["solution", "ex1"], [2, 1, 0, 0]),
        (["ex1"], [1, 2, 0, 0]),  # before, the grading
    ],
)
def test_openings(workspace: Path, words: list[str], expected: list[int]) -> None:
    assert counts(workspace, *words) == expected
