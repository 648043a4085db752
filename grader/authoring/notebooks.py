"""An exercise as a notebook: the brief as Markdown, a cell for each function, and one that grades.

It is made of the stub, and holds the same code.
"""

import ast
import json
import re
import shlex
import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from grader.course import Exercise
from grader.i18n import _
from grader.parsing import parse

LOAD = "%load_ext grader"
_COMMAND = re.compile(r"(?<![%`\w])`?(grade (?:lab|lesson|quiz|words)(?: \w+)*)`?(?=\s|$)")
_MAY_RAISE = {"metadata": {"tags": ["raises-exception"]}}  # Run All goes on to the next cell
_WRITE = _(
    "Write the missing code in the cells below, and run each cell (Shift-Enter). The "
    "last cell grades it."
)
_TRY = _("Try your code here; what is in this cell is not graded.")
_GRADE = _("Run this cell to grade your code. Change a cell, run it, and grade again.")


def as_notebook(exercise: Exercise, install: str = "") -> bytes:
    """The notebook that a learner starts from, nbformat 4.

    Args:
        exercise: the exercise.
        install: what its first cell has pip install, such as an address; nothing without it.

    Raises:
        CourseError: the solution can't be made into a stub.
    """
    stub = exercise.made_stub()
    first = f"%pip install -q {shlex.quote(install)}\n{LOAD}" if install else LOAD
    cells = [_markdown(_brief(exercise)), _code(first)]
    for text, tried in _parts(stub):
        cells += [_markdown(_TRY), _code(text) | _MAY_RAISE] if tried else [_code(text)]
    cells += [_markdown(_GRADE), _code(f"%grade {exercise.id}")]
    content = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def _markdown(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(text: str) -> dict[str, Any]:
    lines = text.splitlines(keepends=True)
    empty: dict[str, Any] = {"execution_count": None, "metadata": {}, "outputs": []}
    return {"cell_type": "code", "source": lines} | empty


def _brief(exercise: Exercise) -> str:
    """The brief, without the paragraph about ``__main__``: a notebook has cells to try things."""
    __, *rest = exercise.brief.split("\n\n")
    kept = [each.strip("\n") for each in rest if "__main__" not in each]
    # a sentence that begins a line in the file begins one here
    lines = [re.sub(r"(?<=[.?:])\n(?=\S)", "  \n", each) for each in kept]
    brief = _COMMAND.sub(r"`%\1`", "\n\n".join(lines))
    return f"# {exercise.id} · {exercise.title}\n\n{brief}\n\n{_WRITE}"


def _parts(stub: str) -> Iterator[tuple[str, bool]]:
    """The code of each cell, and whether it only tries the functions."""
    lines, start = stub.split("\n"), 0
    body = parse(stub).body
    if ast.get_docstring(parse(stub)) is not None:
        start, body = body[0].end_lineno or 0, body[1:]
    for kind, statements in groupby(body, key=_kind):
        end = list(statements)[-1].end_lineno or 0
        text = "\n".join(lines[start:end]).strip("\n")
        if kind == "main":
            text = textwrap.dedent(text.partition("\n")[2])
        yield text, kind == "main"
        start = end


def _kind(node: ast.stmt) -> str:
    """What is in one cell together: each function or class has its own."""
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            return "main"
    return ""
