"""Put a pipe in the place of a file: whoever reads it waits for ever.

layer: seccomp, landlock
expect: error, Operation not permitted
proof: report "a pipe: True"
"""

import os
import stat
from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

os.mkfifo("results.json")
raise RuntimeError(f"a pipe: {stat.S_ISFIFO(Path('results.json').stat().st_mode)}")
