"""Classroom 50: the files of an assignment's autograder, and what its runner reads afterwards.

Source: https://github.com/foundation50/classroom50/wiki/Advanced-Autograding
"""

import os
import re
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from grader.course import Exercise, whole
from grader.errors import GraderError
from grader.export.bundle import COURSE, archive, bundle
from grader.export.interface import Interim
from grader.export.words import markdown
from grader.i18n import _
from grader.report import Report, Verdict

SCHEMA = "classroom50/result/v1"
_TAG = re.compile(r"submit/(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)Z")
_AUTOGRADER = '''\
"""Grades {stem}: the runner of Classroom 50 starts this in the student's checkout."""

import subprocess
import sys
import tempfile
from pathlib import Path

here = Path(__file__).resolve().parent
if not (3, 11) <= sys.version_info < (3, 14):
    sys.exit("TensorFlow needs Python 3.11 to 3.13: set the assignment's runtime to runtime.json.")
with tempfile.TemporaryDirectory() as folder:
    # -I: nothing in the checkout is imported
    subprocess.run([sys.executable, "-I", "-m", "venv", folder], check=True)
    python = str(Path(folder) / "bin" / "python")
    wheels = [str(path) for path in here.glob("*.whl")]
    subprocess.run([python, "-I", "-m", "pip", "install", "--quiet", *wheels], check=True)
    grade = [python, "-I", "-m", "grader.export.harness", "classroom50", "{stem}"]
    options = ["--course", str(here / "{course}"), "--limit", "{limit:g}"]
    sys.exit(subprocess.run([*grade, *options]).returncode)
'''
SECONDS = 30.0  # for Git to read one object; a learner's checkout may have it wait without end
_RUNTIME = '{"runs-on": "ubuntu-latest", "python": "3.12"}\n'


def autograder(exercise: Exercise, limit: float) -> bytes:
    """A zip of the files that belong in ``CLASSROOM/autograders/ASSIGNMENT/``.

    Args:
        exercise: what it grades.
        limit: seconds for one submission.
    """
    script = _AUTOGRADER.format(stem=exercise.stem, course=COURSE, limit=limit)
    files = {"autograder.py": script.encode(), "runtime.json": _RUNTIME.encode()}
    return archive(bundle(exercise) | files)


@dataclass(frozen=True)
class Classroom50:
    """One run of its runner.

    Attributes:
        folder: the student's checkout.
        environment: what the runner says.
    """

    folder: Path = field(default_factory=Path.cwd)
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)

    def submitted(self) -> datetime | None:
        """When the graded commit was made, so that grading again changes nothing.

        Raises:
            GraderError: neither the repository nor the tag says it.
        """
        if moment := _committed(self.folder):
            return moment
        if tag := _TAG.match(self.environment.get("SUBMISSION_TAG", "")):
            with suppress(ValueError):  # no such day
                return datetime.strptime(f"{tag[1]}+0000", "%Y-%m-%dT%H-%M-%S%z")
        raise GraderError(
            _(
                "When {folder} was handed in can't be found out: it is no Git "
                "repository, and SUBMISSION_TAG names no time. Run this from Classroom "
                "50's runner."
            ).format(folder=self.folder)
        )

    def due(self) -> datetime | None:
        """Classroom 50 marks what is late by itself."""
        return None

    def results(self, interim: Interim) -> Mapping[Path, bytes]:
        """``result.json``, and ``release-body.md``, which the student sees."""
        from grader.render.json import dumps

        return {
            self.folder / "result.json": dumps(result(interim.report, self.environment)).encode(),
            self.folder / "release-body.md": markdown(interim.report, interim.notes).encode(),
        }

    def exit_code(self, report: Report) -> int:
        """Its runner takes any other code than 0 for a failure of its own machinery."""
        return 0 if report.graded else 1


def _committed(checkout: Path) -> datetime | None:
    """When the newest commit of a checkout was made; ``None`` if it is no repository.

    A learner may have written all that is there. So Git takes for its repository only what is
    called ``.git``; it reads one object, which no setting has it verify or show by another program,
    and which has to fit into a few megabytes; and it fetches nothing.
    """
    command = ["git", "-C", str(checkout), "--git-dir=.git", "cat-file", "commit", "HEAD"]
    alone = {"GIT_ALLOW_PROTOCOL": "", "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1"}
    alone["GIT_ALLOC_LIMIT"] = "16m"
    try:
        done = subprocess.run(
            command, capture_output=True, check=False, env=os.environ | alone, timeout=SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):  # there is no Git, or it is busy without end
        return None
    head = done.stdout.partition(b"\n\n")[0] if done.returncode == 0 else b""
    found = re.search(rb"^committer .*> (\d{1,11}) [+-]\d{4}$", head, re.MULTILINE)
    return datetime.fromtimestamp(int(found[1]), UTC) if found else None


def result(report: Report, environment: Mapping[str, str]) -> dict[str, Any]:
    """``result.json`` as plain data.

    Scores have to be whole numbers: where a check gives half points, all points count twice. None
    may be above its maximum, or the whole result is refused: what a bonus gives makes up for
    points that are missing elsewhere. Only a test may have other fields than the known ones.

    Source: ``schemas/result-v1.schema.json`` of foundation50/classroom50.

    Raises:
        GraderError: the runner has not said whose submission it is.
    """
    try:
        identity = {
            "classroom": environment["CLASSROOM"],
            "assignment": environment["ASSIGNMENT"],
            "submission": environment["SUBMISSION_TAG"],
            "commit": environment["COMMIT_URL"],
            "release": environment["RELEASE_URL"],
        }
    except KeyError as error:
        raise GraderError(
            _("{name} is not set. Run this from Classroom 50's runner.").format(name=error.args[0])
        ) from None
    identity["review"] = environment.get("REVIEW_URL") or identity["commit"]
    known = {"owner": "OWNER", "assignment_type": "ASSIGNMENT_TYPE"}
    identity |= {key: environment[name] for key, name in known.items() if environment.get(name)}
    points = [check.points for check in report.checks]
    most = [check.max_points for check in report.checks]
    factor = 1 if all(float(whole(each)).is_integer() for each in (*points, *most)) else 2
    tests: list[dict[str, Any]] = [
        {
            "test-name": check.title,
            "passed": check.verdict is Verdict.PASSED,
            "score": round(factor * reached),
            "max-score": round(factor * maximum),
            "verdict": check.verdict.value,
        }
        for check, reached, maximum in zip(report.checks, points, most, strict=True)
    ]
    possible = round(factor * sum(check.max_points for check in report.checks if not check.bonus))
    return {
        "schema": SCHEMA,
        **identity,
        "datetime": _utc(report.submitted),
        "graded_at": _utc(report.time),
        "score": min(sum(test["score"] for test in tests), possible),
        "max-score": possible,
        "tests": tests,
    }


def _utc(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
