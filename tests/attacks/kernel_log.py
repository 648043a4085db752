"""Read what the kernel has noted of this machine.

layer: seccomp, capabilities
expect: error, Operation not permitted
proof: report "read: True"
"""

import ctypes
import os

softmax = predicted_labels = accuracy = most_doubtful = print

READ_ALL = 3
libc = ctypes.CDLL(None, use_errno=True)
length = libc.klogctl(READ_ALL, ctypes.create_string_buffer(4096), 4096)
if length < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
raise RuntimeError(f"read: {length > 0}")
