"""Blackboard's “Assignment File Download”: flat, each name with assignment, username and time.

``Exercise 3_ada7_attempt_2026-11-02-18-30-00_ex3.py``, and beside it a file without the last
part, ``….txt``, which has the learner's full name and what was typed.
Source: https://help.blackboard.com, and public programs that read such downloads.
"""

import re
from collections.abc import Mapping, Sequence

from grader.classroom.intake.incoming import Parts
from grader.classroom.intake.origin import Origin, Origins
from grader.clean import line
from grader.i18n import _

_ATTEMPT = r"(?P<assignment>.+)_(?P<user>[^_]+)_attempt_(?P<at>\d{4}(?:-\d\d){5})"
DESCRIBING = re.compile(rf"{_ATTEMPT}\.txt")
_FILE = re.compile(rf"{_ATTEMPT}_(?P<file>.+)")
_NAME = re.compile(r"^Name: *(.+?) *\([^()]*\)\s*$", re.MULTILINE)
_TYPED = _(
    "It is text typed into Blackboard, not a file. Ask for the file, or save its code as "
    "one and import that."
)

_Attempt = tuple[Parts, str, str, str]


def origins(paths: Sequence[Parts], described: Mapping[Parts, bytes]) -> Origins:
    """See ``Arrangement``."""
    found: Origins = {}
    names = {
        _attempt(match, path): name[1]
        for path, data in described.items()
        if (match := DESCRIBING.fullmatch(path[-1]))
        and (name := _NAME.search(data.decode("utf-8", "replace")))
    }
    with_files: set[_Attempt] = set()
    for path in paths:
        for position, part in enumerate(path):
            if match := _FILE.fullmatch(part):
                attempt = _attempt(match, path[: position + 1])
                inner = (match["file"], *path[position + 1 :])
                found[path] = (_origin(match, names.get(attempt), inner, path[:position]),)
                with_files.add(attempt)
                break
    for path in paths:  # whoever has no file has typed something, or nothing
        match = DESCRIBING.fullmatch(path[-1])
        if match and path not in found and (at := _attempt(match, path)) not in with_files:
            found[path] = (_origin(match, names.get(at), path[-1:], path[:-1], _TYPED),)
    return found


def _attempt(match: re.Match[str], path: Parts) -> _Attempt:
    return path[:-1], match["assignment"], match["user"], match["at"]


def _origin(
    match: re.Match[str], name: str | None, inner: Parts, above: Parts, fault: str = ""
) -> Origin:
    return Origin(
        name=line(name or match["user"]),
        inner=inner,
        above=(*above, match["assignment"]),
        ids={"username": match["user"]},
        order=int(match["at"].replace("-", "")),
        fault=fault,
    )
