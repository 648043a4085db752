"""JPlag and Dolos take the folders of ``grade class similar`` as they are, and find planted copies.

python scripts/readers/similar.py dolos NODE
python scripts/readers/similar.py jplag "java -jar jplag.jar"

``NODE`` is a folder in which ``npm install @dodona/dolos-lib`` ran. JPlag is a file from its
releases, called as it is called here. For each exercise a class hands in the course's different
files, the stub, and two copies of the solution with other names and without comments. Both read the
folders with the stub as base code, and without. The copies must be alike to 0.85, with base
code to 0.6, and the stub must then be like nothing.
"""

import ast
import json
import re
import shlex
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from calling import answered, arguments, ended
from grader.course import Course, Exercise
from grader.parsing import parse
from made import files, grade

HERE = Path(__file__).resolve().parent
Pair = tuple[float, frozenset[str]]
ORIGINAL, COPIES = "original", ("copier", "second")


class Renamer(ast.NodeTransformer):
    """Gives other names to what functions keep for themselves."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        node.id = self.names.get(node.id, node.id)
        return node


def copied(source: str, prefix: str) -> str:
    """The same program with other local names, and without comments."""
    tree = parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    local = {
        node.id
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    names = {name: f"{prefix}_{number}" for number, name in enumerate(sorted(local))}
    return ast.unparse(Renamer(names).visit(tree))


def hand_in(exercise: Exercise, place: Path) -> None:
    """One folder for each learner."""
    *texts, stub, _broken = files(exercise)
    who = {f"learner{n:02}": text for n, text in enumerate(texts[1:])}
    who |= {"stub": stub, ORIGINAL: texts[0]}
    who |= {name: copied(texts[0], f"mine{n}") for n, name in enumerate(COPIES)}
    for learner, text in who.items():
        (place / learner).mkdir(parents=True, exist_ok=True)
        (place / learner / f"{exercise.stem}.py").write_text(text, "utf-8")


def dolos(command: list[str], folder: Path, stem: str, base: bool) -> list[Pair]:
    """Pairs by similarity, the most similar first."""
    words = ["info.csv", *([f"base/{stem}.py"] if base else [])]
    return ordered(answered("node", HERE / "dolos.mjs", *command, *words, folder=folder))


def jplag(command: list[str], folder: Path, stem: str, base: bool) -> list[Pair]:
    """The same by JPlag, whose report is a zip of JSON."""
    given = ["-bc", "base"] if base else []
    words = ["-l", "python3", *given, "-n", "-1", "-r", "found", "submissions"]
    ended(*command, *words, folder=folder)
    (report,) = [*folder.glob("found*.zip"), *folder.glob("found*.jplag")]
    with zipfile.ZipFile(report) as archive:
        name = next(n for n in ("overview.json", "topComparisons.json") if n in archive.namelist())
        found = json.loads(archive.read(name))
    report.unlink()
    if isinstance(found, dict):
        found = next(each["topComparisons"] for each in found["metrics"] if each["name"] == "AVG")
    return ordered(_pair(each) for each in found)


def _pair(found: dict[str, Any]) -> tuple[float, str, str]:
    names = {re.sub("[A-Z]", lambda m: f"_{m[0].lower()}", key): key for key in found}
    one, other = (found[names[f"{which}_submission"]] for which in ("first", "second"))
    share = found["similarity"] if "similarity" in found else found["similarities"]["AVG"]
    return share, one, other


def ordered(pairs: Iterable[tuple[float, str, str]]) -> list[Pair]:
    """The most similar first."""
    found = [(share, frozenset((one, other))) for share, one, other in pairs]
    return sorted(found, key=lambda pair: -pair[0])


def main() -> int:
    """Try one of them on all exercises."""
    parser = arguments(__doc__)
    parser.add_argument("which", choices=("dolos", "jplag"))
    parser.add_argument("command", type=shlex.split)
    parser.add_argument("--only", metavar="EXERCISE", action="append")
    given = parser.parse_args()
    compared = {"dolos": dolos, "jplag": jplag}[given.which]
    planted = {ORIGINAL, *COPIES}
    course, good = Course.open(), True
    chosen = [e for e in course.exercises if not given.only or e.id in given.only]
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        for exercise in chosen:
            hand_in(exercise, place / "download")
        grade("class", "import", "download", "--into", "class", cwd=place)
        grade("class", "similar", "class", "--into", "similar", cwd=place)
        for exercise in chosen:
            folder = place / "similar" / exercise.stem
            count = sum(1 for _ in (folder / "submissions").iterdir())
            for base in (False, True):
                pairs = compared(given.command, folder, exercise.stem, base)
                copies = [share for share, who in pairs if who <= planted]
                others = [share for share, who in pairs if not who <= planted]
                stub = max((share for share, who in pairs if "stub" in who), default=0.0)
                least, alike = min(copies), sum(share >= min(copies) for share in others)
                print(
                    f"{exercise.id}, {'the stub as' if base else 'no'} base code: {count} files; "
                    f"copies {least:.2f} to {max(copies):.2f}, other pairs at most "
                    f"{max(others):.2f}, {alike} as alike as copies; stub and any {stub:.2f}"
                )
                good &= (
                    len(copies) == 3 and least >= (0.6 if base else 0.85) and not (base and stub)
                )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
