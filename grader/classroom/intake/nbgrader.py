"""nbgrader's ``submitted/<learner>/<assignment>/<file>``, with ``timestamp.txt`` beside it."""

import re
import zoneinfo
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from grader.classroom.intake.incoming import Parts
from grader.classroom.intake.origin import Origin, Origins

TIMESTAMP = "timestamp.txt"
DESCRIBING = re.compile(re.escape(TIMESTAMP))
_FOLDER = "submitted"


def origins(paths: Sequence[Parts], described: Mapping[Parts, bytes]) -> Origins:
    """See ``Arrangement``."""
    found: Origins = {}
    for path in paths:
        if _FOLDER not in path or path[-1] == TIMESTAMP:
            continue
        position = path.index(_FOLDER)
        if len(path) < position + 4:  # learner, assignment, file
            continue
        learner, assignment = path[position + 1 : position + 3]
        stamp = described.get((*path[: position + 3], TIMESTAMP), b"")
        found[path] = (
            Origin(
                name=learner,
                inner=(assignment, *path[position + 3 :]),
                above=path[:position],
                ids={"nbgrader": learner},
                submitted=moment(stamp.decode("utf-8", "replace")),
            ),
        )
    return found


def moment(text: str) -> datetime | None:
    """The time that nbgrader wrote, such as ``2026-11-02 18:30:00.5 Europe/Berlin``."""
    words = text.strip().split(" ")
    with suppress(ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        zone = zoneinfo.ZoneInfo(words[2]) if len(words) == 3 else UTC
        when = datetime.fromisoformat(" ".join(words[:2]))
        return (when if when.tzinfo else when.replace(tzinfo=zone)).replace(microsecond=0)
    return None
