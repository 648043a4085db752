"""Drop files beside the submission that Python and pytest read when they start.

layer: landlock
expect: error, Permission denied
proof: files
"""

from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

customize = ("sitecustomize.py", "usercustomize.py", "before.pth")
for name in ("conftest.py", "pytest.ini", "numpy.py", *customize):
    (Path("{{outside}}") / name).write_text("")
