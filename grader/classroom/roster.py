"""``roster.csv``: who is in a class, so that one person has one name in every download.

It may be what a system exports: their titles are known here, so that nobody has to rename columns.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import permutations

from grader.classroom import table
from grader.classroom.classfolder import ClassFolder
from grader.clean import line
from grader.errors import ClassError
from grader.i18n import _, every

NAME = "roster.csv"
_WORDS = 20  # of a name, any of which may be the first: to try each of thousands takes gigabytes
_SHOWN = 10  # problems that are named at once, and people in one
_FIRST, _LAST, _LOGIN = "first name", "last name", "login"
_NAMES = ("learner", "name", _FIRST, _LAST)  # every other column may be an id, by its title
IDS = ("canvas", "brightspace", "sid", "email", "username", "nbgrader")  # that systems know
# what Moodle, Canvas, Brightspace, Blackboard, Gradescope and Classroom call their columns
_TITLES = {
    title: key
    for key, titles in {
        "name": ("full name", "student", "student name", "vollständiger name", "nombre completo"),
        _FIRST: (_FIRST, "firstname", "given name", "vorname", "nombre", "prénom"),
        _LAST: (
            _LAST,
            "lastname",
            "surname",
            "family name",
            "nachname",
            "apellido(s)",
            "apellidos",
        ),
        "email": ("email address", "e-mail", "e-mail address", "mail", "e-mail-adresse"),
        "sid": (
            "sis user id",
            "orgdefinedid",
            "id number",
            "student id",
            "student number",
            "id-nummer",
        ),
        "canvas": ("canvas id",),
        _LOGIN: ("sis login id",),
        "username": ("user name",),
    }.items()
    for title in titles
}


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

    First and last names may be in columns of their own.

    Raises:
        ClassError: it can't be read, or two people are called the same; one sentence for each.
    """
    header = table.header(data, name)
    keys = _keys(header)
    if not {"learner", "name", _FIRST, _LAST} & set(keys.values()):
        raise ClassError(
            _(
                "{name}, line 1: there is no column name. The columns are name, if you "
                "like learner, and ids such as email, sid or canvas."
            ).format(name=name)
        )
    people: list[Person] = []
    lines: dict[str, int] = {}
    broken = []
    for number, row in table.read(data, header, name):
        cells: dict[str, str] = {}
        for title, key in keys.items():
            if row[title] and not cells.get(key):
                # who it is stays what a manifest has
                cells[key] = row[title] if key == "learner" else line(row[title]).strip()
        if _about_columns(cells, keys):
            continue
        person = _person(cells, lines)
        if not person.learner:
            broken.append(
                _("{name}, line {line}: the name is missing.").format(name=name, line=number)
            )
        elif person.learner in lines:
            broken.append(
                _(
                    "{name}, line {line}: {learner} is in line {lines} too; give both a "
                    "different learner."
                ).format(
                    name=name, line=number, learner=person.learner, lines=lines[person.learner]
                )
            )
        else:
            lines[person.learner] = number
            people.append(person)
    holders = defaultdict[tuple[str, str], list[str]](list)
    for person in people:
        for pair in person.ids.items():
            holders[pair].append(person.name)
    shared = {pair: names for pair, names in holders.items() if len(names) > 1}
    for (key, value), names in shared.items():
        if key in IDS and len(broken) < _SHOWN:
            broken.append(
                _("{name}: the {key} of {who} is the same, {value}; correct it.").format(
                    name=name, key=key, who=every(names[:_SHOWN]), value=value
                )
            )
    if broken:
        raise ClassError("\n".join(broken[:_SHOWN]))
    # what several people have, such as their group, is no id
    groups = {key for key, __ in shared}
    return [
        replace(each, ids={key: id_ for key, id_ in each.ids.items() if key not in groups})
        for each in people
    ]


def _keys(header: Iterable[str]) -> dict[str, str]:
    """What each column of a file holds, by its title."""
    keys = {title: _TITLES.get(title.replace("_", " "), title) for title in header}
    keys.pop("", None)
    if "id" in keys:  # of Canvas's gradebook, and of nbgrader's list of students
        kinds = set(keys.values())
        keys["id"] = "canvas" if "student" in keys else "learner" if _LAST in kinds else "id"
    return keys


def _about_columns(cells: Mapping[str, str], keys: Mapping[str, str]) -> bool:
    """Whether a row is none of a person's: Canvas writes points below the titles."""
    return "student" in keys and keys.get("id") == "canvas" and not cells.get("canvas")


def _person(cells: dict[str, str], taken: Container[str]) -> Person:
    """The person of a row; one of two with the same name is called by an id as well."""
    ids = {key: value for key, value in cells.items() if key not in (*_NAMES, _LOGIN)}
    if login := cells.get(_LOGIN):
        ids.setdefault("email" if "@" in login else "username", login)
    for key in {"sid", "username"} & ids.keys():
        ids[key] = ids[key].removeprefix("#")  # Brightspace's
    both = " ".join(filter(None, (cells.get(_FIRST), cells.get(_LAST))))
    full = cells.get("name") or both or cells.get("learner", "")
    learner = cells.get("learner") or full
    if learner in taken and "learner" not in cells and ids:
        learner = f"{full} ({next(iter(ids.values()))})"
    return Person(learner, full, ids)


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
    return table.written(["learner", "name", *keys], rows)


def spellings(name: str) -> set[str]:
    """How systems write a name, reduced to what they keep: ``müllerzoë`` for “Zoë Müller” too."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", name).casefold())
    if len(words) > 4:  # any number of last names before the first ones
        places = range(min(len(words), _WORDS))
        return {"".join(words[place:] + words[:place]) for place in places}
    return {"".join(order) for order in permutations(words)}
