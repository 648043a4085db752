"""Have the kernel make the system calls, past the filter.

layer: seccomp
expect: error, Operation not permitted
proof: report "a ring: True"
"""

import ctypes
import os

softmax = predicted_labels = accuracy = most_doubtful = print

IO_URING_SETUP = 425
libc = ctypes.CDLL(None, use_errno=True)
ring = libc.syscall(IO_URING_SETUP, 4, ctypes.create_string_buffer(120))
if ring < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
raise RuntimeError(f"a ring: {ring > 2}")
