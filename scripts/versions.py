"""Tries the course with the lowest and with the newest versions of what it needs.

    python scripts/versions.py lowest --python python3.12
    python scripts/versions.py newest --verify

makes an environment in the folder for temporary files, unless it is there, grades every solution in
it, as a file and as a notebook, and two wrong files of each exercise, and runs the unit tests;
``--verify`` proves all misconceptions as well, which takes long.
"Lowest" are the least versions that ``pyproject.toml`` allows, TensorFlow 2.19 among them, which
Colab has.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VERSIONS = """
from importlib.metadata import version
for name in ("tensorflow", "keras", "numpy", "rich", "typer", "pytest", "safetensors"):
    print(name, version(name))
"""
TESTS = ("pytest-xdist", "hypothesis", "pexpect", "pyyaml", "import-linter", "hatchling", "genanki")
SAMPLE = "tests/test_notebook_verdicts.py"  # solutions and wrong files


def main() -> int:
    """Make the environment and run all in it; 1 if something fails."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("which", choices=("lowest", "newest"))
    parser.add_argument("--python", default=sys.executable, help="of the environment")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--verify", action="store_true", help="prove all misconceptions")
    given = parser.parse_args()
    folder = given.folder / f"grade-versions-{given.which}"
    python = folder / "bin/python"
    if not (folder / "complete").exists():
        _make(folder, python, given.python, pins(given.which))
    failed = [] if _run(python, "-c", VERSIONS) else ["versions"]
    for solution in sorted((ROOT / "solutions").glob("ex*/solution.py")):
        name = solution.parent.name
        if not _run(python, "-m", "grader", name, "--file", str(solution), "--no-pictures"):
            failed.append(name)
    pytest = ("-m", "pytest", "-q", "-p", "no:cacheprovider")
    if not _run(python, *pytest, "-m", "thorough", SAMPLE):
        failed.append("wrong files")
    if not _run(python, *pytest, "tests/unit"):
        failed.append("unit tests")
    if given.verify and not _run(python, "-m", "grader", "verify"):
        failed.append("verify")
    print(f"{given.which}: {'failed: ' + ', '.join(failed) if failed else 'all passed'}")
    return 1 if failed else 0


def pins(which: str) -> list[str]:
    """What pip is to install: each dependency in its least version, or in its newest."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found = project["dependencies"]
    return [re.sub(">=", "==", each) if which == "lowest" else each for each in found]


def _make(folder: Path, python: Path, base: str, needed: list[str]) -> None:
    subprocess.run([base, "-m", "venv", folder], check=True)
    pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, *needed, *TESTS], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT], check=True)
    (folder / "complete").touch()


def _run(python: Path, *words: str) -> bool:
    """Whether a program ends well."""
    return subprocess.run([python, *words], cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
