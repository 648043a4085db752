"""Reports on the screen: what is shown, in which order, how wide, and how safely."""

import io
import json
import math
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from grader.checks import describe
from grader.clean import LENGTH, LINES, clean
from grader.render import terminal
from grader.render.finding import finding
from grader.render.json import dumps
from grader.render.screen import Screen
from grader.render.stream import Stream
from grader.report import Activity, CheckResult, Protection, Report, Verdict

FULL = Protection("full")
KERAS = (
    "Argument `output` must have rank (ndim) `target.ndim - 1`. "
    "Received: target.shape=(None,), output.shape=(None, 28, 10)\n\n"
    "Arguments received by Sequential.call():\n  • inputs=tf.Tensor(shape=(None, 28, 28))"
)


def result(name: str = "a", verdict: str = "passed", **fields: Any) -> CheckResult:
    given = {"title": f"check {name} holds", "points": 1 if verdict == "passed" else 0}
    return CheckResult(
        **(given | {"name": name, "verdict": Verdict(verdict)} | fields), max_points=1
    )


def report(*checks: CheckResult, protection: Protection = FULL, **versions: str) -> Report:
    return Report(
        exercise="ex1_predictions",
        title="What do ten numbers mean?",
        submission="ex1_predictions.py",
        seed=0xAB,
        checks=checks,
        protection=protection,
        versions={"grader": "0", "python": "3.11", "tensorflow": None} | versions,
        seconds=1.25,
    )


def lines(*things: RenderableType, width: int = 80, **options: Any) -> list[str]:
    """What is printed, line by line."""
    out = io.StringIO()
    console = Console(file=out, width=width, markup=False, highlight=False, emoji=False, **options)
    console.print(*things, sep="\n")
    return out.getvalue().rstrip("\n").split("\n")


def array(shape: list[int], text: str, **facts: Any) -> dict[str, Any]:
    defaults = {"kind": "array", "dtype": "float64", "min": 0.0, "max": 1.0, "nan": 0}
    return defaults | {"shape": shape, "text": text} | facts


# untrusted text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("\x1b[2J\x1b[1;31mred\x1b[0m", r"\x1b[2Jred"),
        ("\x1b]0;title\x07a", r"\x1b]0;title\x07a"),
        ("\x9b31mC1\x9d0;title\x9cb", r"\x9b31mC1\x9d0;title\x9cb"),
        ("a\x00\x08\x7f\x85b", r"a\x00\x08\x7f\x85b"),
        ("50%\r100%\r\ndone", "50%\n100%\ndone"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("\u202eevil\u2066 \u200bzero\ufeff", r"\u202eevil\u2066 \u200bzero\ufeff"),
        ("tag\U000e0041 \u3164\u2028", r"tag\U000e0041 \u3164\u2028"),
        ("\ud800 \udce9", r"\ud800 \xe9"),
        ("标签 é ✓ 🙂\u3000\u00a0", "标签 é ✓ 🙂\u3000\u00a0"),
        ("👩\u200d🎓 ❤\ufe0f", "👩🎓 ❤"),
        ("e" + "\u0301" * 40, "e" + "\u0301" * 4),
        ("[bold]not markup[/bold] :smile:", "[bold]not markup[/bold] :smile:"),
    ],
)
def test_clean(text: str, safe: str) -> None:
    assert clean(text) == safe


HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)


@given(
    st.text(st.characters(codec=None) | st.sampled_from("\x1b\x9b[]m;\x07\x1b\\\r\n"), max_size=80)
)
def test_clean_leaves_no_harmful_character(text: str) -> None:
    safe = clean(text)
    assert not HARMFUL.search(safe)
    assert clean(safe) == safe


@pytest.mark.parametrize("part", ["\x1b]", "\x9b", "\x1b[31m", "\x1b[1", "e\u0301", "\r", "x"])
def test_clean_bounds_a_flood(part: str) -> None:
    assert len(clean(part * 500_000)) <= LENGTH + len("… 500,000 more lines")
    assert len(clean(f"{part}\n" * 500_000).split("\n")) <= LINES
    assert clean("a\n" * 100, lines=3) == "a\na\n… 99 more lines"
    assert clean("abcdef", length=4) == "abc…"


def test_json_is_ascii_that_every_reader_takes() -> None:
    data = {
        "e\x9b\u202e\x7f": ["\ud83d\ude42", "\ud800x", "标", math.nan, -math.inf, 1.5, True, None],
        3: (),
    }
    written = dumps(data)
    assert re.fullmatch(r"[\n -~]*", written)
    assert json.loads(written) == {
        "e\x9b\u202e\x7f": ["🙂", "\ufffdx", "标", None, None, 1.5, True, None],
        "3": [],
    }


def test_whatever_is_printed_is_cleaned() -> None:
    """Also what nobody has cleaned before: a plain string, markup, a text, a table's cell."""
    harmful = "a\x1b[2J\x9bb\u202e[bold]c[/bold]"
    table = Table.grid()
    table.add_row(harmful)
    control, screen = Console(file=io.StringIO(), width=80), Screen(file=io.StringIO(), width=80)
    for each in (harmful, Text(harmful), table):
        control.print(each)
        screen.print(each)
    assert HARMFUL.search(control.file.getvalue())
    assert not HARMFUL.search(screen.file.getvalue())
    assert screen.file.getvalue().count(r"a\x1b[2J\x9bb\u202e[bold]c[/bold]") == 3


def test_words_of_a_submission_are_neither_markup_nor_escapes() -> None:
    details = {
        "exception": {"type": "ValueError", "message": "[red]a\x1b[31m\nb[/red]"},
        "lines": [{"number": 3, "text": "x = '[/bold]'\x1b[2J", "current": True}],
        "printed": "\x1b[3m[blink]\n",
        "got": {"kind": "value", "type": "[i]T", "text": "'\x1b[5m[dim]'"},
        "expected": {"kind": "value", "type": "int", "text": "1"},
        "given": {"[u]k": {"kind": "value", "type": "int", "text": "2"}},
    }
    failed = result(verdict="error", message="raised ValueError: [red]a", details=details)
    shown = lines(finding(failed), force_terminal=True, color_system="truecolor")
    text = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(shown))
    assert "\x1b" not in text and "\x07" not in text
    for verbatim in (
        "[red]a",
        "b[/red]",
        "x = '[/bold]'",
        "│ [blink]",
        "'[dim]'   [i]T",
        "[u]k  2",
    ):
        assert verbatim in text
    assert "\x1b[2J" not in "".join(shown) and "\x1b[5m" not in "".join(shown)


# one finding


def test_what_was_due_and_what_came_are_told_by_their_differences() -> None:
    details = {
        "expected": array([4, 2], "[[0.1, 0.9],\n [0.2, 0.8]]"),
        "got": array([2, 4], "[[0.1, 0.9],\n [0.2, nan]]", dtype="float32", max=0.9, nan=1),
        "difference": {
            "count": 3,
            "of": 8,
            "first": {"index": [0, 1], "expected": "0.9", "got": "0.8"},
            "worst": {"index": [1, 1], "expected": "0.8", "got": "nan"},
        },
        "given": {
            "scores": array([3], "[1, 2, 3]"),
            "k": {"kind": "value", "type": "int", "text": "3"},
        },
    }
    shown = lines(finding(result(verdict="failed", message="Off.", details=details)))
    assert shown == [
        " ✗ check a holds",
        "     given     scores  [1, 2, 3]",
        "               k  3",
        "     expected  shape (4, 2), float64, from 0 to 1",
        "               [[0.1, 0.9],",
        "                [0.2, 0.8]]",
        "     got       shape (2, 4), float32, from 0 to 0.9, 1 NaN",
        "               [[0.1, 0.9],",
        "                [0.2, nan]]",
        "     differs   in 3 of 8 places, first at [0, 1]: expected 0.9, got 0.8",
        "               largest difference at [1, 1]: expected 0.8, got nan",
        "",
        "     Off.",
    ]


def test_a_name_stands_beside_what_it_names() -> None:
    details = {
        "what": "row sums",
        "expected": array([2], "[1, 1]"),
        "got": array([2], "[0.5, 1.2]", max=1.2),
    }
    shown = lines(finding(result(verdict="failed", message="Off.", details=details)))
    assert shown[1:3] == [
        "     expected  row sums  [1, 1]",
        "     got       row sums  [0.5, 1.2]",
    ]


def test_images_are_described_and_not_written_out() -> None:
    images = array([4, 2, 2], "[[[0, 9]]]", dtype="uint8", min=0, max=9)
    details = {"given": {"images": images}, "expected": images, "got": images | {"nan": 2}}
    shown = lines(finding(result(verdict="failed", message="Off.", details=details)))
    assert shown[1:4] == [
        "     given     images  shape (4, 2, 2), uint8, from 0 to 9",
        "     expected  shape (4, 2, 2), uint8, from 0 to 9",
        "     got       shape (4, 2, 2), uint8, from 0 to 9, 2 NaN",
    ]


def test_a_wide_or_long_matrix_is_cut_and_never_wrapped() -> None:
    row = ", ".join(["-1000.8159"] * 9)
    wide = array([9, 9], "[" + ",\n ".join([f"[{row}]"] * 9) + "]")
    shown = lines(finding(result(verdict="failed", message="Off.", details={"expected": wide})))
    assert shown[2:6] == [
        "               [[-1000.8159, -1000.8159, -1000.8159, -1000.8159, …],",
        "                [-1000.8159, -1000.8159, -1000.8159, -1000.8159, …],",
        "                … 6 more rows …",
        "                [-1000.8159, -1000.8159, -1000.8159, -1000.8159, …]]",
    ]


def test_a_narrow_screen_has_fewer_rows_of_a_matrix() -> None:
    four = array([4, 1], "[[1],\n [2],\n [3],\n [4]]")
    failed = result(verdict="failed", message="Off.", details={"expected": four})
    assert sum("]" in line for line in lines(finding(failed), width=100)) == 4
    narrow = lines(finding(failed), width=60)
    assert narrow[2:5] == [f"{'':15}[[1],", f"{'':15} … 2 more rows …", f"{'':15} [4]]"]


MANY = [0.5 + number / 8 for number in range(13)]


@pytest.mark.parametrize(
    ("numbers", "how", "shown"),
    [
        (MANY, {"drawn": True}, "     given     losses  0.5 ▁▂▂▃▃▄▅▅▆▆▇▇█ 2"),
        (MANY, {"drawn": False}, "     given     losses  [0.5, 0.625, "),
        (MANY, {"drawn": True, "verbose": True}, "     given     losses  [0.5, 0.625, "),
        (MANY[1:], {"drawn": True}, "     given     losses  [0.625, "),
        ([*MANY, 3], {"drawn": True}, "     given     losses  [0.5, "),
        ([*MANY, float("nan")], {"drawn": True}, "     given     losses  [0.5, "),
        ([MANY] * 13, {"drawn": True}, "     given     losses  [[0.5, "),
    ],
)
def test_a_list_of_many_numbers_is_a_curve(
    numbers: list[Any], how: dict[str, bool], shown: str
) -> None:
    given = {"losses": {"kind": "value", "type": "list", "text": json.dumps(numbers)}}
    failed = result(verdict="failed", message="Off.", details={"given": given})
    assert lines(finding(failed, **how), width=100)[1].startswith(shown)


def test_lines_around_the_one_that_raised_are_a_row_each() -> None:
    details = {
        "lines": [
            {"number": 9, "text": f"    x = {'1 + ' * 30}1", "current": False},
            {"number": 10, "text": f"    y = {'1 + ' * 30}1", "current": True},
        ],
    }
    shown = lines(finding(result(verdict="error", message="Off.", details=details)), width=60)
    assert len(shown[1]) <= 60 and shown[1].endswith("…")
    assert shown[2].startswith("       ❱ 10 │     y = 1") and "1 + 1" in "".join(shown[3:5])


def test_an_exception_is_no_result_beside_itself() -> None:
    text = {"kind": "value", "type": "str", "text": "'2 axes, not 3'"}
    for message in ("2 axes, not 3", "", "axes", None):
        exception = None if message is None else {"type": "ValueError", "message": message}
        details = {"got": text, "exception": exception}
        shown = lines(finding(result(verdict="failed", message="Off.", details=details)))
        assert any("got" in line for line in shown) is (message != "2 axes, not 3")


def test_what_agrees_is_not_repeated() -> None:
    details = {"expected": array([3], "[1, 2, 3]"), "got": array([3], "[1, 2, 4]", max=4)}
    shown = lines(finding(result(verdict="failed", message="Off.", details=details)))
    assert shown[1:3] == ["     expected  [1, 2, 3]", "     got       [1, 2, 4]"]


def test_types_are_told_where_they_differ() -> None:
    details = {
        "expected": {"kind": "value", "type": "float", "text": "0.5"},
        "got": array([1], "[0.5]"),
    }
    shown = lines(finding(result(verdict="failed", message="Off.", details=details)))
    assert shown[1:3] == [
        "     expected  0.5   float",
        "     got       [0.5]   shape (1,), float64",
    ]


def test_a_message_of_keras_is_shown_once_and_without_its_list_of_arguments() -> None:
    message = f"Your code raised ValueError in ex3_flatten.py:31, fit: {KERAS.splitlines()[0]}"
    details = {
        "exception": {"type": "ValueError", "message": KERAS},
        "lines": [
            {"number": 9, "text": "    try:", "current": False},
            {"number": 10, "text": "        model.fit(x, y)", "current": True},
        ],
    }
    shown = lines(finding(result(verdict="error", message=message, details=details)))
    assert shown == [
        " ✗ check a holds",
        "          9 │     try:",
        "       ❱ 10 │         model.fit(x, y)",
        "",
        "     Your code raised ValueError in ex3_flatten.py:31, fit: Argument `output`",
        "     must have rank (ndim) `target.ndim - 1`. Received: target.shape=(None,),",
        "     output.shape=(None, 28, 10)",
    ]


def test_of_a_long_exception_the_useful_lines_are_shown() -> None:
    """As TensorFlow words a label that no output is for: the last line of forty says it."""
    frames = "".join(f'  File "keras/{n}.py", line {n}, in fit\n' for n in range(30))
    label = "Received a label value of 9 which is outside the valid range of [0, 5)."
    whole = f"Graph execution error:\n\nDetected at node Sparse:\n{frames}\n{label}"
    details = {"exception": {"type": "InvalidArgumentError", "message": whole}}
    message = "Your code raised InvalidArgumentError in a.py:3, f: Graph execution error:"
    shown = lines(finding(result(verdict="error", message=message, details=details)))
    assert " ".join(" ".join(shown[1:]).split()) == f"InvalidArgumentError: {label} {message}"


def test_a_short_message_is_not_said_twice() -> None:
    details = {"exception": {"type": "KeyError", "message": "'x'"}}
    message = "Your code raised KeyError in a.py:3, f: 'x'"
    shown = lines(finding(result(verdict="error", message=message, details=details)))
    assert shown == [" ✗ check a holds", f"     {message}"]


def test_an_exception_that_the_sentence_leaves_out_is_added() -> None:
    details = {"exception": {"type": "EOFError", "message": "EOF when reading a line"}}
    message = "Your code waits for input(): nobody can type here."
    shown = lines(finding(result(verdict="error", message=message, details=details)))
    assert shown[1:] == ["     EOFError: EOF when reading a line", f"     {message}"]


def test_a_flood_of_prints_keeps_its_ends_and_says_where_the_rest_is() -> None:
    printed = "".join(f"line {n}\n" for n in range(100)) + "x" * 1000
    failed = result(verdict="failed", message="Off.", details={"printed": printed}, hint="Think.")
    shown = lines(*terminal.body(report(failed), "grade ex1"))
    bars = [line for line in shown if "│" in line]
    assert bars[:5] == [
        "     │ line 0",
        "     │ line 1",
        "     │ … 96 more lines …",
        "     │ line 98",
        "     │ line 99",
    ]
    assert "…900morecharacters…" in re.sub(r"[\s│]", "", "".join(shown))
    assert "     All of it: `grade ex1 --json --seed 00000000000000ab`" in shown
    assert shown[-1] == "     Off."
    verbose = lines(*terminal.body(report(failed), "grade ex1", verbose=True))
    assert "     │ … 81 more lines …" in verbose
    assert "…600morecharacters…" in re.sub(r"[\s│]", "", "".join(verbose))


# a report


def test_only_the_first_red_check_is_shown_in_full() -> None:
    one = {"expected": {"kind": "value", "type": "int", "text": "1"}}
    shown = lines(
        *terminal.body(
            report(
                result("a"),
                result("b", "todo", message="b is not written yet."),
                result("c", "failed", message="First.", details=one, hint="Think."),
                result("d", "error", message="Second.", details=one, hint="Think again."),
                result("e", "timeout", message="Third."),
                result("f", "blocked", message="waits for: c"),
            )
        )
    )
    assert shown == [
        " ✓ 1 check passed                                                           1/1",
        " ○ 1 check is about code that you haven't written yet                       0/1",
        " ○ 1 check waits for the ones that fail                                     0/1",
        " ✗ 2 more checks fail. Fix the first one first                              0/2",
        "",
        " ✗ check c holds",
        "     expected  1",
        "",
        "     First.",
    ]


def test_what_is_not_written_is_encouraged_and_never_red() -> None:
    todo = result("a", "todo", message="a is not written yet.", hint="Think.")
    waits = result("b", "blocked", message="waits for: check a holds")
    untouched = report(todo, waits)
    things = [terminal.row(todo), terminal.row(waits), *terminal.body(untouched, verbose=True)]
    colored = "\n".join(lines(*things, force_terminal=True, color_system="standard"))
    assert "\x1b[31m" not in colored and "\x1b[1;31m" not in colored
    assert lines(*things) == [
        " ○ check a holds                                                          to do",
        " ○ check b holds                                                          waits",
        "     waits for: check a holds",
        "",
        " You haven't written anything yet. Everyone starts here.",
        " ○ check a holds",
        "     a is not written yet.",
    ]
    begun = report(result("z"), todo)
    assert lines(*terminal.body(begun))[3] == " Everything so far is correct. Next:"


def test_a_file_that_can_not_be_loaded_is_all_that_is_told() -> None:
    load = CheckResult(
        "load", "The file can be loaded", Verdict.ERROR, 0, 0, "Python can't read line 2: nope.",
        {"lines": [{"number": 2, "text": "def f(:", "current": True}]},
    )  # fmt: skip
    broken = report(load, result("a", "blocked"), result("b", "blocked"))
    assert lines(*terminal.body(broken)) == [
        " ○ 2 checks wait for the file                                               0/2",
        "",
        " ✗ The file could not be loaded",
        "       ❱ 2 │ def f(:",
        "",
        "     Python can't read line 2: nope.",
    ]
    assert "since" not in "".join(lines(terminal.score(broken, {"a": "passed"})))
    assert "since" not in "".join(lines(terminal.score(report(result("a")), {"load": "error"})))


def test_score_and_changes() -> None:
    last = {"a": "failed", "b": "passed", "c": "passed", "gone": "passed"}
    now = report(result("a"), result("b", "failed"), result("c"), result("new"))
    assert terminal.changes(now, last) == (1, 1)
    assert lines(terminal.score(now, last)) == [
        " 3 of 4 points · 3 of 4 checks · 1.2 s",
        " since your last run: 1 fixed, 1 newly broken",
    ]
    assert lines(terminal.score(now, None)) == [" 3 of 4 points · 3 of 4 checks · 1.2 s"]
    same = {"a": "passed", "b": "todo"}
    assert len(lines(terminal.score(now, same))) == 1
    fixed = {"a": "failed", "b": "failed"}
    assert lines(terminal.score(now, fixed))[1] == " since your last run: 1 fixed"


@pytest.mark.parametrize(
    ("protection", "verified", "told"),
    [
        (FULL, True, "protection full"),
        (Protection("partial", ("landlock",)), False, "protection partial: without landlock"),
        (Protection("none", ("landlock", "seccomp")), False,
         "protection none: without landlock, seccomp"),
    ],
)  # fmt: skip
def test_only_full_protection_verifies(protection: Protection, verified: bool, told: str) -> None:
    passed = report(result(), protection=protection, tensorflow="2.21.0")
    score = " ✓ The check passed · 1 of 1 points · 1.2 s" + (" · verified" if verified else "")
    assert lines(terminal.score(passed)) == [score]
    footer = lines(*terminal.footer(passed), width=100)
    assert footer == [f" seed 00000000000000ab · tensorflow 2.21.0 · {told}"]
    colored = lines(
        *terminal.footer(passed), width=100, force_terminal=True, color_system="standard"
    )
    assert (f"\x1b[35m{told}" in colored[0]) is not verified  # magenta


def test_a_file_that_never_ran_has_no_footer() -> None:
    assert terminal.footer(report(result(), python=None)) == []  # type: ignore[arg-type]


def test_next_steps() -> None:
    def steps(*checks: CheckResult) -> list[tuple[str, str]]:
        after = [("Or go on:", "grade ex2")]
        return terminal.steps(report(*checks), "a.py", "grade ex1", "grade hint ex1", after)

    assert steps(result()) == [("Or go on:", "grade ex2")]
    hint = ("or get a hint:", "grade hint ex1")
    assert steps(result(), result("b", "todo")) == [
        ("Write your code in a.py, then run", "grade ex1"),
        hint,
    ]
    assert steps(result("b", "todo"), result("c", "failed")) == [
        ("Fix it, then run", "grade ex1"),
        hint,
    ]
    assert steps(result("load", "error")) == [("Fix it, then run", "grade ex1")]


@pytest.mark.parametrize("width", [30, 60, 100])
def test_nothing_is_wider_than_the_screen_and_no_sentence_is_cut(width: int) -> None:
    chinese = "形状不匹配：期望的形状是二维数组，但是得到的是一维数组" * 3
    details = {
        "exception": {"type": "ValueError", "message": f"{chinese}\n{KERAS}"},
        "lines": [{"number": 7, "text": f"    raise ValueError('{chinese}')", "current": True}],
        "printed": "\t标签" * 30 + "\n" + "word " * 50,
        "expected": array([2, 12], ("[" + ", ".join(["0.1234"] * 16) + "]\n") * 2),
        "given": {"概率": array([2], "[1, 2]")},
    }
    failed = result(
        title=chinese, verdict="error", message=f"ValueError: {chinese}", hint=chinese,
        details=details,
    )  # fmt: skip
    everything = [
        terminal.heading("ex1", chinese, f"/a/very/long/path/{'x' * 40}/ex1.py"),
        terminal.row(failed),
        terminal.row(result("b", "blocked", message=f"waits for: {chinese}")),
        *terminal.body(report(failed, result("c", "failed", message=chinese)), "grade ex1"),
        terminal.score(report(failed), {"a": "passed"}),
        *terminal.footer(report(failed, protection=Protection("partial", ("landlock",)))),
        terminal.following([("Fix it, then run", f"grade ex1 --file {'x' * 60}")]),
    ]
    shown = lines(*everything, width=width)
    assert max(map(cell_len, shown)) <= width
    together = re.sub(r"\s", "", "".join(shown))
    assert together.count(chinese) == 5  # and once in the row, around its points
    assert re.sub(r"\s", "", KERAS.splitlines()[0]) in together
    assert together.count("…]") == 2  # the matrix


def test_exercises() -> None:
    rows = [("ex1", "One", 2, 2), ("ex2", "Two", 1, 3), ("ex3", "Three", 0, 0)]
    assert lines(terminal.exercises(rows), width=40) == [
        " ✓ ex1  One               2 of 2 checks",
        " ○ ex2  Two               1 of 3 checks",
        " ○ ex3  Three",
    ]


# pictures

GARMENT = {
    "kind": "garment",
    "type": "image",
    "text": "Shirt 62%, Dress 30%, Coat 8%; it is: Dress",
    "pixels": [[0] * 28] * 14 + [[255] * 28] * 14,
    "label": "Dress",
    "probable": [["Shirt", 0.62], ["Dress", 0.3], ["Coat", 0.08]],
}


@pytest.mark.parametrize("width", [60, 100])
def test_a_misread_garment_is_drawn_beside_its_labels(width: int) -> None:
    failed = result(verdict="failed", message="Off.", details={"given": {"garment 3": GARMENT}})
    shown = lines(finding(failed, drawn=True), width=width)
    assert shown[1] == "     given     garment 3"
    picture = [line.rstrip() for line in shown[3:17]]
    assert picture[0] == "" and picture[8:] == ["     " + "@" * 28] * 6
    assert picture[1].split() == ["Shirt", "▰▰▰▰▰▰▱▱▱▱", "62%"]
    assert picture[2].split() == ["Dress", "▰▰▰▱▱▱▱▱▱▱", "30%"]
    assert picture[3].split() == ["Coat", "▰▱▱▱▱▱▱▱▱▱", "8%"]
    assert picture[4].strip() == "It is: Dress"
    colored = lines(finding(failed, drawn=True), force_terminal=True, color_system="truecolor")
    assert sum(line.count("▀") == 28 for line in colored) == 14
    plain = lines(finding(failed))
    assert plain[1:2] == ["     given     garment 3  Shirt 62%, Dress 30%, Coat 8%; it is: Dress"]


def test_a_model_that_answers_with_nan_is_drawn_too() -> None:
    probabilities = np.array([np.nan, np.inf, *[0.1] * 8])
    value = describe.describe(describe.Garment(np.zeros((28, 28)), 3, probabilities))
    json.dumps(value, allow_nan=False)
    assert value["probable"][0] == ["Trouser", 1.0]
    failed = result(verdict="failed", details={"given": {"g": value}})
    shown = lines(finding(failed, drawn=True))
    assert "Trouser  ▰▰▰▰▰▰▰▰▰▰ 100%" in "\n".join(shown)


# while it runs


def streamed(*events: CheckResult | Activity, final: Report, **options: Any) -> list[str]:
    out = io.StringIO()
    console = Console(file=out, width=60, markup=False, highlight=False, **options)
    titles = {name: f"check {name} holds" for name in "abc"}
    with Stream(console, titles, verbose=True) as stream:
        for event in events:
            stream(event)
    stream.finish(final)
    return out.getvalue().splitlines()


def test_rows_come_in_the_order_of_the_course() -> None:
    a, b, c = result("a"), result("b", "failed"), result("c")
    out = io.StringIO()
    titles = {name: f"check {name} holds" for name in "abc"}
    stream = Stream(Console(file=out, width=60), titles, verbose=True)
    seen = []
    for event in (c, Activity("a", ""), a, b):
        stream(event)
        seen.append([line.split()[2] for line in out.getvalue().splitlines()])
    assert seen == [[], [], ["a"], ["a", "b", "c"]]
    stream.finish(report(a, b, c))
    assert len(out.getvalue().splitlines()) == 3


def test_rows_that_were_not_told_of_are_printed_at_the_end() -> None:
    final = report(result("a"), result("b"), result("c"))
    assert len(streamed(result("a"), final=final)) == 3


def test_a_file_that_can_not_be_loaded_gets_no_rows() -> None:
    load = CheckResult("load", "The file can be loaded", Verdict.ERROR, 0, 0, "No.")
    waiting = [result(n, "blocked") for n in "abc"]
    assert streamed(load, *waiting, final=report(load, *waiting)) == []


def test_an_error_while_showing_waits_until_the_grading_is_over() -> None:
    class Broken(io.StringIO):
        def write(self, text: str) -> int:
            raise ValueError("no paper")

    stream = Stream(Console(file=Broken()), {"a": "A"}, verbose=True)
    stream(result("a"))  # does not raise
    with pytest.raises(ValueError, match="no paper"):
        stream.finish(report(result("a")))


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ([], "Starting the checks"),
        ([Activity("a", ""), Activity(None, "tensorflow")], "Loading TensorFlow"),
        ([Activity(None, "tensorflow"), Activity("a", "")], "check 1 of 3 · check a holds"),
        ([result("a"), Activity("b", "epoch 2 of 10, loss 0.53")],
         "check 2 of 3 · epoch 2 of 10, loss 0.53"),
        ([Activity("a", ""), Activity("b", ""), result("b")], "check 2 of 3 · check a holds"),
        ([Activity("c", "\x1b[2Ja\nb" + "x" * 99)],
             r"check 1 of 3 · \x1b[2Ja b" + "x" * 30 + "…"),
        ([result("a"), result("b"), result("c")], "Finishing"),
    ],
)  # fmt: skip
def test_the_line_that_tells_what_happens(events: list[Any], told: str) -> None:
    stream = Stream(Console(file=io.StringIO(), width=60), {n: f"check {n} holds" for n in "abc"})
    for event in events:
        stream(event)
    assert stream.now().plain == told


def test_only_a_terminal_gets_the_line() -> None:
    final = report(result("a"), result("b"), result("c"))
    assert not any("check 1" in line for line in streamed(Activity("a", ""), final=final))
    shown = streamed(Activity("a", ""), final=final, force_terminal=True, force_interactive=True)
    assert any("check 1 of 3 · check a holds" in line for line in shown)


def test_an_accident_is_no_mistake() -> None:
    """It is told last, once whatever it struck, beside what is red; nothing is counted."""
    why = "A process was killed from outside. This is not your mistake."
    struck = [result(name, "accident", message=why) for name in "bc"]
    told = report(result("a"), *struck, result("d", "failed", message="Off."))
    shown = lines(*terminal.body(told), terminal.score(told, last={"a": "passed", "b": "passed"}))
    assert [line for line in shown if "!" in line] == [" ! Not graded: check b holds"]
    assert shown.index(" ✗ check d holds") < shown.index(" ! Not graded: check b holds")
    assert shown[-1] == " Not graded: this run does not count · 1.2 s"
    assert not any("newly broken" in line or "points" in line for line in shown)
    assert " ".join(lines(terminal.row(struck[0]))[0].split()) == "! check b holds not graded"
    assert Report.from_dict(told.to_dict()) == told
