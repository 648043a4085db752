"""``class.html``: what a teacher learns of a class in five minutes, on one page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from xml.etree.ElementTree import Element

from grader.classroom.copies import Same
from grader.classroom.overview import ExerciseRows, Overview, Unexplained
from grader.classroom.results import Counted
from grader.i18n import _, ngettext
from grader.pages import charts, items, more
from grader.pages.heatmap import heat_map
from grader.pages.html import document, name, tag, wide
from grader.report import RED

_FAILED, _MET, _GROUPS, _LISTED = 15, 20, 20, 50  # rows of lists; the rest is in results.csv
_SHOWN = 8  # learners that are named in a row


@dataclass(frozen=True)
class Surroundings:
    """What the page says beside the results.

    Attributes:
        title: the class's.
        folder: the class's folder, as it is typed.
        command: a command of these words as it is typed.
        copies: per exercise's stem.
        attention: how many files that came in could not be placed.
        quizzes: item analysis of quizzes that were handed in.
    """

    title: str
    folder: str
    command: Callable[..., str]
    copies: dict[str, list[Same[Counted]]] = field(default_factory=dict)
    attention: int = 0
    quizzes: Sequence[Element] = ()


def class_page(overview: Overview, around: Surroundings) -> str:
    """The whole page."""
    groups, copies = overview.unexplained(), _copies(around)
    sections = [
        ("distribution", _("How the class did"), _distribution(overview)),
        ("failed", _("Checks most often wrong"), _failed(overview)),
        ("misconceptions", _("Misconceptions"), _misconceptions(overview)),
        ("unexplained", _("Wrong answers that no misconception explains"),
         _groups(groups, overview, around)),
        ("map", _("Every learner, every check"), heat_map(overview)),
        ("timeouts", _("Out of time"), _timeouts(overview)),
        ("not-graded", _("Not graded"), _not_graded(overview, around)),
        ("late", _("Late"), _late(overview)),
        ("copies", _("The same code"), copies),
        ("checks", _("What each check says about the class"), items.checks(overview)),
        *([("quizzes", _("Quizzes"), around.quizzes)] if around.quizzes else []),
    ]  # fmt: skip
    shown = [(anchor, heading, content) for anchor, heading, content in sections if content]
    links = [tag("li", tag("a", heading, href=f"#{anchor}")) for anchor, heading, __ in shown]
    body = [
        tag("header", tag("h1", name(around.title)), _facts(overview, around)),
        tag("nav", tag("ul", links), aria_label=_("On this page")),
        tag(
            "main",
            [
                tag(
                    "section",
                    tag("h2", heading, id=f"{anchor}-title"),
                    content,
                    id=anchor,
                    aria_labelledby=f"{anchor}-title",
                )
                for anchor, heading, content in shown
            ],
        ),
    ]
    return document(_("Class {title}").format(title=around.title), body)


def _facts(overview: Overview, around: Surroundings) -> list[Element]:
    """The numbers at the top, and what is to be looked at first."""
    tables = overview.tables.values()
    graded = sum(len(table.rows) for table in tables)
    passed = sum(row.passed for table in tables for row in table.rows.values())
    facts = [
        (len(overview.names), _("learners")),
        (graded, _("files graded")),
        (passed, _("files pass every check")),
        (len(overview.not_graded), _("files not graded")),
        (len(overview.late), _("files late")),
    ]
    rows = [tag("div", tag("dt", word), tag("dd", f"{number:,}")) for number, word in facts]
    parts = [tag("dl", rows, class_="facts")]
    if around.attention:
        what = ngettext(
            "{count:,} file that came in could not be taken: see attention.csv.",
            "{count:,} files that came in could not be taken: see attention.csv.",
            around.attention,
        )
        parts.append(tag("p", what.format(count=around.attention), class_="warn"))
    again = tag("code", around.command("class", "run", around.folder))
    if (seeds := len(overview.seeds)) > 1:
        what = _(
            "The files were graded with {seeds} seeds, so not everybody had the same inputs. "
            "Give all of them one seed: "
        )
        parts.append(tag("p", what.format(seeds=seeds), again, class_="warn"))
    if changed := overview.changed:
        what = _(
            "The checks of {changed} have changed since some files were graded. "
            "Grade those files again: "
        )
        parts.append(tag("p", what.format(changed=", ".join(changed)), again, class_="warn"))
    if overview.graded_at:
        about = _(
            "Newest result: {when}. Besides names the page shows nothing that is hidden: no "
            "inputs, no printed text, no texts of exceptions."
        )
        when = f"{overview.graded_at:%Y-%m-%d %H:%M} UTC"
        parts.append(tag("p", about.format(when=when), class_="small"))
    return parts


def _distribution(overview: Overview) -> list[Element]:
    counts = [0] * 10
    for learner in overview.names:
        counts[min(int(10 * overview.share(learner)), 9)] += 1
    labels = [f"{10 * number}" for number in range(10)]
    said = _("Learners by their share of all points: {shares}").format(
        shares=", ".join(
            _("{low} to {high}%: {count}").format(low=10 * number, high=10 * number + 10, count=n)
            for number, n in enumerate(counts)
        )
    )
    rows = [_standing(table, len(overview.names)) for table in overview.tables.values()]
    head = (
        _("Exercise"),
        _("Passed"),
        _("Some wrong"),
        _("Unfinished"),
        _("No result"),
        "",
        _("Median"),
    )
    chart = charts.histogram(counts, labels, said)
    heading = tag("h3", _("Learners by their share of all points, in percent"))
    table = _table(_("The exercises"), head, [row for row in rows if row is not None], "standing")
    return [tag("div", tag("div", heading, chart), table, class_="pair")]


def _standing(table: ExerciseRows, learners: int) -> Element | None:
    rows = table.rows.values()
    if not rows:
        return None
    passed = sum(row.passed for row in rows)
    red = sum(not row.passed and (not row.loaded or bool({*row.verdicts} & {*RED})) for row in rows)
    counts = [passed, red, len(rows) - passed - red, learners - len(rows)]
    kinds = ["p", "f", "o", "m"]
    middle = median(sum(row.points) for row in rows)
    cells = [
        tag("th", f"{table.exercise.id} · {table.exercise.title}", scope="row"),
        *(tag("td", str(count), class_="number") for count in counts),
        tag("td", charts.stack(list(zip(counts, kinds, strict=True))), class_="chart"),
        tag(
            "td",
            _("{points:g} of {most:g}").format(points=middle, most=table.exercise.max_score),
            class_="number",
        ),
    ]
    return tag("tr", cells)


def _failed(overview: Overview) -> list[Element]:
    found = [
        (table.failed(position), table, check)
        for table in overview.tables.values()
        for position, check in enumerate(table.checks)
    ]
    found = sorted(
        (each for each in found if each[0]), key=lambda each: -each[0] / len(each[1].rows)
    )
    if not found:
        return [tag("p", _("No check is wrong in any file."))]
    rows = [
        tag(
            "tr",
            tag("th", f"{table.exercise.id} · {check.title}", scope="row"),
            tag(
                "td",
                _("{count} of {total}").format(count=count, total=len(table.rows)),
                class_="number",
            ),
            tag("td", charts.bar(count / len(table.rows), "f"), class_="chart"),
            tag("td", check.concept or ""),
        )
        for count, table, check in found[:_FAILED]
    ]
    return [
        _table(
            _("Wrong answers, errors and time-outs"),
            (_("Check"), _("Learners"), "", _("Concept")),
            rows,
        )
    ]


def _misconceptions(overview: Overview) -> list[Element]:
    met = overview.met()
    if not met:
        return [tag("p", _("No file shows a misconception that the course knows."))]
    rows = [
        tag(
            "tr",
            tag("th", f"{each.exercise.partition('_')[0]} · {each.belief}", scope="row"),
            tag("td", str(len(each.learners)), class_="number"),
            tag("td", _people([overview.names[who] for who in each.learners])),
        )
        for each in met[:_MET]
    ]
    return [
        _table(
            _("Files that fail as these misconceptions do"),
            (_("Belief"), _("Learners"), _("Who")),
            rows,
        ),
        *more.misconceptions(len(met) - _MET),
    ]


def _groups(
    groups: Sequence[Unexplained], overview: Overview, around: Surroundings
) -> list[Element]:
    shared = [group for group in groups if len(group.results) > 1]
    alone = len(groups) - len(shared)
    if not groups:
        return []
    parts = []
    if shared:
        why = _(
            "The first wrong check of these files gave the same answer. The largest "
            "group is the next misconception to write: the command copies one of the "
            "files into the course, without its comments, for you to edit."
        )
        parts.append(tag("p", why))
    for group in shared[:_GROUPS]:
        first = group.results[0].entry
        stem = group.exercise.partition("_")[0]
        file = f"{around.folder.rstrip('/')}/{first.file}"
        line = around.command(
            "new", stem, "--misconception", file, "--title", _("What they believe")
        )
        who = [overview.names[each.entry.learner] for each in group.results]
        parts.append(
            tag(
                "article",
                tag("h3", f"{len(who)} × {stem} · {group.title}"),
                tag("p", group.seen),
                tag("p", _people(who), class_="small"),
                tag("pre", tag("code", line)),
            )
        )
    parts += more.groups(len(shared) - _GROUPS)
    if alone:
        what = ngettext(
            "{count:,} wrong answer was given by one learner only: see results.csv.",
            "{count:,} wrong answers were given by one learner each: see results.csv.",
            alone,
        )
        parts.append(tag("p", what.format(count=alone), class_="small"))
    return parts


def _timeouts(overview: Overview) -> list[Element]:
    rows = [
        tag("tr", _who(result), tag("td", "; ".join(titles)))
        for result, titles in overview.timeouts[:_LISTED]
    ]
    if not rows:
        return []
    head = (_("Learner"), _("Exercise"), _("Checks that ran out of time"))
    return [_table(_("Files that ran out of time"), head, rows),
            *more.files(len(overview.timeouts) - _LISTED)]  # fmt: skip


def _not_graded(overview: Overview, around: Surroundings) -> list[Element]:
    found = overview.not_graded
    rows = [tag("tr", _who(result), tag("td", result.why)) for result in found[:_LISTED]]
    if not rows:
        return []
    return [
        tag("p", _("No points are counted for these files, not even 0. Try them again: "),
            tag("code", around.command("class", "run", around.folder))),
        _table(
            _("Files without a result"), (_("Learner"), _("Exercise"), _("What happened")), rows),
        *more.files(len(found) - _LISTED),
    ]  # fmt: skip


def _late(overview: Overview) -> list[Element]:
    rows = [
        tag("tr", _who(result), tag("td", f"{result.entry.submitted:%Y-%m-%d %H:%M %Z}"
                                    if result.entry.submitted else ""))
        for result in overview.late[:_LISTED]
    ]  # fmt: skip
    if not rows:
        return []
    head = (_("Learner"), _("Exercise"), _("Handed in"))
    return [_table(_("Files that came late"), head, rows),
            *more.files(len(overview.late) - _LISTED)]  # fmt: skip


def _copies(around: Surroundings) -> list[Element]:
    found = [(stem, same) for stem, each in around.copies.items() for same in each]
    found.sort(key=lambda each: -each[1].size)
    rows = [
        tag(
            "tr",
            tag("th", stem.partition("_")[0], scope="row"),
            tag("td", str(same.size), class_="number"),
            tag(
                "td",
                _("to the letter") if same.letter else _("but for blanks, comments and names"),
            ),
            tag("td", _people([result.entry.name for result in same.files])),
        )
        for stem, same in found[:_LISTED]
    ]  # fmt: skip
    if not rows:
        return []
    why = _(
        "Files that are the same beyond the starter file. This proves nothing: short "
        "functions are often written the same way, and the size says how much there "
        "is to be the same (nodes of the syntax tree). For more than that, give the "
        "files to JPlag or Dolos: "
    )
    line = around.command("class", "similar", around.folder, "--into", "similar")
    head = (_("Exercise"), _("Size"), _("The same"), _("Learners"))
    return [tag("p", why, tag("code", line)),
            _table(_("Groups of files that are the same"), head, rows),
            *more.groups(len(found) - _LISTED)]  # fmt: skip


# parts of sections


def _table(
    caption: str, head: Sequence[str], rows: Sequence[Element], kind: str | None = None
) -> Element:
    """A table whose columns of numbers have their titles above the numbers."""
    kinds = [cell.get("class") for cell in rows[0]] if rows else [None] * len(head)
    cells = [
        tag("th", each, scope="col", class_=kind if kind == "number" else None)
        if each
        else tag("td")
        for each, kind in zip(head, kinds, strict=True)
    ]
    table = tag("table", tag("caption", caption), tag("thead", tag("tr", cells)),
                tag("tbody", rows), class_=kind)  # fmt: skip
    return wide(table, caption)


def _who(result: Counted) -> list[Element]:
    entry = result.entry
    return [tag("th", name(entry.name), scope="row"), tag("td", entry.exercise.partition("_")[0])]


def _people(names: Iterable[str]) -> list[Element | str]:
    """Names with commas between, the first of many."""
    names = list(names)
    parts: list[Element | str] = []
    for each in names[:_SHOWN]:
        parts += [", ", name(each)] if parts else [name(each)]
    hidden = len(names) - _SHOWN
    if hidden > 0:
        parts += [
            " ",
            ngettext("and {count} more", "and {count} more", hidden).format(count=hidden),
        ]
    return parts
