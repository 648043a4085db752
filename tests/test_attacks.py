"""Attacks: each fails against the walls, and each succeeds where its own wall is missing.

One file in ``attacks/`` is one submission. Its docstring says what it tries, and then:

``layer``
    what stops it: names of layers in ``grader.engine.confinement``, all of which the control run
    leaves out, or one of

    - ``environment``: processes are started with a clean one,
    - ``process``: the submission runs in another process than the checks,
    - ``wire``: only plain data and exact arrays come back,
    - ``nonce``: each question has a number that its answer must repeat,
    - ``deadline``: each check has one.
``expect``
    the verdict of the first check that does not pass, and a text that its result contains.
``proof``
    how the control run shows that the attack would succeed; one of ``PROOFS``.
``open``
    why the attack still succeeds, if it does.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import pickle
import resource
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any

import numpy as np
import pytest

import grader
from grader.checks import remote
from grader.course import Course
from grader.engine import server as servers
from grader.engine.confinement import LAYERS
from grader.report import CheckResult, Event, Report, Verdict

HERE = Path(__file__).parent / "attacks"
NAIVE = HERE / "_naive.py"
LIMIT = 2.0  # seconds for a check
ENOUGH = 1 << 30  # bytes for a checker
CANARY = f"CANARY{secrets.token_hex(16)}"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="walls are made for Linux")


@dataclass(frozen=True)
class Attack:
    """One submission and what its docstring says."""

    name: str
    layers: frozenset[str]
    verdict: str
    text: str
    proof: str
    open: str | None


def read(path: Path) -> Attack:
    lines = path.read_text().partition('"""')[2].partition('"""')[0].splitlines()
    told = {k: v.strip() for k, _, v in (line.partition(":") for line in lines) if v}
    verdict, _, text = told["expect"].partition(", ")
    layers = frozenset(told["layer"].split(", "))
    return Attack(path.stem, layers, verdict, text, told["proof"], told.get("open"))


ATTACKS = [read(path) for path in sorted(HERE.glob("[!_]*.py"))]


def marked(attack: Attack) -> Any:
    """An attack that is not yet stopped is known, and shows when it is."""
    marks = [pytest.mark.xfail(reason=attack.open, strict=True)] if attack.open else []
    return pytest.param(attack, id=attack.name, marks=marks)


# what attacks are aimed at


@dataclass
class Target:
    """A course with canaries, files that nobody may touch, listeners, and a process to torment."""

    course: Path
    outside: Path
    listeners: dict[str, socket.socket]
    victim: subprocess.Popen[str] | None = None
    values: dict[str, object] = field(default_factory=dict)

    def knocked(self) -> bool:
        """Whether anything has come to a listener."""
        for listener in self.listeners.values():
            listener.settimeout(0.3)
            with contextlib.suppress(TimeoutError):
                if listener.type == socket.SOCK_DGRAM:
                    return listener.recv(10) == b"hello"
                connection, _ = listener.accept()
                connection.settimeout(1)
                return connection.recv(10) == b"hello"
        return False

    def files(self) -> dict[str, tuple]:
        """Everything of the course and outside: what it is, its date, its content."""
        return {
            str(path): (
                path.lstat().st_mode,
                path.lstat().st_mtime_ns,
                hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
            )
            for root in (self.course, self.outside)
            for path in sorted(root.rglob("*"))
        }

    def restore(self) -> None:
        """Make the files outside as they were."""
        for path in list(self.outside.iterdir()):
            path.unlink()
        precious = self.outside / "precious.txt"
        precious.write_text("precious")
        precious.chmod(0o644)
        os.utime(precious, (1_000_000_000, 1_000_000_000))


VICTIM = """
import ctypes, sys
secret = ctypes.create_string_buffer(sys.argv[1].encode(), 64)
file = open(sys.argv[2])
print(ctypes.addressof(secret), file.fileno(), flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    built_in = Course.open().root
    root = tmp_path_factory.mktemp("attacks")
    course, outside = root / "course", root / "outside"
    for folder in ("exercises", "solutions"):
        for path in (built_in / folder).glob("**/*"):
            if path.is_file() and ("ex1_predictions" in str(path) or path.parent.name == folder):
                copy = course / path.relative_to(built_in)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, copy)
    own = course / "solutions" / "ex1_predictions"
    for name in ("checks.py", "solution.py"):
        (own / name).write_text(f"# {CANARY}\n{(own / name).read_text()}")
    (course / "solutions" / "answers.txt").write_text(CANARY)
    outside.mkdir()
    listeners = {
        "tcp": socket.create_server(("127.0.0.1", 0)),
        "udp": socket.socket(type=socket.SOCK_DGRAM),
        "unix": socket.socket(socket.AF_UNIX),
    }
    listeners["udp"].bind(("127.0.0.1", 0))
    address = f"{tempfile.mkdtemp()}/socket"  # pytest's own folders have too long names
    listeners["unix"].bind(address)
    listeners["unix"].listen()
    target = Target(course, outside, listeners)
    target.values = {
        "course": course,
        "outside": outside,
        "tcp": listeners["tcp"].getsockname()[1],
        "udp": listeners["udp"].getsockname()[1],
        "unix": address,
    }
    target.restore()
    yield target
    for listener in listeners.values():
        listener.close()
    shutil.rmtree(Path(address).parent)


@pytest.fixture
def victim(target: Target) -> Iterator[None]:
    """A process of the same user that holds a canary in its memory and in an open file."""
    command = [sys.executable, "-c", VICTIM, CANARY, str(target.course / "solutions/answers.txt")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        address, descriptor = process.stdout.readline().split()
        target.victim = process
        target.values |= {"victim": process.pid, "address": address, "descriptor": descriptor}
        yield
        target.victim = None
        process.kill()


@pytest.fixture(scope="module", autouse=True)
def environment() -> Iterator[None]:
    """The process that grades has a canary in its environment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADER_SECRET", CANARY)
        yield


@contextlib.contextmanager
def careless(target: Target) -> Iterator[IO[str]]:
    """Within this, whatever is started inherits an open file with a canary."""

    def popen(*args: Any, pass_fds: tuple[int, ...] = (), **kwargs: Any) -> Any:
        return subprocess.Popen(*args, pass_fds=(*pass_fds, file.fileno()), **kwargs)

    with (
        (target.course / "solutions" / "answers.txt").open() as file,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(servers, "subprocess", SimpleNamespace(**vars(subprocess) | {"Popen": popen}))
        yield file


@pytest.fixture(scope="module")
def protected(target: Target) -> Iterator[grader.Server]:
    """Warm processes with every layer."""
    with careless(target), grader.Server(target.course) as server:
        report = grader.grade("ex1", solution(target), server=server)
        if report.protection.level != "full":
            pytest.skip(f"this machine lacks {report.protection.missing}")
        yield server


def solution(target: Target) -> Path:
    return target.course / "solutions" / "ex1_predictions" / "solution.py"


@pytest.fixture
def submission(target: Target, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The attack's file, with the target's values filled in."""
    source = (HERE / f"{request.getfixturevalue('attack').name}.py").read_text()
    if "{{victim}}" in source:
        request.getfixturevalue("victim")
    for name, value in target.values.items():
        source = source.replace(f"{{{{{name}}}}}", str(value))
    assert "{{" not in source
    path = tmp_path / "ex1_predictions.py"
    path.write_text(source)
    return path


# what is left after a run


def processes(server: grader.Server) -> set[int]:
    """Everything that was started, at whatever remove, by a server: all inherit its folder's name.

    Also what left the session and lost its parent.
    """
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if server.folder.encode() in (path / "environ").read_bytes():
                found.add(int(path.name))
    return found


def peak_memory() -> int:
    """The most bytes that any ended process of this one ever had in memory."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10


def told(report: Report) -> str:
    """All that a report says, without the submission's own lines that it shows."""
    text = []
    for check in report.checks:
        details = check.details
        text += [check.message, (details["exception"] or {}).get("message", "")]
        text += [details["printed"] or ""]
    return "\n".join(text)


def outcome(target: Target) -> dict[str, object]:
    """What became of the process that attacks torment."""
    if target.victim is None:
        return {}
    pid = target.victim.pid
    time.sleep(0.1)
    if target.victim.poll() is not None:
        return {"killed": True}
    return {
        "reniced": os.getpriority(os.PRIO_PROCESS, pid) == 19,
        "pinned": len(os.sched_getaffinity(pid)) < len(os.sched_getaffinity(0)),
        "limited": resource.prlimit(pid, resource.RLIMIT_NOFILE) == (13, 13),
    }


# against the walls


@pytest.mark.parametrize("attack", [marked(attack) for attack in ATTACKS])
def test_attack_fails(
    attack: Attack, submission: Path, target: Target, protected: grader.Server
) -> None:
    before, files, memory = processes(protected), target.files(), peak_memory()
    began, seconds = 0.0, 0.0

    def note(event: Event) -> None:
        nonlocal began, seconds
        if isinstance(event, CheckResult):
            seconds = max(seconds, time.monotonic() - began)
        elif event.text == "":
            began = time.monotonic()

    report = grader.grade("ex1", submission, server=protected, timeout=LIMIT, on_event=note)

    assert not report.passed
    first = next(c for c in report.checks if c.verdict is not Verdict.PASSED)
    assert first.verdict == attack.verdict
    assert attack.text in first.message + str(first.details)
    assert CANARY not in json.dumps(report.to_dict())
    assert report.protection.level == "full"
    assert seconds < LIMIT + 2  # the longest check
    deadline = time.monotonic() + 2
    while processes(protected) != before and time.monotonic() < deadline:
        time.sleep(0.02)
    assert processes(protected) == before
    assert target.files() == files
    assert peak_memory() in (memory, min(peak_memory(), ENOUGH))
    assert True not in outcome(target).values()
    assert not target.knocked() if attack.proof == "knock" else True
    assert grader.grade("ex1", solution(target), server=protected).verified


# where the wall is missing


@dataclass
class Control:
    """What a run without the wall left behind; each kind of run fills in what it can know."""

    report: Report | None = None
    survivors: bool = False
    server_killed: bool = False
    files_changed: bool = False
    status: int | None = None  # None while it still ran when its time was over
    output: bytes = b""
    pipe: bytes = b""
    results: str = ""
    answers: tuple[Any, ...] = ()


@pytest.fixture
def control(
    attack: Attack,
    submission: Path,
    target: Target,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Control:
    if attack.layers == {"environment"}:
        monkeypatch.setattr(servers, "clean_environment", lambda home: os.environ | {"HOME": home})
        return graded_without(frozenset(), submission, target)
    if attack.layers == {"nonce"}:
        monkeypatch.setattr(remote.secrets, "token_hex", lambda size: "always the same")
        return called(submission, target)
    if attack.layers <= {"process", "wire", "deadline"}:
        return graded_naively(submission, tmp_path, 20 if attack.proof == "memory" else 2)
    return graded_without(attack.layers, submission, target)


def graded_without(layers: frozenset[str], submission: Path, target: Target) -> Control:
    """Grade without some layers."""
    files = target.files()
    with careless(target), grader.Server(target.course, without=layers) as server:
        server.warm(False)  # also what checkers are forked from
        server.end(server.start("learner", tensorflow=False, seconds=5), tensorflow=False)
        before = processes(server)
        report = grader.grade("ex1", submission, server=server, timeout=LIMIT)
        time.sleep(0.2)
        after = processes(server)
    for pid in after - before:
        os.kill(pid, signal.SIGKILL)
    assert set(report.protection.missing) >= layers
    return Control(
        report=report,
        survivors=bool(after - before),
        server_killed=bool(before - after),
        files_changed=target.files() != files,
    )


def graded_naively(submission: Path, folder: Path, seconds: float = 2) -> Control:
    """Grade in the submission's own process, as many graders do, for some seconds."""
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 1 << 20)
    output = folder / "output"
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, str(NAIVE), str(submission), str(writing)],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.DEVNULL,
            pass_fds=[writing],
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8 << 20, 8 << 20)),
        )
    os.close(writing)
    control = Control()
    with contextlib.suppress(subprocess.TimeoutExpired):
        control.status = process.wait(timeout=seconds)
    if control.status is None:
        process.kill()
        process.wait()
    with os.fdopen(reading, "rb") as pipe:
        control.pipe = pipe.read()
    control.output = output.read_bytes()
    results = folder / "results.json"
    control.results = results.read_text() if results.exists() else ""
    return control


def called(submission: Path, target: Target) -> Control:
    """Call two functions in a confined process, one after the other."""
    with grader.Server(target.course) as server:
        started = []

        def start(kind: str, tensorflow: bool) -> tuple[int, socket.socket]:
            started.append(server.start(kind, tensorflow, seconds=10))
            return 0, started[0].channel

        lines = SimpleNamespace(start=start, end=lambda _: server.end(started[0], False))
        process = remote.Process(lines, "learner", False, remote.Clock())
        process.load(submission.read_text(), submission.name, "ex1_predictions", 0)
        learner = remote.Learner(process)
        answers = learner.accuracy(np.eye(2), np.arange(2)), learner.softmax(np.eye(2))
        process.end()
    return Control(answers=answers)


def believes(text: bytes | str) -> bool:
    """Whether a line of JSON says that the submission has passed."""
    return bool(text) and json.loads(text)["passed"] is True


def lost(control: Control, errors: Any, read: Callable[[bytes], object]) -> bool:
    """Whether a reader that trusts what comes through the pipe is lost."""
    with pytest.raises(errors):
        read(control.pipe)
    return True


def unpickles(control: Control, target: Target) -> bool:
    pickle.loads(control.pipe)
    return (target.outside / "pickled").exists()


PROOFS: dict[str, Callable[[Control, Target], bool]] = {
    # the report tells a secret, or was won with a stolen solution
    "canary": lambda c, t: CANARY in told(c.report),
    "passed": lambda c, t: c.report.passed,
    # the machine is not as it was
    "files": lambda c, t: c.files_changed,
    "survivor": lambda c, t: c.survivors,
    "server killed": lambda c, t: c.server_killed,
    "victim killed": lambda c, t: outcome(t).get("killed") is True,
    "victim reniced": lambda c, t: outcome(t)["reniced"] is True,
    "victim pinned": lambda c, t: outcome(t)["pinned"] is True,
    "victim limited": lambda c, t: outcome(t)["limited"] is True,
    "knock": lambda c, t: t.knocked(),
    # a naive grader believes it, or does not come back
    "exit status": lambda c, t: c.status == 0,
    "output": lambda c, t: believes(c.output.splitlines()[-1]),
    "results file": lambda c, t: believes(c.results),
    "result pipe": lambda c, t: believes(c.pipe.splitlines()[0]),
    "crash": lambda c, t: c.status == -signal.SIGSEGV,
    "memory": lambda c, t: json.loads(c.pipe)["memory"] > ENOUGH,
    "hang": lambda c, t: c.status is None,
    "flood": lambda c, t: len(c.output) == 8 << 20,
    # a naive reader of frames is lost
    "reader out of memory": lambda c, t: lost(
        c, MemoryError, lambda frame: bytearray(int.from_bytes(frame[:8], "little"))
    ),
    "reader lost": lambda c, t: lost(c, RecursionError, lambda frame: json.loads(frame[16:])),
    "reader runs it": unpickles,
    "stale answer": lambda c, t: c.answers == (1.0, 1.0),
}


def proven(proof: str, control: Control, target: Target) -> bool:
    kind, _, text = proof.partition(" ")
    if kind == "report":
        return control.report is not None and text.strip('"') in told(control.report)
    return PROOFS[proof](control, target)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.name)
def test_attack_succeeds_without_its_layer(
    attack: Attack, control: Control, target: Target
) -> None:
    try:
        assert proven(attack.proof, control, target)
    finally:
        target.restore()


def test_naive_grader_is_right_about_honest_files(target: Target, tmp_path: Path) -> None:
    """What fools it would be no proof otherwise."""
    control = graded_naively(solution(target), tmp_path)
    assert control.status == 0
    assert believes(control.output) and believes(control.results) and believes(control.pipe)
    wrong = tmp_path / "wrong.py"
    wrong.write_text(solution(target).read_text().replace("axis=1", "axis=0"))
    control = graded_naively(wrong, tmp_path)
    assert control.status == 1
    assert not (believes(control.output) or believes(control.results) or believes(control.pipe))


def test_every_attack_has_a_known_layer_and_proof() -> None:
    known = {layer.name for layer in LAYERS} | {
        "environment", "process", "wire", "nonce", "deadline"
    }  # fmt: skip
    assert len(ATTACKS) >= 20
    for attack in ATTACKS:
        assert attack.layers <= known
        assert attack.proof in PROOFS or attack.proof.startswith("report ")
