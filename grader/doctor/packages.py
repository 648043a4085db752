"""Python and the packages that grading needs."""

import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

from grader._version import DISTRIBUTION
from grader.doctor.finding import BAD, GOOD, Finding
from grader.i18n import _

_IMPORT_TIME = 300  # seconds


def python() -> Finding:
    """The interpreter."""
    return Finding("Python", GOOD, f"{platform.python_version()} · {sys.executable}")


def installed() -> Iterator[Finding]:
    """TensorFlow, Keras, and in one line all else that is needed; nothing is imported."""
    from importlib import metadata

    found, wrong = {}, {}
    for name, least in _required().items():
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            wrong[name] = _("not installed, {least} or later is needed").format(least=least)
            continue
        if numbers(found[name]) < numbers(least):
            wrong[name] = _("{version} is too old, {least} or later is needed").format(
                version=found.pop(name), least=least
            )
    install = f"{sys.executable} -m pip install --upgrade"
    for title, name in (("TensorFlow", "tensorflow"), ("Keras", "keras")):
        if name in found:
            yield Finding(title, GOOD, found.pop(name))
        else:
            yield Finding(title, BAD, wrong.pop(name), _fix(f"{install} {name}"))
    if wrong:
        said = ", ".join(f"{name}: {what}" for name, what in wrong.items())
        yield Finding(_("packages"), BAD, said, _fix(" ".join([install, *wrong])))
    elif found:
        said = ", ".join(f"{name} {version}" for name, version in found.items())
        yield Finding(_("packages"), GOOD, said)


def imported() -> Finding:
    """Whether TensorFlow can be imported, in a process of its own: it may crash."""
    from grader.sandbox.interpreters import interpreter

    name, begin = _("import"), time.monotonic()
    fix = _(
        "Install TensorFlow again in a fresh environment. Exercises that need only NumPy work "
        "without it."
    )
    quiet = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow"}
    # isolated: a tensorflow.py in the folder that one is in may be a stranger's
    command = interpreter("importlib:import_module", "keras")
    try:
        done = subprocess.run(
            command, env=quiet, capture_output=True, text=True, timeout=_IMPORT_TIME
        )
    except subprocess.TimeoutExpired:
        found = _("TensorFlow was not imported within {seconds} s").format(seconds=_IMPORT_TIME)
        return Finding(name, BAD, found, fix)
    if done.returncode == 0:
        seconds = time.monotonic() - begin
        found = _("TensorFlow was imported in {seconds:.1f} s").format(seconds=seconds)
        return Finding(name, GOOD, found)
    crash = _("Python ended with code {code} while it imported TensorFlow")
    last = (done.stderr.strip().splitlines() or [crash.format(code=done.returncode)])[-1]
    return Finding(name, BAD, last, fix)


def numbers(version: str) -> tuple[int, ...]:
    """The first three numbers of a version."""
    return tuple(map(int, re.findall(r"\d+", version)[:3]))


def _required() -> dict[str, str]:
    """Names of the packages that this one needs, and the least version of each."""
    from importlib import metadata

    lines: list[str] = []
    with suppress(metadata.PackageNotFoundError):  # it was not installed, only put on the path
        lines = metadata.requires(DISTRIBUTION) or []
    pairs = (re.match(r"([\w.-]+)\s*>=\s*([\d.]+)\s*$", line) for line in lines)
    return {"tensorflow": "2", "keras": "3"} | {pair[1]: pair[2] for pair in pairs if pair}


def _fix(command: str) -> str:
    return _("Install it: `{command}`.").format(command=command)
