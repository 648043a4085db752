"""Where commands write: results on a console, sentences beside them on standard error."""

import shutil
import sys
import textwrap
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from grader.clean import clean, sentence
from grader.render.plain import NARROWEST, WIDTH, glued, unglued

if TYPE_CHECKING:
    from grader.render.screen import Screen


def say(words: str) -> None:
    """Show a sentence that is no result, with words whole at a terminal's edge."""
    text = sentence(words)
    if sys.stderr is None:  # it was closed before we began
        return
    if sys.stderr.isatty():
        width = max(min(shutil.get_terminal_size().columns, WIDTH), NARROWEST) - 1
        lines = textwrap.wrap(
            glued(text, width), width, break_long_words=False, break_on_hyphens=False
        )
        text = unglued("\n".join(lines))
    with suppress(OSError):  # nobody to tell
        print(text, file=sys.stderr, flush=True)


def say_lines(text: str) -> None:
    """Show lines as they are, beside the results."""
    if sys.stderr is not None:
        with suppress(OSError):
            print(clean(text), file=sys.stderr, flush=True)


def console(**options: Any) -> "Screen":
    """Standard output, at most as wide as lines are pleasant to read; with rich's options."""
    from grader.render.screen import Screen

    return Screen(**options)
