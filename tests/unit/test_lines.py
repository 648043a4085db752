"""Rows of numbers that are too wide for the screen."""

import pytest

from grader.render.lines import cut


@pytest.mark.parametrize(
    ("line", "room", "shown"),
    [
        ("[[0.1, 0.2],", 12, "[[0.1, 0.2],"),
        (" [0.0552, 0.3197, 0.1102],", 20, " [0.0552, …],"),
        (" [1.    , 0.    , 0.    ]]", 22, " [1.    , 0.    , …]]"),
        (" [1.001, 2.002, ..., 3.003]]", 24, " [1.001, 2.002, …]]"),
        ("12345678901234567890", 10, "123456789…"),
    ],
)
def test_a_row_is_cut_between_its_numbers(line: str, room: int, shown: str) -> None:
    assert cut(line, room) == shown
