"""A check's calls as a script that makes them outside of the grader, for a debugger."""

import ast
import builtins
import keyword
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pprint import pformat
from typing import Any

import numpy as np

from grader.clean import clean
from grader.course import parse
from grader.errors import GraderError
from grader.render import texts
from grader.sandbox import values, wire

SHOWN = 200  # numbers of an array that stand in the script; the others in a file beside it
INLINE = 40  # characters of an argument that stands in its call
WIDTH = 90

_MADE_UP = '''
class MadeUp:
    """An object that the check made up."""

    def __init__(self, **attributes):
        self.__dict__.update(attributes)
'''
_IN_TURN = '''
def in_turn(*answers):
    """A function that answers as the check did, call after call."""
    rest = iter(answers)

    def call(*args, **kwargs):
        return next(rest, stopped)(*args, **kwargs)

    return call


def stopped(*args, **kwargs):
    raise RuntimeError("Here the check stopped: it did not expect this call.")
'''


class NotReplayable(GraderError):
    """The calls can't be made outside of the check; the text says why."""


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
    requests = _requests(events)
    seed = next((r.message["seed"] for r in requests if r.do == "load"), None)
    calls = [r for r in requests if r.do != "load"]
    looks: list[_Request] = []
    while calls and not calls[-1].told:
        looks.insert(0, calls.pop())
    if seed is None or not any(r.do == "call" for r in calls):
        raise NotReplayable(texts.REPLAY_NO_CALL)
    writer = _Writer(module, _parameters(stub), calls)
    body = [*writer.block(calls), *writer.looks(looks)]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(body)).strip("\n")
    head = [f"# {line}".rstrip() for line in map(clean, comments)]
    whole = [*head, *_imports(writer, seed, tensorflow), text, ""]
    return Script("\n".join(whole), writer.arrays)


def _imports(writer: "_Writer", seed: int, tensorflow: bool) -> Iterator[str]:
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
    yield from ("import numpy as np", "", f"# {texts.REPLAY_RANDOM}")
    if keras:
        yield f"keras.utils.set_random_seed({seed % 2**32})"
    else:
        yield from (f"random.seed({seed})", f"np.random.seed({seed % 2**32})")
    yield from ("", f"import {writer.module}  # {texts.REPLAY_YOURS}", "")
    if writer.arrays:
        yield from ('data = np.load(Path(__file__).with_suffix(".npz"))', "")
    for helper in sorted(writer.helpers):
        yield from ("", helper.strip(), "")
    if writer.helpers:
        yield ""


# what was said, as a tree


@dataclass
class _Request:
    """Something that the check asked of the submission, and what happened until its answer."""

    message: wire.Message
    tensors: wire.Tensors
    asks: "list[_Ask]" = field(default_factory=list)
    answer: Any = None

    @property
    def do(self) -> str:
        return str(self.message["do"])

    @property
    def target(self) -> tuple[int | None, str]:
        number, path = self.message["target"]
        return number, path

    @property
    def told(self) -> bool:
        """Whether it does anything."""
        looks = self.target[1].rpartition(".")[2].startswith("__")
        return self.do in ("call", "set") and not looks


@dataclass
class _Ask:
    """A use of something of the check's by the submission, and how the check answered."""

    message: wire.Message
    requests: list[_Request] = field(default_factory=list)
    reply: wire.Message | None = None
    tensors: wire.Tensors = field(default_factory=dict)


def _requests(events: "deque[tuple[wire.Message, wire.Tensors]]") -> list[_Request]:
    found = []
    while events and "do" in events[0][0]:
        request = _Request(*events.popleft())
        found.append(request)
        while events:
            message, _ = events.popleft()
            if "ask" not in message:
                request.answer = message.get("answer")
                break
            ask = _Ask(message, _requests(events))
            if events and ("reply" in events[0][0] or "raise" in events[0][0]):
                ask.reply, ask.tensors = events.popleft()
            request.asks.append(ask)
    return found


def _in_order(requests: Iterable[_Request]) -> Iterator[_Request | _Ask]:
    """Requests when they have been answered, and what was asked within them before."""
    for request in requests:
        for ask in request.asks:
            yield ask
            yield from _in_order(ask.requests)
        yield request


def _parts(form: Any, place: str) -> Iterator[tuple[Any, str]]:
    """A form and all that is in it, each with the expression that leads there."""
    yield form, place
    match form:
        case {"list": list(items)} | {"tuple": list(items)}:
            for number, item in enumerate(items):
                yield from _parts(item, f"{place}[{number}]")
        case {"dict": list(pairs)}:
            for key, value in pairs:
                yield from _parts(key, "")
                yield from _parts(value, f"{place}[{key!r}]")
        case {"model": inner} | {"attributes": inner}:
            yield from _parts(inner, "")


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


class _Code:
    """A piece of code, for ``pformat``."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


class _Writer:
    """Turns requests into lines.

    Attributes:
        arrays: those that are too large for the script.
        helpers: what the lines need before them.
        keras: whether the lines need Keras.
    """

    def __init__(
        self, module: str, parameters: Mapping[str, list[str]], requests: list[_Request]
    ) -> None:
        self.module, self._parameters = module, parameters
        self.arrays: dict[str, np.ndarray] = {}
        self.helpers: set[str] = set()
        self.keras = False
        self._last = requests[-1]
        self._single = sum(request.told for request in requests) == 1
        self._names: dict[int, str] = {}
        self._found: dict[int, list[tuple[int, str]]] = {}  # id(request or ask): objects, places
        self._asks: dict[tuple[int, str], list[_Ask]] = {}
        self._globals: list[set[str]] = [set()]  # assigned in each function that is being written
        self._name_all(requests)

    def _name_all(self, requests: list[_Request]) -> None:
        """Name the objects that are used, and find out where each comes from."""
        everything = list(_in_order(requests))
        used = {
            form["object"]
            for each in everything
            for part in self._ours(each)
            for form, _ in _parts(part, "")
            if isinstance(form, dict) and "object" in form
        }
        used |= {each.target[0] for each in everything if isinstance(each, _Request)}
        for each in everything:
            for part in self._ours(each):
                for form, _ in _parts(part, ""):
                    if isinstance(form, dict) and ("methods" in form or "function" in form):
                        self._name(form["object"], str(form.get("function") or form["text"]))
                    elif isinstance(form, dict) and "model" in form:
                        self._name(form["object"], "model")
            if isinstance(each, _Ask):
                key = (each.message["ask"], str(each.message["method"]))
                self._asks.setdefault(key, []).append(each)
            for part, place in self._theirs(each):
                for form, where in _parts(part, place):
                    match form:
                        case {"object": int(number)} if number >= 0 and number in used:
                            if number not in self._names:
                                self._name(number, str(form.get("type")))
                                self._found.setdefault(id(each), []).append((number, where))

    @staticmethod
    def _ours(each: _Request | _Ask) -> Iterator[Any]:
        """The forms that the check sent."""
        message = each.message if isinstance(each, _Request) else each.reply or {}
        yield from (message[key] for key in ("args", "kwargs", "to", "reply") if key in message)

    @staticmethod
    def _theirs(each: _Request | _Ask) -> Iterator[tuple[Any, str]]:
        """The forms that the submission sent, and what they are called in the script."""
        if isinstance(each, _Request):
            yield each.answer, "result"
        else:
            yield each.message["args"], "args"
            yield each.message["kwargs"], "kwargs"

    def _name(self, number: int, text: str) -> None:
        if number not in self._names:
            words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text)
            name = re.sub(r"\W+", "_", words, flags=re.ASCII).strip("_").lower()[:40]
            name = name if name.isidentifier() and name != self.module else "thing"
            reserved = {*keyword.kwlist, *dir(builtins), "np", "keras", "data", "result", "args"}
            name += "_" * (name in reserved | {"kwargs", "stopped", "random"})
            taken, base, count = set(self._names.values()), name, 1
            while name in taken:
                count += 1
                name = f"{base}_{count}"
            self._names[number] = name

    def block(self, requests: list[_Request]) -> list[str]:
        """The lines of some requests."""
        return [line for request in requests for line in self._request(request)]

    def looks(self, requests: list[_Request]) -> list[str]:
        """Lines that print the plain attributes which the check read."""
        places = [
            f"{self._names[number]}.{path}"
            for request in requests
            if request.do == "get" and request.answer is None
            for number, path in (request.target,)
            if number in self._names and "_" not in (path[0], path.rpartition(".")[2][0])
        ]
        return [f'print("{place}:", {place}, sep="\\n")' for place in dict.fromkeys(places)]

    def _request(self, request: _Request) -> list[str]:
        found = self._found.get(id(request), [])
        number, path = request.target
        if request.do == "get" and found:
            return self._kept(f"{self._object(number)}.{path}", found)
        if not request.told:
            return []
        if request.do == "set":
            lines: list[str] = []
            value = self._value(request.message["to"], request.tensors, path, lines)
            return [*lines, _assigned(f"{self._object(number)}.{path}", value)]
        lines, call = self._call(request)
        if request is not self._last:
            return [*lines, *self._kept(call, found), *([""] if lines else [])]
        name = path or self._object(number)
        lines = [*lines, f"result = {call}", f'print("{name} returned:", result, sep="\\n")']
        return lines if self._single else ["", f"# {texts.REPLAY_LAST}", *lines]

    def _call(self, request: _Request) -> tuple[list[str], str]:
        """The lines before a call, and the call."""
        number, path = request.target
        lines: list[str] = []
        parameters = self._parameters.get(path.rpartition(".")[2], [])
        arguments = []
        args, kwargs = request.message["args"], request.message["kwargs"]
        items = args["list"]
        if isinstance(items, str):  # many numbers: no function has so many parameters
            raise NotReplayable(texts.REPLAY_INSIDE)
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
        text = pformat(value, width=WIDTH, compact=True, sort_dicts=False)
        array = isinstance(form, dict) and "array" in form
        if "\n" not in text and len(text) <= INLINE and not array:
            return text
        while name in self._names.values() or name == self.module:
            name += "_"
        lines.append(_assigned(name, value))
        return name

    def _kept(self, call: str, found: list[tuple[int, str]]) -> list[str]:
        """A call, and the names of those objects in its result that are used later."""
        names = {place: self._names[number] for number, place in found}
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
        if number not in self._names:
            raise NotReplayable(texts.REPLAY_INSIDE)
        return self._names[number]

    def _value(self, form: Any, tensors: wire.Tensors, name: str, lines: list[str]) -> Any:
        """What ``pformat`` prints as an expression; what it needs before it is added to lines."""

        def each(form: Any) -> Any:
            match form:
                case {"array": str(key)}:
                    return _Code(self._array(tensors[key], name))
                case {"scalar": [str(dtype), content]}:
                    return _Code(f"np.{dtype}({each(content)!r})")
                case {"list": str(key), "python": python}:
                    return numbers(tensors[key], python)
                case {"tuple": str(key), "python": python}:
                    return tuple(numbers(tensors[key], python))
                case {"int": str(text)}:
                    return int(text, 16)
                case {"float": str(text)}:
                    return _Code(f'float("{float(text)}")')
                case {"list": list(items)}:
                    return [each(item) for item in items]
                case {"tuple": list(items)}:
                    return tuple(each(item) for item in items)
                case {"dict": list(pairs)}:
                    return {each(key): each(value) for key, value in pairs}
                case {"object": int(number)}:
                    if len(form) > 1 and number < 0:
                        self._define(form, tensors, lines)
                    return _Code(self._object(number))
            return form

        def numbers(array: np.ndarray, python: bool) -> list[Any]:
            if python:
                return array.ravel().tolist()
            return [_Code(f"np.{array.dtype.name}({number})") for number in array.ravel()]

        return each(form)

    def _array(self, array: np.ndarray, name: str) -> str:
        """An expression for an array."""
        if array.size > SHOWN:
            key = f"{name}_{len(self.arrays) + 1}"
            self.arrays[key] = array
            return f'data["{key}"]'
        if not array.size:
            return f"np.zeros({array.shape}, dtype=np.{array.dtype.name})"
        numbers = np.array2string(
            array,
            separator=", ",
            threshold=SHOWN + 1,
            max_line_width=WIDTH,
            prefix=f"{name} = np.array(",
            formatter={"float_kind": _float},
        )
        kind = "bool" if array.dtype == bool else f"np.{array.dtype.name}"
        return f"np.array({numbers}, dtype={kind})"

    # what the check made

    def _define(self, form: Any, tensors: wire.Tensors, lines: list[str]) -> None:
        """Make something of the check's, as the agent did."""
        number = form["object"]
        name = self._names[number]
        self._globals[-1].add(name)
        match form:
            case {"function": str()}:
                lines.append(f"{name} = {self._answers(number, '', name, lines)}")
            case {"methods": list(methods), "attributes": attributes}:
                self.helpers.add(_MADE_UP)
                lines.append(f"{name} = MadeUp()")
                for key, value in attributes["dict"]:
                    told = self._value(value, tensors, key, lines)
                    lines.append(_assigned(f"{name}.{key}", told))
                for method in methods:
                    answers = self._answers(number, method, f"{name}_{method}", lines)
                    lines.append(f"{name}.{method} = {answers}")
            case {"model": description}:
                lines += self._model(name, description, tensors)

    def _model(self, name: str, description: Any, tensors: wire.Tensors) -> Iterator[str]:
        """A Keras model, layer by layer."""
        self.keras = True
        # a copy: decoding takes arrays out
        told = values.decode(description, dict(tensors), lambda reference: None)
        if told["seed"] is not None:
            yield f"keras.utils.set_random_seed({told['seed']})"
        yield f"{name} = keras.Sequential(["
        for layer in told["config"]["layers"]:
            config = {k: tuple(v) if k == "batch_shape" else v for k, v in layer["config"].items()}
            yield f"    keras.layers.{layer['class_name']}({_keywords(config)}),"
        yield "])"
        if told["weights"] is not None:
            weights = [_Code(self._array(weight, name)) for weight in told["weights"]]
            yield f"{name}.set_weights({pformat(weights, width=WIDTH)})"
        if told["compiled"] is not None:
            yield f"{name}.compile({_keywords(told['compiled'])})"

    def _answers(self, number: int, method: str, name: str, lines: list[str]) -> str:
        """A function that answers as the check did."""
        self.helpers.add(_IN_TURN)
        told = []
        for count, ask in enumerate(self._asks.get((number, method), []), 1):
            before: list[str] = []
            self._globals.append(set())
            found = self._found.get(id(ask), [])
            begin = [f"{self._names[n]} = {place}" for n, place in found]
            self._globals[-1].update(self._names[n] for n, _ in found)
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

    def _reply(self, ask: _Ask, lines: list[str]) -> str:
        match ask.reply:
            case {"reply": form}:
                value = self._value(form, ask.tensors, "value", lines)
                return f"return {pformat(value, width=WIDTH, compact=True, sort_dicts=False)}"
            case {"raise": {"type": str(kind), "message": str(message)}}:
                known = getattr(builtins, kind, None)
                if isinstance(known, type) and issubclass(known, Exception):
                    return f"raise {kind}({message!r})"
                return f"raise type({kind!r}, (Exception,), {{}})({message!r})"
        return "stopped()"


def _assigned(name: str, value: Any) -> str:
    return f"{name} = {pformat(value, width=WIDTH, compact=True, sort_dicts=False)}"


def _keywords(arguments: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in arguments.items())


def _float(number: Any) -> str:
    text = str(number)
    return text if np.isfinite(number) else text.replace("inf", "np.inf").replace("nan", "np.nan")
