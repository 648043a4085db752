"""What a class has already: it is no new version, unless its learner went back to it."""

from collections.abc import Iterable

from grader.classroom.manifest import Entry, Status

Text = tuple[str, str, str]  # whose it is, for which exercise, and its digest


class Earlier:
    """The texts of a class's entries.

    Args:
        entries: all of the manifest's.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._sources: dict[Text, set[str]] = {}  # from where a text came
        self._last: dict[tuple[str, str, bool], Entry] = {}  # of a quiz, or of code
        for entry in entries:
            key = entry.learner, entry.exercise, entry.digest
            self._sources.setdefault(key, set()).add(entry.source)
            kind = entry.learner, entry.exercise, entry.status is Status.QUIZ
            before = self._last.get(kind, entry)
            if entry.status is not Status.SKIP and entry.version >= before.version:
                self._last[kind] = entry

    def has(self, text: Text, source: str, *, quiz: bool, newest: bool) -> bool:
        """Whether a text that has come in says nothing new.

        Args:
            text: the learner, the exercise's stem, and the digest.
            source: where it came from.
            quiz: whether it has answers to a quiz.
            newest: whether it is the last one that its learner handed in now: if that is an older
                version, and it came from elsewhere then, the learner went back to it.
        """
        sources = self._sources.get(text)
        if sources is None:
            return False
        learner, exercise, digest = text
        last = self._last.get((learner, exercise, quiz))
        back = newest and last is not None and last.digest != digest
        return not back or source in sources
