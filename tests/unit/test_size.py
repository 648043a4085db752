"""No file and no class grows beyond what can be read in one go."""

import ast
from pathlib import Path

from support import modules

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "grader").rglob("*.py"))
TABLES = {"cures.py"}  # sentences, one after the other


def test_no_file_is_over_400_lines() -> None:
    lengths = {
        path.relative_to(ROOT / "grader").as_posix(): len(path.read_text("utf-8").splitlines())
        for path in FILES
    }
    assert set(lengths) > TABLES
    assert {name: n for name, n in lengths.items() if n > 400 and name not in TABLES} == {}


def test_no_class_is_over_200_lines() -> None:
    lengths = {
        f"{path}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    assert lengths
    assert {name: n for name, n in lengths.items() if n > 200} == {}


def test_a_command_takes_options_calls_and_renders() -> None:
    """What is more than that has a noun of its own elsewhere."""
    commands = sorted((ROOT / "grader/cli/commands").glob("*.py"))
    lengths = {path.name: len(path.read_text("utf-8").splitlines()) for path in commands}
    assert lengths["quiz.py"] > 0
    assert {name: n for name, n in lengths.items() if n > 150} == {}
