"""Mount a disk in memory, as large as all of it.

layer: seccomp, capabilities, landlock
expect: error, Operation not permitted
proof: report "large: True"
"""

import ctypes
import os
from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

libc = ctypes.CDLL(None, use_errno=True)
if libc.mount(b"none", bytes(Path.cwd()), b"tmpfs", 0, b"size=90%"):
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
os.chdir(Path.cwd())
state = os.statvfs(".")
raise RuntimeError(f"large: {state.f_blocks * state.f_frsize > 1 << 30}")
