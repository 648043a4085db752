"""Brightspace's “Download”: a folder a submission, or flat, with numbers, a name and a time.

``104840-170649 - Ada Lovelace - Nov 2, 2026 1022 AM/ex3_flatten.py``: numbers of the learner and of
the assignment, and a time without a zone, taken as this computer's. In another language the time is
written otherwise, and not read. ``index.html`` lists the files.
Source: public programs that read such downloads; Brightspace does not document the layout.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from grader.classroom.intake.incoming import Parts
from grader.classroom.intake.origin import Origin, Origins

DESCRIBING = re.compile(r"index\.html?", re.IGNORECASE)
_PART = re.compile(
    r"(?P<user>\d+)-\d+ - (?P<name>.+?) ?- (?P<day>[A-Z][a-z]{2} \d{1,2}, \d{4}) "
    r"(?P<hour>\d{1,2})(?P<minute>\d\d) (?P<half>[AP]M)(?: - (?P<file>.+))?"
)
_OTHER = re.compile(  # a year somewhere is all that languages have in common
    r"(?P<user>\d{1,12})-\d{1,12} - (?P<name>.+?) ?- (?=[^-]{0,40}\b\d{4}\b)[^-]{6,50}?"
    r"(?: - (?P<file>.+))?"
)


def origins(paths: Sequence[Parts], described: Mapping[Parts, bytes]) -> Origins:
    """See ``Arrangement``."""
    found: Origins = {}
    for path in paths:
        for position, part in enumerate(path):
            match = _PART.fullmatch(part) or _OTHER.fullmatch(part)
            inner = path[position + 1 :]
            if match and match["file"]:
                inner = (match["file"], *inner)
            if match and inner:
                found[path] = (_origin(match, inner, path[:position]),)
                break
    return found


def _origin(match: re.Match[str], inner: Parts, above: Parts) -> Origin:
    return Origin(
        name=match["name"],
        inner=inner,
        above=above,
        ids={"brightspace": match["user"]},
        submitted=_moment(match),
    )


def _moment(match: re.Match[str]) -> datetime | None:
    if "day" not in match.re.groupindex:
        return None
    written = f"{match['day']} {match['hour']}:{match['minute']} {match['half']}"
    with suppress(ValueError, OverflowError, OSError):
        return datetime.strptime(written, "%b %d, %Y %I:%M %p").astimezone()
    return None
