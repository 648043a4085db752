"""Blackboard's “Assignment File Download”: flat, each name with assignment, username and time.

``Exercise 3_ada7_attempt_2026-11-02-18-30-00_ex3.py``, and beside it a file without the last
part, ``….txt``, which has the learner's full name and what was typed. The word ``attempt`` is in
the language of whoever downloads: ``Tentative``, ``intento``; so is ``Name:`` in that file.
Source: https://help.blackboard.com, and public programs that read such downloads.
"""

import re
from collections.abc import Mapping, Sequence

from grader.classroom.intake.incoming import Parts
from grader.classroom.intake.origin import Origin, Origins
from grader.clean import line
from grader.i18n import _

# the first attempt that a name has: what comes behind it, a learner has written
_WORD = r"[^\W\d_]{2,20}_\d{4}(?:-\d\d){5}"
_ATTEMPT = (
    rf"(?P<whose>(?!_{_WORD}).[^_]*+_(?!{_WORD})(?:(?!_{_WORD}).)++)"
    r"_[^\W\d_]{2,20}_(?P<at>\d{4}(?:-\d\d){5})"
)
DESCRIBING = re.compile(rf"{_ATTEMPT}\.txt")
_FILE = re.compile(rf"{_ATTEMPT}_(?P<file>.+)")
_NAME = re.compile(  # no character is looked at twice: anybody may have written such a file
    r"\ufeff?[^:\n]{2,40}: *+([^\n]*?[^ \n]) *+\(([^()\n]*+)\)[ \t\r]*+(?:\n|$)"
)
_TYPED = _(
    "It is text typed into Blackboard, not a file. Ask for the file, or save its code as "
    "one and import that."
)

_Attempt = tuple[Parts, str, str]


def origins(paths: Sequence[Parts], described: Mapping[Parts, bytes]) -> Origins:
    """See ``Arrangement``."""
    found: Origins = {}
    names: dict[_Attempt, str] = {}
    users = _Users()
    for path, data in described.items():
        match = DESCRIBING.fullmatch(path[-1])
        if match and (name := _NAME.match(data.decode("utf-8", "replace"))):
            names[_attempt(match, path)] = name[1]
            users.know(match["whose"], name[2].strip())
    with_files: set[_Attempt] = set()
    for path in paths:
        for position, part in enumerate(path):
            if match := _FILE.fullmatch(part):
                attempt = _attempt(match, path[: position + 1])
                inner = (match["file"], *path[position + 1 :])
                found[path] = (_origin(match, users, names.get(attempt), inner, path[:position]),)
                with_files.add(attempt)
                break
    for path in paths:  # whoever has no file has typed something, or nothing
        match = DESCRIBING.fullmatch(path[-1])
        if match and path not in found and (at := _attempt(match, path)) not in with_files:
            found[path] = (_origin(match, users, names.get(at), path[-1:], path[:-1], _TYPED),)
    return found


class _Users:
    """Which part of a name is the username: both it and the assignment's may have a ``_``."""

    def __init__(self) -> None:
        self._assignments: dict[str, str] = {}  # by what they were found in

    def know(self, whose: str, user: str) -> None:
        """Learn from a file that says whose it is."""
        if user and whose.endswith(f"_{user}"):
            self._assignments[whose] = whose.removesuffix(f"_{user}")

    def split(self, whose: str) -> tuple[str, str]:
        """The assignment and the username."""
        assignment = self._assignments.get(whose) or max(
            (each for each in self._assignments.values() if whose.startswith(f"{each}_")),
            key=len,
            default=whose.rpartition("_")[0],
        )
        return assignment, whose[len(assignment) + 1 :]


def _attempt(match: re.Match[str], path: Parts) -> _Attempt:
    return path[:-1], match["whose"], match["at"]


def _origin(
    match: re.Match[str],
    users: _Users,
    name: str | None,
    inner: Parts,
    above: Parts,
    fault: str = "",
) -> Origin:
    assignment, user = users.split(match["whose"])
    return Origin(
        name=line(name or user),
        inner=(assignment, *inner),
        above=above,
        ids={"username": user},
        order=int(match["at"].replace("-", "")),
        fault=fault,
    )
