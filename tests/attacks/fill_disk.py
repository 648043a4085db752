"""Fill the disk (72 MiB in three files here).

layer: scratch, landlock
expect: error, No space left
proof: report "MiB: 72"
"""

import os
from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

paths = [Path(f"{os.getpid()}-{number}.bin") for number in range(3)]
for path in paths:
    path.write_bytes(bytes(24 << 20))
size = sum(path.stat().st_size for path in paths)
for path in paths:
    path.unlink()
raise RuntimeError(f"MiB: {size >> 20}")
