"""``grade all``: many files in one run, in real processes, pipes and a pseudo-terminal."""

import json
import re
import shutil
import time
from pathlib import Path

import pytest

import grader
from grader.course import Course
from grader.engine.pool import grade_many
from grader.report import Event, Report
from grader.submission import Submission
from support import (
    GRADE,
    RIGHT,
    alive,
    called,
    descendants,
    filled_in,
    new_course,
    rest,
    shell,
    soon,
    spawn,
)

pytestmark = pytest.mark.thorough


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of three small exercises, which need no TensorFlow."""
    return new_course(tmp_path / "course", "first", "second", "third")


@pytest.fixture
def workspace(tmp_path: Path, course: Path) -> Path:
    """A learner's folder: the first is solved, the second has a mistake, the third is a stub."""
    folder = tmp_path / "workspace"
    shutil.copytree(course / "exercises", folder / "exercises")
    submit(course, folder, "ex1_first", RIGHT)
    submit(course, folder, "ex2_second", "return images.sum(axis=(1, 2))")
    return folder


def submit(course: Path, workspace: Path, stem: str, line: str) -> None:
    """Write the learner's file, with this line in its function."""
    source = filled_in(course / f"exercises/{stem}.py", line)
    (workspace / f"exercises/{stem}.py").write_text(source, "utf-8")


def columns(line: str) -> list[str]:
    """What a row of the table says."""
    return re.split(r" {2,}", line.strip())


def test_one_table(workspace: Path, course: Path) -> None:
    done = called(workspace, "all", "--course", "../course")
    assert (done.returncode, done.stderr) == (1, "")
    head, first, second, third, empty, score, step, seed = done.stdout.splitlines()
    assert columns(head) == ["exercise", "checks", "points", "seconds"]
    assert columns(first)[:4] == ["✓ ex1", "The first", "2/2", "3/3"]
    assert re.fullmatch(r"(verified|passed) +\d+\.\d s", "  ".join(columns(first)[4:]))
    assert columns(second)[:5] == ["✗ ex2", "The second", "0/2", "0/3", "not yet"]
    assert columns(third)[:5] == ["○ ex3", "The third", "0/2", "0/3", "to do"]
    assert empty == ""
    assert re.fullmatch(r" 1 of 3 exercises · 3 of 9 points · \d+\.\d s", score)
    assert step == " next  Fix it, then run   grade ex2 --course ../course"
    assert re.fullmatch(r" seed [0-9a-f]{16} · protection .+", seed)


def test_all_pass(workspace: Path, course: Path) -> None:
    submit(course, workspace, "ex2_second", RIGHT)
    submit(course, workspace, "ex3_third", RIGHT)
    done = called(workspace, "all", "--course", "../course")
    assert (done.returncode, done.stderr) == (0, "")
    score, step, _ = done.stdout.splitlines()[-3:]
    assert score.startswith(" ✓ 3 of 3 exercises · 9 of 9 points")
    assert step == " next  grade list --course ../course"


def test_each_is_kept(workspace: Path, course: Path) -> None:
    called(workspace, "all", "--course", str(course))
    listing = called(workspace, "list", "--course", str(course)).stdout
    assert re.search(r"✓ ex1 .* 2 of 2 checks", listing)
    assert re.search(r"○ ex2 .* 0 of 2 checks", listing)
    submit(course, workspace, "ex2_second", RIGHT)
    again = called(workspace, "ex2", "--course", str(course))
    assert "since your last run: 2 fixed" in again.stdout


def test_missing_files_are_rows(workspace: Path, course: Path) -> None:
    (workspace / "exercises/ex1_first.py").unlink()
    (workspace / "exercises/ex3_third.py").unlink()
    (workspace / "exercises/ex3_third.py").mkdir()
    done = called(workspace, "all", "--course", "../course")
    assert (done.returncode, done.stderr) == (1, "")
    rows = [columns(line) for line in done.stdout.splitlines() if " ex" in line[:7]]
    assert [row[0] for row in rows] == ["exercise", "○ ex1", "✗ ex2", "○ ex3"]
    assert rows[1][1:] == ["The first", "not graded"]
    assert rows[3][1:] == ["The third", "not graded"]
    told = re.sub(r"\s", "", done.stdout)  # long paths are folded
    reset = "grade reset ex1 --course ../course"
    assert f"Thereisnofileexercises/ex1_first.py.Createitwith`{reset.replace(' ', '')}`" in told
    assert "exercises/ex3_third.pyisafolder;aPythonfilebelongsthere." in told
    assert " 0 of 3 exercises · 0 of 9 points" in done.stdout
    assert f" next  {reset}" in done.stdout
    assert called(workspace, *reset.split()[1:]).returncode == 0
    assert (workspace / "exercises/ex1_first.py").is_file()


def test_an_exercise_that_is_broken_does_not_stop_the_others(workspace: Path, course: Path) -> None:
    checks = course / "solutions/ex2_second/checks.py"
    checks.write_text("import nothing_of_that_name\n" + checks.read_text("utf-8"), "utf-8")
    (course / "solutions/ex3_third/solution.py").write_text("def (")
    done = called(workspace, "all", "--course", str(course))
    assert (done.returncode, done.stderr) == (2, "")
    assert re.search(r"✓ ex1  The first +2/2 ", done.stdout)
    told = re.sub(r"\s", "", done.stdout)  # long paths are folded
    assert f"{checks}can'tberun:" in told and "Nomodulenamed'nothing_of_that_name'" in told
    assert f"{course}/solutions/ex3_third/solution.pycan'tberead:" in told
    assert "1 of 3 exercises · 3 of " in done.stdout


def test_json_is_a_list_and_a_seed_reproduces_it(workspace: Path, course: Path) -> None:
    (workspace / "exercises/ex3_third.py").unlink()
    words = ("all", "--json", "--seed", "5f3c", "--course", str(course))
    runs = [called(workspace, *words) for _ in range(2)]
    assert [(done.returncode, done.stderr) for done in runs] == [(1, "")] * 2
    (first, second, third), again = (json.loads(done.stdout) for done in runs)
    assert first["exercise"] == "ex1_first" and first["passed"] is True
    assert (second["score"], second["max_score"], second["passed"]) == (0, 3, False)
    assert first["seed"] == second["seed"] == "0000000000005f3c"
    assert [c["details"] for c in second["checks"]] == [c["details"] for c in again[1]["checks"]]
    alone = called(workspace, "ex2", "--json", "--seed", "5f3c", "--course", str(course))
    alone_checks = json.loads(alone.stdout)["checks"]
    assert [c["details"] for c in second["checks"]] == [c["details"] for c in alone_checks]
    assert third == {
        "exercise": "ex3_third",
        "submission": str(workspace / "exercises/ex3_third.py"),
        "passed": False,
        "error": "There is no file exercises/ex3_third.py. "
        f"Create it with `grade reset ex3 --course {course}`.",
    }


def test_timeout(workspace: Path, course: Path) -> None:
    submit(course, workspace, "ex2_second", "while True: pass")
    done = called(workspace, "all", "--timeout", "0.5", "--json", "--course", str(course))
    checks = json.loads(done.stdout)[1]["checks"]
    assert [check["verdict"] for check in checks] == ["timeout", "blocked"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--seed", "xyz"], "--seed xyz is not a seed"),
        (["--timeout", "0"], "--timeout 0 is not a valid time"),
        (["--course", "gone"], "holds no course"),
        (["ex1"], "See `grade all --help`."),
    ],
)
def test_mistakes_get_one_sentence(workspace: Path, words: list[str], told: str) -> None:
    done = called(workspace, "all", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr and done.stderr.count("\n") == 1


def test_what_runs_now_is_told(workspace: Path, course: Path) -> None:
    slowly = "import time; time.sleep(2)"  # long enough for the screen to be drawn again
    submit(course, workspace, "ex1_first", f"{slowly}; {RIGHT}")
    submit(course, workspace, "ex2_second", f"{slowly}; return images.sum(axis=(1, 2))")
    shown, code = rest(spawn(workspace, GRADE, "all", "--course", "../course"))
    assert code == 1
    assert re.search(r"ex1 · check 1 of 2 · The brightness", shown)
    assert re.search(r"ex1 · .*  ex2 · ", shown)
    assert max(map(len, shown.replace("\r", "\n").splitlines())) <= 100


def test_a_reader_that_leaves_early(workspace: Path, course: Path) -> None:
    done = shell(workspace, f"grade all --course '{course}' | head -n 1")
    assert done.stdout.split() == ["exercise", "checks", "points", "seconds"]
    assert done.stderr == ""


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_interrupted(workspace: Path, course: Path, words: list[str]) -> None:
    """Everything ends at once, and what had been graded is kept."""
    submit(course, workspace, "ex2_second", "while True: pass")
    submit(course, workspace, "ex3_third", "while True: pass")
    child = spawn(workspace, GRADE, "all", "--timeout", "60", "--course", course, *words)
    if words:
        assert soon((workspace / ".grade/progress.sqlite3").exists)
        time.sleep(1)  # the last one begins
    else:
        child.expect("ex3 · check 1")
    started = descendants(child.pid)
    assert len(started) >= 3
    child.sendintr()
    shown, code = rest(child)
    assert code == 130
    told = "Stopped; what had been graded, 1 of 3 exercises, is kept."
    assert shown.rstrip().splitlines()[-1].removeprefix("^C") == told
    assert "Traceback" not in shown
    assert [pid for pid in started if alive(pid)] == []
    assert "✓ ex1" in called(workspace, "list", "--course", str(course)).stdout


# the built-in course


def test_tensorflow_is_loaded_once(tmp_path: Path) -> None:
    """Two exercises that need it, at once: one server, and reports as from ``grade``."""
    course = Course.open()
    files = [
        Submission(e.stem, e.solution) for e in course.exercises if e.id in ("ex1", "ex3", "ex8")
    ]
    events: dict[str, list[Event | None]] = {each.exercise: [] for each in files}
    results = dict(
        grade_many(files, course.root, on_event=lambda s, event: events[s.exercise].append(event))
    )
    for submission, report in results.items():
        exercise = course.exercise(submission.exercise)
        assert isinstance(report, Report)
        assert report.passed
        assert report.score == sum(check.points for check in exercise.checks)
        assert events[exercise.stem][0] is None
    loads = [
        e
        for e in events["ex3_flatten"] + events["ex8_callbacks"]
        if getattr(e, "text", "") == "tensorflow"
    ]
    assert 1 <= len(loads) <= 4  # once for each checker that had to wait
    assert set(results) == set(files)


def test_many_gradings_share_one_server(course: Path) -> None:
    """Eight at once, from as many threads, and no result is another's."""
    from concurrent.futures import ThreadPoolExecutor

    exercise = Course.open(course).exercise("ex1")
    (wrong,) = exercise.misconceptions
    paths = [exercise.solution, wrong.path, exercise.stub, exercise.solution] * 3
    with grader.Server(course) as server, ThreadPoolExecutor(8) as pool:
        reports = list(pool.map(lambda p: grader.grade("ex1", p, server=server), paths))
    assert [report.score for report in reports] == [3, 0, 0, 3] * 3
    assert [report.submission for report in reports] == list(map(str, paths))


def test_a_missing_file_alone_is_no_pass(workspace: Path, course: Path) -> None:
    for stem in ("ex2_second", "ex3_third"):
        submit(course, workspace, stem, RIGHT)
    (workspace / "exercises/ex1_first.py").unlink()
    done = called(workspace, "all", "--course", "../course")
    assert done.returncode == 1
    assert "2 of 3 exercises" in done.stdout


def test_a_run_as_json_is_kept_and_what_was_never_graded_is_next(
    workspace: Path, course: Path
) -> None:
    assert called(workspace, "ex1", "--json", "--course", "../course").returncode == 0
    listing = called(workspace, "list", "--course", "../course").stdout
    assert re.search(r"✓ ex1 .* 2 of 2 checks", listing)
    assert listing.splitlines()[-1] == " next  grade ex2 --course ../course"
