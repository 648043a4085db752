"""Switch off random addresses for what is started from here.

layer: seccomp
expect: error, Operation not permitted
proof: report "known: True"
"""

import ctypes
import os
import platform

softmax = predicted_labels = accuracy = most_doubtful = print

PERSONALITY, NO_RANDOM_ADDRESSES = {"x86_64": 135, "aarch64": 92}[platform.machine()], 0x0040000
libc = ctypes.CDLL(None, use_errno=True)
if libc.syscall(PERSONALITY, NO_RANDOM_ADDRESSES) < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
raise RuntimeError(f"known: {libc.syscall(PERSONALITY, 0xFFFFFFFF) == NO_RANDOM_ADDRESSES}")
