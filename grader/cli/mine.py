"""What a command about one of the learner's own files begins with."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.commands.grade import names, shown
from grader.cli.common import Complaint, command
from grader.render import texts

if TYPE_CHECKING:
    from grader.course import Exercise
    from grader.workspace import Workspace

ExerciseArgument = Annotated[
    str,
    typer.Argument(
        metavar="EXERCISE", help="Such as ex3.", show_default=False, autocompletion=names
    ),
]

_MOST = 16 << 20  # bytes of a file that is read


@dataclass(frozen=True)
class Mine:
    """An exercise in the learner's folder.

    Attributes:
        course: its folder, if it was named.
    """

    workspace: "Workspace"
    exercise: "Exercise"
    course: Path | None

    @property
    def path(self) -> Path:
        """The learner's file."""
        return self.workspace.submission(self.exercise)

    @property
    def file(self) -> str:
        """Its path, as short as it can be from here."""
        return shown(self.path)

    def command(self, *words: str) -> str:
        """A command about this exercise, such as ``command("hint")`` or ``command()``."""
        verb, options = words[:1], words[1:]
        return command(self.course, *verb, self.exercise.id, *options)

    def source(self) -> str:
        """The text of the learner's file.

        Raises:
            Complaint: there is none, or it can't be read.
        """
        return self.content().decode("utf-8", "replace")

    def content(self) -> bytes:
        """The bytes of the learner's file.

        Raises:
            Complaint: there is none, or it can't be read.
        """
        from grader.folder import read

        try:
            content = read(self.path, _MOST + 1)
        except FileNotFoundError:
            raise Complaint(texts.file_gone(self.file, self.command("reset"))) from None
        except IsADirectoryError:
            raise Complaint(texts.file_is_folder_all(self.file)) from None
        except PermissionError:
            raise Complaint(texts.file_unreadable(self.file)) from None
        except OSError as error:
            raise Complaint(texts.file_unsafe(self.file, error.strerror or "")) from None
        if len(content) > _MOST:  # a part of it would be lost in a copy
            raise Complaint(texts.file_huge(self.file, _MOST >> 20, self.command("reset")))
        return content


def find(name: str, course: Path | None) -> Mine:
    """The exercise of that name in the learner's folder.

    Raises:
        Complaint: there is no such folder from here upwards, or it is another user's.
        CourseError: there is no such exercise.
    """
    from grader.course import Course
    from grader.workspace import Workspace

    opened = Course.open(course)
    exercise = opened.exercise(name)
    workspace = Workspace.find(opened)
    if workspace is None:
        raise Complaint(texts.no_workspace_yet(command(course, "init", "work")))
    if workspace.read_only:
        raise Complaint(workspace.read_only)
    return Mine(workspace, exercise, course)
