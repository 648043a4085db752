"""Finds a learner's file for one exercise in the folder that a service fills."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from grader import folder
from grader.course import Exercise
from grader.i18n import _
from grader.submission import MAX_NOTEBOOK

_DEPTH, _ENTRIES = 6, 5_000  # of folders that are looked at
_ENDINGS = (".py", ".ipynb")
_FOREIGN = {"__MACOSX", "__pycache__", "node_modules", "site-packages", "venv"}


def find(place: Path, exercise: Exercise) -> Path | str:
    """The file to grade, or a sentence that says why there is none.

    A file of the exercise's name counts before all others, the one nearest to the top, and Python
    before a notebook; without one, the only file that defines something that the exercise asks for.

    Args:
        place: the folder, in which no link is followed; or the file itself.
        exercise: what was to be handed in.
    """
    if place.is_file() and not place.is_symlink():
        return place
    wanted = f"{exercise.stem}.py"
    files = sorted(_files(place), key=lambda path: (len(path.parts), path))
    for ending in _ENDINGS:
        named = [path for path in files if path.name.lower() == f"{exercise.stem}{ending}".lower()]
        if named:
            return named[0]
    code = [path for path in files if path.suffix.lower() in _ENDINGS]
    fitting = [path for path in code if _defines(path, exercise.required)]
    if len(fitting) == 1 or len(code) == 1:
        return (fitting or code)[0]
    if not code:
        return _("There is no Python file in what you handed in. Hand in {wanted}.").format(
            wanted=wanted
        )
    names = ", ".join(path.name for path in (fitting or code)[:5])
    return _("It is not clear which file to grade: {names}. Hand in {wanted} alone.").format(
        names=names, wanted=wanted
    )


def _files(place: Path) -> Iterator[Path]:
    left = _ENTRIES
    waiting = [(place, _DEPTH)]
    while waiting:
        here, deeper = waiting.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            left -= 1
            if left < 0:
                return
            if entry.name.startswith(".") or entry.name in _FOREIGN:
                continue
            if entry.is_dir(follow_symlinks=False) and deeper:
                waiting.append((Path(entry.path), deeper - 1))
            elif entry.is_file(follow_symlinks=False):
                yield Path(entry.path)


def _defines(path: Path, functions: tuple[str, ...]) -> bool:
    try:
        data = folder.read(path, MAX_NOTEBOOK)
    except OSError:
        return False
    if path.suffix.lower() == ".ipynb":  # the lines of its cells are strings
        data = data.replace(b"\\n", b"\n").replace(b'"', b"\n")
    names = "|".join(map(re.escape, functions)).encode()
    return re.search(rb"^(?:async +)?(?:def|class) +(?:%s)\b" % names, data, re.M) is not None
