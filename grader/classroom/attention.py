"""``attention.csv``: what came in and could not be taken; a person looks at it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from grader.classroom import table
from grader.i18n import _

NAME = "attention.csv"
BESIDE = _("It lies beside this learner's submissions and is no code. There is nothing to do.")


@dataclass(frozen=True)
class Attention:
    """One row.

    Attributes:
        source: the path inside the download, which begins with the download.
        name: whose it may be; empty if the download does not say.
        problem: what is wrong, and what to do, in sentences.
        note: yours; nothing reads it.
    """

    source: str
    name: str
    problem: str
    note: str = ""

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to do about it."""
        return self.problem == BESIDE


COLUMNS = tuple(column.name for column in fields(Attention))


def written(rows: Iterable[Attention]) -> bytes:
    """The table with these rows, in their order."""
    return table.written(COLUMNS, [vars(row) for row in rows])


def parsed(data: bytes, name: str = NAME) -> list[Attention]:
    """The rows of a table, in its order.

    Raises:
        ClassError: it can't be read.
    """
    return [Attention(**row) for __, row in table.read(data, COLUMNS, name)]
