"""Take away the private disk, to get at the folder that is under it.

layer: seccomp, capabilities, landlock
expect: error, Operation not permitted
proof: report "under it: True"
"""

import ctypes
import os
from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

DETACH = 2
folder, before = Path.cwd(), Path().stat().st_dev
libc = ctypes.CDLL(None, use_errno=True)
if libc.umount2(bytes(folder), DETACH):
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
os.chdir(folder)
raise RuntimeError(f"under it: {Path().stat().st_dev != before}")
