"""Each right and wrong file of the course gets the same verdicts as a notebook of three styles."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from grader.authoring.overlay import whole
from grader.course import Course, Exercise, WrongFile
from grader.engine.grading import grade
from grader.engine.precheck import precheck
from grader.engine.server import Server
from grader.report import Verdict
from grader.submission import Code
from notebooks import STYLES, files, in_cells

EXERCISES = Course.open().exercises


def text_of(exercise: Exercise, path: Path) -> str:
    text = path.read_text("utf-8")
    overlays = {wrong.path for wrong in exercise.wrong if wrong.overlay}
    return whole(exercise.solution.read_text("utf-8"), text) if path in overlays else text


def verdicts(exercise: Exercise, data: bytes, server: Server, *checks: str) -> list[object]:
    report = grade(exercise, data=data, server=server, seed=7, checks=checks or None)
    return [(check.name, check.verdict, check.misconception or "") for check in report.checks]


# of all files, without grading them

# calls of these, and of what is in them, change no value that is graded
DISPLAY = {"print", "display", "get_ipython", "plt", "axes", "logging", "faulthandler"}


@pytest.mark.thorough
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_a_notebook_keeps_what_its_file_runs(exercise: Exercise) -> None:
    """All statements but those that make nothing that the kept ones use, and nothing else."""
    for path in files(exercise):
        text = text_of(exercise, path)
        file = precheck(text.encode(), exercise.functions)
        assert isinstance(file, Code), path
        for style in STYLES:
            book = precheck(in_cells(text, style), exercise.functions)
            assert isinstance(book, Code) and book.notes == (), (path, style, book)
            kept = ast.parse(book.text).body
            theirs = {ast.dump(statement): statement for statement in ast.parse(file.text).body}
            ours = {ast.dump(statement) for statement in kept}
            # one that looks names up keeps all definitions, also those of its last block
            blocks = [each.body for each in theirs.values() if isinstance(each, ast.If)]
            last = {ast.dump(statement) for block in blocks for statement in block}
            assert ours <= theirs.keys() | last, (path, style)
            used = {*exercise.functions, *(name for statement in kept for name in names(statement))}
            left = [statement for dumped, statement in theirs.items() if dumped not in ours]
            for statement in left:
                assert not matters(statement, used), (path, style, ast.unparse(statement))


def names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id


def matters(statement: ast.stmt, used: set[str]) -> bool:
    """Whether leaving a statement out may change what the others do; never too kind."""
    match statement:
        case ast.Expr(value=ast.Constant()) | ast.If(test=ast.Compare(left=ast.Name("__name__"))):
            return False
        case ast.Expr(value=ast.Call(func=called)) if next(names(called)) in DISPLAY:
            return False
        case ast.Expr():
            return ast.unparse(statement).partition("(")[0] != "sys.stdout.reconfigure"
        case ast.FunctionDef(name=name, decorator_list=[]):
            return name in used
        case ast.Import() | ast.ImportFrom():
            return any((alias.asname or alias.name) in used for alias in statement.names)
        case ast.Assign():
            return any(used & set(names(target)) for target in statement.targets)
    return True


# of some; scripts/as_notebooks.py takes all


@pytest.mark.thorough
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_a_solution_and_two_wrong_files_as_notebooks(exercise: Exercise, server: Server) -> None:
    """The solution in one style; a misconception and a wrong file, by the check that sees them."""
    style = STYLES[exercise.number % 3]
    right = in_cells(exercise.solution.read_text("utf-8"), style)
    found = grade(exercise, data=right, server=server, seed=7)
    assert found.passed, [(check.name, check.message) for check in found.checks]
    for number, wrong in enumerate(spread(exercise), 1):
        text = text_of(exercise, wrong.path)
        book = in_cells(text, STYLES[(exercise.number + number) % 3])
        expected = verdicts(exercise, text.encode(), server, wrong.fails)
        assert (wrong.fails, Verdict.PASSED, "") not in expected, wrong.path
        assert verdicts(exercise, book, server, wrong.fails) == expected, wrong.path


def spread(exercise: Exercise) -> Sequence[WrongFile]:
    """A misconception and a wrong file, from the middle of each list."""
    both = (exercise.misconceptions, exercise.wrong)
    return [wrong[len(wrong) // 2] for wrong in both]
