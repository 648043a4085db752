"""Become root in a namespace of one's own.

layer: seccomp
expect: error, Operation not permitted
proof: report "powers: True"
"""

import ctypes
import os
from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

NEW_USER, NEW_MOUNTS = 0x10000000, 0x00020000
libc = ctypes.CDLL(None, use_errno=True)
if libc.unshare(NEW_USER | NEW_MOUNTS) < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
powers = Path("/proc/self/status").read_text().partition("CapEff:")[2].split()[0]
raise RuntimeError(f"powers: {int(powers, 16) > 0}")
