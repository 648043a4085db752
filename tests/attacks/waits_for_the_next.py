"""Be reachable, by a name without a file, for another submission.

layer: seccomp
expect: error, Operation not permitted
proof: report "reachable: True"
"""

import os
import socket

softmax = predicted_labels = accuracy = most_doubtful = print

with socket.socket(socket.AF_UNIX) as door:
    door.bind(f"\0grade-{os.getpid()}")
    door.listen()
    raise RuntimeError(f"reachable: {door.getsockname() != b''}")
