"""Ask for memory that not even the kernel can read.

layer: seccomp
expect: error, Operation not permitted
proof: report "secret memory: True"
"""

import ctypes
import os

softmax = predicted_labels = accuracy = most_doubtful = print

MEMFD_SECRET = 447
libc = ctypes.CDLL(None, use_errno=True)
secret = libc.syscall(MEMFD_SECRET, 0)
if secret < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
raise RuntimeError(f"secret memory: {secret > 2}")
