"""What is on a terminal after something was written: characters and their styles, not who moved.

Its screen is as wide as anything, so that what is too wide for a real one can be seen.
"""

import re
from itertools import groupby

_PARTS = re.compile(
    r"\x1b\[([0-9;?]*)([A-Za-z])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[=>78]|(.)", re.S
)
_CELL = (" ", "")


class Emulator:
    """Takes what a program writes, and keeps what is seen of it; a clear begins a new screen.

    Attributes:
        lines: each a list of characters, with the codes of their style.
    """

    def __init__(self) -> None:
        self.lines: list[list[tuple[str, str]]] = [[]]
        self._row = self._column = 0
        self._style = ""

    def feed(self, written: str) -> "Emulator":
        """Take in what was written."""
        for found in _PARTS.finditer(written):
            digits, code, character = found.groups()
            if code:
                self._obey(code, digits)
            elif character:
                self._put(character)
        return self

    @property
    def text(self) -> list[str]:
        """The lines without styles, as they are seen: nothing ends in spaces."""
        lines = ["".join(character for character, _ in line).rstrip() for line in self.lines]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    @property
    def styled(self) -> str:
        """The same with codes for styles, line by line."""
        made = []
        for line in self.lines[: len(self.text)]:
            runs = groupby(line, key=lambda cell: cell[1])
            made.append(
                "".join(f"\x1b[0{style}m" + "".join(c for c, _ in cells) for style, cells in runs)
            )
        return "\x1b[0m\n".join(made)

    def _put(self, character: str) -> None:
        if character == "\n":
            self._row += 1
        elif character == "\r":
            self._column = 0
        elif character == "\b":
            self._column = max(self._column - 1, 0)
        elif character >= " ":
            line = self._line()
            line.extend([_CELL] * (self._column + 1 - len(line)))
            line[self._column] = (character, self._style)
            self._column += 1

    def _line(self) -> list[tuple[str, str]]:
        self.lines.extend([] for _ in range(self._row + 1 - len(self.lines)))
        return self.lines[self._row]

    def _obey(self, code: str, digits: str) -> None:
        first = digits.split(";")[0]
        number = int(first) if first.isdecimal() else 0
        line = self._line()
        match code:
            case "m":
                reset = digits in ("", "0")
                self._style = "" if reset else f"{self._style};{digits}"
            case "A":
                self._row = max(self._row - max(number, 1), 0)
            case "B":
                self._row += max(number, 1)
            case "C":
                self._column += max(number, 1)
            case "D":
                self._column = max(self._column - max(number, 1), 0)
            case "G":
                self._column = max(number, 1) - 1
            case "H":
                self._row = self._column = 0
            case "J" if number in (2, 3):
                self.lines, self._row = [[]], 0
            case "J":
                del line[self._column :], self.lines[self._row + 1 :]
            case "K" if number == 2:
                line.clear()
            case "K":
                del line[self._column :]
