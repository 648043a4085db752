"""Grades filled into what was downloaded: each system's columns, people, signs and silences."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grader.classroom.adjusting import LateRule, Rules, overrides
from grader.classroom.classfolder import ClassFolder, Settings
from grader.classroom.manifest import Entry
from grader.course import Course
from grader.errors import ClassError, GraderError
from grader.export import brightspace, canvas, moodle
from grader.export.filling import Fate, FinalGrade, fill, names, words
from grader.export.grades import scaled, total
from grader.export.sheet import Sheet

EX3 = Course.open().exercise("ex3")
DUE = datetime(2026, 11, 2, 18, tzinfo=UTC)


def grade(
    learner: str, points: float | None, most: float = 10, note: str = "", **ids
) -> FinalGrade:
    return FinalGrade(learner, learner.title(), ids, points, most, note)


def entry(late: bool = False, hours: float | None = None, learner: str = "ana") -> Entry:
    submitted = None if hours is None else DUE + timedelta(hours=hours)
    return Entry(learner, learner.title(), "ex3_flatten", 1, "a.py", late=late, submitted=submitted)


# Moodle

ENGLISH = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments\n"
    '"Participant 101","Ana ""A"" López",ana@example.org,Submitted,,10.00,Yes,"Monday, 2",-,\n'
    "Participant 102,\u202eBo\u202c,bo@example.org,Submitted,7.00,10.00,Yes,-,-,\n"
    'Participant 103,"=Cy,\nDoe",cy@example.org,Submitted,5.00,10.00,No,-,-,"=1+1"\n'
    "Participant 104,Dee,dee@example.org,No submission,,10.00,Yes,-,-,\n"
)


def filled(text: str, grades: list[FinalGrade], bom: bool = False) -> tuple[str, dict[str, Fate]]:
    data = (b"\xef\xbb\xbf" if bom else b"") + text.encode()
    sheet = Sheet.parsed(data, "grades.csv")
    lines = fill(sheet, moodle.worksheet(sheet), grades)
    assert sheet.data().startswith(b"\xef\xbb\xbf") == bom
    return sheet.data().decode("utf-8-sig"), {line.who: line.fate for line in lines}


def test_a_moodle_worksheet_keeps_all_but_the_grades() -> None:
    grades = [
        grade("ana", 9.5, moodle="101"),
        grade("bo", 7, moodle="102"),
        grade("cy", 6, moodle="103"),
        grade("eve", 3, moodle="999"),
    ]
    for bom in (False, True):
        text, fates = filled(ENGLISH, grades, bom)
        assert text == ENGLISH.replace("Submitted,,10.00", "Submitted,9.50,10.00", 1)
    assert fates == {
        "Ana": Fate.FILLED,
        "Bo": Fate.SAME,
        "Cy": Fate.LEFT,
        "Participant 104": Fate.NOBODY,
        "Eve": Fate.MISSING,
    }
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[1][4] == "9.50" and read[3][1] == "=Cy,\nDoe"


def test_what_moodle_would_skip_is_said() -> None:
    sheet = Sheet.parsed(ENGLISH.encode(), "grades.csv")
    grades = [
        grade("ana", 12, moodle="101"),
        grade("bo", None, note="not graded: killed", moodle="102"),
        grade("cy", 6, moodle="103"),
        grade("dee", 1, moodle="104"),
    ]
    why = {line.who: line.why for line in fill(sheet, moodle.worksheet(sheet), grades)}
    assert why["Ana"] == "12 points are over the maximum of 10"
    assert why["Bo"] == "not graded: killed"
    assert why["Cy"] == "the system says that this grade can't be changed"
    assert why["Dee"] == ""


SPANISH = (
    "Identificador;Nombre completo;Calificación;Calificación máxima;"
    "Última modificación (calificación)\r\n"
    'Participante101;Ana López;"";10,00;-\r\n'
    "Participante102;Bo;7,00;10,00;-\r\n"
)


def test_a_spanish_worksheet_has_commas_and_its_own_line_ends() -> None:
    grades = [grade("ana", 9.5, moodle="101"), grade("bo", 8, moodle="102")]
    text, fates = filled(SPANISH, grades)
    assert text == SPANISH.replace('""', '"9,50"').replace("7,00", "8,00")
    assert set(fates.values()) == {Fate.FILLED}


def test_the_dates_of_a_spanish_worksheet_mean_nothing_to_moodle() -> None:
    english, spanish = (Sheet.parsed(each.encode(), "g.csv") for each in (ENGLISH, SPANISH))
    assert "Download a fresh one" in moodle.advice(english)
    assert "tick the box" in moodle.advice(spanish)


def test_a_worksheet_in_an_unknown_language_is_read_by_its_cells() -> None:
    text = "Tunnus,Nimi,Arvosana,Yli,Muutettu\nHenkilö 1,Ana,,8.00,-\nHenkilö 2,Bo,,8.00,-\n"
    told, fates = filled(text, [grade("bo", 5, moodle="2")])
    assert told == text.replace("Bo,,", "Bo,5.00,")
    assert fates["Henkilö 1"] is Fate.NOBODY


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "has no rows of learners"),
        ("Identifier,Grade\n", "has no rows of learners"),
        ("Name,Grade\nAna,3\n", "no column with cells like “Participant 123”"),
        ("Identifier,Foo\nParticipant 1,x\nParticipant 2,y\n", "not clear which column"),
        ("ID,Grade,Note\nParticipant 1,2,3\nParticipant 2,3,4\n", "not clear which column"),
        ("ID,Grade\nParticipant 1,2\nParticipant 1,3\n", "more than one row of Participant 1, so"),
    ],
)
def test_what_is_no_worksheet_is_one_sentence(text: str, said: str) -> None:
    with pytest.raises(GraderError, match=said) as error:
        moodle.worksheet(Sheet.parsed(text.encode(), "grades.csv"))
    assert "\n" not in str(error.value)


def test_a_column_may_be_named() -> None:
    sheet = Sheet.parsed(b"ID,Grade,Note\nParticipant 1,2,3\nParticipant 2,3,4\n", "g.csv")
    assert moodle.worksheet(sheet, "note").grade == 2
    with pytest.raises(GraderError, match="has no column 'points'"):
        moodle.worksheet(sheet, "points")


def test_rows_of_another_length_are_left_alone() -> None:
    text = ENGLISH + "Participant 105\n\nParticipant 106,Fay,f@x.org,,,10.00,Yes,-,-,,more\n"
    told, _ = filled(text, [grade("fay", 5, moodle="106")])
    assert told == text.replace("f@x.org,,,", "f@x.org,,5.00,")


def test_each_member_of_a_team_gets_the_grade_of_the_team() -> None:
    text = (
        "Identifier,Full name,Group,Grade,Maximum Grade\n"
        "Participant 5,Ana,Team_A ,,10.00\nParticipant 6,Bo,Team A,,10.00\n"
        "Participant 7,Cy,Team 2,,10.00\nParticipant 8,Dee,,,10.00\n"
    )
    teams = [FinalGrade("a", "Team A", {"moodle": "8"}, 4, 10)]
    teams += [FinalGrade("2", "Team 2", {"moodle": "5"}, 6, 10)]  # not participant 5
    told, fates = filled(text, teams)
    assert [row.split(",")[3] for row in told.splitlines()[1:]] == ["4.00", "4.00", "6.00", ""]
    assert list(fates.values()).count(Fate.FILLED) == 2 and Fate.MISSING not in fates.values()


def test_feedback_is_where_moodle_looks_for_it() -> None:
    path = moodle.feedback_path("Zoë_van der / Berg", "123", "ex3_feedback.html")
    split = path.split("_", 4)
    assert len(split) >= 4
    assert split[1] == "123" and "_".join(split[2:4]).startswith("assignsubmission_file/")
    assert path.count("/") == 1


# Canvas

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Exercise 3 (77),ex4 outputs (78),"
    "ex3 total (read only)\r\n"
    "    Points Possible,,,,,10.0,5.0,(read only)\r\n"
    '"López, Ana",501,s1,ana@x.org,A,,1.00,3\r\n'
    '"Student, Test",999,,,A,,,\r\n'
    '"Doe, Bo",502,,bo@x.org,A,8.00,,\r\n'
)


def test_a_canvas_gradebook_is_filled_by_exercise() -> None:
    sheet = Sheet.parsed(CANVAS.encode(), "c.csv")
    layout = canvas.gradebook(sheet, EX3)
    assert (layout.grade, layout.first, layout.possible) == (5, 2, 10)
    excused = FinalGrade("bo", "Bo Doe", {"email": "BO@x.org"}, None, 10, "excused", excused=True)
    lines = fill(sheet, layout, [grade("ana", 12.25, canvas="501"), excused])
    told = CANVAS.replace("ana@x.org,A,,", "ana@x.org,A,12.25,")
    assert sheet.data().decode() == told.replace("bo@x.org,A,8.00", "bo@x.org,A,EX")
    assert [line.fate for line in lines] == [Fate.FILLED, Fate.NOBODY, Fate.FILLED]


def test_a_canvas_gradebook_with_names_apart_totals_and_what_is_not_assigned() -> None:
    """As the editions since 2022 write it; what they skip without a word is told."""
    text = (
        "LastName,FirstName,ID,SIS Login ID,Integration ID,Section,Exercise 3 (77),"
        "Exercise 3 Current Score (1),Exercise 3 Unposted Final Points (1)\r\n"
        ",,,,,,Manual Posting,,\r\n"
        "    Points Possible,,,,,,10.00,(read only),(read only)\r\n"
        'Núñez,"Ana, María",501,ana,,A,,80,8\r\nDoe,Bo,502,bo,,A,N/A,,\r\n'
        "Li,Cy,503,cy,,A and B,n/a,,\r\nWu,Dee,,,,A,,,\r\n"
    )
    sheet = Sheet.parsed(text.encode(), "c.csv")
    layout = canvas.gradebook(sheet, EX3)
    assert (layout.grade, layout.first, layout.possible) == (6, 3, 10)
    excused = FinalGrade("cy", "Cy Li", {"canvas": "503"}, None, 10, "excused", excused=True)
    found = [grade("ana", 7.5, canvas="501"), grade("bo", 8, canvas="502"), excused]
    found += [FinalGrade("dee", "Dee Wu", {}, 3, 10)]
    lines = fill(sheet, layout, found)
    assert [line.fate for line in lines] == [Fate.FILLED, Fate.LEFT, Fate.LEFT, Fate.FILLED]
    assert lines[1].why == "in Canvas this is not assigned to them"
    told = text.replace("ana,,A,,80", "ana,,A,7.50,80").replace(
        "Wu,Dee,,,,A,,", "Wu,Dee,,,,A,3.00,"
    )
    assert sheet.data().decode() == told


def test_canvas_columns_may_be_in_any_order_and_rows_may_be_short() -> None:
    text = (
        "ID,ex3_flatten (77),Section,Student\r\n,10\r\n,10.0,,    Points Possible\r\n\r\n"
        '501,,A,"López, Ana"\r\n'
    )
    sheet = Sheet.parsed(text.encode(), "c.csv")
    layout = canvas.gradebook(sheet, EX3)
    assert (layout.grade, layout.first, layout.possible) == (1, 4, 10)
    fill(sheet, layout, [grade("ana", 3, canvas="501")])
    assert sheet.data().decode() == text.replace("501,,", "501,3.00,")


def test_a_login_is_an_email_or_a_username() -> None:
    sheet = Sheet.parsed(CANVAS.replace("bo@x.org", "bo7").encode(), "c.csv")
    layout = canvas.gradebook(sheet, EX3)
    two = [grade("ana", 1, email="ana@x.org"), grade("bo", 2, username="bo7")]
    fates = [line.fate for line in fill(sheet, layout, two)]
    assert fates == [Fate.FILLED, Fate.NOBODY, Fate.FILLED]


@pytest.mark.parametrize(
    ("title", "is_it"),
    [
        *[("ex3_flatten", True), ("Exercise 03", True), ("EX-3: shapes", True)],
        *[(EX3.title, True), ("ex33", False), ("annex 3", False), ("Exercise 1.3", False)],
    ],
)
def test_the_title_of_a_column_names_an_exercise(title: str, is_it: bool) -> None:
    assert names(EX3, title) is is_it


def test_a_canvas_name_counts_where_there_is_no_number() -> None:
    sheet = Sheet.parsed(CANVAS.encode(), "c.csv")
    two = [
        FinalGrade("x", "bo DOE", {}, 1, 10),
        FinalGrade("y", "Ana Lopez", {"canvas": "7"}, 1, 10),
    ]
    lines = {line.who: line for line in fill(sheet, canvas.gradebook(sheet, EX3), two)}
    assert lines["bo DOE"].why == "found by name"
    assert lines["Ana Lopez"].fate is Fate.MISSING, "its number is another one's"


def test_two_of_one_name_are_nobody() -> None:
    sheet = Sheet.parsed(CANVAS.encode(), "c.csv")
    two = [FinalGrade("x", "Bo Doe", {}, 1, 10), FinalGrade("y", "Doe, Bo", {}, 2, 10)]
    assert Fate.FILLED not in {line.fate for line in fill(sheet, canvas.gradebook(sheet, EX3), two)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no columns “Student” and “ID”"),
        ("Student,ID,Section,Essay (1)\nA,1,s,\n", "not clear which column .* Essay"),
        ("Student,ID,Section,ex3 (1),Exercise 3 b (2)\nA,1,s,,\n", "not clear which column"),
        ("Student,ID,Section,ex3 (1) (read only)\nA,1,s,\n", "none that can be filled"),
        (
            "Student,ID,Section,ex3 (1)\nPoints Possible,,,(read only)\nA,1,s,\n",
            "takes no grades in the column “ex3 \\(1\\)”",
        ),
    ],
)
def test_what_is_no_gradebook_is_one_sentence(text: str, said: str) -> None:
    with pytest.raises(GraderError, match=said):
        canvas.gradebook(Sheet.parsed(text.encode(), "c.csv"), EX3)


def test_a_canvas_column_may_be_named_with_or_without_its_number() -> None:
    sheet = Sheet.parsed(b"Student;ID;Section;Essay (1);Other (2)\nA;1;s;3,5;\n", "c.csv")
    for title in ("Essay", "Essay (1)"):
        layout = canvas.gradebook(sheet, EX3, title)
        assert layout.grade == 3 and layout.comma


def test_canvas_reads_a_decimal_comma_only_between_semicolons() -> None:
    sheet = Sheet.parsed(b'Student,ID,Section,Essay (1)\nA,1,s,"3,5"\n', "c.csv")
    assert not canvas.gradebook(sheet, EX3, "Essay").comma


def test_feedback_has_the_numbers_of_the_download() -> None:
    name = canvas.feedback_name("doejane_LATE_123_456_ex3.py", "123", "456", "feedback.html")
    assert [part for part in name.split("_") if part.isdigit()][:2] == ["123", "456"]
    assert name == "doejane_123_456_feedback.html"


# Brightspace


def test_a_brightspace_list_is_filled() -> None:
    text = (
        "OrgDefinedId,Username,Exercise 3 Points Grade <Numeric MaxPoints:10 Weight:5>,"
        "Exercise 4 Points Grade,End-of-Line Indicator\n#s1,#ana,,4,#\n#s2,#bo,,5,#\n"
    )
    sheet = Sheet.parsed(text.encode(), "b.csv")
    layout = brightspace.grades(sheet, EX3)
    assert layout.possible == 10
    most = b"Username;ex3 Points Grade <Numeric MaxPoints:1,000.5>;End-of-Line Indicator\n"
    unsure = brightspace.grades(Sheet.parsed(most, "b.csv"), EX3)
    assert unsure.possible is None, "no number that is certain"
    assert layout.possible == 10
    fill(sheet, layout, [grade("ana", 3, sid="s1"), grade("bo", 4, username="bo")])
    assert sheet.data().decode() == text.replace("ana,,", "ana,3.00,").replace("bo,,", "bo,4.00,")
    with pytest.raises(GraderError, match="The items are: Exercise 3, Exercise 4"):
        brightspace.grades(sheet, EX3, "Essay")
    with pytest.raises(GraderError, match="End-of-Line"):
        brightspace.grades(Sheet.parsed(b"OrgDefinedId,ex3 Points Grade\n", "b.csv"), EX3)


def test_a_first_and_a_last_name_may_be_in_cells_of_their_own() -> None:
    text = (
        "OrgDefinedId,Last Name,First Name,Exercise 3 Points Grade,End-of-Line Indicator\n"
        "#s1,Núñez,Ana María,,#\n#s2,Doe,Bo,,#\n"
    )
    sheet = Sheet.parsed(text.encode(), "b.csv")
    found = [FinalGrade("x", "Ana María Núñez", {}, 3, 10)]
    lines = fill(sheet, brightspace.grades(sheet, EX3), found)
    assert [line.fate for line in lines] == [Fate.FILLED, Fate.NOBODY]
    assert sheet.data().decode() == text.replace("María,,", "María,3.00,")


# points


def test_late_work_loses_a_share_of_the_points_there_are() -> None:
    rule = LateRule.parsed("10%/day")
    rules = Rules(rule, DUE)
    assert rules.points(entry(hours=-1), 8, 20) == (8, "")
    assert rules.points(entry(hours=0), 8, 20) == (8, "")
    assert rules.points(entry(hours=1), 8, 20) == (6, "8 − 2 for late work")
    assert rules.points(entry(hours=25), 8, 20)[0] == 4
    assert rules.points(entry(hours=999), 8, 20)[0] == 0
    assert rules.points(entry(hours=999), None, 20) == (None, "")
    assert LateRule.parsed("2 % / hour, max 50%").lost(timedelta(hours=40)) == 0.5


def test_a_late_mark_without_a_time_counts_once_and_says_so() -> None:
    rules = Rules(LateRule.parsed("10%/day"))
    assert rules.points(entry(late=True), 8, 20) == (
        6,
        "8 − 2 for late work, as it is not known how late",
    )
    assert rules.points(entry(late=False), 8, 20) == (8, "")


def test_each_exercise_may_have_a_deadline() -> None:
    soon, later = DUE, DUE + timedelta(hours=5)
    of_all = Rules(LateRule.parsed("10%/day"), deadlines={"": soon})
    one = Rules(LateRule.parsed("10%/day"), deadlines={"": soon, "ex3": later})
    assert of_all.points(entry(hours=1), 8, 20) == (6, "8 − 2 for late work")
    assert one.points(entry(hours=1), 8, 20) == (8, "")
    assert one.points(entry(hours=6), 8, 20)[0] == 6
    assert one.is_late(replace(entry(hours=1), exercise="ex30_x"))
    stem = Rules(deadlines={"ex3_flatten": later})
    assert not stem.is_late(entry(hours=1)) and stem.is_late(entry(hours=6))
    typed = Rules(LateRule.parsed("10%/day"), soon, deadlines={"ex3": later})
    assert typed.is_late(entry(hours=1)), "what was typed counts"


@pytest.mark.parametrize("due", [None, datetime.min])
def test_a_deadline_that_no_clock_shows_is_one_sentence(
    tmp_path: Path, due: datetime | None
) -> None:
    folder = ClassFolder.open(tmp_path, make=True)
    folder.keep_settings(Settings(5, due={"ex1": DUE if due else datetime.min}))
    with pytest.raises(ClassError, match="0001-01-01T00:00:00 can't be a deadline"):
        Rules.of(folder, [], None, due)
    folder.keep_settings(Settings(5, due={"ex1": DUE}))
    assert Rules.of(folder, [], None, None).deadlines == {"ex1": DUE}


@pytest.mark.parametrize("text", ["", "10", "10%", "-1%/day", "200%/day", "10%/week", "0%/day"])
def test_what_is_no_rule_is_one_sentence(text: str) -> None:
    with pytest.raises(ClassError, match="Write it like 10%/day"):
        LateRule.parsed(text)


def test_overrides_come_last() -> None:
    table = (
        b"learner,exercise,points,reason\nana,ex3,7,spoke with her\nbo,ex3_flatten,excused,ill\n"
    )
    found = overrides(table, [entry(), entry(learner="bo")])
    rules = Rules(LateRule.parsed("10%/day"), DUE, found)
    assert rules.points(entry(hours=30), 8, 20) == (7, "set by hand: spoke with her")
    assert rules.points(entry(learner="bo"), 8, 20) == (None, "excused: ill")


def test_who_is_late() -> None:
    rules = Rules(due=DUE)
    assert [rules.is_late(entry(hours=hours)) for hours in (-1, 0, 1)] == [False, False, True]
    assert not rules.is_late(entry(late=True, hours=-1)), "the deadline was moved"
    assert rules.is_late(entry(late=True)) and not rules.is_late(entry())
    assert Rules().is_late(entry(late=True, hours=-1))


def test_a_rule_that_takes_nothing_off_anybody_says_so() -> None:
    rule = LateRule.parsed("10%/day")
    assert "no deadline is set" in Rules(rule).doubt([entry(hours=1)])
    assert "Moodle's" in Rules(rule).doubt([entry()]) == Rules(rule, DUE).doubt([entry()])
    assert Rules(rule, DUE).doubt([entry(hours=-1)]) == "", "all were in time"
    assert Rules(rule).doubt([entry(), entry(late=True)]) == Rules(due=DUE).doubt([entry()]) == ""


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("ana,ex3,11,5,spoke with her", "line 2: this row has 5 cells, and line 1 has 4"),
        ("cy,ex3,1,", "line 2: the class has no learner 'cy'"),
        ("ana,ex4,1,", "line 2: the class has no exercise 'ex4'"),
        ("ana,ex3,-1,", "line 2: the points are '-1'; write a number, or excused"),
        ("ana,ex3,nan,", "line 2: the points are 'nan'"),
        ("ana,ex3,1,\nana,ex3,2,", "line 3: ana has two rows for ex3"),
    ],
)
def test_a_wrong_override_is_one_sentence(row: str, said: str) -> None:
    with pytest.raises(ClassError, match=said):
        overrides(f"learner,exercise,points,reason\n{row}\n".encode(), [entry()], ["eve"])
    assert overrides(b"learner,exercise,points,reason\neve,ex3,excused,\n", [entry()], ["eve"])


def test_exercises_are_added_up_unless_one_was_not_graded() -> None:
    found = [
        ("ex1", grade("ana", 3)),
        ("ex2", grade("ana", 4.5)),
        ("ex1", grade("bo", 3)),
        ("ex2", grade("bo", None, note="not graded: killed")),
        ("ex1", FinalGrade("cy", "Cy", {}, None, 10, "excused", excused=True)),
        ("ex2", grade("cy", 2)),
    ]
    ana, bo, cy = total(found)
    assert (ana.points, bo.points, cy.points) == (7.5, None, 2)
    assert bo.note == "ex2: not graded: killed" and not cy.excused
    assert [each.most for each in (ana, bo, cy)] == [20, 20, 10], "what is excused does not count"
    (dee,) = total([("ex2", grade("eve", 2)), ("ex1", grade("dee", 3))])[1:]
    assert dee.most == 20, "what was not handed in does"
    assert scaled(ana, 100).points == 37.5


def test_points_are_scaled() -> None:
    assert scaled(grade("ana", 8, 12), 100) == grade("ana", 66.67, 100)
    assert scaled(grade("ana", None, 12), 100).points is None


def test_names_are_compared_without_order_case_and_signs() -> None:
    assert words("Doe, Jane") == words("jane  DOE")
    assert words("=Jane\u202e") == words("Jane")
    assert words("李 雷") != words("雷")
