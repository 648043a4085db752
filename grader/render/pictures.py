"""A garment in the terminal, alone and beside what a model takes it for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.measure import Measurement
from rich.text import Text

from grader.clean import clean
from grader.i18n import _

_DENSITY = " .:-=+*#%@"
_BAR = 10  # columns of a probability of 1


class Image:
    """A garment, 28 columns and 14 rows: two pixels in one character.

    Args:
        pixels: 28 rows of 28 numbers, 0 to 255.
    """

    def __init__(self, pixels: Sequence[Sequence[int]]) -> None:
        self.pixels = pixels

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(len(self.pixels[0]), len(self.pixels[0]))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        colors = console.color_system in ("256", "truecolor") and not console.no_color
        half = colors and console.encoding.startswith("utf")
        for upper, lower in zip(self.pixels[::2], self.pixels[1::2], strict=True):
            line = Text(no_wrap=True)
            for above, below in zip(upper, lower, strict=True):
                if half:
                    gray = (f"rgb({value},{value},{value})" for value in (above, below))
                    line.append("▀", " on ".join(gray))
                else:
                    line.append(_DENSITY[(above + below) * len(_DENSITY) // 511])
            yield line


def garment(value: Mapping[str, Any], indent: int) -> RenderableType:
    """A described garment beside its most probable labels, and what it is."""
    from rich.padding import Padding
    from rich.table import Table

    told = Text("\n")
    width = max(len(name) for name, __ in value["probable"])
    for name, probability in value["probable"]:
        share = min(max(probability, 0), 1)  # whatever a model says
        style = "green" if name == value["label"] else "red"
        told.append(f"{clean(name):<{width}}  ").append("▰" * round(share * _BAR), style)
        told.append("▱" * (_BAR - round(share * _BAR)), "dim").append(f" {share:.0%}\n")
    told.append("\n").append(_("It is: {label}").format(label=clean(value["label"])), "bold")
    grid = Table.grid(padding=(0, 0, 0, 3))
    grid.add_row(Image(value["pixels"]), told)
    return Padding(grid, (1, 0, 0, indent))
