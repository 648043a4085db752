"""Feedback as HTML and Markdown: what the terminal shows, and no markup of a learner's."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from grader.course import Course
from grader.pages import feedback
from grader.report import CheckResult, Verdict
from support import SMALL, made_report

GITHUB = MarkdownIt("gfm-like", {"html": True, "linkify": False})
EX1 = Course.open(SMALL).exercises[0]
EVIL = "<img src=x onerror=alert(1)> **bold** [a](http://x) # \\ ``` & \x1b[31m\u202e"
DETAILS = {
    "expected": {"kind": "array", "text": "[1 2]", "shape": [2], "dtype": "int64", "min": 1,
                 "max": 2, "nan": 0},
    "got": {"kind": "value", "text": EVIL, "type": "str"},
    "given": {"values": {"kind": "value", "text": "[3, 4]", "type": "list"}},
    "difference": {"count": 1, "of": 2, "first": {"index": [1], "expected": "2", "got": "3"},
                   "worst": {"index": [1], "expected": "2", "got": "3"}},
    "exception": {"type": "ValueError", "message": f"whole message {EVIL}"},
    "lines": [{"number": 9, "text": "x = 1", "current": False},
              {"number": 10, "text": EVIL, "current": True}],
    "printed": "\n".join(f"line {n} ```" for n in range(100)),
}  # fmt: skip
REPORT = made_report(EX1, shares_values=(Verdict.FAILED, EVIL, DETAILS))


@pytest.mark.parametrize("write", [feedback.html, feedback.markdown])
def test_all_that_the_terminal_shows(write) -> None:
    text = write(REPORT, "ex1", ["Handed in late."])
    for words in ("3 of 5 points", "2 of 3 checks", "2/2", "0/2", "10 |", "whole message",
                  "int64", "[1 2]", "[3, 4]", "line 0", "line 99", "80 more lines",
                  "What do all the shares add up to"):  # fmt: skip
        assert words in text.replace("\\", ""), words
    assert "line 50 " not in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_nothing_of_a_learners_is_markup() -> None:
    written = feedback.html(REPORT, "ex1")
    assert "<img" not in written
    rendered = GITHUB.render(feedback.markdown(REPORT, "ex1"))
    assert set(re.findall("<([a-z0-9]+)", rendered)) == {
        "h1", "h2", "p", "ul", "li", "pre", "code", "strong"
    }  # fmt: skip
    assert rendered.count("<strong>") == 1, "only the hint's label"
    assert "&lt;img src=x onerror=alert(1)&gt; **bold** [a](http://x)" in rendered


@given(st.text())
def test_any_message_comes_back_as_it_was(message: str) -> None:
    report = made_report(EX1, shares_values=(Verdict.FAILED, message, {}))
    rendered = GITHUB.render(feedback.markdown(report, "ex1"))
    assert set(re.findall("<([a-z0-9]+)", rendered)) <= {"h1", "h2", "p", "ul", "li", "strong"}


def test_an_accident_costs_nothing() -> None:
    report = made_report(EX1, shares_values=(Verdict.ACCIDENT, "The process was killed.", {}))
    for text in (feedback.html(report, "ex1"), feedback.markdown(report, "ex1")):
        plain = text.replace("\\", "")
        assert "It costs no points." in plain
        assert "The process was killed." in plain
        assert " of 5 points" not in plain


def test_a_file_that_could_not_be_loaded() -> None:
    load = CheckResult("load", "The file loads", Verdict.ERROR, 0, 0, "line 3: invalid syntax")
    waits = (replace(c, verdict=Verdict.BLOCKED, points=0, message="") for c in REPORT.checks)
    text = feedback.markdown(replace(REPORT, checks=(load, *waits)), "ex1")
    assert "## The file could not be loaded\n\nline 3: invalid syntax" in text
    assert "0 of 3 checks" in text


def test_what_is_not_written_yet_has_a_next_step() -> None:
    report = made_report(EX1, shares_values=(Verdict.TODO, "shares is not written yet", {}))
    text = feedback.markdown(report, "ex1")
    assert "## What to do next\n\nshares is not written yet" in text
    assert "**Hint:** What do all the shares add up to?" in text
