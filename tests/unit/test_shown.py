"""What a check shows of the learner's own training, and how it is drawn."""

import io
import json
import math
import sys
from typing import Any

import numpy as np
import pytest
from rich.text import Text

from grader.checks import Garment, shown
from grader.render import shown as render
from grader.render.screen import Screen
from support import flat


def drawn(things: list[Any], width: int = 80) -> list[str]:
    screen = Screen(file=io.StringIO(), width=width)
    screen.print(*things, sep="\n")
    return [line.rstrip() for line in screen.file.getvalue().splitlines()]  # type: ignore[attr-defined]


def test_both_curves_have_one_scale_and_the_best_epoch() -> None:
    shown.begin()
    shown.show_training({"loss": [1.0, 0.5, 0.3], "val_loss": [0.9, 0.6, 0.8], "accuracy": [1]})
    training = shown.details()["training"]
    assert training == {"loss": [1.0, 0.5, 0.3], "val_loss": [0.9, 0.6, 0.8]}
    assert drawn(render.curves({"training": training})) == [
        "     your training, 3 epochs    loss     1.000 █▃▁ 0.300",
        "                                val_loss 0.900 ▇▄▆ 0.800   lowest in epoch 2",
    ]


def test_on_a_narrow_screen_the_best_epoch_stays_beside_its_curve() -> None:
    training = {"loss": [1.0, 0.5, 0.3], "val_loss": [0.9, 0.6, 0.8]}
    assert drawn(render.curves({"training": training}), width=60) == [
        "     your training, 3 epochs",
        "       loss     1.000 █▃▁ 0.300",
        "       val_loss 0.900 ▇▄▆ 0.800   lowest in epoch 2",
    ]


def test_what_is_no_number_is_a_cross_and_json_takes_it() -> None:
    shown.begin()
    shown.show_training({"loss": [0.5, math.inf, math.nan]})
    assert json.dumps(shown.details(), allow_nan=False)
    (line,) = drawn(render.curves(shown.details()))
    assert line.endswith("loss     0.500 ▁×× nan")


def test_a_whole_number_that_no_float_holds_is_no_accident() -> None:
    shown.begin()
    shown.show_training({"loss": [0.5, 10**400]})
    shown.show_dots("t", {"a": [1, -(10**400)]})
    assert shown.details()["training"] == {"loss": [0.5, None]}
    assert shown.details()["dots"]["rows"][0]["values"] == [1.0]


@pytest.mark.parametrize("size", [1.0, sys.float_info.max, 1e-320])
def test_curves_of_any_size_are_drawn(size: float) -> None:
    """A learner's own function may return any numbers."""
    losses = [size, -size, 0.0, *[size] * 97]
    screen = drawn(render.curves({"training": {"loss": losses}}), width=60)
    assert screen[1].endswith(" 1.8e+308" if size > 1 else f" {size:.3f}")
    ends = render.curve(losses[:3]).plain.split(" ")[1]
    assert ends[:2] == "█▁"
    dots = {"title": "t", "rows": [{"name": "a", "values": losses, "own": True}], "span": None}
    assert "●" in drawn(render.dots({"dots": dots}))[1]
    assert render.curve([size, size]).plain.split(" ")[1] == "▁▁"


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
    lines = drawn(render.confusion(shown.details()))
    assert len(lines) == 12 and max(map(len, lines)) <= 80
    assert lines[2].split() == ["T-shirt/top", "1", *"·····", "1", *"···"]
    assert isinstance(render.confusion(shown.details())[2], Text) and flat(lines[0])


def test_where_a_training_ended() -> None:
    shown.begin()
    shown.show_training({"loss": [0.5, 0.3]}, note="it ended after epoch 2", epochs=4)
    assert drawn(render.curves(shown.details())) == [
        "     your training, 2 epochs    loss     0.500 █▁·· 0.300",
        "                                it ended after epoch 2",
    ]


@pytest.mark.parametrize(("epochs", "ran", "signs"), [(90, 90, "█" * 2 + "▇" * 4), (40, 20, "█▇▆")])
def test_a_long_training_fits_a_narrow_screen(epochs: int, ran: int, signs: str) -> None:
    """Its name is above it then, and a sign is several epochs."""
    shown.begin()
    losses = [1 - n / ran for n in range(ran)]
    shown.show_training({"loss": losses}, note="it ended there", epochs=epochs)
    title, line, note = drawn(render.curves(shown.details()), 60)
    assert (title, note) == (f"     your training, {ran} epochs", "       it ended there")
    before, curve, last = line.split()[1:]
    assert (before, last) == ("1.000", f"{1 / ran:.3f}") and len(line) < 60
    assert curve.startswith(signs) and curve.endswith("▁" if ran == epochs else "·" * 10)
    assert len(curve) == (30 if ran == epochs else 20)


def test_garments_side_by_side_as_many_as_there_is_room_for() -> None:
    shown.begin()
    probabilities = np.array([0.5, 0.25, 0.125, *[0.125 / 7] * 7])
    some = [Garment(np.full((28, 28), 255), label, probabilities) for label in (0, 1, 2, 3)]
    shown.show_garments("your most doubtful", some)
    assert json.dumps(shown.details(), allow_nan=False)
    lines = drawn(render.garments(shown.details()), 110)
    assert lines[0] == "     your most doubtful" and lines[1].count("@" * 28) == 3
    assert lines[15].split() == ["T-shirt/top", "▰▰▰▰▰▱▱▱▱▱", "50%"] * 3
    assert flat(lines[18]) == "It is: T-shirt/top It is: Trouser It is: Pullover"
    assert drawn(render.garments(shown.details()), 60)[1].count("@" * 28) == 1


def test_dots_on_one_scale() -> None:
    shown.begin()
    rows = {"8 units": [0.0, 1.0], "9, yours": [0.5], "none": [math.nan]}
    shown.show_dots("accuracy", rows, own=["9, yours"], span=("2 errors", 0.25, 0.75))
    assert json.dumps(shown.details(), allow_nan=False)
    assert drawn(render.dots(shown.details()), 56) == [
        "     accuracy",
        "     8 units  ●                   ●  0.000 to 1.000",
        "     9, yours           ●            0.500",
        "     none                            nan",
        "     2 errors      ├─────────┤       0.250 to 0.750",
    ]


def test_equal_numbers_have_a_place_too() -> None:
    shown.begin()
    shown.show_dots("accuracy", {"a": [0.5, 0.5]}, span=("nothing", math.nan, 1.0))
    assert drawn(render.dots(shown.details()), 56)[1:] == [f"     a ●{' ' * 29}0.500"]


def test_no_dots_are_no_rows() -> None:
    shown.begin()
    shown.show_dots("accuracy", {})
    assert drawn(render.dots(shown.details()), 56) == ["     accuracy"]


def test_cells_are_shares() -> None:
    shown.begin()
    shown.show_cells("right", {"raw": {"raw": 0.8, "scaled": 0.25}, "scaled": {"raw": math.nan}})
    assert json.dumps(shown.details(), allow_nan=False)
    assert [line.split() for line in drawn(render.cells(shown.details()))] == [
        ["right"],
        ["raw", "scaled"],
        ["raw", "▰▰▰▰▰▰▰▰▱▱", "80%", "▰▰▱▱▱▱▱▱▱▱", "25%"],
        ["scaled", "▱▱▱▱▱▱▱▱▱▱", "0%"],
    ]
