"""What a submission prints: real streams, of which the two ends are kept.

What goes past Python, as ``tf.print`` does, is in the file that descriptors 1 and 2 lead to.
It is read before each line that Python prints, so that all stays in order.
"""

import contextlib
import io
import os
import re
import sys
import warnings
from typing import Any

MAX_PRINTED = 8_000  # bytes of what is kept

# TensorFlow's own lines, as "I0000 00:00:17.1 42 cpu_utils.cc:7] …" and "2026-01-31 … I tensorflow"
LOGGED = re.compile(
    rb"^(?:[IWEF]\d{4} [\d:.]+ +\d+ \S+\] |\d{4}-\d\d-\d\d [\d:.]+: [IWEF] "
    rb"|WARNING: All log messages before absl::).*\n?",
    re.MULTILINE,
)


class Printed:
    """All that standard output and standard error got since the last time."""

    def __init__(self) -> None:
        self._file = _identity(1)
        self._forget()

    def _forget(self) -> None:
        self._start, self._end, self._length = b"", b"", 0

    def replace_streams(self) -> None:
        """Let ``sys.stdout`` and ``sys.stderr`` lead here."""
        sys.stdout = sys.__stdout__ = _text_stream(self, 1)  # type: ignore[misc]
        sys.stderr = sys.__stderr__ = _text_stream(self, 2)  # type: ignore[misc]
        warnings.showwarning = lambda *_, **__: None  # libraries' words, not the learner's

    def write(self, data: bytes) -> None:
        """Keep what was printed, after what has gone past Python."""
        self._read_file()
        self._keep(data)

    def _keep(self, data: bytes) -> None:
        self._length += len(data)
        self._start += data[: MAX_PRINTED // 2 - len(self._start)]
        self._end = (self._end + data[-MAX_PRINTED:])[-MAX_PRINTED:]

    def _read_file(self) -> None:
        with contextlib.suppress(OSError):  # the submission may have closed it
            if (size := os.lseek(1, 0, os.SEEK_CUR)) and _identity(1) == self._file:
                data = os.pread(1, size, 0)
                os.lseek(1, 0, os.SEEK_SET)
                self._keep(LOGGED.sub(b"", data))

    def take(self) -> str:
        """What was printed since the last time, as text."""
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(BaseException):  # it may be of any kind by now
                stream.flush()
        self._read_file()
        if self._length <= MAX_PRINTED:
            text = self._end.decode(errors="replace")
        else:
            start, end = self._start, self._end[-MAX_PRINTED // 2 :]
            left_out = f"\n[… {self._length - MAX_PRINTED:,} bytes …]\n"
            text = start.decode(errors="replace") + left_out + end.decode(errors="replace")
        self._forget()
        return text


class _RawStream(io.BufferedIOBase):
    """The bytes under a text stream. Nothing closes it: others print through it, too."""

    def __init__(self, printed: Printed, number: int, name: str) -> None:
        self._printed, self._number, self.name, self.mode = printed, number, name, "wb"

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._number

    def close(self) -> None:
        self.flush()

    def write(self, data: Any, /) -> int:
        with memoryview(data) as view:
            self._printed.write(bytes(view))
            return view.nbytes


def _text_stream(printed: Printed, number: int) -> io.TextIOWrapper:
    name = "<stdout>" if number == 1 else "<stderr>"
    return io.TextIOWrapper(
        _RawStream(printed, number, name), "utf-8", "backslashreplace", write_through=True
    )


def _identity(descriptor: int) -> tuple[int, int] | None:
    try:
        status = os.fstat(descriptor)
    except OSError:
        return None
    return status.st_dev, status.st_ino
