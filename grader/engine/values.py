"""Values: what a Python object becomes on the wire, and back.

Plain data and arrays cross by value. Everything else stays where it is and crosses as a
reference, a number with the object's type and a short text; the other side gets whatever its
``resolve`` makes of it. Only exact built-in types and exact arrays come out of ``decode``: what an
object claims about itself (``__eq__``, ``__array_ufunc__``, a subclass of int) ends here.

==============  ==================================================
value           JSON
==============  ==================================================
None bool str   themselves
int             itself, or ``{"int": "0x..."}`` beyond 53 bits
float           itself, or ``{"float": "nan"}``
list tuple      ``{"list": [...]}``, ``{"tuple": [...]}``
dict            ``{"dict": [[key, value], ...]}``
array           ``{"array": name}``, the tensor beside it
NumPy scalar    ``{"scalar": name}``
anything else   a reference: ``{"object": ..., ...}``
==============  ==================================================
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.engine import wire

MAX_DEPTH = 32
MAX_NODES = 100_000
MAX_INT_BITS = 4096
MAX_TEXT = 200_000

Reference = dict[str, Any]


def encode(
    value: Any, tensors: wire.Tensors, reference: Callable[[Any], Any], depth: int = 0
) -> Any:
    """The JSON form of a value; its arrays are added to ``tensors``.

    Args:
        value: any object.
        tensors: gains one entry per array.
        reference: called for what can't cross by value; returns a JSON object.
    """
    inner = depth + 1
    if value is None or value is True or value is False:
        return value
    if type(value) is str and len(value) <= MAX_TEXT:
        return value
    if isinstance(value, np.generic | np.ndarray) and wire.carries(value.dtype):
        name = str(len(tensors))
        tensors[name] = np.array(value, subok=False)
        return {"scalar" if isinstance(value, np.generic) else "array": name}
    if isinstance(value, int):
        whole = int.__index__(value)
        if whole.bit_length() <= 53:
            return whole
        if whole.bit_length() <= MAX_INT_BITS:
            return {"int": hex(whole)}
    if isinstance(value, float):
        number = float.__float__(value)
        return number if math.isfinite(number) else {"float": repr(number)}
    if depth < MAX_DEPTH:
        if isinstance(value, list):
            return {"list": [encode(v, tensors, reference, inner) for v in list.__iter__(value)]}
        if isinstance(value, tuple):
            return {"tuple": [encode(v, tensors, reference, inner) for v in tuple.__iter__(value)]}
        if isinstance(value, dict):
            return {
                "dict": [
                    [encode(k, tensors, reference, inner), encode(v, tensors, reference, inner)]
                    for k, v in dict.items(value)
                ]
            }
    return reference(value)


def decode(form: Any, tensors: wire.Tensors, resolve: Callable[[Reference], Any]) -> Any:
    """The value of a JSON form.

    Args:
        form: what ``encode`` returned on the other side.
        tensors: the arrays that came with it.
        resolve: called with each reference.

    Raises:
        WireError: the form is none that ``encode`` makes.
    """
    left = MAX_NODES

    def value(form: Any, depth: int) -> Any:
        nonlocal left
        left -= 1
        if left < 0 or depth > MAX_DEPTH + 1:
            raise wire.WireError("a value too large or too deep")
        if form is None or type(form) in (bool, int, float, str):
            return form
        match form:
            case {"array": str(name)} if name in tensors:
                return tensors[name]
            case {"scalar": str(name)} if name in tensors and tensors[name].ndim == 0:
                return tensors[name][()]
            case {"int": str(text)} if len(text) <= MAX_INT_BITS // 4 + 4:
                return int(text, 16)
            case {"float": "nan" | "inf" | "-inf" as text}:
                return float(text)
            case {"list": list(items)}:
                return [value(i, depth + 1) for i in items]
            case {"tuple": list(items)}:
                return tuple(value(i, depth + 1) for i in items)
            case {"dict": list(pairs)}:
                return {key(k, depth + 1): value(v, depth + 1) for k, v in map(tuple, pairs)}
            case {"object": _}:
                return resolve(form)
        raise wire.WireError("a value of no known form")

    def key(form: Any, depth: int) -> Any:
        result = value(form, depth)
        if isinstance(result, np.generic):
            return result.item()
        if not isinstance(result, bool | int | float | str | tuple | None):
            raise wire.WireError("a dictionary key that is not plain")
        return result

    try:
        return value(form, 0)
    except (ValueError, TypeError) as error:
        raise wire.WireError(f"a value of no known form: {type(error).__name__}") from error
