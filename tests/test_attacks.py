"""Attacks: each fails against the walls, and each succeeds where its own wall is missing.

One file in ``attacks/`` is one submission. Its docstring says what it tries, and then:

``exercise``, ``check``
    what it is graded as: exercise 1 and all of its checks where the docstring does not say.
``layer``
    what stops it: names of layers in ``grader.sandbox.confinement``, all of which the control run
    leaves out, or one of

    - ``environment``: processes are started with a clean one,
    - ``process``: the submission runs in another process than the checks,
    - ``wire``: only plain data and exact arrays come back,
    - ``admission``: a model is rebuilt from what is on a list,
    - ``comparison``: what is rebuilt must compute what the learner's own model does,
    - ``nonce``: each question has a number that its answer must repeat,
    - ``deadline``: each check has one.
``expect``
    the verdict of the first check that does not pass, and a text that its result contains.
``proof``
    how the control run shows that the attack would succeed; one of ``PROOFS``.

What does its work while it is loaded fits every exercise; ``-m slow`` runs each against all of
them, and prints the figures that ``docs/security.md`` tells::

    python -m pytest tests/test_attacks.py -m slow
"""

import contextlib
import fcntl
import functools
import hashlib
import io
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
from grader.checks import errors, remote
from grader.course import Course
from grader.datasets import fashion_mnist
from grader.report import CheckResult, Event, Report, Verdict
from grader.sandbox import clock, interpreters
from grader.sandbox.confinement import LAYERS
from support import started_by

HERE = Path(__file__).parent / "attacks"
NAIVE = HERE / "_naive.py"
IN_PROCESS = Path(__file__).parent.parent / "benchmarks" / "in_process.py"
LIMIT = 2.0  # seconds for a check that is to be late
PATIENCE = 30.0  # for one that is not, on a machine that is busy
ENOUGH = 1 << 30  # bytes for a checker
CANARY = f"CANARY{secrets.token_hex(16)}"
CLUTTER = shutil.ignore_patterns("__pycache__", "misconceptions", "submissions")
LOADS = "softmax = predicted_labels = accuracy = most_doubtful = print\n"  # fits every exercise

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="walls are made for Linux")


@dataclass(frozen=True)
class Attack:
    """One submission and what its docstring says."""

    name: str
    exercise: str
    checks: frozenset[str] | None
    layers: frozenset[str]
    verdict: str
    text: str
    proof: str

    @property
    def source(self) -> str:
        return (HERE / f"{self.name}.py").read_text()


def read(path: Path) -> Attack:
    lines = path.read_text().partition('"""')[2].partition('"""')[0].splitlines()
    told = {k: v.strip() for k, _, v in (line.partition(":") for line in lines) if v}
    verdict, _, text = told["expect"].partition(", ")
    layers = frozenset(told["layer"].split(", "))
    exercise = told.get("exercise", "ex1_predictions")
    checks = frozenset({told["check"]}) if "check" in told else None
    return Attack(path.stem, exercise, checks, layers, verdict, text, told["proof"])


ATTACKS = [read(path) for path in sorted(HERE.glob("[!_]*.py"))]


def one_for_each_layer() -> list:
    """All attacks as parameters; those whose layers stop one before as well are thorough."""
    seen: set[str] = set()
    parameters = []
    for attack in sorted(ATTACKS, key=lambda attack: len(attack.layers)):
        marks = [pytest.mark.thorough] if attack.layers <= seen else []
        seen |= attack.layers
        parameters.append(pytest.param(attack, id=attack.name, marks=marks))
    return parameters


# what attacks are aimed at


@dataclass
class Target:
    """A course and a home with canaries, files that nobody may touch, listeners, and a victim."""

    course: Path
    outside: Path
    home: Path
    listeners: dict[str, socket.socket]
    victim: subprocess.Popen[str] | None = None
    values: dict[str, object] = field(default_factory=dict)

    def knocked(self) -> bool:
        """Whether anything has come to a listener; whatever has come is gone then."""
        found = set[bytes]()
        for listener in self.listeners.values():
            listener.settimeout(0.1)
            with contextlib.suppress(TimeoutError):
                while listener.type == socket.SOCK_DGRAM:
                    found.add(listener.recv(10))
                while True:
                    with listener.accept()[0] as connection:
                        connection.settimeout(1)
                        found.add(connection.recv(10))
        return b"hello" in found

    def files(self) -> dict[str, tuple]:
        """Everything of the course and outside: what it is, its date, its content."""
        return {
            str(path): (
                path.lstat().st_mode,
                path.lstat().st_mtime_ns,
                hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
            )
            for root in (self.course, self.outside, self.home)
            for path in sorted(root.rglob("*"))
        }

    def solution(self, exercise: str) -> Path:
        """The file that passes."""
        return self.course / "solutions" / exercise / "solution.py"

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
    course, outside, home = root / "course", root / "outside", root / "home"
    for folder in ("exercises", "labs", "solutions"):
        shutil.copytree(built_in / folder, course / folder, ignore=CLUTTER)
    for path in course.glob("solutions/**/*.py"):
        path.write_text(f"# {CANARY}\n{path.read_text()}")
    (course / "solutions" / "answers.txt").write_text(CANARY)
    np.savez(course / "solutions" / "labels.npz", labels=np.frombuffer(CANARY.encode(), np.uint8))
    outside.mkdir()
    (home / ".ssh").mkdir(parents=True)
    (home / ".ssh" / "id_ed25519").write_text(CANARY)
    in_memory = Path("/dev/shm") / f"grader-test-{secrets.token_hex(8)}"
    in_memory.write_text(CANARY)
    listeners = {
        "tcp": socket.create_server(("127.0.0.1", 0)),
        "udp": socket.socket(type=socket.SOCK_DGRAM),
        "unix": socket.socket(socket.AF_UNIX),
        "abstract": socket.socket(socket.AF_UNIX),
    }
    listeners["udp"].bind(("127.0.0.1", 0))
    address = f"{tempfile.mkdtemp()}/socket"  # pytest's own folders have too long names
    listeners["unix"].bind(address)
    listeners["unix"].listen()
    listeners["abstract"].bind(f"\0{in_memory.name}")
    listeners["abstract"].listen()
    target = Target(course, outside, home, listeners)
    target.values = {
        "course": course,
        "outside": outside,
        "home": home,
        "tcp": listeners["tcp"].getsockname()[1],
        "udp": listeners["udp"].getsockname()[1],
        "unix": address,
        "abstract": in_memory.name,
    }
    target.restore()
    yield target
    for listener in listeners.values():
        listener.close()
    shutil.rmtree(Path(address).parent)
    in_memory.unlink()


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
        patch.setattr(
            interpreters, "subprocess", SimpleNamespace(**vars(subprocess) | {"Popen": popen})
        )
        yield file


@pytest.fixture(scope="module")
def protected(target: Target) -> Iterator[grader.Server]:
    """Warm processes with every layer."""
    with careless(target), grader.Server(target.course) as server:
        report = grader.grade("ex1", target.solution("ex1_predictions"), server=server)
        if report.protection.level != "full":
            pytest.skip(f"this machine lacks {report.protection.missing}")
        yield server


def warm(server: grader.Server, exercise: str) -> None:
    """Have every interpreter run that grading the exercise needs."""
    needs = any(check.tensorflow for check in server.course.exercise(exercise).checks)
    server.warm(needs)
    server.end(server.start("learner", needs, seconds=5), needs)


@pytest.fixture
def submission(target: Target, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The attack's file, with the target's values filled in."""
    attack = request.getfixturevalue("attack")
    if "{{victim}}" in attack.source:
        request.getfixturevalue("victim")
    return written(attack.source, tmp_path / f"{attack.exercise}.py", target)


def written(source: str, path: Path, target: Target) -> Path:
    for name, value in (target.values | {"submission": path}).items():
        source = source.replace(f"{{{{{name}}}}}", str(value))
    assert "{{" not in source
    path.write_text(source)
    return path


# what is left after a run


def peak_memory(server: grader.Server) -> int:
    """The most bytes that any living checker of a server ever had in memory."""
    peak = 0
    for pid in started_by(server.folder):
        with contextlib.suppress(OSError):
            status = Path(f"/proc/{pid}/status").read_text()
            # no submission's, whose memory has a limit, and none that has ended
            if "Seccomp:\t0" in status and "VmHWM:" in status:
                peak = max(peak, int(status.partition("VmHWM:")[2].split()[0]) << 10)
    return peak


def told(report: Report) -> str:
    """All that a report says, without the submission's own lines that it shows."""
    text = []
    for check in report.checks:
        details = check.details
        text += [check.message, (details["exception"] or {}).get("message", "")]
        text += [details["printed"] or ""]
    return "\n".join(text)


def tormented(target: Target) -> dict[str, object]:
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


@dataclass
class Outcome:
    """What an attack brought about."""

    report: Report
    seconds: float  # of the longest check
    survivors: set[int]
    changed: bool  # files
    leaked: bool  # a canary
    memory: int  # of the checkers


def attacked(
    exercise: str,
    submission: Path,
    target: Target,
    server: grader.Server,
    checks: frozenset[str] | None = None,
    timeout: float = LIMIT,
) -> Outcome:
    """Grade a submission under full protection, and see what happened to everything else."""
    warm(server, exercise)
    before, files = started_by(server.folder), target.files()
    began, seconds, memory, texts = 0.0, 0.0, 0, []

    def note(event: Event) -> None:
        nonlocal began, seconds, memory
        texts.append(str(event))
        if isinstance(event, CheckResult):
            seconds = max(seconds, time.monotonic() - began)
            memory = max(memory, peak_memory(server))  # its checker waits for the next one
        elif event.text == "":
            began = time.monotonic()

    report = grader.grade(
        exercise, submission, server=server, timeout=timeout, on_event=note, checks=checks
    )
    deadline = time.monotonic() + PATIENCE
    while started_by(server.folder) != before and time.monotonic() < deadline:
        time.sleep(0.02)
    left = [p.read_bytes() for p in Path(server.folder).rglob("*") if p.is_file()]
    seen = json.dumps(report.to_dict()) + "".join(texts)
    return Outcome(
        report=report,
        seconds=seconds,
        survivors=started_by(server.folder) ^ before,
        changed=target.files() != files,
        leaked=CANARY in seen or any(CANARY.encode() in data for data in left),
        memory=memory,
    )


def graded_as_ever(
    target: Target, server: grader.Server, checks: frozenset[str] | None = None
) -> bool:
    """Whether the right solution still passes, all checks or some."""
    solution = target.solution("ex1_predictions")
    return grader.grade("ex1", solution, server=server, checks=checks).verified


@pytest.mark.parametrize("attack", one_for_each_layer())
def test_attack_fails(
    attack: Attack,
    submission: Path,
    target: Target,
    protected: grader.Server,
    capfd: pytest.CaptureFixture[str],
) -> None:
    timeout = LIMIT if attack.verdict == Verdict.TIMEOUT else PATIENCE
    outcome = attacked(attack.exercise, submission, target, protected, attack.checks, timeout)

    report = outcome.report
    assert not report.passed
    first = next(c for c in report.checks if c.verdict is not Verdict.PASSED)
    assert first.verdict == attack.verdict
    assert attack.text in first.message + str(first.details)
    assert not outcome.leaked
    assert CANARY not in "".join(capfd.readouterr())
    assert report.protection.level == "full"
    assert outcome.seconds < timeout + PATIENCE
    assert not outcome.survivors
    assert not outcome.changed
    assert outcome.memory < ENOUGH
    assert True not in tormented(target).values()
    assert not target.knocked() if attack.proof == "knock" else True
    assert graded_as_ever(target, protected, frozenset({"labels_argmax"}))


def fitted(attack: Attack, exercise: str, functions: tuple[str, ...]) -> str | None:
    """The attack's source as a submission to an exercise, if it fits that one."""
    if exercise == attack.exercise:
        return attack.source
    if LOADS in attack.source:
        return attack.source.replace(LOADS, f"{' = '.join(functions)} = print\n")
    return None


@pytest.mark.slow
@pytest.mark.usefixtures("victim")
def test_every_attack_against_every_exercise_it_fits(
    target: Target,
    protected: grader.Server,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Prints the figures that are told in docs/security.md."""
    found: dict[str, list[str]] = {
        "forged passes": [], "runs with a byte of a canary": [], "surviving processes": [],
        "files changed outside": [], "checks over their limit + 2 s": [],
        "checkers over 1 GiB": [], "victims harmed": [], "knocks at a listener": [],
        "honest submissions graded wrongly afterwards": [],
    }  # fmt: skip
    runs = 0
    for attack in ATTACKS:
        for exercise in protected.course.exercises:
            source = fitted(attack, exercise.stem, exercise.functions)
            if source is None:
                continue
            path = written(source, tmp_path / f"{exercise.stem}.py", target)
            outcome = attacked(exercise.stem, path, target, protected)
            runs += 1
            bad = (
                outcome.report.passed,
                outcome.leaked or CANARY in "".join(capfd.readouterr()),
                outcome.survivors,
                outcome.changed,
                outcome.seconds > LIMIT + 2,
                outcome.memory > ENOUGH,
                True in tormented(target).values(),
                attack.proof == "knock" and target.knocked(),
                False,
            )
            for names, is_bad in zip(found.values(), bad, strict=True):
                if is_bad:
                    names.append(f"{attack.name} as {exercise.id}")
        if not graded_as_ever(target, protected):
            found["honest submissions graded wrongly afterwards"].append(attack.name)
    with capfd.disabled():
        print(f"\n{len(ATTACKS)} attacks, {runs} runs")
        for what, names in found.items():
            print(f"{len(names):4} {what} {', '.join(names)}")
    assert not any(found.values())


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
    claims: dict[str, Any] = field(default_factory=dict)
    bench: dict[str, Any] = field(default_factory=dict)


@pytest.fixture
def control(
    attack: Attack,
    submission: Path,
    target: Target,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Control:
    if attack.exercise == "ex2_neurons":
        # a machine without limits may promise any memory, and take minutes to give it
        server = request.getfixturevalue("protected" if attack.proof == "bench lost" else "bare")
        return modelled(submission, target, server, 4 if attack.proof == "bench busy" else 60)
    if attack.proof == "in one process":
        return graded_in_one_process(attack, submission)
    if attack.layers == {"nonce"}:
        monkeypatch.setattr(remote.secrets, "token_hex", lambda size: "always the same")
        return called(submission, target)
    if attack.layers <= {"process", "wire", "deadline"}:
        endless = attack.proof in ("hang", "flood")
        return graded_naively(submission, tmp_path, 2 if endless else 30)
    layers = attack.layers & {layer.name for layer in LAYERS}
    if "environment" not in attack.layers and attack.proof != "server killed":
        return graded_without(
            layers, request.getfixturevalue("lacking")(layers), submission, target
        )
    if "environment" in attack.layers:
        monkeypatch.setattr(
            interpreters, "clean_environment", lambda home: os.environ | {"HOME": home}
        )
    with careless(target), grader.Server(target.course, without=layers) as server:
        return graded_without(layers, server, submission, target)


@pytest.fixture(scope="module")
def lacking(target: Target) -> Iterator[Callable[[frozenset[str]], grader.Server]]:
    """Warm processes without some layers; one server for all attacks that these stop."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(careless(target))

        @functools.cache
        def server(layers: frozenset[str]) -> grader.Server:
            return stack.enter_context(grader.Server(target.course, without=layers))

        yield server


def graded_without(
    layers: frozenset[str], server: grader.Server, submission: Path, target: Target
) -> Control:
    """Grade where some layers are missing."""
    files = target.files()
    warm(server, "ex1")
    before = started_by(server.folder)
    report = grader.grade("ex1", submission, server=server, timeout=10)
    deadline = time.monotonic() + 1
    while (after := started_by(server.folder)) != before and time.monotonic() < deadline:
        time.sleep(0.02)
    for pid in after - before:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert set(report.protection.missing) >= layers
    return Control(
        report=report,
        survivors=bool(after - before),
        server_killed=bool(before - after),
        files_changed=target.files() != files,
    )


def bounded() -> None:
    """No flood on this machine's disk, and no wait for the picture of a crash."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (8 << 20, 8 << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def graded_naively(submission: Path, folder: Path, seconds: float = 30) -> Control:
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
            preexec_fn=bounded,
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


def graded_in_one_process(attack: Attack, submission: Path) -> Control:
    """Grade by the hidden checks themselves, in the submission's own process."""
    command = [sys.executable, str(IN_PROCESS), attack.exercise, str(submission)]
    done = subprocess.run([*command, *(attack.checks or ())], capture_output=True, timeout=60)
    return Control(status=done.returncode, output=done.stdout)


def called(submission: Path, target: Target) -> Control:
    """Call two functions in a confined process, one after the other."""
    with grader.Server(target.course) as server, started(server, "learner", False) as process:
        process.load(submission.read_text(), submission.name, "ex1_predictions", 0)
        learner = remote.Learner(process)
        answers = learner.accuracy(np.eye(2), np.arange(2)), learner.softmax(np.eye(2))
    return Control(answers=answers)


@contextlib.contextmanager
def started(server: grader.Server, kind: str, tensorflow: bool) -> Iterator[remote.RemoteProcess]:
    """A process as a checker sees it."""
    made = server.start(kind, tensorflow, seconds=60)
    lines = SimpleNamespace(
        start=lambda *_: (0, made.channel), end=lambda _: server.end(made, tensorflow)
    )
    process = remote.RemoteProcess(lines, kind, tensorflow, clock.Clock())
    try:
        yield process
    finally:
        process.end()


@pytest.fixture(scope="module")
def bare(target: Target) -> Iterator[grader.Server]:
    """Warm processes without any layer."""
    with grader.Server(target.course, without=frozenset(la.name for la in LAYERS)) as server:
        yield server


def attempt(action: Callable[[], Any]) -> Any:
    """What an action returns, or the text of what it raises."""
    try:
        return action()
    except (errors.SubmissionError, errors.Ended, errors.Late) as error:
        return f"{type(error).__name__}: {error}"


def modelled(submission: Path, target: Target, server: grader.Server, seconds: float) -> Control:
    """Believe what a model says, as many graders do, and rebuild it unseen on a bench."""
    control, files = Control(), target.files()
    _, (x, y) = fashion_mnist.load_data()
    x, y = x[:100].astype(np.float32), y[:100]
    with started(server, "learner", True) as process:
        process.load(submission.read_text(), submission.name, "ex2_neurons", 0)
        model = remote.Learner(process).build_model(16)
        control.claims = {
            "parameters": attempt(model.count_params),
            "shapes": attempt(lambda: [w.shape for w in model.get_weights()]),
            # without the module, which names a class that is not Keras's
            "layers": attempt(
                lambda: [each.remote_type.rpartition(".")[2] for each in model.layers]
            ),
            "measured": attempt(lambda: model.evaluate(x, y, verbose=0, return_dict=True)),
            "outputs": attempt(lambda: model.predict(x, verbose=0)),
            "right": attempt(lambda: float((model.predict(x, verbose=0).argmax(1) == y).mean())),
        }
        told = process.bench("describe", model.remote_number)
    if told["kind"] == "subclass":
        return control
    with started(server, "bench", True) as process:
        process.ready()
        process.call((None, "keras.config.enable_unsafe_deserialization"), (), {})
        process._clock.start(seconds)
        arguments = {key: told[key] for key in ("kind", "config", "input_shape")}
        arguments["weights"] = told["weights"] or None
        built = attempt(lambda: process.call((None, "build"), (), arguments))
        control.bench = {"built": built}
        if isinstance(built, remote.Remote):
            control.bench |= {
                "outputs": attempt(lambda: process.call((None, "predict"), (built, x), {})),
                "words": attempt(lambda: built.layers[-1].get_vocabulary()),
                "epsilon": process.call((None, "keras.config.epsilon"), (), {}),
            }
    control.files_changed = target.files() != files
    return control


def believes(text: bytes | str) -> bool:
    """Whether a line of JSON says that the submission has passed."""
    return bool(text) and json.loads(text)["passed"] is True


def lost(control: Control, refusals: Any, read: Callable[[bytes], object]) -> bool:
    """Whether a reader that trusts what comes through the pipe is lost."""
    with pytest.raises(refusals):
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
    "victim killed": lambda c, t: tormented(t).get("killed") is True,
    "victim reniced": lambda c, t: tormented(t)["reniced"] is True,
    "victim pinned": lambda c, t: tormented(t)["pinned"] is True,
    "victim limited": lambda c, t: tormented(t)["limited"] is True,
    "knock": lambda c, t: t.knocked(),
    # a naive grader believes it, or does not come back
    "exit status": lambda c, t: c.status == 0,
    "in one process": lambda c, t: c.status == 0,
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
    "reader believes shape": lambda c, t: lost(
        c, MemoryError, lambda frame: np.load(io.BytesIO(frame))
    ),
    "stale answer": lambda c, t: c.answers == (1.0, 1.0),
    # what a model says of itself is not so
    "claimed parameters": lambda c, t: c.claims["parameters"] == 785 * 16 + 17 * 10,
    "claimed shapes": lambda c, t: c.claims["shapes"] == [(784, 16), (16,), (16, 10), (10,)],
    "claimed layers": lambda c, t: c.claims["layers"] == ["Flatten", "Dense", "Dense"],
    "claimed accuracy": lambda c, t: c.claims["measured"]["accuracy"] == 1,
    "predicted labels": lambda c, t: c.claims["right"] == 1,
    # a bench that takes every description runs it, or is lost
    "bench canary": lambda c, t: CANARY in str(c.bench["words"]),
    "bench busy": lambda c, t: c.bench["built"] == "Late: build",
    "bench lost": lambda c, t: "OOM when allocating" in c.bench["built"],
    "bench differs": lambda c, t: not np.allclose(c.bench["outputs"], c.claims["outputs"], 1e-2),
    "bench not finite": lambda c, t: not np.isfinite(c.bench["outputs"]).any(),
    "bench epsilon": lambda c, t: np.shape(c.bench["epsilon"]) != (),
}


def proven(proof: str, control: Control, target: Target) -> bool:
    kind, _, text = proof.partition(" ")
    text = text.strip('"')
    if kind == "report":
        return control.report is not None and text in told(control.report)
    if kind == "told":
        return text.encode() in control.output
    if kind == "error":
        return text.replace("{{outside}}", str(target.outside)) in control.bench["built"]
    return PROOFS[proof](control, target)


@pytest.mark.parametrize("attack", one_for_each_layer())
def test_attack_succeeds_without_its_layer(
    attack: Attack, control: Control, target: Target
) -> None:
    try:
        assert proven(attack.proof, control, target)
    finally:
        target.restore()


def test_naive_grader_is_right_about_honest_files(target: Target, tmp_path: Path) -> None:
    """What fools it would be no proof otherwise."""
    control = graded_naively(target.solution("ex1_predictions"), tmp_path)
    assert control.status == 0
    assert believes(control.output) and believes(control.results) and believes(control.pipe)
    wrong = tmp_path / "wrong.py"
    wrong.write_text(target.solution("ex1_predictions").read_text().replace("axis=1", "axis=0"))
    control = graded_naively(wrong, tmp_path)
    assert control.status == 1
    assert not (believes(control.output) or believes(control.results) or believes(control.pipe))


def test_every_attack_has_a_known_layer_and_proof() -> None:
    known = {layer.name for layer in LAYERS} | {
        "environment", "process", "wire", "admission", "comparison", "nonce", "deadline"
    }  # fmt: skip
    assert len(ATTACKS) >= 150
    for attack in ATTACKS:
        assert attack.layers <= known
        assert attack.proof in PROOFS or attack.proof.startswith(("report ", "told ", "error "))
