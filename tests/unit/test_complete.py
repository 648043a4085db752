"""What is added in one place is not forgotten in another: help, completion, and the pages."""

import inspect
import re
from pathlib import Path

import pytest
import typer.main

from grader import checks
from grader.checker.plugin import Plugin
from grader.checks import expect
from grader.cli import app
from grader.cli.app import EXERCISE_ARGUMENTS, command_line
from grader.cli.commands import grade
from grader.course import Course, Exercise
from grader.markers import MARKERS
from grader.quiz.questions import Kind

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/instructors.md").read_text("utf-8")
COMMANDS = typer.main.get_command(command_line()).commands
VERBS = {name: command for name, command in COMMANDS.items() if name != grade.NAME}
EXPECTATIONS = {
    name: function
    for name, function in inspect.getmembers(expect, inspect.isfunction)
    if function.__module__ == expect.__name__ and not name.startswith("_")
}


def first_cells(page: str, heading: str) -> list[str]:
    """The first column of the table with this heading, as code without its arguments."""
    _, _, rest = page.partition(f"| {heading} |")
    table = rest.partition("\n\n")[0]
    rows = [line.split("|")[1] for line in table.splitlines()[2:]]
    return [re.match(r"[\w.]+", name)[0] for row in rows for name in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_is_everywhere(verb: str) -> None:
    command = VERBS[verb]
    assert command.rich_help_panel, "in which panel of grade --help?"
    assert command.get_short_help_str(200).endswith("."), "its docstring is its help"
    assert re.search(rf"^\| `grade {verb}\b", (ROOT / "README.md").read_text("utf-8"), re.M)
    assert f"`grade {verb}`" in (ROOT / "CHANGELOG.md").read_text("utf-8")
    files = [ROOT / f"grader/cli/commands/{verb}{end}.py" for end in ("", "_")]
    assert any(file.is_file() for file in files), "one verb, one file of its name"


def test_no_file_of_a_verb_is_left_out() -> None:
    files = {path.stem for path in (ROOT / "grader/cli/commands").glob("*.py")}
    listed = {place.partition(":")[0] for _, place in app.COMMANDS.values()}
    assert files - {"__init__", "grade", "overview"} == listed  # these two have no name


def test_only_the_commands_that_may_be_meant_are_loaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)  # no workspace: the overview looks for one
    everything = list(app.COMMANDS)

    def loaded(*words: str) -> list[str]:
        group = typer.main.get_command(command_line([]))
        group(list(words), prog_name="grade", standalone_mode=False)
        return [name for name in group.commands if name != grade.NAME]

    assert loaded("hint", "--help") == loaded("help", "hint") == ["hint"]
    assert loaded() == loaded("ex3", "--help") == loaded("3", "--help") == []
    assert loaded("--help") == everything
    group = typer.main.get_command(command_line([]))
    for name in everything:  # as a shell asks for, or a key of grade watch
        assert group.get_command(typer.Context(group), name).name == name


def test_a_help_breaks_its_lines_where_the_screen_ends() -> None:
    """Not where the docstring does: typer keeps the line ends of all paragraphs but the first."""
    groups = [COMMANDS, *(getattr(command, "commands", {}) for command in COMMANDS.values())]
    texts = [command.help for group in groups for command in group.values()]
    assert any("\n\n" in text for text in texts)
    assert not [text for text in texts if re.search(r"(?<!\n)\n(?!\n)", text)]


@pytest.mark.parametrize("verb", COMMANDS)
def test_exercises_are_completed(verb: str) -> None:
    """Of the course that is named, wherever an exercise can be."""
    command = COMMANDS[verb]
    for parameter in command.params:
        if parameter.name in EXERCISE_ARGUMENTS:
            context = command.make_context(verb, [], resilient_parsing=True)
            context.params["course"] = ROOT / "tests/courses/quizzes"
            found = [item.value for item in parameter.shell_complete(context, "ex")]
            assert found == ["ex1", "ex2"]


def test_expectations_are_explained() -> None:
    explained = [name.removeprefix("expect.") for name in first_cells(PAGE, "expectation")]
    assert sorted(explained) == sorted(EXPECTATIONS)
    lenient = [n for n in explained if "otherwise" in inspect.signature(EXPECTATIONS[n]).parameters]
    assert explained[:4] == lenient, "the page says that the first four take otherwise"


def test_markers_are_explained() -> None:
    assert sorted(first_cells(PAGE, "marker")) == sorted(MARKERS)
    told = inspect.getdoc(checks) or ""
    assert [name for name in MARKERS if f"``{name}" not in told] == []


def test_fixtures_are_explained() -> None:
    source = inspect.getsource(Plugin)
    fixtures = re.findall(r"@pytest\.fixture.*\n    def (\w+)", source)
    assert sorted(first_cells(PAGE, "fixture")) == sorted(fixtures)


def test_what_authors_import_is_explained() -> None:
    assert [name for name in checks.__all__ if not re.search(rf"\b{name}\b", PAGE)] == []


def test_kinds_of_questions_are_explained() -> None:
    page = (ROOT / "docs/quizzes.md").read_text("utf-8")
    assert first_cells(page, "kind") == [kind.value for kind in Kind]
    named = re.search(r"^\| `kind` \|[^|]*\|([^|]*)\|", page, re.M)
    assert named
    assert re.findall(r"`(\w+)`", named[1]) == [kind.value for kind in Kind]


def test_the_house_has_a_place_for_everything() -> None:
    """Each folder and module of the package has a row, and each path that is named is there."""
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    house = page.partition("## The house")[2].partition("## How to add")[0]
    named = set(re.findall(r"`([\w/]+)`", house))
    package = ROOT / "grader"
    here = {f"{path.name}/" for path in package.iterdir() if (path / "__init__.py").is_file()}
    here |= {path.stem for path in package.glob("*.py") if not path.stem.startswith("__")}
    assert sorted(here - named) == []
    paths = re.findall(r"`((?:grader|tests|solutions|benchmarks|scripts|docs)/[\w./]+)`", page)
    assert [
        path
        for path in paths
        if "NAME" not in path and "VERB" not in path and not (ROOT / path).exists()
    ] == []


@pytest.mark.parametrize("exercise", Course.open().exercises, ids=lambda each: each.id)
def test_common_mistakes_have_hints_of_their_own(exercise: Exercise) -> None:
    assert exercise.checks_file.read_text("utf-8").count("Diagnosis(") >= 2
