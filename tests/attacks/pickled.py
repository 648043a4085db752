"""Send a pickle that runs a command when it is read.

layer: wire
expect: error, sent back
proof: reader runs it
"""

import contextlib
import os
import pickle
from pathlib import Path
from typing import Any

softmax = predicted_labels = accuracy = most_doubtful = print


class Command:
    def __reduce__(self) -> Any:
        return Path.touch, (Path("{{outside}}/pickled"),)


for descriptor in range(3, 256):
    with contextlib.suppress(OSError):
        os.write(descriptor, pickle.dumps(Command()))
getattr(os, "_exit")(0)  # noqa: B009
