"""Empty a file outside the scratch folder, without opening it for writing.

layer: landlock, seccomp
expect: error, Operation not permitted
proof: files
"""

import os

softmax = predicted_labels = accuracy = most_doubtful = print

os.close(os.open("{{outside}}/precious.txt", os.O_RDONLY | os.O_TRUNC))
