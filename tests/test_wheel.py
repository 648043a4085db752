"""The archives hold what they should; what is installed works without the repository."""

import json
import re
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

import grader
from grader.course import Course

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).resolve().parent.parent


def run(python: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [str(python), "-c", "from grader.cli import main; main()", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_course_is_in_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = "from grader.course import Course; print(Course.open().root)"
    told = subprocess.run(
        [str(installed), "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip().endswith("site-packages/grader/_course")
    listed = run(installed, tmp_path, "list")
    assert listed.returncode == 0
    for exercise in Course.open().exercises:
        assert exercise.title in listed.stdout


def test_a_file_is_graded_behind_all_layers(installed: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_bytes(Course.open().exercise("ex1").solution.read_bytes())
    done = run(installed, tmp_path, "ex1", "--file", "mine.py", "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 0 and report["passed"]
    assert report["protection"] == {"level": "full", "missing": []}


def test_a_submission_can_not_read_the_installed_course(installed: Path, tmp_path: Path) -> None:
    solution = Course.open().exercise("ex1").solution.read_text()
    path = tmp_path / "mine.py"
    path.write_text(
        solution.replace(
            "import numpy as np",
            "import numpy as np, os\nfor entry in sorted(os.sys.path):\n"
            "    course = entry + '/grader/_course'\n"
            "    if os.path.exists(course):\n        open(course + '/solutions/conftest.py')\n",
        )
    )
    report = json.loads(run(installed, tmp_path, "ex1", "--file", "mine.py", "--json").stdout)
    assert report["checks"][0]["name"] == "load"
    assert "tried something that isn't allowed during grading" in report["checks"][0]["message"]
    assert "Permission denied" in report["checks"][0]["details"]["exception"]["message"]


def test_a_submission_may_import_what_is_installed(installed: Path, tmp_path: Path) -> None:
    """Also what nothing has imported before, from the folder that holds the hidden course."""
    packages = installed.parent.parent.glob("lib/python*/site-packages")
    next(packages).joinpath("helpful.py").write_text("ANSWER = 42\n")
    solution = Course.open().exercise("ex1").solution.read_text()
    path = tmp_path / "mine.py"
    path.write_text(solution.replace("import numpy", "import helpful, sqlite3\nimport numpy"))
    done = run(installed, tmp_path, "ex1", "--file", "mine.py", "--json")
    report = json.loads(done.stdout)
    assert report["passed"], report["checks"][0]["message"]


def test_the_demo(installed: Path, tmp_path: Path) -> None:
    assert run(installed, tmp_path, "demo").returncode == 0


def tracked() -> set[str]:
    """The files of the repository, with those that are new."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return {name for name in done.stdout.split("\0") if name and (ROOT / name).exists()}


def test_the_source_archive_holds_the_repository(archives: tuple[Path, Path]) -> None:
    with tarfile.open(archives[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names - {""} == tracked() | {"PKG-INFO"}


def test_the_wheel_holds_the_package_and_the_course(archives: tuple[Path, Path]) -> None:
    """And nothing else: no cache, no test, and no file that proves the checks and grades nobody."""
    course = re.compile(
        r"(?:docs/lessons|exercises|labs|quizzes|solutions|docs/glossary\.md$)(?:/|$)(?!\w+/submissions/)"
    )
    expected = {name for name in tracked() if name.startswith("grader/")}
    expected |= {f"grader/_course/{name}" for name in tracked() if course.match(name)}
    names = zipfile.ZipFile(archives[1]).namelist()
    assert {name for name in names if ".dist-info/" not in name} == expected


def test_what_an_index_shows(archives: tuple[Path, Path]) -> None:
    """Both licenses, and no link that leads nowhere there."""
    wheel = zipfile.ZipFile(archives[1])
    names = wheel.namelist()
    (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
    told = wheel.read(metadata).decode()
    assert "\nName: eight-questions\n" in told
    assert "\nLicense-Expression: MIT AND CC-BY-SA-3.0\n" in told
    assert f"\nVersion: {grader.__version__}\n" in told
    licenses = metadata.replace("METADATA", "licenses/")
    assert {f"{licenses}LICENSE", f"{licenses}grader/datasets/NOTICE.md"} <= set(names)
    assert "docs/students.md goes through it" in told
    assert [link for link in re.findall(r"\]\(([^)]*)\)", told) if "://" not in link] == []


def test_an_exercise_begun_with_the_wheel_works(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "new", "ex9_dropout", "--title", "Why Dropout?")
    assert done.returncode == 0, done.stderr
    done = run(installed, tmp_path, "verify", "ex9", "--course", ".")
    assert done.stdout.endswith("sound\n"), done.stdout + done.stderr


@pytest.mark.parametrize(
    "command",
    [
        *(
            "",
            "list",
            "demo",
            "doctor",
            "ex1",
            "all",
            "watch",
            "review",
            "quiz ex1",
            "quiz --stats",
        ),
        *("hint ex1", "open ex1", "replay ex1", "reset ex1", "solution ex1", "verify ex99"),
    ],
)
def test_outside_a_workspace_no_command_speaks_of_the_installation(
    installed: Path, tmp_path: Path, command: str
) -> None:
    """What a learner may edit is where ``grade init`` puts it."""
    done = run(installed, tmp_path, *command.split())
    told = " ".join((done.stdout + done.stderr).split())
    assert "site-packages" not in told
    assert "Traceback" not in told
    if command != "verify ex99":
        assert "grade init work" in told
