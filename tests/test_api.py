"""docs/api.md: its example runs and prints what it says; its names are the public ones."""

import pickle
import re
from pathlib import Path

import pytest

import grader

PAGE = Path(__file__).parents[1] / "docs/api.md"


def block(language: str) -> str:
    """The page's only block in a language."""
    (text,) = re.findall(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return text


def test_the_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(block("python"), str(PAGE), "exec"), {"__name__": "example"})
    assert capsys.readouterr().out == block("text")


def test_every_public_name_is_on_the_page() -> None:
    rows = set(re.findall(r"^\| `(\w+)", PAGE.read_text("utf-8"), re.MULTILINE))
    assert rows == set(grader.__all__) - {"__version__"}
    for name in rows:
        assert getattr(grader, name).__name__ == name


def test_plain_data_is_pickled() -> None:
    course = grader.Course.open()
    exercise = course.exercise("ex1")
    for thing in (
        course,
        exercise,
        grader.Submission("ex1_predictions", Path("a.py"), "Smith", data=b"1"),
        grader.Options(seed=1, checks=("a",)),
    ):
        assert pickle.loads(pickle.dumps(thing)) == thing
