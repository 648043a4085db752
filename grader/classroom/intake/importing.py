"""Imports downloads into a class: each file becomes a submission, or a row of what needs a look."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path, PurePosixPath

from grader import folder
from grader.classroom import attention, table
from grader.classroom.attention import Attention
from grader.classroom.classfolder import SUBMISSIONS, ClassFolder
from grader.classroom.intake import (
    blackboard,
    brightspace,
    canvas,
    content,
    gradescope,
    moodle,
    nbgrader,
)
from grader.classroom.intake.earlier import Earlier
from grader.classroom.intake.exercises import Matcher
from grader.classroom.intake.incoming import Incoming, Parts, collected
from grader.classroom.intake.levels import Levels
from grader.classroom.intake.origin import Arrangement, Origin, Origins
from grader.classroom.intake.people import People
from grader.classroom.intake.plain import Plain
from grader.classroom.manifest import Entry, Status
from grader.classroom.roster import Person
from grader.course import Course
from grader.errors import ClassError
from grader.i18n import _, every
from grader.submission import digest_of

PLAIN = "plain"
LAYOUTS: Mapping[str, Arrangement] = {
    "gradescope": gradescope.origins,
    "nbgrader": nbgrader.origins,
    "moodle": moodle.origins,
    "brightspace": brightspace.origins,
    "blackboard": blackboard.origins,
    "canvas": canvas.origins,
}
# files that a system adds, which say more about the others; small ones, but for Gradescope's
_DESCRIBING: Mapping[str, re.Pattern[str]] = {
    "gradescope": gradescope.DESCRIBING,
    "nbgrader": nbgrader.DESCRIBING,
    "brightspace": brightspace.DESCRIBING,
    "blackboard": blackboard.DESCRIBING,
}
_FORBIDDEN = str.maketrans(dict.fromkeys('/\\:*?"<>|\0', "_"))
_LONGEST = 80  # bytes of a folder's name
_SMALL = 4096  # bytes that are read of a small file

OnRead = Callable[[str], None]


@dataclass
class Imported:
    """What became of downloads.

    Attributes:
        layouts: of each download, by its name.
        new: submissions that were added.
        known: files whose text this learner had submitted before.
        attention: files that were not taken this time.
        left_out: files of systems and editors, which are nobody's work.
    """

    layouts: dict[str, str] = field(default_factory=dict)
    new: list[Entry] = field(default_factory=list)
    known: int = 0
    attention: list[Attention] = field(default_factory=list)
    left_out: int = 0


@dataclass(frozen=True)
class _Found:
    """A file that is somebody's submission."""

    origin: Origin
    learner: str
    name: str
    exercise: str
    source: str
    data: bytes
    ending: str
    converted: str
    copy: int
    before: str
    plain: bool
    shows: bool  # that it is for this exercise, by its name or by what it defines

    @property
    def order(self) -> tuple:
        """Of two versions, the later has the greater."""
        origin = self.origin
        time = origin.submitted.timestamp() if origin.submitted else 0.0
        return (time, origin.order, self.copy, self.source)


def import_downloads(
    place: ClassFolder,
    course: Course,
    downloads: Sequence[Path],
    *,
    layout: str | None = None,
    people: Sequence[Person] = (),
    on_file: OnRead = lambda name: None,
) -> Imported:
    """Add what is new in downloads to a class, whose lock the caller holds.

    Args:
        place: the class.
        course: whose exercises they are for.
        downloads: folders and ZIP archives, as a person has typed them.
        layout: one of ``LAYOUTS`` or ``PLAIN``; found out without it.
        people: the roster, if there is one.
        on_file: called with the name of each file that is read.

    Raises:
        ClassError: a download can't be read, or the class's files can't be read or written.
    """
    work = _Import(place, course, people, on_file)
    for download in downloads:
        work.read(download, layout)
    return work.keep()


def _described(download: Path, known: Levels) -> dict[Parts, bytes]:
    """The files in which a system describes others, where only the system itself puts them.

    What a learner has handed in may hold files of these names, too.
    """
    metadata = {path for path in known.paths if path[-1] == gradescope.METADATA}
    if not known.most(metadata):
        metadata = {path for path in metadata if len(path) - 1 <= known.shared}
    wanted = {
        path
        for path in known.paths
        if any(pattern.fullmatch(path[-1]) for pattern in _DESCRIBING.values())
        and (path[-1] != gradescope.METADATA or path in metadata)
    }
    found: dict[Parts, bytes] = {}
    for each in collected(download) if wanted else ():
        if each.parts in wanted and not each.fault:
            with suppress(ValueError):  # whatever it describes says so
                data = each.data()
                found[each.parts] = data if each.parts[-1] == gradescope.METADATA else data[:_SMALL]
    return found


class _Import:
    """One import, download by download."""

    def __init__(
        self, place: ClassFolder, course: Course, people: Sequence[Person], on_file: OnRead
    ) -> None:
        self._place, self._matcher, self._on_file = place, Matcher(course), on_file
        self._entries = place.entries()
        data = place.read(attention.NAME, table.MAX_SIZE)
        self._before = [] if data is None else attention.parsed(data)
        self._people = People(people)
        self._people.know(self._entries)
        self._earlier = Earlier(self._entries)
        self._versions = Counter[tuple[str, str]]()
        self._folders: dict[str, str] = {}  # of each learner
        for entry in self._entries:
            pair = entry.learner, entry.exercise
            self._versions[pair] = max(self._versions[pair], entry.version)
            path = PurePosixPath(entry.file)
            if path.parts[0] == SUBMISSIONS and len(path.parts) == 4:
                self._folders.setdefault(entry.learner, path.parts[1])
        self._taken = {each.casefold() for each in self._folders.values()}
        self._found: list[_Found] = []
        self.imported = Imported()

    def read(self, download: Path, layout: str | None) -> None:
        """Read a download: first all names, then one file after the other."""
        paths = [
            each.parts
            for each in collected(download)
            if not each.left_out and each.parts[1:]  # else it is the download, which is nobody's
        ]
        described = _described(download, Levels(paths))
        name, origins = self._origins(paths, described, layout)
        self.imported.layouts[str(download)] = name
        pattern = _DESCRIBING.get(name)
        describing = {
            path
            for path in described.keys() - origins.keys()
            if pattern is not None and pattern.fullmatch(path[-1])
        }
        for each in collected(download):
            if each.left_out or each.parts in describing:
                self.imported.left_out += 1
            else:
                self._take(each, origins.get(each.parts, ()), name)

    def _origins(
        self, paths: Sequence[Parts], described: Mapping[Parts, bytes], layout: str | None
    ) -> tuple[str, Origins]:
        known = Levels(paths)
        if layout is not None and layout in LAYOUTS:
            return layout, known.kept(LAYOUTS[layout](paths, described))
        if layout is None:
            found = {name: known.kept(read(paths, described)) for name, read in LAYOUTS.items()}
            best = max(found, key=lambda name: len(found[name]))
            # a file that a person has named may look like one of Canvas's, but not most of them
            if 2 * len(found[best]) > len(paths) or (found[best] and best != "canvas"):
                return best, found[best]
        return PLAIN, Plain(self._matcher).origins(paths)

    def _take(self, incoming: Incoming, origins: Iterable[Origin], layout: str) -> None:
        """Make a file a submission of each who handed it in, or a row for attention."""
        source = "/".join(incoming.parts)
        self._on_file(source)
        first = next(iter(origins), Origin("", incoming.parts[1:]))
        try:
            if incoming.fault:
                raise ValueError(incoming.fault)
            if not origins:
                raise ValueError(
                    _(
                        "It is not where {layout} puts submissions. If it is one, import "
                        "it alone, with --from plain."
                    ).format(layout=layout)
                )
            if first.fault:
                raise ValueError(first.fault)
            found = [self._submission(incoming, origin, source, layout) for origin in origins]
        except ValueError as error:
            self.imported.attention.append(Attention(source, first.name, str(error)))
        else:
            self._found += found

    def _submission(self, incoming: Incoming, origin: Origin, source: str, layout: str) -> _Found:
        data = incoming.data()
        ending, note = content.kind(incoming.parts, data), ""
        if ending == content.PYTHON:
            data, note = content.converted(data)
        text = data.decode("utf-8", "replace")
        if ending == content.NOTEBOOK:
            text = text.replace("\\n", "\n").replace('"', "\n")
        exercise = (
            self._matcher.answered(data)
            if ending == content.QUIZ
            else self._matcher.of(origin.inner, origin.above, text)
        )
        if isinstance(exercise, str):
            raise ValueError(exercise)
        naming = self._matcher.named(origin.inner[-1])
        learner, name = self._people.learner(origin, exercise.stem)
        shows = ending != content.QUIZ and self._matcher.shows(exercise, origin.inner[-1], text)
        return _Found(
            origin, learner, name, exercise.stem, source, data, ending, note, naming.copy,
            naming.before.casefold(), layout == PLAIN and len(origin.inner) > 0, shows,
        )  # fmt: skip

    def keep(self) -> Imported:
        """Write what was found: first the files, then the two lists."""
        groups: dict[tuple[str, str], list[_Found]] = {}
        for found in self._found:
            groups.setdefault((found.learner, found.exercise), []).append(found)
        for group in groups.values():
            self._keep_versions(group)
        os.sync()  # all of them at once, before a row names any
        self._place.keep_entries([*self._entries, *self.imported.new])
        self._keep_attention()
        return self.imported

    def _keep_versions(self, group: list[_Found]) -> None:
        group, problems = _sorted_out(group)
        self.imported.attention += problems
        group.sort(key=lambda found: found.order)
        newest = {found.ending == content.QUIZ: found for found in group}
        for found in group:
            digest, quiz = digest_of(found.data), found.ending == content.QUIZ
            text = found.learner, found.exercise, digest
            if self._earlier.has(text, found.source, quiz=quiz, newest=found is newest[quiz]):
                self.imported.known += 1
            else:
                self.imported.new.append(self._kept(found, digest))

    def _kept(self, found: _Found, digest: str) -> Entry:
        """Write a submission's file, under a name that is free."""
        where = SUBMISSIONS, self._folder(found.learner), found.exercise
        pair = found.learner, found.exercise
        try:
            path = self._place.root
            for name in where:
                with folder.opened(path) as here:
                    here.make(name)
                path /= name
            with folder.opened(path) as here:
                while True:  # an import that was killed has left files and no rows
                    self._versions[pair] += 1
                    file = f"{self._versions[pair]}{found.ending}"
                    if here.write_new(file, found.data, durable=False):
                        break
                    if here.read(file, len(found.data) + 1) == found.data:
                        break
        except OSError as error:
            raise ClassError(
                _(
                    "{path} can't be written ({reason}). Make room on the disk or check "
                    "its permissions, then import again: nothing is lost."
                ).format(path=path, reason=error.strerror or error)
            ) from error
        return Entry(
            learner=found.learner,
            name=found.name,
            exercise=found.exercise,
            version=self._versions[pair],
            file="/".join((*where, file)),
            ids=found.origin.ids,
            submitted=found.origin.submitted,
            late=found.origin.late,
            source=found.source,
            digest=digest,
            converted=found.converted,
            status=Status.QUIZ if found.ending == content.QUIZ else Status.GRADE,
        )

    def _folder(self, learner: str) -> str:
        """The name of a learner's folder: nobody else's, on any file system."""
        if learner not in self._folders:
            part = _part(learner)
            names = (part if number == 1 else f"{part}-{number}" for number in count(1))
            free = next(name for name in names if name.casefold() not in self._taken)
            self._folders[learner] = free
            self._taken.add(free.casefold())
        return self._folders[learner]

    def _keep_attention(self) -> None:
        """Rows of before stay, but for files that were taken or looked at again now."""
        notes = {row.source: row.note for row in self._before}
        now = {row.source for row in self.imported.attention}
        taken = {found.source for found in self._found}
        rows = [row for row in self._before if row.source not in now | taken]
        rows += [replace(row, note=notes.get(row.source, "")) for row in self.imported.attention]
        self._place.replace(attention.NAME, attention.written(rows))


def _part(learner: str) -> str:
    """A learner as a part of a path on any system."""
    name = learner.translate(_FORBIDDEN).strip(" .") or "learner"
    while len(name.encode()) > _LONGEST:
        name = name[:-1]
    return name


def _sorted_out(group: list[_Found]) -> tuple[list[_Found], list[Attention]]:
    """Which files of one learner and exercise are submissions, and what to say of the others."""
    names = {found.before for found in group if found.before}
    if group[0].plain and len(names) > 1:
        problem = _(
            "{name} has files of {who} for {exercise}. Are these two learners? "
            "Put each file into a folder of its own, and import again."
        ).format(name=group[0].name, who=every(sorted(names)), exercise=group[0].exercise)
        return [], [Attention(f.source, f.name, problem) for f in group]
    shown = any(found.shows for found in group)
    kept = [f for f in group if f.shows or f.ending == content.QUIZ or not shown]
    problem = _(
        "It defines nothing of {exercise}, and this learner has another file for it. If it is a "
        "submission, name it like {exercise}.py and import again."
    ).format(exercise=group[0].exercise)
    return kept, [Attention(f.source, f.name, problem) for f in group if f not in kept]
