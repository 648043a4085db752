"""Measure by the processor's counters what other programs compute.

layer: seccomp, capabilities
expect: error, Operation not permitted
proof: report "counting: True"
"""

import ctypes
import os
import platform
import struct

softmax = predicted_labels = accuracy = most_doubtful = print

PERF_EVENT_OPEN = {"x86_64": 298, "aarch64": 241}[platform.machine()]
SOFTWARE, CPU_CLOCK = 1, 0
attributes = struct.pack("IIQ", SOFTWARE, 128, CPU_CLOCK).ljust(128, b"\0")
libc = ctypes.CDLL(None, use_errno=True)
counter = libc.syscall(PERF_EVENT_OPEN, attributes, -1, 0, -1, 0)
if counter < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
raise RuntimeError(f"counting: {counter > 2}")
