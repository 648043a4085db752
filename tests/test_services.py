"""A service's run of the grader: to its end, told to end, and killed; a result is always there."""

import io
import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from grader.course import Course
from grader.export.gradescope import autograder
from grader.export.harness import STOPPED, UNFINISHED
from support import alive, descendants, soon

pytestmark = pytest.mark.thorough

EX1 = Course.open().exercise("ex1")
HARNESS = """
import sys
from pathlib import Path
from grader.course import Course
from grader.export.gradescope import Gradescope
from grader.export.harness import run
sys.exit(run(Gradescope(Path(sys.argv[1])), Course.open(sys.argv[2]).exercise("ex1"), 100))
"""
ENDLESS = "def {name}(*arguments):\n    while True:\n        pass\n\n\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """What Gradescope's container holds, with the course of the archive."""
    (tmp_path / "submission").mkdir()
    zipfile.ZipFile(io.BytesIO(autograder(EX1, 100))).extractall(tmp_path / "source")
    return tmp_path


def started(place: Path, source: str) -> subprocess.Popen[bytes]:
    (place / "submission/ex1_predictions.py").write_text(source)
    command = [sys.executable, "-I", "-c", HARNESS, str(place), str(place / "source/course")]
    return subprocess.Popen(command)


def told(place: Path) -> dict:
    return json.loads((place / "results/results.json").read_text())


def endless() -> str:
    """The solution, whose last function has no end."""
    return EX1.solution.read_text() + "\n\n" + ENDLESS.format(name=EX1.functions[-1])


def begun(place: Path) -> bool:
    """Whether some checks have ended and one has not."""
    path = place / "results/results.json"
    return path.exists() and "passed" in {test["status"] for test in told(place)["tests"]}


def test_a_run_to_its_end(place: Path) -> None:
    assert started(place, EX1.solution.read_text()).wait(200) == 0
    result = told(place)
    assert result["score"] == sum(test["max_score"] for test in result["tests"]) > 0
    assert {test["status"] for test in result["tests"]} == {"passed"}
    assert result["extra_data"]["course"] == EX1.hash
    assert f"protection {result['extra_data']['protection']}" in result["output"]
    assert UNFINISHED not in result["output"]


@pytest.mark.parametrize(
    ("number", "said", "code"),
    [(signal.SIGTERM, STOPPED, 1), (signal.SIGKILL, UNFINISHED, -signal.SIGKILL)],
)
def test_a_run_that_is_ended(place: Path, number: int, said: str, code: int) -> None:
    process = started(place, endless())
    assert soon(lambda: begun(place))
    others = descendants(process.pid) - {process.pid}
    os.kill(process.pid, number)
    assert process.wait(60) == code
    result = told(place)
    assert said in result["output"]
    assert result["score"] > 0, "what had passed before is kept"
    assert result["extra_data"]["graded"] is False
    assert others and soon(lambda: not any(map(alive, others)))
    left = {path.name for path in (place / "results").iterdir()}
    if number == signal.SIGKILL:  # it may have ended while a file was written
        left = {name for name in left if not name.startswith(".results.json.")}
    assert left == {"results.json"}
