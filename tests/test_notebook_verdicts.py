"""Each right and wrong file of the course gets the same verdicts as a notebook of three styles."""

from pathlib import Path

import pytest

from grader.authoring.overlay import whole
from grader.course import Course, Exercise
from grader.engine.grading import grade
from grader.engine.server import Server
from notebooks import in_cells

pytestmark = pytest.mark.slow
STYLES = ("one", "many", "training")
FILES = [
    (exercise, path)
    for exercise in Course.open().exercises
    for path in [
        exercise.solution,
        *exercise.accepted,
        *(wrong.path for wrong in (*exercise.misconceptions, *exercise.wrong)),
    ]
]


@pytest.fixture(scope="module")
def server():
    with Server() as server:
        yield server


def text_of(exercise: Exercise, path: Path) -> str:
    text = path.read_text("utf-8")
    overlays = {wrong.path for wrong in exercise.wrong if wrong.overlay}
    return whole(exercise.solution.read_text("utf-8"), text) if path in overlays else text


@pytest.mark.parametrize(
    ("exercise", "path"), FILES, ids=[f"{e.id}-{p.parent.name}-{p.stem}" for e, p in FILES]
)
def test_a_notebook_gets_the_verdicts_of_its_file(
    exercise: Exercise, path: Path, server: Server
) -> None:
    text = text_of(exercise, path)
    file = grade(exercise, data=text.encode(), server=server, seed=7)
    expected = [(check.name, check.verdict) for check in file.checks]
    for style in STYLES:
        found = grade(exercise, data=in_cells(text, style), server=server, seed=7)
        assert [(check.name, check.verdict) for check in found.checks] == expected, style
