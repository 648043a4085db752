"""``grade open ex3``: the learner's file in an editor."""

import os
import shlex
import shutil
from pathlib import Path
from typing import NoReturn

from grader.cli.context import Context
from grader.cli.exits import Complaint
from grader.cli.options import CourseOption, CurrentArgument
from grader.render import texts


def open_file(exercise: CurrentArgument = None, course: CourseOption = None) -> NoReturn:
    """Open your file of an exercise in your editor: $VISUAL, $EDITOR, or one that is found."""
    mine = Context(course).own(exercise)
    mine.content()  # complains if it can't be read
    setting = os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip()
    try:
        whole = shutil.which(Path(setting).expanduser()) if setting else None  # it has spaces
        words = [whole] if whole else shlex.split(setting)
    except ValueError:
        raise Complaint(texts.editor_unclear(setting)) from None
    words = words or _found()
    if not words:
        raise Complaint(texts.editor_unset(mine.file, mine.command("open")))
    try:
        os.execvp(words[0], [*words, str(mine.path)])  # the terminal and the exit code are its own
    except FileNotFoundError:
        raise Complaint(texts.editor_missing(words[0], mine.command("open"))) from None
    except OSError as error:
        raise Complaint(texts.editor_failed(words[0], error.strerror or "")) from None


def _found() -> list[str]:
    """An editor that is installed; Visual Studio Code first where this is its terminal."""
    here = os.environ.get("TERM_PROGRAM") == "vscode"
    known = [*(["code"] if here else []), "sensible-editor", "nano", "vim", "vi", "notepad"]
    return next(([each] for each in known if shutil.which(each)), [])
