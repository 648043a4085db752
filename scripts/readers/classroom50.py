"""Classroom 50's own scripts take what our autograder writes.

python scripts/readers/classroom50.py SCRIPTS [--whole]

``SCRIPTS`` is ``.github/scripts`` of a ``classroom50`` repository, with ``runner.py`` and
``collect_scores.py``. Graded files, an accident and a bonus go through the checks of both. With
``--whole``, its runner does all of it for one submission: it fetches the zip of ``grade export
classroom50`` from a server on this machine, starts the ``autograder.py`` in it, which installs
TensorFlow, and takes the result.
"""

import http.server
import importlib.util
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from calling import arguments, ended
from grader.course import Course
from grader.export.classroom50 import Classroom50, autograder, result
from grader.export.harness import run
from grader.report import CheckResult, Protection, Report, Verdict
from made import handed_in

CLASS, ASSIGNMENT, OWNER = "autumn", "ex1", "ana"
TAG = "submit/2026-06-01T14-32-05Z-abc1234"
URL = f"https://github.com/school/{CLASS}-{ASSIGNMENT}-{OWNER}"
GIVEN = {
    **{"CLASSROOM": CLASS, "ASSIGNMENT": ASSIGNMENT, "SUBMISSION_TAG": TAG, "OWNER": OWNER},
    **{"COMMIT_URL": f"{URL}/commit/1", "RELEASE_URL": f"{URL}/releases/1"},
    "ASSIGNMENT_TYPE": "individual",
}


def program(path: Path) -> ModuleType:
    """One of its scripts as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def graded() -> Iterator[tuple[str, dict[str, Any]]]:
    """Results by what they are of."""
    exercise = Course.open().exercise("ex1")
    for name, text in handed_in(exercise).items():
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / f"{exercise.stem}.py").write_text(text)
            run(Classroom50(Path(folder), GIVEN), exercise, 100)
            yield name, json.loads((Path(folder) / "result.json").read_bytes())
    half = CheckResult("half", "Half", Verdict.FAILED, 0.5, 2)
    bonus = CheckResult("more", "More", Verdict.PASSED, 1, 1, bonus=True)
    accident = CheckResult("killed", "Killed", Verdict.ACCIDENT, 0, 2)
    time = Classroom50(Path("/"), GIVEN).submitted()
    for name, checks in {"half points and a bonus": (half, bonus), "accident": (accident,)}.items():
        report = Report("ex1", "A", "a.py", 7, checks, Protection("full"), {}, 1, submitted=time)
        yield name, json.loads(json.dumps(result(report, GIVEN)))


def taken(scripts: Path) -> bool:
    """Give results to both of its checks; returns whether both take all."""
    runner, collect = (program(scripts / f"{name}.py") for name in ("runner", "collect_scores"))
    good = True
    for name, each in graded():
        said = runner.validate_result(each, classroom=CLASS, assignment=ASSIGNMENT, owner=OWNER)
        try:
            collect.validate_result(each, CLASS, ASSIGNMENT, OWNER)
            later = "taken"
        except ValueError as error:
            later = str(error)
        points = f"{each['score']} of {each['max-score']}"
        print(f"  {name}: {points}; runner: {said or 'taken'}; collection: {later}")
        good &= said is None and later == "taken"
    # what both have to refuse
    each["owner"] = "somebody"
    refused = runner.validate_result(each, classroom=CLASS, assignment=ASSIGNMENT, owner=OWNER)
    print(f"  another owner: {refused}")
    return good and refused is not None


def whole(scripts: Path) -> bool:
    """Let its runner grade a repository; returns whether the solution has all points."""
    exercise = Course.open().exercise("ex1")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        pages, student = place / f"pages/{CLASS}/autograders", place / "student"
        pages.mkdir(parents=True)
        student.mkdir()
        with (
            zipfile.ZipFile(io.BytesIO(autograder(exercise, 300))) as archive,
            tarfile.open(pages / f"{ASSIGNMENT}.tar.gz", "w:gz") as bundle,
        ):
            for name in archive.namelist():
                info = tarfile.TarInfo(f"{ASSIGNMENT}/{name}")
                info.size = len(data := archive.read(name))
                bundle.addfile(info, io.BytesIO(data))
        (student / f"{exercise.stem}.py").write_bytes(exercise.solution.read_bytes())
        me = ["-c", "user.name=ana", "-c", "user.email=ana@example.org"]
        for words in (["init", "-q"], ["add", "."], [*me, "commit", "-qm", "mine"]):
            ended("git", *words, folder=student)
        last = ended("git", "rev-parse", "HEAD", folder=student).strip()
        handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(place / "pages"))
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            runner = {
                "PAGES_BASE_URL": f"http://127.0.0.1:{server.server_address[1]}",
                "GITHUB_REPOSITORY": URL.removeprefix("https://github.com/"),
                "GITHUB_SHA": last,
                "GITHUB_ACTOR": OWNER,
                "GITHUB_OUTPUT": str(place / "outputs"),
                "RUNNER_TEMP": str(place / "temp"),
                "MODE": "individual",
            }
            environment = os.environ | {n: GIVEN[n] for n in list(GIVEN)[:3]} | runner
            command = [sys.executable, str(scripts / "runner.py")]
            done = subprocess.run(command, cwd=student, env=environment, check=False)
            server.shutdown()
        found = json.loads((student / "result.json").read_bytes())
        print(
            f"runner: exit code {done.returncode}; {found['score']} of {found['max-score']} points"
        )
        print((place / "outputs").read_text())
        print((student / "release-body.md").read_text()[:600])
    return done.returncode == 0 and found["score"] == found["max-score"] > 0


def main() -> int:
    """Try it."""
    parser = arguments(__doc__)
    parser.add_argument("scripts", type=Path)
    parser.add_argument("--whole", action="store_true", help="let the runner do all of it")
    given = parser.parse_args()
    run_ = whole if given.whole else taken
    return 0 if run_(given.scripts.resolve()) else 1


if __name__ == "__main__":
    sys.exit(main())
