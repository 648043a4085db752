"""Queue a signal for another process, as real-time programs do.

layer: landlock, seccomp
expect: error, Operation not permitted
proof: victim killed
"""

import ctypes
import os
import platform
import signal

softmax = predicted_labels = accuracy = most_doubtful = print


class Information(ctypes.Structure):
    _fields_ = (
        ("signal", ctypes.c_int),
        ("errno", ctypes.c_int),
        ("code", ctypes.c_int),
        ("rest", ctypes.c_byte * 116),
    )


QUEUE, BY_QUEUE = {"x86_64": 129, "aarch64": 138}[platform.machine()], -1
libc = ctypes.CDLL(None, use_errno=True)
information = Information(signal.SIGTERM, 0, BY_QUEUE)
if libc.syscall(QUEUE, int("{{victim}}"), signal.SIGTERM, ctypes.byref(information)) < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
raise RuntimeError("sent")
