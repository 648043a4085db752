"""Ask for memory without end (for six untouched gibibytes here).

layer: limits
expect: error, used more memory than is allowed
proof: report "held: 6 GiB"
"""

import numpy as np

softmax = predicted_labels = accuracy = most_doubtful = print

held = [np.empty(1 << 30, np.uint8) for _ in range(6)]
raise RuntimeError(f"held: {len(held)} GiB")
