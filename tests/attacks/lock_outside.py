"""Lock a file that others need.

layer: seccomp
expect: error, Operation not permitted
proof: report "locked"
"""

import fcntl
import os

softmax = predicted_labels = accuracy = most_doubtful = print

with open(os.__file__) as file:  # noqa: PTH123
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    raise RuntimeError(" ".join(["it", "is", "locked"]))
