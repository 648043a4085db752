"""Read what other programs keep in shared memory.

layer: landlock
expect: error, Permission denied
proof: canary
"""

from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

found = [path for path in Path("/dev/shm").iterdir() if path.is_file()]
raise RuntimeError("\n".join(path.read_bytes()[:100].decode(errors="replace") for path in found))
