"""``results.json`` beside what Gradescope's own package writes for a run of unittest."""

import io
import json
import unittest

import pytest

from grader.export.gradescope import results
from grader.export.interface import Interim
from grader.report import CheckResult, Protection, Report, Verdict

utils = pytest.importorskip("gradescope_utils.autograder_utils.json_test_runner")
decorators = pytest.importorskip("gradescope_utils.autograder_utils.decorators")


class Checks(unittest.TestCase):
    __test__ = False  # not pytest's

    @decorators.weight(2)
    @decorators.number("1")
    @decorators.visibility("visible")
    @decorators.tags("shapes")
    def test_one(self) -> None:
        """One holds"""
        print("seen")

    @decorators.partial_credit(4)
    @decorators.number("2")
    @decorators.visibility("visible")
    @decorators.tags("shapes")
    def test_two(self, set_score=None) -> None:
        """Two holds"""
        set_score(1)
        raise AssertionError("Expected 3, got 4")


def theirs() -> dict:
    stream = io.StringIO()
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(Checks)
    runner = utils.JSONTestRunner(stream, visibility="visible", stdout_visibility="hidden")
    runner.run(suite)
    return json.loads(stream.getvalue())


def ours() -> dict:
    checks = (
        CheckResult("one", "One holds", Verdict.PASSED, 2, 2, concept="shapes"),
        CheckResult("two", "Two holds", Verdict.FAILED, 1, 4, "Expected 3", concept="shapes"),
    )
    versions = {"grader": "1", "tensorflow": None}
    report = Report("ex3_flatten", "t", "a.py", 7, checks, Protection("full"), versions, 1.5)
    return json.loads(json.dumps(results(Interim(report))))


def test_every_field_that_gradescope_writes_is_there_with_the_same_kind_of_value() -> None:
    there, here = theirs(), ours()
    kinds = {key: type(value) for key, value in there.items() if key != "leaderboard"}
    assert float(there["execution_time"]) >= 0, "a string there, as text of seconds"
    kinds["execution_time"] = int
    assert {key: type(here[key]) for key in kinds} == kinds
    assert here["score"] == there["score"] == 3
    assert (here["visibility"], here["stdout_visibility"]) == ("visible", "hidden")


def test_tests_have_gradescopes_fields_and_values() -> None:
    for there, here in zip(theirs()["tests"], ours()["tests"], strict=True):
        same = ["name", "score", "max_score", "status", "number", "visibility", "tags"]
        assert set(there) == {*same, "output"}
        assert [here[key] for key in same] == [there[key] for key in same]
        assert type(here["output"]) is type(there["output"]) is str
