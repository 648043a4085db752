"""Decide on one's own system calls, in the place of the kernel.

layer: seccomp
expect: error, Operation not permitted
proof: report "decides: True"
"""

import ctypes
import os
import platform
import struct

softmax = predicted_labels = accuracy = most_doubtful = print

SECCOMP, SET_FILTER, NEW_LISTENER, ALLOW = (
    {"x86_64": 317, "aarch64": 277}[platform.machine()],
    1,
    8,
    0x7FFF0000,
)


class Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


code = ctypes.create_string_buffer(struct.pack("=HBBI", 0x06, 0, 0, ALLOW), 8)
program = Program(1, ctypes.addressof(code))
libc = ctypes.CDLL(None, use_errno=True)
listener = libc.syscall(SECCOMP, SET_FILTER, NEW_LISTENER, ctypes.byref(program))
if listener < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
raise RuntimeError(f"decides: {listener > 2}")
