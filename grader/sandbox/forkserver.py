"""The server: a fresh interpreter that imports TensorFlow once, and then only forks.

It never runs a TensorFlow operation nor builds a model (a child forked afterwards would hang), and
holds nothing secret: children inherit its memory. It is started by ``server.py``, reads its
configuration from standard input, and ends, with all its children, when its control socket closes.
Checkers are forks of a server of their own.
"""

import contextlib
import gc
import importlib.util
import io
import json
import os
import platform
import select
import shutil
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.sandbox import agent, genuine, wire
from grader.sandbox.confinement import Unconfined, Wall, confine, keep_only, own_session

_LAZY = (  # what the first fit would import: once here instead of once in each child
    "tensorflow.python.data.ops.concatenate_op",
    "tensorflow.python.data.ops.flat_map_op",
    "tensorflow.python.data.ops.from_tensors_op",
    "tensorflow.python.data.ops.range_op",
    "tensorflow.python.data.ops.zip_op",
)
STARVED = 4.0  # times as long as it computed: with so few programs on a core limits leave room


def main(control: int, forks: bool) -> None:
    """Serve ``fork`` and ``end`` requests, or run one process at once where there is no fork."""
    sys.dont_write_bytecode = True
    config = json.load(sys.stdin)
    connection = socket.socket(fileno=control)
    versions = {"python": platform.python_version()} | _warm_up(config)
    if not forks:
        _run(config, connection.detach(), config["parent"], config["kind"], config["seconds"])
    gc.collect()
    gc.freeze()  # children share these pages as long as the collector leaves them alone
    children = _Children()
    try:
        _write(connection, {"versions": versions})
        while (requests := _requests(connection, children)) is not None:
            for message, descriptor in requests:
                if "end" in message:
                    children.end(message["end"], descriptor)
                    continue
                try:
                    pid = _fork(config, connection, message, descriptor)
                except OSError as error:
                    _write(connection, {"refused": str(error)})
                    continue
                children.add(pid, message["seconds"])
                _write(connection, {"pid": pid})
        # a grader that was killed could not tidy up; Keras has written its settings
        shutil.rmtree(Path(config["scratch"]).parent, ignore_errors=True)
    finally:
        children.close()


def _warm_up(config: dict[str, Any]) -> dict[str, str]:
    import numpy
    import numpy.ma  # which NumPy does when they are first used: once here, not in each child
    import numpy.random

    if config["checker"]:
        importlib.import_module(config["checker"]).warm_up()
        return {"numpy": numpy.__version__}
    # finders list each folder of the path now: children may not list one that holds a course
    importlib.util.find_spec("no_module_has_this_name")
    versions = {"numpy": numpy.__version__}
    if config["tensorflow"]:
        # its loggers keep the stream they find: what they say is not what a submission prints
        with contextlib.redirect_stderr(io.StringIO()), _nothing_drawn():
            import keras
            import tensorflow as tf

            if not config["large"]:  # to rewrite a small graph takes longer than it saves
                tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})
            for name in _LAZY:
                with contextlib.suppress(ImportError):
                    importlib.import_module(name)
            from grader.sandbox import bench

        genuine.remember(bench.GENUINE)
        versions |= {"tensorflow": tf.__version__, "keras": keras.__version__}
    genuine.remember([agent.Agent])
    return versions


@contextlib.contextmanager
def _nothing_drawn() -> Iterator[None]:
    """Keras can do without matplotlib, which would cost time, memory and a folder of its own."""
    sys.modules["matplotlib"] = None  # type: ignore[assignment]
    yield
    del sys.modules["matplotlib"]


def _fork(
    config: dict[str, Any], connection: socket.socket, message: dict[str, Any], descriptor: int
) -> int:
    """Fork a process that talks through a descriptor; raises ``OSError`` if there are no more."""
    parent = os.getpid()
    try:
        pid = os.fork()
        if pid == 0:
            connection.close()
            _run(config, descriptor, parent, message["fork"], message["seconds"])
    finally:
        os.close(descriptor)
    return pid


def _run(config: dict[str, Any], descriptor: int, parent: int, kind: str, seconds: int) -> None:
    """The life of a confined process or of a checker; never returns."""
    status = 1
    try:
        if config["checker"]:
            own_session(parent)
            keep_only(descriptor)
            importlib.import_module(config["checker"]).main(descriptor)
            status = 0
            return
        channel = wire.Channel(socket.socket(fileno=descriptor))
        wall = Wall(
            channel=descriptor,
            parent=parent,
            scratch=config["scratch"],
            readable=tuple(config["readable"]),
            hidden=tuple(config["hidden"]),
            memory=config["memory"],
            seconds=seconds,
            without=frozenset(config["without"]),
        )
        try:
            missing = confine(wall)
        except Unconfined as error:
            channel.send({"unconfined": str(error)})
            return
        channel.send({"missing": missing})
        module = importlib.import_module("grader.sandbox.bench") if kind == "bench" else None
        agent.Agent(channel, module).serve()
        status = 0
    finally:
        os._exit(status)


class _Children:
    """The processes that were forked, and who waits for the end of which.

    One that is killed takes a while to give its memory back: nobody else waits for that.
    """

    def __init__(self) -> None:
        self._seconds: dict[int, int] = {}  # of computing that each may use
        self._ending: dict[int, tuple[int, int, bool, int]] = {}

    def add(self, pid: int, seconds: int) -> None:
        self._seconds[pid] = seconds

    def end(self, pid: int, answer: int) -> None:
        """Kill one if it still lives; its status is written to a descriptor when it has ended."""
        if pid not in self._seconds:  # of a server before this one, which was killed
            _answer(answer, -signal.SIGKILL)
            return
        seconds, held = self._seconds.pop(pid), _kill(pid)
        try:
            self._ending[os.pidfd_open(pid)] = pid, seconds, held, answer
        except OSError:  # there are no such descriptors here
            _answer(answer, _status(pid, seconds, held))

    @property
    def descriptors(self) -> list[int]:
        """Each can be read when the process that it stands for has ended."""
        return list(self._ending)

    def ended(self, descriptor: int) -> None:
        """One of these processes has ended."""
        os.close(descriptor)
        pid, seconds, held, answer = self._ending.pop(descriptor)
        _answer(answer, _status(pid, seconds, held))

    def close(self) -> None:
        """End all."""
        for pid in self._seconds:
            _kill(pid)
        for pid in (*self._seconds, *(pid for pid, *_ in self._ending.values())):
            os.waitpid(pid, 0)


def _kill(pid: int) -> bool:
    """Kill a child if it still lives; whether others held it up: it was stopped, or got no core."""
    look = os.WEXITED | os.WSTOPPED | os.WNOHANG | os.WNOWAIT
    found = os.waitid(os.P_PID, pid, look)
    held = _starved(pid) if found is None else found.si_code == os.CLD_STOPPED
    if found is None or held:
        for kill in (os.killpg, os.kill):  # its whole session, once it has one
            with contextlib.suppress(OSError):
                kill(pid, signal.SIGKILL)
    return held


def _starved(pid: int) -> bool:
    """Whether a process waited for a core for much longer than it had one."""
    try:  # nanoseconds; https://docs.kernel.org/scheduler/sched-stats.html
        computed, waited, _ = map(int, Path(f"/proc/{pid}/schedstat").read_text().split())
    except (OSError, ValueError):  # not counted here
        return False
    return waited > STARVED * computed


def _status(pid: int, seconds: int, held: bool) -> int:
    """Wait for the end of a child; returns its exit code, or minus the signal.

    What has used up its computing time ends by SIGXCPU, or by SIGKILL where it ignores that, which
    counts as SIGXCPU here, so that SIGKILL means one from outside. Of what was held up by others
    and had to be killed it is SIGSTOP.
    """
    _, waited, used = os.wait4(pid, 0)
    status = os.waitstatus_to_exitcode(waited)
    if status != -signal.SIGKILL:
        return status
    if held:
        return -signal.SIGSTOP
    spent = used.ru_utime + used.ru_stime >= seconds > 0
    return -signal.SIGXCPU if spent else status


def _answer(descriptor: int, status: int) -> None:
    with contextlib.suppress(OSError):  # whoever asked may be gone
        os.write(descriptor, json.dumps({"status": status}).encode() + b"\n")
    os.close(descriptor)


def _requests(
    connection: socket.socket, children: _Children
) -> list[tuple[dict[str, Any], int]] | None:
    """The next requests, each with its descriptor; ``None`` when nobody will ask any more.

    Takes note of children that end meanwhile.
    """
    poll = select.poll()
    for descriptor in (connection.fileno(), *children.descriptors):
        poll.register(descriptor, select.POLLIN)
    for descriptor, __ in poll.poll():
        if descriptor != connection.fileno():
            children.ended(descriptor)
            continue
        data, descriptors, _, _ = socket.recv_fds(connection, 65536, 64)
        while data and not data.endswith(b"\n"):
            data += connection.recv(65536)
        if not data:
            return None
        return list(zip(map(json.loads, data.splitlines()), descriptors, strict=True))
    return []


def _write(connection: socket.socket, message: dict[str, Any]) -> None:
    connection.sendall(json.dumps(message).encode() + b"\n")
