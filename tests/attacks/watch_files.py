"""Watch which files others open.

layer: seccomp
expect: error, Operation not permitted
proof: report "watching: True"
"""

import ctypes
import os

softmax = predicted_labels = accuracy = most_doubtful = print

libc = ctypes.CDLL(None, use_errno=True)
inotify = libc.inotify_init1(0)
if inotify < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
raise RuntimeError(f"watching: {libc.inotify_add_watch(inotify, os.__file__.encode(), 0x20) > 0}")
