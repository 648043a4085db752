"""What a public repository shows beside its code."""

import re
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement  # of pytest's

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


def test_colab_keeps_what_it_has() -> None:
    """Of the packages that Colab has in a version of its own, pip changes none of ours."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = (ROOT / "scripts/colab.txt").read_text("utf-8").splitlines()
    colab = dict(line.split("==") for line in lines if not line.startswith("#"))
    needed = [
        *project["dependencies"],
        *project["optional-dependencies"]["notebook"],
        *project["optional-dependencies"]["plots"],
    ]
    wanted = {(each := Requirement(line)).name: each.specifier for line in needed}
    assert wanted.keys() - colab.keys() == {"fsrs", "typer"}  # fsrs is not there, typer too old
    assert [n for n in wanted.keys() & colab.keys() if not wanted[n].contains(colab[n])] == []
