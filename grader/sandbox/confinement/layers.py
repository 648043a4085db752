"""The layers between a submission and the machine: each is one function, put on in order.

A layer that the system lacks is left out and named, so that the report can say ``partial``; a
layer that was put on and does not hold is an error, and the process must end.
"""

import contextlib
import ctypes
import fcntl
import os
import re
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from grader.sandbox.confinement import landlock, seccomp

_LINUX = sys.platform == "linux"
_PR_SET_PDEATHSIG, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 1, 24, 38
_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
_CLONE_NEWNS, _CLONE_NEWUSER, _CLONE_NEWNET = 0x00020000, 0x10000000, 0x40000000
_MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REC, _MS_PRIVATE = 2, 4, 8, 16384, 1 << 18

_libc = ctypes.CDLL(None, use_errno=True)

SCRATCH_SIZE = "64m"
SCRATCH_FILES = 1024
OUTPUT_SIZE = 1 << 20  # bytes that are printed past Python, in one call
THREADS = 1024  # TensorFlow starts a few for each processor; a machine has numbers for 30,000


class Unconfined(Exception):
    """A layer was put on and does not hold."""


@dataclass(frozen=True)
class Wall:
    """What a process may keep.

    Attributes:
        channel: the one descriptor it talks through.
        parent: the process with whose end it must end.
        scratch: an empty folder; becomes the working directory.
        readable: files and folders it may read.
        hidden: folders that it must not be able to list, for the self-test.
        memory: bytes of address space.
        seconds: CPU time after which the kernel kills it, whatever became of the grader.
        without: names of layers to leave out (tests do so, to see an attack succeed).
    """

    channel: int
    parent: int
    scratch: str
    readable: tuple[str, ...]
    hidden: tuple[str, ...]
    memory: int
    seconds: int
    without: frozenset[str] = frozenset()


def confine(wall: Wall) -> list[str]:
    """Put every layer on this process and test it.

    Returns:
        The names of the layers that are missing, ``[]`` under full protection.

    Raises:
        Unconfined: a layer does not hold.
    """
    on = [layer for layer in LAYERS if layer.name not in wall.without]
    missing = [layer.name for layer in LAYERS if layer.name in wall.without]
    for layer in on:
        try:
            if layer.of_thread and not _one_thread():
                raise OSError("threads that run already would stay outside")
            layer.put_on(wall)
        except OSError:
            missing.append(layer.name)
    if "scratch" in missing and "scratch" not in wall.without and "landlock" not in missing:
        missing.remove("scratch")  # nothing can be written at all: as safe, if less convenient
    for layer in on:
        if layer.name not in missing and not layer.holds(wall):
            raise Unconfined(layer.name)
    if "network" in missing and "network" not in wall.without and "seccomp" not in missing:
        missing.remove("network")  # no socket can be made at all
    return missing


def _prctl(*arguments: int) -> None:
    words = [ctypes.c_ulong(a) for a in arguments]
    if _libc.prctl(*words, *[ctypes.c_ulong(0)] * (5 - len(words))):
        raise OSError(ctypes.get_errno(), "prctl")


def _one_thread() -> bool:
    return not _LINUX or len(os.listdir("/proc/self/task")) == 1


def _refused(action: Callable[[], object]) -> bool:
    try:
        action()
    except PermissionError:
        return True
    except OSError:
        return False
    return False


# session: no terminal, and no life after the server's


def own_session(parent: int) -> None:
    """Leave the parent's session, and end when it ends."""
    if os.getsid(0) != os.getpid():
        os.setsid()
    if _LINUX:
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)  # it was gone before it could be waited for


def _session(wall: Wall) -> None:
    own_session(wall.parent)


def _session_holds(wall: Wall) -> bool:
    return os.getsid(0) == os.getpid()


# descriptors: the channel, an end of nothing, and a small file in memory for what is printed


def _descriptors(wall: Wall) -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    output = _output(nothing)
    for number in (1, 2):
        os.dup2(output, number)
    keep_only(wall.channel)


def keep_only(descriptor: int) -> None:
    """Close all descriptors but the first three and this one."""
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def _output(nothing: int) -> int:
    """A file that is in no folder and can't grow; nothing, where there are no such files."""
    if not _LINUX:
        return nothing
    try:
        output = os.memfd_create("output", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        os.truncate(output, OUTPUT_SIZE)
        fcntl.fcntl(output, fcntl.F_ADD_SEALS, fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
    except OSError:
        return nothing
    return output


def _descriptors_hold(wall: Wall) -> bool:
    kept = {0, 1, 2, wall.channel}
    for number in range(256):
        with contextlib.suppress(OSError):
            os.fstat(number)
            if number not in kept:
                return False
    return True


# scratch: a small file system of its own, gone with the process


def _scratch(wall: Wall) -> None:
    os.chdir(wall.scratch)
    if not _LINUX:
        raise OSError("no private file systems here")
    user, group = os.getuid(), os.getgid()
    if _libc.unshare(_CLONE_NEWNS):
        if _libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNS):
            raise OSError(ctypes.get_errno(), "unshare")
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    options = f"size={SCRATCH_SIZE},nr_inodes={SCRATCH_FILES},mode=700".encode()
    flags = _MS_NOSUID | _MS_NODEV | _MS_NOEXEC
    if _libc.mount(b"none", b"/", None, _MS_REC | _MS_PRIVATE, None) or _libc.mount(
        b"tmpfs", os.fsencode(wall.scratch), b"tmpfs", flags, options
    ):
        raise OSError(ctypes.get_errno(), "mount")
    os.chdir(wall.scratch)


def _scratch_holds(wall: Wall) -> bool:
    if os.path.ismount(wall.scratch):
        return os.statvfs(wall.scratch).f_files == SCRATCH_FILES
    return not os.access(wall.scratch, os.W_OK) or _refused(lambda: os.listdir(wall.scratch))


# network: one that is connected to nothing, and whose tables in /proc tell nothing


def _network(wall: Wall) -> None:
    if not _LINUX:
        raise OSError("no private networks here")
    if _libc.unshare(_CLONE_NEWNET):  # an ordinary user may since the private file system
        raise OSError(ctypes.get_errno(), "unshare")


def _network_holds(wall: Wall) -> bool:
    # counts of sockets are told at once; their tables take milliseconds, however empty they are
    texts = {
        name: table.read_text()
        for name in ("route", "sockstat", "sockstat6")
        if (table := Path(f"/proc/self/net/{name}")).exists()
    }
    in_use = re.findall(r"inuse (\d+)", "".join(texts.values()))
    return len(texts.get("route", "").splitlines()) <= 1 and not any(map(int, in_use))


# limits: what a runaway may use up


def _limits(wall: Wall) -> None:
    for name, value in _limit_values(wall).items():
        # SIGXCPU says why, a second before SIGKILL
        soft = wall.seconds if name == "RLIMIT_CPU" else value
        with contextlib.suppress(ValueError):  # lower already
            resource.setrlimit(getattr(resource, name), (soft, value))


def _limit_values(wall: Wall) -> dict[str, int]:
    # a core of one byte is the kernel's word for none, also where a program would take it
    values = {"RLIMIT_CORE": 1, "RLIMIT_CPU": wall.seconds + 1, "RLIMIT_FSIZE": 64 << 20}
    if _LINUX:  # elsewhere address space says nothing about memory
        values |= {"RLIMIT_AS": wall.memory, "RLIMIT_MSGQUEUE": 0, "RLIMIT_NOFILE": 256}
    return values


def _limits_hold(wall: Wall) -> bool:
    return all(
        0 <= resource.getrlimit(getattr(resource, name))[1] <= value
        for name, value in _limit_values(wall).items()
    )


# threads: those of a submission are counted by themselves


def _threads(wall: Wall) -> None:
    if not _LINUX:
        raise OSError("no count of threads here")
    with contextlib.suppress(ValueError):  # lower already
        resource.setrlimit(resource.RLIMIT_NPROC, (THREADS, THREADS))
    if os.getuid() == 0:
        # nothing limits the threads of root: they are counted as those of a user who has no others;
        # files are opened as the effective user, who stays the same
        with contextlib.suppress(OSError):  # a container that knows no other user
            os.setresuid(40_000 + os.getpid() % 20_000, -1, -1)
            return
    # where there are no user namespaces, all processes of a user have one count: a submission that
    # uses it up would have others fail
    running = len(os.listdir("/proc/self/task"))
    if _starts_a_thread(limit=0) or not _starts_a_thread(limit=running + 1):
        raise OSError("threads are not counted, or together with others'")


def _threads_hold(wall: Wall) -> bool:
    # that they are counted, and by themselves, has been tried where it was in doubt
    return 0 <= resource.getrlimit(resource.RLIMIT_NPROC)[1] <= THREADS


def _starts_a_thread(limit: int) -> bool:
    """Whether a thread can be started while so many may run."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NPROC)
    resource.setrlimit(resource.RLIMIT_NPROC, (limit, hard))
    alone = _one_thread()
    try:
        thread = threading.Thread(target=int)
        thread.start()
        thread.join()
        while alone and not _one_thread():  # it ends a little later than Python's part of it
            time.sleep(0.001)
    except RuntimeError:
        return False
    finally:
        resource.setrlimit(resource.RLIMIT_NPROC, (soft, hard))
    return True


# capabilities: root without root's powers, and no way to regain any


def _capabilities(wall: Wall) -> None:
    if not _LINUX:
        raise OSError("no capabilities here")
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    _prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    for capability in range(64):
        with contextlib.suppress(OSError):  # unknown to this kernel, or not ours to drop
            _prctl(_PR_CAPBSET_DROP, capability)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3, this process
    if _libc.capset(header, (ctypes.c_uint32 * 6)()):
        raise OSError(ctypes.get_errno(), "capset")


def _capabilities_hold(wall: Wall) -> bool:
    status = dict(
        line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines() if line
    )
    return int(status["CapEff"], 16) == 0 == int(status["CapPrm"], 16) and (
        status["NoNewPrivs"] == "1"
    )


# landlock: no file but the libraries' and its own, no TCP, no signal to others


def _landlock(wall: Wall) -> None:
    if not _LINUX or not landlock.abi():
        raise OSError("no Landlock here")
    devices = ("/dev/urandom", "/dev/random", "/dev/zero")
    # TensorFlow ends the process when it can't read /proc/self
    readable = (*wall.readable, *devices, f"/proc/{os.getpid()}")
    # without a file system of its own, a process gets nowhere to write: disks do fill
    private = os.path.ismount(wall.scratch)
    landlock.restrict(readable, (wall.scratch, os.devnull) if private else (os.devnull,))


def _landlock_holds(wall: Wall) -> bool:
    return all(_refused(partial(os.listdir, folder)) for folder in ("/", *wall.hidden))


# seccomp: no processes, no sockets, no signals, no other thing that computing does not need


def _seccomp(wall: Wall) -> None:
    if not _LINUX:
        raise OSError("no seccomp here")
    seccomp.restrict()


def _seccomp_holds(wall: Wall) -> bool:
    def fork() -> None:
        if os.fork() == 0:
            os._exit(0)

    return _refused(fork) and _refused(socket.socket) and _refused(lambda: os.kill(os.getpid(), 0))


@dataclass(frozen=True)
class Layer:
    """A name for the report, the function that puts it on, and the one that tests it.

    ``of_thread``: it binds the thread that puts it on and all that this starts, no others.
    """

    name: str
    put_on: Callable[[Wall], None]
    holds: Callable[[Wall], bool]
    of_thread: bool = False


LAYERS = (
    Layer("session", _session, _session_holds),
    Layer("descriptors", _descriptors, _descriptors_hold),
    Layer("scratch", _scratch, _scratch_holds),
    Layer("network", _network, _network_holds, of_thread=True),
    Layer("limits", _limits, _limits_hold),
    Layer("threads", _threads, _threads_hold),
    Layer("capabilities", _capabilities, _capabilities_hold, of_thread=True),
    Layer("landlock", _landlock, _landlock_holds, of_thread=True),
    Layer("seccomp", _seccomp, _seccomp_holds, of_thread=True),
)
