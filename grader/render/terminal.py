"""A report as rich terminal output: pure functions from results to things that rich can print."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.text import Text

from grader.clean import clean, printable
from grader.render import pictures, texts
from grader.report import LOAD, RED, CheckResult, Report, Verdict

_MARKS = {
    Verdict.PASSED: ("✓", "green"),
    Verdict.TODO: ("○", "dim"),
    Verdict.BLOCKED: ("○", "dim"),
    Verdict.ACCIDENT: ("!", "yellow"),
}
_RED_MARK = ("✗", "red")
_WAITS = ("○", "dim")
_POINTS = {
    Verdict.TODO: texts.POINTS_TODO,
    Verdict.BLOCKED: texts.POINTS_BLOCKED,
    Verdict.ACCIDENT: texts.POINTS_ACCIDENT,
}
_INDENT = "     "
_LABEL = 10  # columns
_INLINE = 60  # characters
_LENGTH, _LINES = 4_000, 50  # of a text that is more than a sentence
_PRINTED_START, _PRINTED_END = 5, 15  # lines
_PRINTED_LINE = 400  # characters


class Hanging:
    """A prefix, a text that wraps beside it, and a suffix at the right end of the first line.

    A suffix that would leave the text too little room stands below it. A verbatim text wraps where
    the room ends, any other between words.
    """

    def __init__(
        self, prefix: Text, body: Text, suffix: Text | None = None, *, verbatim: bool = False
    ) -> None:
        self.prefix, self.body, self.suffix, self.verbatim = prefix, body, suffix, verbatim

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        width, start = options.max_width - 1, self.prefix.cell_len
        body, suffix, room = self.body, self.suffix, max(width - start, 10)
        if suffix is not None:
            beside = room - suffix.cell_len - 2
            if body.cell_len > beside and suffix.cell_len > width // 3:
                body, suffix = Text("\n").join((body, suffix)), None
            else:
                room = max(beside, 10)
        if self.verbatim:
            chopped = chop_cells(body.plain.expandtabs(4), room) or [""]
            lines = [Text(part, body.style) for part in chopped]
        else:
            lines = list(body.wrap(console, room, overflow="fold")) or [Text()]
        for number, line in enumerate(lines):
            line.rstrip()
            whole = Text.assemble(Text(" " * start) if number else self.prefix, line)
            if suffix is not None and not number:
                whole.append(" " * max(width - whole.cell_len - suffix.cell_len, 2))
                whole.append_text(suffix)
            whole.rstrip()
            whole.no_wrap, whole.overflow = True, "ignore"
            yield whole


def words(text: object, style: str = "") -> Text:
    """A text from anywhere: never markup, never a control character, never a flood."""
    return Text(clean(str(text), length=_LENGTH, lines=_LINES), style)


# the parts of a screen


def heading(exercise: str, title: str, file: str) -> RenderableType:
    """What is graded: the exercise and the file."""
    return Hanging(
        Text.assemble(" ", words(exercise, "bold cyan"), " · "),
        words(title, "bold"),
        words(file, "dim"),
    )


def title(number: int, text: str) -> RenderableType:
    """What one part of a demonstration shows."""
    return Hanging(Text(f" {number}  ", "bold magenta"), words(text, "bold magenta"))


def row(check: CheckResult, drawn: bool = False) -> RenderableType:
    """One line for a check, and what it waits for; if drawn, its training's losses as well."""
    mark, style = _MARKS.get(check.verdict, _RED_MARK)
    quiet = "dim" if check.verdict in (Verdict.TODO, Verdict.BLOCKED) else ""
    worded = texts.bonus_points if check.bonus else texts.points
    points = worded(check.points, check.max_points)
    if not check.points:
        points = _POINTS.get(check.verdict, points)
    time = texts.seconds(check.seconds) if check.seconds >= 1 else ""
    line = Hanging(
        Text.assemble(" ", (mark, style), " "),
        words(check.title, quiet),
        Text(f"{time}  {points:>5}".lstrip(), "dim"),
    )
    losses = check.details["losses"] or []
    if drawn and len(losses) > 1:
        return Group(line, _indented(pictures.losses(losses)))
    if check.verdict is not Verdict.BLOCKED:
        return line
    return Group(line, _indented(words(check.message, "dim")))


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
        _indented(words(message, "red")),
        *_lines(details["lines"] or ()),
    ]
    if raised:
        parts.append(_indented(words(raised)))
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
        parts += ["", _labelled(texts.HINT, words(check.hint, "italic"))]
    return Group(*parts)


def others(first: CheckResult, rest: Sequence[CheckResult]) -> RenderableType:
    """The other red checks, folded to a sentence each."""
    parts: list[RenderableType] = [Hanging(Text(" "), Text(texts.also(len(rest)), "dim"))]
    for check in rest:
        same = check.details["exception"] and check.message == first.message
        message = texts.SAME if same else check.message
        parts.append(Hanging(Text(" ✗ ", "red"), words(check.title)))
        parts.append(_indented(words(message, "dim")))
    return Group(*parts)


def start(check: CheckResult, title: str) -> RenderableType:
    """The first check that waits for the learner to write something."""
    parts: list[RenderableType] = [
        Hanging(Text(" "), Text(title, "bold")),
        Hanging(Text(" ○ ", "cyan"), words(check.title)),
        _indented(words(check.message)),
    ]
    if check.hint:
        parts.append(_labelled(texts.HINT, words(check.hint, "italic")))
    return Group(*parts)


def accident(check: CheckResult) -> RenderableType:
    """A check that could not be graded, and the submission is not the cause."""
    title = texts.NOT_GRADED.capitalize()
    title = title if check.name == LOAD else f"{title}: {check.title}"
    return Group(
        Hanging(Text(" ! ", "bold yellow"), words(title, "bold")),
        _indented(words(check.message)),
    )


def body(report: Report, command: str = "", drawn: bool = False) -> list[RenderableType]:
    """What follows the rows: the one thing to do now, and the rest in short."""
    accidents = report.accidents
    if not accidents:
        return _findings(report, command, drawn)
    if accidents[0].name == LOAD:
        return [accident(accidents[0])]
    told = dict.fromkeys(check.message for check in accidents)  # once, whatever it struck
    first = [next(check for check in accidents if check.message == message) for message in told]
    return [*_findings(report, command, drawn), "", *map(accident, first)]


def _findings(report: Report, command: str, drawn: bool) -> list[RenderableType]:
    red = [check for check in report.checks if check.verdict in RED]
    todo = [check for check in report.checks if check.verdict is Verdict.TODO]
    everything = f"{command} --json --seed {report.seed:016x}" if command else ""
    if red and red[0].name == LOAD:
        waiting = sum(check.verdict is Verdict.BLOCKED for check in report.checks)
        parts = [finding(red[0], everything, drawn)]
        if waiting:
            parts.append(Hanging(Text(" ○ ", "dim"), Text(texts.wait_for_load(waiting), "dim")))
        return parts
    if red:
        parts = ["", finding(red[0], everything, drawn)]
        return [*parts, "", others(red[0], red[1:])] if red[1:] else parts
    if todo:
        waits = (Verdict.TODO, Verdict.BLOCKED)
        nothing = all(check.verdict in waits for check in report.checks)
        return ["", start(todo[0], texts.START if nothing else texts.WRITE_NEXT)]
    return []


def score(
    report: Report, last: Mapping[str, str] | None = None, best: float | None = None
) -> RenderableType:
    """Where one stands, what changed since the last run, and the most points of any before."""
    if not report.graded:
        return Hanging(Text(" "), words(texts.not_graded_now(report.seconds), "bold yellow"))
    needed = [check for check in report.checks if check.name != LOAD and not check.bonus]
    total, passed = len(needed), sum(check.verdict is Verdict.PASSED for check in needed)
    most, bonus, time = report.max_score, report.bonus, report.seconds
    if report.passed:
        line = Text(texts.all_passed(total, most, bonus, time), "bold green")
        if report.verified:
            line.append(f" · {texts.VERIFIED}")
        lines = [Hanging(Text(" ✓ ", "bold green"), line)]
    else:
        told = texts.some_passed(report.score - bonus, most, bonus, passed, total, time)
        lines = [Hanging(Text(" "), Text(told, "bold"))]
    if last and not any(LOAD in names for names in (last, {c.name for c in report.checks})):
        line = Text(texts.since_last(*changes(report, last)))
        if best is not None and not report.passed and best != report.score:
            known = texts.your_best(best, report.max_score)
            line.append(f" · {texts.NEW_BEST if best < report.score else known}")
        lines.append(Hanging(Text(" "), line))
    return Group(*lines)


def changes(report: Report, last: Mapping[str, str]) -> tuple[int, int]:
    """How many checks pass now that did not pass before, and the other way round."""
    both = [c for c in report.checks if c.name in last]
    now = [c.verdict is Verdict.PASSED for c in both]
    before = [last[c.name] == Verdict.PASSED for c in both]
    pairs = list(zip(before, now, strict=True))
    return pairs.count((False, True)), pairs.count((True, False))


def following(steps: Iterable[tuple[str, str]]) -> RenderableType:
    """What to do next, each step in words and as a command."""
    prefix = Text(f" {texts.NEXT}  ", "dim")
    lines: list[RenderableType] = []
    for text, command in steps:
        before = Text(" " * prefix.cell_len) if lines else prefix
        lines.append(_Step(before, words(text), words(command, "bold cyan")))
    return Group(*lines)


class _Step:
    """Words and a command beside them; a command too long for that stands below, in one piece."""

    def __init__(self, prefix: Text, text: Text, command: Text) -> None:
        self.prefix, self.text, self.command = prefix, text, command

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Any]:
        beside = Text("   " if self.text and self.command else "").join((self.text, self.command))
        if self.prefix.cell_len + beside.cell_len < options.max_width or not self.command:
            yield Hanging(self.prefix, beside)
            return
        below = Text(" " * self.prefix.cell_len)
        if self.text:
            yield Hanging(self.prefix, self.text)
        made = Text.assemble(below if self.text else self.prefix, self.command)
        made.no_wrap, made.overflow = True, "ignore"
        yield made


def footer(report: Report) -> list[RenderableType]:
    """What reproduces the run, and what it ran behind; nothing if nothing ran."""
    if report.versions.get("python") is None:
        return []
    protection, tensorflow = report.protection, report.versions.get("tensorflow")
    parts = [texts.seed(f"{report.seed:016x}")]
    parts += [f"tensorflow {tensorflow}"] if tensorflow else []
    line = Text(" · ".join(parts) + " · ", "dim")
    if protection.level == "full":
        line.append(texts.protection(protection.level))
    else:
        named = texts.protection_missing(protection.level, list(protection.missing))
        line.append(named, "not dim yellow")
    return [Hanging(Text(" "), line)]


Steps = list[tuple[str, str]]


def steps(report: Report, file: str, again: str, hint: str, passed: Steps) -> Steps:
    """What to do next, for ``following``.

    Args:
        report: the grading.
        file: the learner's file.
        again: the command that grades it again.
        hint: the command that gives a hint, if any does.
        passed: what follows once all passed.
    """
    if report.passed:
        return passed
    if not report.graded:
        return [("", again)]
    if not any(check.verdict in RED for check in report.checks):
        return [(texts.write(file), again)]
    return [(texts.MEND, again), *([(texts.OR_ASK, hint)] if hint else [])]


def note(text: str) -> RenderableType:
    """A remark in one dim sentence."""
    return Hanging(Text(" "), words(text, "dim"))


def exercises(rows: Iterable[tuple[str, str, int, int]]) -> RenderableType:
    """The exercises of a course: id, title, checks that passed in the last run, of how many."""
    lines = []
    for name, title, passed, total in rows:
        done = 0 < passed == total
        state = texts.checks_passed(passed, total) if total else ""
        mark = ("✓", "green") if done else ("○", "yellow" if total else "dim")
        prefix = Text.assemble(" ", mark, " ", words(name, "bold cyan"), "  ")
        lines.append(Hanging(prefix, words(title), Text(state, "green" if done else "dim")))
    return Group(*lines)


# the parts of a finding


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


def _indented(text: Text) -> RenderableType:
    return Hanging(Text(_INDENT), text)


def _labelled(label: str, text: Text) -> RenderableType:
    gap = " " * max(_LABEL - cell_len(label), 1)
    return Hanging(Text(_INDENT + label + gap, "dim"), text)


def _lines(lines: Iterable[Mapping[str, Any]]) -> Iterator[RenderableType]:
    """The learner's own lines, the one that raised marked."""
    lines = list(lines)
    width = max((len(str(line["number"])) for line in lines), default=0)
    for line in lines:
        current = line["current"]
        prefix = Text.assemble(
            "  ",
            _INDENT,
            ("❱ " if current else "  ", "bold red"),
            (f"{line['number']:>{width}} │ ", "" if current else "dim"),
        )
        yield Hanging(prefix, words(line["text"], "bold" if current else "dim"), verbatim=True)


def _parts(parts: Iterable[Mapping[str, Any]]) -> Iterator[RenderableType]:
    """The parts of a check, each with what it has earned."""
    for part in parts:
        mark, style = ("✓", "green") if part["points"] else _RED_MARK if part["reached"] else _WAITS
        points = Text(texts.points(part["points"], part["max_points"]), "dim")
        prefix = Text.assemble(_INDENT, (mark, style), " ")
        yield Hanging(prefix, words(part["title"]), points)


def _source(source: str) -> Iterator[RenderableType]:
    """The check itself, where learners may see it."""
    yield _indented(Text(texts.SOURCE, "dim"))
    for line in printable(source).split("\n"):
        yield Hanging(Text(f"{_INDENT}│ ", "dim"), Text(_shortened(line)), verbatim=True)


def _facts(details: Mapping[str, Any], drawn: bool) -> Iterator[RenderableType]:
    """What was due, what came, where they differ, and what went in."""
    expected, got = details["expected"], details["got"]
    if expected:
        yield _labelled(texts.EXPECTED, _described(expected, got))
    if got:
        yield _labelled(texts.GOT, _described(got, expected))
    if details["difference"]:
        yield _labelled(texts.DIFFERS, _difference(details["difference"]))
    for number, (name, value) in enumerate((details.get("given") or {}).items()):
        image = drawn and value["kind"] == "garment"
        told = Text() if image else _described(value, None)
        text = Text.assemble(words(name, "bold"), "  ", told)
        yield _labelled("" if number else texts.GIVEN, text)
        if image:
            yield pictures.garment(value, indent=len(_INDENT))


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
    yield _indented(Text(texts.PRINTED, "dim"))
    lines = printable(printed).strip("\n").split("\n")
    hidden = len(lines) - _PRINTED_START - _PRINTED_END
    whole = hidden <= 1 and max(map(len, lines)) <= _PRINTED_LINE
    if hidden > 1:
        lines[_PRINTED_START:-_PRINTED_END] = [texts.lines_left_out(hidden)]
    for line in lines:
        shown = Text(_shortened(line))
        yield Hanging(Text(f"{_INDENT}│ ", "dim"), shown, verbatim=True)
    if command and not whole:
        yield _indented(words(texts.printed_where(command), "dim"))


def _shortened(line: str) -> str:
    """The line, or the two ends of a very long one."""
    half, hidden = _PRINTED_LINE // 2, len(line) - _PRINTED_LINE
    if hidden <= 0:
        return line
    return f"{line[:half]} {texts.characters_left_out(hidden)} {line[-half:]}"
