"""Numbers of several runs as rows with bars, in the terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.measure import Measurement
from rich.table import Table as Grid
from rich.text import Text

from grader.clean import clean
from grader.i18n import _
from grader.lab.experiment import Plot
from grader.measured import RunTable, number

_BAR, _SHORTEST = 24, 6  # columns


@dataclass(frozen=True)
class Spread:
    """One number as several runs gave it; nothing of it is known where it was nan."""

    values: tuple[float, ...]

    @property
    def mean(self) -> float | None:
        """Their average."""
        return sum(self.values) / len(self.values) if self.values else None

    @property
    def range(self) -> str:
        """From the smallest to the largest, where they differ."""
        if not self.values:
            return ""
        low, high = (number(end(self.values)) for end in (min, max))
        return "" if low == high else _("{low} to {high}").format(low=low, high=high)


def spreads(tables: Sequence[RunTable], column: str) -> list[Spread]:
    """A column's rows, or a single number as one row."""
    columns = [table[column] for table in tables]
    rows = [each if isinstance(each, list) else [each] for each in columns]
    return [
        Spread(tuple(value for value in row if isinstance(value, int | float)))
        for row in zip(*rows, strict=False)
    ]


def bars(drawing: Plot, tables: Sequence[RunTable]) -> RenderableType:
    """A row for each thing that was measured: its name, a bar, its mean, and its spread."""
    first, *rest = drawing.columns
    if isinstance(tables[0][first], list) and rest:
        names = [clean(str(each)) for each in tables[0][first]]
        heads = [name.replace("_", " ") for name in rest] if len(rest) > 1 else [""]
        columns = [spreads(tables, column) for column in rest]
    else:
        found, rows = single(drawing, tables)
        names, heads, columns = [clean(each) for each in found], [""], [rows]
    means = [each.mean for each in columns[0] if each.mean is not None]
    low = min([0.0, *means]) if drawing.low is None else drawing.low
    high = max([*means, low]) if drawing.high is None else drawing.high
    return Bars(names, heads, columns, low, high)


class Bars:
    """Rows of numbers, of which the first has a bar; what is too wide is several tables.

    Args:
        names: of the rows.
        heads: of the columns.
        columns: a number for each row.
        low, high: the ends of the bars.
    """

    def __init__(
        self,
        names: Sequence[str],
        heads: Sequence[str],
        columns: Sequence[Sequence[Spread]],
        low: float,
        high: float,
    ) -> None:
        self.names, self.heads, self.columns = names, heads, columns
        self.low, self.high = low, high

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Any]:
        every = range(len(self.columns))
        if self._width(every) <= options.max_width:
            yield self._table(every, options.max_width)
            return
        for place in every:
            if place:
                yield ""
            if self.heads[place]:
                yield Text(self.heads[place], "dim")
            yield self._table([place], options.max_width)

    def _width(self, places: Sequence[int]) -> int:
        """Columns of the screen that all in one table takes at least."""
        wide = [max(map(cell_len, self.names), default=0), _SHORTEST]
        for place in places:
            shown = [_mean_of(each) for each in self.columns[place]]
            wide.append(max(map(cell_len, [*shown, self.heads[place]]), default=0))
            wide.append(max((cell_len(each.range) for each in self.columns[place]), default=0))
        return sum(wide) + 2 * (len(wide) - 1)

    def _table(self, places: Sequence[int], width: int) -> Grid:
        grid = Grid.grid(padding=(0, 2, 0, 0))
        grid.add_column(no_wrap=max(map(cell_len, self.names), default=0) <= width // 2)
        for place in places:
            if not place:  # the first has a bar, which is as long as the others leave room
                grid.add_column()
            grid.add_column(no_wrap=True)
            grid.add_column(no_wrap=True)
        if len(places) > 1:
            grid.add_row("", "", *_spaced([Text(self.heads[each], "dim") for each in places]))
        for row, name in enumerate(self.names):
            cells: list[RenderableType] = [Text(name)]
            for place in places:
                spread = self.columns[place][row]
                if not place:
                    cells.append(Bar(spread.mean, self.low, self.high))
                cells.append(Text(_mean_of(spread), justify="right"))
                cells.append(Text(spread.range, "dim"))
            grid.add_row(*cells)
        return grid


def _mean_of(spread: Spread) -> str:
    """The average as it is shown; the number as it is where all runs gave the same."""
    if spread.mean is None:
        return "-"
    return number(spread.mean if len(set(spread.values)) > 1 else spread.values[0])


def single(drawing: Plot, tables: Sequence[RunTable]) -> tuple[list[str], list[Spread]]:
    """Numbers that are no columns: a row for each, or, of a single one, for each of many runs."""
    if len(drawing.columns) == 1 and len(tables) > 3:
        rows = [spreads([table], drawing.columns[0])[0] for table in tables]
        return [_("run {n}").format(n=n) for n in range(1, len(rows) + 1)], rows
    names = [column.replace("_", " ") for column in drawing.columns]
    return names, [row for column in drawing.columns for row in spreads(tables, column)]


def _spaced(cells: Sequence[RenderableType]) -> Iterator[RenderableType]:
    """Each with an empty one behind it."""
    for cell in cells:
        yield cell
        yield ""


class Bar:
    """A share from 0 to 1, as long as there is room."""

    def __init__(self, value: float | None, low: float, high: float) -> None:
        share = 0.0 if value is None else (value - low) / ((high - low) or 1)
        self.share = min(max(share, 0.0), 1.0)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(_SHORTEST, _BAR)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        width = min(options.max_width, _BAR)
        filled = round(self.share * width)
        yield Text.assemble(("▰" * filled, "cyan"), ("▱" * (width - filled), "dim"))
