"""What the commands share: options, errors, consoles."""

import os
import shlex
import shutil
import sys
import textwrap
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.clean import clean, line, sentence
from grader.errors import GraderError
from grader.render.plain import NARROWEST

if TYPE_CHECKING:
    from grader.render.screen import Screen

PASSED, NOT_PASSED, FAILURE, ACCIDENT = 0, 1, 2, 3
TRACEBACK = "GRADE_TRACEBACK"  # in the environment: errors are shown as those who wrote them need


def option(name: str, metavar: str, help: str) -> Any:
    """An option with a value, and without one if it is not given."""
    return typer.Option(name, metavar=metavar, help=help, show_default=False)


CourseOption = Annotated[Path | None, option("--course", "DIR", "Another course's folder.")]


def command(course: Path | None, *words: str) -> str:
    """A command of ours as it has to be typed here: it names the course again."""
    return quoted("grade", *words, *(["--course", str(course)] if course else []))


def quoted(*words: str) -> str:
    """Words for a shell, none of them lost in what can't be seen."""
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    if line(word) == word:
        return shlex.quote(word)
    return "$'" + "".join(map(_escaped, os.fsencode(word))) + "'"


def _escaped(byte: int) -> str:
    sign = chr(byte)
    if sign in "\\'":
        return f"\\{sign}"
    return sign if 32 <= byte < 127 else f"\\x{byte:02x}"


class Complaint(GraderError):
    """The command can't do its work; the text says why, and what to do next."""


class Stopped(GraderError):
    """Ctrl-C ended the work; the text says what was kept."""


def say(words: str) -> None:
    """Show a sentence that is no result, with words whole at a terminal's edge."""
    text = sentence(words)
    if sys.stderr is None:  # it was closed before we began
        return
    if sys.stderr.isatty():
        width = max(shutil.get_terminal_size().columns, NARROWEST) - 1
        text = textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)
    with suppress(OSError):  # nobody to tell
        print(text, file=sys.stderr, flush=True)


def say_lines(text: str) -> None:
    """Show lines as they are, beside the results."""
    if sys.stderr is not None:
        with suppress(OSError):
            print(clean(text), file=sys.stderr, flush=True)


def console(**options: Any) -> "Screen":
    """Standard output, at most as wide as lines are pleasant to read; with rich's options."""
    from grader.render.screen import Screen

    return Screen(**options)
