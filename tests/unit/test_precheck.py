"""What is said of a file before it runs: one row a mistake, and what must not be mistaken."""

import ast
import json
import sys
import warnings
from pathlib import Path

import pytest

from grader.course import Course, Exercise
from grader.engine.names import bound
from grader.engine.precheck import Refusal, precheck, prechecked, source
from grader.submission import MAX_SIZE, Code
from notebooks import notebook
from support import ROOT

PLAIN = "def f(x):\n    return x\n"


def says(text: str | bytes, *functions: str) -> tuple[str, int | None]:
    found = precheck(text.encode() if isinstance(text, str) else text, functions or ("f",))
    assert not isinstance(found, Code), "nothing is said"
    return found.message, found.line


def code(text: str | bytes, *functions: str) -> Code:
    found = precheck(text.encode() if isinstance(text, str) else text, functions or ("f",))
    assert isinstance(found, Code), found
    return found


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b"", "The file is empty.", None),
        (b" \n\t\n", "The file is empty.", None),
        (b'{"cells": []}', "This notebook has no code.", None),
        (b"PK\x03\x04junk", "This is a ZIP archive,", None),
        (b"PK\x03\x04____word/document.xml", "This is an Office document,", None),
        (b"%PDF-1.4", "This is a PDF document,", None),
        (b"\xff\xfea\x00", "The file is written in UTF-16.", None),
        (b"a = 1\nb\0 = 2\n", "Line 2 contains a NUL byte:", 2),
        (b"\0", "Line 1 contains a NUL byte:", 1),
        (b"a = 1\nb = '\xe9'\n", "Line 2 is not UTF-8 text.", 2),
        (b"x = 1\n" + b"#" * (MAX_SIZE - 5), "The file has more than 262,144 bytes;", None),
        (b"def f(x)\n    return x\n", "Python can't read line 1: expected ':'", 1),
        (b"def f(x):\nreturn x\n", "The indentation of line 2 is off:", 2),
        (b"%matplotlib inline\n", "Line 1, '%matplotlib inline', works in a notebook", 1),
        (b"x = 1\n!pip install x\n", "Line 2, '!pip install x', works in a notebook", 2),
        (b"x = " + b"(" * 5000 + b")" * 5000, "", None),
    ],
)
def test_a_file_that_is_no_program(data: bytes, message: str, line: int | None) -> None:
    found, where = says(data)
    assert found.startswith(message)
    assert where == line or not message


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python can read it")
@pytest.mark.parametrize(
    "statement",
    [
        "type Labels = list[int]",
        "type Pair[T] = tuple[T, T]",
        "def f[T](x: T): ...",
        "class X[T]: ...",
    ],
)
def test_syntax_of_a_newer_python(statement: str) -> None:
    found, line = says(f"x = 1\n{statement}\n".encode())
    assert found.startswith(
        "Line 2 needs Python 3.12 or newer, and your file is graded by Python 3."
    )
    assert line == 2


def test_the_largest_file() -> None:
    code(PLAIN.encode() + b"#" * (MAX_SIZE - len(PLAIN)))


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("x = 1\n", "f is missing. The checks call it by exactly this name.", None),
        ("g = 1\n", "f is missing. The checks call it by exactly this name.", None),
        (
            "\nif __name__ == '__main__':\n    def f(x): ...\n",
            "f is defined under `if __name__ == '__main__':` (line 3)",
            3,
        ),
        ("class A:\n    def f(self): ...\n", "f (line 2) is inside A. Move it", 2),
        ("def g():\n    def f(): ...\n", "f (line 2) is inside g. Move it", 2),
    ],
)
def test_a_missing_name(text: str, message: str, line: int | None) -> None:
    found, where = says(text)
    assert (found[: len(message)], where) == (message, line)


def test_a_similar_name() -> None:
    found = says("x = 1\ndef soft_max(x): ...\n", "softmax")
    assert found == (
        "softmax is missing. Did you mean soft_max (line 2)? Rename it to softmax.",
        2,
    )
    taken = says("def soft_max(x): ...\n", "softmax", "soft_max")
    assert taken[0] == "softmax is missing. The checks call it by exactly this name."


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "f = lambda x: x\n",
        "class f: ...\n",
        "async def f(): ...\n",
        "from math import sqrt as f\n",
        "from math import *\n",
        "if True:\n    f = 1\n",
        "if True: ...\nelse:\n    f = 1\n",
        "if __name__ == '__main__': ...\nelse:\n    f = 1\n",
        "for x in []: ...\nelse:\n    f = 1\n",
        "while True:\n    f = 1\n",
        "with open('x') as g:\n    f = 1\n",
        "try: ...\nexcept Exception:\n    f = 1\n",
        "try: ...\nfinally:\n    f = 1\n",
        "try: ...\nexcept* ValueError:\n    f = 1\n",
        "match 1:\n    case _:\n        f = 1\n",
        "f: int = 1\n",
        "g, (f, *h) = 1, (2, 3)\n",
        "(f := 1)\n",
    ],
)
def test_a_name_that_is_there(text: str) -> None:
    code(text)


def test_bound_names_have_their_lines() -> None:
    text = "import numpy.linalg\nimport numpy as np\n\ndef f(): ...\nf = 1\n"
    assert bound(compile(text, "", "exec", 0x400).body) == {"numpy": 1, "np": 2, "f": 5}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("for a, (b, *c) in []:\n    d = 1\nelse:\n    e = 1", "abcde"),
        ("with open('x') as a, b as (c, d): pass", "acd"),
        ("if a := 1: pass\nelif (b := 2): pass", "ab"),
        ("match x:\n    case [a, *b] | {'k': a, **b}: pass\n    case int() as c: d = 1", "abcd"),
        ("try: a = 1\nexcept E as e: b = 1\nfinally: c = 1", "abc"),
        ("x.a = y[0] = z = [(a := i) for i in range(3) if (b := i)]", "zab"),
        ("a = lambda i: (j := i)", "a"),
    ],
)
def test_names_that_a_statement_binds(text: str, names: str) -> None:
    assert set(bound(ast.parse(text).body)) == set(names)


def test_a_line_is_shown_as_its_own_encoding_has_it() -> None:
    found = precheck("# coding: gbk\nx = '标签\n".encode("gbk"), ())
    assert isinstance(found, Refusal) and found.shown
    assert found.shown[0]["text"] == "x = '标签"


def test_a_strange_escape_is_nothing_to_talk_of() -> None:
    text = 'WORD = "\\d"\ndef f(x):\n    return WORD + "\\w"\n'
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": text}]
    book = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4})
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        compile(text, "", "exec")
        assert len(said) == 2, "the control"
        for each in (text, book):
            assert "WORD" in code(each).text
    assert len(said) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("n = input()\n", "Line 1 waits for input() while the file loads, but nobody"),
        (
            "x = 1\nprint(int(input('n')))\n",
            "Line 2 waits for input() while the file loads, but nobody",
        ),
        ("import sys\nsys.exit(0)\n", "Line 2 ends the program with sys.exit() while the file"),
        ("exit()\n", "Line 1 ends the program with exit() while the file"),
    ],
)
def test_a_file_that_stops(text: str, message: str) -> None:
    assert says(text + PLAIN)[0].startswith(message)


@pytest.mark.parametrize(
    "text",
    [
        "def g():\n    return input()\n",
        "if __name__ == '__main__':\n    input()\n",
        "ask = lambda: input()\n",
        "asks = [lambda: input(), 1]\n",
        "learner.input()\n",
        "class A:\n    input = 3\n",
    ],
)
def test_a_file_that_does_not_stop(text: str) -> None:
    code(text + PLAIN)


UNWRITTEN = "def f(x):\n    raise NotImplementedError\n"


@pytest.mark.parametrize(
    "body",
    [
        "raise NotImplementedError",
        "raise NotImplementedError('later')",
        "pass",
        "...",
        "'''Only words.'''\n    pass",
    ],
)
def test_written_and_below_it_not(body: str) -> None:
    found = says(f"{PLAIN}\ndef f(x):\n    {body}\n")
    assert found == (
        "f is defined twice, in line 1 and in line 4. Python uses the later one, which is not "
        "written yet: delete it.",
        4,
    )


@pytest.mark.parametrize(
    "text",
    [
        UNWRITTEN,
        UNWRITTEN + PLAIN,
        PLAIN + PLAIN,
        PLAIN + UNWRITTEN + PLAIN,
        UNWRITTEN + UNWRITTEN,
        PLAIN + UNWRITTEN.replace("f(", "g("),
    ],
)
def test_what_counts_is_written(text: str) -> None:
    code(text)


@pytest.mark.parametrize(
    "text",
    [
        "import tensorflow\n",
        "import numpy, tensorflow.keras as k\n",
        "from keras import layers\n",
        "from keras.layers import Dense\n",
        "def g():\n    import keras\n",
        "k = __import__('keras')\n",
        "import importlib\nk = importlib.import_module('tensorflow.keras')\n",
    ],
)
def test_what_needs_tensorflow(text: str) -> None:
    assert code(text + PLAIN).tensorflow


@pytest.mark.parametrize(
    "text", ["import numpy\n", "# keras\n", "import kerastuner\n", "from . import keras_like\n"]
)
def test_what_does_not(text: str) -> None:
    assert not code(text + PLAIN).tensorflow


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfx = 1\r\n", "x = 1\n"),
        ("# 标签\n".encode(), "# 标签\n"),
        ("# -*- coding: gbk -*-\n# 标签\n".encode("gbk"), "# -*- coding: gbk -*-\n# 标签\n"),
        (b"# coding: latin-1\nx = '\xe9'\n", "# coding: latin-1\nx = 'é'\n"),
        ("# coding: gbk\n# 标签\n".encode(), "# coding: gbk\n# 标签\n"),  # it says so wrongly
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    assert code(data + PLAIN.encode()).text == text + PLAIN


def test_unknown_escapes_are_no_concern() -> None:
    code(PLAIN + 'x = "\\d"\n')


def test_a_line_like_a_magic_below_the_mistake_is_not_blamed() -> None:
    message, line = says("x = 7\n\ndef f(x)\n    return (x\n%d)\n")
    assert (message, line) == ("Python can't read line 3: expected ':'.", 3)


# functions that came later

LATER = [each for each in Course.open(ROOT).exercises if each.later]


def without(exercise: Exercise, name: str) -> bytes:
    """The solution as it was before a function came."""
    source = exercise.solution.read_text("utf-8").rpartition('if __name__ == "__main__":')[0]
    (node,) = (n for n in ast.parse(source).body if getattr(n, "name", "") == name)
    lines = source.splitlines(keepends=True)
    del lines[node.lineno - 1 : node.end_lineno]
    return "".join(lines).encode()


@pytest.mark.parametrize("exercise", LATER, ids=lambda each: each.id)
def test_a_file_from_before_a_function_came_is_graded(exercise: Exercise) -> None:
    (name,) = exercise.later
    old = without(exercise, name)
    assert isinstance(precheck(old, exercise.functions), Refusal), "the control"
    found = prechecked(old, exercise)
    assert isinstance(found, Code)
    added = f"\n\n\ndef {name}(*args, **kwargs):\n    raise NotImplementedError\n"
    assert found.text == old.decode() + added
    for other in set(exercise.functions) - exercise.later:
        assert isinstance(prechecked(without(exercise, other), exercise), Refusal), other


@pytest.mark.parametrize("exercise", LATER, ids=lambda each: each.id)
def test_a_file_that_has_the_function_is_graded_as_it_is(exercise: Exercise) -> None:
    (name,) = exercise.later
    source = exercise.solution.read_bytes()
    found = prechecked(source, exercise)
    assert isinstance(found, Code) and found.text == source.decode()
    nested = source.replace(f"def {name}(".encode(), f"def my_{name}(".encode())
    refused = prechecked(nested, exercise)
    assert isinstance(refused, Refusal), "it knows the name, and has it wrong"
    assert f"my_{name}" in refused.message
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": source.decode()}]
    book = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}).encode()
    found = prechecked(book, exercise)
    assert isinstance(found, Code) and found.text.count(f"def {name}(") == 1


@pytest.fixture
def accented(tmp_path: Path) -> Exercise:
    """An exercise with a later function whose name is not ASCII."""
    folder = tmp_path / "solutions/ex1_a"
    folder.mkdir(parents=True)
    (folder / "solution.py").write_text("def f(): pass\ndef 票é(): pass\n", "utf-8")
    checks = 'import pytest\n@pytest.mark.later("票é")\ndef test_a(): pass\n'
    (folder / "checks.py").write_text(checks, "utf-8")
    return Course.open(tmp_path).exercises[0]


OWN = "def f():\n    return 1\ndef 票é():\n    return 2\n"
AS_CELL = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": OWN}]


@pytest.mark.parametrize(
    "data",
    [
        OWN.encode(),
        OWN.replace("é", "e\u0301").encode(),  # as some keyboards make it; the same to Python
        f"# coding: gbk\n{OWN}".encode("gbk"),
        json.dumps({"cells": AS_CELL, "nbformat": 4}).encode(),
        json.dumps({"cells": AS_CELL, "nbformat": 4}, ensure_ascii=False).encode(),
    ],
)
def test_a_later_function_is_found_in_any_encoding(accented: Exercise, data: bytes) -> None:
    found = prechecked(data, accented)
    assert isinstance(found, Code) and "NotImplementedError" not in found.text
    old = prechecked(b"def f(): pass\n", accented)
    assert isinstance(old, Code) and "def 票é(*args" in old.text


def test_the_code_of_a_submission() -> None:
    assert source('# coding: gbk\nx = "王"\r\n'.encode("gbk")) == '# coding: gbk\nx = "王"\n'
    book = source(notebook("%magic", "def f():\n    return 1", "f()"))
    assert isinstance(book, str) and book.strip() == "def f():\n    return 1"
    for unreadable in (b"\xff", b"#" * (MAX_SIZE + 1), b'{"cells": ['):
        assert isinstance(source(unreadable), Refusal)


COURSE = Course.open().exercises


@pytest.mark.parametrize("other", COURSE, ids=lambda e: e.id)
def test_a_file_for_another_exercise(other: Exercise) -> None:
    for exercise in COURSE:
        for data in (other.solution.read_bytes(), other.stub.read_bytes()):
            found = prechecked(data, exercise)
            if exercise == other:
                assert isinstance(found, Code)
            else:
                assert isinstance(found, Refusal) and found.message.startswith(
                    f"This looks like a file for {other.id}, not for {exercise.id}: it defines "
                )


def test_a_file_for_no_exercise() -> None:
    found = prechecked(b"def f(x):\n    return x\n", COURSE[0])
    assert isinstance(found, Refusal) and " is missing. " in found.message


def test_a_notebook_for_another_exercise() -> None:
    found = prechecked(notebook(COURSE[2].solution.read_text("utf-8")), COURSE[0])
    assert isinstance(found, Refusal) and "a file for ex3, not for ex1" in found.message
