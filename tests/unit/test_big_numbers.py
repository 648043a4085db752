"""Numbers that no command can use, on the command line and in files: one sentence each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from grader.authoring.reading import Broken, read_toml
from grader.classroom.classfolder import SETTINGS, ClassFolder
from grader.cli.app import COMMANDS, command_line
from grader.errors import ClassError
from support import called

STRANGE = ("1e308", "9" * 30, "9" * 5000, "-1", "0", "nan", "inf", "1e999", "x")
# what may stand for it where it is read in another way
ALLOWED = {"--seed": {"0", "1e308", "1e999"}, "--version": {"9" * 30, "-1", "0"}}


def numbers(command: Any, *words: str) -> Iterator[tuple[list[str], str]]:
    """The words of each command that takes a number, and the option with it."""
    for param in command.params:
        if param.type_descriptor.annotation in (int, float):
            arguments = ["ex1" for each in command.params if each.param_type_name == "argument"]
            yield [*words, *arguments], param.opts[0]
    for name, inner in getattr(command, "commands", {}).items():
        yield from numbers(inner, *words, name)


OPTIONS = [
    (words[words[0] == "exercise" :], option)
    for words, option in numbers(get_command(command_line(COMMANDS)))
]


@pytest.mark.parametrize(
    ("words", "option"), OPTIONS, ids=lambda each: each if isinstance(each, str) else " ".join(each)
)
def test_an_option_of_a_number_says_in_a_sentence_what_it_cannot_be(
    words: list[str], option: str, tmp_path: Path
) -> None:
    for number in STRANGE:
        if number in ALLOWED.get(option, ()):
            continue
        done = called(tmp_path, *words, option, number)
        assert (done.returncode, done.stdout) == (2, "")
        assert option in done.stderr and done.stderr.count("\n") == 1, done.stderr
        assert "grade itself failed" not in done.stderr and len(done.stderr) < 300
    assert not [*tmp_path.iterdir()]


def test_those_are_all_options_of_a_number() -> None:
    assert {option for _words, option in OPTIONS} == {
        *("--seed", "--timeout", "--workers", "--seeds", "--repeat", "--limit", "--version"),
        "--out-of",
    }


@pytest.mark.parametrize("number", ["1e308", "9" * 30, "9" * 5000, "inf", "nan", "0", "-1"])
def test_a_limit_in_a_class(number: str, tmp_path: Path) -> None:
    (tmp_path / SETTINGS).write_text(f'seed = "1"\nlimit = {number}\n')
    with pytest.raises(ClassError, match=SETTINGS):
        ClassFolder(tmp_path).settings()


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 5000])
def test_a_course_file(value: str, tmp_path: Path) -> None:
    path = tmp_path / "misconceptions.toml"
    path.write_text(f"a = {value}\n")
    with pytest.raises(Broken, match="it is no valid TOML"):
        read_toml(path)
