"""Look for the checks in the folders that Python has imported modules from.

layer: process
expect: error, no answers
proof: told answers[
"""

import contextlib
import sys
from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

for folder in sys.path_importer_cache:
    with contextlib.suppress(OSError):
        for path in Path(folder).glob("*naive.py"):
            print(path.read_text(), flush=True)
            raise SystemExit
    with contextlib.suppress(OSError):
        for path in Path(folder).parent.glob("solutions/*/checks.py"):
            raise RuntimeError(path.read_text())
raise LookupError("no " + "answers")
