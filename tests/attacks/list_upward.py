"""Walk up from a known folder, listing each, until something interesting lies there.

layer: landlock
expect: error, Permission denied
proof: canary
"""

from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

for folder in Path("{{course}}/exercises").parents:
    for found in folder.iterdir():
        if found.name == "solutions":
            raise RuntimeError("\n".join(p.read_text() for p in sorted(found.rglob("*.py"))))
