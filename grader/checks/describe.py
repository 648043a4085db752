"""Descriptions of values: what a report keeps of an array or an object, and short phrases."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.datasets.fashion_mnist import CLASS_NAMES
from grader.i18n import _

MAX_TEXT = 600
PROBABLE = 3  # labels beside a garment


@dataclass(frozen=True)
class Garment:
    """An image of Fashion-MNIST to draw among what is ``given``.

    Attributes:
        pixels: (28, 28), 0 to 255.
        label: what it is, 0 to 9.
        probabilities: (10,), what a model says.
    """

    pixels: np.ndarray
    label: int
    probabilities: np.ndarray


def describe(value: Any) -> dict[str, Any]:
    """A value as plain data for a report.

    Returns:
        ``{"kind": "array", "shape", "dtype", "min", "max", "nan", "text"}``,
        ``{"kind": "garment", "type", "text", "pixels", "label", "probable"}`` or
        ``{"kind": "value", "type", "text"}``.
    """
    if isinstance(value, Garment):
        most = np.argsort(-value.probabilities, kind="stable")[:PROBABLE]
        shares = np.nan_to_num(value.probabilities, nan=0, posinf=1, neginf=0)
        probable = [[CLASS_NAMES[n], float(shares[n])] for n in most]
        named = ", ".join(f"{name} {share:.0%}" for name, share in probable)
        label = CLASS_NAMES[value.label]
        return {
            "kind": "garment",
            "type": "image",
            "text": _("{named}; it is: {label}").format(named=named, label=label),
            "pixels": np.asarray(value.pixels, np.uint8).tolist(),
            "label": label,
            "probable": probable,
        }
    if isinstance(value, np.ndarray):
        numeric = value.size > 0 and value.dtype.kind in "buif"
        finite = value[np.isfinite(value)] if numeric else value[:0]
        return {
            "kind": "array",
            "shape": list(value.shape),
            "dtype": str(value.dtype),
            "min": finite.min().item() if finite.size else None,
            "max": finite.max().item() if finite.size else None,
            "nan": int(np.isnan(value).sum()) if value.dtype.kind == "f" else 0,
            "text": array_text(value),
        }
    return {"kind": "value", "type": type_name(value), "text": text(value)}


def difference(got: np.ndarray, want: np.ndarray, wrong: np.ndarray) -> dict[str, Any]:
    """Where two arrays of one shape differ.

    Args:
        got, want: the arrays.
        wrong: boolean, where they differ.

    Returns:
        ``{"count", "of", "first": {"index", "expected", "got"}, "worst": the same}``.
    """
    places = np.argwhere(wrong)
    with np.errstate(invalid="ignore"):  # infinity less infinity
        distance = np.abs(got.astype(float) - want.astype(float))
    worst = places[int(np.argmax(np.nan_to_num(distance[wrong], nan=np.inf)))]

    def at(index: np.ndarray) -> dict[str, Any]:
        where = tuple(index)
        return {
            "index": [int(i) for i in index],
            "expected": text(want[where].item()),
            "got": text(got[where].item()),
        }

    return {
        "count": len(places), "of": int(wrong.size), "first": at(places[0]), "worst": at(worst)
    }  # fmt: skip


def array_text(array: np.ndarray) -> str:
    """A small array whole, a large one by its corners; one line for each row."""
    precision = 4 if array.dtype.kind == "f" else None
    for threshold, edge in ((64, 3), (0, 3), (0, 2), (0, 1)):
        whole = np.array2string(
            array,
            max_line_width=MAX_TEXT,
            precision=precision,
            threshold=threshold,
            edgeitems=edge,
            separator=", ",
            suppress_small=True,
        )
        if len(whole) <= MAX_TEXT:
            break
    return whole if len(whole) <= MAX_TEXT else whole[: MAX_TEXT - 2] + " …"


def text(value: Any) -> str:
    """A value as a learner would write it."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, np.ndarray):
        return array_text(value)
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list | tuple):
        inner = ", ".join(text(v) for v in value)
        comma = "," if isinstance(value, tuple) and len(value) == 1 else ""
        whole = f"[{inner}]" if isinstance(value, list) else f"({inner}{comma})"
    else:
        whole = repr(value)
    return whole if len(whole) <= MAX_TEXT else whole[: MAX_TEXT - 2] + " …"


def type_name(value: Any) -> str:
    """The name of a value's type, also of one that stayed in the learner's process."""
    return getattr(value, "remote_type", None) or type(value).__name__


def phrase(value: Any) -> str:
    """A few words for a value, to stand in a sentence."""
    match value:
        case None:
            return "None"
        case np.ndarray():
            return _("an array of shape {shape}").format(shape=value.shape)
        case bool() | np.bool_():
            return _("the truth value {value}").format(value=value)
        case str():
            return _("the string {value!r}").format(value=value[:60])
        case int() | float() | np.generic():
            return _("the number {value}").format(value=text(value))
        case list() | tuple() | dict():
            return _("a {type} of length {count}").format(
                type=type(value).__name__, count=len(value)
            )
    name = type_name(value)
    return _REMOTE.get(name, _("an object of type {name}").format(name=name))


_REMOTE = {
    "generator": _("a generator (yield instead of return?)"),
    "coroutine": _("a coroutine (remove async before its def)"),
    "type": _("a class, not an object of it (are round brackets missing?)"),
} | dict.fromkeys(
    ("function", "method", "builtin_function_or_method", "ufunc"),
    _("a function, not what it returns (are round brackets missing?)"),
)
_REMOTE |= {
    kind: _("an object of type {kind} (list(...) makes a list of it)").format(kind=kind)
    for kind in ("map", "filter", "zip", "enumerate", "range", "dict_keys", "dict_values")
}
_REMOTE |= {
    kind: _("an object of type {kind} (float(...) makes a number of it)").format(kind=kind)
    for kind in ("Fraction", "Decimal")
}
_REMOTE["ndarray"] = _("an array that doesn't hold plain numbers (print its dtype)")
