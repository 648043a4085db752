"""A class's report is exchanged as a whole, or not at all; and folders for JPlag and Dolos."""

import csv
from pathlib import Path

import pytest

from grader.classroom import similar
from grader.classroom.classfolder import free_name
from grader.classroom.manifest import Entry
from grader.classroom.output import exchanged, learner_folders
from grader.course import Course
from grader.errors import ClassError
from grader.submission import MAX_SIZE
from notebooks import notebook
from support import SMALL, made_class, made_report

COURSE = Course.open(SMALL)
EX1 = COURSE.exercises[0]


def entry(learner: str, file: str = "") -> Entry:
    return Entry(learner, learner.title(), EX1.stem, 1, file or f"submissions/{learner}/x/1.py")


def test_a_folder_is_exchanged_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "report"
    for content in ("old", "new"):
        with exchanged(target, ["a.csv"]) as made:
            (made / "a.csv").write_text(content)
            assert not target.exists() or (target / "a.csv").read_text() == "old"
    assert (target / "a.csv").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_what_fails_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "report"
    with exchanged(target, ["a.csv"]) as made:
        (made / "a.csv").write_text("old")
    refused = pytest.raises(ClassError, match="was there is unchanged")
    with refused, exchanged(target, ["a.csv"]):
        raise OSError(28, "No space left on device")
    with pytest.raises(KeyboardInterrupt), exchanged(target, ["a.csv"]):
        raise KeyboardInterrupt
    with pytest.raises(ClassError), exchanged(target, ["a.csv"]) as made:
        made.rmdir()  # the exchange itself fails, when the old one has been moved away
    assert (target / "a.csv").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_nothing_of_a_persons_is_deleted(tmp_path: Path) -> None:
    target = tmp_path / "report"
    target.mkdir()
    (target / "notes.txt").write_text("mine")
    refused = pytest.raises(ClassError, match=r"notes\.txt is not from grade")
    with refused, exchanged(target, ["a.csv"]):
        pass
    assert (target / "notes.txt").read_text() == "mine"


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "report").symlink_to(elsewhere)
    with pytest.raises(ClassError, match="is not a folder"), exchanged(tmp_path / "report", []):
        pass
    assert list(elsewhere.iterdir()) == []


def test_each_learner_has_a_folder_of_their_own() -> None:
    evil = ["../../etc", "a/b", "..", "", "\0", "x" * 500, "Zoë", "王芳", "con\n", "Ada", "ada"]
    entries = [entry(name, "f.py") for name in evil]
    names = learner_folders(entries)
    assert list(names) == evil
    assert len({name.casefold() for name in names.values()}) == len(evil)
    for name in names.values():
        assert Path(name).name == name, "one part of a path"
        assert name not in (".", "..")
        assert len(name.encode()) < 100
    assert learner_folders([entry("Ada Lovelace", "submissions/ada/ex1_x/1.py")]) == {
        "Ada Lovelace": "ada"
    }


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("ben", "ben-2"),
        ("a/b\\c\n", "a_b_c_"),
        ("...", "learner"),
        ("\udcff", "_"),
        (79 * "x" + ".y", 79 * "x"),
        (79 * "x" + "é", 79 * "x"),
    ],
)
def test_a_learners_folder_has_a_name_on_any_system(wanted: str, name: str) -> None:
    taken = {"ben"}
    assert free_name(wanted, taken) == name
    assert taken == {"ben", name.casefold()}


def test_folders_for_jplag_and_dolos(tmp_path: Path) -> None:
    given = [("Zoë", "z = 1"), ("=cmd", "c = 1"), ("Gone", "g = 1")]
    passed = [(name, EX1.stem, source, made_report(EX1)) for name, source in given]
    folder = made_class(tmp_path / "class", COURSE, passed)
    entries = folder.entries()
    (folder.root / entries[2].file).unlink()
    into = tmp_path / "similar"
    into.mkdir()
    (found,) = similar.write(folder, COURSE, entries, into)
    assert (found.stem, found.files) == (EX1.stem, 2)
    assert [each.name for each in found.skipped] == ["Gone"]
    root = into / EX1.stem
    assert (root / "base/ex1_shares.py").read_text("utf-8") == EX1.made_stub()
    assert sorted(path.name for path in root.iterdir()) == ["base", "info.csv", "submissions"]
    rows = list(csv.DictReader((root / "info.csv").open(encoding="utf-8", newline="")))
    assert [(row["full_name"], row["label"]) for row in rows] == [("Zoë", ""), ("'=cmd", "")]
    assert [(root / row["filename"]).read_text("utf-8") for row in rows] == ["z = 1", "c = 1"]
    folders = list((root / "submissions").iterdir())
    assert [len(list(each.iterdir())) for each in folders] == [1, 1]


def test_of_a_notebook_the_code_is_compared(tmp_path: Path) -> None:
    whole = notebook("%matplotlib inline", "def f():\n    return 1", "print(f())").decode()
    given = [("Ada", whole), ("Bo", '{"cells": ['), ("Cy", "x = 1\n" + "#" * MAX_SIZE)]
    passed = [(name, EX1.stem, source, made_report(EX1)) for name, source in given]
    folder = made_class(tmp_path, COURSE, passed)
    found, *others = [similar.source_of(folder, entry) for entry in folder.entries()]
    assert found is not None and found.strip() == "def f():\n    return 1"
    assert others == [None, None]
