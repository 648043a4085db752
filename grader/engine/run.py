"""Runs a piece of Python in a confined process, and returns what it printed."""

import contextlib

from grader import endings, exceptions, submission
from grader.engine.precheck import Refusal, precheck
from grader.engine.server import Server, cpu_seconds
from grader.errors import GraderError
from grader.i18n import _
from grader.sandbox import clock, wire
from grader.sandbox.interpreters import Refused, ServerError


class RunError(GraderError):
    """The code did not get to its end; the text says why, in a sentence."""


def printed(
    source: str,
    server: Server,
    *,
    filename: str = "code.py",
    module: str = "code",
    timeout: float = 10.0,
) -> str:
    """What a module prints while it loads, its middle left out if that is more than a few pages.

    Args:
        source: the module's text.
        server: starts the process; TensorFlow is loaded if the text imports it.
        filename: what tracebacks call it.
        module: its ``__name__``.
        timeout: seconds, without the loading of TensorFlow.

    Raises:
        RunError: the text is no Python, it raised, or its time was over.
    """
    found = precheck(source.encode(errors="surrogatepass"), ())
    if isinstance(found, Refusal):
        raise RunError(found.message)
    try:
        process = server.start("learner", found.tensorflow, cpu_seconds(timeout))
    except Refused as error:
        raise RunError(endings.not_started(str(error))) from error
    except ServerError as error:
        raise RunError(endings.tensorflow_missing(str(error))) from error
    status = None
    try:
        channel = wire.Channel(process.channel)
        channel.deadline = clock.now() + timeout
        hello, __ = channel.receive()
        if not isinstance(hello.get("missing"), list):
            raise RunError(
                endings.garbled(_("not confined: {reason}").format(reason=hello.get("unconfined")))
            )
        load = {"source": found.text, "filename": filename, "name": module, "seed": 0}
        channel.send({"id": "", "do": "load", **load})
        answer, __ = channel.receive()
    except wire.Expired:
        raise RunError(endings.timeout_at_load(timeout)) from None
    except wire.Closed:
        status = server.end(process, found.tensorflow)
        raise RunError(endings.ended(status)) from None
    except wire.WireError as error:
        raise RunError(endings.garbled(str(error))) from error
    finally:
        if status is None:
            with contextlib.suppress(OSError):
                server.end(process, found.tensorflow)
    match answer:
        case {"error": {"type": str(kind), "message": str(message), "frame": frame}}:
            line = frame.get("line") if isinstance(frame, dict) else None
            place = submission.place(line) if isinstance(line, int) else None
            raise RunError(exceptions.raised_at_load(kind, message, place))
        case {"printed": str(text)} if "error" not in answer:
            return text
    raise RunError(endings.garbled(_("no text")))
