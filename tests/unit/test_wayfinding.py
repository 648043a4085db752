"""Commands without an exercise take the one that the learner is at; grade remembers where."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.cli import last
from grader.cli.context import Context
from grader.course import Course
from grader.details import Details
from grader.quiz.store import Answer, QuizStore
from grader.report import Verdict
from grader.workspace import Workspace
from support import called, complaint, made_report, next_step


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Context:
    (tmp_path / "work/exercises").mkdir(parents=True)
    for exercise in Course.open().exercises:
        (tmp_path / "work/exercises" / exercise.stub.name).touch()
    monkeypatch.chdir(tmp_path / "work")
    return Context()


def grade(context: Context, name: str, passed: bool) -> None:
    """Keep a grading of an exercise."""
    exercise = context.course.exercise(name)
    wrong = {} if passed else {exercise.checks[0].name: (Verdict.FAILED, "No.", Details())}
    report = made_report(exercise, **wrong)
    context.keep(replace(report, versions={"grader": "1"}))


def test_the_exercise_that_one_is_at(context: Context) -> None:
    def at() -> tuple[str, str]:
        fresh = Context()
        return fresh.own(None).exercise.id, fresh.own(None, passed=True).exercise.id

    assert at() == ("ex1", "ex1")  # nothing was graded
    grade(context, "ex2", False)
    assert at() == ("ex2", "ex2")
    grade(context, "ex1", True)
    assert at() == ("ex2", "ex1")  # ex1 has passed: its solution may be meant
    grade(context, "ex2", True)
    assert at() == ("ex3", "ex2")
    grade(context, "ex5", False)
    grade(context, "ex4", False)
    assert at() == ("ex4", "ex4")
    for exercise in context.course.exercises:
        grade(context, exercise.id, True)
    assert at() == ("ex8", "ex8")
    assert Context().own("ex3").exercise.id == "ex3"


def test_what_nobody_has_written_is_not_begun(context: Context) -> None:
    """``grade all`` in a new folder, or a look at the next exercise, begins nothing."""
    for exercise in context.course.exercises:
        todo = {each.name: (Verdict.TODO, "Write it.", Details()) for each in exercise.checks}
        context.keep(replace(made_report(exercise, **todo), versions={"grader": "1"}))
    assert Context().current().id == "ex1"
    grade(context, "ex3", False)
    assert Context().current().id == "ex3"
    grade(context, "ex3", True)
    assert Context().current().id == "ex1"
    first = context.course.exercise("ex1")
    some = {each.name: (Verdict.TODO, "Write it.", Details()) for each in first.checks[1:]}
    context.keep(replace(made_report(first, **some), versions={"grader": "1"}))
    grade(context, "ex2", True)
    assert Context().current().id == "ex1", "one of its checks has passed"


def test_every_screen_names_the_same_exercise(context: Context) -> None:
    grade(context, "ex2", False)
    grade(context, "ex4", False)
    assert Context().current().id == Context().own(None).exercise.id == "ex4"
    for words in ([], ["list"]):
        assert next_step(called(Path.cwd(), *words)).endswith("grade ex4")
    assert "Lesson 4" in called(Path.cwd(), "lesson").stdout


def test_what_follows_a_lesson_and_a_lab(context: Context) -> None:
    """What is to be written comes before its quiz."""
    steps = "See it: grade lab ex3 Write it: grade ex3 Check yourself: grade quiz ex3"
    assert next_step(called(Path.cwd(), "lesson", "ex3")) == steps
    lab = ("lab", "ex3", "without_flatten", "--recorded")
    write = "Write your code in exercises/ex3_flatten.py, then run grade ex3"
    others = "Other experiments: grade lab"
    assert next_step(called(Path.cwd(), *lab)).startswith(f"{write} {others} The experiments are")
    grade(context, "ex3", True)
    quiz = "Check your understanding: grade quiz ex3"
    assert next_step(called(Path.cwd(), *lab)).startswith(f"{quiz} {others} The experiments are")
    done = called(Path.cwd(), "lab", "ex0", "sixteen", "--recorded")
    assert next_step(done).startswith(f"{others} The experiments are")


def test_a_question_of_a_lab_begins_no_quiz(context: Context) -> None:
    exercise, store = context.course.exercise("ex1"), context.require_workspace().store
    for attempt, quizzed in ((0, False), (1, True)):
        now = datetime.now(UTC)
        answer = Answer(exercise.stem, "noise-is-a-bag", attempt, "[]", 1.0, now)
        QuizStore(store).keep(answer, lambda card: None)
        assert Context().known(exercise)[exercise].quizzed is quizzed


def test_the_last_workspace_is_named_elsewhere(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course, state = context.course, tmp_path / "state"
    (tmp_path / "disk").mkdir()
    state.symlink_to(tmp_path / "disk")  # as home folders are on some systems
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    assert last.last(course) is None
    grade(context, "ex1", True)
    assert last.last(course) == tmp_path / "work"
    (tmp_path / "elsewhere").mkdir()
    told = complaint(called(tmp_path / "elsewhere", "hint", XDG_STATE_HOME=str(state)))
    assert f"You last worked in {tmp_path}/work: go there with `cd {tmp_path}/work`" in told
    kept = state / "eight-questions/workspace"
    assert kept.stat().st_mode & 0o077 == 0 or kept.parent.stat().st_mode & 0o077 == 0
    for content in (b"work", b"/", os.fsencode(tmp_path), b"\xff" * 9000, b"a\0b", b""):
        kept.write_bytes(content)
        assert last.last(course) is None, content
    last.remember(tmp_path / "work")
    assert last.last(course) == tmp_path / "work"
    (tmp_path / "work/exercises").rename(tmp_path / "gone")
    assert last.last(course) is None


def test_nothing_is_remembered_where_nothing_can_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", os.devnull)
    last.remember(tmp_path)
    assert last.last(Course.open()) is None


def test_a_workspace_is_found_by_its_root_only(context: Context) -> None:
    assert Workspace.find(context.course) == Workspace(Path.cwd(), make=context.make)
