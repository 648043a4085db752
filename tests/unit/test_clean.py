"""Each character that must not reach a terminal, by itself."""

import unicodedata

import pytest

from grader.clean import clean, line, printable

# What moves the cursor, turns the text around, hides in it, or ends a line where none should end.
# Written out, not taken from the code: bidirectional marks, zero widths, line separators, tags.
HARMFUL = [
    *map(chr, [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)]),
    *"\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e",
    *"\u2060\u2061\u2062\u2063\u2064\u2065\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d",
    *"\u206e\u206f\ufeff\ufff9\ufffa\ufffb\ue000\U000e0001\U000e0041\U000e007f\U000f0000",
    *"\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u2800\u3164\uffa0\U000e0100",
    *"\ud800\udbff\udc00\udfff",
]
DROPPED = "\u00ad\u200c\u200d\ufe0e\ufe0f"


@pytest.mark.parametrize("character", HARMFUL, ids=lambda c: f"U+{ord(c):04X}")
def test_a_harmful_character_is_written_out(character: str) -> None:
    written = character.encode("unicode_escape").decode()
    for cleaned in (clean, printable, line):
        assert cleaned(f"a{character}b") == f"a{written}b"


@pytest.mark.parametrize("character", DROPPED, ids=lambda c: f"U+{ord(c):04X}")
def test_a_character_that_only_changes_looks_is_left_out(character: str) -> None:
    assert clean(f"a{character}b") == "ab"


def test_no_other_character_is_lost_or_harmful() -> None:
    for number in (*range(0x10000), *range(0xE0000, 0xE1000)):
        character = chr(number)
        shown = printable(character)
        if shown == character:
            category = unicodedata.category(character)
            assert category[0] not in "C" or character in "\n\t", hex(number)
            assert category not in ("Zl", "Zp"), hex(number)
        else:
            assert shown.isascii() and (shown or character in DROPPED), hex(number)


def test_bytes_of_a_name_that_are_no_text() -> None:
    assert clean("\udc80\udce9\udcff") == r"\x80\xe9\xff"


def test_lines() -> None:
    assert clean("a\r\nb\rc\nd\te") == "a\nb\nc\nd\te"
    assert line("a\r\nb\tc") == r"a\r\nb\tc"


@pytest.mark.parametrize(
    ("text", "options", "shown"),
    [
        ("abcd", {"length": 4}, "abcd"),
        ("abcde", {"length": 4}, "abc…"),
        ("a\nb\nc", {"lines": 3}, "a\nb\nc"),
        ("a\nb\nc\nd", {"lines": 3}, "a\nb\n… 2 more lines"),
        ("\x1b[31mred\x1b[0m", {}, "red"),
        ("\x1b[1;4:3mred", {}, "red"),
        ("\x1b[2Jred", {}, r"\x1b[2Jred"),
        ("e\u0301\u0301\u0301\u0301\u0301", {}, "e\u0301\u0301\u0301\u0301"),
    ],
)
def test_bounds(text: str, options: dict[str, int], shown: str) -> None:
    assert clean(text, **options) == shown
