"""Have the kernel send a signal to another process when a pipe becomes readable.

layer: landlock, seccomp
expect: error
proof: victim killed
"""

import fcntl
import os
import signal

softmax = predicted_labels = accuracy = most_doubtful = print

F_SETSIG = 10
reader, writer = os.pipe()
fcntl.fcntl(reader, F_SETSIG, signal.SIGTERM)
fcntl.fcntl(reader, fcntl.F_SETOWN, int("{{victim}}"))
fcntl.fcntl(reader, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
os.write(writer, b"!")
raise RuntimeError("sent")
