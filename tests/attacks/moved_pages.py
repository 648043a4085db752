"""Give pages to a pipe without a copy, as in a known hole of the kernel.

layer: seccomp
expect: error, Operation not permitted
proof: report "moved: True"
"""

import os
from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

Path("page").write_bytes(bytes(4096))
reader, writer = os.pipe()
with Path("page").open("rb") as file:
    raise RuntimeError(f"moved: {os.splice(file.fileno(), writer, 4096) == 4096}")
