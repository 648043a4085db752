"""``roster.csv``: who is in a class, so that one person has one name in every download."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import permutations

from grader.classroom import table
from grader.classroom.classfolder import ClassFolder
from grader.errors import ClassError
from grader.i18n import _

NAME = "roster.csv"
_NAMES = ("learner", "name")  # columns; every other one is an id, by its header


@dataclass(frozen=True)
class Person:
    """One row.

    Attributes:
        learner: who it is within the class.
        name: what this learner is called.
        ids: of other systems, by the column's header in lower case.
    """

    learner: str
    name: str
    ids: dict[str, str] = field(default_factory=dict, hash=False)


def parsed(data: bytes, name: str = NAME) -> list[Person]:
    """The people of a roster: a CSV with a column ``name`` or ``learner``, and any ids.

    Raises:
        ClassError: it can't be read, or two people are called the same; one sentence for each.
    """
    header = table.header(data, name)
    if not set(_NAMES) & set(header):
        raise ClassError(
            _(
                "{name}, line 1: there is no column name. The columns are name, if you "
                "like learner, and ids such as email, sid or canvas."
            ).format(name=name)
        )
    people: list[Person] = []
    lines: dict[str, int] = {}
    broken = []
    for line, row in table.read(data, header, name):
        full = row.get("name") or row.get("learner", "")
        learner = row.get("learner") or full
        if not learner:
            broken.append(
                _("{name}, line {line}: the name is missing.").format(name=name, line=line)
            )
        elif learner in lines:
            broken.append(
                _(
                    "{name}, line {line}: {learner} is in line {lines} too; give both a "
                    "different learner."
                ).format(name=name, line=line, learner=learner, lines=lines[learner])
            )
        else:
            lines[learner] = line
            ids = {key: row[key] for key in header if key not in _NAMES and key and row[key]}
            people.append(Person(learner, full, ids))
    if broken:
        raise ClassError("\n".join(broken[:10]))
    return people


def kept(folder: ClassFolder) -> list[Person]:
    """The people of the roster that a class keeps; nobody if it has none.

    Raises:
        ClassError: it can't be read.
    """
    data = folder.read(NAME, table.MAX_SIZE)
    return [] if data is None else parsed(data)


def written(people: Iterable[Person]) -> bytes:
    """The table with these people."""
    people = list(people)
    keys = list(dict.fromkeys(key for person in people for key in person.ids))
    rows = [
        {"learner": p.learner, "name": p.name} | {key: p.ids.get(key, "") for key in keys}
        for p in people
    ]
    return table.written([*_NAMES, *keys], rows)


def spellings(name: str) -> set[str]:
    """How systems write a name, reduced to what they keep: ``müllerzoë`` for “Zoë Müller” too."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", name).casefold())
    if len(words) > 4:
        return {"".join(words)}
    return {"".join(order) for order in permutations(words)}
