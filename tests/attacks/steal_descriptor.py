"""Take over a descriptor of another process.

layer: seccomp, landlock, capabilities, scratch, limits, threads
expect: error, Operation not permitted
proof: canary
"""

import ctypes
import os

softmax = predicted_labels = accuracy = most_doubtful = print

PIDFD_GETFD = 438
libc = ctypes.CDLL(None, use_errno=True)
process = os.pidfd_open(int("{{victim}}"))
stolen = libc.syscall(PIDFD_GETFD, process, int("{{descriptor}}"), 0)
if stolen < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
raise RuntimeError(os.pread(stolen, 1000, 0).decode())
