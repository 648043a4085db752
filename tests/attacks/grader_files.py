"""Read the files that the process above the server has open.

layer: landlock, capabilities, scratch, limits, threads
expect: error, Permission denied
proof: canary
"""

import os
from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

status = Path(f"/proc/{os.getppid()}/status").read_text()
grader = int(status.partition("PPid:")[2].split()[0])
found = []
for link in Path(f"/proc/{grader}/fd").iterdir():
    if os.readlink(link).endswith(".txt"):  # noqa: PTH115
        found.append(link.read_text())
raise RuntimeError("\n".join(found))
