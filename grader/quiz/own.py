"""Questions about the learner's own submission: the values of their options are computed."""

import json
from collections.abc import Sequence
from pathlib import Path

from grader.engine.precheck import Refusal, precheck
from grader.engine.run import RunError, printed
from grader.engine.server import Server
from grader.i18n import _
from grader.submission import Code, read

TIMEOUT = 30.0  # seconds, for the module and all expressions

_LAST = """
import json as _json
def _value(_source):
    try:
        return {"value": str(eval(_source, globals()))[:200]}
    except BaseException as _error:
        return {"error": f"{type(_error).__name__}: {_error}"[:500]}
print("\\n" + _json.dumps([_value(_source) for _source in %r]))
"""


def source(path: Path) -> Code:
    """A submission's text.

    Raises:
        RunError: it can't be read.
    """
    try:
        found = precheck(read(path), ())
    except OSError as error:
        raise RunError(
            _("{path} can't be read: {reason}.").format(path=path, reason=error.strerror)
        ) from error
    if isinstance(found, Refusal):
        raise RunError(found.message)
    return found


def values(path: Path, expressions: Sequence[str], server: Server) -> list[str]:
    """What expressions are worth in a submission's module, as texts.

    Raises:
        RunError: the submission can't be loaded, or an expression raised.
    """
    text = source(path).text + _LAST % (list(expressions),)
    lines = printed(text, server, filename=path.name, module=path.stem, timeout=TIMEOUT)
    try:
        answers = json.loads(lines.rstrip("\n").rpartition("\n")[2])
    except ValueError:
        answers = []
    found = []
    for expression, answer in zip(expressions, answers, strict=False):
        match answer:
            case {"value": str(value)}:
                found.append(value)
            case {"error": str(error)}:
                raise RunError(
                    _("{expression} raised {reason}").format(expression=expression, reason=error)
                )
    if len(found) != len(expressions):
        raise RunError(_("The file printed something that hides the values."))
    return found
