"""Results of experiments as SVG: the same drawings as in ``plots``, for pages and lessons."""

import base64
from collections.abc import Sequence
from html import escape

from grader.lab.experiment import Plot
from grader.measured import RunTable, number
from grader.png import png
from grader.render.bars import single, spreads
from grader.render.plots import curves

COLORS = ("#0b6e99", "#c4541c", "#3a7d34", "#7b4fa3")
_WIDTH = 640
_STYLE = 'font-family="system-ui, sans-serif" font-size="13" fill="#222"'


def svg(drawing: Plot, tables: Sequence[RunTable]) -> str:
    """A drawing as one SVG element; empty for what is better shown as words."""
    match drawing.kind:
        case "curves":
            return _curves(drawing, tables)
        case "bars":
            return _bars(drawing, tables)
        case "garments":
            return _garments(drawing, tables[0])
        case "matrix":
            return _matrix(drawing, tables)
        case "pixels":
            return _element(280, [_image(tables[0][drawing.columns[0]], 0, 0, 280)])
    return ""


def _element(height: float, parts: Sequence[str], title: str = "") -> str:
    label = f"<title>{escape(title)}</title>" if title else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:.0f}" '
        f'role="img" {_STYLE}>{label}{"".join(parts)}</svg>'
    )


def _text(x: float, y: float, words: str, anchor: str = "start", color: str = "#222") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{color}"'
    return f"<text {place}>{escape(words)}</text>"


def _curves(drawing: Plot, tables: Sequence[RunTable]) -> str:
    series = curves(drawing, tables)
    every = [value for values in series.values() for value in values]
    low = min([0.0, *every]) if drawing.low is None else drawing.low
    high = max(every) if drawing.high is None else drawing.high
    left, right, top, bottom = 60.0, 470.0, 16.0, 236.0
    last = max(len(values) for values in series.values())

    def x(epoch: int) -> float:
        return left + (right - left) * epoch / max(last - 1, 1)

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value - low) / ((high - low) or 1)

    parts = []
    for share in (0, 0.25, 0.5, 0.75, 1):
        value = low + share * (high - low)
        parts.append(f'<path d="M{left} {y(value):.1f}H{right}" stroke="#ddd"/>')
        parts.append(_text(left - 8, y(value) + 4, f"{value:.2f}", "end", "#666"))
    for epoch in sorted({1, last // 2, last}):
        parts.append(_text(x(epoch - 1), bottom + 20, str(epoch), "middle", "#666"))
    parts.append(_text((left + right) / 2, bottom + 38, "epoch", "middle", "#666"))
    taken: list[float] = []
    for color, (name, values) in zip(COLORS, series.items(), strict=False):
        if len(tables) > 1 and len({len(table[name]) for table in tables}) == 1:
            for table in tables:
                parts.append(_line([(x(n), y(v)) for n, v in enumerate(table[name])], color, 0.25))
        parts.append(_line([(x(n), y(v)) for n, v in enumerate(values)], color, 1))
        place = y(values[-1]) + 4
        while any(abs(place - other) < 16 for other in taken):
            place += 4
        taken.append(place)
        parts.append(_text(right + 8, place, f"{name} {number(values[-1])}", color=color))
    return _element(bottom + 46, parts, drawing.title)


def _line(points: Sequence[tuple[float, float]], color: str, opacity: float) -> str:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return (
        f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="2" '
        f'stroke-opacity="{opacity}"/>'
    )


def _bars(drawing: Plot, tables: Sequence[RunTable]) -> str:
    first, *rest = drawing.columns
    if isinstance(tables[0][first], list) and rest:
        names, rows = [str(each) for each in tables[0][first]], spreads(tables, rest[0])
    else:
        names, rows = single(drawing, tables)
    values = [value for row in rows for value in row.values]
    low = min([0.0, *values]) if drawing.low is None else drawing.low
    high = max([*values, low]) if drawing.high is None else drawing.high
    left, right = 170.0, 480.0

    def x(value: float) -> float:
        return left + (right - left) * (value - low) / ((high - low) or 1)

    parts = []
    for position, (name, row) in enumerate(zip(names, rows, strict=True)):
        top = 8.0 + 28 * position
        parts.append(_text(left - 8, top + 14, name, "end"))
        if row.mean is None:
            parts.append(_text(left + 4, top + 14, "-", color="#666"))
            continue
        width = max(x(row.mean) - left, 1)
        parts.append(
            f'<rect x="{left}" y="{top}" width="{width:.1f}" height="18" rx="2" '
            f'fill="{COLORS[0]}" fill-opacity="0.75"/>'
        )
        ends = (x(min(row.values)), x(max(row.values)))
        parts.append(
            f'<path d="M{ends[0]:.1f} {top + 9}H{ends[1]:.1f}" stroke="#222" stroke-width="2"/>'
        )
        told = number(row.values[0]) if len(row.values) == 1 else number(row.mean)
        spread = f"  ({row.range})" if row.range else ""
        parts.append(_text(max(x(row.mean), ends[1]) + 8, top + 14, told + spread, color="#444"))
    return _element(16 + 28 * len(rows), parts, drawing.title)


def _garments(drawing: Plot, table: RunTable) -> str:
    from grader.datasets import fashion_mnist

    found, captions = (table[name] for name in drawing.columns[:2])
    if not isinstance(found[0], list):  # positions in the test set
        _, (images, _) = fashion_mnist.load_data()
        found = [images[each].tolist() for each in found]
    side, parts = 112, []
    beside = 4 if len(found) > 5 else 5
    for position, (pixels, caption) in enumerate(zip(found, captions, strict=True)):
        x, y = (position % beside) * (side + 14), (position // beside) * (side + 28)
        parts += [_image(pixels, x, y, side), _text(x, y + side + 16, str(caption))]
    return _element(((len(found) - 1) // beside + 1) * (side + 28), parts, drawing.title)


def _matrix(drawing: Plot, tables: Sequence[RunTable]) -> str:
    names, column = tables[0][drawing.columns[0]], drawing.columns[1]
    parts, side = [], 40
    for y, name in enumerate(names):
        parts.append(_text(110, 26 + y * side + 24, f"{y} {name}", "end"))
        parts.append(_text(120 + y * side + side / 2, 18, str(y), "middle", "#666"))
        for x in range(len(names)):
            mean = sum(table[column][y][x] for table in tables) / len(tables)
            color = COLORS[2] if x == y else COLORS[1]
            parts.append(
                f'<rect x="{120 + x * side}" y="{26 + y * side}" width="{side - 2}" '
                f'height="{side - 2}" fill="{color}" fill-opacity="{min(mean / 100, 1):.2f}"/>'
            )
            if round(mean):
                place = (120 + x * side + side / 2 - 1, 26 + y * side + 24)
                parts.append(_text(*place, str(round(mean)), "middle"))
    return _element(30 + len(names) * side, parts, drawing.title)


def _image(pixels: Sequence[Sequence[int]], x: float, y: float, side: int) -> str:
    rows = [bytes(min(max(int(value), 0), 255) for value in row) for row in pixels]
    data = base64.b64encode(png(rows)).decode()
    return (
        f'<image x="{x}" y="{y}" width="{side}" height="{side}" '
        f'style="image-rendering: pixelated" href="data:image/png;base64,{data}"/>'
    )
