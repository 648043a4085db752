"""What answers are worth, how they are typed, and in which order options stand."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from grader.course import Course
from grader.quiz.answers import asked
from grader.quiz.questions import Choice, Kind, Number, Option, Own, Question, Response, Trace
from grader.quiz.reader import load

QUIZ = Path(__file__).resolve().parents[1] / "courses/quizzes/quizzes/ex1_adding.toml"
DOCS = Path(__file__).resolve().parents[2] / "docs/quizzes.md"
QUESTIONS = {each.id: each for each in load(QUIZ).questions}


def question(id: str) -> Question:
    return QUESTIONS[id]


@pytest.mark.parametrize(
    ("id", "given", "share"),
    [
        ("even-numbers", ("two", "four"), 1),
        ("even-numbers", ("two",), 0.5),
        ("even-numbers", ("two", "three", "four"), 0.5),
        ("even-numbers", ("two", "three"), 0),
        ("even-numbers", ("three",), 0),
        ("how-long", 1200.0, 1),
        ("how-long", 1200.5, 0),
        ("prints-what", "[1, 2]", 1),
        ("prints-what", " [1,  2] \n", 1),
        ("prints-what", "[ 1,2 ]", 1),
        ("prints-what", "【１， 2】\u200b", 1),
        ("prints-what", "[1\u00a0, 2]", 1),
        ("prints-what", "[1 2]", 0),
        ("prints-what", "[1,\n2]", 0),
    ],
)
def test_shares(id: str, given: Response, share: float) -> None:
    assert question(id).judge(given) == share


@pytest.mark.parametrize(
    ("answer", "tolerance", "given", "share"),
    [
        (0.3, 0.05, 0.25, 1),
        (0.3, 0.05, 0.35, 1),
        (0.3, 0.05, 0.1 + 0.2, 1),
        (0.3, 0.05, 0.24, 0),
        (0.3, 0.05, 0.36, 0),
        (0.3, 0.0, 0.1 + 0.2, 1),
        (0.0, 0.0, 0.0, 1),
        (0.0, 0.0, -0.0, 1),
        (0.0, 0.0, 5e-324, 0),
        (0.0, 0.5, 0.5, 1),  # both are exact in binary: nothing but <= takes the border
        (0.0, 0.5, -0.5, 1),
        (0.0, 0.5, 0.5000000000000001, 0),
        (0.0, 0.5, "0", 0),
    ],
)
def test_a_number_within_its_tolerance(
    answer: float, tolerance: float, given: Response, share: float
) -> None:
    made = Number(
        id="a", concepts=("c",), prompt="?", answer=answer, tolerance=tolerance, why="So."
    )
    assert made.judge(given) == share


def test_no_kind_is_forgotten() -> None:
    classes = {each.kind: each for each in get_args(Question)}
    assert set(classes) == set(Kind) and len(classes) == len(get_args(Question))
    assert {type(each) for each in QUESTIONS.values()} == set(classes.values())
    kinds = DOCS.read_text("utf-8").partition("## Kinds")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", kinds, re.MULTILINE) == list(Kind)


def test_each_kind_knows_its_key_and_takes_it_back() -> None:
    keys = {each.id: each.key for each in load(QUIZ).questions}
    assert keys == {
        "two-and-two": ("four",),
        "even-numbers": ("two", "four"),
        "how-long": 1200.0,
        "prints-what": "[1, 2]",
        "your-sum": ("sum",),
    }
    for each in load(QUIZ).questions:
        assert each.judge(each.key) == 1
        assert each.accept(each.kept(each.key)) == each.key


def test_what_is_kept_and_what_is_read() -> None:
    several, number = question("even-numbers"), question("how-long")
    assert several.kept(("four", "two")) == ["two", "four"]
    assert question("two-and-two").words(("joined",)) == ["`22`"]
    assert number.kept(1200.0) == ["1200"] and number.kept(0.5) == ["0.5"]
    assert number.kept(1e15) == ["1000000000000000.0"] and number.kept(-2.0) == ["-2"]


def test_typical_wrong_answers_have_a_reason() -> None:
    number, trace = question("how-long"), question("prints-what")
    assert isinstance(number, Number) and isinstance(trace, Trace)
    assert number.reason(1.0) == "That is the length before it is repeated."
    assert number.reason(2.0) == ""
    assert trace.reason(" 3") == "That is the length of all words together."
    assert trace.reason("4") == ""


def test_of_options_with_the_same_value_the_right_one_is_left() -> None:
    own = question("your-sum")
    assert isinstance(own, Own)
    computed = own.computed(["23", "203", "23", "17"])
    assert [(each.id, each.text) for each in computed.options] == [
        ("sum", "23"),
        ("joined", "203"),
        ("difference", "17"),
    ]
    late = replace(own, options=own.options[::-1]).computed(["17", "23", "203", "23"])
    assert [each.id for each in late.options] == ["difference", "sum", "joined"]


@pytest.mark.parametrize(
    ("id", "text", "given"),
    [
        ("two-and-two", "2", ("joined",)),
        ("two-and-two", " ２ ", ("joined",)),
        ("two-and-two", "1 2", None),
        ("two-and-two", "4", None),
        ("two-and-two", "0", None),
        ("two-and-two", "two", None),
        ("two-and-two", "", None),
        ("even-numbers", "3, 1", ("two", "four")),
        ("even-numbers", "1 1", ("two",)),
        ("even-numbers", "1;4", None),
        ("how-long", "1,200", None),  # or 1.2?
        ("how-long", "1,200,000", 1200000.0),
        ("how-long", "1200,250", 1200.25),
        ("how-long", "1 200", 1200.0),
        ("how-long", "1.2e3", 1200.0),
        ("how-long", "-7", -7.0),
        ("how-long", "1,2", 1.2),
        ("how-long", "0,004", 0.004),
        ("how-long", "-0,125", -0.125),
        ("how-long", ",5", 0.5),
        ("how-long", "100,480", None),
        ("how-long", "- 1,200", None),
        ("how-long", "１，４８０", None),
        ("how-long", "100.480", 100.48),
        ("how-long", "100 480", 100480.0),
        ("how-long", "100\u202f480", 100480.0),
        ("how-long", "100'480", 100480.0),
        ("how-long", "1.234.567", 1234567.0),
        ("how-long", "1.234,5", 1234.5),
        ("how-long", "1,234.5", 1234.5),
        ("how-long", "0,004,5", None),
        ("how-long", "1,23,456", None),
        ("how-long", "1/255", None),
        ("how-long", "0.4 %", 0.004),
        ("how-long", "83%%", None),
        ("how-long", "%", None),
        ("how-long", "１００４８０", 100480.0),
        ("how-long", "０．００４", 0.004),
        ("how-long", "−３", -3.0),
        ("how-long", "٣٫٥", 3.5),
        ("how-long", "1_200", 1200.0),
        ("how-long", "9" * 400, None),
        ("how-long", "1200\u200b", 1200.0),
        ("two-and-two", "1)", ("four",)),
        ("two-and-two", "（2）", ("joined",)),
        ("two-and-two", "2.1", None),
        ("even-numbers", "３、１", ("two", "four")),
        ("prints-what", "［１，　２］", "[1, 2]"),
        ("how-long", "nan", None),
        ("how-long", "inf", None),
        ("how-long", "many", None),
        ("prints-what", " [1, 2]", "[1, 2]"),
        ("prints-what", "   ", None),
    ],
)
def test_typed_answers(id: str, text: str, given: Response | None) -> None:
    assert question(id).parse(text) == given


def test_lines_of_a_trace() -> None:
    made = Trace(id="a", concepts=("c",), prompt="?", answer="1\n2\n", why="So.")
    assert made.lines == 2
    assert made.judge("1 \n 2") == 1 and made.judge("1 2") == 0
    assert made.parse("1\n2") == "1\n2" and made.parse("\n ") is None


def test_answers_of_a_file() -> None:
    several = question("even-numbers")
    assert several.accept([1, "four"]) == ("two", "four")
    assert several.accept(["four", "two", 1]) == ("two", "four")
    assert several.accept("three") == ("three",)
    assert several.accept(True) is None
    assert several.accept("five") is None and several.accept([]) is None
    assert several.accept(["1", "３"]) == ("two", "four")
    assert several.accept("4") is None and several.accept(0) is None and several.accept(-1) is None
    assert question("how-long").accept(1200) == 1200
    assert (
        question("how-long").accept("1,200") is None and question("how-long").accept("1,2") == 1.2
    )
    assert question("prints-what").accept([1, 2]) is None
    assert question("prints-what").accept({"a": 1}) is None


def test_one_option_is_named_by_id_text_or_number() -> None:
    choice = question("two-and-two")
    for value in ("four", "`4`", "1", 1, ["four"]):
        assert choice.accept(value) == ("four",), value
    assert choice.accept(["four", "zero"]) is None
    assert choice.accept("FOUR") is None
    options = (Option("a", "b", True, "So."), Option("b", "a", False, "So."))
    crossed = Choice(id="q", concepts=("c",), prompt="?", options=options)
    assert crossed.accept("b") == ("b",)  # an id before a text


def test_what_was_kept_before_options_had_ids_is_understood() -> None:
    assert question("two-and-two").accept(["`22`"]) == ("joined",)
    assert question("even-numbers").accept(["two", "four"]) == ("two", "four")
    assert question("how-long").accept(["1200"]) == 1200.0
    assert question("prints-what").accept(["[1, 2]"]) == "[1, 2]"


# the order of options


def test_the_order_is_stable_and_a_learner_s_own() -> None:
    found = question("two-and-two")
    assert isinstance(found, Choice)
    orders = {learner: found.ordered(learner).options for learner in map(str, range(50))}
    assert len({tuple(each.id for each in options) for options in orders.values()}) == 6
    for learner, options in orders.items():
        assert found.ordered(learner).options == options
        assert set(options) == set(found.options)


def test_the_order_does_not_depend_on_what_options_say() -> None:
    found = question("two-and-two")
    assert isinstance(found, Choice)
    reworded = replace(
        found, options=tuple(replace(o, text=f"not {o.text}") for o in found.options)
    )
    for learner in map(str, range(20)):
        ids = [each.id for each in found.ordered(learner).options]
        assert [each.id for each in reworded.ordered(learner).options] == ids


def test_the_order_can_be_kept() -> None:
    several = question("even-numbers")
    assert all(several.ordered(learner) == several for learner in "abcdef")


def test_an_order_belongs_to_a_learner_an_exercise_and_a_question() -> None:
    exercise = Course.open(QUIZ.parents[1]).exercise("ex1")
    found = question("two-and-two")
    put = asked(exercise, found, "/home/a").question
    assert put == found.ordered("/home/a\0ex1_adding\0two-and-two\0")


def test_positions_of_the_right_option_have_no_pattern() -> None:
    learners = 300
    options = tuple(Option(id, id, id == "a", "So.") for id in "abcd")
    made = [Choice(id=f"q{n}", concepts=("c",), prompt="?", options=options) for n in range(10)]
    exercise = Course.open(QUIZ.parents[1]).exercise("ex1")

    def place(each: Choice, learner: int) -> int:
        put = asked(exercise, each, f"/home/{learner}").question
        assert isinstance(put, Choice)
        return [option.correct for option in put.options].index(True)

    positions = [[place(each, learner) for each in made] for learner in range(learners)]
    for column in zip(*positions, strict=True):
        assert all(45 <= count <= 108 for count in Counter(column).values())  # 75 are expected
    same = sum(a == b for row in positions for a, b in pairwise(row))
    assert 0.21 < same / (learners * 9) < 0.29  # a quarter, as if drawn anew for each question
    assert len({tuple(row) for row in positions}) == learners
