"""``grade words``: what the words of a course mean."""

import difflib
import re
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.context import Context
from grader.cli.exits import PASSED, Complaint
from grader.cli.options import CourseOption
from grader.i18n import _


def words(
    word: Annotated[
        str | None, typer.Argument(metavar="WORD", help=_("Only this one."), show_default=False)
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
    if word is not None:
        names = {name.lower(): name for name in glossary}
        found = names.get(word.lower())
        if found is None:
            near = difflib.get_close_matches(word.lower(), names, 3, 0.5)
            raise Complaint(
                _("The glossary has no {word!r}. Did you mean {near}?").format(
                    word=word, near=", ".join(names[name] for name in near)
                )
                if near
                else _("The glossary has no {word!r}. `{command}` lists all words.").format(
                    word=word, command=context.command("words")
                )
            )
        glossary = {found: glossary[found]}
    width = max(map(len, glossary))
    for name, meaning in glossary.items():
        prefix = Text.assemble(" ", cleaned(name, "bold cyan"), " " * (width - len(name) + 2))
        context.console.print(Hanging(prefix, cleaned(meaning)))
    return PASSED


def _glossary(file: Path) -> dict[str, str]:
    """The meaning of each word: the rows of the file's table; nothing without a file."""
    if not file.is_file():
        return {}
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", file.read_text("utf-8"), re.M)
    return dict(rows[1:])  # the first is the head
