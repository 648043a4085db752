"""What `grade watch` has on the screen of one grading, so that it can be drawn again."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import RenderableType

    from grader.render.screen import Screen


class WatchPage:
    """The newest grading on the screen.

    Args:
        screen: where it is shown.
        cleared: whether the screen is cleared for the next grading.

    Attributes:
        below: whether the next grading is shown below what is on the screen, which is to be read.
    """

    def __init__(self, screen: "Screen", cleared: bool) -> None:
        self._screen, self._cleared = screen, cleared
        self._parts: list[RenderableType] = []
        self.below = True

    def begin(self, *parts: "RenderableType") -> None:
        """Show the beginning of a grading."""
        if self.below:
            self.add("")
        else:
            self._screen.clear()
            self._parts = []
        self.below = not self._cleared
        self.add(*parts)

    def add(self, *parts: "RenderableType") -> None:
        """Show more of it."""
        if self._cleared:
            self._parts += parts
        self._screen.print(*parts, sep="\n")

    def leave(self) -> None:
        """A command writes below it: that stays."""
        self._screen.print()
        self.below, self._parts = True, []

    def fit(self, resumed: bool, running: bool, *otherwise: "RenderableType") -> None:
        """Draw it again in a terminal of another size, or after a stop, below a shell's lines.

        Args:
            resumed: whether the program was stopped.
            running: whether rows are being drawn below it.
            otherwise: what to show after a stop where a command has written last.
        """
        self._screen.fit()
        if running:
            if resumed:
                self._screen.print(*self._parts, sep="\n")
        elif self._parts:
            self._screen.clear()
            self._screen.print(*self._parts, sep="\n")
        elif resumed:
            self._screen.print(*otherwise, sep="\n")
