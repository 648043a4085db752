"""What each expectation takes, what it refuses, and what it says then."""

import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from grader.checks import Diagnosis, expect
from grader.checks.errors import SubmissionError
from grader.checks.expect import Failure
from grader.checks.passing import StandIn
from grader.checks.remote import Learner, RemoteProcess
from grader.checks.source import Source
from grader.sandbox import values, wire
from grader.sandbox.clock import Clock


def failure(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Failure:
    with pytest.raises(Failure) as caught:
        function(*args, **kwargs)
    return caught.value


def says(function: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    return failure(function, *args, **kwargs).message


# a submission whose functions are those of a class here, behind a real socket


class Functions:
    """The submission."""

    @staticmethod
    def plain(x: Any, *, scale: Any = 1) -> Any:
        return x * scale

    @staticmethod
    def first_changed(x: np.ndarray, y: Any = None) -> int:
        x[0] = -1
        return 7

    _table = np.zeros(2)

    @staticmethod
    def one_table(x: float) -> np.ndarray:
        Functions._table[:] = x
        return Functions._table

    @staticmethod
    def keyword_changed(x: Any, *, y: list[Any]) -> None:
        y.append(1)

    @staticmethod
    def other_dtype(x: np.ndarray) -> None: ...

    @staticmethod
    def picky(x: int) -> None:
        raise UnicodeError(f"bad Value {x}")


def serve(channel: wire.Channel) -> None:
    """What the agent does, as far as it is needed here."""
    channel.send({"missing": []})
    kept = None
    while True:
        try:
            message, tensors = channel.receive()
        except wire.Closed:
            return
        reply: wire.Message = {"id": message["id"], "printed": ""}
        out: wire.Tensors = {}
        if message["do"] == "ask":
            channel.send(reply | {"value": values.encode(kept, out, lambda _: None)}, out)
            continue
        args = values.decode(message["args"], tensors, lambda reference: reference["object"])
        kwargs = values.decode(message["kwargs"], tensors, lambda reference: reference["object"])
        name = message["target"][1]
        try:
            value = getattr(Functions, name)(*args, **kwargs)
        except ValueError as error:
            bases = [base.__name__ for base in type(error).__mro__[1:]]
            reply["error"] = {"type": type(error).__name__, "bases": bases, "message": str(error)}
        else:
            if name == "other_dtype":
                args = [args[0].astype(np.float32)]
            kept = value if message.get("keep") else kept
            reply["value"] = values.encode(value, out, lambda _: None)
            if message.get("arguments"):
                reply["arguments"] = values.encode([list(args), kwargs], out, lambda _: None)
        channel.send(reply, out)


@pytest.fixture
def learner() -> Iterator[Learner]:
    ours, theirs = socket.socketpair()
    thread = threading.Thread(target=serve, args=[wire.Channel(theirs)])
    thread.start()

    class Lines:
        def start(self, kind: str, tensorflow: bool) -> tuple[int, socket.socket]:
            return 0, ours

        def end(self, number: int) -> int:
            return 0

    clock = Clock()
    clock.start(60)
    process = RemoteProcess(Lines(), "learner", False, clock)
    process.ready()
    yield Learner(process)
    process.end()
    thread.join()
    theirs.close()


# that


@pytest.mark.parametrize("true", [True, np.True_, np.float64(2) > 1])
def test_that(true: Any) -> None:
    expect.that(true, "never said")


@pytest.mark.parametrize("false", [False, np.False_])
def test_that_not(false: Any) -> None:
    found = failure(expect.that, false, "Said.", expected=1, got=2, given={"x": 3})
    assert found.message == str(found) == "Said."
    assert {k: v["text"] for k, v in found.details.items() if k != "given"} == {
        "expected": "1",
        "got": "2",
    }
    assert found.details["given"]["x"]["text"] == "3"
    assert failure(expect.that, false, "Said.").details == {}


@pytest.mark.parametrize("value", [1, 0, "", [True], None, np.array([True])])
def test_that_takes_truth_values_only(value: Any) -> None:
    with pytest.raises(TypeError, match="takes a truth value, not "):
        expect.that(value, "never said")


def test_none_is_a_value_that_is_shown() -> None:
    assert failure(expect.that, False, "Said.", expected=None).details["expected"]["text"] == "None"


# diagnoses

MIRRORED = Diagnosis("The order is turned around.", hint="Look at the first number.")


@pytest.mark.parametrize(
    ("expectation", "arguments"),
    [
        (expect.equal, ([2, 1], [1, 2])),
        (expect.array_equal, (np.array([2, 1]), np.array([1, 2]))),
        (expect.allclose, ([2.0, 1.0], np.array([1, 2]))),
        (expect.number, (7, 1)),
    ],
)
def test_a_diagnosis_brings_its_hint(expectation: Any, arguments: tuple) -> None:
    got = arguments[0]
    found = failure(expectation, *arguments, otherwise={"Of " + MIRRORED: got})
    assert found.message == "Of The order is turned around."
    assert type(found.message) is str  # it travels as JSON
    assert found.details["hint"] == "Look at the first number."
    assert "hint" not in failure(expectation, *arguments, otherwise={"Plain.": got}).details


def test_any_message_may_be_a_diagnosis() -> None:
    for found in (
        failure(expect.fail, MIRRORED),
        failure(expect.that, False, MIRRORED),
        failure(expect.equal, 3, 4, message=MIRRORED),
    ):
        assert found.details["hint"] == MIRRORED.hint


def test_a_diagnosis_needs_a_hint() -> None:
    with pytest.raises(ValueError, match="has an empty hint"):
        Diagnosis("Wrong.", hint=" ")


# array_equal


@pytest.mark.parametrize(
    "got",
    [
        np.array([1, 2, 3]),
        np.array([1.0, 2.0, 3.0]),
        np.array([1, 2, 3], np.uint8),
        [1, 2, 3],
        (1, 2.0, np.int8(3)),
        [np.array(1), 2, 3],
    ],
)
def test_array_equal(got: Any) -> None:
    expect.array_equal(got, [1, 2, 3])


def test_array_equal_compares_exactly() -> None:
    want = np.array([1.0, 2.0])
    assert says(expect.array_equal, np.nextafter(want, 3), want) == "The values differ."


@pytest.mark.parametrize(
    ("got", "message"),
    [
        ([1, 2, 4], "The values differ."),
        ([1, 2], "The shape should be (3,); it is (2,)."),
        (
            [1],
            "The shape should be (3,); it is (1,). Is `return` inside of the loop, so that it ends "
            "it the first time?",
        ),
        ([[1, 2, 3]], "The shape should be (3,); it is (1, 3)."),
        (6, "Expected an array, got the number 6."),
        (np.array(6), "Expected an array, got an array of shape ()."),
        ("123", "Expected an array, got the string '123'."),
        ([[1], [2, 3]], "Expected an array, got a list of length 2."),
        (["1", "2", "3"], "Expected an array, got a list of length 3."),
        (np.array(["a", "b", "c"]), "Expected an array, got an array of shape (3,)."),
        (np.array([1, 2, 3 + 0j]), "Expected an array, got an array of shape (3,)."),
        (None, "The function returned None. Did you forget `return`?"),
        ([1, 2, np.nan], "The result contains NaN."),
        ([1, np.inf, 3], "The result contains infinite numbers."),
        ([np.inf, np.nan, 3], "The result contains NaN."),
    ],
)
def test_not_array_equal(got: Any, message: str) -> None:
    assert says(expect.array_equal, got, np.array([1, 2, 3])) == message


def test_infinity_that_is_right() -> None:
    expect.array_equal([np.inf, 1.0], np.array([np.inf, 1.0]))
    assert says(expect.array_equal, [np.inf, 2.0], [np.inf, 1.0]) == "The values differ."


def test_the_difference_is_described() -> None:
    got, want = np.array([[1, 9], [3, 40]]), np.array([[1, 2], [3, 4]])
    assert failure(expect.array_equal, got, want).details["difference"] == {
        "count": 2,
        "of": 4,
        "first": {"index": [0, 1], "expected": "2", "got": "9"},
        "worst": {"index": [1, 1], "expected": "4", "got": "40"},
    }


def test_integers() -> None:
    expect.array_equal(np.array([1, 2], np.uint8), [1, 2], integers=True)
    for dtype in (float, bool):
        ones = np.ones(2, dtype)
        expect.array_equal(ones, [1, 1])
        found = says(expect.array_equal, ones, [1, 1], integers=True)
        assert found == f"Expected integers; the dtype is {ones.dtype}."
    assert says(expect.array_equal, [1.0, 3.0], [1, 2], integers=True) == "The values differ."


# allclose, with tolerances that are exact in binary


@pytest.mark.parametrize("expectation", [expect.allclose, expect.number])
def test_the_borders_of_the_tolerances(expectation: Any) -> None:
    many = (lambda x: np.array([x])) if expectation is expect.allclose else (lambda x: x)
    for got, right in ((4.25, True), (3.75, True), (4.2500001, False), (3.7499999, False)):
        for tolerances in ({"atol": 0.25, "rtol": 0}, {"atol": 0, "rtol": 1 / 16}):
            if right:
                expectation(many(got), many(4.0), **tolerances)
            else:
                assert says(expectation, many(got), many(4.0), **tolerances) == "The values differ."
    expectation(many(4.5), many(4.0), atol=0.25, rtol=1 / 16)  # they add up
    assert says(expectation, many(4.50001), many(4.0), atol=0.25, rtol=1 / 16)


def test_the_tolerance_is_of_what_is_right_and_not_of_what_came() -> None:
    assert says(expect.allclose, [8.0], [4.0], rtol=0.5, atol=0) == "The values differ."
    expect.allclose([2.0], [4.0], rtol=0.5, atol=0)


def test_the_usual_tolerances() -> None:
    expect.allclose([1 + 1.0e-5], [1.0])
    assert says(expect.allclose, [1 + 1.2e-5], [1.0]) == "The values differ."
    expect.allclose([0.9e-6], [0.0])
    assert says(expect.allclose, [1.1e-6], [0.0]) == "The values differ."


def test_without_tolerance_whole_numbers_are_no_floats() -> None:
    large = np.array([2**60, 2**60 + 1])
    expect.allclose(large, large, rtol=0, atol=0)
    assert says(expect.allclose, large - 1, large, rtol=0, atol=0) == "The values differ."
    expect.allclose([np.nan, 1.0], [np.nan, 1.0], rtol=0, atol=0)


def test_nan_that_is_right() -> None:
    expect.allclose([np.nan, 1.0], [np.nan, 1.0])
    assert says(expect.allclose, [1.0, 1.0], [np.nan, 1.0]) == "The values differ."


def test_dtype() -> None:
    expect.allclose(np.ones(2, np.float32), np.ones(2), dtype=np.float32)
    expect.allclose(np.ones(2, np.float32), np.ones(2), dtype="float32")
    found = says(expect.allclose, np.ones(2), np.ones(2), dtype=np.float32)
    assert found == "The dtype should be float32; it is float64."


# number


@pytest.mark.parametrize("got", [2, 2.0, np.float32(2), np.int8(2), np.array(2.0)])
def test_number(got: Any) -> None:
    expect.number(got, 2.0)


@pytest.mark.parametrize(
    ("got", "message"),
    [
        (None, "The function returned None. Did you forget `return`?"),
        (True, "Expected one number, got the truth value True."),
        (np.True_, "Expected one number, got the truth value True."),
        ("1", "Expected one number, got the string '1'."),
        ([1.0], "Expected one number, got a list of length 1."),
        (np.array([1.0]), "Expected one number, got an array of shape (1,)."),
        (2.0, "The values differ."),
        (float("nan"), "The values differ."),
    ],
)
def test_no_number(got: Any, message: str) -> None:
    assert says(expect.number, got, 1.0) == message


# equal


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (1, 1),
        (1.0, 1),
        (np.int64(3), 3),
        (np.array(3), 3),
        ([1, (2, "a")], (1, [2, "a"])),
        (np.array([[1, 2]]), [[1, 2]]),
        (None, None),
        ("a", "a"),
        (True, np.True_),
        (float("nan"), float("nan")),
        ({"a": [1]}, {"a": (1,)}),
        (np.arange(20_000), np.arange(20_000)),
    ],
)
def test_equal(got: Any, want: Any) -> None:
    expect.equal(got, want)


@pytest.mark.parametrize(
    ("got", "want", "message"),
    [
        (2, 1, "The values differ."),
        (True, 1, "Expected a value of type int, got the truth value True."),
        (1, True, "Expected a value of type bool, got the number 1."),
        (0, False, "Expected a value of type bool, got the number 0."),
        ([1, True], [1, 1], "The values differ."),
        (1.5, 1, "Expected a value of type int, got the number 1.5."),
        ("1", 1, "Expected a value of type int, got the string '1'."),
        (None, 1, "The function returned None. Did you forget `return`?"),
        (1, None, "The values differ."),
        ((1, 2), (1, 2, 3), "The values differ."),
        ((1, 2, 3), (1, 2), "The values differ."),
        ({"a": 1}, {"b": 1}, "The values differ."),
        ({"a": 1, "b": 2}, {"a": 1}, "The values differ."),
        (np.arange(20_000), np.arange(1, 20_001), "The values differ."),
        (np.arange(20_000), list(range(20_000)), "Expected a value of type list, "
         "got an array of shape (20000,)."),
    ],
)  # fmt: skip
def test_not_equal(got: Any, want: Any, message: str) -> None:
    assert says(expect.equal, got, want) == message


def test_message_is_for_the_right_kind() -> None:
    assert says(expect.equal, 2, 1, message="Count them.") == "Count them."
    kind = "Expected a value of type int, got the truth value True."
    assert says(expect.equal, True, 1, message="Count them.") == kind
    forgot = "The function returned None. Did you forget `return`?"
    assert says(expect.equal, None, 1, message="Count them.") == forgot
    assert says(expect.equal, 2, None, message="Never.") == "Never."


# what all of them share

TABLE = [
    (expect.array_equal, [3, 4], [1, 2], [5, 6]),
    (expect.allclose, [3.0, 4.0], [1.0, 2.0], [5.0, 6.0]),
    (expect.number, 3.0, 1.0, 5.0),
    (expect.equal, 3, 1, 5),
]


@pytest.mark.parametrize(("expectation", "got", "want", "other"), TABLE)
def test_otherwise_and_message(expectation: Any, got: Any, want: Any, other: Any) -> None:
    mistakes = {"First mistake.": other, "Second mistake.": got, "Third mistake.": got}
    found = failure(
        expectation, got, want, otherwise=mistakes, message="Any other.", given={"n": 7}
    )
    assert found.message == "Second mistake."
    assert found.details["given"]["n"]["text"] == "7"
    assert found.details["expected"] != found.details["got"]
    found = failure(
        expectation, got, want, otherwise={"No.": other}, message="Other.", given={"n": 7}
    )
    assert found.message == "Other."
    assert found.details["given"]["n"]["text"] == "7"
    expectation(want, want, otherwise={"A mistake that is right here.": want})


@pytest.mark.parametrize("expectation", [expect.array_equal, expect.allclose])
def test_otherwise_may_have_another_shape(expectation: Any) -> None:
    assert says(expectation, [1], [1, 2], otherwise={"Only one.": [1]}) == "Only one."


def test_otherwise_uses_the_tolerance() -> None:
    mistakes = {"Doubled.": 2.0}
    assert says(expect.number, 2.1, 1.0, atol=0.25, rtol=0, otherwise=mistakes) == "Doubled."
    assert says(expect.number, 2.3, 1.0, atol=0.25, rtol=0, otherwise=mistakes) != "Doubled."
    array = {"Doubled.": [2.0]}
    assert says(expect.allclose, [2.1], [1.0], atol=0.25, rtol=0, otherwise=array) == "Doubled."
    assert says(expect.allclose, [2.3], [1.0], atol=0.25, rtol=0, otherwise=array) != "Doubled."


@pytest.mark.parametrize(("expectation", "want"), [(each[0], each[2]) for each in TABLE])
def test_otherwise_may_be_of_any_type(expectation: Any, want: Any) -> None:
    assert says(expectation, (1, 2, 3), want, otherwise={"Three.": [1, 2, 3]}) == "Three."
    forgot = "The function returned None. Did you forget `return`?"
    assert says(expectation, None, want, otherwise={"Three.": [1, 2, 3]}) == forgot


# unchanged


def test_unchanged(learner: Learner) -> None:
    assert expect.unchanged(learner.plain, 3, scale=4) == 12
    array = np.array([1, 2, 3])
    assert expect.unchanged(learner.plain, array, scale=2).tolist() == [2, 4, 6]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda learner: expect.unchanged(learner.first_changed, np.array([1, 2])),
            "first_changed changed its input (argument 1). Work on a copy.",
        ),
        (
            lambda learner: expect.unchanged(learner.first_changed, x=np.array([1]), y=3),
            "first_changed changed its input (argument x). Work on a copy.",
        ),
        (
            lambda learner: expect.unchanged(learner.keyword_changed, 1, y=[]),
            "keyword_changed changed its input (argument y). Work on a copy.",
        ),
        (
            lambda learner: expect.unchanged(learner.other_dtype, np.array([1.0])),
            "other_dtype changed its input (argument 1). Work on a copy.",
        ),
    ],
)
def test_changed(learner: Learner, call: Callable[[Learner], Any], message: str) -> None:
    assert says(call, learner) == message


def test_what_was_and_what_is(learner: Learner) -> None:
    found = failure(expect.unchanged, learner.first_changed, np.array([1, 2]))
    assert found.details["expected"]["text"] == "[1, 2]"
    assert found.details["got"]["text"] == "[-1,  2]"


def test_a_stand_in_may_be_used(learner: Learner) -> None:
    assert expect.unchanged(learner.plain, 3, scale=StandIn()) == -3  # its number there is -1


def test_results_apart(learner: Learner) -> None:
    expect.apart(learner.plain, (3,), (4,))
    expect.apart(learner.plain, (np.array([1, 2]),), (np.array([3, 4]),))
    found = failure(expect.apart, learner.one_table, (1.0,), (2.0,))
    assert found.message.startswith("What one_table returned first has changed with the next call.")
    assert (found.details["expected"]["text"], found.details["got"]["text"]) == (
        "[1., 1.]",
        "[2., 2.]",
    )


# raises


def test_raises(learner: Learner) -> None:
    for kind in ("UnicodeError", "ValueError", "Exception"):
        error = expect.raises(kind, learner.picky, 3, mentions="bad vALUE 3")
        assert isinstance(error, SubmissionError) and error.message == "bad Value 3"


def test_raises_something_else(learner: Learner) -> None:
    found = failure(expect.raises, "KeyError", learner.picky, 3)
    assert found.message == "This should raise KeyError, not UnicodeError."
    assert found.details["got"]["text"] == "'bad Value 3'"


def test_raises_without_the_words(learner: Learner) -> None:
    found = failure(expect.raises, "ValueError", learner.picky, 3, mentions="good")
    assert found.message == "The values differ."
    assert found.details["expected"]["text"] == "'good'"
    assert found.details["got"]["text"] == "'bad Value 3'"


def test_raises_nothing(learner: Learner) -> None:
    found = says(expect.raises, "ValueError", learner.plain, 3, scale=2)
    assert found == "This should raise ValueError, but it didn't raise anything."


# rules about the text

TEXT = """import numpy as np
from os import path

def f(x):
    return sorted(np.argmax(x)), x.copy()
"""


@pytest.mark.parametrize(
    ("names", "message", "line"),
    [
        (["numpy.argmax"], "Line 5 uses numpy.argmax. Write this without it.", 5),
        (["sorted"], "Line 5 uses sorted. Write this without it.", 5),
        ([".copy"], "Line 5 uses the method .copy. Write this without it.", 5),
        (["sorted", "os.path"], "Line 2 uses os.path. Write this without it.", 2),
    ],
)
def test_not_used(names: list[str], message: str, line: int) -> None:
    found = failure(expect.not_used, Source(TEXT), *names)
    assert found.message == message
    text = TEXT.splitlines()[line - 1]
    assert found.details["lines"] == [{"number": line, "text": text, "current": True}]
    assert says(expect.not_used, Source(TEXT), *names, message="By hand, please.") == (
        "By hand, please."
    )
    expect.not_used(Source(TEXT), "numpy.sort", "max", ".argmax", "argmax", "f", "x")


def test_not_imported() -> None:
    found = failure(expect.not_imported, Source(TEXT), "os", "numpy")
    assert found.message == "Line 1 imports numpy. Write this without it."
    assert found.details["lines"][0]["text"] == "import numpy as np"
    assert says(expect.not_imported, Source(TEXT), "os") == (
        "Line 2 imports os. Write this without it."
    )
    assert says(expect.not_imported, Source(TEXT), "os", message="No os.") == "No os."
    expect.not_imported(Source(TEXT), "sys", "path", "np", "numpy.linalg")


@pytest.mark.parametrize(
    ("expectation", "values"),
    [
        (expect.array_equal, (np.zeros(2), np.ones(2))),
        (expect.allclose, (np.zeros(2), np.ones(2))),
        (expect.number, (1, 2)),
        (expect.equal, (1, 2)),
        (expect.that, (False, "No.")),
    ],
)
def test_what_is_compared_has_a_name(expectation: Any, values: tuple[Any, Any]) -> None:
    with pytest.raises(expect.Failure) as named:
        expectation(*values, what="row sums")
    assert named.value.details["what"] == "row sums"
    with pytest.raises(expect.Failure) as nameless:
        expectation(*values)
    assert "what" not in nameless.value.details
