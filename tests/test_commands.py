"""Every command that is named can be typed where it is named: from anywhere, with any course."""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from grader.cli.app import command_line
from grader.cli.context import quoted
from support import GRADE, QUIZZES, Terminal, called, completions, make_due, shell

# at the end of a line, or quoted in a sentence
COMMAND = re.compile(
    r"`((?:grade|cd|python)\b[^`]*)`|(?:^|  |: )((?:grade|cd|python -m grader) .*|grade)$", re.M
)
VERBS = {
    name: each for name, each in get_command(command_line()).commands.items() if not each.hidden
}
CASES = [  # a folder, a command typed there, and how many commands it names at least
    (".", "list", 1),
    (".", "", 1),
    (".", "doctor", 2),
    (".", "demo", 2),
    (".", "ex1", 1),
    (".", "ex1 ex2", 2),
    (".", "all", 1),
    (".", "hint ex1", 1),
    (".", "run ex1", 0),
    (".", "open ex1", 1),
    (".", "watch ex1", 1),
    (".", "quiz ex2", 1),
    (".", "quiz --stats", 1),
    (".", "review", 1),
    (".", "replay ex1", 1),
    (".", "init www", 2),
    (".", "new ex3_more --title More", 2),
    (".", "verify ex1", 1),
    (".", "words", 0),
    (".", "lab", 0),
    (".", "lesson ex1", 0),
    (".", "lst", 1),
    (".", "ex11", 0),
    ("w w", "ex1", 2),
    ("w w", "hint ex1", 1),
    ("w w", "replay ex1", 1),
    ("w w", "reset ex1", 1),
    ("w w", "solution ex1", 2),
    ("w w", "quiz --plain", 1),
    ("w w", "all", 1),
    ("w w", "list", 1),
    ("w w", "", 1),
    ("w w", "init", 1),
]


def furnished(tmp_path: Path) -> Path:
    """A folder with a course and a learner's folder; there are blanks in both names."""
    shutil.copytree(QUIZZES, tmp_path / "c c")
    shutil.copytree(QUIZZES / "exercises", tmp_path / "w w" / "exercises")
    adding = (QUIZZES / "solutions/ex1_adding/solution.py").read_text("utf-8")
    (tmp_path / "w w/exercises/ex1_adding.py").write_text(adding.replace("+", "-"), "utf-8")
    return tmp_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Such a folder for one test."""
    return furnished(tmp_path)


def typed(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Type a line in a shell, with an editor that does nothing; ``grade`` itself runs here."""
    words = shlex.split(line)
    if words[:1] == ["grade"]:
        return called(folder, *words[1:], EDITOR="true")
    return shell(folder, line, EDITOR="true")


def named(done: subprocess.CompletedProcess[str]) -> list[str]:
    """The commands in what was printed."""
    return [one or other for one, other in COMMAND.findall(done.stdout + done.stderr)]


@pytest.mark.thorough
@pytest.mark.parametrize(("place", "command", "follow"), CASES)
def test_a_command_that_is_named_works(folder: Path, place: str, command: str, follow: int) -> None:
    """It is understood, and it is about the same course: the built-in one has an ex3."""
    here = folder / place
    course = "--course 'c c'" if place == "." else "--course '../c c'"
    if command in ("hint ex1", "replay ex1") and place != ".":
        typed(here, f"grade ex1 {course}")
    if command == "verify ex1":
        (folder / "c c/exercises/ex1_adding.py").unlink()
    done = typed(here, f"grade {command} {course}")
    commands = named(done)
    assert len(commands) >= follow, done.stdout + done.stderr
    for each in commands:
        if each.startswith("cd "):
            here = here / each.removeprefix("cd ")
            continue
        if each.startswith("grade watch"):
            continue  # it ends by a key
        again = typed(here, each)
        said = again.stdout + again.stderr
        understood = again.returncode in (0, 1) or "has not been graded yet" in said
        understood = understood or (command == "lst" and "You are not in a workspace" in said)
        assert understood, (each, said)
        assert "What do ten numbers mean?" not in said, (each, said)


def test_no_command_is_forgotten() -> None:
    groups = {name for name, each in VERBS.items() if hasattr(each, "commands")}
    assert VERBS.keys() - groups <= {words.partition(" ")[0] for _, words, _ in CASES}


IN_A_TERMINAL = {  # each verb: the words, what is waited for, and the exit code
    "": ("", "", 0),
    "init": ("init www", "", 0),
    "list": ("list", "", 0),
    "demo": ("demo", "", 0),
    "grade": ("ex1", "", 1),
    "all": ("all", "", 1),
    "hint": ("hint ex1", "", 0),
    "open": ("open ex1", "", 0),
    "run": ("run ex1", "", 0),
    "replay": ("replay ex1", "", 0),
    "solution": ("solution ex1 --give-up", "", 0),
    "reset": ("reset ex2", "", 0),
    "watch": ("watch ex1", "x exit", 0),
    "quiz": ("quiz ex1", "question 1 of", 130),
    "review": ("review", "question 1 of", 130),
    "verify": ("verify ex1", "", 1),
    "export": ("export gradescope ex1", "", 0),
    "new": ("new ex3_more --title More", "", 0),
}
KEYS = {"x exit": "x", "question 1 of": "\x03"}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The learner's folder, after a grading and a quiz that is to be reviewed."""
    folder = furnished(tmp_path_factory.mktemp("terminal")) / "w w"
    called(folder, "ex1", "--course", "../c c")
    called(folder, "quiz", "ex1", "--course", "../c c", typed="1\n1\n1\n1\n")
    make_due(folder)
    return folder


@pytest.mark.parametrize("verb", sorted(IN_A_TERMINAL.keys() | VERBS.keys() - {"doctor"}))
def test_in_a_terminal(graded: Path, verb: str) -> None:
    """Each verb, at least its help; test_journey.py has doctor."""
    words, seen, code = IN_A_TERMINAL.get(verb, (f"{verb} --help", "", 0))
    course = ("--course", "../c c") if verb in IN_A_TERMINAL else ()
    terminal = Terminal(graded, "env", "EDITOR=true", GRADE, *words.split(), *course)
    if seen:
        terminal.sees(seen)
        terminal.types(KEYS[seen])
    assert terminal.ends() == code, terminal.text
    assert "Traceback" not in terminal.text and "grade itself failed" not in terminal.text


@pytest.mark.parametrize(
    "command",
    ["list", *(pytest.param(c, marks=pytest.mark.thorough) for c in ("hint ex1", "ex1 ex2"))],
)
def test_a_module_that_is_run_names_itself(folder: Path, command: str) -> None:
    commands = named(typed(folder, f"python -m grader {command} --course 'c c'"))
    assert commands
    for each in commands:
        assert each.startswith("python -m grader ") and each.endswith(" --course 'c c'")
    assert typed(folder, f"{commands[0]} --help").stdout.lstrip().startswith("Usage: python -m gra")


def test_a_module_is_not_taken_from_the_folder_one_is_in(folder: Path) -> None:
    (folder / "random.py").write_text("raise SystemExit('a stranger is in random.py')")
    done = typed(folder, "python -m grader list --course 'c c'")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("hint ex", ["ex1", "ex2"]),
        ("hint --course 'c c' ex", ["ex1", "ex2"]),
        ("verify --course 'c c' ex1_", ["ex1_adding"]),
        ("quiz --course='c c' ex", ["ex1", "ex2"]),
        ("reset --course nowhere ex", []),
    ],
)
def test_completion_honors_the_course(folder: Path, words: str, offered: list[str]) -> None:
    """The built-in course has more exercises, of other names."""
    line = f"grade {words}"
    if "--course" not in words:
        line = f"grade hint --course '{folder / 'c c'}' ex"
    assert completions(folder, line) == offered


@pytest.mark.thorough
def test_a_file_with_blanks_is_named_again(folder: Path) -> None:
    file = folder / "w w" / "my file.py"
    shutil.copy(QUIZZES / "exercises/ex1_adding.py", file)
    done = typed(folder, "grade ex1 --file 'w w/my file.py' --course 'c c'")
    assert "grade ex1 --file 'w w/my file.py' --course 'c c'" in named(done)
    mistaken = typed(folder, "grade ex1 'w w/my file.py'")
    assert named(mistaken) == ["grade ex1 --file 'w w/my file.py'"]
    mistaken = typed(folder, "grade ex1 'w w/my file.py' --course 'c c'")
    assert named(mistaken) == ["grade ex1 --file 'w w/my file.py' --course 'c c'"]
    mistaken = typed(folder, "grade 'my file.py' --course 'c c'")
    assert named(mistaken) == ["grade ex1 --file 'my file.py' --course 'c c'"]


@pytest.mark.parametrize(
    "word", ["a b", "a\nb", "\x1b[2J", "it's\\\u202e", "标签", "caf\udce9", "$HOME `x`", "-x", ""]
)
def test_a_shell_reads_back_what_is_quoted(word: str) -> None:
    command = quoted("printf", "%s", word)
    assert command.isprintable()
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=True)
    assert done.stdout == os.fsencode(word)
