"""Import the reference solution from where the package lies, and use its functions.

layer: landlock
expect: error, Permission denied
proof: passed
"""

import importlib.util
from pathlib import Path

import grader

package = Path(grader.__file__).parent
root = package / "_course" if (package / "_course").exists() else package.parent
path = root / "solutions" / "ex1_predictions" / "solution.py"
spec = importlib.util.spec_from_file_location("stolen", path)
stolen = importlib.util.module_from_spec(spec)
spec.loader.exec_module(stolen)

softmax = stolen.softmax
predicted_labels = stolen.predicted_labels
accuracy = stolen.accuracy
most_doubtful = stolen.most_doubtful
