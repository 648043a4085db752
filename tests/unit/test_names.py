"""One name for one thing: no class of the package has the name of another."""

import ast
from collections import defaultdict
from pathlib import Path

from grader.course import parse

ROOT = Path(__file__).resolve().parents[2]


def named(file: Path) -> set[str]:
    """The classes and the types that a file defines, with or without an underscore."""
    found = set()
    for node in parse(file.read_text("utf-8")).body:
        match node:
            case ast.ClassDef(name=name):
                found.add(name.lstrip("_"))
            case ast.Assign(targets=[ast.Name(id=name)]) if (
                name[0].isupper() and name != name.upper()
            ):
                found.add(name)
    return found


def test_no_type_has_the_name_of_another() -> None:
    files = defaultdict(list)
    for file in sorted((ROOT / "grader").rglob("*.py")):
        for name in named(file):
            files[name].append(file.relative_to(ROOT).as_posix())
    assert files["Report"] == ["grader/report.py"]
    assert {name: twins for name, twins in files.items() if len(twins) > 1} == {}
