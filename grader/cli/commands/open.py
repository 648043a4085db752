"""``grade open ex3``: the learner's file in an editor."""

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import NoReturn

from grader.cli.context import Context
from grader.cli.exits import Complaint
from grader.cli.options import CourseOption, CurrentArgument
from grader.i18n import _


def open_file(exercise: CurrentArgument = None, course: CourseOption = None) -> NoReturn:
    """Open your file of an exercise in your editor: $VISUAL, $EDITOR, or one that is found."""
    mine = Context(course).own(exercise)
    mine.content()  # complains if it can't be read
    setting = os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip()
    try:
        whole = shutil.which(Path(setting).expanduser()) if setting else None  # it has spaces
        words = [whole] if whole else shlex.split(setting)
    except ValueError:
        raise Complaint(
            _("The editor setting {setting} lacks a quotation mark. Fix VISUAL or EDITOR.").format(
                setting=setting
            )
        ) from None
    words = words or _found()
    if not words:
        raise Complaint(
            _(
                "No editor was found: open {file} in yours, or name one, such as "
                "`EDITOR=nano {command}`."
            ).format(file=mine.file, command=mine.command("open"))
        )
    try:
        os.execvp(words[0], [*words, str(mine.path)])  # the terminal and the exit code are its own
    except FileNotFoundError:
        raise Complaint(
            _(
                "The editor {program}, which VISUAL or EDITOR names, is not "
                "installed: name another, such as `VISUAL=nano {command}`."
            ).format(program=words[0], command=mine.command("open"))
        ) from None
    except OSError as error:
        raise Complaint(
            _("The editor {program} can't be started ({reason}). Fix VISUAL or EDITOR.").format(
                program=words[0], reason=error.strerror or ""
            )
        ) from None


def _found() -> list[str]:
    """An editor that is installed; Visual Studio Code first where this is its terminal.

    One of a terminal only in a terminal: in a notebook's cell it would wait for ever.
    """
    here = os.environ.get("TERM_PROGRAM") == "vscode"
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    known = [*(["code"] if here else [])]
    known += ["sensible-editor", "nano", "vim", "vi", "notepad"] if terminal else []
    return next(([each] for each in known if shutil.which(each)), [])
