"""Reads keys from a terminal, one at a time, as soon as they are pressed."""

import codecs
import os
import re
import select
import signal
import sys
import termios
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any

UP, DOWN, FIRST, LAST, ENTER, SPACE = "up", "down", "first", "last", "enter", " "
WOKEN = "woken"  # no key: what the wait is ended by can be read
REDRAW = "redraw"  # no key: the terminal has another size, or the program was stopped meanwhile

_NAMES = {"A": UP, "B": DOWN, "H": FIRST, "F": LAST, "\r": ENTER, "\n": ENTER}
_NUMBERED = {"[1~": FIRST, "[7~": FIRST, "[4~": LAST, "[8~": LAST}  # tmux, screen, rxvt
_SEQUENCE = 0.05  # seconds within which the rest of an escape sequence comes
_SIGNALS = (signal.SIGWINCH, signal.SIGCONT)


class Keys:
    """Standard input without lines, while this is open; Ctrl-C still interrupts.

    Args:
        wakes: a descriptor that does not block; what comes there ends the wait for a key, and is
            thrown away.

    Attributes:
        resumed: whether the program was stopped before the last ``REDRAW``.
    """

    def __init__(self, wakes: int | None = None) -> None:
        self._fd = sys.stdin.fileno()
        self._wakes = [] if wakes is None else [wakes]
        self.resumed = False
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def __enter__(self) -> "Keys":
        self._settings = _listen(self._fd)
        self._woken, self._waker = os.pipe()
        for end in (self._woken, self._waker):
            os.set_blocking(end, False)
        self._signals: dict[int, Any] = {}
        for number in _SIGNALS:
            self._signals[number] = signal.signal(number, lambda *_: None)
        self._wakeup = signal.set_wakeup_fd(self._waker, warn_on_full_buffer=False)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        signal.set_wakeup_fd(self._wakeup)
        for number, handler in self._signals.items():
            signal.signal(number, handler)
        os.close(self._woken)
        os.close(self._waker)
        with suppress(termios.error):  # the terminal is gone
            termios.tcsetattr(self._fd, termios.TCSADRAIN, self._settings)

    def read(self) -> str:
        """The next key: a name of this module, or the character.

        Raises:
            EOFError: the terminal is gone, or Ctrl-D was pressed.
            KeyboardInterrupt: Ctrl-C was pressed.
        """
        while True:
            ready, _, _ = select.select([self._fd, self._woken, *self._wakes], [], [])
            if self._woken in ready:
                self.resumed = signal.SIGCONT in os.read(self._woken, 1024)
                _listen(self._fd)
                return REDRAW
            for end in self._wakes:
                if end in ready:
                    os.read(end, 1024)
                    return WOKEN
            character = self._character()
            if character == "\x1b":
                return self._escaped()
            if character:
                return _NAMES.get(character, character) if character in "\r\n" else character

    def _escaped(self) -> str:
        sequence = ""
        while select.select([self._fd], [], [], _SEQUENCE)[0]:
            sequence += self._character()
            if re.fullmatch(r"[O\[][0-?]*[@-~]", sequence) or sequence[:1] not in ("O", "["):
                break
        if sequence in _NUMBERED:
            return _NUMBERED[sequence]
        return _NAMES.get(sequence[-1:], "") if sequence[:1] in ("O", "[") else ""

    def _character(self) -> str:
        """One character; nothing while its bytes are not complete, or if Ctrl-C threw it away."""
        try:
            data = os.read(self._fd, 1)
            if not data:
                termios.tcgetattr(self._fd)
        except (OSError, termios.error):  # the terminal is gone
            raise EOFError from None
        if data == b"\x04":
            raise EOFError
        character = self._decoder.decode(data)
        return unicodedata.normalize("NFKC", character)  # a full-width digit or letter is that key


def _listen(terminal: int) -> list[Any]:
    """Keys come one at a time and are not shown; what was typed ahead counts.

    Reading never waits: Ctrl-C throws away the keys before it, also one that ``select`` has just
    seen, and a program that then waited for the next key would not notice the interrupt.

    Returns:
        the settings before.

    Raises:
        EOFError: the terminal is gone, which also continues a program.
    """
    try:
        before = termios.tcgetattr(terminal)
        control = [*before[6]]
        control[termios.VMIN] = control[termios.VTIME] = 0
        local = before[3] & ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(terminal, termios.TCSADRAIN, [*before[:3], local, *before[4:6], control])
    except termios.error:
        raise EOFError from None
    return before


@contextmanager
def unheard() -> Iterator[None]:
    """What is typed meanwhile is neither shown nor read later, where there is a terminal.

    Raises:
        EOFError: the terminal is gone.
    """
    if not sys.stdin.isatty():
        yield
        return
    terminal = sys.stdin.fileno()
    before = _listen(terminal)
    try:
        yield
    finally:
        with suppress(termios.error):  # the terminal is gone
            termios.tcflush(terminal, termios.TCIFLUSH)
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)
