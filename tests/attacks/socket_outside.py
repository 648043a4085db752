"""Make a socket where somebody else may look for one.

layer: seccomp, landlock
expect: error, Operation not permitted
proof: files
"""

import os
import socket

softmax = predicted_labels = accuracy = most_doubtful = print

with socket.socket(socket.AF_UNIX) as door:
    os.chdir("{{outside}}")
    door.bind("socket")
