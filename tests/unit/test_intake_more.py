"""Whose each file is in the downloads of more systems, and in what services and people make."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from downloads import imported, who
from grader.classroom.classfolder import ClassFolder
from grader.classroom.intake.exercises import Matcher
from grader.course import Course
from support import archive, called, complaint, said

CODE = b"def softmax(logits):\n    return logits\n"


def tree(root: Path, *names: str) -> Path:
    for number, name in enumerate(names):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(CODE + b"#" * number)
    return root


# systems


def test_brightspace_with_folders_and_flat(tmp_path: Path) -> None:
    files = {
        "Exercise 1/index.html": b"<html>",
        "Exercise 1/104840-170649 - Ada Lovelace - Nov 2, 2026 112 AM/ex1.py": CODE,
        "Exercise 1/104840-170649 - Ada Lovelace - Nov 2, 2026 1159 PM/ex1.py": CODE + b"#2\n",
        "Exercise 1/104848-170649 - Mary Smith-Jones - Nov 3, 2026 1200 PM/index.html": b"<p>",
        "104860-170650 - Zoë O - Brien- Nov 4, 2026 933 PM - ex3_flatten.py": CODE,
        "104861-170650 - Kim - Foo 99, 2026 933 PM - ex3_flatten.py": CODE,
    }
    found = imported(tmp_path, archive(tmp_path / "all.zip", files))
    assert set(found.layouts.values()) == {"brightspace"}
    zoe, kim, ada, later = found.new
    assert [(e.learner, e.ids["brightspace"]) for e in (zoe, kim, ada, later)] == [
        *[("Zoë O - Brien", "104860"), ("Kim", "104861")],
        *[("Ada Lovelace", "104840")] * 2,
    ]
    assert [e.submitted for e in (ada, later)] == [
        datetime(2026, 11, 2, 1, 12).astimezone(),
        datetime(2026, 11, 2, 23, 59).astimezone(),
    ]
    assert (ada.version, later.version) == (1, 2)
    assert kim.submitted is None, "there is no such day"
    assert [row.name for row in found.attention] == ["Mary Smith-Jones"]
    assert found.left_out == 1, "the list of submissions, not what a learner hands in"


def test_blackboard_names_and_what_was_typed(tmp_path: Path) -> None:
    about = "Name: {} ({})\r\nAssignment: Exercise 1\r\nSubmission Field: \r\nprint(1)\r\n"
    first, second = "2026-11-02-18-30-00", "2026-11-03-08-00-00"
    files = {
        f"Ex_1_ada7_attempt_{first}_work.py": CODE,
        f"Ex_1_ada7_attempt_{first}.txt": about.format("Ada Lovelace", "ada7").encode(),
        f"Ex_1_ada7_attempt_{second}_again.py": CODE + b"#2\n",
        f"Ex_1_bo_attempt_{second}_work.zip": archive(
            tmp_path / "in.zip", {"ex1.py": CODE}
        ).read_bytes(),
        f"Ex_1_cy_attempt_{second}.txt": about.format("Cy", "cy").encode(),
    }
    found = imported(tmp_path, archive(tmp_path / "gradebook.zip", files))
    assert set(found.layouts.values()) == {"blackboard"}
    assert who(found) == [("Ada Lovelace", "ex1", 1), ("Ada Lovelace", "ex1", 2), ("bo", "ex1", 1)]
    assert {e.ids["username"] for e in found.new} == {"ada7", "bo"}
    (typed,) = found.attention
    assert typed.name == "Cy" and "typed into Blackboard" in typed.problem
    assert found.left_out == 1


def test_usernames_of_blackboard_that_end_alike_are_two_people(tmp_path: Path) -> None:
    at = "attempt_2026-11-02-18-30-00"
    files = {
        f"Ex_1_{user}_{at}{end}": data
        for user, name in (("a_li", "Ada Li"), ("b_li", "Bo Li"), ("cy", "Cy Wu"))
        for end, data in (("_w.py", CODE), (".txt", f"Name: {name} ({user})\n".encode()))
    }
    del files[f"Ex_1_b_li_{at}.txt"]
    found = imported(tmp_path, archive(tmp_path / "gradebook.zip", files))
    assert who(found) == [("Ada Li", "ex1", 1), ("Cy Wu", "ex1", 1), ("b_li", "ex1", 1)]
    assert {e.ids["username"] for e in found.new} == {"a_li", "b_li", "cy"}


def test_one_name_like_those_of_canvas_makes_no_download_of_canvas(tmp_path: Path) -> None:
    names = [f"{name}/ex1.py" for name in ("ada", "bob", "kim")]
    found = imported(tmp_path, tree(tmp_path / "all", *names, "eve/ex1_2026_11_final.py"))
    assert set(found.layouts.values()) == {"plain"}
    assert [each[0] for each in who(found)] == ["ada", "bob", "eve", "kim"]


# what services and people call it


@pytest.mark.parametrize(
    "names",
    [
        ("ex1-ada/ex1_predictions.py", "ex1-bob/ex1_predictions.py"),
        ("autumn-ex1-ada/exercises/ex1_predictions.py", "autumn-ex1-bob/ex1_predictions.py"),
        ("ex1-predictions-ada/work.py", "ex1-predictions-bob/work.py", "ex1-predictions-bob/b.md"),
        ("ex1_ada.py", "ex1_predictions_bob.py"),
        ("exercise-1-what-do-ten-numbers-mean-ada/a.py", "ex1-bob/a.py"),
    ],
)
def test_a_learner_behind_the_exercise(names: tuple[str, ...], tmp_path: Path) -> None:
    """Services name repositories so: all would be one learner called autumn, or nobody."""
    found = imported(tmp_path, tree(tmp_path / "all", *names))
    assert who(found) == [("ada", "ex1", 1), ("bob", "ex1", 1)]


@pytest.mark.parametrize(
    ("names", "learners"),
    [
        (("ex1-team-1/ex1.py", "ex1-team-2/ex1.py"), ["team-1", "team-2"]),
        (("ex1_team-1.py", "ex1_team-2.py"), ["team-1", "team-2"]),
        (("ex1_ada.py", "ex1_ada-1.py", "ex1_bob.py"), ["ada", "ada", "bob"]),
        (("ex1_predictions (1).py", "ex1_predictions (2).py"), ["all", "all"]),
        (("ex1-ada-v2/a.py", "ex1-ada/a.py", "ex1-bob/a.py"), ["ada", "ada-v2", "bob"]),
        (("ada_ex1_predictions.py", "bob_ex1_flat.py"), ["ada", "bob"]),
        (("ex1_group1/ada/ex1.py", "ex1_group2/bob/ex1.py"), ["ada", "bob"]),
        (("ex1_early/ada_ex1.py", "ex1_late/bob_ex1.py"), ["ada", "bob"]),
        (("ex1_predictions.py", "ex1_old.py"), ["all", "all"]),
        (("ex1/ada/ex1.py", "ex3/bob/ex3.py"), ["ada", "bob"]),
    ],
)
def test_what_is_behind_an_exercise_is_not_always_a_learner(
    names: tuple[str, ...], learners: list[str], tmp_path: Path
) -> None:
    found = imported(tmp_path, tree(tmp_path / "all", *names))
    assert [each[0] for each in who(found)] == learners


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("ex3_flatten.py", "", ""),
        ("ex3-why-flatten", "", ""),
        ("autumn-ex3-ana", "autumn", "ana"),
        ("Anna Lee - ex3_flatten.py", "Anna Lee", ""),
        ("ex03_flattened.py", "", "flattened"),
        ("Cy - Why Flatten?.ipynb", "Cy", ""),
        ("flatten_bob.py", "", "bob"),
    ],
)
def test_what_is_around_an_exercise(name: str, before: str, after: str) -> None:
    found = Matcher(Course.open()).named(name)
    assert found.exercise is not None and found.exercise.id == "ex3"
    assert (found.before, found.after) == (before, after)


def test_what_lies_beside_a_submission_is_no_version_of_it(tmp_path: Path) -> None:
    """The last version counts: once that was the requirements.txt of everybody's repository."""
    own = [f"ex1-{who}/ex1_predictions.py" for who in ("ada", "bob")]
    beside = [f"ex1-{who}/{name}" for who in ("ada", "bob") for name in ("LICENSE", "z.txt")]
    folder = tree(tmp_path / "all", *own)
    for name in beside:
        (folder / name).write_bytes(b"numpy\n")
    found = imported(tmp_path, folder)
    assert who(found) == [("ada", "ex1", 1), ("bob", "ex1", 1)]
    assert not found.attention
    assert sorted(row.source for row in found.beside) == sorted(f"all/{n}" for n in beside)
    (folder / "ex1-ada/setup.py").write_bytes(b"x = 1\n")
    (row,) = imported(tmp_path, folder).attention
    assert "defines nothing of ex1_predictions" in row.problem, "Python may be a submission"


def test_a_file_alone_is_a_submission_whatever_it_defines(tmp_path: Path) -> None:
    files = {"Ada_2_assignsubmission_file/work.py": b"(", "Bo_3_assignsubmission_file/a.txt": CODE}
    found = imported(tmp_path, archive(tmp_path / "ex1.zip", files))
    assert who(found) == [("Ada", "ex1", 1), ("Bo", "ex1", 1)]


# the same people again


def test_two_of_one_name_are_never_mixed_up(tmp_path: Path) -> None:
    """Moodle's numbers are of one assignment: which Jo Li is 9? A person knows."""
    people = ("Ada_2", "Jo Li_3", "Jo Li_4"), ("Ada_8", "Jo Li_9", "Jo Li_10")
    first, other = (
        {f"{who}_assignsubmission_file/ex{n}.py": CODE + who.encode() for who in those}
        for n, those in zip((1, 3), people, strict=True)
    )
    imported(tmp_path, archive(tmp_path / "a.zip", first))
    found = imported(tmp_path, archive(tmp_path / "b.zip", other))
    assert [each[0] for each in who(found)] == ["Ada", "Jo Li (10)", "Jo Li (9)"]


def test_two_spellings_put_together_stay_together(tmp_path: Path) -> None:
    from dataclasses import replace

    download = tree(tmp_path / "all", "ada lovelace/ex1.py", "A. L./ex3.py")
    imported(tmp_path, download)
    place = ClassFolder.open(tmp_path / "class")
    entries = [replace(each, learner="ada lovelace") for each in place.entries()]
    place.keep_entries(entries)
    (download / "A. L./ex5.py").write_bytes(CODE)
    found = imported(tmp_path, download)
    assert who(found) == [("ada lovelace", "ex5", 1)]
    assert found.known == 2


def test_a_learner_may_go_back_to_an_older_version(tmp_path: Path) -> None:
    """Its text is known, and yet it is what counts now."""
    name = "Ada_7_assignsubmission_file/ex1{}.py"
    old, new = CODE, CODE + b"# better?\n"
    for number, text in enumerate((old, new, old)):
        found = imported(tmp_path, archive(tmp_path / f"{number}.zip", {name.format(""): text}))
        assert who(found) == [("Ada", "ex1", number + 1)]
    for number in range(3):  # what was imported before says nothing new
        assert who(imported(tmp_path, tmp_path / f"{number}.zip")) == []
    both = {name.format(""): new, name.format(" (1)"): old}
    assert who(imported(tmp_path, archive(tmp_path / "again.zip", both))) == []


def test_a_class_is_not_imported_into_itself(tmp_path: Path) -> None:
    tree(tmp_path, "ada/ex1.py", "bob/ex1.py")
    done = called(tmp_path, "class", "import", ".", "--into", "autumn")
    assert "autumn is inside" in complaint(done)
    assert not (tmp_path / "autumn").exists()


def test_reasons_are_counted_on_the_screen(tmp_path: Path) -> None:
    tree(tmp_path / "all", "ada/ex1.py", "bob/a.png", "kim/b.png", "eve/c.txt")
    (tmp_path / "all/eve/c.txt").write_bytes(b"See you.")
    told = said(called(tmp_path, "class", "import", "all", "--into", "class"))
    assert "3 files need your attention" in told
    assert "2 × It is not a Python file, by its name." in told
    assert "1 × Neither its name nor its functions" in told


def test_where_nothing_can_be_taken_nothing_is_to_be_graded(tmp_path: Path) -> None:
    tree(tmp_path / "ex1", "ada.py", "bob.py")
    told = said(called(tmp_path, "class", "import", "ex1", "--into", "class"))
    assert "Nothing is new." in told and "2 × It is not in a learner's folder" in told
    assert "import them with --from names" in told and "class run" not in told
    told = said(called(tmp_path, "class", "import", "ex1", "--into", "class", "--from", "names"))
    assert "names: ex1" in told and "2 submissions" in told and "class run class" in told
    assert (tmp_path / "class/attention.csv").read_text("utf-8").count("\n") == 1, "solved"


def test_files_are_on_the_disk_before_the_manifest_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All at once: a class has as many as a disk syncs in an hour."""
    manifest, done = tmp_path / "class/manifest.csv", list[str]()

    def fsync(descriptor: int) -> None:
        done.append("fsync")

    def sync() -> None:
        assert len(list(tmp_path.glob("class/submissions/*/*/*"))) == 30
        assert not manifest.exists()
        done.append("sync")

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "sync", sync)
    names = [f"learner{number}/ex1.py" for number in range(30)]
    assert len(imported(tmp_path, tree(tmp_path / "all", *names)).new) == 30
    assert manifest.is_file()
    assert done.count("sync") == 1 and done.count("fsync") < 5
