"""Handle the kernel's page faults, and hold it up in the middle of a call.

layer: seccomp
expect: error, Operation not permitted
proof: report "handles faults: True"
"""

import ctypes
import os
import platform

softmax = predicted_labels = accuracy = most_doubtful = print

USERFAULTFD, USER_MODE_ONLY = {"x86_64": 323, "aarch64": 282}[platform.machine()], 1
libc = ctypes.CDLL(None, use_errno=True)
handler = libc.syscall(USERFAULTFD, USER_MODE_ONLY)
if handler < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
raise RuntimeError(f"handles faults: {handler > 2}")
