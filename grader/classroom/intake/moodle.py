"""Moodle's “Download all submissions”, with folders and without, from 3.1 on.

Source: ``mod/assign/locallib.php`` and the file submission plugin, Moodle 4.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from grader.classroom.intake.incoming import Parts
from grader.classroom.intake.origin import Origin, Origins
from grader.i18n import _

_PART = re.compile(
    r"(?P<name>(?:(?!_\d{1,12}_assignsubmission_).)+)"  # the first: a learner has written the rest
    r"_(?P<id>\d{1,12})_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?",
    re.DOTALL,
)
_ONLINE = _(
    "It is text typed into Moodle, not a file. Ask for the file, or save its code as "
    "one and import that."
)


def origins(paths: Sequence[Parts], described: Mapping[Parts, bytes]) -> Origins:
    """See ``Arrangement``."""
    found: Origins = {}
    for path in paths:
        for position, part in enumerate(path):
            if match := _PART.fullmatch(part):
                found[path] = (_origin(match, path, position),)
                break
    names = {origin.name for (origin,) in found.values()}
    ids = {origin.ids["moodle"] for (origin,) in found.values()}
    if len(names) == 1 and len(ids) > 1:  # anonymous: the word for a participant, in any language
        found = {path: (_numbered(origin),) for path, (origin,) in found.items()}
    return found


def _origin(match: re.Match[str], path: Parts, position: int) -> Origin:
    inner = path[position + 1 :]
    if match["file"]:  # without folders, the file's own name is in the same part
        inner = (match["file"], *inner)
    return Origin(
        name=match["name"],
        inner=inner or (match["name"],),
        above=path[:position],
        ids={"moodle": match["id"]},
        fault="" if match["kind"] == "file" else _ONLINE,
    )


def _numbered(origin: Origin) -> Origin:
    return replace(origin, name=f"{origin.name} {origin.ids['moodle']}")
