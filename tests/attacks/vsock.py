"""Ask the kernel for a door to the machine that this one may be a guest of.

layer: seccomp
expect: error, Operation not permitted
proof: report "the kernel was asked: True"
"""

import errno
import socket

softmax = predicted_labels = accuracy = most_doubtful = print

VSOCK, ANY = 40, 0xFFFFFFFF
try:
    with socket.socket(VSOCK, socket.SOCK_STREAM) as door:
        door.bind((ANY, ANY))
        door.listen()
except OSError as error:
    if error.errno != errno.EAFNOSUPPORT:  # a kernel without such doors
        raise
raise RuntimeError(f"the kernel was asked: {True}")
