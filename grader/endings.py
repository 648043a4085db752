"""How a process ended otherwise than with an answer, and accidents, in words."""

import re
import resource

from grader.clean import first_line
from grader.i18n import _


def ended(status: int) -> str:
    """Of a process that ended by itself; ``status`` is negative if a signal ended it."""
    if status >= 0:
        return _(
            "The process ended itself with exit code {status} (os._exit?) before it had answered."
        ).format(status=status)
    sentences = {
        -6: _("The process ended before it had answered: it aborted."),
        -9: _("The process ended before it had answered: it was killed."),
        -11: _(
            "The process ended before it had answered: it crashed: segmentation fault, or "
            "recursion without end."
        ),
        -24: _("The process ended before it had answered: it used up its computing time."),
        -25: _("The process ended before it had answered: it wrote too much."),
    }
    other = _("The process ended before it had answered: signal {signal}.")
    return sentences.get(status) or other.format(signal=-status)


def timeout(seconds: float, function: str | None) -> str:
    """Of a function, or any of the code, that came to no end."""
    if function:
        template = _(
            "{function} was still running after {seconds:g} s and was stopped. Is there an "
            "endless loop, or one that does the same work again in each turn?"
        )
    else:
        template = _(
            "Your code was still running after {seconds:g} s and was stopped. Is there an "
            "endless loop, or one that does the same work again in each turn?"
        )
    return template.format(function=function, seconds=seconds)


def timeout_at_load(seconds: float) -> str:
    """Of a file that came to no end while loading."""
    return _(
        "The file was still loading after {seconds:g} s and was stopped. Training and loops "
        "belong in functions, or under `if __name__ == '__main__':`."
    ).format(seconds=seconds)


def garbled(reason: str) -> str:
    """Of an answer that is none."""
    return _("The grader couldn't read what your code sent back ({reason}).").format(reason=reason)


def check_crashed() -> str:
    """Of a check that ended its process."""
    return _("The check itself ended without a verdict.")


def accident(what: str) -> str:
    """What a learner reads of an accident; ``what`` is one of the sentences below."""
    return _(
        "{what} This is not your mistake. Run it again; if it happens again, tell your instructor."
    ).format(what=what)


def killed() -> str:
    """Of a process that others have ended."""
    if (seconds := computing_time()) is not None:
        return _(
            "A process was killed, perhaps because it used up the computing time that this "
            "computer allows: {seconds} s (`ulimit -t`)."
        ).format(seconds=seconds)
    return _("A process was killed from outside, perhaps because the computer ran out of memory.")


def computing_time() -> int | None:
    """Seconds that a process may compute on this computer, ``None`` without a limit."""
    soft, __ = resource.getrlimit(resource.RLIMIT_CPU)
    return None if soft == resource.RLIM_INFINITY else soft


def interpreter_killed() -> str:
    """The same of an interpreter, as a reason why there is no process."""
    if (seconds := computing_time()) is not None:
        return _(
            "it was killed, perhaps because it used up the computing time that this computer "
            "allows: {seconds} s, see `ulimit -t`"
        ).format(seconds=seconds)
    return _("it was killed, perhaps because the computer ran out of memory")


def out_of_memory() -> str:
    """Of code that got no more memory."""
    return _("A process got no more memory.")


def also_the_solution(what: str) -> str:
    """Of an end that may be the computer's doing; ``what`` is a sentence about it."""
    return _(
        "{what} The course's own solution does not pass this check here either. Does this computer "
        "limit memory or computing time (`ulimit -a`)?"
    ).format(what=what)


def stopped() -> str:
    """Of a process that others have stopped, and not let go on, or kept from computing."""
    return _(
        "A process was stopped from outside, or other programs left it hardly any computing time, "
        "and it did not get on in time."
    )


def not_started(reason: str) -> str:
    """Of a process that there could not be."""
    return _("The computer could not start a process for your code ({reason}).").format(
        reason=first_line(reason)
    )


def refused(reason: str) -> str:
    """Of what the system did not give."""
    return _("The system refused what grading needs ({reason}).").format(reason=first_line(reason))


def tensorflow_missing(reason: str) -> str:
    """Of TensorFlow, which does not start."""
    if not re.match("(ImportError|ModuleNotFoundError):", reason):
        return _("TensorFlow could not be started ({reason}).").format(reason=first_line(reason))
    return _(
        "TensorFlow could not be started ({reason}). If it is not installed, install it "
        "into the environment that grade runs in: `pip install tensorflow`."
    ).format(reason=first_line(reason))


def check_raised(type: str) -> str:
    return _(
        "The check itself raised {type}; the course's own solution does not pass it either."
    ).format(type=type)


def check_late(seconds: float) -> str:
    return _(
        "The check did not end within {seconds:g} s; the course's own solution does "
        "not pass it either."
    ).format(seconds=seconds)
