"""What quizzes claim is proven: code that prints, options of the learner's own file."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import grader
from grader.course import Course
from grader.engine.run import RunError, printed
from grader.quiz import prove
from support import QUIZZES


@pytest.fixture(scope="module")
def small() -> Course:
    return Course.open(QUIZZES)


@pytest.fixture(scope="module")
def own_server() -> Iterator[grader.Server]:
    """Warm processes for the small course."""
    with grader.Server(QUIZZES) as server:
        yield server


def test_what_code_prints(own_server: grader.Server) -> None:
    assert printed("print('a')\nprint(2 + 3)", own_server) == "a\n5\n"
    assert printed("import numpy as np\nprint(np.arange(3))", own_server) == "[0 1 2]\n"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("print(", r"Python can't read line 1"),
        ("print(1)\n1 / 0", r"raised ZeroDivisionError in line 2: division by zero"),
        ("import os; end = os._exit; end(3)", r"ended itself with exit code 3"),
        ("open('/etc/passwd')", r"raised PermissionError in line 1"),
        ("import os; os.fork()", r"raised (PermissionError|BlockingIOError|OSError)"),
    ],
)
def test_code_that_does_not_get_to_its_end(own_server: grader.Server, code: str, told: str) -> None:
    with pytest.raises(RunError, match=told):
        printed(code, own_server)


def test_code_without_an_end_is_stopped(own_server: grader.Server) -> None:
    with pytest.raises(RunError, match=r"was still loading after 1 s and was stopped"):
        printed("while True: pass", own_server, timeout=1)


def test_a_flood_is_cut(own_server: grader.Server) -> None:
    text = printed("for n in range(100_000): print(n)", own_server)
    assert len(text) < 10_000 and text.startswith("0\n1\n") and text.endswith("99999\n")


# proving


def flaws_of(tmp_path: Path, server: grader.Server, old: str, new: str) -> list[str]:
    """What is wrong with the small course's first quiz after a change."""
    shutil.copytree(QUIZZES, tmp_path / "course")
    exercise = Course.open(tmp_path / "course").exercise("ex1")
    text = exercise.quiz.read_text("utf-8")
    assert text.count(old) == 1
    exercise.quiz.write_text(text.replace(old, new), "utf-8")
    return [f"{flaw.line}: {flaw.what}; {flaw.fix}" for flaw in prove.flaws(exercise, server)]


def test_a_sound_quiz_has_but_its_option_that_is_there_twice(
    small: Course, own_server: grader.Server
) -> None:
    found = list(prove.flaws(small.exercise("ex1"), own_server))
    assert [(flaw.line, flaw.what) for flaw in found] == [
        (100, "question 'your-sum': 20 + 3 is 23 for the solution, as add(20, 3) is")
    ]
    assert list(prove.flaws(small.exercise("ex2"), own_server)) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('answer = "[1, 2]"', 'answer = "[2, 1]"',
         "76: question 'prints-what': the code prints '[1, 2]', not '[2, 1]'; write what"),
        ("print([len(word)", "print(1/0, [len(word)",
         "67: question 'prints-what': its code does not run (Loading the file raised ZeroDivision"),
        ("print([len(word)", "print([[len(word)",
         "67: question 'prints-what': Python can't read its code ("),
        ('concept = ["sums"]\nprompt = "What is', 'concept = ["products"]\nprompt = "What is',
         "3: question 'two-and-two': no check of ex1 has the concept 'products'; use one of the "
         "checks' concepts: lengths, sums"),
        ('value = "add(20, -3)"', 'value = "add(20)"',
         "83: question 'your-sum': its code does not run (add(20) raised TypeError: "),
        ("answer = 1200", 'answer = "1200"', "60: answer is not a number; write a number"),
    ],
)  # fmt: skip
def test_what_is_proven(
    tmp_path: Path, own_server: grader.Server, old: str, new: str, told: str
) -> None:
    found = flaws_of(tmp_path, own_server, old, new)
    assert any(flaw.startswith(told) for flaw in found), found
