"""The image sets, the terminal, and the learner's folder."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from grader.doctor.finding import BAD, GOOD, NOTE, Finding
from grader.i18n import _

if TYPE_CHECKING:
    from grader.course import Course
    from grader.workspace import Workspace

_WIDTH = 60  # columns


def datasets() -> Iterator[Finding]:
    """Whether the bundled images are intact, and whether the full sets are here."""
    from grader.datasets import fashion_mnist, mnist

    for name, load in (("Fashion-MNIST", fashion_mnist.load_data), ("MNIST", mnist.load_data)):
        try:
            train, test = (len(labels) for _images, labels in load())
        except (OSError, ValueError) as error:
            said, _colon, fix = str(error).partition(": ")
            yield Finding(name, BAD, said, fix)
            continue
        found = _("{train:,} + {test:,} bundled images are intact").format(train=train, test=test)
        try:
            train, test = (len(labels) for _images, labels in load(full=True))
        except FileNotFoundError:
            absent = _("the full set is not here, and not needed")
            yield Finding(name, GOOD, f"{found}; {absent}")
        except ValueError as error:
            yield Finding(name, NOTE, found, str(error))
        else:
            whole = _("the full set is here too, {train:,} + {test:,}").format(
                train=train, test=test
            )
            yield Finding(name, GOOD, f"{found}; {whole}")


def terminal() -> Finding:
    """What can be shown here."""
    from rich.console import Console

    real, name = Console(), _("terminal")
    if not real.is_terminal:
        return Finding(name, GOOD, _("none: the output is plain text"))
    colors = {
        "standard": _("16 colors"),
        "256": _("256 colors"),
        "truecolor": _("all colors"),
    }.get(real.color_system or "", _("no colors"))
    found = _("{width} columns, {colors}, {encoding}").format(
        width=real.width, colors=colors, encoding=real.encoding
    )
    if not real.encoding.lower().startswith("utf"):
        fix = _("Some signs are replaced by letters; `export LANG=C.UTF-8` shows them all.")
        return Finding(name, NOTE, found, fix)
    if real.width < _WIDTH:
        fix = _("Make it wider: {width} columns or more are easier to read.").format(width=_WIDTH)
        return Finding(name, NOTE, found, fix)
    return Finding(name, GOOD, found)


def workspace(
    course: "Course", here: "Workspace | None", loss: str, make: str, restore: str
) -> Finding:
    """Whether one is in a workspace, and what is in it.

    Args:
        course: the course.
        here: the workspace that one is in.
        loss: why progress can't be kept in it; empty if it can.
        make: the command that makes a workspace.
        restore: the command that brings missing files back.
    """
    name = _("exercises")
    if here is None:
        fix = _("Go to yours, or make one: `{command}`.").format(command=make)
        return Finding(name, NOTE, _("you are not in a workspace"), fix)
    there = [each for each in course.exercises if here.submission(each).is_file()]
    found = _("{there} of {all} files in {folder}").format(
        there=len(there), all=len(course.exercises), folder=here.root
    )
    if loss:
        fix = _("Your progress can't be saved: {reason}").format(reason=loss)
        return Finding(name, BAD, found, fix)
    if len(there) < len(course.exercises):
        fix = _("To get the others: `{command}`.").format(command=restore)
        return Finding(name, NOTE, found, fix)
    return Finding(name, GOOD, found)
