"""A newer course: its starter versions are merged into what the learner has written."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course import Course
from grader.starters import Starters, merged
from support import QUIZZES, called, flat

BASE = '''"""Two functions."""


def one(x):
    """Return 1."""
    raise NotImplementedError


def two(x):
    """Return 2."""
    raise NotImplementedError
'''
MINE = BASE.replace("    raise NotImplementedError\n", "    return 1  # mine\n", 1)
NEWER = BASE.replace("Return 2.", "Return the number 2.").replace("Two func", "2 func")
BOTH = MINE.replace("Return 2.", "Return the number 2.").replace("Two func", "2 func")
LINES = st.lists(st.sampled_from(["a\n", "b\n", "x = 1\n", "\n"]), max_size=8).map("".join)


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        (MINE, NEWER, BOTH),
        (MINE, BASE, MINE),
        (BASE, NEWER, NEWER),
        (MINE, MINE, MINE),
        (MINE.replace("\n", "\r\n"), NEWER, BOTH.replace("\n", "\r\n")),
        (MINE, f"{NEWER}\n\nTHREE = 3\n", f"{BOTH}\n\nTHREE = 3\n"),
        (f"import math\n{MINE}", NEWER, None),  # beside the line that the course has changed
        (MINE, BASE.replace("raise NotImplementedError", "raise ValueError", 1), None),
        (MINE, "", None),
    ],
)
def test_both_changes_or_none(mine: str, theirs: str, both: str | None) -> None:
    assert merged(BASE, mine, theirs) == both


def test_what_python_could_not_read_is_not_made() -> None:
    base = "x = (\n1\n)\ny = 2\n"
    assert merged(base, "x = 1\ny = 2\n", base.replace("1\n", "1\n+ 2\n")) is None
    assert merged(base, f"{base}def (\n", f"z = 0\n{base}") == f"z = 0\n{base}def (\n"


@given(LINES, LINES)
def test_who_changed_nothing_gets_the_others_version(base: str, other: str) -> None:
    assert merged(base, base, other) in (other, None)
    assert merged(base, other, base) == other


@given(LINES, LINES, LINES)
def test_no_line_of_either_is_lost(base: str, mine: str, theirs: str) -> None:
    both = merged(base, mine, theirs)
    if both is not None:
        for line in set((mine + theirs).splitlines()) - set(base.splitlines()):
            assert line in both.splitlines()


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course of two exercises, which may change."""
    shutil.copytree(QUIZZES, tmp_path / "course")
    return Course.open(tmp_path / "course")


def newer(course: Course) -> None:
    """Each exercise has a line more."""
    for each in course.exercises:
        text = each.solution.read_text("utf-8")
        each.solution.write_text(text.replace("\n\n\n", "\n\nNEWER = True\n\n\n", 1), "utf-8")
        assert "NEWER" in each.made_stub()


def test_a_newer_course_is_named_and_merged_in(course: Course, tmp_path: Path) -> None:
    named = ("--course", "../course")
    called(tmp_path, "init", "work", "--course", "course")
    work, (first, second) = tmp_path / "work", course.exercises
    one, two = (work / "exercises" / each.stub.name for each in (first, second))
    before, mine = one.read_text(), one.read_text() + "\n\nMINE = 1\n"
    one.write_text(mine)
    assert "newer starter" not in called(work, *named).stdout
    newer(course)
    told = flat(called(work, *named).stdout)
    assert "The course has newer starter versions of ex1, ex2. `grade init --upgrade" in told
    told = flat(called(work, "init", "--upgrade", *named).stdout)
    assert (
        f"{one.relative_to(work)} has the course's changes and yours. As it was, it is in" in told
    )
    assert f"{two.relative_to(work)} is the newer starter version now;" in told
    assert "kept exercises" not in told and told.endswith("next grade --course ../course")
    assert one.read_text() == first.made_stub() + "\n\nMINE = 1\n" != before
    assert two.read_text() == second.made_stub()
    (backup,) = (work / "exercises").glob("ex1_*.2*.py")
    assert backup.read_text() == mine
    assert "newer starter" not in called(work, *named).stdout
    assert "Nothing was changed." in called(work, "init", "--upgrade", *named).stdout


def test_what_can_not_be_merged_stays(course: Course, tmp_path: Path) -> None:
    called(tmp_path, "init", "work", "--course", "course")
    work, (first, second) = tmp_path / "work", course.exercises
    one, two = (work / "exercises" / each.stub.name for each in (first, second))
    one.write_text("MINE = 1\n")
    shutil.rmtree(work / ".grade/starters")
    Starters(work).keep(first)  # nothing is known of the second
    newer(course)
    two.write_text("MINE = 2\n")
    told = flat(called(work, "init", "--upgrade", "--course", "../course").stdout)
    assert "its changes and the course's can't be merged. Compare it with the newer" in told
    assert "it is not known which starter version it began with" in told
    assert (one.read_text(), two.read_text()) == ("MINE = 1\n", "MINE = 2\n")
    beside = sorted((work / "exercises").glob("*.starter.*.py"))
    assert [each.read_text() for each in beside] == [first.made_stub(), second.made_stub()]


def test_what_was_merged_is_said_even_if_the_next_file_can_not_be_read(
    course: Course, tmp_path: Path
) -> None:
    called(tmp_path, "init", "work", "--course", "course")
    work, (first, second) = tmp_path / "work", course.exercises
    one, two = (work / "exercises" / each.stub.name for each in (first, second))
    newer(course)
    two.unlink()
    two.mkdir()
    done = called(work, "init", "--upgrade", "--course", "../course")
    assert done.returncode == 2 and "is a folder; a Python file belongs there." in flat(done.stderr)
    assert f"{one.relative_to(work)} is the newer starter version now;" in flat(done.stdout)
    assert one.read_text() == first.made_stub()


def test_the_command_works_in_each_folder_of_the_workspace(course: Course, tmp_path: Path) -> None:
    called(tmp_path, "init", "work", "--course", "course")
    inside, named = tmp_path / "work/exercises", ("--course", "../../course")
    newer(course)
    assert "`grade init --upgrade" in flat(called(inside, *named).stdout)
    done = called(inside, "init", "--upgrade", *named)
    assert done.returncode == 0 and "is the newer starter version now;" in flat(done.stdout)
    assert not (inside / "exercises").exists()
    assert "newer starter" not in called(inside, *named).stdout


def test_reset_begins_with_the_newer_one(course: Course, tmp_path: Path) -> None:
    called(tmp_path, "init", "work", "--course", "course")
    newer(course)
    called(tmp_path / "work", "reset", "ex1", "--yes", "--course", "../course")
    assert Starters(tmp_path / "work").changed(course.exercises) == [course.exercises[1]]


def test_links_are_not_followed(course: Course, tmp_path: Path) -> None:
    called(tmp_path, "init", "work", "--course", "course")
    first, secret = course.exercises[0], tmp_path / "secret"
    secret.write_text("secret\n")
    kept = tmp_path / "work/.grade/starters" / first.stub.name
    assert Starters(tmp_path / "work").kept(first) == first.made_stub()
    kept.unlink()
    kept.symlink_to(secret)
    assert Starters(tmp_path / "work").kept(first) is None
    Starters(tmp_path / "work").keep(first)
    assert secret.read_text() == "secret\n"
