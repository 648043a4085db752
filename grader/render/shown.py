"""What checks show of the learner's own numbers: curves, garments, runs on a scale, shares."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.text import Text

from grader.i18n import _, ngettext
from grader.measured import number
from grader.render.lines import INDENT, Hanging, Rows, words
from grader.render.pictures import BAR, Image, labeled, share_bar

_BLOCKS = "▁▂▃▄▅▆▇█"
_BESIDE = 22  # columns beside a curve: its name, the first and the last loss
_BEST = 21  # columns behind one: its lowest epoch
_SCALE = 60  # columns, at most
_APART = 4  # columns between garments


def curves(details: Mapping[str, Any]) -> list[RenderableType]:
    """A training's losses, a line for each curve; both have one scale, so that they compare.

    Args:
        details: ``training`` has ``loss``, and ``val_loss`` if images were held back, ``None`` for
            what is no finite number; ``training_ends`` perhaps says how it ended.
    """
    return [_TrainingLines(details["training"], details.get("training_ends") or {})]


class _TrainingLines:
    """Curves beside what they are, or below it, as long as there is room: a sign for each epoch,
    or for several."""

    def __init__(
        self, training: Mapping[str, Sequence[float | None]], ends: Mapping[str, Any]
    ) -> None:
        self.training, self.ends = training, ends
        known = [value for values in training.values() for value in values if value is not None]
        self.low, self.high = min(known, default=0), max(known, default=0)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Any]:
        epochs = len(self.training["loss"])
        text = ngettext("your training, {count} epoch", "your training, {count} epochs", epochs)
        text = text.format(count=epochs)
        before, signs = f"{INDENT}{text:<26} ", max(epochs, self.ends.get("epochs", 0))
        room = options.max_width - 1 - _BESIDE
        if len(before) + signs + _BEST * ("val_loss" in self.training) > room:
            yield Hanging(Text(INDENT), Text(text, "dim"))
            before = f"{INDENT}  "
        most = max(room - len(before), 8)  # signs
        for name, values in self.training.items():
            yield Hanging(Text(f"{before}{name:<9}", "dim"), self._line(name, values, most))
            before = " " * len(before)
        if self.ends.get("note"):
            yield Hanging(Text(before), words(self.ends["note"]))

    def _line(self, name: str, values: Sequence[float | None], most: int) -> Text:
        each = -(-max(len(values), self.ends.get("epochs", 0)) // most)  # epochs in a sign
        some = [_mean(values[start : start + each]) for start in range(0, len(values), each)]
        curve = "".join("×" if v is None else _block(v, self.low, self.high) for v in some)
        first, last = ("nan" if v is None else _loss(v) for v in (values[0], values[-1]))
        line = Text.assemble((f"{first} ", "dim"), (curve, "cyan"))
        left = (self.ends.get("epochs", 0) - len(values)) // each
        line.append("·" * left, "dim").append(f" {last}", "dim")
        finite = [v for v in values if v is not None]
        if name == "val_loss" and finite:
            best = values.index(min(finite)) + 1
            line.append(_("   lowest in epoch {epoch}").format(epoch=best), "dim")
        return line


def curve(values: Sequence[float]) -> Text:
    """Numbers as a curve of its own scale, between the first and the last of them."""
    low, high = min(values), max(values)
    signs = "".join(_block(value, low, high) for value in values)
    ends = (f"{values[0]:.4g} ", "dim"), (f" {values[-1]:.4g}", "dim")
    return Text.assemble(ends[0], (signs, "cyan"), ends[1])


def _loss(value: float) -> str:
    return f"{value:.3f}" if abs(value) < 1e6 else f"{value:.3g}"


def _block(value: float, low: float, high: float) -> str:
    return _BLOCKS[round(_share(value, low, high) * (len(_BLOCKS) - 1))]


def _share(value: float, low: float, high: float) -> float:
    """Where a value is between two others, 0 to 1, however large they are."""
    size = high / 2 - low / 2  # the whole of it may be infinite
    return (value / 2 - low / 2) / size if size else 0.0


def _mean(values: Sequence[float | None]) -> float | None:
    """The average; ``None`` if one of them is no finite number."""
    known = [value for value in values if value is not None]
    return sum(v / len(known) for v in known) if len(known) == len(values) else None


def confusion(details: Mapping[str, Any]) -> list[RenderableType]:
    """A line for each kind of garment: how often it was taken for which; zeros are dots."""
    from grader.datasets.fashion_mnist import CLASS_NAMES  # needs NumPy

    width = max(map(len, CLASS_NAMES))
    head = "".join(f"{name[:3]:>4}" for name in CLASS_NAMES)
    lines: list[RenderableType] = [
        _title(_("what they are, and what your model says")),
        Rows(Text(f"{INDENT}{'':<{width}}", "dim"), [head], "dim"),
    ]
    for kind, (name, row) in enumerate(zip(CLASS_NAMES, details["confusion"], strict=True)):
        line = Text()
        for column, count in enumerate(row):
            style = "green" if column == kind else "red" if count >= sum(row) / 10 else "dim"
            line.append(f"{count or '·':>4}", style if count else "dim")
        lines.append(Text.assemble(f"{INDENT}{name:<{width}}", line))
    return lines


def garments(details: Mapping[str, Any]) -> list[RenderableType]:
    """Garments side by side, as many as there is room for, each with its most probable labels."""
    shown = details["garments"]
    return [_title(shown["title"]), _SideBySide(shown["garments"])]


class _SideBySide:
    """Described garments side by side; those that have no room are left out."""

    def __init__(self, described: Sequence[Mapping[str, Any]]) -> None:
        self.described = described

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Any]:
        from rich.padding import Padding
        from rich.table import Table

        width = len(self.described[0]["pixels"][0]) + _APART
        room = max((options.max_width - len(INDENT) + _APART) // width, 1)
        grid = Table.grid(padding=(0, _APART, 0, 0))
        grid.add_row(
            *(Group(Image(each["pixels"]), labeled(each)) for each in self.described[:room])
        )
        yield Padding(grid, (0, 0, 0, len(INDENT)))


def dots(details: Mapping[str, Any]) -> list[RenderableType]:
    """Numbers as dots on one scale, a row for each name, and an interval below them."""
    return [_title(details["dots"]["title"]), _Dots(details["dots"])]


class _Dots:
    """Rows of dots on one scale, which is as wide as there is room for."""

    def __init__(self, shown: Mapping[str, Any]) -> None:
        self.rows, self.span = shown["rows"], shown["span"]
        every = [value for row in self.rows for value in row["values"]]
        every += self.span[1:] if self.span else []
        self.low, self.high = min(every, default=0.0), max(every, default=1.0)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Any]:
        names = [row["name"] for row in self.rows] + ([self.span[0]] if self.span else [])
        left = min(max(map(len, names), default=0), 30)
        columns = max(min(options.max_width - left - len(INDENT) - 22, _SCALE), 8)
        for row in self.rows:
            style = "green" if row["own"] else "cyan"
            signs = [(" ", "")] * columns
            for value in row["values"]:
                signs[self._place(value, columns)] = ("●", style)
            yield self._line(row["name"], left, signs, row["values"], style if row["own"] else "")
        if self.span:
            start, end = (self._place(value, columns) for value in self.span[1:])
            signs = [("─" if start < n < end else " ", "dim") for n in range(columns)]
            signs[start], signs[end] = ("├", "dim"), ("┤", "dim")
            yield self._line(self.span[0], left, signs, self.span[1:], "dim")

    def _place(self, value: float, columns: int) -> int:
        return round(_share(value, self.low, self.high) * (columns - 1))

    def _line(
        self,
        name: str,
        left: int,
        signs: Sequence[tuple[str, str]],
        values: Sequence[float],
        style: str,
    ) -> RenderableType:
        low, high = (number(end(values, default=None)) for end in (min, max))
        told = low if low == high else _("{low} to {high}").format(low=low, high=high)
        line = Text.assemble(
            INDENT, words(name[:left].ljust(left), style), " ", *signs, no_wrap=True
        )
        return line.append(f"  {told}", style or "dim")


def cells(details: Mapping[str, Any]) -> list[RenderableType]:
    """A small table of shares, each a bar."""
    rows = details["cells"]["rows"]
    columns = list(dict.fromkeys(name for row in rows.values() for name in row))
    left = max(map(len, rows), default=0)
    width = max([BAR + 5, *map(len, columns)]) + 3
    head = "".join(f"{name:<{width}}" for name in columns)
    lines: list[RenderableType] = [
        _title(details["cells"]["title"]),
        Rows(Text(f"{INDENT}{'':<{left}}   "), [head], "dim"),
    ]
    for name, row in rows.items():
        line = Text.assemble(INDENT, words(f"{name:<{left}}   "), no_wrap=True)
        for column in columns:
            bar = share_bar(row[column], "cyan") if column in row else Text()
            line.append_text(bar).append(" " * (width - bar.cell_len))
        lines.append(line)
    return lines


def _title(text: str) -> RenderableType:
    return Hanging(Text(INDENT), words(text, "dim"))


KINDS: dict[str, Callable[[Mapping[str, Any]], list[RenderableType]]] = {
    "training": curves,
    "garments": garments,
    "dots": dots,
    "cells": cells,
    "confusion": confusion,
}
