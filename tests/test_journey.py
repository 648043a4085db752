"""A learner's day: a folder of one's own, where one stands, hints, a new start, a solution."""

import json
import re
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from rich.cells import cell_len

from grader.course import Course, Exercise
from grader.progress import SCHEMAS
from grader.quiz.store import Answer, Card, QuizStore
from grader.report import CheckResult, Protection, Report, Verdict
from grader.workspace import Workspace, WorkspaceError
from support import (
    FIRST,
    GRADE,
    SMALL,
    called,
    complaint,
    completions,
    flat,
    imported,
    next_step,
    rest,
    run,
    spawn,
    stubs,
)


@pytest.fixture
def workspace(tmp_path: Path, course: Course) -> Workspace:
    """A learner's folder as ``grade init`` makes it."""
    return Workspace(stubs(course, tmp_path / "work"))


def keep(
    workspace: Workspace, exercise: Exercise, *verdicts: str, edition: str = "", hint: str = ""
) -> None:
    """Keep a grading: these verdicts for the first checks, the last of them for all others."""
    checks = []
    for number, check in enumerate(exercise.checks):
        verdict = Verdict(verdicts[min(number, len(verdicts) - 1)])
        points = check.points if verdict is Verdict.PASSED else 0
        checks.append(
            CheckResult(check.name, check.title, verdict, points, check.points,
                        concept=check.concept, hint=hint or check.hints[0])
        )  # fmt: skip
    report = Report(
        exercise.stem, exercise.title, FIRST, 1, tuple(checks), Protection("full"),
        {"grader": "0.1.0"}, 1.0, edition or exercise.hash,
    )  # fmt: skip
    workspace.progress.save(report)


# grade init


def test_init_writes_what_everyone_starts_from(tmp_path: Path, course: Course) -> None:
    done = called(tmp_path, "init", "work")
    first = "cd work Look at the data: grade lab ex0"
    write = f"Write your code in {FIRST}, then run grade ex1"
    assert next_step(done) == f"{first} {write} or have it graded on every save: grade watch"
    for exercise in course.exercises:
        path = tmp_path / "work/exercises" / exercise.stub.name
        assert path.read_text("utf-8") == exercise.made_stub()
        assert f" wrote  work/exercises/{path.name}\n" in done.stdout
    guide = (tmp_path / "work/README.md").read_text("utf-8")
    assert all(f"- {e.id}: {e.title}\n" in guide for e in course.exercises)
    files = [p for p in (tmp_path / "work").rglob("*") if p.is_file() and ".grade" not in p.parts]
    assert len(files) == len(course.exercises) + 1


def test_a_terminal_that_does_not_find_grade_is_told_how(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after ``.venv/bin/grade init work``."""
    script = tmp_path / "env/bin/activate"
    script.parent.mkdir(parents=True)
    script.touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "env"))
    step = "Let this terminal find grade: source env/bin/activate"
    assert next_step(called(tmp_path, "init", "work", PATH="")).startswith(f"{step} cd work")
    guide = (tmp_path / "work/README.md").read_text("utf-8")
    assert f"`source {script}` lets it find `grade`" in guide
    assert step not in flat(called(tmp_path, "init", "work").stdout)
    found = tmp_path / "elsewhere/grade"
    found.parent.mkdir()
    found.touch(0o755)
    called(tmp_path, "init", "other", PATH=str(found.parent))
    assert "source" not in (tmp_path / "other/README.md").read_text("utf-8")


def test_the_commands_of_the_guide_exist(tmp_path: Path) -> None:
    called(tmp_path, "init")
    guide = (tmp_path / "README.md").read_text("utf-8")
    shown = called(tmp_path, "--help").stdout
    verbs = set(re.findall(r"`grade (\w+)", guide)) - {"ex1"}
    assert verbs >= {"lesson", "lab", "words", "quiz", "review", "replay", "solution"}
    for verb in verbs:
        assert re.search(rf"^│ {verb} ", shown, re.MULTILINE), verb


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    (tmp_path / FIRST).write_text("mine = 1\n")
    (tmp_path / "README.md").write_text("mine\n")
    (tmp_path / "exercises/ex3_flatten.py").symlink_to("nowhere")
    done = called(tmp_path, "init")
    assert done.stdout.count(" kept ") == 3 and f" kept   {FIRST}\n" in done.stdout
    assert (tmp_path / FIRST).read_text() == "mine = 1\n"
    assert (tmp_path / "README.md").read_text() == "mine\n"
    assert (tmp_path / "exercises/ex3_flatten.py").is_symlink()
    again = called(tmp_path, "init", ".")
    assert " wrote " not in again.stdout and "Nothing was changed." in again.stdout


def test_init_where_it_can_not_be(workspace: Workspace, tmp_path: Path) -> None:
    told = complaint(called(workspace.root / "exercises", "init"))
    assert told.startswith(
        f"This folder is inside {workspace.root}, which already has the exercises"
    )
    (tmp_path / "notes").write_text("")
    for words in (["notes"], ["notes/work"], [str(tmp_path / "notes")]):
        assert "notes is a file, not a folder" in complaint(called(tmp_path, "init", *words))
    assert "can't be written (" in complaint(called(tmp_path, "init", "/proc/work"))


def test_init_for_colab(tmp_path: Path) -> None:
    """The first cell installs the grader; what is no address is refused, and nothing is made."""
    for words, told in (
        (["--install", "x"], "Add --notebooks"),
        (["--notebooks", "--install", "a; rm b"], "--install takes what pip can install"),
        (["--notebooks", "--install", "-e."], "--install takes what pip can install"),
    ):
        assert told in complaint(called(tmp_path, "init", "work", *words))
    assert not (tmp_path / "work").exists()
    address = "https://example.org/a.whl"
    called(tmp_path, "init", "work", "--notebooks", "--install", address)
    made = (tmp_path / "work/exercises/ex1_predictions.ipynb").read_text("utf-8")
    assert f"%pip install -q {address}" in made


def test_init_on_a_full_disk_leaves_nothing_half_written(tmp_path: Path, course: Course) -> None:
    told = complaint(run(tmp_path, "init", "work", most=2800))
    assert "can't be written (File too large); what was there is unchanged." in told
    for path in (tmp_path / "work").rglob("*.*"):
        assert path.read_text("utf-8") == course.exercise(path.name).made_stub()
    assert "then run grade ex1 or" in next_step(called(tmp_path, "init", "work"))


# grade


def test_overview_without_a_folder(tmp_path: Path, course: Course) -> None:
    done = called(tmp_path)
    assert next_step(done) == "Make a folder to work in: grade init work"
    for exercise in course.exercises:
        assert re.search(rf"^ ○ {exercise.id}  {re.escape(exercise.title)} ", done.stdout, re.M)
    assert list(tmp_path.iterdir()) == []


def test_overview_tells_what_is_next(workspace: Workspace, course: Course) -> None:
    first, second, third = course.exercises[:3]
    assert next_step(called(workspace.root)) == f"Write your code in {FIRST}, then run grade ex1"
    keep(workspace, second, "passed", "failed")
    below = workspace.root / "exercises"
    assert next_step(called(below)).endswith(f"Continue with: grade {second.id}")
    keep(workspace, second, "passed")
    keep(workspace, first, "passed")
    done = called(workspace.root)
    assert f" 2 of {len(course.exercises)} exercises passed\n" in done.stdout
    if not first.quiz.is_file() and not second.quiz.is_file():
        assert next_step(done).endswith(f"grade {third.id}")


def test_the_best_score_is_kept(workspace: Workspace, course: Course) -> None:
    exercise = course.exercises[0]
    most = sum(check.points for check in exercise.checks)
    keep(workspace, exercise, "passed", "failed")
    some = exercise.checks[0].points
    assert re.search(rf" ○ ex1 .* {some}/{most} +\d\d:\d\d\b", called(workspace.root).stdout)
    keep(workspace, exercise, "passed")
    keep(workspace, exercise, "failed")
    assert re.search(rf" ✓ ex1 .* {most}/{most} +\d\d:\d\d\b", called(workspace.root).stdout)
    with sqlite3.connect(workspace.store.path) as connection:
        long_ago = datetime.now(UTC) - timedelta(days=3)
        connection.execute("UPDATE grading SET at = ?", (long_ago.isoformat(),))
    assert " 3 days ago" in called(workspace.root).stdout


def test_scores_of_an_older_edition_are_marked(workspace: Workspace, course: Course) -> None:
    exercise = course.exercises[0]
    most = sum(check.points for check in exercise.checks)
    keep(workspace, exercise, "passed", edition="older")
    done = called(workspace.root)
    assert re.search(rf" ○ ex1 .* {most}/{most}\* ", done.stdout)
    assert " * graded with an older version of the checks; grade again to update\n" in done.stdout
    assert next_step(done) == "Its checks have changed. Grade it again: grade ex1"
    keep(workspace, exercise, "failed")
    done = called(workspace.root)
    assert re.search(rf" ○ ex1 .* 0/{most} ", done.stdout) and "edition" not in done.stdout


def test_quizzes_and_what_comes_back(tmp_path: Path) -> None:
    course = ("--course", str(SMALL))
    exercise = Course.open(SMALL).exercises[0]
    called(tmp_path, "init", *course)
    workspace = Workspace(tmp_path)
    done = called(tmp_path, *course)
    assert re.search(r"exercise +best +last run +quiz +due\n", done.stdout)
    keep(workspace, exercise, "passed")
    assert next_step(called(tmp_path, *course)) == " ".join(
        ["Passed. Check your understanding: grade quiz ex1", *course]
    )
    now = datetime.now(UTC)

    def answer(question: str, share: float, due: datetime, attempt: int = 1) -> None:
        given = Answer(exercise.stem, question, attempt, "[]", share, now)
        QuizStore(workspace.store).keep(given, lambda card: Card(due, "{}"))

    answer("sum-of-shares", 1.0, now + timedelta(days=2))
    done = called(tmp_path, *course)
    assert re.search(r" ✓ ex1 .* 5/5 +\d\d:\d\d +1/3$", done.stdout, re.M)
    assert next_step(done) == " ".join(
        ["2 questions of this quiz are left: grade quiz ex1", *course]
    )
    answer("equal-values", 0.5, now + timedelta(days=2))
    answer("at-least", 0.0, now + timedelta(days=2))
    assert next_step(called(tmp_path, *course)) == " ".join(
        ["You finished the course! To run everything again: grade all", *course]
    )
    answer("equal-values", 0.5, now - timedelta(minutes=1), attempt=0)
    done = called(tmp_path, *course)
    assert re.search(r" ✓ ex1 .* 5/5 +\d\d:\d\d +1\.5/3 +1$", done.stdout, re.M)
    assert next_step(done) == " ".join(["1 question comes back: grade review", *course])


def test_progress_that_can_not_be_read_is_no_obstacle(workspace: Workspace) -> None:
    (workspace.root / ".grade").mkdir()
    workspace.store.path.write_bytes(b"somebody's file" * 100)
    done = called(workspace.root)
    assert next_step(done).endswith("grade ex1")
    assert "Your progress can't be read: " in flat(done.stdout)
    assert workspace.store.path.read_bytes() == b"somebody's file" * 100


def test_the_overview_fits(workspace: Workspace, course: Course) -> None:
    keep(workspace, course.exercises[0], "passed", edition="older")
    for columns in (40, 60, 200):
        done = called(workspace.root, COLUMNS=str(columns))
        assert (done.returncode, done.stderr) == (0, "")
        lines = done.stdout.splitlines()
        assert max(map(cell_len, lines)) <= columns
        assert not any(line != line.rstrip() for line in lines)
    done = run(workspace.root, COLUMNS="60", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.stdout.isascii() and max(map(len, done.stdout.splitlines())) <= 60


@pytest.mark.parametrize("words", [[], ["hint", "ex1"], ["open", "ex1"], ["reset", "ex1"]])
def test_nothing_heavy_is_imported(workspace: Workspace, course: Course, words: list[str]) -> None:
    keep(workspace, course.exercises[0], "failed")
    modules = imported(workspace.root, *words, EDITOR="true")
    assert "grader.cli.app" in modules
    heavy = {"numpy", "tensorflow", "keras", "pytest", "pygments", "grader.engine.grading"}
    assert not heavy & modules


def test_a_course_is_named_after_the_command(workspace: Workspace) -> None:
    told = complaint(called(workspace.root, "--course", "c", "list"))
    assert told == "--course comes after the command: `grade list --course c`."


def test_help_is_in_the_order_of_the_day(tmp_path: Path) -> None:
    shown = called(tmp_path, "--help").stdout
    panels = [panel for panel in re.findall(r"╭─ (\w+) ─", shown) if panel != "Options"]
    assert panels == ["Begin", "Work", "Understand", "Instructors"]
    work = shown[shown.index("╭─ Work") : shown.index("╭─ Understand")]
    verbs = [verb for verb in re.findall(r"^│ (\w+) ", work, re.M) if verb in work]
    assert verbs.index("open") < verbs.index("hint") < verbs.index("reset")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("grade hint ex1", ["ex1"]),
        ("grade solution ex1_", ["ex1_predictions"]),
        ("grade so", ["solution"]),
        ("grade solution ex1 --g", ["--give-up"]),
        ("grade doctor --f", ["--full"]),
    ],
)
def test_completion(workspace: Workspace, line: str, offered: list[str]) -> None:
    assert completions(workspace.root, line) == offered


@pytest.mark.parametrize("verb", ["hint", "reset", "solution", "open"])
def test_mistakes_get_one_sentence(workspace: Workspace, tmp_path: Path, verb: str) -> None:
    told = complaint(called(workspace.root, verb, "ex1_prediction"))
    assert told.startswith("There is no exercise 'ex1_prediction'. Did you mean ex1_predictions?")
    told = complaint(called(tmp_path, verb, "ex1"))
    assert told.startswith("You are not in a workspace") and "init" in told


@pytest.mark.parametrize("verb", ["reset", "solution", "open"])
def test_a_folder_where_the_file_should_be(workspace: Workspace, verb: str) -> None:
    (workspace.root / FIRST).unlink()
    (workspace.root / FIRST).mkdir()
    told = complaint(called(workspace.root, verb, "ex1", *["--give-up"][: verb == "solution"]))
    assert told == f"{FIRST} is a folder; a Python file belongs there."


def test_a_solution_beside_a_file_that_is_no_python(workspace: Workspace) -> None:
    """All of it, with the measured numbers that its texts name."""
    file = workspace.root / "exercises" / "ex5_layers.py"
    file.write_text("def build_model(:\n")
    shown = called(workspace.root, "solution", "ex5", "--give-up").stdout
    assert "def build_model(:" in shown and "of all comparisons of 2 + 2 runs" in shown
    assert "{lab:" not in shown


# grade hint


def test_hints_go_one_step_further(workspace: Workspace, course: Course) -> None:
    exercise = course.exercises[0]
    check = exercise.checks[0]
    total = len(check.hints) + 1
    keep(workspace, exercise, "todo")
    for asked in range(1, total + 2):
        done = called(workspace.root, "hint", "ex1")
        assert f" ○ {check.title}\n" in done.stdout
        shown = min(asked, total)
        labels = re.findall(rf"hint (\d) of {total}  ", done.stdout)
        assert labels == [str(number) for number in range(1, shown + 1)]
        assert f"Write your code in {FIRST}, then run   grade ex1" in done.stdout
        last = "grade solution ex1 --give-up" if shown == total else "grade hint ex1"
        assert next_step(done).endswith(last)
    assert "       def predicted_labels(probabilities: np.ndarray) -> np.ndarray:\n" in done.stdout
    assert (
        "           return np.argmax(___)\n" in done.stdout
    )  # what there is to think of is left out


def test_hints_are_about_what_grading_tells_first(workspace: Workspace, course: Course) -> None:
    exercise = course.exercises[0]
    keep(workspace, exercise, "todo", "blocked", "passed", "passed", "failed", "todo")
    done = called(workspace.root, "hint", "ex1")
    assert f" ✗ {exercise.checks[4].title}\n" in done.stdout
    assert exercise.checks[0].title not in done.stdout
    assert "Fix it, then run   grade ex1" in done.stdout


def test_a_mistake_that_was_recognized_has_the_first_hint(
    workspace: Workspace, course: Course
) -> None:
    exercise = course.exercises[0]
    check = exercise.checks[0]

    def shown(total: int) -> list[str]:
        done = called(workspace.root, "hint", "ex1")
        return re.findall(rf"hint \d of {total}  (.*)", done.stdout)

    total = len(check.hints) + 1
    keep(workspace, exercise, "failed")
    assert shown(total) == [check.hints[0]]
    keep(workspace, exercise, "failed", hint="Look at the axis.")
    assert shown(total + 1) == ["Look at the axis."]
    assert shown(total + 1) == ["Look at the axis.", check.hints[0]]
    keep(workspace, exercise, "failed", hint="Look at the sum.")  # another mistake
    assert shown(total + 1) == ["Look at the sum."]
    keep(workspace, exercise, "failed", hint="Look at the axis.")
    assert len(shown(total + 1)) == 3
    keep(workspace, exercise, "failed")  # a mistake that is none of these
    assert len(shown(total)) == 2


def test_the_last_hint_shows_a_class_with_blanks(workspace: Workspace, course: Course) -> None:
    exercise = course.exercise("ex8")
    keep(workspace, exercise, "failed")
    for _ in range(len(exercise.checks[0].hints) + 1):
        done = called(workspace.root, "hint", "ex8")
    assert "       class StopAtLoss(" in done.stdout
    assert re.search(r"^           def on_epoch_end\(self, .*:$", done.stdout, re.MULTILINE)
    assert re.search(r"^               if loss < ___:$", done.stdout, re.MULTILINE)


def test_hints_when_there_is_nothing_to_hint_at(workspace: Workspace, course: Course) -> None:
    exercise = course.exercises[0]
    told = complaint(called(workspace.root, "hint", "ex1"))
    assert told.startswith("ex1 has not been graded yet: run `grade ex1` first")
    keep(workspace, exercise, "failed", edition="older")
    told = complaint(called(workspace.root, "hint", "ex1"))
    assert told.startswith("The checks of ex1 have changed since your last run. Run `grade ex1`")
    (workspace.root / FIRST).write_text("def (\n")
    called(workspace.root, "ex1")
    assert "could not load the file. `grade ex1`" in complaint(
        called(workspace.root, "hint", "ex1")
    )
    keep(workspace, exercise, "passed")
    done = called(workspace.root, "hint", "ex1")
    assert "ex1 needs no hint: everything passed in your last run." in done.stdout
    assert next_step(done) == "grade solution ex1"


def test_hints_that_can_not_be_remembered_come_all_at_once(
    workspace: Workspace, course: Course
) -> None:
    exercise = course.exercises[0]
    keep(workspace, exercise, "failed")
    (workspace.root / ".grade/lock").unlink()
    (workspace.root / ".grade/lock").mkdir()  # it may be read, but not written
    done = called(workspace.root, "hint", "ex1")
    total = len(exercise.checks[0].hints) + 1
    assert f"hint {total} of {total}" in done.stdout and done.returncode == 0
    assert "the ones you have seen can't be recorded" in done.stdout


# grade reset


def backups(workspace: Workspace) -> list[str]:
    found = (workspace.root / "exercises").glob("ex1_predictions.*.py")
    return sorted(path.read_text() for path in found)


def test_reset_asks_and_keeps_the_old_file(workspace: Workspace, course: Course) -> None:
    path = workspace.root / FIRST
    path.write_text("mine = 1\n")
    for key, code in (("n", 1), ("\r", 1), ("\x04", 1), ("\x03", 130)):
        child = spawn(workspace.root, GRADE, "reset", "ex1")
        child.expect_exact("[y/N]")
        child.send(key)
        written, status = rest(child)
        assert (written.strip(), status) == ("Nothing was changed.", code)
    assert (path.read_text(), backups(workspace)) == ("mine = 1\n", [])
    child = spawn(workspace.root, GRADE, "reset", "ex1")
    child.expect_exact("Start exercises/ex1_predictions.py over?")
    child.expect_exact("[y/N]")
    path.write_text("mine = 2\n")  # saved while the question stands
    child.send("y")
    written, status = rest(child)
    assert status == 0 and re.search(
        rf"Your\s+code\s+is\s+saved\s+in\s+exercises/ex1_predictions\.{datetime.now():%Y-%m-%d}_\d\d-\d\d",
        written,
    )
    assert path.read_text("utf-8") == course.exercises[0].made_stub()
    assert backups(workspace) == ["mine = 2\n"]


def test_reset_never_overwrites_a_backup(workspace: Workspace, course: Course) -> None:
    path = workspace.root / FIRST
    for number in range(3):
        path.write_text(f"mine = {number}\n")
        assert called(workspace.root, "reset", "ex1", "--yes").returncode == 0
    assert backups(workspace) == [f"mine = {number}\n" for number in range(3)]
    done = called(workspace.root, "reset", "ex1")
    assert "there is nothing to reset" in done.stdout and done.returncode == 0
    path.unlink()
    assert "Restored the starter version" in called(workspace.root, "reset", "ex1").stdout
    assert path.read_text("utf-8") == course.exercises[0].made_stub()
    assert len(backups(workspace)) == 3


def test_reset_without_anybody_to_answer(workspace: Workspace) -> None:
    (workspace.root / FIRST).write_text("mine = 1\n")
    told = complaint(called(workspace.root, "reset", "ex1"))
    assert "nothing was changed. `grade reset ex1 --yes` doesn't ask." in told
    assert (workspace.root / FIRST).read_text() == "mine = 1\n"


def test_reset_on_a_full_disk_changes_nothing(workspace: Workspace) -> None:
    (workspace.root / FIRST).write_text("mine = 1\n")
    told = complaint(run(workspace.root, "reset", "ex1", "--yes", most=100))
    assert "can't be written (File too large)" in told
    assert (workspace.root / FIRST).read_text() == "mine = 1\n"
    assert not list((workspace.root / "exercises").glob(".*"))


def test_reset_of_a_link_changes_nothing(workspace: Workspace) -> None:
    elsewhere = workspace.root / "elsewhere.py"
    elsewhere.write_text("mine = 1\n")
    (workspace.root / FIRST).unlink()
    (workspace.root / FIRST).symlink_to(elsewhere)
    assert "it is a link" in complaint(called(workspace.root, "reset", "ex1", "--yes"))
    assert (workspace.root / FIRST).is_symlink() and backups(workspace) == []
    assert elsewhere.read_text("utf-8") == "mine = 1\n"


def test_reset_keeps_the_permissions(workspace: Workspace) -> None:
    (workspace.root / FIRST).write_text("mine = 1\n")
    (workspace.root / FIRST).chmod(0o600)
    called(workspace.root, "reset", "ex1", "--yes")
    (backup,) = (workspace.root / "exercises").glob("ex1_predictions.*.py")
    assert [path.stat().st_mode & 0o777 for path in (backup, workspace.root / FIRST)] == [0o600] * 2


def test_reset_in_a_clone_restores_what_the_course_began_with(tmp_path: Path) -> None:
    """There the learner's file is the course's stub."""
    clone = tmp_path / "clone"
    for part in ("exercises", "solutions", "quizzes"):
        for source in (SMALL / part).rglob("*.*"):
            target = clone / source.relative_to(SMALL)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    (clone / "exercises/ex1_shares.py").write_text("mine = 1\n")
    called(clone, "reset", "ex1", "--yes", "--course", ".")
    wanted = Course.open(SMALL).exercises[0].made_stub()
    assert (clone / "exercises/ex1_shares.py").read_text("utf-8") == wanted


# grade solution


def test_solution_waits_for_a_pass(workspace: Workspace, course: Course) -> None:
    exercise = course.exercises[0]
    for _ in range(2):
        told = complaint(called(workspace.root, "solution", "ex1"))
        assert told.startswith("ex1 has not passed yet. Get a hint with `grade hint ex1`, or see")
        keep(workspace, exercise, "passed", "failed")
    keep(workspace, exercise, "passed")
    keep(workspace, exercise, "failed")
    done = called(workspace.root, "solution", "ex1")
    assert next_step(done) == "grade"
    assert "     raise NotImplementedError\n" in done.stdout  # the learner's
    assert "         powers = np.exp(" in done.stdout and "### " not in done.stdout
    assert workspace.progress.given_up() == frozenset()


def test_giving_up_is_remembered(workspace: Workspace) -> None:
    done = called(workspace.root, "solution", "ex1", "--give-up")
    assert next_step(done) == "Fix it, then run grade ex1"
    assert workspace.progress.given_up() == {"ex1_predictions"}
    assert called(workspace.root, "solution", "ex1").returncode == 0
    assert "The solution was shown before it passed: ex1." in called(workspace.root).stdout


def test_solution_side_by_side_or_in_turn(workspace: Workspace) -> None:
    solution = Course.open().exercises[0].solution.read_text("utf-8")
    mine = re.sub(r" +### (BEGIN|END) SOLUTION\n", "", solution)
    mine = re.sub(r"^ +# .*\n", "", mine, flags=re.MULTILINE)
    mine = mine.replace("np.argmax(probabilities, axis=1)\n", "probabilities.argmax(axis=1)\n")
    mine = mine.replace("== labels", "==  labels")  # another layout is the same
    (workspace.root / FIRST).write_text(mine, "utf-8")
    words = ("solution", "ex1", "--give-up")
    wide, _ = rest(spawn(workspace.root, GRADE, *words, columns=140))
    assert re.search(r"return probabilities.argmax\(axis=1\) +│ +return np.argmax\(prob", wide)
    narrow, _ = rest(spawn(workspace.root, GRADE, *words, columns=60))
    assert "│" not in narrow
    assert re.search(r"   yours\n     def predicted_labels", narrow)
    piped = called(workspace.root, *words, COLUMNS="60").stdout
    assert "\x1b" not in piped and " accuracy  the same in both\n" in piped
    assert "     def predicted_labels(probabilities: np.ndarray) -> np.ndarray:\n" in piped
    assert max(map(cell_len, wide.splitlines())) <= 140
    for text in (wide, narrow, piped):  # what is good about it, where the learner has another way
        assert "One call looks at all rows at once; axis=1 means along each row." in flat(text)
        assert "The comparison makes an array" not in flat(text)
    long = "     def predicted_labels(probabilities: np.ndarray) -> np.ndarray:"
    assert long in narrow.replace("\r", "").splitlines()  # whole: the terminal wraps it


def test_a_dumb_terminal_is_as_wide_as_it_is(workspace: Workspace) -> None:
    text, _ = rest(spawn(workspace.root, GRADE, columns=60, TERM="dumb"))
    assert "Write your code in" in text
    assert max(map(cell_len, text.splitlines())) <= 60


def test_solution_beside_what_is_no_python(workspace: Workspace) -> None:
    (workspace.root / FIRST).write_text("def softmax(:\n    \x1b[2J标签\n", "utf-8")
    done = called(workspace.root, "solution", "ex1", "--give-up")
    assert (
        "     def softmax(:\n         \\x1b[2J标签\n" in done.stdout and "\x1b" not in done.stdout
    )
    assert "     def softmax(scores: np.ndarray) -> np.ndarray:\n" in done.stdout


def test_a_look_at_the_solution_that_can_not_be_kept(workspace: Workspace) -> None:
    (workspace.root / ".grade").write_text("a file")
    done = called(workspace.root, "solution", "ex1", "--give-up")
    assert done.returncode in (0, 2)


# grade open


def test_open(workspace: Workspace) -> None:
    script = workspace.root / "my editor"
    script.write_text('#!/bin/sh\nprintf "%s|" "$@"\nexit 3\n')
    script.chmod(0o755)
    done = run(workspace.root, "open", "ex1", VISUAL=f"'{script}' -n 'two words'", EDITOR="false")
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout == f"-n|two words|{workspace.root / FIRST}|"
    assert run(workspace.root, "open", "ex1", VISUAL=" ", EDITOR="true").returncode == 0


@pytest.mark.parametrize(
    ("editor", "told"),
    [
        ("", f"No editor was found: open {FIRST} in yours, or name one"),
        (
            "no-such-editor --wait",
            "The editor no-such-editor, which VISUAL or EDITOR names, is not",
        ),
        ("'vim", "The editor setting 'vim lacks a quotation mark"),
        ("/etc", "The editor /etc can't be started (Permission denied)"),
    ],
)
def test_open_without_an_editor(workspace: Workspace, editor: str, told: str) -> None:
    done = called(workspace.root, "open", "ex1", EDITOR=editor, PATH=str(workspace.root))
    assert complaint(done).startswith(told)


@pytest.mark.parametrize(
    ("terminal", "expected"), [("", "nano"), ("vscode", "code"), ("iTerm.app", "nano")]
)
def test_open_finds_an_editor(workspace: Workspace, terminal: str, expected: str) -> None:
    for name in ("code", "nano", "vi"):
        script = workspace.root / name
        script.write_text(f"#!/bin/sh\necho {name}\n")
        script.chmod(0o755)
    there = {"EDITOR": "", "PATH": str(workspace.root), "TERM_PROGRAM": terminal}
    opened = rest(spawn(workspace.root, GRADE, "open", "ex1", **there))
    assert opened == (f"{expected}\n", 0)
    piped = run(workspace.root, "open", "ex1", **there)  # as in a notebook's cell: it would wait
    if expected == "code":
        assert piped.stdout == "code\n"
    else:
        assert complaint(piped).startswith("No editor was found: ")


def test_open_a_file_that_is_gone(workspace: Workspace) -> None:
    (workspace.root / FIRST).unlink()
    told = complaint(called(workspace.root, "open", "ex1", EDITOR="true"))
    assert told.startswith(f"There is no file {FIRST}. `grade reset ex1` restores")


# grade doctor


def findings(done: subprocess.CompletedProcess) -> dict[str, dict[str, str]]:
    told = json.loads(done.stdout)
    assert told["healthy"] is (done.returncode == 0) and done.stderr == ""
    return {each.pop("name"): each for each in told["findings"]}


def test_doctor(workspace: Workspace, course: Course) -> None:
    found = findings(called(workspace.root, "doctor", "--json"))
    assert list(found) == [
        "Python", "TensorFlow", "Keras", "packages", "memory", "cores", "protection",
        "Fashion-MNIST", "MNIST", "terminal", "exercises",
    ]  # fmt: skip
    assert re.match(r"2\.\d+", found["TensorFlow"]["found"])
    assert found["MNIST"]["found"].startswith("6,000 + 1,000 bundled images are intact")
    count = len(course.exercises)
    assert found["exercises"]["found"] == f"{count} of {count} files in {workspace.root}"
    assert {each["state"] for each in found.values()} <= {"good", "note"}
    for columns in (60, 200):
        written, code = rest(spawn(workspace.root, GRADE, "doctor", columns=columns))
        assert code == 0 and max(map(cell_len, written.splitlines())) <= columns
        assert f" ✓ terminal       {columns} columns, 256 colors, utf-8\n" in written
        assert written.rstrip().endswith("Everything needed is here.\n next  grade")


def test_doctor_finds_what_is_wrong(workspace: Workspace, tmp_path: Path) -> None:
    (workspace.root / ".grade").write_text("a file")
    (workspace.root / FIRST).unlink()
    keras = tmp_path / "keras/datasets/mnist.npz"
    keras.parent.mkdir(parents=True)
    keras.write_bytes(b"half a file")
    done = called(workspace.root, "doctor", "--json", KERAS_HOME=str(tmp_path / "keras"))
    assert done.returncode == 1
    found = findings(done)
    assert found["MNIST"]["state"] == "note" and "mnist.npz is damaged" in found["MNIST"]["fix"]
    assert found["exercises"]["state"] == "bad"
    assert "Your progress can't be saved: " in found["exercises"]["fix"]
    done = called(workspace.root, "doctor")
    assert done.returncode == 1 and "\n ✗ exercises " in done.stdout
    assert " There is 1 problem.\n next  Fix it, then run   grade doctor\n" in done.stdout
    found = findings(called(tmp_path, "doctor", "--json"))
    assert found["exercises"]["fix"] == "Go to yours, or make one: `grade init work`."


def test_doctor_names_missing_packages_and_layers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from importlib import metadata

    from grader.cli.commands.doctor import doctor
    from grader.engine import server

    def version(name: str) -> str:
        if name == "tensorflow":
            raise metadata.PackageNotFoundError(name)
        return {"rich": "12.1", "numpy": "2.0.0rc1"}.get(name, "99.0")

    monkeypatch.setattr(metadata, "version", version)
    monkeypatch.chdir(tmp_path)
    less = partial(server.Server, without=frozenset({"landlock"}))
    monkeypatch.setattr(server, "Server", less)
    assert doctor(json=True) == 1
    found = {each["name"]: each for each in json.loads(capsys.readouterr().out)["findings"]}
    assert found["TensorFlow"]["state"] == "bad"
    assert found["TensorFlow"]["fix"].endswith("-m pip install --upgrade tensorflow`.")
    assert found["packages"]["found"] == "rich: 12.1 is too old, 13.9 or later is needed"
    assert found["protection"]["state"] == "note"
    assert found["protection"]["found"].startswith("partial, without landlock: ")


# what is kept


def test_a_database_of_the_first_schema_is_carried_over(
    workspace: Workspace, course: Course
) -> None:
    exercise = course.exercises[0]
    keep(workspace, exercise, "passed")
    with sqlite3.connect(workspace.store.path) as connection:
        rows = [
            connection.execute(f"SELECT * FROM {t}").fetchall() for t in ("grading", "check_result")
        ]
        grading, checks = rows
    workspace.store.path.unlink()
    with sqlite3.connect(workspace.store.path) as connection:
        connection.executescript(SCHEMAS[0] + "PRAGMA user_version = 1;")
        connection.executemany(f"INSERT INTO grading VALUES ({', '.join('?' * 12)})", grading)
        connection.executemany(f"INSERT INTO check_result VALUES ({', '.join('?' * 7)})", checks)
    before = workspace.store.path.read_bytes()
    assert workspace.progress.given_up() == frozenset()
    assert workspace.progress.standings()[exercise.stem].ever_passed
    assert workspace.store.path.read_bytes() == before  # looking changes nothing
    assert workspace.progress.count_hint(exercise, "softmax_values") == 1
    with sqlite3.connect(workspace.store.path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(SCHEMAS),)
        assert connection.execute("SELECT * FROM grading").fetchall() == grading
        assert connection.execute("SELECT * FROM check_result").fetchall() == checks


def test_a_database_of_a_newer_schema_is_left_alone(workspace: Workspace, course: Course) -> None:
    keep(workspace, course.exercises[0], "failed")
    with sqlite3.connect(workspace.store.path) as connection:
        connection.execute(f"PRAGMA user_version = {len(SCHEMAS) + 1}")
    before = workspace.store.path.read_bytes()
    assert "Upgrade grade to go on with it." in complaint(called(workspace.root, "hint", "ex1"))
    assert "Upgrade grade" in flat(called(workspace.root).stdout)
    assert workspace.store.path.read_bytes() == before


COUNTING = """
import sys
from pathlib import Path
from grader.course import Course
from grader.workspace import Workspace
workspace, exercise = Workspace(Path(sys.argv[1])), Course.open().exercises[0]
for _ in range(int(sys.argv[2])):
    print(workspace.progress.count_hint(exercise, "softmax_values"), flush=True)
"""


def test_two_at_once_count_every_hint(workspace: Workspace, course: Course) -> None:
    command = [sys.executable, "-c", COUNTING, str(workspace.root), "25"]
    processes = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    assert workspace.progress.count_hint(course.exercises[0], "softmax_values") == 51


def test_killed_at_any_moment_nothing_earlier_is_lost(workspace: Workspace, course: Course) -> None:
    keep(workspace, course.exercises[0], "passed")
    before, last = workspace.progress.standings(), 0
    for number in range(6):
        command = [sys.executable, "-c", COUNTING, str(workspace.root), "100000"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.013 * number)
            process.send_signal(signal.SIGKILL)
            told = [int(line) for line in process.stdout if line.endswith("\n")]
        now = workspace.progress.count_hint(course.exercises[0], "softmax_values")
        assert now > max([last, *told])
        last = now
    assert workspace.progress.standings() == before
    with sqlite3.connect(workspace.store.path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_full_disk_loses_nothing(workspace: Workspace, course: Course) -> None:
    exercise = course.exercises[0]
    keep(workspace, exercise, "passed")
    before = workspace.progress.standings()
    size = workspace.store.path.stat().st_size
    done = run(workspace.root, "solution", "ex1", most=size // 2)
    assert done.returncode == 0
    assert "Couldn't record that you viewed the solution: " in flat(done.stdout)
    assert workspace.progress.standings() == before
    workspace.progress.keep_solution_shown(exercise, False)


def test_can_keep_tells_why_not(workspace: Workspace) -> None:
    workspace.progress.can_keep()
    workspace.store.path.write_bytes(b"somebody's file" * 100)
    with pytest.raises(WorkspaceError, match="can't be used"):
        workspace.progress.can_keep()
