"""Have the kernel read and write by itself, from memory that it keeps.

layer: seccomp
expect: error, Operation not permitted
proof: report "by itself: True"
"""

import ctypes
import os
import platform

softmax = predicted_labels = accuracy = most_doubtful = print

IO_SETUP = {"x86_64": 206, "aarch64": 0}[platform.machine()]
libc = ctypes.CDLL(None, use_errno=True)
if libc.syscall(IO_SETUP, 1, ctypes.byref(context := ctypes.c_ulong(0))) < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
raise RuntimeError(f"by itself: {context.value != 0}")
