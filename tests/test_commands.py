"""Every command that is named can be typed where it is named: from anywhere, with any course."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.cli.context import quoted

GRADE = Path(sys.executable).with_name("grade")
COURSE = Path(__file__).resolve().parent / "courses" / "quizzes"
# at the end of a line, or quoted in a sentence
COMMAND = re.compile(r"`((?:grade|cd|python)\b[^`]*)`|(?:^|  |: )((?:grade|cd) .*|grade)$", re.M)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a course and a learner's folder; there are blanks in both names."""
    shutil.copytree(COURSE, tmp_path / "c c")
    shutil.copytree(COURSE / "exercises", tmp_path / "w w" / "exercises")
    adding = (COURSE / "solutions/ex1_adding/solution.py").read_text("utf-8")
    (tmp_path / "w w/exercises/ex1_adding.py").write_text(adding.replace("+", "-"), "utf-8")
    return tmp_path


def typed(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Type it in a shell; nobody answers questions."""
    path = f"{GRADE.parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=os.environ | {"PATH": path, "COLUMNS": "100", "EDITOR": "true", "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


def named(done: subprocess.CompletedProcess[str]) -> list[str]:
    """The commands in what was printed."""
    return [one or other for one, other in COMMAND.findall(done.stdout + done.stderr)]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("place", "command", "follow"),
    [
        (".", "list", 1),
        (".", "", 1),
        (".", "doctor", 2),
        (".", "demo", 2),
        (".", "hint ex1", 1),
        (".", "quiz ex2", 1),
        (".", "init www", 2),
        ("w w", "ex1", 2),
        ("w w", "hint ex1", 1),
        ("w w", "reset ex1", 1),
        ("w w", "solution ex1", 2),
        ("w w", "quiz --plain", 1),
        ("w w", "all", 1),
        ("w w", "list", 1),
        ("w w", "", 1),
    ],
)
def test_a_command_that_is_named_works(folder: Path, place: str, command: str, follow: int) -> None:
    """It is understood, and it is about the same course: the built-in one has an ex3."""
    here = folder / place
    course = "--course 'c c'" if place == "." else "--course '../c c'"
    if "hint" in command and place != ".":
        typed(f"grade ex1 {course}", here)
    done = typed(f"grade {command} {course}", here)
    commands = named(done)
    assert len(commands) >= follow, done.stdout + done.stderr
    for each in commands:
        if each.startswith("cd "):
            here = here / each.removeprefix("cd ")
            continue
        again = typed(each, here)
        said = again.stdout + again.stderr
        assert again.returncode in (0, 1) or "has not been graded yet" in said, (each, said)
        assert "What do ten numbers mean?" not in said, (each, said)


@pytest.mark.thorough
def test_a_file_with_blanks_is_named_again(folder: Path) -> None:
    file = folder / "w w" / "my file.py"
    shutil.copy(COURSE / "exercises/ex1_adding.py", file)
    done = typed("grade ex1 --file 'w w/my file.py' --course 'c c'", folder)
    assert "grade ex1 --file 'w w/my file.py' --course 'c c'" in named(done)
    mistaken = typed("grade ex1 'w w/my file.py'", folder)
    assert named(mistaken) == ["grade ex1 --file 'w w/my file.py'"]


@pytest.mark.parametrize(
    "word", ["a b", "a\nb", "\x1b[2J", "it's\\\u202e", "标签", "caf\udce9", "$HOME `x`", "-x", ""]
)
def test_a_shell_reads_back_what_is_quoted(word: str) -> None:
    command = quoted("printf", "%s", word)
    assert command.isprintable()
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=True)
    assert done.stdout == os.fsencode(word)
