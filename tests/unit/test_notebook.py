"""Notebooks as submissions: one for each trap, and the course's own files as notebooks."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from grader.authoring.notebooks import as_notebook
from grader.course import Course, Exercise
from grader.engine.notebook import MAX_CELLS, joined, read, without_magics
from grader.engine.precheck import Refusal, precheck
from grader.submission import (
    MAX_NOTEBOOK,
    MAX_SIZE,
    Code,
    Lines,
    Submission,
    digest_of,
    is_notebook,
)
from notebooks import STYLES, in_cells, notebook

EXERCISES = Course.open().exercises


def code(*cells: str, functions: tuple[str, ...] = ("f",), **how: Any) -> Code:
    found = precheck(notebook(*cells, **how), functions)
    assert isinstance(found, Code), found
    return found


def refusal(*cells: str, functions: tuple[str, ...] = ("f",), **how: Any) -> Refusal:
    found = precheck(notebook(*cells, **how), functions)
    assert isinstance(found, Refusal), found
    return found


def names(code: Code) -> dict[str, Any]:
    """What the module defines once it has run."""
    found: dict[str, Any] = {}
    exec(compile(code.text, "", "exec"), found)
    return found


def place(code: Code, words: str) -> str:
    """Where a person finds the line with these words."""
    numbers = [n for n, line in enumerate(code.text.split("\n"), 1) if words in line]
    return Lines(code.text, code.cells).place(numbers[0])


@pytest.mark.parametrize("how", [{}, {"lists": True}, {"version": 3}])
def test_every_form_of_a_notebook(how: dict[str, Any]) -> None:
    found = code("import math\n\nx = 2\n", "def f():\n    return math.sqrt(x)\n", **how)
    assert names(found)["f"]() == pytest.approx(2**0.5)
    assert place(found, "return") == "cell 2, line 2"
    assert place(found, "x = 2") == "cell 1, line 3"


def test_only_what_the_functions_need() -> None:
    found = code(
        "import os\nimport math as m\nimport antigravity_of_nowhere\nRATE = 3\nOTHER = 1 / 0",
        "def helper(): return RATE\ndef f(): return helper() + m.floor(1.5)",
        "print(f())\nraise SystemExit",
        "class Unused(antigravity_of_nowhere.Base): pass",
    )
    assert names(found)["f"]() == 4
    for left_out in ("antigravity", "OTHER", "print", "Unused", "import os", "SystemExit"):
        assert left_out not in found.text
    assert found.notes == ()


@pytest.mark.parametrize(
    "cell",
    [
        "for SIZE in (2, 3):\n    pass",
        "with open('x') as SIZE:\n    pass",
        "if SIZE := 3:\n    pass",
        "match 3:\n    case SIZE:\n        pass",
    ],
)
def test_what_a_block_gives_a_name_is_kept(cell: str) -> None:
    assert cell in code(cell, "def f(): return SIZE").text


def test_names_in_functions_are_no_needs() -> None:
    """A parameter or a local name may be called as a model that a cell trains."""
    found = code(
        "model = build()\nhistory = model.fit(1)\nx = load()",
        "def f(model):\n    history = model.fit(x=1)\n    return [x for x in history]",
    )
    assert "build" not in found.text and "load" not in found.text
    assert found.notes == ()


def test_training_is_not_run_and_is_named_if_it_is_needed() -> None:
    found = code(
        "def train(m):\n    return m.fit(1)",
        "history = train(model)",
        "def f():\n    return history",
    )
    assert "train(model)" not in found.text
    assert found.notes == (
        "Your functions use history, and cell 2, line 1 trains to make it. Training outside of "
        "functions is not run when a notebook is graded: pass it to the function as an argument.",
    )


def test_what_changes_a_value_is_kept() -> None:
    found = code(
        "N = [1]\nN.append(2)\nN += [3]\nD = {}\nD['a'] = N",
        "def f(): return D",
        "D.clear()",
        "del D",
    )
    assert names(found)["f"]() == {}
    assert place(found, "D.clear") == "cell 3, line 1"


def test_the_last_definition_wins() -> None:
    assert names(code("def f(): return 1", "f()", "def f(): return 2"))["f"]() == 2


def test_settings_of_what_is_used_are_kept() -> None:
    found = code("import random, math\nrandom.seed(7)", "def f(): return random.random()")
    assert "random.seed(7)" in found.text


def test_decorators_strings_and_semicolons_keep_their_lines() -> None:
    found = code(
        "import functools; print('x'); LIMIT = 3; y = 1 / 0",
        "@functools.cache\ndef f():\n    '''\n%not magic\n!nor this\n    '''\n    return LIMIT",
    )
    assert names(found)["f"]() == 3
    assert "%not magic" in (names(found)["f"].__doc__ or "")
    assert place(found, "return LIMIT") == "cell 2, line 7"


def test_future_imports_stand_first() -> None:
    future = "from __future__ import (\n    annotations,  # and no more\n)"
    found = code("x = 1", f"{future}\ndef f(a: Unknown): return a")
    assert place(found, "return") == "cell 2, line 4"
    assert names(found)["f"](4) == 4


def test_code_that_reaches_any_name_keeps_all_definitions() -> None:
    found = code("def hidden(): return 5", "def f(): return globals()['hidden']()")
    assert names(found)["f"]() == 5


def test_a_star_import_may_bring_a_function() -> None:
    assert "from math import *" in code("from math import *", functions=("sqrt",)).text


MAGICS = {
    "line": ("%matplotlib inline\nx = 1", "pass\nx = 1"),
    "shell": ("!pip install -q a \\\n  b\nx = 1", "pass\n\nx = 1"),
    "help": ("np.argmax?\n?np\nx??  # help\nx = 1", "pass\npass\npass\nx = 1"),
    "assigned": ("files = !ls\nt = %timeit -o f()\nx = a != b", "pass\npass\nx = a != b"),
    "in a block": ("if x:\n    !ls\nelse:\n\t%cd ..", "if x:\n    pass\nelse:\n\tpass"),
    "in brackets": ("x = (a\n% b)\ny = [1,\n!c]", "x = (a\n% b)\ny = [1,\n!c]"),
    "in a string": ("x = '''\n%a\n'''\n!ls", "x = '''\n%a\n'''\npass"),
    "quotes in a shell line": ("!echo \"it's (\nx = 1", "pass\nx = 1"),
    "quick calls": ("/print 1\n,f a b\n;f a\nx = 1", "pass\npass\npass\nx = 1"),
    "comment": ("# !pip\nx = 1  # why?\n", "# !pip\nx = 1  # why?\n"),
    "division by a backslash": ("x = 6 \\\n% 4", "x = 6 \\\n% 4"),
    "timed cell": ("%%time\ndef f(): pass", "pass\ndef f(): pass"),
    "graded cell": ("%%grade ex3\ndef f(): pass", "pass\ndef f(): pass"),
    "indented": ("  x = 1\n  y = 2", "x = 1\ny = 2"),
    "question in a string": ("print('why?')", "print('why?')"),
}


@pytest.mark.parametrize("name", MAGICS)
def test_magics_are_set_aside(name: str) -> None:
    cell, python = MAGICS[name]
    assert without_magics(cell) == python


@pytest.mark.parametrize("magic", ["%%bash", "%%writefile a.py", "%%html", "\n%%timeit"])
def test_other_languages(magic: str) -> None:
    assert without_magics(f"{magic}\necho hello there") is None


def test_a_function_below_another_magic() -> None:
    found = refusal("%%writefile ex1.py\ndef f(): pass")
    assert found.message == (
        "f is in cell 1, line 1, in a cell that begins with %%writefile: that is not graded. "
        "Delete the line with %%writefile."
    )


def test_a_cell_that_python_cannot_read_costs_only_itself() -> None:
    found = code("def g(:\n    pass", "def f(): return 1")
    assert names(found)["f"]() == 1
    assert len(found.notes) == 1
    assert found.notes[0].startswith("Python can't read cell 1, line 1 (")
    assert found.notes[0].endswith("), so this cell is not graded.")


@pytest.mark.parametrize("before", [(), ("def f(): return 1",)])
def test_unless_it_has_the_newest_version_of_a_function(before: tuple[str, ...]) -> None:
    found = refusal(*before, "x = 1\ndef f()\n    return 2")
    where = f"cell {len(before) + 1}, line 2"
    assert found.message == f"Python can't read {where}: expected ':'."
    assert found.shown == [
        {"number": 2, "text": "def f()", "current": True, "cell": len(before) + 1}
    ]
    assert isinstance(precheck(notebook("def f()\n  pass", "def f(): pass"), ("f",)), Code)


def test_the_usual_sentences_name_the_cell() -> None:
    assert refusal("x = 1", "def g():\n    def f(): pass").message.startswith(
        "f (cell 2, line 2) is inside g."
    )
    assert (
        "Did you mean soft_max (cell 1, line 2)"
        in refusal("x = 1\ndef soft_max(): pass", functions=("softmax",)).message
    )
    assert (
        "(cell 1, line 2), which does not run"
        in refusal("if __name__ == '__main__':\n    def f(): pass").message
    )
    twice = refusal("def f():\n    return 1", "def f():\n    raise NotImplementedError")
    assert twice.message.startswith("f is defined twice, in cell 1, line 1 and in cell 2, line 1.")
    assert refusal("x = input()\ndef f(): return x").message.startswith("Cell 1, line 1 waits for")


def test_cells_that_ran_in_another_order() -> None:
    found = code("x = 1", "def f(): return x", counts=[7, 3])
    assert found.notes[0].startswith("The cells last ran in another order than they are in.")
    assert place(found, "return") == "cell 2, line 1"
    assert code("print(1)", "def f(): return 1", counts=[7, 3]).notes == ()


def test_cells_have_the_numbers_that_are_shown() -> None:
    found = code("x = 1", "def f(): return x", counts=[3, 7])
    assert place(found, "return") == "cell 7, line 1"
    assert place(code("x = 1", "def f(): return x", counts=[3, None]), "return") == "cell 2, line 1"


def test_cells_without_code_are_not_counted() -> None:
    content = json.loads(notebook("", "x = 1\n", "def f(): return x"))
    content["cells"].insert(0, {"cell_type": "markdown", "source": "# Title"})
    content["cells"].insert(2, {"cell_type": "raw", "source": "x"})
    found = precheck(json.dumps(content).encode(), ("f",))
    assert isinstance(found, Code)
    assert place(found, "return") == "cell 2, line 1"


STRANGE = {
    "no JSON": (b'{"cells": [', "This is a damaged notebook"),
    "deep": (b'{"cells": ' + b"[" * 200_000, "This is a damaged notebook"),
    "deep and whole": (b'{"cells": ' + b"[" * 900 + b"]" * 900 + b"}", "This notebook has no code"),
    "other types": (b'{"cells": {"a": 1}, "worksheets": 3}', "This notebook has no code"),
    "no cells of ours": (b'{"cells": [1, null, "a", {"cell_type": 3}]}', "This notebook has no"),
    "no UTF-8": (b'{"cells": ["\xff"]}', "This is a damaged notebook"),
    "long number": (b'{"cells": [' + b"9" * 5000 + b"]}", "This is a damaged notebook"),
    "too large": (b'{"cells": [' + b" " * MAX_NOTEBOOK + b"]}", "The notebook is larger than 8 MB"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_no_notebook(name: str) -> None:
    data, sentence = STRANGE[name]
    found = precheck(data, ("f",))
    assert isinstance(found, Refusal)
    assert found.message.startswith(sentence)


def test_limits() -> None:
    assert refusal(*["x = 1"] * (MAX_CELLS + 1)).message.startswith("This notebook has more than")
    assert refusal("#" * (MAX_SIZE // 2), "#" * (MAX_SIZE // 2)).message.startswith("The file has")
    assert refusal("def f(): pass", language="R").message == (
        "This notebook is in R. Only Python is graded."
    )


@pytest.mark.parametrize("cell", ["x = '\ud800'", "x = 1\0", "x = " + "(" * 5000])
def test_strange_cells_cost_only_themselves(cell: str) -> None:
    found = code(cell, "def f(): return 1")
    assert names(found)["f"]() == 1 and len(found.notes) == 1
    found.text.encode()


@pytest.mark.parametrize(
    "sign",
    [
        " ",
        "\n",
        "?",
        "'",
        "'''",
        "(",
        "\\\n",
        "\t= ",
        "%a\n",
        "#?",
        "\\'''\n",
        '\\"""\n',
        "\\'",
        '\\"',
        "'\\",
    ],
)
def test_long_cells_take_no_time(sign: str) -> None:
    """No pattern goes back again and again: with a quadratic one these would take minutes."""
    without_magics("?\n" + sign * (240_000 // len(sign)))


def test_a_notebook_by_its_content(tmp_path: Path) -> None:
    outputs = [{"output_type": "display_data", "data": {"image/png": "A" * MAX_SIZE}}]
    data = notebook("def f(): return 1", outputs=outputs)
    assert is_notebook(data) and is_notebook(b"\xef\xbb\xbf" + data)
    path = tmp_path / "ex1.py"
    path.write_bytes(data)
    assert Submission("ex1_a", path).read() == data
    changed = data.replace(b"return 1", b"return 2")
    assert digest_of(changed) != digest_of(data)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_the_course_as_notebooks(exercise: Exercise, style: str) -> None:
    """Each solution in each style, and each of the other files in one."""
    others = sorted([*exercise.accepted, *(each.path for each in exercise.misconceptions)])
    for path in (exercise.solution, *others[STYLES.index(style) :: len(STYLES)]):
        has_the_functions_of_the_file(path, exercise, style)


def has_the_functions_of_the_file(path: Path, exercise: Exercise, style: str) -> None:
    file = precheck(path.read_bytes(), exercise.functions)
    found = precheck(in_cells(path.read_text("utf-8"), style), exercise.functions)
    assert isinstance(file, Code) and isinstance(found, Code), (path, found)
    assert found.tensorflow <= file.tensorflow, path  # what is below __main__ is left out
    assert found.notes == (), path

    def graded(text: str) -> list[str]:
        return [ast.dump(n) for n in ast.parse(text).body if _defines(n, exercise.functions)]

    assert graded(found.text) == graded(file.text), path


def _defines(node: ast.stmt, functions: tuple[str, ...]) -> bool:
    return getattr(node, "name", None) in functions


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_exercises_as_notebooks_hold_the_code_of_the_stub(exercise: Exercise) -> None:
    data = as_notebook(exercise)
    assert is_notebook(data)
    cells = read(data)
    assert [cells[0].text, cells[-1].text] == ["%load_ext grader", f"%grade {exercise.id}"]
    stub = ast.parse(exercise.made_stub()).body[1:]
    main = stub.pop()
    assert isinstance(main, ast.If)
    held = [ast.dump(node) for node in joined(cells).tree.body if not isinstance(node, ast.Pass)]
    assert held == [ast.dump(node) for node in [*stub, *main.body]]
    ours = [node.name for node in stub if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    starts = [cell.text.split("\n")[0] for cell in cells]
    for name in ours:
        assert any(name in start for start in starts), "each has a cell of its own"
    assert isinstance(precheck(data, exercise.functions), Code)


def test_a_notebook_that_installs_the_grader() -> None:
    """Colab needs one cell, and its lines are no code that is graded."""
    address = "eight-questions[notebook] @ https://example.org/a.whl?b&c"
    first = read(as_notebook(EXERCISES[0], address))[0].text
    assert first == f"%pip install -q '{address}'\n%load_ext grader"
    assert without_magics(first) == "pass\npass"


def test_the_brief_of_a_notebook() -> None:
    """It has no word of ``__main__``, and sentences that begin a line still do."""
    content = json.loads(as_notebook(EXERCISES[2]))
    brief = "".join(content["cells"][0]["source"])
    assert brief.startswith("# ex3 · Why Flatten?\n\nAn image has rows")
    assert "    (None, 28, 28) --Flatten-->" in brief and "  \nSee it:" in brief
    assert "See it:  `%grade lab ex3`      Read more:  `%grade lesson ex3`" in brief
    assert not re.search(r"(?<!%)grade l", brief), "a command of a terminal is none in a cell"
    assert "__main__" not in brief and brief.endswith("The last cell grades it.")


def test_a_package_that_is_changed_is_changed_for_all() -> None:
    """As in a file: such a line may decide what a check sees."""
    found = code(
        "import keras\nimport matplotlib.pyplot as plt\nplt.rcParams['a'] = 1",
        "def nothing(*a): pass\nkeras.Model.fit = keras.Sequential.fit = nothing",
        "def f(model): return model.fit()",
    )
    assert "keras.Model.fit = keras" in found.text and "def nothing" in found.text
    assert "plt" not in found.text


def test_what_is_below_main_is_not_run() -> None:
    found = code("def f(): return 1", "if __name__ == '__main__':\n    import keras\n    x = f()")
    assert "keras" not in found.text and found.notes == ()
