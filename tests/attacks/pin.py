"""Pin another process to one processor.

layer: seccomp, capabilities
expect: error, Operation not permitted
proof: victim pinned
"""

import os

softmax = predicted_labels = accuracy = most_doubtful = print

os.sched_setaffinity(int("{{victim}}"), {min(os.sched_getaffinity(0))})
