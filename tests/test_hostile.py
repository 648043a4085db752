"""Hostile text from every source, shown by every command: nothing of it steers a terminal."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from support import GRADE, HARMFUL, QUIZZES, called, rest, spawn

pytestmark = pytest.mark.thorough

# clears the screen, C1, from right to left, zero-width, a tag, a line's end, markup
HOSTILE = "\x1b[2J\x9b5m\u202e\u200b\U000e0041\x07[bold red]"


EDITOR = f"no{HOSTILE}"
SEEN = r"\x1b[2J\x9b5m\u202e\u200b\U000e0041\x07[bold red]"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learner's folder in one with a hostile name, and a course whose texts are hostile."""
    top = tmp_path_factory.mktemp("hostile")
    home = top / f"home{HOSTILE}\n\udce9"
    shutil.copytree(QUIZZES, top / "course")
    for path in top.glob("course/solutions/*/*.py"):
        text = path.read_text("utf-8")
        for title in ("Adding numbers", "The sum is right"):
            text = text.replace(title, f"{title} {HOSTILE}")
        path.write_text(text, "utf-8")
    quiz = top / "course/quizzes/ex1_adding.toml"
    written = json.dumps(HOSTILE)[1:-1].replace("\\udb40\\udc41", "\\U000e0041")
    text = quiz.read_text("utf-8").replace("One, 1200 times", f"{written} times")
    quiz.write_text(text.replace("How many characters", f"How many {written}"), "utf-8")
    shutil.copytree(QUIZZES / "exercises", home / "exercises")
    (home / "exercises/ex1_adding.py").write_text(
        f"def add(a, b):\n    print({HOSTILE!r})\n    raise ValueError({HOSTILE!r})\n\n\n"
        f"def size(text):\n    return {{{HOSTILE!r}: 1}}  # {HOSTILE[-10:]}\n",
        "utf-8",
    )
    (home / "a.toml").write_text(f'how-long = 7\n"{written}" = 1\n', "utf-8")
    (home / "b.toml").write_text("how-long = 7\n", "utf-8")
    piped(home, "ex1", "--course", "../course")
    piped(home, "quiz", "ex1", "--answers", "b.toml", "--course", "../course")
    with sqlite3.connect(os.fsencode(home / ".grade/progress.sqlite3")) as connection:
        connection.execute("UPDATE answer SET given = ?", (HOSTILE,))
        connection.execute("UPDATE grading SET submission = ?", (HOSTILE,))
    return home


def piped(folder: Path, *words: str) -> str:
    done = called(folder, *words, EDITOR=EDITOR)
    return done.stdout + done.stderr


SHOWING = [  # the texts
    "list", "", "doctor", "ex1", "ex1 --json", "all", "hint ex1", "replay ex1", "demo",
    "quiz ex1 --answers b.toml", "quiz ex1 --answers b.toml --json", "quiz ex1 --answers a.toml",
    "quiz --stats", "quiz --stats --json", "solution ex1 --give-up", "open ex1",
]  # fmt: skip


@pytest.mark.parametrize("verb", [*SHOWING, "verify ex1 --quick", "review --plain", "reset ex1"])
def test_hostile_texts_of_a_course_and_of_a_file(folder: Path, verb: str) -> None:
    seen = piped(folder, *verb.split(), "--course", "../course")
    assert not HARMFUL.search(seen), seen
    assert "Traceback" not in seen
    if verb in SHOWING:
        assert ("u001b" if "json" in verb else "x1b") in "".join(seen.split()), seen


@pytest.mark.parametrize("verb", ["", "ex1", "quiz ex1 --answers b.toml", "open ex1"])
def test_the_same_in_a_terminal(folder: Path, verb: str) -> None:
    words = (*verb.split(), "--course", "../course")
    seen, _ = rest(spawn(folder, GRADE, *words, columns=200, EDITOR=EDITOR))
    seen = re.sub(r"[\r\n]+", "\n", seen)
    assert not HARMFUL.search(seen), seen
    assert SEEN in "".join(seen.split("\n")) or "u202e" in seen


@pytest.mark.parametrize(
    "words",
    [
        [HOSTILE], ["ex1", HOSTILE], ["ex1", "--file", HOSTILE], ["ex1", "--seed", HOSTILE],
        ["list", f"--{HOSTILE}"], ["list", "--course", HOSTILE], ["quiz", HOSTILE],
        [HOSTILE, "--help"], ["init", f"a/{HOSTILE}\0"[:-1]], ["verify", HOSTILE],
        ["quiz", "ex1", "--answers", HOSTILE], ["new", HOSTILE, "--title", HOSTILE],
    ],
)  # fmt: skip
def test_hostile_words(tmp_path: Path, words: list[str]) -> None:
    seen = piped(tmp_path, *words)
    assert not HARMFUL.search(seen), seen
    assert "Traceback" not in seen
    assert r"\x1b" in seen, seen


def test_the_texts_are_hostile() -> None:
    """The control: printed as it is, it would reach the terminal."""
    done = subprocess.run([sys.executable, "-c", f"print({HOSTILE!r})"], capture_output=True)
    assert len(set(HARMFUL.findall(done.stdout.decode("utf-8")))) == 6
