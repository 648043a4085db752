"""Fixtures that many tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import grader
from grader.course import Course

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def course() -> Course:
    """The built-in course."""
    return Course.open()


@pytest.fixture(scope="session")
def server() -> Iterator[grader.Server]:
    """Warm processes for the built-in course."""
    with grader.Server() as server:
        yield server
