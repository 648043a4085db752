"""Where nothing can be written: said at once, with the true reason, and nothing is changed."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from downloads import imported
from grader.cli.labs import LabSession
from support import called, complaint, flat

THROUGH = "grade does not write through links."
KINDS: dict[str, tuple[Callable[[Path], object], str]] = {
    "link": (lambda path: path.symlink_to("other.txt"), f"x is a link, and {THROUGH}"),
    "link to nothing": (lambda path: path.symlink_to("gone"), f"x is a link, and {THROUGH}"),
    "link to a folder": (lambda path: path.symlink_to("."), f"x is a link, and {THROUGH}"),
    "folder": (lambda path: path.mkdir(), "x is a folder, not a file."),
    "pipe": (os.mkfifo, "x is no regular file."),
}
PLACES = {
    "no folder": ("none/x", "There is no folder none. Make it, or name another file."),
    "no folders": ("none/at/x", "There is no folder none/at. Make it, or name another file."),
    "file": ("other.txt/x", "other.txt is a file, not a folder. Name another file."),
    "link": ("led/x", "There is no folder led. Make it, or name another file."),
}
WRITING = {
    "lab": ["lab", "ex4", "--recorded", "--html"],
    "lab that runs": ["lab", "ex4", "--html"],
    "quiz": ["export", "quiz", "ex1", "--as", "gift", "--into"],
    "service": ["export", "gradescope", "ex1", "--into"],
    "table": ["export", "csv", "autumn", "--into"],
    "pages": ["export", "moodle-feedback", "autumn", "--into"],
    "filled": ["export", "canvas", "autumn", "--fill", "grades.csv", "--into"],
}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "other.txt").write_text("mine")
    (tmp_path / "led").symlink_to("nothing")
    return tmp_path


@pytest.mark.parametrize("verb", WRITING)
def test_a_file_that_is_named_is_refused_before_anything_is_done(
    verb: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LabSession, "show", lambda *_: pytest.fail("something was shown"))
    for make, said in KINDS.values():
        make(here / "x")
        told = complaint(called(here, *WRITING[verb], "x"))
        assert told == f"{said} Name another file."
        (here / "x").rmdir() if said.startswith("x is a folder") else (here / "x").unlink()
    for path, said in PLACES.values():
        assert complaint(called(here, *WRITING[verb], path)) == said
    if os.geteuid():
        (here / "closed").mkdir(0o500)
        told = complaint(called(here, *WRITING[verb], "closed/x"))
        assert told.startswith("closed/x can't be written (Permission denied)")
    assert (here / "other.txt").read_text() == "mine"


def test_so_is_a_name_that_grade_gives(here: Path) -> None:
    (here / "ex1_predictions-gradescope.zip").mkdir()
    told = complaint(called(here, "export", "gradescope", "ex1"))
    assert told == "ex1_predictions-gradescope.zip is a folder, not a file. Name another file."


def test_a_file_that_is_there_is_replaced(here: Path) -> None:
    done = called(here, "export", "quiz", "ex1", "--as", "gift", "--into", "other.txt")
    assert done.returncode == 0 and len((here / "other.txt").read_text()) > 100


def test_a_folder_for_files_that_are_alike(here: Path) -> None:
    work = here / "work/anna/ex1.py"
    work.parent.mkdir(parents=True)
    work.write_text("def predicted_labels(p):\n    return 1\n")
    imported(here, here / "work", layout="names")
    for into in ("other.txt", "other.txt/x", "led"):
        told = complaint(called(here, "class", "similar", "class", "--into", into))
        assert told.startswith(f"{into} can't be used (") and told.endswith("Name a new folder.")


@pytest.mark.parametrize("name", [".vscode", "exercises"])
@pytest.mark.parametrize("kind", ["file", "pipe", "link", "link to nothing", "link to a folder"])
def test_init_says_what_is_in_its_way(name: str, kind: str, tmp_path: Path) -> None:
    make = KINDS[kind][0] if kind in KINDS else Path.touch
    make(tmp_path / name)
    told = complaint(called(tmp_path, "init", "--vscode"))
    what = f"a link, and {THROUGH}" if "link" in kind else "a file, not a folder."
    assert told == f"{name} is {what} Move it away, then try again."
    (tmp_path / name).unlink()
    assert called(tmp_path, "init", "--vscode").returncode == 0


@pytest.mark.parametrize("name", ["README.md", ".vscode/tasks.json", "exercises/ex3_flatten.py"])
@pytest.mark.parametrize("kind", KINDS)
def test_init_keeps_whatever_has_the_name_of_a_file(name: str, kind: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    KINDS[kind][0](tmp_path / name)
    done = called(tmp_path, "init", "--vscode")
    assert done.returncode == 0 and f"kept {name}" in flat(done.stdout)


def test_init_through_a_link_to_nothing(here: Path) -> None:
    told = complaint(called(here, "init", "led"))
    assert told.startswith("led is a link that leads nowhere: name another folder, such as `grade")
