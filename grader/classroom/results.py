"""What counts of a class: one submission of each learner and exercise, with its result."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.classroom.journal import Journal, Mark
from grader.classroom.manifest import Entry, Policy, chosen
from grader.i18n import _
from grader.report import Report


@dataclass(frozen=True)
class Counted:
    """A submission that counts, and what is known of it.

    Attributes:
        entry: the submission.
        mark: its current result; ``None`` if it has not been graded yet.
    """

    entry: Entry
    mark: Mark | None

    @property
    def report(self) -> Report | None:
        """The report, if it says anything about the submission."""
        return self.mark.report if self.mark is not None and self.mark.graded else None

    @property
    def why(self) -> str:
        """Why it is not graded, a sentence; empty if it is."""
        if self.mark is None:
            return _("It has not been graded yet.")
        return "" if self.mark.graded else self.mark.seen or _("No reason was recorded.")


def results(journal: Journal, entries: Sequence[Entry], policy: Policy) -> Iterator[Counted]:
    """The submissions that count, each with its result, in the order of the entries.

    Reports come one at a time: those of a large class do not fit into memory.

    Raises:
        ClassError: the journal can't be read.
    """
    scores = journal.reached() if policy is Policy.BEST else {}
    counted = chosen(entries, policy, lambda entry: scores.get(entry.place))
    for entry, mark in journal.current(counted):
        yield Counted(entry, mark)
