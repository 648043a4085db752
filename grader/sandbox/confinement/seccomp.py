"""seccomp: the system calls a confined process may make; every other one is refused.

An allow-list. A refused call returns ``EPERM``, which Python shows as ``PermissionError``.
Numbers are those of ``asm/unistd_64.h`` (x86_64) and ``asm-generic/unistd.h`` (aarch64).
"""

import ctypes
import errno
import os
import platform
import struct

# name: (x86_64, aarch64); None where the architecture lacks the call
_ALLOWED: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66),
    "pread64": (17, 67), "pwrite64": (18, 68), "preadv": (295, 69), "pwritev": (296, 70),
    "close": (3, 57),
    "stat": (4, None), "fstat": (5, 80), "lstat": (6, None), "newfstatat": (262, 79),
    "statx": (332, 291), "statfs": (137, 43), "fstatfs": (138, 44), "lseek": (8, 62),
    "access": (21, None), "faccessat": (269, 48), "faccessat2": (439, 439),
    "getcwd": (79, 17), "chdir": (80, 49), "fchdir": (81, 50),
    "mkdir": (83, None), "mkdirat": (258, 34), "rmdir": (84, None),
    "rename": (82, None), "renameat": (264, 38), "renameat2": (316, 276),
    "unlink": (87, None), "unlinkat": (263, 35), "readlink": (89, None), "readlinkat": (267, 78),
    "ftruncate": (77, 46), "fallocate": (285, 47), "fsync": (74, 82), "fdatasync": (75, 83),
    "getdents": (78, None), "getdents64": (217, 61), "sendfile": (40, 71),
    "copy_file_range": (326, 285),
    "dup": (32, 23), "dup2": (33, None), "dup3": (292, 24),
    "umask": (95, 166), "pipe": (22, None), "pipe2": (293, 59), "eventfd2": (290, 19),
    "select": (23, None), "pselect6": (270, 72), "poll": (7, None), "ppoll": (271, 73),
    "epoll_create": (213, None), "epoll_create1": (291, 20), "epoll_ctl": (233, 21),
    "epoll_wait": (232, None), "epoll_pwait": (281, 22),
    "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "mremap": (25, 216),
    "madvise": (28, 233), "brk": (12, 214), "msync": (26, 227),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132), "restart_syscall": (219, 128),
    "sched_yield": (24, 124), "sched_getaffinity": (204, 123), "sched_getparam": (143, 121),
    "sched_getscheduler": (145, 120), "sched_get_priority_max": (146, 125),
    "sched_get_priority_min": (147, 126), "getpriority": (140, 141),
    "nanosleep": (35, 101), "clock_nanosleep": (230, 115), "clock_gettime": (228, 113),
    "clock_getres": (229, 114), "gettimeofday": (96, 169), "time": (201, None),
    "times": (100, 153), "getpid": (39, 172), "gettid": (186, 178), "getppid": (110, 173),
    "getuid": (102, 174), "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177),
    "getresuid": (118, 148), "getresgid": (120, 150), "getgroups": (115, 158),
    "getpgrp": (111, None), "getpgid": (121, 155), "getsid": (124, 156),
    "uname": (63, 160), "sysinfo": (99, 179), "getrusage": (98, 165), "getrlimit": (97, 163),
    "futex": (202, 98), "futex_waitv": (449, 449), "futex_wake": (454, 454),
    "futex_wait": (455, 455), "futex_requeue": (456, 456), "set_robust_list": (273, 99),
    "set_tid_address": (218, 96), "rseq": (334, 293),
    "arch_prctl": (158, None), "membarrier": (324, 283), "getrandom": (318, 278),
    "getcpu": (309, 168), "get_mempolicy": (239, 236),
    "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip

# Allowed for some arguments only: name: (numbers, index of the argument, values it may have)
_CLONE_FILES_THREAD = 0x00010400  # a thread, and with its process's descriptors
_CLOSE_RANGE = (0, 4)  # at once, or at exec
_PRCTL = (15, 16, 0x53564D41)  # set and get the thread's name, name a memory area
_FCNTL = (0, 1, 2, 3, 4, 1030)  # duplicate, get and set flags; no owner to signal, no lock
_IOCTL = (0x5401, 0x541B, 0x5421, 0x5450, 0x5451)  # TCGETS FIONREAD FIONBIO FIONCLEX FIOCLEX

_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

_ACCESS_MODE, _TRUNCATE = 0x3, 0x200  # of open's flags

_LOAD, _AND, _EQUAL, _GREATER_EQUAL, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
_KILL_PROCESS, _ERRNO, _ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
_X32_BIT = 0x40000000
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2

_libc = ctypes.CDLL(None, use_errno=True)


def supported() -> bool:
    """Whether the machine's architecture has a table here."""
    return platform.machine() in _ARCHITECTURES


def restrict() -> None:
    """Refuse, in this thread and all it starts, every system call that is not on the list.

    Needs ``no_new_privs``.

    Raises:
        OSError: the kernel refused the filter, or there is none for this architecture.
    """
    if not supported():
        raise OSError(errno.ENOSYS, f"no system call table for {platform.machine()}")
    code = _program(*_ARCHITECTURES[platform.machine()], pid=os.getpid())
    buffer = ctypes.create_string_buffer(code, len(code))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]

    program = Program(len(code) // 8, ctypes.addressof(buffer))
    if _libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel refused the seccomp filter")


def _program(column: int, architecture: int, pid: int) -> bytes:
    """The filter as BPF: one instruction is (code, jump if true, jump if false, operand)."""

    def op(code: int, operand: int, true: int = 0, false: int = 0) -> bytes:
        return struct.pack("=HBBI", code, true, false, operand)

    def when(number: int | None, *body: bytes) -> bytes:
        """Run the body, which must end in a return, for this call only."""
        if number is None:
            return b""
        return op(_EQUAL, number, 0, len(body)) + b"".join(body)

    def argument(index: int) -> bytes:
        return op(_LOAD, 16 + 8 * index)  # its low 32 bits, little endian

    def only_zero(index: int, half: int) -> list[bytes]:
        return [op(_LOAD, 16 + 8 * index + half), op(_EQUAL, 0, 1, 0), deny]

    def one_of(index: int, values: tuple[int, ...]) -> list[bytes]:
        tests = [op(_EQUAL, v, len(values) - i, 0) for i, v in enumerate(values)]
        return [argument(index), *tests, deny, allow]

    def all_of(index: int, bits: int) -> list[bytes]:
        return [argument(index), op(_AND, bits), op(_EQUAL, bits, 1, 0), deny, allow]

    def none_of(index: int, mask: int, values: tuple[int, ...]) -> list[bytes]:
        tests = [op(_EQUAL, v, len(values) - i, 0) for i, v in enumerate(values)]
        return [argument(index), op(_AND, mask), *tests, allow, deny]

    allow, deny = op(_RETURN, _ALLOW), op(_RETURN, _ERRNO | errno.EPERM)
    missing = op(_RETURN, _ERRNO | errno.ENOSYS)
    clone, clone3, prctl, prlimit, tgkill, ioctl, fcntl = (
        (56, 435, 157, 302, 234, 16, 72) if column == 0 else (220, 435, 167, 261, 131, 29, 25)
    )
    close_range = 436
    # open and openat: what empties a file that is not opened for writing, and the access mode 3
    # that is neither reading nor writing, are no business of older Landlocks
    opens = ((2, 1), (257, 2)) if column == 0 else ((56, 2),)
    mask = _ACCESS_MODE | _TRUNCATE
    forbidden = (_TRUNCATE, _ACCESS_MODE, _ACCESS_MODE | _TRUNCATE)
    return b"".join(
        [
            op(_LOAD, 4),
            op(_EQUAL, architecture, 1, 0),
            op(_RETURN, _KILL_PROCESS),
            op(_LOAD, 0),
            op(_GREATER_EQUAL, _X32_BIT, 0, 1),
            deny,
            # threads, not processes; clone3 hides its flags, and the C library then tries clone.
            # Descriptors are limited for each table of them: no thread gets a table of its own
            when(clone, *all_of(0, _CLONE_FILES_THREAD)),
            when(clone3, missing),
            when(close_range, *one_of(2, _CLOSE_RANGE)),
            when(prctl, *one_of(0, _PRCTL)),
            # its own limits are told, and stay: a new one would stand at a pointer of 64 bits
            when(prlimit, *only_zero(0, 0), *only_zero(2, 0), *only_zero(2, 4), allow),
            when(tgkill, *one_of(0, (pid,))),  # abort() signals itself
            when(ioctl, *one_of(1, _IOCTL)),
            when(fcntl, *one_of(1, _FCNTL)),
            *(when(number, *none_of(flags, mask, forbidden)) for number, flags in opens),
            *(when(numbers[column], allow) for numbers in _ALLOWED.values()),
            deny,
        ]
    )
