"""The program inside a confined process: it answers calls to the submission, or to the bench.

Requests and answers are frames. While a call runs, the module may call back: a stand-in that the
checker passed in reports each use, and the checker may call again before it answers, as Keras does
when ``fit`` calls a callback.

=====================================================================  ======================
request                                                                answer
=====================================================================  ======================
``{"id", "do": "load", "source", "filename", "name", "seed"}``          ``{"id", "value"}``
``{"id", "do": "call", "target": [object, path], "args", "kwargs"}``    or
``{"id", "do": "get", "target"}``, ``{"id", "do": "set", ..., "to"}``   ``{"id", "error"}``
``{"id", "do": "bench", "target", "function", "arguments"}``, what a
function of ``grader.sandbox.bench`` says of a thing of Keras's
``{"id", "do": "ask", "target", "what"}``: ``kept``, what the last call with
``keep`` has returned, as it is now; ``replaced``, a part of a library
``{"id", "do": "reset", "seed"}``, a bench before the next check
=====================================================================  ======================
"""

import builtins
import contextlib
import io
import linecache
import random
import re
import sys
import types
from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn

import numpy as np

from grader.sandbox import absent, genuine, values, wire
from grader.sandbox.printed import Printed
from grader.sandbox.raised import Unwritten, ancestors, is_empty, is_known, named, raised

_PLAIN = (bool, int, float, str)
_CHANGES = 100  # names of attributes that are remembered


class Proxy:
    """An object whose declared methods are answered by the checker; the rest is its own.

    It remembers which of its attributes have changed, also if they have changed back. So no way
    leads around that: what it holds can't be written through ``vars`` or ``object.__setattr__``.
    """

    __slots__ = ("__weakref__", "_changed", "_holds", "_text")

    def __init__(self, text: str, holds: dict[str, Any]) -> None:
        set_ = partial(object.__setattr__, self)
        set_("_text", text)
        set_("_holds", holds)
        set_("_changed", [])

    @property
    def __dict__(self) -> Any:  # type: ignore[override]
        return types.MappingProxyType(self._holds)

    def __setattr__(self, name: str, value: Any) -> None:
        before = self._holds.get(name)
        same = type(value) is type(before) and type(value) in _PLAIN and value == before
        if not same and name not in self._changed and len(self._changed) < _CHANGES:
            self._changed.append(name)
        self._holds[name] = value

    def __delattr__(self, name: str) -> None:
        self._changed.append(name)
        if name not in self._holds:
            self.__getattr__(name)
        del self._holds[name]

    def __repr__(self) -> str:
        return self._text

    def __dir__(self) -> list[str]:
        return [*object.__dir__(self), *self._holds]

    def __getattr__(self, name: str) -> Any:
        try:
            return self._holds[name]
        except KeyError:
            raise AttributeError(f"{self!r} has no attribute {name!r}") from None


class Agent:
    """Answers requests that come through a channel until it closes."""

    def __init__(self, channel: wire.Channel, module: types.ModuleType | None = None) -> None:
        self.channel = channel
        self.module = module
        self.filename = ""
        self.kept: Any = None
        self.objects: dict[int, Any] = {}
        self.numbers: dict[int, int] = {}  # id(object): its number
        self.printed = Printed()

    def serve(self) -> None:
        """Answer until the other side closes the channel."""
        self.printed.replace_streams()
        while True:
            try:
                self._answer(*self.channel.receive())
            except wire.Closed:
                return

    # requests

    def _answer(self, request: wire.Message, tensors: wire.Tensors) -> None:
        reply: wire.Message = {"id": request["id"]}
        out: wire.Tensors = {}
        try:
            action = getattr(self, f"_do_{request['do']}")
            reply["value"] = self._encode(action(request, tensors, reply, out), out)
        except wire.Closed:
            raise
        except BaseException as error:  # also SystemExit and KeyboardInterrupt
            reply["error"], out = raised(error, self.filename), {}
            reply.pop("arguments", None)
        reply["printed"] = self.printed.take()
        try:
            self.channel.send(reply, out)
        except (wire.WireError, ValueError) as error:
            reply = {"id": request["id"], "error": raised(error, self.filename), "printed": ""}
            self.channel.send(reply)

    def _do_load(
        self, request: wire.Message, tensors: wire.Tensors, reply: wire.Message, out: wire.Tensors
    ) -> None:
        source, self.filename = request["source"], request["filename"]
        seed = request["seed"]
        random.seed(seed)
        np.random.seed(seed % 2**32)
        if "keras" in sys.modules:
            sys.modules["keras"].utils.set_random_seed(seed % 2**32)
        # where tracebacks, inspect and linecache look for the lines
        linecache.cache[self.filename] = (
            len(source), None, io.StringIO(source).readlines(), self.filename
        )  # fmt: skip
        self.module = types.ModuleType(request["name"])
        self.module.__file__ = self.filename
        sys.modules[request["name"]] = self.module  # dataclasses look there
        absent.provide(self.module.__dict__, source)
        exec(compile(source, self.filename, "exec"), self.module.__dict__)

    def _do_call(
        self, request: wire.Message, tensors: wire.Tensors, reply: wire.Message, out: wire.Tensors
    ) -> Any:
        function = self._target(request)
        args = self._decode(request["args"], tensors)
        kwargs = self._decode(request["kwargs"], tensors)
        value = function(*args, **kwargs)
        if value is None and request["target"][0] is None and is_empty(function):
            raise Unwritten(function.__code__)
        if request.get("keep"):
            self.kept = value
        if request.get("arguments"):
            reply["arguments"] = self._encode([list(args), kwargs], out)
        return value

    def _do_ask(
        self, request: wire.Message, tensors: wire.Tensors, reply: wire.Message, out: wire.Tensors
    ) -> Any:
        return self.kept if request["what"] == "kept" else genuine.replaced()

    def _do_get(
        self, request: wire.Message, tensors: wire.Tensors, reply: wire.Message, out: wire.Tensors
    ) -> Any:
        return self._target(request)

    def _do_set(
        self, request: wire.Message, tensors: wire.Tensors, reply: wire.Message, out: wire.Tensors
    ) -> None:
        number, path = request["target"]
        *parents, name = path.split(".")
        owner = self._target({"target": [number, ".".join(parents)]})
        setattr(owner, name, self._decode(request["to"], tensors))

    def _do_bench(
        self, request: wire.Message, tensors: wire.Tensors, reply: wire.Message, out: wire.Tensors
    ) -> Any:
        if "keras" not in sys.modules:
            return None
        from grader.sandbox import bench

        return getattr(bench, request["function"])(self._target(request), *request["arguments"])

    def _do_reset(
        self, request: wire.Message, tensors: wire.Tensors, reply: wire.Message, out: wire.Tensors
    ) -> None:
        from grader.sandbox import bench  # needs Keras

        self.objects.clear()
        self.numbers.clear()
        bench.reset(request["seed"])

    def _target(self, request: wire.Message) -> Any:
        number, path = request["target"]
        found: Any = self.module if number is None else self.objects[number]
        for name in path.split(".") if path else ():
            found = getattr(found, name)
        return found

    # values

    def _encode(self, value: Any, tensors: wire.Tensors) -> Any:
        return values.encode(value, tensors, partial(self._reference, tensors))

    def _reference(self, tensors: wire.Tensors, value: Any) -> Any:
        if is_known(type(value)) and hasattr(value, "__array__"):  # a tensor, a variable
            with contextlib.suppress(Exception):  # a symbolic tensor has no values
                array = np.asarray(value)
                if wire.carries(array.dtype):
                    return values.encode(array, tensors, lambda _: None)
        number = self.numbers.get(id(value))
        if number is None or self.objects[number] is not value:
            number = len(self.objects)
            self.objects[number], self.numbers[id(value)] = value, number
        return {
            "object": number,
            "type": named(type(value)),
            "bases": ancestors(type(value)),
            "text": _text(value),
            "callable": callable(value),
        }

    def _decode(self, form: Any, tensors: wire.Tensors) -> Any:
        return values.decode(form, tensors, partial(self._resolve, tensors))

    def _resolve(self, tensors: wire.Tensors, reference: values.Reference) -> Any:
        number = reference["object"]
        if number not in self.objects:  # the checker hands in something new, by a negative number
            made = self._make(reference, tensors)
            self.objects[number], self.numbers[id(made)] = made, number
        return self.objects[number]

    def _make(self, reference: values.Reference, tensors: wire.Tensors) -> Any:
        ask = partial(self._ask, reference["object"])
        match reference:
            case {"function": str(name)}:
                return _named(name, partial(ask, ""))
            case {"methods": list(methods), "attributes": attributes, "text": str(text)}:
                name = re.sub(r"\W", "", text) or "object"  # Python's own messages tell it
                holds = self._decode(attributes, tensors)
                holds |= {m: _named(m, partial(ask, m)) for m in methods}
                return type(name, (Proxy,), {"__slots__": ()})(text, holds)
            case {"model": description, "watched": list(methods)}:
                from grader.sandbox import bench

                model = bench.build(**self._decode(description, tensors))
                for name in methods:
                    setattr(model, name, self._watched(getattr(model, name), partial(ask, name)))
                return model
        raise wire.WireError("a reference to nothing")

    def _watched(self, method: Callable[..., Any], ask: Callable[..., Any]) -> Callable[..., Any]:
        from grader.sandbox import bench

        def reported(*args: Any, **kwargs: Any) -> Any:
            ask(*args, **kwargs)
            with bench.usual_settings():
                return method(*args, **kwargs)

        return reported

    def _ask(self, number: int, method: str, /, *args: Any, **kwargs: Any) -> Any:
        """Report a use of something the checker handed in, and wait for what it answers."""
        tensors: wire.Tensors = {}
        question = {
            "ask": number,
            "method": method,
            "args": self._encode(args, tensors),
            "kwargs": self._encode(kwargs, tensors),
        }
        self.channel.send(question, tensors)
        while True:
            answer, tensors = self.channel.receive()
            if "raise" in answer:
                _raise(**answer["raise"])
            if "reply" in answer:
                return self._decode(answer["reply"], tensors)
            self._answer(answer, tensors)  # a call before the answer


def _named(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    call.__name__ = call.__qualname__ = name
    return call


def _raise(type: str, message: str) -> NoReturn:
    kind = getattr(builtins, type, None)
    if not (isinstance(kind, builtins.type) and issubclass(kind, Exception)):
        kind = builtins.type(type, (Exception,), {"__repr__": Exception.__str__})
    raise kind(message)


def _text(value: Any) -> str:
    try:
        return repr(value)[:200]
    except BaseException:
        return ""
