"""A file that was downloaded keeps every byte but those of the cells that are filled."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import GraderError
from grader.export.filling import number
from grader.export.sheet import MAX_SIZE, Sheet

VALUE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=8)
# Python's writer does not quote a carriage return where lines end otherwise
CELL = VALUE.map(lambda value: value.replace("\r", "\n"))


@given(
    st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.booleans(),
)
def test_what_a_csv_writer_has_written_is_read_and_kept(rows, delimiter, end, quoting, bom) -> None:
    rows = [["a", "b"], *rows]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    data = (b"\xef\xbb\xbf" if bom else b"") + text.getvalue().encode()
    sheet = Sheet.parsed(data, "grades.csv")
    assert sheet.delimiter == delimiter
    assert sheet.data() == data
    assert [sheet.cells(row) for row in range(len(sheet.raw))] == rows


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_whatever_can_be_read_is_kept(text: str) -> None:
    try:
        sheet = Sheet.parsed(text.encode(), "grades.csv")
    except GraderError:
        return
    assert sheet.data() == text.encode()


@given(VALUE, st.sampled_from(["", "plain", '"quoted"', '"a ""b"""']))
def test_a_cell_that_is_set_is_what_others_read(value: str, before: str) -> None:
    sheet = Sheet.parsed(f"a,b,c\r\n1,{before},3\r\n".encode(), "grades.csv")
    sheet.set(1, 1, value)
    read = list(csv.reader(io.StringIO(sheet.data().decode(), newline="")))
    assert read[0] == ["a", "b", "c"] and read[1][0] == "1" and read[1][2] == "3"
    assert read[1][1].removeprefix("'") == value.removeprefix("'")
    assert read[1][1][:1] not in tuple("=+@\t\r")
    assert sheet.data().startswith(b"a,b,c\r\n1,") and sheet.data().endswith(b",3\r\n")


def test_a_number_below_zero_is_no_formula() -> None:
    sheet = Sheet.parsed(b'a,b\n1,"2"', "grades.csv")
    sheet.set(1, 1, "-2,5")
    sheet.set(1, 0, "=1+1")
    assert sheet.data() == b'a,b\n\'=1+1,"-2,5"'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a,b\n\xff,1\n", "line 2: this is not UTF-8"),
        (b'a,b\n1,2\n3,"4\n5,6\n', "line 3: a quote opens here and is not closed"),
        (b'a,b\n1,"2""\n', "line 2: a quote opens here and is not closed"),
        (b"PK\x03\x04\0\0", "is no CSV file"),
        (b"x" * (MAX_SIZE + 1), "is larger than 32 MB"),
    ],
)
def test_what_is_no_csv_is_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(GraderError, match=said):
        Sheet.parsed(data, "grades.csv")


def test_a_blank_of_any_kind_around_a_number() -> None:
    assert [number(text) for text in (" 1,5", "1.5\x1f", "1\u3000", "1 2", "")] == [
        *(1.5, 1.5, 1, None, None)
    ]
