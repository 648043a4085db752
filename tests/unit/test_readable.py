"""What a confined process may read, and how it is found."""

import json
from pathlib import Path

import pytest

from grader.course import Course
from grader.sandbox.confinement import readable

HIDDEN = Course.open().hidden


def tree(root: Path, *files: str) -> None:
    for name in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def may_read(path: Path, paths: list[Path]) -> bool:
    return any(p == path or p in path.parents for p in paths)


def test_paths_around_a_course_among_the_libraries(tmp_path: Path) -> None:
    course = tmp_path / "grader" / "_course"
    files = [
        "numpy/linalg.py",
        "six.py",
        "grader/sandbox/agent.py",
        "grader/_course/exercises/ex1.py",
        "grader/_course/solutions/ex1/checks.py",
        "grader/_course/quizzes/ex1.toml",
    ]
    tree(tmp_path, *files)
    hidden = (course / "solutions", course / "quizzes", course / "nothing")
    paths = readable.around(tmp_path, hidden)
    seen = {name for name in files if may_read(tmp_path / name, paths)}
    assert seen == set(files[:4])
    assert tmp_path / "numpy" in paths  # whole, where nothing is hidden
    assert readable.around(tmp_path, (tmp_path / "elsewhere" / "x",))
    assert readable.around(course / "solutions", hidden) == []
    assert readable.around(course / "solutions" / "ex1", hidden) == []
    assert readable.around(tmp_path / "numpy", hidden) == [tmp_path / "numpy"]


def test_paths_that_are_readable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [Path(p) for p in readable.readable_paths(HIDDEN)]
    for module in (json, pytest, readable.site):
        assert may_read(Path(module.__file__ or "").resolve(), paths)
    solution = HIDDEN[0] / "ex1_predictions/solution.py"
    for path in (solution, Path(__file__), Path.home(), Path("/etc"), Path("/")):
        assert not may_read(path, paths)

    tree(tmp_path, "site/numpy/x.py", "site/grader/_course/solutions/ex1/checks.py")
    monkeypatch.setattr(readable.site, "getsitepackages", lambda: [str(tmp_path / "site")])
    course = tmp_path / "site" / "grader" / "_course"
    paths = [Path(p) for p in readable.readable_paths((course / "solutions",))]
    assert may_read(tmp_path / "site/numpy/x.py", paths)
    assert not may_read(course / "solutions/ex1/checks.py", paths)


def test_paths_are_resolved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "real/site/course/solutions/checks.py")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    monkeypatch.setattr(readable.site, "getsitepackages", lambda: [str(tmp_path / "link/site")])
    paths = [Path(p) for p in readable.readable_paths((tmp_path / "link/site/course/solutions",))]
    assert not may_read(tmp_path / "real/site/course/solutions/checks.py", paths)


def test_the_built_in_course_is_hidden_from_other_courses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An instructor's own course is often made from the built-in one, which lies in the wheel."""
    tree(tmp_path, "site/numpy/x.py", "site/grader/_course/solutions/ex1/checks.py")
    monkeypatch.setattr(readable.site, "getsitepackages", lambda: [str(tmp_path / "site")])
    paths = [Path(p) for p in readable.readable_paths((tmp_path / "own/solutions",))]
    assert not may_read(tmp_path / "site/grader/_course/solutions/ex1/checks.py", paths)


@pytest.mark.parametrize("inner", ["python3.99/site-packages", "python3/dist-packages"])
def test_the_built_in_course_of_another_interpreter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inner: str
) -> None:
    """All Pythons of a system lie in one folder, which holds the libraries of each."""
    tree(tmp_path, f"lib/{inner}/grader/_course/solutions/ex1/checks.py")
    monkeypatch.setattr(readable.sys, "base_prefix", str(tmp_path))
    paths = [Path(p) for p in readable.readable_paths(HIDDEN)]
    assert not may_read(tmp_path / f"lib/{inner}/grader/_course/solutions/ex1/checks.py", paths)


def test_a_link_to_what_is_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "site/numpy/x.py", "site/grader/_course/solutions/ex1/checks.py")
    (tmp_path / "site/other").symlink_to(tmp_path / "site/grader")
    monkeypatch.setattr(readable.site, "getsitepackages", lambda: [str(tmp_path / "site")])
    hidden = (tmp_path / "site/grader/_course/solutions",)
    paths = [Path(p).resolve() for p in readable.readable_paths(hidden)]
    assert not may_read(tmp_path / "site/grader/_course/solutions/ex1/checks.py", paths)
