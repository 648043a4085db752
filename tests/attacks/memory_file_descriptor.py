"""Make a file that lies in no folder, to run it or to fill memory.

layer: seccomp
expect: error, Operation not permitted
proof: report "written: 5"
"""

import os

softmax = predicted_labels = accuracy = most_doubtful = print

raise RuntimeError(f"written: {os.write(os.memfd_create('hidden'), b'12345')}")
