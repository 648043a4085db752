"""Have the kernel tell of each use of files anywhere on a disk.

layer: seccomp
expect: error, Operation not permitted
proof: report "watching: True"
"""

import ctypes
import os
import platform

softmax = predicted_labels = accuracy = most_doubtful = print

FANOTIFY_INIT, REPORT_FILES = {"x86_64": 300, "aarch64": 262}[platform.machine()], 0x200
libc = ctypes.CDLL(None, use_errno=True)
watcher = libc.syscall(FANOTIFY_INIT, REPORT_FILES, 0)
if watcher < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
raise RuntimeError(f"watching: {watcher > 2}")
