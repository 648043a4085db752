"""Folders that JPlag and Dolos take as they are, with the stub as the code that does not count.

::

    similar/ex3_flatten/submissions/<learner>/ex3_flatten.py   one folder a learner, as JPlag wants
    similar/ex3_flatten/base/ex3_flatten.py                    the stub
    similar/ex3_flatten/info.csv                               who is who, in Dolos's columns

Sources: https://dolos.ugent.be/docs/adding-metadata, and JPlag's "How to Use JPlag".
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.classroom import table
from grader.classroom.classfolder import ClassFolder
from grader.classroom.manifest import Entry
from grader.classroom.output import learner_folders
from grader.course import Course
from grader.engine.precheck import source
from grader.errors import ClassError
from grader.submission import MAX_NOTEBOOK

SUBMISSIONS, BASE, INFO = "submissions", "base", "info.csv"
_COLUMNS = ("filename", "full_name", "label", "created_at")


@dataclass(frozen=True)
class Comparable:
    """The files of an exercise that were written.

    Attributes:
        stem: the exercise's.
        files: how many.
        skipped: entries without code that can be read.
    """

    stem: str
    files: int
    skipped: tuple[Entry, ...]


def source_of(folder: ClassFolder, entry: Entry) -> str | None:
    """A submission's code; ``None`` if it is gone, too large, or not to be read."""
    try:
        data = folder.read(entry.file, MAX_NOTEBOOK)
    except ClassError:
        return None
    text = None if data is None else source(data)
    return text if isinstance(text, str) else None


def write(
    folder: ClassFolder,
    course: Course,
    entries: Iterable[Entry],
    into: Path,
    *,
    on_file: Callable[[], None] = lambda: None,
) -> list[Comparable]:
    """Write the files that count, by exercise.

    Args:
        folder: the class.
        course: whose stubs are the base code.
        entries: one for each learner and exercise.
        into: an empty folder of the current user's.
        on_file: called after each file.

    Returns:
        the exercises that have at least one file.
    """
    entries = list(entries)
    folders = learner_folders(entries)
    found = []
    for exercise in course.exercises:
        own = [entry for entry in entries if entry.exercise == exercise.stem]
        root, file = into / exercise.stem, f"{exercise.stem}.py"
        rows, skipped = [], []
        for entry in own:
            on_file()
            if (text := source_of(folder, entry)) is None:
                skipped.append(entry)
                continue
            place = Path(SUBMISSIONS, folders[entry.learner])
            (root / place).mkdir(parents=True)
            (root / place / file).write_text(text, "utf-8")
            when = entry.submitted
            cells = (
                *(str(place / file), entry.name, "late" if entry.late else ""),
                f"{when:%Y-%m-%d %H:%M:%S %z}" if when else "",
            )
            rows.append(dict(zip(_COLUMNS, cells, strict=True)))
        if rows:
            (root / BASE).mkdir()
            (root / BASE / file).write_text(exercise.made_stub(), "utf-8")
            (root / INFO).write_bytes(table.written(_COLUMNS, rows).removeprefix(b"\xef\xbb\xbf"))
            found.append(Comparable(exercise.stem, len(rows), tuple(skipped)))
    return found
