"""Leave a letter box for the next submission, in the kernel.

layer: seccomp
expect: error, Operation not permitted
proof: report "would stay: True"
"""

import ctypes
import os

softmax = predicted_labels = accuracy = most_doubtful = print

PRIVATE, REMOVE = 0, 0
libc = ctypes.CDLL(None, use_errno=True)
box = libc.msgget(PRIVATE, 0o600)
if box < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
raise RuntimeError(f"would stay: {libc.msgctl(box, REMOVE, None) == 0}")
