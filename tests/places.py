"""Folders in which a learner or an instructor types something, and how they became so."""

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from grader.course import Course
from grader.details import Details
from grader.report import Verdict
from grader.workspace import Workspace
from support import called, made_report, make_due

SEED = "7"
STATE = ".state"  # beside the folder: which workspace was used last


@cache
def course() -> Course:
    return Course.open()


def _source(name: str, file: str) -> Path:
    return course().exercise(name).folder / file


def outside(base: Path) -> None:
    """No workspace was ever made."""
    (base / "work").mkdir()


def fresh(base: Path) -> None:
    """Nothing was graded."""
    assert _grade(base, "init", "work").returncode == 0


def wrong(base: Path) -> None:
    """Exercise 1 has a mistake, and was graded."""
    fresh(base)
    _put(base, "ex1", "misconceptions/softmax_axis0.py")
    assert _grade(base / "work", "ex1", "--seed", SEED).returncode == 1


def hinted(base: Path) -> None:
    """A hint was asked for twice."""
    wrong(base)
    for _ in range(2):
        assert _grade(base / "work", "hint", "ex1").returncode == 0


def passed(base: Path) -> None:
    """Exercise 1 has passed, and exercise 2 is begun."""
    fresh(base)
    _put(base, "ex1", "submissions/accepted")
    _keep(base, "ex1")
    failed = course().exercise("ex2").checks[-1]
    _keep(base, "ex2", **{failed.name: (Verdict.FAILED, "It is not.", Details())})


def quizzed(base: Path) -> None:
    """Some questions of the first quiz were answered, some of them missed and due again."""
    passed(base)
    _grade(base / "work", "quiz", "ex1", typed="1\n" * 5)
    make_due(base / "work")


def finished(base: Path) -> None:
    """All exercises have passed, and no question is left."""
    fresh(base)
    for exercise in course().exercises:
        _put(base, exercise.id, "solution.py")
        _keep(base, exercise.id)


def damaged(base: Path) -> None:
    """The database is none."""
    wrong(base)
    Workspace(base / "work").store.path.write_bytes(b"somebody's file" * 100)


def older(base: Path) -> None:
    """Two exercises began with other starter versions; one of these files was changed since."""
    fresh(base)
    for name, line in (("ex1", "pass"), ("ex2", "return 1")):
        file = _file(base, name)
        before = file.read_text("utf-8").replace("raise NotImplementedError", "pass", 1)
        (base / "work/.grade/starters" / file.name).write_text(before, "utf-8")
        file.write_text(before.replace("    pass\n", f"    {line}\n", 1), "utf-8")


def broken(base: Path) -> None:
    """The file of exercise 1 can't be parsed."""
    fresh(base)
    _file(base, "ex1").write_text("import numpy as np\n\n\ndef softmax(scores:\n    return 1\n")


def raising(base: Path) -> None:
    """A function of exercise 1 raises."""
    fresh(base)
    _begin(base, "softmax", "    probabilities = scores.softmax()\n")


def endless(base: Path) -> None:
    """A function of exercise 1 never returns."""
    fresh(base)
    _begin(base, "most_doubtful", "    print('looking')\n    while True:\n        pass\n")


def deleted(base: Path) -> None:
    """The file of exercise 1 is gone."""
    fresh(base)
    _file(base, "ex1").unlink()


def classed(base: Path) -> None:
    """A class's submissions, some of them odd, lie in a folder as they were downloaded."""
    (base / "work").mkdir()
    ex1 = course().exercise("ex1")
    wrongs = sorted((ex1.folder / "misconceptions").glob("*.py"))[:3]
    for name, source in zip(("Zoë Müller", "Ada Lin", "王芳"), wrongs, strict=True):
        folder = base / "work/download" / name
        folder.mkdir(parents=True)
        shutil.copy(source, folder / ex1.stub.name)
    (base / "work/download/notes.txt").write_text("late: Ada")


def imported(base: Path) -> None:
    """They were imported."""
    classed(base)
    done = _grade(base / "work", "class", "import", "download", "--into", "autumn")
    assert done.returncode == 0, done


def graded(base: Path) -> None:
    """They were graded."""
    imported(base)
    done = _grade(base / "work", "class", "run", "autumn", "--seed", SEED)
    assert done.returncode in (0, 1), done


def _grade(folder: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return called(folder, *words, typed=typed, XDG_STATE_HOME=str(_base(folder) / STATE))


def _base(folder: Path) -> Path:
    return folder.parent if folder.name == "work" else folder


def _file(base: Path, name: str) -> Path:
    return base / "work/exercises" / course().exercise(name).stub.name


def _begin(base: Path, function: str, lines: str) -> None:
    """The solution of exercise 1, in which a function begins with these lines."""
    text = _source("ex1", "solution.py").read_text("utf-8")
    found = re.search(rf'def {function}\(.*?""".*?"""\n', text, re.S)
    assert found is not None
    _file(base, "ex1").write_text(text[: found.end()] + lines + text[found.end() :], "utf-8")


def _put(base: Path, name: str, source: str) -> None:
    path = _source(name, source)
    shutil.copy(path if path.is_file() else sorted(path.glob("*.py"))[0], _file(base, name))


def _keep(base: Path, name: str, **wrong: tuple[Verdict, str, Details]) -> None:
    report = made_report(course().exercise(name), **wrong)
    known = replace(report, versions=report.versions | {"grader": "", "python": ""})
    Workspace(base / "work").progress.save(known)


PLACES: dict[str, Callable[[Path], None]] = {
    each.__name__: each
    for each in (outside, fresh, wrong, hinted, passed, quizzed, finished, damaged, older, broken,
                 raising, endless, deleted, classed, imported, graded)
}  # fmt: skip
