"""Each color of a screen can be read in terminals as they come: black on white, white on black."""

import ast
import re

import pytest

from support import modules

LEAST = 1.9  # contrast as WCAG 2 defines it; a mark or a word beside black ones is seen then
# https://en.wikipedia.org/wiki/ANSI_escape_code#Colors: normal, and bright, which is what bold
# becomes by default in most of them
PALETTES = {
    "xterm": {
        "red": ((205, 0, 0), (255, 0, 0)),
        "green": ((0, 205, 0), (0, 255, 0)),
        "yellow": ((205, 205, 0), (255, 255, 0)),
        "blue": ((0, 0, 238), (92, 92, 255)),
        "magenta": ((205, 0, 205), (255, 0, 255)),
        "cyan": ((0, 205, 205), (0, 255, 255)),
    },
    "Terminal.app": {
        "red": ((153, 0, 0), (230, 0, 0)),
        "green": ((0, 166, 0), (0, 217, 0)),
        "yellow": ((153, 153, 0), (230, 230, 0)),
        "blue": ((0, 0, 178), (0, 0, 255)),
        "magenta": ((178, 0, 178), (230, 0, 230)),
        "cyan": ((0, 166, 178), (0, 230, 230)),
    },
}
COLORS = PALETTES["xterm"].keys()
WORDS = {"bold", "dim", "italic", "not", "underline"}


def luminance(color: tuple[int, ...]) -> float:
    shares = (each / 255 for each in color)
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(style: str) -> float:
    """The least contrast of a style, in any of the palettes, with white and with black."""
    bright = "bold" in style.split()
    color = next(word for word in style.split() if word in COLORS)
    found = [luminance(each[color][bright]) for each in PALETTES.values()]
    return min(contrast for each in found for contrast in (1.05 / (each + 0.05), each / 0.05 + 1))


def styles() -> set[str]:
    """Every style with a color, in the whole package."""
    found = set()
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = set(re.findall(r"\S+", node.value))
                if words & COLORS and words <= WORDS | COLORS:
                    found.add(node.value)
    return found


def test_each_color_can_be_read_on_white_and_on_black() -> None:
    found = styles()
    assert {"red", "green", "cyan", "magenta"} <= found
    assert {style for style in found if contrast(style) < LEAST} == set()


@pytest.mark.parametrize("style", ["yellow", "blue", "bold cyan", "bold green"])
def test_a_color_that_can_not_be_read_would_be_found(style: str) -> None:
    assert contrast(style) < LEAST
