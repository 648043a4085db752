"""Which check comes next, for one or several checkers at once."""

import threading
from collections.abc import Callable, Mapping, Sequence

from grader.course import Check


class Schedule:
    """Hands out checks, each once, when what they need has passed.

    Args:
        checks: by name, in the order of the course; a need that is not among them counts as
            passed.
        blocked: called with a check and those of its needs that did not pass, when it is given up.
        first: the name of a check that comes before the others, and with it what it needs.

    Attributes:
        lock: held while anything here changes; callers may hold it around their own changes.
    """

    def __init__(
        self,
        checks: Mapping[str, Check],
        blocked: Callable[[Check, list[Check]], None],
        first: str | None = None,
    ) -> None:
        self.lock = threading.Condition(threading.RLock())
        self._checks, self._blocked = checks, blocked
        self._waiting = dict(checks)
        self._passed: dict[str, bool] = {}
        self._owners: dict[str, int] = {}  # wider fixture: the checker that has it
        self._stopped = False
        self._first = self._with_needs(first) if first else set[str]()

    @property
    def open(self) -> bool:
        """Whether any check is left to hand out."""
        with self.lock:
            return bool(self._waiting) and not self._stopped

    def next(self, worker: int, shared: Mapping[str, Sequence[str]], loaded: bool) -> Check | None:
        """The next check for a checker, ``None`` when there is none left for it.

        Waits while all that is left needs a check that still runs.

        Args:
            worker: the checker's number.
            shared: for each check, the fixtures wider than a function that it uses; the checks
                that share one go to one checker.
            loaded: whether TensorFlow is there; until then, what does not need it comes first.
        """
        with self.lock:
            while self.open:
                ready = [c for c in self._waiting.values() if self._ready(c, worker, shared)]
                if ready:
                    # what most is waiting behind comes first, and the rest runs beside it
                    check = max(
                        ready,
                        key=lambda c: (
                            loaded or not c.tensorflow,
                            c.name in self._first,
                            self._weight(c),
                        ),
                    )
                    del self._waiting[check.name]
                    self._owners |= dict.fromkeys(shared.get(check.name, ()), worker)
                    return check
                self.lock.wait()
            return None

    def done(self, name: str, passed: bool) -> None:
        """A check has ended; gives up those that need it if it did not pass."""
        with self.lock:
            self._passed[name] = passed
            for check in list(self._waiting.values()):
                bad = [n for n in check.needs if self._passed.get(n) is False]
                if bad and check.name in self._waiting:
                    del self._waiting[check.name]
                    self._blocked(check, [self._checks[n] for n in bad])
                    self.done(check.name, passed=False)
            self.lock.notify_all()

    def again(self, check: Check) -> bool:
        """Hand out a check once more, unless all has been stopped."""
        with self.lock:
            if not self._stopped:
                self._waiting[check.name] = check
                self.lock.notify_all()
            return not self._stopped

    def stop(self) -> list[Check]:
        """Hand out no more; returns what was left."""
        with self.lock:
            left = list(self._waiting.values())
            self._waiting.clear()
            self._stopped = True
            self.lock.notify_all()
            return left

    def _with_needs(self, name: str) -> set[str]:
        needs = self._checks[name].needs if name in self._checks else ()
        return {name}.union(*map(self._with_needs, needs))

    def _weight(self, check: Check) -> float:
        """Seconds that the check, and the longest chain of checks that need it, may take."""
        behind = [self._weight(c) for c in self._waiting.values() if check.name in c.needs]
        return check.timeout + max(behind, default=0)

    def _ready(self, check: Check, worker: int, shared: Mapping[str, Sequence[str]]) -> bool:
        needs = (self._passed.get(n) for n in check.needs if n in self._checks)
        owners = (self._owners.get(fixture, worker) for fixture in shared.get(check.name, ()))
        return all(needs) and all(owner == worker for owner in owners)
