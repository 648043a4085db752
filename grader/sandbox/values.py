"""Values: what a Python object becomes on the wire, and back.

Plain data and arrays cross by value. Everything else stays where it is and crosses as a
reference, a number with the object's type and a short text; the other side gets whatever its
``resolve`` makes of it. Only exact built-in types and exact arrays come out of ``decode``: what an
object claims about itself (``__eq__``, ``__array_ufunc__``, a subclass of int) ends here. An
object that reads otherwise than what it holds, by a method of its own, crosses as a reference.

==============  ==================================================
value           JSON
==============  ==================================================
None bool str   themselves; a member of a ``StrEnum`` as its text
int             itself, or ``{"int": "0x..."}`` beyond 53 bits
float           itself, or ``{"float": "nan"}``
list tuple      ``{"list": [...]}``, ``{"tuple": [...]}``
dict            ``{"dict": [[key, value], ...]}``
array           ``{"array": name}``, the tensor beside it
NumPy scalar    ``{"scalar": [dtype, value]}``
longdouble      as float64, array and scalar
many numbers    ``{"list": name}``, ``{"tuple": name}``: of one type, as a tensor
anything else   a reference: ``{"object": ..., ...}``
==============  ==================================================
"""

import math
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.i18n import _
from grader.sandbox import wire

MAX_DEPTH = 32
MAX_NODES = 100_000
MAX_INT_BITS = 4096
MAX_TEXT = 200_000
MAX_NUMBERS = 1_000_000  # in all lists of one value
MANY = 16  # numbers in a row that cross as one tensor

_READS = (
    "__getitem__", "__iter__", "__len__", "__contains__", "__reversed__", "__missing__",
    "__getattribute__", "get", "items", "keys", "values", "pop", "index", "count", "item", "tolist",
    "__float__", "__int__", "__index__", "__bool__", "__array__", "__eq__", "__lt__", "__gt__",
    "__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__truediv__",
)  # fmt: skip
_EXACT = {int, float, str, list, tuple, dict, np.ndarray}
_TRUSTED = sys.stdlib_module_names | {"numpy"}

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
    if type(value) not in _EXACT and _reads_otherwise(type(value)):
        return reference(value)
    if isinstance(value, str) and len(text := str.__str__(value)) <= MAX_TEXT:
        return text
    if isinstance(value, np.ndarray | np.generic) and value.dtype.char == "g":
        value = _narrowed(value)
    if isinstance(value, np.ndarray) and wire.carries(value.dtype) and not _hides(value):
        return {"array": _tensor(np.array(value, subok=False), tensors)}
    if isinstance(value, np.generic) and wire.carries(value.dtype):
        return {"scalar": [value.dtype.name, encode(value.item(), tensors, reference)]}
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
        if isinstance(value, list | tuple):
            if isinstance(value, list):
                kind, items = "list", list(list.__iter__(value))
            else:
                kind, items = "tuple", list(tuple.__iter__(value))
            if (packed := _packed(items)) is not None:
                python = not isinstance(items[0], np.generic)
                return {kind: _tensor(packed, tensors), "python": python}
            return {kind: [encode(v, tensors, reference, inner) for v in items]}
        if isinstance(value, dict):
            return {
                "dict": [
                    [encode(k, tensors, reference, inner), encode(v, tensors, reference, inner)]
                    for k, v in dict.items(value)
                ]
            }
    return reference(value)


def _reads_otherwise(kind: type) -> bool:
    """Whether a subclass of a plain type has methods of its own to read what it holds.

    Those of Python and NumPy (``Counter``, ``IntEnum``, ``matrix``) are known.
    """
    for each in type.mro(kind):
        if str(each.__module__).partition(".")[0] in _TRUSTED:
            return False
        own = [name for name in _READS if name in vars(each)]
        # what has no underscores and can't be called is a field of a named tuple, such as count
        if any(name.startswith("__") or callable(vars(each)[name]) for name in own):
            return True
    return False


def _hides(array: np.ndarray | np.generic) -> bool:
    """Whether some values are masked: without the mask they would count."""
    return isinstance(array, np.ma.MaskedArray) and bool(np.ma.getmaskarray(array).any())


def _narrowed(value: np.ndarray | np.generic) -> Any:
    """A longdouble, of which the wire has none, in the float that it stands for elsewhere."""
    with np.errstate(all="ignore"):  # what float64 does not hold is infinite
        return value if _hides(value) else np.asarray(value, np.float64)[()]


def _tensor(array: np.ndarray, tensors: wire.Tensors) -> str:
    name = str(len(tensors))
    tensors[name] = array
    return name


def _packed(items: list[Any]) -> np.ndarray | None:
    """Many numbers of exactly one type as an array, or None."""
    if len(items) < MANY:
        return None
    kind = type(items[0])
    if not (kind in (int, float, bool) or issubclass(kind, np.generic)):
        return None
    if any(type(item) is not kind for item in items):
        return None
    try:
        array = np.array(items, dtype={int: np.int64, float: np.float64}.get(kind))
    except OverflowError:
        return None
    return array if wire.carries(array.dtype) else None


def decode(form: Any, tensors: wire.Tensors, resolve: Callable[[Reference], Any]) -> Any:
    """The value of a JSON form.

    Args:
        form: what ``encode`` returned on the other side.
        tensors: the arrays that came with it; each is taken out once, or what came multiplies.
        resolve: called with each reference.

    Raises:
        WireError: the form is none that ``encode`` makes.
    """
    left, numbers = MAX_NODES, MAX_NUMBERS

    def value(form: Any, depth: int) -> Any:
        nonlocal left
        left -= 1
        if left < 0 or depth > MAX_DEPTH + 1:
            raise wire.WireError(_("a value too large or too deep"))
        if form is None or type(form) in (bool, int, float, str):
            return form
        match form:
            case {"array": str(name)} if name in tensors:
                return tensors.pop(name)
            case {"scalar": [str(dtype), content]} if dtype in wire.DTYPES:
                return np.dtype(dtype).type(value(content, depth + 1))
            case {"list": str(name), "python": bool(python)} if name in tensors:
                return unpacked(tensors.pop(name), python)
            case {"tuple": str(name), "python": bool(python)} if name in tensors:
                return tuple(unpacked(tensors.pop(name), python))
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

    def unpacked(array: np.ndarray, python: bool) -> list[Any]:
        nonlocal numbers
        numbers -= array.size
        if numbers < 0:
            raise wire.WireError("a list too long")
        return array.ravel().tolist() if python else list(array.ravel())

    def key(form: Any, depth: int) -> Any:
        result = value(form, depth)
        if isinstance(result, np.generic):
            return result.item()
        if not isinstance(result, bool | int | float | str | tuple | None):
            raise wire.WireError("a dictionary key that is not plain")
        return result

    try:
        return value(form, 0)
    except (ValueError, TypeError, OverflowError) as error:
        raise wire.WireError(f"a value of no known form: {type(error).__name__}") from error
