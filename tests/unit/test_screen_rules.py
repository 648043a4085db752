"""What is wrong with a screen is found, and nothing else; what a terminal shows is followed."""

from collections.abc import Callable, Iterable

import pytest

import looks
from emulator import Emulator

TEXT = ["Grade it with `grade ex1` now, then", " next  Go on:   grade ex2"]


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        (lambda lines: looks.too_wide(lines, 40), ["is " * 14]),
        (lambda lines: looks.too_wide(lines, 40), ["模模 " * 9]),
        (looks.empty, ["a", "", "", "b"]),
        (looks.empty, ["a", ""]),
        (lambda lines: looks.trailing("\n".join(lines)), ["a ", "b"]),
        (lambda lines: looks.coded("\n".join(lines)), ["\x1b[1ma\x1b[0m"]),
        (lambda lines: looks.colored("\n".join(lines)), ["\x1b[1;31ma\x1b[0m"]),
        (lambda lines: looks.colored("\n".join(lines)), ["\x1b[38;5;9ma\x1b[0m"]),
        (lambda lines: looks.foreign(lines, TEXT), ["– a"]),
        (lambda lines: looks.foreign(lines, TEXT), ["a?b"]),
        (lambda lines: looks.cut(lines, TEXT), ["Grade it wi", "th now"]),
        (lambda lines: looks.split(lines, TEXT, 40), ["Grade it with `grade", "ex1` now"]),
        (looks.led, ["Grade it"]),
        (lambda lines: looks.traced("\n".join(lines)), ["Traceback (most recent call last):"]),
    ],
)
def test_each_fault_is_found(rule: Callable[[list[str]], Iterable[str]], wrong: list[str]) -> None:
    assert list(rule(wrong))
    assert list(rule(TEXT)) == []


def test_bold_is_no_color_and_other_numbers_are_no_cut_words() -> None:
    assert list(looks.colored("\x1b[1ma\x1b[0m \x1b[2mb\x1b[0m")) == []
    assert list(looks.cut(["took 0.8 s ▁▂▃ and …"], ["took 12.3 s and more"])) == []


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("a\r\nb\r\n", ["a", "b"]),
        ("waiting\r\x1b[2Kdone", ["done"]),
        ("one\r\ntwo\r\n\x1b[2A\r\x1b[Jthree", ["three"]),
        ("old\r\n\x1b[2J\x1b[Hnew", ["new"]),
        ("abc\b\b\x1b[K!", ["a!"]),
        ("\x1b]8;id=1;file:///a\x1b\\link\x1b]8;;\x1b\\ \x1b[?25l", ["link"]),
        ("a\x1b[3Cb", ["a   b"]),
    ],
)
def test_a_terminal_is_followed(written: str, seen: list[str]) -> None:
    assert Emulator().feed(written).text == seen


def test_styles_are_kept() -> None:
    emulator = Emulator().feed("\x1b[1;31mred\x1b[0m plain\r\n\x1b[2mdim\x1b[0m")
    assert emulator.styled == "\x1b[0;1;31mred\x1b[0m plain\x1b[0m\n\x1b[0;2mdim"
