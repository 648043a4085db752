"""Imports run down the house, as pyproject.toml has it; strings that name a module are imports."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.parsing import parse

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "grader").rglob("*.py"))
NAME = re.compile(r"grader(?:\.\w+)+(?::[\w.]+)?")  # grader.sandbox.bench:build


def layers() -> dict[str, int]:
    """What is directly in ``grader``, and how far down it is."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]
    return {
        name.strip(" ()"): depth
        for depth, layer in enumerate(contract["layers"])
        for name in layer.split("|")
    }


def module(path: Path) -> str:
    """The dotted name of a file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """The line and the text of each string that can only be meant as the name of a module."""
    for node in ast.walk(parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if NAME.fullmatch(node.value):
                yield node.lineno, node.value


def defined(path: Path) -> set[str]:
    """What a module has at its top level."""
    found: set[str] = set()
    for node in parse(path.read_text("utf-8")).body:
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                found.add(node.name)
            case ast.Assign():
                found.update(t.id for t in node.targets if isinstance(t, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
    return found


def wrong(path: Path) -> Iterator[str]:
    """What is wrong with the names of modules in a file's strings."""
    depth, modules = layers(), {module(each): each for each in FILES}
    for line, text in strings(path):
        where = f"{path.relative_to(ROOT)}:{line}: {text!r}"
        name, _, attribute = text.partition(":")
        if name not in modules:
            yield f"{where} names no module"
        elif attribute and attribute.partition(".")[0] not in defined(modules[name]):
            yield f"{where} names nothing that {name} has"
        elif path != ROOT / "grader/__init__.py":  # which is in no layer: it names what is public
            here, there = module(path).split(".")[1], name.split(".")[1]
            if here != there and depth[here] >= depth[there]:
                yield f"{where} would be an import from {here} up to {there}"


def test_strings_that_name_a_module_count_as_imports() -> None:
    found = [line for path in FILES for line in wrong(path)]
    assert not found, "\n".join(found)
    assert any(strings(path) for path in FILES)


def test_contracts() -> None:
    pytest.importorskip("importlinter")  # CI has it, and calls lint-imports too
    program = "from importlinter.cli import lint_imports_command as lint; lint()"
    done = subprocess.run(  # its console keeps the first stream that it sees
        [sys.executable, "-c", program, "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Contracts: 3 kept, 0 broken." in done.stdout
