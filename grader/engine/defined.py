"""Whether a file defines, once and in the right place, what the checks call."""

import ast
import difflib
from collections.abc import Collection

from grader.course import Course, CourseError, Exercise
from grader.engine.names import asks_for_name, bound
from grader.i18n import _
from grader.parsing import parse
from grader.submission import Lines

MAX_NAMES = 500  # that are compared with a missing one

Remark = tuple[str, int | None]  # a sentence, and the line it is about


def missing(tree: ast.Module, functions: tuple[str, ...], places: Lines) -> Remark | None:
    """The first name that a file lacks, and where it may be instead."""
    defined = bound(tree.body)
    if "*" in defined:
        return None  # an import that may bring any name
    for name in functions:
        if name in defined:
            continue
        if found := _elsewhere(tree, name, places):
            return found
        others = [n for n in defined if n not in functions][:MAX_NAMES]
        near = difflib.get_close_matches(name, others, n=1)
        if not near:
            template = _("{name} is missing. The checks call it by exactly this name.")
            return template.format(name=name), None
        line = defined[near[0]]
        template = _("{name} is missing. Did you mean {near} ({place})? Rename it to {name}.")
        return template.format(name=name, near=near[0], place=places.place(line)), line
    return None


def another(text: str, exercise: Exercise) -> str | None:
    """That a file defines most of what another exercise is about, and little of its own."""
    try:
        defined = bound(parse(text).body)
        if _share(exercise, defined) > 0.5:
            return None
        best = max(Course(exercise.root).exercises, key=lambda other: _share(other, defined))
        if _share(best, defined) <= 0.5:
            return None
    except (CourseError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    template = _(
        "This looks like a file for {other}, not for {exercise}: it defines {names}. Choose the "
        "file for {exercise}."
    )
    names = [name for name in best.functions if name in defined and name not in exercise.functions]
    return template.format(other=best.id, exercise=exercise.id, names=", ".join(names[:3]))


def _share(exercise: Exercise, defined: Collection[str]) -> float:
    names = exercise.functions
    return sum(name in defined for name in names) / max(len(names), 1)


def _elsewhere(tree: ast.Module, name: str, places: Lines) -> Remark | None:
    """Where a name is defined that can't be called from outside."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and asks_for_name(node.test):
            if line := bound(node.body).get(name):
                template = _(
                    "{name} is defined under `if __name__ == '__main__':` ({place}), which does "
                    "not run when others import the file. Move it out."
                )
                return template.format(name=name, place=places.place(line)), line
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            if line := bound(node.body).get(name):
                template = _("{name} ({place}) is inside {owner}. Move it to the left margin.")
                place = places.place(line)
                return template.format(name=name, place=place, owner=node.name), line
    return None


def written_twice(tree: ast.Module, functions: tuple[str, ...], places: Lines) -> Remark | None:
    """A function that is written, and below it is not: the starter version, pasted once more."""
    written: dict[str, int] = {}
    finding: Remark | None = None
    template = _(
        "{name} is defined twice, in {first} and in {last}. Python uses the later one, which is "
        "not written yet: delete it."
    )
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name not in functions:
            continue
        if not _unwritten(node.body):
            written[node.name], finding = node.lineno, None
        elif line := written.get(node.name):
            first, last = places.place(line), places.place(node.lineno)
            finding = template.format(name=node.name, first=first, last=last), node.lineno
    return finding


def _unwritten(body: list[ast.stmt]) -> bool:
    """Whether a body is empty but for a docstring, or says so by ``NotImplementedError``."""
    match body[-1]:
        case ast.Raise(exc=ast.Name(id="NotImplementedError")):
            empty = True
        case ast.Raise(exc=ast.Call(func=ast.Name(id="NotImplementedError"))):
            empty = True
        case ast.Pass() | ast.Expr(value=ast.Constant()):
            empty = True
        case _:
            empty = False
    return empty and all(
        isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant) for n in body[:-1]
    )
