"""Make another process run last.

layer: seccomp, capabilities
expect: error, Operation not permitted
proof: victim reniced
"""

import os

softmax = predicted_labels = accuracy = most_doubtful = print

os.setpriority(os.PRIO_PROCESS, int("{{victim}}"), 19)
