"""Imports downloads into a class: each file becomes a submission, or a row of what needs a look."""

import os
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import IO

from grader import folder
from grader.classroom import attention, table
from grader.classroom.attention import Attention
from grader.classroom.classfolder import SUBMISSIONS, ClassFolder, free_name
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
from grader.classroom.intake.sorting import Found, NoCode, beside, is_code, sections, sorted_out
from grader.classroom.manifest import Entry, Status
from grader.classroom.roster import Person
from grader.course import Course
from grader.errors import ClassError
from grader.i18n import _
from grader.submission import digest_of

PLAIN, NAMES = "plain", "names"  # folders of people; files that are called after people
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
_SMALL = 4096  # bytes that are read of a small file
_ELSEWHERE = _(
    "It is not where {layout} puts submissions. If it is one, import it alone, with --from plain."
)

OnRead = Callable[[str], None]


@dataclass
class Imported:
    """What became of downloads.

    Attributes:
        layouts: of each download, by its name.
        new: submissions that were added.
        known: files whose text this learner had submitted before.
        attention: files that were not taken this time, and a person has to look at.
        beside: files beside a learner's submissions, which can't be any, such as a README.
        left_out: files of systems and editors, which are nobody's work.
    """

    layouts: dict[str, str] = field(default_factory=dict)
    new: list[Entry] = field(default_factory=list)
    known: int = 0
    attention: list[Attention] = field(default_factory=list)
    beside: list[Attention] = field(default_factory=list)
    left_out: int = 0


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
    try:
        # a class's files are more than its machine's memory may hold
        with tempfile.TemporaryFile(dir=place.root) as kept:
            work = _Import(place, course, people, on_file, kept)
            for download in downloads:
                work.read(download, layout)
            return work.keep()
    except OSError as error:  # also of closing it: what is still to be written has no room
        raise _unwritable(place.root, error) from error


def _unwritable(path: Path, error: OSError) -> ClassError:
    return ClassError(
        _(
            "{path} can't be written ({reason}). Make room on the disk or check "
            "its permissions, then import again: nothing is lost."
        ).format(path=path, reason=error.strerror or error)
    )


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
        self,
        place: ClassFolder,
        course: Course,
        people: Sequence[Person],
        on_file: OnRead,
        kept: IO[bytes],
    ) -> None:
        self._place, self._matcher, self._on_file = place, Matcher(course), on_file
        self._kept_bytes = kept  # of all files, one after the other
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
        self._found: list[Found] = []
        self._no_code: list[NoCode] = []
        self.imported = Imported()

    def read(self, download: Path, layout: str | None) -> None:
        """Read a download: first all names, then one file after the other."""
        incoming = (each for each in collected(download) if not each.left_out)
        # one part alone is the download, which is nobody's
        paths = list(dict.fromkeys(each.parts for each in incoming if each.parts[1:]))
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
            # a file that a person has named may look like one of these, but not most of them;
            # beside each file Blackboard has one that describes it
            needed = {"canvas": 1 / 2, "blackboard": 1 / 3, "brightspace": 1 / 3}.get(best, 0)
            if len(found[best]) > needed * len(paths):
                return best, found[best]
        names = layout == NAMES
        return NAMES if names else PLAIN, Plain(self._matcher, names).origins(paths)

    def _take(self, incoming: Incoming, origins: Iterable[Origin], layout: str) -> None:
        """Make a file a submission of each who handed it in, or a row for attention."""
        source = incoming.source
        self._on_file(source)
        first = next(iter(origins), Origin("", incoming.parts[1:]))
        try:
            if incoming.fault:
                raise ValueError(incoming.fault)
            if not origins:
                raise ValueError(_ELSEWHERE.format(layout=layout))
            if first.fault:
                raise ValueError(first.fault)
            found = [self._submission(incoming, origin, source, layout) for origin in origins]
        except content.NoCodeError as error:
            row = Attention(source, first.name, str(error))
            self._no_code.append(NoCode(row, first, error.document))
        except ValueError as error:
            self.imported.attention.append(Attention(source, first.name, str(error)))
        else:
            self._found += found

    def _submission(self, incoming: Incoming, origin: Origin, source: str, layout: str) -> Found:
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
            by_name = is_code(origin.inner[-1]) or ending == content.QUIZ
            raise ValueError(exercise) if by_name else content.NoCodeError(exercise)
        naming = self._matcher.named(origin.inner[-1])
        learner, name = self._people.learner(origin, exercise.stem)
        shows = ending != content.QUIZ and self._matcher.shows(exercise, origin.inner[-1], text)
        plain = layout in (PLAIN, NAMES) and len(origin.inner) > 0
        at = self._kept_bytes.seek(0, os.SEEK_END)
        self._kept_bytes.write(data)
        return Found(
            origin, learner, name, exercise.stem, source, at, len(data), digest_of(data), ending,
            note, naming.copy, naming.before.casefold(), plain, shows,
        )  # fmt: skip

    def keep(self) -> Imported:
        """Write what was found: first the files, then the two lists."""
        groups: dict[tuple[str, str], list[Found]] = {}
        for found in self._found:
            groups.setdefault((found.learner, found.exercise), []).append(found)
        inner = sections(groups.values(), self._matcher)
        for group in groups.values():
            self._keep_versions(*sorted_out(group, inner))
        self._tell(beside(self._no_code, self._found, self._matcher))
        os.sync()  # all of them at once, before a row names any
        self._place.keep_entries([*self._entries, *self.imported.new])
        rows = _listed(self._before, self.imported, self._found)
        self._place.replace(attention.NAME, attention.written(rows))
        return self.imported

    def _keep_versions(self, group: list[Found], problems: Iterable[Attention]) -> None:
        self._tell(problems)
        group.sort(key=lambda found: found.order)
        newest = {found.ending == content.QUIZ: found for found in group}
        for found in group:
            quiz = found.ending == content.QUIZ
            text = found.learner, found.exercise, found.digest
            if self._earlier.has(text, found.source, quiz=quiz, newest=found is newest[quiz]):
                self.imported.known += 1
            else:
                self.imported.new.append(self._kept(found))

    def _tell(self, rows: Iterable[Attention]) -> None:
        for row in rows:
            (self.imported.beside if row.quiet else self.imported.attention).append(row)

    def _kept(self, found: Found) -> Entry:
        """Write a submission's file, under a name that is free."""
        where = SUBMISSIONS, self._folder(found.learner), found.exercise
        pair, path = (found.learner, found.exercise), self._place.root
        try:
            self._kept_bytes.seek(found.at)
            data = self._kept_bytes.read(found.size)
            for name in where:
                with folder.opened(path) as here:
                    here.make(name)
                path /= name
            with folder.opened(path) as here:
                while True:  # an import that was killed has left files and no rows
                    self._versions[pair] += 1
                    file = f"{self._versions[pair]}{found.ending}"
                    if here.write_new(file, data, durable=False):
                        break
                    if here.read(file, len(data) + 1) == data:
                        break
        except OSError as error:
            raise _unwritable(path, error) from error
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
            digest=found.digest,
            converted=found.converted,
            status=Status.QUIZ if found.ending == content.QUIZ else Status.GRADE,
        )

    def _folder(self, learner: str) -> str:
        """The name of a learner's folder: nobody else's, on any file system."""
        if learner not in self._folders:
            self._folders[learner] = free_name(learner, self._taken)
        return self._folders[learner]


def _listed(
    before: Iterable[Attention], imported: Imported, taken: Iterable[Found]
) -> list[Attention]:
    """Rows of before stay, but for files that were taken or looked at again now."""
    before, found = list(before), [*imported.attention, *imported.beside]
    notes = {row.source: row.note for row in before}
    gone = {row.source for row in found} | {each.source for each in taken}
    rows = [row for row in before if row.source not in gone]
    rows += [replace(row, note=notes.get(row.source, "")) for row in found]
    return sorted(rows, key=lambda row: row.quiet)  # what asks for nothing is last
