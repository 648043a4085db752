"""Leave the private network for that of the process that forked this one.

layer: seccomp, capabilities, landlock, scratch, limits, threads
expect: error, Permission denied
proof: report "joined: True"
"""

import ctypes
import os
from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

NETWORK = 0x40000000
libc = ctypes.CDLL(None, use_errno=True)
there = Path(f"/proc/{os.getppid()}/ns/net")
with there.open("rb") as network:
    refused = libc.setns(network.fileno(), NETWORK)
if refused:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
raise RuntimeError(f"joined: {Path('/proc/self/ns/net').readlink() == there.readlink()}")
