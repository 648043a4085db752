"""docs/instructors.md: its files are written, its commands are run, and they print what it says."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import grader
from grader.report import Verdict
from support import ROOT, shell

pytestmark = pytest.mark.thorough

PAGE = ROOT / "docs/instructors.md"


def blocks() -> Iterator[tuple[str, str, int]]:
    """The fenced blocks of the page: what stands after the fence, the text, and its line."""
    for match in re.finditer(r"^```(\S[^\n]*)\n(.*?)^```$", PAGE.read_text("utf-8"), re.M | re.S):
        yield match[1], match[2], match.string.count("\n", 0, match.start()) + 1


def commands(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with what it prints."""
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def settled(output: str) -> str:
    """Output without what differs from run to run, and from machine to machine."""
    output = re.sub(r"\b[0-9a-f]{16}\b", "SEED", output)
    output = re.sub(r"\d+\.\d s\b", "TIME", output)
    return re.sub(r"protection .+", "protection LEVEL", output)


def test_the_page_is_true(tmp_path: Path) -> None:
    for kind, text, line in blocks():
        if kind == "console":
            for command, output in commands(text):
                assert settled(
                    shell(tmp_path, f"exec 2>&1\n{command}", COLUMNS="80").stdout
                ) == settled(output), f"line {line}: {command}"
        elif "/" in kind:
            path = tmp_path / kind.split()[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")


def test_the_examples_of_checks_run(tmp_path: Path) -> None:
    """All examples together are an exercise, and each of its checks passes."""
    folder = tmp_path / "solutions/ex1_examples"
    folder.mkdir(parents=True)
    for name in ("solution", "helpers", "checks"):
        parts = [text for kind, text, _ in blocks() if kind == f"python {name}"]
        (folder / f"{name}.py").write_text("\n\n".join(parts), "utf-8")
    for kind, text, _ in blocks():
        if kind == "csv rates":
            (folder / "rates.csv").write_text(text, "utf-8")
    report = grader.grade("ex1", folder / "solution.py", course=tmp_path)
    assert [(c.name, c.message) for c in report.checks if c.verdict is not Verdict.PASSED] == []
    assert len(report.checks) == 12
    assert (report.score, report.max_score, report.bonus) == (13.5, 12.5, 1)


def test_every_block_is_used() -> None:
    """A block that is no file, command or example is TOML, and can be read."""
    for kind, text, line in blocks():
        if kind == "toml":
            assert tomllib.loads(text), f"line {line}"
        else:
            examples = [f"python {name}" for name in ("solution", "helpers", "checks")]
            used = kind in ("console", "csv rates", *examples) or "/" in kind
            assert used, f"line {line}: {kind}"
