"""Programs beside the package find what they use in it; nothing else runs most of them."""

import ast
import json
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


def test_what_differs_between_versions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A skipped test is shown and is no failure; what was not run in one is neither."""
    tool = runpy.run_path(str(ROOT / "scripts/versions.py"), run_name="imported")
    versions = dict.fromkeys(("python", *tool["SHOWN"]), "1")
    for kind, outcomes in {
        "lowest": {"a": "passed", "b": "skipped: x", "c": "passed"},
        "newest": {"a": "passed", "b": "passed"},
    }.items():
        known = {"versions": versions, "outcomes": outcomes}
        (tmp_path / f"{kind}.json").write_text(json.dumps(known), "utf-8")
    assert tool["compared"](tmp_path) == 0
    shown = capsys.readouterr().out
    assert "b\n  lowest: skipped: x\n  newest: passed\n" in shown and "\na\n" not in shown
    assert "lowest: 2 of 3 passed" in shown and "newest: 2 of 2 passed" in shown
    known["outcomes"]["c"] = "failure: y"
    (tmp_path / "newest.json").write_text(json.dumps(known), "utf-8")
    assert tool["compared"](tmp_path) == 1
    assert "c\n  lowest: passed\n  newest: failure: y\n" in capsys.readouterr().out


def test_what_is_known_of_notebooks_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line that was cut off is not known."""
    monkeypatch.syspath_prepend(ROOT / "scripts")
    tool = runpy.run_path(str(ROOT / "scripts/as_notebooks.py"), run_name="imported")
    results = tmp_path / "results.jsonl"
    assert tool["read"](results) == {}
    results.write_text('{"key": "1", "flaws": []}\n\n{"key": "2", "fla\n{"key": "3"}\n', "utf-8")
    assert tool["read"](results) == {"1": {"key": "1", "flaws": []}, "3": {"key": "3"}}
