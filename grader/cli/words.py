"""Understands the words of a command line as people type them: ``grade 3``, ``grade test ex 3``."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from pathlib import Path, PurePath

from grader.cli.context import Context, quoted
from grader.i18n import _
from grader.quiz.typed import plain
from grader.stub import ID

_GRADING = ("grade", "check", "test")  # verbs that other graders have
_EXERCISE = re.compile(r"(?:ex|exercise)?[ _-]?0*([0-9]{1,4})(?:\.py)?", re.IGNORECASE)
_STEM = re.compile(rf"{ID}(_\w+)?", re.IGNORECASE)


def understood(
    words: Sequence[str], commands: Collection[str], about_exercises: Collection[str]
) -> list[str]:
    """The words as the command line has them.

    Args:
        words: what stands behind ``grade``.
        commands: those that there are.
        about_exercises: those of them whose first word is an exercise.
    """
    words = list(words)
    while words and plain(words[0]).lower() in _GRADING and words[0] not in commands:
        del words[0]
    match words:
        case ["help", *rest]:
            return [*_exercise(rest[:1]), "--help"] if rest[:1] != ["help"] else ["--help"]
        case ["version"]:
            return ["--version"]
        case [command, *rest] if command in about_exercises:
            return [command, *_exercise(rest, path=False)]
        case [command, *_] if command not in commands:
            return _exercise(words)
    return words


def _exercise(words: list[str], path: bool = True) -> list[str]:
    """The words, the first of them the name of an exercise if it can mean one.

    Args:
        words: what was typed.
        path: whether the path of a file names the file to be graded.
    """
    if not words:
        return []
    first, rest = plain(words[0]), words[1:]
    if first.lower() in ("ex", "exercise") and rest and plain(rest[0]).isdecimal():
        first, rest = f"ex{plain(rest[0])}", rest[1:]
    if number := _EXERCISE.fullmatch(first):
        return [f"ex{number[1]}", *rest]
    file = PurePath(words[0])
    if len(file.parts) > 1 and file.suffix == ".py" and _STEM.fullmatch(file.stem):
        return [file.stem, *rest, *(["--file", words[0]] if path else [])]
    return [first if _STEM.fullmatch(first.removesuffix(".py")) else words[0], *rest]


def names_exercise(word: str) -> bool:
    """Whether a word can only be meant as an exercise."""
    return re.match(r"ex[0-9]", word, re.IGNORECASE) is not None


def unknown(context: Context, word: str, rest: Sequence[str], commands: Collection[str]) -> str:
    """What to say of a word that is neither an exercise nor a command.

    Args:
        context: knows the exercises.
        word: the word.
        rest: what was typed after it, for the command that may be meant.
        commands: those that there are.
    """
    from difflib import get_close_matches

    exercises = context.course.exercises
    if word.endswith(".py"):
        return _("Which exercise is {file}? Name it first, such as `{command}`.").format(
            file=word, command=context.command(exercises[0].id, "--file", word)
        )
    ids, stems = [each.id for each in exercises], [each.stem for each in exercises]
    if re.fullmatch(r"ex[0-9]*|exercise", word, re.IGNORECASE):
        first, last = context.command(ids[0]), ids[-1]
        if word[2:].isdecimal():
            return _("There is no exercise {word!r}. This course has {first} to {last}.").format(
                word=word, first=ids[0], last=last
            )
        return _("Which exercise? Add its number, such as `{command}`.").format(command=first)
    near = get_close_matches(word.lower(), [*ids, *commands, *stems], n=3, cutoff=0.5)
    meant = [
        quoted(*context.program, each, *rest) if each in commands else context.command(each)
        for each in near
    ]
    return _no_such_word(word, meant, ids, commands)


def named_course(words: Sequence[str]) -> Path | None:
    """The course's folder that some words name."""
    for word, value in pairwise([*words, ""]):
        name, sign, attached = word.partition("=")
        if name == "--course" and (attached if sign else value):
            return Path(attached if sign else value)
    return None


def either(words: Sequence[str]) -> str:
    """Words of which one is meant: ``a, b or c``."""
    if len(words) < 2:
        return "".join(words)
    # Translators: a choice; {most} are one or more words with commas between, {last} is one word.
    return _("{most} or {last}").format(most=", ".join(words[:-1]), last=words[-1])


def _no_such_word(
    word: str, near: list[str], exercises: list[str], commands: Collection[str]
) -> str:
    template = (
        _("There is no exercise or command {word!r}. Did you mean {near}?")
        if near
        else _(
            "There is no exercise or command {word!r}. "
            "Exercises: {exercises}; commands: {commands}."
        )
    )
    return template.format(
        word=word,
        near=either([f"`{command}`" for command in near]),
        exercises=", ".join(exercises),
        commands=", ".join(commands),
    )
