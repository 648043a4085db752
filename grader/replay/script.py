"""A check's calls as a script that makes them outside of the grader, for a debugger."""

import ast
import builtins
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.clean import clean
from grader.i18n import _
from grader.parsing import parse
from grader.replay.calls import Ask, Request, requests
from grader.replay.literals import Arrays, Snippet, assigned, expression, model
from grader.replay.names import INSIDE, Names, NotReplayable
from grader.sandbox import wire

INLINE = 40  # characters of an argument that stands in its call

NO_CALL = _("it failed before it called any of your functions")  # why it can't be replayed
SAME_DRAWS = _("your code draws the same random numbers as in the check")
YOUR_FILE = _("your file, which is in the same folder")
LAST_CALL = _("the last call before the check failed")

_MADE_UP = """
class MadeUp:  # {about}
    def __init__(self, **attributes):
        self.__dict__.update(attributes)
""".format(about=_("an object that the check made up"))
_IN_TURN = """
def in_turn(*answers):  # {about}
    rest = iter(answers)

    def call(*args, **kwargs):
        return next(rest, stopped)(*args, **kwargs)

    return call


def stopped(*args, **kwargs):
    raise RuntimeError({stopped})
""".format(
    about=_("answers as the check did, call after call"),
    stopped=json.dumps(
        _("Here the check stopped: it did not expect this call."), ensure_ascii=False
    ),
)


@dataclass(frozen=True)
class Script:
    """A script, and the arrays that it reads from the file of the same name beside it."""

    text: str
    arrays: dict[str, np.ndarray]


def script(
    frames: Iterable[bytes],
    *,
    module: str,
    stub: str,
    tensorflow: bool,
    comments: Sequence[str],
) -> Script:
    """Write the script.

    Args:
        frames: what ``grader.checker.record`` kept.
        module: the learner's module.
        stub: the text that the learner's file began with; names the parameters.
        tensorflow: whether the learner's file imports TensorFlow.
        comments: what stands at its top.

    Raises:
        NotReplayable: something in the calls exists only inside of the check.
    """
    events = deque(wire.unpack(frame[8:]) for frame in frames)
    said = requests(events)
    seed = next((r.message["seed"] for r in said if r.do == "load"), None)
    calls = [r for r in said if r.do != "load"]
    looks: list[Request] = []
    while calls and not calls[-1].told:
        looks.insert(0, calls.pop())
    if seed is None or not any(r.do == "call" for r in calls):
        raise NotReplayable(NO_CALL)
    writer = _ScriptWriter(module, _parameters(stub), calls)
    body = [*writer.block(calls), *writer.looks(looks)]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(body)).strip("\n")
    head = [f"# {line}".rstrip() for line in map(clean, comments)]
    whole = [*head, *_imports(writer, seed, tensorflow), text, ""]
    return Script("\n".join(whole), writer.arrays)


def _imports(writer: "_ScriptWriter", seed: int, tensorflow: bool) -> Iterator[str]:
    keras = tensorflow or writer.keras
    yield ""
    if not keras:
        yield "import random"
    if writer.arrays:
        yield "from pathlib import Path"
    if writer.arrays or not keras:
        yield ""
    if keras:
        yield "import keras"
    yield from ("import numpy as np", "", f"# {SAME_DRAWS}")
    if keras:
        yield f"keras.utils.set_random_seed({seed % 2**32})"
    else:
        yield from (f"random.seed({seed})", f"np.random.seed({seed % 2**32})")
    yield from ("", f"import {writer.module}  # {YOUR_FILE}", "")
    if writer.arrays:
        yield from ('data = np.load(Path(__file__).with_suffix(".npz"))', "")
    for helper in sorted(writer.helpers):
        yield from ("", helper.strip(), "")
    if writer.helpers:
        yield ""


def _parameters(stub: str) -> dict[str, list[str]]:
    """The parameters of each function, and of each class's ``__init__``, without ``self``."""
    found = {}
    for node in parse(stub).body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = [a.arg for a in node.args.args]
        elif isinstance(node, ast.ClassDef):
            for method in node.body:
                if isinstance(method, ast.FunctionDef):
                    name = node.name if method.name == "__init__" else method.name
                    found[name] = [a.arg for a in method.args.args[1:]]
    return found


# the script


class _ScriptWriter:
    """Turns requests into lines.

    Attributes:
        arrays: those that are too large for the script.
        helpers: what the lines need before them.
        keras: whether the lines need Keras.
    """

    def __init__(
        self, module: str, parameters: Mapping[str, list[str]], requests: list[Request]
    ) -> None:
        self.module, self._parameters = module, parameters
        self.arrays = Arrays()
        self.helpers: set[str] = set()
        self.keras = False
        self._last = requests[-1]
        self._single = sum(request.told for request in requests) == 1
        self._names = Names(module, requests)
        self._globals: list[set[str]] = [set()]  # assigned in each function that is being written

    def block(self, requests: list[Request]) -> list[str]:
        """The lines of some requests."""
        return [line for request in requests for line in self._request(request)]

    def looks(self, requests: list[Request]) -> list[str]:
        """Lines that print the plain attributes which the check read."""
        places = [
            f"{self._names.of(number)}.{path}"
            for request in requests
            if request.do == "get" and request.answer is None
            for number, path in (request.target,)
            if number in self._names and "_" not in (path[0], path.rpartition(".")[2][0])
        ]
        return [f'print("{place}:", {place}, sep="\\n")' for place in dict.fromkeys(places)]

    def _request(self, request: Request) -> list[str]:
        found = self._names.found.get(id(request), [])
        number, path = request.target
        if request.do == "get" and found:
            return self._kept(f"{self._object(number)}.{path}", found)
        if not request.told:
            return []
        if request.do == "set":
            lines: list[str] = []
            value = self._value(request.message["to"], request.tensors, path, lines)
            return [*lines, assigned(f"{self._object(number)}.{path}", value)]
        lines, call = self._call(request)
        if request is not self._last:
            return [*lines, *self._kept(call, found), *([""] if lines else [])]
        name = path or self._object(number)
        label = json.dumps(_("{name} returned:").format(name=name), ensure_ascii=False)
        lines = [*lines, f"result = {call}", f'print({label}, result, sep="\\n")']
        return lines if self._single else ["", f"# {LAST_CALL}", *lines]

    def _call(self, request: Request) -> tuple[list[str], str]:
        """The lines before a call, and the call."""
        number, path = request.target
        lines: list[str] = []
        parameters = self._parameters.get(path.rpartition(".")[2], [])
        arguments = []
        args, kwargs = request.message["args"], request.message["kwargs"]
        items = args["list"]
        if isinstance(items, str):  # many numbers: no function has so many parameters
            raise NotReplayable(INSIDE)
        for position, item in enumerate(items):
            known = position < len(parameters)
            name = parameters[position] if known else f"argument_{position + 1}"
            arguments.append(self._argument(item, request.tensors, name, lines))
        for name, item in kwargs["dict"]:
            arguments.append(f"{name}={self._argument(item, request.tensors, name, lines)}")
        function = f"{self.module}.{path}" if number is None else self._object(number)
        if number is not None and path:
            function += f".{path}"
        return lines, f"{function}({', '.join(arguments)})"

    def _argument(self, form: Any, tensors: wire.Tensors, name: str, lines: list[str]) -> str:
        value = self._value(form, tensors, name, lines)
        text = expression(value)
        array = isinstance(form, dict) and "array" in form
        if "\n" not in text and len(text) <= INLINE and not array:
            return text
        name = self._names.free(name)
        lines.append(assigned(name, value))
        return name

    def _kept(self, call: str, found: list[tuple[int, str]]) -> list[str]:
        """A call, and the names of those objects in its result that are used later."""
        names = {place: self._names.of(number) for number, place in found}
        self._globals[-1].update(names.values())
        if list(names) == ["result"]:
            return [f"{names['result']} = {call}"]
        if not names:
            return [call]
        return [f"result = {call}", *(f"{name} = {place}" for place, name in names.items())]

    def _object(self, number: int | None) -> str:
        """The name of an object; the module's without a number."""
        if number is None:
            return self.module
        return self._names.of(number)

    def _value(self, form: Any, tensors: wire.Tensors, name: str, lines: list[str]) -> Any:
        """What ``pformat`` prints as an expression; what it needs before it is added to lines."""

        def each(form: Any) -> Any:
            match form:
                case {"array": str(key)}:
                    turned = ".T" if form.get("order") == "F" else ""
                    return Snippet(self.arrays.expression(tensors[key], name) + turned)
                case {"scalar": [str(dtype), content]}:
                    return Snippet(f"np.{dtype}({each(content)!r})")
                case {"list": str(key), "python": python}:
                    return numbers(tensors[key], python)
                case {"tuple": str(key), "python": python}:
                    return tuple(numbers(tensors[key], python))
                case {"int": str(text)}:
                    return int(text, 16)
                case {"float": str(text)}:
                    return Snippet(f'float("{float(text)}")')
                case {"list": list(items)}:
                    return [each(item) for item in items]
                case {"tuple": list(items)}:
                    return tuple(each(item) for item in items)
                case {"dict": list(pairs)}:
                    return {each(key): each(value) for key, value in pairs}
                case {"object": int(number)}:
                    if len(form) > 1 and number < 0:
                        self._define(form, tensors, lines)
                    return Snippet(self._object(number))
            return form

        def numbers(array: np.ndarray, python: bool) -> list[Any]:
            if python:
                return array.ravel().tolist()
            return [Snippet(f"np.{array.dtype.name}({number})") for number in array.ravel()]

        return each(form)

    # what the check made

    def _define(self, form: Any, tensors: wire.Tensors, lines: list[str]) -> None:
        """Make something of the check's, as the agent did."""
        number = form["object"]
        name = self._names.of(number)
        self._globals[-1].add(name)
        match form:
            case {"function": str()}:
                lines.append(f"{name} = {self._answers(number, '', name, lines)}")
            case {"methods": list(methods), "attributes": attributes}:
                self.helpers.add(_MADE_UP)
                lines.append(f"{name} = MadeUp()")
                for key, value in attributes["dict"]:
                    told = self._value(value, tensors, key, lines)
                    lines.append(assigned(f"{name}.{key}", told))
                for method in methods:
                    answers = self._answers(number, method, f"{name}_{method}", lines)
                    lines.append(f"{name}.{method} = {answers}")
            case {"model": description}:
                self.keras = True
                lines += model(name, description, tensors, self.arrays)

    def _answers(self, number: int, method: str, name: str, lines: list[str]) -> str:
        """A function that answers as the check did."""
        self.helpers.add(_IN_TURN)
        told = []
        for count, ask in enumerate(self._names.asks.get((number, method), []), 1):
            before: list[str] = []
            self._globals.append(set())
            found = self._names.found.get(id(ask), [])
            begin = [f"{self._names.of(n)} = {place}" for n, place in found]
            self._globals[-1].update(self._names.of(n) for n, _ in found)
            begin += self.block(ask.requests)
            reply = self._reply(ask, before)
            outside = self._globals.pop()
            if not begin and not before and reply.startswith("return "):
                told.append(f"lambda *args, **kwargs: {reply.removeprefix('return ')}")
                continue
            inside = [*([f"global {', '.join(sorted(outside))}"] if outside else []), *begin]
            inside += [*before, reply]
            function = f"{name}_{count}"
            lines += ["", f"def {function}(*args, **kwargs):"]
            lines += [f"    {line}" if line else "" for text in inside for line in text.split("\n")]
            lines.append("")
            told.append(function)
        return f"in_turn({', '.join(told)})"

    def _reply(self, ask: Ask, lines: list[str]) -> str:
        match ask.reply:
            case {"reply": form}:
                value = self._value(form, ask.tensors, "value", lines)
                return f"return {expression(value)}"
            case {"raise": {"type": str(kind), "message": str(message)}}:
                known = getattr(builtins, kind, None)
                if isinstance(known, type) and issubclass(known, Exception):
                    return f"raise {kind}({message!r})"
                return f"raise type({kind!r}, (Exception,), {{}})({message!r})"
        return "stopped()"
