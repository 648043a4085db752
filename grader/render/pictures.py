"""Pictures in the terminal: a garment, a training's losses, what is taken for what."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.measure import Measurement
from rich.text import Text

from grader.clean import clean
from grader.i18n import _
from grader.render.lines import Hanging, Rows

_DENSITY = " .:-=+*#%@"
_BLOCKS = "▁▂▃▄▅▆▇█"
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


def curves(training: Mapping[str, Sequence[float | None]]) -> list[RenderableType]:
    """A training's losses, a line for each curve; both have one scale, so that they compare.

    Args:
        training: ``loss``, and ``val_loss`` if images were held back; ``None`` is no finite number.
    """
    known = [value for values in training.values() for value in values if value is not None]
    low, high = min(known, default=0), max(known, default=0)
    step = (high - low) / (len(_BLOCKS) - 1) or 1.0
    epochs = len(training["loss"])
    if epochs == 1:
        text = _("your training, 1 epoch")
    else:
        text = _("your training, {epochs} epochs").format(epochs=epochs)
    lines: list[RenderableType] = []
    for name, values in training.items():
        curve = "".join("×" if v is None else _BLOCKS[round((v - low) / step)] for v in values)
        first, last = ("nan" if v is None else f"{v:.3f}" for v in (values[0], values[-1]))
        line = Text.assemble((f"{first} ", "dim"), (curve, "cyan"), (f" {last}", "dim"))
        finite = [v for v in values if v is not None]
        if name == "val_loss" and finite:
            best = values.index(min(finite)) + 1
            line.append(_("   lowest in epoch {epoch}").format(epoch=best), "dim")
        before = f"     {'' if lines else text:<26} {name:<9}"
        lines.append(Hanging(Text(before, "dim"), line))
    return lines


def confusion(counts: Sequence[Sequence[int]]) -> list[RenderableType]:
    """A line for each kind of garment: how often it was taken for which; zeros are dots."""
    from grader.datasets.fashion_mnist import CLASS_NAMES  # needs NumPy

    width = max(map(len, CLASS_NAMES))
    head = "".join(f"{name[:4]:>5}" for name in CLASS_NAMES)
    lines: list[RenderableType] = [
        Rows(Text("     ", "dim"), [_("what they are, and what your model says")], "dim"),
        Rows(Text(f"     {'':<{width}}", "dim"), [head], "dim"),
    ]
    for number, (name, row) in enumerate(zip(CLASS_NAMES, counts, strict=True)):
        line = Text()
        for column, count in enumerate(row):
            style = "green" if column == number else "red" if count >= sum(row) / 10 else "dim"
            line.append(f"{count or '·':>5}", style if count else "dim")
        lines.append(Text.assemble(f"     {name:<{width}}", line))
    return lines
