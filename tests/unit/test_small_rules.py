"""Rules of one line that are reached through long ways round."""

import ast
import shutil
from pathlib import Path

import pytest

from grader import cures
from grader.cli.app import command_line, helps
from grader.cli.exits import Complaint
from grader.cli.options import above_zero
from grader.course import Course
from grader.markers import Reader
from grader.quiz.stats import ExerciseStanding, QuizTally
from grader.render.guidance import Pair
from grader.render.plain import _GLUE, _PLAIN
from support import ROOT, SMALL


def test_the_least_known_concept_is_reread_first() -> None:
    concepts = {
        "known": QuizTally(9, 2, 2, 0),
        "half": QuizTally(2, 2, 1, 0),
        "third": QuizTally(3, 3, 1, 0),
        "rarely answered": QuizTally(8, 4, 3, 0),
    }
    standing = ExerciseStanding("ex1_a", QuizTally(22, 11, 7, 0), concepts)
    assert standing.reread == ["third", "half", "rarely answered"]


@pytest.mark.parametrize(
    ("worth", "fault"),
    [("1", False), ("0.5", False), ("1e999", True), ("1e308", True), ("9" * 400, True)],
)
def test_a_number_of_seconds_is_finite(worth: str, fault: bool) -> None:
    tree = ast.parse(f"import pytest\n@pytest.mark.timeout({worth})\ndef test_a():\n    '''A'''\n")
    check = tree.body[-1]
    assert isinstance(check, ast.FunctionDef)
    (marker,) = Reader(tree).of(check)
    assert (marker.fault is not None) is fault


def test_a_number_that_an_option_gives_is_above_zero() -> None:
    assert above_zero("--limit")(" 1e2") == 100
    for text in ("0", "-5", "nan", "inf", "1e999", "x", "", "1e308", "1000000"):
        with pytest.raises(Complaint, match=r"--limit .* above 0"):
            above_zero("--limit")(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [("Adam", "Adam"), ("GradientDescent", "SGD"), ("Momentum", "SGD"), ("RMSProp", "RMSprop")],
)
def test_an_optimizer_of_tensorflow_1(old: str, new: str) -> None:
    message = f"module 'tensorflow.train' has no attribute '{old}Optimizer'"
    assert f"Use keras.optimizers.{new}." in cures.cure("AttributeError", message)


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("cannot import name 'later' from 'typing' (typing.py)", "its module typing has no later."),
        ("module 'itertools' has no attribute 'later'", "its module itertools has no later."),
        ("cannot import name 'later' from 'mine' (mine.py)", ""),
        ("module 'numpy' has no attribute 'later'", ""),
    ],
)
def test_a_name_that_this_python_does_not_have(message: str, says: str) -> None:
    cure = cures.cure("ImportError", message)
    assert cure.endswith(says) and bool(cure) == bool(says)


def test_code_that_is_too_deep_to_be_compared_is_not_the_same() -> None:
    deep = f"def f():\n    return {' + '.join(['1'] * 5000)}"
    assert not Pair("f", deep, "def f():\n    return 5000").same
    assert Pair("f", deep, deep).same
    assert Pair("f", "def f():\n    return (1)", "def f():\n\n    return 1").same


def test_an_exercise_may_have_capitals_in_its_name(tmp_path: Path) -> None:
    shutil.copytree(SMALL / "solutions/ex1_shares", tmp_path / "solutions/ex1_MyShares")
    course = Course.open(tmp_path)
    for name in ("ex1_MyShares", "ex1_myshares.py", "EX1", "1"):
        assert course.exercise(name).stem == "ex1_MyShares"


def test_a_help_ends_lines_where_the_screen_does_and_not_the_source() -> None:
    found = [documented.help for documented, _ in helps(command_line())]
    assert len(found) > 40 and all("\n" not in text.replace("\n\n", "") for text in found)


def test_every_sign_on_a_screen_has_one_in_ascii() -> None:
    """But halves of pixels, which are drawn only where they can be, and the space that is glue."""
    signs = set()
    for folder in ("render", "cli", "lab"):
        for path in (ROOT / "grader" / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    signs |= {sign for sign in node.value if not sign.isascii()}
    assert {"✓", "┃", "…"} <= signs
    assert signs - _PLAIN.keys() == {"▀", _GLUE}
