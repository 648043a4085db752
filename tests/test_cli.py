"""The command line as learners use it: real processes, pipes and a real pseudo-terminal."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from grader.course import Course
from grader.stub import make_stub
from support import (
    ANSI,
    GRADE,
    SOLUTION,
    alive,
    called,
    completions,
    descendants,
    flat,
    imported,
    rest,
    run,
    shell,
    spawn,
)

LABELS = "return np.argmax(probabilities, axis=1)\n"
SOURCE = SOLUTION.read_text("utf-8")
OTHER_AXIS = SOURCE.replace(LABELS, "return np.argmax(probabilities, axis=0)\n")


def with_labels(body: str) -> str:
    """The solution with other lines in ``predicted_labels``."""
    return SOURCE.replace("    " + LABELS, body)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A learner's folder with the solution of the first exercise."""
    folder = tmp_path / "workspace"
    (folder / "exercises").mkdir(parents=True)
    submit(folder, SOURCE)
    return folder


def submit(workspace: Path, source: str) -> None:
    """Write the learner's file."""
    (workspace / "exercises/ex1_predictions.py").write_text(source, "utf-8")


def in_terminal(
    folder: Path, *words: str, columns: int = 80, **variables: str
) -> tuple[str, int | None]:
    """Run the command in a pseudo-terminal: all that it wrote, and the exit code."""
    child = spawn(folder, GRADE, *words, columns=columns, **variables)
    written = child.read()
    child.close()
    return written, child.exitstatus


def report_of(process: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    return json.loads(process.stdout)


# gradings


def test_solution_passes(workspace: Path) -> None:
    done = run(workspace, "ex1")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", done.stdout)  # it is piped: plain
    assert "check 1 of 9" not in done.stdout
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith(" ex1 · What do ten numbers mean?")
    assert lines[0].endswith("exercises/ex1_predictions.py")
    assert sum(line.startswith(" ✓ ") for line in lines) == 1
    assert "✗" not in done.stdout
    score = next(line for line in lines if line.startswith(" ✓ All 9 checks passed"))
    assert "15 of 15 points" in score
    assert ("verified" in score) == ("protection full" in lines[-1])
    assert [line.strip() for line in lines[-4:-1]] == [
        "next  Passed. Check your understanding:   grade quiz ex1",
        "Compare with the solution:   grade solution ex1",
        "Or go on:   grade ex2",
    ]
    assert re.fullmatch(r" seed [0-9a-f]{16} · protection .+", lines[-1])


def test_stub_is_not_red(workspace: Path) -> None:
    submit(workspace, make_stub(SOURCE))
    done = called(workspace, "ex1_predictions")
    assert (done.returncode, done.stderr) == (1, "")
    assert "✗" not in done.stdout
    assert " ○ 4 checks are about code that you haven't written yet" in done.stdout
    assert "You haven't written anything yet. Everyone starts here." in done.stdout
    assert "predicted_labels is not written yet." in done.stdout
    assert "0 of 15 points · 0 of 9 checks" in done.stdout
    assert "Write your code in exercises/ex1_predictions.py, then run   grade ex1" in done.stdout


def test_misconception_is_named(workspace: Path) -> None:
    submit(workspace, OTHER_AXIS)
    done = called(workspace, "EX1", COLUMNS="100")
    assert (done.returncode, done.stderr) == (1, "")
    text = done.stdout
    title = "The predicted label is the position of the largest probability in each row"
    assert [line.split("  ")[0] for line in text.splitlines() if "✗" in line] == [f" ✗ {title}"]
    assert (
        "You returned one number per class: that is the argmax over axis 0. Take the largest of "
        "each row, axis=1."
    ) in flat(text)
    assert re.search(r"expected  shape \(\d+,\), from 0 to \d+\n +\[", text)
    assert re.search(r"got       shape \(\d+,\), from \d+ to \d+\n +\[", text)
    assert "given     probabilities  shape (" in text
    assert "Each row holds the probabilities of one image." not in text  # `grade hint` says it
    assert " ○ 2 checks wait for the one that fails" in text
    assert " ✓ 6 checks passed" in text
    assert "10 of 15 points · 6 of 9 checks" in text
    assert "Fix it, then run   grade ex1" in text


@pytest.mark.thorough
def test_the_last_run_is_compared(workspace: Path) -> None:
    first = called(workspace, "ex1")
    submit(workspace, OTHER_AXIS)
    second = called(workspace, "ex1")
    submit(workspace, "def softmax(:\n")
    broken = called(workspace, "ex1")
    submit(workspace, SOURCE)
    called(workspace, "ex1")
    again = called(workspace, "ex1")
    assert "since your last run" not in first.stdout
    assert "since your last run: 3 newly broken" in second.stdout
    assert "since your last run" not in broken.stdout
    assert "since your last run" not in again.stdout  # nothing has changed
    assert " · your best: 15 of 15\n" in second.stdout
    assert "your best" not in first.stdout and "your best" not in again.stdout
    assert re.search(r"✓ ex1  .*9 of 9 checks", called(workspace, "list").stdout)


def test_a_file_that_python_can_not_read(workspace: Path) -> None:
    submit(workspace, SOURCE.replace("def accuracy(", "def accuracy(("))
    done = called(workspace, "ex1", COLUMNS="100")
    assert (done.returncode, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    assert re.fullmatch(r" ○ 9 checks wait for the file +0/15", lines[2])
    assert lines[3:5] == ["", " ✗ The file could not be loaded"]
    assert re.match(r"       ❱ \d+ │ def accuracy\(\(", lines[5])
    assert re.match(r"     Python can't read line \d+: ", lines[7])
    assert "seed" not in done.stdout and done.stdout.count("✗") == 1


def test_an_exception_shows_the_learners_lines_and_prints(workspace: Path) -> None:
    submit(
        workspace,
        with_labels("    print('标签', probabilities.ndim)\n    return probabilities.nope\n"),
    )
    done = called(workspace, "ex1")
    assert done.returncode == 1
    text = done.stdout
    assert re.search(
        r"Your code raised AttributeError in ex1_predictions\.py:\d+, predicted_labels: 'numpy",
        flat(text),
    )
    assert re.search(r"\n       ❱ \d+ │     return probabilities\.nope\n", text)
    assert "     Your code printed:\n     │ 标签 2\n" in text
    assert "Traceback" not in text and "checks.py" not in text


@pytest.mark.thorough
def test_what_a_submission_says_can_not_steer_the_terminal(workspace: Path) -> None:
    submit(
        workspace,
        with_labels(
            "    print('\\x1b[2J\\x1b]0;owned\\x07[blink]printed\\u202e')\n"
            "    raise ValueError('\\x1b]52;c;AAAA\\x07\\x9b5mraised[/bold]\\x08')\n"
        ),
    )
    written, code = in_terminal(workspace, "ex1")
    assert code == 1
    assert r"│ \x1b[2J\x1b]0;owned\x07[blink]printed\u202e" in ANSI.sub("", written)
    assert "raised[/bold]" in written
    for harmful in ("\x1b]", "\x07", "\x9b", "\x08", "\u202e", "\x1b[2J"):
        assert harmful not in written
    assert "\x1b" not in run(workspace, "ex1").stdout


@pytest.mark.thorough
def test_a_misread_garment_is_drawn_in_a_terminal_only(workspace: Path) -> None:
    submit(workspace, with_labels("    a = probabilities.argmax(axis=1); a[:1] += len(a) == 400\n"
                                  "    return a\n"))  # fmt: skip
    written, code = in_terminal(workspace, "ex1")
    assert code == 1
    assert "It is: " in written and sum(line.count("▀") == 28 for line in written.split("\n")) == 14
    for shown in (in_terminal(workspace, "ex1", "--no-pictures")[0], run(workspace, "ex1").stdout):
        shown = ANSI.sub("", shown)
        assert "garment 0  " in shown and "; it is: " in " ".join(shown.split())
        assert "▀" not in shown


@pytest.mark.thorough
def test_file_outside_any_workspace_is_graded_and_not_kept(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(SOURCE, "utf-8")
    done = called(workspace, "ex1", "--file", "../mine.py", COLUMNS="100")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == (
        " Nothing was saved: ../mine.py is not in the workspace that you are in."
    )
    assert not (workspace / ".grade").exists()
    (workspace / "mine.py").write_text(SOURCE, "utf-8")
    assert "Nothing was saved" not in called(workspace, "ex1", "--file", "mine.py").stdout
    assert (workspace / ".grade").exists()


@pytest.mark.thorough
def test_a_workspace_that_can_not_keep_anything_is_no_obstacle(workspace: Path) -> None:
    (workspace / ".grade").write_text("a file")
    done = called(workspace, "ex1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "✓ All 9 checks passed" in done.stdout
    assert f"Nothingwassaved:{workspace}/.grade/" in flat(done.stdout).replace(" ", "")


@pytest.mark.thorough
def test_without_a_workspace_the_course_itself_is_graded(tmp_path: Path) -> None:
    root = tmp_path / "course"
    for part in ("exercises/ex1_predictions.py", "solutions/ex1_predictions"):
        source, target = Course.open().root / part, root / part
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    shutil.copy(Course.open().root / "solutions/conftest.py", root / "solutions")
    shutil.copy(Course.open().root / "solutions/garments.npz", root / "solutions")
    (root / "exercises/ex1_predictions.py").write_text(SOURCE, "utf-8")
    empty = tmp_path / "empty"
    empty.mkdir()
    done = called(empty, "ex1", "--course", "../course", COLUMNS="100")
    assert done.returncode == 0
    assert "Nothing was saved: you are not in a workspace." in done.stdout
    last = "This is the last exercise. Where you are:   grade --course ../course"
    assert f" next  {last}\n" in done.stdout


def test_json_is_the_report_and_nothing_else(workspace: Path) -> None:
    submit(workspace, OTHER_AXIS)
    done = called(workspace, "ex1", "--json")
    assert (done.returncode, done.stderr) == (1, "")
    report = report_of(done)
    assert set(report) == {
        "schema", "exercise", "title", "submission", "seed", "score", "max_score", "graded",
        "passed", "verified", "digest", "time", "submitted", "course_hash", "protection",
        "versions", "seconds", "notes", "checks",
    }  # fmt: skip
    assert (report["exercise"], report["score"], report["max_score"]) == ("ex1_predictions", 10, 15)
    assert report["passed"] is False
    assert set(report["protection"]) == {"level", "missing"}
    assert set(report["versions"]) == {"grader", "python", "numpy", "tensorflow", "keras"}
    assert report["versions"]["tensorflow"] is None
    assert [set(check) for check in report["checks"]] == [
        {"name", "title", "verdict", "points", "max_points", "message", "details", "hint",
         "concept", "seconds", "bonus", "craft", "misconception"}
    ] * 9  # fmt: skip
    failed = [check for check in report["checks"] if check["verdict"] == "failed"]
    assert [check["name"] for check in failed] == ["labels_argmax"]
    assert {"expected", "got", "given", "printed"} <= set(failed[0]["details"])


@pytest.mark.thorough
def test_a_seed_reproduces_the_run(workspace: Path) -> None:
    submit(workspace, OTHER_AXIS)
    printed = re.search(r"seed ([0-9a-f]{16})", called(workspace, "ex1").stdout)
    assert printed is not None
    seed = printed[1]
    reports = [
        report_of(called(workspace, "ex1", "--json", "--seed", text))
        for text in (seed, f"0x{seed.upper()}", "1")
    ]
    assert [report["seed"] for report in reports] == [seed, seed, "0000000000000001"]

    def drawn(report: dict[str, Any]) -> list[Any]:
        return [(c["verdict"], c["message"], c["details"]) for c in report["checks"]]

    assert drawn(reports[0]) == drawn(reports[1])
    assert drawn(reports[0]) != drawn(reports[2])


def test_timeout(workspace: Path) -> None:
    submit(workspace, with_labels("    while True: pass\n"))
    done = called(workspace, "ex1", "--timeout", "3.5")  # loading counts: a busy machine is slow
    assert done.returncode == 1
    assert "predicted_labels was still running after 3.5 s and was stopped." in done.stdout


# what a person mistypes


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["lits"], "There is no exercise or command 'lits'. Did you mean `grade list`, "),
        (["ex1_prediction"], "Did you mean `grade ex1_predictions`?"),
        (["ex77"], "There is no exercise 'ex77'. This course has ex1 to ex8."),
        (["ex"], "Which exercise? Add its number, such as `grade ex1`."),
        (["xyzzy"], "There is no exercise or command 'xyzzy'. Exercises: ex1, "),
        (["xyzzy"], "; commands: init, "),
        (["ex1-of-the-second-week"], "; commands: init, "),  # no command was loaded for it
        (["ex1", "--file", "gone.py"], "There is no file gone.py. Give the path of your file"),
        (["ex1", "--file", "exercises"], "exercises is a folder; give the path of your Python"),
        (["ex1", "--seed", "xyz"], "--seed xyz is not a seed. Give the 1 to 16 hexadecimal digits"),
        (["ex1", "--seed", "1" * 17], "is not a seed"),
        (["ex1", "--seed", "-1"], "is not a seed"),
        (
            ["ex1", "--timeout", "0"],
            "--timeout 0 is not a valid time. Give a number of seconds above 0",
        ),
        (["ex1", "--timeout", "nan"], "--timeout nan is not a valid time"),
        (["ex1", "--course", "gone"], "holds no course: a course has exercises/ex1_name.py"),
        (["list", "--course", "gone"], "holds no course"),
        (["demo", "--course", "gone"], "holds no course"),
        (["ex1", "--sede", "1"], "No such option: --sede"),
        (["ex1", "ex2"], "One exercise is graded at a time, so ex2 is one word too many"),
        (["ex1", "a.py"], "To grade another file: `grade ex1 --file a.py`."),
        (["a.py"], "Which exercise is a.py? Name it first, such as `grade ex1 --file a.py`."),
        (["ex1", "--jsn"], "No such option: --jsn. Did you mean --json? See `grade ex1 --help`."),
        (["hnt", "ex3", "--x"], "Did you mean `grade hint ex3 --x` or `grade init ex3 --x`?"),
        (["check", "1", "--seed", "xyz"], "--seed xyz is not a seed"),
        (["--nope"], "No such option: --nope. See `grade --help`."),
        (
            ["class", "show", "autumn", "anna"],
            "Which exercise? Name it, such as `grade class show autumn anna ex1`.",
        ),
        (["ex1\x1b[2J"], "There is no exercise or command 'ex1\\x1b[2J'."),
    ],
)
def test_mistakes_get_one_sentence(workspace: Path, words: list[str], told: str) -> None:
    done = called(workspace, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1 and "Traceback" not in done.stderr


def test_a_missing_file_of_the_workspace(workspace: Path) -> None:
    (workspace / "exercises/ex1_predictions.py").rename(workspace / "exercises/ex3_flatten.py")
    done = called(workspace, "ex1")
    assert (done.returncode, done.stdout) == (2, "")
    told = "There is no file exercises/ex1_predictions.py. `grade reset ex1` restores"
    assert done.stderr.startswith(told)


def test_a_course_that_can_not_be_read(workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "broken/solutions/ex1_predictions"
    folder.mkdir(parents=True)
    (folder / "solution.py").write_text("def (")
    (folder / "checks.py").write_text("")
    done = called(workspace, "ex1", "--course", str(tmp_path / "broken"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"The course file {folder / 'solution.py'} can't be read: ")
    assert done.stderr.count("\n") == 1


# how it looks


@pytest.mark.parametrize("columns", [60, pytest.param(100, marks=pytest.mark.thorough)])
def test_no_line_is_wider_than_the_screen(workspace: Path, columns: int) -> None:
    chinese = "形状不匹配：期望的形状是二维数组，但是得到的是一维数组"
    submit(
        workspace, with_labels(f"    print('{chinese}' * 9)\n    raise ValueError('{chinese}')\n")
    )
    done = called(workspace, "ex1", COLUMNS=str(columns))
    lines = done.stdout.splitlines()
    assert max(map(cell_len, lines)) <= columns
    # of the printed line its ends; the line of code around the error is cut where it is too long
    assert re.sub(r"\s", "", done.stdout).count(chinese) == 4 + (columns == 100)
    assert not any(line != line.rstrip() for line in lines)


@pytest.mark.thorough
def test_an_encoding_without_our_signs(workspace: Path) -> None:
    submit(workspace, with_labels("    print('标签')\n    return None\n"))
    done = run(workspace, "ex1", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.isascii()
    assert " x The predicted label is the position" in done.stdout
    assert " + 6 checks passed" in done.stdout and " o 2 checks wait" in done.stdout
    assert "     | ??\n" in done.stdout
    listing = run(workspace, "--help", PYTHONUTF8="0", PYTHONIOENCODING="ascii").stdout
    assert listing.isascii() and "Instructors" in listing


def test_a_terminal_gets_colors_and_a_line_that_tells_what_happens(workspace: Path) -> None:
    body = "    import time; time.sleep(0.6)  # longer than two pictures of what happens\n"
    submit(workspace, with_labels(body + "    return np.argmax(probabilities, axis=0)\n"))
    written, code = in_terminal(workspace, "ex1")
    assert code == 1
    assert "\x1b[32m✓\x1b[0m" in written and "\x1b[31m✗\x1b[0m" in written
    assert re.search(r"check \d of 9 · \w", written)
    assert written.rstrip().splitlines()[-1].count("protection") == 1


@pytest.mark.thorough
def test_no_color(workspace: Path) -> None:
    submit(workspace, OTHER_AXIS)
    written, _ = in_terminal(workspace, "ex1", NO_COLOR="1")
    assert not re.search(r"\x1b\[(\d+;)*[34]\d", written)
    assert " ✗ The predicted label" in ANSI.sub("", written)


@pytest.mark.thorough
def test_a_reader_that_leaves_early(workspace: Path) -> None:
    done = shell(workspace, "grade ex1 | head -n 1")
    assert done.stdout.startswith(" ex1 ·")
    assert done.stderr == ""
    assert "1 of 8" in run(workspace).stdout  # it is kept all the same


@pytest.mark.thorough
def test_names_that_are_no_utf8(workspace: Path) -> None:
    folder = workspace.parent / os.fsdecode(b"andr\xe9")
    shutil.move(workspace, folder)
    done = run(folder, "ex1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "not kept" not in done.stdout


@pytest.mark.thorough
def test_a_link_that_is_typed_is_followed(workspace: Path) -> None:
    file, link = workspace / "exercises/ex1_predictions.py", workspace / "link.py"
    link.symlink_to(file)
    assert called(workspace, "ex1", "--file", "link.py").returncode == 0
    file.rename(workspace / "elsewhere.py")
    file.symlink_to(workspace / "elsewhere.py")
    done = called(workspace, "ex1")  # nobody has typed that
    assert (done.returncode, "it is a link" in done.stderr) == (2, True)
    link.unlink()
    link.symlink_to(link)
    done = called(workspace, "ex1", "--file", "link.py")
    assert (done.returncode, done.stdout) == (2, "")
    assert "There is no file" in done.stderr


@pytest.mark.parametrize("closed", ["2>&-", "2>/dev/full"])
def test_nobody_to_complain_to(workspace: Path, closed: str) -> None:
    done = shell(workspace, f"grade ex99 {closed}")
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.thorough
def test_little_address_space(workspace: Path) -> None:
    done = shell(workspace, "ulimit -v 3000000; grade ex1")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.thorough
def test_too_little_address_space(workspace: Path) -> None:
    """TensorFlow aborts in the middle of a right file, as it does in the solution: no mistake."""
    solution = Course.open().exercise("ex4").solution
    done = shell(workspace, f"ulimit -v 1500000; grade ex4 --file {solution}")
    assert (done.returncode, done.stderr) == (3, "")
    assert "The course's own solution does not pass this check here either." in flat(done.stdout)
    assert not (workspace / ".grade").exists()


def test_interrupted(workspace: Path) -> None:
    submit(workspace, with_labels("    while True: pass\n"))
    child = spawn(workspace, GRADE, "ex1")
    child.expect("check 5 of 9")
    started = descendants(child.pid)
    assert len(started) >= 2
    child.sendintr()
    shown, code = rest(child)
    assert code == 130
    assert shown.rstrip().splitlines()[-1] == "Stopped. Nothing of this run was saved."
    assert "Traceback" not in shown
    assert not any(map(alive, started))
    assert not (workspace / ".grade").exists()


# the other commands


def test_list(workspace: Path) -> None:
    done = called(workspace, "list")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == " ○ ex1  What do ten numbers mean?"
    assert [line.split()[1] for line in lines[:-2]] == [e.id for e in Course.open().exercises]
    assert lines[-1] == " next  grade ex1"


def test_demo(tmp_path: Path) -> None:
    done = called(tmp_path, "demo", COLUMNS="100")
    assert (done.returncode, done.stderr) == (0, "")
    headings = [line for line in done.stdout.splitlines() if re.match(r" \d  ", line)]
    assert [heading[:14] for heading in headings] == [
        " 1  What every",
        " 2  A typical ",
        " 3  A solution",
    ]
    stub, mistaken, solution = (done.stdout.split(h)[1] for h in headings)
    assert "You haven't written anything yet" in stub
    assert "✗" in mistaken.split(" 3  ")[0]
    assert "✓ All 9 checks passed" in solution and "✗" not in solution
    assert "tensorflow" not in done.stdout
    assert done.stdout.splitlines()[-2:] == [
        " next  Make a workspace:   grade init work",
        "       Go there, edit exercises/ex1_predictions.py, then run   grade ex1",
    ]
    assert list(tmp_path.iterdir()) == []


def test_version_and_help(workspace: Path) -> None:
    import grader

    assert called(workspace, "--version").stdout == f"grade {grader.__version__}\n"
    shown = called(workspace, "--help").stdout
    assert "list" in shown and "demo" in shown and "Instructors" in shown
    options = called(workspace, "ex1", "--help").stdout
    assert "Usage: grade ex1 [OPTIONS]" in options
    for option in ("--file", "--json", "--seed", "--timeout", "--course"):
        assert option in options


@pytest.mark.parametrize(
    "words", [["--help"], ["list"], ["ex1", "--help"], ["--version"], ["lits"]]
)
def test_nothing_heavy_is_imported(workspace: Path, words: list[str]) -> None:
    modules = imported(workspace, *words)
    assert "grader.cli.app" in modules
    assert not {"numpy", "tensorflow", "keras", "pytest", "grader.engine.grading"} & modules


@pytest.mark.parametrize("words", [["list"], [], ["ex1", "--help"], ["hint", "--help"]])
def test_a_command_loads_no_other(workspace: Path, words: list[str]) -> None:
    begin = "grader.cli.commands."
    modules = {each.removeprefix(begin) for each in imported(workspace, *words) if begin in each}
    assert modules - {"grade", words[0] if words else "overview", "list_"} == set()


@pytest.mark.parametrize("group", ["class", "export"])
def test_a_group_alone_shows_its_help(workspace: Path, group: str) -> None:
    done = called(workspace, group)
    assert (done.returncode, done.stderr) == (2, "")
    assert f"Usage: grade {group} [OPTIONS] COMMAND" in done.stdout


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("grade ex1", ["ex1"]),
        ("grade ex1_", ["ex1_predictions"]),
        ("grade l", ["list", "lesson", "lab"]),
        ("grade ex1 --f", ["--file"]),
        ("grade list --c", ["--course"]),
    ],
)
def test_completion(workspace: Path, line: str, offered: list[str]) -> None:
    assert completions(workspace, line) == offered
