"""A class on a Dask cluster of real processes: a worker, the scheduler, the driver is killed."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from grader.classroom.classfolder import ClassFolder
from grader.classroom.journal import Journal, Mark
from grader.classroom.manifest import Entry
from grader.course import Course
from support import GRADE, PATIENCE, complaint, environment, new_course, run, soon

pytest.importorskip("distributed")
pytestmark = pytest.mark.thorough

SEED, LEARNERS = "00000000000000ab", 9


@dataclass
class Machines:
    """A scheduler and workers, each a process of its own."""

    folder: Path
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        return self.folder / "scheduler.json"

    def start(self, name: str, *words: str | Path, **variables: str) -> None:
        kind = "scheduler" if name == "scheduler" else "worker"
        code = f"from distributed.cli.dask_{kind} import main; main()"
        command = [sys.executable, "-c", code, "--scheduler-file", self.file, *words]
        log = (self.folder / f"{name}.log").open("w")
        self.processes[name] = subprocess.Popen(
            command, stdout=log, stderr=log, cwd=self.folder, env=environment(**variables)
        )

    def scheduler(self) -> None:
        self.file.unlink(missing_ok=True)
        self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        assert soon(lambda: self.file.exists() and self.file.read_text() != "")

    def worker(self, name: str, **variables: str) -> None:
        self.start(name, "--nthreads", "1", "--no-nanny", "--no-dashboard", **variables)

    def kill(self, name: str) -> None:
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def close(self) -> None:
        for name in list(self.processes):  # the workers' forkservers end with them
            self.kill(name)


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    folder = tmp_path / "machines"
    folder.mkdir()
    with closing(Machines(folder)) as found:
        found.scheduler()
        found.worker("one")
        found.worker("two")
        yield found


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """An exercise that needs no TensorFlow, and a class with a text of its own for each learner."""
    course = Course(new_course(tmp_path / "course", "first"))
    (exercise,) = course.exercises
    right = exercise.solution.read_text("utf-8")
    for number in range(LEARNERS):
        folder = tmp_path / "all" / f"learner {number}"
        folder.mkdir(parents=True)
        (folder / exercise.stub.name).write_text(f"{right}\n# {number}\n", "utf-8")
    done = run(tmp_path, "class", "import", "all", "--into", "class", "--course", str(course.root))
    assert done.returncode == 0, done
    return course


def driver(folder: Path, machines: Machines) -> subprocess.Popen:
    words = ["--dask", machines.file, "--seed", SEED, "--json"]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [GRADE, "class", "run", "class", *words],
        cwd=folder,
        env=environment(),
        stdout=pipe,
        stderr=pipe,
        text=True,
    )


def results(process: subprocess.Popen, count: int) -> list[dict]:
    """The first new results of a driver."""
    assert process.stdout
    found: list[dict] = []
    for line in process.stdout:
        if not json.loads(line)["known"]:
            found.append(json.loads(line))
        if len(found) == count:
            break
    return found


def marks(folder: Path) -> dict[Entry, Mark | None]:
    place = ClassFolder.open(folder / "class")
    with Journal.open(place.root) as journal:
        return dict(journal.current(place.entries()))


def everyone_passed(folder: Path) -> bool:
    found = list(marks(folder).values())
    return len(found) == LEARNERS and all(m and m.report and m.report.passed for m in found)


def test_a_worker_that_is_killed_loses_nothing(
    tmp_path: Path, course: Course, machines: Machines
) -> None:
    process = driver(tmp_path, machines)
    first = results(process, 2)
    machines.kill("one")
    rest, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors
    lines = [*first, *map(json.loads, rest.splitlines())]
    assert sorted(line["learner"] for line in lines) == [f"learner {n}" for n in range(LEARNERS)]
    assert everyone_passed(tmp_path)


def test_a_scheduler_that_is_killed_ends_the_run(
    tmp_path: Path, course: Course, machines: Machines
) -> None:
    process = driver(tmp_path, machines)
    kept = len(results(process, 2))
    machines.kill("scheduler")
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert "The connection to the scheduler is lost" in errors and "Traceback" not in errors
    assert sum(mark is not None for mark in marks(tmp_path).values()) >= kept
    machines.close()
    machines.processes.clear()
    machines.scheduler()
    machines.worker("three")
    process = driver(tmp_path, machines)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert everyone_passed(tmp_path)


def test_a_driver_that_is_killed_goes_on(
    tmp_path: Path, course: Course, machines: Machines
) -> None:
    process = driver(tmp_path, machines)
    kept = {line["learner"] for line in results(process, 2)}
    process.kill()
    process.communicate()
    assert sum(mark is not None for mark in marks(tmp_path).values()) >= len(kept)
    process = driver(tmp_path, machines)
    rest, _ = process.communicate(timeout=PATIENCE)
    lines = [json.loads(line) for line in rest.splitlines()]
    assert kept <= {line["learner"] for line in lines if line["known"]}
    assert len(lines) == LEARNERS
    assert everyone_passed(tmp_path)


def test_a_worker_with_another_course_is_refused(
    tmp_path: Path, course: Course, machines: Machines
) -> None:
    machines.worker("other", PYTHONPATH=str(tmp_path / "other"))
    package = tmp_path / "other" / "sitecustomize.py"
    package.parent.mkdir()
    package.write_text("import platform\nplatform.python_version = lambda: '2.7'\n")
    machines.kill("other")
    machines.worker("other", PYTHONPATH=str(package.parent))
    assert soon(lambda: "Registered to" in (machines.folder / "other.log").read_text())
    words = ["class", "run", "class", "--dask", str(machines.file)]
    said = complaint(run(tmp_path, *words))
    assert "has python 2.7, and here it is" in said
    assert set(marks(tmp_path).values()) == {None}


def test_what_ends_its_workers_is_not_graded(
    tmp_path: Path, course: Course, machines: Machines
) -> None:
    helper = tmp_path / "kill" / "sitecustomize.py"
    helper.parent.mkdir()
    # where such a submission comes, the worker's process ends: no submission can do that itself
    helper.write_text(
        "import grader.engine.pool as pool, os\n"
        "before = pool.grade_submission\n"
        "def after(exercise, submission, *rest):\n"
        "    if b'# 4' in submission.read():\n"
        "        os._exit(9)\n"
        "    return before(exercise, submission, *rest)\n"
        "pool.grade_submission = after\n"
    )
    for name in ("one", "two"):
        machines.kill(name)
    for number in range(6):
        machines.worker(f"w{number}", PYTHONPATH=str(helper.parent))
    process = driver(tmp_path, machines)
    out, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1, errors
    lines = {line["learner"]: line for line in map(json.loads, out.splitlines())}
    assert len(lines) == LEARNERS
    assert "ended its worker on several machines" in lines.pop("learner 4")["seen"]
    assert all(line["passed"] for line in lines.values())


def test_no_scheduler_is_a_sentence(tmp_path: Path, course: Course) -> None:
    (tmp_path / "gone.json").write_text('{"address": "tcp://127.0.0.1:9"}')
    words = ["class", "run", "class", "--dask", "gone.json"]
    assert "There is no Dask scheduler at gone.json" in complaint(run(tmp_path, *words))
    (tmp_path / "gone.json").unlink()
    assert "There is no Dask scheduler at gone.json" in complaint(run(tmp_path, *words))
