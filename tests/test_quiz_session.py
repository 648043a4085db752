"""Quizzes as learners take them: a real pseudo-terminal, pipes, and machines that misbehave."""

import json
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from grader.quiz.store import QuizStore
from grader.workspace import Workspace
from support import (
    ANSI,
    GRADE,
    QUIZZES,
    Terminal,
    called,
    imported,
    make_due,
    position,
    program,
    run,
    spawn,
)

pytestmark = pytest.mark.thorough

DOWN, UP, SPACE, ENTER = "\x1b[B", "\x1b[A", " ", "\r"
QUESTIONS = ["two-and-two", "even-numbers", "how-long", "prints-what"]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A learner's folder with the stubs."""
    folder = tmp_path / "workspace"
    shutil.copytree(QUIZZES / "exercises", folder / "exercises")
    return folder


def grade(
    folder: Path, *words: str, typed: str = "", course: Path = QUIZZES, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a command about a course, piped; in a process of its own for another encoding."""
    start = run if "PYTHONIOENCODING" in variables else called
    return start(folder, *words, "--course", course, typed=typed, **{"COLUMNS": "80"} | variables)


def sit(folder: Path, *words: str, columns: int = 80) -> Terminal:
    """Sit down at a terminal, and begin a command."""
    return Terminal(folder, GRADE, *words, "--course", QUIZZES, columns=columns, rows=40)


def kept(workspace: Path) -> list[tuple[str, int, float]]:
    return [
        (a.question, a.attempt, a.share) for a in QuizStore(Workspace(workspace).store).answers()
    ]


# at a terminal


def test_a_whole_quiz_by_keys(workspace: Path) -> None:
    wrong, right = position(workspace, "`22`"), position(workspace, "`4`")
    learner = sit(workspace, "quiz", "ex1")
    learner.sees("One question is about your own file; it comes once that has passed")
    learner.sees("ex1 · Adding numbers question 1 of 4 ▱▱▱▱", "What is 2 + 2, in whole numbers?")
    learner.sees("❯ 1", "2", "3", "↑ ↓ or a number, then Enter")
    learner.types(wrong, ENTER)
    learner.sees(f"✗ {wrong} 22", "✗ Not quite.", f"{wrong} is not right. That joins two texts.")
    learner.sees(
        f"{right} is right. Two and two more are four.", "prints 4.", "Press Enter to continue"
    )
    learner.types(ENTER)
    learner.sees("question 2 of 4 ▰▱▱▱", "• zero counts", "❯ [ ] 1 two")
    learner.types(ENTER)
    learner.sees("Tick at least one, with Space or its number")
    learner.types(SPACE, DOWN, DOWN)
    learner.sees("[x] 1 two", "❯ [ ] 3 four")
    learner.types("2", "2", "3")
    learner.sees("❯ [x] 3 four")
    learner.types(ENTER)
    learner.sees(
        "✓ [x] 1 two", "[ ] 2 three", "✓ [x] 3 four", "✓ Right.", "Press Enter to continue"
    )
    learner.types(ENTER)
    learner.sees("question 3 of 4 ▰▰▱▱", "Answer with a number:")
    learner.types("a lot\r")
    learner.sees("That is not a number.")
    learner.types("1\r")
    learner.sees(
        "✗ Not quite. That is the length before it is repeated. The answer is 1200. One, 1200"
    )
    learner.types(ENTER)
    learner.sees("question 4 of 4 ▰▰▰▱", 'words = ["a", "bc"]', "Type what it prints:")
    learner.types("[1,2]\r")
    learner.sees(
        "✓ Right. One number for each word.", "2 of 5 right", "▰▰▰▰▱", "You missed these 2:"
    )
    learner.sees("✗ What is 2 + 2", "✗ How many characters", "Try those questions again?", "❯ yes")
    learner.types(ENTER)
    learner.sees("question 1 of 2 ▱▱", "What is 2 + 2", "❯ 1")
    learner.types(UP, UP, UP, right, ENTER)
    learner.sees("✓ Right.", "Press Enter to continue")
    learner.types(ENTER)
    learner.sees("question 2 of 2 ▰▱")
    learner.types("1,200\r")
    learner.sees("Is 1,200 the number 1200 or 1.200? Type it without a comma:")
    learner.types("１２００\r")
    learner.sees("Your answer is read as 1200.", "✓ Right.", "✓ 2 of 2 right")
    learner.sees(
        "2 questions come back in 10 minutes: grade review", "The next exercise: grade ex1"
    )
    assert learner.ends() == 1
    assert kept(workspace) == [
        ("two-and-two", 1, 0.0),
        ("even-numbers", 1, 1.0),
        ("how-long", 1, 0.0),
        ("prints-what", 1, 1.0),
        ("two-and-two", 0, 1.0),
        ("how-long", 0, 1.0),
    ]
    assert not re.search(r"\x1b\[(\d+;)*4\d", learner.raw)  # no color behind any text


def test_arrows_move_around(workspace: Path) -> None:
    learner = sit(workspace, "quiz", "ex1")
    learner.sees("❯ 1", "then Enter")
    learner.types(UP)
    learner.sees("❯ 3")
    learner.types(DOWN)
    learner.sees("❯ 1")
    learner.types("\x1bOB")  # as some terminals send it
    learner.sees("❯ 2")
    learner.types("\x1b[F")
    learner.sees("❯ 3")
    learner.types("\x1b[1;5D", "x", "9", "\x1b[H")
    learner.sees("❯ 1")
    for last, first in (("\x1b[4~", "\x1b[1~"), ("\x1b[8~", "\x1b[7~"), ("\x1bOF", "\x1bOH")):
        learner.types(last)
        learner.sees("❯ 3")
        learner.types(first)
        learner.sees("❯ 1")
    learner.types(ENTER)
    learner.sees("Press Enter to continue")
    learner.child.sendintr()
    assert learner.ends() == 130


def test_another_size(workspace: Path) -> None:
    learner = sit(workspace, "quiz", "ex1", columns=100)
    learner.sees("What is 2 + 2", "❯ 1", "then Enter")
    learner.types(DOWN)
    learner.sees("❯ 2", "then Enter")
    for columns in (40, 200):
        learner.child.setwinsize(30, columns)
        learner.sees("ex1 · Adding numbers", "What is 2 + 2", "❯ 2", "then Enter")
        screen = ANSI.sub("", learner.raw.rpartition("\x1b[2J")[2])
        assert max(map(cell_len, screen.splitlines())) <= min(columns, 100)
    learner.types(ENTER)
    learner.sees("Press Enter to continue")
    learner.child.setwinsize(30, 70)
    learner.sees(
        "What is 2 + 2", "Two and two more are four.", "Press Enter to continue"
    )  # the reasons stay
    learner.child.setwinsize(5, 70)
    learner.types(ENTER)
    learner.sees("question 2 of 4", "Type the numbers of all correct answers (1 to 3):")
    learner.types("1 3\r")
    learner.sees("✓ Right.")
    learner.child.sendintr()
    assert learner.ends() == 130


def test_interrupted_and_resumed(workspace: Path) -> None:
    learner = sit(workspace, "quiz", "ex1")
    learner.sees("❯ 1", "then Enter")
    learner.types(position(workspace, "`4`"), ENTER)
    learner.sees("Right.", "Press Enter to continue")
    learner.types(ENTER)
    learner.sees("❯ [ ] 1 two", "then Enter")
    learner.types("2")
    learner.child.sendintr()
    assert learner.ends() == 130
    assert (
        "your answers so far are kept, 3 of 4 questions are left. Continue with `grade quiz ex1"
        in (learner.text)
    )
    assert "Traceback" not in learner.text
    assert learner.raw.rindex("\x1b[?25h") > learner.raw.rindex("\x1b[?25l")  # the cursor is back
    assert kept(workspace) == [("two-and-two", 1, 1.0)]
    learner = sit(workspace, "quiz", "ex1")
    learner.sees("You continue where you stopped: 1 of 4 are answered.", "question 2 of 4 ▰▱▱▱")
    learner.types("1", "3", ENTER)
    learner.sees("Right.", "Press Enter to continue")
    learner.types(ENTER)
    learner.sees("Answer with a number:")
    learner.child.sendintr()
    assert learner.ends() == 130
    assert kept(workspace) == [("two-and-two", 1, 1.0), ("even-numbers", 1, 1.0)]


def test_the_terminal_is_as_before(workspace: Path) -> None:
    shell = spawn(workspace, "bash", "--norc", PS1="$ ")
    shell.sendline("stty -g > before")
    shell.sendline(f"'{GRADE}' quiz ex1 --course '{QUIZZES}'; stty -g > after; echo do''ne")
    shell.expect("then Enter")
    shell.sendintr()
    shell.expect("done")
    shell.close()
    assert (workspace / "before").read_text() == (workspace / "after").read_text()


def test_the_end_of_input_at_a_terminal(workspace: Path) -> None:
    learner = sit(workspace, "quiz", "ex1")
    learner.sees("❯ 1", "then Enter")
    learner.types("\x04")
    assert learner.ends() == 1
    assert "The input ended after 0 of 4 answers. Continue with `grade quiz ex1" in learner.text


def test_a_quiz_can_be_chosen(workspace: Path) -> None:
    learner = sit(workspace, "quiz")
    learner.sees("Which quiz?", "❯ ex1 Adding numbers", "4 questions", "ex2 Lists of things")
    learner.types(DOWN)
    learner.sees("❯ ex2 Lists of things")
    learner.types(ENTER)
    learner.sees("ex2 · Lists of things question 1 of 2", "What is this?", "▀▀▀▀▀▀", "❯ 1")
    learner.child.sendintr()
    assert learner.ends() == 130
    picture = [line for line in learner.raw.splitlines() if line.count("▀") == 28]
    assert len(picture) == 14


def test_a_question_about_one_s_own_file(workspace: Path) -> None:
    solution = QUIZZES / "solutions/ex1_adding/solution.py"
    shutil.copy(solution, workspace / "exercises/ex1_adding.py")
    assert grade(workspace, "ex1").returncode == 0
    typed = f"{position(workspace, '`4`')}\n1 3\n1200\n[1, 2]\n"
    done = grade(workspace, "quiz", "ex1", typed=typed)
    shown = re.search(r"What does your add\(20, 3\) return\?\n\n(.*?)\n\n", done.stdout, re.S)
    assert shown is not None
    assert sorted(line.split()[1] for line in shown[1].splitlines()) == ["17", "203", "23"]
    assert "The input ended after 4 of 5 answers" in done.stdout
    answer = next(n for n, line in enumerate(shown[1].splitlines(), 1) if line.endswith(" 23"))
    done = grade(workspace, "quiz", "ex1", typed=f"{answer}\n")
    assert "question 5 of 5" in done.stdout and "✓ Right.\n   It adds." in done.stdout
    assert "✓ 5 of 5 right" in done.stdout
    assert done.returncode == 0


def test_what_is_typed_while_a_file_loads_is_no_answer(workspace: Path) -> None:
    solution = QUIZZES / "solutions/ex1_adding/solution.py"
    file = workspace / "exercises/ex1_adding.py"
    shutil.copy(solution, file)
    assert grade(workspace, "ex1").returncode == 0
    file.write_text(f"{solution.read_text()}\nimport time; time.sleep(3)\n")
    grade(workspace, "quiz", "ex1", typed=f"{position(workspace, '`4`')}\n1 3\n1200\n[1, 2]\n")
    learner = sit(workspace, "quiz", "ex1")
    learner.sees("Reading your file")
    learner.types("1\r1\r", "y")
    learner.sees("question 5 of 5", "return?")
    learner.reads(1.0)
    assert "Right." not in learner.text and "Press Enter" not in learner.text
    assert "^M" not in learner.text  # nor was it shown
    learner.types("\x03")
    assert learner.ends() == 130


def test_a_file_that_broke_after_it_had_passed(workspace: Path) -> None:
    solution = QUIZZES / "solutions/ex1_adding/solution.py"
    file = workspace / "exercises/ex1_adding.py"
    shutil.copy(solution, file)
    assert grade(workspace, "ex1").returncode == 0
    file.write_text(solution.read_text() + "\n1 / 0\n")
    typed = f"{position(workspace, '`4`')}\n1 3\n1200\n[1, 2]\n"
    done = grade(workspace, "quiz", "ex1", typed=typed)
    assert "A question about your own file is left out: Loading the file raised" in done.stdout
    assert "4 of 5 right ▰▰▰▰▱" in " ".join(done.stdout.split())
    assert done.returncode == 0


# without a terminal


def test_typed_answers_in_a_pipe(workspace: Path) -> None:
    wrong = position(workspace, "`22`")
    done = grade(workspace, "quiz", "ex1", typed=f"9\n{wrong}\n1\n1200\n\n3\n")
    assert (done.returncode, done.stderr) == (1, "")
    text = " ".join(done.stdout.split())
    assert "Answer with a number from 1 to 3: Type one of the numbers 1 to 3: ✗ Not quite." in text
    assert "✗ Partly right: 0.5 of 1 point. 1 is right. 2 = 2 · 1. 3 is right, too." in text
    assert "Type what it prints: Nothing was typed. Once more: ✗ Not quite. That is the" in text
    assert "It prints: [1, 2] One number for each word." in text
    assert "1.5 of 5 right" in text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", done.stdout)
    assert kept(workspace) == [
        ("two-and-two", 1, 0.0),
        ("even-numbers", 1, 0.5),
        ("how-long", 1, 1.0),
        ("prints-what", 1, 0.0),
    ]


@pytest.mark.parametrize("columns", [60, 200])
def test_no_line_is_too_wide(workspace: Path, columns: int) -> None:
    done = grade(workspace, "quiz", "ex1", typed="1\n2\n1\n1\n", COLUMNS=str(columns))
    lines = done.stdout.splitlines()
    # a folder's name is never broken: it is to be copied
    wide = [line for line in lines if cell_len(line) > min(columns, 100)]
    assert [line for line in wide if str(QUIZZES) not in line] == []
    assert "偶数可以被二整除，没有余数" in done.stdout
    ends = [line for line in lines if line != line.rstrip()]
    assert all(line.rstrip().endswith((":", "n")) for line in ends), ends  # requests only


def test_the_input_ends_at_once(workspace: Path) -> None:
    done = grade(workspace, "quiz", "ex1")
    assert (done.returncode, done.stderr) == (1, "")
    told = " ".join(done.stdout.split())
    assert "The input ended after 0 of 4 answers. Continue with `grade quiz ex1" in told
    assert kept(workspace) == []


def test_plain_for_reading_aloud(workspace: Path) -> None:
    answers = f"{position(workspace, '`4`')}\n1 3\n1\n3\n"
    done = grade(workspace, "quiz", "ex1", "--plain", typed=answers, FORCE_COLOR="1")
    assert "\x1b" not in done.stdout
    assert not set("✓✗❯▰▱·││▀↑↓") & set(
        done.stdout.replace("2 = 2 · 1", "").replace("4 = 2 · 2", "")
    )
    assert (
        "ex1, Adding numbers: question 1 of 4\n\nWhat is `2 + 2`, in **whole** numbers?\n\n1. `"
        in (done.stdout)
    )
    assert "\nRight.\nTwo and two more are four.\n" in done.stdout
    assert "2 of 5 right.\nYou missed these 2:\n" in done.stdout
    second = grade(workspace, "quiz", "ex2", "--plain", typed="1\n")
    assert "image 17 of the test set, is drawn without --plain" in " ".join(second.stdout.split())


def test_an_image_without_colors(workspace: Path) -> None:
    done = grade(workspace, "quiz", "ex2")
    picture = [line for line in done.stdout.splitlines() if set(line.strip()) & set("=+*#%@")]
    assert 8 <= len(picture) <= 14
    assert all(len(line) <= 3 + 28 for line in picture)


def test_an_encoding_without_our_signs(workspace: Path) -> None:
    done = grade(
        workspace, "quiz", "ex1", typed="1\n1 3\n", PYTHONUTF8="0", PYTHONIOENCODING="ascii"
    )
    assert done.stdout.isascii() and done.stderr == ""
    assert "question 2 of 4   #..." in done.stdout
    assert " + Right." in done.stdout


def answers_file(workspace: Path, text: str) -> str:
    (workspace / "answers.toml").write_text(text, "utf-8")
    return "answers.toml"


def test_answers_from_a_file(workspace: Path) -> None:
    text = 'two-and-two = "four"\neven-numbers = ["two", 3]\nhow-long = 1_200\nprints-what = "3"\n'
    done = grade(workspace, "quiz", "ex1", "--answers", answers_file(workspace, text), "--json")
    assert done.returncode == 1
    result = json.loads(done.stdout)
    assert (result["exercise"], result["score"], result["max_score"]) == ("ex1_adding", 3, 5)
    assert result["skipped"] == ["your-sum"] and result["unanswered"] == [] and result["kept"]
    assert result["answers"][1] == {
        "exercise": "ex1_adding",
        "id": "even-numbers",
        "kind": "choices",
        "concept": ["sums"],
        "given": ["two", "four"],
        "key": ["two", "four"],
        "share": 1.0,
        "right": True,
    }
    assert result["answers"][3]["given"] == ["3"] and result["answers"][3]["key"] == ["[1, 2]"]
    assert len(kept(workspace)) == 4


def test_some_answers_from_a_file(workspace: Path) -> None:
    file = answers_file(workspace, "how-long = 1200\n")
    done = grade(workspace, "quiz", "ex1", "--answers", file)
    assert done.returncode == 1
    assert "How many characters" in done.stdout and "What is 2 + 2" not in done.stdout
    assert "The answer given: 1200" in done.stdout and "✓ Right." in done.stdout
    assert "3 questions are not answered." in done.stdout
    done = grade(workspace, "quiz", "ex1", typed="")
    assert "1 of 4 are answered" in done.stdout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("two-and-too = 1\n", "answers two-and-too, which the quiz of ex1 does not ask. It asks"),
        ("two-and-two = 4\n", "two-and-two is not answered so; write the id of an option"),
        ("even-numbers = 'five'\n", "even-numbers is not answered so; write a list of the ids"),
        ("how-long = 'long'\n", "how-long is not answered so; write a number"),
        ("how-long = '1,200'\n", "how-long is not answered so; write a number without a comma"),
        ("how-long 3\n", "answers.toml can't be read as answers (Expected '=' after a key"),
        (None, "gone.toml can't be read as answers (No such file or directory)"),
    ],
)
def test_an_answers_file_that_is_wrong(workspace: Path, text: str | None, told: str) -> None:
    file = "gone.toml" if text is None else answers_file(workspace, text)
    done = grade(workspace, "quiz", "ex1", "--answers", file)
    assert (done.returncode, done.stdout.count("question 1")) == (2, 0)
    assert told in done.stderr and done.stderr.count("\n") == 1
    assert kept(workspace) == []


def test_typed_answers_with_json(workspace: Path) -> None:
    done = grade(workspace, "quiz", "ex1", "--json", typed="1\n1 3\n")
    result = json.loads(done.stdout)
    assert done.returncode == 1
    assert [each["id"] for each in result["answers"]] == ["two-and-two", "even-numbers"]
    assert result["unanswered"] == ["how-long", "prints-what"]
    assert "What is 2 + 2" in done.stderr


def test_an_answer_to_a_question_that_is_gone_does_not_count(workspace: Path) -> None:
    """The course has a newer quiz than the one that was begun."""
    course = workspace.with_name("course")
    shutil.copytree(QUIZZES, course)
    words = ("quiz", "ex1", "--json")
    grade(workspace, *words, typed=f"{position(workspace, '`4`')}\n", course=course)
    quiz = course / "quizzes/ex1_adding.toml"
    quiz.write_text(quiz.read_text("utf-8").replace('"two-and-two"', '"one-and-three"'), "utf-8")
    result = json.loads(grade(workspace, *words, course=course).stdout)
    assert (result["score"], result["max_score"], len(result["unanswered"])) == (0, 5, 4)


def test_without_a_workspace(tmp_path: Path) -> None:
    done = grade(tmp_path, "quiz", "ex1", typed="1\n1 3\n1200\n[1, 2]\n")
    assert "Your answers are not saved: you are not in a workspace." in (
        " ".join(done.stdout.split())
    )
    assert "5 right" in done.stdout
    assert list(tmp_path.iterdir()) == []
    due = grade(tmp_path, "review", "--due")
    assert (due.returncode, due.stdout) == (0, "0\n")


# what the commands say otherwise


def test_the_list_of_quizzes(workspace: Path) -> None:
    done = grade(workspace, "quiz", COLUMNS="80")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert re.fullmatch(r"   ex1  Adding numbers +4 questions", lines[0])
    assert lines[-1].startswith(" next  grade quiz ex1")
    grade(workspace, "quiz", "ex2", typed="1\n1\n")
    grade(workspace, "quiz", "ex1", typed="1\n")
    done = grade(workspace, "quiz", "--json")
    data = json.loads(done.stdout)
    assert data["next"] == "ex1"
    assert [(each["answered"], each["questions"]) for each in data["quizzes"]] == [(1, 4), (2, 2)]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["quiz", "ex9"], "There is no exercise 'ex9'."),
        (["quiz", "ex1", "--stats", "--answers", "a"], "leave out --answers"),
        (["quiz", "--answers", "a"], "Which quiz are the answers for? Name it, such as"),
        (["quiz", "ex1", "ex2"], "See `grade quiz --help`."),
    ],
)
def test_mistakes_get_one_sentence(workspace: Path, words: list[str], told: str) -> None:
    done = grade(workspace, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr and done.stderr.count("\n") == 1


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The course with one broken quiz."""
    course = tmp_path / "broken"
    shutil.copytree(QUIZZES, course)
    quiz = course / "quizzes/ex1_adding.toml"
    quiz.write_text(quiz.read_text("utf-8").replace("correct = true", "corect = true", 1), "utf-8")
    return course


def test_a_broken_quiz_does_not_stop_the_others(workspace: Path, broken: Path) -> None:
    sentence = (
        f"{broken}/quizzes/ex1_adding.toml, line 13: An option of kind choice has no field "
        "'corect'; it has id, text, correct, why."
    )
    done = grade(workspace, "quiz", "ex1", course=broken)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", sentence + "\n")
    assert "question 1 of 2" in grade(workspace, "quiz", "ex2", course=broken).stdout
    for words in (["quiz"], ["quiz", "--stats"], ["review"]):
        done = grade(workspace, *words, course=broken, COLUMNS="300")
        assert done.returncode == 0
        flat = "".join(done.stdout.split())  # a long path is folded anywhere
        assert "".join(sentence.rpartition("/")[2].split()) in flat, flat
    assert "ex2  Lists of things" in grade(workspace, "quiz", course=broken).stdout


def test_no_quiz(workspace: Path, tmp_path: Path) -> None:
    course = tmp_path / "course"
    shutil.copytree(QUIZZES, course)
    (course / "quizzes/ex1_adding.toml").unlink()
    done = grade(workspace, "quiz", "ex1", course=course)
    assert (done.returncode, done.stderr) == (2, "ex1 has no quiz. There is one for ex2.\n")


# what comes back


def test_review(workspace: Path) -> None:
    done = grade(workspace, "review")
    assert done.returncode == 0
    assert "Nothing to review. Questions you miss will come back here" in done.stdout
    grade(workspace, "quiz", "ex1", typed=f"{position(workspace, '`22`')}\n1 3\n3\n[1, 2]\n")
    assert grade(workspace, "review", "--due").stdout == "0\n"
    done = grade(workspace, "review")
    assert "Nothing to review now; 2 questions come back in 10 minutes." in done.stdout
    make_due(workspace)
    assert grade(workspace, "review", "--due").stdout == "2\n"
    done = grade(workspace, "review", typed=f"{position(workspace, '`4`')}\n1200\n")
    assert done.returncode == 0
    assert "ex1 · Adding numbers" in done.stdout and "✓ 2 of 2 right" in done.stdout
    assert re.search(
        r"2 questions come back in 1 day \(\w{3} \d\d \w{3}, \d\d:\d\d\):", done.stdout
    )
    assert grade(workspace, "review", "--due").stdout == "0\n"
    assert kept(workspace)[-2:] == [("two-and-two", 0, 1.0), ("how-long", 0, 1.0)] or (
        kept(workspace)[-2:] == [("how-long", 0, 1.0), ("two-and-two", 0, 1.0)]
    )


def test_review_at_a_terminal(workspace: Path) -> None:
    grade(workspace, "quiz", "ex1", typed=f"{position(workspace, '`22`')}\n1 3\n1200\n[1, 2]\n")
    make_due(workspace)
    learner = sit(workspace, "review")
    learner.sees("ex1 · Adding numbers question 1 of 1", "What is 2 + 2", "❯ 1", "then Enter")
    learner.types(position(workspace, "`4`"), ENTER)
    learner.sees("✓ Right.", "✓ 1 of 1 right", "1 question comes back in 1 day")
    assert learner.ends() == 0


def test_a_failed_check_brings_questions_back(workspace: Path) -> None:
    file = workspace / "exercises/ex1_adding.py"
    solution = (QUIZZES / "solutions/ex1_adding/solution.py").read_text()
    file.write_text(solution.replace("return len(text)", "return 7"))
    assert grade(workspace, "ex1").returncode == 1
    assert grade(workspace, "review", "--due").stdout == "0\n"  # nothing was asked yet
    grade(workspace, "quiz", "ex1", typed=f"{position(workspace, '`22`')}\n1 3\n1200\n[1, 2]\n")
    with sqlite3.connect(Workspace(workspace).store.path) as connection:
        connection.execute("UPDATE answer SET at = '2020-01-01T00:00:00+00:00'")
    assert grade(workspace, "review", "--due").stdout == "2\n"  # of the concept "lengths"
    done = grade(workspace, "review", typed="1200\n[1, 2]\n")
    assert "2 of 2 right" in done.stdout
    assert grade(workspace, "review", "--due").stdout == "0\n"
    cards = QuizStore(Workspace(workspace).store).cards()
    assert {id for _, id in cards} >= {"how-long", "prints-what"}  # right, and yet to come back


def test_stats(workspace: Path) -> None:
    done = grade(workspace, "quiz", "--stats")
    assert done.returncode == 0 and "0 of 4" in done.stdout
    grade(workspace, "quiz", "ex1", typed=f"{position(workspace, '`22`')}\n1 3\n1200\n")
    make_due(workspace)
    done = grade(workspace, "quiz", "--stats", COLUMNS="60")
    rows = [line.split() for line in done.stdout.splitlines()]
    assert ["answered", "right", "due"] in rows
    assert ["ex1", "Adding", "numbers", "3", "of", "4", "2", "1"] in rows
    assert ["sums", "2", "of", "2", "1", "1"] in rows
    assert ["lengths", "1", "of", "2", "1", "-"] in rows
    told = "reread sums: the beginning of exercises/ex1_adding.py"
    assert told in " ".join(done.stdout.split())
    lines = done.stdout.splitlines()
    assert max(len(each) for each in lines if "grade review" not in each) <= 60
    plain = grade(workspace, "quiz", "ex1", "--stats", "--plain").stdout
    assert "ex1, Adding numbers: 3 of 4 answered, 2 right, 1 to review.\n" in plain
    (data,) = json.loads(grade(workspace, "quiz", "ex1", "--stats", "--json").stdout)["exercises"]
    assert (data["answered"], data["right"], data["due"], data["reread"]) == (3, 2, 1, ["sums"])


# machines that misbehave


def test_two_processes_at_once_lose_nothing(workspace: Path) -> None:
    learners = [sit(workspace, "quiz", "ex1", "--plain") for _ in range(2)]
    for request in ("number from 1 to 3:", "(1 to 3):", "with a number:", "what it prints:"):
        for learner in learners:
            learner.sees(request)
        for learner in learners:  # both write at the same moment
            learner.types("1\r")
    for learner in learners:
        learner.sees("of 5 right", "y or n:")
        learner.types("n\r")
        assert learner.ends() == 1
    ids = [id for id, _, _ in kept(workspace)]
    assert sorted(ids) == sorted(QUESTIONS * 2)


def test_killed_while_it_writes(workspace: Path) -> None:
    """Whatever the moment, the answers before are kept, and the next ones too."""
    code = """
import os, signal, sys
from pathlib import Path
from grader.quiz.store import Answer, QuizStore
from grader.workspace import Workspace
from datetime import datetime, UTC
kept = QuizStore(Workspace(Path(sys.argv[1])).store)
def die(card):
    os.kill(os.getpid(), signal.SIGKILL)
at = datetime.now(UTC)
kept.keep(Answer("ex1_adding", "first", 1, "[]", 1.0, at), lambda card: None)
kept.keep(Answer("ex1_adding", "second", 1, "[]", 1.0, at), die)
"""
    done = subprocess.run([sys.executable, "-c", code, workspace], check=False)
    assert done.returncode == -signal.SIGKILL
    assert kept(workspace) == [("first", 1, 1.0)]
    grade(workspace, "quiz", "ex1", typed="1\n")
    assert [id for id, _, _ in kept(workspace)] == ["first", "two-and-two"]


def test_killed_during_a_question(workspace: Path) -> None:
    learner = sit(workspace, "quiz", "ex1")
    learner.sees("❯ 1", "then Enter")
    learner.types(ENTER)
    learner.sees("Press Enter to continue")
    learner.types(ENTER)
    learner.sees("question 2 of 4")
    learner.child.kill(signal.SIGKILL)
    learner.ends()
    assert [id for id, _, _ in kept(workspace)] == ["two-and-two"]
    assert "question 2 of 4" in grade(workspace, "quiz", "ex1").stdout


def in_namespace(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script where it may mount file systems of its own."""
    probe = ["unshare", "-Urm", "mount", "-t", "tmpfs", "none", "/mnt"]
    if shutil.which("unshare") is None or subprocess.run(probe, capture_output=True).returncode:
        pytest.skip("no mount namespaces here")
    return program(
        folder,
        *("unshare", "-Urm", "bash", "-ec", script),
        **{"COLUMNS": "80", "FOLDER": str(folder), "COURSE": str(QUIZZES)} | variables,
    )


def test_a_full_disk(workspace: Path) -> None:
    grade(workspace, "quiz", "ex1", typed="1\n")
    script = """
mount -t tmpfs -o size=256k none /mnt
cp -r "$FOLDER"/. /mnt
cd /mnt
head -c 1M /dev/zero > filler 2>/dev/null || true
printf '1 3\\n1200\\n' | grade quiz ex1 --course "$COURSE" || true
rm filler
echo ======
grade quiz ex1 --course "$COURSE" < /dev/null || true
"""
    done = in_namespace(script, workspace)
    full, after = done.stdout.split("======")
    flat = " ".join(full.split())
    assert "This answer is not saved: /mnt/.grade/progress.sqlite3 can't be used" in flat
    assert "make room, then try again. What was kept before is still there." in flat
    assert flat.count("This answer is not saved") == 1
    assert "✓ Right." in full  # the quiz goes on
    assert "You continue where you stopped: 1 of 4 are answered." in after


def test_a_folder_that_may_not_be_written(workspace: Path) -> None:
    grade(workspace, "quiz", "ex1", typed="1\n")
    script = """
mount -t tmpfs none /mnt
cp -r "$FOLDER"/. /mnt
cd /mnt
mount -o remount,ro none /mnt
printf '1 3\\n' | grade quiz ex1 --course "$COURSE" || true
grade quiz --stats --course "$COURSE"
"""
    done = in_namespace(script, workspace)
    flat = " ".join(done.stdout.split())
    assert done.stderr == ""
    assert "You continue where you stopped: 1 of 4 are answered." in flat
    assert "This answer is not saved: /mnt/.grade/progress.sqlite3 can't be used" in flat
    assert "See that its folder may be written." in flat
    assert "ex1 Adding numbers 1 of 4" in flat


# starting


@pytest.mark.parametrize("words", [["quiz", "ex1"], ["quiz"], ["review", "--due"]])
def test_nothing_heavy_is_imported(workspace: Path, words: list[str]) -> None:
    modules = imported(workspace, *words, "--course", str(QUIZZES))
    assert "grader.quiz.progress" in modules
    heavy = {"numpy", "tensorflow", "keras", "pytest", "grader.engine.grading", "fsrs"}
    assert not heavy & modules
