"""The console of the quiz commands."""

import os
from contextlib import suppress

from rich.console import Console

from grader.cli.common import console
from grader.render.quiz import THEME
from grader.render.terminal import WIDTH


def screen(*, plain: bool, errors: bool) -> Console:
    """A console for quizzes, at most as wide as lines are pleasant to read.

    Args:
        plain: without any color.
        errors: on standard error: standard output is for a machine.
    """
    return console(theme=THEME, stderr=errors, color_system=None if plain else "auto")


def fit(screen: Console) -> None:
    """Follow a terminal that has got another width."""
    if screen.is_terminal and "COLUMNS" not in os.environ:
        with suppress(OSError, ValueError):
            screen.width = min(os.get_terminal_size(screen.file.fileno()).columns, WIDTH)
