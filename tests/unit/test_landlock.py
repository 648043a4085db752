"""Landlock by itself: what other layers would refuse as well is refused without them."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox.confinement import landlock

ABI = landlock.abi()
EACCES = 13

TRIED = """
import ctypes, json, os, socket, sys
from grader.sandbox.confinement import landlock

version, readable, writable, port = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
known = landlock.abi()
landlock.abi = lambda: min(version, known)
assert ctypes.CDLL(None).prctl(38, 1, 0, 0, 0) == 0  # no new privileges
if version:
    landlock.restrict([readable], [writable])


def error(action, *arguments):
    try:
        action(*arguments)
    except OSError as error:
        return error.errno
    return 0


def listen():
    socket.socket().bind(("127.0.0.1", 0))


print(json.dumps({
    "connect": error(socket.socket().connect, ("127.0.0.1", port)),
    "bind": error(listen),
    "truncate": error(os.truncate, readable + "/file", 0),
    "write": error(open, readable + "/file", "a"),
    "make": error(open, readable + "/new", "w"),
    "remove": error(os.unlink, readable + "/other"),
    "outside": error(os.listdir, os.path.dirname(readable)),
    "read": error(open, readable + "/file"),
    "list": error(os.listdir, readable),
    "own made": error(open, writable + "/new", "w"),
    "own truncated": error(os.truncate, writable + "/file", 0),
    "own removed": error(os.unlink, writable + "/file"),
}))
"""


@pytest.fixture
def tried(tmp_path: Path) -> Any:
    """The error numbers of what a process tries that only Landlock confines; 0 where none came."""

    def run(version: int) -> dict[str, int]:
        for name in ("readable/file", "readable/other", "writable/file"):
            path = tmp_path / str(version) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("precious")
        folder = tmp_path / str(version)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            arguments = [folder / "readable", folder / "writable", listener.getsockname()[1]]
            done = subprocess.run(
                [sys.executable, "-c", TRIED, str(version), *map(str, arguments)],
                capture_output=True,
                check=True,
                text=True,
            )
        return json.loads(done.stdout)

    return run


def test_without_landlock_all_is_possible(tried: Any) -> None:
    assert set(tried(0).values()) == {0}


@pytest.mark.parametrize("version", [version for version in (1, 2, 3, 4, ABI) if version <= ABI])
def test_each_version_refuses_what_it_knows(tried: Any, version: int) -> None:
    if not ABI:
        pytest.skip("this kernel has no Landlock")
    refused = {"write", "make", "remove", "outside"}
    refused |= {"truncate"} if version >= 3 else set()
    refused |= {"connect", "bind"} if version >= 4 else set()
    found = tried(version)
    assert {name for name, error in found.items() if error} == refused
    assert {found[name] for name in refused} == {EACCES}
