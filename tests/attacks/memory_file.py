"""Read another process's memory through /proc.

layer: landlock, capabilities, scratch, limits, threads
expect: error, Permission denied
proof: canary
"""

from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

with Path("/proc/{{victim}}/mem").open("rb", buffering=0) as memory:
    memory.seek(int("{{address}}"))
    raise RuntimeError(memory.read(64).decode())
