"""Every sentence of ours is marked for translation: in a pseudo-language each shows its brackets.

A catalog with all marked templates is made as translators make theirs; what a command then shows
without brackets is content of the course, a name, or a sentence that somebody forgot to mark.
"""

import ast
import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, is_dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from grader.course import Course, parse
from grader.quiz.progress import QuizProgress
from support import GRADE, ROOT, environment, flat, rest, spawn

pytestmark = pytest.mark.thorough

# Names that are the same in every language, a layout's, a folder's, and what Typer itself says.
SAME = {"grade", "Python", "TensorFlow", "Keras", "NumPy", "MNIST", "Fashion-MNIST", "tensorflow"}
SAME |= {"plain", "download", "cd", "work"}
SAME |= {"Usage", "Options", "Arguments", "Commands", "bool", "required"}
TYPER = (
    "Show this message and exit.",
    "Install completion for the current shell.",
    "Show completion for the current shell, to copy it or customize the installation.",
)

# What is run in one process, one after the other: a folder in ``tmp``, words, what is typed.
COMMANDS: list[tuple[str, list[str], str]] = [
    (".", ["--help"], ""),
    (".", ["hint", "--help"], ""),
    (".", ["class", "import", "--help"], ""),
    (".", ["export", "canvas", "--help"], ""),
    (".", [], ""),
    (".", ["init", "work"], ""),
    ("work", ["init"], ""),
    ("work", [], ""),
    ("work", ["list"], ""),
    ("work", ["words", "nonsense"], ""),
    ("work", ["hint", "ex1"], ""),
    ("work", ["solution", "ex1"], ""),
    ("work", ["reset", "ex1"], ""),
    ("work", ["replay", "ex1"], ""),
    ("work", ["doctor"], ""),
    ("work", ["quiz", "ex1", "--stats"], ""),
    ("work", ["quiz", "ex1", "--stats", "--plain"], ""),
    ("work", ["quiz", "ex1", "--plain"], "1\n" * 9),
    ("work", ["quiz", "ex1", "--plain"], "1\n" * 30),
    ("work", ["review", "--plain"], ""),
    ("work", ["quiz", "ex1", "--hand-in"], ""),
    ("work", ["ex2"], ""),
    ("work", ["ex1", "ex2"], ""),
    ("work", ["ex1", "--seed", "zz"], ""),
    ("work", ["ex1", "--timeout", "-1"], ""),
    ("work", ["ex1", "--file", "nowhere.py"], ""),
    ("work", ["--nonsense"], ""),
    ("work", ["ex99"], ""),
    ("work", ["lab", "ex99"], ""),
    ("work", ["lesson", "ex99"], ""),
    ("work", ["lab"], ""),
    ("work", ["export", "canvas", "nowhere", "--fill", "grades.csv"], ""),
    ("work", ["export", "gradescope", "ex77"], ""),
    (".", ["class", "import", "nowhere", "--into", "class"], ""),
    (".", ["class", "import", "download", "--into", "class"], ""),
    (".", ["class", "report", "class"], ""),
    (".", ["class", "show", "class", "anna"], ""),
    (".", ["class", "show", "class", "zoe"], ""),
]
RUNNER = """
import json, sys
from pathlib import Path
from support import called

tmp, commands = Path(sys.argv[1]), json.loads(sys.argv[2])
shown = []
for folder, words, typed in commands:
    done = called(tmp / folder, *words, typed=typed, COLUMNS="500")
    shown.append([done.returncode, done.stdout + done.stderr])
print(json.dumps(shown))
"""


def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts/messages.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def language(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables that choose the pseudo-language."""
    folder = tmp_path_factory.mktemp("catalogs")
    messages().pseudo(folder)
    return {"GRADE_CATALOGS": str(folder), "GRADE_LANGUAGE": messages().PSEUDO}


def strings(value: Any) -> Iterator[str]:
    """All strings in a question, a check or a table."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (each for pair in value.items() for part in pair for each in strings(part))
    elif isinstance(value, list | tuple | set):
        yield from (each for part in value for each in strings(part))
    elif is_dataclass(value) and not isinstance(value, type):
        yield from strings(asdict(value))


@pytest.fixture(scope="module")
def content() -> list[str]:
    """What the course says, longest first."""
    from grader.cli.app import COMMANDS, command_line
    from grader.lab.experiment import labs

    course = Course.open()
    progress = QuizProgress(course, None)
    groups = [each.typer_instance for each in command_line().registered_groups]
    inner = [each.name or "" for group in groups if group for each in group.registered_commands]
    said = [*TYPER, *COMMANDS, *inner]
    for exercise in course.exercises:
        said += [exercise.title, *strings(list(exercise.checks))]
        said += [each.belief for each in exercise.misconceptions]
        said += strings(list(progress.load(exercise).questions))
    for lab in labs(course):
        said += [lab.title, *(each.title for each in lab.experiments)]
        said += [each.name for each in lab.experiments]
    concepts = [check.concept or "" for each in course.exercises for check in each.checks]
    said += [concept.replace("-", " ") for concept in concepts]
    parts = {flat(line) for each in said for line in [each, *each.splitlines()]}
    return sorted((each for each in parts if len(each) > 2), key=len, reverse=True)


def unmarked(shown: str, content: list[str]) -> list[str]:
    """The words that are in no brackets, in no part of the course, and no names or numbers."""
    left = re.sub(r"[│╭╮╰╯─┃▰▱]", " ", shown)
    while left != (inner := re.sub(r"⟦[^⟦⟧]*⟧", " ", left)):
        left = inner
    left = flat(re.sub(r"⟦.*", " ", left))  # the first line of a longer help
    left = re.sub(r"[\w-]+ \d+\.\d+\.\d+", " ", left)  # versions
    for each in content:
        left = re.sub(rf"(?<![\w/]){re.escape(each)}(?!\w)", " ", left)
    left = re.sub(r"\bgrade(?!\w)(?: [\w./-]+)*", " ", left)  # commands
    words = [word.strip("[](),:;.!?·`“”…") for word in left.split()]
    return [
        word
        for word in words
        if re.fullmatch(r"[A-Za-z][A-Za-z'’-]+", word) and not word.isupper() and word not in SAME
    ]


def test_what_the_commands_say_is_marked(
    tmp_path: Path, language: dict[str, str], content: list[str]
) -> None:
    (tmp_path / "download/anna").mkdir(parents=True)
    solution = Course.open().exercise("ex1").solution.read_bytes()
    (tmp_path / "download/anna/ex1_predictions.py").write_bytes(solution)
    (tmp_path / "download/anna/picture.py").write_bytes(b"\x89PNG")
    (tmp_path / "work").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", RUNNER, str(tmp_path), json.dumps(COMMANDS)],
        env=environment(PYTHONPATH=str(ROOT / "tests"), **language),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    shown = json.loads(done.stdout)
    bracketed = [("⟦" in text) for _, text in shown]
    assert len(shown) == len(COMMANDS) and sum(bracketed) > len(COMMANDS) - 3
    found = {
        " ".join(words): left
        for (_, words, _), (_, text) in zip(COMMANDS, shown, strict=True)
        if (left := unmarked(text, content))
    }
    assert found == {}, json.dumps(found)


@pytest.mark.parametrize("right", [True, False])
def test_what_a_grading_says_is_marked(
    right: bool, tmp_path: Path, language: dict[str, str], content: list[str]
) -> None:
    """Also what the process that runs the checks says, and precheck."""
    exercise = Course.open().exercise("ex1")
    file = tmp_path / "mine.py"
    file.write_text(
        exercise.solution.read_text("utf-8")
        if right
        else exercise.solution.read_text("utf-8").replace("def accuracy", "def accuracy(a, b):\n"
                                                          "    return 1 / 0\n\n\ndef _accuracy"),
        "utf-8",
    )  # fmt: skip
    child = spawn(tmp_path, GRADE, "ex1", "--file", "mine.py", columns=300, **language)
    shown, code = rest(child)
    assert code == (0 if right else 1)
    last = shown.rpartition("\r")[2] if right else shown
    left = unmarked("\n".join(line for line in last.splitlines() if "⟦" in line), content)
    assert ("⟦All 9 checks passed⟧" in shown) is right
    if not right:
        assert "⟦Your code raised ZeroDivisionError in mine.py:" in shown
    assert set(left) <= {"division", "by", "zero", "seed"}


def test_a_forgotten_mark_would_be_found(content: list[str]) -> None:
    title = Course.open().exercise("ex1").title
    assert unmarked(f"⟦Fix it, then run⟧ grade ex1 --seed 00 · {title}", content) == []
    assert unmarked("⟦Fix ⟦this⟧⟧ and mend it", content) == ["and", "mend", "it"]


def test_a_translation_keeps_the_holes() -> None:
    from babel.messages.catalog import Catalog

    catalog = Catalog()
    catalog.add("{count} of {total}", "{total}: {count}")
    catalog.add("use \\1", "nimm \\1")
    assert messages().faults(catalog) == []
    catalog.add("Which {file}?", "Welche?")
    catalog.add("{name} passed", "{nmae} bestanden")
    catalog.add("Fix {it}", "Behebe {it")
    assert len(messages().faults(catalog)) == 3


def test_every_mark_is_found() -> None:
    """What is marked is a literal, and in no f-string, whose inside Babel does not read."""
    ids = {
        each
        for message in messages().extracted()
        for each in (message.id if isinstance(message.id, tuple) else (message.id,))
    }
    lost = [
        f"{path.relative_to(ROOT)}: {ast.unparse(each)}"
        for path in sorted((ROOT / "grader").rglob("*.py"))
        for node in ast.walk(parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext")
        for each in node.args[: 1 if ast.unparse(node.func) == "_" else 2]
        if not isinstance(each, ast.Constant) or each.value not in ids
    ]
    assert lost == ["grader/cli/app.py: text"]  # the help of commands, which are collected


def test_every_template_has_its_holes_by_name() -> None:
    """A hole without a name can't be moved by a translator."""
    catalog = messages().extracted()
    assert len(catalog) > 900
    templates = [
        each
        for message in catalog
        for each in (message.id if isinstance(message.id, tuple) else (message.id,))
    ]
    assert [each for each in templates if re.search(r"(?<!\{)\{\d*[:}!]", each)] == []
    assert "Fix it, then run" in templates
    assert any(each.startswith("Grade your exercises: hidden checks") for each in templates)
