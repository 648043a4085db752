"""A wrong file that holds only what differs from the solution is made whole."""

from pathlib import Path
from typing import Any

import pytest

from grader.authoring.overlay import whole, written
from grader.course import Exercise

SOLUTION = '''"""A brief."""

import math

LIMIT = 0.5
SIZES: list[int] = [1, 2]


@staticmethod
def half(x):
    return x / 2


class Counter:
    step = 1


def all_of_it(x):
    return half(x), LIMIT, SIZES, Counter.step, math.floor(x)


if __name__ == "__main__":
    print(half(3))
'''
OVERLAY = '"""A belief.\n\nfails: it\nrest: solution\n"""\n'


def run(changes: str) -> dict[str, Any]:
    """The names of the whole file."""
    names: dict[str, Any] = {"__name__": "submission"}
    exec(whole(SOLUTION, OVERLAY + changes), names)
    return names


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ("", (1.5, 0.5, [1, 2], 1, 3)),
        ("def half(x):\n    return x / 4\n", (0.75, 0.5, [1, 2], 1, 3)),
        ("LIMIT = 1", (1.5, 1, [1, 2], 1, 3)),
        ("SIZES = []\nLIMIT: int = 2", (1.5, 2, [], 1, 3)),
        ("class Counter:\n    step = 2\n", (1.5, 0.5, [1, 2], 2, 3)),
        ("import operator\n\nhalf = operator.neg\n", (-3, 0.5, [1, 2], 1, 3)),
        ("def twice(f):\n    return lambda x: 2 * f(x)\n\n@twice\ndef half(x):\n    return x\n",
         (6, 0.5, [1, 2], 1, 3)),
        ("BASE = object\nclass Counter(BASE):\n    step = 3\n", (1.5, 0.5, [1, 2], 3, 3)),
    ],
)  # fmt: skip
def test_what_is_defined_anew_replaces(changes: str, answer: tuple) -> None:
    assert run(changes)["all_of_it"](3) == answer


def test_nothing_else_of_the_solution_changes() -> None:
    text = whole(SOLUTION, OVERLAY + "def half(x):\n    return x\n")
    assert text == SOLUTION.replace("@staticmethod\n", "").replace("return x / 2\n", "return x\n\n")


@pytest.mark.parametrize("rest", ["rest: solution\n", ""])
def test_only_an_overlay_is_written(tmp_path: Path, rest: str) -> None:
    exercise = Exercise(tmp_path, "ex1_halves")
    (exercise.submissions / "wrong").mkdir(parents=True)
    exercise.solution.write_text(SOLUTION, "utf-8")
    path = exercise.submissions / "wrong/full.py"
    path.write_text(f'"""A belief.\n\nfails: it\n{rest}"""\nLIMIT = 2\n', "utf-8")
    (wrong,) = exercise.wrong
    made = written(exercise, wrong, tmp_path / "made")
    assert wrong.overlay is bool(rest)
    assert (made != path) is bool(rest)
    assert ("def half" in made.read_text("utf-8")) is bool(rest)
