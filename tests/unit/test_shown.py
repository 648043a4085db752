"""What a check shows of the learner's own training, and how it is drawn."""

import json
import math
from typing import Any

import numpy as np
import pytest
from rich.text import Text

from grader.checks import shown
from grader.render import pictures
from grader.render.screen import Screen
from support import flat


def drawn(things: list[Any]) -> list[str]:
    import io

    screen = Screen(file=io.StringIO(), width=80)
    screen.print(*things, sep="\n")
    return [line.rstrip() for line in screen.file.getvalue().splitlines()]  # type: ignore[attr-defined]


def test_both_curves_have_one_scale_and_the_best_epoch() -> None:
    shown.begin()
    shown.show_training({"loss": [1.0, 0.5, 0.3], "val_loss": [0.9, 0.6, 0.8], "accuracy": [1]})
    training = shown.details()["training"]
    assert training == {"loss": [1.0, 0.5, 0.3], "val_loss": [0.9, 0.6, 0.8]}
    assert drawn(pictures.curves(training)) == [
        "     your training, 3 epochs    loss     1.000 █▃▁ 0.300",
        "                                val_loss 0.900 ▇▄▆ 0.800   lowest in epoch 2",
    ]


def test_what_is_no_number_is_a_cross_and_json_takes_it() -> None:
    shown.begin()
    shown.show_training({"loss": [0.5, math.inf, math.nan]})
    assert json.dumps(shown.details(), allow_nan=False)
    (line,) = drawn(pictures.curves(shown.details()["training"]))
    assert line.endswith("loss     0.500 ▁×× nan")


@pytest.mark.parametrize(
    "history",
    [None, "loss", {}, {"loss": "0.1"}, {"loss": []}, {"loss": ["a"]}, {"loss": [0.1] * 1000},
     {"val_loss": [0.1]}, {"loss": {"a": 1}}],
)  # fmt: skip
def test_what_is_no_history_is_not_shown(history: Any) -> None:
    shown.begin()
    shown.show_training(history)
    assert shown.details() == {}


def test_each_check_shows_its_own() -> None:
    shown.show_training({"loss": [0.1]})
    shown.begin()
    assert shown.details() == {}


def test_what_is_taken_for_what() -> None:
    shown.begin()
    shown.show_confusion(np.array([0, 0, 6, 9]), np.array([0, 6, 6, 9]))
    counts = shown.details()["confusion"]
    assert (
        json.dumps(counts) and (counts[0][0], counts[0][6], counts[6][6], counts[9][9]) == (1,) * 4
    )
    lines = drawn(pictures.confusion(counts))
    assert len(lines) == 12 and max(map(len, lines)) <= 80
    assert lines[2].split() == ["T-shirt/top", "1", *"·····", "1", *"···"]
    assert isinstance(pictures.confusion(counts)[2], Text) and flat(lines[0])
