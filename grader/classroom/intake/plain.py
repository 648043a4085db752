"""Folders that a person has made: one a learner, flat files, workspaces, cloned repositories."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from grader.classroom.intake.exercises import Matcher, Naming, bare
from grader.classroom.intake.incoming import Parts
from grader.classroom.intake.origin import Origin, Origins
from grader.i18n import _

_NOBODY = _(
    "It is not in a learner's folder, and its name has no learner. Put it in a folder of one. Or, "
    "if each file is called after its learner, import them with --from names."
)
WORKSPACE = "exercises", "labs", "quizzes"  # what `grade init` calls its folders
_ENDING = re.compile(r"(?:\.(?:py|pyw|ipynb|zip|txt)){1,8}$", re.IGNORECASE)
_AGAIN = re.compile(r"(?<![ _-])[ _-]*+\(\d{1,3}\)$")  # what a browser adds to a name that is taken


@dataclass(frozen=True)
class Plain:
    """Reads such folders: ``anna/ex3.py``, ``anna_ex3.py``, ``ex3/anna/work.py``, ``ex3-anna``.

    Attributes:
        matcher: finds exercises in names.
        names: whether a file that is in no learner's folder is called after its learner.
    """

    matcher: Matcher
    names: bool = False
    _beside: defaultdict[Parts, set[str]] = field(default_factory=lambda: defaultdict(set))

    def origins(self, paths: Sequence[Parts]) -> Origins:
        """Whose each file is; see ``Arrangement``."""
        for path in paths:
            for position, part in enumerate(path):
                self._beside[path[:position]].add(part)
        depth = self._above(paths)
        beside = {path[depth] for path in paths}
        behind = self._behind([path[depth:] for path in paths], beside)
        own = [path for path in paths if self._direct(path[depth:])]
        if (
            len(own) == len(paths)
            and not (behind or self.names)
            and not any(self._before(p[-1]) for p in own)
            and (len(own) == 1 or any(len(p) > depth + 1 or self._named(p[-1]) for p in own))
            and (whose := self._owner(paths[0][0]))
        ):  # the download is what one learner handed in
            return {p: (Origin(whose, p[depth:], p[:depth]),) for p in paths}
        known = beside if behind else None
        return {path: (self._origin(path, depth, known),) for path in paths}

    def _owner(self, download: str) -> str:
        """Whose a download is by its name; nobody's if it is called after an exercise only."""
        stem, named = _ENDING.sub("", download), self.matcher.named(download, holder=True)
        if not named.exercise:
            return stem
        # ex1-ada is a repository; ex1-download.zip or ex1-20261102T183000Z is a whole class
        dated = re.search(r"\d{6}", named.after)
        return named.before or ("" if dated or stem != download else named.after)

    def _learner(self, path: Parts, at: int) -> str:
        """The learner whom a part of a path is called after.

        ``ada (1).zip`` beside ``ada.zip`` is what a browser makes of a second download. But
        ``group-1`` and ``group-2`` are two groups, and ``Jo Li (2)`` is not ``Jo Li``.
        """
        name, beside = path[at], self._beside[path[:at]]
        stem = _ENDING.sub("", name)
        first = _AGAIN.sub("", stem)
        return first if stem != name and first + name[len(stem) :] in beside else stem

    def _above(self, paths: Sequence[Parts]) -> int:
        """How many parts at the beginning are nobody's: the download, a folder around all."""
        depth = 1
        while True:
            tops = Counter(path[depth] for path in paths if len(path) > depth + 1)
            files = any(len(path) == depth + 1 for path in paths)
            if len(tops) != 1 or files:
                return depth
            below = [path[depth + 1 :] for path in paths]
            folders = all(len(path) > 1 for path in below)
            own = all(self._direct(path) for path in below)
            if not folders or own or self._whose(next(iter(tops))):
                return depth
            depth += 1

    def _direct(self, inner: Parts) -> bool:
        """Whether a file lies as in a learner's workspace."""
        return len(inner) == 1 or inner[0] in WORKSPACE

    def _top(self, inner: Parts, beside: Container[str]) -> Naming:
        """What the first part of a path says; a copy is one only beside what it is a copy of."""
        name = inner[0]
        ending = name[len(_ENDING.sub("", name)) :]
        copied = bare(name)[0] + ending in beside
        return self.matcher.named(name, holder=len(inner) > 1 or not copied)

    def _behind(self, inner: Sequence[Parts], beside: Container[str]) -> bool:
        """Whether learners are named behind the exercise, as in ``autumn-ex3-anna``.

        So services call the repositories that they make. What differs from name to name is the
        learner; and a folder of several learners is nobody's.
        """
        one_each = {path[0]: path for path in inner}
        tops = {top: self._top(path, beside) for top, path in one_each.items()}
        tops = {top: naming for top, naming in tops.items() if naming.exercise}
        befores = {naming.before for naming in tops.values()}
        afters = {naming.after for naming in tops.values()}
        if "" in afters or len(afters) < 2 or len(afters) <= len(befores - {""}):
            return False
        files = [path for path in inner if path[0] in tops and self._direct(path[1:] or path)]
        return {path[0] for path in files} == tops.keys() and not any(
            self._before(path[-1]) for path in files if len(path) > 1
        )

    def _origin(self, path: Parts, depth: int, behind: Container[str] | None) -> Origin:
        above, rest = path[:depth], path[depth:]
        if behind is not None and (name := self._top(rest, behind).after):
            return Origin(name, rest, above)
        while len(rest) > 1 and (named := self.matcher.named(rest[0], holder=True)).exercise:
            if named.before:  # anna_ex3.zip
                return Origin(named.before, rest, above)
            above, rest = (*above, rest[0]), rest[1:]  # ex3/anna/…
        if len(rest) > 1:
            return Origin(self._learner(path, len(above)), rest[1:], above)
        if name := self._before(rest[0]):
            return Origin(name, rest, above)
        if self.names and not self._named(rest[0]):
            return Origin(self._learner(path, len(above)), rest, above)
        return Origin("", rest, above, fault=_NOBODY)

    def _named(self, name: str) -> bool:
        return self.matcher.named(name).exercise is not None

    def _before(self, name: str) -> str:
        return self.matcher.named(name).before

    def _whose(self, part: str) -> str:
        """The learner in the name of an exercise's archive, if there is one."""
        named = self.matcher.named(part, holder=True)
        return named.before if named.exercise else ""
