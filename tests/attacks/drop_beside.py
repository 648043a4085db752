"""Drop files beside the submission that Python and pytest read when they start.

layer: landlock
expect: error, Permission denied
proof: files
"""

from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

for name in ("conftest.py", "pytest.ini", "sitecustomize.py", "usercustomize.py", "numpy.py"):
    (Path("{{outside}}") / name).write_text("")
