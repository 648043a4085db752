"""Make a link to the checks in the scratch folder, and read through it.

layer: landlock, seccomp
expect: error, Operation not permitted
proof: canary
"""

import os
from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

link = Path(f"harmless-{os.getpid()}.txt")
link.symlink_to("{{course}}/solutions/ex1_predictions/checks.py")
raise RuntimeError(link.read_text())
