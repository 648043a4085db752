"""What a check's author has besides expectations: parts, rules about the text, equal weights."""

from pathlib import Path

import numpy as np
import pytest

from grader.checker import trouble
from grader.checks import equivalent, part, parts
from grader.checks.errors import LoadError
from grader.checks.expect import Failure
from grader.checks.source import Source


def test_parts_keep_the_first_failure_of_each() -> None:
    parts.begin()
    with part(1, "one"):
        pass
    with part(2, "two"):
        raise Failure("first")
    with part(2, "two"):
        raise Failure("second")
    with part(1, "three"):
        raise AssertionError("third")
    assert parts.told() == {"one": True, "two": False, "three": False}
    assert str(parts.first_error()) == "first"
    parts.begin()
    assert parts.told() == {} and parts.first_error() is None


def test_a_file_that_can_not_be_loaded_ends_the_check() -> None:
    parts.begin()
    with pytest.raises(LoadError), part(1, "one"):
        raise LoadError({"type": "NameError"}, "f")
    with pytest.raises(KeyError), part(1, "two"):
        raise KeyError("the check's own")


def test_what_a_text_imports_and_uses() -> None:
    source = Source(
        "import os.path\nimport numpy as np\nfrom math import *\nfrom time import time as now\n"
        "def f(x, max):\n    np.linalg.norm(x)\n    return x.sum(), max(x), sqrt(2), now()\n"
    )
    assert source.imports == {
        "os": [1], "os.path": [1], "numpy": [2], "math": [3], "time": [4]
    }  # fmt: skip
    assert source.uses == {
        "time.time": [4, 7],
        "numpy.linalg.norm": [6],
        "numpy.linalg": [6],
        "numpy": [6],
        ".sum": [7],
        "sqrt": [7],
        "math.sqrt": [7],
    }
    assert source.line(2) == "import numpy as np"


def test_equivalent_weights_are_others_that_compute_the_same() -> None:
    rng = np.random.default_rng(1)
    shapes = [(6, 5), (5,), (5, 4), (4,), (4, 3), (3,)]
    weights = [rng.normal(size=shape).astype(np.float32) for shape in shapes]
    others = equivalent(weights, rng)

    def probabilities(kernels: list[np.ndarray]) -> np.ndarray:
        x = np.random.default_rng(2).normal(size=(7, 6))
        for kernel, bias in zip(kernels[:-2:2], kernels[1:-2:2], strict=True):
            x = np.maximum(x @ kernel + bias, 0)
        scores = x @ kernels[-2] + kernels[-1]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)

    np.testing.assert_allclose(probabilities(others), probabilities(weights), rtol=1e-3)
    assert not any(np.allclose(*pair) for pair in zip(weights, others, strict=True))


def test_trouble_names_the_innermost_frames_of_the_course(tmp_path: Path) -> None:
    code = "def fall(n):\n    if n:\n        fall(n - 1)\n    else:\n        raise KeyError(n)\n"
    names: dict[str, object] = {}
    exec(compile(code, f"{tmp_path}/solutions/checks.py", "exec"), names)
    try:
        names["fall"](30)  # type: ignore[operator]
    except KeyError as error:
        told = trouble.trouble(error, tmp_path, "a-1")
    lines = told.splitlines()
    assert lines[0] == "parameters: a-1"
    assert sum(line == "solutions/checks.py:3, in fall" for line in lines) == 9
    assert [line for line in lines if ", in " in line][-1] == "solutions/checks.py:5, in fall"
    assert lines[-1] == "KeyError: 0"
    assert len(trouble.trouble(KeyError("x" * 9999), Path("/"))) == 4000


def test_what_a_check_prints_is_bounded() -> None:
    said = trouble.Said()
    for _ in range(3):
        assert said.write("x" * 1500) == 1500
    assert said.getvalue() == "x" * 4000
