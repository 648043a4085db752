"""Programs beside the package find what they use in it; nothing else runs most of them."""

import ast
import re
import runpy
from importlib.util import find_spec
from pathlib import Path
from pkgutil import resolve_name

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = sorted(
    path
    for where in ("benchmarks", "docs", "scripts", "scripts/readers")
    for path in (ROOT / where).glob("*.py")
)
DOTTED = re.compile(r"\bgrader(?:\.[a-z_]+)+\b")


def is_there(name: str) -> bool:
    """Whether there is such a module, or such a thing in one; a module is not imported for it."""
    try:
        if find_spec(name) is not None:
            return True
    except ModuleNotFoundError:  # what it would be in is no package
        pass
    module, _, attribute = name.rpartition(".")
    return hasattr(resolve_name(module), attribute)


@pytest.mark.parametrize("tool", TOOLS, ids=lambda path: path.name)
def test_a_program_finds_what_it_uses(tool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also in its functions, and in the code and the commands that it has as strings."""
    monkeypatch.syspath_prepend(tool.parent)
    runpy.run_path(str(tool), run_name="imported")
    source = tool.read_text("utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("grader"):
            for name in node.names:
                assert is_there(f"{node.module}.{name.name}")
    for name in DOTTED.findall(source):
        assert is_there(name), name
