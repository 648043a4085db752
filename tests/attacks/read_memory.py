"""Copy the memory of another process of the same user.

layer: seccomp, landlock, capabilities, scratch, limits, threads
expect: error, Operation not permitted
proof: canary
"""

import ctypes
import os

softmax = predicted_labels = accuracy = most_doubtful = print


class Span(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(64)
here = Span(ctypes.addressof(buffer), 64)
there = Span(int("{{address}}"), 64)
victim = int("{{victim}}")
if libc.process_vm_readv(victim, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
raise RuntimeError(buffer.value.decode())
