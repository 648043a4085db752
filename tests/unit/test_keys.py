"""Reading keys from a real pseudo-terminal, at moments that come once in a thousand times."""

import sys
from pathlib import Path

from support import spawn

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
from grader.cli.terminal.keys import Keys

signal.signal(signal.SIGHUP, signal.SIG_IGN)
try:
    with Keys() as keys:
        print("waits", flush=True)
        while True:
            keys.read()
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


def test_a_terminal_that_is_gone(tmp_path: Path) -> None:
    learner = spawn(tmp_path, sys.executable, "-c", GONE)
    learner.expect_exact("waits\r\n")
    learner.ptyproc.fileobj.close()
    learner.ptyproc.wait()
    assert (tmp_path / "raised").read_text() == "EOFError()"
