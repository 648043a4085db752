"""Make files until the disk has no room for another (1,100 here).

layer: scratch, landlock
expect: error, No space left
proof: report "files: 1100"
"""

import os
from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

for number in range(1100):
    Path(f"{os.getpid()}-{number}.txt").touch()
made = list(Path().glob(f"{os.getpid()}-*.txt"))
raise RuntimeError(f"files: {len(made)}")
