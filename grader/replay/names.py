"""What the objects of a replayed check are called in its script, and where each comes from."""

import builtins
import keyword
import re
from collections.abc import Iterator
from typing import Any

from grader.errors import GraderError
from grader.i18n import _
from grader.replay.calls import Ask, Request, in_order, parts

# why a check can't be replayed
INSIDE = _("it gives your code something that exists only inside the check")


class NotReplayable(GraderError):
    """The calls can't be made outside of the check; the text says why."""


class Names:
    """The names of all objects that some requests use.

    Args:
        module: the learner's module; no object has its name.
        requests: the calls, outermost ones.

    Attributes:
        found: by ``id`` of a request or ask: the objects that it brings, by number, and the
            expressions that lead to them.
        asks: the uses of each object of the check's, by its number and method.
    """

    def __init__(self, module: str, requests: list[Request]) -> None:
        self._module = module
        self._names: dict[int, str] = {}
        self.found: dict[int, list[tuple[int, str]]] = {}
        self.asks: dict[tuple[int, str], list[Ask]] = {}
        self._name_all(requests)

    def __contains__(self, number: int | None) -> bool:
        return number in self._names

    def of(self, number: int | None) -> str:
        """The name of an object; raises ``NotReplayable`` if it has none."""
        if number is None or number not in self._names:
            raise NotReplayable(INSIDE)
        return self._names[number]

    def free(self, name: str) -> str:
        """The name, or a similar one that no object has."""
        while name in self._names.values() or name == self._module:
            name += "_"
        return name

    def _name_all(self, requests: list[Request]) -> None:
        """Name the objects that are used, and find out where each comes from."""
        everything = list(in_order(requests))
        used = {
            form["object"]
            for each in everything
            for part in self._ours(each)
            for form, _path in parts(part, "")
            if isinstance(form, dict) and "object" in form
        }
        used |= {each.target[0] for each in everything if isinstance(each, Request)}
        for each in everything:
            for part in self._ours(each):
                for form, _path in parts(part, ""):
                    if isinstance(form, dict) and ("methods" in form or "function" in form):
                        self._name(form["object"], str(form.get("function") or form["text"]))
                    elif isinstance(form, dict) and "model" in form:
                        self._name(form["object"], "model")
            if isinstance(each, Ask):
                key = (each.message["ask"], str(each.message["method"]))
                self.asks.setdefault(key, []).append(each)
            for part, place in self._theirs(each):
                for form, where in parts(part, place):
                    match form:
                        case {"object": int(number)} if number >= 0 and number in used:
                            if number not in self._names:
                                self._name(number, str(form.get("type")))
                                self.found.setdefault(id(each), []).append((number, where))

    @staticmethod
    def _ours(each: Request | Ask) -> Iterator[Any]:
        """The forms that the check sent."""
        message = each.message if isinstance(each, Request) else each.reply or {}
        yield from (message[key] for key in ("args", "kwargs", "to", "reply") if key in message)

    @staticmethod
    def _theirs(each: Request | Ask) -> Iterator[tuple[Any, str]]:
        """The forms that the submission sent, and what they are called in the script."""
        if isinstance(each, Request):
            yield each.answer, "result"
        else:
            yield each.message["args"], "args"
            yield each.message["kwargs"], "kwargs"

    def _name(self, number: int, text: str) -> None:
        if number not in self._names:
            words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text)
            name = re.sub(r"\W+", "_", words, flags=re.ASCII).strip("_").lower()[:40]
            name = name if name.isidentifier() and name != self._module else "thing"
            reserved = {*keyword.kwlist, *dir(builtins), "np", "keras", "data", "result", "args"}
            name += "_" * (name in reserved | {"kwargs", "stopped", "random"})
            taken, base, count = set(self._names.values()), name, 1
            while name in taken:
                count += 1
                name = f"{base}_{count}"
            self._names[number] = name
