"""Quizzes: their files, what answers are worth, what comes back, and what is proven."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

import grader
from grader.course import Course
from grader.engine.run import RunError, printed
from grader.progress import Grading
from grader.quiz import answers as session
from grader.quiz import prove
from grader.quiz.reader import Kind, Option, Question, Quiz, QuizError, load, read
from grader.quiz.review import SOON, Due, rescheduled, scheduled
from grader.quiz.stats import Standing, standings
from grader.quiz.store import Answer, Card, QuizStore
from grader.workspace import Workspace, WorkspaceError

COURSE = Path(__file__).resolve().parent / "courses" / "quizzes"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def small() -> Course:
    return Course.open(COURSE)


@pytest.fixture(scope="module")
def own_server() -> Iterator[grader.Server]:
    """Warm processes for the small course."""
    with grader.Server(COURSE) as server:
        yield server


def question(small: Course, id: str) -> session.Asked:
    exercise = small.exercise("ex1")
    found = load(exercise.quiz).question(id)
    assert found is not None
    return session.asked(exercise, found, "a learner")


# files


def test_all_that_a_file_says(small: Course) -> None:
    quiz = load(small.exercise("ex1").quiz)
    kinds = {each.id: each.kind for each in quiz.questions}
    assert kinds == {
        "two-and-two": "choice",
        "even-numbers": "choices",
        "how-long": "number",
        "prints-what": "trace",
        "your-sum": "mine",
    }
    first, several, number, trace, mine = quiz.questions
    assert first.prompt == "What is `2 + 2`, in **whole** numbers?"
    assert (first.concepts, first.shuffle, first.image) == (("sums",), True, None)
    assert first.options[0] == Option("`4`", True, "Two and two more are four.", 10)
    assert [option.correct for option in several.options] == [True, False, True]
    assert not several.shuffle
    assert (number.answer, number.tolerance, number.wrong[0].value) == (1200.0, 0.0, 1.0)
    assert trace.code.splitlines()[0] == 'words = ["a", "bc"]'
    assert (trace.answer, trace.answer_line) == ("[1, 2]", 70)
    assert mine.options[0].text == "add(20, 3)"


SOUND = '''\
# a quiz
[[question]]
id = "one"
kind = "choice"
concept = ["sums"]
prompt = """
A text that looks like a file:
[[question]]
id = "two"
"""

  [[question.option]]
  text = "yes"
  correct = true
  why = "So it is."

  [[question.option]]
  text = "no"
  why = """Not
so."""

[[question]]
id = "two"
kind = "number"
concept = ["counts"]
prompt = "How many?"
answer = 3
why = "Count."

  [[question.wrong]]
  value = 4
  why = "One too many."
'''


def test_the_sound_file_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "ex1_adding.toml"
    path.write_text(SOUND)
    assert [(each.id, each.line) for each in load(path).questions] == [("one", 2), ("two", 22)]


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('prompt = "How many?"\n', "", 22, "this question has no prompt; add prompt = …"),
        ('id = "one"\n', "", 2, "this question has no id"),
        ('  text = "no"\n', "", 17, "this option has no text"),
        ('  why = "So it is."\n', "", 12, "this option has no why"),
        ('why = "Count."\n', "", 22, "this question has no why"),
        ("answer = 3\n", "", 22, "this question has no answer"),
        ('concept = ["counts"]\n', "", 22, "question 'two' has no concept"),
        ('["counts"]', "[]", 25, "question 'two' has no concept"),
        ('["counts"]', '"counts"', 25, "question 'two' has no concept"),
        ('text = "no"', 'text = "no"\n  correct = true', 2,
         "question 'one' has 2 right options (lines 12 and 17); leave correct = true at one"),
        ("  correct = true\n", "", 2, "question 'one' has no right option"),
        ('id = "two"\nkind', 'id = "one"\nkind', 23, "the id 'one' is that of line 3 already"),
        ('kind = "number"', 'kind = "numbers"', 24, "there is no kind 'numbers'; it is one of"),
        ('id = "two"\nkind', 'id = "Two 2"\nkind', 23, "'Two 2' is no id; use lower-case words"),
        ("answer = 3", 'answer = "3"', 27, "answer is not a number; write a number"),
        ("answer = 3", "answer = true", 27, "answer is not a number"),
        ("answer = 3", "answer = nan", 27, "answer is not a number"),
        ("answer = 3", "answer = 4", 31, "this wrong answer would be taken for the right one"),
        ("answer = 3", "answer = 3\ntolerance = -1", 28, "a tolerance is not negative"),
        ("answer = 3", "answer = 3\nimage = 1000", 28, "there is no image 1000; use 0 to 999"),
        ("answer = 3", "answer = 3\nimage = -1", 28, "there is no image -1"),
        ("answer = 3", "answer = 3\nshuffle = true", 28,
         "A question of kind number has no field 'shuffle'"),
        ("answer = 3", "answer = 3\nanswr = 3", 28, "has no field 'answr'; it has id, kind"),
        ("correct = true", "corect = true", 14, "An option of kind choice has no field 'corect'"),
        ("correct = true", "correct = 1", 14, "correct is not true or false"),
        ('text = "no"', 'text = " "', 18, "text is empty; write a text"),
        ('text = "no"', 'text = "yes "', 18, "this option of 'one' is there twice"),
        ('kind = "number"', 'kind = "trace"', 22, "this question has no code"),
        ('kind = "number"', 'kind = "choices"', 27, "of kind choices has no field 'answer'"),
        ("  [[question.option]]\n  text = \"no", "  [[question.options]]\n  text = \"no", 17,
         "A question of kind choice has no field 'options'"),
        ("[[question.wrong]]", "[question.wrong]", 30, "wrong is one table, not a list of them"),
        ("# a quiz", "title = 'Sums'", 1, "A quiz has no field 'title'; it has question"),
        ("answer = 3", "answer = ", 27, "this is not TOML (invalid value)"),
        ("answer = 3", "answer = 3\nanswer = 3", 28, "this is not TOML (cannot overwrite a value)"),
        ('["counts"]', '["counts"', 26, "this is not TOML"),
        ('why = "One too many."', 'why = "One', 32, "this is not TOML"),
    ],
)  # fmt: skip
def test_each_way_of_breaking_it(tmp_path: Path, old: str, new: str, line: int, told: str) -> None:
    assert SOUND.count(old) == 1, old
    path = tmp_path / "ex1_adding.toml"
    path.write_text(SOUND.replace(old, new))
    with pytest.raises(QuizError) as caught:
        load(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"{path}, line {line}: ")
    assert told in sentence
    assert "\n" not in sentence and sentence.endswith(".")


@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        (b"", 1, "there is no question; begin each question with a line [[question]]"),
        (b"# nothing\n", 1, "there is no question"),
        (b"question = 3\n", 1, "there is no question"),
        (b"\n[question]\nid = 'one'\n", 2, "there is no question"),
        (b"question = [3]\n", 1, "this question is no table"),
        (b"a = 1\n\xff\n", 2, "this is not UTF-8 text; save the file as UTF-8"),
    ],
)
def test_what_is_no_quiz_at_all(tmp_path: Path, content: bytes, line: int, told: str) -> None:
    path = tmp_path / "ex1_adding.toml"
    path.write_bytes(content)
    with pytest.raises(QuizError) as caught:
        load(path)
    assert (caught.value.line, told in str(caught.value)) == (line, True)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(QuizError, match=r"gone\.toml: it can't be read \(No such file"):
        load(tmp_path / "gone.toml")


def test_all_that_is_wrong_is_found_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ex1_adding.toml"
    path.write_text(SOUND.replace("  correct = true\n", "") + SOUND.replace('"two"', '"three"'))
    questions, errors = read(path)
    assert [each.id for each in questions] == ["two", "one", "three"]
    assert [(error.line, error.what) for error in errors] == [
        (2, "question 'one' has no right option")
    ]


def test_a_question_without_options(tmp_path: Path) -> None:
    path = tmp_path / "ex1_adding.toml"
    path.write_text(SOUND.partition('id = "two"\nkind')[0] + 'id = "two"\nkind = "choice"\n'
                    'concept = ["sums"]\nprompt = "Which?"\n')  # fmt: skip
    with pytest.raises(QuizError, match=r"line 22: question 'two' has no options; write at least"):
        load(path)
    path.write_text(SOUND.replace('[[question.option]]\n  text = "no"\n  why = """Not\nso."""', ""))
    with pytest.raises(QuizError, match=r"line 2: question 'one' has 1 option; write at"):
        load(path)


def test_other_ways_to_write_the_same(tmp_path: Path) -> None:
    path = tmp_path / "ex1_adding.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())
    assert [each.line for each in load(path).questions] == [2, 22]
    literal = SOUND.replace('"""\nA text', "'''\nA \"\"\"text").replace(
        '"two"\n"""', "\"two\"\n'''"
    )
    path.write_text(literal)
    assert [each.line for each in load(path).questions] == [2, 22]


# what answers are worth


@pytest.mark.parametrize(
    ("id", "given", "share"),
    [
        ("even-numbers", (0, 2), 1),
        ("even-numbers", (0,), 0.5),
        ("even-numbers", (0, 1, 2), 0.5),
        ("even-numbers", (0, 1), 0),
        ("even-numbers", (1,), 0),
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
def test_shares(small: Course, id: str, given: session.Given, share: float) -> None:
    outcome = session.judge(question(small, id), given)
    assert (outcome.share, outcome.right) == (share, share == 1)


def test_a_number_within_its_tolerance(small: Course) -> None:
    made = Question("a", Kind.NUMBER, ("sums",), "?", answer=0.3, tolerance=0.05, why="So.")
    asked = session.Asked(small.exercise("ex1"), made)
    shares = [session.judge(asked, given).share for given in (0.25, 0.35, 0.1 + 0.2, 0.24, 0.36)]
    assert shares == [1, 1, 1, 0, 0]


@pytest.mark.parametrize(
    ("id", "text", "given"),
    [
        ("two-and-two", "2", (1,)),
        ("two-and-two", " ２ ", (1,)),
        ("two-and-two", "1 2", None),
        ("two-and-two", "4", None),
        ("two-and-two", "0", None),
        ("two-and-two", "two", None),
        ("two-and-two", "", None),
        ("even-numbers", "3, 1", (0, 2)),
        ("even-numbers", "1 1", (0,)),
        ("even-numbers", "1;4", None),
        ("how-long", "1,200", 1200.0),
        ("how-long", "1 200", 1200.0),
        ("how-long", "1.2e3", 1200.0),
        ("how-long", "-7", -7.0),
        ("how-long", "1,2", 1.2),
        ("how-long", "0,004", 0.004),
        ("how-long", "-0,125", -0.125),
        ("how-long", ",5", 0.5),
        ("how-long", "100,480", 100480.0),
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
        ("how-long", "0.4 %", None),
        ("how-long", "１００４８０", 100480.0),
        ("how-long", "０．００４", 0.004),
        ("how-long", "−３", -3.0),
        ("how-long", "٣٫٥", 3.5),
        ("how-long", "1_200", 1200.0),
        ("how-long", "9" * 400, None),
        ("how-long", "1200\u200b", 1200.0),
        ("two-and-two", "1)", (0,)),
        ("two-and-two", "（2）", (1,)),
        ("two-and-two", "2.1", None),
        ("even-numbers", "３、１", (0, 2)),
        ("prints-what", "［１，　２］", "[1, 2]"),
        ("how-long", "nan", None),
        ("how-long", "inf", None),
        ("how-long", "many", None),
        ("prints-what", " [1, 2]", "[1, 2]"),
        ("prints-what", "   ", None),
    ],
)
def test_typed_answers(small: Course, id: str, text: str, given: session.Given | None) -> None:
    assert session.understood(question(small, id), text) == given


def test_answers_of_a_file(small: Course) -> None:
    asked = question(small, "even-numbers")
    assert session.from_file(asked, [1, "four"]) == (0, 2)
    assert session.from_file(asked, "three") == (1,)
    assert session.from_file(asked, True) is None
    assert session.from_file(asked, "five") is None
    assert session.from_file(asked, ["1", "３"]) == (0, 2)
    assert session.from_file(asked, "4") is None
    assert session.from_file(question(small, "how-long"), 1200) == 1200
    assert session.from_file(question(small, "prints-what"), [1, 2]) is None


# the order of options


def test_the_order_is_stable_and_a_learner_s_own(small: Course) -> None:
    exercise = small.exercise("ex1")
    found = load(exercise.quiz).question("two-and-two")
    assert found is not None
    orders = {
        learner: session.asked(exercise, found, learner).options for learner in map(str, range(50))
    }
    assert len({tuple(o.text for o in options) for options in orders.values()}) == 6
    for learner, options in orders.items():
        assert session.asked(exercise, found, learner).options == options
        assert set(options) == set(found.options)


def test_the_order_can_be_kept(small: Course) -> None:
    asked = question(small, "even-numbers")
    assert [option.text for option in asked.options] == ["two", "three", "four"]


def test_positions_of_the_right_option_have_no_pattern(small: Course) -> None:
    exercise, learners = small.exercise("ex1"), 300
    options = tuple(Option(text, text == "a", "So.") for text in "abcd")
    made = [Question(f"q{n}", Kind.CHOICE, ("c",), "?", options=options) for n in range(10)]
    positions = [
        [session.asked(exercise, each, f"/home/{learner}").right[0] for each in made]
        for learner in range(learners)
    ]
    for column in zip(*positions, strict=True):
        assert all(45 <= count <= 108 for count in Counter(column).values())  # 75 are expected
    same = sum(a == b for row in positions for a, b in pairwise(row))
    assert 0.21 < same / (learners * 9) < 0.29  # a quarter, as if drawn anew for each question
    assert len({tuple(row) for row in positions}) == learners


# where one goes on


def answer(id: str, round: int, share: float = 1.0, at: datetime = NOON) -> Answer:
    return Answer("ex1_adding", id, round, "[]", share, at)


def test_a_run_through_a_quiz_goes_on_where_it_stopped(small: Course) -> None:
    questions = load(small.exercise("ex1").quiz).questions
    ids = [each.id for each in questions]

    def left(*answers: Answer) -> tuple[int, list[str]]:
        round, found = session.pending(questions, answers)
        return round, [each.id for each in found]

    assert left() == (1, ids)
    assert left(answer(ids[0], 1), answer(ids[2], 1)) == (1, [ids[1], *ids[3:]])
    once = [answer(id, 1) for id in ids]
    assert left(*once) == (2, ids)
    assert left(*once, answer(ids[1], 0)) == (2, ids)
    assert left(*once, answer(ids[0], 2)) == (2, ids[1:])


# what comes back


def test_a_missed_question_comes_back_soon_and_then_ever_later() -> None:
    card = rescheduled(None, False, NOON, review=False)
    assert card is not None and card.due == NOON + SOON
    assert rescheduled(card, True, NOON + SOON / 2, review=False) is None
    waits = []
    for _ in range(4):
        at = card.due
        card = rescheduled(card, True, at, review=True)
        assert card is not None
        waits.append((card.due - at).days)
    assert waits[0] == 1 and waits == sorted(waits) and waits[-1] > 7
    at = card.due
    card = rescheduled(card, False, at, review=True)
    assert card is not None and card.due == at + SOON


def test_a_right_answer_makes_no_card() -> None:
    assert rescheduled(None, True, NOON, review=False) is None
    card = rescheduled(None, True, NOON, review=True)
    assert card is not None and card.due - NOON >= timedelta(days=1)


def test_a_failed_check_brings_its_concept_back(small: Course) -> None:
    quizzes = {"ex1_adding": load(small.exercise("ex1").quiz)}
    failed = {"ex1_adding": Grading(NOON, False, frozenset({"lengths"}))}
    later = NOON + timedelta(hours=1)
    due = [Due("ex1_adding", id, NOON) for id in ("how-long", "prints-what")]
    assert scheduled(quizzes, {}, failed, []) == due
    assert scheduled(quizzes, {}, failed, [answer("how-long", 1, at=later)]) == due[1:]
    earlier = [answer("how-long", 1, at=NOON - timedelta(days=1))]
    card = Card(NOON + timedelta(days=9), "{}")
    assert scheduled(quizzes, {("ex1_adding", "how-long"): card}, failed, earlier) == due
    passed = {"ex1_adding": Grading(NOON, True, frozenset())}
    assert scheduled(quizzes, {}, passed, []) == []


def test_what_can_not_be_asked_does_not_come_back(small: Course) -> None:
    quizzes = {"ex1_adding": load(small.exercise("ex1").quiz)}
    cards = {
        ("ex1_adding", "your-sum"): Card(NOON, "{}"),
        ("ex1_adding", "gone"): Card(NOON, "{}"),
        ("ex9_gone", "gone"): Card(NOON, "{}"),
    }
    assert scheduled(quizzes, cards, {}, []) == []
    passed = {"ex1_adding": Grading(NOON, True, frozenset())}
    assert scheduled(quizzes, cards, passed, []) == [Due("ex1_adding", "your-sum", NOON)]


def test_stats_count_the_last_answer(small: Course) -> None:
    quiz: Quiz = load(small.exercise("ex1").quiz)
    answers = [
        answer("two-and-two", 1, 0.0),
        answer("even-numbers", 1, 0.5),
        answer("how-long", 1),
        answer("two-and-two", 0),
    ]
    due = {("ex1_adding", "even-numbers")}
    (found,) = standings({"ex1_adding": quiz.questions}, answers, due)
    assert found.whole == Standing(5, 3, 2, 1)
    assert found.concepts == {"sums": Standing(3, 2, 1, 1), "lengths": Standing(2, 1, 1, 0)}
    assert found.reread == ["sums"]


# what is kept


def test_answers_and_cards_are_kept(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    kept = QuizStore(workspace.store)
    assert (kept.answers(), kept.cards(), workspace.progress.gradings()) == ([], {}, {})
    assert not workspace.store.path.exists()
    kept.keep(answer("one", 1, 0.5), lambda card: Card(NOON, "first"))
    seen = []

    def again(card: Card | None) -> Card | None:
        seen.append(card)
        return None

    kept.keep(answer("one", 0), again)
    assert seen == [Card(NOON, "first")]
    assert kept.answers() == [answer("one", 1, 0.5), answer("one", 0)]
    assert kept.cards() == {("ex1_adding", "one"): Card(NOON, "first")}


def test_a_failure_keeps_neither_answer_nor_card(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    kept = QuizStore(workspace.store)

    def fails(card: Card | None) -> Card | None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        kept.keep(answer("one", 1), fails)
    assert (kept.answers(), kept.cards()) == ([], {})


FIRST_SCHEMA = """
CREATE TABLE grading (id INTEGER PRIMARY KEY, at TEXT NOT NULL, exercise TEXT NOT NULL,
  submission TEXT NOT NULL, seed TEXT NOT NULL, score INTEGER NOT NULL, max_score INTEGER NOT NULL,
  passed INTEGER NOT NULL, protection TEXT NOT NULL, course_hash TEXT NOT NULL,
  grader TEXT NOT NULL, seconds REAL NOT NULL);
CREATE INDEX grading_by_exercise ON grading (exercise, id);
CREATE TABLE check_result (grading INTEGER NOT NULL REFERENCES grading (id) ON DELETE CASCADE,
  name TEXT NOT NULL, verdict TEXT NOT NULL, points INTEGER NOT NULL, max_points INTEGER NOT NULL,
  concept TEXT, seconds REAL NOT NULL, PRIMARY KEY (grading, name)) WITHOUT ROWID;
INSERT INTO grading VALUES (1, '2026-03-01T11:00:00+00:00', 'ex1_adding', 'a.py', 'f', 0, 2, 0,
  'full', 'x', '0.1.0', 1.5), (2, '2026-03-01T12:00:00+00:00', 'ex1_adding', 'a.py', 'f', 1, 2, 0,
  'full', 'x', '0.1.0', 1.5);
INSERT INTO check_result VALUES (1, 'adds', 'failed', 0, 1, 'sums', 0.1),
  (2, 'adds', 'passed', 1, 1, 'sums', 0.1), (2, 'measures', 'error', 0, 1, 'lengths', 0.1),
  (2, 'other', 'failed', 0, 1, NULL, 0.1), (2, 'later', 'blocked', 0, 1, 'sums', 0.1);
PRAGMA user_version = 1;
"""


def test_what_an_older_grade_kept_is_carried_over(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    kept = QuizStore(workspace.store)
    workspace.store.path.parent.mkdir()
    with sqlite3.connect(workspace.store.path) as connection:
        connection.executescript(FIRST_SCHEMA)
    before = workspace.store.path.read_bytes()
    expected = {"ex1_adding": Grading(NOON, False, frozenset({"lengths"}))}
    assert workspace.progress.gradings() == expected
    assert kept.answers() == [] and kept.cards() == {}
    assert workspace.store.path.read_bytes() == before  # a look changes nothing
    kept.keep(answer("one", 1), lambda card: Card(NOON, "state"))
    assert workspace.progress.gradings() == expected
    assert kept.answers() == [answer("one", 1)]
    with sqlite3.connect(workspace.store.path) as connection:
        assert connection.execute("SELECT COUNT(*) FROM grading").fetchone() == (2,)
        assert connection.execute("SELECT COUNT(*) FROM check_result").fetchone() == (5,)
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)


def test_a_newer_file_is_not_read(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    kept = QuizStore(workspace.store)
    kept.keep(answer("one", 1), lambda card: None)
    with sqlite3.connect(workspace.store.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(WorkspaceError, match="Upgrade grade"):
        kept.answers()


# running code


def test_what_code_prints(own_server: grader.Server) -> None:
    assert printed("print('a')\nprint(2 + 3)", own_server) == "a\n5\n"
    assert printed("import numpy as np\nprint(np.arange(3))", own_server) == "[0 1 2]\n"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("print(", r"Python can't read line 1"),
        ("print(1)\n1 / 0", r"raised ZeroDivisionError in line 2: division by zero"),
        ("while True: pass", r"was still loading after 1 s and was stopped"),
        ("import os; end = os._exit; end(3)", r"ended itself with exit code 3"),
        ("open('/etc/passwd')", r"raised PermissionError in line 1"),
        ("import os; os.fork()", r"raised (PermissionError|BlockingIOError|OSError)"),
    ],
)
def test_code_that_does_not_get_to_its_end(own_server: grader.Server, code: str, told: str) -> None:
    with pytest.raises(RunError, match=told):
        printed(code, own_server, timeout=1)


def test_a_flood_is_cut(own_server: grader.Server) -> None:
    text = printed("for n in range(100_000): print(n)", own_server)
    assert len(text) < 10_000 and text.startswith("0\n1\n") and text.endswith("99999\n")


# proving


def flaws_of(tmp_path: Path, server: grader.Server, old: str, new: str) -> list[str]:
    """What is wrong with the small course's first quiz after a change."""
    shutil.copytree(COURSE, tmp_path / "course")
    exercise = Course.open(tmp_path / "course").exercise("ex1")
    text = exercise.quiz.read_text("utf-8")
    assert text.count(old) == 1
    exercise.quiz.write_text(text.replace(old, new), "utf-8")
    return [f"{flaw.line}: {flaw.what}; {flaw.mend}" for flaw in prove.flaws(exercise, server)]


def test_a_sound_quiz_has_but_its_option_that_is_there_twice(
    small: Course, own_server: grader.Server
) -> None:
    found = list(prove.flaws(small.exercise("ex1"), own_server))
    assert [(flaw.line, flaw.what) for flaw in found] == [
        (92, "question 'your-sum': 20 + 3 is 23 for the solution, as add(20, 3) is")
    ]
    assert list(prove.flaws(small.exercise("ex2"), own_server)) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('answer = "[1, 2]"', 'answer = "[2, 1]"',
         "70: question 'prints-what': the code prints '[1, 2]', not '[2, 1]'; write what"),
        ("print([len(word)", "print(1/0, [len(word)",
         "61: question 'prints-what': its code does not run (Loading the file raised ZeroDivision"),
        ("print([len(word)", "print([[len(word)",
         "61: question 'prints-what': Python can't read its code ("),
        ('concept = ["sums"]\nprompt = "What is', 'concept = ["products"]\nprompt = "What is',
         "3: question 'two-and-two': no check of ex1 has the concept 'products'; use one of the "
         "checks' concepts: lengths, sums"),
        ('value = "add(20, -3)"', 'value = "add(20)"',
         "77: question 'your-sum': its code does not run (add(20) raised TypeError: "),
        ("answer = 1200", 'answer = "1200"', "54: answer is not a number; write a number"),
    ],
)  # fmt: skip
def test_what_is_proven(
    tmp_path: Path, own_server: grader.Server, old: str, new: str, told: str
) -> None:
    found = flaws_of(tmp_path, own_server, old, new)
    assert any(flaw.startswith(told) for flaw in found), found
