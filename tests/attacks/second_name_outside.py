"""Give a file outside a second name, by which it stays when it is deleted.

layer: seccomp, landlock
expect: error, Operation not permitted
proof: files
"""

from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

Path("{{outside}}/second.txt").hardlink_to("{{outside}}/precious.txt")
