"""A grader without walls, as many are: it imports the submission and compares values.

It tells its verdict in four ways, so that an attack may forge any of them: the exit status, a line
of JSON on standard output, the same line in results.json, and in a pipe.
"""

import importlib.util
import json
import os
import resource
import sys
from pathlib import Path
from types import ModuleType

import numpy as np


def check(module: ModuleType) -> None:
    """Compare what the four functions return with what they should, as tests often do."""
    rng = np.random.default_rng()
    scores = rng.normal(0, 3, (6, 4))
    powers = np.exp(scores)
    table = powers / powers.sum(axis=1, keepdims=True)
    labels = rng.integers(0, 4, 6)
    answers = {
        "softmax": [table],
        "predicted_labels": [table.argmax(axis=1)],
        "accuracy": [float((table.argmax(axis=1) == labels).mean())],
        "most_doubtful": [table.max(axis=1).argsort()[:3]],
    }
    np.testing.assert_array_almost_equal(module.softmax(scores), answers["softmax"][0])
    np.testing.assert_array_equal(module.predicted_labels(table), answers["predicted_labels"][0])
    if abs(module.accuracy(table, labels) - answers["accuracy"][0]) > 1e-6:
        raise ValueError("accuracy")
    doubtful = module.most_doubtful(table, 3)
    assert len(doubtful) == 3 and np.all(doubtful == answers["most_doubtful"][0])


def main(path: str, pipe: int) -> None:
    """Grade a file."""
    spec = importlib.util.spec_from_file_location("submission", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        check(module)
        passed = True
    except Exception as error:
        print(repr(error), file=sys.stderr)
        passed = False
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    line = json.dumps({"passed": passed, "memory": memory})
    print(line, flush=True)
    Path("results.json").write_text(line)
    os.write(pipe, line.encode() + b"\n")
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
