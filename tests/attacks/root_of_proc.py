"""Reach the checks through the link to the root folder in /proc.

layer: landlock
expect: error, Permission denied
proof: canary
"""

from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

raise RuntimeError(Path("/proc/self/root{{course}}/solutions/answers.txt").read_text())
