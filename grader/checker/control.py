"""A checker's line to the grader.

One line of JSON is one message. The grader says first what to do, a ``Job``; then the checker asks
for the next check and for confined processes, and says each result:

=========================================  =============================================
checker                                    grader
=========================================  =============================================
(nothing)                                  the fields of a ``Job``
``{"next": {check: shared fixtures}}``     ``{"run": name, "seed": n}`` or ``{"run": null}``
``{"start": kind, "tensorflow": bool}``    ``{"number": n}`` with a descriptor, or
                                           ``{"failed": why, "refused": bool}``
``{"end": n}``                             ``{"status": code}``
``{"begun": name}``                         (it has the check, and runs it now)
``{"note": text}``
``{"result": ...}``
``{"broken": text}``                       (the checks can't be run)
=========================================  =============================================
"""

import json
import os
import socket
from typing import Any

from grader.checker.job import Job
from grader.checks.errors import NotStarted


class NoProcess(Exception):
    """The grader could not start a process."""


class Control:
    """The line to the grader."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def job(self) -> Job:
        """What to do: the first thing that the grader says."""
        return Job(**self._receive()[0])

    def start(self, kind: str, tensorflow: bool) -> tuple[int, socket.socket]:
        """See ``grader.checks.remote.Starter``."""
        answer, descriptors = self._ask({"start": kind, "tensorflow": tensorflow})
        if "failed" in answer:
            if answer["refused"]:
                raise NotStarted(answer["failed"])
            raise NoProcess(answer["failed"])
        return answer["number"], socket.socket(fileno=descriptors[0])

    def end(self, number: int) -> int:
        """See ``grader.checks.remote.Starter``."""
        return int(self._ask({"end": number})[0]["status"])

    def next(self, checks: dict[str, list[str]]) -> tuple[str, int] | None:
        """The check to run now, and its seed; ``checks`` names all, with their wider fixtures."""
        answer = self._ask({"next": checks})[0]
        if answer["run"] is None:
            return None
        self.tell({"begun": answer["run"]})
        return str(answer["run"]), int(answer["seed"])

    def tell(self, message: dict[str, Any]) -> None:
        """Send what needs no answer."""
        self._connection.sendall(json.dumps(message).encode() + b"\n")

    def _ask(self, message: dict[str, Any]) -> tuple[dict[str, Any], list[int]]:
        self.tell(message)
        return self._receive()

    def _receive(self) -> tuple[dict[str, Any], list[int]]:
        """What the grader says, and the descriptors that come with it."""
        data, descriptors, _, _ = socket.recv_fds(self._connection, 65536, 1)
        while not data.endswith(b"\n"):
            chunk = self._connection.recv(65536)
            if not chunk:
                os._exit(1)  # the grader is gone
            data += chunk
        return json.loads(data), descriptors
