"""Move a file outside the scratch folder away.

layer: landlock
expect: error, Permission denied
proof: files
"""

from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

Path("{{outside}}/precious.txt").rename("{{outside}}/moved.txt")
