"""Learners × checks as one table: a sign, a color and a word for each result."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from grader.classroom.overview import ExerciseRows, Overview
from grader.i18n import _
from grader.pages.html import name, tag
from grader.report import Verdict

MOST = 400  # rows; more are read in a spreadsheet

SIGNS = {  # verdict: class, word; the style sheet has the signs
    Verdict.PASSED: ("p", _("passed")),
    Verdict.FAILED: ("f", _("wrong")),
    Verdict.ERROR: ("e", _("error")),
    Verdict.TIMEOUT: ("t", _("time-out")),
    Verdict.TODO: ("o", _("not written")),
    Verdict.BLOCKED: ("w", _("waiting")),
}
_LEGEND = (
    ("p", _("passed")),
    ("f", _("wrong answer")),
    ("e", _("raised an error, or could not be loaded")),
    ("t", _("out of time")),
    ("o", _("not written yet")),
    ("w", _("waits for another check")),
    ("n", _("not graded: an accident, no fault of the learner's")),
    ("m", _("nothing handed in")),
)


def heat_map(overview: Overview, most: int = MOST) -> list[Element]:
    """A legend and the table; of a large class those with fewest points."""
    tables = [table for table in overview.tables.values() if table.rows]
    learners = overview.learners
    shown = learners[-most:]
    columns = sum(len(table.checks) for table in tables)
    not_graded = {(r.entry.learner, r.entry.exercise) for r in overview.not_graded}
    legend = [tag("li", tag("span", class_=f"sign {kind}"), f" {word}") for kind, word in _LEGEND]
    parts = [tag("ul", legend, class_="legend", aria_label=_("Signs in the table"))]
    if len(shown) < len(learners):
        rest = _(
            "These are the {most:,} of {count:,} learners with fewest points; results.csv has all "
            "of them."
        )
        parts.append(tag("p", rest.format(most=most, count=len(learners))))
    rows = [_row(overview, tables, learner, not_graded) for learner in shown]
    table = tag(
        "table",
        tag("caption", _("Results of every learner in every check, those with most points first")),
        tag("thead", _head(tables)),
        tag("tbody", rows),
        style=f"--columns: {columns}",
        class_="heat",
    )
    region = {"role": "region", "tabindex": "0", "aria_label": _("Learners and checks")}
    return [*parts, tag("div", table, class_="scroll", **region)]


def _head(tables: Sequence[ExerciseRows]) -> list[Element]:
    first = [
        tag("th", _("Learner"), rowspan="2", scope="col", class_="who"),
        tag("th", "%", rowspan="2", scope="col", class_="total", title=_("of all points")),
        *(
            tag("th", table.exercise.id, colspan=str(len(table.checks)), scope="colgroup",
                class_="first")
            for table in tables
        ),
    ]  # fmt: skip
    second = [
        tag("th", tag("abbr", str(number + 1), title=check.title), scope="col",
            class_=None if number else "first")
        for table in tables
        for number, check in enumerate(table.checks)
    ]  # fmt: skip
    return [tag("tr", first), tag("tr", second)]


def _row(
    overview: Overview,
    tables: Sequence[ExerciseRows],
    learner: str,
    not_graded: set[tuple[str, str]],
) -> Element:
    cells = [
        tag("th", name(overview.names[learner]), scope="row", class_="who"),
        tag("td", f"{100 * overview.share(learner):.0f}", class_="total"),
    ]
    for table in tables:
        cells += _cells(table, learner, (learner, table.exercise.stem) in not_graded)
    return tag("tr", cells)


def _cells(table: ExerciseRows, learner: str, not_graded: bool) -> list[Element]:
    row = table.rows.get(learner)
    if row is None:
        kind, word = ("n", _("not graded")) if not_graded else ("m", _("nothing handed in"))
    elif not row.loaded:
        kind, word = "e", _("could not be loaded")
    else:
        signs = [
            SIGNS.get(verdict or Verdict.BLOCKED, SIGNS[Verdict.BLOCKED])
            for verdict in row.verdicts
        ]
        return [
            tag("td", sign[1], class_=sign[0] if number else f"{sign[0]} first")
            for number, sign in enumerate(signs)
        ]
    return [tag("td", word, class_=f"{kind} first", colspan=str(len(table.checks)))]
