"""Notebooks for tests: of some cells, or of a Python file in one of three styles."""

import ast
import json
import textwrap
from collections.abc import Sequence
from typing import Any

BETWEEN = {
    "many": (
        "%matplotlib inline\n!pip install -q seaborn\nimport matplotlib.pyplot as plt",
        "# a look at it\nplt.figure(figsize=(4, 3))\nplt.plot([1, 2], [3, 4])\nplt.show();",
        "%%bash\necho 'no Python (here'",
        "help?\nfiles = !ls *.py\n%timeit -n 1 sum(range(3))",
    ),
    "training": (
        "import tensorflow as tf\n(x_train, y_train), _ = tf.keras.datasets.mnist.load_data()",
        "history = tf.keras.Sequential().fit(x_train / 255, y_train, epochs=500)\nhistory.history",
        "for epoch in range(10**9):\n    seen = history.history['loss'][epoch]\n    print(seen)",
        "raise SystemExit(input('Ready?'))",
    ),
}


def notebook(
    *cells: str,
    version: int = 4,
    lists: bool = False,
    counts: Sequence[int | None] | None = None,
    language: str = "python",
    outputs: Sequence[Any] = (),
) -> bytes:
    """A notebook of these code cells.

    Args:
        cells: their sources.
        version: of nbformat, 3 or 4.
        lists: whether sources are lists of lines.
        counts: of each cell, in which place it ran.
        language: the kernel's.
        outputs: of each cell.
    """
    source, count = ("source", "execution_count") if version == 4 else ("input", "prompt_number")
    made = [
        {
            "cell_type": "code",
            source: cell.splitlines(keepends=True) if lists else cell,
            count: ran,
            "metadata": {},
            "outputs": list(outputs),
        }
        for cell, ran in zip(cells, counts or [None] * len(cells), strict=True)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": language}}
    content: dict[str, Any] = {"metadata": kernel, "nbformat": version, "nbformat_minor": 4}
    content |= {"cells": made} if version == 4 else {"worksheets": [{"cells": made}]}
    return json.dumps(content).encode()


def in_cells(text: str, style: str) -> bytes:
    """A Python file as a notebook.

    Args:
        text: the file's text.
        style: ``"one"`` cell; ``"many"``, one a statement, with magics and plots between them; or
            ``"training"``, with training at top level between them and in place of
            ``if __name__ == "__main__":``.
    """
    if style == "one":
        return notebook(text)
    lines, cells, start = text.split("\n"), [], 0
    for number, statement in enumerate(ast.parse(text).body):
        end = statement.end_lineno or 0
        source = "\n".join(lines[start:end])
        if style == "training" and isinstance(statement, ast.If) and "__name__" in source:
            source = textwrap.dedent(source.partition(":\n")[2])
        cells += [source, BETWEEN[style][number % len(BETWEEN[style])]]
        start = end
    return notebook(*cells, lists=True)
