"""Have the kernel ask here before anybody else may open a file.

layer: seccomp
expect: error, Operation not permitted
proof: report "asked: True"
"""

import fcntl
from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

with Path("mine").open("w") as file:
    fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK)
    raise RuntimeError(f"asked: {fcntl.fcntl(file, fcntl.F_GETLEASE) == fcntl.F_WRLCK}")
