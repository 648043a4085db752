"""Quizzes that are handed in: what the file holds, what is refused, what the class chose."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classroom import table
from grader.classroom.quizzes import (
    ANSWER_COLUMNS,
    QUESTION_COLUMNS,
    QuizResults,
    answer_rows,
    question_rows,
)
from grader.course import Course
from grader.pages.html import tag
from grader.pages.quizzes import quizzes
from grader.quiz.handin import FORMAT, HandIn, HandInError, edition, made, parsed, written
from grader.quiz.questions import Choice, Chosen, Number, Option
from grader.quiz.reader import load
from grader.quiz.store import Answer
from support import QUIZZES

EX1 = Course.open(QUIZZES).exercises[0]
QUIZ = load(EX1.quiz).questions
NOW = datetime(2026, 11, 2, tzinfo=UTC)
OPTIONS = tuple(Option(id, id.upper(), id == "a", "") for id in "abc")
MADE = (
    Choice(id="one", concepts=("x",), prompt="One?", options=OPTIONS),
    Choice(id="two", concepts=("x",), prompt="Two?", options=OPTIONS),
    Number(id="three", concepts=("x",), prompt="<b>Three?", answer=3.0, why=""),
)


def test_it_comes_back_as_it_was_written() -> None:
    handed_in = HandIn(
        "ex1_a", "0" * 16, {"one": ("a",), "many": ("a", "b"), "text": ("2 × 3\n=",)}
    )
    assert parsed(written(handed_in)) == handed_in


def test_the_first_answer_of_the_first_attempt_counts() -> None:
    given = [("one", 1, '["a"]'), ("one", 1, '["b"]'), ("two", 1, '["2.5"]'), ("one", 2, '["c"]')]
    answers = [Answer(EX1.stem, name, n, text, 0, NOW) for name, n, text in given]
    other = Answer("ex9_x", "one", 1, '["z"]', 0, NOW)
    found = made(EX1, [other, *answers])
    assert found == HandIn(EX1.stem, edition(EX1), {"one": ("a",), "two": ("2.5",)})


def valid(**more: object) -> dict[str, object]:
    return {"format": FORMAT, "exercise": "ex1_a", "edition": "0", "answers": {}} | more


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no answers to a quiz"),
        (b"[1, 2]", "no answers to a quiz"),
        (b"\xff\xfe", "no answers to a quiz"),
        (b"[" * 100_000, "no answers to a quiz"),
        (b" " * 300_000, "larger than 256 KiB"),
        (json.dumps(valid(format="other")).encode(), "no answers to a quiz"),
        (json.dumps(valid(exercise=3)).encode(), "are missing in it"),
        (json.dumps(valid(answers=[])).encode(), "are missing in it"),
        (json.dumps(valid(answers={"a": "b"})).encode(), "not a list"),
        (json.dumps(valid(answers={"a": [1]})).encode(), "not a list"),
        (json.dumps(valid(answers={"a": ["x" * 3000]})).encode(), "not a list"),
        (json.dumps(valid(answers={"a": ["x"] * 60})).encode(), "not a list"),
        (json.dumps(valid(answers={str(n): [] for n in range(501)})).encode(), "501 questions"),
    ],
)
def test_what_is_none_is_refused_with_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(HandInError, match=says) as caught:
        parsed(data)
    assert str(caught.value).endswith((".", "--hand-in"))


@given(st.binary())
def test_no_bytes_break_it(data: bytes) -> None:
    with pytest.raises(HandInError):
        parsed(data)


def results(*answers: dict[str, tuple[str, ...]]) -> QuizResults:
    found = QuizResults(EX1, MADE)
    for number, each in enumerate(answers):
        found.handed_in[f"learner {number}"] = HandIn(EX1.stem, edition(EX1), each)
    return found


CLASS = results(
    {"one": ("a",), "two": ("a",), "three": ("3",)},
    {"one": ("b",), "two": ("a",), "three": ("3.0",)},
    {"one": ("b",), "two": ("c",), "three": ("4",)},
    {"one": ("nothing",), "gone": ("a",)},
)


def test_facilities_and_distractors_by_hand() -> None:
    one, two, three = CLASS.results
    assert [each.item.facility.value for each in (one, two, three)] == [25, 50, 50]
    assert [each.answered for each in (one, two, three)] == [3, 3, 3]
    a, b, c = one.answers
    assert [(each.picks.count, each.right) for each in (a, b, c)] == [
        (1, True), (2, False), (0, False)
    ]  # fmt: skip
    assert (a.picks.rest, b.picks.rest, c.picks.rest) == (100, 50, None)
    assert [(each.text, each.picks.count, each.right) for each in three.answers] == [
        ("3", 2, True), ("4", 1, False)
    ]  # fmt: skip


def test_another_edition_is_counted() -> None:
    other = results({"one": ("a",)})
    assert other.other_editions == 0
    other.handed_in["x"] = HandIn(EX1.stem, "other", {"one": ("a",)})
    assert other.other_editions == 1


def test_tables() -> None:
    questions = list(question_rows([CLASS]))
    answers = list(answer_rows([CLASS]))
    assert [row["question"] for row in questions] == ["one", "two", "three"]
    assert [row["facility"] for row in questions] == ["25.0", "50.0", "50.0"]
    assert len(answers) == 3 + 3 + 2
    assert table.written(QUESTION_COLUMNS, questions).count(b"\n") == 4
    assert table.written(ANSWER_COLUMNS, answers).count(b"\n") == 9


def test_on_the_page_every_answer_is_a_row() -> None:
    page = tag("section", quizzes([CLASS]))
    text = "".join(page.itertext())
    assert "4 learners" in text
    assert "<b>Three?" in text
    assert len(page.findall(".//tbody/tr")) == 3 + 8
    assert quizzes([results()]) == []


def test_a_real_quiz_can_be_answered_by_id() -> None:
    answers = {q.id: tuple(q.kept(q.key)) for q in QUIZ}
    found = QuizResults(EX1, QUIZ, {"ada": HandIn(EX1.stem, edition(EX1), answers)})
    asked = [question for question in QUIZ if not question.needs_pass]
    assert asked
    assert any(isinstance(question, Chosen) for question in asked)
    assert [each.item.facility.value for each in found.results] == [100] * len(asked)
