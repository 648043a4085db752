"""Which learner of the class a name and its ids are: one person may come by many downloads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from grader.classroom.intake.origin import Origin
from grader.classroom.manifest import Entry
from grader.classroom.roster import IDS, Person, spellings
from grader.i18n import _

_OF_ASSIGNMENT = ("moodle",)  # numbers that a person has in one assignment only


@dataclass
class People:
    """The learners of a class, as far as they are known.

    Attributes:
        roster: all who may be in it; nobody has to be there if it is empty.
    """

    roster: Sequence[Person] = ()
    _names: dict[str, str] = field(default_factory=dict)  # of each learner
    _ids: dict[tuple[str, ...], str] = field(default_factory=dict)  # whose an id is
    _numbers: dict[tuple[str, ...], str] = field(default_factory=dict)  # learner's, by assignment

    def __post_init__(self) -> None:
        self._spelled: dict[str, set[str]] = {}  # learners of the roster, by spelling
        self._any_id: dict[str, set[str]] = {}  # the same by each of their ids
        self._called: dict[str, set[str]] = {}  # learners that were imported, by their names
        for person in self.roster:
            self._names[person.learner] = person.name
            self._ids |= dict.fromkeys(person.ids.items(), person.learner)
            for spelling in spellings(person.name) | spellings(person.learner):
                self._spelled.setdefault(spelling, set()).add(person.learner)
            for value in person.ids.values():
                self._any_id.setdefault(value.casefold(), set()).add(person.learner)

    def know(self, entries: Iterable[Entry]) -> None:
        """Learn from what has been imported before, and from what a person has corrected."""
        for entry in entries:
            self._names.setdefault(entry.learner, entry.name)
            self._called.setdefault(entry.name, set()).add(entry.learner)
            self._remember(entry.learner, entry.ids, entry.exercise)

    def learner(self, origin: Origin, exercise: str) -> tuple[str, str]:
        """Who it is within the class, and what they are called.

        Args:
            origin: what the download says.
            exercise: for which exercise; Moodle's numbers are of one assignment.

        Raises:
            ValueError: the roster does not have this person; what to do, in sentences.
        """
        learner = self._by_id(origin, exercise) or self._by_name(origin, exercise)
        name = self._names.setdefault(learner, origin.name)
        self._called.setdefault(name, set()).add(learner)
        self._remember(learner, origin.ids, exercise)
        return learner, name

    def _by_id(self, origin: Origin, exercise: str) -> str | None:
        for key in IDS:
            if key in origin.ids and (found := self._ids.get((key, origin.ids[key]))):
                return found
        for key in _OF_ASSIGNMENT:
            if key in origin.ids:
                found = self._ids.get((key, exercise, origin.name, origin.ids[key]))
                if found:
                    return found
        return None

    def _by_name(self, origin: Origin, exercise: str) -> str:
        if self.roster:
            found = set().union(*(self._spelled.get(s, ()) for s in spellings(origin.name)))
            if not found and not origin.ids:  # a folder may be called by a student's number
                found = self._any_id.get(origin.name.casefold(), set())
            if len(found) == 1:
                return found.pop()
            template = (
                _(
                    "The roster has two people called {name}. Add a column with an id of theirs "
                    "to the roster, or correct the name there, and import again."
                )
                if found
                else _(
                    "The roster has nobody called {name}. Add them to the roster and import again."
                )
            )
            raise ValueError(template.format(name=origin.name))
        called = self._called.get(origin.name) or {origin.name}
        numbers = [origin.ids[k] for k in (*IDS, *_OF_ASSIGNMENT) if k in origin.ids]
        first, *more = called
        if not more and not self._conflicts(first, origin, exercise):
            return first
        # of two with one name nobody knows which it is: a person may put them together
        return f"{origin.name} ({numbers[0]})" if numbers else origin.name

    def _conflicts(self, learner: str, origin: Origin, exercise: str) -> bool:
        """Whether a learner of that name has another id, and so is another person."""
        for key, value in origin.ids.items():
            where = exercise if key in _OF_ASSIGNMENT else ""
            if key in (*IDS, *_OF_ASSIGNMENT):
                if self._numbers.get((learner, key, where), value) != value:
                    return True
        return False

    def _remember(self, learner: str, ids: dict[str, str], exercise: str) -> None:
        for key, value in ids.items():
            if key in IDS:
                self._ids.setdefault((key, value), learner)
                self._numbers.setdefault((learner, key, ""), value)
            elif key in _OF_ASSIGNMENT:
                name = self._names[learner]
                self._ids.setdefault((key, exercise, name, value), learner)
                self._numbers.setdefault((learner, key, exercise), value)
