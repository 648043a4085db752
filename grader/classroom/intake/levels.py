"""How deep in a download its system's own names are: what is deeper, a learner has written."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from grader.classroom.intake.incoming import Parts
from grader.classroom.intake.origin import Origins


class Levels:
    """The folders of a download, seen from above.

    Nobody can tell the names that a system gives from those that a learner has given to what is in
    a handed-in folder or archive. But a system's names are outermost, and everyone's are alike: a
    learner could otherwise pass for another one, or keep the files of all others out.

    Attributes:
        paths: of all files that count.
    """

    def __init__(self, paths: Sequence[Parts]) -> None:
        self.paths = paths

    @cached_property
    def shared(self) -> int:
        """How many parts all paths begin with; whose files are in what comes then."""
        if not self.paths:
            return 1
        first, last = min(self.paths), max(self.paths)
        most = min(map(len, self.paths)) - 1
        return next((n for n in range(1, most) if first[n] != last[n]), max(most, 1))

    @cached_property
    def _entries(self) -> set[Parts]:
        return {path[: self.shared + 1] for path in self.paths}

    def most(self, paths: Iterable[Parts]) -> bool:
        """Whether most of what is in the download has one of these files."""
        having = {path[: self.shared + 1] for path in paths}
        return 2 * len(having) > len(self._entries)

    def kept(self, found: Origins) -> Origins:
        """The files whose origin the download itself says.

        Where several downloads are side by side, a system's names are deeper: then most have them.
        """
        if self.most(found):
            return found
        return {path: each for path, each in found.items() if len(each[0].above) <= self.shared}
