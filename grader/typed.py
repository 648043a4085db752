"""Plain data that anybody may have written, against the type that it should have.

JSON says nothing of types. What is read back from a file is looked at here, once: whatever shows it
or adds it up later may rely on them.
"""

import sys
import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache, partial
from typing import (
    Any,
    NotRequired,
    Required,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from grader.i18n import _

_T = TypeVar("_T")
_MOST = {int: 2**64 - 1, float: sys.float_info.max}  # as large as those of a learner's array
_SHOWN = 40  # characters of what is wrong


def typed(value: Any, kind: type[_T]) -> _T:
    """The value, if it is of this type; of a dataclass the object that it describes.

    Args:
        value: as ``json.loads`` gives it.
        kind: a dataclass, a ``TypedDict`` or an enumeration; or ``str``, ``bool``, ``int``,
            ``float``, lists, tuples, dictionaries and unions of such types.

    Raises:
        ValueError: it is of another type, which the message names, and so is the one that should
            be there. A number that is not finite is none.
    """
    read: Callable[[Any], _T] = _reader(kind)  # type: ignore[arg-type]  # any type is hashable
    return read(value)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """What reads values of a type."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Required, NotRequired):
        return _reader(inner[0])
    if origin in (Union, types.UnionType):
        kinds = [_reader(each) for each in inner if each is not type(None)]
        return partial(_one_of, kinds, type(None) in inner)
    if origin in (list, tuple):
        return partial(_items, origin, _reader(inner[0]))
    if origin is dict:
        return partial(_values, _reader(inner[1]))
    if is_typeddict(kind):
        hints = get_type_hints(kind, include_extras=True)
        readers = {name: _reader(each) for name, each in hints.items()}
        return partial(_entries, readers, kind.__required_keys__)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        readers = {each.name: _reader(hints[each.name]) for each in fields(kind)}
        needed = frozenset(each.name for each in fields(kind) if _is_needed(each))
        return partial(_made, kind, partial(_entries, readers, needed))
    if kind in (str, bool, int, float, type(None)):
        return partial(_plain, kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    raise TypeError(f"{kind} says nothing of what is in a file")


def _is_needed(each: Any) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def _plain(kind: type, value: Any) -> Any:
    number = kind is float and type(value) is int
    if type(value) is not kind and not number:
        raise _wrong(value, kind.__name__)
    if kind in _MOST and not abs(value) <= _MOST[type(value)]:
        raise _wrong(value, kind.__name__)
    return value


def _one_of(readers: list[Callable[[Any], Any]], optional: bool, value: Any) -> Any:
    if optional and value is None:  # as most of a report's details are
        return None
    wrong: ValueError | None = None
    for read in readers:
        try:
            return read(value)
        except ValueError as error:
            wrong = wrong or error
    assert wrong is not None
    raise wrong


def _items(kind: type, read: Callable[[Any], Any], value: Any) -> Any:
    if not isinstance(value, list | tuple):
        raise _wrong(value, "list")
    return kind(map(read, value))


def _values(read: Callable[[Any], Any], value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(value, "dict")
    return {_plain(str, name): read(each) for name, each in value.items()}


def _entries(
    readers: dict[str, Callable[[Any], Any]], needed: frozenset[str], value: Any
) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(value, "dict")
    if strange := sorted(map(str, value.keys() - readers.keys())):
        raise ValueError(_("nobody knows what {name} is").format(name=strange[0][:_SHOWN]))
    if missing := sorted(needed - value.keys()):
        raise ValueError(_("{name} is missing").format(name=missing[0]))
    return {name: readers[name](each) for name, each in value.items()}


def _made(kind: Any, read: Callable[[Any], dict[str, Any]], value: Any) -> Any:
    return kind(**read(value))


def _wrong(value: Any, kind: str) -> ValueError:
    found = (
        f"{value!r:.{_SHOWN}}" if isinstance(value, str | float | bool) else type(value).__name__
    )
    return ValueError(_("found {found}, expected {kind}").format(found=found, kind=kind))
