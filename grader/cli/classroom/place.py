"""The class that a command is about: its folder, and the course that it belongs to."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.context import Context
from grader.i18n import _

if TYPE_CHECKING:
    from grader.classroom.classfolder import ClassFolder, Settings

OfClass = Annotated[
    Path, typer.Argument(metavar="CLASS", help=_("The class's folder."), show_default=False)
]

ClassCourse = Annotated[
    Path | None,
    typer.Option(
        "--course",
        metavar="DIR",
        help=_("The course's folder, if it has moved; kept for the class."),
        show_default=False,
    ),
]


@dataclass(frozen=True)
class Classroom:
    """A class, and how commands about it are typed."""

    context: Context
    typed: Path
    folder: "ClassFolder"
    settings: "Settings"

    def command(self, verb: str, *words: str) -> str:
        """A command about this class, such as ``command("run")``."""
        return self.context.command("class", verb, str(self.typed), *words)


def opened(typed: Path, course: Path | None = None, *, make: bool = False) -> Classroom:
    """The class in a folder.

    Args:
        typed: the folder, as it was typed.
        course: the course's folder, if it was named, which the class keeps; else the kept one.
        make: whether the class is made, if there is none.

    Raises:
        ClassError: there is no class, its settings can't be read, or its course is not chosen.
    """
    from dataclasses import replace

    from grader.classroom.classfolder import ClassFolder, Settings, choice, new_seed

    folder = ClassFolder.open(typed, make=make)
    settings = folder.settings() or Settings(new_seed())
    if course is not None:
        chosen = course.expanduser().resolve()
        settings = replace(settings, course=str(chosen), chosen=choice(folder.root, chosen))
    context = Context(None)  # the class remembers its course: no command has to name it
    context.course = settings.open_course(folder.root)
    if course is not None and not make:
        folder.keep_settings(settings)
    return Classroom(context, typed, folder, settings)
