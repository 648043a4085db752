"""A check that did not pass, in full: what came, what was expected, where, and what is wrong."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.text import Text

from grader.clean import clean, printable
from grader.i18n import _, ngettext
from grader.render import counts, labels, pictures
from grader.render.lines import INDENT, Hanging, Rows, indented, label, words
from grader.render.shown import curve
from grader.report import LOAD, CheckResult

RED_MARK = ("✗", "red")
_WAITS = ("○", "dim")
_INLINE = 60  # characters
_ROWS = 4  # of an array
_NARROW = 80  # columns
_READ = 12  # numbers of a list; more of them are drawn
_VALUE = 240  # characters of what is no array
_RAISED = 6  # lines of an exception's message
_GIVEN = 4  # inputs
_PRINTED = (2, 3)  # lines of the beginning and of the end
_PRINTED_VERBOSE = (5, 15)
_PRINTED_LINE = 400  # characters


def finding(
    check: CheckResult, command: str = "", drawn: bool = False, verbose: bool = False
) -> RenderableType:
    """A check that did not pass, in full; what is wrong comes last, where eyes rest.

    Args:
        check: the result.
        command: what prints all of this run, to name where something is left out.
        drawn: whether images are drawn.
        verbose: whether more of what the code printed is shown, and numbers where they are many.
    """
    details = check.details
    title = labels.NOT_LOADED if check.name == LOAD else check.title
    printed = details["printed"] or ""
    blocks: list[list[RenderableType]] = [
        list(_facts(details, drawn, verbose)),
        list(_parts(details.get("parts") or ())),
        list(_source(details.get("source") or "")),
        list(_lines(details["lines"] or ())),
        list(_printed(printed, command, verbose)) if printed.strip() else [],
        [*_raised(check), indented(words(check.message, "red"))],
    ]
    parts: list[RenderableType] = [Hanging(Text(" ✗ ", "bold red"), words(title, "bold"))]
    for block in blocks:
        parts += ["", *block] if block and len(parts) > 1 else block
    return Group(*parts)


def _raised(check: CheckResult) -> Iterator[RenderableType]:
    """What the message leaves out of the exception's own."""
    exception = check.details["exception"]
    lines = _useful(exception["message"]) if exception else []
    if exception and lines and lines[0].strip()[:300] not in check.message:
        lines[0] = f"{exception['type']}: {lines[0]}"
    else:
        lines = lines[1:]
    if len(lines) > _RAISED:
        lines[2 : 3 - _RAISED] = ["…"]
    for line in lines:
        yield indented(words(line))


def _useful(message: str) -> list[str]:
    """The lines of an exception's message without Keras's frames, nodes and lists of arguments."""
    kept = []
    for line in clean(message).strip().split("\n"):
        start = line.strip()
        if start.startswith(("Arguments received by", "Call arguments received by")):
            break
        if start and not start.startswith(("File ", "Detected at node", "Graph execution error")):
            kept.append(line)
    return kept


def _lines(lines: Iterable[Mapping[str, Any]]) -> Iterator[RenderableType]:
    """The learner's own lines, the one that raised marked."""
    lines = list(lines)
    width = max((len(str(line["number"])) for line in lines), default=0)
    for line in lines:
        current = line["current"]
        prefix = Text.assemble(
            "  ",
            INDENT,
            ("❱ " if current else "  ", "bold red"),
            (f"{line['number']:>{width}} │ ", "" if current else "dim"),
        )
        if current:
            yield Hanging(prefix, words(line["text"], "bold"), verbatim=True)
        else:  # those around it are to find the place: a row each
            around = prefix.append_text(words(line["text"].expandtabs(4), "dim"))
            around.no_wrap, around.overflow = True, "ellipsis"
            yield around


def _parts(parts: Iterable[Mapping[str, Any]]) -> Iterator[RenderableType]:
    """The parts of a check, each with what it has earned."""
    for part in parts:
        mark, style = ("✓", "green") if part["points"] else RED_MARK if part["reached"] else _WAITS
        points = Text(counts.points(part["points"], part["max_points"]), "dim")
        prefix = Text.assemble(INDENT, (mark, style), " ")
        yield Hanging(prefix, words(part["title"]), points)


def _source(source: str) -> Iterator[RenderableType]:
    """The check itself, where learners may see it."""
    if source:
        yield indented(Text(_("The check:"), "dim"))
        for line in printable(source).split("\n"):
            yield Hanging(Text(f"{INDENT}│ ", "dim"), Text(_shortened(line)), verbatim=True)


def _facts(details: Mapping[str, Any], drawn: bool, verbose: bool) -> Iterator[RenderableType]:
    """What went in, what was expected, what came, and where they differ."""
    given, expected, got = details.get("given") or {}, details["expected"], details["got"]
    if got and details["exception"] and _is_message(got, details["exception"]["message"]):
        got = None  # it is said below
    left_out = max(len(given) - _GIVEN, 0)
    for number, (name, value) in enumerate(list(given.items())[:_GIVEN]):
        before = label("" if number else _("given"))
        if drawn and value["kind"] == "garment":
            yield Hanging(before, words(name, "bold"))
            yield pictures.garment(value, indent=len(INDENT))
        elif drawn and not verbose and (numbers := _numbers(value)):
            yield Hanging(before, Text.assemble(words(name, "bold"), "  ", curve(numbers)))
        else:
            yield from _value(before, value, None, name)
    if left_out:
        yield Hanging(label(""), Text(_("… and {left_out} more").format(left_out=left_out), "dim"))
    name = details.get("what") or ""
    if expected:
        yield from _value(label(labels.EXPECTED), expected, got, name)
    if got:
        yield from _value(label(labels.GOT), got, expected, name)
    if details["difference"]:
        yield Hanging(label(_("differs")), _difference(details["difference"]))


def _is_message(value: Mapping[str, Any], message: str) -> bool:
    """Whether a value is the message of an exception, as a string."""
    begin = message.strip().partition("\n")[0][:_INLINE]
    return bool(begin) and value.get("type") == "str" and value["text"][1:].startswith(begin)


def _numbers(value: Mapping[str, Any]) -> list[float]:
    """The numbers of a list that nobody would read; none of anything else, and of whole ones."""
    found: Any = []
    if value["kind"] == "value" and value["type"] == "list":
        with suppress(ValueError, RecursionError):
            found = json.loads(value["text"])
    several = isinstance(found, list) and len(found) > _READ
    finite = several and all(isinstance(n, float) and math.isfinite(n) for n in found)
    return found if finite else []


def _value(
    before: Text, value: Mapping[str, Any], other: Mapping[str, Any] | None, name: str
) -> Iterator[RenderableType]:
    """A value, its name, and those of its properties in which it differs from the other one."""
    called = Text.assemble(words(name, "bold"), "  ") if name else Text()
    if value["kind"] != "array":
        text = value["text"] if len(value["text"]) <= _VALUE else value["text"][:_VALUE] + " …"
        content = words(text)
        if other is not None and other.get("type") != value["type"]:
            content.append(f"   {value['type']}", "dim")
        yield Hanging(before, called.append_text(content))
        return
    flat = len(value["shape"]) < 3
    inline = flat and all(_fits_line(each) for each in (value, other) if each)
    facts = words(", ".join(_properties(value, other, inline)), "dim")
    if inline:
        facts = Text.assemble("   " if facts else "", facts)
        yield Hanging(before, Text.assemble(called, words(value["text"]), facts))
        return
    if called or facts:
        yield Hanging(before, Text.assemble(called, facts))
        before = Text(" " * before.cell_len)
    if flat:
        yield _Matrix(before, clean(value["text"]).split("\n"))


class _Matrix:
    """The first rows of an array and the last, fewer where the screen is narrow."""

    def __init__(self, prefix: Text, rows: list[str]) -> None:
        self.prefix, self.rows = prefix, rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Any]:
        narrow = options.max_width < _NARROW
        yield Rows(self.prefix, _few(self.rows, _ROWS - 1 if narrow else _ROWS))


def _properties(
    value: Mapping[str, Any], other: Mapping[str, Any] | None, inline: bool
) -> list[str]:
    """Shape, dtype and range of an array, as far as its numbers do not tell them."""
    beside = other if other and other["kind"] == "array" else None
    whole, facts = len(value["shape"]) > 2, []
    if whole or (beside["shape"] != value["shape"] if beside else other or not inline):
        facts.append(labels.shape(tuple(value["shape"])))
    if whole or (other and (beside is None or beside["dtype"] != value["dtype"])):
        facts.append(value["dtype"])
    limits = [value["min"], value["max"]]
    same = beside is not None and [beside["min"], beside["max"]] == limits
    if None not in limits and value["dtype"] != "bool" and (whole or not (inline or same)):
        facts.append(_interval(*limits))
    if value["nan"]:
        facts.append(_("{count} NaN").format(count=value["nan"]))
    return facts


def _few(rows: list[str], most: int) -> list[str]:
    """The rows, or the first of them, how many are left out, and the last."""
    hidden = len(rows) - most + 1
    if hidden <= 1:
        return rows
    left_out = ngettext(" … {count} more row …", " … {count} more rows …", hidden)
    return [*rows[: most - 2], left_out.format(count=hidden), rows[-1]]


def _fits_line(value: Mapping[str, Any]) -> bool:
    text = value["text"]
    return "\n" not in text and "..." not in text and len(text) <= _INLINE


def _difference(difference: Mapping[str, Any]) -> Text:
    first, worst = difference["first"], difference["worst"]
    text = Text(
        ngettext(
            "in {count:,} of {total:,} place", "in {count:,} of {total:,} places", difference["of"]
        ).format(count=difference["count"], total=difference["of"])
    )
    if difference["of"] == 1:
        return text
    where = _differs_at(first["index"], first["expected"], first["got"])
    # Translators: {where} is "at [0, 3]: expected 2, got 5".
    text.append(", ").append_text(words(_("first {where}").format(where=where)))
    if worst["index"] != first["index"]:
        where = _differs_at(worst["index"], worst["expected"], worst["got"])
        text.append("\n").append_text(words(_("largest difference {where}").format(where=where)))
    return text


def _printed(printed: str, command: str, verbose: bool) -> Iterator[RenderableType]:
    """What the learner's code printed, the middle of a flood left out."""
    yield indented(Text(labels.PRINTED, "dim"))
    lines = printable(printed).strip("\n").split("\n")
    start, end = _PRINTED_VERBOSE if verbose else _PRINTED
    hidden = len(lines) - start - end
    longest = _PRINTED_LINE if verbose else _PRINTED_LINE // 4
    whole = hidden <= 1 and max(map(len, lines)) <= longest
    if hidden > 1:
        lines[start:-end] = [
            ngettext("… {count:,} more line …", "… {count:,} more lines …", hidden).format(
                count=hidden
            )
        ]
    for line in lines:
        shown = Text(_shortened(line, longest))
        yield Hanging(Text(f"{INDENT}│ ", "dim"), shown, verbatim=True)
    if command and not whole:
        yield indented(words(_("All of it: `{command}`").format(command=command), "dim"))


def _shortened(line: str, longest: int = _PRINTED_LINE) -> str:
    """The line, or the two ends of a very long one."""
    half, hidden = longest // 2, len(line) - longest
    if hidden <= 0:
        return line
    left_out = ngettext("… {count:,} more character …", "… {count:,} more characters …", hidden)
    return f"{line[:half]} {left_out.format(count=hidden)} {line[-half:]}"


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.4g}"


def _differs_at(index: list[int], expected: str, got: str) -> str:
    return _("at {index}: expected {expected}, got {got}").format(
        index=index, expected=expected, got=got
    )


def _interval(least: float, most: float) -> str:
    return _("from {least} to {most}").format(least=_number(least), most=_number(most))
