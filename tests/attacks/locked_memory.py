"""Keep memory from ever being swapped out: others have to give theirs.

layer: seccomp
expect: error, Operation not permitted
proof: report "locked: True"
"""

import ctypes
import os

softmax = predicted_labels = accuracy = most_doubtful = print

libc = ctypes.CDLL(None, use_errno=True)
page = ctypes.create_string_buffer(4096)
if libc.mlock(page, len(page)):
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
locked = libc.munlock(page, len(page)) == 0
raise RuntimeError(f"locked: {locked}")
