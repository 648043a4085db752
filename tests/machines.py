"""A Dask cluster for tests: a scheduler and workers, each a process of its own."""

import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from support import GRADE, environment, soon


@dataclass
class Machines:
    """A scheduler and workers, each a process of its own."""

    folder: Path
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        return self.folder / "scheduler.json"

    def start(self, name: str, *words: str | Path, **variables: str) -> None:
        kind = "scheduler" if name == "scheduler" else "worker"
        code = f"from distributed.cli.dask_{kind} import main; main()"
        command = [sys.executable, "-c", code, "--scheduler-file", self.file, *words]
        log = (self.folder / f"{name}.log").open("w")
        self.processes[name] = subprocess.Popen(
            command, stdout=log, stderr=log, cwd=self.folder, env=environment(**variables)
        )

    def scheduler(self) -> None:
        self.file.unlink(missing_ok=True)
        self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        assert soon(lambda: self.file.exists() and self.file.read_text() != "")

    def worker(self, name: str, **variables: str) -> None:
        self.start(name, "--nthreads", "1", "--no-nanny", "--no-dashboard", **variables)

    def whole(self) -> None:
        """Start what is missing of a scheduler and two workers."""
        dead = [name for name, process in self.processes.items() if process.poll() is not None]
        for name in dead:
            del self.processes[name]
        if "scheduler" not in self.processes:
            self.close()
            self.scheduler()
        for name in {"one", "two"} - self.processes.keys():
            self.worker(name)

    def kill(self, name: str) -> None:
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def close(self) -> None:
        for name in list(self.processes):  # the workers' forkservers end with them
            self.kill(name)


def driver(folder: Path, seed: str, *words: str | Path) -> subprocess.Popen:
    """``grade class run`` of the class in a folder, whose results are lines of JSON."""
    return subprocess.Popen(
        [GRADE, "class", "run", "class", "--seed", seed, "--json", *words],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
