"""What misconceptions and submissions must be: the files that prove the checks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from grader.authoring.reading import Broken, entries, line_of, read_tree
from grader.course import Exercise, Flaw, declared
from grader.i18n import _, ngettext


def misconceptions(exercise: Exercise) -> Iterator[Flaw]:
    for path, tree in _trees(exercise.folder / "misconceptions"):
        if isinstance(tree, Flaw):
            yield tree
            continue
        yield from _wrong_file(exercise, path, tree)
        if not any(declared(tree, "says")):
            what = _("its docstring has no line 'says:'")
            fix = _("write 'says: <text>' with words that the check's message must have")
            yield Flaw(path, 1, what, fix)
        if declared(tree, "rest"):
            fix = _("write all of it, as learners see it, or move it to submissions/wrong/")
            yield Flaw(path, line_of(path, "rest:"), _("a misconception is a whole file"), fix)


def accepted(exercise: Exercise) -> Iterator[Flaw]:
    return (
        tree for __, tree in _trees(exercise.submissions / "accepted") if isinstance(tree, Flaw)
    )


def wrong(exercise: Exercise) -> Iterator[Flaw]:
    for path, tree in _trees(exercise.submissions / "wrong"):
        if isinstance(tree, Flaw):
            yield tree
            continue
        yield from _wrong_file(exercise, path, tree)
        if declared(tree, "rest") not in ([], ["solution"]):
            fix = _("write 'rest: solution', or all of the file and no such line")
            yield Flaw(path, line_of(path, "rest:"), _("only the solution can be its rest"), fix)


def _trees(folder: Path) -> Iterator[tuple[Path, ast.Module | Flaw]]:
    """The Python files of a folder, or why one can't be read."""
    for path in entries(folder):
        if path.suffix == ".py":
            try:
                yield path, read_tree(path)
            except Broken as broken:
                yield path, broken.flaw


def _wrong_file(exercise: Exercise, path: Path, tree: ast.Module) -> Iterator[Flaw]:
    """What is wrong with what a wrong file says of itself."""
    checks, fails = check_lines(exercise), declared(tree, "fails")
    belief = (ast.get_docstring(tree) or "").partition("\n")[0].strip()
    if not re.fullmatch(r"\w+", path.stem):
        fix = _("name it after the belief, in letters, digits and underscores")
        yield Flaw(path, None, _("its name is not one word"), fix)
    if not belief or belief.startswith(("fails:", "says:", "rest:")):
        yield Flaw(path, 1, _("the belief is missing"), _("name it in the docstring's first line"))
    if len(fails) != 1:
        template = ngettext(
            "its docstring has {count} line 'fails:'",
            "its docstring has {count} lines 'fails:'",
            len(fails),
        )
        what = (
            template.format(count=len(fails)) if fails else _("its docstring has no line 'fails:'")
        )
        yield Flaw(path, 1, what, _("write one, 'fails: <check>', the first that it must fail"))
    elif checks and fails[0].removeprefix("test_") not in checks:
        what = _("it names a check that does not exist, {fails!r}").format(fails=fails[0])
        line = line_of(path, "fails:")
        yield Flaw(path, line, what, _("name a function of checks.py without test_"))


def check_lines(exercise: Exercise) -> dict[str, int]:
    """The line of each check; empty if the checks can't be read."""
    try:
        tree = read_tree(exercise.checks_file)
    except Broken:
        return {}
    return {node.name.removeprefix("test_"): node.lineno for node in tests(tree)}


def tests(tree: ast.Module) -> list[ast.FunctionDef]:
    """The checks of a module, as they are written."""
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef))
    return [node for node in functions if node.name.startswith("test_")]
