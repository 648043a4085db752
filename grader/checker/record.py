"""What a check said to the submission, message by message, so that it can be replayed elsewhere.

Inputs are kept whole. Of what the submission answered only the references are, to know which later
calls are about which of its objects; nothing of what the check expects is kept.
"""

import base64
from typing import Any

from grader.sandbox import wire

MOST = 32 << 20  # bytes


class Record:
    """Told of each message, keeps those from the last calls on that fit.

    Attributes:
        cut: whether earlier calls, or all, had to be left out.
    """

    def __init__(self) -> None:
        self._frames: list[bytes] = []
        self._size = 0  # of all frames
        self._within = 0  # requests that have no answer yet
        self._lost = False  # the outermost of them did not fit
        self.cut = False

    def __call__(self, message: wire.Message, tensors: wire.Tensors) -> None:
        """Keep a message."""
        if message.get("do") == "load":
            message = {"do": "load", "seed": message["seed"]}
        elif "do" not in message and "reply" not in message:
            tensors = {}
            message = {k: _references(v) if k in _THEIRS else v for k, v in message.items()}
        try:
            frame = wire.pack(message, tensors)
        except wire.WireError:
            frame = bytes(MOST + 1)
        begins = "do" in message and not self._within
        self._within += ("do" in message) - ("answer" in message or "error" in message)
        self._lost = self._lost and not begins
        if self._size + len(frame) > MOST:
            self._frames = self._frames[:1]  # the seed
            self._size = sum(map(len, self._frames))
            self.cut = True
            self._lost = not begins or len(frame) > MOST
        if not self._lost:
            self._frames.append(frame)
            self._size += len(frame)

    def told(self) -> dict[str, Any]:
        """All that was kept, as plain data."""
        return {"cut": self.cut, "frames": [base64.b64encode(f).decode() for f in self._frames]}


_THEIRS = ("answer", "args", "kwargs")  # what the submission said


def _references(form: Any) -> Any:
    """A form in which all but references is nothing."""
    match form:
        case {"object": _}:
            return {key: form[key] for key in ("object", "type") if key in form}
        case {"list": list(items)} | {"tuple": list(items)}:
            return {next(iter(form)): [_references(item) for item in items]}
        case {"dict": list(pairs)}:
            return {"dict": [[key, _references(value)] for key, value in pairs]}
    return None
