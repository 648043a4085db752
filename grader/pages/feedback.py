"""What a learner reads about one file, as HTML and as Markdown: the same as in the terminal.

Both are written from the same blocks. A learner sees all of a report, as ``grade ex3`` shows it; so
this is for this learner only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from grader.clean import clean
from grader.details import Description, Line
from grader.i18n import _, ngettext
from grader.pages.html import document, tag
from grader.pages.markdown import fenced, plain
from grader.report import LOAD, RED, CheckResult, Report, Verdict

_PRINTED, _VALUE = 20, 40  # lines that are shown
_LENGTH = 4_000  # characters of a sentence
_WORDS = {
    Verdict.PASSED: "✓",
    Verdict.TODO: "○",
    Verdict.BLOCKED: "○",
    Verdict.ACCIDENT: "?",
}


@dataclass(frozen=True)
class Block:
    """A piece of feedback.

    Attributes:
        kind: ``"title"``, ``"heading"``, ``"text"``, ``"label"``, ``"code"`` or ``"hint"``.
        text: its words.
    """

    kind: str
    text: str


@dataclass(frozen=True)
class CheckLine:
    """A check in the list of all: a sign, its title, its points."""

    sign: str
    title: str
    points: str


def html(report: Report, exercise: str, remarks: Sequence[str] = ()) -> str:
    """A page of its own.

    Args:
        report: of the learner's file.
        exercise: its id, such as ``"ex3"``.
        remarks: sentences beside the report, such as that it came late.
    """
    rows = [
        tag("tr", tag("td", row.sign), tag("th", row.title, scope="row"),
            tag("td", row.points, class_="number"))
        for row in _rows(report)
    ]  # fmt: skip
    table = tag("table", tag("caption", _("All checks")), tag("tbody", rows))
    body = [*map(_element, _head(report, exercise, remarks)), table if rows else None]
    body += [_element(block) for block in _findings(report)]
    main = tag("main", [each for each in body if each is not None])
    return document(f"{exercise} · {report.title}", [main])


def markdown(report: Report, exercise: str, remarks: Sequence[str] = ()) -> str:
    """The same as Markdown, in which nothing of a learner's is markup; see ``html``."""
    rows = [f"- {row.sign} {plain(row.title)} ({row.points})" for row in _rows(report)]
    parts = [_marked(block) for block in _head(report, exercise, remarks)]
    parts += ["\n".join(rows)] if rows else []
    parts += [_marked(block) for block in _findings(report)]
    return "\n\n".join(parts) + "\n"


# what is said


def _head(report: Report, exercise: str, remarks: Iterable[str]) -> Iterator[Block]:
    yield Block("title", f"{exercise} · {report.title}")
    if report.graded:
        checks = [check for check in report.checks if check.name != LOAD]
        yield Block(
            "text",
            _("{score:g} of {most:g} points, {passed} of {checks} checks.").format(
                score=report.score,
                most=report.max_score,
                passed=sum(check.verdict is Verdict.PASSED for check in checks),
                checks=len(checks),
            ),
        )
    else:
        yield Block("text", _("Not graded, and your code is not the cause. It costs no points."))
    for remark in remarks:
        yield Block("text", remark)


def _rows(report: Report) -> Iterator[CheckLine]:
    for check in report.checks:
        if check.name != LOAD:
            points = f"{check.points:g}/{check.max_points:g}"
            yield CheckLine(_WORDS.get(check.verdict, "✗"), check.title, points)


def _findings(report: Report) -> Iterator[Block]:
    """The checks with something wrong, each in full; one that only waits needs no words."""
    for check in report.checks:
        if check.verdict in RED or check.verdict is Verdict.ACCIDENT:
            yield from _finding(check)
    undone = [check for check in report.checks if check.verdict is Verdict.TODO]
    if undone and not report.red:
        yield Block("heading", _("What to do next"))
        yield Block("text", undone[0].message or undone[0].title)
        yield from _hint(undone[0])


def _finding(check: CheckResult) -> Iterator[Block]:
    details = check.details
    title = _("The file could not be loaded") if check.name == LOAD else check.title
    yield Block("heading", title)
    yield Block("text", check.message)
    exception = details["exception"]
    if exception and exception["message"].strip() not in check.message:
        yield Block("code", f"{exception['type']}: {exception['message']}")
    if details["lines"]:
        yield Block("code", "\n".join(_numbered(details["lines"])))
    for part in details.get("parts") or ():
        sign = "✓" if part["points"] else "✗" if part["reached"] else "○"
        points = f"{part['points']:g}/{part['max_points']:g}"
        yield Block("text", f"{sign} {part['title']} ({points})")
    for label, value in ((_("expected"), details["expected"]), (_("got"), details["got"])):
        if value is not None:
            yield from _value(label, value)
    if difference := details["difference"]:
        first, where = difference["first"], _("{count} of {of} elements differ; first at {index}: "
                                              "expected {expected}, got {got}.")  # fmt: skip
        yield Block("text", where.format(
            count=difference["count"], of=difference["of"], index=list(first["index"]),
            expected=first["expected"], got=first["got"]))  # fmt: skip
    for name, value in (details["given"] or {}).items():
        yield from _value(_("given: {name}").format(name=name), value)
    if source := details.get("source"):
        yield Block("label", _("The check"))
        yield Block("code", source)
    if printed := (details["printed"] or "").strip("\n"):
        yield Block("label", _("Your code printed"))
        yield Block("code", _ends(printed, _PRINTED))
    yield from _hint(check)


def _hint(check: CheckResult) -> Iterator[Block]:
    if check.hint:
        yield Block("hint", check.hint)


def _numbered(lines: Sequence[Line]) -> Iterator[str]:
    width = max(len(str(line["number"])) for line in lines)
    for line in lines:
        yield f"{'>' if line['current'] else ' '} {line['number']:>{width}} | {line['text']}"


def _value(label: str, value: Mapping | Description) -> Iterator[Block]:
    """A value with its name; an array's shape and dtype beside it."""
    if value["kind"] == "array":
        label = _("{label} · shape {shape}, {dtype}").format(
            label=label, shape=tuple(value["shape"]), dtype=value["dtype"]
        )
    yield Block("label", label)
    yield Block("code", _ends(value["text"], _VALUE))


def _ends(text: str, most: int) -> str:
    """The first and the last lines of many."""
    lines = text.split("\n")
    hidden = len(lines) - most
    if hidden <= 1:
        return text
    left_out = ngettext("… {count:,} more line", "… {count:,} more lines", hidden)
    lines[most // 2 : -most // 2] = [left_out.format(count=hidden)]
    return "\n".join(lines)


# how it is written


def _element(block: Block) -> Element:
    match block.kind:
        case "title":
            return tag("h1", block.text)
        case "heading":
            return tag("h2", block.text)
        case "label":
            return tag("p", block.text, class_="small")
        case "code":
            return tag("pre", tag("code", block.text))
        case "hint":
            return tag("p", tag("strong", _("Hint:")), f" {block.text}")
        case _:
            return tag("p", clean(block.text, length=_LENGTH))


def _marked(block: Block) -> str:
    match block.kind:
        case "title":
            return f"# {plain(block.text)}"
        case "heading":
            return f"## {plain(block.text)}"
        case "code":
            return fenced(clean(block.text))
        case "hint":
            label = _("Hint:")
            return f"**{label}** {plain(block.text)}"
        case _:
            return plain(block.text)
