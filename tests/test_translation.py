"""Every sentence of ours is marked for translation: in a pseudo-language each shows its brackets.

A catalog with all marked templates is made as translators make theirs; what a command then shows
without brackets is content of the course, a name, or a sentence that somebody forgot to mark. What
fills the hole of a template is outside of its brackets: a word in there has to have its own.
"""

import ast
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, is_dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from grader.checks.describe import describe as described
from grader.course import Course
from grader.datasets.fashion_mnist import CLASS_NAMES
from grader.measured import without_names
from grader.parsing import parse
from grader.quiz.progress import QuizProgress
from grader.report import Verdict
from notebooks import Kernel
from support import (
    ANSI,
    GRADE,
    RIGHT,
    ROOT,
    WRONG,
    Terminal,
    added,
    called,
    environment,
    filled_in,
    flat,
    made_class,
    made_report,
    new_course,
    position,
    replaced,
    rest,
    spawn,
)

pytestmark = pytest.mark.thorough

# Names that are the same in every language, a layout's, a folder's, and what Typer itself says.
SAME = {"grade", "Python", "TensorFlow", "Keras", "NumPy", "MNIST", "Fashion-MNIST", "tensorflow"}
SAME |= {
    "plain",
    "download",
    "cd",
    "work",
    "nowhere",
    "graded",
    "zz",
    "again",
    "html",
    "zip",
    "csv",
}
SAME |= {"Usage", "Options", "Arguments", "Commands", "bool", "required"}
SAME |= {"Ana", "Bo", "Cy", "Dee", "Eve", "anna", "UTC"}  # learners
SAME |= {
    "def",
    "return",
    "np",
    "pdb",
    "int",
    "brightness",
    "NameError",
    "ZeroDivisionError",
}  # Python
TYPER = (
    "Show this message and exit.",
    "Install completion for the current shell.",
    "Show completion for the current shell, to copy it or customize the installation.",
    "No such option: --nonsense",
    "Invalid value for '--seeds': Input should be greater than or equal to 1",
    # the system's, a made accident's, and what other programs are called by
    "No such file or directory",
    "No more processes",
    "java -jar jplag.jar -l python3 -bc base submissions",
    "dolos run -l python -i base/ex1_predictions.py info.csv",
)

FILLED = {
    "moodle": "Identifier,Full name,Grade,Maximum Grade\n"
    "Participant 1,Ana,,7.00\nParticipant 2,Bo,9.00,7.00\nParticipant 8,Dee,,7.00\n",
    "canvas": "Student,ID,SIS Login ID,Section,ex1 (17)\n    Points Possible,,,,7\n"
    "Ana,1,ana@x.org,1,\nDee,8,dee@x.org,1,\n",
    "brightspace": "OrgDefinedId,Username,ex1 Points Grade <Numeric MaxPoints:7>,"
    "End-of-Line Indicator\n1,#ana,,#\n8,#dee,,#\n",
}
QUIZZES = ("moodle-xml", "gift", "qti12", "qti22", "anki")
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
    ("work", ["words", "zz"], ""),
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
    (".", ["class", "import", "moodle.zip", "--into", "class"], ""),
    (".", ["class", "run", "nowhere"], ""),
    (".", ["class", "report", "class"], ""),
    (".", ["class", "show", "class", "anna"], ""),
    (".", ["class", "show", "class", "zoe", "ex1"], ""),
    # a class that is graded
    (".", ["class", "report", "graded"], ""),
    *((".", ["class", "show", "graded", name, "ex1"], "") for name in ("ana", "bo", "cy", "eve")),
    (".", ["class", "show", "graded", "zoe", "ex1"], ""),
    (".", ["class", "similar", "graded", "--into", "similar"], ""),
    (".", ["class", "similar", "graded", "--into", "graded"], ""),
    *((".", ["export", verb, "graded", "--fill", f"{verb}.csv"], "") for verb in FILLED),
    (".", ["export", "moodle", "graded", "--fill", "nowhere.csv"], ""),
    (".", ["export", "moodle", "graded", "--fill", "canvas.csv"], ""),
    (".", ["export", "canvas", "graded", "--fill", "moodle.csv"], ""),
    (".", ["export", "brightspace", "graded", "--fill", "moodle.csv"], ""),
    (".", ["export", "canvas", "graded", "ex2", "--fill", "canvas.csv"], ""),
    (".", ["export", "csv", "graded", "--late", "much"], ""),
    (".", ["export", "summary", "graded"], ""),
    (".", ["export", "moodle-feedback", "graded"], ""),
    (".", ["export", "canvas-feedback", "graded"], ""),
    # the grader and the quizzes for other places
    *((".", ["export", verb, "ex1"], "") for verb in ("gradescope", "classroom50", "prairielearn")),
    *((".", ["export", "quiz", "--as", each], "") for each in QUIZZES),
    # labs and lessons; nothing runs
    ("work", ["lab", "ex1", "--recorded", "--plain", "--html", "lab.html"], "x\n0.5\n" * 20),
    ("work", ["lab", "ex1", "nonsense"], ""),
    ("work", ["lab", "ex1", "--seeds", "0"], ""),
    ("work", ["lesson", "ex1"], ""),
    # for authors
    ("mine", ["new", "ex1_first", "--title", "¿?"], ""),
    ("mine", ["new", "ex1_again", "--title", "¿?"], ""),
    ("mine", ["new", "nonsense", "--title", "¿?"], ""),
    ("mine", ["verify", "ex1", "--quick", "--mutants", "--course", "."], ""),
    ("mine", ["verify", "ex77", "--course", "."], ""),
    # what else there is
    ("work", ["init", "--upgrade"], ""),
    ("work", ["run", "ex77"], ""),
    ("work", ["watch", "ex77"], ""),
]
# The same for what starts processes, in a folder where the first file is wrong.
PROCESSES: list[tuple[str, list[str], str]] = [
    ("work", ["ex1"], ""),
    ("work", ["replay", "ex1"], ""),
    *(("work", ["hint", "ex1"], "") for _ in range(4)),
    ("work", ["quiz", "ex1", "--plain"], "1\n" * 30),
    ("work", ["reset", "ex1"], ""),
    ("work", ["lab", "ex0", "nearest_average", "--plain"], "x\n0.5\n"),
    ("work", ["lab", "ex0", "nearest_average", "--plain"], ""),
    ("work", ["init", "--upgrade"], ""),
    (".", ["demo"], ""),
    (".", ["class", "import", "download", "--into", "class"], ""),
    (".", ["class", "run", "class"], ""),
    (".", ["class", "run", "class"], ""),
    (".", ["class", "report", "class"], ""),
    ("mine", ["verify", "ex1", "--course", "."], ""),
    ("mine", ["verify", "ex1", "--course", ".", "--repeat", "2"], ""),
    (
        "mine",
        ["new", "ex1", "--misconception", "wrong.py", "--title", "The first", "--course", "."],
        "",
    ),
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

NOTEBOOK = """
import json
from grader.checks.describe import describe
from grader.course import Course
from grader.jupyter.magics import _shown
from grader.report import Verdict
from support import made_report

exercise = Course.open().exercise("ex1")
names = [check.name for check in exercise.checks]
wrong = Verdict.FAILED, "3 ≠ 4", {"printed": "…", "got": describe("¿" * 999)}
reports = [
    made_report(exercise),
    made_report(exercise, **{names[0]: wrong, names[1]: wrong, names[2]: (Verdict.TODO, "∅", {})}),
    made_report(exercise, **{names[0]: (Verdict.ACCIDENT, "∞", {})}),
]
print(json.dumps([text for each in reports for text in _shown(each).values()]))
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
    return said_by(Course.open())


def said_by(course: Course) -> list[str]:
    """What a course says, longest first."""
    from grader.cli.app import COMMANDS, command_line
    from grader.lab.experiment import labs

    progress = QuizProgress(course, None)
    groups = [each.typer_instance for each in command_line().registered_groups]
    inner = [each.name or "" for group in groups if group for each in group.registered_commands]
    said = [*TYPER, *CLASS_NAMES, *COMMANDS, *inner]
    for exercise in course.exercises:
        said += [exercise.title, *strings(list(exercise.checks))]
        said += [each.belief for each in exercise.misconceptions]
        said += strings(list(progress.load(exercise).questions))
        said += [exercise.brief]
    for lab in labs(course):
        said += [lab.title, *strings(lab.experiments), lab.source]
        for each in lab.experiments:
            said += [lab.words(words) for words in (each.about, each.explain)]
            said += [lab.words(each.predict.prompt)] if each.predict else []
    concepts = [check.concept or "" for each in course.exercises for check in each.checks]
    said += [concept.replace("-", " ") for concept in concepts]
    for path in (course.root / "docs").rglob("*.md"):
        page = without_names(path.read_text("utf-8"))
        said += [page, *page.split("\n\n")]
    for path in course.root.glob("solutions/*/checks.py"):
        nodes = ast.walk(parse(path.read_text("utf-8")))
        constants = [flat(str(each.value)) for each in nodes if isinstance(each, ast.Constant)]
        said += [each for each in constants if " " in each]
    parts = {flat(bare(line)) for each in said for line in [each, *each.splitlines()]}
    return sorted((each for each in parts if len(each) > 2), key=len, reverse=True)


INLINE = ("b", "strong", "em", "span", "code")


def bare(text: str) -> str:
    """Markdown as the terminal shows it."""
    return re.sub(r"[`*]|^[#>-]+ |!?\[(.*?)\]\(.*?\)", r"\1", text)


class Page(HTMLParser):
    """The words of a page that a person sees or hears."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self._hidden = "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag in ("style", "script", "pre", "code")
        self.words += " · " if tag not in INLINE else ""
        for name, value in attrs:
            if name in ("aria-label", "title", "alt") and value:
                self.words += f" {value} ·"

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False
        self.words += " · " if tag not in INLINE else ""

    def handle_data(self, data: str) -> None:
        self.words += "" if self._hidden else data


def unmarked(shown: str, content: list[str]) -> list[str]:
    """The words that are in no brackets, in no part of the course, and no names or numbers."""
    left = re.sub(r"[│╭╮╰╯─┃▰▱]", " ", bare(shown))
    while left != (inner := re.sub(r"⟦[^⟦⟧]*⟧", " ", left)):
        left = inner
    left = flat(re.sub(r"⟦.*", " ", left))  # the first line of a longer help
    left = re.sub(r"[\w-]+ \d+\.\d+\.\d+", " ", left)  # versions
    for each in content:
        if each in left:
            left = re.sub(rf"(?<![\w/]){re.escape(each)}(?!\w|\.py\b)", " ", left)
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
    (tmp_path / "mine").mkdir()
    for verb, text in FILLED.items():
        (tmp_path / f"{verb}.csv").write_text(text)
    graded(tmp_path / "graded")
    found = english(run_all(COMMANDS, tmp_path, language), content)
    pages = [*tmp_path.rglob("*.html"), *tmp_path.rglob("graded/report/**/*.md")]
    assert len(pages) > 3
    for path in pages:
        text = path.read_text("utf-8")
        assert "⟦" in text, path
        words = Page(text).words if path.suffix == ".html" else text
        if left := unmarked(words, content):
            found[path.name] = left
    assert found == {}, json.dumps(found)


def run_all(
    commands: list[tuple[str, list[str], str]], folder: Path, language: dict[str, str]
) -> dict[str, str]:
    """What the commands show in the language, by their words."""
    done = subprocess.run(
        [sys.executable, "-c", RUNNER, str(folder), json.dumps(commands)],
        env=environment(PYTHONPATH=str(ROOT / "tests"), **language),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    shown = json.loads(done.stdout.rpartition("\n")[2] or done.stdout.splitlines()[-1])
    return {
        f"{number}. {' '.join(words)}": text
        for number, ((_, words, _), (_, text)) in enumerate(zip(commands, shown, strict=True), 1)
    }


def english(shown: dict[str, str], content: list[str]) -> dict[str, list[str]]:
    """What of it is not marked."""
    assert [words for words, text in shown.items() if "⟦" not in text] == []
    return {words: left for words, text in shown.items() if (left := unmarked(text, content))}


def graded(root: Path) -> None:
    """A class of four, in which everything may happen that a report can say."""
    exercise = Course.open().exercise("ex1")
    first, second, third, *_ = (check.name for check in exercise.checks)
    wrong = (Verdict.FAILED, "3 ≠ 4", {"printed": "…\n" * 90, "expected": described(3),
                                       "got": described([4])})  # fmt: skip
    reports = {
        "Ana": made_report(exercise),
        "Bo": made_report(exercise, **{first: wrong, second: (Verdict.TIMEOUT, "∞", {})}),
        "Cy": made_report(exercise, **{first: wrong, third: (Verdict.TODO, "∅", {})}),
        "Eve": None,
    }
    stub = exercise.made_stub()
    folder = made_class(root, Course.open(), [(name, exercise.stem, stub, each)
                                              for name, each in reports.items()])  # fmt: skip
    ids = enumerate(folder.entries(), 1)
    folder.keep_entries([
        replace(each, late=number == 2, ids={"moodle": str(number), "sid": str(number),
                                             "canvas": str(number)})
        for number, each in ids
    ])  # fmt: skip


def test_what_processes_say_is_marked(
    tmp_path: Path, language: dict[str, str], content: list[str]
) -> None:
    called(tmp_path, "init", "work")
    file = tmp_path / "work/exercises/ex1_predictions.py"
    stub = file.read_text("utf-8")
    file.write_text(stub.replace("raise NotImplementedError", "return 0", 2), "utf-8")
    (tmp_path / "download/anna").mkdir(parents=True)
    (tmp_path / "download/anna/ex1_predictions.py").write_bytes(file.read_bytes())
    new_course(tmp_path / "mine", "first")
    for change in (
        replaced("solutions/{}/checks.py", "expect.", "undefined.expect."),
        added("quizzes/{}.toml", "[[question]]\n"),
        added("solutions/{}/misconceptions/other.py", '"""It is."""\n'),
    ):
        change(tmp_path / "mine", "ex1_first")
    content = ["The first", *content]
    (tmp_path / "mine/wrong.py").write_text("def f(): ...\n")
    found = english(run_all(PROCESSES, tmp_path, language), content)
    assert found == {}, json.dumps(found)


def test_what_a_notebook_shows_is_marked(language: dict[str, str], content: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", NOTEBOOK],
        env=environment(PYTHONPATH=str(ROOT / "tests"), **language),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    shown = {f"{number}": text for number, text in enumerate(json.loads(done.stdout))}
    found = english({n: Page(text).words if "<" in text else text for n, text in shown.items()},
                    content)  # fmt: skip
    assert len(shown) == 6 and found == {}, json.dumps(found)


def test_what_watching_shows_is_marked(tmp_path: Path, language: dict[str, str]) -> None:
    """Each key, each way a grading may end, and what comes between."""
    course = new_course(tmp_path / "course", "first", "second")
    (tmp_path / "work").mkdir()
    shutil.copytree(course / "exercises", tmp_path / "work/exercises")
    first, second = sorted((tmp_path / "work/exercises").glob("*.py"))
    learner = Terminal(
        tmp_path / "work", GRADE, "watch", "--course", "../course", columns=300, **language
    )
    end, words = "x ⟦exit⟧", []

    def sees(*expected: str) -> None:
        learner.sees(*expected)
        lines = re.split(r"[\r\n]+", ANSI.sub("", learner.raw))
        words.extend(re.sub("^[^⟦⟧]*⟧", "", line) for line in lines)  # the end of one above
        learner.forgets()

    def saves(text: str, file: Path = first) -> None:
        file.with_suffix(".new").write_text(text, "utf-8")
        file.with_suffix(".new").rename(file)

    sees("⟦Watching ⟧", end)
    for number, line in enumerate(["raise NotImplementedError", WRONG, "print(1 / 0)", "return"]):
        saves(filled_in(course / "exercises" / first.name, line) + f"# {number}\n")
        sees("ex1 · The first", end)
    for _number in range(4):
        learner.types("h")
        sees("⟦hint ⟧", end)
    learner.types("l")
    sees("The second", end)
    for answer in ("n", "\x03"):
        learner.types("r")
        sees("[y/N]⟧")
        learner.types(answer)
        sees("⟦Nothing was changed.⟧", end)
    learner.types("q")
    sees("⟦↑ ↓")
    learner.types("2")
    sees("❯ 2")
    learner.types("\r")
    sees("⟦Press Enter")
    learner.types("\x03")
    sees("⟦Stopped", end)
    saves("def brightness(:\n")
    sees("⟦Python", end)
    first.unlink()
    sees("⟦There is no file ⟧", end)
    saves(filled_in(course / "exercises" / first.name, RIGHT))
    sees("⟦Next exercise:⟧", end)
    learner.types("n")
    sees("ex2 · The second", end)
    saves(filled_in(course / "exercises" / second.name, RIGHT), second)
    sees("⟦All ⟧", end)
    learner.types("q")
    sees("⟦↑ ↓")
    options = {"id": "shape-of-a-mean", "course": course, "exercise": "ex2"}
    learner.types(position(tmp_path / "work", "`(28, 28)`", **options), "\r")
    sees("⟦Press Enter")
    learner.types("\r")
    sees("⟦Type what it prints")
    learner.types("[3. 1.]\r")
    sees("⟦You missed this one:⟧", "⟦not now⟧")
    learner.types("2\r")
    sees(end)
    learner.types("n")
    sees("⟦This is the last exercise.⟧", end)
    learner.types("x")
    assert learner.ends() == 0
    code = re.compile(r"\d+ │")  # the learner's own
    python = ["division by zero", "invalid syntax", "images", "exercises"]  # and names
    content = [*said_by(Course.open(course)), *python]
    found = {each: left for each in words if not code.search(each)
             and (left := unmarked(each, content))}  # fmt: skip
    assert len(words) > 100 and found == {}


def test_what_a_kernel_shows_is_marked(
    tmp_path: Path, language: dict[str, str], content: list[str]
) -> None:
    """What ``%grade`` and the commands behind it say in a notebook that runs."""
    pytest.importorskip("ipykernel")
    code = Course.open().exercise("ex1").solution.read_text("utf-8").rpartition("if __name__")[0]
    called(tmp_path, "init", "work")
    kernel, shown = Kernel(tmp_path / "work", **language), dict[str, str]()
    cells = ("%load_ext grader", "%grade", "%grade ex33", "%grade hint ex1", "%grade ex1",
             code, f"{code}def accuracy(*given):\n    return 1 / 0", "%grade ex1",
             "%grade hint ex1", "%grade hint ex1", f"{code}def accuracy(*given):\n    print(1)",
             "%grade ex1", f"{code}# right", "%grade ex1", "%grade ex1", "%grade hint ex1",
             "%grade quiz ex1", "%grade review", "%grade list", "%grade words zz",
             "%grade lab ex1 noise --recorded", "%grade quiz ex1 --nonsense",
             "%grade ex1 --seed zz", "%grade ex1 --timeout -1")  # fmt: skip
    try:
        for number, cell in enumerate(cells):
            typed = "1" if "quiz ex1" in cell or "lab" in cell or "review" in cell else ""
            for kind, text in kernel.run(cell, typed=typed).items():
                words = Page(text).words if kind == "text/html" else text
                if cell.startswith("%grade") and words.strip():
                    shown[f"{number}. {cell}: {kind}"] = words
        manager = "get_ipython().magics_manager.magics['line']['grade']"
        assert "⟦Grade the functions" in kernel.run(f"print({manager}.__doc__)")["stdout"]
    finally:
        kernel.end()
    python = ["given", "float", "NoneType", "None"]  # and a name
    found = english(shown, ["division by zero", *content, *python])
    assert len(shown) > len(cells) and found == {}, json.dumps(found)


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
    assert ("⟦All ⟧9⟦ checks passed⟧" in shown) is right
    if not right:
        assert "⟦Your code raised ⟧ZeroDivisionError⟦ in ⟧mine.py:" in shown
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
