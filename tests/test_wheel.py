"""What is installed from the wheel works without the repository."""

import json
import subprocess
import zipfile
from pathlib import Path

from grader.course import Course


def grade(python: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [str(python), "-c", "from grader.cli import main; main()", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_course_is_in_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = "from grader.course import Course; print(Course.open().root)"
    told = subprocess.run(
        [str(installed), "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip().endswith("site-packages/grader/_course")
    listed = grade(installed, tmp_path, "list")
    assert listed.returncode == 0
    for exercise in Course.open().exercises:
        assert exercise.title in listed.stdout


def test_a_file_is_graded_behind_all_layers(installed: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_bytes(Course.open().exercise("ex1").solution.read_bytes())
    done = grade(installed, tmp_path, "ex1", "--file", "mine.py", "--json")
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
    report = json.loads(grade(installed, tmp_path, "ex1", "--file", "mine.py", "--json").stdout)
    assert report["checks"][0]["name"] == "load"
    assert "did what a graded program may not do" in report["checks"][0]["message"]
    assert "Permission denied" in report["checks"][0]["details"]["exception"]["message"]


def test_a_submission_may_import_what_is_installed(installed: Path, tmp_path: Path) -> None:
    """Also what nothing has imported before, from the folder that holds the hidden course."""
    packages = installed.parent.parent.glob("lib/python*/site-packages")
    next(packages).joinpath("helpful.py").write_text("ANSWER = 42\n")
    solution = Course.open().exercise("ex1").solution.read_text()
    path = tmp_path / "mine.py"
    path.write_text(solution.replace("import numpy", "import helpful, sqlite3\nimport numpy"))
    done = grade(installed, tmp_path, "ex1", "--file", "mine.py", "--json")
    report = json.loads(done.stdout)
    assert report["passed"], report["checks"][0]["message"]


def test_the_demo(installed: Path, tmp_path: Path) -> None:
    assert grade(installed, tmp_path, "demo").returncode == 0


def test_the_wheel_holds_the_course_and_no_caches(installed: Path) -> None:
    (wheel,) = installed.parent.parent.parent.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for part in (
        "exercises/ex1_predictions.py",
        "quizzes/ex1_predictions.toml",
        "solutions/ex1_predictions/checks.py",
    ):
        assert f"grader/_course/{part}" in names
    assert "grader/datasets/fashion_mnist.npz" in names
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests")]
    assert not [name for name in names if "/submissions/" in name]
