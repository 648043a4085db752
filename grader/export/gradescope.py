"""Gradescope: a zip that it takes as an autograder, and what it reads after a run.

Source: https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from grader import folder
from grader.course import Exercise
from grader.export.bundle import COURSE, archive, bundle
from grader.export.interface import Interim
from grader.export.words import headline, outcome, reproduced
from grader.i18n import _
from grader.report import CheckResult, Report, Verdict

_MOST = 4 << 20  # bytes of its metadata that are read
_SETUP = """\
#!/usr/bin/env bash
# Runs once, when the image is built: installs this grader and TensorFlow beside it.
set -euo pipefail
cd /autograder/source

fits() { "$1" -c 'import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))'; }
find_python() {
    for each in python3.12 python3.13 python3.11 python3; do
        if fits "$each" 2>/dev/null; then echo "$each"; return; fi
    done
}
python=$(find_python)
if [ -z "$python" ]; then
    apt-get update
    apt-get install -y --no-install-recommends python3.12-venv ||
        apt-get install -y --no-install-recommends python3.11-venv  # Ubuntu 22.04
    python=$(find_python)
fi
"$python" -m venv venv
venv/bin/pip install --no-cache-dir ./*.whl
chmod -R go= course
venv/bin/grade doctor --course course || true  # its findings are in the build's log
"""
_BROKEN = _(
    "Nothing was graded, and this is not your mistake: the autograder is not set up. Please tell "
    "your instructor that its setup.sh has failed."
)
_RUN = """\
#!/usr/bin/env bash
# Runs once for each submission; writes /autograder/results/results.json.
source={root}/source
if [ ! -x "$source/venv/bin/python" ]; then
    printf '%s' {broken} > {root}/results/results.json
    exit 1
fi
exec "$source/venv/bin/python" -I -m grader.export.harness gradescope {stem} \\
    --course "$source/{course}" --limit {limit:g}
"""


def autograder(exercise: Exercise, limit: float) -> bytes:
    """The zip to upload as an assignment's autograder.

    Args:
        exercise: what it grades.
        limit: seconds for one submission; less than the time-out in the assignment's settings.
    """
    broken = shlex.quote(json.dumps({"score": 0, "output": _BROKEN}, ensure_ascii=False))
    run = _RUN.format(
        root="/autograder", stem=exercise.stem, course=COURSE, limit=limit, broken=broken
    )
    scripts = {"setup.sh": _SETUP.encode(), "run_autograder": run.encode()}
    return archive(bundle(exercise) | scripts, frozenset(scripts))


@dataclass(frozen=True)
class Gradescope:
    """One run in its container.

    Attributes:
        root: the folder with ``submission/`` and ``results/``.
    """

    root: Path = Path("/autograder")

    @property
    def folder(self) -> Path:
        """Where the submission is."""
        return self.root / "submission"

    def submitted(self) -> datetime | None:
        """From ``submission_metadata.json``."""
        return _time(self._metadata().get("created_at"))

    def due(self) -> datetime | None:
        """The assignment's due date, or the learner's own where it was extended."""
        metadata = self._metadata()
        users = metadata.get("users")
        first = users[0] if isinstance(users, list) and users else {}
        for holder in (first, metadata):
            assignment = holder.get("assignment") if isinstance(holder, dict) else None
            if isinstance(assignment, dict) and (found := _time(assignment.get("due_date"))):
                return found
        return None

    def _metadata(self) -> dict[str, Any]:
        try:
            data = json.loads(folder.read(self.root / "submission_metadata.json", _MOST))
        except (OSError, ValueError, RecursionError):
            return {}  # run by hand
        return data if isinstance(data, dict) else {}

    def results(self, interim: Interim) -> Mapping[Path, bytes]:
        """``results.json``."""
        from grader.render.json import dumps

        return {self.root / "results/results.json": dumps(results(interim)).encode()}

    def exit_code(self, report: Report) -> int:
        """The result is in the file."""
        return 0


def results(interim: Interim) -> dict[str, Any]:
    """``results.json`` as plain data."""
    report = interim.report
    words = [headline(report), *interim.notes, reproduced(report)]
    return {
        "score": report.score,
        "execution_time": round(report.seconds),
        "output": "\n\n".join(words),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [_test(number, check) for number, check in enumerate(report.checks, 1)],
        "extra_data": {
            "graded": report.graded,
            "verified": report.verified,
            "protection": report.protection.level,
            "missing": list(report.protection.missing),
            "seed": f"{report.seed:016x}",
            "digest": report.digest,
            "course": report.course_hash,
            "versions": report.versions,
        },
    }


def _test(number: int, check: CheckResult) -> dict[str, Any]:
    return {
        "name": check.title,
        "number": str(number),
        "score": check.points,
        "max_score": 0 if check.bonus else check.max_points,
        "status": "passed" if check.verdict is Verdict.PASSED else "failed",
        "output": outcome(check),
        "output_format": "text",
        "visibility": "visible",
        "tags": [check.concept] if check.concept else [],
        "extra_data": {"check": check.name, "verdict": check.verdict.value},
    }


def _time(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else None  # a time of nowhere can't be compared
