"""Read the environment and the command line of another process of the same user.

layer: landlock, capabilities, scratch, limits, threads
expect: error, Permission denied
proof: canary
"""

from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

told = [Path("/proc/{{victim}}/" + name).read_bytes() for name in ("cmdline", "environ")]
raise RuntimeError(str([line for text in told for line in text.split(b"\0") if b"CANARY" in line]))
