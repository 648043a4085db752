"""Fork, again and again (three times here).

layer: seccomp
expect: error, Operation not permitted
proof: report "children: 3"
"""

import os
import time

softmax = predicted_labels = accuracy = most_doubtful = print

children = []
for _ in range(3):
    if child := os.fork():
        children.append(child)
    else:
        time.sleep(20)
        os._exit(0)
raise RuntimeError(f"children: {len(children)}")
