"""The hash of an exercise: whatever can change a verdict changes it, and nothing else does."""

import shutil
from pathlib import Path

import pytest

from grader.course import Course

SMALL = Path(__file__).resolve().parent.parent / "courses/small"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "course")
    (tmp_path / "course/solutions/shared.npz").write_bytes(b"numbers")
    return tmp_path / "course"


def digest(root: Path) -> str:
    return Course.open(root).exercise("ex1").hash


@pytest.mark.parametrize(
    "name",
    [
        "solutions/ex1_shares/checks.py",
        "solutions/ex1_shares/solution.py",
        "solutions/ex1_shares/misconceptions/strictly_above.py",
        "solutions/shared.npz",
    ],
)
def test_a_byte_more(root: Path, name: str) -> None:
    before = digest(root)
    with (root / name).open("ab") as file:
        file.write(b"\n")
    assert digest(root) != before


@pytest.mark.parametrize(
    "name",
    [
        "solutions/conftest.py",
        "solutions/helpers.py",
        "solutions/ex1_shares/conftest.py",
        "solutions/ex1_shares/data.npz",
        "solutions/ex1_shares/more/data.npz",
    ],
)
def test_a_new_file(root: Path, name: str) -> None:
    before = digest(root)
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text("")
    assert digest(root) != before


def test_a_file_gets_another_name_or_goes(root: Path) -> None:
    before = digest(root)
    (root / "solutions/shared.npz").rename(root / "solutions/other.npz")
    renamed = digest(root)
    (root / "solutions/other.npz").unlink()
    assert len({before, renamed, digest(root)}) == 3


def test_the_same_length_at_the_same_time(root: Path) -> None:
    """A tool may keep the time of a file that it changes."""
    before = digest(root)
    path = root / "solutions/ex1_shares/solution.py"
    text = path.read_text("utf-8")
    path.write_text(text.replace("return", "RETURN"), "utf-8")
    assert digest(root) != before


@pytest.mark.parametrize(
    "name",
    [
        "exercises/ex1_shares.py",
        "exercises/ex2_new.py",
        "solutions/ex1_shares/__pycache__/checks.pyc",
        "solutions/ex1_shares/submissions/wrong/new.py",
        "solutions/ex1_shares/submissions/accepted/new.py",
        "solutions/ex2_other/checks.py",
        "quizzes/ex1_shares.toml",
    ],
)
def test_what_does_not_matter(root: Path, name: str) -> None:
    before = digest(root)
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text('"""Other."""\n\n\ndef other() -> None:\n    """Other."""\n')
    assert digest(root) == before


def test_it_does_not_depend_on_where_the_course_is(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "elsewhere")
    assert digest(tmp_path / "elsewhere") == digest(root)
    assert len(digest(root)) == 16
