"""A misconception made of a file that was handed in: what it keeps, and what it leaves out."""

from pathlib import Path

import pytest

from grader.authoring import misconception
from grader.authoring.misconception import NewMisconceptionError
from grader.course import Course
from grader.report import CheckResult, Verdict
from support import SMALL, copied, made_report

HANDED_IN = '''"""Homework of Ada Lovelace, 12345."""
# Ada
import numpy as np


def shares(values):
    """Mine"""
    return values / 5  # by Ada


def at_least(values, limit):
    return [n for n, value in enumerate(values) if value >= limit]


if __name__ == "__main__":
    print("Ada")
'''


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course(copied(SMALL, tmp_path / "course"))


def wrong(message: str) -> CheckResult:
    return CheckResult("shares_values", "T", Verdict.FAILED, 0, 2, message)


def test_it_is_a_misconception_without_its_author(course: Course) -> None:
    (exercise,) = course.exercises
    content = misconception.text(HANDED_IN, "There are always five.", wrong("You divided by 5."))
    path = misconception.write(exercise, misconception.file_name("There are always five."), content)
    assert path.name == "there_are_always_five.py"
    found = {each.name: each for each in Course(course.root).exercises[0].misconceptions}
    made = found["there_are_always_five"]
    assert (made.belief, made.fails) == ("There are always five.", "shares_values")
    assert made.says == ("You divided by",)
    assert "return values / 5" in content
    for personal in ("Ada", "12345", "__main__"):
        assert personal not in content


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("You divided by how many there are, not by their sum.",) * 2,
        ("For 255 classes you returned 10 outputs: one too few.", "outputs: one too few."),
        ("Line one.\nLine two.", "Line one."),
        ('It says """x""" here', "It says"),
        ("x" * 200, "x" * 80),
    ],
)
def test_what_its_message_must_have_is_in_the_message(message: str, said: str) -> None:
    content = misconception.text(HANDED_IN, "B", wrong(message))
    assert f"\nsays: {said}\n" in content
    assert said in message


def test_a_belief_can_t_end_the_docstring(course: Course) -> None:
    belief = 'It\\ends """ here'
    content = misconception.text(HANDED_IN, belief, wrong("No."))
    misconception.write(course.exercises[0], "x.py", content)
    assert "x" in [each.name for each in Course(course.root).exercises[0].misconceptions]


@pytest.mark.parametrize(("belief", "name"), [
    ("Accuracy is how many images are right, not more", "accuracy_is_how_many_images_are.py"),
    ("Änderung ist ../ möglich", "anderung_ist_moglich.py"),
])  # fmt: skip
def test_names(belief: str, name: str) -> None:
    assert misconception.file_name(belief) == name


def test_what_can_t_be_one(course: Course) -> None:
    (exercise,) = course.exercises
    with pytest.raises(NewMisconceptionError, match="what they believe"):
        misconception.file_name("…")
    with pytest.raises(NewMisconceptionError, match="fails no check"):
        misconception.first_wrong(made_report(exercise))
    with pytest.raises(NewMisconceptionError, match="no valid Python"):
        misconception.text("x = = 1", "B", wrong("No."))
    misconception.write(exercise, "x.py", "")
    with pytest.raises(NewMisconceptionError, match="another --title"):
        misconception.write(exercise, "x.py", "")
    report = made_report(exercise, at_least_positions=(Verdict.FAILED, "No.", {}))
    assert misconception.first_wrong(report).name == "at_least_positions"
