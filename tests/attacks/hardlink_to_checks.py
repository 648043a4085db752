"""Give the checks a second name in the scratch folder, and read them by it.

layer: seccomp, landlock, scratch
expect: error, Operation not permitted
proof: canary
"""

import os
from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

copy = Path(f"harmless-{os.getpid()}.txt")
copy.hardlink_to("{{course}}/solutions/ex1_predictions/checks.py")
try:
    raise RuntimeError(copy.read_text())
finally:
    copy.unlink()
