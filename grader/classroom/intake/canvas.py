"""Canvas's “Download Submissions”: flat, each name with the user's and the attachment's number.

Of a name only letters, digits and underscores are left, which may be nothing.
Source: ``lib/content_zipper.rb`` of instructure/canvas-lms.
"""

import re
from collections.abc import Mapping, Sequence

from grader.classroom.intake.incoming import Parts
from grader.classroom.intake.origin import Origin, Origins
from grader.i18n import _

_PEOPLE = (
    r"(?P<late>LATE_)?(?P<name>anon)_(?P<user>[^\W_]+)",  # in an anonymous assignment
    r"(?P<name>\w*?)(?P<late>_LATE)?_(?P<user>\d+)",
)
_FILES = [re.compile(rf"{who}_(?P<attachment>\d+)_(?P<file>.+)") for who in _PEOPLE]
_TYPED = [re.compile(rf"{who}_(?P<kind>text|link)\.html") for who in _PEOPLE]
_NO_FILE = _("It is a {kind} typed into Canvas, not a file. Ask for the file.")


def origins(paths: Sequence[Parts], described: Mapping[Parts, bytes]) -> Origins:
    """See ``Arrangement``."""
    found: Origins = {}
    for path in paths:
        for position, part in enumerate(path):
            if match := _first(_TYPED, part):
                fault = _NO_FILE.format(kind=match["kind"])
                found[path] = (_origin(match, (part,), path[:position], fault),)
                break
            if match := _first(_FILES, part):
                inner = (match["file"], *path[position + 1 :])
                found[path] = (_origin(match, inner, path[:position]),)
                break
    return found


def _first(patterns: Sequence[re.Pattern[str]], part: str) -> re.Match[str] | None:
    return next((found for each in patterns if (found := each.fullmatch(part))), None)


def _origin(match: re.Match[str], inner: Parts, above: Parts, fault: str = "") -> Origin:
    name, user, groups = match["name"], match["user"], match.groupdict()
    attachment = groups.get("attachment")
    return Origin(
        name=f"{name} {user}" if name == "anon" else name or user,
        inner=inner,
        above=above,
        ids={"canvas": user} | ({"canvas_attachment": attachment} if attachment else {}),
        late=match["late"] is not None,
        order=int(attachment or 0),
        fault=fault,
    )
