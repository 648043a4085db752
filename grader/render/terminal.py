"""A report as rich terminal output: pure functions from results to things that rich can print."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.text import Text

from grader.render import pictures, texts
from grader.render.finding import RED_MARK, finding
from grader.render.lines import Hanging, indented, labelled, words
from grader.report import LOAD, RED, CheckResult, Report, Verdict

_MARKS = {
    Verdict.PASSED: ("✓", "green"),
    Verdict.TODO: ("○", "dim"),
    Verdict.BLOCKED: ("○", "dim"),
    Verdict.ACCIDENT: ("!", "yellow"),
}
_POINTS = {
    Verdict.TODO: texts.POINTS_TODO,
    Verdict.BLOCKED: texts.POINTS_BLOCKED,
    Verdict.ACCIDENT: texts.POINTS_ACCIDENT,
}


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
    mark, style = _MARKS.get(check.verdict, RED_MARK)
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
        return Group(line, indented(pictures.losses(losses)))
    if check.verdict is not Verdict.BLOCKED:
        return line
    return Group(line, indented(words(check.message, "dim")))


def others(first: CheckResult, rest: Sequence[CheckResult]) -> RenderableType:
    """The other red checks, folded to a sentence each."""
    parts: list[RenderableType] = [Hanging(Text(" "), Text(texts.also(len(rest)), "dim"))]
    for check in rest:
        same = check.details["exception"] and check.message == first.message
        message = texts.SAME if same else check.message
        parts.append(Hanging(Text(" ✗ ", "red"), words(check.title)))
        parts.append(indented(words(message, "dim")))
    return Group(*parts)


def start(check: CheckResult, title: str) -> RenderableType:
    """The first check that waits for the learner to write something."""
    parts: list[RenderableType] = [
        Hanging(Text(" "), Text(title, "bold")),
        Hanging(Text(" ○ ", "cyan"), words(check.title)),
        indented(words(check.message)),
    ]
    if check.hint:
        parts.append(labelled(texts.HINT, words(check.hint, "italic")))
    return Group(*parts)


def accident(check: CheckResult) -> RenderableType:
    """A check that could not be graded, and the submission is not the cause."""
    title = texts.NOT_GRADED.capitalize()
    title = title if check.name == LOAD else f"{title}: {check.title}"
    return Group(
        Hanging(Text(" ! ", "bold yellow"), words(title, "bold")),
        indented(words(check.message)),
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
