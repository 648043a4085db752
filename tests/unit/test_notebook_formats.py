"""Notebooks as each front end writes them, and as each system hands them to a teacher."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from grader.classroom.classfolder import ClassFolder
from grader.classroom.intake.importing import import_downloads
from grader.course import Course
from grader.engine.precheck import Refusal, precheck
from grader.submission import Code, Lines, is_notebook

CELLS = ("import math\nx = 2", "def f():\n    return math.sqrt(x)\n")
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": "3.12.12",
}


def cell(source: Any, **more: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"execution_count": None, "metadata": {}, "outputs": []}
    return {"cell_type": "code", **empty, "source": source, **more}


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def written(content: dict[str, Any], **how: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, **how).encode()


FORMAT = {"nbformat": 4, "nbformat_minor": 5}
WRITERS = {  # the order of the keys, the blanks and the metadata are each front end's own
    "JupyterLab": written(
        {
            "cells": [cell(lines(c), id=f"a-{n}") for n, c in enumerate(CELLS)],
            "metadata": {"kernelspec": KERNEL, "language_info": LANGUAGE},
            **FORMAT,
        },
        indent=1,
    ),
    "VS Code": written(
        {
            "cells": [
                {"cell_type": "markdown", "id": "9", "metadata": {}, "source": ["# Title"]},
                *(cell(lines(c), id=f"{n}f3a") for n, c in enumerate(CELLS)),
                {
                    "cell_type": "raw",
                    "metadata": {"vscode": {"languageId": "raw"}},
                    "source": ["def f(): raw"],
                },
                cell(["ls"], metadata={"vscode": {"languageId": "shellscript"}}),
            ],
            "metadata": {
                "kernelspec": {**KERNEL, "display_name": ".venv (3.12.12)"},
                "language_info": LANGUAGE,
                "orig_nbformat": 4,
                "vscode": {"interpreter": {"hash": "31f2aee4e71d21fbe5cf8b01ff0e069b"}},
            },
            **FORMAT,
        },
        indent=2,
    ),
    "VS Code without a kernel": written(
        {
            "cells": [cell(lines(c), metadata={"vscode": {"languageId": "python"}}) for c in CELLS],
            "metadata": {"language_info": {"name": "python"}},
            "nbformat": 4,
            "nbformat_minor": 2,
        },
        indent=1,
    ),
    "Colab": written(
        {
            "nbformat": 4,
            "nbformat_minor": 0,
            "metadata": {
                "colab": {"provenance": [], "gpuType": "T4"},
                "kernelspec": {"name": "python3", "display_name": "Python 3"},
                "language_info": {"name": "python"},
                "accelerator": "GPU",
            },
            "cells": [
                {"cell_type": "markdown", "source": ["# Title"], "metadata": {"id": "x"}},
                *(
                    {
                        "cell_type": "code",
                        "execution_count": None,
                        "metadata": {"id": f"q{n}", "cellView": "form", "colab": {"height": 1}},
                        "outputs": [],
                        "source": lines(c),
                    }
                    for n, c in enumerate(CELLS)
                ),
            ],
        },
        indent=2,
    ),
    "Kaggle": written(
        {
            "metadata": {"kernelspec": KERNEL, "kaggle": {"accelerator": "none"}},
            "nbformat_minor": 4,
            "nbformat": 4,
            "cells": [
                {"cell_type": "code", "source": c, "metadata": {"trusted": True}, "outputs": []}
                for c in CELLS
            ],
        },
        separators=(",", ":"),
    ),
    "IPython 2": written(
        {
            "metadata": {"name": ""},
            "nbformat": 3,
            "nbformat_minor": 0,
            "worksheets": [
                {
                    "cells": [
                        {
                            "cell_type": "code",
                            "collapsed": False,
                            "input": lines(c),
                            "language": "python",
                            "outputs": [],
                            "prompt_number": None,
                        }
                        for c in CELLS
                    ],
                    "metadata": {},
                }
            ],
        },
        indent=1,
    ),
    "Windows": b"\xef\xbb\xbf" + written({"cells": [cell(c) for c in CELLS]}, indent=1).replace(
        b"\n", b"\r\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("writer", WRITERS)
def test_a_notebook_as_it_is_written(writer: str) -> None:
    data = WRITERS[writer]
    assert is_notebook(data)
    found = precheck(data, ("f",))
    assert isinstance(found, Code) and found.notes == (), found
    defined: dict[str, Any] = {}
    exec(compile(found.text, "", "exec"), defined)
    assert defined["f"]() == pytest.approx(2**0.5)
    (line,) = (n for n, text in enumerate(found.text.split("\n"), 1) if "return" in text)
    assert Lines(found.text, found.cells).place(line) == "cell 2, line 2"


def in_languages(*cells: tuple[str, str], counts: tuple[int | None, ...] = ()) -> bytes:
    """Cells of VS Code, each with its language."""
    made = [cell(c, metadata={"vscode": {"languageId": language}}) for c, language in cells]
    for each, count in zip(made, counts, strict=False):
        each["execution_count"] = count
    return written({"cells": made, "metadata": {"kernelspec": KERNEL}, **FORMAT})


def test_a_cell_in_another_language_is_no_python() -> None:
    """VS Code lets each cell have its own; the kernel never counts such a cell."""
    cells = (("def f():\n    return 1", "python"), ("def f():", "shellscript"), ("x = f()", ""))
    found = precheck(in_languages(*cells, counts=(3, None, 4)), ("f",))
    assert isinstance(found, Code) and found.notes == ()
    assert found.cells == ((2, 3), (4, 4))


def test_a_function_in_another_language() -> None:
    found = precheck(in_languages(("x = 1", "python"), ("def f(): pass", "plaintext")), ("f",))
    assert isinstance(found, Refusal) and found.line is None
    assert found.message == (
        "f is in a cell whose language is plaintext: only Python is graded. Select Python as the "
        "language of the cell."
    )


PERCENT = {  # files that VS Code, Spyder and Jupytext show in cells
    "VS Code": "# %%\nimport math\n\n# %% [markdown]\n# # Title\n# def f\n\n# %%\n{f}",
    "exported by VS Code": "# To add a new cell, type '# %%'\n# %%\nfrom IPython import get_ipython"
    "\n\n# %%\nget_ipython().run_line_magic('matplotlib', 'inline')\n\n# %%\n{f}",
    "Spyder": "# -*- coding: utf-8 -*-\n#%% a cell\nimport math\n#%%\n{f}",
    "Jupytext": "# ---\n# jupyter:\n#   kernelspec:\n#     name: python3\n# ---\n\n"
    "# %% [markdown]\n# Text\n\n# %%\n# %matplotlib inline\n# !pip install x\n{f}",
}  # fmt: skip


@pytest.mark.parametrize("writer", PERCENT)
def test_a_file_in_the_percent_format_is_plain_python(writer: str) -> None:
    text = PERCENT[writer].format(f="def f():\n    return 1\n")
    assert precheck(text.encode(), ("f",)) == Code(text, False)


def test_a_magic_in_the_percent_format_is_named() -> None:
    found = precheck(b"# %%\n%matplotlib inline\n# %%\ndef f(): pass\n", ("f",))
    assert isinstance(found, Refusal) and found.line == 2
    assert found.message.startswith("Line 2, '%matplotlib inline', works in a notebook only.")


# as downloads bring them


BOOK = written({"cells": [cell("def softmax(z):\n    return z")], "metadata": {}, **FORMAT})
SUBMITTED = "submission_1:\n  :submitters:\n  - :name: Ada\n    :sid: '7'\n    :email: a@b.c\n"
LAYOUTS: dict[str, tuple[str, dict[str, bytes]]] = {  # the learner, and the files
    "plain": ("ada", {"ada/ex1_predictions.ipynb": BOOK, "bob/ex3.py": b"def flatten(): 1"}),
    "plain, flat": ("ada", {"ada_ex1_predictions.ipynb": BOOK, "bob_ex3.py": b"def flatten(): 1"}),
    "plain, workspaces": (
        "ada",
        {
            "ada/exercises/ex1_predictions.ipynb": BOOK,
            "ada/exercises/.ipynb_checkpoints/ex1_predictions-checkpoint.ipynb": BOOK,
            "bob/exercises/ex3_flatten.ipynb": BOOK,
        },
    ),
    "moodle": ("Ada L", {"Ada L_7_assignsubmission_file/work/ex1.ipynb": BOOK}),
    "moodle 3": ("Ada L", {"Ada L_7_assignsubmission_file_/Untitled.ipynb": BOOK}),
    "moodle, flat": ("Ada L", {"Ada L_7_assignsubmission_file_ex1.ipynb": BOOK}),
    "moodle, no names": ("Participant 7", {"Participant_7_assignsubmission_file/a.ipynb": BOOK,
                                          "Participant_8_assignsubmission_file/a.py": b"x = 1"}),
    "canvas": ("lovelaceada", {"lovelaceada_12_900_ex1.ipynb": BOOK}),
    "canvas, again and late": ("lovelaceada", {"lovelaceada_LATE_12_901_ex1-1.ipynb": BOOK}),
    "canvas, no names": ("anon a1B2c", {"anon_a1B2c_9_ex1.ipynb": BOOK, "b_1_2_ex3.py": b""}),
    "gradescope": (
        "Ada",
        {
            "assignment_1_export/submission_metadata.yml": SUBMITTED.encode(),
            "assignment_1_export/submission_1/ex1.ipynb": BOOK,
        },
    ),
    "nbgrader": (
        "ada",
        {
            "submitted/ada/ex1/Exercise 1.ipynb": BOOK,
            "submitted/ada/ex1/timestamp.txt": b"2026-11-02 10:00:00 UTC",
        },
    ),
    "repositories": (
        "ada",
        {"ada/.git/HEAD": b"ref", "ada/exercises/ex1.ipynb": BOOK, "bob/.git/HEAD": b"ref",
         "bob/exercises/ex3.ipynb": BOOK},
    ),
    "from a Mac": ("ada", {"ada/ex1.ipynb": BOOK, "__MACOSX/ada/._ex1.ipynb": b"\0\5\x16\7",
                           "bob/ex3.py": b"def flatten(): 1"}),
    "saved by a browser": ("ada", {"ada/ex1.ipynb.json": BOOK, "bob/ex3.ipynb.txt": BOOK}),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_notebook_in_every_layout(layout: str, tmp_path: Path) -> None:
    learner, files = LAYOUTS[layout]
    download = tmp_path / "submissions.zip"
    with zipfile.ZipFile(download, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    place = ClassFolder.open(tmp_path / "class", make=True)
    with place.locked():
        found = import_downloads(place, Course.open(), [download])
    (entry,) = (each for each in found.new if each.exercise == "ex1_predictions")
    assert (entry.name, Path(entry.file).name) == (learner, "1.ipynb"), found.attention
    assert (place.root / entry.file).read_bytes() == BOOK
    assert not [row for row in found.attention if "ex1" in row.source]
