"""Fixtures that many tests share."""

import os
import signal
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import grader
from grader.course import Course
from support import ROOT

# a shell's background jobs ignore Ctrl-C, and so would all that they start
signal.signal(signal.SIGINT, signal.default_int_handler)

# no test is told in which workspace somebody worked last, nor keeps its own
os.environ["XDG_STATE_HOME"] = os.devnull

# a busy machine is no defect
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


# what uses one server, which takes seconds to start; the rest goes to whichever process is free
TOGETHER = {
    "tests/test_admission.py::": "admission",
    "tests/test_attacks.py::": "attacks",
    "tests/test_course.py::test_a_": "tensorflow",
    "tests/test_quiz_content.py::test_own_": "tensorflow",
    "tests/test_printed.py::test_tensorflow_": "tensorflow",
}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Tests that use one server run in one process; the marker for that does not reach pytest 9."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduler(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            groups = (group for start, group in TOGETHER.items() if nodeid.startswith(start))
            return next(groups, nodeid)

    return Scheduler(config, log)


@pytest.fixture(scope="session")
def course() -> Course:
    """The built-in course."""
    return Course.open()


@pytest.fixture(scope="session")
def seed() -> int:
    """One for all files that prove the course: a red test is the change's fault, never the draw's.

    What other draws bring is what benchmarks/draws.py and ``grade verify --repeat`` look for.
    """
    return 20_260_101


@pytest.fixture(scope="session")
def server() -> Iterator[grader.Server]:
    """Warm processes for the built-in course."""
    with grader.Server() as server:
        yield server


@pytest.fixture(scope="session")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source archive, and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("archives")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (source,), (wheel,) = folder.glob("*.tar.gz"), folder.glob("*.whl")
    return source, wheel


@pytest.fixture(scope="session")
def installed(archives: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment with the wheel, and with this one's other packages."""
    environment = tmp_path_factory.mktemp("wheel") / "environment"
    venv.create(environment, with_pip=False)
    python = environment / "bin/python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(archives[1])], check=True)
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"])
    return python
