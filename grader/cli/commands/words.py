"""``grade words``: what the words of a course mean."""

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.context import Context
from grader.cli.exits import PASSED, Complaint
from grader.cli.options import CourseOption
from grader.cli.words import either
from grader.i18n import _


def words(
    word: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORD", help=_("Only this one."), show_default=False),
    ] = None,
    course: CourseOption = None,
) -> int:
    """Explain the words of the course, one sentence each."""
    from rich.text import Text

    from grader.render.lines import Hanging
    from grader.render.lines import words as cleaned

    context = Context(course)
    glossary = _glossary(context.course.root / "docs/glossary.md")
    if not glossary:
        raise Complaint(_("This course has no glossary: write docs/glossary.md."))
    if word:
        typed = " ".join(word)
        found = meant(typed, glossary)
        if not found:
            names = {name.lower(): name for name in glossary}
            near = difflib.get_close_matches(typed.lower(), names, 3, 0.5)
            raise Complaint(
                _("The glossary has no {word!r}. Did you mean {near}?").format(
                    word=typed, near=either([names[name] for name in near])
                )
                if near
                else _("The glossary has no {word!r}. `{command}` lists all words.").format(
                    word=typed, command=context.command("words")
                )
            )
        glossary = {name: glossary[name] for name in found}
    width = max(map(len, glossary))
    for name, meaning in glossary.items():
        prefix = Text.assemble(" ", cleaned(name, "cyan"), " " * (width - len(name) + 2))
        context.console.print(Hanging(prefix, cleaned(meaning)))
    return PASSED


def meant(typed: str, glossary: Mapping[str, str]) -> list[str]:
    """The words that are meant: by name, in the plural too, or those that a meaning mentions."""
    wanted = typed.lower().replace("-", " ").strip()
    wholes = {name: name.lower().replace("-", " ") for name in glossary}
    for one in (wanted, wanted.removesuffix("s"), wanted.removesuffix("es")):
        if found := [name for name, whole in wholes.items() if one in re.split(", ", whole)]:
            return found
    one = rf"\b{re.escape(wanted.removesuffix('s'))}s?\b" if wanted else "(?!)"
    inside = [name for name, whole in wholes.items() if re.search(one, whole)]
    return inside or [name for name, said in glossary.items() if re.search(one, said, re.I)]


def _glossary(file: Path) -> dict[str, str]:
    """The meaning of each word: the rows of the file's table; nothing without a file."""
    if not file.is_file():
        return {}
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", file.read_text("utf-8"), re.M)
    return dict(rows[1:])  # the first is the head
