"""Results of experiments in the terminal: curves, bars, garments, a matrix, a scale.

Each value comes with its spread: the smallest and the largest of all runs.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from grader.clean import clean
from grader.i18n import ngettext
from grader.lab.experiment import Plot
from grader.measured import RunTable, number
from grader.render.bars import bars, spreads
from grader.render.pictures import Image
from grader.render.quiz import Beside

COLORS = ("cyan", "magenta", "green", "red")
INDENT = Text("   ")
_ROWS = 9  # of a plot


def drawn(drawing: Plot, tables: Sequence[RunTable]) -> RenderableType:
    """A drawing of what all runs gave."""
    made: RenderableType
    match drawing.kind:
        case "curves":
            made = Curves(curves(drawing, tables), drawing.low, drawing.high)
        case "bars":
            made = bars(drawing, tables)
        case "garments":
            made = garments(drawing, tables[0])
        case "matrix":
            made = matrix(drawing, tables)
        case "pixels":
            made = Pixels(tables[0][drawing.columns[0]])
        case _:
            made = word_rows(drawing, tables[0])
    parts = [Text(drawing.title, "dim"), made] if drawing.title else [made]
    return Beside(INDENT, Group(*parts))


def curves(drawing: Plot, tables: Sequence[RunTable]) -> dict[str, list[float]]:
    """The mean of all runs, or the first run where they are not equally long."""
    name = drawing.columns[0]
    if len({len(table[name]) for table in tables}) > 1:
        tables = tables[:1]
    return {
        column: [each.mean or 0.0 for each in spreads(tables, column)] for column in drawing.columns
    }


# curves


class Curves:
    """Lines over epochs, in dots; their names and last values stand at their ends.

    Args:
        series: the values of each line, one for each epoch.
        low, high: the ends of the scale; those of the values without them.
    """

    def __init__(
        self, series: dict[str, list[float]], low: float | None = None, high: float | None = None
    ) -> None:
        every = [value for values in series.values() for value in values]
        self.series = series
        self.low, self.high = (
            min(every) if low is None else low,
            max(every) if high is None else high,
        )

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        ends = {name: f" {name} {number(values[-1])}" for name, values in self.series.items()}
        left = max(len(number(end)) for end in (self.low, self.high))
        columns = min(options.max_width - left - max(map(cell_len, ends.values())) - 3, 60)
        cells = self._cells(max(columns, 8))
        labels: dict[int, tuple[str, str]] = {}
        for color, (name, values) in zip(COLORS, self.series.items(), strict=False):
            row = min(self._row(values[-1]) // 4, _ROWS - 1)
            while row in labels:
                row = row + 1 if row + 1 < _ROWS else 0
            labels[row] = (ends[name], color)
        braille = console.encoding.startswith("utf")
        for row in range(_ROWS):
            end = {0: number(self.high), _ROWS - 1: number(self.low)}.get(row, "")
            line = Text(f"{end:>{left}} ", "dim", no_wrap=True).append("│", "dim")
            for column in range(max(columns, 8)):
                dots, color = cells.get((row, column), (0, ""))
                sign = chr(0x2800 + dots) if braille else "*"
                line.append(sign if dots else " ", color)
            line.append(*labels.get(row, ("", "")))
            line.rstrip()
            yield line
        last = max(len(values) for values in self.series.values())
        # Translators: the numbers below a curve, from the first epoch to the last.
        numbers = f"1{last:>{max(columns, 8) - 1}}"
        below = ngettext("{numbers} epochs", "{numbers} epochs", last).format(numbers=numbers)
        yield Text(" " * (left + 2) + below, "dim", no_wrap=True)

    def _row(self, value: float) -> int:
        """The row of dots of a value, from the top."""
        share = (self.high - value) / ((self.high - self.low) or 1)
        return round(min(max(share, 0.0), 1.0) * (4 * _ROWS - 1))

    def _cells(self, columns: int) -> dict[tuple[int, int], tuple[int, str]]:
        """Braille dots of each cell, and its color: two dots wide, four high."""
        bits = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
        cells: dict[tuple[int, int], tuple[int, str]] = {}
        for color, values in zip(COLORS, self.series.values(), strict=False):
            width, before = 2 * columns, None
            for x in range(width):
                place = x * (len(values) - 1) / (width - 1)
                left = int(place)
                right = min(left + 1, len(values) - 1)
                value = values[left] + (values[right] - values[left]) * (place - left)
                row = self._row(value)
                for y in range(min(row, before if before is not None else row), row + 1):
                    dots, _ = cells.get((y // 4, x // 2), (0, ""))
                    cells[(y // 4, x // 2)] = (dots | bits[y % 4][x % 2], color)
                before = row
        return cells


def word_rows(drawing: Plot, table: RunTable) -> RenderableType:
    """Words beside words: columns of a table as they are; or one sentence."""
    columns = [table[name] for name in drawing.columns]
    if not isinstance(columns[0], list):
        return Group(*(Text(clean(str(each))) for each in columns))
    grid = Grid.grid(padding=(0, 3, 0, 0))
    for row in zip(*columns, strict=False):
        grid.add_row(*(Text(clean(_word(each))) for each in row))
    return grid


def _word(value: Any) -> str:
    return value if isinstance(value, str) else number(value)


# pictures


def garments(drawing: Plot, table: RunTable) -> RenderableType:
    """Pictures with what is said of each, as many beside each other as there is room."""
    from grader.datasets import fashion_mnist

    found, captions = (table[name] for name in drawing.columns[:2])
    if not isinstance(found[0], list):  # positions in the test set
        _, (images, _) = fashion_mnist.load_data()
        found = [images[each].tolist() for each in found]
    return Garments(found, captions)


class Garments:
    """Small pictures, 14 columns and 7 rows each, and a line below each."""

    def __init__(self, pictures: Sequence[Any], captions: Sequence[str]) -> None:
        self.pictures, self.captions = pictures, captions

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Any]:
        large = len(self.pictures) <= 2
        side = 28 if large else 14
        room = max((options.max_width - 1) // (side + 2), 1)
        beside = min(room, 4 if len(self.pictures) > 5 else 5)
        for start in range(0, len(self.pictures), beside):
            grid = Grid.grid(padding=(0, 2, 0, 0))
            row = range(start, min(start + beside, len(self.pictures)))
            pixels = [self.pictures[n] if large else halved(self.pictures[n]) for n in row]
            grid.add_row(*(Image(each) for each in pixels))
            grid.add_row(*(Text(clean(self.captions[n]), "bold") for n in row))
            yield grid


def halved(pixels: Sequence[Sequence[int]]) -> list[list[int]]:
    """A picture of half the size: each four pixels become one."""
    return [
        [
            sum(pixels[y + dy][x + dx] for dy in (0, 1) for dx in (0, 1)) // 4
            for x in range(0, 28, 2)
        ]
        for y in range(0, 28, 2)
    ]


class Pixels:
    """A picture as the numbers that it is: as many of its middle columns as there is room."""

    def __init__(self, pixels: Sequence[Sequence[int]]) -> None:
        self.pixels = pixels

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        count = min((options.max_width - 1) // 4, 28)
        start = (28 - count) // 2
        for row in self.pixels:
            line = Text(no_wrap=True)
            for value in row[start : start + count]:
                line.append(f"{value:>4}", "dim" if not value else "bold" if value > 170 else "")
            yield line


def matrix(drawing: Plot, tables: Sequence[RunTable]) -> RenderableType:
    """How many of each kind (a row) were taken for each kind (a column)."""
    names, column = tables[0][drawing.columns[0]], drawing.columns[1]
    size = range(len(names))
    counts = [
        [round(sum(table[column][y][x] for table in tables) / len(tables)) for x in size]
        for y in size
    ]
    grid = Grid.grid(padding=(0, 1, 0, 0))
    grid.add_row("", *(Text(str(x), "dim", justify="right") for x in size))
    for y in size:
        cells = [
            Text(
                str(counts[y][x]) if counts[y][x] else "·",
                "green" if x == y else "bold red" if counts[y][x] >= 10 else "dim",
                justify="right",
            )
            for x in size
        ]
        grid.add_row(Text(f"{y} {clean(names[y])}"), *cells)
    return grid


class Scale:
    """A guess and what was measured, on one line.

    Args:
        low, high: its ends.
        guess: where the guess is, if there is one.
        values: what each run gave.
    """

    def __init__(
        self, low: float, high: float, guess: float | None, values: Sequence[float]
    ) -> None:
        self.low = min(low, *values, *([] if guess is None else [guess]))
        self.high = max(high, *values, *([] if guess is None else [guess]))
        self.guess, self.values = guess, values

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        low, high = number(_plain(self.low)), number(_plain(self.high))
        width = max(min(options.max_width - len(low) - len(high) - 6, 60), 10)

        def place(value: float) -> int:
            return round((value - self.low) / ((self.high - self.low) or 1) * (width - 1))

        signs = {0: ("├", "dim"), width - 1: ("┤", "dim")}
        signs |= {place(value): ("┃", "green") for value in self.values}
        if self.guess is not None:
            signs[place(self.guess)] = ("●", "magenta")
        line = Text(f"{low} ", "dim", no_wrap=True)
        for column in range(width):
            line.append(*signs.get(column, ("─", "dim")))
        yield line.append(f" {high}", "dim")


def _plain(value: float) -> float:
    """Whole, if it is."""
    return int(value) if value == int(value) else value
