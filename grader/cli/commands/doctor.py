"""``grade doctor``: whether this machine has all that is needed, and how to mend what it lacks."""

import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader._version import DISTRIBUTION
from grader.cli.context import Context
from grader.cli.exits import NOT_PASSED, PASSED
from grader.cli.options import CourseOption
from grader.render import texts

if TYPE_CHECKING:
    from rich.console import RenderableType

    from grader.course import Course

GOOD, NOTE, BAD = "good", "note", "bad"

_GIB = 1 << 30
_MEMORY = _GIB  # grading a model needs about 730 MiB
_WIDTH = 60  # columns
_IMPORT_TIME = 300  # seconds
_LANDLOCK_SINCE = (5, 13)  # kernel


@dataclass(frozen=True)
class Finding:
    """Something that was looked at.

    Attributes:
        name: what, in a word.
        state: ``good``, ``note`` (it works, with less) or ``bad`` (it has to be mended).
        found: what was seen.
        mend: what to do about it; empty if there is nothing to do.
    """

    name: str
    state: str
    found: str
    mend: str = ""


def doctor(
    full: Annotated[bool, typer.Option("--full", help="Import TensorFlow as well.")] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print the findings as one JSON object.")
    ] = False,
    course: CourseOption = None,
) -> int:
    """Look whether this machine has all that is needed, and how to mend what it lacks."""
    context = Context(course)
    screen, findings = context.console, []
    for finding in _findings(context, full):
        findings.append(finding)
        if not json:
            screen.print(_line(finding))
    bad = sum(finding.state == BAD for finding in findings)
    if json:
        from grader.render.json import show

        show({"healthy": not bad, "findings": [asdict(each) for each in findings]})
    else:
        from grader.render import terminal
        from grader.render.lines import words

        text = words(f" {texts.doctor_total(bad)}", "bold red" if bad else "bold green")
        step = (texts.MEND, context.command("doctor")) if bad else ("", context.command())
        screen.print("", text, terminal.following([step]), sep="\n")
    return NOT_PASSED if bad else PASSED


def _line(finding: Finding) -> "RenderableType":
    from rich.console import Group
    from rich.text import Text

    from grader.render.lines import Hanging, words

    marks = {GOOD: ("✓", "green"), NOTE: ("!", "yellow"), BAD: ("✗", "red")}
    name = words(f"{finding.name:<13}  ", "bold")
    line = Hanging(Text.assemble(" ", marks[finding.state], " ", name), words(finding.found))
    if not finding.mend:
        return line
    return Group(line, Hanging(Text(" " * (3 + name.cell_len)), words(finding.mend, "yellow")))


def _findings(context: Context, full: bool) -> Iterator[Finding]:
    yield Finding("Python", GOOD, f"{platform.python_version()} · {sys.executable}")
    yield from _packages()
    if full:
        yield _import()
    yield _memory()
    yield _cores()
    yield from _needing_numpy(lambda: [_protection(context.course)], texts.DOCTOR_PROTECTION)
    yield from _needing_numpy(_data, texts.DOCTOR_DATA)
    yield _terminal()
    yield _workspace(context)


def _needing_numpy(look: Callable[[], Iterable[Finding]], name: str) -> Iterator[Finding]:
    """What can't be looked at while a package is missing, which is told above."""
    try:
        yield from look()
    except ImportError as error:
        yield Finding(name, BAD, texts.doctor_without(error.name or str(error)))


# packages


def _packages() -> Iterator[Finding]:
    """TensorFlow, Keras, and in one line all else that is needed; nothing is imported."""
    from importlib import metadata

    found, wrong = {}, {}
    for name, least in _required().items():
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            wrong[name] = texts.doctor_missing(least)
            continue
        if _numbers(found[name]) < _numbers(least):
            wrong[name] = texts.doctor_old(found.pop(name), least)
    install = f"{sys.executable} -m pip install --upgrade"
    for title, name in (("TensorFlow", "tensorflow"), ("Keras", "keras")):
        if name in found:
            yield Finding(title, GOOD, found.pop(name))
        else:
            mend = texts.doctor_install(f"{install} {name}")
            yield Finding(title, BAD, wrong.pop(name), mend)
    if wrong:
        told = ", ".join(f"{name}: {what}" for name, what in wrong.items())
        mend = texts.doctor_install(" ".join([install, *wrong]))
        yield Finding(texts.DOCTOR_PACKAGES, BAD, told, mend)
    elif found:
        told = ", ".join(f"{name} {version}" for name, version in found.items())
        yield Finding(texts.DOCTOR_PACKAGES, GOOD, told)


def _required() -> dict[str, str]:
    """Names of the packages that this one needs, and the least version of each."""
    from importlib import metadata

    lines: list[str] = []
    with suppress(metadata.PackageNotFoundError):  # it was not installed, only put on the path
        lines = metadata.requires(DISTRIBUTION) or []
    pairs = (re.match(r"([\w.-]+)\s*>=\s*([\d.]+)\s*$", line) for line in lines)
    return {"tensorflow": "2", "keras": "3"} | {pair[1]: pair[2] for pair in pairs if pair}


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)[:3]))


def _import() -> Finding:
    """Whether TensorFlow can be imported, in a process of its own: it may crash."""
    from grader.sandbox.interpreters import interpreter

    begin = time.monotonic()
    quiet = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow"}
    # isolated: a tensorflow.py in the folder that one is in may be a stranger's
    command = interpreter("importlib:import_module", "keras")
    try:
        done = subprocess.run(
            command, env=quiet, capture_output=True, text=True, timeout=_IMPORT_TIME
        )
    except subprocess.TimeoutExpired:
        found = texts.doctor_import_endless(_IMPORT_TIME)
        return Finding(texts.DOCTOR_IMPORT, BAD, found, texts.DOCTOR_IMPORT_MEND)
    if done.returncode == 0:
        found = texts.doctor_import(time.monotonic() - begin)
        return Finding(texts.DOCTOR_IMPORT, GOOD, found)
    last = (done.stderr.strip().splitlines() or [texts.doctor_crash(done.returncode)])[-1]
    return Finding(texts.DOCTOR_IMPORT, BAD, last, texts.DOCTOR_IMPORT_MEND)


# the machine


def _memory() -> Finding:
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for limit in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        with suppress(OSError, ValueError):  # none here, or "max"
            total = min(total, int(Path(limit).read_text()))
    free = total
    with suppress(OSError):
        lines = Path("/proc/meminfo").read_text().splitlines()
        kib = next((line.split()[1] for line in lines if line.startswith("MemAvailable:")), None)
        free = min(total, int(kib) << 10) if kib else total
    found = texts.doctor_memory(total / _GIB, free / _GIB)
    if total < _MEMORY:
        return Finding(texts.DOCTOR_MEMORY, BAD, found, texts.DOCTOR_MEMORY_LITTLE)
    if free < _MEMORY:
        return Finding(texts.DOCTOR_MEMORY, NOTE, found, texts.DOCTOR_MEMORY_FULL)
    return Finding(texts.DOCTOR_MEMORY, GOOD, found)


def _cores() -> Finding:
    fewer = getattr(os, "sched_getaffinity", None)  # those that this process may use
    count = len(fewer(0)) if fewer else os.cpu_count() or 1
    return Finding(texts.DOCTOR_CORES, GOOD, str(count))


def _protection(course: "Course") -> Finding:
    """What stands between a submission and this machine, tried with a process of its kind."""
    from grader.engine.server import Server
    from grader.report import Protection
    from grader.sandbox.confinement import landlock
    from grader.sandbox.interpreters import ServerError
    from grader.sandbox.wire import Channel

    try:
        with Server(course.root) as server:
            hello, _ = Channel(server.start("learner", False, 10).channel).receive()
    except (ServerError, OSError, ValueError) as error:
        found = texts.doctor_no_process(str(error))
        return Finding(texts.DOCTOR_PROTECTION, BAD, found, texts.DOCTOR_NO_PROCESS_MEND)
    if "missing" not in hello:
        found = texts.doctor_leaks(str(hello.get("unconfined")))
        return Finding(texts.DOCTOR_PROTECTION, BAD, found, texts.DOCTOR_LEAKS_MEND)
    protection = Protection.from_missing(set(hello["missing"]))
    if protection.level == "full":
        found = texts.doctor_full(landlock.abi())
        return Finding(texts.DOCTOR_PROTECTION, GOOD, found)
    whys = [f"{name}: {_why(name)}" for name in protection.missing]
    found = texts.doctor_partial(protection.level, whys)
    return Finding(texts.DOCTOR_PROTECTION, NOTE, found, texts.DOCTOR_PARTIAL_MEND)


def _why(layer: str) -> str:
    """Why a layer of protection is missing."""
    if sys.platform != "linux":
        return texts.DOCTOR_NO_LINUX
    if layer == "landlock":
        release = platform.release()
        if _numbers(release)[:2] < _LANDLOCK_SINCE:
            return texts.doctor_old_kernel(release)
        with suppress(OSError):
            if "landlock" not in Path("/sys/kernel/security/lsm").read_text():
                return texts.DOCTOR_NOT_STARTED
    if layer == "seccomp" and platform.machine() not in ("x86_64", "aarch64"):
        return texts.doctor_processor(platform.machine())
    if layer == "scratch":
        return texts.DOCTOR_NO_NAMESPACES
    return texts.DOCTOR_REFUSED


# data sets


def _data() -> Iterator[Finding]:
    from grader.datasets import fashion_mnist, mnist

    for name, load in (("Fashion-MNIST", fashion_mnist.load_data), ("MNIST", mnist.load_data)):
        try:
            found = texts.doctor_bundled(*(len(labels) for _, labels in load()))
        except (OSError, ValueError) as error:
            found, _, mend = str(error).partition(": ")
            yield Finding(name, BAD, found, mend)
            continue
        try:
            whole = texts.doctor_whole(*(len(labels) for _, labels in load(full=True)))
            yield Finding(name, GOOD, f"{found}; {whole}")
        except FileNotFoundError:
            yield Finding(name, GOOD, f"{found}; {texts.DOCTOR_NOT_WHOLE}")
        except ValueError as error:
            yield Finding(name, NOTE, found, str(error))


# where one works


def _terminal() -> Finding:
    from rich.console import Console

    real = Console()
    if not real.is_terminal:
        return Finding(texts.DOCTOR_TERMINAL, GOOD, texts.DOCTOR_PIPED)
    found = texts.doctor_terminal(real.width, real.color_system or "", real.encoding)
    if not real.encoding.lower().startswith("utf"):
        return Finding(texts.DOCTOR_TERMINAL, NOTE, found, texts.DOCTOR_ENCODING)
    if real.width < _WIDTH:
        return Finding(texts.DOCTOR_TERMINAL, NOTE, found, texts.doctor_narrow(_WIDTH))
    return Finding(texts.DOCTOR_TERMINAL, GOOD, found)


def _workspace(context: Context) -> Finding:
    workspace, exercises = context.workspace, context.course.exercises
    if workspace is None:
        mend = texts.doctor_no_folder_mend(context.make)
        return Finding(texts.DOCTOR_FOLDER, NOTE, texts.DOCTOR_NO_FOLDER, mend)
    there = [each for each in exercises if workspace.submission(each).is_file()]
    found = texts.doctor_folder(str(workspace.root), len(there), len(exercises))
    context.tried(lambda workspace: workspace.progress.can_keep(), None)
    if context.loss:
        return Finding(texts.DOCTOR_FOLDER, BAD, found, texts.doctor_not_kept(context.loss))
    if len(there) < len(exercises):
        mend = texts.doctor_restore(context.command("init", str(workspace.root)))
        return Finding(texts.DOCTOR_FOLDER, NOTE, found, mend)
    return Finding(texts.DOCTOR_FOLDER, GOOD, found)
