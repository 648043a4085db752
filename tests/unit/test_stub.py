"""What is made of a solution, and how exercises are named."""

import re

import pytest

from grader.errors import CourseError
from grader.stub import ID, STEM, make_stub, regions, remarks, without_markers

SOLUTION = '''"""Means."""

import numpy as np


def mean(values):
    """The mean."""
    ### BEGIN SOLUTION
    # One call, and
    # no loop.

    # a comment
    text = """
### no marker
"""
    return np.mean(values)
    ### END SOLUTION


class Mean:
    def of(self, values):
        ### BEGIN SOLUTION
        return 0
        ### END SOLUTION
'''

STUB = '''"""Means."""

import numpy as np


def mean(values):
    """The mean."""
    raise NotImplementedError


class Mean:
    def of(self, values):
        raise NotImplementedError
'''


def test_regions() -> None:
    assert regions(SOLUTION) == [range(8, 18), range(22, 25)]
    assert regions("x = 1\n") == []


def test_a_region_becomes_one_statement_at_its_indentation() -> None:
    assert make_stub(SOLUTION) == STUB
    assert make_stub(STUB) == STUB


def test_a_file_without_a_last_newline() -> None:
    text = "def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION"
    assert make_stub(text) == "def f():\n    raise NotImplementedError\n"


def test_without_markers() -> None:
    shown = without_markers(SOLUTION)
    assert "SOLUTION" not in shown and '"""\n\n    # a comment\n    text' in shown
    assert len(shown.splitlines()) == len(SOLUTION.splitlines()) - 6


def test_remarks() -> None:
    assert remarks(SOLUTION) == {"mean": "One call, and no loop.", "Mean": ""}
    assert remarks(STUB) == {}


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("a\n### BEGIN SOLUTION\nb", "### BEGIN SOLUTION has no partner."),
        ("### END SOLUTION", "line 1: ### END SOLUTION has no partner."),
        (
            "### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION",
            "line 2: ### BEGIN SOLUTION has no partner.",
        ),
        (
            "### BEGIN SOLUTION\n### END SOLUTION\n  ### END SOLUTION",
            "line 3: ### END SOLUTION has no partner.",
        ),
    ],
)
def test_a_marker_without_a_partner(lines: str, says: str) -> None:
    for read in (regions, make_stub):
        with pytest.raises(CourseError, match=f"^{re.escape(says)}$"):
            read(lines)


@pytest.mark.parametrize("stem", ["ex1_a", "ex10_two_words", "ex3_größe"])
def test_stems(stem: str) -> None:
    assert re.fullmatch(STEM, stem) and re.fullmatch(ID, stem.partition("_")[0])


@pytest.mark.parametrize("stem", ["ex0_a", "ex01_a", "ex_a", "ex1", "ex1_", "x1_a", "ex1_a-b", ""])
def test_other_names(stem: str) -> None:
    assert not re.fullmatch(STEM, stem)
