"""Take away another process's right to open files.

layer: seccomp, limits, threads
expect: error, Operation not permitted
proof: victim limited
"""

import resource

softmax = predicted_labels = accuracy = most_doubtful = print

resource.prlimit(int("{{victim}}"), resource.RLIMIT_NOFILE, (13, 13))
