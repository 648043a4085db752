"""Reading keys from a real pseudo-terminal, at moments that come once in a thousand times."""

import sys
from pathlib import Path

import pytest

from support import alive, soon, spawn

# Ctrl-C throws away what was typed before it, which can be the key that ended the wait.
THROWN_AWAY = """
import select, sys, termios
from grader.cli.terminal.keys import Keys

wait = select.select

def thrown_away(*ends):
    print("waits", flush=True)
    ready = wait(*ends)
    termios.tcflush(sys.stdin, termios.TCIFLUSH)
    return ready

select.select = thrown_away
with Keys() as keys:
    keys.read()
"""
# A terminal that goes sends SIGHUP and SIGCONT, and a program may ignore the first.
GONE = """
import signal, sys
from pathlib import Path
from grader.cli.terminal.keys import Keys, unheard

signal.signal(signal.SIGHUP, signal.SIG_IGN)
try:
    with {while_it_goes}:
        print("waits", flush=True)
        {wait}
    with Keys():
        pass
except BaseException as error:
    Path("raised").write_text(repr(error))
"""


def test_a_key_that_is_thrown_away_is_not_waited_for(tmp_path: Path) -> None:
    learner = spawn(tmp_path, sys.executable, "-c", THROWN_AWAY)
    learner.expect_exact("waits")
    learner.send("2")
    learner.expect_exact("waits")
    learner.sendintr()
    learner.expect_exact("KeyboardInterrupt")


@pytest.mark.parametrize(
    ("while_it_goes", "wait"),
    [
        ("Keys() as keys", "while True: keys.read()"),
        ("unheard()", "while sys.stdin.isatty(): pass"),
    ],
)
def test_a_terminal_that_is_gone(tmp_path: Path, while_it_goes: str, wait: str) -> None:
    program = GONE.format(while_it_goes=while_it_goes, wait=wait)
    learner = spawn(tmp_path, sys.executable, "-c", program)
    learner.expect_exact("waits\r\n")
    learner.ptyproc.fileobj.close()
    assert soon(lambda: not alive(learner.pid))
    assert (tmp_path / "raised").read_text() == "EOFError()"
