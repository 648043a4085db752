"""Tries the course with the lowest and the newest versions of all that it needs, and with Colab's.

    pip install uv
    python scripts/versions.py                               # all of it; an hour or two
    python scripts/versions.py lowest --python 3.12 --parts solutions notebooks
    python scripts/versions.py --compare                     # what is known, without running it

makes an environment for each in a folder, unless it is there. "lowest" has the least versions that
``pyproject.toml`` allows, TensorFlow 2.19 with its Keras among them; "colab" has what is in
``colab.txt``; "newest" has the newest. In each it runs

    solutions       all checks of the eight solutions
    misconceptions  ``grade verify --quick``: all wrong files by the check that they name
    notebooks       solutions and wrong files as notebooks, and ``%grade`` in a kernel
    unit            the tests that start no process
    suite           what the README tells a newcomer to run, those among them

What each test, check and file gave is kept in the folder, such as in ``lowest.json``. At the end
come the versions side by side, and whatever did not pass somewhere. Exit code 1 says that something
failed.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree  # what it reads, pytest has written here

ROOT = Path(__file__).resolve().parents[1]
KERAS = "keras==3.10.0"  # of the days of TensorFlow 2.19, which itself asks for 3.5
KINDS = {
    "lowest": ["--resolution", "lowest-direct", KERAS],
    "colab": ["--constraint", str(ROOT / "scripts/colab.txt")],
    "newest": [],
}
PARTS = ("solutions", "misconceptions", "notebooks", "unit", "suite")
NOTEBOOKS = ("tests/test_notebook_verdicts.py", "tests/test_jupyter.py")
SHOWN = ["tensorflow", "keras", "numpy", "pytest", "rich", "typer", "ipython", "ipykernel"]
VERSIONS = f"""
import json, platform
from importlib.metadata import version
found = dict(python=platform.python_version()) | {{name: version(name) for name in {SHOWN}}}
print(json.dumps(found))
"""

Outcomes = dict[str, str]  # of each test, check and file: "passed", or what was said


def main() -> int:
    """Make the environments, run all parts in them, and say what differs."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("kinds", nargs="*", metavar="|".join(KINDS))
    parser.add_argument("--python", help="of the environments, such as 3.12; this one without it")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=(*PARTS[:3], "suite"))
    parser.add_argument("--exercises", nargs="+", default=[], help="ex1 …; all without it")
    parser.add_argument("--compare", action="store_true", help="run nothing")
    folder = Path(tempfile.gettempdir()) / "grade-versions"
    parser.add_argument("--folder", type=Path, default=folder)
    given = parser.parse_args()
    if unknown := set(given.kinds) - KINDS.keys():
        parser.error(f"{', '.join(unknown)}: known are {', '.join(KINDS)}.")
    for kind in [] if given.compare else given.kinds or KINDS:
        python = environment(given.folder / kind, kind, given.python or sys.executable)
        for part in given.parts:
            for outcomes in ran(part, python, given.exercises):
                keep(given.folder / f"{kind}.json", python, outcomes)
    return compared(given.folder)


def environment(folder: Path, kind: str, base: str) -> Path:
    """The Python of an environment, which is made if it is not complete; its cost is a download."""
    python = folder / "bin/python"
    if not (folder / "complete").exists():
        uv = (sys.executable, "-m", "uv")
        subprocess.run([*uv, "venv", "--quiet", "--clear", "--python", base, folder], check=True)
        install = [*uv, "pip", "install", "--quiet", "--python", python, *KINDS[kind]]
        subprocess.run([*install, "--editable", f"{ROOT}[dev]"], check=True)
        (folder / "complete").touch()
    return python


def ran(part: str, python: Path, exercises: list[str]) -> Iterator[Outcomes]:
    """Run a part, and yield what came out as it comes."""
    chosen = exercises or [f"ex{number}" for number in range(1, 9)]
    match part:
        case "solutions":
            for name in chosen:
                (solution,) = ROOT.glob(f"solutions/{name}_*/solution.py")
                shown = output(python, "-m", "grader", name, "--file", solution, "--json")
                yield {
                    f"{name} {check['name']}": check["verdict"]
                    for check in json.loads(shown)["checks"]
                }
        case "misconceptions":
            for name in chosen:
                shown = output(python, "-m", "grader", "verify", "--quick", name)
                *flaws, last = shown.strip().splitlines() or [""]
                passed = last.endswith("sound")
                yield {f"{name} grade verify": "passed" if passed else "\n".join([*flaws, last])}
        case "notebooks":
            only = ["-k", " or ".join(exercises)] if exercises else []
            yield tested(python, "-m", "thorough", *NOTEBOOKS, *only)
        case "unit":
            yield tested(python, "tests/unit")
        case "suite":
            yield tested(python, "-n", "2")


def tested(python: Path, *words: str) -> Outcomes:
    """What each test gave."""
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        output(python, "-m", "pytest", "-p", "no:cacheprovider", f"--junitxml={file.name}", *words)
        found = {}
        for case in ElementTree.parse(file.name).iter("testcase"):
            wrong = [each for each in case if each.tag in ("failure", "error", "skipped")]
            name = f"{case.get('classname')}::{case.get('name')}"
            if len(name) > 200:  # some are given what a whole file holds
                name = f"{name[:180]}… {zlib.crc32(name.encode())}"
            found[name] = "; ".join(f"{e.tag}: {e.get('message')}" for e in wrong) or "passed"
    return found


def output(python: Path, *words: "str | Path") -> str:
    """What a program writes, whatever its exit code; its errors are shown."""
    done = subprocess.run([python, *words], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    return done.stdout


def keep(path: Path, python: Path, outcomes: Outcomes) -> None:
    """Keep outcomes beside those from before."""
    known = json.loads(path.read_text("utf-8")) if path.exists() else {"outcomes": {}}
    known["versions"] = json.loads(output(python, "-c", VERSIONS))
    known["outcomes"] |= outcomes
    path.write_text(json.dumps(known, indent=1, ensure_ascii=False), "utf-8")


def compared(folder: Path) -> int:
    """Print the versions, and what did not pass; 1 if something failed."""
    known = {
        kind: json.loads(path.read_text("utf-8"))
        for kind in KINDS
        if (path := folder / f"{kind}.json").exists()
    }
    print(f"{'':12}", *(f"{kind:>10}" for kind in known))
    for name in ("python", *SHOWN):
        print(f"{name:12}", *(f"{found['versions'][name]:>10}" for found in known.values()))
    failed = 0
    for item in sorted({item for found in known.values() for item in found["outcomes"]}):
        told = {kind: found["outcomes"].get(item, "not run") for kind, found in known.items()}
        wrong = [each for each in told.values() if each not in ("passed", "not run")]
        failed += any(not each.startswith("skipped") for each in wrong)
        if wrong:
            print(f"\n{item}")
            for kind, outcome in told.items():
                print(f"  {kind}: {re.sub(chr(10), chr(10) + '    ', outcome)}")
    for kind, found in known.items():
        passed = list(found["outcomes"].values()).count("passed")
        print(f"\n{kind}: {passed:,} of {len(found['outcomes']):,} passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
