"""A check that did not pass, in full: what is wrong, where, what was expected and what came."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from grader.clean import printable
from grader.render import pictures, texts
from grader.render.lines import INDENT, Hanging, indented, labelled, words
from grader.report import LOAD, CheckResult

RED_MARK = ("✗", "red")
_WAITS = ("○", "dim")
_INLINE = 60  # characters
_PRINTED_START, _PRINTED_END = 5, 15  # lines
_PRINTED_LINE = 400  # characters


def finding(check: CheckResult, command: str = "", drawn: bool = False) -> RenderableType:
    """A check that did not pass, in full.

    Args:
        check: the result.
        command: what prints all of this run, to name where something is left out.
        drawn: whether images are drawn.
    """
    title = texts.NOT_LOADED if check.name == LOAD else check.title
    details = check.details
    message, raised = _told(check)
    parts: list[RenderableType] = [
        Hanging(Text(" ✗ ", "bold red"), words(title, "bold")),
        indented(words(message, "red")),
        *_lines(details["lines"] or ()),
    ]
    if raised:
        parts.append(indented(words(raised)))
    if details.get("parts"):
        parts += ["", *_parts(details["parts"])]
    facts = list(_facts(details, drawn))
    if facts:
        parts += ["", *facts]
    if details.get("source"):
        parts += ["", *_source(details["source"])]
    printed = details["printed"] or ""
    if printed.strip():
        parts += ["", *_printed(printed, command)]
    if check.hint:
        parts += ["", labelled(texts.HINT, words(check.hint, "italic"))]
    return Group(*parts)


def _told(check: CheckResult) -> tuple[str, str]:
    """The sentence, and the exception's whole message where the sentence has less than that."""
    exception = check.details["exception"]
    if exception is None:
        return check.message, ""
    whole = exception["message"].strip()
    if whole in check.message:
        return check.message, ""
    head, colon, tail = check.message.partition(": ")
    while colon and not whole.startswith(tail):
        more, colon, tail = tail.partition(": ")
        head += f": {more}"
    return (f"{head}:", whole) if colon else (check.message, f"{exception['type']}: {whole}")


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
        yield Hanging(prefix, words(line["text"], "bold" if current else "dim"), verbatim=True)


def _parts(parts: Iterable[Mapping[str, Any]]) -> Iterator[RenderableType]:
    """The parts of a check, each with what it has earned."""
    for part in parts:
        mark, style = ("✓", "green") if part["points"] else RED_MARK if part["reached"] else _WAITS
        points = Text(texts.points(part["points"], part["max_points"]), "dim")
        prefix = Text.assemble(INDENT, (mark, style), " ")
        yield Hanging(prefix, words(part["title"]), points)


def _source(source: str) -> Iterator[RenderableType]:
    """The check itself, where learners may see it."""
    yield indented(Text(texts.SOURCE, "dim"))
    for line in printable(source).split("\n"):
        yield Hanging(Text(f"{INDENT}│ ", "dim"), Text(_shortened(line)), verbatim=True)


def _facts(details: Mapping[str, Any], drawn: bool) -> Iterator[RenderableType]:
    """What was due, what came, where they differ, and what went in."""
    expected, got = details["expected"], details["got"]
    if expected:
        yield labelled(texts.EXPECTED, _described(expected, got))
    if got:
        yield labelled(texts.GOT, _described(got, expected))
    if details["difference"]:
        yield labelled(texts.DIFFERS, _difference(details["difference"]))
    for number, (name, value) in enumerate((details.get("given") or {}).items()):
        image = drawn and value["kind"] == "garment"
        told = Text() if image else _described(value, None)
        text = Text.assemble(words(name, "bold"), "  ", told)
        yield labelled("" if number else texts.GIVEN, text)
        if image:
            yield pictures.garment(value, indent=len(INDENT))


def _described(value: Mapping[str, Any], other: Mapping[str, Any] | None) -> Text:
    """A value's text, and those of its properties in which it differs from the other."""
    if value["kind"] != "array":
        content = words(value["text"])
        differs = other is not None and other.get("type") != value["type"]
        return content.append(f"   {value['type']}", "dim") if differs else content
    content = words(value["text"])
    inline = all(_fits_line(each) for each in (value, other) if each)
    beside = other if other and other["kind"] == "array" else None
    facts = []
    if beside["shape"] != value["shape"] if beside else other or not inline:
        facts.append(texts.shape(tuple(value["shape"])))
    if other and (beside is None or beside["dtype"] != value["dtype"]):
        facts.append(value["dtype"])
    limits = [value["min"], value["max"]]
    same = beside is not None and [beside["min"], beside["max"]] == limits
    if not inline and not same and None not in limits and value["dtype"] != "bool":
        facts.append(texts.interval(*limits))
    if value["nan"]:
        facts.append(texts.nans(value["nan"]))
    if not facts:
        return content
    known = words(", ".join(facts), "dim")
    return Text.assemble(content, "   ", known) if inline else Text.assemble(known, "\n", content)


def _fits_line(value: Mapping[str, Any]) -> bool:
    text = value["text"]
    return "\n" not in text and "..." not in text and len(text) <= _INLINE


def _difference(difference: Mapping[str, Any]) -> Text:
    first, worst = difference["first"], difference["worst"]
    text = Text(texts.differs(difference["count"], difference["of"]))
    places = [(texts.first_difference, first)]
    if worst["index"] != first["index"]:
        places.append((texts.worst_difference, worst))
    for worded, place in places:
        where = texts.differs_at(place["index"], place["expected"], place["got"])
        text.append("\n").append_text(words(worded(where)))
    return text


def _printed(printed: str, command: str) -> Iterator[RenderableType]:
    """What the learner's code printed, the middle of a flood left out."""
    yield indented(Text(texts.PRINTED, "dim"))
    lines = printable(printed).strip("\n").split("\n")
    hidden = len(lines) - _PRINTED_START - _PRINTED_END
    whole = hidden <= 1 and max(map(len, lines)) <= _PRINTED_LINE
    if hidden > 1:
        lines[_PRINTED_START:-_PRINTED_END] = [texts.lines_left_out(hidden)]
    for line in lines:
        shown = Text(_shortened(line))
        yield Hanging(Text(f"{INDENT}│ ", "dim"), shown, verbatim=True)
    if command and not whole:
        yield indented(words(texts.printed_where(command), "dim"))


def _shortened(line: str) -> str:
    """The line, or the two ends of a very long one."""
    half, hidden = _PRINTED_LINE // 2, len(line) - _PRINTED_LINE
    if hidden <= 0:
        return line
    return f"{line[:half]} {texts.characters_left_out(hidden)} {line[-half:]}"
