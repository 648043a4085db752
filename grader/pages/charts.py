"""Small charts as inline SVG; each also says in words what it shows, or is beside its number."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from grader.pages.html import tag

_WIDTH, _HEIGHT, _FOOT, _TOP = 340, 130, 18, 16  # in units of about a pixel


def histogram(counts: Sequence[int], labels: Sequence[str], said: str) -> Element:
    """Columns with their counts above and labels below.

    Args:
        counts: of each column.
        labels: as many.
        said: the same in words, for whoever does not see it.
    """
    most, step = max([*counts, 1]), _WIDTH / len(counts)
    room = _HEIGHT - _FOOT - _TOP
    parts = []
    for number, (count, label) in enumerate(zip(counts, labels, strict=True)):
        left, high = number * step, room * count / most
        middle, top = f"{left + step / 2:.1f}", _HEIGHT - _FOOT - high
        if count:
            parts += [
                tag("rect", x=f"{left + 2:.1f}", y=f"{top:.1f}", width=f"{step - 4:.1f}",
                    height=f"{high:.1f}"),
                tag("text", str(count), x=middle, y=f"{top - 4:.1f}"),
            ]  # fmt: skip
        parts.append(tag("text", label, x=middle, y=str(_HEIGHT - 4), class_="axis"))
    base = str(_HEIGHT - _FOOT)
    parts.append(tag("line", x1="0", x2=str(_WIDTH), y1=base, y2=base))
    box = f"0 0 {_WIDTH} {_HEIGHT}"
    return tag("svg", parts, viewBox=box, class_="histogram", role="img", aria_label=said)


def bar(share: float, kind: str = "") -> Element:
    """A bar that fills a share of its box, 0 to 1; its number stands beside it."""
    width = 100 * min(max(share, 0), 1)
    return _scale(tag("rect", x="0", y="0", width=f"{width:.1f}", height="10", class_=kind or None))


def stack(parts: Sequence[tuple[int, str]]) -> Element:
    """Counts beside each other as shares of their sum, each with its class."""
    total, left, drawn = max(sum(count for count, _ in parts), 1), 0.0, []
    for count, kind in parts:
        width = 100 * count / total
        if count:
            drawn.append(tag("rect", x=f"{left:.2f}", y="0", width=f"{width:.2f}", height="10",
                             class_=kind))  # fmt: skip
        left += width
    return _scale(drawn)


def interval(
    value: float, limits: tuple[float, float] | None, lowest: float, highest: float
) -> Element:
    """A value and its interval on a line from the lowest to the highest there can be."""

    def place(number: float) -> str:
        return f"{100 * (min(max(number, lowest), highest) - lowest) / (highest - lowest):.1f}"

    parts = [tag("line", x1=place(0), x2=place(0), y1="0", y2="10", class_="zero")]
    if limits is not None:
        ends = [place(limit) for limit in limits]
        parts.append(tag("line", x1=ends[0], x2=ends[1], y1="5", y2="5", class_="interval"))
    # a short upright line: a circle would be stretched
    parts.append(tag("line", x1=place(value), x2=place(value), y1="1", y2="9", class_="value"))
    return _scale(parts)


def _scale(parts: Element | Sequence[Element]) -> Element:
    """A drawing as wide as there is room."""
    return tag("svg", parts, viewBox="0 0 100 10", preserveAspectRatio="none", class_="scale",
               aria_hidden="true")  # fmt: skip
