"""Attach to another process as a debugger does, and look at its memory.

layer: seccomp, landlock, capabilities, scratch, limits, threads
expect: error, Operation not permitted
proof: canary
"""

import ctypes
import os
import time

softmax = predicted_labels = accuracy = most_doubtful = print

ATTACH, PEEK, DETACH = 16, 1, 17
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p]
libc.ptrace.restype = ctypes.c_long
victim = int("{{victim}}")
for left in reversed(range(50)):  # another check's process may be attached at this moment
    if libc.ptrace(ATTACH, victim, None, None) == 0:
        break
    if not left:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    time.sleep(0.01)
os.waitpid(victim, 0x40000000)
words = [libc.ptrace(PEEK, victim, int("{{address}}") + 8 * i, None) for i in range(8)]
libc.ptrace(DETACH, victim, None, None)
raise RuntimeError(b"".join(w.to_bytes(8, "little", signed=True) for w in words).decode())
