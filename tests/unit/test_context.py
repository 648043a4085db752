"""How a command knows where it is, what comes next, and what could not be read or kept."""

import json
import sys
from pathlib import Path

import pytest

import grader
from grader.cli.context import Context, Known, OwnFile
from grader.cli.exits import Complaint
from grader.cli.words import named_course
from grader.course import Course
from grader.workspace import Workspace

COURSE = Path(__file__).resolve().parent.parent / "courses" / "quizzes"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's folder that one is in."""
    (tmp_path / "exercises").mkdir()
    stub = Course.open(COURSE).exercises[0].stub
    (tmp_path / "exercises" / stub.name).write_bytes(stub.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_next_command_names_the_course_again() -> None:
    assert Context().command("quiz", "ex3") == "grade quiz ex3"
    assert Context(Path("my course")).command("ex3") == "grade ex3 --course 'my course'"
    assert Context(Path("c"), ("python3", "-m", "grader")).make == (
        "python3 -m grader init work --course c"
    )


def test_a_module_is_started_as_it_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    module = str(Path(grader.__file__).with_name("__main__.py"))
    monkeypatch.setattr(sys, "argv", [module, "ex 1", "--json"])
    typed = [".venv/bin/python", "-X", "utf8", "-m", "grader", "ex 1", "--json"]
    monkeypatch.setattr(sys, "orig_argv", typed)
    assert Context().program == (".venv/bin/python", "-X", "utf8", "-m", "grader")
    monkeypatch.setattr(sys, "argv", ["/there/bin/grade", "ex1"])
    assert Context().program == ("grade",)


def test_a_command_for_another_folder(here: Path) -> None:
    there = Context(Path("c"), ("bin/python", "-m", "grader")).elsewhere()
    assert there.command("ex1") == f"{here}/bin/python -m grader ex1 --course {here}/c"
    assert Context().elsewhere().command("ex1") == "grade ex1"


@pytest.mark.parametrize(
    ("words", "course"),
    [
        ([], None),
        (["--json"], None),
        (["--course"], None),
        (["--course", "a b", "--json"], Path("a b")),
        (["--json", "--course=c"], Path("c")),
    ],
)
def test_the_course_that_words_name(words: list[str], course: Path | None) -> None:
    assert named_course(words) == course


def test_without_a_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    context = Context(COURSE)
    exercise = context.course.exercises[0]
    assert context.tried(lambda workspace: workspace.root, None) is None
    assert context.submission(exercise) == exercise.stub  # the course's own: it was named
    assert context.not_kept == f"you are not in a workspace. `{context.make}` makes one."
    with pytest.raises(Complaint, match="You are not in a workspace"):
        context.own("ex1")
    with pytest.raises(Complaint, match="You are not in a workspace"):
        Context().submissions()


def test_progress_that_can_not_be_read(here: Path) -> None:
    (here / ".grade").mkdir()
    (here / ".grade" / "progress.sqlite3").write_bytes(b"no database" * 100)
    context = Context(COURSE)
    exercise = context.course.exercises[0]
    assert context.known(exercise) == {exercise: Known()}
    assert context.not_kept == ""  # nothing was to be kept yet
    assert context.tried(lambda workspace: workspace.progress.can_keep(), None) is None
    assert "Move the file away" in context.loss
    assert context.not_kept == context.loss


def test_a_file_from_elsewhere_leaves_no_trace(here: Path, tmp_path: Path) -> None:
    context = Context(COURSE)
    context.keep_nothing_of(here / "exercises" / "draft.py")
    assert context.not_kept == "" and context.workspace is not None
    context.keep_nothing_of(tmp_path.parent / "draft.py")
    assert context.workspace is None
    assert (
        context.not_kept == f"{tmp_path.parent}/draft.py is not in the workspace that you are in."
    )


def test_a_learners_own_file(here: Path) -> None:
    own = Context(COURSE).own("ex1")
    assert isinstance(own, OwnFile)
    assert own.file == "exercises/ex1_adding.py"
    assert own.command("solution", "--give-up").startswith("grade solution ex1 --give-up --course ")
    assert own.source() == own.exercise.stub.read_text("utf-8")
    own.path.unlink()
    with pytest.raises(Complaint, match=r"grade reset ex1 --course .* restores"):
        own.content()


def test_a_notebook_from_before_a_function_came_is_read(tmp_path: Path) -> None:
    course = Course.open()
    exercise = next(each for each in course.exercises if each.later)
    needed = "".join(f"def {name}():\n    return 1\n" for name in exercise.required)
    cell = {"cell_type": "code", "execution_count": 1, "source": needed}
    data = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    own = OwnFile(Context(), Workspace(tmp_path), exercise)
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / f"{exercise.stem}.ipynb").write_text(json.dumps(data))
    assert own.path.suffix == ".ipynb"
    assert "def " in own.source() and not any(name in own.source() for name in exercise.later)
