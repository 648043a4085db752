"""Folders that a person has made: one a learner, flat files, workspaces, cloned repositories."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from grader.classroom.intake.exercises import Matcher, bare
from grader.classroom.intake.incoming import Parts
from grader.classroom.intake.origin import Origin, Origins
from grader.i18n import _

_NOBODY = _(
    "It is not in a learner's folder, and its name has no learner. Put it in a folder of one."
)


@dataclass(frozen=True)
class Plain:
    """Reads such folders: ``anna/ex3.py``, ``anna_ex3.py``, ``ex3/anna/work.py``, ``ex3-anna``."""

    matcher: Matcher

    def origins(self, paths: Sequence[Parts]) -> Origins:
        """Whose each file is; see ``Arrangement``."""
        depth = self._above(paths)
        behind = self._behind([path[depth:] for path in paths])
        own = [path for path in paths if self._direct(path[depth:])]
        if len(own) == len(paths) and not behind and not any(self._before(p[-1]) for p in own):
            # the download is what one learner handed in
            return {p: (Origin(bare(p[0])[0], p[depth:], p[:depth]),) for p in paths}
        return {path: (self._origin(path, depth, behind),) for path in paths}

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
        return len(inner) == 1 or inner[0] in ("exercises", "labs", "quizzes")

    def _behind(self, inner: Sequence[Parts]) -> bool:
        """Whether learners are named behind the exercise, as in ``autumn-ex3-anna``.

        So services call the repositories that they make. What differs from name to name is the
        learner; and a folder of several learners is nobody's.
        """
        tops = {top: self.matcher.named(top) for top in {path[0] for path in inner}}
        tops = {top: naming for top, naming in tops.items() if naming.exercise}
        befores = {naming.before for naming in tops.values()}
        afters = {naming.after for naming in tops.values()}
        if "" in afters or len(afters) < 2 or len(afters) <= len(befores - {""}):
            return False
        files = [path for path in inner if path[0] in tops and self._direct(path[1:] or path)]
        return {path[0] for path in files} == tops.keys() and not any(
            self._before(path[-1]) for path in files if len(path) > 1
        )

    def _origin(self, path: Parts, depth: int, behind: bool) -> Origin:
        above, rest = path[:depth], path[depth:]
        if behind and (name := self.matcher.named(rest[0]).after):
            return Origin(name, rest, above)
        while len(rest) > 1 and (named := self.matcher.named(rest[0])).exercise:
            if named.before:  # anna_ex3.zip
                return Origin(named.before, rest, above)
            above, rest = (*above, rest[0]), rest[1:]  # ex3/anna/…
        if len(rest) > 1:
            return Origin(bare(rest[0])[0], rest[1:], above)
        if name := self._before(rest[0]):
            return Origin(name, rest, above)
        return Origin("", rest, above, fault=_NOBODY)

    def _before(self, name: str) -> str:
        return self.matcher.named(name).before

    def _whose(self, part: str) -> str:
        """The learner in the name of an exercise's archive, if there is one."""
        named = self.matcher.named(part)
        return named.before if named.exercise else ""
