"""A class on a Dask cluster of real processes: a worker, the scheduler, the driver is killed."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from grader.classroom.classfolder import ClassFolder
from grader.classroom.journal import Journal, Mark
from grader.classroom.manifest import Entry
from grader.course import Course
from machines import Machines, driver
from support import PATIENCE, complaint, new_course, run, soon

pytest.importorskip("distributed")
pytestmark = pytest.mark.thorough

SEED, LEARNERS = "00000000000000ab", 9


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
    process = driver(tmp_path, SEED, "--dask", machines.file)
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
    process = driver(tmp_path, SEED, "--dask", machines.file)
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
    process = driver(tmp_path, SEED, "--dask", machines.file)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert everyone_passed(tmp_path)


def test_a_driver_that_is_killed_goes_on(
    tmp_path: Path, course: Course, machines: Machines
) -> None:
    process = driver(tmp_path, SEED, "--dask", machines.file)
    kept = {line["learner"] for line in results(process, 2)}
    process.kill()
    process.communicate()
    assert sum(mark is not None for mark in marks(tmp_path).values()) >= len(kept)
    process = driver(tmp_path, SEED, "--dask", machines.file)
    rest, _ = process.communicate(timeout=PATIENCE)
    lines = [json.loads(line) for line in rest.splitlines()]
    assert kept <= {line["learner"] for line in lines if line["known"]}
    assert len(lines) == LEARNERS
    assert everyone_passed(tmp_path)


def test_a_slow_worker_holds_nothing_up(tmp_path: Path, course: Course, machines: Machines) -> None:
    """Where one machine takes a second longer for each file, the others do more of them."""
    helper = tmp_path / "slow" / "sitecustomize.py"
    helper.parent.mkdir()
    helper.write_text(
        "import grader.engine.pool as pool, time\n"
        "before = pool.grade_submission\n"
        "def after(*given):\n"
        "    time.sleep(1)\n"
        "    open(__file__ + '.did', 'a').write('x')\n"
        "    return before(*given)\n"
        "pool.grade_submission = after\n"
    )
    machines.kill("two")
    machines.worker("slow", PYTHONPATH=str(helper.parent))
    process = driver(tmp_path, SEED, "--dask", machines.file)
    out, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors
    lines = [json.loads(line) for line in out.splitlines()]
    assert sorted(line["learner"] for line in lines) == [f"learner {n}" for n in range(LEARNERS)]
    assert everyone_passed(tmp_path)
    did = helper.with_name("sitecustomize.py.did")
    assert len(did.read_text() if did.exists() else "") < LEARNERS


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
    process = driver(tmp_path, SEED, "--dask", machines.file)
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
