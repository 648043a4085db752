"""Give somebody's file to another user.

layer: seccomp, capabilities
expect: error, Operation not permitted
proof: report "given away: True"
"""

import os
from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

os.chown("{{outside}}/precious.txt", 12_345, 12_345)
raise RuntimeError(f"given away: {Path('{{outside}}/precious.txt').stat().st_uid == 12_345}")
