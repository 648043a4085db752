"""Make semaphores, which stay when the process is gone.

layer: seccomp
expect: error, Operation not permitted
proof: report "would stay: True"
"""

import ctypes
import os

softmax = predicted_labels = accuracy = most_doubtful = print

PRIVATE, REMOVE = 0, 0
libc = ctypes.CDLL(None, use_errno=True)
made = libc.semget(PRIVATE, 1, 0o600)
if made < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
raise RuntimeError(f"would stay: {libc.semctl(made, 0, REMOVE) == 0}")
