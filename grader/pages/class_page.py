"""``class.html``: what a teacher learns of a class in five minutes, on one page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from grader.classroom.copies import Same
from grader.classroom.overview import ExerciseRows, Overview, Unexplained
from grader.classroom.results import Counted
from grader.i18n import ngettext
from grader.pages import charts, items
from grader.pages.heatmap import heat_map
from grader.pages.html import document, name, tag

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
    groups, copies = overview.unexplained(), _copies(overview, around)
    sections = [
        ("distribution", "How the class did", _distribution(overview)),
        ("failed", "Checks most often wrong", _failed(overview)),
        ("misconceptions", "Misconceptions", _misconceptions(overview)),
        ("unexplained", "Wrong answers that no misconception explains",
         _groups(groups, overview, around)),
        ("map", "Every learner, every check", heat_map(overview)),
        ("timeouts", "Out of time", _timeouts(overview)),
        ("not-graded", "Not graded", _not_graded(overview, around)),
        ("late", "Late", _late(overview)),
        ("copies", "The same code", copies),
        ("checks", "What each check says about the class", items.checks(overview)),
        *([("quizzes", "Quizzes", around.quizzes)] if around.quizzes else []),
    ]  # fmt: skip
    shown = [(anchor, heading, content) for anchor, heading, content in sections if content]
    links = [tag("li", tag("a", heading, href=f"#{anchor}")) for anchor, heading, _ in shown]
    body = [
        tag("header", tag("h1", name(around.title)), _facts(overview, around)),
        tag("nav", tag("ul", links), aria_label="On this page"),
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
    return document(f"Class {around.title}", "class.css", body)


def _facts(overview: Overview, around: Surroundings) -> list[Element]:
    """The numbers at the top, and what is to be looked at first."""
    tables = overview.tables.values()
    graded = sum(len(table.rows) for table in tables)
    passed = sum(row.passed for table in tables for row in table.rows.values())
    facts = [
        (len(overview.names), "learners"),
        (graded, "files graded"),
        (passed, "files pass every check"),
        (len(overview.not_graded), "files not graded"),
        (len(overview.late), "files late"),
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
        what = f"The files were graded with {seeds} seeds, so not everybody had the same inputs. "
        parts.append(tag("p", what, "Give all of them one seed: ", again, class_="warn"))
    stems = [stem for stem, _ in overview.editions]
    if changed := sorted({stem.partition("_")[0] for stem in stems if stems.count(stem) > 1}):
        what = f"The checks of {', '.join(changed)} have changed since some files were graded. "
        parts.append(tag("p", what, "Grade those files again: ", again, class_="warn"))
    if overview.graded_at:
        when = f"{overview.graded_at:%Y-%m-%d %H:%M} UTC"
        parts.append(tag("p", f"Newest result: {when}. ", "Besides names the page shows nothing "
                         "that is hidden: no inputs, no printed text, no texts of exceptions.",
                         class_="small"))  # fmt: skip
    return parts


def _distribution(overview: Overview) -> list[Element]:
    counts = [0] * 10
    for learner in overview.names:
        counts[min(int(10 * overview.share(learner)), 9)] += 1
    labels = [f"{10 * number}" for number in range(10)]
    said = "Learners by their share of all points: " + ", ".join(
        f"{10 * number} to {10 * number + 10}%: {count}" for number, count in enumerate(counts)
    )
    rows = [_standing(table, len(overview.names)) for table in overview.tables.values()]
    head = ("Exercise", "Passed", "Some wrong", "Unfinished", "No result", "", "Median")
    chart = charts.histogram(counts, labels, said)
    heading = tag("h3", "Learners by their share of all points, in percent")
    table = _table("The exercises", head, [row for row in rows if row is not None], "standing")
    return [tag("div", tag("div", heading, chart), table, class_="pair")]


def _standing(table: ExerciseRows, learners: int) -> Element | None:
    from statistics import median

    from grader.report import RED

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
        tag("td", f"{middle:g} of {table.maximum:g}", class_="number"),
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
        return [tag("p", "No check is wrong in any file.")]
    rows = [
        tag(
            "tr",
            tag("th", f"{table.exercise.id} · {check.title}", scope="row"),
            tag("td", f"{count} of {len(table.rows)}", class_="number"),
            tag("td", charts.bar(count / len(table.rows), "f"), class_="chart"),
            tag("td", check.concept or ""),
        )
        for count, table, check in found[:_FAILED]
    ]
    return [
        _table("Wrong answers, errors and time-outs", ("Check", "Learners", "", "Concept"), rows)
    ]


def _misconceptions(overview: Overview) -> list[Element]:
    met = overview.met()
    if not met:
        return [tag("p", "No file shows a misconception that the course knows.")]
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
        _table("Files that fail as these misconceptions do", ("Belief", "Learners", "Who"), rows),
        *_more(len(met) - _MET, "misconceptions"),
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
        why = (
            "The first wrong check of these files gave the same answer. The largest group is the "
            "next misconception to write: the command copies one of the files into the course, "
            "without its comments, for you to edit."
        )
        parts.append(tag("p", why))
    for group in shared[:_GROUPS]:
        first = group.results[0].entry
        stem = group.exercise.partition("_")[0]
        file = f"{around.folder.rstrip('/')}/{first.file}"
        line = around.command("new", stem, "--misconception", file, "--title", "What they believe")
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
    parts += _more(len(shared) - _GROUPS, "groups")
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
    head = ("Learner", "Exercise", "Checks that ran out of time")
    return [_table("Files that ran out of time", head, rows),
            *_more(len(overview.timeouts) - _LISTED, "files")]  # fmt: skip


def _not_graded(overview: Overview, around: Surroundings) -> list[Element]:
    found = overview.not_graded
    rows = [tag("tr", _who(result), tag("td", result.why)) for result in found[:_LISTED]]
    if not rows:
        return []
    return [
        tag("p", "No points are counted for these files, not even 0. Try them again: ",
            tag("code", around.command("class", "run", around.folder))),
        _table("Files without a result", ("Learner", "Exercise", "What happened"), rows),
        *_more(len(found) - _LISTED, "files"),
    ]  # fmt: skip


def _late(overview: Overview) -> list[Element]:
    rows = [
        tag("tr", _who(result), tag("td", f"{result.entry.submitted:%Y-%m-%d %H:%M %Z}"
                                    if result.entry.submitted else ""))
        for result in overview.late[:_LISTED]
    ]  # fmt: skip
    if not rows:
        return []
    return [_table("Files that came late", ("Learner", "Exercise", "Handed in"), rows),
            *_more(len(overview.late) - _LISTED, "files")]  # fmt: skip


def _copies(overview: Overview, around: Surroundings) -> list[Element]:
    found = [(stem, same) for stem, each in around.copies.items() for same in each]
    found.sort(key=lambda each: -each[1].size)
    rows = [
        tag(
            "tr",
            tag("th", stem.partition("_")[0], scope="row"),
            tag("td", str(same.size), class_="number"),
            tag("td", "to the letter" if same.letter else "but for blanks, comments and names"),
            tag("td", _people([result.entry.name for result in same.files])),
        )
        for stem, same in found[:_LISTED]
    ]  # fmt: skip
    if not rows:
        return []
    why = (
        "Files that are the same beyond the starter file. This proves nothing: short functions are "
        "often written the same way, and the size says how much there is to be the same (nodes of "
        "the syntax tree). For more than that, give the files to JPlag or Dolos: "
    )
    line = around.command("class", "similar", around.folder, "--into", "similar")
    head = ("Exercise", "Size", "The same", "Learners")
    return [tag("p", why, tag("code", line)),
            _table("Groups of files that are the same", head, rows),
            *_more(len(found) - _LISTED, "groups")]  # fmt: skip


# parts of sections


def _table(
    caption: str, head: Sequence[str], rows: Sequence[Element], kind: str | None = None
) -> Element:
    """A table in a box that can be moved sideways where there is too little room."""
    kinds = [cell.get("class") for cell in rows[0]] if rows else [None] * len(head)
    cells = [
        tag("th", each, scope="col", class_=kind if kind == "number" else None)
        if each
        else tag("td")
        for each, kind in zip(head, kinds, strict=True)
    ]
    table = tag("table", tag("caption", caption), tag("thead", tag("tr", cells)),
                tag("tbody", rows), class_=kind)  # fmt: skip
    return tag("div", table, class_="wide", role="region", tabindex="0", aria_label=caption)


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
    return [*parts, f" and {hidden} more"] if hidden > 0 else parts


def _more(number: int, what: str) -> list[Element]:
    return [tag("p", f"And {number:,} more {what}: see results.csv.")] if number > 0 else []
