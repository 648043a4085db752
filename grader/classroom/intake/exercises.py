"""For which exercise a file is: by its name, by the names of what it is in, by what it defines."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from grader.classroom.intake.incoming import Parts
from grader.course import Course, Exercise
from grader.i18n import _, every
from grader.quiz.handin import HandInError, parsed
from grader.stub import DATED

# eight: to try any number from each dot on takes a tenth of a second for a name of nothing else
_ENDINGS = re.compile(r"(?:\.(?:py|pyw|txt|ipynb|zip|json|tar|gz|html?)){1,8}$", re.IGNORECASE)
# what browsers, Canvas, file managers and people add to a name that is taken
_COPY = re.compile(
    r"(?:(?<![ _-])[ _-]*+\((?P<a>\d{1,3})\)|-(?P<b>\d{1,2})"
    r"|(?<![ _.-])[ _.-]*+v(?:ersion)?[ _.-]?(?P<c>\d{1,3})"
    r"|(?<![ _–—-])[ _–—-]++(?:copy|kopie?|kopia|copie|c[oó]pia|копия|사본)(?:[ _-]\d{1,3})?"
    r"|(?<![ _–—-])[ _–—-]*+(?:的?副本|の?コピー)(?:[ _-]?\d{1,3})?"
    r"|(?P<later>(?<![ _–—-])[ _–—-]++(?:finale?|neu|new|nuevo)"
    r"|(?<![ _–—-])[ _–—-]*+[(（]?(?:最终版?|终版|最新版?|修改版)[)）]?)[ _-]?(?P<d>\d{1,3})?)$",
    re.IGNORECASE,
)
_COPIED = re.compile(  # what Google Drive puts before it
    r"^(?:copy(?: \(\d{1,3}\))? of|kopie von|kopie van|copie de|c[oó]pia de|kopia|копия)[ _]+(?=.)",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"(?<![ _-])[ _-]*+\(\d{1,3}\)$")
_ENCLOSED = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
# what `grade reset` and `grade init --upgrade` call the file that was there: an earlier version
_BACKUP = re.compile(rf"{DATED}$")
_MARKS = 8  # of copies, in one name
_EDGES, _WORDS = " _-–—.,?!", re.compile(r"[^\W_]+")
_DEFINES = re.compile(r"(?:^|\")(?:def|class)[ \t]+(\w+)", re.MULTILINE)  # in notebooks as well


@dataclass(frozen=True)
class Naming:
    """What a file's name says.

    Attributes:
        exercise: the exercise, ``None`` if the name has none, or several.
        before, after: what is around the exercise in the name, such as a learner.
        copy: the number that was added because the name was taken, 0 without, -1 of a backup.
    """

    exercise: Exercise | None
    before: str = ""
    copy: int = 0
    after: str = ""


@dataclass(frozen=True)
class Matcher:
    """Finds exercises of a course in names and in files."""

    course: Course

    def named(self, name: str, *, holder: bool = False) -> Naming:
        """What a name says: ``anna_ex3_flatten (1).py`` is Anna's ex3, the first copy.

        Args:
            name: of a file, a folder or an archive.
            holder: whether it is of a folder or an archive: ``ex3-team-1`` is a team's, no copy.
        """
        stem, copy = (_held(name), 0) if holder else bare(name)
        for patterns in self._patterns:
            found = [(m, e) for e, pattern in patterns if (m := pattern.search(stem))]
            if len(found) == 1:
                match, exercise = found[0]
                before = _trimmed(stem[: match.start()])
                after = _trimmed(self._own[exercise].sub("", stem[match.end() :]))
                return Naming(exercise, before, copy, after)
            if found:
                return Naming(None, copy=copy)
        return Naming(None, copy=copy)

    def of(self, inner: Parts, above: Parts, text: str) -> Exercise | str:
        """The exercise of a file.

        Args:
            inner: its path within what a learner handed in.
            above: the parts before that.
            text: what is in it.

        Returns:
            the exercise; or why there is none, and what to do, in sentences.
        """
        for part in [*reversed(inner), *reversed(above)]:
            if exercise := self.named(part).exercise:
                return exercise
        return self.defined(text)

    def shows(self, exercise: Exercise, name: str, text: str) -> bool:
        """Whether a file itself shows that it is for an exercise, not only what it is in."""
        return self.named(name).exercise is exercise or bool(
            {*_DEFINES.findall(text)} & {*exercise.functions}
        )

    def answered(self, data: bytes) -> Exercise | str:
        """The exercise whose quiz a file answers, or why there is none."""
        try:
            stem = parsed(data).exercise
        except HandInError as error:
            return str(error)
        found = [exercise for exercise in self.course.exercises if exercise.stem == stem]
        return (
            found[0]
            if found
            else _("It answers a quiz of {exercise!r}, which the course has not.").format(
                exercise=stem
            )
        )

    def defined(self, text: str) -> Exercise | str:
        """The exercise most of whose functions a file defines, if that is one."""
        names = set(_DEFINES.findall(text))
        defined = {e: names & {*e.functions} for e in self._written}
        shares = {e: len(each) / len(e.functions) for e, each in defined.items()}
        most = max(shares.values(), default=0)
        found = [exercise for exercise, share in shares.items() if share == most > 0]
        if found and most < 1:  # a part of one exercise may be a part of another
            found = [e for e, each in defined.items() if each == defined[found[0]] or e in found]
        if len(found) == 1:
            return found[0]
        if found:
            ids = every([exercise.id for exercise in found])
            return _("It defines functions of {ids}. Name the file after one, or split it.").format(
                ids=ids
            )
        example = self.course.exercises[0].stub.name
        return _(
            "Neither its name nor its functions are those of an exercise. If it is "
            "one, name it like {example}."
        ).format(example=example)

    @cached_property
    def _written(self) -> Sequence[Exercise]:
        return [exercise for exercise in self.course.exercises if exercise.functions]

    @cached_property
    def _own(self) -> Mapping[Exercise, re.Pattern[str]]:
        """What follows an exercise's number in names: the words of its stem, or of its title."""
        words = {e: (e.stem.split("_")[1:], _WORDS.findall(e.title)) for e in self.course.exercises}
        return {
            e: re.compile(rf"^[\W_]*(?:{'|'.join(map(_joined, both))})(?![^\W_])", re.IGNORECASE)
            for e, both in words.items()
        }

    @cached_property
    def _patterns(self) -> Sequence[Sequence[tuple[Exercise, re.Pattern[str]]]]:
        """By number, then by the title, then by the words behind the number."""
        edge, end = r"(?<![^\W_])", r"(?![^\W_])"
        by_number = [
            (e, re.compile(rf"{edge}(?:ex|exercise)[ _-]?0*{e.number}(?!\d)", re.IGNORECASE))
            for e in self.course.exercises
        ]
        by_word = [
            (e, re.compile(rf"{edge}{_joined(words)}{end}", re.IGNORECASE))
            for e in self.course.exercises
            if (words := e.stem.split("_")[1:])
        ]
        by_title = [
            (e, re.compile(rf"{edge}{_joined(words)}{end}", re.IGNORECASE))
            for e in self.course.exercises
            if len(words := _WORDS.findall(e.title)) > 1
        ]
        return by_number, by_title, by_word


def _joined(words: Iterable[str]) -> str:
    return "[ _-]?".join(map(re.escape, words))


def bare(name: str) -> tuple[str, int]:
    """A name without its endings and what marks a copy, and the number of the copy.

    A file that grade itself has kept under another name is earlier than all copies: -1.
    """
    stem, copy = _COPIED.sub("", _ENDINGS.sub("", name)), 0
    if match := _BACKUP.search(stem):
        return bare(stem[: match.start()])[0], -1
    for _again in range(_MARKS):  # a name of nothing but marks is a trap
        match = _COPY.search(stem)
        if not (match and match.start()):
            break
        stem = stem[: match.start()]
        numbers = [int(match[name]) for name in "abcd" if match[name]]
        copy = max(copy, *numbers, 1 if match["later"] else 0, 0)
    return stem, copy


def _held(name: str) -> str:
    """The name of a folder, or of an archive without its ending and a browser's number."""
    stem = _ENDINGS.sub("", name)
    return stem if stem == name else _AGAIN.sub("", stem)


def _trimmed(text: str) -> str:
    """What is around an exercise in a name, without what only separates them."""
    text = text.strip(_EDGES)
    enclosed = _ENCLOSED.fullmatch(text)
    return enclosed[1].strip(_EDGES) if enclosed else text
