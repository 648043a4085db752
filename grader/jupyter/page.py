"""A report as HTML that fits light and dark themes, and as text where there is no HTML.

Every word is escaped: nothing is a stranger's markup. Colors are inherited, but for the marks.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from grader.clean import clean
from grader.i18n import _
from grader.render import counts, labels
from grader.report import LOAD, RED, CheckResult, Report, Verdict

_GREEN, _RED, _GRAY = "#2a9d4e", "#d9463a", "#8a8a8a"  # each can be read on white and on black
_MARKS = {Verdict.PASSED: ("✓", _GREEN), Verdict.TODO: ("○", _GRAY), Verdict.BLOCKED: ("○", _GRAY)}
_POINTS = {
    Verdict.TODO: counts.TODO,
    Verdict.BLOCKED: counts.WAITS,
    Verdict.ACCIDENT: counts.NOT_GRADED,
}
_LINES = "border-left:3px solid rgba(128,128,128,.5);padding:.1em .8em;margin:.4em 0;"
_CODE = f"{_LINES}background:none;color:inherit;white-space:pre-wrap;font-size:90%"
_FOLDED = 400  # characters of a value that is shown at once


def html(report: Report, steps: Iterable[tuple[str, str]], practice: str) -> str:
    """The report.

    Args:
        report: the grading.
        steps: what may follow, in words and as a command.
        practice: a sentence about what protects and what does not.
    """
    from grader.render.terminal import so_far

    red = report.red
    todo = [check for check in report.checks if check.verdict is Verdict.TODO]
    learned = f"<div style='color:{_GREEN}'>{_words(labels.LEARNED)}</div>"
    rows = [check for check in report.checks if check.name != LOAD]
    parts = [
        f"<div style='line-height:1.5'><b>{_words(report.exercise.partition('_')[0])} · "
        f"{_words(report.title)}</b> &nbsp; {_score(report)}",
        *([] if red and red[0].name == LOAD else [_table(rows)]),
        *map(_finding, [*red[:1], *report.accidents[:1]]),
        *([f"<div>{_words(so_far(report))}</div>", _finding(todo[0])] if todo and not red else []),
        *([_others(red[1:])] if red[1:] else []),
        *([learned] if report.learned else []),
        *(f"<div>{_words(note)}</div>" for note in report.notes),
        *(f"<div>{_words(text)} <code>{_words(command)}</code></div>" for text, command in steps),
        f"<div style='color:{_GRAY};font-size:85%'>{_words(practice)}</div></div>",
    ]
    return "\n".join(parts)


def waiting(line: str) -> str:
    """What happens now, in one line."""
    return f"<span style='color:{_GRAY}'>{_words(line)}</span>"


def plain(report: Report, steps: Iterable[tuple[str, str]], practice: str) -> str:
    """The same for a terminal without colors."""
    from grader.render import terminal
    from grader.render.screen import Screen

    out = io.StringIO()
    screen = Screen(file=out, width=80, color_system=None, force_jupyter=False)
    screen.print(terminal.heading(report.exercise.partition("_")[0], report.title, ""), "")
    screen.print(*terminal.body(report), "", terminal.score(report), sep="\n")
    screen.print(terminal.following(steps))
    for note in (*report.notes, practice):
        screen.print(terminal.note(note))
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")).strip("\n")


def _score(report: Report) -> str:
    passed = sum(check.verdict is Verdict.PASSED for check in report.checks)
    total = sum(check.name != LOAD for check in report.checks)
    if not report.graded:
        return _words(counts.not_graded_now(report.seconds))
    bonus = report.bonus
    if report.passed:
        told = counts.all_passed(total, report.max_score, bonus, report.seconds)
        return f"<b style='color:{_GREEN}'>✓ {_words(told)}</b>"
    score, most = report.score - bonus, report.max_score
    return _words(counts.some_passed(score, most, bonus, passed, total, report.seconds))


def _table(checks: Iterable[CheckResult]) -> str:
    rows = []
    for check in checks:
        points = _POINTS.get(check.verdict) or counts.points(check.points, check.max_points)
        quiet = f"color:{_GRAY}" if check.verdict in (Verdict.TODO, Verdict.BLOCKED) else ""
        cell = "border:0;background:none;text-align:left;padding:0 .6em 0 0"
        rows.append(
            f"<tr style='background:none;border:0'><td style='{cell}'>{_mark(check)}</td>"
            f"<td style='{cell};{quiet}'>{_words(check.title)}</td>"
            f"<td style='{cell};color:{_GRAY}'>{_words(points)}</td></tr>"
        )
    style = "color:inherit;border:0;border-collapse:collapse;margin:.4em 0"
    return f"<table style='{style}'>{''.join(rows)}</table>"


def _mark(check: CheckResult) -> str:
    mark, color = _MARKS.get(check.verdict, ("✗", _RED))
    return f"<b style='color:{color}'>{mark}</b>"


def _finding(check: CheckResult) -> str:
    """A check that did not pass, in full."""
    title = labels.NOT_LOADED if check.name == LOAD else check.title
    color = _RED if check.verdict in RED else _GRAY
    return (
        f"<div style='{_LINES}border-color:{color}'>{_mark(check)} <b>{_words(title)}</b>"
        f"<div>{_words(check.message)}</div>{''.join(_details(check))}</div>"
    )


def _details(check: CheckResult) -> Iterator[str]:
    details = check.details
    if details["lines"]:
        yield f"<pre style='{_CODE}'>{_code(details['lines'])}</pre>"
    exception = details["exception"]
    if exception and exception["message"].strip() not in check.message:
        yield f"<pre style='{_CODE}'>{_words(exception['message'].strip())}</pre>"
    facts = [(labels.EXPECTED, details["expected"]), (labels.GOT, details["got"])]
    facts += [(name, value) for name, value in (details["given"] or {}).items()]
    for label, value in facts:
        if value:
            yield f"<div>{_words(label)}</div>{_value(value)}"
    if (details["printed"] or "").strip():
        told = _words((details["printed"] or "").strip("\n"))
        yield _folded(labels.PRINTED, f"<pre style='{_CODE}'>{told}</pre>")


def _code(lines: Iterable[Mapping[str, Any]]) -> str:
    """The learner's own lines, the one that raised marked."""
    rows = []
    for line in lines:
        text = f"{line['number']:>4}  {_words(line['text'])}"
        rows.append(f"<b>❱{text}</b>" if line["current"] else f" {text}")
    return "\n".join(rows)


def _value(value: Mapping[str, Any]) -> str:
    text = value["text"]
    about = f"{labels.shape(tuple(value['shape']))}, {value['dtype']}" if "shape" in value else ""
    shown = f"<pre style='{_CODE}'>{_words(text)}</pre>"
    if len(text) > _FOLDED:
        return _folded(about or _("the whole value"), shown)
    return f"<div style='color:{_GRAY}'>{_words(about)}</div>{shown}" if about else shown


def _others(checks: Iterable[CheckResult]) -> str:
    checks = list(checks)
    return _folded(counts.more_fail(len(checks)), "".join(map(_finding, checks)))


def _folded(summary: str, inner: str) -> str:
    return f"<details><summary>{_words(summary)}</summary>{inner}</details>"


def _words(text: object) -> str:
    return escape(clean(str(text)))
