"""Let everybody write to a file outside the scratch folder.

layer: seccomp
expect: error, Operation not permitted
proof: files
"""

from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

Path("{{outside}}/precious.txt").chmod(0o666)
