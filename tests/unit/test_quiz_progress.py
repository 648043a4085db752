"""Where an attempt goes on, what comes back and when, and what is kept."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grader.course import Course
from grader.progress import LastGrading
from grader.quiz.answers import Asked, judge, pending
from grader.quiz.progress import QuizProgress
from grader.quiz.reader import load
from grader.quiz.review import SOON, Due, rescheduled, scheduled, soonest
from grader.quiz.stats import QuizTally, scores, standings
from grader.quiz.store import Answer, Card, QuizStore
from grader.workspace import Workspace, WorkspaceError

QUIZ = Path(__file__).resolve().parents[1] / "courses/quizzes/quizzes/ex1_adding.toml"
OLD = Path(__file__).resolve().parents[1] / "data/progress_of_schema_2.sqlite3"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


# where one goes on


def answer(id: str, attempt: int, share: float = 1.0, at: datetime = NOON) -> Answer:
    return Answer("ex1_adding", id, attempt, "[]", share, at)


def test_a_run_through_a_quiz_goes_on_where_it_stopped() -> None:
    questions = load(QUIZ).questions
    ids = [each.id for each in questions]

    def left(*answers: Answer) -> tuple[int, list[str]]:
        attempt, found = pending(questions, answers)
        return attempt, [each.id for each in found]

    assert left() == (1, ids)
    assert left(answer(ids[0], 1), answer(ids[2], 1)) == (1, [ids[1], *ids[3:]])
    once = [answer(id, 1) for id in ids]
    assert left(*once) == (2, ids)
    assert left(*once, answer(ids[1], 0)) == (2, ids)
    assert left(*once, answer(ids[0], 2)) == (2, ids[1:])


# what comes back


def test_a_missed_question_comes_back_soon_and_then_ever_later() -> None:
    card = rescheduled(None, False, NOON, review=False)
    assert card is not None and card.due == NOON + timedelta(minutes=10)
    assert rescheduled(card, True, NOON + timedelta(minutes=10, seconds=-1), review=False) is None
    assert rescheduled(card, True, NOON + timedelta(minutes=10), review=False) is not None
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


def test_a_failed_check_brings_its_concept_back() -> None:
    quizzes = {"ex1_adding": load(QUIZ)}
    failed = {"ex1_adding": LastGrading(NOON, False, frozenset({"lengths"}))}
    later = NOON + timedelta(hours=1)
    due = [Due("ex1_adding", id, NOON) for id in ("how-long", "prints-what")]
    earlier = [answer(id, 1, at=NOON - timedelta(days=1)) for id in ("how-long", "prints-what")]
    assert scheduled(quizzes, {}, failed, earlier) == due
    again = [*earlier, answer("how-long", 1, at=later)]
    assert scheduled(quizzes, {}, failed, again) == due[1:]
    assert scheduled(quizzes, {}, failed, []) == [], "what was never asked can't come back"
    card = Card(NOON + timedelta(days=9), "{}")
    assert scheduled(quizzes, {("ex1_adding", "how-long"): card}, failed, earlier) == due
    passed = {"ex1_adding": LastGrading(NOON, True, frozenset())}
    assert scheduled(quizzes, {}, passed, []) == []


def test_answered_in_the_second_of_the_grading_is_not_asked_again() -> None:
    quizzes = {"ex1_adding": load(QUIZ)}
    failed = {"ex1_adding": LastGrading(NOON, False, frozenset({"lengths"}))}
    same = [answer("how-long", 1, at=NOON), answer("prints-what", 1, at=NOON)]
    assert scheduled(quizzes, {}, failed, same) == []
    before = [answer("how-long", 1, at=NOON - timedelta(seconds=1)), same[1]]
    assert scheduled(quizzes, {}, failed, before) == [Due("ex1_adding", "how-long", NOON)]


def test_what_can_not_be_asked_does_not_come_back() -> None:
    quizzes = {"ex1_adding": load(QUIZ)}
    cards = {
        ("ex1_adding", "your-sum"): Card(NOON, "{}"),
        ("ex1_adding", "gone"): Card(NOON, "{}"),
        ("ex9_gone", "gone"): Card(NOON, "{}"),
    }
    assert scheduled(quizzes, cards, {}, []) == []
    passed = {"ex1_adding": LastGrading(NOON, True, frozenset())}
    assert scheduled(quizzes, cards, passed, []) == [Due("ex1_adding", "your-sum", NOON)]


def test_stats_count_the_last_answer() -> None:
    quiz = load(QUIZ)
    answers = [
        answer("two-and-two", 1, 0.0),
        answer("even-numbers", 1, 0.5),
        answer("how-long", 1),
        answer("two-and-two", 0),
    ]
    due = {("ex1_adding", "even-numbers")}
    (found,) = standings({"ex1_adding": quiz.questions}, answers, due)
    assert found.whole == QuizTally(5, 3, 2, 1)
    assert found.concepts == {"sums": QuizTally(3, 2, 1, 1), "lengths": QuizTally(2, 1, 1, 0)}
    assert found.reread == ["sums"]


def test_the_best_attempt_at_each_quiz_is_scored() -> None:
    answers = [
        answer("one", 1, 0.0),
        answer("two", 1),
        answer("one", 2, 0.5),
        answer("two", 0),
        Answer("ex2_lists", "one", 0, "[]", 1.0, NOON),
    ]
    assert scores(answers, {"ex1_adding": 3}) == {"ex1_adding": (1.0, 3)}  # one was left out
    assert scores(answers[2:], {"ex1_adding": 3}) == {"ex1_adding": (0.5, 3)}
    better = [*answers[:2], answer("one", 2), answer("two", 2, 0.5)]
    assert scores(better, {"ex1_adding": 3}) == {"ex1_adding": (1.0, 3)}  # the second is not over
    assert scores(better, {"ex1_adding": 2}) == {"ex1_adding": (1.5, 2)}
    assert scores(answers[:2], {}) == {"ex1_adding": (1.0, 2)}  # the quiz can't be read


def test_what_comes_back_within_a_minute_comes_back_together() -> None:
    seconds = (0, 59, 60, 3600)
    waiting = [Due("ex1", str(n), NOON + timedelta(seconds=n)) for n in seconds]
    assert soonest(waiting) == (2, NOON)
    assert soonest(waiting[1:]) == (2, NOON + timedelta(seconds=59))


# what is kept


@pytest.fixture
def progress(tmp_path: Path) -> QuizProgress:
    """Of a learner who has not answered anything."""
    return QuizProgress(Course.open(QUIZ.parents[1]), Workspace(tmp_path))


def give(progress: QuizProgress, id: str, right: bool, attempt: int, review: bool) -> None:
    exercise = progress.course.exercise("ex1")
    question = progress.load(exercise).question(id)
    assert question is not None
    (key,) = question.kept(question.key)
    wrong = {"two-and-two": ("joined",), "how-long": 1.0}
    outcome = judge(Asked(exercise, question), question.accept(key) if right else wrong[id])
    progress.keep(outcome, attempt, review, NOON)


def test_answers_are_kept_by_the_ids_of_options(progress: QuizProgress) -> None:
    give(progress, "two-and-two", False, 1, False)
    give(progress, "how-long", True, 1, False)
    assert progress.answers() == [
        Answer("ex1_adding", "two-and-two", 1, '["joined"]', 0.0, NOON),
        Answer("ex1_adding", "how-long", 1, '["1200"]', 1.0, NOON),
    ]
    (missed,) = progress.scheduled()
    assert missed == Due("ex1_adding", "two-and-two", NOON + timedelta(minutes=10))
    assert progress.due(NOON) == [] and progress.due(missed.at) == [missed]


def test_a_right_answer_in_a_review_makes_a_card(progress: QuizProgress) -> None:
    give(progress, "how-long", True, 1, False)
    assert progress.cards() == {}
    give(progress, "how-long", True, 0, True)
    (card,) = progress.cards().values()
    assert card.due >= NOON + timedelta(days=1)


def test_without_a_workspace_nothing_is_kept() -> None:
    progress = QuizProgress(Course.open(QUIZ.parents[1]), None)
    give(progress, "how-long", True, 1, False)
    assert progress.answers() == [] and progress.learner == ""


def test_the_next_quiz(progress: QuizProgress) -> None:
    first, second = progress.course.exercises
    assert progress.next_quiz() == first
    assert progress.next_quiz(after=first) == second
    give(progress, "how-long", True, 0, True)  # asked again only: not begun
    assert progress.next_quiz() == first
    give(progress, "two-and-two", True, 1, False)
    assert progress.next_quiz(after=second) == first  # begun
    for id in ("how-long", "two-and-two"):
        give(progress, id, True, 1, False)
    assert progress.next_quiz() == first  # two are left


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
    expected = {"ex1_adding": LastGrading(NOON, False, frozenset({"lengths"}))}
    assert workspace.progress.gradings() == expected
    assert kept.answers() == [] and kept.cards() == {}
    assert workspace.store.path.read_bytes() == before  # a look changes nothing
    kept.keep(answer("one", 1), lambda card: Card(NOON, "state"))
    assert workspace.progress.gradings() == expected
    assert kept.answers() == [answer("one", 1)]
    with sqlite3.connect(workspace.store.path) as connection:
        assert connection.execute("SELECT COUNT(*) FROM grading").fetchone() == (2,)
        assert connection.execute("SELECT COUNT(*) FROM check_result").fetchone() == (5,)
        edition = len(workspace.store.schemas)
        assert connection.execute("PRAGMA user_version").fetchone() == (edition,)


def test_a_file_of_grade_before_options_had_ids_loses_nothing(progress: QuizProgress) -> None:
    """Written by that grade: two attempts, a missed question of each kind, a grading, hints."""
    assert progress.workspace is not None
    store, first = progress.workspace.store, progress.course.exercise("ex1")
    store.path.parent.mkdir()
    store.path.write_bytes(OLD.read_bytes())
    with sqlite3.connect(store.path) as connection:
        tables = ("grading", "check_result", "answer", "card", "hint", "solution_shown")
        before = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    assert [len(rows) for rows in before.values()] == [1, 2, 8, 2, 1, 1]
    assert progress.gradings()[first.stem].failed == {"lengths"}
    assert progress.workspace.progress.given_up() == {first.stem}
    given = []
    for each in progress.answers():
        question = progress.load(first).question(each.question)
        assert question is not None
        meant = question.accept(json.loads(each.given))
        assert meant is not None and question.judge(meant) == each.share
        given.append(meant)
    assert given == [("joined",), ("two", "four"), 1200.0, "3",
                     ("four",), ("two", "four"), 1200.0, "[1, 2]"]  # fmt: skip
    assert set(progress.cards()) == {(first.stem, id) for id in ("two-and-two", "prints-what")}
    assert progress.workspace.progress.count_hint(first, "measures") == 3
    give(progress, "two-and-two", True, 3, False)
    with sqlite3.connect(store.path) as connection:
        after = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    assert after["answer"][:8] == before["answer"] and len(after["answer"]) == 9
    for name in ("grading", "check_result", "card", "solution_shown"):
        assert after[name] == before[name], name


def test_a_newer_file_is_not_read(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    kept = QuizStore(workspace.store)
    kept.keep(answer("one", 1), lambda card: None)
    with sqlite3.connect(workspace.store.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(WorkspaceError, match="Upgrade grade"):
        kept.answers()
