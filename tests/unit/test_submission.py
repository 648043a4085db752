"""A submission: what is read, and what it is known by."""

import hashlib
import pickle
from datetime import UTC, datetime
from pathlib import Path

import pytest

import grader
from grader.engine.options import Options
from grader.errors import GradingError
from grader.submission import MAX_SIZE, Submission, digest_of, lines, read

TEXT = b"x = 1\n"


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ex1_a.py"
    path.write_bytes(TEXT)
    assert Submission("ex1_a", path).read() == TEXT
    assert Submission("ex1_a", path, digest=hashlib.sha256(TEXT).hexdigest()).read() == TEXT


def test_a_file_that_has_changed_since_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "ex1_a.py"
    path.write_bytes(TEXT + b"y = 2\n")
    with pytest.raises(GradingError, match=r"ex1_a\.py has changed since it was collected\."):
        Submission("ex1_a", path, digest=digest_of(TEXT)).read()


def test_data_needs_no_file() -> None:
    assert Submission("ex1_a", Path("nowhere.py"), data=TEXT).read() == TEXT


def test_no_more_is_read_than_may_be_graded(tmp_path: Path) -> None:
    path, large = tmp_path / "ex1_a.py", b"#" * (MAX_SIZE + 2)
    path.write_bytes(large)
    assert len(read(path)) == MAX_SIZE + 1
    assert len(Submission("ex1_a", path, data=large).read()) == MAX_SIZE + 1
    assert digest_of(large) == digest_of(large[:-1]) != digest_of(large[:-2])


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(GradingError, match="can't be read: No such file or directory"):
        Submission("ex1_a", tmp_path / "ex1_a.py").read()


def test_links_are_followed_only_if_asked_for(tmp_path: Path) -> None:
    (tmp_path / "real.py").write_bytes(TEXT)
    link = tmp_path / "ex1_a.py"
    link.symlink_to("real.py")
    with pytest.raises(GradingError, match="it is a link"):
        Submission("ex1_a", link).read()
    assert Submission("ex1_a", link, follow_links=True).read() == TEXT


def test_it_travels() -> None:
    time = datetime(2026, 1, 2, tzinfo=UTC)
    submission = Submission("ex1_a", Path("a.py"), "ada", digest_of(TEXT), time, TEXT)
    options = Options(seed=3, checks=("a", "b"), limit=60.0)
    assert pickle.loads(pickle.dumps((submission, options))) == (submission, options)
    assert repr(TEXT) not in repr(submission)


def test_lines_are_counted_as_python_does() -> None:
    assert lines("a\r\nb\rc\fd\n") == ["a", "b", "c\fd", ""]


@pytest.mark.parametrize("given", [{}, {"path": "a.py", "data": b""}])
def test_grade_takes_a_path_or_data(given: dict) -> None:
    with pytest.raises(TypeError, match="the path of a file, or the data of one"):
        grader.grade("ex1", **given)
