"""PrairieLearn's own reader takes what our harness writes as its external grader.

python scripts/readers/prairielearn.py SOURCE NODE

``SOURCE`` is a folder with PrairieLearn/PrairieLearn, ``NODE`` one in which
``npm install esbuild es-toolkit fs-extra`` ran. Files are graded as in its container, and a result
of strange words is made: the scores that PrairieLearn would keep are compared with ours.
"""

import json
import sys
import tempfile
from pathlib import Path

from calling import answered, arguments
from grader.course import Course
from grader.export.harness import run
from grader.export.interface import Interim
from grader.export.prairielearn import PrairieLearn, results
from grader.render.json import dumps
from grader.report import CheckResult, Protection, Report, Verdict
from made import handed_in

HERE = Path(__file__).resolve().parent
STRANGE = '\x00 ]]> <script>&amp;\x0b\ud800\u202e " \\ '


def made(place: Path) -> None:
    """Results in a folder: of graded files, of an accident, and of strange words."""
    exercise = Course.open().exercise("ex1")
    texts = handed_in(exercise) | {"nul": exercise.made_stub() + "\0"}
    for name, text in texts.items():
        root = place / name
        (root / "student").mkdir(parents=True)
        (root / f"student/{exercise.stem}.py").write_text(text)
        run(PrairieLearn(root), exercise, 100)
        (place / f"{name}.json").write_bytes((root / "results/results.json").read_bytes())
    for name, verdict in {"accident": Verdict.ACCIDENT, "strange": Verdict.FAILED}.items():
        check = CheckResult(name, STRANGE, verdict, 1, 4, STRANGE, hint=STRANGE)
        versions = {"grader": "1", "python": "3.12"}
        report = Report(
            exercise.stem, STRANGE, "a.py", 7, (check,), Protection("full"), versions, 1
        )
        (place / f"{name}.json").write_text(dumps(results(Interim(report, (STRANGE,)))))


def main() -> int:
    """Try it."""
    parser = arguments(__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("node", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made(Path(folder))
        files = sorted(Path(folder).glob("*.json"))
        ours = {path.stem: json.loads(path.read_text()) for path in files}
        read = answered("node", HERE / "prairielearn.mjs", given.source, given.node, *files)
    same = 0
    for name, theirs in read.items():
        wanted = ours[name]
        meant = {key: wanted[key] for key in ("score", "gradable")}
        meant |= {"tests": len(wanted["tests"]), "broken": wanted.get("format_errors", [])}
        same += theirs == meant
        kind = "gradable" if theirs["gradable"] else "not gradable"
        print(f"  {name}: {kind}, {theirs['score']:.3g}; {theirs['broken']}")
    print(f"prairielearn: {same} of {len(ours)} results as meant")
    return 0 if same == len(ours) else 1


if __name__ == "__main__":
    sys.exit(main())
