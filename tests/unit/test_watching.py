"""What ``grade watch`` says of a grading, where keys and failures come at bad moments."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from grader.cli.context import Context, OwnFile
from grader.cli.watching.loop import Running, Watching, keyed
from grader.course import Course
from grader.render.screen import Screen
from grader.render.stream import Stream
from support import made_report


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Context:
    """Of a learner with all stubs, whose screen is kept."""
    (tmp_path / "exercises").mkdir()
    for exercise in Course.open().exercises:
        (tmp_path / "exercises" / exercise.stub.name).write_text(exercise.made_stub(), "utf-8")
    monkeypatch.chdir(tmp_path)
    found = Context()
    found.console = Screen(file=io.StringIO(), width=100)
    return found


def grading(context: Context) -> tuple[Watching, Running]:
    """The first exercise is being graded."""
    exercise, workspace = context.course.exercises[0], context.require_workspace()
    nobody = cast(Any, None)
    watching = Watching(context, workspace, nobody, None, nobody, keys=True, drawn=False)
    own = OwnFile(context, workspace, exercise)
    known = context.known(exercise)[exercise]
    watching._running = Running(own, known, Stream(context.console, {}))
    return watching, watching._running


def shown(context: Context) -> str:
    return cast(io.StringIO, context.console.file).getvalue()


def test_what_is_said_names_the_keys(context: Context) -> None:
    """Nothing can be typed there; what no key does stays a command."""
    exercises = context.course.exercises
    first, *_, last = exercises
    own = OwnFile(context, context.require_workspace(), first)
    assert own.command("hint") == "grade hint ex1" and own.change(red=True)[1] == "grade ex1"
    with keyed(first, exercises):
        keys = [own.command(verb) for verb in ("hint", "quiz", "reset")]
        assert keys == ["h", "q", "r"]
        assert own.change(red=False)[0].endswith("and save the file") and not own.change(True)[1]
        assert context.command("ex2") == "n" and context.command() == "l"
        assert context.command("review") == "grade review"
        assert context.command("quiz", "ex2") == "grade quiz ex2"
        called = Context().command("hint", "ex1")
    assert called == "h" and own.command("hint") == "grade hint ex1"
    with keyed(last, exercises):
        assert context.command("ex2") == "grade ex2", "there is no next one"
    with keyed(first, exercises, keys=False):
        assert own.command("hint") == "grade hint ex1"


def test_a_key_that_comes_too_late_interrupts_nothing(context: Context) -> None:
    watching, running = grading(context)
    watching._press("n")
    assert running.cancel.is_set() and "not been graded to the end" in watching._note
    watching._end(made_report(running.own.exercise))
    assert watching._note == "" and "checks passed" in shown(context)


def test_a_result_is_kept_although_the_one_before_was_not(context: Context) -> None:
    watching, running = grading(context)
    context.loss = "the disk is full."
    watching._end(replace(made_report(running.own.exercise), versions={"grader": "1"}))
    assert context.loss == "" and "Nothing was saved" not in shown(context)
    assert context.require_workspace().progress.standings()[running.own.exercise.stem].passed
