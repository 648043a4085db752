"""CSV files that a person may edit in a spreadsheet: written safely, read strictly."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TextIO

from grader.errors import ClassError
from grader.i18n import _

MAX_SIZE = 256 << 20  # bytes of a table that is read; 40,000 learners × 8 take about 150 MB
MAX_COLUMNS = 500  # each row has a cell for each of them, also for those that it leaves out
FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # a cell that begins so is a formula to a spreadsheet
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
BOM = "\ufeff"  # without it Excel takes the file for Latin-1


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; ``plain`` undoes it."""
    return f"'{cell}" if cell.startswith((*FORMULA, "'")) else cell


def plain(cell: str) -> str:
    """What ``safe`` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:2] in (*FORMULA, "'") else cell


def write(file: TextIO, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a table, every cell quoted and safe for spreadsheets, one row after the other."""
    file.write(BOM)
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe(row[name]) for name in columns])


def written(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """The same as UTF-8."""
    text = io.StringIO()
    write(text, columns, rows)
    return text.getvalue().encode("utf-8", "replace")


def header(data: bytes, name: str) -> list[str]:
    """The columns of a table, in lower case.

    Raises:
        ClassError: see ``read``.
    """
    found = _names(next(_rows(data, name), (0, []))[1])
    if len(found) > MAX_COLUMNS:
        raise ClassError(
            _("{name}, line 1: there are {count:,} columns. Is this the right file?").format(
                name=name, count=len(found)
            )
        )
    return found


def read(data: bytes, columns: Sequence[str], name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table, with the number of the line that each ends in.

    Args:
        data: the file; comma, semicolon or tab, whichever the header has.
        columns: those that it must have; any order will do.
        name: what the file is called in sentences.

    Raises:
        ClassError: it is no such table.
    """
    rows = _rows(data, name)
    found = _names(next(rows, (0, []))[1])
    if missing := [column for column in columns if column not in found]:
        raise ClassError(
            _("{name}, line 1: there is no column {missing!r}. The columns are: {columns}.").format(
                name=name, missing=missing[0], columns=", ".join(columns)
            )
        )
    for line, row in rows:
        if any(cell.strip() for cell in row[len(found) :]):
            template = _(
                "{name}, line {line}: this row has {count} cells, and line 1 has {titles}. Put "
                "quotes around a cell that has a comma, a semicolon or a tab in it."
            )
            raise ClassError(
                template.format(name=name, line=line, count=len(row), titles=len(found))
            )
        if any(cell.strip() for cell in row):
            cells = dict(zip(found, map(plain, row), strict=False))
            yield line, {column: cells.get(column, "").strip() for column in columns}


def _names(row: Iterable[str]) -> list[str]:
    return [cell.strip().lower() for cell in row]


def _rows(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    text = _text(data, name)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    try:
        for row in rows:
            yield rows.line_num, row
    except csv.Error as error:
        raise ClassError(
            _(
                "{name}, line {line_num}: this is not CSV ({reason}). Save it again from "
                "the spreadsheet, or repair the quotes in that line."
            ).format(name=name, line_num=rows.line_num, reason=error)
        ) from None


def _text(data: bytes, name: str) -> str:
    try:
        # Excel's “Unicode Text” is UTF-16 with tabs
        return data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ClassError(
            _(
                "{name}, line {line}: this is not UTF-8. In the spreadsheet, save the "
                "file as “CSV UTF-8”."
            ).format(name=name, line=line)
        ) from None


def delimiter(text: str) -> str:
    """Comma, semicolon or tab: what the first line has most of, outside of quotes."""
    head = re.sub(r'"[^"]*"', "", text[:10_000]).partition("\n")[0]
    return max(",;\t", key=head.count)
