"""What a check passes to a submission that is no plain value: objects and functions of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable


@runtime_checkable
class Passable(Protocol):
    """An object of the check's that gets a counterpart in the learner's process.

    Attributes:
        remote: the counterpart, once there is one.
    """

    remote: Any

    @property
    def methods(self) -> Mapping[str, Callable[..., Any]]:
        """What the counterpart reports while the learner's code runs."""
        ...

    def form(self, encode: Callable[[Any], Any]) -> dict[str, Any]:
        """What the agent needs to make it."""
        ...


@dataclass
class StandIn:
    """An object for the learner's code whose methods are functions of the check.

    Args:
        text: its ``repr``.
        attributes: plain values that it starts with; the learner's code may set more.
        methods: called with what the learner's code passed.

    Attributes:
        remote: the object in the learner's process, once it has been passed there.
    """

    text: str = "<stand-in>"
    attributes: dict[str, Any] = field(default_factory=dict)
    methods: dict[str, Callable[..., Any]] = field(default_factory=dict)
    remote: Any = None

    def form(self, encode: Callable[[Any], Any]) -> dict[str, Any]:
        """What the agent needs to make it."""
        return {
            "methods": list(self.methods),
            "attributes": encode(self.attributes),
            "text": self.text,
        }


class Passed:
    """What has been passed to one process, by the negative numbers that it has there."""

    def __init__(self) -> None:
        self._things: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}  # by id(thing), which lives as long as this
        self._handlers: dict[int, Mapping[str, Callable[..., Any]]] = {}

    def number(self, thing: Any) -> int | None:
        """The number of something that has been passed before."""
        return self._numbers.get(id(thing))

    def add(self, thing: Any) -> int:
        """Pass something for the first time; it is kept, so that it stays the same object."""
        number = -len(self._things) - 1
        self._things[number], self._numbers[id(thing)] = thing, number
        return number

    def handle(self, number: int, methods: Mapping[str, Callable[..., Any]]) -> None:
        """Say what answers its methods; the method of a function has no name."""
        self._handlers[number] = methods

    def handler(self, number: Any, method: str) -> Callable[..., Any] | None:
        """What answers a method, if there is such a thing; the number is not to be trusted."""
        return self._handlers.get(number, {}).get(method) if type(number) is int else None

    def thing(self, number: int) -> Any:
        """What has this number, or its counterpart; ``None`` if nothing has."""
        thing = self._things.get(number)
        return (thing.remote or thing) if isinstance(thing, Passable) else thing
