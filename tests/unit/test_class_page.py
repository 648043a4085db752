"""The gradebook and the class page: what they count, what they show, and what they never show."""

import csv
import io
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from grader.classroom import table
from grader.classroom.adjusting import LateRule, Override, Rules
from grader.classroom.gradebook import RESULT_COLUMNS, Gradebook, result_rows
from grader.classroom.journal import Journal
from grader.classroom.manifest import Policy
from grader.classroom.overview import Overview
from grader.classroom.results import Counted, results
from grader.clean import line
from grader.course import Course
from grader.errors import CourseError
from grader.pages.class_page import Surroundings, class_page
from grader.pages.heatmap import heat_map
from grader.pages.html import document, name, tag
from grader.report import CheckResult, Report, Verdict
from support import SMALL, made_class, made_report

COURSE = Course.open(SMALL)
EX1 = COURSE.exercises[0]
FAILED, ERROR, TIMEOUT = Verdict.FAILED, Verdict.ERROR, Verdict.TIMEOUT
EVIL = "\u202e<script>alert(1)</script>"
SECRET = {
    "given": {"values": {"kind": "value", "type": "str", "text": "SECRET-INPUT"}},
    "printed": "SECRET-PRINTED",
    "exception": {"type": "IndexError", "message": "SECRET-EXCEPTION"},
}
CLASS = [
    ("Ada", EX1.stem, "a = 1", made_report(EX1)),
    ("Ben", EX1.stem, "b = 1", made_report(
        EX1, shares_values=(FAILED, "You divided by how many values there are, not …", {}),
        shares_sum_to_1=(Verdict.BLOCKED, "", {}))),
    ("王芳", EX1.stem, "c = 1", made_report(
        EX1, at_least_positions=(ERROR, "It raised SECRET-EXCEPTION", SECRET))),
    ("=1+1", EX1.stem, "d = 1", made_report(
        EX1, at_least_positions=(ERROR, "It raised SECRET-EXCEPTION", SECRET))),
    (EVIL, EX1.stem, "e = 1", made_report(EX1, shares_sum_to_1=(TIMEOUT, "Not done.", {}))),
    ("Zoë", EX1.stem, "f = 1", None),
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Counted]:
    folder = made_class(tmp_path_factory.mktemp("classes") / "autumn", COURSE, CLASS)
    with Journal.open(folder.root) as journal:
        return list(results(journal, folder.entries(), Policy.LAST))


@pytest.fixture
def overview(found: list[Counted]) -> Overview:
    overview = Overview(COURSE)
    for result in found:
        overview.add(result)
    return overview


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def page(overview: Overview) -> str:
    around = Surroundings("Autumn", "autumn", lambda *words: " ".join(["grade", *words]))
    return class_page(overview, around)


class Read(HTMLParser):
    """What a reader sees of a page: its words, by the element that they are in."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[tuple[str, str]] = []
        self.tags: list[tuple[str, dict]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.open.append(tag)
        self.tags.append((tag, dict(attrs)))
        if tag in ("meta",):
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append((self.open[-1] if self.open else "", data))


def test_points_and_what_is_no_0(found: list[Counted]) -> None:
    book = Gradebook(COURSE)
    for result in found:
        book.add(result)
    header, *people = rows(book.csv())
    assert header == ["learner", "name", "ex1", "ex1 late", "total", "of", "not graded"]
    points = {row[1]: row[2:] for row in people}
    assert points["Ada"] == ["5", "", "5", "5", "0"]
    assert points["Ben"] == ["2", "", "2", "5", "0"]
    assert points["Zoë"] == ["not graded", "", "0", "5", "1"]
    assert "'=1+1" in points
    assert "=1+1" not in points
    assert sum(row[1].startswith("\\u202e") for row in people) == 1, "nothing turns a table around"


def test_late_work_and_grades_set_by_hand(found: list[Counted]) -> None:
    entries = {each.entry.name: each.entry for each in found}
    ada, ben, zoe = entries["Ada"], entries["Ben"], entries["Zoë"]
    by_hand = {
        (each.learner, each.exercise): Override(each.learner, each.exercise, points, "")
        for each, points in ((ben, 4.5), (zoe, None))
    }
    book = Gradebook(COURSE, Rules(LateRule.parsed("10%/day"), overrides=by_hand))
    for result in found:
        late = result.entry is ada
        book.add(replace(result, entry=replace(result.entry, late=late)))
    header, *people = rows(book.csv())
    assert header[-1] == "notes"
    points = {row[1]: row[2:] for row in people}
    note = "ex1: 5 − 0.5 for late work, as it is not known how late"
    assert points["Ada"] == ["4.5", "yes", "4.5", "5", "0", note]
    assert points["Ben"] == ["4.5", "", "4.5", "5", "0", "ex1: set by hand"]
    assert points["Zoë"] == ["excused", "", "0", "0", "0", "ex1: excused"]


def test_a_row_for_each_check(found: list[Counted]) -> None:
    written = table.written(RESULT_COLUMNS, [row for each in found for row in result_rows(each)])
    header, *checks = rows(written)
    assert header == list(RESULT_COLUMNS)
    assert len(checks) == 5 * 3 + 1
    ben = [row for row in checks if row[1] == "Ben"]
    assert [row[5:9] for row in ben] == [
        ["shares_values", "Each share is the value divided by the sum", "failed", "0"],
        ["shares_sum_to_1", "The shares add up to 1", "blocked", "0"],
        ["at_least_positions", EX1.checks[2].title, "passed", "2"],
    ]
    assert checks[-1][7:] == ["not graded", "", "", "", "", "No more processes."]


def test_what_is_counted(overview: Overview) -> None:
    rows = overview.tables[EX1.stem]
    assert [rows.failed(position) for position in range(3)] == [1, 1, 2]
    assert [each.name for each in overview.met()] == ["divides_by_count"]
    (group,) = overview.unexplained()
    assert [each.entry.name for each in group.results] == ["王芳", "=1+1"]
    assert group.seen == "It raised IndexError."
    assert [result.entry.name for result, _ in overview.timeouts] == [line(EVIL)]
    assert [result.why for result in overview.not_graded] == ["No more processes."]
    assert overview.learners[0] == "ada"
    assert overview.share("ada") == 1
    assert overview.share("zoë") == 0


def test_another_answer_is_another_group(overview: Overview, found: list[Counted]) -> None:
    details = SECRET | {"exception": {"type": "IndexError", "message": "another one"}}
    report = made_report(EX1, at_least_positions=(ERROR, "It raised another one", details))
    mark = found[0].mark
    assert mark is not None
    overview.add(Counted(found[0].entry, replace(mark, report=report)))
    assert [len(group.results) for group in overview.unexplained()] == [2, 1]


def test_another_courses_exercise_is_one_sentence(overview: Overview, found: list[Counted]) -> None:
    entry = replace(found[0].entry, exercise="ex7_other")
    with pytest.raises(CourseError, match=r"no such exercise\. Name the course"):
        overview.add(Counted(entry, found[0].mark))


def test_the_page_is_whole_and_quiet(overview: Overview) -> None:
    text = page(overview)
    read = Read(text)
    assert read.open == [], "every element is closed"
    assert "SECRET" not in text
    assert [tag for tag, _ in read.tags if tag in ("script", "link", "img", "iframe")] == []
    assert not [each for _, each in read.tags if "src" in each or "onclick" in each]
    links = [each["href"] for _, each in read.tags if "href" in each]
    assert links
    assert all(link.startswith("#") for link in links)
    ids = [each["id"] for _, each in read.tags if "id" in each]
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in links} <= set(ids)
    shown = [words for element, words in read.words if element == "bdi"]
    assert "\\u202e<script>alert(1)</script>" in shown


def test_every_cell_is_a_word(overview: Overview) -> None:
    (*_, box) = heat_map(overview)
    found = box.find("table")
    assert found is not None
    body = found.findall("tbody/tr")
    assert next(row.findtext("th/bdi") for row in body) == "Ada"
    cells = {row.findtext("th/bdi"): [td.text for td in row.findall("td")] for row in body}
    assert cells["Ben"] == ["40", "wrong", "waiting", "passed"]
    assert cells["王芳"] == ["60", "passed", "passed", "error"]
    assert cells["Zoë"] == ["0", "not graded"]
    scopes = [th.get("scope") for th in found.iter("th")]
    assert set(scopes) == {"col", "colgroup", "row"}


def test_a_large_class_shows_those_with_fewest_points(overview: Overview) -> None:
    *parts, box = heat_map(overview, most=2)
    names = [row.findtext("th/bdi") for row in box.findall("table/tbody/tr")]
    assert len(names) == 2
    assert "Ada" not in names
    assert "2 of 6 learners" in "".join(text for part in parts for text in part.itertext())


def test_the_command_for_the_next_misconception(overview: Overview) -> None:
    assert "grade new ex1 --misconception autumn/submissions/002/ex1_shares/1.py" in page(overview)


def test_a_class_without_results() -> None:
    text = page(Overview(COURSE))
    assert Read(text).open == []
    assert "No check is wrong" in text


@pytest.mark.parametrize("text", ["<b>", "a & b", '"x"', "]]>", "</style><script>", "\x00\x1b"])
def test_whatever_a_string_holds_it_stays_one(text: str) -> None:
    written = document(text, [tag("p", text, title=text), name(text)])
    read = Read(written)
    shown = [words for element, words in read.words if element in ("p", "bdi", "title")]
    clean = text.replace("\x00", "\\x00").replace("\x1b", "\\x1b")
    assert shown == [clean] * 3
    assert [each["title"] for _, each in read.tags if "title" in each] == [clean]


def test_item_analysis_is_over_the_files_that_were_graded(overview: Overview) -> None:
    items = overview.tables[EX1.stem].items
    assert [item.learners for item in items] == [5, 5, 5]
    assert [item.facility.value for item in items] == pytest.approx([80, 60, 60])
    assert not np.isnan([item.discrimination.value for item in items]).any()


def test_a_report_that_could_not_be_loaded(overview: Overview, found: list[Counted]) -> None:
    load = CheckResult("load", "The file loads", ERROR, 0, 0, "line 3: invalid syntax")
    known = made_report(EX1)
    waits = [replace(check, verdict=Verdict.BLOCKED, points=0) for check in known.checks]
    report: Report = replace(known, checks=(load, *waits))
    mark = found[0].mark
    assert mark is not None
    overview.add(Counted(found[0].entry, replace(mark, report=report)))
    (*_, box) = heat_map(overview)
    told = {
        row.findtext("th/bdi"): [td.text for td in row.findall("td")]
        for row in box.findall("table/tbody/tr")
    }
    assert told["Ada"] == ["0", "could not be loaded"]
