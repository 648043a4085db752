"""Paths as links, where the terminal has them.

A terminal can't be asked; those that name themselves and have OSC 8 get links. See
https://github.com/Alhadis/OSC8-Adoption.
"""

import os
from pathlib import Path

from rich.text import Text

_TERMS = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm")
_PROGRAMS = ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio")
_VTE = 5000  # the first version of GNOME's and Xfce's terminal that has them, as 0.50.0


def linked(shown: Text, path: Path) -> Text:
    """A path in words as a link to its file; the same words where there are no links."""
    if has_links():
        from rich.style import Style

        shown.stylize(Style(link=path.absolute().as_uri()))
    return shown


def has_links() -> bool:
    """Whether this terminal is known to have links."""
    told = os.environ.get
    vte = told("VTE_VERSION", "")
    return (
        told("TERM", "") in _TERMS
        or told("TERM_PROGRAM", "") in _PROGRAMS
        or bool(told("WT_SESSION") or told("KONSOLE_VERSION"))
        or (vte.isascii() and vte.isdecimal() and int(vte[:9]) >= _VTE)
    ) and told("TERM") != "dumb"
