"""What a check and a submission said to each other, as a tree of calls within calls."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from grader.sandbox import wire

Frame = tuple[wire.Message, wire.Tensors]


@dataclass
class Request:
    """Something that the check asked of the submission, and what happened until its answer."""

    message: wire.Message
    tensors: wire.Tensors
    asks: "list[Ask]" = field(default_factory=list)
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
class Ask:
    """A use of something of the check's by the submission, and how the check answered."""

    message: wire.Message
    requests: list[Request] = field(default_factory=list)
    reply: wire.Message | None = None
    tensors: wire.Tensors = field(default_factory=dict)


def requests(events: deque[Frame]) -> list[Request]:
    """The requests that come next, each with what happened within it."""
    found = []
    while events and "do" in events[0][0]:
        request = Request(*events.popleft())
        found.append(request)
        while events:
            message, _ = events.popleft()
            if "ask" not in message:
                request.answer = message.get("answer")
                break
            ask = Ask(message, requests(events))
            if events and ("reply" in events[0][0] or "raise" in events[0][0]):
                ask.reply, ask.tensors = events.popleft()
            request.asks.append(ask)
    return found


def in_order(calls: Iterable[Request]) -> Iterator[Request | Ask]:
    """Requests when they have been answered, and what was asked within them before."""
    for request in calls:
        for ask in request.asks:
            yield ask
            yield from in_order(ask.requests)
        yield request


def parts(form: Any, place: str) -> Iterator[tuple[Any, str]]:
    """A form and all that is in it, each with the expression that leads there."""
    yield form, place
    match form:
        case {"list": list(items)} | {"tuple": list(items)}:
            for number, item in enumerate(items):
                yield from parts(item, f"{place}[{number}]")
        case {"dict": list(pairs)}:
            for key, value in pairs:
                yield from parts(key, "")
                yield from parts(value, f"{place}[{key!r}]")
        case {"model": inner} | {"attributes": inner}:
            yield from parts(inner, "")
