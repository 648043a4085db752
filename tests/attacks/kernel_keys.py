"""Keep a secret in the kernel's key store.

layer: seccomp
expect: error, Operation not permitted
proof: report "kept by the kernel: True"
"""

import ctypes
import os
import platform

softmax = predicted_labels = accuracy = most_doubtful = print

ADD_KEY = {"x86_64": 248, "aarch64": 217}[platform.machine()]
PROCESS_KEYRING = -2
libc = ctypes.CDLL(None, use_errno=True)
key = libc.syscall(ADD_KEY, b"user", b"note", b"secret", 6, PROCESS_KEYRING)
if key < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
raise RuntimeError(f"kept by the kernel: {key > 0}")
