"""Gradescope's export: ``submission_<id>/`` each, and a YAML file that says whose they are."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from grader.classroom.intake.incoming import Parts
from grader.classroom.intake.origin import Origin, Origins
from grader.i18n import _

METADATA = "submission_metadata.yml"
DESCRIBING = re.compile(re.escape(METADATA))
_FOLDER = re.compile(r"submission_(\d+)")
# what YAML's reader raises for a value that is not of the type it claims, such as !!bool maybe
_STRANGE = (ValueError, LookupError, AttributeError, TypeError, OverflowError, RecursionError)


def origins(paths: Sequence[Parts], described: Mapping[Parts, bytes]) -> Origins:
    """See ``Arrangement``."""
    found: Origins = {}
    for where, data in sorted(described.items(), key=lambda item: len(item[0])):
        if where[-1] != METADATA:
            continue
        known, above = _read(data), where[:-1]
        for path in paths:
            folder = path[len(above) : len(above) + 1]
            if path[: len(above)] != above or not folder or path == where or path in found:
                continue  # of two that describe a file, the outer one counts
            if not (match := _FOLDER.fullmatch(folder[0])) or len(path) < len(above) + 2:
                continue
            about = known.get(folder[0])
            inner = path[len(above) + 1 :]
            found[path] = _origins(about, match[1], inner, above)
    return found


def _origins(about: Any, number: str, inner: Parts, above: Parts) -> tuple[Origin, ...]:
    submitters = about.get(":submitters") if isinstance(about, dict) else None
    if not isinstance(submitters, list):
        submitters = []
    people = [each for each in submitters if isinstance(each, dict)]
    if not people:
        fault = _("{metadata} does not say whose submission {number} is. Export it again.").format(
            metadata=METADATA, number=number
        )
        return (Origin(f"submission {number}", inner, above, fault=fault),)
    at = about.get(":created_at")
    return tuple(
        Origin(
            name=_word(each, ":name") or _word(each, ":email") or f"submission {number}",
            inner=inner,
            above=above,
            ids={"gradescope": number}
            | {key: word for key in ("sid", "email") if (word := _word(each, f":{key}"))},
            submitted=_moment(at),
            order=int(number),
        )
        for each in people
    )


def _word(each: dict, key: str) -> str:
    value = each.get(key)
    if isinstance(value, int):
        return str(value) if abs(value) < 10**18 else ""  # to write a very long one takes too long
    return value[:200].strip() if isinstance(value, str) else ""  # a list may be endless


def _moment(at: object) -> datetime | None:
    if not isinstance(at, datetime):
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).replace(microsecond=0)


def _read(data: bytes) -> dict[str, Any]:
    """The metadata; nothing if it can't be read: then every submission says so."""
    import yaml

    # the one in C is ten times as fast, and not everywhere
    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        def flatten_mapping(self, node: Any) -> None:
            """Take no part over from others (<<): a few lines of these become billions."""

    try:
        found = yaml.load(data, Loader)
    except (yaml.YAMLError, *_STRANGE):
        return {}
    return found if isinstance(found, dict) else {}
