"""PrairieLearn: a question that its external grader grades, and what it reads afterwards.

Source: https://docs.prairielearn.com/externalGrading/
"""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from grader.clean import sentence
from grader.course import Exercise
from grader.export.bundle import COURSE, archive, bundle
from grader.export.interface import Interim
from grader.export.words import cut, headline, outcome, reproduced
from grader.i18n import _
from grader.report import LOAD, CheckResult, Report, Verdict

MOST = 1_000_000  # bytes of results.json; more is refused
_CHECK = 20_000  # bytes of one check's output
_EVERYTHING = 500_000  # and of all of them
_NAMESPACE = uuid.UUID("5d6f6b3e-6a0a-4c39-9d40-6f6d2b1f6f55")  # ours, for the ids of questions
_DOCKERFILE = """\
# The image that grades: build it once, push it, and name it in the questions' info.json.
#   docker build -t YOU/eight-questions . && docker push YOU/eight-questions
FROM python:3.12-slim
COPY *.whl /tmp/
RUN pip install --no-cache-dir /tmp/*.whl && rm /tmp/*.whl
"""
_RUN = """\
#!/bin/sh
exec python -I -m grader.export.harness prairielearn {stem} \\
    --course /grade/tests/{course} --limit {limit:g}
"""
_PAGE = """\
<pl-question-panel>
<pre>{brief}</pre>
<p>{hand_in}</p>
<pl-file-upload file-names="{file}"></pl-file-upload>
</pl-question-panel>
<pl-submission-panel>
<pl-external-grader-results></pl-external-grader-results>
<pl-file-preview></pl-file-preview>
</pl-submission-panel>
"""


def question(exercise: Exercise, limit: float, image: str) -> bytes:
    """A zip with a question's folder, and the files that its image is built from.

    Args:
        exercise: what it grades.
        limit: seconds for one submission.
        image: the image's name, such as ``"you/eight-questions"``.
    """
    files = bundle(exercise)
    wheel = next(name for name in files if name.endswith(".whl"))
    here, tests = f"questions/{exercise.stem}", f"questions/{exercise.stem}/tests"
    run = f"{tests}/run.sh"
    file = f"{exercise.stem}.py"
    hand_in = escape(_("Hand in {file}.")).format(file=f"<code>{file}</code>")
    page = _PAGE.format(brief=escape(exercise.brief), file=file, hand_in=hand_in)
    made = {
        f"{here}/info.json": json.dumps(_info(exercise, limit, image), indent=4).encode(),
        f"{here}/question.html": page.encode(),
        run: _RUN.format(stem=exercise.stem, course=COURSE, limit=limit).encode(),
        "image/Dockerfile": _DOCKERFILE.encode(),
        f"image/{wheel}": files.pop(wheel),
    }
    return archive(
        made | {f"{tests}/{name}": data for name, data in files.items()}, frozenset({run})
    )


def _info(exercise: Exercise, limit: float, image: str) -> dict[str, Any]:
    return {
        "uuid": str(uuid.uuid5(_NAMESPACE, exercise.stem)),  # the same whenever it is made
        "title": exercise.title,
        "topic": "Neural networks",
        "type": "v3",
        "gradingMethod": "External",
        "externalGradingOptions": {
            "enabled": True,
            "image": image,
            "entrypoint": "/grade/tests/run.sh",
            "timeout": round(limit) + 60,
        },
    }


@dataclass(frozen=True)
class PrairieLearn:
    """One run in its container.

    Attributes:
        root: the folder with ``student/`` and ``results/``.
    """

    root: Path = Path("/grade")

    @property
    def folder(self) -> Path:
        """Where the submission is."""
        return self.root / "student"

    def submitted(self) -> datetime | None:
        """It does not say."""
        return None

    def due(self) -> datetime | None:
        """It does not say."""
        return None

    def results(self, interim: Interim) -> Mapping[Path, bytes]:
        """``results.json``."""
        from grader.render.json import dumps

        return {self.root / "results/results.json": dumps(results(interim)).encode()}

    def exit_code(self, report: Report) -> int:
        """The result is in the file."""
        return 0


def results(interim: Interim) -> dict[str, Any]:
    """``results.json`` as plain data.

    What was not graded through nobody's fault, and a file that Python can't read, are *not
    gradable*: they cost no attempt.
    """
    report = interim.report
    refused = [c.message for c in report.checks if c.name == LOAD and c.verdict is Verdict.ERROR]
    gradable = report.graded and not (refused and report.versions.get("python") is None)
    words = [headline(report), *interim.notes, reproduced(report)]
    told = {
        "gradable": gradable,
        "score": min(1.0, report.score / report.max_score) if report.max_score else 0.0,
        "message": sentence(words[0]),
        "output": "\n\n".join(words),
        "tests": list(_tests(report.checks)),
    }
    if not gradable:
        told["format_errors"] = [sentence(each) for each in (*refused, *interim.notes)]
    return told


def _tests(checks: tuple[CheckResult, ...]) -> list[dict[str, Any]]:
    found, left = [], _EVERYTHING
    for check in checks:
        output = cut(outcome(check), min(_CHECK, left)) if left > 0 else ""
        left -= len(output.encode("utf-8", "replace"))
        found.append(
            {
                "name": check.title,
                "description": check.concept or "",
                "points": check.points,
                "max_points": 0 if check.bonus else check.max_points,
                "message": sentence(check.message),
                "output": output,
            }
        )
    return found
