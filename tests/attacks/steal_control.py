"""Take over the socket by which the process that forked this one gets its orders.

layer: seccomp, landlock, capabilities, scratch, limits, threads
expect: error, Operation not permitted
proof: report "a socket of the server: True"
"""

import contextlib
import ctypes
import os
import stat

softmax = predicted_labels = accuracy = most_doubtful = print

PIDFD_GETFD = 438
libc = ctypes.CDLL(None, use_errno=True)
server = os.pidfd_open(os.getppid())
kinds = []
for number in range(3, 250):
    stolen = libc.syscall(PIDFD_GETFD, server, number, 0)
    with contextlib.suppress(OSError):
        kinds.append(stat.S_ISSOCK(os.fstat(stolen).st_mode))
raise RuntimeError(f"a socket of the server: {any(kinds)}")
