"""What a teacher decides about points: less for late work, and single grades set by hand.

Nothing of it is in the journal: a gradebook and an export apply it whenever they are made.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from grader.classroom import roster, table
from grader.classroom.classfolder import ClassFolder
from grader.classroom.manifest import Entry
from grader.errors import ClassError
from grader.i18n import _

OVERRIDES = "overrides.csv"
_RULE = re.compile(r"(\d+(?:\.\d+)?) ?% ?/ ?(day|hour)(?:,? max (\d+(?:\.\d+)?) ?%)?")
_PERIODS = {"day": timedelta(days=1), "hour": timedelta(hours=1)}


@dataclass(frozen=True)
class LateRule:
    """What late work costs, in the points that the exercise has, as Canvas counts.

    Attributes:
        share: from 0 to 1, for each period that has begun.
        period: a day or an hour.
        most: the share that is lost at most.
    """

    share: float
    period: timedelta
    most: float = 1.0

    @classmethod
    def parsed(cls, text: str) -> "LateRule":
        """The rule that is written as ``10%/day`` or ``2%/hour, max 50%``.

        Raises:
            ClassError: it is written otherwise.
        """
        found = _RULE.fullmatch(text.strip().lower())
        share, most = (float(found[1]), float(found[3] or 100)) if found else (0.0, 0.0)
        if found is None or not 0 < share <= 100 or not 0 < most <= 100:
            raise ClassError(
                _(
                    "{text!r} is no rule for late work. Write it like 10%/day or 2%/hour, max 50%."
                ).format(text=text)
            )
        return cls(share / 100, _PERIODS[found[2]], most / 100)

    def lost(self, late: timedelta) -> float:
        """The share of the exercise's points that is lost, from 0 to 1."""
        periods = max(0, math.ceil(late / self.period))
        return min(self.most, periods * self.share)


@dataclass(frozen=True)
class Override:
    """A grade that a teacher has set; ``points`` is ``None`` for one that is excused."""

    learner: str
    exercise: str
    points: float | None
    reason: str


Overrides = Mapping[tuple[str, str], Override]


def overrides(
    data: bytes, entries: Sequence[Entry], people: Iterable[str] = (), name: str = OVERRIDES
) -> Overrides:
    """The grades of a table with the columns learner, exercise, points and reason.

    Args:
        data: the file.
        entries: of the class.
        people: learners of the roster, who may have handed in nothing; anybody else is an error.
        name: what the file is called in sentences.

    Raises:
        ClassError: a row can't be read; the text says which.
    """
    learners = {entry.learner for entry in entries} | {*people}
    named = defaultdict[str, set[str]](set)
    for stem in {entry.exercise for entry in entries}:
        for each in (stem, stem.split("_")[0]):
            named[each].add(stem)
    found: dict[tuple[str, str], Override] = {}
    for line, row in table.read(data, ("learner", "exercise", "points", "reason"), name):
        learner, exercise, points = row["learner"], row["exercise"], row["points"].lower()
        stems = named[exercise]
        if learner not in learners:
            problem = _(
                "the class has no learner {learner!r}; copy the learner from manifest.csv or "
                "roster.csv"
            ).format(learner=learner)
        elif len(stems) != 1:
            problem = _("the class has no exercise {exercise!r}; write it like ex3").format(
                exercise=exercise
            )
        elif points != "excused" and not re.fullmatch(r"[0-9]{1,5}([.,][0-9]{1,9})?", points):
            problem = _("the points are {row!r}; write a number, or excused").format(
                row=row["points"]
            )
        elif (learner, (stem := next(iter(stems)))) in found:
            problem = _("{learner} has two rows for {exercise}; delete one").format(
                learner=learner, exercise=exercise
            )
        else:
            number = None if points == "excused" else float(points.replace(",", "."))
            found[learner, stem] = Override(learner, stem, number, row["reason"])
            continue
        raise ClassError(
            _("{name}, line {line}: {problem}.").format(name=name, line=line, problem=problem)
        )
    return found


@dataclass(frozen=True)
class Rules:
    """What applies to a class.

    Attributes:
        late: what late work costs, if anything.
        due: when work was due, whatever the exercise.
        overrides: grades that were set by hand.
        deadlines: when each exercise's was, see ``Settings``, if ``due`` does not say. Without any,
            a submission is late if its system says so.
    """

    late: LateRule | None = None
    due: datetime | None = None
    overrides: Overrides = field(default_factory=dict)
    deadlines: Mapping[str, datetime] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        folder: ClassFolder,
        entries: Sequence[Entry],
        late: str | None,
        due: datetime | None,
    ) -> "Rules":
        """What applies to a class: what was typed, else its settings; and the grades in its folder.

        Args:
            folder: the class's; it need not have grades that were set by hand.
            entries: of the class.
            late: the rule, see ``LateRule.parsed``; the class's own without it.
            due: when work was due; a time without a zone is this computer's.

        Raises:
            ClassError: the rule or the table can't be read, or a deadline is no time of this
                computer's.
        """
        settings = folder.settings()
        late = late or (settings.late if settings else "")
        deadlines = settings.due if settings else {}
        rule = LateRule.parsed(late) if late else None
        found: Overrides = {}
        if (data := folder.read(OVERRIDES, table.MAX_SIZE)) is not None:
            people = [person.learner for person in roster.kept(folder)]
            found = overrides(data, entries, people)
        zoned = {name: _zoned(at) for name, at in deadlines.items()}
        return cls(rule, due and _zoned(due), found, zoned)

    def deadline(self, exercise: str) -> datetime | None:
        """When an exercise was due, by its stem; ``None`` if nobody has said so."""
        names = exercise, exercise.partition("_")[0], ""
        own = (self.deadlines[name] for name in names if name in self.deadlines)
        return self.due or next(own, None)

    def is_late(self, entry: Entry) -> bool:
        """Whether a submission came late, by the deadline if both times are known."""
        due = self.deadline(entry.exercise)
        if due is not None and entry.submitted is not None:
            return entry.submitted > due
        return entry.late

    def doubt(self, entries: Iterable[Entry]) -> str:
        """Why a rule for late work takes nothing off anybody, in sentences; empty if it may."""
        entries = list(entries)
        timed = [entry for entry in entries if entry.submitted]
        due = any(self.deadline(entry.exercise) for entry in timed)
        if self.late is None or any(map(self.is_late, entries)) or due:
            return ""
        if timed:
            return _(
                "Nobody is late, as no deadline is set. Set one: --due TIME, or below [due] in "
                "class.toml"
            )
        return _(
            "Nobody is late by what the download says. Moodle's and plain folders never say it: "
            "write yes in the column late of manifest.csv."
        )

    def points(self, entry: Entry, reached: float | None, most: float) -> tuple[float | None, str]:
        """The points that count, ``None`` without any, and how they came about; empty if as graded.

        Args:
            entry: the submission.
            reached: its points, ``None`` if it was not graded.
            most: the points that the exercise has.
        """
        if override := self.overrides.get((entry.learner, entry.exercise)):
            excused, reason = override.points is None, override.reason
            if reason:
                template = _("excused: {reason}") if excused else _("set by hand: {reason}")
            else:
                template = _("excused") if excused else _("set by hand")
            return override.points, template.format(reason=reason)
        if reached is None or self.late is None:
            return reached, ""
        lateness, known = self._lateness(entry)
        lost = round(self.late.lost(lateness) * most, 2)
        if not lost:
            return reached, ""
        if known:
            template = _("{reached:g} − {lost:g} for late work")
        else:
            template = _("{reached:g} − {lost:g} for late work, as it is not known how late")
        return max(0, round(reached - lost, 2)), template.format(reached=reached, lost=lost)

    def _lateness(self, entry: Entry) -> tuple[timedelta, bool]:
        """How late it was, and whether that is known; else one period counts."""
        due = self.deadline(entry.exercise)
        if due is not None and entry.submitted is not None:
            return entry.submitted - due, True
        assert self.late is not None
        return (self.late.period if entry.late else timedelta()), False


def _zoned(deadline: datetime) -> datetime:
    try:
        return deadline.astimezone()
    except (ValueError, OverflowError, OSError):  # in the year 1, or 9999
        raise ClassError(
            _("{deadline} can't be a deadline. Write a time like 2026-11-02T18:00:00.").format(
                deadline=deadline.isoformat()
            )
        ) from None


def said(points: float | None, most: float, note: str) -> list[str]:
    """What a learner has to know beside the report: points that are not those of the checks."""
    if not note:
        return []
    if points is None:
        return [_("Your grade: {note}.").format(note=note)]
    return [
        _("Your grade: {points:g} of {most:g} points ({note}).").format(
            points=points, most=most, note=note
        )
    ]
