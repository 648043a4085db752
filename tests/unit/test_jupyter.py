"""What ``%grade`` sends of a kernel, and what it shows."""

import json
import re
from dataclasses import replace

import pytest

from grader.engine.notebook import MAX_CELLS, read
from grader.engine.precheck import precheck
from grader.jupyter.cells import executed, not_defined, placed, worked_on
from grader.jupyter.page import html, plain
from grader.report import CheckResult, Protection, Report, Verdict
from grader.submission import MAX_SIZE, Code, Lines


def numbers(*history: str) -> list[int]:
    return [cell.number for cell in read(executed(["", *history]))]


def test_cells_have_the_numbers_of_the_kernel() -> None:
    assert numbers("x = 1", "", "def f(): return x") == [1, 3]
    found = precheck(executed(["", "x = 1", " ", "x = 2", "def f():\n    return x"]), ("f",))
    assert isinstance(found, Code)
    line = found.text.split("\n").index("    return x") + 1
    assert Lines(found.text, found.cells).place(line) == "cell 4, line 2"


def test_a_cell_that_ran_again_counts_once_and_late() -> None:
    assert numbers("a = 1", "b = 2", "a = 1", "c = 3") == [2, 3, 4]


def test_the_newest_cells_of_a_long_session() -> None:
    many = [f"x = {number}" for number in range(MAX_CELLS + 5)]
    assert numbers(*many)[0] == 6
    large = ["#" * (MAX_SIZE // 2), "a = 1", "#" * (MAX_SIZE // 2) + "\n"]
    assert numbers(*large) == [2, 3]
    assert isinstance(precheck(executed(["", *large, "def f(): pass"]), ("f",)), Code)


def test_any_source_can_be_sent() -> None:
    sent = executed(["", "print('\ud800 \0 \u2028')", "def f(): pass"])
    assert json.loads(sent)["cells"][0]["source"] == "print('\ud800 \0 \u2028')"
    assert isinstance(precheck(sent, ("f",)), Code)


STRANGE = "<script>alert('x')</script> & \x1b[31m\u202e"
FAILED = CheckResult(
    "a",
    f"Title {STRANGE}",
    Verdict.FAILED,
    0,
    2,
    f"Message {STRANGE}",
    {
        "expected": {"kind": "value", "text": STRANGE, "type": "str"},
        "got": {
            "kind": "array",
            "text": "[1 2]" * 100,
            "shape": [200],
            "dtype": "int64",
            "min": 1,
            "max": 2,
            "nan": 0,
        },
        "given": {STRANGE: {"kind": "value", "text": "3", "type": "int"}},
        "lines": [{"number": 3, "text": STRANGE, "current": True, "cell": 7}],
        "exception": {"type": "ValueError", "message": f"Whole {STRANGE}"},
        "printed": STRANGE,
    },
    hint=f"Hint {STRANGE}",
)
REPORT = Report(
    "ex3_flatten",
    "Why & why",
    "notebook",
    7,
    (CheckResult("b", "First", Verdict.PASSED, 1, 1), FAILED, replace(FAILED, name="c")),
    Protection("partial", ("notebook",)),
    {},
    1.0,
    notes=(f"Note {STRANGE}",),
)


def test_nothing_of_a_stranger_is_markup() -> None:
    page = html(REPORT, [("or get a hint:", "%grade hint ex3")], f"Practice {STRANGE}")
    assert "<script" not in page and "\x1b" not in page and "\u202e" not in page
    assert page.count("&lt;script&gt;") >= 9
    tags = {tag.lower() for tag in re.findall(r"<(\w+)", page)}
    assert tags <= {*["div", "b", "i", "table", "tr", "td", "pre", "details", "summary", "code"]}
    assert not re.search(r"<[^>]*(?:on\w+=|src=|href=)", page)


@pytest.mark.parametrize("shown", ["ex3 · Why &amp; why", "Title", "❱   3", "%grade hint ex3"])
def test_what_a_page_has(shown: str) -> None:
    assert shown in html(REPORT, [("or get a hint:", "%grade hint ex3")], "Practice.")


def test_no_color_but_of_marks_and_no_background() -> None:
    """Words have the theme's own colors, so that they are seen on white and on black."""
    page = html(REPORT, [], "Practice.")
    assert set(re.findall(r"(?<![-\w])color:([^;']+)", page)) == {
        "inherit", "#2a9d4e", "#d9463a", "#8a8a8a"
    }  # fmt: skip
    assert set(re.findall(r"background:([^;']+)", page)) == {"none"}


def test_a_pass_and_a_file_that_can_not_be_loaded() -> None:
    passed = replace(REPORT, checks=REPORT.checks[:1])
    assert "✓ The check passed" in html(passed, [("Next:", "%grade quiz ex3")], "Practice.")
    assert "verified" not in html(passed, [], "").lower()
    load = replace(REPORT, checks=(replace(FAILED, name="load"), *REPORT.checks))
    assert "<table" not in html(load, [], "")


def test_what_is_to_be_written_is_said_first() -> None:
    """As in a terminal: an untouched notebook, one that is right so far, one that lacks craft."""
    todo = CheckResult("a", "Labels", Verdict.TODO, 0, 2, "predicted_labels is not written yet.")
    done = CheckResult("b", "First", Verdict.PASSED, 1, 1)
    untouched = html(replace(REPORT, checks=(todo,)), [], "")
    assert "haven&#x27;t written anything yet" in untouched and todo.title in untouched
    some = html(replace(REPORT, checks=(done, todo)), [], "")
    assert "Everything so far is correct. Next:" in some and todo.message in some
    assert "Next:" not in html(REPORT, [], "") + html(replace(REPORT, checks=(done,)), [], "")
    craft = replace(FAILED, name="c", craft=True)
    assert "The lesson itself is done" in html(replace(REPORT, checks=(done, craft)), [], "")


def test_the_same_as_text() -> None:
    text = plain(REPORT, [("or get a hint:", "%grade hint ex3")], "Practice.")
    assert text.startswith(" ex3 · Why & why")
    assert text.splitlines()[-1] == " Practice."
    assert "\x1b" not in text and "%grade hint ex3" in text
    assert max(map(len, text.splitlines())) <= 80


def test_what_is_graded_has_not_changed() -> None:
    """Cells around it may come and go; a line, its place or what it uses may not."""
    first = ["", "x = 1", "def f():\n    return x", "%grade ex1"]
    graded = placed(executed(first), ("f",))
    assert graded == (
        ("cell 1, line 1", "x = 1"),
        ("cell 2, line 1", "def f():"),
        ("cell 2, line 2", "    return x"),
    )
    assert placed(executed([*first, "print(f())", "y = 3", "%grade ex1"]), ("f",)) == graded
    for more in ("x = 2", "def f():\n    return 1", "def f():\n    return x", "x = 1"):
        assert placed(executed([*first, more, "%grade ex1"]), ("f",)) != graded, more
    assert placed(executed([*first, "def f(:"]), ("f",)) == () == placed(executed([""]), ("f",))


def test_a_function_whose_cell_has_not_run() -> None:
    """A call of it is no definition."""
    ran = ["", "%load_ext grader", "print(f(), g)", "x = 1\ndef g():\n    return 1", "h = g"]
    assert not_defined(ran, ("g", "h", "f")) == "f"
    assert not_defined(ran, ("h", "g")) == ""
    assert not_defined([""], ("f",)) == "f"


def test_grade_alone_is_about_the_exercise_whose_cells_ran_last() -> None:
    required = {"ex1": ("f", "shared"), "ex2": ("g", "shared"), "ex3": ("h",), "ex4": ()}
    first, second = "def f(): ...\ndef shared(): ...", "def g(): ...\ndef shared(): ..."
    assert worked_on(["", "%load_ext grader", "def f(): ...", "x = 1"], required) == ""
    assert worked_on(["", first, "print(f())"], required) == "ex1"
    assert worked_on(["", first, "def g(): ..."], required) == "ex2"
    assert worked_on(["", first, second, "def shared(): ..."], required) == "ex2"
    assert worked_on(["", first, second, "%%grade ex1\ndef f(): ..."], required) == "ex1"
    assert worked_on(["", second, "def h(): ...", "def f(): ..."], required) == "ex1"
    assert worked_on(["", second, "def h(): ..."], required) == "ex3"
