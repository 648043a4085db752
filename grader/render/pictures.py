"""A garment in the terminal, alone and beside what a model takes it for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.measure import Measurement
from rich.text import Text

from grader.clean import clean
from grader.i18n import _

_DENSITY = " .:-=+*#%@"
BAR = 10  # columns of a share of 1


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


def labeled(value: Mapping[str, Any]) -> Text:
    """What a model takes a garment for, a bar for each label, the true one green; what it is."""
    told = Text()
    width = max(len(name) for name, __ in value["probable"])
    for name, probability in value["probable"]:
        style = "green" if name == value["label"] else "red"
        told.append(f"{clean(name):<{width}} ").append_text(share_bar(probability, style))
        told.append("\n")
    return told.append(_("It is: {name}").format(name=clean(value["label"])), "bold")


def share_bar(share: float, style: str) -> Text:
    """A bar for a share, and the share in percent, whatever number a model gives for it."""
    full = round(min(max(share, 0), 1) * BAR)
    bar = Text.assemble(("▰" * full, style), ("▱" * (BAR - full), "dim"))
    return bar.append(f" {share:.0%}")


def garment(value: Mapping[str, Any], indent: int) -> RenderableType:
    """A described garment beside its most probable labels, and what it is."""
    from rich.padding import Padding
    from rich.table import Table

    grid = Table.grid(padding=(0, 0, 0, 3))
    grid.add_row(Image(value["pixels"]), Text("\n").append_text(labeled(value)))
    return Padding(grid, (1, 0, 0, indent))
