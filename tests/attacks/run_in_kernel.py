"""Load a program into the kernel.

layer: seccomp, capabilities
expect: error, Operation not permitted
proof: report "in the kernel: True"
"""

import ctypes
import os
import platform
import struct

softmax = predicted_labels = accuracy = most_doubtful = print

BPF, MAP_CREATE, ARRAY = {"x86_64": 321, "aarch64": 280}[platform.machine()], 0, 2
attributes = struct.pack("IIII", ARRAY, 4, 8, 1).ljust(128, b"\0")
libc = ctypes.CDLL(None, use_errno=True)
made = libc.syscall(BPF, MAP_CREATE, attributes, len(attributes))
if made < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
raise RuntimeError(f"in the kernel: {made > 2}")
