"""Makes a misconception of a file that was handed in: its code, without what is personal in it."""

import ast
import re
import unicodedata
from pathlib import Path

from grader.authoring.new import require_folder
from grader.course import Exercise
from grader.errors import GraderError
from grader.folder import write_new
from grader.i18n import _
from grader.parsing import parse
from grader.report import LOAD, CheckResult, Report

_WORDS = 6  # of the belief, in the file's name
_LONGEST = 80  # characters of the sentence that its check's message must have


class NewMisconceptionError(GraderError):
    """Nothing was written; the text says why, and what to do."""


def file_name(belief: str) -> str:
    """The name of a misconception's file, such as ``accuracy_is_a_count.py``.

    Raises:
        NewMisconceptionError: there is no letter in it.
    """
    plain = unicodedata.normalize("NFKD", belief).encode("ascii", "ignore").decode()
    words = re.findall("[a-z0-9]+", plain.lower())[:_WORDS]
    if not words:
        raise NewMisconceptionError(
            _('Say what they believe, such as --title "Accuracy is how many images are right".')
        )
    return "_".join(words) + ".py"


def first_wrong(report: Report) -> CheckResult:
    """The check that a misconception made of this report's file fails.

    Raises:
        NewMisconceptionError: there is none, or the file can't be loaded.
    """
    if not report.red:
        raise NewMisconceptionError(
            _(
                "This file fails no check, so it shows no misconception. Choose another "
                "one, or write the check that it should fail first."
            )
        )
    wrong = report.red[0]
    if wrong.name == LOAD:
        raise NewMisconceptionError(
            _(
                "This file can't be loaded ({message}), and a misconception is a "
                "complete file. Choose another one."
            ).format(message=wrong.message)
        )
    return wrong


def text(source: str, belief: str, wrong: CheckResult) -> str:
    """The misconception's source: the docstring that it needs, then the code without comments.

    Args:
        source: what was handed in; its docstring and comments may say whose it is.
        belief: what whoever wrote it believes.
        wrong: the check that it must fail, with the message that it must be given.

    Raises:
        NewMisconceptionError: it is no Python.
    """
    try:
        tree = parse(source)
        body = [node for node in tree.body if not _is_main(node)]
        if ast.get_docstring(tree) is not None:
            body = body[1:]
        code = ast.unparse(ast.Module(body, []))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise NewMisconceptionError(
            _("This file is no valid Python: {reason}.").format(reason=error)
        ) from error
    first = " ".join(belief.split()).rstrip(".").replace("\\", "/").replace('"""', "'''")
    said = _said(wrong.message)
    return f'"""{first}.\n\nfails: {wrong.name}\nsays: {said}\n"""\n\n{code}\n'


def write(exercise: Exercise, name: str, content: str) -> Path:
    """Write a misconception into the course.

    Raises:
        NewMisconceptionError: there is one of that name.
        NewExerciseError: the course is not one that may be written to.
        OSError: it can't be written.
    """
    require_folder(exercise.root)
    path = exercise.folder / "misconceptions" / name
    path.parent.mkdir(exist_ok=True)
    if not write_new(path, content.encode()):
        raise NewMisconceptionError(
            _(
                "There is a {path} already. Give this one another --title: its first "
                "words name the file."
            ).format(path=path)
        )
    return path


def _said(message: str) -> str:
    """The longest part of a message's first line without numbers, which another draw changes."""
    first = message.strip().partition("\n")[0]
    parts = [part.strip() for part in re.split(r'\S*[\d\\]\S*|"""', first)]
    return max(parts, key=len)[:_LONGEST].strip()


def _is_main(node: ast.stmt) -> bool:
    """Whether it is ``if __name__ == "__main__":``, which grading does not run."""
    return isinstance(node, ast.If) and ast.unparse(node.test).replace("'", '"') in (
        '__name__ == "__main__"',
        '"__main__" == __name__',
    )
