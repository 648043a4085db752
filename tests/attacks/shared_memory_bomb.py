"""Ask for shared memory without end (for six untouched gibibytes here).

layer: limits
expect: error, Cannot allocate memory
proof: report "held: 6 GiB"
"""

import mmap

softmax = predicted_labels = accuracy = most_doubtful = print

held = [mmap.mmap(-1, 1 << 30) for _ in range(6)]
raise RuntimeError(f"held: {len(held)} GiB")
