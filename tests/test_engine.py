"""One submission in, one report out: innocent but broken files, deadlines, seeds, models."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import grader
from grader.course import Course, CourseError
from grader.report import Activity, CheckResult, Event, Report, Verdict

MODELS = Path(__file__).parent / "courses" / "models"


@pytest.fixture
def graded(tmp_path: Path, server: grader.Server, course: Course) -> Callable[..., Report]:
    """Grade exercise 1's solution after replacing a part of it, or any other source."""
    solution = course.exercise("ex1").solution.read_text()

    def grade(
        source: str | bytes | None = None, *, old: str = "", new: str = "", **options: object
    ) -> Report:
        if source is None:
            assert old in solution
            source = solution.replace(old, new)
        path = tmp_path / "ex1_predictions.py"
        path.write_bytes(source.encode() if isinstance(source, str) else source)
        return grader.grade("ex1", path, server=server, **options)  # type: ignore[arg-type]

    return grade


def load_message(report: Report) -> str:
    """The message of a file that could not be loaded; everything else waits for it."""
    first, *rest = report.checks
    assert first.name == "load"
    assert {check.verdict for check in rest} == {Verdict.BLOCKED}
    assert not report.passed and report.score == 0 and report.max_score == 15
    return first.message


def check(report: Report, name: str) -> CheckResult:
    return next(c for c in report.checks if c.name == name)


LABELS = "return np.argmax(probabilities, axis=1)\n"
ONE = ["labels_argmax"]  # the check of the function with LABELS, where no other says more


# files that can't be graded: one sentence, at once

BROKEN = {
    "empty": (b"", "The file is empty"),
    "only spaces": (b"  \n\n", "The file is empty"),
    "latin-1": ("x = 1\n# größe\n".encode("latin-1"), "Line 2 is not UTF-8"),
    "nul byte": (b"x = 1\ny = '\0'\n", "Line 2 contains a NUL byte"),
    "syntax error": (b"def softmax(scores):\n    return (scores\n", "Python can't read line 2"),
    "indentation": (b"def softmax(scores):\nreturn scores\n", "The indentation of line 2 is off"),
    "tabs": (b"if 1:\n        x = 1\n\ty = 2\n", "The indentation of line 3 is off"),
    "magic": (b"import numpy\n%matplotlib inline\n", "Line 2, '%matplotlib inline', works in a"),
    "shell": (b"!pip install numpy\n", "Line 1, '!pip install numpy', works in a notebook only"),
    "notebook": (b'{\n "cells": [],\n "metadata": {}\n}\n', "This notebook has no code"),
    "large notebook": (b'{"cells": [' + b"0, " * (1 << 18) + b"0]}", "This notebook has no code"),
    "UTF-16": ("x = 1\n".encode("utf-16"), "The file is written in UTF-16"),
    "input": (b"n = int(input('n? '))\n", "Line 1 waits for input()"),
    "sys.exit": (b"import sys\nsys.exit()\n", "Line 2 ends the program with sys.exit()"),
    "functions in matches": (
        "".join(
            f"{'  ' * n * 2}def f():\n{'  ' * n * 2} match x:\n{'  ' * n * 2}  case _:\n"
            for n in range(20)
        ).encode()
        + b" " * 80
        + b"a;" * 20_000,
        "predicted_labels is missing",
    ),
    "deep": (b"x = " + b"(" * 5000 + b")" * 5000, "Python can't read line 1"),
    "deep operators": (b"x = " + b"-" * 200_000 + b"1", "nested too deeply"),
    "huge": (b"#" * (1 << 21), "The file has more than 262,144 bytes"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file(graded: Callable[..., Report], name: str) -> None:
    source, sentence = BROKEN[name]
    assert sentence in load_message(graded(source))


def test_what_is_no_file_of_its_own(course: Course, tmp_path: Path) -> None:
    """A link may lead to the solution, or to what only the grader may read; a pipe has no end."""
    link, pipe, large = (tmp_path / name for name in ("link.py", "pipe.py", "large.py"))
    link.symlink_to(course.exercise("ex1").solution)
    os.mkfifo(pipe)
    with large.open("wb") as file:
        file.truncate(1 << 40)
    for path, why in (
        (link, "it is a link"),
        (pipe, "it is no regular file"),
        (tmp_path, "it is a folder"),
        (Path(os.devnull), "it is no regular file"),
        (tmp_path / "none.py", "No such file or directory"),
    ):
        with pytest.raises(grader.GradingError) as raised:
            grader.grade("ex1", path)
        assert str(raised.value) == (
            f"{path} can't be read: {why}. Give the path of a Python file itself."
        )
    assert "more than 262,144 bytes" in load_message(grader.grade("ex1", large))


@pytest.mark.parametrize("encoding", ["us-ascii", "cp1252", "utf-8", "latin-1"])
def test_a_declared_encoding(graded: Callable[..., Report], course: Course, encoding: str) -> None:
    cookie = f"# -*- coding: {encoding} -*-\n".encode()
    assert graded(cookie + course.exercise("ex1").solution.read_bytes(), checks=ONE).passed


@pytest.mark.parametrize("sign", ["\f", "\v", "\x1c", "\u2028", "\x85"])
def test_lines_are_counted_as_python_does(graded: Callable[..., Report], sign: str) -> None:
    report = graded(old=LABELS, new=f"'{sign}'; return missing\n", checks=ONE)
    result = next(c for c in report.checks if c.details["exception"])
    shown = [line["text"] for line in result.details["lines"] if line["current"]]
    assert shown == [f"    '{sign}'; return missing"]


def test_what_only_the_compiler_refuses(graded: Callable[..., Report]) -> None:
    report = graded(old="import numpy as np", new="import numpy as np\n\nreturn 1")
    number = load_message(report).split()[4].rstrip(":")
    assert load_message(report) == f"Python can't read line {number}: 'return' outside function."
    lines = report.checks[0].details["lines"]
    assert [line["text"] for line in lines if line["current"]] == ["return 1"]


USED = "Only this one file is graded, with NumPy, TensorFlow and Keras"
ABSENT = {  # lines above exercise 1's solution, lines in a function, and what is said
    "unused": ("import no_such_module, sklearn.metrics\nfrom scipy.special import softmax", "", ""),
    "in annotations": ("import pandas as pd\ndef f(x: pd.DataFrame) -> pd.Series: ...", "", ""),
    "a type that nothing has": ("import pandas as pd", "assert not isinstance(1, pd.Series)", ""),
    "done without": (
        "try:\n    import scipy\nexcept ImportError:\n    scipy = 0",
        "1 / (scipy or 1)",
        "",
    ),
    "suppressed": (
        "from contextlib import suppress\nwith suppress(ImportError):\n    import scipy",
        "assert 'scipy' not in globals()",
        "",
    ),
    "drawn": (
        "import matplotlib.pyplot as plt\nimport seaborn as sns\nsns.set()",
        "figure, axes = plt.subplots(2, 2); axes[0, 1].plot([1]); axes.title = 'a'; plt.show()",
        "",
    ),
    "exported notebook": (
        "get_ipython().run_line_magic('matplotlib', 'inline')\nget_ipython().system('pip list')\n"
        "from IPython.display import clear_output",
        "display(probabilities.shape); clear_output()",
        "",
    ),
    "used": ("import sklearn.metrics as m", "m.accuracy_score(1, 2)", f"'sklearn'. {USED}"),
    "used in loading": ("from no_such_module import f\nx = f(3)", "", f"'no_such_module'. {USED}"),
    "a parent": ("import torch\nclass A(torch.Tensor): pass", "", f"'torch'. {USED}"),
    "everything": ("from no_such_module import *", "", f"'no_such_module'. {USED}"),
    "a part of what is there": ("import numpy.nothing", "", "Is it misspelled, or from another"),
    "Colab": ("from google.colab import drive\ndrive.mount('/a')", "", "works in a notebook only"),
    "magic with code": (
        "get_ipython().run_cell_magic('time', '', 'x = 1')",
        "",
        "%%time works in a notebook only: write its lines as plain Python",
    ),
}


@pytest.mark.parametrize("name", ABSENT)
def test_what_is_not_there(graded: Callable[..., Report], course: Course, name: str) -> None:
    above, inside, sentence = ABSENT[name]
    solution = course.exercise("ex1").solution.read_text()
    assert LABELS in solution
    source = f"{above}\n" + solution.replace(LABELS, f"{inside or 'pass'}\n    {LABELS}")
    report = graded(source, checks=ONE)
    if not sentence:
        assert report.passed
    else:
        first = next(c for c in report.checks if c.verdict is not Verdict.PASSED)
        assert sentence in first.message and first.details["lines"]


def test_a_function_that_is_not_there(graded: Callable[..., Report], course: Course) -> None:
    source = course.exercise("ex1").solution.read_text()
    report = graded(f"{source}\nfrom sklearn.metrics import accuracy_score as accuracy\n")
    assert check(report, "accuracy_fraction").message.startswith(
        "Your code raised ModuleNotFoundError in ex1_predictions.py, accuracy: No module named "
        "'sklearn'. Only this one file is graded"
    )
    assert report.score > 0


def test_a_name_that_is_no_function_any_more(graded: Callable[..., Report], course: Course) -> None:
    source = course.exercise("ex1").solution.read_text()
    report = graded(f"{source}\npredicted_labels = predicted_labels(np.eye(2))\n", checks=ONE)
    messages = [c.message for c in report.checks]
    assert any(m.startswith("predicted_labels must be a function, but it") for m in messages)


def test_byte_order_mark_is_fine(graded: Callable[..., Report], course: Course) -> None:
    source = b"\xef\xbb\xbf" + course.exercise("ex1").solution.read_bytes()
    assert graded(source, checks=ONE).passed


def test_missing_function_names_the_nearest(graded: Callable[..., Report]) -> None:
    report = graded(old="def predicted_labels(", new="def predict_labels(")
    lines = Path(report.submission).read_text().splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.startswith("def predict_labels"))
    assert load_message(report) == (
        f"predicted_labels is missing. Did you mean predict_labels (line {number})? "
        "Rename it to predicted_labels."
    )


def test_missing_function_without_a_near_one(graded: Callable[..., Report]) -> None:
    report = graded("import numpy as np\n\ndef softmax(scores):\n    return scores\n")
    assert load_message(report) == (
        "predicted_labels is missing. The checks call it by exactly this name."
    )


def test_function_under_main(graded: Callable[..., Report], course: Course) -> None:
    source = course.exercise("ex1").solution.read_text()
    head, body = source.split("def predicted_labels", 1)
    lines = ("def predicted_labels" + body).splitlines(keepends=True)
    report = graded(head + "if __name__ == '__main__':\n" + "".join("    " + li for li in lines))
    assert "predicted_labels is defined under `if __name__ == '__main__':`" in load_message(report)


def test_function_inside_another(graded: Callable[..., Report]) -> None:
    report = graded("def softmax(x):\n    def predicted_labels(p):\n        pass\n    return x\n")
    assert "predicted_labels (line 2) is inside softmax" in load_message(report)


def test_names_may_come_from_anywhere(graded: Callable[..., Report]) -> None:
    report = graded(
        old=f"    {LABELS}", new=f"    {LABELS}\nlabels = predicted_labels\n", checks=ONE
    )
    assert report.passed


def test_exception_at_import(graded: Callable[..., Report]) -> None:
    report = graded(old="import numpy as np", new="import numpy as np\n\nx = 1 / 0")
    assert "Loading the file raised ZeroDivisionError in line" in load_message(report)
    lines = report.checks[0].details["lines"]
    assert [line["text"] for line in lines if line["current"]] == ["x = 1 / 0"]


def test_exit_at_import_that_only_running_shows(graded: Callable[..., Report]) -> None:
    report = graded(old="import numpy as np", new="import numpy as np\nif True:\n    exit(3)")
    assert "ends the program while the file loads" in load_message(report)


def test_relative_import(graded: Callable[..., Report]) -> None:
    report = graded(old="import numpy as np", new="import numpy as np\nfrom . import helper")
    assert "Loading the file raised ImportError" in load_message(report)


def test_endless_loop_at_import(graded: Callable[..., Report]) -> None:
    report = graded(old="import numpy as np", new="import numpy as np\nwhile True: pass", timeout=1)
    assert "still loading after 1 s" in load_message(report)
    assert report.checks[0].verdict is Verdict.TIMEOUT


def test_a_module_beside_the_file_is_not_imported(
    graded: Callable[..., Report], tmp_path: Path
) -> None:
    (tmp_path / "numpy.py").write_text("raise SystemExit('the wrong numpy')")
    assert graded(old=LABELS, new=LABELS, checks=ONE).passed


# what goes wrong in one function

WRONG = {
    "forgot return": ("np.argmax(probabilities, axis=1)\n", "Did you forget `return`?"),
    "generator": ("yield from probabilities\n", "a generator (yield instead of return?)"),
    "method": ("return probabilities.argmax\n", "a function, not what it returns (are round"),
    "class": ("return np.ndarray\n", "a class, not an object of it (are round brackets missing?)"),
    "lazy": ("return map(np.argmax, probabilities)\n", "(list(...) makes a list of it)"),
    "input": ("return input()\n", "waits for input() in ex1_predictions.py:"),
    "exit": ("raise SystemExit\n", "ends the program (sys.exit, exit or quit) in ex1_predictions"),
    "exception": ("return probabilities[99999]\n", "Your code raised IndexError in ex1_pred"),
    "memory": ("return np.ones(10**12)\n", "used more memory than is allowed"),
    "recursion": ("return predicted_labels(probabilities)\n", "raised RecursionError"),
    "network": (
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1')\n",
        "tried to use the network",
    ),
    "program": ("import os; os.popen('ls')\n", "Your code starts another program in ex1_pred"),
    "event loop": ("import asyncio; asyncio.run(None)\n", "Your code opens a socket in ex1_pred"),
    "misspelled": ("import nunpy; nunpy.a()\n", "No module named 'nunpy'. Did you mean numpy?"),
    "sorted": (
        "order = list(probabilities)\n    order = order.sort(key=sum)\n    return order[0]\n",
        "uses what sort() returns, which is None: it changes its list or array in place.",
    ),
    "data set": (
        "raise PermissionError(13, 'Permission denied', '/tmp/.keras')\n",
        "Data sets come from grader.datasets",
    ),
    "end of a file": ("raise EOFError('No data left in file')\n", "raised EOFError in ex1_pred"),
    "much too large": (
        "return np.zeros(200 << 20, np.uint8)\n",
        "predicted_labels returned something too large to check (more than 128 MiB of arrays",
    ),
    "a list of large arrays": (
        "return [np.zeros(1 << 20, np.uint8)] * 100 + [np.zeros(1 << 20)]\n",
        "Expected an array, got a list of length 101",
    ),
    "an endless array of nothing": (
        "return np.zeros((1 << 27, 1 << 27, 0))\n",
        "an array of nothing, without end",
    ),
    "wrong type": ("return 'nine'\n", "Expected an array, got the string 'nine'"),
    "strings": ("return [str(p) for p in probabilities]\n", "Labels are numbers, not names"),
    "ragged": ("return [[1], [1, 2]]\n", "Expected an array"),
    "objects": ("return probabilities.argmax(axis=1).astype(object)\n", "plain numbers"),
    "its own class": ("return type('Labels', (), {})()\n", "an object of type Labels"),
}


def test_an_empty_body_is_no_mistake_yet(graded: Callable[..., Report], course: Course) -> None:
    solution = course.exercise("ex1").solution.read_text()
    empty = '    """Doc."""\n    ...\n\n\ndef _rest(probabilities):\n'
    head, _, tail = solution.partition("def predicted_labels(")
    signature, _, body = tail.partition("\n")
    source = f"{head}def predicted_labels({signature}\n{empty}{body}"
    result = check(graded(source, checks=ONE), "labels_argmax")
    assert (result.verdict, result.message) == (
        Verdict.TODO,
        "predicted_labels is not written yet.",
    )


@pytest.mark.parametrize("name", WRONG)
def test_wrong_function(graded: Callable[..., Report], name: str) -> None:
    body, sentence = WRONG[name]
    result = check(graded(old=LABELS, new=body, checks=ONE), "labels_argmax")
    assert sentence in result.message
    assert result.verdict in (Verdict.FAILED, Verdict.ERROR)


def test_one_wrong_function_spoils_no_other(graded: Callable[..., Report]) -> None:
    report = graded(old=LABELS, new=WRONG["exit"][0])
    assert check(report, "labels_argmax").verdict is Verdict.ERROR
    assert check(report, "softmax_values").verdict is Verdict.PASSED
    assert check(report, "real_predictions").verdict is Verdict.BLOCKED


def test_endless_loop_is_over_within_its_limit(graded: Callable[..., Report]) -> None:
    # by the checker, which knows the function; the grader's own alarm rings GRACE later
    names = ["softmax_values", *ONE]
    report = graded(old=LABELS, new="while True: pass\n", timeout=3, checks=names)
    result = check(report, "labels_argmax")
    assert result.verdict is Verdict.TIMEOUT
    assert result.message == (
        "predicted_labels was still running after 3 s and was stopped. Is there an endless loop, "
        "or one that does the same work again in each turn?"
    )
    assert check(report, "softmax_values").verdict is Verdict.PASSED


def test_learners_own_lines_and_prints(graded: Callable[..., Report]) -> None:
    body = "print('shape', probabilities.shape)\n    return undefined\n"
    report = graded(old=LABELS, new=body, checks=ONE)
    result = check(report, "labels_argmax")
    assert result.verdict is Verdict.ERROR
    assert result.details["exception"] == {
        "type": "NameError",
        "message": "name 'undefined' is not defined",
    }
    assert [li["text"] for li in result.details["lines"] if li["current"]] == [
        "    return undefined"
    ]
    assert result.details["printed"].startswith("shape (")


def test_much_printing_is_bounded(graded: Callable[..., Report]) -> None:
    body = "print('x' * 10**6)\n    return probabilities\n"
    report = graded(old=LABELS, new=body, checks=ONE)
    assert len(check(report, "labels_argmax").details["printed"]) < 20_000


def test_no_frame_or_source_of_ours_in_any_message(
    graded: Callable[..., Report], course: Course
) -> None:
    secret = [
        line.strip()
        for line in course.exercise("ex1").checks_file.read_text().splitlines()
        if "expect." in line or "np." in line
    ]
    for body in ("return None\n", "return 1\n", "return [probabilities]\n", "1/0\n"):
        text = str(graded(old=LABELS, new=body, checks=ONE).to_dict())
        assert not [line for line in secret if line in text]
        assert "site-packages" not in text and "/grader/" not in text


# the report


def test_report_has_exactly_the_promised_keys(graded: Callable[..., Report]) -> None:
    report = graded(old=LABELS, new="return 1\n")
    told = report.to_dict()
    assert list(told) == [
        "schema", "exercise", "title", "submission", "seed", "score", "max_score", "graded",
        "passed", "verified", "digest", "time", "submitted", "course_hash", "protection",
        "versions", "seconds", "notes", "checks",
    ]  # fmt: skip
    assert list(told["versions"]) == ["grader", "python", "numpy", "tensorflow", "keras"]
    assert told["protection"] == {"level": "full", "missing": []}
    for result in told["checks"]:
        assert list(result) == [
            "name", "title", "verdict", "points", "max_points", "message", "details", "hint",
            "concept", "seconds", "bonus", "craft", "misconception",
        ]  # fmt: skip
        assert set(result["details"]) >= {"expected", "got", "lines", "exception", "printed"}
        assert type(result["points"]) is int


def test_the_same_seed_draws_the_same(graded: Callable[..., Report]) -> None:
    def details(seed: int) -> list[dict]:
        report = graded(old=LABELS, new="return 1\n", seed=seed, checks=ONE)
        return [c.details for c in report.checks]

    assert details(7) == details(7)
    assert details(7) != details(8)


def test_events_come_as_they_happen(graded: Callable[..., Report], course: Course) -> None:
    events: list[Event] = []
    report = graded(old=LABELS, new=LABELS, on_event=events.append)
    names = [c.name for c in course.exercise("ex1").checks]
    told = [e.check if isinstance(e, Activity) else e.name for e in events]
    assert sorted(told) == sorted(2 * names)
    for name in names:  # a check is announced, then its result comes
        first = events[told.index(name)]
        assert isinstance(first, Activity)
    assert {e.name: e for e in events if isinstance(e, CheckResult)} == {
        c.name: c for c in report.checks
    }


def test_what_needs_numpy_only_loads_no_tensorflow(course: Course) -> None:
    report = grader.grade("ex1", course.exercise("ex1").solution, checks=ONE)
    assert report.passed and report.versions["tensorflow"] is None


def test_two_gradings_share_one_server(graded: Callable[..., Report]) -> None:
    assert not graded(old=LABELS, new="os._exit(0)\n", checks=ONE).passed
    assert graded(old=LABELS, new=LABELS, checks=ONE).passed


def test_data_needs_no_file(server: grader.Server, course: Course) -> None:
    data = course.exercise("ex1").solution.read_bytes()
    report = grader.grade("ex1", data=data, name="ada.py", server=server, checks=ONE)
    assert report.passed and report.submission == "ada.py"


def test_a_limit_for_the_whole_file_keeps_what_was_graded(graded: Callable[..., Report]) -> None:
    body = "__import__('time').sleep(600)\n"
    report = graded(old=LABELS, new=body, timeout=600, limit=4)
    late = check(report, "labels_argmax")
    assert late.verdict is Verdict.TIMEOUT
    assert late.message.startswith("The time limit for the whole file, 4 s, ran out")
    kept = [c for c in report.checks if c.verdict is Verdict.PASSED]
    assert report.graded and not report.passed and report.score == sum(c.points for c in kept)
    assert len(report.checks) == len(Course.open().exercise("ex1").checks)


def test_a_limit_that_is_over_at_once(graded: Callable[..., Report]) -> None:
    assert {c.verdict for c in graded(limit=0).checks} == {Verdict.TIMEOUT}
    assert graded(limit=600, checks=ONE).passed


def test_unreadable_file(server: grader.Server, tmp_path: Path) -> None:
    with pytest.raises(grader.GradingError, match=r"nothing\.py can't be read: No such file"):
        grader.grade("ex1", tmp_path / "nothing.py", server=server)


def test_unknown_exercise_names_the_nearest(server: grader.Server, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"no exercise 'ex1_prediction'\. Did you mean ex1_pred"):
        grader.grade("ex1_prediction", tmp_path, server=server)


def test_nothing_survives(graded: Callable[..., Report], server: grader.Server) -> None:
    graded(old=LABELS, new="while True: pass\n", timeout=1)
    (here,) = Path("/proc/self/task").glob(f"{os.getpid()}/children")
    servers = here.read_text().split()
    forks = [Path(f"/proc/{pid}/task/{pid}/children").read_text() for pid in servers]
    assert forks
    assert not any(forks)
    with grader.Server() as own:
        grader.grade("ex1", Course.open().exercise("ex1").solution, server=own, checks=ONE)
        folder = Path(own.folder)
        assert folder.exists()
    assert not folder.exists()


@pytest.mark.thorough
def test_without_forks_each_process_is_started_anew(course: Course) -> None:
    with grader.Server(forks=False) as server:
        report = grader.grade("ex1", course.exercise("ex1").solution, server=server)
    assert report.passed
    assert report.protection.level == "full"


@pytest.mark.thorough
def test_missing_layers_are_named(course: Course) -> None:
    with grader.Server(without=frozenset({"seccomp"})) as server:
        report = grader.grade("ex1", course.exercise("ex1").solution, server=server)
    assert report.passed and not report.verified
    assert report.protection.level == "partial"
    assert report.protection.missing == ("seccomp",)


@pytest.mark.thorough
def test_missing_tensorflow_is_one_sentence(course: Course, tmp_path: Path) -> None:
    """In an environment without TensorFlow, a file that needs none is still graded."""
    code = """
import sys, importlib.util
from pathlib import Path
import grader
from grader.sandbox import interpreters
real = interpreters.interpreter
def interpreter(function, *arguments):  # an interpreter in which TensorFlow is not installed
    command = real(function, *arguments)
    command[-1] = "import sys; sys.modules['tensorflow'] = None; " + command[-1]
    return command
interpreters.interpreter = interpreter
report = grader.grade("ex1", sys.argv[1])
print(report.checks[0].name, report.checks[0].message)
print(grader.grade("ex1", sys.argv[2]).passed)
"""
    solution = course.exercise("ex1").solution
    needy = tmp_path / "needy.py"
    needy.write_text(
        solution.read_text().replace("import numpy", "import tensorflow\nimport numpy")
    )
    command = [sys.executable, "-c", code, str(needy), str(solution)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told[0].startswith("load TensorFlow could not be started (ModuleNotFoundError")
    assert told[1] == "True"


# models, stand-ins and callbacks across the wire


@pytest.fixture(scope="module")
def models() -> grader.Server:
    with grader.Server(MODELS) as server:
        yield server


@pytest.fixture
def model_report(models: grader.Server, tmp_path: Path) -> Callable[[str, str], Report]:
    solution = MODELS / "solutions" / "ex1_models" / "solution.py"

    def grade(old: str, new: str) -> Report:
        path = tmp_path / "ex1_models.py"
        assert old in solution.read_text()
        path.write_text(solution.read_text().replace(old, new))
        return grader.grade("ex1", path, server=models)

    return grade


@pytest.mark.thorough
def test_models_cross_the_wire(model_report: Callable[[str, str], Report]) -> None:
    report = model_report("", "")
    assert [c.name for c in report.checks if c.verdict is not Verdict.PASSED] == []
    assert report.verified and report.max_score == 10


MODEL_MESSAGES = {
    "lying weights": (
        "return keras.Sequential(",
        "import numpy as np\n"
        "    keras.Sequential.get_weights = lambda self: [np.zeros((3, 3))]\n"
        "    return keras.Sequential(",
        "can't be rebuilt for measuring: You called `set_weights(weights)` on layer",
    ),
    "huge": ("keras.layers.Dense(units", "keras.layers.Dense(20_001", "a size of 20,001 is too"),
    "subclass": (
        "return keras.Sequential(",
        "class Mine(keras.Sequential):\n        pass\n\n    return Mine(",
        "The model is an instance of Mine, a class of its own. Build it with keras.Sequential",
    ),
    "lambda": (
        "keras.layers.Flatten(),",
        "keras.layers.Flatten(), keras.layers.Lambda(lambda x: x),",
        "can't be rebuilt for measuring: the layer Lambda runs code of its own",
    ),
    "no model": ("return keras.Sequential(", "return list(", "Expected a Keras model, got a"),
    "function": (
        'activation="relu"',
        "activation=lambda x: x",
        "can't be rebuilt for measuring: an activation is a function of its own",
    ),
}


@pytest.mark.thorough
@pytest.mark.parametrize("name", MODEL_MESSAGES)
def test_model_that_can_not_be_rebuilt(
    model_report: Callable[[str, str], Report], name: str
) -> None:
    old, new, sentence = MODEL_MESSAGES[name]
    result = check(model_report(old, new), "a_model_is_rebuilt")
    assert result.verdict is Verdict.FAILED
    assert sentence in result.message


@pytest.mark.thorough
def test_functional_model_and_tensorflow_activations(
    model_report: Callable[[str, str], Report],
) -> None:
    old = MODELS.joinpath("solutions/ex1_models/solution.py").read_text()
    begin, end = old.index("    return keras.Sequential"), old.index("    ### END SOLUTION")
    new = """    import tensorflow as tf
    inputs = keras.Input((28, 28))
    x = keras.layers.Flatten()(inputs)
    x = keras.layers.Dense(units, activation=tf.nn.relu)(x)
    return keras.Model(inputs, keras.layers.Dense(10, activation=tf.nn.softmax)(x))
"""
    result = check(model_report(old[begin:end], new), "a_model_is_rebuilt")
    assert result.verdict is Verdict.PASSED


def test_some_checks_only(graded: Callable[..., Report]) -> None:
    names = ["real_predictions", "softmax_stable"]
    report = graded(old=LABELS, new=LABELS, checks=names)
    assert [c.name for c in report.checks] == ["softmax_stable", "real_predictions"]
    assert report.passed and report.max_score == 4


def test_no_more_descriptors_is_one_sentence(course: Course) -> None:
    code = """
import resource, sys, grader
resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8))
report = grader.grade("ex1", sys.argv[1])
print(report.graded, report.checks[0].message)
"""
    command = [sys.executable, "-c", code, str(course.exercise("ex1").solution)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert done.stdout.startswith("False ") and "[Errno 24] Too many open files" in done.stdout
    assert "This is not your mistake." in done.stdout
    assert done.stderr == ""


def test_checks_that_can_not_be_run_are_the_courses_fault(tmp_path: Path) -> None:
    folder = tmp_path / "solutions" / "ex1_broken"
    folder.mkdir(parents=True)
    source = '"""Broken."""\n\n\ndef double(x):\n    return 2 * x\n'
    (folder / "solution.py").write_text(source)
    (folder / "checks.py").write_text('def test_it(learner):\n    """It."""\n\nraise KeyError(1)\n')
    with pytest.raises(CourseError, match=r"checks\.py can't be run: .*KeyError: 1"):
        grader.grade("ex1", folder / "solution.py", course=tmp_path)


HANGS = 60.0  # seconds: far more than a busy machine needs, far less than without a limit
SLOW_TO_READ = {
    "attributes": b"x = a" + b".b" * 900 + b"()",
    "elifs": b"if a:\n    pass\n" + b"elif a:\n    pass\n" * 1500,
    "a sum": b"if 1" + b"+1" * 2500 + b":\n    x = 1\n",
    "calls": b"x = f([" + b"1," * 100_000 + b"])" + b".a()" * 60,
    "punycode": b"# coding: punycode\n" + b"abcdefg-" * 50_000,
}


@pytest.mark.parametrize("name", SLOW_TO_READ)
def test_what_is_hard_to_read_is_refused_soon(graded: Callable[..., Report], name: str) -> None:
    begin = time.monotonic()
    assert load_message(graded(SLOW_TO_READ[name]))
    assert time.monotonic() - begin < HANGS


def test_no_checks_are_no_pass(graded: Callable[..., Report]) -> None:
    assert not graded(old=LABELS, new=LABELS, checks=[]).passed


@pytest.mark.thorough
def test_a_flood_of_numbers_is_over_within_the_limit(graded: Callable[..., Report]) -> None:
    begin = time.monotonic()
    report = graded(old=LABELS, new="return [np.float64(1)] * 4_000_000\n", timeout=3)
    assert check(report, "labels_argmax").verdict in (Verdict.ERROR, Verdict.TIMEOUT)
    assert time.monotonic() - begin < HANGS
    report = graded(
        old="return float(np.mean(np.argmax(probabilities, axis=1) == labels))",
        new="return np.zeros((100_000_000, 1), np.uint8)",
    )
    result = check(report, "accuracy_fraction")
    assert result.message.startswith("Expected one number, got an array of shape")


@pytest.mark.thorough
def test_a_training_tells_how_far_it_is_and_its_losses(
    course: Course, server: grader.Server
) -> None:
    exercise, events = course.exercise("ex8"), list[Event]()
    report = grader.grade(
        exercise,
        exercise.solution,
        checks=["works_in_real_fit"],
        server=server,
        on_event=events.append,
    )
    losses = report.checks[0].details["losses"]
    assert report.passed and losses == sorted(losses, reverse=True)
    told = [e.text for e in events if isinstance(e, Activity) and e.text.startswith("epoch ")]
    newest = told[-len(losses) :]  # the check trains twice
    epochs = re.fullmatch(r"epoch 1 of (\d+), loss \d\.\d{3}, \d+ s left at most", newest[0])
    assert epochs and newest[-1].startswith(f"epoch {len(losses)} of {epochs[1]}, loss ")
    assert f"loss {losses[-1]:.3f}" in newest[-1]
