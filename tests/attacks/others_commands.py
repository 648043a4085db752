"""Read how another process was started: people put passwords there.

layer: landlock
expect: error, Permission denied
proof: canary
"""

from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

raise RuntimeError(Path("/proc/{{victim}}/cmdline").read_text())
