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
array           ``{"array": name}``, the tensor beside it; with ``"order":
                "F"``, its transpose, where columns are in a row in memory
NumPy scalar    ``{"scalar": [dtype, value]}``
longdouble      as float64, array and scalar
many numbers    ``{"list": name}``, ``{"tuple": name}``: of one type, as a tensor
anything else   a reference: ``{"object": ..., ...}``
==============  ==================================================
"""

import math
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
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
# what a class of a submission's may do otherwise: how it is made, shown, copied and changed
_FREE = frozenset((
    "__new__", "__init__", "__init_subclass__", "__array_finalize__", "__slots__", "__del__",
    "__doc__", "__module__", "__dict__", "__weakref__", "__annotations__", "__class_getitem__",
    "__repr__", "__str__", "__format__", "__dir__", "__sizeof__", "__hash__", "__setattr__",
    "__delattr__", "__setitem__", "__delitem__", "__reduce__", "__reduce_ex__", "__getnewargs__",
    "__getstate__", "__setstate__", "append", "extend", "insert", "remove", "clear", "update",
    "setdefault",
))  # fmt: skip
_PLAIN = (int, float, str, list, tuple, dict, np.ndarray)
_EXACT = {id(kind) for kind in _PLAIN}  # a metaclass decides what its class is equal to
_TRUSTED = sys.stdlib_module_names | {"numpy"}


def family(kind: type) -> Iterator[type]:
    """A class and all that are made from it so far; one may come more than once."""
    yield kind
    made: list[type] = type.__subclasses__(kind)
    for each in made:
        yield from family(each)


def _own(kinds: Iterable[type]) -> Iterator[type]:
    """Python's and NumPy's classes of these families."""
    for kind in kinds:
        for each in family(kind):
            if str(each.__module__).partition(".")[0] in _TRUSTED:
                yield each


def _ways(kind: type) -> dict[str, int]:
    """The methods of a class itself by which it is read, by identity; no metaclass is asked."""
    there = type.__dict__["__dict__"].__get__(kind)
    return {name: id(there[name]) for name in _READS if name in there}


# by identity, as they are before a submission runs: what a class says of itself is no proof
_KNOWN = {id(kind): _ways(kind) for kind in _own((*_PLAIN, np.generic, np.ma.MaskedArray))}

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
    if id(type(value)) not in _EXACT and _reads_otherwise(value):
        return reference(value)
    if isinstance(value, str) and len(text := str.__str__(value)) <= MAX_TEXT:
        return text
    if isinstance(value, np.ndarray | np.generic) and value.dtype.char == "g":
        value = _narrowed(value)
    if isinstance(value, np.ndarray) and wire.carries(value.dtype) and not _hides(value):
        array = np.array(value, subok=False)
        if array.flags.f_contiguous and not array.flags.c_contiguous:
            return {"array": _tensor(array.T, tensors), "order": "F"}
        return {"array": _tensor(array, tensors)}
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


def _reads_otherwise(value: Any) -> bool:
    """Whether an object of a plain type has methods of its own to read what it holds.

    Those of Python and NumPy (``Counter``, ``IntEnum``, ``matrix``) are known. No metaclass is
    asked: it could hide a method, or the class that has it.
    """
    own = list(_dict_of(value).items())
    if any(name in _READS for name, _thing in own):
        return True
    kinds = type.__dict__["__mro__"].__get__(type(value))
    for place, each in enumerate(kinds):
        if id(each) not in _KNOWN:
            own += type.__dict__["__dict__"].__get__(each).items()
            continue
        if _ways(each) != _KNOWN[id(each)]:
            return True
        return place > 0 and any(
            name in _READS or (name in _names(each) and name not in _FREE)
            for name, thing in own
            if type(name) is str and _acts(name, thing)
        )
    return False


def _acts(name: str, thing: Any) -> bool:
    """Whether an attribute is a method; a field of a named tuple may be called count."""
    return name.startswith("__") or (callable(thing) and not name.startswith("_"))


def _names(kind: type) -> set[str]:
    """The attributes of a class of Python's or NumPy's, and of those that it is made from."""
    mro = type.__dict__["__mro__"].__get__(kind)
    return {name for each in mro for name in type.__dict__["__dict__"].__get__(each)}


def _dict_of(value: Any) -> Mapping[str, Any]:
    """The attributes that an object has by itself."""
    try:
        found = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return {}
    return found if type(found) is dict else {}


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
                array = tensors.pop(name)
                return array.T if form.get("order") == "F" else array
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
