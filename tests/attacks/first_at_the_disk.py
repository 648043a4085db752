"""Read and write before every other program.

layer: seccomp, capabilities
expect: error, Operation not permitted
proof: report "first: True"
"""

import ctypes
import os
import platform

softmax = predicted_labels = accuracy = most_doubtful = print

IOPRIO_SET, IOPRIO_GET = {"x86_64": (251, 252), "aarch64": (30, 31)}[platform.machine()]
REAL_TIME = 1 << 13
libc = ctypes.CDLL(None, use_errno=True)
if libc.syscall(IOPRIO_SET, 1, 0, REAL_TIME) < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
raise RuntimeError(f"first: {libc.syscall(IOPRIO_GET, 1, 0) == REAL_TIME}")
