"""End another process by a descriptor of it.

layer: landlock, seccomp
expect: error, Operation not permitted
proof: victim killed
"""

import os
import signal

softmax = predicted_labels = accuracy = most_doubtful = print

victim = os.pidfd_open(int("{{victim}}"))
signal.pidfd_send_signal(victim, signal.SIGTERM)
raise RuntimeError("sent")
