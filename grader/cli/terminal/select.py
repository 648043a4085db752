"""Lets one choose in a terminal: arrow keys, numbers, space and Enter."""

from collections.abc import Callable
from dataclasses import dataclass, field

from rich.console import RenderableType

from grader.cli.terminal.keys import DOWN, ENTER, FIRST, LAST, REDRAW, SPACE, UP, Keys
from grader.render.screen import Screen

_HIDE, _SHOW = "\x1b[?25l", "\x1b[?25h"  # the cursor
_CLEAR = "\x1b[2J\x1b[H"


@dataclass
class Selection:
    """Where one stands: the position, what is ticked, and whether Enter came too early."""

    current: int = 0
    ticked: set[int] = field(default_factory=set)
    hasty: bool = False


def choose(
    console: Screen,
    count: int,
    draw: Callable[[Selection], RenderableType],
    above: Callable[[], RenderableType] = lambda: "",
    several: bool = False,
    start: int = 0,
) -> tuple[int, ...] | None:
    """Let one of some things be chosen, or several; what was drawn is removed again.

    Args:
        console: a terminal.
        count: how many there are.
        draw: shows them.
        above: shows what stands above them, again where the terminal has got another size.
        several: whether they are ticked.
        start: the position to begin with.

    Returns:
        Positions; ``None`` if the terminal is too low to show the things at once.
    """
    state = Selection(start)
    with Keys() as keys:
        _send(console, _HIDE)
        try:
            rows = _draw(console, draw(state), 0)
            while rows is not None:
                key = keys.read()
                if key == REDRAW:
                    console.fit()
                    _send(console, _CLEAR)
                    console.print(above())
                    rows = 0
                elif key == ENTER and not (several and not state.ticked):
                    _erase(console, rows)
                    return tuple(sorted(state.ticked)) if several else (state.current,)
                else:
                    _press(state, key, count, several)
                rows = _draw(console, draw(state), rows)
        finally:
            _send(console, _SHOW)
    return None


def _press(state: Selection, key: str, count: int, several: bool) -> None:
    state.hasty = key == ENTER
    if key.isdecimal() and 1 <= int(key) <= count:
        state.current = int(key) - 1
    moves = {UP: state.current - 1, DOWN: state.current + 1, FIRST: 0, LAST: count - 1}
    state.current = moves.get(key, state.current) % count
    if several and (key == SPACE or (key.isdecimal() and 1 <= int(key) <= count)):
        state.ticked ^= {state.current}


def _draw(console: Screen, block: RenderableType, rows: int) -> int | None:
    """Draw over what was drawn before; returns its height, ``None`` if it does not fit."""
    with console.capture() as captured:
        console.print(block)
    text = captured.get()
    _erase(console, rows)
    if text.count("\n") >= console.size.height:
        return None
    _send(console, text)
    return text.count("\n")


def _erase(console: Screen, rows: int) -> None:
    if rows:
        _send(console, f"\x1b[{rows}A\r\x1b[J")


def _send(console: Screen, codes: str) -> None:
    """Write our own control codes, or what the console has made."""
    console.file.write(codes)
    console.file.flush()
