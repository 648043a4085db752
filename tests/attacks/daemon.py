"""Leave a process behind that belongs to nobody: fork, new session, fork.

layer: seccomp
expect: error, Operation not permitted
proof: survivor
"""

import os
import time

softmax = predicted_labels = accuracy = most_doubtful = print

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(20)
    os._exit(0)
