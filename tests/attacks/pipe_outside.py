"""Make a pipe where somebody else reads files.

layer: seccomp, landlock
expect: error, Operation not permitted
proof: files
"""

import os

softmax = predicted_labels = accuracy = most_doubtful = print

os.mkfifo("{{outside}}/pipe")
