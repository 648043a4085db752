"""Signal every process of the user (signal 0 here: it only asks whether one may).

layer: seccomp, landlock
expect: error, Operation not permitted
proof: report "may signal: True"
"""

import os

softmax = predicted_labels = accuracy = most_doubtful = print

raise RuntimeError(f"may signal: {os.kill(-1, 0) is None}")
