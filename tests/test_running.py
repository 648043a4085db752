"""``grade run``: the learner's own program, as ``python`` runs it."""

from pathlib import Path

import pytest

from support import FIRST, Terminal, called, complaint, run

pytestmark = pytest.mark.thorough

LOGS = """
import os, sys
os.write(2, b"WARNING: All log messages before absl::InitializeLog() is called are ...\\n")
os.write(2, b"E0000 00:00:1795869203.097643   14201 cuda_platform.cc:52] failed call to cuInit\\n")
print("out", os.environ["TF_CPP_MIN_LOG_LEVEL"])
print("mine", file=sys.stderr)
"""


@pytest.fixture
def work(tmp_path: Path) -> Path:
    called(tmp_path, "init", "work")
    return tmp_path / "work"


def ran(work: Path, source: str, **variables: str) -> tuple[int, str, str]:
    (work / FIRST).write_text(source, "utf-8")
    done = run(work, "run", "ex1", **variables)
    return done.returncode, done.stdout, done.stderr


def test_the_program_without_tensorflows_log(work: Path) -> None:
    assert ran(work, LOGS) == (0, "out 3\n", "mine\n")
    assert ran(work, LOGS, TF_CPP_MIN_LOG_LEVEL="1")[1] == "out 1\n"


def test_the_exit_code_is_the_programs(work: Path) -> None:
    assert ran(work, "import sys; sys.exit(7)") == (7, "", "")
    assert ran(work, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")[0] == 128 + 9


def test_it_runs_as_the_main_program_beside_its_files(work: Path) -> None:
    (work / "exercises/helper.py").write_text("x = 3\n")
    assert ran(work, "import helper\nif __name__ == '__main__': print(helper.x)")[1] == "3\n"


def test_what_is_not_written_yet_is_named_by_grading(work: Path) -> None:
    code, _, errors = ran(work, "def f():\n    raise NotImplementedError\nf()")
    assert code == 1 and "line 3, in <module>" in errors
    last = errors.splitlines()[-1]
    assert last == "A function that this needs is not written yet. `grade ex1` says which."


def test_plots_need_a_package(work: Path) -> None:
    absent = "raise ModuleNotFoundError(\"No module named 'matplotlib'\")"
    code, _, errors = ran(work, absent)
    assert code == 1
    assert errors.endswith("Plots need matplotlib. Install it with `pip install matplotlib`.\n")


def test_a_notebook_and_a_missing_file_are_sentences(work: Path) -> None:
    (work / FIRST).unlink()
    assert "`grade reset ex1`" in complaint(called(work, "run", "ex1"))
    (work / FIRST).with_suffix(".ipynb").write_text("{}")
    told = complaint(called(work, "run", "ex1"))
    assert told == "exercises/ex1_predictions.ipynb is a notebook. Run its cells in Jupyter."


def test_ctrl_c_is_for_the_program(work: Path) -> None:
    source = """
import time
try:
    print("begun", flush=True)
    time.sleep(600)
except KeyboardInterrupt:
    print("ended by hand")
    raise SystemExit(5)
"""
    (work / FIRST).write_text(source)
    terminal = Terminal(work, "grade", "run", "ex1")
    terminal.sees("begun")
    terminal.types("\x03")
    assert terminal.ends() == 5
    assert "ended by hand" in terminal.text and "Traceback" not in terminal.text


def test_what_the_program_asks_is_seen_before_it_is_answered(work: Path) -> None:
    (work / FIRST).write_text("name = input('Who are you? ')\nprint('Hello', name)\n")
    terminal = Terminal(work, "grade", "run", "ex1")
    terminal.sees("Who are you?")
    terminal.types("Ada\r")
    assert terminal.ends() == 0
    assert terminal.text.endswith("Hello Ada")


def test_a_plot_is_drawn_in_the_terminal(work: Path) -> None:
    pytest.importorskip("matplotlib")
    source = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nprint('after')\n"
    code, out, _ = ran(work, source, DISPLAY="", WAYLAND_DISPLAY="", MPLBACKEND="")
    told = '[A plot: see it in a terminal, or save it with plt.savefig("plot.png").]\nafter\n'
    assert (code, out) == (0, told)
    terminal = Terminal(
        work, "env", "-u", "DISPLAY", "-u", "WAYLAND_DISPLAY", "grade", "run", "ex1"
    )
    assert terminal.ends() == 0
    assert "▀" * 99 in terminal.text and terminal.text.endswith("after")
