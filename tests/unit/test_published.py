"""What a public repository shows beside its code."""

import re
from pathlib import Path

import yaml

import grader

ROOT = Path(__file__).resolve().parents[2]


def test_links_of_the_pages_lead_to_files() -> None:
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        for link in re.findall(r"\]\((?!https?:|#)([^)#]*)", page.read_text("utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_the_citation_names_this_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["version"] == grader.__version__
    assert citation["license"] == ["MIT", "CC-BY-SA-3.0"]


def test_the_workflow_tests_every_version_that_is_named() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))
    runs = workflow["jobs"]["tests"]["strategy"]["matrix"]["include"]
    named = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text("utf-8"))
    assert {run["python"] for run in runs} == set(named)
    assert {run["dependencies"] for run in runs} == {"lowest-direct", "highest"}
    assert any("cron" in each for each in workflow[True]["schedule"])  # YAML reads "on" as True
