"""Read the environment of the process that forked this one.

layer: environment, landlock, capabilities, scratch, limits, threads
expect: error, Permission denied
proof: canary
"""

import os
from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

variables = Path(f"/proc/{os.getppid()}/environ").read_bytes().split(b"\0")
raise RuntimeError(str([v for v in variables if b"CANARY" in v]))
