"""Writes a new exercise: a small one that works, to be changed part by part."""

import os
import re
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path
from string import Template

from grader.course import Exercise
from grader.errors import GraderError
from grader.folder import stranger
from grader.i18n import _
from grader.stub import STEM, make_stub

MAX_TITLE = 80  # characters; the brief's first line

_PLAIN = re.compile(r"ex\d{1,4}(_[a-z0-9]+)+")
_FOLDERS = ("exercises", "solutions", "quizzes")


class NewExerciseError(GraderError):
    """Nothing was written; the text says why, and what to do."""


def new_exercise(root: Path, stem: str, title: str) -> list[Path]:
    """Write a stub, a solution, checks, a misconception and a quiz that belong together.

    Args:
        root: a course, or an empty folder, which becomes one.
        stem: such as ``"ex9_dropout"``.
        title: what the learner reads first.

    Returns:
        the paths of what was written.

    Raises:
        NewExerciseError: the folder, the name or the title can't be used; nothing was written.
        OSError: the folder can't be written to; nothing was written.
    """
    require_folder(root)
    _check_name(root, stem)
    title = _checked_title(title)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=root) as folder:
        made = Path(folder)
        _write(made, stem, title)
        return _move(made, root, stem)


def _write(folder: Path, stem: str, title: str) -> None:
    template = files("grader.authoring") / "template"
    escaped = title.replace("\\", "\\\\").replace('"""', r"\"\"\"")
    told = {"title": escaped, "id": stem.partition("_")[0]}

    def put(path: str, name: str) -> str:
        text = Template((template / name).read_text("utf-8")).substitute(told)
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
        return text

    solution = put(f"solutions/{stem}/solution.py", "solution.py.txt")
    put(f"solutions/{stem}/checks.py", "checks.py.txt")
    mistake = "mean_of_everything.py"
    put(f"solutions/{stem}/misconceptions/{mistake}", f"{mistake}.txt")
    put(f"quizzes/{stem}.toml", "quiz.toml")
    (folder / "exercises").mkdir()
    (folder / f"exercises/{stem}.py").write_text(make_stub(solution), "utf-8")


def _move(made: Path, root: Path, stem: str) -> list[Path]:
    """Put everything in its place, or nothing."""
    moved: list[Path] = []
    try:
        for part in _parts(stem):  # the solution last: it is what makes an exercise
            target = root / part
            if not target.parent.is_dir():
                target.parent.mkdir()
                moved.append(target.parent)
            if os.path.lexists(target):
                raise _taken(root, target)
            (made / part).rename(target)
            moved.append(target)
    except BaseException:
        for path in reversed(moved):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise
    return [path for part in _parts(stem) for path in sorted(_files(root / part))]


def _parts(stem: str) -> tuple[str, ...]:
    return f"exercises/{stem}.py", f"quizzes/{stem}.toml", f"solutions/{stem}"


def _files(path: Path) -> list[Path]:
    return [p for p in path.rglob("*") if p.is_file()] if path.is_dir() else [path]


def require_folder(root: Path) -> None:
    """See that a course may be written to.

    Raises:
        NewExerciseError: it is not there, a stranger's, or the installed grader's own.
    """
    import grader

    if not root.is_dir():
        raise NewExerciseError(
            _("There is no folder {root}. Make it first: mkdir {root}").format(root=root)
        )
    if whose := stranger(root):
        raise NewExerciseError(
            _("{root} belongs to {whose}. Go to a folder of your own.").format(
                root=root, whose=whose
            )
        )
    for part in _FOLDERS:
        if (root / part).is_symlink():
            raise NewExerciseError(
                _(
                    "{root} is a link, and an exercise is written into folders only. "
                    "Replace it by a folder."
                ).format(root=root / part)
            )
    package = Path(grader.__file__).resolve().parent
    if package in (root.resolve(), *root.resolve().parents):
        raise NewExerciseError(
            _(
                "{root} belongs to the installed grader, which the next install "
                "replaces. Go to a folder of your own, or name one after --course."
            ).format(root=root)
        )
    strange = [p.name for p in root.iterdir() if not p.name.startswith(".")]
    if strange and not (root / "solutions").is_dir():
        raise NewExerciseError(
            _(
                "{root} is neither a course nor empty. Go to the course's folder, the "
                "one with solutions/ in it, or to an empty one, or name it after "
                "--course."
            ).format(root=root)
        )


def _check_name(root: Path, stem: str) -> None:
    if not (re.fullmatch(STEM, stem) and _PLAIN.fullmatch(stem)):
        raise NewExerciseError(
            _(
                "{exercise!r} is no name for an exercise. Take ex, a number and a word "
                "or more in lower case, such as ex9_dropout."
            ).format(exercise=stem)
        )
    for part in _parts(stem):
        if os.path.lexists(root / part):
            raise _taken(root, root / part)
    number, numbers = Exercise(root, stem).number, dict[int, str]()
    for path in (path for folder in _FOLDERS for path in (root / folder).glob("ex*")):
        if re.fullmatch(STEM, path.stem):
            numbers.setdefault(Exercise(root, path.stem).number, path.stem)
    if taken := numbers.get(number):
        free, name = max(numbers) + 1, stem.partition("_")[2]
        raise NewExerciseError(
            _(
                "The number {number} is {taken}'s already. Take one that is free, such "
                "as ex{free}_{name}."
            ).format(number=number, taken=taken, free=free, name=name)
        )


def _taken(root: Path, path: Path) -> NewExerciseError:
    return NewExerciseError(
        _(
            "{relative_to} exists already, and nothing was written. Take another name, "
            "or move it away."
        ).format(relative_to=path.relative_to(root))
    )


def _checked_title(title: str) -> str:
    title = title.strip()
    if not title:
        raise NewExerciseError(_('An exercise has a title, such as --title "Why Dropout?".'))
    if len(title) > MAX_TITLE:
        raise NewExerciseError(
            _(
                "The title has {count} characters, and {max_title} at most are pleasant "
                "to read. Say the rest in the brief."
            ).format(count=len(title), max_title=MAX_TITLE)
        )
    if not title.isprintable():
        raise NewExerciseError(
            _("A title is one line of printable text. Give it without the rest.")
        )
    return title
