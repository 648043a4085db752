"""Programs beside the package find what they use in it; nothing else runs most of them."""

import ast
import re
import runpy
from pathlib import Path
from pkgutil import resolve_name

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = sorted(
    path for where in ("benchmarks", "docs", "scripts") for path in (ROOT / where).glob("*.py")
)
DOTTED = re.compile(r"\bgrader(?:\.[a-z_]+)+\b")


@pytest.mark.parametrize("tool", TOOLS, ids=lambda path: path.name)
def test_a_program_finds_what_it_uses(tool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also in its functions, and in the code and the commands that it has as strings."""
    monkeypatch.syspath_prepend(tool.parent)
    runpy.run_path(str(tool), run_name="imported")
    source = tool.read_text("utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("grader"):
            for name in node.names:
                resolve_name(f"{node.module}.{name.name}")
    for name in DOTTED.findall(source):
        resolve_name(name)
