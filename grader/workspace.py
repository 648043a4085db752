"""The learner's folder: where it is found, and where its files are."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.course import Course, Exercise
from grader.folder import shared, stranger
from grader.i18n import _
from grader.progress import SCHEMAS, Progress
from grader.store import Store
from grader.store import WorkspaceError as WorkspaceError


@dataclass(frozen=True)
class Workspace:
    """A folder with a learner's files.

    Attributes:
        root: the folder, a path without links.
        flat: whether the files are in the folder itself and not in its ``exercises``; nothing is
            kept there.
        make: a command that makes another folder.
    """

    root: Path
    flat: bool = False
    make: str = "grade init work"

    @classmethod
    def find(
        cls, course: Course, start: Path | None = None, make: str = make
    ) -> "Workspace | None":
        """The workspace of a folder: the nearest at or above it with an exercise of the course.

        Only folders that nobody else may change are searched above the one that one is in; the
        course's own stubs are found from its folder and from ``exercises`` in it.
        """
        here = (start or Path.cwd()).resolve()
        names = [f"{e.stem}{ending}" for e in course.exercises for ending in (".py", ".ipynb")]
        folders = [here, *_searched(here)]
        for folder in folders:
            if _holds(folder / "exercises", names):
                if folder == course.root and here not in (folder, folder / "exercises"):
                    return None
                return cls(folder, make=make)
            inner = folder.name == "exercises" and folder.parent in folders
            if not inner and _holds(folder, names):
                return cls(folder, flat=True, make=make)
        return None

    @property
    def read_only(self) -> str:
        """Why nothing is kept or written here, a sentence; empty in a workspace of one's own."""
        if other := stranger(self.root):
            return _(
                "{root} belongs to {other}, and grade only reads in other users' "
                "folders. `{make}` makes a folder of your own."
            ).format(root=self.root, other=other, make=self.make)
        return ""

    @property
    def store(self) -> Store:
        """The file that keeps progress; one that refuses in a folder where nothing is kept."""
        refusal = self.read_only
        if self.flat:
            refusal = _(
                "{root} is not a workspace: the files are in the folder itself, not "
                "in exercises/. `{make}` makes a workspace."
            ).format(root=self.root, make=self.make)
        return Store(self.root / ".grade" / "progress.sqlite3", SCHEMAS, refusal)

    @property
    def progress(self) -> Progress:
        """What became of its exercises."""
        return Progress(self.store)

    def submission(self, exercise: Exercise) -> Path:
        """The learner's file for an exercise: a notebook where there is one, and no Python file."""
        file = self.root / ("" if self.flat else "exercises") / exercise.stub.name
        notebook = file.with_suffix(".ipynb")
        return notebook if os.path.lexists(notebook) and not os.path.lexists(file) else file

    def submissions(self, course: Course) -> dict[Exercise, Path]:
        """The learner's file of each exercise; in a flat folder, of those that have one there."""
        files = {each: self.submission(each) for each in course.exercises}
        return {e: path for e, path in files.items() if not self.flat or os.path.lexists(path)}

    def contains(self, path: Path) -> bool:
        """Whether a file is in this folder, behind all links."""
        return Path(os.path.realpath(path)).is_relative_to(self.root)  # a loop raises nothing


def _searched(here: Path) -> Iterator[Path]:
    """The folders above that are searched, from the nearest on."""
    for folder in here.parents:
        beside = here.name == "exercises" and folder == here.parent  # as good as standing there
        if stranger(folder) if beside else shared(folder):
            return
        yield folder


def _holds(folder: Path, names: list[str]) -> bool:
    return any((folder / name).is_file() for name in names)
