"""Which files of a learner are submissions, and which only lie beside them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from grader.classroom.attention import BESIDE, Attention
from grader.classroom.intake import content
from grader.classroom.intake.exercises import Matcher, bare
from grader.classroom.intake.origin import Origin
from grader.classroom.intake.plain import WORKSPACE
from grader.i18n import _, every, ngettext

_VERSIONS = 100  # of one learner in one import: where the best counts, each is graded
_COUNTED = re.compile(r"(\D*)(\d*)")
_OLD = re.compile(  # ex1_old.py, backup/ex1.py
    r"(?:^|[\W_])(?:old|alt|backups?|bak|orig|original)[\W_]*\d*(?:\.\w+)?$|旧|备份", re.IGNORECASE
)
_PRINTED = re.compile(r"\.(?:pdf|docx?|odt|rtf)$", re.IGNORECASE)  # an archive may hold newer code
_OF_ONE = re.compile(  # how one learner calls a folder, as opposed to a folder of a learner
    r"(?:^|[\W_])(?:old|alt|new|neu|backups?|drafts?|versions?|attempts?|submi\w*|final|copy|src"
    r"|code|solutions?|work|week|v)[\W_]*\d*$|^\d+$|版",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Found:
    """A file that is somebody's submission.

    Attributes:
        origin: what the download says of it.
        learner, name: who that is within the class.
        exercise: the stem.
        source: the path inside the download, which begins with the download.
        at, size: where the import keeps its bytes.
        digest: of these.
        ending: of the file that is written.
        converted: how it was changed; empty if it was not.
        copy: see ``Naming``.
        before: a learner in the file's own name; empty if there is none.
        plain: whether people have made its folders, not a system.
        shows: whether it shows itself that it is for this exercise.
    """

    origin: Origin
    learner: str
    name: str
    exercise: str
    source: str
    at: int
    size: int
    digest: str
    ending: str
    converted: str
    copy: int
    before: str
    plain: bool
    shows: bool

    @property
    def order(self) -> tuple:
        """Of two versions, the later has the greater."""
        origin = self.origin
        time = origin.submitted.timestamp() if origin.submitted else 0.0
        # “Version 10” comes after “Version 9”
        source = self.source.casefold()
        counted = [(word, int(number or 0)) for word, number in _COUNTED.findall(source)]
        current = not any(_OLD.search(part) for part in origin.inner)
        return (time, origin.order, current, self.copy, counted, self.at)

    def problem(self, text: str) -> Attention:
        """The row that says why it is none after all."""
        return Attention(self.source, self.name, text)


class NoCode(NamedTuple):
    """A file that is none, by its kind; ``document`` if there may be code in it all the same."""

    row: Attention
    origin: Origin
    document: bool


def is_code(name: str) -> bool:
    """Whether a file's name says that it is Python."""
    return name.lower().endswith((".py", ".pyw", ".py3", content.NOTEBOOK))


Inner = Mapping[tuple[str, ...], Sequence[str]]
"""Folders that may be of learners, by whose they were taken for; see ``sections``."""


def sections(groups: Iterable[Sequence[Found]], matcher: Matcher) -> Inner:
    """Folders of people in which folders of learners may be: sections of a course, or weeks.

    One that holds a file for one exercise in several folders may be such a one; so may all others
    of the download that have folders, if most of these are.

    Args:
        groups: the files of each learner and exercise.
        matcher: a folder that is called after an exercise is no learner's.
    """
    inner = defaultdict[tuple[str, ...], set[str]](set)
    several = set()
    for group in groups:
        names = defaultdict[tuple[str, ...], set[str]](set)
        for found in group:
            folder = found.origin.inner[0]
            own = folder in WORKSPACE or _OF_ONE.search(bare(folder)[0])
            if found.plain and len(found.origin.inner) > 1 and not own:
                if matcher.named(folder).exercise is None:
                    names[_who(found.source, found.origin)].add(folder)
        for who, folders in names.items():
            inner[who] |= folders
            several |= {who} if len(folders) > 1 else set()
    having, doubtful = Counter(who[0] for who in inner), Counter(who[0] for who in several)
    return {
        who: sorted(folders)
        for who, folders in inner.items()
        if who in several or 2 * doubtful[who[0]] > having[who[0]]
    }


def sorted_out(group: list[Found], inner: Inner) -> tuple[list[Found], list[Attention]]:
    """Which files of one learner and exercise are submissions, and what to say of the others."""
    one = group[0]
    names = {found.before for found in group if found.before}
    if one.plain and len(names) > 1:
        problem = _(
            "{name} has files of {who} for {exercise}. Are these two learners? "
            "Put each file into a folder of its own, and import again."
        ).format(name=one.name, who=every(sorted(names)), exercise=one.exercise)
        return [], [found.problem(problem) for found in group]
    if folders := inner.get(_who(one.source, one.origin)):
        problem = ngettext(
            "{name} holds the folder {folders}, which may be a learner's. If it is, import the "
            "folder {name} by itself. If not, call it v1.",
            "{name} holds the folders {folders}, which may be of several learners. If they are, "
            "import the folder {name} by itself. If they are versions, call them v1, v2.",
            len(folders),
        ).format(name=one.name, folders=every(folders[:3]))
        return [], [found.problem(problem) for found in group]
    if len(group) > _VERSIONS:
        problem = _(
            "{name} has {count:,} files for {exercise}, and each would be a version. Keep the one "
            "that counts, and import again."
        ).format(name=one.name, count=len(group), exercise=one.exercise)
        return [], [found.problem(problem) for found in group]
    shown = any(found.shows for found in group)
    problem = _(
        "It defines nothing of {exercise}, and this learner has another file for it. If it is a "
        "submission, name it like {exercise}.py and import again."
    ).format(exercise=one.exercise)
    kept, others = [], []
    for found in group:
        if found.shows or found.ending == content.QUIZ or not shown:
            kept.append(found)
        else:
            others.append(found.problem(problem if is_code(found.origin.inner[-1]) else BESIDE))
    return kept, others


def beside(rows: Iterable[NoCode], found: Sequence[Found], matcher: Matcher) -> list[Attention]:
    """The rows of what is no code; there is nothing to do about what lies beside submissions."""
    theirs: dict[tuple[str, ...], set[str]] = {}  # what the names of a learner's files say
    for each in found:
        said = {each.exercise, bare(each.origin.inner[-1])[0]}
        theirs.setdefault(_who(each.source, each.origin), set()).update(said)
    told = []
    for row, origin, document in rows:
        known = theirs.get(_who(row.source, origin), set())
        name = origin.inner[-1]
        stem = bare(name)[0].rpartition(".")[0]
        same = _PRINTED.search(name) and stem in known  # a notebook's PDF
        exercise = matcher.named(name).exercise
        work = exercise and (exercise.stem not in known or is_code(name))  # such as an empty file
        quiet = known and (same or not document) and not work
        told.append(replace(row, problem=BESIDE) if quiet else row)
    return told


def _who(source: str, origin: Origin) -> tuple[str, ...]:
    """Whose a file is, within a download."""
    ids = [value for key, value in origin.ids.items() if key != "canvas_attachment"]
    return source.partition("/")[0], origin.name, *ids
