"""Expectations: what a check states of a value, and the failure that names the difference.

Each takes what came and what is right, and raises ``Failure`` unless they agree. Keywords that they
share:

``otherwise``
    ``{sentence: value}``, the results of typical mistakes. If one of these values came, its
    sentence is the message. A ``Diagnosis`` brings a hint of its own, as any message may.
``message``
    What is said of any other wrong value, if it is of the right kind and shape.
``given``
    ``{name: value}``, the inputs that the learner should see beside the difference.
``what``
    The name of what is compared, such as ``"row sums"``, shown beside both values.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, NoReturn, ParamSpec

import numpy as np

from grader import unmet
from grader.checks import describe
from grader.checks.diagnosis import Diagnosis
from grader.checks.errors import SubmissionError
from grader.checks.passing import Passable
from grader.checks.remote import Function, Remote
from grader.checks.source import Source, first
from grader.i18n import _

Otherwise = Mapping[str, Any]
Given = Mapping[str, Any]


class Failure(Exception):
    """A check's finding: a message for the learner, and details for the report."""

    def __init__(
        self, message: str, details: dict[str, Any] | None = None, given: Given | None = None
    ) -> None:
        super().__init__(message)
        self.message = str(message)
        self.details = details or {}
        if isinstance(message, Diagnosis):
            self.details["hint"] = message.hint
        if given:
            self.details["given"] = {k: describe.describe(v) for k, v in given.items()}


_P = ParamSpec("_P")
_NOTHING = object()
MANY = 10_000  # numbers; larger arrays are not compared one by one
MANY_LISTED = 5_000_000  # numbers; larger lists of arrays are not taken as one array


def _named(function: Callable[_P, None]) -> Callable[_P, None]:
    """Lets an expectation's failure carry the name that is given as ``what``."""

    @wraps(function)
    def expectation(*args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            function(*args, **kwargs)
        except Failure as failure:
            if kwargs.get("what"):
                failure.details["what"] = kwargs["what"]
            raise

    return expectation


def fail(
    message: str, *, expected: Any = _NOTHING, got: Any = _NOTHING, given: Given | None = None
) -> NoReturn:
    """Raise a ``Failure`` with a message, and with what was due and what came."""
    details = {}
    for name, value in (("expected", expected), ("got", got)):
        if value is not _NOTHING:
            details[name] = describe.describe(value)
    raise Failure(message, details, given)


@_named
def that(
    condition: bool | np.bool_,
    message: str,
    *,
    expected: Any = _NOTHING,
    got: Any = _NOTHING,
    given: Given | None = None,
    what: str = "",
) -> None:
    """State any condition, with the message for when it does not hold.

    Raises:
        TypeError: the condition is no truth value; an object of the learner's would be true.
    """
    if not isinstance(condition, bool | np.bool_):
        raise TypeError(f"expect.that takes a truth value, not {type(condition).__name__}")
    if not condition:
        fail(message, expected=expected, got=got, given=given)


@_named
def array_equal(
    got: Any,
    want: Any,
    *,
    otherwise: Otherwise | None = None,
    message: str | None = None,
    integers: bool = False,
    given: Given | None = None,
    what: str = "",
) -> None:
    """Equal shape and equal values; lists and tensors are taken as arrays.

    Args:
        got: what came.
        want: an array.
        integers: whether the dtype must be an integer one.
    """
    _arrays(got, want, lambda a, b: a == b, otherwise, message, given, integers)


@_named
def allclose(
    got: Any,
    want: Any,
    *,
    rtol: float = 1e-5,
    atol: float = 1e-6,
    otherwise: Otherwise | None = None,
    message: str | None = None,
    dtype: Any = None,
    given: Given | None = None,
    what: str = "",
) -> None:
    """Equal shape, and values within the tolerance, whatever dtype came.

    The default suits float32 and all that may have been computed in it.

    Args:
        got: what came; lists and tensors are taken as arrays.
        want: an array.
        rtol, atol: as in ``numpy.allclose``.
        dtype: the dtype it must have, if that matters.
    """

    def close(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        if not rtol and not atol:  # isclose makes floats of whole numbers
            return (a == b) | ((a != a) & (b != b))
        return np.isclose(a, b, rtol=rtol, atol=atol, equal_nan=True)

    _arrays(got, want, close, otherwise, message, given, dtype=dtype)


@_named
def number(
    got: Any,
    want: float,
    *,
    rtol: float = 1e-5,
    atol: float = 1e-6,
    otherwise: Otherwise | None = None,
    message: str | None = None,
    given: Given | None = None,
    what: str = "",
) -> None:
    """One number, within a tolerance; NumPy scalars and arrays without axes are numbers too."""
    value = _plain(got)
    if isinstance(value, bool) or not isinstance(value, int | float):
        _match(got, otherwise, _same, given, want)
        if value is None:
            fail(unmet.forgot_return(), expected=want, given=given)
        fail(unmet.want_number(describe.phrase(got)), expected=want, got=got, given=given)
    if not np.isclose(value, want, rtol=rtol, atol=atol):
        _match(value, otherwise, lambda a, b: _close(a, b, rtol, atol), given, want)
        fail(message or unmet.want_values(), expected=want, got=value, given=given)


@_named
def equal(
    got: Any,
    want: Any,
    *,
    otherwise: Otherwise | None = None,
    message: str | None = None,
    given: Given | None = None,
    what: str = "",
) -> None:
    """Equal plain values: numbers, texts, None, tuples and lists of them.

    NumPy's scalars count as Python's, a list as a tuple; a truth value is not a number.
    """
    if not _same(got, want):
        _match(got, otherwise, _same, given, want)
        if got is None:
            fail(unmet.forgot_return(), expected=want, got=got, given=given)
        if type(_plain(got)) is not type(_plain(want)) and want is not None:
            kind = "list" if isinstance(want, list) else type(_plain(want)).__name__
            message = unmet.want_type(kind, describe.phrase(got))
        fail(message or unmet.want_values(), expected=want, got=got, given=given)


def unchanged(function: Function, *args: Any, **kwargs: Any) -> Any:
    """Call a learner's function and state that it left its arguments alone; returns its value."""
    value, after_args, after_kwargs = function.call_and_return_arguments(*args, **kwargs)
    names = [f"{i + 1}" for i in range(len(args))] + list(kwargs)
    before = [*args, *kwargs.values()]
    after = [*after_args, *after_kwargs.values()]
    for name, old, new in zip(names, before, after, strict=True):
        if isinstance(old, Remote | Passable):
            continue  # an object, or a stand-in for one, is meant to be used
        if not _same(new, old) or getattr(new, "dtype", None) != getattr(old, "dtype", None):
            fail(unmet.want_unchanged(function.__name__, name), expected=old, got=new)
    return value


def apart(function: Function, first: tuple[Any, ...], second: tuple[Any, ...]) -> None:
    """State that what a learner's function returned stays as it is when it is called again.

    Args:
        function: of the learner's.
        first, second: the arguments of two calls, whose results differ.
    """
    value = function.call_and_keep(*first)
    function(*second)
    if not _same(later := function.kept(), value):
        fail(unmet.want_apart(function.__name__), expected=value, got=later)


def raises(
    kind: str, function: Callable[..., Any], *args: Any, mentions: str = "", **kwargs: Any
) -> SubmissionError:
    """Call something of the learner's and state that it raises; returns the error.

    Args:
        kind: the name of the exception class; a subclass of it will do.
        function: what to call.
        mentions: a text that the error's message must contain, in any case.
    """
    try:
        function(*args, **kwargs)
    except SubmissionError as error:
        if kind not in (error.type, *error.bases):
            fail(unmet.want_error_type(kind, error.type), got=error.message)
        if mentions.lower() not in error.message.lower():
            fail(unmet.want_values(), expected=mentions, got=error.message)
        return error
    fail(unmet.want_error(kind))


def not_used(source: Source, *names: str, message: str | None = None) -> None:
    """State that the submission's text uses none of these functions; see ``Source.uses``.

    Args:
        source: the fixture of that name.
        names: such as ``"numpy.argmax"``, ``"sorted"`` or ``".argmax"`` for a method of anything.
        message: what is said instead of naming the function and its line.
    """
    if (found := first(source.uses, names)) is not None:
        name, line = found
        said = unmet.must_not_use(name, source.lines.place(line))
        raise Failure(message or said, {"lines": source.lines.shown(line)})


def not_imported(source: Source, *modules: str, message: str | None = None) -> None:
    """State that the submission's text imports none of these modules, nor anything of them."""
    if (found := first(source.imports, modules)) is not None:
        module, line = found
        said = unmet.must_not_import(module, source.lines.place(line))
        raise Failure(message or said, {"lines": source.lines.shown(line)})


def _arrays(
    got: Any,
    want: Any,
    same: Callable[[np.ndarray, np.ndarray], np.ndarray],
    otherwise: Otherwise | None,
    message: str | None,
    given: Given | None,
    integers: bool = False,
    dtype: Any = None,
) -> None:
    want = np.asarray(want)
    array = _array(got)
    if array is None or array.shape != want.shape or not np.all(same(array, want)):

        def matches(a: Any, b: Any) -> bool:
            left, right = _array(a), _array(b)
            if left is None or right is None or left.shape != right.shape:
                return False
            return bool(np.all(same(left, right)))

        _match(got, otherwise, matches, given, want)
    if got is None:
        fail(unmet.forgot_return(), expected=want, given=given)
    if array is None:
        fail(unmet.want_array(describe.phrase(got)), expected=want, got=got, given=given)
    if array.shape != want.shape:
        if array.ndim == 0:
            message = unmet.want_array(describe.phrase(got))
        elif array.shape == (1,) and want.ndim == 1 and len(want) > 1:
            message = unmet.want_whole_loop(want.shape, array.shape)
        else:
            message = unmet.want_shape(want.shape, array.shape)
        fail(message, expected=want, got=array, given=given)
    if array.dtype.kind == "f" and not np.isfinite(array).all() and np.isfinite(want).all():
        bad = ~np.isfinite(array)
        what = "NaN" if np.isnan(array).any() else _("infinite numbers")
        raise Failure(unmet.want_finite(what), _details(array, want, bad), given)
    right = same(array, want)
    if not right.all():
        raise Failure(message or unmet.want_values(), _details(array, want, ~right), given)
    if integers and array.dtype.kind not in "iu":
        fail(unmet.want_integers(str(array.dtype)), expected=want, got=array, given=given)
    if dtype is not None and array.dtype != np.dtype(dtype):
        message = unmet.want_dtype(str(np.dtype(dtype)), str(array.dtype))
        fail(message, expected=want, got=array, given=given)


def _details(got: np.ndarray, want: np.ndarray, wrong: np.ndarray) -> dict[str, Any]:
    return {
        "expected": describe.describe(want),
        "got": describe.describe(got),
        "difference": describe.difference(got, want, wrong),
    }


def _match(
    got: Any,
    otherwise: Otherwise | None,
    same: Callable[[Any, Any], bool],
    given: Given | None,
    want: Any,
) -> None:
    """Fail with the sentence of the typical mistake whose result came, if any did."""
    for sentence, value in (otherwise or {}).items():
        if same(got, value):
            fail(sentence, expected=want, got=got, given=given)


def _array(value: Any) -> np.ndarray | None:
    """An exact numeric array, or None."""
    if not _is_numeric(value) or (isinstance(value, list | tuple) and _size(value) > MANY_LISTED):
        return None
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different length
        return None
    return array if array.dtype.kind in "buif" else None  # whole numbers may be too large


def _is_numeric(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(map(_is_numeric, value))
    return isinstance(value, int | float | np.ndarray | np.generic)


def _size(value: Any) -> int:
    """How many numbers a list of arrays holds: as one array each may take eight bytes."""
    many = isinstance(value, list | tuple)
    return sum(map(_size, value)) if many else int(np.size(value))


def _plain(value: Any) -> Any:
    """Python's own form of NumPy scalars, arrays without axes, and sequences of them."""
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        if value.size > MANY or (len(value.shape) and max(value.shape) > MANY):
            return value
        return value.item() if value.ndim == 0 else tuple(_plain(v) for v in value)
    if isinstance(value, list | tuple):
        return tuple(_plain(v) for v in value)
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return value


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.shape == b.shape and bool(np.all((a == b) | ((a != a) & (b != b))))
    a, b = _plain(a), _plain(b)
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return False  # a large one beside something else
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_same(a[k], b[k]) for k in a)
    if isinstance(a, Remote) or isinstance(b, Remote):
        return a is b
    if isinstance(a, bool) != isinstance(b, bool):
        return False
    return bool(a == b or (a != a and b != b))


def _close(a: Any, b: Any, rtol: float, atol: float) -> bool:
    b = _plain(b)
    return isinstance(b, int | float) and bool(np.isclose(a, b, rtol=rtol, atol=atol))
