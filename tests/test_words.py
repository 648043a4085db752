"""What a person types after ``grade``, and what is understood of it."""

import shlex

import pytest

from grader.cli.words import understood

COMMANDS = ("init", "hint", "quiz", "verify", "list")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ""),
        ("ex1", "ex1"),
        ("ex1 --seed 12", "ex1 --seed 12"),
        ("1 --json", "ex1 --json"),
        ("ex 1", "ex1"),
        ("exercise 1 --json", "ex1 --json"),
        ("Ex-03", "ex3"),
        ("ex_3", "ex3"),
        ("3.py", "ex3"),
        ("ｅｘ３", "ex3"),
        ("ex\u200b3", "ex3"),
        ("test ex1", "ex1"),
        ("check 2", "ex2"),
        ("grade grade ex1 --json", "ex1 --json"),
        ("test ex 4", "ex4"),
        ("check", ""),
        ("help", "--help"),
        ("help help", "--help"),
        ("help hint", "hint --help"),
        ("help 3", "ex3 --help"),
        ("version", "--version"),
        ("hint 3", "hint ex3"),
        ("quiz ex 3 --stats", "quiz ex3 --stats"),
        ("hint exercises/ex3_flatten.py", "hint ex3_flatten"),
        ("exercises/ex3_flatten.py", "ex3_flatten --file exercises/ex3_flatten.py"),
        ("'my files/ex3_flatten.py' --json", "ex3_flatten --json --file 'my files/ex3_flatten.py'"),
        ("ex3_flatten.py", "ex3_flatten.py"),
        ("init 3", "init 3"),
        ("list 3", "list 3"),
        ("hnt ex3", "hnt ex3"),
        ("--course 3 ex1", "--course 3 ex1"),
        ("solution.py", "solution.py"),
    ],
)
def test_words(typed: str, meant: str) -> None:
    about = ("hint", "quiz", "verify")
    assert understood(shlex.split(typed), COMMANDS, about) == shlex.split(meant)
