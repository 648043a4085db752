"""Empty a file outside the scratch folder, opened neither for reading nor for writing.

layer: landlock, seccomp
expect: error
proof: files
"""

import os

softmax = predicted_labels = accuracy = most_doubtful = print

NEITHER = 3  # Linux knows a fourth mode of open
os.close(os.open("{{outside}}/precious.txt", NEITHER | os.O_TRUNC))
