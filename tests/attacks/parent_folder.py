"""List the folder in which the process that forked this one works.

layer: landlock, capabilities, scratch, limits, threads
expect: error, Permission denied
proof: report "found: ['scratch']"
"""

import os

softmax = predicted_labels = accuracy = most_doubtful = print

raise RuntimeError(f"found: {os.listdir(f'/proc/{os.getppid()}/cwd')}")
