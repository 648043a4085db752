"""Programs that are not ours read what ``grade export`` writes, where they are installed.

scripts/readers/ holds a program for each reader; here run those whose reader is a package of pip,
npm or Debian. Each prints what it has counted, and ends with 0 if all of it is as it was meant.
"""

import importlib.util
import shutil
import sys
from pathlib import Path

import pytest

from support import ROOT, program

pytestmark = pytest.mark.thorough

READERS = ROOT / "scripts/readers"


def read(tmp_path: Path, name: str, *words: str | Path) -> str:
    done = program(tmp_path, sys.executable, READERS / f"{name}.py", *words)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def needs(command: str, package: str) -> str:
    if (found := shutil.which(command)) is None:
        pytest.skip(f"{command} is not installed ({package})")
    return found


def test_libreoffice_sees_every_grade_and_no_formula(tmp_path: Path) -> None:
    needs("soffice", "Debian: libreoffice-calc")
    read(tmp_path, "made", tmp_path / "made", "--learners", "40", "--exercise", "ex1", "--made-up")
    told = read(tmp_path, "libreoffice", tmp_path / "made")
    assert "brightspace: 40 rows, 39 of 39 grades as graded, 1 empty" in told
    assert "csv: 39 of 39 rows as graded; 4 of 4 names with = are texts" in told


def test_anki_takes_every_card_once(tmp_path: Path) -> None:
    for package in ("anki", "genanki"):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} is not installed (pip install {package})")
    told = read(tmp_path, "anki_import")
    assert "first import: " in told and "second import: {'new': 0," in told


def test_dolos_finds_planted_copies(tmp_path: Path) -> None:
    done = program(tmp_path, needs("npm", "Debian: npm"), "root", "-g")
    node = Path(done.stdout.strip())
    if not (node / "@dodona/dolos-lib").is_dir():
        pytest.skip("Dolos is not installed (npm install -g @dodona/dolos-lib)")
    told = read(tmp_path, "similar", "dolos", node.parent, "--only", "ex3")
    assert told.count("ex3, ") == 2


def test_github_shows_every_grade_and_every_message_as_it_is(tmp_path: Path) -> None:
    needs("cmark-gfm", "Debian: cmark-gfm")
    read(tmp_path, "made", tmp_path / "made", "--learners", "40", "--exercise", "ex1", "--made-up")
    told = read(tmp_path, "github", tmp_path / "made")
    assert "summary: 39 rows, 39 of 39 as graded" in told
    assert "job pages: 39 of 39" in told
