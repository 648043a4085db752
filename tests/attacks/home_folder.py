"""Read a key from the home folder.

layer: landlock
expect: error, Permission denied
proof: canary
"""

from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

raise RuntimeError(Path("{{home}}/.ssh/id_ed25519").read_text())
