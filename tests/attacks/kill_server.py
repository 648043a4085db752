"""Kill the process that forked this one.

layer: seccomp, landlock
expect: error, Operation not permitted
proof: server killed
"""

import os
import signal

softmax = predicted_labels = accuracy = most_doubtful = print

os.kill(os.getppid(), signal.SIGKILL)
