"""What many tests need: the command piped or in a terminal, small courses, processes."""

import ast
import contextlib
import io
import os
import re
import resource
import shlex
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

import pexpect
import pytest
from hypothesis import strategies as st

from grader.authoring.new import new_exercise
from grader.classroom.classfolder import ClassFolder, Settings, choice
from grader.classroom.journal import Journal, mark_of
from grader.classroom.manifest import Entry
from grader.course import Check, Course, Exercise, Flaw
from grader.details import Details
from grader.errors import GradingError
from grader.parsing import parse
from grader.render import proven
from grader.report import CheckResult, Protection, Report, Verdict
from grader.submission import digest_of
from grader.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
SMALL, QUIZZES = ROOT / "tests/courses/small", ROOT / "tests/courses/quizzes"
GRADE = Path(sys.executable).with_name("grade")
FIRST = "exercises/ex1_predictions.py"
SOLUTION = Course.open().exercise("ex1").solution
PATIENCE = 300  # seconds until a test gives up: a busy machine is no defect

ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
# what may steer a terminal, hide, or turn what is read around
HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
UNWANTED = {
    *("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "COLORTERM"),
    *("TTY_COMPATIBLE", "TTY_INTERACTIVE", "VISUAL", "EDITOR"),
    *("VTE_VERSION", "KONSOLE_VERSION", "WT_SESSION", "TERM_PROGRAM"),  # paths would be links
}


@cache
def modules() -> dict[Path, ast.Module]:
    """Each module of the package by its path there; no test changes a tree."""
    package = ROOT / "grader"
    return {
        path.relative_to(package): parse(path.read_text("utf-8"))
        for path in sorted(package.rglob("*.py"))
    }


# texts


def flat(text: str) -> str:
    """A text in one line."""
    return " ".join(text.split())


def plain(text: str) -> str:
    """What a person sees of what was written to a terminal."""
    return ANSI.sub("", text).replace("\r\n", "\n")


def json_values(words: Iterable[str]) -> st.SearchStrategy:
    """Whatever JSON can say, with these words among its texts and its keys."""
    known = st.sampled_from(list(words))
    numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    return st.recursive(
        st.none() | st.booleans() | numbers | known | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(known | st.text(max_size=3), inner, max_size=4)
        ),
        max_leaves=20,
    )


# the command, piped


def environment(**variables: str) -> dict[str, str]:
    """Ours, without what would change how things look, and with the command on the path."""
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    path = f"{GRADE.parent}{os.pathsep}{kept['PATH']}"
    return kept | {"PATH": path, "TERM": "xterm-256color", "PYTHONUTF8": "1"} | variables


def program(
    folder: Path, *command: str | Path, typed: str = "", most: int = 0, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder, piped; ``most`` bytes fit in each file that it writes."""
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (most, most))
    return subprocess.run(
        command,
        cwd=folder,
        env=environment(**{"COLUMNS": "100"} | variables),
        input=typed,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        preexec_fn=limit if most else None,
    )


def run(
    folder: Path, *words: str | Path, typed: str = "", most: int = 0, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run ``grade`` in a folder, piped; ``most`` bytes fit in each file that it writes."""
    return program(folder, GRADE, *words, typed=typed, most=most, **variables)


def called(
    folder: Path, *words: str | Path, typed: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    """What ``run`` does, within this process: many times as fast, for what reads and writes files.

    What a process of its own shows is left to ``run``: encodings, limits, signals, what is imported
    and what other programs print.
    """
    from grader import cli

    code: str | int | None = None
    streams = {name: io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
               for name in ("stdin", "stdout", "stderr")}  # fmt: skip
    streams["stdin"].write(typed)
    streams["stdin"].seek(0)
    wanted = environment(**{"COLUMNS": "100"} | variables)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in os.environ.keys() | wanted.keys():
            patch.setenv(name, wanted[name]) if name in wanted else patch.delenv(name)
        patch.setattr(sys, "argv", ["grade", *map(str, words)])
        for name, stream in streams.items():
            patch.setattr(sys, name, stream)
        try:
            cli.main()
        except SystemExit as end:
            code = end.code
    out, err = (streams[name].buffer.getvalue().decode() for name in ("stdout", "stderr"))
    return subprocess.CompletedProcess(words, code, out, err)


def make_due(workspace: Path) -> None:
    """Let each question that was asked come back now."""
    with sqlite3.connect(Workspace(workspace).store.path) as connection:
        connection.execute("UPDATE card SET due = '2020-01-01T00:00:00+00:00'")


def shell(folder: Path, line: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Type a line in a shell; nobody answers questions."""
    return program(folder, "bash", "-c", line, **variables)


def imported(folder: Path, *words: str, **variables: str) -> set[str]:
    """The modules that a command imports."""
    command = (sys.executable, "-X", "importtime", GRADE, *words)
    done = program(folder, *command, **variables)
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}


def completions(folder: Path, line: str) -> list[str]:
    """What bash would offer for the last word of a line."""
    word = str(len(shlex.split(line)) - 1)
    done = called(folder, _GRADE_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=word)
    return done.stdout.split()


def said(done: subprocess.CompletedProcess[str]) -> str:
    """What a command that did its work printed, in one line."""
    assert (done.returncode, done.stderr) == (0, ""), done
    return flat(done.stdout)


def next_step(done: subprocess.CompletedProcess[str]) -> str:
    """What a command says is next."""
    assert (done.returncode, done.stderr) == (0, ""), done
    return flat(done.stdout.rpartition(" next  ")[2])


def complaint(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence of a command that could not do its work."""
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


# the command, in a terminal


def spawn(
    folder: Path, *command: str | Path, columns: int = 100, rows: int = 50, **variables: str
) -> pexpect.spawn:
    """Start a program in a pseudo-terminal."""
    return pexpect.spawn(
        str(command[0]),
        [str(word) for word in command[1:]],
        cwd=str(folder),
        env=environment(**variables),
        dimensions=(rows, columns),
        encoding="utf-8",
        timeout=PATIENCE,
    )


def rest(child: pexpect.spawn) -> tuple[str, int | None]:
    """All that a program still writes to its terminal, as a person sees it, and its exit code."""
    written = child.read()
    child.close()
    return plain(written), child.exitstatus


class Terminal:
    """A person at a terminal: what was seen, without colors and in one line, and keys."""

    def __init__(
        self,
        folder: Path,
        *command: str | Path,
        columns: int = 100,
        rows: int = 50,
        **variables: str,
    ) -> None:
        self.child = spawn(folder, *command, columns=columns, rows=rows, **variables)
        self.raw, self._from = "", 0

    @property
    def text(self) -> str:
        return flat(ANSI.sub("", self.raw))

    def reads(self, seconds: float) -> None:
        """Take in what comes within this time."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                self.raw += self.child.read_nonblocking(65536, timeout=left)
            except pexpect.TIMEOUT:
                return

    def sees(self, *expected: str) -> str:
        """Wait until all of this has appeared, in this order; returns what came before it."""
        begin, end = self._from, time.monotonic() + PATIENCE
        for each in expected:
            while (at := self.text.find(each, self._from)) < 0:
                assert time.monotonic() < end, f"{each!r} not in {self.text[self._from :]!r}"
                try:
                    self.raw += self.child.read_nonblocking(65536, timeout=1)
                except pexpect.TIMEOUT:
                    continue
                except pexpect.EOF:
                    assert each in self.text[self._from :], self.text[self._from :]
            self._from = at + len(each)
        return self.text[begin : self._from]

    def forgets(self) -> None:
        """What was seen is seen no more."""
        self.raw, self._from = "", 0

    def types(self, *keys: str) -> None:
        for key in keys:
            self.child.send(key)

    def ends(self) -> int:
        """The exit code, or the signal with a minus; what was written meanwhile has been seen."""
        self.raw += self.child.read()
        self.child.close()
        code = self.child.exitstatus
        return -self.child.signalstatus if code is None else code


# courses and learners

RIGHT, WRONG = "return images.mean(axis=(1, 2))", "return images.sum(axis=(1, 2))"


def new_course(root: Path, *names: str) -> Path:
    """A course of small exercises, which need no TensorFlow: ex1_first and so on."""
    root.mkdir()
    for number, name in enumerate(names, 1):
        new_exercise(root, f"ex{number}_{name}", f"The {name}")
    return root


def filled_in(stub: Path, line: str) -> str:
    """A stub of such a course, with this line in its function."""
    return stub.read_text("utf-8").replace("raise NotImplementedError", line)


def position(
    workspace: Path,
    text: str,
    id: str = "two-and-two",
    *,
    course: Path = QUIZZES,
    exercise: str = "ex1",
) -> str:
    """The number under which the learner of this workspace finds an option of a question."""
    from grader.quiz.answers import asked
    from grader.quiz.questions import Chosen
    from grader.quiz.reader import load

    found = Course.open(course).exercise(exercise)
    question = load(found.quiz).question(id)
    assert question is not None
    put = asked(found, question, str(workspace.resolve())).question
    assert isinstance(put, Chosen)
    return str([option.text for option in put.options].index(text) + 1)


def stubs(course: Course, folder: Path) -> Path:
    """A learner's folder as ``grade init`` makes it."""
    (folder / "exercises").mkdir(parents=True)
    for exercise in course.exercises:
        (folder / "exercises" / exercise.stub.name).write_text(exercise.made_stub(), "utf-8")
    return folder


# what is wrong with a course: each break takes its folder, and the name that stands for {}

Break = Callable[..., None]
STEM = "ex1_shares"


def replaced(file: str, old: str, new: str) -> Break:
    """Replace a text, wherever it is in that file."""

    def change(root: Path, stem: str = STEM) -> None:
        path = root / file.format(stem)
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return change


def added(file: str, text: str) -> Break:
    """Add to a file, or make it."""

    def change(root: Path, stem: str = STEM) -> None:
        path = root / file.format(stem)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((path.read_text("utf-8") if path.exists() else "") + text, "utf-8")

    return change


def deleted(file: str) -> Break:
    """Delete a file."""
    return lambda root, stem=STEM: (root / file.format(stem)).unlink()


def written(file: str, text: str = "") -> Break:
    """Write a file."""

    def change(root: Path, stem: str = STEM) -> None:
        path = root / file.format(stem)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    return change


def shown(flaw: Flaw, root: Path) -> str:
    """A flaw as it is printed."""
    return proven.flaw(str(flaw.path.relative_to(root)), flaw.line, flaw.what, flaw.fix)


def copied(course: Path, to: Path) -> Path:
    """A copy of a course, to be changed."""
    shutil.copytree(course, to)
    return to


# processes, as Linux lists them


def started_by(name: str) -> set[int]:
    """Whatever has this name in its environment: all that a server started, at any remove.

    The name is its folder's; also what left the session and lost its parent has it.
    """
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if name.encode() in (path / "environ").read_bytes():
                found.add(int(path.name))
    return found


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    while True:
        tasks = Path(f"/proc/{pid}/task").glob("*/children")
        try:
            return [int(child) for task in tasks for child in task.read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            continue  # a thread has just ended: they are another's now


def descendants(pid: int) -> set[int]:
    """The processes that a process has started, and they."""
    return {found for child in children(pid) for found in (child, *descendants(child))}


def alive(pid: int) -> bool:
    """Whether a process still runs."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def soon(condition: Callable[[], bool]) -> bool:
    """Whether something becomes true, however busy the machine is."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


# a class


def archive(path: Path, files: dict[str, bytes]) -> Path:
    """A ZIP archive with these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return path


def packed(files: dict[str, bytes]) -> bytes:
    """The bytes of such an archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def made_report(exercise: Exercise, **wrong: tuple[Verdict, str, Details]) -> Report:
    """A report in which all checks pass but these: verdict, message, details."""

    def result(check: Check) -> CheckResult:
        verdict, message, details = wrong.get(check.name, (Verdict.PASSED, "", {}))
        points = check.points if verdict is Verdict.PASSED else 0
        return CheckResult(
            check.name, check.title, verdict, points, check.points, message, details,
            hint=check.hints[0] if check.hints else None, concept=check.concept, bonus=check.bonus,
        )  # fmt: skip

    versions = dict.fromkeys(("grader", "python", "numpy", "tensorflow", "keras"))
    checks = tuple(result(check) for check in exercise.checks)
    at = datetime(2026, 11, 2, 18, 30, tzinfo=UTC)
    full, code = Protection("full"), exercise.hash
    return Report(exercise.stem, exercise.title, "", 7, checks, full, versions, 1.5, code, "", at)


def made_class(
    root: Path, course: Course, given: Sequence[tuple[str, str, str, Report | None]]
) -> ClassFolder:
    """A class that has been graded: learner's name, exercise, source, report; ``None`` is an
    accident."""
    folder = ClassFolder.open(root, make=True)
    folder.keep_settings(
        Settings(7, course=str(course.root), chosen=choice(folder.root, course.root))
    )
    entries = []
    with Journal.open(folder.root, writing=True) as journal:
        for number, (name, stem, source, report) in enumerate(given):
            learner = name.casefold()
            file = Path("submissions", f"{number:03}", stem, "1.py")
            (root / file).parent.mkdir(parents=True)
            (root / file).write_text(source, "utf-8")
            digest = digest_of(source.encode())
            entry = Entry(learner, name, stem, 1, str(file), digest=digest)
            key = f"{number:064x}"
            mark = mark_of(key, stem, digest, report or GradingError("No more processes."))
            journal.keep(mark, [entry])
            entries.append(entry)
    folder.keep_entries(entries)
    return folder
