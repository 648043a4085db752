"""A class from its download to its results: graded once, as alone, whatever interrupts it."""

import importlib.util
import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from grader.classroom.classfolder import ClassFolder
from grader.classroom.drive import Drive, planned
from grader.classroom.journal import Journal, Mark
from grader.classroom.manifest import Entry
from grader.course import Course
from grader.engine.grading import grade_submission
from grader.engine.options import Options
from grader.engine.server import Server
from grader.report import Report, Verdict
from grader.submission import Submission
from support import GRADE, ROOT, complaint, environment, new_course, run, started_by

SEED = "00000000000000ab"


def _make_class() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_class", ROOT / "benchmarks/make_class.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look there
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Two small exercises, which need no TensorFlow."""
    return Course(new_course(tmp_path / "course", "first", "second"))


def handed_in(tmp_path: Path, course: Course, learners: int = 7, odd: bool = True) -> None:
    """A class that has been imported."""
    make_class = _make_class()
    made = make_class.made(
        tmp_path / "out", course, list(course.exercises), "folders", learners, odd=odd
    )
    words = ["class", "import", *map(str, made.downloads), "--into", "class"]
    done = run(tmp_path, *words, "--course", str(course.root))
    assert (done.returncode, done.stderr) == (0, "")


def graded(tmp_path: Path, *words: str, expected: int = 0) -> list[dict]:
    """The lines of a run."""
    done = run(tmp_path, "class", "run", "class", "--seed", SEED, "--json", *words)
    assert done.returncode == expected, done
    return [json.loads(line) for line in done.stdout.splitlines()]


def current(tmp_path: Path) -> dict[Entry, Mark | None]:
    place = ClassFolder.open(tmp_path / "class")
    with Journal.open(place.root) as journal:
        return dict(journal.current(place.entries()))


def comparable(report: Report) -> Report:
    """What does not depend on the clock, nor on who handed it in."""
    checks = tuple(replace(check, seconds=0) for check in report.checks)
    return replace(report, seconds=0, time=None, checks=checks, submission="", submitted=None)


def as_alone(tmp_path: Path, course: Course, entries: list[Entry]) -> dict[Entry, Report]:
    """Each submission graded by itself."""
    found = {}
    with Server(course.root) as server:
        for entry in entries:
            exercise = course.exercise(entry.exercise)
            data = (tmp_path / "class" / entry.file).read_bytes()
            submission = Submission(entry.exercise, Path(exercise.stub.name), data=data)
            options = Options(seed=int(SEED, 16))
            found[entry] = comparable(grade_submission(exercise, submission, options, server))
    return found


def test_from_download_to_results(tmp_path: Path, course: Course) -> None:
    handed_in(tmp_path, course, odd=False)
    lines = graded(tmp_path)
    results = current(tmp_path)
    assert len(lines) == len(results) > 9
    assert Counter((x["learner"], x["exercise"], x["version"]) for x in lines) == Counter(
        entry.place for entry in results
    )
    alone = as_alone(tmp_path, course, list(results))
    marks = {entry: mark for entry, mark in results.items() if mark and mark.report}
    assert {entry: comparable(mark.report) for entry, mark in marks.items()} == alone
    assert {report.passed for report in alone.values()} == {True, False}
    assert all(x["known"] for x in graded(tmp_path))  # nothing is left to do
    passed = next(entry for entry, report in alone.items() if report.passed)
    shown = run(tmp_path, "class", "show", "class", passed.learner, passed.exercise)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert passed.file in shown.stdout and "checks passed" in shown.stdout
    screen = run(tmp_path, "class", "run", "class")
    assert f"{len(results)} of {len(results)} submissions are graded." in screen.stdout


@pytest.mark.thorough
def test_what_is_odd_is_graded_as_alone(tmp_path: Path, course: Course) -> None:
    handed_in(tmp_path, course, learners=12)
    lines = graded(tmp_path, "--policy", "best", "-j", "3")
    results = current(tmp_path)
    assert len(lines) == len(results)
    alone = as_alone(tmp_path, course, list(results))
    marks = {entry: mark for entry, mark in results.items() if mark and mark.report}
    assert {entry: comparable(mark.report) for entry, mark in marks.items()} == alone


@pytest.mark.thorough
def test_only_what_has_changed_is_graded_again(tmp_path: Path, course: Course) -> None:
    handed_in(tmp_path, course, odd=False)
    first = graded(tmp_path, "--only", "ex1")
    assert {line["exercise"] for line in first} == {"ex1_first"}
    second = graded(tmp_path)
    assert {line["exercise"] for line in second if not line["known"]} == {"ex2_second"}

    checks = course.exercise("ex2").checks_file
    before = checks.read_text("utf-8")
    checks.write_text(before + "\n# another edition\n", "utf-8")
    again = graded(tmp_path)
    assert {line["exercise"] for line in again if not line["known"]} == {"ex2_second"}
    changed = {entry: mark.report.course_hash for entry, mark in current(tmp_path).items()}
    checks.write_text(before, "utf-8")
    assert all(line["known"] for line in graded(tmp_path))  # what was known is known again
    back = {entry: mark.report.course_hash for entry, mark in current(tmp_path).items()}
    assert {e.exercise for e in back if back[e] != changed[e]} == {"ex2_second"}

    place = ClassFolder.open(tmp_path / "class")
    one, *rest = place.entries()
    (place.root / one.file).write_bytes(course.exercise(one.exercise).solution.read_bytes())
    lines = graded(tmp_path)
    assert [(line["learner"], line["passed"]) for line in lines if not line["known"]] == [
        (one.learner, True)
    ]
    place.keep_entries([replace(one, learner="Somebody else"), *rest])
    assert all(line["known"] for line in graded(tmp_path))
    assert next(iter(current(tmp_path).values())).report.passed


@pytest.mark.thorough
def test_the_same_text_is_graded_once(tmp_path: Path, course: Course) -> None:
    exercise = course.exercise("ex1")
    with exercise.checks_file.open("a") as checks:
        checks.write(
            "\n\ndef test_counted(learner):\n"
            '    """Counted"""\n'
            f"    with open({str(tmp_path / 'runs.txt')!r}, 'a') as file:\n"
            "        file.write('x')\n"
            "    assert learner\n"
        )
    runs = tmp_path / "runs.txt"
    for name in ("ada", "bob", "eve"):
        folder = tmp_path / "all" / name
        folder.mkdir(parents=True)
        shutil.copy(exercise.solution, folder / exercise.stub.name)
    run(tmp_path, "class", "import", "all", "--into", "class", "--course", str(course.root))
    lines = graded(tmp_path)
    assert [line["learner"] for line in lines] == ["ada", "bob", "eve"]
    assert runs.read_text() == "x"


@pytest.mark.thorough
def test_what_can_not_be_graded_is_no_zero(tmp_path: Path, course: Course) -> None:
    handed_in(tmp_path, course, learners=4, odd=False)
    exercise = course.exercise("ex1")
    before = exercise.checks_file.read_text("utf-8")
    with exercise.checks_file.open("a") as checks:
        checks.write(
            '\n\ndef test_broken(learner):\n    """Broken"""\n    raise OSError("no disk")\n'
        )
    place = ClassFolder.open(tmp_path / "class")
    gone = next(entry for entry in place.entries() if entry.exercise == "ex2_second")
    (place.root / gone.file).unlink()
    lines = graded(tmp_path, expected=1)
    bad = [line for line in lines if not line["graded"]]
    assert {line["exercise"] for line in bad} == {"ex1_first", "ex2_second"}
    assert all("score" not in line and line["seen"] for line in bad)
    screen = run(tmp_path, "class", "run", "class")
    assert screen.returncode == 1
    assert "not graded" in screen.stdout and "Import again" in screen.stdout
    ex1 = [mark for entry, mark in current(tmp_path).items() if entry.exercise == "ex1_first"]
    assert {mark.graded for mark in ex1} == {False}
    assert any(c.verdict is Verdict.ACCIDENT for c in ex1[0].report.checks)
    exercise.checks_file.write_text(before, "utf-8")
    lines = graded(tmp_path, expected=1)
    assert [line["exercise"] for line in lines if not line["graded"]] == ["ex2_second"]


@pytest.mark.thorough
def test_a_class_killed_anywhere_goes_on(tmp_path: Path, course: Course) -> None:
    handed_in(tmp_path, course, odd=False)
    draw, kills, results = random.Random(3), 0, 0
    command = [GRADE, "class", "run", "class", "--seed", SEED, "--json"]
    while True:
        driver = subprocess.Popen(
            command, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, text=True
        )
        assert driver.stdout
        read = []
        stop = draw.randrange(1, 3)  # new results until it is killed
        for line in driver.stdout:
            if not json.loads(line)["known"]:
                read.append(line)
            if len(read) == stop:
                time.sleep(draw.random() * 0.1)
                driver.send_signal(signal.SIGKILL)
                break
        driver.stdout.close()
        if driver.wait() == 0:
            break
        kills += 1
        kept = sum(mark is not None for mark in current(tmp_path).values())
        assert kept >= results + len(read), "what was printed had been kept"
        results = kept
    assert kills > 2
    marks = current(tmp_path)
    alone = as_alone(tmp_path, course, list(marks))
    assert {entry: comparable(mark.report) for entry, mark in marks.items()} == alone


@pytest.mark.thorough
def test_two_do_not_grade_one_class(tmp_path: Path, course: Course) -> None:
    handed_in(tmp_path, course, learners=3, odd=False)
    with ClassFolder.open(tmp_path / "class").locked():
        done = run(tmp_path, "class", "run", "class")
        assert "Another grade is working on" in complaint(done)
        words = ["class", "import", "out/class", "--into", "class"]
        assert "Another grade is working on" in complaint(run(tmp_path, *words))


@pytest.mark.thorough
def test_whoever_stops_it_leaves_no_process(
    tmp_path: Path, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_in(tmp_path, course, learners=4, odd=False)
    name = f"class-{tmp_path.name}-{time.time_ns()}"
    monkeypatch.setenv("GRADE_TEST_NAME", name)
    place = ClassFolder.open(tmp_path / "class")
    settings = place.settings()
    assert settings is not None
    with Journal.open(place.root, writing=True) as journal:
        plan = planned(place, course, settings, journal.scores())
        results = Drive(place, course, settings, journal, workers=2).results(plan)
        next(results)
        results.close()
    kept = [mark for mark in current(tmp_path).values() if mark is not None]
    assert 1 <= len(kept) <= 2
    assert started_by(name) == set()


@pytest.mark.thorough
def test_what_can_not_be_shown_is_a_sentence(tmp_path: Path, course: Course) -> None:
    handed_in(tmp_path, course, learners=9, odd=False)

    def show(*words: str) -> str:
        return complaint(run(tmp_path, "class", "show", "class", *words))

    assert "has not been graded yet" in show("Lovelace", "ex2")
    assert "There is no learner 'nobody'" in show("nobody", "ex2")
    assert "2 learners have 'Zo' in their names" in show("Zo", "ex2")
    assert "There is no exercise 'ex9'" in show("Lovelace", "ex9")
    assert "has not handed in version 7" in show("Lovelace", "ex2", "--version", "7")
    assert "There is no policy 'worst'" in complaint(
        run(tmp_path, "class", "run", "class", "--policy", "worst")
    )
