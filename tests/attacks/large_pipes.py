"""Keep memory in pipes, where no limit of the process counts it.

layer: seccomp
expect: error, Operation not permitted
proof: report "in the kernel: True"
"""

import fcntl
import os

softmax = predicted_labels = accuracy = most_doubtful = print

reader, writer = os.pipe()
size = fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 1 << 20)
raise RuntimeError(f"in the kernel: {os.write(writer, bytes(size)) == 1 << 20}")
