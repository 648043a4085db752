"""What of a course's files makes an edition of its checks."""

from pathlib import Path

import pytest

from grader.course import Exercise

FILES = (
    "solutions/ex1_one/solution.py",
    "solutions/ex1_one/checks.py",
    "solutions/ex1_one/misconceptions/belief.py",
    "solutions/ex1_one/rates.csv",
    "solutions/conftest.py",
)


def written(root: Path, name: str, text: str = "") -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def edition(root: Path) -> str:
    return Exercise(root, "ex1_one").hash


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in FILES:
        written(tmp_path, name)
    return tmp_path


@pytest.mark.parametrize("name", FILES)
def test_a_change_makes_a_new_edition(root: Path, name: str) -> None:
    before = edition(root)
    written(root, name, "x = 1\n")
    assert edition(root) != before


@pytest.mark.parametrize("name", ["submissions/accepted/loops.py", "submissions/wrong/half.py"])
def test_a_proof_makes_none(root: Path, name: str) -> None:
    before = edition(root)
    written(root, f"solutions/ex1_one/{name}", "x = 1\n")
    assert edition(root) == before
