"""The course itself: every solution passes, what does nothing passes nothing, each misconception
is caught by the check, and with the words, that it names.
"""

import ast
from pathlib import Path

import pytest

import grader
from grader.course import Course, Exercise, Misconception, make_stub
from grader.report import CheckResult, Report, Verdict

COURSE = Course.open()
EXERCISES = [pytest.param(e, id=e.id) for e in COURSE.exercises]
MISCONCEPTIONS = [
    pytest.param(e, m, id=f"{e.id}-{m.name}") for e in COURSE.exercises for m in e.misconceptions
]
RED = (Verdict.FAILED, Verdict.ERROR, Verdict.TIMEOUT)


def first_red(report: Report) -> CheckResult | None:
    """The first check, in the order of the course, that says something is wrong."""
    return next((c for c in report.checks if c.verdict in RED), None)


class Hollow(ast.NodeTransformer):
    """Replace every function's body by one return: of None, or of what was passed first."""

    def __init__(self, returns_argument: bool) -> None:
        self.returns_argument = returns_argument
        self.in_class = False

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        self.in_class = True
        self.generic_visit(node)
        self.in_class = False
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        arguments = [a.arg for a in node.args.posonlyargs + node.args.args]
        if self.in_class:
            arguments = arguments[1:] or arguments  # not self, if there is another
        value: ast.expr = ast.Constant(None)
        if self.returns_argument and arguments and node.name != "__init__":
            value = ast.Name(arguments[0], ast.Load())
        node.body = [ast.Return(value)]
        return node


def hollow(exercise: Exercise, returns_argument: bool) -> str:
    """A submission with all names of the solution, in which nothing is done."""
    tree = Hollow(returns_argument).visit(ast.parse(exercise.solution.read_text("utf-8")))
    return ast.unparse(ast.fix_missing_locations(tree))


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_solution_passes(exercise: Exercise, server: grader.Server) -> None:
    """With full points, and behind every layer of protection."""
    report = grader.grade(exercise, exercise.solution, server=server)
    assert [(c.name, c.message) for c in report.checks if c.verdict is not Verdict.PASSED] == []
    assert report.score == report.max_score > 0
    assert report.protection.level == "full"


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_stub_is_the_solution_without_its_regions(exercise: Exercise) -> None:
    """scripts/make_stubs.py was run after the last change."""
    assert exercise.stub.read_text("utf-8") == make_stub(exercise.solution.read_text("utf-8"))


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_stub_passes_nothing(exercise: Exercise, server: grader.Server) -> None:
    """Nothing is red before anything is written."""
    report = grader.grade(exercise, exercise.stub, server=server)
    assert {c.verdict for c in report.checks} <= {Verdict.TODO, Verdict.BLOCKED}
    assert report.checks[0].verdict is Verdict.TODO


@pytest.mark.parametrize("returns", ["None", "argument"])
@pytest.mark.parametrize("exercise", EXERCISES)
def test_doing_nothing_passes_nothing(
    exercise: Exercise, returns: str, server: grader.Server, tmp_path: Path
) -> None:
    """Functions that return None, or what they were given, pass no check."""
    path = tmp_path / exercise.stub.name
    path.write_text(hollow(exercise, returns == "argument"), "utf-8")
    report = grader.grade(exercise, path, server=server)
    assert [c.name for c in report.checks if c.verdict is Verdict.PASSED] == []
    assert {c.verdict for c in report.checks} <= {Verdict.FAILED, Verdict.ERROR, Verdict.BLOCKED}


@pytest.mark.parametrize(("exercise", "misconception"), MISCONCEPTIONS)
def test_the_misconception_is_caught(
    exercise: Exercise, misconception: Misconception, server: grader.Server
) -> None:
    """By the check that it names and by none before it, with the words that it names."""
    names = [c.name for c in exercise.checks]
    up_to_it = names[: names.index(misconception.fails) + 1]
    report = grader.grade(exercise, misconception.path, checks=up_to_it, server=server)
    red = first_red(report)
    assert red is not None and (red.name, red.verdict) == (misconception.fails, Verdict.FAILED)
    for text in misconception.says:
        assert text in red.message


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_check_helps(exercise: Exercise) -> None:
    """Each has points, a title, one to three hints and a concept, and needs only what exists."""
    names = [c.name for c in exercise.checks]
    assert len(set(names)) == len(names)
    for check in exercise.checks:
        assert check.points > 0
        assert check.title != f"test_{check.name}"
        assert 1 <= len(check.hints) <= 3
        assert check.concept
        assert set(check.needs) <= set(names)
