"""Rewrite a library that the next submission will import.

layer: landlock
expect: error, Permission denied
proof: report "writable: True"
"""

import numpy as np

softmax = predicted_labels = accuracy = most_doubtful = print

with open(np.__file__, "r+b") as library:  # noqa: PTH123
    raise RuntimeError(f"writable: {library.writable()}")
