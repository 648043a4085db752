"""End with exit status 0 before anything can be checked.

layer: process
expect: error, exit code 0
proof: exit status
"""

from os import _exit

softmax = predicted_labels = accuracy = most_doubtful = print

_exit(0)
