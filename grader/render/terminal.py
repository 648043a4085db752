"""A report as rich terminal output: pure functions from results to things that rich can print."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.text import Text

from grader.i18n import _, ngettext
from grader.render import counts, labels, offers, plain, shown
from grader.render.finding import RED_MARK, finding
from grader.render.lines import Hanging, indented, words
from grader.render.links import linked
from grader.report import LOAD, RED, CheckResult, Report, Verdict

_MARKS = {
    Verdict.PASSED: ("✓", "green"),
    Verdict.TODO: ("○", "dim"),
    Verdict.BLOCKED: ("○", "dim"),
    Verdict.ACCIDENT: ("!", "magenta"),
}
_POINTS = {
    Verdict.TODO: counts.TODO,
    Verdict.BLOCKED: counts.WAITS,
    Verdict.ACCIDENT: counts.NOT_GRADED,
}


# the parts of a screen


def heading(exercise: str, title: str, file: str, path: Path | None = None) -> RenderableType:
    """What is graded: the exercise and the file, a link to its path where there are links."""
    shown_file = words(file, "dim")
    return Hanging(
        Text.assemble(" ", words(exercise, "cyan"), " · "),
        words(title, "bold"),
        shown_file if path is None else linked(shown_file, path),
    )


def title(number: int, text: str) -> RenderableType:
    """What one part of a demonstration shows."""
    return Hanging(Text(f" {number}  ", "bold"), words(text, "bold"))


def row(check: CheckResult) -> RenderableType:
    """One line for a check, and what it waits for."""
    mark, style = _MARKS.get(check.verdict, RED_MARK)
    quiet = "dim" if check.verdict in (Verdict.TODO, Verdict.BLOCKED) else ""
    worded = counts.bonus_points if check.bonus else counts.points
    worded = counts.craft_points if check.craft else worded
    points = worded(check.points, check.max_points)
    if not check.points:
        points = _POINTS.get(check.verdict, points)
    time = counts.took(check.seconds) if check.seconds >= 1 else ""
    line = Hanging(
        Text.assemble(" ", (mark, style), " "),
        words(check.title, quiet),
        Text(f"{time}  {points:>5}".lstrip(), "dim"),
    )
    if check.verdict is not Verdict.BLOCKED:
        return line
    return Group(line, indented(words(check.message, "dim")))


def rows(checks: Sequence[CheckResult]) -> list[RenderableType]:
    """All checks but the first red one, a line for those that have come to the same."""
    red = [check for check in checks if check.verdict in RED]
    folded: list[RenderableType] = []
    worders = ((Verdict.PASSED, _passed), (Verdict.TODO, _to_write), (Verdict.BLOCKED, _waiting))
    for verdict, worded in worders:
        alike = [check for check in checks if check.verdict is verdict]
        if alike:
            mark, style = _MARKS[verdict]
            quiet = "" if verdict is Verdict.PASSED else "dim"
            folded.append(_folded(alike, (mark, style), worded(len(alike), len(red)), quiet))
    if red[1:]:
        folded.append(_folded(red[1:], RED_MARK, counts.more_fail(len(red) - 1), ""))
    return folded


def _folded(
    checks: Sequence[CheckResult], mark: tuple[str, str], text: str, style: str
) -> RenderableType:
    points = sum(check.points for check in checks)
    most = sum(check.max_points for check in checks)
    return Hanging(
        Text.assemble(" ", mark, " "), Text(text, style), Text(counts.points(points, most), "dim")
    )


def start(check: CheckResult, title: str) -> RenderableType:
    """The first check that waits for the learner to write something."""
    return Group(
        Hanging(Text(" "), Text(title, "bold")),
        Hanging(Text(" ○ ", "cyan"), words(check.title)),
        indented(words(check.message)),
    )


def accident(check: CheckResult) -> RenderableType:
    """A check that could not be graded, and the submission is not the cause."""
    title = counts.NOT_GRADED.capitalize()
    title = title if check.name == LOAD else f"{title}: {check.title}"
    return Group(
        Hanging(Text(" ! ", "magenta"), words(title, "bold")),
        indented(words(check.message)),
    )


def body(
    report: Report, command: str = "", drawn: bool = False, verbose: bool = False
) -> list[RenderableType]:
    """The checks in short, and the one thing to do now in full.

    Args:
        report: the grading.
        command: what grades the file again.
        drawn: whether images are drawn.
        verbose: whether all checks have a row already.
    """
    accidents = report.accidents
    if accidents and accidents[0].name == LOAD:
        return [accident(accidents[0])]
    same = {check.message: check for check in reversed(accidents)}  # once, whatever it struck
    parts = _findings(report, command, drawn, verbose)
    for check in reversed(same.values()):
        parts += ["", accident(check)]
    return parts


def _findings(report: Report, command: str, drawn: bool, verbose: bool) -> list[RenderableType]:
    red = report.red
    todo = [check for check in report.checks if check.verdict is Verdict.TODO]
    everything = f"{command} --json --seed {report.seed:016x}" if command else ""
    if red and red[0].name == LOAD:
        waiting = [check for check in report.checks if check.verdict is Verdict.BLOCKED]
        text = ngettext(
            "{count} check waits for the file", "{count} checks wait for the file", len(waiting)
        ).format(count=len(waiting))
        folded = [_folded(waiting, _MARKS[Verdict.BLOCKED], text, "dim"), ""] if waiting else []
        return [*folded, finding(red[0], everything, drawn, verbose)]
    whole = all(check.verdict is Verdict.PASSED for check in report.checks)
    parts = [] if verbose or whole else rows(report.checks)  # a pass needs one line, the score
    if drawn:
        parts += _pictures(report.checks, whole, [""] if parts else [])
    if red:
        return [*parts, "", finding(red[0], everything, drawn, verbose)]
    if todo:
        return [*parts, "", start(todo[0], so_far(report))]
    return parts


def so_far(report: Report) -> str:
    """What to say of a file in which nothing is wrong, and something is to be written."""
    if all(check.verdict in (Verdict.TODO, Verdict.BLOCKED) for check in report.checks):
        return _("You haven't written anything yet. Everyone starts here.")
    return _("Everything so far is correct. Next:")


def _pictures(
    checks: Sequence[CheckResult], whole: bool, before: list[RenderableType]
) -> list[RenderableType]:
    """How the learner's own model trained, as the last check that has trained it shows; after a
    pass also what else the checks show, the last of each kind."""
    parts: list[RenderableType] = []
    for kind, drawn in shown.KINDS.items():
        seen = [check.details for check in checks if kind in check.details]
        if seen and (whole or kind == "training"):
            parts += [*([""] if parts else before), *drawn(seen[-1])]
    return parts


def score(
    report: Report, last: Mapping[str, str] | None = None, best: float | None = None
) -> RenderableType:
    """Where one stands, what changed since the last run, and the most points of any before."""
    if not report.graded:
        return Hanging(Text(" "), words(counts.not_graded_now(report.seconds), "magenta"))
    needed = [check for check in report.checks if check.name != LOAD and not check.bonus]
    total, passed = len(needed), sum(check.verdict is Verdict.PASSED for check in needed)
    most, bonus, time = report.max_score, report.bonus, report.seconds
    if report.passed:
        line = Text(counts.all_passed(total, most, bonus, time), "green")
        if report.verified:
            line.append(f" · {labels.VERIFIED}")
        lines = [Hanging(Text(" ✓ ", "green"), line)]
    else:
        told = counts.some_passed(report.score - bonus, most, bonus, passed, total, time)
        lines = [Hanging(Text(" "), Text(told, "bold"))]
        if report.learned:
            lines.append(Hanging(Text(" "), Text(labels.LEARNED, "green")))
    if last and not any(LOAD in names for names in (last, {c.name for c in report.checks})):
        since = _since_last(*changes(report, last))
        parts = [since] if since else []
        if best is not None and not report.passed and best != report.score:
            parts.append(
                _("your best so far")
                if best < report.score
                else (
                    _("your best: {points:g} of {most:g}").format(
                        points=best, most=report.max_score
                    )
                )
            )
        if parts:
            lines.append(Hanging(Text(" "), Text(" · ".join(parts))))
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
    # Translators: before the command to type next.
    label = _("next")
    prefix = Text(f" {label}  ", "dim")
    lines: list[RenderableType] = []
    for text, command in steps:
        before = Text(" " * prefix.cell_len) if lines else prefix
        lines.append(_Step(before, words(text), words(command, "cyan")))
    return Group(*lines)


class _Step:
    """Words and a command behind them; one that is too long for a line stands below, as it is."""

    def __init__(self, prefix: Text, text: Text, command: Text) -> None:
        self.prefix, self.text, self.command = prefix, text, command

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Any]:
        room = options.max_width - 1 - self.prefix.cell_len
        if self.command.cell_len <= room:
            command = self.command.copy()
            command.plain = plain.whole(command.plain, room + 2)
            between = "   " if self.text and self.command else ""
            yield Hanging(self.prefix, Text(between).join((self.text, command)))
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
    parts = [_("seed {digits}").format(digits=f"{report.seed:016x}")]
    parts += [f"tensorflow {tensorflow}"] if tensorflow else []
    line = Text(" · ".join(parts) + " · ", "dim")
    if protection.level == "full":
        line.append(_("protection {level}").format(level=labels.level(protection.level)))
    else:
        named = _("protection {level}: without {missing}").format(
            level=labels.level(protection.level), missing=", ".join(list(protection.missing))
        )
        line.append(named, "not dim magenta")
    return [Hanging(Text(" "), line, margin=0)]  # one line in 60 columns


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
    red = report.red
    hints = [(offers.OR_ASK, hint)] if hint and not (red and red[0].name == LOAD) else []
    return [(offers.FIX if red else offers.write(file), again), *hints]


def note(text: str) -> RenderableType:
    """A remark in one dim sentence."""
    return Hanging(Text(" "), words(text, "dim"))


def loss(text: str) -> RenderableType:
    """What could not be kept or read, a sentence that is to be seen."""
    return Hanging(Text(" "), words(text, "magenta"))


def exercises(rows: Iterable[tuple[str, str, int, int]]) -> RenderableType:
    """The exercises of a course: id, title, checks that passed in the last run, of how many."""
    lines = []
    for name, title, passed, total in rows:
        done = 0 < passed == total
        state = (
            ngettext("{passed} of {count} checks", "{passed} of {count} checks", total).format(
                passed=passed, count=total
            )
            if total
            else ""
        )
        mark = ("✓", "green") if done else ("○", "magenta" if total else "dim")
        prefix = Text.assemble(" ", mark, " ", words(name, "cyan"), "  ")
        lines.append(Hanging(prefix, words(title), Text(state, "green" if done else "dim")))
    return Group(*lines)


def _passed(count: int, red: int) -> str:
    return ngettext("{count} check passed", "{count} checks passed", count).format(count=count)


def _to_write(count: int, red: int) -> str:
    return ngettext(
        "{count} check is about code that you haven't written yet",
        "{count} checks are about code that you haven't written yet",
        count,
    ).format(count=count)


def _waiting(count: int, red: int) -> str:
    if red == 1:
        template = ngettext(
            "{count} check waits for the one that fails",
            "{count} checks wait for the one that fails",
            count,
        )
    elif red:
        template = ngettext(
            "{count} check waits for the ones that fail",
            "{count} checks wait for the ones that fail",
            count,
        )
    else:
        # Translators: "these" are the checks about code that is not written yet, on the line above.
        template = ngettext("{count} check waits for these", "{count} checks wait for these", count)
    return template.format(count=count)


def _since_last(fixed: int, broken: int) -> str:
    if fixed and broken:
        template = _("since your last run: {fixed} fixed, {broken} newly broken")
    elif fixed:
        template = _("since your last run: {fixed} fixed")
    else:
        template = _("since your last run: {broken} newly broken")
    return template.format(fixed=fixed, broken=broken) if fixed or broken else ""
