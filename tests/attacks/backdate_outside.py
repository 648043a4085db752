"""Change the date of a file outside the scratch folder.

layer: seccomp
expect: error, Operation not permitted
proof: files
"""

import os

softmax = predicted_labels = accuracy = most_doubtful = print

os.utime("{{outside}}/precious.txt", (1, 1))
