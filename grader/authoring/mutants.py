"""How many small changes to a solution do its checks notice?"""

import ast
import difflib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from grader.authoring import lint
from grader.authoring.reading import read_toml
from grader.course import Course, Exercise, Flaw
from grader.engine.grading import grade
from grader.engine.pool import OnStep, in_order, unwatched
from grader.engine.server import Server
from grader.errors import GraderError
from grader.i18n import _
from grader.parsing import parse
from grader.report import CheckResult, Event, Verdict
from grader.stub import regions

SEED = 1  # the same draws in each run: a score can be compared with the last one
LEAST_SECONDS = 5.0


class Missing(GraderError):
    """What makes mutants is not installed."""

    def __init__(self) -> None:
        super().__init__(_("Mutants need mutmut: run `pip install 'eight-questions[authoring]'`."))


@dataclass(frozen=True)
class Mutant:
    """A solution with one small change.

    Attributes:
        source: all of it.
        function: the function that is changed, ``"Class.method"`` for a method.
        line: the first line that is changed, counted from 1.
        change: the lines that are changed, without their indentation: ``"- old"``, ``"+ new"``.
    """

    source: str
    function: str
    line: int
    change: tuple[str, ...]

    def diff(self, solution: str) -> str:
        """A unified diff against the solution's source, without the names of files."""
        old, new = solution.splitlines(), self.source.splitlines()
        return "\n".join([*difflib.unified_diff(old, new, n=2, lineterm="")][2:])


@dataclass(frozen=True)
class Equivalent:
    """A mutant that computes the same as the solution, as ``equivalents.toml`` has it."""

    line: int | None
    function: str
    change: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Score:
    """What became of the mutants of one exercise.

    Attributes:
        exercise: the exercise.
        caught: how many some check did not pass.
        late: how many of these only ran out of time.
        equivalent: how many passed and are listed as equivalent.
        survivors: those that passed though they should not.
    """

    exercise: Exercise
    caught: int
    late: int
    equivalent: int
    survivors: tuple[Mutant, ...]

    @property
    def share(self) -> float:
        """The share that was caught, of those that are not equivalent; 1 if there is none."""
        total = self.caught + len(self.survivors)
        return self.caught / total if total else 1.0


def mutants(solution: str) -> tuple[Mutant, ...]:
    """All mutants of a solution, in the order of its lines; what is outside its regions stays.

    Raises:
        Missing: mutmut is not installed.
        CourseError: a region is not closed, or closed twice.
    """
    try:
        from grader.authoring.operators import mutations
    except ModuleNotFoundError as error:
        raise Missing from error
    tree, old = parse(solution), solution.splitlines()
    inside = {number for region in regions(solution) for number in region[1:-1]}
    seen, found = {_meaning(solution)}, []
    for source in mutations(solution, inside):
        try:
            meaning = _meaning(source)
        except SyntaxError:
            continue
        new = source.splitlines()
        changed = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        parts = [(old[a:b], new[c:d], a + 1, b) for tag, a, b, c, d in changed if tag != "equal"]
        lines = {n for part in parts for n in range(part[2], part[3] + 1)}
        if meaning in seen or not lines <= inside:
            continue
        seen.add(meaning)
        change = [f"- {line.strip()}" for part in parts for line in part[0]]
        change += [f"+ {line.strip()}" for part in parts for line in part[1]]
        line = min(part[2] for part in parts)
        found.append(Mutant(source, _function(tree, line), line, tuple(change)))
    return tuple(sorted(found, key=lambda mutant: mutant.line))


def score(
    course: Course,
    exercises: Sequence[Exercise],
    *,
    on_step: OnStep = unwatched,
) -> Iterator[Flaw | Score]:
    """Grade all mutants, each until a check notices it.

    Args:
        course: the course.
        exercises: those whose solutions are mutated.
        on_step: told, from any thread, how many mutants are graded, and of how many.

    Yields:
        for each exercise what is wrong with its list of equivalent mutants, and its score.

    Raises:
        Missing: mutmut is not installed.
        CourseError, GradingError: something can't be graded.
    """
    with TemporaryDirectory() as folder, Server(course.root) as server:
        jobs = []
        for exercise in exercises:
            report = grade(exercise, exercise.solution, server=server, seed=SEED)
            if not report.passed:
                what, fix = (
                    _("it does not pass its own checks"),
                    _("see `grade verify {exercise}`").format(exercise=exercise.id),
                )
                yield Flaw(exercise.solution, None, what, fix)
                continue
            seconds = max(LEAST_SECONDS, 4 * max(check.seconds for check in report.checks))
            for number, mutant in enumerate(mutants(exercise.solution.read_text("utf-8"))):
                path = Path(folder) / f"{exercise.stem}_{number}.py"
                jobs.append(partial(_graded, exercise, mutant, path, seconds, server))
        for exercise, some in groupby(in_order(jobs, on_step), key=lambda graded: graded[0]):
            yield from _judged(exercise, {mutant: red for __, mutant, red in some})


def equivalents(exercise: Exercise) -> list[Equivalent]:
    """The mutants that are listed beside the solution as equivalent.

    Raises:
        Broken: the list can't be read.
    """
    path = exercise.folder / "equivalents.toml"
    entries = read_toml(path).get("equivalent", []) if path.is_file() else []
    return [
        Equivalent(
            lint.entry_line(path, number),
            entry["function"],
            tuple(f"{s[:1]} {s[1:].strip()}" for s in entry["mutant"].strip().splitlines()),
            entry["reason"],
        )
        for number, entry in enumerate(entries, 1)
    ]


class _Caught(Exception):
    """A check did not pass: there is no need to go on."""


def _graded(
    exercise: Exercise, mutant: Mutant, path: Path, seconds: float, server: Server
) -> tuple[Exercise, Mutant, CheckResult | None]:
    """The first check that a mutant does not pass, those first that train nothing."""
    path.write_text(mutant.source, "utf-8")
    red: list[CheckResult] = []

    def look(event: Event) -> None:
        if isinstance(event, CheckResult) and event.verdict is not Verdict.PASSED:
            red.append(event)
            raise _Caught

    for trains in (False, True):
        names = [check.name for check in exercise.checks if check.tensorflow is trains]
        if names and not red:
            with suppress(_Caught):
                grade(
                    exercise,
                    path,
                    seed=SEED,
                    timeout=seconds,
                    checks=names,
                    server=server,
                    on_event=look,
                )
    return exercise, mutant, red[0] if red else None


def _judged(exercise: Exercise, reds: dict[Mutant, CheckResult | None]) -> Iterator[Flaw | Score]:
    path = exercise.folder / "equivalents.toml"
    listed: set[Mutant] = set()
    unreadable = list(lint.flaws_of_equivalents(exercise))
    yield from unreadable
    for entry in equivalents(exercise) if not unreadable else ():
        same = [m for m in reds if (m.function, m.change) == (entry.function, entry.change)]
        caught = [red for m in same if (red := reds[m]) is not None]
        listed.update(same)
        if not same:
            yield Flaw(path, entry.line, _("no mutant is changed so"), _("correct it or delete it"))
        elif caught:
            what = _("this mutant is no equivalent: {name} notices it").format(name=caught[0].name)
            yield Flaw(path, entry.line, what, _("delete it"))
    survivors = [mutant for mutant, red in reds.items() if red is None]
    caught_ones = [red for red in reds.values() if red is not None]
    yield Score(
        exercise,
        caught=len(caught_ones),
        late=sum(red.verdict is Verdict.TIMEOUT for red in caught_ones),
        equivalent=sum(mutant in listed for mutant in survivors),
        survivors=tuple(mutant for mutant in survivors if mutant not in listed),
    )


def _meaning(source: str) -> str:
    """The same for sources that compute the same: ``verbose=`` is a matter of taste."""
    tree = parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            node.keywords = [k for k in node.keywords if k.arg != "verbose"]
    return ast.dump(tree)


def _function(tree: ast.AST, line: int) -> str:
    """The function around a line, after the class around it."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0):
            inner = _function(node, line)
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                return f"{node.name}.{inner}".rstrip(".")
            return inner
    return ""
