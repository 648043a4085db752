"""Item analysis as tables: how hard each check or question is, and what it says."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from grader.classroom.overview import Overview
from grader.classroom.stats import FEWEST, LOW, Estimate, ItemStatistics
from grader.i18n import _, ngettext
from grader.pages import charts
from grader.pages.html import tag, wide

SAYINGS = {
    "all": _("Everyone has full marks: it shows nothing about this class."),
    "none": _("Nobody has any marks: look at the check, or at what was taught."),
    "against": _("Learners who do well elsewhere do worse here: read it again."),
    "little": _("Under {low:g}%: it hardly shows who does well elsewhere.").format(low=LOW),
    "": "",
}
_EXPLAINED = _(
    "Facility is the mean mark in percent of the most there is. Discrimination is "
    "the correlation of a check's marks with the rest of its exercise, efficiency "
    "the same in percent of the best that these marks allow; both in Moodle's "
    "formulas. A check that waits for another counts 0, which raises both. Only "
    "files that were graded are counted. Lines are 95% intervals (bootstrap); with "
    "fewer than {fewest} learners there are none."
).format(fewest=FEWEST)
_HEAD = (_("Check"), _("Facility"), "", _("Discrimination"), "", _("Efficiency"), _("What it says"))


def checks(overview: Overview) -> list[Element]:
    """A table for each exercise, of all its checks."""
    parts = [tag("p", _EXPLAINED, class_="small")]
    for table in overview.tables.values():
        if table.rows:
            titles = [f"{n}. {check.title}" for n, check in enumerate(table.checks, 1)]
            caption = ngettext(
                "{id} · {title}: {count:,} learner",
                "{id} · {title}: {count:,} learners",
                len(table.rows),
            ).format(id=table.exercise.id, title=table.exercise.title, count=len(table.rows))
            parts.append(analysis(caption, zip(titles, table.items, strict=True), _HEAD))
    return parts if len(parts) > 1 else []


def analysis(
    caption: str, rows: Iterable[tuple[str, ItemStatistics]], head: tuple[str, ...] = _HEAD
) -> Element:
    """A table of items."""
    cells = [
        tag("th", each, scope="col", class_="number" if 0 < place < len(head) - 1 else None)
        if each
        else tag("td")
        for place, each in enumerate(head)
    ]
    table = tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", cells)),
        tag("tbody", [_row(title, item) for title, item in rows]),
        class_="items",
    )
    return wide(table, caption)


def _row(title: str, item: ItemStatistics) -> Element:
    return tag(
        "tr",
        tag("th", title, scope="row"),
        _number(item.facility),
        _drawn(item.facility, 0),
        _number(item.discrimination),
        _drawn(item.discrimination, -100),
        _number(item.efficiency),
        tag("td", SAYINGS[item.verdict]),
    )


def _number(estimate: Estimate) -> Element:
    if estimate.value is None:
        return tag("td", tag("span", "–", aria_label=_("not defined")), class_="number")
    value = f"{estimate.value:.0f}%"
    if estimate.interval is None:
        return tag("td", value, class_="number")
    low, high = estimate.interval
    return tag(
        "td",
        value,
        tag("small", _(" {low:.0f} to {high:.0f}").format(low=low, high=high)),
        class_="number",
    )


def _drawn(estimate: Estimate, lowest: float) -> Element:
    if estimate.value is None:
        return tag("td", class_="chart")
    chart = charts.interval(estimate.value, estimate.interval, lowest, 100)
    return tag("td", chart, class_="chart")
