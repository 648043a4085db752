"""Whose a file is, as the layout of a download says it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from grader.classroom.intake.incoming import Parts
from grader.clean import line


@dataclass(frozen=True)
class Origin:
    """Whose a file is.

    Attributes:
        name: the learner's, as the system gives it, in one line and without blanks around it.
        inner: the file's path within what this learner handed in; its last part is its name.
        above: the parts before it that are not the learner's, such as the exercise's archive.
        ids: see ``grader.classroom.manifest.Entry``.
        late: whether the system calls it late.
        submitted: when it was handed in, if that is known.
        order: of two versions the one with the greater is later; compared before their names.
        fault: why it is not taken, and what to do, in sentences; empty if it is.
    """

    name: str
    inner: Parts
    above: Parts = ()
    ids: dict[str, str] = field(default_factory=dict)
    late: bool = False
    submitted: datetime | None = None
    order: int = 0
    fault: str = ""

    def __post_init__(self) -> None:
        # the cells of a table have no blanks around them: what is read back must be the same
        name = line(self.name).strip() or ("unnamed" if self.name else "")
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "ids", {key: line(id_).strip() for key, id_ in self.ids.items()})


Origins = dict[Parts, tuple[Origin, ...]]
"""Whose each file is that a layout understands; several submit one together."""

Arrangement = Callable[[Sequence[Parts], Mapping[Parts, bytes]], Origins]
"""Reads a layout: from all paths, and the content of the small files that describe others."""
