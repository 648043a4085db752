"""A result in plain words and in Markdown, as a learner may read it."""

import io
from html import escape

from grader.clean import sentence
from grader.i18n import _
from grader.pages.markdown import fenced, plain
from grader.render import labels
from grader.report import RED, CheckResult, Report, Verdict

WIDTH = 88  # columns of a check's outcome
MOST = 1000 << 10  # bytes; GitHub shows nothing of a summary that has over 1,024 KiB
_MARKS = {Verdict.PASSED: "✅", Verdict.TODO: "⬜", Verdict.BLOCKED: "⬜", Verdict.ACCIDENT: "⚠️"}
_CUT = _("\n\n… The rest is left out: it is too long to be shown here.\n")


def outcome(check: CheckResult) -> str:
    """What the terminal shows of a check, without colors, and a hint; empty for a pass."""
    hint = _("\nHint: {hint}").format(hint=check.hint) if check.hint else ""
    if check.verdict not in RED:
        said = "" if check.verdict is Verdict.PASSED else check.message
        return said + hint if check.verdict is Verdict.TODO else said
    from grader.render.finding import finding
    from grader.render.screen import Screen

    screen = Screen(file=io.StringIO(), width=WIDTH, force_terminal=False, color_system=None)
    with screen.capture() as captured:
        screen.print(finding(check))
    _title, __, rest = captured.get().partition("\n")
    return "\n".join(line.rstrip() for line in rest.rstrip().split("\n")) + hint


def headline(report: Report) -> str:
    """Where the submission stands, in one line."""
    if not report.graded:
        return _("{title}: not graded").format(title=report.title)
    passed = sum(check.verdict is Verdict.PASSED for check in report.checks)
    template = _("{title}: {score:g} of {most:g} points, {passed} of {count} checks passed")
    return template.format(
        title=report.title,
        score=report.score,
        most=report.max_score,
        passed=passed,
        count=len(report.checks),
    )


def protection(report: Report) -> str:
    """What stood between the submission and the machine."""
    level, missing = labels.level(report.protection.level), report.protection.missing
    if not missing:
        return _("protection {level}").format(level=level)
    template = _("protection {level}, without {missing}")
    return template.format(level=level, missing=", ".join(missing))


def reproduced(report: Report) -> str:
    """What draws the same inputs again, and what the run was protected by."""
    seed = _("seed {digits}").format(digits=f"{report.seed:016x}")
    return f"{seed} · {protection(report)}"


def markdown(report: Report, notes: tuple[str, ...] = ()) -> str:
    """A report as Markdown that GitHub shows, within its limit."""
    lines = [f"### {plain(headline(report))}", ""]
    lines += [f"{plain(note)}\n" for note in notes]
    lines += ["| | {} | {} |".format(_("check"), _("points")), "|---|---|---:|"]
    for check in report.checks:
        mark = _MARKS.get(check.verdict, "❌")
        points = f"{check.points:g}/{check.max_points:g}"
        lines.append(f"| {mark} | {plain(check.title)} | {points} |")
    for check in report.checks:
        if check.verdict is not Verdict.PASSED and (told := outcome(check)):
            title = escape(sentence(check.title))  # a line of HTML has no Markdown in it
            lines += ["", f"<details><summary>{title}</summary>", "", fenced(told), ""]
            lines += ["</details>"]
    lines += ["", f"<sub>{plain(reproduced(report))}</sub>", ""]
    return cut("\n".join(lines))


def cut(text: str, most: int = MOST) -> str:
    """The beginning of a text that has more bytes than a service takes."""
    data = text.encode("utf-8", "replace")
    if len(data) <= most:
        return text
    kept = data[: most - len(_CUT.encode())].decode("utf-8", "ignore")
    return kept + _CUT
