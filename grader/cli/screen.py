"""The console of the quiz commands."""

import os
from contextlib import suppress

from rich.console import Console

from grader.render.quiz import THEME
from grader.render.terminal import WIDTH


def screen(*, plain: bool, errors: bool) -> Console:
    """A console for quizzes, at most as wide as lines are pleasant to read.

    Args:
        plain: without any color.
        errors: on standard error: standard output is for a machine.
    """
    made = Console(
        highlight=False,
        markup=False,
        emoji=False,
        theme=THEME,
        stderr=errors,
        color_system=None if plain else "auto",
    )
    made.width = min(made.width, WIDTH)
    return made


def fit(console: Console) -> None:
    """Follow a terminal that has got another width."""
    if console.is_terminal and "COLUMNS" not in os.environ:
        with suppress(OSError, ValueError):
            console.width = min(os.get_terminal_size(console.file.fileno()).columns, WIDTH)
