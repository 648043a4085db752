"""Finds and reads a course: the same stem in each of its folders is the whole registry.

::

    exercises/ex1_predictions.py                       what the learner edits
    quizzes/ex1_predictions.toml
    labs/ex1_predictions.py .toml .json                what can be predicted, run and compared
    solutions/ex1_predictions/solution.py checks.py misconceptions/*.py
    solutions/ex1_predictions/submissions/accepted/*.py wrong/*.py

Everything is read from the source text; nothing of a course is imported here.
"""

import ast
import difflib
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from grader.errors import CourseError as CourseError
from grader.i18n import _
from grader.markers import PART, Marker, Reader
from grader.markers import Check as Check
from grader.measured import Measured
from grader.parsing import parsed
from grader.stub import STEM, make_stub

DEFAULT_TIMEOUT = 10.0


@dataclass(frozen=True)
class Flaw:
    """Something that is wrong in a course.

    Attributes:
        path: the file that has to be corrected.
        line: its line, counted from 1, where that is known.
        what: what is wrong, a sentence without its full stop.
        fix: what to do about it, likewise.
        trouble: a check's traceback, where one has led to this.
    """

    path: Path
    line: int | None
    what: str
    fix: str
    trouble: str = ""


@dataclass(frozen=True)
class WrongFile:
    """A submission that must not pass, and what must happen to it, as its docstring says.

    Attributes:
        belief: the docstring's first line: what whoever wrote it believes.
        fails: the check that it must fail, from the line ``fails: <check>``.
        says: texts that must be in that check's message, from lines ``says: <text>``.
        overlay: whether the rest of it is the solution's: it has a line ``rest: solution``.
    """

    path: Path
    belief: str
    fails: str
    says: tuple[str, ...]
    overlay: bool = False

    @property
    def name(self) -> str:
        """The file's stem."""
        return self.path.stem


@dataclass(frozen=True)
class Exercise:
    """One exercise of a course, by the paths of its parts."""

    root: Path
    stem: str

    @property
    def id(self) -> str:
        """``"ex3"`` of ``"ex3_flatten"``."""
        return self.stem.partition("_")[0]

    @property
    def number(self) -> int:
        """3 of ``"ex3_flatten"``."""
        return int(self.id[2:])

    @property
    def stub(self) -> Path:
        """What the learner starts from."""
        return self.root / "exercises" / f"{self.stem}.py"

    def made_stub(self) -> str:
        """What the stub must be: the solution without its regions.

        Raises:
            CourseError: a region is not closed, or closed twice, or no lab has a number of it.
        """
        return make_stub(self.shown_solution())

    def shown_solution(self) -> str:
        """The solution as a person reads it, with what labs have measured.

        Raises:
            CourseError: no lab has a number of it.
        """
        return self._measured(self.solution.read_text("utf-8"))

    @property
    def folder(self) -> Path:
        """What is hidden from submissions."""
        return self.root / "solutions" / self.stem

    @property
    def solution(self) -> Path:
        """The reference solution."""
        return self.folder / "solution.py"

    @property
    def quiz(self) -> Path:
        """The quiz, a TOML file that need not be there."""
        return self.root / "quizzes" / f"{self.stem}.toml"

    @property
    def checks_file(self) -> Path:
        """The hidden checks, a pytest module."""
        return self.folder / "checks.py"

    @property
    def brief(self) -> str:
        """The solution's module docstring, which the stub shares."""
        return self._measured(self._docstring)

    @property
    def title(self) -> str:
        """The brief's first line."""
        first = self._docstring.partition("\n")[0]  # the rest may name numbers of a long record
        return self._measured(first).strip().rstrip(".") or self.stem

    @property
    def _docstring(self) -> str:
        return ast.get_docstring(parsed(self.solution)) or ""

    def _measured(self, text: str) -> str:
        return Measured(self.root / "labs").resolved(text, str(self.solution))

    @cached_property
    def functions(self) -> tuple[str, ...]:
        """Names of the functions and classes that a submission must define."""
        return tuple(
            node.name
            for node in parsed(self.solution, make_stub).body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        )

    @property
    def required(self) -> tuple[str, ...]:
        """Those that every submission must define, however old it is."""
        return tuple(name for name in self.functions if name not in self.later)

    @property
    def later(self) -> frozenset[str]:
        """Functions that came after files had been handed in, which need not have them."""
        return frozenset(check.later for check in self.checks) - {""}

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The checks, in order; each needs only earlier ones."""
        found = tuple(_checks(self.checks_file))
        for position, check in enumerate(found):
            for need in check.needs:
                if need not in [earlier.name for earlier in found[:position]]:
                    raise CourseError(
                        _(
                            "{checks_file}: {check} needs {need!r}, which is no earlier "
                            "check of this file."
                        ).format(checks_file=self.checks_file, check=check.name, need=need)
                    )
        return found

    @cached_property
    def max_score(self) -> float:
        """Points there are; a bonus comes on top."""
        return whole(sum(check.points for check in self.checks if not check.bonus))

    @cached_property
    def misconceptions(self) -> tuple[WrongFile, ...]:
        """Typical wrong files, by name: complete, and each says what its check's message has."""
        files = sorted((self.folder / "misconceptions").glob("*.py"))
        return tuple(_wrong_file(path, typical=True) for path in files)

    @property
    def submissions(self) -> Path:
        """What proves the checks and is no part of them: ``accepted/`` and ``wrong/``."""
        return self.folder / "submissions"

    @cached_property
    def accepted(self) -> tuple[Path, ...]:
        """Unusual right files, by name: they pass every check."""
        return tuple(sorted((self.submissions / "accepted").glob("*.py")))

    @cached_property
    def wrong(self) -> tuple[WrongFile, ...]:
        """More wrong files, by name; they may be overlays, and need not say anything."""
        files = sorted((self.submissions / "wrong").glob("*.py"))
        return tuple(_wrong_file(path, typical=False) for path in files)

    def recognized(self, check: str, message: str) -> str | None:
        """The name of the misconception that a check has met, by what it said.

        Only if the whole message is a sentence that one misconception, and no other that this
        check must catch, says; what stands in the middle of a longer message is no proof, nor is
        what the grader says of any wrong value.
        """
        from grader import unmet  # which most commands that find a course need not

        if message in (unmet.want_values(), unmet.does_not_hold()):
            return None
        try:
            met = [m.name for m in self.misconceptions if m.fails == check and message in m.says]
        except CourseError:  # verify names a file that can't be read
            return None
        return met[0] if len(met) == 1 else None

    @property
    def graded_by(self) -> list[Path]:
        """The files that decide a grading: checks, solution, data, and what exercises share."""
        shared = (p for p in self.folder.parent.iterdir() if p.is_file())
        own = (p for p in self.folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
        return sorted([*shared, *(p for p in own if self.submissions not in p.parents)])

    @cached_property
    def hash(self) -> str:
        """Changes with the checks, the solution and the data beside them."""
        digest = hashlib.sha256()
        for path in self.graded_by:
            digest.update(path.relative_to(self.root).as_posix().encode() + b"\0")
            state = path.stat()
            digest.update(_digest(path, state.st_mtime_ns, state.st_size))
        return digest.hexdigest()[:16]


@dataclass(frozen=True)
class Course:
    """A folder with ``exercises/``, ``solutions/`` and ``quizzes/``."""

    root: Path

    @classmethod
    def open(cls, root: Path | str | None = None) -> "Course":
        """The course in a folder, or the built-in one.

        Raises:
            CourseError: the folder holds no course.
        """
        path = built_in() if root is None else Path(root).expanduser().resolve()
        course = cls(path)
        if not course.exercises:
            raise CourseError(
                _(
                    "{path} holds no course: a course has exercises/ex1_name.py and "
                    "solutions/ex1_name/ with solution.py and checks.py."
                ).format(path=path)
            )
        return course

    @property
    def hidden(self) -> tuple[Path, ...]:
        """What submissions may not read."""
        return (self.root / "solutions", self.root / "quizzes")

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """All exercises, by number."""
        found = [
            Exercise(self.root, folder.name)
            for folder in (self.root / "solutions").glob("ex*_*")
            if re.fullmatch(STEM, folder.name) and (folder / "checks.py").is_file()
        ]
        return tuple(sorted(found, key=lambda e: (e.number, e.stem)))

    def exercise(self, name: str) -> Exercise:
        """The exercise of an id (``ex3``), a number (``3``), a stem (``ex3_flatten``) or a file.

        Raises:
            CourseError: there is none; the text names the nearest.
        """
        wanted = name.removesuffix(".py").lower()
        for exercise in self.exercises:
            if wanted in (exercise.id, exercise.stem.lower(), str(exercise.number)):
                return exercise
        names = [n for e in self.exercises for n in (e.id, e.stem)]
        near = difflib.get_close_matches(wanted, names, n=1)
        known = ", ".join(e.id for e in self.exercises)
        if near:
            template = _(
                "There is no exercise {name!r}. Did you mean {near}? This course has: {known}."
            )
        else:
            template = _("There is no exercise {name!r}. This course has: {known}.")
        raise CourseError(template.format(name=name, near="".join(near), known=known))


@cache
def _digest(path: Path, mtime_ns: int, size: int) -> bytes:
    """Of a file's content as it is now; what exercises share is read once for all of them."""
    return hashlib.sha256(path.read_bytes()).digest()


def built_in() -> Path:
    """The root of our own course: beside the package in a clone, inside it in a wheel."""
    package = Path(__file__).resolve().parent
    installed = package / "_course"
    return installed if installed.is_dir() else package.parent


def _checks(path: Path) -> Iterator[Check]:
    tree, lines = parsed(path), path.read_text("utf-8").splitlines()
    reader = Reader(tree)
    shared = {m.name: _read(m, path, "pytestmark") for m in reader.shared}
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
            continue
        name = node.name.removeprefix("test_")
        own = [(m.name, _read(m, path, name)) for m in reader.of(node)]
        known = shared | dict(own)
        parts = tuple((values[1], values[0]) for kind, values in own if kind == PART)
        title = (ast.get_docstring(node) or node.name).partition("\n")[0].strip().rstrip(".")
        parameters = {a.arg for a in node.args.args}
        concept = known.get("concept", ())
        yield Check(
            name=name,
            title=title,
            points=whole(sum(p for _, p in parts) if parts else known.get("points", (1,))[0]),
            hints=known.get("hint", ()),
            needs=tuple(n.removeprefix("test_") for n in known.get("needs", ())),
            concept=concept[0] if concept else None,
            timeout=float(known.get("timeout", (DEFAULT_TIMEOUT,))[0]),
            tensorflow="tensorflow" in known or bool(parameters & {"bench", "shared_bench"}),
            bonus="bonus" in known,
            craft="craft" in known,
            later=known.get("later", ("",))[0],
            parts=parts,
            source="\n".join(lines[node.lineno - 1 : node.end_lineno])
            if "visible" in known
            else None,
        )


def _read(marker: Marker, path: Path, owner: str) -> tuple:
    """A marker's arguments."""
    if marker.fault is not None:
        what, fix = marker.fault
        raise CourseError(f"{path}:{marker.line}: {owner} {what}; {fix}.")
    return marker.arguments


def whole(points: float) -> float:
    """Points without a fraction of nothing: 2 for 2.0; half points stay as they are."""
    return int(points) if points == int(points) else points


def declared(tree: ast.Module, word: str) -> list[str]:
    """What a wrong file's docstring has after ``word:``, line by line."""
    lines = [line.strip() for line in (ast.get_docstring(tree) or "").splitlines()]
    return [line.removeprefix(f"{word}:").strip() for line in lines if line.startswith(f"{word}:")]


def _wrong_file(path: Path, *, typical: bool) -> WrongFile:
    tree = parsed(path)
    belief = (ast.get_docstring(tree) or "").partition("\n")[0].strip()
    fails, says = declared(tree, "fails"), declared(tree, "says")
    if not belief or len(fails) != 1 or (typical and not says):
        raise CourseError(
            (
                _(
                    "{path}: a wrong file's docstring names the belief, then one 'fails: check' "
                    "and at least one 'says: text'."
                )
                if typical
                else _(
                    "{path}: a wrong file's docstring names the belief, then one 'fails: check'."
                )
            ).format(path=path)
        )
    check = fails[0].removeprefix("test_")
    return WrongFile(path, belief, check, tuple(says), overlay=bool(declared(tree, "rest")))
