"""Search all of this process's memory for a secret.

layer: environment
expect: error, nothing here
proof: canary
"""

import re
from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

secret = b"CAN" + b"ARY"  # this file is in memory too
found = set()
with Path("/proc/self/mem").open("rb", buffering=0) as memory:
    for line in Path("/proc/self/maps").read_text().splitlines():
        if "[stack]" in line or "[heap]" in line:
            start, end = (int(part, 16) for part in line.split()[0].split("-"))
            memory.seek(start)
            found |= set(re.findall(secret + b"[0-9a-f]{32}", memory.read(end - start)))
raise RuntimeError(str(found or " ".join(["nothing", "here"])))
