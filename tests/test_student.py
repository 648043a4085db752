"""A student's way through the course, as typed in a shell: the wheel installed, one folder."""

import os
import shutil
from pathlib import Path

import pytest

from grader.course import Course, Exercise, WrongFile
from grader.quiz.answers import asked
from grader.quiz.questions import Chosen, Own, Question
from grader.quiz.reader import load
from support import flat, plain, spawn

ENTER = "\r"
IDS = [exercise.id for exercise in Course.open().exercises]


class Shell:
    """A shell in a pseudo-terminal, and what it shows."""

    def __init__(self, folder: Path, tools: Path) -> None:
        bash = ("bash", "--norc", "--noprofile")
        path = f"{tools}:{os.environ['PATH']}"
        self.child = spawn(folder, *bash, rows=60, PS1="$ ", PATH=path)
        self.child.expect_exact("$ ")

    def types(self, line: str) -> None:
        """Begin a command."""
        self.child.sendline(f"{line}; echo co''de=$?")

    def ends(self) -> tuple[str, int]:
        """What the command has still shown, in one line, and its exit code."""
        self.child.expect(r"code=(\d+)\r\n")
        assert self.child.before is not None and self.child.match is not None
        return flat(plain(self.child.before)), int(self.child.match[1])

    def runs(self, line: str) -> tuple[str, int]:
        """Type a command and wait for its end."""
        self.types(line)
        return self.ends()

    def sees(self, text: str) -> None:
        """Wait for a text."""
        self.child.expect_exact(text)


def answers(exercise: Exercise, question: Question, learner: str) -> list[str]:
    """The keys of a right answer, or of any for a question about the learner's own file."""
    put = asked(exercise, question, learner).question
    if isinstance(put, Own):
        return ["1", ENTER]
    if isinstance(put, Chosen):
        return [*(str(n) for n, each in enumerate(put.options, 1) if each.correct), ENTER]
    return [*put.words(put.key), ENTER]


def do(shell: Shell, folder: Path, exercise: Exercise, wrong: WrongFile) -> None:
    """One exercise: untouched, mistaken, hinted, begun anew, right, compared, quizzed."""
    name, file = exercise.id, folder / "exercises" / exercise.stub.name
    total = len(exercise.checks)

    text, code = shell.runs(f"grade {name}")
    assert code == 1 and f"0 of {total} checks" in text and "✗" not in text

    shutil.copy(wrong.path, file)
    text, code = shell.runs(f"grade {name}")
    assert code == 1 and all(says in text for says in wrong.says)
    title = next(check.title for check in exercise.checks if check.name == wrong.fails)
    assert f"✗ {title[:40]}" in text
    text, code = shell.runs(f"grade hint {name}")
    assert code == 0 and f"grade {name}" in text

    shell.types(f"grade reset {name}")
    shell.sees("?")
    shell.child.send("y")
    text, code = shell.ends()
    assert code == 0 and file.read_text() == exercise.made_stub()
    assert [p.read_text() for p in file.parent.glob(f"{file.stem}.*") if p != file] == [
        wrong.path.read_text()
    ]

    shutil.copy(exercise.solution, file)
    text, code = shell.runs(f"grade {name}")
    assert code == 0 and f"✓ All {total} checks passed" in text and "verified" in text
    assert f"grade quiz {name}" in text and f"grade solution {name}" in text
    assert shell.runs(f"grade solution {name}")[1] == 0

    questions = load(exercise.quiz).questions
    shell.types(f"grade quiz {name}")
    for number, question in enumerate(questions, 1):
        shell.sees(f"question {number} of {len(questions)}")
        shell.sees("then Enter" if isinstance(question, Chosen) else ": ")
        for key in answers(exercise, question, str(folder.resolve())):
            shell.child.send(key)
        shell.child.expect("Right|Not quite|Partly")
        if not isinstance(question, Own):
            assert shell.child.after == "Right", question.id
        if number < len(questions):
            shell.sees("Press Enter to continue")
            shell.child.send(ENTER)
    if shell.child.expect([r"Try those questions again\?", r"code="]) == 0:
        shell.sees("yes")
        shell.child.send("\x1b[B" + ENTER)
        shell.sees("code=")
    shell.child.expect("\r\n")


def go_through(folder: Path, tools: Path, ids: list[str]) -> None:
    """Install nothing more: begin, do these exercises, and look back."""
    course, shell = Course.open(), Shell(folder, tools)
    text, code = shell.runs("grade init work")
    assert code == 0 and "exercises/ex1_predictions.py" in text
    assert shell.runs("cd work")[1] == 0
    for name in ids:
        exercise = course.exercise(name)
        wrong = next(m for m in exercise.misconceptions if m.fails == exercise.checks[0].name)
        do(shell, folder / "work", exercise, wrong)
    text, code = shell.runs("grade")
    assert code == 0 and f"{len(ids)} of {len(IDS)} exercises passed" in text
    text, code = shell.runs("grade review --due")
    assert code == 0 and text.rpartition(" ")[2].isdigit()


@pytest.mark.thorough
def test_the_first_exercise(installed: Path, tmp_path: Path) -> None:
    go_through(tmp_path, installed.parent, IDS[:1])


@pytest.mark.slow
def test_all_exercises(installed: Path, tmp_path: Path) -> None:
    go_through(tmp_path, installed.parent, IDS)
