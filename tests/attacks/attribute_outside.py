"""Leave a mark on a file outside the scratch folder, beside its content.

layer: seccomp
expect: error, Operation not permitted
proof: report "a mark: True"
"""

import os

softmax = predicted_labels = accuracy = most_doubtful = print

os.setxattr("{{outside}}/precious.txt", "user.mark", b"seen")
marks = os.listxattr("{{outside}}/precious.txt")
os.removexattr("{{outside}}/precious.txt", "user.mark")
raise RuntimeError(f"a mark: {'user.mark' in marks}")
