"""What is too wide for a screen: rows of numbers, sentences with commands, columns."""

import io

import pytest
from rich.console import Console, RenderableType
from rich.text import Text

from grader.render.lines import Hanging, InColumns, cut, words
from grader.render.terminal import following
from grader.render.watch import keys


def shown(part: RenderableType, width: int) -> list[str]:
    console = Console(file=io.StringIO(), width=width)
    with console.capture() as captured:
        console.print(part)
    return captured.get().splitlines()


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


@pytest.mark.parametrize("width", range(24, 80))
def test_no_line_ends_within_a_command(width: int) -> None:
    text = "There is no file. Create it with `grade reset ex3`, then go on (`grade ex3`)."
    lines = shown(Hanging(Text(" "), words(text, "dim")), width)
    assert " ".join(line.strip() for line in lines) == text
    assert sum("`grade reset ex3`" in line for line in lines) == 1
    assert sum("(`grade ex3`)" in line for line in lines) == 1
    assert max(map(len, lines)) < width


def test_a_command_that_fits_in_no_line_ends_between_words() -> None:
    text = "Make it with `python -m grader.authoring.stubs solutions/ex1_first` again."
    lines = shown(Hanging(Text(" "), words(text)), 36)
    assert " ".join(line.strip() for line in lines) == text


def test_styles_stay_where_they_are_beside_a_command() -> None:
    body = Text.assemble("run ", ("`grade ex1`", "bold"), " now")
    console = Console(width=60)
    (line,) = Hanging(Text(" "), body).__rich_console__(console, console.options)
    bold = [line.plain[span.start : span.end] for span in line.spans if span.style == "bold"]
    assert bold == ["`grade ex1`"]


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (100, [" next  Write your code in exercises/ex1_predictions.py, then run   grade ex1"]),
        (60, [" next  Write your code in exercises/ex1_predictions.py,",
              "       then run   grade ex1"]),
    ],
)  # fmt: skip
def test_a_step_ends_with_its_command_in_one_piece(width: int, lines: list[str]) -> None:
    step = ("Write your code in exercises/ex1_predictions.py, then run", "grade ex1")
    assert shown(following([step]), width) == lines


def test_columns_keep_their_places() -> None:
    names = ("Short", "A title that is longer")
    rows = [InColumns(Text(" ex1 "), Text(name), Text("3  10 s")) for name in names]
    assert [shown(row, 30) for row in rows] == [
        [" ex1 Short" + " " * 12 + "3  10 s"],
        [" ex1 A title that is longer", " " * 22 + "3  10 s"],
    ]


def test_keys_are_as_bright_as_commands() -> None:
    console = Console(width=60, force_terminal=True, color_system="standard", file=io.StringIO())
    with console.capture() as captured:
        console.print(keys([("n", "next"), ("x", "exit")], "1 of 8"))
    assert "\x1b[36mn\x1b[0m next\x1b[2m · \x1b[0m\x1b[36mx\x1b[0m exit" in captured.get()
