"""Errors that are worded for a person, and those that are not."""

import ast

from grader.cli.app import _sentence
from grader.errors import CourseError
from grader.sandbox.wire import WireError
from support import modules

INTERNAL = {  # of one process of ours for another; none is shown as it is
    "Cancelled",
    "Closed",
    "Ended",
    "Failure",
    "Garbled",
    "Hangs",
    "Late",
    "Expired",
    "LoadError",
    "NotAdmitted",
    "NotStarted",
    "Raised",
    "Refused",
    "ServerError",
    "NoProcess",
    "SubmissionError",
    "Unconfined",
    "Unreadable",
    "WireError",
}


def test_an_error_for_a_person_is_said_and_another_is_not() -> None:
    assert _sentence(CourseError("There is no exercise 'ex99'.")) == "There is no exercise 'ex99'."
    unexpected = _sentence(WireError("a frame of 3 bytes"))
    assert unexpected != "a frame of 3 bytes" and "WireError" in unexpected


def test_every_error_is_one_or_the_other() -> None:
    bases: dict[str, set[str]] = {}
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                bases[node.name] = {ast.unparse(base) for base in node.bases}
    errors = {"GraderError", "Exception"}
    while more := {name for name, over in bases.items() if over & errors} - errors:
        errors |= more
    worded = {"GraderError"}
    while more := {name for name, over in bases.items() if over & worded} - worded:
        worded |= more
    assert errors - worded - {"Exception"} == INTERNAL
