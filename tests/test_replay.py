"""``grade replay``: a script that makes the calls of the first failed check, run for real."""

import ast
import base64
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import grader
from grader.course import Course, Exercise
from grader.replay.script import script
from grader.report import CheckResult
from support import (
    GRADE,
    called,
    complaint,
    completions,
    flat,
    new_course,
    program,
    rest,
    said,
    spawn,
    stubs,
)

pytestmark = pytest.mark.thorough


@pytest.fixture
def folder(tmp_path: Path, course: Course) -> Path:
    """A learner's folder."""
    return stubs(course, tmp_path / "work")


def python(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a folder."""
    return program(folder, sys.executable, script, TF_CPP_MIN_LOG_LEVEL="3")


def submit(folder: Path, exercise: Exercise, misconception: str) -> Path:
    """Put a wrong file in the learner's place, and have it graded."""
    path = folder / "exercises" / exercise.stub.name
    shutil.copy(exercise.folder / f"misconceptions/{misconception}.py", path)
    assert called(folder, exercise.id).returncode == 1
    return path


def test_a_failed_call_is_made_again(folder: Path, course: Course) -> None:
    exercise = course.exercise("ex1")
    path = submit(folder, exercise, "accuracy_counts")
    done = called(folder, "replay", "ex1")
    shown = said(done)
    assert "exercises/replay_ex1.py makes the calls of the check that failed" in shown
    assert "The larger arrays are in exercises/replay_ex1.npz." in shown
    assert "next Step through it: python -m pdb exercises/replay_ex1.py" in shown
    text = (folder / "exercises/replay_ex1.py").read_text("utf-8")
    seed = re.search(r"grade ex1 --seed ([0-9a-f]{16})", text)
    assert seed
    report = grader.grade("ex1", path, seed=int(seed[1], 16), checks=["accuracy_fraction"])
    hits = report.checks[0].details["got"]["text"]
    replayed = python(folder / "exercises", "replay_ex1.py")
    assert replayed.stdout.split("\n")[:2] == ["accuracy returned:", f"{float(hits)}"]
    with np.load(folder / "exercises/replay_ex1.npz", allow_pickle=False) as data:
        assert [data[name].dtype for name in data] == [np.float64]


def test_it_holds_inputs_only(folder: Path, course: Course) -> None:
    exercise = course.exercise("ex1")
    submit(folder, exercise, "softmax_axis0")
    said(called(folder, "replay", "ex1"))
    text = (folder / "exercises/replay_ex1.py").read_text("utf-8")
    lines = [line.strip() for line in exercise.checks_file.read_text("utf-8").splitlines()]
    shared = {line for line in lines if line in map(str.strip, text.splitlines())}
    assert shared <= {"", "import numpy as np"}
    names: dict[str, object] = {"np": np}
    code = text[text.index("scores = ") : text.index("result = ")]
    exec(code, names)
    scores = names["scores"]
    assert isinstance(scores, np.ndarray) and scores.dtype == np.float64
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    for number in (powers / powers.sum(axis=1, keepdims=True)).ravel():  # what was expected
        assert f"{number:.6g}" not in text


def test_nothing_is_overwritten(folder: Path, course: Course) -> None:
    submit(folder, course.exercise("ex1"), "softmax_axis0")
    mine = folder / "exercises/replay_ex1.npz"
    mine.write_text("mine")
    assert "exercises/replay_ex1_2.py makes" in said(called(folder, "replay", "ex1"))
    assert "exercises/replay_ex1_3.py makes" in said(called(folder, "replay", "ex1"))
    assert mine.read_text() == "mine"
    written = sorted(path.name for path in folder.glob("exercises/*replay*"))
    assert written == ["replay_ex1.npz", "replay_ex1_2.py", "replay_ex1_3.py"]


def test_step_by_step(folder: Path, course: Course) -> None:
    submit(folder, course.exercise("ex1"), "softmax_axis0")
    seen, code = rest(spawn(folder, GRADE, "replay", "ex1", columns=60))
    assert code == 0
    assert "python -m pdb exercises/replay_ex1.py" in flat(seen)
    assert max(map(len, seen.splitlines())) <= 60
    debugger = spawn(folder, sys.executable, "-m", "pdb", "exercises/replay_ex1.py")
    debugger.expect_exact("(Pdb)")
    debugger.sendline("import sys; sys.path.insert(0, 'exercises'); import ex1_predictions")
    debugger.expect_exact("(Pdb)")
    debugger.sendline("break ex1_predictions.softmax")
    debugger.expect("Breakpoint 1 at")
    debugger.sendline("continue")
    debugger.expect(r"softmax\(\)")
    debugger.sendline("p 'dimensions', scores.ndim")
    debugger.expect_exact("('dimensions', 2)")
    debugger.close(force=True)


def test_without_anything_to_replay(folder: Path, course: Course) -> None:
    exercise = course.exercise("ex1")
    path = folder / "exercises" / exercise.stub.name
    replay = ("replay", "ex1")
    assert complaint(called(folder, *replay)).startswith(
        "ex1 has not been graded yet: run `grade ex1` first."
    )
    called(folder, "ex1")
    nothing = (
        "Nothing failed in your last run of ex1, so there is nothing to replay. next grade ex1"
    )
    assert said(called(folder, *replay)) == nothing  # all is still to be written
    submit(folder, exercise, "softmax_axis0")
    shutil.copy(exercise.solution, path)
    assert "now passes with the inputs from your last run" in said(called(folder, *replay))
    called(folder, "ex1")
    assert said(called(folder, *replay)) == nothing
    path.write_text("def softmax(:\n")
    called(folder, "ex1")
    assert "`grade ex1` shows the line to fix" in complaint(called(folder, *replay))
    path.unlink()
    assert "There is no file exercises/ex1_predictions.py" in complaint(called(folder, *replay))
    assert "There is no exercise 'ex0'" in complaint(called(folder, "replay", "ex0"))
    assert "You are not in a workspace" in complaint(called(folder.parent.parent, *replay))
    assert list(folder.glob("exercises/replay*")) == []


def test_a_file_that_can_not_be_loaded_any_more(folder: Path, course: Course) -> None:
    path = submit(folder, course.exercise("ex1"), "softmax_axis0")
    path.write_text("def softmax(:\n")
    assert "`grade ex1` shows the line to fix" in complaint(called(folder, "replay", "ex1"))


def test_what_the_check_made_up(folder: Path, course: Course) -> None:
    submit(folder, course.exercise("ex3"), "returns_message")
    said(called(folder, "replay", "ex3"))
    text = (folder / "exercises/replay_ex3.py").read_text("utf-8")
    assert "class MadeUp:" in text and "in_turn(" in text
    replayed = python(folder / "exercises", "replay_ex3.py")
    assert replayed.stdout.startswith("fit_error returned:\nthis model's fit was made to fail")


def test_models_and_functions(tmp_path: Path, course: Course, server: grader.Server) -> None:
    exercise = course.exercise("ex7")
    wrong = exercise.folder / "misconceptions/both_scaled.py"
    path = tmp_path / f"{exercise.stem}.py"
    shutil.copy(wrong, path)
    report = grader.grade(
        exercise, path, checks=["each_model_own_scale"], records=True, server=server
    )
    made = scripted(exercise, report.checks[0])
    (tmp_path / "replay.py").write_text(made[0], "utf-8")
    np.savez(tmp_path / "replay.npz", **made[1])
    assert "keras.Sequential([" in made[0]
    replayed = python(tmp_path, "replay.py")
    assert re.search(r"compare returned:\n\{'raw': (0\.\d+), 'scaled': \1\}", replayed.stdout)


def scripted(exercise: Exercise, check: CheckResult) -> tuple[str, dict[str, np.ndarray]]:
    """The script for a check that failed, and its arrays."""
    made = script(
        [base64.b64decode(frame) for frame in check.details["calls"]["frames"]],
        module=exercise.stem,
        stub=exercise.made_stub(),
        tensorflow=True,
        comments=[check.title],
    )
    ast.parse(made.text)
    return made.text, made.arrays


def test_calls_are_told_only_if_asked_for(course: Course, server: grader.Server) -> None:
    exercise = course.exercise("ex1")
    wrong = exercise.folder / "misconceptions/softmax_axis0.py"
    report = grader.grade(exercise, wrong, checks=["softmax_values"], server=server)
    assert report.checks[0].verdict == "failed" and report.checks[0].details["calls"] is None


CHECKS = '''
import numpy as np
from grader.checks import expect


def test_brightness(learner, rng):
    """It is bright"""
    for size in (3, {size}):
        images = rng.random((1, size, {other}))
        got = learner.brightness(images)
    expect.that(False, "No.")
'''


@pytest.mark.parametrize(("size", "other"), [(5_000_000, 1), (2_400_000, 1), (0, 1)])
def test_bounded(tmp_path: Path, size: int, other: int) -> None:
    root = new_course(tmp_path / "course", "first")
    shutil.copytree(root / "exercises", tmp_path / "work/exercises")
    checks = CHECKS.format(size=size, other=other)
    (root / "solutions/ex1_first/checks.py").write_text(checks, "utf-8")
    shutil.copy(root / "solutions/ex1_first/solution.py", tmp_path / "work/exercises/ex1_first.py")
    course = ("--course", "../course")
    called(tmp_path / "work", "ex1", *course)
    done = called(tmp_path / "work", "replay", "ex1", *course)
    if size == 5_000_000:
        assert "can't be replayed: its inputs take more than 32 MB." in complaint(done)
        return
    assert f"grade ex1 {' '.join(course)}" in said(done)
    replayed = python(tmp_path / "work/exercises", "replay_ex1.py")
    assert replayed.stdout.startswith("brightness returned:\n[")
    text = (tmp_path / "work/exercises/replay_ex1.py").read_text("utf-8")
    assert text.count("ex1_first.brightness(") == 2


def test_completion_and_help(folder: Path) -> None:
    assert completions(folder, "grade replay ex1") == ["ex1"]
    shown = called(folder, "--help").stdout
    work = shown[shown.index("╭─ Work") : shown.index("╭─ Understand")]
    verbs = re.findall(r"^│ (\w+) ", work, re.M)
    assert verbs.index("watch") < verbs.index("hint") < verbs.index("replay")


@pytest.mark.slow
@pytest.mark.parametrize("name", [f"ex{n}" for n in range(1, 9)])
def test_every_misconception_is_replayable(
    name: str, course: Course, server: grader.Server
) -> None:
    exercise = course.exercise(name)
    for each in exercise.misconceptions:
        report = grader.grade(exercise, each.path, checks=[each.fails], records=True, server=server)
        scripted(exercise, report.checks[0])
