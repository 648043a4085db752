"""Each layer of protection holds, is named where it is missing, and leaves honest code alone."""

import contextlib
import errno
import json
import os
import platform
import re
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import grader
from grader.checks import errors, remote
from grader.course import Course
from grader.engine import server as servers
from grader.report import Protection
from grader.sandbox import clock
from grader.sandbox.confinement import LAYERS, Unconfined, Wall, confine, layers, seccomp
from support import SOLUTION, started_by

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="walls are made for Linux")

NAMES = [layer.name for layer in LAYERS]
HIDDEN = Course.open().hidden
ONE = ["labels_argmax"]  # check, where any tells that a file is graded

PROBE = """
import ctypes, os, resource, socket, subprocess, sys
from pathlib import Path

libc = ctypes.CDLL(None, use_errno=True)


def status(name):
    return Path("/proc/self/status").read_text().partition(name + ":")[2].split()[0]


def error(action, *arguments):
    try:
        action(*arguments)
    except OSError as error:
        return error.errno
    return 0


def syscall(number, *arguments):
    return ctypes.get_errno() if libc.syscall(number, *arguments) < 0 else 0


def ask(expression):
    return eval(expression)
"""


@contextlib.contextmanager
def probe(
    server: grader.Server, tensorflow: bool = False, seconds: int = 30
) -> Iterator[Callable[[str], Any]]:
    """A confined process that evaluates expressions."""
    started = []

    def start(kind: str, tensorflow: bool) -> tuple[int, socket.socket]:
        started.append(server.start(kind, tensorflow, seconds))
        return 0, started[0].channel

    control = SimpleNamespace(start=start, end=lambda _: server.end(started[0], tensorflow))
    process = remote.RemoteProcess(control, "learner", tensorflow, clock.Clock())
    try:
        process.load(PROBE, "probe.py", "probe", 0)
        yield remote.Learner(process).ask
    finally:
        process.end()


@pytest.fixture(scope="module")
def protected(server: grader.Server) -> grader.Server:
    missing = grader.grade("ex1", SOLUTION, server=server, checks=ONE).protection.missing
    if missing:
        pytest.skip(f"this machine lacks {missing}")
    return server


@pytest.fixture
def ask(protected: grader.Server) -> Iterator[Callable[[str], Any]]:
    with probe(protected) as ask:
        yield ask


# what each layer does: an expression, and what it is with the layer

EFFECTS = {
    "session": ("os.getsid(0) == os.getpid()", True),
    "descriptors": (
        "[os.readlink(f'/proc/self/fd/{n}') for n in (0, 1, 2)]",
        ["/dev/null", *["/memfd:output (deleted)"] * 2],
    ),
    "scratch": ("os.statvfs('.').f_files", layers.SCRATCH_FILES),
    "network": ("len(Path('/proc/self/net/dev').read_text().splitlines())", 3),  # two of heading
    "limits": ("resource.getrlimit(resource.RLIMIT_AS)", (servers.MEMORY, servers.MEMORY)),
    "threads": ("resource.getrlimit(resource.RLIMIT_NPROC)", (layers.THREADS, layers.THREADS)),
    "capabilities": ("(int(status('CapEff'), 16), status('NoNewPrivs'))", (0, "1")),
    "landlock": ("error(os.listdir, '/')", errno.EACCES),
    "seccomp": ("status('Seccomp')", "2"),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_layer_is_on(ask: Callable[[str], Any], name: str) -> None:
    expression, value = EFFECTS[name]
    assert ask(expression) == value


def test_the_file_of_what_is_printed_has_one_size(ask: Callable[[str], Any]) -> None:
    end = f"os.lseek(1, {layers.OUTPUT_SIZE}, 0)"
    assert ask(f"error(lambda: ({end}, os.write(1, b'x')))") == errno.EPERM
    assert ask(f"error(os.ftruncate, 1, {layers.OUTPUT_SIZE + 1})") == errno.EPERM
    assert ask("error(os.posix_fallocate, 1, 0, 2 << 20)") == errno.EPERM


@pytest.mark.parametrize(
    "name",
    [n if n == "landlock" else pytest.param(n, marks=pytest.mark.thorough) for n in NAMES],
)
def test_a_missing_layer_is_named(protected: grader.Server, name: str) -> None:
    with grader.Server(without=frozenset({name})) as server:
        report = grader.grade("ex1", SOLUTION, server=server, checks=ONE)
        # an ordinary user's threads are counted by themselves in a user namespace, made for scratch
        also = ("threads",) if name == "scratch" and os.getuid() else ()
        assert report.protection == Protection("partial", (name, *also))
        assert report.passed and not report.verified
        with probe(server) as ask:
            expression, value = EFFECTS[name]
            if name != "capabilities" or os.getuid() == 0:
                assert ask(expression) != value


@pytest.mark.thorough
def test_without_both_walls_there_is_no_protection(protected: grader.Server) -> None:
    with grader.Server(without=frozenset({"landlock", "seccomp"})) as server:
        report = grader.grade("ex1", SOLUTION, server=server, checks=ONE)
    assert report.protection == Protection("none", ("landlock", "seccomp"))
    assert report.passed and not report.verified


def test_without_any_layer_the_engine_still_grades(protected: grader.Server) -> None:
    with grader.Server(without=frozenset(NAMES)) as server:
        report = grader.grade("ex1", SOLUTION, server=server, checks=ONE)
    assert report.protection == Protection("none", tuple(sorted(NAMES)))
    assert report.passed


# a closer look at each


def test_nothing_but_the_channel_is_open(ask: Callable[[str], Any]) -> None:
    # the fifth is the listing itself
    assert len(ask("os.listdir('/proc/self/fd')")) == 5
    assert ask("os.fstat(0).st_rdev") == Path(os.devnull).stat().st_rdev
    # what is printed goes into a file of the process's own, of bounded size and no name
    assert ask("os.path.samestat(os.fstat(1), os.fstat(2))")
    assert ask("os.fstat(1).st_nlink") == 0


@pytest.mark.thorough
def test_what_one_process_may_send_is_bounded(ask: Callable[[str], Any]) -> None:
    """A check may keep all that it is told."""
    send = "__import__('numpy').zeros(100 << 20, 'u1')"
    for _ in range(5):
        assert ask(send).nbytes == 100 << 20
    with pytest.raises(errors.Garbled, match="more than 512 MiB"):
        ask(send)


def test_the_environment_is_clean(
    protected: grader.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_ADDOPTS", "--co")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("API_TOKEN", "secret")
    with grader.Server() as server, probe(server) as ask:
        names = set(ask("list(os.environ)"))
        assert not names & {"PYTEST_ADDOPTS", "PYTHONPATH", "API_TOKEN", "USER", "PATH"}
        assert ask("os.environ['HOME']").startswith(server.folder)
        assert ask("os.environ['TF_NUM_INTRAOP_THREADS']") == "1"
        assert ask("os.environ['TF_ENABLE_ONEDNN_OPTS']") == "0"
        assert "secret" not in ask("Path('/proc/self/environ').read_text()")


def test_tensorflow_leaves_small_graphs_as_they_are(protected: grader.Server) -> None:
    """An experiment's are not small: test_lab.py."""
    with probe(protected, tensorflow=True) as ask:
        options = ask("__import__('tensorflow').config.optimizer.get_experimental_options()")
    assert options["disable_meta_optimizer"] is True


def test_scratch_folders_are_private_and_small(protected: grader.Server) -> None:
    with probe(protected) as first, probe(protected) as second:
        assert first("Path('note.txt').write_text('mine')") == 4
        assert first("os.listdir('.')") == ["note.txt"]
        assert second("os.listdir('.')") == []
        size = second("os.statvfs('.').f_blocks * os.statvfs('.').f_frsize")
        assert size == 64 << 20
    left = Path(protected.folder, "scratch").iterdir()
    assert [
        path for path in left if path.is_dir()
    ] == []  # Keras keeps a file of its settings there


def test_honest_use_of_the_scratch_folder(ask: Callable[[str], Any]) -> None:
    for expression in (
        "Path('folder').mkdir()",
        "Path('folder/a.txt').write_text('a')",
        "Path('folder/a.txt').rename('folder/b.txt')",
        "Path('folder/b.txt').unlink()",
        "Path('folder').rmdir()",
    ):
        ask(expression)
    assert ask("os.listdir('.')") == []


def test_threads_are_counted(ask: Callable[[str], Any]) -> None:
    """The kernel counts those of a user, and none of root's."""
    assert ask("resource.getrlimit(resource.RLIMIT_NPROC)") == (layers.THREADS, layers.THREADS)
    assert ask("os.getuid()") != 0


def test_limits_can_not_be_raised(ask: Callable[[str], Any]) -> None:
    for name in ("AS", "FSIZE", "NOFILE", "NPROC", "CPU"):
        hard = ask(f"resource.getrlimit(resource.RLIMIT_{name})[1]")
        assert hard > 0
        raised = f"lambda: resource.setrlimit(resource.RLIMIT_{name}, ({hard + 1}, {hard + 1}))"
        with pytest.raises(errors.SubmissionError, match="not allowed to raise maximum limit"):
            ask(f"({raised})()")
    assert ask("resource.getrlimit(resource.RLIMIT_CORE)") == (1, 1)


def test_only_libraries_can_be_read(ask: Callable[[str], Any]) -> None:
    assert ask("error(open, os.__file__)") == 0
    assert ask("len(os.urandom(8)) + len(open('/dev/urandom', 'rb').read(8))") == 16
    assert ask("__import__('grader.datasets.fashion_mnist').datasets is not None")
    home, repository = Path.home(), Path(__file__).parent
    for path in (*HIDDEN, home, repository, "/tmp", "/etc", "/proc", "/sys", "/dev/shm", "/"):
        if Path(path).is_dir():
            assert ask(f"error(os.listdir, {str(path)!r})") == errno.EACCES, path
    for path in (SOLUTION, __file__, "/etc/passwd", "/proc/1/environ", "/proc/cpuinfo"):
        assert ask(f"error(open, {str(path)!r})") == errno.EACCES, path
    assert ask("error(open, '/dev/urandom', 'wb')") == errno.EACCES


def test_libraries_can_not_be_written(ask: Callable[[str], Any]) -> None:
    assert ask("error(open, os.__file__, 'a')") == errno.EACCES
    for mode in (os.O_RDONLY, os.O_WRONLY, os.O_RDWR, 3):
        assert ask(f"error(os.open, os.__file__, {mode} | os.O_TRUNC)") in (
            errno.EACCES,
            errno.EPERM,
        )
    assert ask("error(open, os.path.dirname(os.__file__) + '/evil.py', 'w')") == errno.EACCES
    assert ask("error(os.unlink, os.__file__)") == errno.EACCES


REFUSED = {
    "fork": 57, "vfork": 58, "execve": 59, "execveat": 322, "kill": 62, "tkill": 200,
    "rt_sigqueueinfo": 129, "pidfd_send_signal": 424, "ptrace": 101, "process_vm_readv": 310,
    "process_vm_writev": 311, "pidfd_open": 434, "pidfd_getfd": 438, "kcmp": 312, "socket": 41,
    "socketpair": 53, "connect": 42, "bind": 49, "listen": 50, "sendto": 44, "sendmsg": 46,
    "recvmsg": 47, "mount": 165, "umount2": 166, "pivot_root": 155, "chroot": 161, "unshare": 272,
    "setns": 308, "memfd_create": 319, "io_uring_setup": 425, "io_setup": 206, "add_key": 248,
    "keyctl": 250, "request_key": 249, "bpf": 321, "perf_event_open": 298, "userfaultfd": 323,
    "personality": 135, "modify_ldt": 154, "chmod": 90, "fchmod": 91, "chown": 92, "utimensat": 280,
    "setxattr": 188, "link": 86, "symlink": 88, "mknod": 133, "truncate": 76, "flock": 73,
    "setpriority": 141, "sched_setaffinity": 203, "sched_setscheduler": 144, "ioprio_set": 251,
    "shmget": 29, "msgget": 68, "semget": 64, "mq_open": 240, "inotify_init1": 294,
    "fanotify_init": 300, "name_to_handle_at": 303, "open_by_handle_at": 304, "openat2": 437,
    "init_module": 175, "kexec_load": 246, "reboot": 169, "swapon": 167, "syslog": 103,
    "setuid": 105, "setsid": 112, "setpgid": 109, "seccomp": 317, "landlock_restrict_self": 446,
    "timer_create": 222, "setitimer": 38, "alarm": 37, "vhangup": 153, "acct": 163,
    "a call of the x32 kind": 0x40000000 | 39, "a call that does not exist": 9999,
}  # fmt: skip


@pytest.mark.skipif(platform.machine() != "x86_64", reason="numbers of x86_64")
def test_system_calls_are_refused(ask: Callable[[str], Any]) -> None:
    refused = ask(f"[syscall(number, 0, 0, 0, 0, 0, 0) for number in {list(REFUSED.values())}]")
    assert dict(zip(REFUSED, refused, strict=True)) == dict.fromkeys(REFUSED, errno.EPERM)


@pytest.mark.skipif(platform.machine() != "x86_64", reason="numbers of x86_64")
def test_system_calls_are_refused_for_some_arguments(ask: Callable[[str], Any]) -> None:
    for call in (
        "302, 0, 4, 8, 0",  # prlimit of its own, to be changed
        "56, 17",  # clone, as fork
        "56, 0x10000011",  # clone, into a new user namespace
        "56, 0x10900",  # clone, a thread with descriptors of its own
        "436, 1000, 1000, 2",  # close_range: descriptors of its own
        f"302, {os.getpid()}, 7, 0, 0",  # prlimit of another process
        f"234, {os.getpid()}, {os.getpid()}, 0",  # tgkill of another process
        "157, 1, 0",  # prctl: forget the parent's death
        "157, 4, 0",  # prctl: not dumpable
        "157, 22, 0",  # prctl: seccomp
        "16, 0, 0x5412",  # ioctl: type into a terminal
        "16, 0, 0x8901",  # ioctl: signals for another process
    ):
        assert ask(f"syscall({call})") == errno.EPERM, call
    assert ask("syscall(435, 0, 0)") == errno.ENOSYS  # clone3: its flags can't be seen


def test_honest_threads_work(ask: Callable[[str], Any]) -> None:
    assert ask(
        "list(__import__('concurrent.futures').futures.ThreadPoolExecutor(2).map(abs, [-1, -2]))"
    ) == [1, 2]
    assert ask("float((__import__('numpy').eye(500) @ __import__('numpy').eye(500)).sum())") == 500
    seen = "{Path(f'/proc/self/task/{t}/status').read_text().partition('Seccomp:')[2].split()[0]"
    assert ask(f"list({seen} for t in os.listdir('/proc/self/task')}})") == ["2"]


# separate processes instead of forks


@pytest.mark.thorough
def test_spawned_processes_are_confined_too(protected: grader.Server) -> None:
    with grader.Server(forks=False) as server:
        report = grader.grade("ex1", SOLUTION, server=server, checks=ONE)
        assert report.verified
        with probe(server) as ask:
            for name, (expression, value) in EFFECTS.items():
                # an ordinary user's process that has threads can't have a disk of its own
                if name != "scratch" or ask("error(open, 'x', 'w')") == 0:
                    assert ask(expression) == value
            assert len(ask("os.listdir('/proc/self/fd')")) == 5


THREADS = (
    "{tuple(Path(f'/proc/self/task/{t}/status').read_text().partition('NoNewPrivs:')[2].split()[0])"
    " for t in os.listdir('/proc/self/task')} == {('1',)}"
)


@pytest.mark.parametrize(
    "without",
    [(), ("seccomp",)],
)
def test_every_thread_of_a_spawned_process_is_confined(
    protected: grader.Server, without: tuple[str, ...]
) -> None:
    with (
        grader.Server(forks=False, without=frozenset(without)) as server,
        probe(server) as ask,
    ):
        assert ask(THREADS)


# what to do about a layer that can't be put on, or does not hold


def wall(**changes: Any) -> Wall:
    return Wall(
        **{
            "channel": 3, "parent": 1, "scratch": "/", "readable": (), "hidden": (), "memory": 1,
            "seconds": 1,
        } | changes
    )  # fmt: skip


def fake(name: str, error: type[Exception] | None = None, holds: bool = True) -> layers.Layer:
    def put_on(_: Wall) -> None:
        if error is not None:
            raise error(name)

    return layers.Layer(name, put_on, lambda _: holds)


def test_a_layer_that_the_system_lacks_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers, "LAYERS", (fake("a"), fake("b", OSError, holds=False), fake("c")))
    assert confine(wall()) == ["b"]
    assert confine(wall(without=frozenset({"a"}))) == ["a", "b"]


def test_a_layer_that_does_not_hold_ends_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers, "LAYERS", (fake("a"), fake("b", holds=False)))
    with pytest.raises(Unconfined, match="b"):
        confine(wall())
    monkeypatch.setattr(layers, "LAYERS", (fake("a", ValueError),))
    with pytest.raises(ValueError, match="a"):
        confine(wall())


def test_no_writing_at_all_is_as_good_as_a_small_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers, "LAYERS", (fake("scratch", OSError), fake("landlock")))
    assert confine(wall()) == []
    monkeypatch.setattr(layers, "LAYERS", (fake("scratch", OSError), fake("landlock", OSError)))
    assert confine(wall()) == ["scratch", "landlock"]


# older kernels, which know less of Landlock

OLDER = """
import fcntl, json, os, signal, sys
from grader.course import Course
from grader.sandbox.confinement import Wall, confine, landlock
from grader.sandbox.confinement.readable import readable_paths

victim, library, scratch, version = int(sys.argv[1]), *sys.argv[2:4], int(sys.argv[4])
without = frozenset(sys.argv[5:])
landlock.abi = lambda: version
hidden = Course.open().hidden
readable = readable_paths(hidden) + (os.path.dirname(library),)
told = {}
out = os.dup(1)
told["missing"] = confine(
    Wall(
        channel=out,
        parent=os.getppid(),
        scratch=scratch,
        readable=readable,
        hidden=tuple(str(h) for h in hidden if h.is_dir()),
        memory=4 << 30,
        seconds=30,
        without=without,
    )
)

def refused(action):
    try:
        action()
    except OSError:
        return True
    return False

def signal_by_pipe():
    reader, writer = os.pipe()
    fcntl.fcntl(reader, 10, signal.SIGTERM)
    fcntl.fcntl(reader, fcntl.F_SETOWN, victim)
    fcntl.fcntl(reader, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
    os.write(writer, b"!")

told["read"] = refused(lambda: os.listdir(hidden[0]))
told["written"] = refused(lambda: open(library, "a"))
told["made"] = refused(lambda: open(library + ".new", "w"))
told["killed"] = refused(lambda: os.kill(victim, 0))
refused(lambda: os.open(library, os.O_RDONLY | os.O_TRUNC))
refused(lambda: os.open(os.path.dirname(library) + "/../other.txt", 3 | os.O_TRUNC))
refused(signal_by_pipe)
os.write(out, json.dumps(told).encode())
os._exit(0)
"""


Older = Callable[..., dict[str, Any]]


@pytest.fixture
def older(protected: grader.Server, tmp_path: Path) -> Older:
    """What a process may do under some version of Landlock, as far as this kernel can show it."""

    def run(version: int, *without: str) -> dict[str, Any]:
        library, other, scratch = (tmp_path / n for n in ("in/library.py", "other.txt", "scratch"))
        for path in (library, other):
            path.parent.mkdir(exist_ok=True)
            path.write_text("precious")
        scratch.mkdir()
        with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as victim:
            words = [str(victim.pid), str(library), str(scratch), str(version), *without]
            command = [sys.executable, "-c", OLDER, *words]
            told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
            told["emptied"] = library.read_text() != "precious"
            told["other emptied"] = other.read_text() != "precious"
            victim.communicate(b"\n")  # it ends, if no signal has ended it
            told["signaled"] = victim.returncode != 0
        return told

    return run


HELD = {"read": True, "written": True, "made": True, "killed": True,
        "emptied": False, "other emptied": False, "signaled": False}  # fmt: skip


@pytest.mark.parametrize("version", range(1, 8))
def test_under_every_version_of_landlock(older: Older, version: int) -> None:
    """Linux knows a fourth mode of open, for neither reading nor writing, that empties a file."""
    assert older(version) == HELD | {"missing": []}


def test_landlock_keeps_files(older: Older) -> None:
    """The control: without it they can be read, changed and made."""
    told = older(7, "landlock")
    assert told.pop("missing") == ["landlock"]
    assert {name for name in HELD if told[name] != HELD[name]} == {"read", "written", "made"}


def test_what_the_first_landlock_does_not_know_the_filter_refuses(older: Older) -> None:
    """The control: without it files can be emptied, and processes signaled."""
    told = older(1, "seccomp")
    assert told.pop("missing") == ["seccomp"]
    changed = {name for name in HELD if told[name] != HELD[name]}
    assert changed == {"killed", "emptied", "other emptied", "signaled"}


# the filter of system calls, for machines that are not at hand


def verdict(program: bytes, architecture: int, number: int, *arguments: int) -> str:
    """What the filter answers to a system call: an interpreter of the few instructions it uses."""
    padded = (*arguments, *[0] * (6 - len(arguments)))
    data = struct.pack("<IIQ6Q", number, architecture, 0, *padded)
    value, at = 0, 0
    while True:
        code, true, false, operand = struct.unpack_from("<HBBI", program, 8 * at)
        at += 1
        match code:
            case 0x20:
                (value,) = struct.unpack_from("<I", data, operand)
            case 0x54:
                value &= operand
            case 0x06:
                return {0x7FFF0000: "allow", 0x80000000: "kill"}.get(
                    operand, errno.errorcode.get(operand & 0xFFFF, "?")
                )
            case _:
                met = {0x15: value == operand, 0x35: value >= operand, 0x45: value & operand}[code]
                at += true if met else false


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_of_each_architecture(machine: str) -> None:
    column, architecture = seccomp._ARCHITECTURES[machine]
    program = seccomp._program(column, architecture, pid=77)
    clone, prctl, prlimit, tgkill, ioctl, fcntl, openat = (
        (56, 157, 302, 234, 16, 72, 257)
        if machine == "x86_64"
        else (220, 167, 261, 131, 29, 25, 56)
    )

    def answer(number: int, *arguments: int) -> str:
        return verdict(program, architecture, number, *arguments)

    assert verdict(program, 0x40000003, 1) == "kill"  # i386
    for numbers in seccomp._ALLOWED.values():
        if numbers[column] is not None:
            assert answer(numbers[column]) == "allow"
    assert answer(clone, 17) == "EPERM"
    assert answer(clone, 0x3D0F00) == "allow"  # as pthread_create calls it
    assert answer(clone, 0x3D0B00) == "EPERM"  # without CLONE_FILES
    assert answer(436, 3, 9, 0) == "allow" and answer(436, 3, 9, 2) == "EPERM"  # close_range
    assert answer(435) == "ENOSYS"
    assert answer(prctl, 15) == "allow" and answer(prctl, 22) == "EPERM"
    assert answer(prlimit, 0, 7) == "allow" and answer(prlimit, 1, 7) == "EPERM"
    assert answer(prlimit, 0, 7, 1) == answer(prlimit, 0, 7, 1 << 32) == "EPERM"
    assert answer(tgkill, 77, 77, 6) == "allow" and answer(tgkill, 78, 78, 6) == "EPERM"
    assert answer(ioctl, 0, 0x5401) == "allow" and answer(ioctl, 0, 0x5412) == "EPERM"
    assert answer(fcntl, 0, 3) == "allow" and answer(fcntl, 0, 8) == "EPERM"  # F_SETOWN
    assert answer(openat, 0, 0, os.O_RDONLY | os.O_CLOEXEC) == "allow"
    assert answer(openat, 0, 0, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) == "allow"
    assert answer(openat, 0, 0, os.O_RDONLY | os.O_TRUNC) == "EPERM"
    allowed = {n for n in range(600) if answer(n) == "allow"}
    known = {numbers[column] for numbers in seccomp._ALLOWED.values()}
    opening = {openat, 2} if machine == "x86_64" else {openat}
    assert allowed <= known | opening | {prlimit, fcntl, 436}  # with no arguments
    assert {answer(n | 0x40000000) for n in allowed} == {"EPERM"}


HEADERS = {
    "x86_64": "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
    "aarch64": "/usr/include/asm-generic/unistd.h",
}


@pytest.mark.parametrize("machine", HEADERS)
def test_numbers_are_those_of_the_kernels_headers(machine: str) -> None:
    header = Path(HEADERS[machine])
    if not header.exists():
        pytest.skip("no headers of the kernel here")
    found = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", header.read_text())
    official = {name: int(number) for name, number in found}
    other = {"newfstatat": "fstatat"} if machine == "aarch64" else {}
    column = seccomp._ARCHITECTURES[machine][0]
    for name, numbers in seccomp._ALLOWED.items():
        number = official.get(name, official.get(other.get(name, name)))
        if number is not None or numbers[column] is None:
            assert numbers[column] == number, name


# what outlives what

ENDLESS = """
import sys
import grader
with grader.Server(forks=sys.argv[2] == "forks") as server:
    print(server.folder, flush=True)
    grader.grade("ex1", sys.argv[1], server=server)
"""


def is_confined(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return "Seccomp:\t2" in Path(f"/proc/{pid}/status").read_text()
    return False


@pytest.mark.parametrize("way", ["forks", "spawns"])
def test_nothing_outlives_a_killed_grader(
    protected: grader.Server, tmp_path: Path, way: str
) -> None:
    path = tmp_path / "ex1_predictions.py"
    path.write_text(
        "softmax = predicted_labels = accuracy = most_doubtful = print\nwhile True:\n    pass\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(path), way], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        folder = process.stdout.readline().strip()
        deadline = time.monotonic() + 20
        while not any(map(is_confined, started_by(folder))):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(0.3)
        process.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 3
    while started_by(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert started_by(folder) == set()
    with contextlib.suppress(OSError):
        (Path(folder) / "scratch").rmdir()
        Path(folder).rmdir()


def test_a_server_that_died_is_started_again(protected: grader.Server) -> None:
    with grader.Server() as server:
        assert grader.grade("ex1", SOLUTION, server=server, checks=ONE).verified
        first = started_by(server.folder)  # of submissions, and of checkers
        assert len(first) == 2
        for pid in first:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)
        assert grader.grade("ex1", SOLUTION, server=server, checks=ONE).verified
        second = started_by(server.folder)
        assert len(second) == 2
        assert not first & second
    assert started_by(server.folder) == set()


def test_what_a_dead_server_started_is_no_child_of_the_next() -> None:
    """Its number is; whoever has that number now is left alone."""
    with grader.Server() as server:
        old = server.start("learner", False, seconds=5)
        for pid in started_by(server.folder):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)
        new = server.start("learner", False, seconds=5)
        running = started_by(server.folder)
        assert server.end(old, False) == -signal.SIGKILL
        time.sleep(0.2)
        assert started_by(server.folder) == running
        server.end(new, False)
        assert grader.grade("ex1", SOLUTION, server=server, checks=ONE).verified


def test_each_end_is_that_of_its_own_process(protected: grader.Server) -> None:
    """Processes start while others end, and whoever asks for an end gets no other one's."""

    def ends(thread: int) -> list[int]:
        found = []
        for number in range(10):
            with probe(protected) as ask:
                if number % 2:
                    with pytest.raises(errors.Ended) as ended:
                        ask(f"__import__('os')._exit({10 * thread + number})")
                    found.append(ended.value.status)
                else:
                    assert ask("1 + 1") == 2  # and is killed while others work
        return found

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ends, range(8)))
    assert found == [[10 * thread + number for number in range(1, 10, 2)] for thread in range(8)]
    assert len(started_by(protected.folder)) <= 3  # those that fork


def test_what_has_used_up_its_computing_time_was_not_killed_from_outside(
    server: grader.Server,
) -> None:
    """On a busy machine the kernel counts more than the process is said to have used."""
    with probe(server, seconds=2) as ask, pytest.raises(errors.Ended) as ended:
        ask("next(filter(None, iter(int, 1)))")
    assert ended.value.status == -signal.SIGXCPU


# an ordinary user

AS_USER = """
import json, os, sys
import grader
told = [os.getuid()]
for without in ((), ("landlock",), ("scratch",)):
    with grader.Server(without=frozenset(without)) as server:
        report = grader.grade("ex1", sys.argv[1], server=server)
    told.append([report.passed, report.protection.level, *report.protection.missing])
told.append(grader.grade("ex1", sys.argv[2]).checks[0].message)
print(json.dumps(told))
"""


# root's folders are made passable for others, in this process's view alone
AS_NOBODY = """
set -e
for folder in $1; do
    room=$(mktemp -d)
    mount -t tmpfs -o mode=755 none "$room"
    mkdir "$room/upper" "$room/work"
    layers="lowerdir=$folder,upperdir=$room/upper,workdir=$room/work"
    mount -t overlay -o "$layers" none "$folder"
done
shift
cd /
exec setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
"""
# root of a container that is an ordinary user outside, and in which nothing more can be unshared
CONTAINER = """
echo 0 > /proc/sys/user/max_user_namespaces
exec setpriv --bounding-set=-all --inh-caps=-all "$@"
"""
INSIDE = ["unshare", "--user", "--map-root-user", "sh", "-c", CONTAINER, "-"]


def blocked(paths: Iterable[str]) -> list[str]:
    """The folders above these paths that only root may pass."""
    resolved = [p for path in paths for p in (Path(path).absolute(), Path(path).resolve())]
    above = {parent for path in resolved for parent in path.parents}
    return sorted(str(folder) for folder in above if not folder.stat().st_mode & 0o001)


@pytest.mark.thorough
@pytest.mark.skipif(os.getuid() != 0, reason="all tests run as an ordinary user already")
@pytest.mark.parametrize(
    ("inside", "user", "levels"),
    [
        ([], 65534, [["full"], ["partial", "landlock"], ["partial", "scratch", "threads"]]),
        (
            INSIDE,
            0,
            [
                ["partial", "threads"],
                ["partial", "landlock", "scratch", "threads"],
                ["partial", "scratch", "threads"],
            ],
        ),
    ],
    ids=["user", "container"],
)
def test_as_an_ordinary_user(
    protected: grader.Server, inside: list[str], user: int, levels: list[list[str]]
) -> None:
    """What is missing is named: in a container, a count of threads of its own."""
    bomb = Path(__file__).parent / "attacks" / "thread_bomb.py"
    needed = (sys.executable, os.__file__, grader.__file__ or "", str(SOLUTION), str(bomb))
    with tempfile.TemporaryDirectory() as own:  # in the container nobody is known whose /tmp is
        os.chown(own, 65534, 65534)
        run = subprocess.run(
            ["unshare", "--mount", "sh", "-c", AS_NOBODY, "-", " ".join(blocked(needed)),
             *inside, sys.executable, "-c", AS_USER, str(SOLUTION), str(bomb)],
            capture_output=True,
            text=True,
            env={"HOME": "/", "PATH": os.environ["PATH"], "TMPDIR": own},
        )  # fmt: skip
    if run.returncode and re.match("unshare|mount|setpriv", run.stderr):
        pytest.skip(f"this machine can't make anybody of root: {run.stderr}")
    assert run.stderr == ""
    *told, message = json.loads(run.stdout)
    assert told == [user, *([True, *level] for level in levels)]
    assert "can't start new thread" in message
