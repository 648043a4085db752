"""Make a device: the machine's memory, under a name of its own.

layer: seccomp, capabilities, landlock
expect: error, Operation not permitted
proof: report "made: True"
"""

import os
import stat
from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

MEMORY = os.makedev(1, 1)
os.mknod("memory", stat.S_IFCHR | 0o600, MEMORY)
raise RuntimeError(f"made: {Path('memory').stat().st_rdev == MEMORY}")
