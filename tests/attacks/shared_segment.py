"""Leave a shared memory segment behind.

layer: seccomp
expect: error, Operation not permitted
proof: report "a segment: True"
"""

import ctypes
import os

softmax = predicted_labels = accuracy = most_doubtful = print

IPC_PRIVATE, IPC_CREATE, IPC_REMOVE = 0, 0o1000, 0
libc = ctypes.CDLL(None, use_errno=True)
segment = libc.shmget(IPC_PRIVATE, 4096, IPC_CREATE | 0o600)
if segment < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
libc.shmctl(segment, IPC_REMOVE, None)
raise RuntimeError(f"a segment: {segment >= 0}")
