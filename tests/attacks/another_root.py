"""Take another folder for the root of all paths.

layer: seccomp, capabilities
expect: error, Operation not permitted
proof: report "another root: True"
"""

import os

softmax = predicted_labels = accuracy = most_doubtful = print

os.chroot(".")
raise RuntimeError(f"another root: {os.listdir('/') == []}")
