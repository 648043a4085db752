"""The checker's side of a confined process: calls, objects that stay there, and stand-ins.

Everything that comes back is untrusted. Values are plain data or exact arrays; anything else is a
``Remote``, whose attributes and methods are asked for one by one.
"""

import secrets
import signal
import socket
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from grader.checks.errors import (
    Ended,
    Garbled,
    Late,
    LoadError,
    NotStarted,
    Raised,
    SubmissionError,
)
from grader.checks.passing import Passable, Passed
from grader.i18n import _
from grader.sandbox import values, wire
from grader.sandbox.clock import Clock

MAX_PRINTED = 10_000  # the agent keeps less; but the agent is not to be trusted
MAX_RECEIVED = 512 << 20  # bytes of arrays from one process: a check may keep what it is told


class Starter(Protocol):
    """How the checker gets processes: from the grader that started it."""

    def start(self, kind: str, tensorflow: bool) -> tuple[int, socket.socket]:
        """A new confined process, its number and the socket to it."""
        ...

    def end(self, number: int) -> int:
        """Kill a process; returns its exit code."""
        ...


class RemoteProcess:
    """A confined process, for as long as a fixture lives.

    Attributes:
        printed: what the module printed in all calls so far.
        last_printed: what it printed in the last one.
        last: ``(function, value)`` of the last call that returned.
        record: told of each message that crosses, if there is one.
    """

    def __init__(self, control: Starter, kind: str, tensorflow: bool, clock: Clock) -> None:
        self._control, self._clock = control, clock
        with clock.pause():
            self._number, connection = control.start(kind, tensorflow)
            self._channel = wire.Channel(connection)
        self._doing, self._loading = kind, True
        self._ended, self._received = False, 0
        self.printed = self.last_printed = ""
        self.last: tuple[str, Any] | None = None
        self.record: Callable[[wire.Message, wire.Tensors], None] | None = None
        self._passed = Passed()
        try:
            hello, __ = self._receive()
        except Ended as error:
            raise NotStarted(_("it ended: status {n}").format(n=error.status)) from error
        except (Late, Garbled) as error:
            raise NotStarted(_("it did not answer: {reason}").format(reason=error)) from error
        if not isinstance(hello.get("missing"), list):
            raise NotStarted(_("not confined: {layer}").format(layer=hello.get("unconfined")))
        self.missing = [str(name) for name in hello["missing"]]

    def load(self, source: str, filename: str, name: str, seed: int) -> None:
        """Run the submission; raises ``LoadError``."""
        self.request("load", source=source, filename=filename, name=name, seed=seed)
        self._loading = False

    def ready(self) -> None:
        """Nothing to load: a bench."""
        self._loading = False

    def reset(self, seed: int) -> None:
        """Clear a bench of what an earlier check has left; what it draws comes from a seed."""
        self._passed, self._received, self.printed, self.last = Passed(), 0, "", None
        self.request("reset", seed=seed)

    def end(self) -> int:
        """Kill it, if that has not been done."""
        if not self._ended:
            with self._clock.pause():
                self._ended, self._status = True, self._control.end(self._number)
            self._channel.close()
        return self._status

    def call(
        self,
        target: tuple[int | None, str],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        **also: bool,
    ) -> Any:
        """Call a function there.

        With ``arguments``, returns them too as they are afterwards; see ``ask`` for ``keep``.
        """
        self._doing = target[1] or "function"
        tensors: wire.Tensors = {}
        sent = {"args": self._encode(list(args), tensors), "kwargs": self._encode(kwargs, tensors)}
        answer, received = self.request("call", tensors, target=target, **sent, **also)
        value = self._decode(answer.get("value"), received)
        self.last = (self._doing, value)
        if not also.get("arguments"):
            return value
        after = self._decode(answer.get("arguments"), received)
        match after:
            case [list(after_args), dict(after_kwargs)] if len(after_args) == len(args):
                return value, after_args, after_kwargs
        raise Garbled("arguments that were not passed")

    def ask(self, what: str) -> Any:
        """What the last call with ``keep`` returned, if it is "kept", or what is "replaced"."""
        answer, tensors = self.request("ask", target=(None, ""), what=what)
        return self._decode(answer.get("value"), tensors)

    def get(self, target: tuple[int | None, str]) -> Any:
        """The value of an attribute there."""
        answer, tensors = self.request("get", target=target)
        return self._decode(answer.get("value"), tensors)

    def set(self, target: tuple[int | None, str], value: Any) -> None:
        """Set an attribute there."""
        tensors: wire.Tensors = {}
        self.request("set", tensors, target=target, to=self._encode(value, tensors))

    def bench(self, function: str, number: int | None, *arguments: Any) -> Any:
        """What a function of ``grader.sandbox.bench`` says there of a thing of Keras's."""
        fields: dict[str, Any] = {"target": (number, ""), "function": function}
        answer, tensors = self.request("bench", None, arguments=arguments, **fields)
        return self._decode(answer.get("value"), tensors)

    def request(
        self, do: str, tensors: wire.Tensors | None = None, **fields: Any
    ) -> tuple[wire.Message, wire.Tensors]:
        """Send one request and answer the questions that come before its answer."""
        nonce = secrets.token_hex(8)
        self._note({"do": do, **fields}, tensors)
        self._guard(self._channel.send, {"id": nonce, "do": do, **fields}, tensors)
        while True:
            message, received = self._receive()
            if "ask" in message:
                self._reply(message, received)
                continue
            if message.get("id") != nonce:
                raise Garbled("an answer to another question")
            self.last_printed = str(message.get("printed") or "")[:MAX_PRINTED]
            self.printed = (self.printed + self.last_printed)[-MAX_PRINTED:]
            if "error" in message:
                self._note({"error": True})
                kind = LoadError if self._loading else SubmissionError
                raise kind(_dict(message["error"]), self._doing)
            self._note({"answer": message.get("value")})
            return message, received

    def _reply(self, message: wire.Message, tensors: wire.Tensors) -> None:
        handler = self._passed.handler(message["ask"], str(message.get("method")))
        args = self._decode(message.get("args"), tensors)
        kwargs = self._decode(message.get("kwargs"), tensors)
        if handler is None or not isinstance(args, tuple) or not isinstance(kwargs, dict):
            raise Garbled("a question about nothing")
        self._note(message)
        doing = self._doing
        out: wire.Tensors = {}
        try:
            answer = {"reply": self._encode(handler(*args, **kwargs), out)}
        except Raised as raised:
            answer, out = {"raise": {"type": raised.type, "message": raised.message}}, {}
        self._doing = doing
        self._note(answer, out)
        self._guard(self._channel.send, answer, out)

    def _note(self, message: wire.Message, tensors: wire.Tensors | None = None) -> None:
        if self.record is not None:
            self.record(message, tensors or {})

    def _receive(self) -> tuple[wire.Message, wire.Tensors]:
        message, tensors = self._guard(self._channel.receive)
        self._received += sum(tensor.nbytes for tensor in tensors.values())
        if self._received > MAX_RECEIVED:
            raise Garbled(_("more than 512 MiB of arrays in one check"))
        return message, tensors

    def _guard(self, action: Callable[..., Any], *arguments: Any) -> Any:
        self._channel.deadline = self._clock.deadline
        try:
            return action(*arguments)
        except wire.Expired:
            stopped = self.end() == -signal.SIGSTOP
            raise Late(self._doing, self._loading, stopped) from None
        except wire.Closed:
            raise Ended(self.end(), self._loading) from None
        except wire.WireError as error:
            raise Garbled(str(error)) from error

    def _encode(self, value: Any, tensors: wire.Tensors) -> Any:
        return values.encode(value, tensors, partial(self._reference, tensors))

    def _reference(self, tensors: wire.Tensors, value: Any) -> Any:
        if isinstance(value, Remote):
            if value.remote_process is not self:
                raise TypeError("an object of one process was passed to another")
            return {"object": value.remote_number}
        if known := self._passed.number(value):
            return {"object": known}
        if not isinstance(value, Passable) and not callable(value):
            raise TypeError(f"a {type(value).__name__} can't be passed to a submission")
        number = self._passed.add(value)
        if isinstance(value, Passable):
            form = value.form(partial(self._encode, tensors=tensors))
            self._passed.handle(number, dict(value.methods))
            value.remote = Remote(self, {"object": number, "type": type(value).__name__})
        else:
            form = {"function": getattr(value, "__name__", "function")}
            self._passed.handle(number, {"": value})
        return {"object": number} | form

    def _decode(self, form: Any, tensors: wire.Tensors) -> Any:
        try:
            return values.decode(form, tensors, self._resolve)
        except wire.WireError as error:
            raise Garbled(str(error)) from error

    def _resolve(self, reference: values.Reference) -> Any:
        number = reference["object"]
        if type(number) is not int:
            raise wire.WireError("a reference to nothing")
        if number >= 0:
            return Remote(self, reference)
        if (ours := self._passed.thing(number)) is None:
            raise wire.WireError("a reference to nothing")
        return ours


_CALLABLES = ("method", "function", "builtin_function_or_method", "partial", "type")


class Remote:
    """An object that stays in its process.

    Attributes and methods are the object's own: ``callback.stopped_epoch`` asks for the value,
    ``callback.on_epoch_end(0, logs)`` calls. What is ours begins with ``remote_``.
    """

    def __init__(self, process: RemoteProcess, reference: values.Reference) -> None:
        set_ = partial(object.__setattr__, self)
        set_("remote_process", process)
        set_("remote_number", reference["object"])
        set_("remote_type", str(reference.get("type"))[:100])
        bases = reference.get("bases")
        set_("remote_bases", [str(b)[:100] for b in bases[:200]] if isinstance(bases, list) else [])
        set_("remote_text", str(reference.get("text") or "")[:200])

    remote_process: RemoteProcess
    remote_number: int
    remote_type: str
    remote_bases: list[str]
    remote_text: str

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = self.remote_process.get((self.remote_number, name))
        if isinstance(value, Remote) and value.remote_type in _CALLABLES:
            return Function(self.remote_process, self.remote_number, name)
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        self.remote_process.set((self.remote_number, name), value)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.remote_process.call((self.remote_number, ""), args, kwargs)

    def __repr__(self) -> str:
        return self.remote_text or f"<{self.remote_type}>"


class Function:
    """A function or class of the submission, or a method of one of its objects."""

    def __init__(self, process: RemoteProcess, number: int | None, name: str) -> None:
        self._process, self._number, self._name = process, number, name
        self.__name__ = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._process.call((self._number, self._name), args, kwargs)

    def call_and_keep(self, *args: Any, **kwargs: Any) -> Any:
        """The value, which ``kept`` returns once more."""
        return self._process.call((self._number, self._name), args, kwargs, keep=True)

    def kept(self) -> Any:
        """What ``call_and_keep`` has returned, as it is now."""
        return self._process.ask("kept")

    def call_and_return_arguments(self, *args: Any, **kwargs: Any) -> Any:
        """The value, and the arguments as they are after the call."""
        return self._process.call((self._number, self._name), args, kwargs, arguments=True)


class Learner:
    """The submission: ``learner.softmax(scores)`` calls its function in a confined process."""

    def __init__(self, process: RemoteProcess) -> None:
        self._process = process

    def __getattr__(self, name: str) -> Function:
        if name.startswith("__"):
            raise AttributeError(name)
        return Function(self._process, None, name)


def names(remote: Remote) -> list[str]:
    """The names of an object's attributes, as ``dir`` gives them."""
    found = remote.remote_process.call((remote.remote_number, "__dir__"), (), {})
    return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []


def printed(learner: Learner) -> str:
    """What the submission printed during the last call."""
    return learner._process.last_printed


def _dict(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Garbled("an error that is none")
    return value
