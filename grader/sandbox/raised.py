"""What is sent of an exception: its type, its message, and the submission's own line."""

import builtins
import difflib
import dis
import re
import sys
import types
from collections.abc import Iterable
from typing import Any, TypeGuard

MAX_MESSAGE = 8_000

# by name, as they are before a submission runs: Python's, and Keras's once the bench is imported
KNOWN: dict[str, list[type]] = {}
for _name, _thing in vars(builtins).items():
    if isinstance(_thing, type):
        KNOWN.setdefault(_name, []).append(_thing)


def named(kind: type) -> str:
    """A class's name; with its module's name before it if another class is known by it.

    Whatever calls itself ``ValueError`` or ``Adam`` is none, unless it is. No metaclass is asked.
    """
    name: str = type.__dict__["__name__"].__get__(kind)[:100]
    known = KNOWN.get(name, [])
    if known and not any(kind is each for each in known):
        own = type.__dict__["__dict__"].__get__(kind)
        return f"{own.get('__module__')}.{name}"[:100]
    return name


def is_known(kind: type) -> bool:
    """Whether a class was there before a submission ran, among ``KNOWN``."""
    name: str = type.__dict__["__name__"].__get__(kind)
    return any(kind is each for each in KNOWN.get(name, ()))


def ancestors(kind: type) -> list[str]:
    """The names of the classes that it is made from, the nearest first; not all of very many."""
    return list(map(named, type.__dict__["__mro__"].__get__(kind)[1:200]))


def shortened(text: str, limit: int) -> str:
    """The text, or its two ends: the last lines of an error message are often the useful ones."""
    if len(text) <= limit:
        return text
    return f"{text[: limit // 2]}\n[… {len(text) - limit} characters …]\n{text[-limit // 2 :]}"


# what most files import, beside what comes with Python
_USUAL = {"numpy", "tensorflow", "keras", "matplotlib"}
_NO_NAME = re.compile(r"cannot import name '(\w+)' from '([\w.]+)'")
_WHERE_IT_IS = re.compile(r" \((?:[/\\]|\w:\\).*\)$")  # where the grader has its packages


def near(error: ImportError) -> str:
    """What an import that has failed may mean, by its full name; empty if nothing is close."""
    if found := _NO_NAME.match(str(error)):
        return _closest(found[1], dir(sys.modules[found[2]]))
    module, dot, name = str(error.name).rpartition(".")
    if not module:
        return _closest(name, _USUAL) or _closest(name, sys.stdlib_module_names)
    close = _closest(name, dir(sys.modules[module]))
    return close and module + dot + close


def _closest(name: str, names: Iterable[str]) -> str:
    """The name among others that is nearly the same; letters in another case are the least."""
    public = [each for each in names if not each.startswith("_")]
    lower = {each.lower(): each for each in public}
    close = difflib.get_close_matches(name, public, 1, 0.8)
    return "".join(close) or "".join(
        lower[each] for each in difflib.get_close_matches(name.lower(), lower, 1, 0.8)
    )


class Unwritten(NotImplementedError):
    """A function has no body but ``...`` or ``pass``."""

    def __init__(self, code: types.CodeType) -> None:
        super().__init__()
        self.code = code


def is_empty(function: object) -> bool:
    """Whether a function has no body but ``...`` or ``pass``."""
    if not isinstance(function, types.FunctionType):
        return False
    names = [step.opname for step in dis.get_instructions(function)]
    return [n for n in names if n not in ("RESUME", "NOP")] in (
        ["LOAD_CONST", "RETURN_VALUE"],
        ["RETURN_CONST"],  # Python 3.12
    )


def raised(error: BaseException, filename: str) -> dict[str, Any]:
    """What the checker is sent of an exception.

    Args:
        error: what the submission, or a call to it, has raised.
        filename: the submission, as its code objects call it.
    """
    kind = NotImplementedError if isinstance(error, Unwritten) else type(error)
    try:
        message = error.msg if _unreadable(error, filename) else str(error)
        message = _WHERE_IT_IS.sub("", message) if isinstance(error, ImportError) else message
    except BaseException:
        message = ""
    try:
        meant = near(error) if isinstance(error, ImportError) else ""
    except BaseException:  # a module that is none
        meant = ""
    return {
        "type": named(kind),
        "bases": ancestors(kind),
        "message": shortened(message, MAX_MESSAGE),
        "near": meant[:100],
        "inside": _inside(error),
        "frame": _frame(error, filename),
    }


def _inside(error: BaseException) -> str:
    """The module whose function has raised it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    name = dict.get(trace.tb_frame.f_globals, "__name__") if trace is not None else ""
    return name[:100] if type(name) is str else ""


def _unreadable(error: BaseException, filename: str) -> TypeGuard[SyntaxError]:
    """Whether the compiler has refused the submission, which a parser had not."""
    return (
        type(error) is SyntaxError
        and error.filename == filename
        and type(error.lineno) is int
        and type(error.msg) is str
    )


def _frame(error: BaseException, filename: str) -> dict[str, Any] | None:
    """The submission's innermost line in the traceback, or the one that is no Python."""
    frame = None
    if _unreadable(error, filename):
        return {"line": error.lineno, "function": "<module>", "last": True}
    if isinstance(error, Unwritten):
        code = error.code
        return {"line": code.co_firstlineno, "function": code.co_qualname, "last": True}
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == filename:
            last = trace.tb_next is None
            frame = {"line": trace.tb_lineno, "function": code.co_qualname, "last": last}
        trace = trace.tb_next
    return frame
