"""What services get: archives with all that grading needs, and results that they can read."""

import contextlib
import io
import json
import os
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import requires
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from grader import container
from grader.course import Course, Exercise
from grader.errors import GraderError
from grader.export import classroom50, harness, prairielearn
from grader.export.classroom50 import Classroom50, result
from grader.export.github import GitHub
from grader.export.gradescope import Gradescope, autograder, results
from grader.export.handed_in import find
from grader.export.harness import Writer, put
from grader.export.interface import Interim
from grader.export.words import cut, markdown
from grader.pages.markdown import fenced, plain
from grader.render.json import dumps
from grader.report import Activity, CheckResult, Protection, Report, Verdict

ROOT = Path(__file__).resolve().parents[2]
EXERCISE = Course.open().exercise("ex3")
CHECKS = "course/solutions/ex3_flatten/checks.py"
FORMATS = {"text", "html", "simple_format", "md", "ansi"}
VISIBILITIES = {"visible", "hidden", "after_due_date", "after_published"}


def report(*checks: CheckResult, level: str = "full") -> Report:
    versions = {"grader": "0.1.0", "tensorflow": None}
    return Report(
        "ex3_flatten", "Why Flatten?", "a.py", 7, checks, Protection(level), versions, 1.5
    )


def check(name: str, verdict: Verdict, points: float = 0, most: float = 2, **more) -> CheckResult:
    return CheckResult(name, f"Title of {name}", verdict, points, most, **more)


MIXED = report(
    check("one", Verdict.PASSED, 2),
    check("two", Verdict.FAILED, 0.5, message="Expected 3, got 4 ``` <b>", hint="Count again."),
    check("three", Verdict.BLOCKED, message="waits for: two"),
    check("extra", Verdict.PASSED, 1, 1, bonus=True),
)


def place(tmp_path: Path, metadata: object = None, **files: str) -> Gradescope:
    (tmp_path / "submission").mkdir(parents=True)
    for name, text in files.items():
        (tmp_path / "submission" / f"{name}.py").write_text(text)
    if metadata is not None:
        (tmp_path / "submission_metadata.json").write_text(json.dumps(metadata))
    return Gradescope(tmp_path)


def test_an_archive_holds_a_wheel_and_a_course_with_the_same_hash(tmp_path: Path) -> None:
    archive = zipfile.ZipFile(io.BytesIO(autograder(EXERCISE, 540)))
    archive.extractall(tmp_path)
    modes = {i.filename: i.external_attr >> 16 & 0o777 for i in archive.infolist()}
    assert modes["setup.sh"] == modes["run_autograder"] == 0o755
    assert modes[CHECKS] == 0o644
    packed = Course.open(tmp_path / "course")
    assert [each.stem for each in packed.exercises] == ["ex3_flatten"]
    assert packed.exercise("ex3").hash == EXERCISE.hash
    assert "--limit 540" in (tmp_path / "run_autograder").read_text()
    (wheel,) = (name for name in archive.namelist() if name.endswith(".whl"))
    with zipfile.ZipFile(tmp_path / wheel) as made:
        names = made.namelist()
        (metadata,) = (name for name in names if name.endswith("/METADATA"))
        listed = made.read(metadata.replace("METADATA", "RECORD")).decode().splitlines()
        told = made.read(metadata).decode()
    assert [line.partition(",")[0] for line in listed[:-1]] == sorted(
        name for name in names if not name.endswith("/RECORD")
    )
    assert any(name.endswith(".npz") for name in names)
    assert not [name for name in names if "_course" in name or "__pycache__" in name]
    for each in requires("eight-questions") or []:
        assert f"Requires-Dist: {each}" in told


@pytest.mark.parametrize("exercise", Course.open().exercises, ids=lambda exercise: exercise.id)
def test_an_archive_says_what_its_exercise_says(exercise: Exercise, tmp_path: Path) -> None:
    """A brief may name numbers of any lab."""
    zipfile.ZipFile(io.BytesIO(autograder(exercise, 100))).extractall(tmp_path)
    packed = Course.open(tmp_path / "course").exercise(exercise.id)
    assert packed.brief == exercise.brief and packed.made_stub() == exercise.made_stub()


def test_the_same_files_make_the_same_archive() -> None:
    assert autograder(EXERCISE, 540) == autograder(EXERCISE, 540)


def test_results_have_what_gradescope_reads() -> None:
    told = json.loads(json.dumps(results(Interim(MIXED, ("Handed in late.",)))))
    assert told["score"] == 3.5 == sum(test["score"] for test in told["tests"])
    assert sum(test["max_score"] for test in told["tests"]) == MIXED.max_score
    assert told["execution_time"] == 2
    assert "Handed in late." in told["output"] and "protection full" in told["output"]
    assert {told["output_format"]} <= FORMATS
    assert {told["visibility"], told["stdout_visibility"]} <= VISIBILITIES
    assert [test["status"] for test in told["tests"]] == ["passed", "failed", "failed", "passed"]
    one, two, three, _ = told["tests"]
    assert one["output"] == ""
    assert "Expected 3, got 4" in two["output"] and "Count again." in two["output"]
    assert "Title of two" not in two["output"]
    assert three["output"] == "waits for: two"


def test_missing_layers_are_named() -> None:
    partial = Report(
        "ex3_flatten", "t", "a.py", 7, (), Protection("partial", ("network",)), {}, 1.0
    )
    assert "protection partial, without network" in results(Interim(partial))["output"]


def test_a_result_is_there_before_anything_runs_and_after_each_check(tmp_path: Path) -> None:
    service = place(tmp_path)
    written = tmp_path / "results/results.json"
    writer = Writer(service, EXERCISE)
    writer.write(harness.UNFINISHED)
    early = json.loads(written.read_text())
    assert early["score"] == 0 and harness.UNFINISHED in early["output"]
    assert early["extra_data"]["graded"] is False
    assert {test["output"] for test in early["tests"]} == {harness.NOT_RUN}
    first = EXERCISE.checks[0]
    writer.take(Activity(first.name, ""))
    writer.take(check(first.name, Verdict.PASSED, first.points, first.points))
    then = json.loads(written.read_text())
    assert then["score"] == first.points
    assert [test["status"] for test in then["tests"]][:2] == ["passed", "failed"]
    assert list((tmp_path / "results").iterdir()) == [written]


def test_a_missing_file_is_the_learners_and_says_which_to_hand_in(tmp_path: Path) -> None:
    service = place(tmp_path)
    assert harness.run(service, EXERCISE) == 0
    told = json.loads((tmp_path / "results/results.json").read_text())
    assert told["tests"][0]["output"].endswith("Hand in ex3_flatten.py.")
    assert told["extra_data"]["graded"] is True
    assert harness.UNFINISHED not in told["output"]


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("2026-03-01T10:00:00-05:00", "1 d 2 h 30 min after the due date"),
        ("2026-03-02T13:00:00-05:00", ""),
        ("2026-03-02T13:00:00", ""),  # of no time zone
        (7, ""),
    ],
)
def test_lateness_is_gradescopes(tmp_path: Path, due: object, said: str) -> None:
    user = {"assignment": {"due_date": due}}
    metadata = {"created_at": "2026-03-02T12:30:00-05:00", "users": [user]}
    writer = Writer(place(tmp_path, metadata), EXERCISE)
    writer.write()
    told = json.loads((tmp_path / "results/results.json").read_text())
    assert ("after the due date" in told["output"]) == bool(said)
    assert said in told["output"]
    assert writer.report.submitted == datetime(2026, 3, 2, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"users": 3}', "[" * 100_000])
def test_metadata_that_can_not_be_read_are_none(tmp_path: Path, text: str) -> None:
    service = place(tmp_path)
    (tmp_path / "submission_metadata.json").write_text(text)
    assert service.submitted() is None
    assert service.due() is None


def test_a_result_that_is_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("mine")
    link = tmp_path / "results.json"
    link.symlink_to(other)
    put({link: b"{}"})
    assert other.read_text() == "mine"
    assert link.read_bytes() == b"{}" and not link.is_symlink()


def test_a_result_that_is_a_folder_is_replaced(tmp_path: Path) -> None:
    """A repository may hold a folder of that name, so that nothing could be written."""
    there = tmp_path / "result.json"
    there.mkdir()
    (there / "mine.txt").write_text("mine")
    put({there: b"{}"})
    assert there.read_bytes() == b"{}"
    (aside,) = tmp_path.glob("result.json.*~")
    assert (aside / "mine.txt").read_text() == "mine"


def git(folder: Path, *words: str, data: bytes = b"") -> str:
    done = subprocess.run(
        ["git", "-C", folder, *words], input=data, capture_output=True, check=True
    )
    return done.stdout.decode().strip()


def test_no_setting_of_a_repository_runs_a_program(tmp_path: Path) -> None:
    checkout, ran = tmp_path / "checkout", tmp_path / "ran"
    checkout.mkdir()
    git(checkout, "init", "-q")
    tree = git(checkout, "hash-object", "-t", "tree", "-w", "--stdin")
    who = b"A > 9 <a@b.c> 1780324325 +0200"
    signature = b"gpgsig -----BEGIN PGP SIGNATURE-----\n -----END PGP SIGNATURE-----"
    parts = tree.encode(), who, who, signature
    commit = b"tree %s\nauthor %s\ncommitter %s\n%s\n\nm\n" % parts
    made = git(checkout, "hash-object", "-t", "commit", "-w", "--stdin", "--literally", data=commit)
    git(checkout, "update-ref", "HEAD", made)
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {ran}\n")
    program.chmod(0o755)
    git(checkout, "config", "log.showSignature", "true")
    git(checkout, "config", "gpg.program", str(program))
    assert Classroom50(checkout, {}).submitted() == datetime.fromtimestamp(1780324325, UTC)
    assert not ran.exists()
    git(checkout, "log", "-1", "--format=%cI")
    assert ran.exists(), "as git log does what the repository says"

    ran.unlink()
    (checkout / ".git").rename(tmp_path / "bare")  # as files of a submission, not as its repository
    git(tmp_path / "bare", "config", "core.bare", "true")
    git(tmp_path / "bare", "log", "-1")
    assert ran.exists(), "Git takes any such folder for a repository"
    with pytest.raises(GraderError, match="can't be found out"):
        Classroom50(tmp_path / "bare", {}).submitted()


def test_nothing_is_fetched_for_a_repository(tmp_path: Path) -> None:
    checkout, ran = tmp_path / "checkout", tmp_path / "ran"
    checkout.mkdir()
    git(checkout, "init", "-q")
    git(checkout, "config", "core.repositoryFormatVersion", "1")
    git(checkout, "config", "extensions.partialClone", "origin")
    git(checkout, "config", "remote.origin.url", str(tmp_path / "away"))
    git(checkout, "config", "remote.origin.promisor", "true")
    git(checkout, "config", "remote.origin.uploadpack", f"touch {ran}; false")
    (checkout / ".git/refs/heads/main").write_text("1" * 40 + "\n")
    (checkout / ".git/HEAD").write_text("ref: refs/heads/main\n")
    with pytest.raises(GraderError, match="can't be found out"):
        Classroom50(checkout, {}).submitted()
    assert not ran.exists()
    with contextlib.suppress(subprocess.CalledProcessError):
        git(checkout, "log", "-1")
    assert ran.exists(), "Git fetches what is missing, by a program that the repository names"


def test_a_commit_that_fills_the_memory_is_not_read(tmp_path: Path) -> None:
    """A repository of a few kilobytes may hold one of gigabytes."""
    git(tmp_path, "init", "-q")
    tree = git(tmp_path, "hash-object", "-t", "tree", "-w", "--stdin")
    parts = tree.encode(), *[b"A > 9 <a@b.c> 1780324325 +0200"] * 2, b"m" * (17 << 20)
    commit = b"tree %s\nauthor %s\ncommitter %s\n\n%s\n" % parts
    made = git(tmp_path, "hash-object", "-t", "commit", "-w", "--stdin", data=commit)
    git(tmp_path, "update-ref", "HEAD", made)
    with pytest.raises(GraderError, match="can't be found out"):
        Classroom50(tmp_path, {}).submitted()
    assert len(git(tmp_path, "cat-file", "commit", "HEAD")) > 17 << 20, "Git alone has no limit"


@pytest.mark.parametrize("name", ["HEAD", "config"])
def test_a_repository_has_nobody_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A pipe that nobody writes to, in place of a file that Git reads."""
    git(tmp_path, "init", "-q")
    (tmp_path / ".git" / name).unlink()
    os.mkfifo(tmp_path / ".git" / name)
    monkeypatch.setattr(classroom50, "SECONDS", 0.1)
    with pytest.raises(GraderError, match="can't be found out"):
        Classroom50(tmp_path, {}).submitted()


def test_which_file_is_graded(tmp_path: Path) -> None:
    deep = tmp_path / "src/mine"
    deep.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/ex3_flatten.py").write_text("x = 1")
    assert find(tmp_path, EXERCISE) == (
        "There is no Python file in what you handed in. Hand in ex3_flatten.py."
    )
    outside = tmp_path.with_name(f"{tmp_path.name}-outside")
    outside.mkdir()
    (outside / "ex3_flatten.py").write_text("secret = 1")
    (tmp_path / "linked").symlink_to(outside)
    (tmp_path / "ex3_flatten.py").symlink_to(outside / "ex3_flatten.py")
    assert isinstance(find(tmp_path, EXERCISE), str)
    (tmp_path / "a.py").write_text("x = 1")
    assert find(tmp_path, EXERCISE) == tmp_path / "a.py"
    (tmp_path / "b.py").write_text(f"def {EXERCISE.functions[0]}(): ...")
    assert find(tmp_path, EXERCISE) == tmp_path / "b.py"
    (tmp_path / "c.py").write_text(f"def {EXERCISE.functions[0]}(): ...")
    assert find(tmp_path, EXERCISE) == (
        "It is not clear which file to grade: b.py, c.py. Hand in ex3_flatten.py alone."
    )
    (deep / "EX3_flatten.py").write_text("y = 1")
    assert find(tmp_path, EXERCISE) == deep / "EX3_flatten.py"


def test_a_notebook_may_be_handed_in(tmp_path: Path) -> None:
    source = ["import numpy as np\n", f"def {EXERCISE.functions[0]}(x):\n", "    return x"]
    cells = [{"cell_type": "code", "source": source}]
    (tmp_path / "notes.py").write_text("x = 1")
    (tmp_path / "work.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}))
    assert find(tmp_path, EXERCISE) == tmp_path / "work.ipynb"
    (tmp_path / "EX3_Flatten.ipynb").write_text("{}")
    assert find(tmp_path, EXERCISE) == tmp_path / "EX3_Flatten.ipynb"
    (tmp_path / "ex3_flatten.py").write_text("x = 1")
    assert find(tmp_path, EXERCISE) == tmp_path / "ex3_flatten.py"


def test_what_a_container_gives(tmp_path: Path) -> None:
    assert container.memory(tmp_path) is None and container.cores(tmp_path) is None
    assert container.usable_cores(tmp_path) == len(os.sched_getaffinity(0))
    (tmp_path / "memory.max").write_text("max\n")
    (tmp_path / "cpu.max").write_text("50000 100000\n")
    assert container.memory(tmp_path) is None and container.cores(tmp_path) == 0.5
    assert container.usable_cores(tmp_path) == 0.5
    (tmp_path / "memory.max").write_text("805306368\n")
    assert container.memory(tmp_path) == container.usable_memory(tmp_path) == 768 << 20


def test_too_little_memory_is_said_where_something_was_not_graded(tmp_path: Path) -> None:
    told = tmp_path / "results/results.json"
    writer = Writer(place(tmp_path), EXERCISE, 768 << 20)
    writer.write()
    assert "only 768 MB of memory" in json.loads(told.read_text())["output"]
    writer.report = MIXED
    writer.write()
    assert "memory" not in json.loads(told.read_text())["output"]
    Writer(place(tmp_path / "b"), EXERCISE, 2 << 30).write()
    assert "memory" not in (tmp_path / "b/results/results.json").read_text()


def test_markdown_shows_strange_words_as_words() -> None:
    assert plain("a|b <i>*x*</i> @user #1 [l](u)\n- z") == (
        r"a\|b &lt;i&gt;\*x\*&lt;/i&gt; \@user \#1 \[l\](u) - z"
    )
    assert fenced("````\nx").startswith("`````text\n")
    told = markdown(MIXED, ("Late.",))
    assert "| ✅ | Title of one | 2/2 |" in told
    assert "````text" in told and told.count("<details>") == 2


def test_a_title_is_shown_as_it_is() -> None:
    """Where Markdown is read and where it is not: in the table, and above what is folded."""
    title = "build_model(units) makes <b> *new* models"
    checks = tuple(replace(check, title=title) for check in MIXED.checks)
    told = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(
        markdown(replace(MIXED, checks=checks))
    )
    shown = "build_model(units) makes &lt;b&gt; *new* models"
    assert told.count(f"<summary>{shown}</summary>") == 2
    assert told.count(f"<td>{shown}</td>") == len(checks)


def test_a_summary_stays_within_githubs_limit() -> None:
    assert cut("short") == "short"
    long = cut("é" * 1_000_000)
    assert len(long.encode()) <= 1 << 20 and long.endswith("to be shown here.\n")


RUNNER = {
    "CLASSROOM": "cs",
    "ASSIGNMENT": "flatten",
    "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "COMMIT_URL": "https://example.org/commit/a1b2c3d",
    "RELEASE_URL": "https://example.org/release",
    "OWNER": "ana",
}


def test_classroom50_gets_whole_numbers_and_the_time_of_the_submission(tmp_path: Path) -> None:
    service = Classroom50(tmp_path, RUNNER)
    submitted = service.submitted()  # of the tag, as the folder is no repository
    assert submitted == datetime(2026, 6, 1, 14, 32, 5, tzinfo=UTC)
    never = RUNNER | {"SUBMISSION_TAG": "submit/2026-13-32T14-32-05Z-a1b2c3d"}
    with pytest.raises(GraderError, match="can't be found out"):
        Classroom50(tmp_path, never).submitted()
    told = result(replace(MIXED, submitted=submitted), RUNNER)
    assert told["schema"] == "classroom50/result/v1"
    assert told["datetime"] == "2026-06-01T14:32:05Z"
    assert (told["score"], told["max-score"]) == (7, 12), "half points: all of them twice"
    assert [(t["passed"], t["score"], t["max-score"]) for t in told["tests"]] == [
        (True, 4, 4),
        (False, 1, 4),
        (False, 0, 4),
        (True, 2, 2),
    ]
    assert told["review"] == told["commit"] == RUNNER["COMMIT_URL"]
    assert told["owner"] == "ana" and "assignment_type" not in told
    whole = report(check("one", Verdict.PASSED, 2), check("e", Verdict.PASSED, 1, 1, bonus=True))
    assert (result(whole, RUNNER)["score"], result(whole, RUNNER)["max-score"]) == (2, 2)


def test_classroom50_gets_no_name_that_its_schema_does_not_know() -> None:
    known = "schema classroom assignment assignment_type owner submission commit release review"
    known += " datetime graded_at score max-score tests submitted_by"
    told = result(MIXED, RUNNER)
    assert set(told) <= set(known.split())
    for test in told["tests"]:
        assert type(test["score"]) is type(test["max-score"]) is int
        assert 0 <= test["score"] <= test["max-score"]


def test_classroom50_counts_an_accident_as_its_own_failure(tmp_path: Path) -> None:
    service = Classroom50(tmp_path, RUNNER)
    assert service.exit_code(MIXED) == 0
    assert service.exit_code(report(check("one", Verdict.ACCIDENT))) == 1
    files = service.results(Interim(MIXED, ("Little memory.",)))
    assert [path.name for path in files] == ["result.json", "release-body.md"]
    assert "Little memory." in files[tmp_path / "release-body.md"].decode()


def test_outside_of_the_runner_one_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match="CLASSROOM is not set"):
        result(MIXED, {})
    with pytest.raises(GraderError, match="can't be found out"):
        Classroom50(tmp_path, {}).submitted()
    with pytest.raises(GraderError, match="GITHUB_STEP_SUMMARY is not set"):
        GitHub({}).results(Interim(MIXED))


def test_prairielearn_gets_a_share_of_the_points() -> None:
    told = prairielearn.results(Interim(MIXED, ("Little memory.",)))
    assert told["gradable"] is True and "format_errors" not in told
    assert told["score"] == 3.5 / 6
    assert "Little memory." in told["output"]
    assert [test["points"] for test in told["tests"]] == [2, 0.5, 0, 1]
    full = report(check("one", Verdict.PASSED, 2), check("b", Verdict.PASSED, 1, 1, bonus=True))
    assert prairielearn.results(Interim(full))["score"] == 1.0, "a bonus is not over 1"


def test_what_nobody_can_grade_costs_no_attempt_in_prairielearn() -> None:
    accident = report(check("one", Verdict.ACCIDENT, message="Killed."))
    told = prairielearn.results(Interim(accident, ("It was stopped.",)))
    assert told["gradable"] is False
    assert told["format_errors"] == ["It was stopped."]
    broken = report(CheckResult("load", "Loads", Verdict.ERROR, 0, 0, "Line 3: no Python."))
    told = prairielearn.results(Interim(broken))
    assert told["gradable"] is False and told["format_errors"] == ["Line 3: no Python."]


def test_prairielearn_takes_a_megabyte() -> None:
    long = "é\x00\ud800" * 30_000
    checks = [check(str(n), Verdict.FAILED, message=long) for n in range(60)]
    told = dumps(prairielearn.results(Interim(report(*checks))))
    assert len(told.encode()) <= prairielearn.MOST
    assert json.loads(told)["tests"][0]["output"]


def test_an_archive_for_each_service_holds_the_course_and_the_wheel() -> None:
    for data, script in (
        (classroom50.autograder(EXERCISE, 100), "autograder.py"),
        (prairielearn.question(EXERCISE, 100, "me/it"), "questions/ex3_flatten/tests/run.sh"),
    ):
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = archive.namelist()
        (checks,) = (name for name in names if name.endswith("checks.py"))
        started = archive.read(script).decode()
        assert "--limit" in started and "ex3_flatten" in started
        assert len([name for name in names if name.endswith(".whl")]) == 1
        assert checks == f"{script.rpartition('/')[0]}/{CHECKS}".lstrip("/"), "beside the script"
    info = json.loads(archive.read("questions/ex3_flatten/info.json"))
    assert info["externalGradingOptions"]["image"] == "me/it"
    again = zipfile.ZipFile(io.BytesIO(prairielearn.question(EXERCISE, 100, "me/it")))
    assert json.loads(again.read("questions/ex3_flatten/info.json"))["uuid"] == info["uuid"]


def test_a_step_of_github_gets_a_summary_and_outputs(tmp_path: Path) -> None:
    environment = {
        "GITHUB_WORKSPACE": str(tmp_path),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
    }
    service = GitHub(environment)
    put(service.results(Interim(MIXED)))
    put(service.results(Interim(MIXED)))
    assert (
        tmp_path / "output"
    ).read_text() == "graded=true\npassed=false\nscore=3.5\nmax-score=6\n"
    assert (tmp_path / "summary.md").read_text().count("3.5 of 6 points") == 1
    assert [service.exit_code(each) for each in (MIXED, report(check("a", Verdict.PASSED)))] == [
        1,
        0,
    ]
    assert service.exit_code(report(check("a", Verdict.ACCIDENT))) == 3
    assert service.folder == tmp_path


def test_the_action_starts_the_harness() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    steps = action["runs"]["steps"]
    started = steps[-1]["run"]
    assert "grader.export.harness github" in started and "github" in harness.SERVICES
    assert "${{" not in "".join(step.get("run", "") for step in steps), "no input becomes code"
    told = {value["value"].split(".")[-1].rstrip(" }") for value in action["outputs"].values()}
    lines = GitHub({"GITHUB_STEP_SUMMARY": "a", "GITHUB_OUTPUT": "b"}).results(Interim(MIXED))
    assert told == {line.partition("=")[0] for line in lines[Path("b")].decode().splitlines()}
