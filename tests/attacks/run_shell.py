"""Run a shell.

layer: seccomp, landlock
expect: error, Operation not permitted
proof: report "the shell says 42"
"""

import subprocess

softmax = predicted_labels = accuracy = most_doubtful = print

told = subprocess.run(["/bin/sh", "-c", "echo $((6 * 7))"], capture_output=True, text=True)
raise RuntimeError(f"the shell says {told.stdout}")
