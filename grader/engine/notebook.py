"""A notebook as a Python module: its code cells from top to bottom, without magics.

``read(data)`` gives the cells, ``joined(cells)`` one module in which each line of a cell has a line
of its own; ``grader.engine.precheck.precheck`` makes a ``Code`` of that, whose ``cells`` lead from
a line back to its cell. Nothing is run, and the file is trusted in nothing: its size, its depth and
the number of its cells have limits.

Cells have the numbers that Jupyter shows beside them, if all have run, from top to bottom; if not,
they are counted as "Restart and Run All" would number them.
"""

import ast
import json
import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.engine import copied
from grader.errors import GraderError
from grader.i18n import _
from grader.parsing import parse
from grader.submission import MAX_NOTEBOOK, MAX_SIZE

MAX_CELLS = 2_000

_LANGUAGES = {"", "python", "ipython", "python3"}
_PYTHON = {"time", "capture", "prun", "memit", "grade"}  # %%magics above Python that stays
_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
_LINE = re.compile(  # at the start of a statement: no Python begins so
    r"""[ \t]*+(?:
        [%!?,;/]                                    # %magic, !shell, ?help, and quick calls
        | [\w.,*\[\]"' \t]+ = [ \t]* (?:!(?!=)|%)   # files = !ls
        | [^\#'"\n]* \? [ \t]* (?:\#[^\n]*)? (?:\n|$)  # help?
    )""",
    re.VERBOSE,
)
_TOKEN = re.compile(  # a string without an end goes as far as it can: nothing is tried again
    r"""
    (?P<other> '{3}(?:\\(?:.|\Z)|[^\\])*?(?:'{3}|\Z) | "{3}(?:\\(?:.|\Z)|[^\\])*?(?:"{3}|\Z)
             | '(?:\\.|[^\\'\n])*+'?+ | "(?:\\.|[^\\"\n])*+"?+ | \#[^\n]* | \\\n )
    | (?P<open> [(\[{]) | (?P<close> [)\]}]) | (?P<end> \n)""",
    re.VERBOSE | re.DOTALL,
)


class NotebookError(GraderError):
    """A notebook can't be graded at all; the text says why, in a sentence."""


@dataclass(frozen=True)
class Cell:
    """A code cell that is not empty.

    Attributes:
        number: what a person finds it by; 0 if its language is another, and no kernel counts it.
        text: its lines, as they are.
        count: how many cells had run when it last ran, with it; ``None`` if it has not.
        language: what VS Code shows below the cell, if that is another than the notebook's.
    """

    number: int
    text: str
    count: int | None
    language: str = ""


@dataclass(frozen=True)
class UnreadableCell:
    """A cell that Python can't read: where, and what the parser says."""

    text: str
    line: int
    message: str
    indentation: bool


@dataclass(frozen=True)
class Joined:
    """A notebook's cells in one text.

    Attributes:
        text: the lines of all cells, magics left out; the first line belongs to none.
        tree: the statements of the cells that can be read, with their lines in the text.
        cells: see ``grader.submission.Code``.
        broken: the cells that can't be read.
        aside: for each cell that is no Python, such as one below ``%%writefile``, the first line
            and its text.
        other: the cells that are in another language.
    """

    text: str
    tree: ast.Module
    cells: tuple[tuple[int, int], ...]
    broken: tuple[UnreadableCell, ...]
    aside: tuple[tuple[int, str], ...]
    other: tuple[Cell, ...]


def read(data: bytes) -> list[Cell]:
    """A notebook's code cells, of nbformat 3 or 4.

    Raises:
        NotebookError: it is too large, no whole JSON, not in Python, or has no code.
    """
    if len(data) > MAX_NOTEBOOK:
        raise NotebookError(
            _(
                "The notebook is larger than {megabytes} MB. Clear its "
                "outputs (in Jupyter: Edit, Clear Outputs of All Cells), "
                "save it, and grade it again."
            ).format(megabytes=MAX_NOTEBOOK >> 20)
        )
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise NotebookError(
            _(
                "This is a damaged notebook: it is not complete JSON. Open "
                "it in Jupyter, save it again, or submit a copy that opens."
            )
        ) from None
    language = _language(content)
    if language.lower() not in _LANGUAGES:
        raise NotebookError(
            _("This notebook is in {language}. Only Python is graded.").format(language=language)
        )
    found = list(_code(content))
    if not found:
        raise NotebookError(
            _("This notebook has no code. Write your functions in code cells, and save it.")
        )
    if len(found) > MAX_CELLS:
        raise NotebookError(
            _("This notebook has more than {most:,} code cells. Is it the right file?").format(
                most=MAX_CELLS
            )
        )
    python = [cell for cell in found if not cell.language]
    counts = [cell.count for cell in python if cell.count is not None]
    in_order = len(counts) == len(python) and counts == sorted(set(counts))
    numbers = iter(counts if in_order else range(1, len(python) + 1))
    return [cell if cell.language else replace(cell, number=next(numbers)) for cell in found]


def _code(content: Any) -> Iterable[Cell]:
    """The code cells, without numbers."""
    sheets = [content, *_list(content, "worksheets")]
    for cell in (cell for sheet in sheets for cell in _list(sheet, "cells")):
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        source = cell.get("source", cell.get("input"))
        if isinstance(source, list):
            source = "".join(line for line in source if isinstance(line, str))
        if isinstance(source, str) and source.strip():
            count = cell.get("execution_count", cell.get("prompt_number"))
            plain = type(count) is int and 0 < count < 1_000_000
            text = re.sub(r"\r\n?", "\n", source)
            language = _text(cell, "metadata", "vscode", "languageId")
            language = "" if language.lower() in _LANGUAGES else language
            yield Cell(0, text, count if plain else None, language)


def _list(content: Any, name: str) -> list[Any]:
    found = content.get(name) if isinstance(content, dict) else None
    return found if isinstance(found, list) else []


def _language(content: Any) -> str:
    """The language that a notebook says it is in; empty if it does not."""
    kernel = _text(content, "metadata", "kernelspec", "language")
    return kernel or _text(content, "metadata", "language_info", "name")


def _text(content: Any, *keys: str) -> str:
    """The start of a text in objects in objects; empty if it is not there."""
    for key in keys:
        content = content.get(key) if isinstance(content, dict) else None
    return content[:40] if isinstance(content, str) else ""


def joined(cells: Sequence[Cell]) -> Joined:
    """One module of all cells.

    Raises:
        NotebookError: there is more code than is graded.
    """
    if sum(len(cell.text) + 1 for cell in cells) > MAX_SIZE:
        raise NotebookError(too_large(MAX_SIZE))
    lines, body, starts = [""], [], []
    broken, aside = [], []
    other = tuple(cell for cell in cells if cell.language)
    for cell in cells:
        if cell.language:
            continue
        start = len(lines) + 1
        starts.append((start, cell.number))
        text = without_magics(cell.text)
        lines += (cell.text if text is None else text).split("\n")
        if text is None:
            aside.append((start, cell.text))
            continue
        try:
            tree = parse(text)
            "\n".join(lines[start - 1 :]).encode()  # no half of a pair, which no file can hold
        except SyntaxError as error:
            number, message, wrong = copied.explained(text, error)
            broken.append(UnreadableCell(cell.text, start - 1 + number, message, wrong))
        except (ValueError, RecursionError, MemoryError):
            broken.append(
                UnreadableCell(
                    cell.text,
                    start,
                    (_("it contains characters that no Python file can have")),
                    False,
                )
            )
        else:
            body += ast.increment_lineno(tree, start - 1).body
    module = ast.Module(body, [])
    return Joined("\n".join(lines), module, tuple(starts), tuple(broken), tuple(aside), other)


def without_magics(text: str) -> str | None:
    """A cell's Python, each line in its place; ``None`` below a ``%%magic`` for something else."""
    if re.match(r"\n*+[ \t]", text):
        text = textwrap.dedent(text)  # as IPython does
    magic = _CELL_MAGIC.match(text)
    if magic and magic[1] not in _PYTHON:
        return None
    if not re.search(r"[%!?]|^[ \t]*+[,;/]", text, re.MULTILINE):
        return text
    out: list[str] = []
    position = 0
    while position < len(text):
        if _LINE.match(text, position):
            end = _end_of_line(text, position)
            line = text[position:end]
            indent = line[: len(line) - len(line.lstrip(" \t"))]
            out.append(f"{indent}pass" + "\n" * line.count("\n"))
        else:
            end = _end_of_statement(text, position)
            out.append(text[position:end])
        position = end
    return "".join(out)


def _end_of_line(text: str, position: int) -> int:
    """Behind a line, and behind those that a backslash adds to it."""
    end = text.find("\n", position) + 1
    while end and text[end - 2 : end - 1] == "\\":
        end = text.find("\n", end) + 1
    return end or len(text)


def _end_of_statement(text: str, position: int) -> int:
    """Behind the line in which all brackets and strings that were opened are closed."""
    depth = 0
    for token in _TOKEN.finditer(text, position):
        match token.lastgroup:
            case "open":
                depth += 1
            case "close":
                depth = max(0, depth - 1)
            case "end" if depth == 0:
                return token.end()
    return len(text)


def too_large(size: int) -> str:
    """Of a file that has more than ``size`` bytes."""
    return _(
        "The file has more than {size:,} bytes; a submission has a few thousand. Is it the right "
        "file?"
    ).format(size=size)
