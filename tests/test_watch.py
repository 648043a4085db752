"""``grade watch``: real saves, in a real pseudo-terminal and piped."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from grader.course import Course, Exercise
from grader.engine.checking import Cancelled
from grader.engine.grading import grade
from grader.engine.server import Server
from grader.report import CheckResult, Event
from grader.workspace import Workspace
from notebooks import notebook as in_a_notebook
from support import (
    ANSI,
    GRADE,
    RIGHT,
    WRONG,
    Terminal,
    alive,
    children,
    descendants,
    environment,
    filled_in,
    new_course,
    plain,
    run,
    shell,
)

pytestmark = pytest.mark.thorough

PASSED, FAILED, BROKEN = "All 2 checks passed", "This is the SUM", "could not be loaded"
KEYS = "n next · h hint · q quiz · r reset · l list · x exit"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of two small exercises, which need no TensorFlow."""
    return new_course(tmp_path / "course", "first", "second")


@pytest.fixture
def file(tmp_path: Path, course: Path) -> Path:
    """The first exercise's file in a learner's folder."""
    folder = tmp_path / "workspace"
    shutil.copytree(course / "exercises", folder / "exercises")
    return folder / "exercises/ex1_first.py"


def source(file: Path, line: str) -> str:
    """The stub of a file, with this line in its function."""
    return filled_in(file.parent.parent.with_name("course") / "exercises" / file.name, line)


def save(file: Path, line: str) -> None:
    """Save a file with this line in its function, by renaming."""
    new = file.with_suffix(".new")
    new.write_text(source(file, line), "utf-8")
    new.rename(file)


@pytest.fixture
def watching(file: Path) -> Iterator[Callable[..., Terminal]]:
    """Saves a line in the file, and starts watching in a terminal until the keys are shown."""
    started: list[Terminal] = []

    def start(
        *words: str, saved: str = "", sees: Sequence[str] = (), columns: int = 100
    ) -> Terminal:
        if saved:
            save(file, saved)
        command = (GRADE, "watch", *words, "--course", "../course")
        started.append(Terminal(file.parent.parent, *command, columns=columns))
        started[-1].sees(*sees, KEYS)
        return started[-1]

    yield start
    for terminal in started:
        terminal.child.close(force=True)


def gradings(file: Path) -> int:
    """How many gradings have been kept."""
    import sqlite3

    with sqlite3.connect(Workspace(file.parent.parent).store.path) as connection:
        return connection.execute("SELECT COUNT(*) FROM grading").fetchone()[0]


# what is saved


def test_from_a_stub_to_a_pass(watching: Callable[..., Terminal], file: Path) -> None:
    learner = watching(
        "ex1", sees=["Watching exercises/ex1_first.py", "0 of 3 points", "Write your code in"]
    )
    save(file, WRONG)
    learner.sees(FAILED, "0 of 3 points", "Fix it and save", "or get a hint: h", KEYS)
    save(file, RIGHT)
    learner.sees("The brightness of an image", "2/2", PASSED, "3 of 3 points")
    learner.sees("since your last run: 2 fixed", "Next exercise: n", KEYS)
    learner.types("x")
    assert learner.ends() == 0
    assert gradings(file) == 3


def test_an_error_of_syntax(watching: Callable[..., Terminal], file: Path) -> None:
    learner = watching("ex1", saved=RIGHT, sees=[PASSED])
    for number in range(5):
        file.write_text(f"def wrong(:  # {number}\n")
        learner.sees(BROKEN)
        seen = learner.sees("def wrong(:", "0 of 2 checks", KEYS)
        assert "get a hint" not in seen
        time.sleep(0.1)
    save(file, RIGHT)
    learner.sees(PASSED, KEYS)


def test_a_notebook(watching: Callable[..., Terminal], file: Path) -> None:
    """What Jupyter saves by itself, pictures and checkpoints, is not graded again."""
    notebook = file.with_suffix(".ipynb")
    file.unlink()

    def saves(line: str, picture: str = "", to: Path = notebook) -> None:
        code = filled_in(file.parent.parent.with_name("course") / "exercises" / file.name, line)
        outputs = [{"output_type": "display_data", "data": {"image/png": picture}}]
        new = to.with_name(f".~{to.name}")
        new.write_bytes(in_a_notebook(code, outputs=outputs))
        new.rename(to)

    saves(WRONG)
    learner = watching("ex1", sees=["ex1_first.ipynb", FAILED])
    checkpoints = file.with_name(".ipynb_checkpoints")
    checkpoints.mkdir()
    saves(RIGHT, to=checkpoints / "ex1_first-checkpoint.ipynb")
    saves(WRONG, "a picture")
    learner.reads(1.5)
    saves(RIGHT, "a picture")
    learner.sees(PASSED, KEYS)
    notebook.write_text("{")
    learner.sees("could not be loaded", KEYS)
    saves(RIGHT, "a picture")
    learner.sees(PASSED, KEYS)
    learner.types("x")
    assert learner.ends() == 0
    assert gradings(file) == 4


def in_place(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")


def by_renaming(file: Path, text: str) -> None:
    file.with_name("4913").write_text(text, "utf-8")
    file.rename(file.with_name(file.name + "~"))
    time.sleep(0.03)
    file.with_name("4913").rename(file)


def emptied_first(file: Path, text: str) -> None:
    file.write_text("")
    time.sleep(0.2)
    file.write_text(text, "utf-8")


def in_pieces(file: Path, text: str) -> None:
    with file.open("w", encoding="utf-8") as stream:
        for start in range(0, len(text), 200):
            stream.write(text[start : start + 200])
            stream.flush()
            time.sleep(0.02)
    os.utime(file)
    file.chmod(0o600)


@pytest.mark.parametrize("saves", [in_place, by_renaming, emptied_first, in_pieces])
def test_ways_to_save(
    watching: Callable[..., Terminal], file: Path, saves: Callable[[Path, str], None]
) -> None:
    learner = watching("ex1")
    for number in range(3):
        saves(file, source(file, f"{RIGHT}  # {number}"))
        assert BROKEN not in learner.sees(PASSED, KEYS)
    learner.reads(0.7)
    assert gradings(file) == 4  # each save once


def test_a_link_is_not_followed(watching: Callable[..., Terminal], file: Path) -> None:
    there = file.parent.parent / "elsewhere.py"
    file.rename(there)
    file.symlink_to(there)
    command = ("watch", "ex1", "--course", "../course")
    assert Terminal(file.parent.parent, GRADE, *command).ends() == 2
    learner = watching()
    there.write_text(source(file, RIGHT), "utf-8")
    file.unlink()
    file.symlink_to(there)
    learner.sees("it is a link", KEYS)
    assert PASSED not in learner.text


def test_whichever_is_saved(watching: Callable[..., Terminal], file: Path) -> None:
    learner = watching(sees=("Watching exercises/:", "0 of 3 points"))
    learner.sees("0 of 2 exercises passed")
    second = file.with_name("ex2_second.py")
    save(second, RIGHT)
    learner.sees("ex2 · The second", PASSED, KEYS)
    save(file, WRONG)
    learner.sees("ex1 · The first", FAILED, KEYS)
    assert gradings(file) == 3  # the first at the beginning


def test_two_that_are_saved_at_once(watching: Callable[..., Terminal], file: Path) -> None:
    """Both are graded, one below the other."""
    learner = watching()
    save(file, WRONG)
    save(file.with_name("ex2_second.py"), RIGHT)
    learner.sees("ex1 · The first", FAILED, KEYS, "ex2 · The second", PASSED, KEYS)
    assert gradings(file) == 3  # the first at the beginning
    assert "\x1b[2J" not in learner.raw.rpartition("The first")[2]  # it can still be read


def test_one_that_is_saved_while_another_is_graded(
    watching: Callable[..., Terminal], file: Path
) -> None:
    learner = watching()
    save(file, f"import time; time.sleep(2); {WRONG}")
    learner.sees("ex1 · The first", "check 1 of 2")
    save(file.with_name("ex2_second.py"), RIGHT)
    learner.sees(FAILED, KEYS, "ex2 · The second", PASSED, KEYS)
    assert gradings(file) == 3  # the first at the beginning


def test_a_key_leaves_what_waits(watching: Callable[..., Terminal], file: Path) -> None:
    learner = watching()
    save(file, f"import time; time.sleep(2); {WRONG}")
    save(file.with_name("ex2_second.py"), RIGHT)
    learner.sees("ex1 · The first", "check 1 of 2")
    learner.types("l")
    learner.sees("○ ex2 The second", KEYS)
    learner.sees("ex1 · The first", FAILED, KEYS, "ex2 · The second", PASSED, KEYS)
    assert gradings(file) == 3  # the first at the beginning


def test_only_one_is_watched(watching: Callable[..., Terminal], file: Path) -> None:
    learner = watching("ex1")
    save(file.with_name("ex2_second.py"), RIGHT)
    learner.reads(0.7)
    assert "The second" not in learner.text
    learner.types("n")
    learner.sees("ex2 · The second", PASSED, KEYS)
    save(file, RIGHT)
    save(file.with_name("ex2_second.py"), WRONG)
    learner.sees("ex2 · The second", FAILED, KEYS)
    assert learner.text.count("ex1 · The first") == 1


def test_a_save_begins_anew(watching: Callable[..., Terminal], file: Path) -> None:
    learner = watching("ex1")
    save(file, "import time; time.sleep(8)")
    learner.sees("check 1 of 2")
    learner.reads(0.3)
    save(file, RIGHT)
    learner.sees("Interrupted: exercises/ex1_first.py has changed", PASSED, KEYS)
    assert gradings(file) == 2  # not the one that was cancelled


def test_the_last_red_check_comes_first(course: Path, tmp_path: Path) -> None:
    exercise = Course.open().exercise("ex1")
    path = tmp_path / "workspace/exercises" / exercise.stub.name
    path.parent.mkdir(parents=True)
    wrong = next(m for m in exercise.misconceptions if m.fails == "accuracy_fraction")
    shutil.copy(wrong.path, path)
    learner = Terminal(path.parent.parent, GRADE, "watch", "ex1")
    title = next(c.title for c in exercise.checks if c.name == wrong.fails)
    learner.sees(f"✗ {title}", KEYS)
    shutil.copy(exercise.solution, path)
    learner.sees("exercises/ex1_predictions.py", f"✓ {title}", f"✓ {exercise.checks[0].title}")
    learner.sees(PASSED.replace("2", str(len(exercise.checks))), KEYS)
    learner.child.close(force=True)


def test_where_no_system_tells_of_a_save(watching: Callable[..., Terminal], file: Path) -> None:
    learner = watching("ex1")
    folder = file.parent
    shutil.copytree(folder, folder.with_name("copy"))
    folder.rename(folder.with_name("old"))
    folder.with_name("copy").rename(folder)  # nobody watches this one
    learner.reads(0.6)
    save(file, WRONG)
    learner.sees(FAILED, KEYS)


def test_a_file_that_is_gone(watching: Callable[..., Terminal], file: Path) -> None:
    learner = watching("ex1")
    file.unlink()
    learner.sees("There is no file exercises/ex1_first.py.", "grade reset ex1", KEYS)
    save(file, RIGHT)
    learner.sees(PASSED)


# keys


def test_keys(watching: Callable[..., Terminal], file: Path) -> None:
    learner = watching("ex1", saved=WRONG, sees=[FAILED])
    learner.types("h")
    learner.sees("hint 1 of", "Which axes does one image have")
    learner.sees("Fix it and save the file", "Not enough? h", KEYS)
    learner.types("?H")
    learner.sees("hint 2 of", KEYS)
    learner.types("l")
    learner.sees("○ ex1 The first", "0 of 2 checks", "○ ex2 The second", KEYS)
    learner.types("q")
    learner.sees("question 1 of", "then Enter")
    learner.types("\r")
    learner.sees("Press Enter to continue")
    learner.types("\x03")
    learner.sees("your answers so far are kept", "Continue with `q`.", KEYS)
    learner.types("x")
    assert learner.ends() == 0


def test_reset_and_next(watching: Callable[..., Terminal], file: Path) -> None:
    learner = watching("ex1", saved=WRONG, sees=[FAILED])
    learner.types("r")
    learner.sees("Start exercises/ex1_first.py over?")
    learner.types("n")
    learner.sees(KEYS)
    learner.types("r")
    learner.sees("Start exercises/ex1_first.py over?")
    learner.types("y")
    learner.sees("Your code is saved in", KEYS, "0 of 3 points", KEYS)
    assert "NotImplementedError" in file.read_text("utf-8")
    learner.types("n")
    learner.sees("ex2 · The second", KEYS)
    learner.types("n")
    learner.sees("This is the last exercise", KEYS)
    learner.types("X")
    assert learner.ends() == 0


def test_a_key_during_a_grading(watching: Callable[..., Terminal], file: Path) -> None:
    learner = watching("ex1", saved=WRONG, sees=[FAILED])
    save(file, f"import time; time.sleep(2); {WRONG}")
    learner.sees("check 1 of 2")
    learner.types("h")
    learner.sees("Interrupted: it is graded again below.", "Which axes does one image have", KEYS)
    learner.sees("ex1 · The first", FAILED, KEYS)  # graded from its start
    assert gradings(file) == 2


def test_a_hint_for_what_was_graded_at_the_beginning(
    watching: Callable[..., Terminal], file: Path
) -> None:
    learner = watching()
    learner.types("h")
    learner.sees("hint 1 of", KEYS)


@pytest.mark.parametrize("how", ["x", "\x03", "\x04", signal.SIGTERM])
@pytest.mark.parametrize("when", ["idle", "grading"])
def test_the_terminal_is_as_before(file: Path, how: str | int, when: str) -> None:
    save(file, WRONG)
    script = 'trap : INT; stty -g; "$0" watch ex1 --course ../course; echo code $?; stty -g'
    learner = Terminal(file.parent.parent, "/bin/sh", "-c", script, str(GRADE))
    learner.sees(KEYS)
    if when == "grading":
        save(file, "import time; time.sleep(9)")
        learner.sees("check 1 of 2")
    (program,) = children(learner.child.pid)
    started = descendants(program)
    assert started
    if isinstance(how, str):
        learner.types(how)
    else:
        os.kill(program, how)
    learner.ends()
    lines = [line for line in ANSI.sub("", learner.raw).splitlines() if line.strip()]
    assert lines[0] == lines[-1]
    assert lines[-2] == f"code {({'x': 0, chr(4): 0, chr(3): 130}).get(str(how), 143)}"
    if "\x1b[?25l" in learner.raw:
        assert learner.raw.rindex("\x1b[?25h") > learner.raw.rindex("\x1b[?25l")
    assert not any(map(alive, started))


@pytest.mark.parametrize("columns", [40, 60])
def test_it_fits(watching: Callable[..., Terminal], file: Path, columns: int) -> None:
    learner = watching("ex1", columns=columns, saved=WRONG)
    assert all(len(line) <= columns for line in ANSI.sub("", learner.raw).splitlines())


# without a terminal


def test_piped(file: Path) -> None:
    command = [GRADE, "watch", "ex1", "--course", "../course"]
    with subprocess.Popen(
        command,
        cwd=file.parent.parent,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as child:
        assert child.stdout and child.stderr
        lines = iter(child.stdout.readline, "")
        seen = [next(line for line in lines if "0 of 3 points" in line)]
        time.sleep(0.3)
        save(file, RIGHT)
        for line in lines:
            seen.append(line)
            if line.startswith(" seed") and PASSED in "".join(seen):
                break
        started = descendants(child.pid)
        child.send_signal(signal.SIGINT)
        rest, errors = child.stdout.read(), child.stderr.read()
        assert child.wait() == 130
    told = "".join(seen) + rest
    assert "\x1b" not in told and KEYS not in told
    assert "Next exercise:   grade watch ex2 --course ../course" in told
    assert errors == "Stopped watching.\n"
    assert not any(map(alive, started))


def test_a_closed_pipe_ends_it(file: Path) -> None:
    """As it ends any other program; what is read is whole, and nothing is said about it."""
    line = "grade watch ex1 --course ../course | head -1; echo ${PIPESTATUS[0]}"
    done = shell(file.parent.parent, line)
    first, code = done.stdout.splitlines()
    assert first.startswith(" Watching exercises/ex1_first.py: ")
    assert (code, done.stderr) == ("1", "")


@pytest.mark.parametrize("words", [["ex9"], ["ex1", "--course", "nowhere"], ["ex1"]])
def test_what_can_not_be_watched(tmp_path: Path, words: list[str]) -> None:
    done = run(tmp_path, "watch", *words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


# many saves


def footprint(pid: int) -> tuple[int, int, int]:
    """Processes, open descriptors and KiB of a program and all that it has started."""
    pids = [pid, *descendants(pid)]
    descriptors = memory = 0
    for each in pids:
        descriptors += len(list(Path(f"/proc/{each}/fd").iterdir()))
        status = Path(f"/proc/{each}/status").read_text()
        memory += int(re.search(r"^RssAnon:\s+(\d+)", status, re.M)[1])  # type: ignore[index]
    return len(pids), descriptors, memory


@pytest.mark.parametrize("count", [20, pytest.param(300, marks=pytest.mark.slow)])
def test_many_saves_leave_nothing(
    watching: Callable[..., Terminal], file: Path, count: int
) -> None:
    learner = watching("ex1")
    before: tuple[int, int, int] | None = None
    for number in range(count):
        if number % 5 == 3:  # one that is cancelled
            save(file, "import time; time.sleep(9)")
            learner.reads(0.3)
        save(file, f"{RIGHT if number % 2 else WRONG}  # {number}")
        learner.sees(PASSED if number % 2 else FAILED, KEYS)
        learner.forgets()
        if number == count // 2 - 1:
            learner.reads(1)
            before = footprint(learner.child.pid)
    learner.reads(1)
    after = footprint(learner.child.pid)
    assert before is not None
    assert after[:2] == before[:2]
    assert after[2] < before[2] + 2000 + 10 * count, (before, after)
    learner.types("x")
    assert learner.ends() == 0


# cancelling


def test_cancelling_leaves_the_server(server: Server, tmp_path: Path) -> None:
    import threading

    exercise: Exercise = server.course.exercise("ex1")
    slow = tmp_path / "slow.py"
    names = "".join(
        f"def {name}(*a):\n    import time\n    time.sleep(20)\n\n\n" for name in exercise.functions
    )
    slow.write_text(names)
    cancel = threading.Event()
    events: list[object] = []
    threading.Timer(1.5, cancel.set).start()
    with pytest.raises(Cancelled):
        grade(exercise, slow, server=server, cancel=cancel, on_event=events.append)
    known = len(events)
    assert grade(exercise, exercise.solution, server=server).passed
    assert len(events) == known


def test_the_first_check(server: Server) -> None:
    """It begins as soon as what it needs has passed, before all others that wait."""
    exercise = server.course.exercise("ex1")
    needy = next(check for check in reversed(exercise.checks) if len(check.needs) == 1)
    events: list[tuple[str, str | None]] = []

    def note(event: Event) -> None:
        if isinstance(event, CheckResult):
            events.append(("ended", event.name))
        elif event.text == "":
            events.append(("began", event.check))

    grade(exercise, exercise.solution, server=server, first=needy.name, on_event=note)
    needs_ended = max(events.index(("ended", name)) for name in needy.needs)
    began = [name for what, name in events[needs_ended:] if what == "began"]
    assert needy.name in began[:2]  # another may have been given out just before
    others = [name for what, name in events[:needs_ended] if what == "began"]
    assert len(others) < len(exercise.checks) - 2  # so that there was something to come before


def stopped_until(learner: Terminal, expected: str) -> None:
    """Stop the program and let it go on, until it shows something again; it may not listen yet."""
    seen = learner.text.count(expected)
    for _ in range(60):
        learner.child.kill(signal.SIGSTOP)
        learner.child.kill(signal.SIGCONT)
        learner.reads(0.5)
        if learner.text.count(expected) > seen:
            return


def test_after_ctrl_z_and_fg_the_report_is_shown_again(
    watching: Callable[..., Terminal], file: Path
) -> None:
    learner = watching("ex1", saved=WRONG, sees=[FAILED])
    stopped_until(learner, KEYS)
    learner.sees("ex1 · The first", FAILED, KEYS)
    learner.types("l")
    learner.sees("○ ex2 The second", KEYS)
    stopped_until(learner, KEYS)  # below a list: that stays
    assert FAILED not in learner.sees("Watching exercises/ex1_first.py", KEYS)
    learner.types("x")
    assert learner.ends() == 0


def test_another_size(watching: Callable[..., Terminal], file: Path) -> None:
    learner = watching("ex1", saved=WRONG, sees=[FAILED])
    learner.forgets()
    for number in range(60):  # it may not listen yet
        learner.child.setwinsize(50, 44 - number % 2)
        learner.reads(0.5)
        if learner.raw:
            break
    learner.sees("ex1 · The first", FAILED, "h hint", "x exit")
    assert max(map(len, plain(learner.raw).splitlines())) <= 44
    learner.types("x")
    assert learner.ends() == 0


def test_ctrl_c_in_a_question_of_a_command_goes_back(
    watching: Callable[..., Terminal], file: Path
) -> None:
    learner = watching("ex1", saved=WRONG, sees=[FAILED])
    learner.types("r")
    learner.sees("Start exercises/ex1_first.py over?")
    learner.types("\x03")
    learner.sees("Nothing was changed", KEYS)
    assert "NotImplementedError" not in file.read_text("utf-8")
    learner.types("x")
    assert learner.ends() == 0
