"""The last hint: a solution's steps with blanks."""

import ast

import pytest

from grader.course import Course, Exercise
from grader.skeleton import skeleton


def test_steps_stay_and_what_they_compute_is_blank() -> None:
    solution = '''
import numpy as np

def mean(values, axis=-1):
    """Not shown."""
    total = 0
    for value in values[1:]:
        if value > 3 and total:
            total += value * 2 + 1
    if not total:
        raise ValueError("none")
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, activation="relu")])
    model.compile(loss="mse")
    return float(np.sum(total) / len(values))

class Counter(Base):
    """Not shown either."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most, self.seen = most, {"a": 1}

def other():
    return 1
'''
    assert skeleton(solution, ["mean", "Counter"]) == (
        "def mean(values, axis=-1):\n"
        "    total = ___\n"
        "    for value in values[___]:\n"
        "        if value > ___ and ___:\n"
        "            total += ___ + ___\n"
        "    if ___:\n"
        "        raise ValueError(___)\n"
        "    model = keras.Sequential([keras.Input(___), keras.layers.Dense(___)])\n"
        "    model.compile(___)\n"
        "    return float(np.sum(___) / len(___))\n"
        "\n"
        "class Counter(Base):\n"
        "\n"
        "    def __init__(self, most: int) -> None:\n"
        "        super().__init__()\n"
        "        self.most, self.seen = (___, ___)"
    )


@pytest.mark.parametrize("exercise", Course.open().exercises, ids=str)
def test_no_solution_is_given_away(exercise: Exercise) -> None:
    """What is shown is Python, has a blank in each function, and is no solution itself."""
    for name in exercise.functions:
        shown = skeleton(exercise.solution.read_text("utf-8"), [name])
        assert ast.parse(shown).body
        assert "___" in shown
