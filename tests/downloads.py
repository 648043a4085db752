"""Downloads that are imported into a class."""

from pathlib import Path

from grader.classroom.classfolder import ClassFolder
from grader.classroom.intake.importing import Imported, import_downloads
from grader.course import Course


def imported(folder: Path, *downloads: Path, **more: object) -> Imported:
    """What becomes of downloads in the class ``class`` of a folder."""
    place = ClassFolder.open(folder / "class", make=True)
    with place.locked():
        return import_downloads(place, Course.open(), downloads, **more)  # type: ignore[arg-type]


def who(found: Imported) -> list[tuple[str, str, int]]:
    """Learner, exercise and version of each new submission."""
    return sorted((e.learner, e.exercise.partition("_")[0], e.version) for e in found.new)
