"""A CSV file that another program wrote, of which single cells change and nothing else.

Byte order mark, line ends, quotes, order and what we know nothing of stay as they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from grader.classroom.table import BOM, FORMULA, delimiter
from grader.errors import GraderError
from grader.i18n import _

MAX_SIZE = 32 << 20  # bytes of a file that is filled
_END = re.compile(r"\r\n|\n|\r")


@dataclass
class Sheet:
    """The cells of a file, each as it is written there.

    Attributes:
        name: what the file is called in sentences.
        delimiter: comma, semicolon or tab.
        raw: rows of cells, quotes and all.
        ends: what ends each row.
        bom: whether the file begins with a byte order mark.
    """

    name: str
    delimiter: str
    raw: list[list[str]] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    bom: bool = False

    @classmethod
    def parsed(cls, data: bytes, name: str) -> "Sheet":
        """The file with these bytes.

        Raises:
            GraderError: it is not UTF-8 or no CSV; the text says where.
        """
        if len(data) > MAX_SIZE:
            raise GraderError(
                _(
                    "{name} is larger than {max_size} MB, which no list of grades is. "
                    "Name the file that you downloaded."
                ).format(name=name, max_size=MAX_SIZE >> 20)
            )
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise GraderError(
                _(
                    "{name}, line {line}: this is not UTF-8. Download the file again, "
                    "and do not save it from a spreadsheet; or save it as “CSV UTF-8”."
                ).format(name=name, line=line)
            ) from None
        if "\0" in text:
            raise GraderError(
                _("{name} is no CSV file. Name the file that you downloaded.").format(name=name)
            )
        bom = text.startswith(BOM)
        text = text.removeprefix(BOM)
        sheet = cls(name, delimiter(text), bom=bom)
        for cells, end in _rows(text, sheet.delimiter, name):
            sheet.raw.append(cells)
            sheet.ends.append(end)
        return sheet

    def data(self) -> bytes:
        """The file's bytes; those it was parsed from, where nothing has changed."""
        rows = zip(self.raw, self.ends, strict=True)
        text = "".join(self.delimiter.join(cells) + end for cells, end in rows)
        return (BOM * self.bom + text).encode("utf-8")

    def cells(self, row: int) -> list[str]:
        """The values of a row."""
        return [_value(cell) for cell in self.raw[row]]

    def set(self, row: int, column: int, value: str) -> None:
        """Change a cell; it is quoted if it was, or if its value asks for it.

        A value that a spreadsheet would take for a formula gets an apostrophe, unless it is a
        number.
        """
        old = self.raw[row][column]
        if value.startswith(FORMULA) and not re.fullmatch(r"-?\d+([.,]\d+)?", value):
            value = f"'{value}"
        quoted = old.startswith('"') or any(c in value for c in ('"', "\n", "\r", self.delimiter))
        self.raw[row][column] = '"' + value.replace('"', '""') + '"' if quoted else value


def _value(cell: str) -> str:
    if not cell.startswith('"'):
        return cell
    inner, _, after = cell[1:].rpartition('"')
    return inner.replace('""', '"') + after


def _rows(text: str, delimiter: str, name: str) -> Iterator[tuple[list[str], str]]:
    """Rows as lists of cells with their quotes, and what ends each."""
    rest = rf"[^{delimiter}\r\n]*"
    cell = re.compile(rf'(?P<quoted>"(?:[^"]|"")*+"{rest})|{rest}')
    position, cells = 0, []
    while position < len(text):
        found = cell.match(text, position)
        assert found is not None  # it matches the empty string
        if text.startswith('"', position) and found["quoted"] is None:
            line = text.count("\n", 0, position) + 1
            raise GraderError(
                _(
                    "{name}, line {line}: a quote opens here and is not closed. Download "
                    "the file again, or close the quote."
                ).format(name=name, line=line)
            )
        cells.append(found[0])
        position = found.end()
        if text.startswith(delimiter, position):
            position += 1
            if position == len(text):
                cells.append("")
            continue
        end = _END.match(text, position)
        yield cells, end[0] if end else ""
        cells = []
        position = end.end() if end else position
    if cells:
        yield cells, ""
