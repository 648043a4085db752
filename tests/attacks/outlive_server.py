"""Ask the kernel not to end this process when its parent ends.

layer: seccomp
expect: error, Operation not permitted
proof: report "forgotten: True"
"""

import ctypes
import os

softmax = predicted_labels = accuracy = most_doubtful = print

PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None, use_errno=True)
if libc.prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0):
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
raise RuntimeError(f"forgotten: {True}")
