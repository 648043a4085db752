"""One thing that was checked."""

from dataclasses import dataclass

GOOD, NOTE, BAD = "good", "note", "bad"


@dataclass(frozen=True)
class Finding:
    """One thing that was checked.

    Attributes:
        name: what, in a word.
        state: ``good``, ``note`` (it works, with less) or ``bad`` (it has to be fixed).
        found: what was seen.
        fix: what to do about it; empty if there is nothing to do.
    """

    name: str
    state: str
    found: str
    fix: str = ""
