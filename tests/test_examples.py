"""Each example of a brief is an input of the checks too: who fails it does not pass."""

import ast
import doctest
from pathlib import Path

import pytest

import grader
from grader.course import Course, Exercise

# makes a function that raises an error of its own for the arguments of an example
BUT_FOR = """

def _same(got, asked):
    if asked is ...:  # anything
        return True
    if isinstance(asked, np.ndarray):
        same = isinstance(got, np.ndarray) and got.dtype == asked.dtype
        return same and np.array_equal(got, asked)
    return type(got) is type(asked) and got == asked


def _but_for(error, function):
    import functools, inspect

    bound = inspect.signature(function).bind

    def of_example(*args, **kwargs):
        asked = bound(*args, **kwargs).arguments

        @functools.wraps(function)
        def wrapped(*args, **kwargs):
            got = bound(*args, **kwargs).arguments
            if got.keys() == asked.keys() and all(_same(got[k], asked[k]) for k in asked):
                raise type(error, (Exception,), {})("the example of the brief")
            return function(*args, **kwargs)

        return wrapped

    return of_example


"""


class _Anything(ast.NodeTransformer):
    """Puts ``...`` in place of what an example does not spell out."""

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return node if node.id == "np" else ast.Constant(...)

    def visit_Lambda(self, node: ast.Lambda) -> ast.expr:
        return ast.Constant(...)


def examples(exercise: Exercise) -> dict[str, str]:
    """The statement that makes a function fail one example of the brief, by the error's name."""
    tree = ast.parse(exercise.solution.read_text("utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    found = {}
    for function in functions:
        for example in doctest.DocTestParser().get_examples(ast.get_docstring(function) or ""):
            for call in ast.walk(ast.parse(example.source)):
                if not (isinstance(call, ast.Call) and ast.unparse(call.func) == function.name):
                    continue
                if isinstance(call.args[0], ast.Name):
                    continue  # a model that the example does not show
                error = f"Example{len(found)}Error"
                args = [_Anything().visit(arg) for arg in call.args]
                keywords = [ast.keyword(k.arg, _Anything().visit(k.value)) for k in call.keywords]
                made = ast.unparse(ast.Call(ast.Name("CALLED"), args, keywords))
                wrap = f"_but_for({error!r}, {function.name})"
                found[error] = f"{function.name} = {made.replace('CALLED', wrap, 1)}\n"
    return found


@pytest.mark.thorough
@pytest.mark.parametrize("name", [f"ex{n}" for n in range(1, 9)])
def test_examples_are_inputs_of_the_checks(
    name: str, course: Course, server: grader.Server, tmp_path: Path
) -> None:
    exercise = course.exercise(name)
    left = examples(exercise)
    assert left
    path = tmp_path / exercise.stub.name
    for training in (False, True):
        checks = [c.name for c in exercise.checks if c.tensorflow is training]
        seen = left
        while left and seen:  # what waited for another check, or stood below another example
            text = exercise.solution.read_text("utf-8") + BUT_FOR + "".join(left.values())
            path.write_text(text, "utf-8")
            report = grader.grade(exercise, path, checks=checks, server=server)
            said = str([(c.message, c.details) for c in report.checks])
            seen = {error: statement for error, statement in left.items() if error in said}
            left = {error: left[error] for error in left if error not in seen}
    assert list(left.values()) == []
