"""What a container gives to what runs in it: memory and processor time, by its control group."""

import os
from contextlib import suppress
from pathlib import Path

_GROUPS = Path("/sys/fs/cgroup")


def memory(groups: Path = _GROUPS) -> int | None:
    """Bytes that may be used, ``None`` without a limit that is known."""
    for name in ("memory.max", "memory/memory.limit_in_bytes"):
        with suppress(OSError, ValueError):  # not of this version, or "max"
            found = int((groups / name).read_text())
            return found if found < 1 << 60 else None  # version 1's word for none
    return None


def cores(groups: Path = _GROUPS) -> float | None:
    """Processors that may be used, such as 0.5, ``None`` without a limit that is known."""
    with suppress(OSError, ValueError):
        quota, period = (groups / "cpu.max").read_text().split()
        return int(quota) / int(period)
    with suppress(OSError, ValueError):
        quota = (groups / "cpu/cpu.cfs_quota_us").read_text()
        period = (groups / "cpu/cpu.cfs_period_us").read_text()
        return int(quota) / int(period) if int(quota) > 0 else None
    return None


def usable_memory(groups: Path = _GROUPS) -> int:
    """Bytes that this process may use, of those that its machine and its container give."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min(total, memory(groups) or total)


def usable_cores(groups: Path = _GROUPS) -> float:
    """Processors that this process may use, of those that its machine and its container give."""
    fewer = getattr(os, "sched_getaffinity", None)
    count = len(fewer(0)) if fewer else os.cpu_count() or 1
    return min(count, cores(groups) or count)
