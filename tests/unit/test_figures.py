"""How a plot is drawn in a terminal."""

import base64
import os
import re
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("matplotlib")
from matplotlib.figure import Figure

from grader.render import figures


def test_two_pixels_in_one_character() -> None:
    pixels = np.zeros((4, 2, 3), np.uint8)
    pixels[0], pixels[3] = (255, 0, 0), (0, 0, 7)
    red, black, blue = "38;2;255;0;0", "38;2;0;0;0", "48;2;0;0;7"
    assert figures.halves(pixels, 10).split("\n") == [
        f"\033[{red};48;2;0;0;0m▀" * 2 + "\033[0m",
        f"\033[{black};{blue}m▀" * 2 + "\033[0m",
    ]


@pytest.mark.parametrize(("shape", "columns", "wide", "high"), [((480, 640), 100, 100, 38),
    ((3, 200), 50, 50, 1), ((7, 5), 3, 3, 2)])  # fmt: skip
def test_it_is_as_wide_as_there_is_room(
    shape: tuple[int, int], columns: int, wide: int, high: int
) -> None:
    pixels = np.full((*shape, 3), 200, np.uint8)
    lines = figures.halves(pixels, columns).split("\n")
    assert len(lines) == high
    assert {line.count("▀") for line in lines} == {wide}
    assert set(re.findall(r"8;2;(\d+)", "".join(lines))) == {"200"}  # a mean of equals


def test_kittys_messages_are_chunks() -> None:
    data = base64.b64encode(bytes(5000))
    parts = re.findall("\033_G(.*?);(.*?)\033\\\\", figures.kitty(data))
    assert [keys for keys, _ in parts] == ["a=T,f=100,m=1", "m=0"]
    assert "".join(chunk for _, chunk in parts) == data.decode()


def test_a_terminal_that_does_not_know_its_size_has_80_columns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdout", SimpleNamespace(
        isatty=lambda: True, encoding="utf-8", fileno=lambda: 1))  # fmt: skip
    monkeypatch.setattr("os.get_terminal_size", lambda _: os.terminal_size((0, 0)))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("TERM_PROGRAM", raising=False)
    lines = figures.printed(figures.FigureCanvas(Figure())).split("\n")
    assert {line.count("▀") for line in lines} == {79}
