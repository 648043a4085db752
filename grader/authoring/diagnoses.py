"""What is wrong with the hints of diagnoses, as far as reading the checks shows it."""

import ast
from collections.abc import Iterator

from grader.authoring.reading import read_tree
from grader.course import CourseError, Exercise, Flaw
from grader.i18n import _

_NAME = "Diagnosis"


def flaws(exercise: Exercise) -> Iterator[Flaw]:
    """Diagnoses without a hint, or with one that says what the learner reads anyway.

    Raises:
        Broken: the checks can't be read.
    """
    path = exercise.checks_file
    given = _hints(exercise)
    for node in ast.walk(read_tree(path)):
        if not isinstance(node, ast.Call) or _called(node) != _NAME:
            continue
        hints = [each.value for each in node.keywords if each.arg == "hint"]
        fix = _('write Diagnosis("what is wrong", hint="how to find the cure")')
        if len(node.args) != 1 or not hints:
            yield Flaw(path, node.lineno, _("a Diagnosis has no hint"), fix)
            continue
        sentence, hint = _text(node.args[0]), _text(hints[0])
        if hint is None:  # computed: seen when a misconception is graded
            continue
        fix = _("say how to find the cure, or leave the sentence alone")
        if not hint.strip():
            yield Flaw(path, node.lineno, _("a Diagnosis has an empty hint"), fix)
        elif hint == sentence:
            yield Flaw(path, node.lineno, _("a Diagnosis has its own sentence for a hint"), fix)
        elif hint in given:
            what = _("a Diagnosis has a hint that {given} gives anyway").format(given=given[hint])
            yield Flaw(path, node.lineno, what, fix)


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _text(node: ast.expr) -> str | None:
    match node:
        case ast.Constant(value=str(text)):
            return text
    return None


def _hints(exercise: Exercise) -> dict[str, str]:
    """The hints of all checks, and whose each is; none if a marker can't be read."""
    try:
        return {hint: check.name for check in exercise.checks for hint in check.hints}
    except CourseError:
        return {}
