"""What a course's files must be, as far as reading them shows it; nothing is run."""

import ast
import difflib
import importlib.util
import os
import re
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.authoring import diagnoses, prooffiles
from grader.authoring.reading import Broken, entries, read_text, read_toml, read_tree
from grader.course import Course, Exercise, Flaw
from grader.engine.names import bound
from grader.errors import CourseError
from grader.i18n import _
from grader.markers import MOST_HINTS, Marker, Reader, is_part
from grader.stub import BEGIN, DATED, END, ID, STEM, regions, remarks

_STEM = re.compile(STEM)
# what ``grade reset`` has kept of an exercise, or ``grade replay`` has written for one
_LEARNERS = re.compile(rf"({STEM})(?:\.starter)?{DATED}\.py|replay_({ID})(_\d+)?\.(py|npz)")
_DATA = (".npz", ".npy", ".csv", ".json")
_OWN = ("solution.py", "checks.py", "misconceptions", "submissions", "equivalents.toml")
_PROOFS = ("misconceptions", "submissions/accepted", "submissions/wrong")
_FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


def exercises(course: Course) -> tuple[Exercise, ...]:
    """Everything that claims to be an exercise, by number, complete or not."""
    folders = (path for path in entries(course.root / "solutions") if path.is_dir())
    found = [Exercise(course.root, path.name) for path in folders if _STEM.fullmatch(path.name)]
    return tuple(sorted(found, key=lambda each: (each.number, each.stem)))


def shared_numbers(course: Course, among: Sequence[Exercise]) -> Iterator[Flaw]:
    """The numbers of these exercises that another exercise of the course has too."""
    wanted = {each.number for each in among}
    numbers: dict[int, str] = {}
    for each in exercises(course):
        first = numbers.setdefault(each.number, each.stem)
        if first != each.stem and each.number in wanted:
            what = _("{first} has the number {number} too").format(first=first, number=each.number)
            yield Flaw(each.folder, None, what, _("give one of them another number"))


def strays(course: Course) -> Iterator[Flaw]:
    """Files and folders that belong to no exercise."""
    known = [each.stem for each in exercises(course)]
    ids = [each.id for each in exercises(course)]
    for folder, suffix in (("exercises", ".py"), ("quizzes", ".toml")):
        for path in entries(course.root / folder):
            made = _LEARNERS.fullmatch(path.name) if folder == "exercises" else None
            if made and (made[1] in known or made[2] in ids):
                continue
            if path.suffix == suffix and _STEM.fullmatch(path.stem):
                if path.stem not in known:
                    what = _("there is no solutions/{path}/ for it").format(path=path.stem)
                    yield Flaw(path, None, what, _("write its solution and checks, or delete it"))
            else:
                yield _stray(path, f"{folder}/ex<number>_<name>{suffix}")
    helpers = _shared_helpers(course)
    for path in helpers:
        yield from _helper(path)
    for path in entries(course.root / "solutions"):
        shared = path.name == "conftest.py" or path.suffix in _DATA or path in helpers
        if path.is_dir() and not _STEM.fullmatch(path.name):
            yield _stray(path, "solutions/ex<number>_<name>/")
        elif not path.is_dir() and not shared:
            yield _stray(path, _("solutions/conftest.py, a module that checks import, or data"))


def flaws(exercise: Exercise) -> Iterator[Flaw]:
    """What is wrong with the files of one exercise; one broken file hides no other's flaws."""
    helpers = _helpers(exercise.folder, [exercise.checks_file])
    for path in helpers:
        yield from _helper(path)
    for path in entries(exercise.folder):
        if path.name not in _OWN and path.suffix not in _DATA and path not in helpers:
            parts = _(
                "solution.py, checks.py, equivalents.toml, misconceptions/, submissions/, data"
            )
            yield _stray(path, _("{parts}, or a module that the checks import").format(parts=parts))
    for path in entries(exercise.submissions):
        if path.name not in ("accepted", "wrong"):
            yield _stray(path, _("submissions/accepted/ or submissions/wrong/"))
    for folder in _PROOFS:
        for path in entries(exercise.folder / folder):
            if path.suffix != ".py":
                kind = folder.partition("/")[0].removesuffix("s")
                yield _stray(path, _("a Python file, one for each {kind}").format(kind=kind))
    if not exercise.quiz.is_file():
        yield Flaw(exercise.quiz, None, _("it is missing"), _("write a quiz for this exercise"))
    proofs = (prooffiles.misconceptions, prooffiles.accepted, prooffiles.wrong)
    for part in (_solution, _stub, _checks, *proofs, diagnoses.flaws):
        yield from _told(part(exercise))
    yield from flaws_of_equivalents(exercise)


def flaws_of_equivalents(exercise: Exercise) -> Iterator[Flaw]:
    """What is wrong with the form of the list of equivalent mutants; nothing if there is none."""
    return _told(_equivalents(exercise))


def _shared_helpers(course: Course) -> list[Path]:
    """Modules in ``solutions/`` that checks import, or what checks import."""
    importers = [course.root / "solutions/conftest.py"]
    for each in exercises(course):
        importers += [each.checks_file, *_helpers(each.folder, [each.checks_file])]
    return _helpers(course.root / "solutions", importers)


def _helpers(folder: Path, importers: list[Path]) -> list[Path]:
    """The modules of a folder that these files import, or one of those modules."""
    waiting, found = list(importers), list[Path]()
    while waiting:
        for name in sorted(_imports(waiting.pop())):
            path = folder / f"{name}.py"
            if name not in ("checks", "conftest", "solution") and path.is_file():
                if path not in found:
                    found.append(path)
                    waiting.append(path)
    return found


def _imports(path: Path) -> set[str]:
    """The first parts of the modules that a file imports; none if it can't be read."""
    try:
        tree = read_tree(path)
    except Broken:
        return set()
    names = set[str]()
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                names.update(alias.name.partition(".")[0] for alias in node.names)
            case ast.ImportFrom(module=str(module), level=0):
                names.add(module.partition(".")[0])
    return names


def _helper(path: Path) -> Iterator[Flaw]:
    try:
        read_tree(path)
    except Broken as broken:
        yield broken.flaw
    if importlib.util.find_spec(path.stem) is not None:
        what = _("it hides the installed module {path}").format(path=path.stem)
        yield Flaw(path, None, what, _("give it another name"))


def _told(part: Iterator[Flaw]) -> Iterator[Flaw]:
    """The flaws, the last of which may be that a file can't be read."""
    try:
        yield from part
    except Broken as broken:
        yield broken.flaw


def _solution(exercise: Exercise) -> Iterator[Flaw]:
    path, tree = exercise.solution, read_tree(exercise.solution)
    if not (ast.get_docstring(tree) or "").strip():
        fix = _("begin the file with a docstring: a title, an empty line, what is to be done")
        yield Flaw(path, 1, _("the brief is missing"), fix)
    for node in tree.body:
        if not isinstance(node, _FUNCTION | ast.ClassDef) or node.name.startswith("_"):
            continue
        methods = node.body if isinstance(node, ast.ClassDef) else []
        for each in [node, *methods]:
            if isinstance(each, _FUNCTION | ast.ClassDef) and not ast.get_docstring(each):
                name = each.name if each is node else f"{node.name}.{each.name}"
                fix = _("tell the learner what it takes and what it returns")
                yield Flaw(path, each.lineno, _("{name} has no docstring").format(name=name), fix)
    yield from _unexplained(path, tree)


def _unexplained(path: Path, tree: ast.Module) -> Iterator[Flaw]:
    """Functions and classes of which ``grade solution`` can't say what is good about them."""
    try:
        said = remarks(read_text(path))
    except CourseError:  # named where the stub is looked at
        return
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and said.get(node.name) == "":
            what = _("no comment says what is good about {name}").format(name=node.name)
            fix = _("put a comment below its {begin}: `grade solution` shows it").format(
                begin=BEGIN
            )
            yield Flaw(path, node.lineno, what, fix)


def _stub(exercise: Exercise) -> Iterator[Flaw]:
    solution = read_text(exercise.solution)
    try:
        expected = exercise.made_stub()
    except CourseError as error:
        place = re.match(r"line (\d+): ", str(error))
        what = str(error).removeprefix(place[0] if place else "").rstrip(".")
        fix = _("close each {begin} by one {end}").format(begin=BEGIN, end=END)
        raise Broken(exercise.solution, int(place[1]) if place else None, what, fix) from error
    if expected == solution:
        fix = _("put what the learner is to write between {begin} and {end}").format(
            begin=BEGIN, end=END
        )
        yield Flaw(exercise.solution, None, _("nothing of it is left to the learner"), fix)
    yield from _regions_outside(exercise)
    command = f"python -m grader.authoring.stubs {shlex.quote(os.path.relpath(exercise.root))}"
    if not exercise.stub.exists():
        yield Flaw(
            exercise.stub,
            None,
            _("it is missing"),
            _("run `{command}` to make it").format(command=command),
        )
        return
    found = read_text(exercise.stub)
    if found != expected:
        pairs = zip([*found.splitlines(), None], [*expected.splitlines(), None], strict=False)
        line = next((n for n, (a, b) in enumerate(pairs, 1) if a != b), None)
        what = _("it is not the solution without its regions")
        yield Flaw(
            exercise.stub, line, what, _("run `{command}` to make it again").format(command=command)
        )


def _regions_outside(exercise: Exercise) -> Iterator[Flaw]:
    """Regions outside of any function: what replaces them is raised while the stub loads."""
    functions = [n for n in ast.walk(read_tree(exercise.solution)) if isinstance(n, _FUNCTION)]
    for number in (region[0] for region in regions(read_text(exercise.solution))):
        if not any(f.lineno < number < (f.end_lineno or 0) for f in functions):
            what = _("this region is outside of any function, so the stub can't be loaded")
            yield Flaw(exercise.solution, number, what, _("begin it below the line of a def"))


def _checks(exercise: Exercise) -> Iterator[Flaw]:
    path, tree = exercise.checks_file, read_tree(exercise.checks_file)
    tests = prooffiles.tests(tree)
    if not tests:
        yield Flaw(path, None, _("there is no check in it"), _("write functions named test_…"))
    inside = {id(node) for test in tests for node in ast.walk(test)}
    for node in ast.walk(tree):
        if isinstance(node, ast.With) and id(node) not in inside and any(map(is_part, node.items)):
            what = _("a part outside of a check earns nothing")
            yield Flaw(path, node.lineno, what, _("write it in the check itself"))
        if isinstance(node, _FUNCTION) and node.name.startswith("test_") and node not in tests:
            what = _("{node} is never run").format(node=node.name)
            yield Flaw(path, node.lineno, what, _("make it a plain function at the top level"))
    yield from _calls(exercise, tree)
    reader = Reader(tree)
    for marker in reader.shared:
        if marker.fault is not None:
            what, fix = marker.fault
            yield Flaw(path, marker.line, _("pytestmark {what}").format(what=what), fix)
    earlier: dict[str, int] = {}
    apart: dict[str, set[str]] = {"bonus": set(), "craft": set()}
    for node in tests:
        name = node.name.removeprefix("test_")
        if name in earlier:
            what = _("{node} replaces the one of line {earlier}, which is never run").format(
                node=node.name, earlier=earlier[name]
            )
            yield Flaw(path, node.lineno, what, _("give one of them another name"))
        for line, what, fix in _check(node, reader, earlier, apart):
            yield Flaw(path, line, f"{name} {what}", fix)
        for marker in (*reader.shared, *reader.of(node)):
            if marker.name in apart:
                apart[marker.name].add(name)
        earlier[name] = node.lineno


def _calls(exercise: Exercise, tree: ast.Module) -> Iterator[Flaw]:
    """Names that the checks ask the learner's file for in vain, and exceptions that they miss."""
    path, known = exercise.checks_file, bound(read_tree(exercise.solution).body)
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(
                value=ast.Name(id="learner" | "shared_learner" as owner), attr=name, lineno=line
            ) if name not in known and "*" not in known:
                near = difflib.get_close_matches(name, known, 1)
                fix = (
                    _("write {owner}.{near}").format(owner=owner, near=near[0])
                    if near
                    else _("give both the same name")
                )
                what = _("{owner}.{name} is called, and the solution has no {name}").format(
                    owner=owner, name=name
                )
                yield Flaw(path, line, what, fix)
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="pytest"), attr="raises"), args=[kind, *_]
            ) if "Error" in ast.unparse(kind) and "Submission" not in ast.unparse(kind):
                what = _("pytest.raises does not see what the learner's code raises")
                fix = _('use expect.raises("{unparse}", function, ...)').format(
                    unparse=ast.unparse(kind)
                )
                yield Flaw(path, node.lineno, what, fix)


def _check(
    node: ast.FunctionDef, reader: Reader, earlier: dict[str, int], apart: dict[str, set[str]]
) -> Iterator[tuple[int, str, str]]:
    """Line, what and fix for each thing that is wrong with a check's own words."""
    known: dict[str, Marker] = {marker.name: marker for marker in reader.shared}
    for marker in reader.of(node):
        known[marker.name] = marker
        if marker.fault is not None:
            yield marker.line, *marker.fault
    if not (ast.get_docstring(node) or "").strip():
        yield node.lineno, _("has no title"), _("say in its docstring what holds when it passes")
    if "hint" not in known:
        fix = _("give 1 to {most_hints} by @pytest.mark.hint, the mildest first").format(
            most_hints=MOST_HINTS
        )
        yield node.lineno, _("has no hint"), fix
    if "concept" not in known:
        fix = _("name what it is about by @pytest.mark.concept")
        yield node.lineno, _("has no concept"), fix
    if (needs := known.get("needs")) is not None:
        for need in needs.arguments:
            if need.removeprefix("test_") not in earlier:
                fix = _("name checks that stand above it")
                yield (
                    needs.line,
                    _("needs {need!r}, which is no earlier check").format(need=need),
                    fix,
                )
            elif need.removeprefix("test_") in apart["bonus"] and "bonus" not in known:
                fix = _("a pass must not need a bonus: name another, or mark both bonus")
                yield needs.line, _("needs {need!r}, which is a bonus").format(need=need), fix
            elif need.removeprefix("test_") in apart["craft"] and "craft" not in known:
                fix = _("the lesson must not need craft: name another, or mark both craft")
                yield needs.line, _("needs {need!r}, which is craft").format(need=need), fix


def _equivalents(exercise: Exercise) -> Iterator[Flaw]:
    path = exercise.folder / "equivalents.toml"
    if not path.exists():
        return
    table = read_toml(path)
    entries = table.get("equivalent", [])
    wanted = {"function", "mutant", "reason"}
    if set(table) - {"equivalent"} or not isinstance(entries, list):
        yield Flaw(path, None, _("it holds something else"), _("write [[equivalent]] tables only"))
        return
    for number, entry in enumerate(entries, 1):
        good = {key for key, value in entry.items() if isinstance(value, str) and value.strip()}
        if set(entry) != wanted or good != wanted:
            what = _("entry {number} does not have just the texts {wanted}").format(
                number=number, wanted=", ".join(sorted(wanted))
            )
            yield Flaw(path, entry_line(path, number), what, _("write these three, and no other"))


def entry_line(path: Path, number: int) -> int | None:
    """The line where the n-th ``[[equivalent]]`` begins."""
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    found = [n for n, line in lines if line.strip() == "[[equivalent]]"]
    return found[number - 1] if number <= len(found) else None


def _stray(path: Path, belongs: str) -> Flaw:
    return Flaw(
        path,
        None,
        _("it does not belong here"),
        _("delete it, or make it {belongs}").format(belongs=belongs),
    )
