"""Open the hidden checks by their absolute path.

layer: landlock
expect: error, Permission denied
proof: canary
"""

from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

raise RuntimeError(Path("{{course}}/solutions/ex1_predictions/checks.py").read_text())
