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
import shutil
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.sandbox import agent, genuine, wire
from grader.sandbox.confinement import Unconfined, Wall, confine, own_session

_LAZY = (  # what the first fit would import: once here instead of once in each child
    "tensorflow.python.data.ops.concatenate_op",
    "tensorflow.python.data.ops.flat_map_op",
    "tensorflow.python.data.ops.from_tensors_op",
    "tensorflow.python.data.ops.range_op",
    "tensorflow.python.data.ops.zip_op",
)


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
    children: dict[int, int] = {}  # and the seconds of computing that each may use
    try:
        _write(connection, {"versions": versions})
        while request := _read(connection):
            message, descriptors = request
            if "fork" in message:
                parent = os.getpid()
                try:
                    pid = os.fork()
                except OSError as error:
                    os.close(descriptors[0])
                    _write(connection, {"refused": str(error)})
                    continue
                if pid == 0:
                    connection.close()
                    _run(config, descriptors[0], parent, message["fork"], message["seconds"])
                os.close(descriptors[0])
                children[pid] = message["seconds"]
                _write(connection, {"pid": pid})
            else:
                pid, status = message["end"], -signal.SIGKILL
                if pid in children:  # it may be of a server before this one, which was killed
                    status = _end(pid, children.pop(pid))
                _write(connection, {"status": status})
        # a grader that was killed could not tidy up; Keras has written its settings
        shutil.rmtree(Path(config["scratch"]).parent, ignore_errors=True)
    finally:
        for pid, seconds in children.items():
            _end(pid, seconds)


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


def _run(config: dict[str, Any], descriptor: int, parent: int, kind: str, seconds: int) -> None:
    """The life of a confined process or of a checker; never returns."""
    status = 1
    try:
        if config["checker"]:
            own_session(parent)
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


def _end(pid: int, seconds: int) -> int:
    """Kill a child if it still lives; returns its exit code, or minus the signal.

    The kernel kills what has used up its computing time with SIGKILL; it counts as SIGXCPU here, so
    that SIGKILL means one from outside. What had been stopped, and did not go on, is SIGSTOP.
    """
    look = os.WEXITED | os.WSTOPPED | os.WNOHANG | os.WNOWAIT
    found = os.waitid(os.P_PID, pid, look)
    stopped = found is not None and found.si_code == os.CLD_STOPPED
    if found is None or stopped:
        for kill in (os.killpg, os.kill):  # its whole session, once it has one
            with contextlib.suppress(OSError):
                kill(pid, signal.SIGKILL)
    _, waited, used = os.wait4(pid, 0)
    status = os.waitstatus_to_exitcode(waited)
    if stopped:
        return -signal.SIGSTOP
    spent = used.ru_utime + used.ru_stime >= seconds > 0
    return -signal.SIGXCPU if status == -signal.SIGKILL and spent else status


def _read(connection: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    data, descriptors, _, _ = socket.recv_fds(connection, 65536, 4)
    while data and not data.endswith(b"\n"):
        data += connection.recv(65536)
    return (json.loads(data), descriptors) if data else None


def _write(connection: socket.socket, message: dict[str, Any]) -> None:
    connection.sendall(json.dumps(message).encode() + b"\n")
