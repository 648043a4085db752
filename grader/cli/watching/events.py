"""All that happens while files are watched, in one queue."""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.course import Exercise
    from grader.report import Report


@dataclass(frozen=True)
class Saved:
    """Exercises whose files are being saved, the newest last, and whether that is complete."""

    exercises: "list[Exercise]"
    complete: bool


@dataclass(frozen=True)
class Key:
    """A key was pressed."""

    name: str


@dataclass(frozen=True)
class Resized:
    """The terminal may have another size, or show a shell's lines, if the program was stopped."""

    resumed: bool


@dataclass(frozen=True)
class Done:
    """A grading has ended: with a report, with a sentence, or with neither if it was cancelled."""

    result: "Report | str | None"


@dataclass(frozen=True)
class Failed:
    """A thread has failed."""

    error: BaseException


WatchEvent = Saved | Key | Resized | Done | Failed


class Inbox:
    """Events in the order in which they come.

    Args:
        keys: whether there is a terminal with keys.
    """

    def __init__(self, keys: bool) -> None:
        self._keys = keys
        self._posted: SimpleQueue[WatchEvent] = SimpleQueue()
        self._woken, self._waker = os.pipe()  # ends the wait for a key
        for end in (self._woken, self._waker):
            os.set_blocking(end, False)

    def post(self, event: WatchEvent) -> None:
        """Add an event, from any thread."""
        self._posted.put(event)
        with suppress(BlockingIOError):  # enough is in it
            os.write(self._waker, b"!")

    def run(self, work: Callable[[], None]) -> threading.Thread:
        """Do something in a thread; what goes wrong there is an event."""

        def guarded() -> None:
            try:
                work()
            except BaseException as error:  # also the SystemExit by which rich tells a closed pipe
                self.post(Failed(error))

        thread = threading.Thread(target=guarded, daemon=True)
        thread.start()
        return thread

    def get(self, keys: bool = True) -> WatchEvent:
        """The next event; without keys those are left to whoever reads them afterwards."""
        if not (keys and self._keys):
            return self._posted.get()
        from grader.cli.terminal.keys import REDRAW, WOKEN, Keys

        try:
            with Keys(self._woken) as terminal:
                while self._posted.empty():
                    key = terminal.read()
                    if key == REDRAW:
                        return Resized(terminal.resumed)
                    if key != WOKEN:
                        return Key(key.lower())
        except EOFError:
            return Key("x")
        return self._posted.get()
