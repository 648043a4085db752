"""``grade new``: a course from nothing, one exercise more, and all that stands in the way."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.authoring.new import NewExerciseError, new_exercise
from grader.authoring.stubs import write_stubs
from grader.course import Course
from support import called

pytestmark = pytest.mark.thorough

WRITTEN = [
    "exercises/ex9_dropout.py",
    "quizzes/ex9_dropout.toml",
    "solutions/ex9_dropout/checks.py",
    "solutions/ex9_dropout/misconceptions/mean_of_everything.py",
    "solutions/ex9_dropout/solution.py",
]


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder, and what it holds."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") if path.is_file() else ""
        for path in folder.rglob("*")
    }


def test_from_an_empty_folder_to_a_verified_exercise(tmp_path: Path) -> None:
    done = called(tmp_path, "new", "ex9_dropout", "--title", "Why Dropout?")
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path for path, text in tree(tmp_path).items() if text) == WRITTEN
    lines = done.stdout.splitlines()
    assert lines[:5] == [f" wrote {path}" for path in WRITTEN]
    assert lines[6] == " next  Prove that it is sound:   grade verify ex9 --course ."
    verified = called(tmp_path, "verify", "ex9", "--course", ".")
    assert (verified.returncode, verified.stderr) == (0, "")
    assert verified.stdout == "1 exercise · 2 checks · 1 misconception · sound\n"
    graded = called(tmp_path, "ex9", "--course", ".")
    assert graded.stdout.startswith(" ex9 · Why Dropout?")
    assert "brightness is not written yet." in graded.stdout


def test_every_mutant_of_it_is_caught(tmp_path: Path) -> None:
    new_exercise(tmp_path, "ex1_mine", "Mine")
    done = called(tmp_path, "verify", "--mutants", "--course", ".")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("ex1 · 100.0% · ")


def test_in_a_course_it_is_one_more(tmp_path: Path) -> None:
    new_exercise(tmp_path, "ex1_first", "The first")
    before = tree(tmp_path)
    new_exercise(tmp_path, "ex2_second", "The second")
    assert {k: v for k, v in tree(tmp_path).items() if k in before} == before
    assert [e.title for e in Course(tmp_path).exercises] == ["The first", "The second"]
    (tmp_path / "quizzes/ex1_first.toml").unlink()
    shutil.rmtree(tmp_path / "solutions/ex1_first")
    with pytest.raises(NewExerciseError, match="The number 1 is ex1_first's already"):
        new_exercise(tmp_path, "ex1_again", "Its stub is left")


@pytest.mark.parametrize(
    "title",
    [
        'Say "why"',
        '"quoted"',
        '"""',
        'ends with a quote "',
        "a \\ and a \\n and a \\",
        "It's $5 {x} %s",
        "为什么要用丢弃层",
        "x" * 80,
        "[bold]no markup[/bold]",
    ],
)
def test_titles(tmp_path: Path, title: str) -> None:
    new_exercise(tmp_path, "ex1_mine", title)
    exercise = Course.open(tmp_path).exercise("ex1")
    assert exercise.title == title
    assert exercise.stub.read_text("utf-8").count("raise NotImplementedError") == 1


@pytest.mark.parametrize(
    ("name", "title", "told"),
    [
        ("ex9", "x", "'ex9' is no name for an exercise. Take ex, a number and a word or more"),
        ("dropout", "x", "'dropout' is no name"),
        ("ex9_Dropout", "x", "is no name"),
        ("ex09_dropout", "x", "is no name"),
        ("ex0_dropout", "x", "is no name"),
        ("ex9_drop-out", "x", "is no name"),
        ("ex9_dropout.py", "x", "is no name"),
        ("ex9_../../x", "x", "is no name"),
        ("ex9_丢弃", "x", "is no name"),
        ("", "x", "is no name"),
        ("ex1_first", "x", "exercises/ex1_first.py exists already, and nothing was written."),
        ("ex1_other", "x", "The number 1 is ex1_first's already. Take one that is free, such as "
                           "ex2_other."),
        ("ex9_dropout", "", "An exercise has a title"),
        ("ex9_dropout", " \n ", "An exercise has a title"),
        ("ex9_dropout", "two\nlines", "A title is one line of printable text."),
        ("ex9_dropout", "\x1b[2Jclear", "A title is one line of printable text."),
        ("ex9_dropout", "half \udcff", "A title is one line of printable text."),
        ("ex9_dropout", "x" * 81, "The title has 81 characters, and 80 at most"),
    ],
)  # fmt: skip
def test_what_can_not_be_a_name_or_a_title(
    tmp_path: Path, name: str, title: str, told: str
) -> None:
    new_exercise(tmp_path, "ex1_first", "The first")
    before = tree(tmp_path)
    done = called(tmp_path, "new", name, "--title", title)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(told) or told in done.stderr
    assert done.stderr.count("\n") == 1
    assert tree(tmp_path) == before


def test_only_a_course_or_an_empty_folder_will_do(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    done = called(tmp_path, "new", "ex9_dropout", "--title", "Why?")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{tmp_path} is neither a course nor empty. Go to ")
    missing = called(tmp_path, "new", "ex9_dropout", "--title", "Why?", "--course", "mine")
    assert missing.stderr == "There is no folder mine. Make it first: mkdir mine\n"
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/.git").mkdir()  # what is hidden does not count
    done = called(tmp_path, "new", "ex9_dropout", "--title", "Why?", "--course", "mine")
    assert done.returncode == 0
    assert "grade verify ex9 --course mine" in done.stdout
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine", "notes.txt"]


def test_never_inside_the_installed_grader() -> None:
    import grader

    package = Path(grader.__file__).parent
    with pytest.raises(NewExerciseError, match="belongs to the installed grader"):
        new_exercise(package / "authoring", "ex9_dropout", "Why?")


def test_what_can_not_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "solutions").mkdir()
    (tmp_path / "quizzes").write_text("a file where a folder belongs")
    before = tree(tmp_path)
    done = called(tmp_path, "new", "ex9_dropout", "--title", "Why?")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{tmp_path}/quizzes: File exists. Check that path" in done.stderr
    assert tree(tmp_path) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    done = called(tmp_path, "new", "ex9_dropout", "--title", "Why?")
    tmp_path.chmod(0o700)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Permission denied" in done.stderr and done.stderr.count("\n") == 1


def test_stubs_are_made_anew(tmp_path: Path) -> None:
    new_exercise(tmp_path, "ex1_first", "The first")
    new_exercise(tmp_path, "ex2_second", "The second")
    course = Course(tmp_path)
    assert list(write_stubs(course)) == []
    first = course.exercise("ex1")
    source = first.solution.read_text("utf-8").replace("How bright", "How dark")
    first.solution.write_text(source, "utf-8")
    command = [sys.executable, "-m", "grader.authoring.stubs", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("exercises/ex1_first.py\n", "")
    assert "How dark is an image?" in first.stub.read_text("utf-8")
    first.solution.write_text(source.replace("### END SOLUTION", ""), "utf-8")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1 and "has no partner" in done.stderr
    assert "How dark is an image?" in first.stub.read_text("utf-8")


@pytest.mark.parametrize("part", ["exercises", "quizzes", "solutions"])
def test_nothing_is_written_through_a_link(tmp_path: Path, part: str) -> None:
    """A course from an archive may have folders that lead elsewhere."""
    elsewhere, root = tmp_path / "elsewhere", tmp_path / "course"
    for folder in (elsewhere, *(root / each for each in ("exercises", "quizzes", "solutions"))):
        folder.mkdir(parents=True)
    (root / part).rmdir()
    (root / part).symlink_to(elsewhere)
    with pytest.raises(NewExerciseError, match=f"{part} is a link"):
        new_exercise(root, "ex9_dropout", "Why drop units?")
    assert list(elsewhere.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_nothing_is_written_into_somebody_elses_folder(tmp_path: Path) -> None:
    os.chown(tmp_path, 12345, -1)
    with pytest.raises(NewExerciseError, match="belongs to user 12345"):
        new_exercise(tmp_path, "ex9_dropout", "Why drop units?")
    assert list(tmp_path.iterdir()) == []
