"""Where text goes out: nothing reaches a terminal or a pipe but through here, ``say`` or JSON."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import IO, Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from grader.clean import printable
from grader.render.plain import NARROWEST, WIDTH, unglued


class Screen(Console):
    """A console that shows words as words: no markup, and nothing but our own control codes."""

    def __init__(self, *, widest: int | None = WIDTH, **options: Any) -> None:
        super().__init__(highlight=False, markup=False, emoji=False, **options)
        self._widest = widest
        self._set_width(self.width)
        self.fit()

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """See ``rich``; whatever a text came from, it is cleaned here at the latest."""
        for segment in super().render(renderable, options):
            text, style, control = segment
            yield segment if control else Segment(printable(unglued(text)), style)

    def print(self, *objects: Any, crop: bool = False, **options: Any) -> None:
        """See ``rich``; what is too long, such as a command, is not cut: the terminal wraps it."""
        super().print(*objects, crop=crop, **options)

    def render_str(self, text: str, **options: Any) -> Text:
        """See ``rich``; cleaned before it is laid out."""
        return super().render_str(printable(text), **options)

    def fit(self) -> None:
        """Follow a terminal that has got another width."""
        if self.is_terminal and "COLUMNS" not in os.environ:
            with suppress(OSError, ValueError):
                columns, rows = os.get_terminal_size(self.file.fileno())
                if columns:
                    self._set_width(columns)
                if rows and self.is_dumb_terminal:  # rich takes each for one of 80 columns and 25
                    self.height = rows

    def _set_width(self, columns: int) -> None:
        self.width = max(columns if self._widest is None else min(columns, self._widest), NARROWEST)


def write(text: str, end: str = "\n", file: IO[str] | None = None) -> None:
    """Print words as they are, without rich."""
    print(printable(text), end=end, file=file or sys.stdout, flush=True)
