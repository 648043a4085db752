"""Faults: whatever dies or runs out, a grading ends with a report or one clear sentence.

What is killed is found by what it is: an interpreter that forks is a child of this process, and
its children are confined (submissions and benches) or not (checkers).
"""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import grader
from grader.course import Course, CourseError
from grader.quiz.review import SOON, rescheduled
from grader.report import Report, Verdict
from grader.sandbox import clock, interpreters
from grader.sandbox.interpreters import ServerError
from support import GRADE, SOLUTION, alive, run

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc"),
]

SLOWLY = """import time

import numpy as np

_exp = np.exp
np.exp = lambda x: (time.sleep(0.05), _exp(x))[1]
"""


def status(pid: int) -> dict[str, str]:
    """What the kernel says of a process; empty if there is none."""
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    return {}


def processes(folder: str) -> dict[int, str]:
    """The processes of a server and what each is: its folder's name is in their environment."""
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        pid = int(path.name)
        with contextlib.suppress(OSError):
            if folder.encode() in (path / "environ").read_bytes() and (told := status(pid)):
                parent = status(int(told["PPid"]))
                confined = told["Seccomp"] == "2"
                forked = "forkserver:main" in Path(f"/proc/{told['PPid']}/cmdline").read_text()
                kind = "confined" if confined else "checker" if forked else "interpreter"
                found[pid] = kind if parent else "orphan"
    return found


def settled(folder: str, kinds: set[str]) -> dict[int, str]:
    """The processes that are left when only some kinds should be, after a while."""
    deadline = time.monotonic() + 3
    while set((left := processes(folder)).values()) - kinds and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    """A right file that takes its time, so that there is some to die in."""
    path = tmp_path / "ex1_predictions.py"
    head, _, rest = SOLUTION.read_text().partition("import numpy as np\n")
    path.write_text(head + SLOWLY + rest)
    return path


def graded_while(
    server: grader.Server, path: Path, kill: str, wait: float, exercise: str = "ex1"
) -> Report | str:
    """Grade while processes of a kind are killed after some seconds: the report or a sentence."""

    def killer() -> None:
        time.sleep(wait)
        deadline = time.monotonic() + 2
        while time.monotonic() < deadline and not over.is_set():
            victims = [pid for pid, kind in processes(server.folder).items() if kind == kill]
            for pid in victims:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            if victims:
                return

    over = threading.Event()
    thread = threading.Thread(target=killer)
    thread.start()
    try:
        return grader.grade(exercise, path, server=server)
    except (grader.GradingError, CourseError) as error:
        return str(error)
    finally:
        over.set()
        thread.join()


def is_sentence(text: str) -> bool:
    return "\n" not in text.strip() and text.strip().endswith(".") and "Traceback" not in text


@pytest.fixture(scope="module")
def server() -> Iterator[grader.Server]:
    """Warm processes that may be killed."""
    with grader.Server() as server:
        yield server


@pytest.mark.parametrize("kill", ["confined", "checker", "interpreter"])
def test_a_process_is_killed_at_some_moment(server: grader.Server, slow: Path, kill: str) -> None:
    assert grader.grade("ex1", slow, server=server).passed
    for _ in range(3):
        got = graded_while(server, slow, kill, random.uniform(0, 0.5))
        if isinstance(got, str):
            assert is_sentence(got), got
        else:
            assert got.max_score == 15
            named = [c.name for c in got.checks if c.name != "load"]
            assert named == [c.name for c in Course.open().exercise("ex1").checks]
            for check in got.checks:
                assert check.verdict is Verdict.PASSED, check.message  # it was done once more
        assert set(settled(server.folder, {"interpreter"}).values()) <= {"interpreter"}
    assert grader.grade("ex1", SOLUTION, server=server).passed


def test_an_interpreter_that_was_killed_a_moment_ago(server: grader.Server) -> None:
    """It looks alive for some milliseconds; the next grading knows nothing of it."""
    for _ in range(6):
        assert grader.grade("ex1", SOLUTION, server=server).passed
        for pid, kind in processes(server.folder).items():
            if kind == "interpreter":
                os.kill(pid, signal.SIGKILL)
    assert grader.grade("ex1", SOLUTION, server=server).passed


# accidents: nobody's fault, and whoever brings one about gains nothing

OWN_COURSE = {
    "raises": "    raise KeyError(1)\n",
    "raises_after_a_call": "    learner.double(2)\n    raise KeyError(1)\n",
    "hangs": "    import time\n    time.sleep(60)\n",
    "hangs_after_a_call": "    learner.double(2)\n    import time\n    time.sleep(60)\n",
    "dies": "    import os\n    os._exit(1)\n",
    "adds": "    assert learner.double(2) + 1 == 5\n",
    "counts": "    for _ in range(learner.double(2)):\n        pass\n",
    "doubles": "    assert learner.double(2) == 4\n",
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[grader.Server]:
    """A course most of whose checks go wrong by themselves, or by what a submission returns."""
    root = tmp_path_factory.mktemp("course")
    folder = root / "solutions" / "ex1_own"
    folder.mkdir(parents=True)
    (folder / "solution.py").write_text('"""Own."""\n\n\ndef double(x):\n    return 2 * x\n')
    checks = [
        f'@pytest.mark.timeout(1)\ndef test_{name}(learner):\n    """{name}"""\n{body}'
        for name, body in OWN_COURSE.items()
    ]
    (folder / "checks.py").write_text("\n\n".join(["import pytest", *checks]))
    with grader.Server(root) as server:
        yield server


def graded_by(server: grader.Server, path: Path, check: str, body: str) -> Report:
    path.write_text(f"import os\nimport signal\n\n\ndef double(x):\n    {body}\n")
    return grader.grade("ex1", path, checks=[check], server=server)


@pytest.mark.parametrize(
    ("check", "says"),
    [
        ("raises", "The check itself raised KeyError; "),
        ("raises_after_a_call", "The check itself raised KeyError; "),
        ("hangs", "The check did not end within 1 s; "),
        ("hangs_after_a_call", "The check did not end within 1 s; "),
        ("dies", "A process was killed from outside"),
    ],
)
def test_a_check_that_goes_wrong_by_itself(
    own: grader.Server, tmp_path: Path, check: str, says: str
) -> None:
    report = graded_by(own, tmp_path / "own.py", check, "return x + x")
    (result,) = report.checks
    assert (result.verdict, report.graded, report.passed) == (Verdict.ACCIDENT, False, False)
    assert result.message.startswith(says) and "This is not your mistake." in result.message


@pytest.mark.parametrize(
    ("check", "body", "verdict", "says"),
    [
        ("adds", "return 'a'", Verdict.FAILED, "double returned the string 'a'"),
        ("counts", "return 10**12", Verdict.TIMEOUT, "was still running after 1 s"),
        ("doubles", "os._exit(0)", Verdict.ERROR, "ended itself with exit code 0"),
        ("doubles", "os.abort()", Verdict.ERROR, "before it had answered: it aborted."),
        ("doubles", "__import__('ctypes').string_at(0)", Verdict.ERROR, "segmentation fault, or"),
        ("doubles", "return bytes(10**15)", Verdict.ERROR, "more memory than is allowed in own.py"),
        (
            "doubles",
            "os.kill(os.getpid(), signal.SIGKILL)",
            Verdict.ERROR,
            "Operation not permitted",
        ),
        ("doubles", "os.close(int(os.listdir('/proc/self/fd')[-2]))", Verdict.ERROR, ""),
    ],
)
def test_a_submission_can_not_bring_an_accident_about(
    own: grader.Server, tmp_path: Path, check: str, body: str, verdict: Verdict, says: str
) -> None:
    report = graded_by(own, tmp_path / "own.py", check, body)
    first = report.checks[0]
    assert (first.verdict, report.graded) == (verdict, True)
    assert says in first.message


def test_a_submission_that_is_killed_each_time_is_red(tmp_path: Path) -> None:
    """Without the wall that forbids it; only what also strikes the solution is an accident."""
    path = tmp_path / "ex1_predictions.py"
    body = "import os\n\n\ndef softmax(x):\n    os.kill(os.getpid(), 9)\n"
    path.write_text(body + "predicted_labels = accuracy = most_doubtful = softmax\n")
    with grader.Server(without=frozenset({"seccomp", "landlock"})) as server:
        report = grader.grade("ex1", path, server=server)
    assert report.graded and not report.passed
    assert report.checks[0].verdict is Verdict.ERROR
    assert report.checks[0].message.endswith("it was killed.")


def test_an_accident_ends_with_a_code_of_its_own_and_is_not_kept(
    own: grader.Server, tmp_path: Path
) -> None:
    root = own.course.root
    work = tmp_path / "work"
    (work / "exercises").mkdir(parents=True)
    stub = work / "exercises" / "ex1_own.py"
    stub.write_text("def double(x):\n    return 2 * x\n")
    (root / "exercises").mkdir(exist_ok=True)
    (root / "exercises" / "ex1_own.py").write_text(
        "def double(x):\n    raise NotImplementedError\n"
    )
    for words in (["ex1"], ["ex1", "--json"], ["all"]):
        done = run(work, *words, "--course", str(root))
        assert (done.returncode, done.stderr) == (3, ""), words
        assert "not graded" in done.stdout.lower() or '"graded": false' in done.stdout
        assert "This is not your mistake." in " ".join(done.stdout.split())
    assert "0 of" in run(work, "--course", str(root)).stdout
    assert not list(work.rglob("*.sqlite*"))


# stopped, and going on: what was stopped had no time

STOPPED = 6.0  # seconds, twice the limit of a check
ONE_CLOCK = """
import sys, time
from grader.sandbox import clock
begin, real = clock.now(), time.monotonic()
print("ready", flush=True)
sys.stdin.readline()
print(time.monotonic() - real, clock.now() - begin)
"""


def test_running_time() -> None:
    command = [sys.executable, "-c", ONE_CLOCK]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGSTOP)
        time.sleep(STOPPED)
        process.send_signal(signal.SIGCONT)
        process.stdin.write("\n")
        process.stdin.flush()
        real, running = map(float, process.stdout.readline().split())
    assert real >= STOPPED
    assert 0 <= running <= real - STOPPED + 1


def test_stopped_while_a_check_runs(work: Path, tmp_path: Path) -> None:
    """Ctrl-Z, or a frozen container: for longer than a check may take, in the midst of its call."""
    path, began = work / "exercises" / "ex1_predictions.py", tmp_path / "began"
    began.mkdir()
    source = SOLUTION.read_text().replace("import numpy as np\n", "import time\n" + IMPORT, 1)
    path.write_text(source)
    with subprocess.Popen(
        [GRADE, "ex1", "--json", "--timeout", str(STOPPED / 2)],
        cwd=work,
        env=os.environ | {"TMPDIR": str(began)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        while IN_THE_CALL not in map(called, processes(str(began))):
            assert process.poll() is None
            time.sleep(0.02)
        stopped = [process.pid, *processes(str(began))]
        for sent, wait in ((signal.SIGSTOP, STOPPED), (signal.SIGCONT, 0)):
            for pid in stopped:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, sent)
            time.sleep(wait)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    report = Report.from_dict(json.loads(out))
    assert report.passed
    assert report.to_dict() == json.loads(out)


IN_THE_CALL = "in the call"  # what a submission calls its process then
IMPORT = f"""import ctypes
import numpy as np

_exp = np.exp


def _first(x):
    np.exp = _exp
    ctypes.CDLL(None).prctl(15, b"{IN_THE_CALL}", 0, 0, 0)
    for _ in range(15):
        time.sleep(0.1)
    return _exp(x)


np.exp = _first
"""


def called(pid: int) -> str:
    """What a process calls itself."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text().strip()
    return ""


def test_a_submission_that_others_stop_is_done_once_more(
    server: grader.Server, tmp_path: Path
) -> None:
    """It alone, and it does not go on in time; one that stops itself does so the next time, too."""
    path, stopped = tmp_path / "ex1_predictions.py", list[int]()
    path.write_text(
        SOLUTION.read_text().replace("import numpy as np\n", "import time\n" + IMPORT, 1)
    )
    over = threading.Event()

    def stop() -> None:
        while not (stopped or over.wait(0.02)):
            for pid in [p for p in processes(server.folder) if called(p) == IN_THE_CALL][:1]:
                os.kill(pid, signal.SIGSTOP)
                stopped.append(pid)

    thread = threading.Thread(target=stop)
    thread.start()
    try:
        checks, seconds = ["softmax_values"], STOPPED / 2
        report = grader.grade("ex1", path, server=server, checks=checks, timeout=seconds)
    finally:
        over.set()
        thread.join()
    assert stopped and report.passed, [check.message for check in report.checks]


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="waiting is not counted here")
def test_a_submission_that_gets_no_core_is_done_once_more(
    server: grader.Server, tmp_path: Path
) -> None:
    """Others compute on its core; one that waits for itself is late again."""
    path, starved = tmp_path / "ex1_predictions.py", list[int]()
    sleeps = "    for _ in range(15):\n        time.sleep(0.1)\n"
    computes = (
        "    end = time.process_time() + 0.4\n    while time.process_time() < end:\n        pass\n"
    )
    assert sleeps in IMPORT
    path.write_text(
        SOLUTION.read_text().replace(
            "import numpy as np\n", "import time\n" + IMPORT.replace(sleeps, computes), 1
        )
    )
    over, core = threading.Event(), min(os.sched_getaffinity(0))
    endless = f"import os\nos.sched_setaffinity(0, [{core}])\nwhile True: pass"
    # each in a session of its own: such groups share a core, whatever is in them
    others = [
        subprocess.Popen([sys.executable, "-c", endless], start_new_session=True) for _ in range(30)
    ]

    def end() -> None:
        for other in others:
            other.kill()

    def starve() -> None:
        while not (starved or over.wait(0.02)):
            for pid in [p for p in processes(server.folder) if called(p) == IN_THE_CALL][:1]:
                os.sched_setaffinity(pid, [core])
                starved.append(pid)
        while starved and alive(starved[0]) and not over.wait(0.02):
            pass
        end()

    thread = threading.Thread(target=starve)
    thread.start()
    try:
        report = grader.grade("ex1", path, server=server, checks=["softmax_values"], timeout=5)
    finally:
        over.set()
        thread.join()
        end()
        for other in others:
            other.wait()
    assert starved and report.passed, [check.message for check in report.checks]


def test_interpreters_that_are_stopped(
    server: grader.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They can't say why they do not answer: fresh ones take their place."""
    monkeypatch.setattr(interpreters, "ANSWERING", 1.0)
    assert grader.grade("ex1", SOLUTION, server=server).passed
    before = {pid for pid, kind in processes(server.folder).items() if kind == "interpreter"}
    for pid in before:
        os.kill(pid, signal.SIGSTOP)
    assert before and grader.grade("ex1", SOLUTION, server=server).passed
    assert not before & processes(server.folder).keys()


@pytest.fixture
def work(tmp_path: Path, slow: Path) -> Path:
    """A learner's folder whose first file is right, and slow."""
    folder = tmp_path / "work"
    assert run(tmp_path, "init", "work").returncode == 0
    shutil.copy(slow, folder / "exercises" / "ex1_predictions.py")
    return folder


def test_the_grader_is_killed_at_some_moment(work: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    before = {p: p.read_bytes() for p in work.rglob("*.py")}
    for _ in range(3):
        with subprocess.Popen(
            [GRADE, "ex1"],
            cwd=work,
            env=os.environ | {"TMPDIR": str(temporary)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            time.sleep(random.uniform(0.2, 2))
            process.kill()
        assert settled(str(temporary), set()) == {}
        assert {p: p.read_bytes() for p in work.rglob("*.py")} == before
    assert [path for path in temporary.rglob("*") if path.is_file()] == []
    done = run(work, "ex1")
    assert (done.returncode, done.stderr) == (0, "")


def test_closed_while_an_interpreter_loads() -> None:
    """Whoever waits for it, or comes late, starts none instead."""
    server = grader.Server()
    errors: list[str] = []

    def start() -> None:
        try:
            server.start("learner", True, seconds=5)
        except ServerError as error:
            errors.append(str(error))

    threads = [threading.Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    assert set(processes(server.folder).values()) == {"interpreter"}
    server.close()
    for thread in threads:
        thread.join()
    assert len(errors) == 2
    assert processes(server.folder) == {}
    assert not Path(server.folder).exists()


DESCRIPTORS = """
import os, resource, sys
import grader
used = len(os.listdir("/proc/self/fd"))
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
for more in map(int, sys.argv[2:]):
    resource.setrlimit(resource.RLIMIT_NOFILE, (used + more, hard))
    try:
        report = grader.grade("ex1", sys.argv[1])
        print(report.graded, report.passed, [c.message for c in report.checks if c.message][:1])
    except grader.GradingError as error:  # the file itself could not be read
        print(False, False, error)
    assert len(os.listdir("/proc/self/fd")) <= used
"""


def test_few_descriptors() -> None:
    """However many there are, a grading ends, and gives back all that it took."""
    done = subprocess.run(
        [sys.executable, "-c", DESCRIPTORS, str(SOLUTION), *map(str, (0, 2, 5, 8, 11, 14, 40))],
        capture_output=True,
        text=True,
        timeout=60,
    )
    lines = done.stdout.splitlines()
    assert (len(lines), done.stderr) == (7, "")
    assert "Too many open files" in lines[0]
    assert "This is not your mistake." in done.stdout
    assert lines[-1] == "True True []"
    for line in lines:
        graded, passed, _ = line.split(maxsplit=2)
        assert graded == passed, line


@pytest.mark.parametrize("given", [0, 2, 5])
def test_few_threads(server: grader.Server, monkeypatch: pytest.MonkeyPatch, given: int) -> None:
    """A system that gives no more of them has not seen a mistake of the learner's."""
    start, left = threading.Thread.start, given

    def counted(thread: threading.Thread) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise RuntimeError("can't start new thread")
        start(thread)

    with monkeypatch.context() as patch:
        patch.setattr(clock, "_running", None)
        patch.setattr(threading.Thread, "start", counted)
        report = grader.grade("ex1", SOLUTION, server=server)
    assert not report.graded and report.checks[0].verdict is Verdict.ACCIDENT
    assert "refused what grading needs ([Errno 11] can't start" in report.checks[0].message
    assert set(settled(server.folder, {"interpreter"}).values()) <= {"interpreter"}
    assert grader.grade("ex1", SOLUTION, server=server).passed


def test_no_room_for_temporary_files(work: Path, tmp_path: Path) -> None:
    """A disk on which not even an empty folder can be made."""
    disk = tmp_path / "disk"
    disk.mkdir()
    script = 'mount -t tmpfs -o size=4k,nr_inodes=1 none "$1" && TMPDIR="$1" exec "$2" ex1'
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "-", disk, GRADE],
        cwd=work,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    if "mount" in done.stderr or "unshare" in done.stderr:
        pytest.skip("this machine gives no disk to fill")
    told = " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in told
    assert "No space left on device" in told or "✓" in told  # another folder had room


@pytest.mark.parametrize("home", ["/dev/null", "/proc", "/nowhere/at/all"])
def test_a_home_that_can_not_be_written(work: Path, home: str) -> None:
    done = run(work, "ex1", HOME=home, XDG_CACHE_HOME=home, XDG_DATA_HOME=home)
    assert (done.returncode, done.stderr) == (0, "")


JUMPING = """
import datetime, itertools, sys, time
days = itertools.cycle([0, 4000, -4000, 1, -1])
class Jumping(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return real.now(tz) + datetime.timedelta(days=next(days))
real, datetime.datetime = datetime.datetime, Jumping
seconds, time.time = time.time, lambda: seconds() + 86400 * next(days)
"""


def test_the_clock_jumps(work: Path) -> None:
    """By years, in both directions, in all processes: only dates that are told are wrong."""
    code = """
from grader.sandbox import interpreters
from grader import cli
started = interpreters.interpreter
interpreters.interpreter = lambda *a: [*started(*a)[:-1], JUMPING + started(*a)[-1]]
sys.argv[0] = "grade"
cli.main()
""".replace("JUMPING", repr(JUMPING))

    def grade(*words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", JUMPING + code, *words],
            cwd=work,
            env=os.environ | {"COLUMNS": "100"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )

    for words, shown in (
        (["ex1"], "All 9 checks passed"),
        (["ex1"], "All 9 checks passed"),
        ([], "1 of 8 exercises passed"),
        (["list"], "ex1"),
        (["solution", "ex1"], "softmax"),
        (["review", "--due"], ""),
    ):
        done = grade(*words)
        assert (done.returncode, done.stderr) == (0, ""), words
        assert shown in done.stdout


@pytest.mark.parametrize("days", [-4000, -1, 0, 1, 4000])
def test_a_question_answered_before_it_was_asked(days: int) -> None:
    """The clock was set back, or forth: the question comes back soon after what it shows now."""
    now = datetime(2030, 1, 1, tzinfo=UTC)
    card = rescheduled(None, right=False, at=now, review=True)
    later = now + timedelta(days=days)
    again = rescheduled(card, right=False, at=later, review=True)
    assert again is not None and again.due == later + SOON
    good = rescheduled(again, right=True, at=later + SOON, review=True)
    assert good is not None and later < good.due < later + timedelta(days=40)


# TensorFlow

BROKEN = {
    "raises": "raise ImportError('libtensorflow_framework.so.2: cannot open shared object file')",
    "exits": "import os\nos._exit(3)",
    "crashes": "import ctypes\nctypes.string_at(0)",
    "hangs": "import time\ntime.sleep(1000)",
    "is killed": "import os, sys\nprint('I0000 stub.cc] No GPU', file=sys.stderr, flush=True)\n"
    "os.kill(os.getpid(), 9)",
}
WITH_BROKEN = """
import sys
import grader
from grader.sandbox import interpreters
real = interpreters.interpreter
def interpreter(function, *arguments):
    command = real(function, *arguments)
    command[-1] = f"import sys; sys.path.insert(0, {sys.argv[2]!r}); " + command[-1]
    return command
interpreters.interpreter = interpreter
interpreters.LOADING = float(sys.argv[3])
report = grader.grade("ex2", sys.argv[1])
print(report.checks[0].name, report.checks[0].verdict, report.checks[0].message)
"""


@pytest.mark.parametrize("way", BROKEN)
def test_tensorflow_is_broken(tmp_path: Path, way: str) -> None:
    (tmp_path / "tensorflow.py").write_text(BROKEN[way])
    (tmp_path / "keras.py").write_text(BROKEN[way])
    solution, hangs = Course.open().exercise("ex2").solution, way == "hangs"
    done = subprocess.run(
        [sys.executable, "-c", WITH_BROKEN, str(solution), str(tmp_path), "6" if hangs else "60"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    name, verdict, message = done.stdout.split(maxsplit=2)
    assert (name, verdict, done.stderr) == ("load", "accident", "")
    assert message.startswith("TensorFlow could not be started (") and is_sentence(message)
    assert ("its import was not over after 6 s" in message) is hangs
    assert ("it was killed, perhaps because" in message) is (way == "is killed")
    assert "No GPU" not in message


# minutes


@pytest.mark.slow
@pytest.mark.parametrize("kill", ["confined", "checker", "interpreter"])
def test_a_process_is_killed_while_models_are_measured(server: grader.Server, kill: str) -> None:
    solution = Course.open().exercise("ex2").solution
    assert grader.grade("ex2", solution, server=server).passed
    for _ in range(8):
        got = graded_while(server, solution, kill, random.uniform(0, 4), "ex2")
        if isinstance(got, str):
            assert is_sentence(got), got
        assert set(settled(server.folder, {"interpreter"}).values()) <= {"interpreter"}
    assert grader.grade("ex2", solution, server=server).passed


@pytest.mark.slow
def test_a_hundred_kills(server: grader.Server, slow: Path) -> None:
    """Of anything at any moment; the open descriptors are as many as before."""
    for _ in range(3):
        grader.grade("ex1", slow, server=server)
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(100):
        kill = random.choice(["confined", "checker", "interpreter"])
        got = graded_while(server, slow, kill, random.uniform(0, 0.7))
        assert isinstance(got, Report) or is_sentence(got)
    assert grader.grade("ex1", SOLUTION, server=server).passed
    assert len(os.listdir("/proc/self/fd")) <= before + 2
