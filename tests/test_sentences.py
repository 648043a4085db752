"""What is said of usual mistakes names what is wrong and what helps."""

import ast
import re

import pytest

from grader import cures, exceptions
from grader.engine.precheck import Refusal, precheck
from grader.submission import Code

NAMES = ("softmax", "accuracy")
RIGHT = "def softmax(x):\n    return x\n\n\ndef accuracy(p):\n    return p\n"
STUB = 'def softmax(x):\n    """Doc."""\n    raise NotImplementedError\n'

FILES = {
    "zip": (b"PK\x03\x04\x14\0\0\0\x08\0ex1.py", "This is a ZIP archive, not a Python file."),
    "docx": (b"PK\x03\x04\x14\0\0\0word/document.xml", "This is an Office document, not a"),
    "pdf": (b"%PDF-1.7\n", "This is a PDF document"),
    "rtf": (rb"{\rtf1\ansi", "This is an RTF document"),
    "html": (b"\n<!DOCTYPE html>\n<html>", "This is a web page"),
    "pyc": (b"\xa7\r\r\n\0\0\0\0\x10", "This is compiled Python"),
    "gzip": (b"\x1f\x8b\x08\0", "This is an archive"),
    "png": (b"\x89PNG\r\n", "This is a picture"),
    "no-break space": (
        "def softmax(x):\n\u00a0   return x\n",
        "invalid non-printable character U+00A0. That is a no-break or wide space",
    ),
    "zero width": ("x = 1\u200b\n", "U+200B. That is an invisible character"),
    "full-width bracket": ("softmax（x)\n", "(U+FF08). Type ( instead."),
    "curly quote": ("x = ‘a’\n", "(U+2018). Type ' instead."),
    "Chinese comma": ("x = [1， 2]\n", "(U+FF0C). Type , instead."),
    "minus": ("x = 3 − 1\n", "(U+2212). Type - instead."),
    "a chat's fences": (
        f"```python\n{RIGHT}```\n",
        "can't read line 1: the line marks a code block in Markdown;",
    ),
    "a chat's answer": (
        f"Sure! Here's the code:\n\n```python\n{RIGHT}```\n",
        "can't read line 3: the line marks a code block",
    ),
    "a fence in a docstring": (
        f'"""\n```\nsoftmax(1)\n```\n"""\nx = = 1\n{RIGHT}',
        "Python can't read line 6: invalid syntax.",
    ),
    "the last fence": (f"{RIGHT}```\n", "can't read line 7: the line marks a code block"),
    "Git's conflict": (
        f"{RIGHT}<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> main\n",
        "can't read line 7: Git left two versions of your code in the file; keep one,",
    ),
    "Git's conflict in brackets": (
        f"{RIGHT}x = [\n<<<<<<< HEAD\n1,\n=======\n2,\n>>>>>>> main\n]\n",
        "can't read line 8: Git left two versions",
    ),
    "Git's conflict in a function": (
        "def softmax(x):\n<<<<<<< HEAD\n    return x\n=======\n    return 1\n>>>>>>> main\n",
        "can't read line 2: Git left two versions",
    ),
    "a prompt": (f"{RIGHT}>>> import numpy as np\n", "can't read line 7: >>> is Python's prompt"),
    "a prompt in a docstring": (
        f'"""\n>>> softmax(1)\n1\n"""\nx = = 1\n{RIGHT}',
        "Python can't read line 5: invalid syntax.",
    ),
    "Python 2": ("print 'a'\n", "Did you mean print(...)?"),
    "stub below": (
        RIGHT + STUB,
        "softmax is defined twice, in line 1 and in line 7. Python uses the",
    ),
    "dots below": (
        RIGHT + "def accuracy(p): ...\n",
        "accuracy is defined twice, in line 5 and in line 7",
    ),
    "undeclared GBK": ("# 数字\n".encode("gbk") + RIGHT.encode(), "Line 1 is not UTF-8 text"),
    "quadratic encoding": (b"# coding: utf-7\n# \xe4\n", "Line 2 is not UTF-8 text"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_read(name: str) -> None:
    source, sentence = FILES[name]
    found = precheck(source if isinstance(source, bytes) else source.encode(), NAMES)
    assert isinstance(found, Refusal)
    assert sentence in found.message and not found.message.endswith("?.")


READ = {
    "GBK": ("# coding: gbk\n# 数字\n" + RIGHT).encode("gbk"),
    "Big5": ("# -*- coding: big5 -*-\n# 數字\n" + RIGHT).encode("big5"),
    "Windows": ("# coding: windows-1252\n# “é”\n" + RIGHT).encode("cp1252"),
    "declared, but UTF-8": ("# coding: gbk\n# 数字\n" + RIGHT).encode(),
    "stub above": (STUB + RIGHT).encode(),
    "two versions": (RIGHT + RIGHT).encode(),
    "overloaded stub": (RIGHT + STUB + RIGHT).encode(),
}


@pytest.mark.parametrize("name", READ)
def test_a_file_that_is_read(name: str) -> None:
    found = precheck(READ[name], NAMES)
    assert isinstance(found, Code)
    comment = {"GBK": "数字", "Big5": "數字", "Windows": "“é”", "declared, but UTF-8": "数字"}
    assert comment.get(name, "") in found.text


def _raised(code: str) -> str:
    """What is said of an exception that this code really raises."""
    try:
        exec(code, {})
    except BaseException as error:
        return exceptions.raised(type(error).__name__, str(error), None)
    raise AssertionError("nothing was raised")


RAISED = {
    "np.zeros(3)": "Add `import numpy as np` at the top",
    "keras.Input((2,))": "Add `import keras` at the top",
    "print(relu)": 'Put it in quotation marks: "relu".',
    "x = true": "Python writes it True.",
    "[1, 2][2]": "Positions run from 0 to the length minus 1.",
    "sum = 3; sum([1, 2])": "Rename it.",
    "Dense(3)": "Add `from keras.layers import Dense` at the top",
    "import time; time.clock()": "Use time.perf_counter().",
    "import numpy as np; np.float": "Use plain float.",
    "import numpy as np; np.bool8": "has no attribute 'bool8'",
    "[1, 2].astype('float32')": "A list has no .astype: make it an array first",
    "(1, 2).shape": "A tuple has no .shape",
    "3 + (1, 2)": "write (value,) for one value",
    "(1, 2)[0] = 3": "A tuple can't be changed",
    "(1, 2) + 3": "write (value,) for one value",
    "[1, 2] + 3": "write [value] for one value",
    "[1, 2] - 0.5": "Lists can't do arithmetic",
    "2.0 / [1, 2]": "Lists can't do arithmetic",
    "import numpy as np; np.zeros(3).append(1)": "An array has no .append; a list has",
    "(1,).append(2)": "A tuple can't grow",
    "import numpy as np; np.zeros(3).numpy()": "It is an array already: remove .numpy().",
    "for n in xrange(3): pass": "That is Python 2.",
    "[1, 2] < 3": "A list can't be compared with a number.",
    "import numpy as np; np.sum(np.zeros(3), axis=1)": "Axes are counted from 0.",
    "None + 1": "Did you forget `return` in one of your functions?",
    "None[0]": "Did you forget `return` in one of your functions?",
    "len(None)": "Did you forget `return` in one of your functions?",
    "import numpy as np\nif np.zeros(3): pass": "use .all() or .any()",
    "import numpy as np; np.zeros(3)(0)": "Square brackets pick elements",
    "class A:\n  def f(self): pass\nA.f()": "A method was called on the class",
    "def f():\n  x += 1\nf()": "uses x before giving it a value",
    "import numpy as np\nwith np.errstate(all='raise'): np.exp(np.ones(1) * 1e4)": "np.seterr",
    "from time import time; time.time()": "write time(), not time.time().",
    "import math; math.nothing": "its module math has no nothing.",
    "from math import nothing": "its module math has no nothing.",
    "import warnings; warnings.simplefilter('error'); warnings.warn('a')": "warnings into errors",
}


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("code", RAISED)
def test_an_exception(code: str) -> None:
    assert RAISED[code] in _raised(code)


TOLD = {  # by TensorFlow and Keras, which take seconds to import
    ("AttributeError", "module 'tensorflow._api.v2.train' has no attribute 'AdamOptimizer'"): (
        "Use keras.optimizers.Adam."
    ),
    ("AttributeError", "module 'tensorflow._api.v2.train' has no attribute 'RMSPropOptimizer'"): (
        "Use keras.optimizers.RMSprop."
    ),
    ("AttributeError", "module 'tensorflow' has no attribute 'enable_eager_execution'"): (
        "TensorFlow 1 had this name; TensorFlow 2 doesn't. Remove the line."
    ),
    ("AttributeError", "module 'tensorflow' has no attribute 'set_random_seed'"): (
        "Use keras.utils.set_random_seed(seed)."
    ),
    ("AttributeError", "module 'tensorflow' has no attribute 'Session'"): "it needs no session",
    ("ValueError", "Argument(s) not recognized: {'lr': 0.001}"): "called learning_rate now.",
    (
        "TypeError",
        "Model.fit() got an unexpected keyword argument 'nb_epoch'",
    ): "called epochs now.",
    ("AttributeError", "'Sequential' object has no attribute 'predict_classes'"): (
        "Use model.predict(images).argmax(axis=1)."
    ),
    ("AttributeError", "'Sequential' object has no attribute 'fit_generator'"): "Use model.fit.",
    ("TypeError", "'History' object is not subscriptable"): 'history.history["loss"]',
    ("AttributeError", "'History' object has no attribute 'loss'"): 'history.history["loss"]',
    ("ValueError", "Expected `metrics` argument to be a list, tuple, or dict. Received"): (
        'Put the name in square brackets: metrics=["accuracy"].'
    ),
    ("AttributeError", "module 'keras' has no attribute 'Dense'"): "write keras.layers.Dense.",
    ("ImportError", "cannot import name 'np_utils' from 'keras.utils' (x)"): (
        "The function is keras.utils.to_categorical."
    ),
    ("ModuleNotFoundError", "No module named 'keras.layers.core'"): "All layers are in keras.lay",
    ("ModuleNotFoundError", "No module named 'keras.engine'"): "Keras 3 has no keras.engine.",
    ("ModuleNotFoundError", "No module named 'tensorflow.keras.preprocessing.text'"): (
        "Keras 3 has no tensorflow.keras.preprocessing.text."
    ),
    ("ModuleNotFoundError", "No module named 'tensorflow.contrib'"): "Use keras.",
    ("ModuleNotFoundError", "No module named 'tensorflow.lite.nothing'"): "Is it misspelled, or",
    (
        "ImportError",
        "cannot import name 'ImageDataGenerator' from 'keras.preprocessing.image'",
    ): "The version that grades your file doesn't have this name. Is it misspelled, or from",
    (
        "RuntimeError",
        "`tf.data.Dataset` only supports Python-style iteration in eager mode or within",
    ): "turn TensorFlow 1 behavior on",
    (
        "ValueError",
        "Could not interpret optimizer identifier: <class 'keras.src.optimizers.adam.Adam'>",
    ): 'Round brackets are missing: keras.optimizers.Adam(), or just "adam".',
    ("ValueError", "Cannot convert '28' to a shape."): "a tuple: Input((28, 28)).",
    ("ModuleNotFoundError", "No module named 'google.colab'"): "google.colab works in a notebook",
    ("KeyError", "'getpwuid(): uid not found: 40123'"): "There is no user name and no",
    ("SyntaxError", "f-string: unmatched '('"): "use the other kind inside.",
    ("OSError", "[Errno 25] Inappropriate ioctl for device"): "os.get_terminal_size.",
}


@pytest.mark.parametrize("error", TOLD)
def test_what_tensorflow_and_keras_say(error: tuple[str, str]) -> None:
    assert TOLD[error] in exceptions.raised(*error, None)
    assert TOLD[error] in exceptions.not_importable(*error, "line 3")


def test_what_is_not_known_has_no_cure() -> None:
    assert cures.cure("ValueError", "too small") == ""
    assert exceptions.raised("ValueError", "too small", "a.py:1, f") == (
        "Your code raised ValueError in a.py:1, f: too small"
    )
    assert "Only this one file is graded" in exceptions.not_importable(
        "ImportError", "no x", "line 3"
    )


def test_each_cure_is_needed() -> None:
    """Each row of the table is the first that fits one of the errors above."""
    errors = list(TOLD) + [("SyntaxError", _syntax_error(s)) for s, _ in FILES.values()]
    for code in RAISED:
        try:
            exec(code, {})
        except BaseException as error:
            errors.append((type(error).__name__, str(error)))
    used = {
        next((p for p, found in cures.TABLE if _fits(p, found, *error)), None) for error in errors
    }
    assert [pattern for pattern, _ in cures.TABLE if pattern not in used] == []


def _fits(pattern: str, cure: cures.Cure, type: str, message: str) -> bool:
    match = re.search(pattern, f"{type}: {message}")
    return match is not None and bool(cure if isinstance(cure, str) else cure(match))


def _syntax_error(source: str | bytes) -> str:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError) as error:
        return str(getattr(error, "msg", error))
    return ""
