"""A path is a link only where the terminal is known to have links."""

import io
from pathlib import Path

import pytest
from rich.text import Text

from grader.render import links, terminal
from grader.render.screen import Screen

NAMES = ("TERM", "TERM_PROGRAM", "WT_SESSION", "KONSOLE_VERSION", "VTE_VERSION")


@pytest.mark.parametrize(
    ("variables", "has"),
    [
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-256color", "VTE_VERSION": "6800"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "4202"}, False),
        ({"TERM": "xterm-256color", "VTE_VERSION": "new"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "vscode"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"TERM": "dumb", "VTE_VERSION": "6800"}, False),
        ({}, False),
    ],
)
def test_where_there_are_links(
    variables: dict[str, str], has: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert links.has_links() is has
    path = Path("/a b/ex1_predictions.py")
    for is_terminal in (True, False):
        screen = Screen(file=io.StringIO(), width=80, force_terminal=is_terminal)
        screen.print(terminal.heading("ex1", "What?", "ex1_predictions.py", path))
        written = screen.file.getvalue()  # type: ignore[attr-defined]
        address = "file:///a%20b/ex1_predictions.py"
        assert (address in written) is (has and is_terminal)
        shown = Text.from_ansi(written).plain
        assert shown.split() == ["ex1", "·", "What?", "ex1_predictions.py"]
