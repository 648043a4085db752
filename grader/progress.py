"""What became of an exercise: its gradings, the hints asked for, whether its solution was shown.

Gradings do not need it: what can't be kept is an error here, which the caller tells and goes on.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from grader.course import Exercise
from grader.report import RED, Report
from grader.store import Store, moment, number, points, text, written

SCHEMAS = (  # each edition's additions to the one before
    """
CREATE TABLE grading (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,            -- UTC, ISO 8601
    exercise TEXT NOT NULL,      -- the stem
    submission TEXT NOT NULL,    -- the path that was graded
    seed TEXT NOT NULL,          -- 16 hexadecimal digits
    score INTEGER NOT NULL,
    max_score INTEGER NOT NULL,
    passed INTEGER NOT NULL,     -- 0 or 1
    protection TEXT NOT NULL,    -- full, partial, none
    course_hash TEXT NOT NULL,   -- the edition of the checks
    grader TEXT NOT NULL,        -- the version that graded
    seconds REAL NOT NULL
);
CREATE INDEX grading_by_exercise ON grading (exercise, id);
CREATE TABLE check_result (
    grading INTEGER NOT NULL REFERENCES grading (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    verdict TEXT NOT NULL,
    points INTEGER NOT NULL,
    max_points INTEGER NOT NULL,
    concept TEXT,
    seconds REAL NOT NULL,
    PRIMARY KEY (grading, name)
) WITHOUT ROWID;
""",
    """
CREATE TABLE answer (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,            -- UTC, ISO 8601
    exercise TEXT NOT NULL,      -- the stem
    question TEXT NOT NULL,      -- its id within the quiz
    round INTEGER NOT NULL,      -- the run through the whole quiz; 0 when it was asked again
    given TEXT NOT NULL,         -- in words, as JSON
    share REAL NOT NULL          -- what it was worth, 0 to 1
);
CREATE INDEX answer_by_question ON answer (exercise, question, id);
CREATE TABLE card (
    exercise TEXT NOT NULL,
    question TEXT NOT NULL,
    due TEXT NOT NULL,           -- UTC, ISO 8601
    state TEXT NOT NULL,         -- the scheduler's own
    PRIMARY KEY (exercise, question)
) WITHOUT ROWID;
CREATE TABLE hint (
    exercise TEXT NOT NULL,      -- the stem
    name TEXT NOT NULL,          -- the check
    asked INTEGER NOT NULL,      -- how often
    PRIMARY KEY (exercise, name)
) WITHOUT ROWID;
CREATE TABLE solution_shown (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,            -- UTC, ISO 8601
    exercise TEXT NOT NULL,      -- the stem
    gave_up INTEGER NOT NULL     -- 1: it had not passed yet
);
""",
    """
CREATE TABLE check_hint (
    grading INTEGER NOT NULL REFERENCES grading (id) ON DELETE CASCADE,
    name TEXT NOT NULL,          -- a check that is red
    hint TEXT,                   -- the report's: about the mistake, if one was recognized
    PRIMARY KEY (grading, name)
) WITHOUT ROWID;
""",
)


@dataclass(frozen=True)
class LastGrading:
    """The newest grading of an exercise: when, whether all passed, and which concepts did not."""

    at: datetime
    passed: bool
    failed: frozenset[str]


@dataclass(frozen=True)
class Mastery:
    """How far an exercise is, by the edition of the checks that graded it last.

    Attributes:
        at: the newest grading, UTC.
        begun: whether something was written: a check failed in the newest grading, or some points
            were won before.
        passed: whether all passed in the newest grading.
        best: the most points of any grading by this edition.
        max_score: points there are.
        ever_passed: whether all passed in any grading by this edition.
        course_hash: the edition.
    """

    at: datetime
    begun: bool
    passed: bool
    best: float
    max_score: float
    ever_passed: bool
    course_hash: str


def graded(exercises: Sequence[Exercise], standings: Mapping[str, Mastery]) -> list[Exercise]:
    """Those of a course's exercises that were graded, the newest first.

    Args:
        exercises: of the course.
        standings: those that were graded, by stem, the newest last.
    """
    known = {each.stem: each for each in exercises}
    return [known[stem] for stem in reversed([*standings]) if stem in known]


def current(exercises: Sequence[Exercise], standings: Mapping[str, Mastery]) -> Exercise:
    """The exercise that a learner is at: the newest that was begun, else the next, else the last.

    Args:
        exercises: of the course, at least one.
        standings: those that were graded, by stem, the newest last.
    """
    newest = graded(exercises, standings)
    begun = [e for e in newest if standings[e.stem].begun]
    left = [e for e in begun if not standings[e.stem].passed]
    new = [e for e in exercises if e not in begun]
    return (*left, *new, *newest)[0]


@dataclass(frozen=True)
class Progress:
    """What a workspace has kept about its exercises."""

    store: Store

    def save(self, report: Report) -> None:
        """Keep a grading.

        Raises:
            WorkspaceError: it can't be kept; what was kept before is untouched.
        """
        with self.store.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO grading VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    written(datetime.now(UTC)),
                    report.exercise,
                    os.fsencode(report.submission).decode("utf-8", "replace"),
                    f"{report.seed:016x}",
                    report.score,
                    report.max_score,
                    report.passed,
                    report.protection.level,
                    report.course_hash,
                    report.versions["grader"],
                    report.seconds,
                ),
            )
            connection.executemany(
                "INSERT INTO check_result VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (cursor.lastrowid, c.name, c.verdict, c.points, c.max_points, c.concept,
                     c.seconds)
                    for c in report.checks
                ],
            )  # fmt: skip
            connection.executemany(
                "INSERT INTO check_hint VALUES (?, ?, ?)",
                [(cursor.lastrowid, check.name, check.hint) for check in report.red],
            )

    def last(self, exercise: Exercise) -> dict[str, str] | None:
        """The verdict of each check in the newest grading, ``None`` if there was none.

        A grading by another edition of the checks counts as none.

        Raises:
            WorkspaceError: progress can't be read.
        """
        with self.store.reading() as connection:
            if connection is None:
                return None
            newest = connection.execute(
                "SELECT id, course_hash FROM grading WHERE exercise = ? ORDER BY id DESC LIMIT 1",
                (exercise.stem,),
            ).fetchone()
            if newest is None or newest[1] != exercise.hash:
                return None
            rows = connection.execute(
                "SELECT name, verdict FROM check_result WHERE grading = ?", (newest[0],)
            )
            return {text(name): text(verdict) for name, verdict in rows}

    def seed(self, exercise: Exercise) -> int | None:
        """The seed of the newest grading, ``None`` if there was none.

        Raises:
            WorkspaceError: progress can't be read.
        """
        with self.store.reading() as connection:
            if connection is None:
                return None
            newest = connection.execute(
                "SELECT seed FROM grading WHERE exercise = ? ORDER BY id DESC LIMIT 1",
                (exercise.stem,),
            ).fetchone()
            return int(text(newest[0]), 16) & (2**64 - 1) if newest else None

    def gradings(self) -> dict[str, LastGrading]:
        """The newest grading of each exercise that has been graded, by stem.

        Raises:
            WorkspaceError: progress can't be read.
        """
        with self.store.reading() as connection:
            if connection is None:
                return {}
            rows = connection.execute(
                "SELECT exercise, at, passed, (SELECT json_group_array(concept) FROM check_result"
                " WHERE grading = id AND verdict IN (?, ?, ?))"
                " FROM grading WHERE id IN (SELECT MAX(id) FROM grading GROUP BY exercise)",
                RED,
            )
            return {
                text(stem): LastGrading(
                    moment(at),
                    bool(number(passed)),
                    frozenset(text(each) for each in json.loads(concepts) if each is not None),
                )
                for stem, at, passed, concepts in rows
            }

    def standings(self) -> dict[str, Mastery]:
        """How far each exercise is that has been graded, by stem; the one graded last is the last.

        Raises:
            WorkspaceError: progress can't be read.
        """
        with self.store.reading() as connection:
            if connection is None:
                return {}
            rows = connection.execute(
                "SELECT newest.exercise, newest.at, newest.passed, MAX(each.score),"
                " newest.max_score, MAX(each.passed), newest.course_hash, EXISTS (SELECT 1"
                " FROM check_result WHERE grading = newest.id AND verdict IN (?, ?, ?))"
                " FROM grading newest JOIN grading each USING (exercise, course_hash)"
                " WHERE newest.id IN (SELECT MAX(id) FROM grading GROUP BY exercise)"
                " GROUP BY newest.id ORDER BY newest.id",
                RED,
            )
            return {
                text(stem): Mastery(
                    moment(at),
                    bool(number(red)) or points(best) > 0,
                    bool(number(passed)),
                    points(best),
                    points(most),
                    bool(number(ever)),
                    text(edition),
                )
                for stem, at, passed, best, most, ever, edition, red in rows
            }

    def hints(self, exercise: Exercise) -> dict[str, str]:
        """The hint that the newest grading has for each red check, by the check's name.

        Raises:
            WorkspaceError: progress can't be read.
        """
        with self.store.reading(since=3) as connection:
            if connection is None:
                return {}
            rows = connection.execute(
                "SELECT name, hint FROM check_hint WHERE hint IS NOT NULL AND grading ="
                " (SELECT MAX(id) FROM grading WHERE exercise = ?)",
                (exercise.stem,),
            )
            return {text(name): text(hint) for name, hint in rows}

    def count_hint(self, exercise: Exercise, check: str) -> int:
        """Remember that a check's hint is asked for; how often it has been, this time included.

        Args:
            exercise: the exercise.
            check: the check's name; with a diagnosis's hint behind it, as each has its own steps.

        Raises:
            WorkspaceError: it can't be kept.
        """
        with self.store.writing() as connection:
            row = connection.execute(
                "INSERT INTO hint VALUES (?, ?, 1)"
                " ON CONFLICT (exercise, name) DO UPDATE SET asked = asked + 1 RETURNING asked",
                (exercise.stem, check),
            ).fetchone()
            return number(row[0])

    def keep_solution_shown(self, exercise: Exercise, gave_up: bool) -> None:
        """Remember that the solution is shown, and whether before the exercise had passed.

        Raises:
            WorkspaceError: it can't be kept.
        """
        with self.store.writing() as connection:
            connection.execute(
                "INSERT INTO solution_shown VALUES (NULL, ?, ?, ?)",
                (written(datetime.now(UTC)), exercise.stem, gave_up),
            )

    def given_up(self) -> frozenset[str]:
        """Stems of the exercises whose solution was shown before they had passed.

        Raises:
            WorkspaceError: progress can't be read.
        """
        with self.store.reading(since=2) as connection:
            if connection is None:
                return frozenset()
            rows = connection.execute("SELECT exercise FROM solution_shown WHERE gave_up")
            return frozenset(text(stem) for (stem,) in rows)

    def can_keep(self) -> None:
        """Try whether progress can be kept, and keep nothing.

        Raises:
            WorkspaceError: it can't be; the text says why.
        """
        with self.store.writing():
            pass
