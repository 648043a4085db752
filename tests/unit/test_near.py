"""What an import that fails may mean, and what is sent of it."""

import pytest

from grader.sandbox.raised import raised


@pytest.mark.parametrize(
    ("statement", "near"),
    [
        ("import Numpy", "numpy"),
        ("import nunpy", "numpy"),
        ("import numpy.linag", "numpy.linalg"),
        ("import NUMPY", "numpy"),
        ("import maths", "math"),
        ("from numpy import arrange", "arange"),
        ("from numpy.polynomial import chebyshew", "chebyshev"),
        ("from numpy.polynomial import laguere", "laguerre"),
        ("from math import squrt", "sqrt"),
        ("import pandas_x", ""),
        ("import keras_cv_x", ""),
        ("import sklearn_x", ""),
        ("from numpy import ImageDataGenerator", ""),
        ("raise ImportError", ""),
        ("raise ImportError(name='a.b')", ""),
        ("raise ImportError(\"cannot import name 'x' from 'y'\")", ""),
    ],
)
def test_near(statement: str, near: str) -> None:
    with pytest.raises(ImportError) as caught:
        exec(statement, {})
    sent = raised(caught.value, "x.py")
    assert sent["near"] == near
    assert "site-packages" not in sent["message"]


def test_where_an_exception_is_raised() -> None:
    with pytest.raises(FileNotFoundError) as caught:
        exec("import subprocess; subprocess.run(['/nothing'])", {})
    assert raised(caught.value, "x.py")["inside"] == "subprocess"
    assert raised(OSError(), "x.py")["inside"] == ""
