"""Notices saves, whatever editor makes them and whatever file system they are on."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from grader import submission
from grader.cli.watching.events import Saved

if TYPE_CHECKING:
    from grader.course import Exercise

QUIET = 0.1  # seconds without a further change, after which a save is complete
EMPTY = 0.5  # the same for a file that is empty or gone: an editor is about to fill it
LOOK = 0.5  # seconds: how often files are looked at where the system tells of no save
STEP = 20  # milliseconds that changes are gathered for

FileState = tuple[int, int] | None  # a file's time and size; None without one


class Saves:
    """Notices saves, however an editor writes: in place, in several steps, by renaming.

    Args:
        files: those that are watched.
        over: ends the iteration.
    """

    def __init__(self, files: "Mapping[Exercise, Path]", over: threading.Event) -> None:
        self._files, self._over = files, over
        self._states = self._look()
        self._cells = {exercise: _cells(path) for exercise, path in files.items()}

    def __iter__(self) -> Iterator[Saved]:
        """What is being saved, and then what has been."""
        for _ in self._moments():
            states = self._look()
            changed = [each for each in self._changed(states) if not self._same_cells(each)]
            if not changed:
                self._states = states
            else:
                yield Saved(changed, complete=False)
                states = self._settled()
                changed, self._states = self._changed(states) or changed, states
                self._cells |= {each: _cells(self._files[each]) for each in changed}
                yield Saved(changed, complete=True)

    def _look(self) -> "dict[Exercise, FileState]":
        return {exercise: _state(path) for exercise, path in self._files.items()}

    def _changed(self, states: "dict[Exercise, FileState]") -> "list[Exercise]":
        changed = [each for each in states if states[each] != self._states[each]]
        return sorted(changed, key=lambda each: states[each] or (0, 0))

    def _same_cells(self, exercise: "Exercise") -> bool:
        """Whether its notebook was saved with other outputs only, as Jupyter does by itself."""
        before = self._cells[exercise]
        self._cells[exercise] = _cells(self._files[exercise])
        return before == self._cells[exercise] is not None

    def _settled(self) -> "dict[Exercise, FileState]":
        """What the files are once they have stayed so for a moment."""
        states, since = self._look(), time.monotonic()
        while not self._over.wait(0.01):
            if (seen := self._look()) != states:
                states, since = seen, time.monotonic()
            empty = any(not (states[each] or (0, 0))[1] for each in self._changed(states))
            if time.monotonic() - since >= (EMPTY if empty else QUIET):
                break
        return states

    def _moments(self) -> Iterator[object]:
        """When to look: as soon as the system tells of a change, and every now and then.

        It tells of none on many network drives, nor when the folder is replaced by another.
        """
        from watchfiles import watch

        folders = {path.parent for path in self._files.values()}
        with suppress(OSError, RuntimeError):  # the system has no watch left to give
            yield from watch(
                *(folder for folder in folders if folder.is_dir()),
                watch_filter=None,
                step=STEP,
                rust_timeout=int(LOOK * 1000),
                yield_on_timeout=True,
                stop_event=self._over,
                raise_interrupt=False,
                force_polling=False,
                recursive=False,
            )
        while not self._over.wait(LOOK):
            yield None


def _cells(path: Path) -> list[str] | None:
    """The code of a notebook; ``None`` for a Python file, and for what can't be read."""
    from grader.engine.notebook import NotebookError, read

    if path.suffix == ".ipynb":
        with suppress(OSError, NotebookError):
            return [cell.text for cell in read(submission.read(path))]
    return None


def _state(path: Path) -> FileState:
    with suppress(OSError):
        found = path.stat()
        return found.st_mtime_ns, found.st_size
    return None
