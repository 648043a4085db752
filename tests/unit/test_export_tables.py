"""What any program reads: CSV, JSON, JUnit XML, summaries and pages; also of hostile words."""

import csv
import io
import json
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.classroom.adjusting import said
from grader.classroom.manifest import Entry
from grader.export.feedback import archived, for_canvas, for_moodle
from grader.export.filling import FinalGrade
from grader.export.junit import junit
from grader.export.tables import as_csv, as_json, as_summary
from grader.report import CheckResult, Protection, Report, Verdict

HOSTILE = '=HYPERLINK("x") ]]> <script>&amp;\x00\x0b\ud800\u202e\n\u0300' + "\u0301" * 50
SCHEMA = Path(__file__).parents[1] / "data/junit.xsd"


def check(verdict: Verdict, words: str = "w") -> CheckResult:
    points = 2 if verdict is Verdict.PASSED else 0
    return CheckResult(verdict.value, f"{words} {verdict}", verdict, points, 2, words, seconds=1.25)


def report(words: str = "w") -> Report:
    checks = tuple(check(verdict, words) for verdict in Verdict)
    versions = {"grader": "0.1.0"}
    at = datetime(2026, 11, 2, 18, tzinfo=UTC)
    return Report("ex3_flatten", words, "a.py", 7, checks, Protection("full"), versions, 9, time=at)


GRADES = [
    ("ex3_flatten", FinalGrade("ana", HOSTILE, {"moodle": "1", "email": "a@x"}, 7.5, 12)),
    ("ex3_flatten", FinalGrade("bo", "Bo", {}, None, 12, "not graded: killed")),
    ("ex4_outputs", FinalGrade("bo", "Bo", {}, None, 9, "excused", excused=True)),
]


def test_csv_is_read_by_python_and_safe_for_spreadsheets() -> None:
    data = as_csv(GRADES)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["points"] for row in rows] == ["7.5", "", ""]
    assert rows[0]["name"].startswith("'=")
    assert rows[1]["note"] == "not graded: killed"
    assert rows[0]["ids"] == "moodle=1; email=a@x"


def test_json_has_null_where_no_points_count() -> None:
    ana, bo, excused = json.loads(as_json(GRADES))
    assert (ana["points"], bo["points"], excused["excused"]) == (7.5, None, True)
    assert ana["ids"] == {"moodle": "1", "email": "a@x"}


def test_a_summary_has_a_row_for_each_learner() -> None:
    lines = as_summary(GRADES).decode().splitlines()
    assert lines[0] == r"| learner | ex3\_flatten | ex4\_outputs |"
    assert len(lines) == 4
    assert lines[2].endswith("| 7.5/12 |  |") and "<script>" not in lines[2]
    assert lines[3] == "| Bo | not graded | excused |"


def test_a_summary_of_many_stays_within_the_limit() -> None:
    many = [("ex3_flatten", FinalGrade(str(n), f"Name {n}", {}, 1, 2)) for n in range(60_000)]
    assert len(as_summary(many)) <= 1 << 20


def test_junit_counts_each_kind() -> None:
    suites = ET.fromstring(junit([("Ana", report()), ("", report())]))
    ana, nobody = suites
    assert (ana.get("name"), nobody.get("name")) == ("Ana: ex3_flatten", "ex3_flatten")
    assert [ana.get(n) for n in ("tests", "failures", "errors", "skipped")] == ["7", "4", "1", "1"]
    assert len(ana.findall("testcase")) == 7
    assert len(ana.findall("testcase/failure")) == 4
    assert len(ana.findall("testcase/error")) == 1
    assert len(ana.findall("testcase/skipped")) == 1
    assert ana.get("timestamp") == "2026-11-02T18:00:00+00:00"


def test_junit_is_valid_also_with_hostile_words(tmp_path: Path) -> None:
    data = junit([(HOSTILE, report(HOSTILE)), ("Ana", report())])
    assert len(ET.fromstring(data)) == 2
    if shutil.which("xmllint") is None:
        pytest.skip("xmllint is not installed (Debian: libxml2-utils)")
    (tmp_path / "junit.xml").write_bytes(data)
    command = ["xmllint", "--noout", "--schema", str(SCHEMA), str(tmp_path / "junit.xml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (tmp_path / "junit.xml").write_bytes(data.replace(b"tests=", b"count="))
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


def test_a_learner_is_told_how_the_points_came_about() -> None:
    late = said(7.5, 12, "8 − 0.5 for late work")
    assert late == ["Your grade: 7.5 of 12 points (8 − 0.5 for late work)."]
    assert said(3, 12, "") == []
    assert said(None, 12, "excused: ill") == ["Your grade: excused: ill."]


def test_pages_are_named_as_each_system_finds_them() -> None:
    moodle = Entry("ana", "Zoë_X / Y", "ex3_flatten", 1, "a", ids={"moodle": "12"})
    other = Entry("bo", "Bo", "ex3_flatten", 1, "b", ids={"moodle": "../../x"})
    content, nameless = archived([(moodle, b"1"), (other, b"2")], for_moodle)
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert names == ["Zoë X Y_12_assignsubmission_file/ex3_flatten-feedback.html"]
    assert nameless == ["Bo"]
    ids = {"canvas": "5", "canvas_attachment": "6"}
    source = "download.zip/annasmith_LATE_5_6_ex3.py"
    canvas = Entry("ana", "Anna", "ex3_flatten", 1, "a", ids=ids, source=source)
    content, _ = archived([(canvas, b"1")], for_canvas)
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert names == ["annasmith_5_6_ex3_flatten-feedback.html"]
