"""Canvas's “Download Submissions”: flat, each name with the user's and the attachment's number.

Source: ``lib/submission_zip`` of instructure/canvas-lms.
"""

import re
from collections.abc import Mapping, Sequence

from grader.classroom.intake.incoming import Parts
from grader.classroom.intake.origin import Origin, Origins
from grader.i18n import _

_FILE = re.compile(r"(?P<name>\w+?)(?P<late>_LATE)?_(?P<user>\d+)_(?P<attachment>\d+)_(?P<file>.+)")
_ANONYMOUS = re.compile(
    r"(?P<name>anon)(?P<late>_LATE)?_(?P<user>\w+?)_(?P<attachment>\d+)_(?P<file>.+)"
)
_TYPED = re.compile(r"(?P<name>\w+?)(?P<late>_LATE)?_(?P<user>\d+)_(?P<kind>text|link)\.html")
_NO_FILE = _("It is a {kind} typed into Canvas, not a file. Ask for the file.")


def origins(paths: Sequence[Parts], described: Mapping[Parts, bytes]) -> Origins:
    """See ``Arrangement``."""
    found: Origins = {}
    for path in paths:
        for position, part in enumerate(path):
            if match := _TYPED.fullmatch(part):
                fault = _NO_FILE.format(kind=match["kind"])
                found[path] = (_origin(match, (part,), path[:position], fault),)
                break
            if match := _FILE.fullmatch(part) or _ANONYMOUS.fullmatch(part):
                inner = (match["file"], *path[position + 1 :])
                found[path] = (_origin(match, inner, path[:position]),)
                break
    return found


def _origin(match: re.Match[str], inner: Parts, above: Parts, fault: str = "") -> Origin:
    name, user, groups = match["name"], match["user"], match.groupdict()
    attachment = groups.get("attachment")
    return Origin(
        name=f"{name} {user}" if name == "anon" else name,
        inner=inner,
        above=above,
        ids={"canvas": user} | ({"canvas_attachment": attachment} if attachment else {}),
        late=match["late"] is not None,
        order=int(attachment or 0),
        fault=fault,
    )
