"""Libraries as they are before a submission runs, by identity.

What a submission's process says of a model, or of an array, is said by functions of Keras, NumPy
and this package. A submission could put others in their places, or in the places of what they
call: a method in a class, a name in a module, the code in a function, what a function wraps.
"""

import types
from collections.abc import Iterable, Iterator
from typing import Any

from grader.i18n import _

_FOLLOWED = {"keras", "grader"}  # of these modules' functions it is known what they call
_LOOKED_INTO = _FOLLOWED | {"numpy", "tensorflow", "json", "math", "struct"}
_DEPTH = 2  # from a method to what it calls, and so on

_classes: dict[type, list[int]] = {}
_functions: dict[int, types.FunctionType] = {}
_made_of: list[tuple[int, int]] = []  # of these functions
_cells: list[tuple[types.CellType, int]] = []  # what they wrap
_places: dict[tuple[int, str], tuple[dict[str, Any], int]] = {}


def remember(kinds: Iterable[type]) -> None:
    """Take the methods of some classes, and what they call, for what they should be."""
    found: list[types.FunctionType] = []
    for kind in kinds:
        _class(kind, found)
    for _step in range(_DEPTH):
        calling, found = found, []
        for function in calling:
            names = set(_names(function.__code__))
            _called(function.__globals__, names, found)


def _class(kind: type, found: list[types.FunctionType]) -> None:
    for each in kind.__mro__:
        if each not in _classes and _is_followed(each.__module__):
            _classes[each] = _methods(each)
            for thing in vars(each).values():
                wraps = (thing.fget, thing.fset) if isinstance(thing, property) else ()
                for inner in (getattr(thing, "__func__", thing), *wraps):
                    _function(inner, found)


def _function(thing: Any, found: list[types.FunctionType]) -> None:
    """A function, and those that it wraps."""
    if not isinstance(thing, types.FunctionType) or id(thing) in _functions:
        return
    if not _is_followed(thing.__module__):
        return
    _functions[id(thing)] = thing
    _made_of.append((id(thing.__code__), id(thing.__defaults__)))
    found.append(thing)
    for cell in thing.__closure__ or ():
        if callable(inner := _content(cell)):
            _cells.append((cell, id(inner)))
            _function(inner, found)


def _called(things: dict[str, Any], names: set[str], found: list[types.FunctionType]) -> None:
    """What code with these names may call in a module: functions, and those of other modules."""
    for name in names & things.keys():
        thing = things[name]
        if (id(things), name) in _places or not (callable(thing) or _is_module(thing)):
            continue
        _places[id(things), name] = things, id(thing)
        if _is_module(thing):
            if thing.__name__.partition(".")[0] in _LOOKED_INTO:
                _called(vars(thing), names, found)
        elif isinstance(thing, type):
            _class(thing, found)
        else:
            _function(thing, found)


def _names(code: types.CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from _names(inner)


def _is_followed(module: Any) -> bool:
    return str(module).partition(".")[0] in _FOLLOWED


def _is_module(thing: Any) -> bool:
    """Of TensorFlow's own modules some are replaced by others when they are first used."""
    return type(thing) is types.ModuleType


def _content(cell: types.CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # empty, as a submission's may be
        return None


def _methods(kind: type) -> list[int]:
    """Its bases and methods, by identity; no metaclass is asked. Other attributes may change."""
    things = type.__dict__["__dict__"].__get__(kind).values()
    methods = [each for each in things if callable(each) or hasattr(type(each), "__get__")]
    return [*map(id, kind.__mro__), *map(id, methods)]


def replaced() -> str | None:
    """The name of something that is not what it was, if there is any."""
    for (_module, name), (things, before) in _places.items():
        if id(things.get(name)) != before:
            return f"{things.get('__name__')}.{name}"
    for kind, methods in _classes.items():
        if _methods(kind) != methods:
            return kind.__name__
    for function, made_of in zip(_functions.values(), _made_of, strict=True):
        if (id(function.__code__), id(function.__defaults__)) != made_of:
            return function.__qualname__
    if any(id(_content(cell)) != before for cell, before in _cells):
        return _("a function that another one wraps")
    return None
