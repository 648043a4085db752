"""Replace the file that is being graded by another one.

layer: landlock
expect: error, Permission denied
proof: report "rewritten: True"
"""

from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

own = Path("{{submission}}")
text = own.read_text()
own.write_text(text + "\n# a solution\n")
raise RuntimeError(f"rewritten: {own.read_text() != text}")
