"""Frames: how tensors and messages cross between processes that do not trust each other.

One frame is eight bytes of length and one safetensors buffer: the tensors, and the message as JSON
in the metadata (https://huggingface.co/docs/safetensors: eight bytes of header length, a JSON
header with dtype, shape and offsets, the bytes). Nothing is parsed before its size has been
checked, and nothing is ever unpickled.
"""

import json
import math
import os
import select
import socket
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np
from safetensors.numpy import load, save

from grader.i18n import _
from grader.sandbox import clock

MAX_FRAME = 256 << 20
MAX_HEADER = 1 << 20
MAX_TENSORS = 4096
MAX_AXES = 32
MAX_DIGITS = 20  # of a whole number in JSON: 64 bits, and a sign

Tensors = dict[str, np.ndarray]
Message = dict[str, Any]

_DTYPES = {
    "BOOL": 1, "U8": 1, "I8": 1, "U16": 2, "I16": 2, "F16": 2,
    "U32": 4, "I32": 4, "F32": 4, "U64": 8, "I64": 8, "F64": 8,
}  # fmt: skip
DTYPES = frozenset(np.dtype(code).name for code in "?BbHhIiQqefd")  # NumPy's names for the same


class WireError(Exception):
    """What came is not a frame."""


class Closed(Exception):
    """The other process is gone."""


class Expired(Exception):
    """The deadline passed before the frame was complete."""


def carries(dtype: np.dtype) -> bool:
    """Whether arrays of this dtype can cross: booleans, integers, and floats up to 64 bits."""
    return dtype.name in DTYPES


def pack(message: Message, tensors: Mapping[str, np.ndarray]) -> bytes:
    """The frame for a message (anything JSON knows) and its tensors.

    Raises:
        WireError: it is larger than a frame may be, or an array's dtype can't cross.
    """
    text = json.dumps(message, allow_nan=False)
    if len(text) > MAX_HEADER // 2:
        raise WireError(_("a message of {count} characters").format(count=len(text)))
    if sum(t.nbytes for t in tensors.values()) > MAX_FRAME // 2:
        raise WireError(_("more than 128 MiB of arrays in one message"))
    if len(tensors) > MAX_TENSORS:
        raise WireError(_("more than {count:,} arrays in one message").format(count=MAX_TENSORS))
    # safetensors writes a non-contiguous or foreign-endian array wrongly, with bytes that are not
    # its own: copy first
    clean = {
        name: np.asarray(t, dtype=t.dtype.newbyteorder("="), order="C")
        for name, t in tensors.items()
    }
    body = save(clean, metadata={"message": text})
    return struct.pack("<Q", len(body)) + body


def unpack(body: bytes) -> tuple[Message, Tensors]:
    """The message and the tensors of a frame (without its length).

    Raises:
        WireError: the bytes are not a frame, or exceed a cap.
    """
    if not 8 <= len(body) <= MAX_FRAME:
        raise WireError(f"a frame of {len(body)} bytes")
    (size,) = struct.unpack_from("<Q", body)
    if size > min(MAX_HEADER, len(body) - 8):
        raise WireError(f"a header of {size} bytes")
    header = _json_object(body[8 : 8 + size])
    metadata = header.pop("__metadata__", None)
    if not isinstance(metadata, dict) or not isinstance(metadata.get("message"), str):
        raise WireError("a frame without a message")
    message = _json_object(metadata["message"])
    _check_tensors(header, len(body) - 8 - size)
    try:
        return message, load(body) if header else {}
    except Exception as error:  # the library names its error after itself
        raise WireError(f"safetensors: {error}") from error


def _json_object(text: bytes | str) -> dict[str, Any]:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(keys := dict(pairs)) != len(pairs):
            raise WireError("a key stands twice")
        return keys

    def constant(name: str) -> None:
        raise WireError(f"{name} is not JSON")

    def whole(digits: str) -> int:
        if len(digits) > MAX_DIGITS:
            raise WireError(_("a number of {count} digits").format(count=len(digits)))
        return int(digits)

    def real(digits: str) -> float:
        if not math.isfinite(number := float(digits)):
            raise WireError("a number that is not finite")
        return number

    try:
        value = json.loads(
            text,
            object_pairs_hook=unique,
            parse_constant=constant,
            parse_int=whole,
            parse_float=real,
        )
    except (ValueError, RecursionError) as error:
        raise WireError(f"not JSON: {type(error).__name__}") from error
    if not isinstance(value, dict):
        raise WireError("not a JSON object")
    return value


def _check_tensors(header: dict[str, Any], size: int) -> None:
    """Every tensor has a known dtype and a shape that multiplies to exactly its bytes."""
    if len(header) > MAX_TENSORS:
        raise WireError(f"{len(header)} tensors")
    spans = []
    for entry in header.values():
        match entry:
            case {"dtype": str(dtype), "shape": list(shape), "data_offsets": [int(a), int(b)]}:
                pass
            case _:
                raise WireError("a tensor without dtype, shape or offsets")
        if dtype not in _DTYPES:
            raise WireError(f"dtype {dtype[:20]}")
        if len(shape) > MAX_AXES or not all(type(n) is int and 0 <= n <= MAX_FRAME for n in shape):
            raise WireError("a shape that no array has")
        if math.prod(n for n in shape if n) > MAX_FRAME:
            raise WireError("an array of nothing, without end")
        if b - a != math.prod(shape) * _DTYPES[dtype]:
            raise WireError("a shape that does not fit its bytes")
        spans.append((a, b))
    end = 0
    for a, b in sorted(spans):
        if a != end:
            raise WireError("tensors that overlap or leave gaps")
        end = b
    if end != size:
        raise WireError("bytes that belong to no tensor")


class Channel:
    """A socket that carries frames, with a deadline for each read and write.

    Attributes:
        deadline: ``clock.now()`` value after which reads and writes raise ``Expired``;
            ``None`` waits for ever.
    """

    def __init__(self, connection: socket.socket) -> None:
        connection.setblocking(False)
        self.connection = connection
        self.deadline: float | None = None
        # reads and writes on the descriptor: a confined process may not use socket calls
        self._fd = connection.fileno()

    def send(self, message: Message, tensors: Mapping[str, np.ndarray] | None = None) -> None:
        """Write one frame; raises ``Closed``, ``Expired`` or ``WireError`` (nothing was sent)."""
        rest = memoryview(pack(message, tensors or {}))
        while rest:
            rest = rest[self._write(rest[: 1 << 20]) :]

    def receive(self) -> tuple[Message, Tensors]:
        """Read one frame; raises ``Closed``, ``Expired`` or ``WireError``."""
        (size,) = struct.unpack("<Q", self._exactly(8))
        if size > MAX_FRAME:
            raise WireError(f"a frame of {size} bytes")
        return unpack(self._exactly(size))

    def close(self) -> None:
        """Close the socket; the other side reads the end."""
        self.connection.close()

    def _exactly(self, size: int) -> bytes:
        chunks = bytearray()  # grows with what came, not with what was announced
        while len(chunks) < size:
            chunk = self._read(min(size - len(chunks), 1 << 20))
            if not chunk:
                raise Closed
            chunks += chunk
        return bytes(chunks)

    def _read(self, size: int) -> bytes:
        self._wait(select.POLLIN)
        try:
            return os.read(self._fd, size)
        except ConnectionError as error:
            raise Closed from error

    def _write(self, data: memoryview) -> int:
        self._wait(select.POLLOUT)
        try:
            return os.write(self._fd, data)
        except ConnectionError as error:
            raise Closed from error

    def _wait(self, event: int) -> None:
        poll = select.poll()
        poll.register(self._fd, event)
        if self.deadline is None:
            poll.poll()
            return
        while (left := self.deadline - clock.now()) > 0:
            if poll.poll(min(left, clock.TICK) * 1000):
                return
        raise Expired
