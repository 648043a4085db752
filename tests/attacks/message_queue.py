"""Leave a message for later submissions in a queue of the kernel.

layer: seccomp, landlock, limits, threads
expect: error, Operation not permitted
proof: report "a queue: True"
"""

import ctypes
import os
import platform

softmax = predicted_labels = accuracy = most_doubtful = print

MQ_OPEN, MQ_UNLINK = {"x86_64": (240, 241), "aarch64": (180, 181)}[platform.machine()]
libc = ctypes.CDLL(None, use_errno=True)
name = b"from_a_submission"
queue = libc.syscall(MQ_OPEN, name, os.O_CREAT | os.O_RDWR, 0o600, None)
if queue < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
libc.syscall(MQ_UNLINK, name)
raise RuntimeError(f"a queue: {queue > 2}")
