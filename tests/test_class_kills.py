"""Whatever is killed, and whenever: each submission has one current result, that it gets alone."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from grader.classroom.classfolder import ClassFolder
from grader.classroom.journal import Journal
from grader.course import Course
from grader.engine.grading import grade
from grader.engine.server import Server
from machines import Machines, driver
from support import PATIENCE, RIGHT, WRONG, descendants, filled_in, new_course, run

pytest.importorskip("distributed")
pytestmark = pytest.mark.slow

SEED, MOMENTS = "00000000000000ab", 25
KINDS = ("driver", "worker", "scheduler", "forkserver", "forkserver here")
LINES = [RIGHT, WRONG, "return images + nothing", "return images.mean(axis=(1, 2)", "return None"]
LINES += ["raise NotImplementedError", "return images.mean(axis=(2, 1))", "return 1 / 0"]

Verdicts = dict[str, list[tuple[str, str, float]]]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small course, and a class that nobody has graded."""
    folder = tmp_path_factory.mktemp("original")
    (exercise,) = Course(new_course(folder / "course", "first")).exercises
    for number, line in enumerate(LINES):
        learner = folder / "all" / f"learner {number}"
        learner.mkdir(parents=True)
        text = filled_in(exercise.stub, line)
        (learner / exercise.stub.name).write_text(text, "utf-8")
    words = ["class", "import", "all", "--into", "class", "--course", str(folder / "course")]
    assert run(folder, *words).returncode == 0
    return folder


@pytest.fixture(scope="module")
def alone(original: Path) -> Verdicts:
    with Server(original / "course") as server:
        return {
            path.parent.name: [
                (check.name, str(check.verdict), check.points)
                for check in grade("ex1", path, server=server, seed=int(SEED, 16)).checks
            ]
            for path in (original / "all").glob("*/*.py")
        }


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    with closing(Machines(tmp_path_factory.mktemp("machines"))) as found:
        yield found


@pytest.fixture(scope="module")
def seconds(original: Path, machines: Machines, tmp_path_factory: pytest.TempPathFactory) -> float:
    """What a run takes if nothing is killed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    shutil.copytree(original, folder, dirs_exist_ok=True)
    machines.whole()
    begin = time.monotonic()
    words = chosen(original), "--dask", machines.file
    assert driver(folder, SEED, *words).wait(PATIENCE) == 0
    return time.monotonic() - begin


def chosen(original: Path) -> str:
    """Says that a copy of the class may run the course's checks, as a person must once."""
    return f"--course={original / 'course'}"


@pytest.mark.parametrize("moment", range(MOMENTS))
@pytest.mark.parametrize("kind", KINDS)
def test_a_kill_loses_nothing_and_nothing_comes_twice(
    kind: str,
    moment: int,
    original: Path,
    alone: Verdicts,
    machines: Machines,
    seconds: float,
    tmp_path: Path,
) -> None:
    shutil.copytree(original, tmp_path, dirs_exist_ok=True)
    drawn = random.Random(f"{kind} {moment}")
    found: list[dict] = []
    for attempt in range(4):
        words: list[str | Path] = [chosen(original)]
        if kind != "forkserver here":
            machines.whole()
            words += ["--dask", machines.file]
        process = driver(tmp_path, SEED, *words)
        if attempt == 0:
            time.sleep(drawn.uniform(0, seconds))
            kill(kind, process, machines, drawn)
        out, errors = process.communicate(timeout=PATIENCE)
        assert "Traceback" not in errors
        found += map(json.loads, out.splitlines())
        if process.returncode == 0:
            break
    assert process.returncode == 0, (errors, found)
    assert current(tmp_path) == alone
    fresh = [line["learner"] for line in found if not line["known"] and line["graded"]]
    assert len(fresh) == len(set(fresh)), "nobody was graded twice"


def kill(kind: str, process: subprocess.Popen, machines: Machines, drawn: random.Random) -> None:
    """Kill one process of this kind, if there is one at this moment."""
    if kind == "driver":
        process.kill()
    elif kind == "worker":
        machines.kill(drawn.choice(["one", "two"]))
    elif kind == "scheduler":
        machines.kill("scheduler")
    else:
        workers = [machines.processes[name].pid for name in ("one", "two") if "here" not in kind]
        above = [process.pid] if "here" in kind else workers
        servers = sorted(pid for each in above for pid in descendants(each) if is_server(pid))
        if servers:
            with suppress(ProcessLookupError):
                os.kill(drawn.choice(servers), signal.SIGKILL)


def is_server(pid: int) -> bool:
    with suppress(OSError):
        return b"grader.sandbox.forkserver" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def current(folder: Path) -> Verdicts:
    """Each learner's current verdicts; there is one result for each text."""
    place = ClassFolder.open(folder / "class")
    with Journal.open(place.root) as journal:
        marks = dict(journal.current(place.entries()))
    with closing(sqlite3.connect(place.root / "journal.sqlite3")) as database:
        assert database.execute("SELECT COUNT(*) FROM result").fetchone() == (len(LINES),)
    return {
        entry.learner: [
            (check.name, str(check.verdict), check.points) for check in mark.report.checks
        ]
        for entry, mark in marks.items()
        if mark is not None and mark.report is not None
    }
