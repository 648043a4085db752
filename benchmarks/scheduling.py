"""What it costs to schedule a class's submissions on a Dask cluster: jobs that do no work.

    python benchmarks/scheduling.py [--jobs 320000]

starts a scheduler and a worker with eight threads, each a process of its own on this machine, and
sends jobs through what ``grade class run --dask`` sends submissions through. Each takes 2 kB there,
as much as a submission, and 10 kB back, as much as a report. It prints seconds, processor time and
memory of the driver and of the scheduler as it goes on, and per job.
"""

import argparse
import operator
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path

from grader.classroom.cluster import connected
from grader.cli.classroom.run import AHEAD
from grader.course import Course
from grader.engine.pool import run

THREADS, THERE, TIMES = 8, b"x" * 2_000, 5  # a job's result is its argument so many times
LEARNERS, EXERCISES = 40_000, 8


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--jobs", type=int, default=LEARNERS * EXERCISES)
    jobs = parser.parse_args().jobs
    with tempfile.TemporaryDirectory() as folder, ExitStack() as resources:
        file = Path(folder) / "scheduler.json"
        words = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        scheduler = resources.enter_context(started("scheduler", file, *words))
        while not (file.exists() and file.read_text()):
            time.sleep(0.1)
        words = ("--nthreads", str(THREADS), "--no-nanny", "--no-dashboard")
        resources.enter_context(started("worker", file, *words))
        cluster, threads = resources.enter_context(connected(str(file), Course.open()))
        work = (partial(operator.mul, THERE, TIMES) for _ in range(jobs))
        ended = run(work, workers=AHEAD * threads, start=cluster.start)
        print("   jobs  seconds  driver CPU  MiB  scheduler CPU  MiB", flush=True)
        begin, before = time.monotonic(), (cpu(os.getpid()), cpu(scheduler))
        with closing(ended):
            for done, (_, future) in enumerate(ended, 1):
                assert len(future.result()) == TIMES * len(THERE)
                if done % max(1, jobs // 10) == 0:
                    both = [
                        (cpu(pid) - at, memory(pid))
                        for pid, at in zip((os.getpid(), scheduler), before, strict=True)
                    ]
                    shown = "  ".join(f"{spent:10.1f}  {size:3.0f}" for spent, size in both)
                    seconds = time.monotonic() - begin
                    print(f"{done:7,}  {seconds:7.1f}  {shown}", flush=True)
        spent, seconds = [1000 * each[0] / jobs for each in both], time.monotonic() - begin
        print(
            f"per job: {1000 * seconds / jobs:.2f} ms, processor time {spent[0]:.2f} ms of the "
            f"driver and {spent[1]:.2f} ms of the scheduler"
        )


@contextmanager
def started(kind: str, file: Path, *words: str) -> Iterator[int]:
    """A scheduler or a worker; its process's number."""
    code = f"from distributed.cli.dask_{kind} import main; main()"
    command = [sys.executable, "-c", code, "--scheduler-file", str(file), *words]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process.pid
    finally:
        process.kill()
        process.wait()


def cpu(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """MiB of a process in memory."""
    (line,) = (
        line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if "VmRSS" in line
    )
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
