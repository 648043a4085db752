"""Memory, processors, and what stands between a submission and the rest."""

import platform
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from grader import container
from grader.doctor.finding import BAD, GOOD, NOTE, Finding
from grader.doctor.packages import numbers
from grader.i18n import _

if TYPE_CHECKING:
    from grader.course import Course

_GIB = 1 << 30
_MEMORY = _GIB  # grading a model needs about 730 MiB
_LANDLOCK_SINCE = (5, 13)  # kernel


def memory() -> Finding:
    """Whether there is enough memory for models."""
    free = total = container.usable_memory()
    with suppress(OSError):
        lines = Path("/proc/meminfo").read_text().splitlines()
        kib = next((line.split()[1] for line in lines if line.startswith("MemAvailable:")), None)
        free = min(total, int(kib) << 10) if kib else total
    name = _("memory")
    found = _("{total:.1f} GiB, of which {free:.1f} GiB are free").format(
        total=total / _GIB, free=free / _GIB
    )
    if total < _MEMORY:
        fix = _("Grading models takes 1 GiB. Give this computer or container more memory.")
        return Finding(name, BAD, found, fix)
    if free < _MEMORY:
        fix = _("Grading models takes 1 GiB. Close other programs first.")
        return Finding(name, NOTE, found, fix)
    return Finding(name, GOOD, found)


def cores() -> Finding:
    """How many processors may be used."""
    return Finding(_("cores"), GOOD, f"{round(container.usable_cores(), 2):g}")


def protection(course: "Course") -> Finding:
    """What stands between a submission and this computer, tried with a process of its kind."""
    from grader.engine.server import Server
    from grader.errors import GradingError
    from grader.report import Protection
    from grader.sandbox import wire
    from grader.sandbox.confinement import landlock
    from grader.sandbox.interpreters import ServerError

    name = _("protection")
    try:
        with Server(course.root) as server:
            hello, _tensors = wire.Channel(server.start("learner", False, 10).channel).receive()
    except GradingError as error:  # the folder for temporary files is another user's
        return Finding(name, BAD, _("nothing can be graded"), str(error))
    except (ServerError, OSError, wire.Closed, wire.WireError) as error:
        found = _("no process for a submission could be started ({reason})").format(reason=error)
        fix = _(
            "Nothing can be graded. Check that /tmp may be written and has room, then install "
            "this package again."
        )
        return Finding(name, BAD, found, fix)
    if "missing" not in hello:
        found = _("{layer} was put on and does not hold").format(layer=hello.get("unconfined"))
        fix = _("Nothing can be graded. Please report this with the name of your system.")
        return Finding(name, BAD, found, fix)
    stands = Protection.from_missing(set(hello["missing"]))
    if stands.level == "full":
        found = _("full: Landlock (version {version}), seccomp, limits, a file system of its own")
        return Finding(name, GOOD, found.format(version=landlock.abi()))
    whys = [f"{layer}: {_why(layer)}" for layer in stands.missing]
    template = _("none, without {whys}") if stands.level == "none" else _("partial, without {whys}")
    found = template.format(whys="; ".join(whys))
    fix = _(
        "Your exercises are graded anyway, but a pass is not called verified. Linux 5.13 or later, "
        "outside of containers that forbid it, gives full protection."
    )
    return Finding(name, NOTE, found, fix)


def _why(layer: str) -> str:
    """Why a layer of protection is missing."""
    if sys.platform != "linux":
        return _("only Linux has it")
    if layer == "landlock":
        release = platform.release()
        if numbers(release)[:2] < _LANDLOCK_SINCE:
            return _("this kernel is {release}, it came with 5.13").format(release=release)
        with suppress(OSError):
            if "landlock" not in Path("/sys/kernel/security/lsm").read_text():
                return _("the kernel was started without it (its option lsm= leaves it out)")
    if layer == "seccomp" and platform.machine() not in ("x86_64", "aarch64"):
        return _("not known for this processor, {name}").format(name=platform.machine())
    if layer == "scratch":
        return _("this system lets no user mount a small file system")
    return _("the system refused it, as some containers do")
