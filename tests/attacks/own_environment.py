"""Read the environment that this process was started with.

layer: environment
expect: error, no secret
proof: canary
"""

from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

variables = Path("/proc/self/environ").read_bytes().split(b"\0")
raise RuntimeError(str([v for v in variables if b"CANARY" in v] or "no " + "secret"))
