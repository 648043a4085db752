"""Downloads become submissions: whose, for which exercise; and nothing in them is trusted."""

import importlib.util
import io
import os
import stat
import struct
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from downloads import imported, who
from grader.classroom import attention, roster
from grader.classroom.classfolder import ClassFolder
from grader.classroom.intake import incoming
from grader.classroom.intake.exercises import Matcher, bare
from grader.classroom.intake.importing import Imported
from grader.classroom.intake.incoming import collected
from grader.classroom.intake.nbgrader import moment
from grader.classroom.manifest import Entry
from grader.classroom.roster import Person
from grader.cli.files import dated
from grader.course import Course
from grader.errors import ClassError
from grader.submission import digest_of
from support import ROOT, archive, packed


def _make_class() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_class", ROOT / "benchmarks/make_class.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module  # dataclasses look there
    spec.loader.exec_module(module)
    return module


make_class = _make_class()
CODE = b"def softmax(logits):\n    return logits\n"


def tree(root: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


def problems(found: Imported) -> dict[str, str]:
    return {row.source: row.problem for row in found.attention}


# every layout


@pytest.mark.parametrize("layout", make_class.LAYOUTS)
def test_each_file_that_came_in_is_in_one_list(layout: str, tmp_path: Path) -> None:
    course = Course.open()
    exercises = [course.exercise(name) for name in ("ex1", "ex3", "ex5")]
    made = make_class.made(tmp_path / "out", course, exercises, layout)
    found = imported(tmp_path, *made.downloads)
    expected = "plain" if layout in ("folders", "flat", "workspaces") else layout
    assert set(found.layouts.values()) == {expected.removesuffix("-flat")}
    assert len(found.new) + len(found.attention) == len(made.files)
    assert (found.known, found.left_out) == (0, made.left_out)

    def name(learner: int) -> str:
        full = made.names[learner]
        return full.lower().replace(" ", "") if layout == "canvas" else full

    assert Counter((e.name, e.exercise, e.digest) for e in found.new) == Counter(
        (name(f.learner), f.exercise, digest_of(f.graded)) for f in made.files if f.graded
    )
    place = ClassFolder.open(tmp_path / "class")
    assert place.entries() == found.new
    for entry in found.new:
        assert digest_of((place.root / entry.file).read_bytes()) == entry.digest
    late = {(e.name, e.exercise) for e in found.new if e.late}
    told = {(name(f.learner), f.exercise) for f in made.files if f.late and f.graded}
    assert late == (told if layout == "canvas" else set())
    again = imported(tmp_path, *made.downloads)
    assert (again.new, again.known) == ([], len(found.new))
    assert again.attention == found.attention
    assert place.entries() == found.new


def test_the_same_class_is_made_again(tmp_path: Path) -> None:
    course = Course.open()
    for name in ("one", "two"):
        make_class.made(tmp_path / name, course, [course.exercise("ex1")], "canvas")
    (one,), (two,) = ((tmp_path / name).glob("*.zip") for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_a_later_download_adds_what_is_new(tmp_path: Path) -> None:
    old = "Ada_7_assignsubmission_file/ex1.py"
    first = archive(tmp_path / "a.zip", {old: CODE})
    second = archive(
        tmp_path / "b.zip",
        {old: CODE + b"# better\n", "Bob_8_assignsubmission_file/ex1.py": CODE},
    )
    assert who(imported(tmp_path, first)) == [("Ada", "ex1", 1)]
    assert who(imported(tmp_path, second)) == [("Ada", "ex1", 2), ("Bob", "ex1", 1)]
    assert who(imported(tmp_path, first, second)) == []
    place = ClassFolder.open(tmp_path / "class")
    assert (place.root / "submissions/Ada/ex1_predictions/1.py").read_bytes() == CODE


def test_what_a_person_has_corrected_stays(tmp_path: Path) -> None:
    from dataclasses import replace

    download = archive(tmp_path / "a.zip", {"A. L._7_assignsubmission_file/ex1.py": CODE})
    imported(tmp_path, download)
    place = ClassFolder.open(tmp_path / "class")
    (entry,) = place.entries()
    place.keep_entries([replace(entry, learner="ada", note="asked her")])
    place.replace(attention.NAME, attention.written([attention.Attention("x", "", "P.", "mine")]))
    newer = archive(tmp_path / "b.zip", {"A. L._7_assignsubmission_file/ex1.py": CODE + b"#\n"})
    assert who(imported(tmp_path, download, newer)) == [("ada", "ex1", 2)]
    assert place.entries()[0].note == "asked her"
    assert b"mine" in (place.root / attention.NAME).read_bytes()


# whose


def test_folders_that_people_make(tmp_path: Path) -> None:
    files = {
        "ada/ex1_predictions.py": CODE,
        "ada/ex1_predictions (1).py": CODE + b"#\n",
        "bob/exercises/ex1_predictions.py": CODE,
        "bob/.grade/progress.sqlite3": b"",
        "ex1/eve/work.py": CODE,
        "max_ex1.py": CODE,
        "ex1.py": CODE,
        "kim/notes.txt": b"nothing",
        "team/ada_ex1.py": CODE,
        "team/bob_ex1.py": CODE,
    }
    found = imported(tmp_path, tree(tmp_path / "all", files))
    assert who(found) == [
        *[("ada", "ex1", 1), ("ada", "ex1", 2), ("bob", "ex1", 1), ("eve", "ex1", 1)],
        ("max", "ex1", 1),
    ]
    assert {source: text.partition(".")[0] for source, text in problems(found).items()} == {
        "all/ex1.py": "It is not in a learner's folder, and its name has no learner",
        "all/kim/notes.txt": "Neither its name nor its functions are those of an exercise",
        "all/team/ada_ex1.py": "team has files of ada and bob for ex1_predictions",
        "all/team/bob_ex1.py": "team has files of ada and bob for ex1_predictions",
    }
    assert found.left_out == 1


@pytest.mark.parametrize(
    "files",
    [
        {"ex1_predictions.py": CODE},
        {"exercises/ex1_predictions.py": CODE, "exercises/ex3_flatten.py": CODE},
    ],
)
def test_a_download_may_be_one_learners_folder(files: dict[str, bytes], tmp_path: Path) -> None:
    found = imported(tmp_path, tree(tmp_path / "ada", files))
    assert {entry.learner for entry in found.new} == {"ada"}


def test_a_folder_around_all_is_nobodys(tmp_path: Path) -> None:
    files = {f"course 2026/{name}/ex1.py": CODE for name in ("ada", "bob")}
    download = archive(tmp_path / "all.zip", files)
    assert who(imported(tmp_path, download)) == [("ada", "ex1", 1), ("bob", "ex1", 1)]


def test_two_people_of_one_name(tmp_path: Path) -> None:
    files = {f"Jo Li_{n}_assignsubmission_file/ex1.py": CODE + b"#" * n for n in (3, 4)}
    found = imported(
        tmp_path, archive(tmp_path / "a.zip", files | {"Ada_5_assignsubmission_file/ex1.py": CODE})
    )
    assert [(e.learner, e.name, e.ids) for e in found.new] == [
        ("Ada", "Ada", {"moodle": "5"}),
        ("Jo Li", "Jo Li", {"moodle": "3"}),
        ("Jo Li (4)", "Jo Li", {"moodle": "4"}),
    ]
    other = {"Jo Li_9_assignsubmission_file/ex3.py": CODE}  # another number, of whom nobody knows
    assert who(imported(tmp_path, archive(tmp_path / "b.zip", other))) == [("Jo Li (9)", "ex3", 1)]


def test_a_download_without_names(tmp_path: Path) -> None:
    files = {
        f"Teilnehmer/in_{n}_assignsubmission_file_/ex1.py".replace("/in", ""): CODE for n in (3, 4)
    }
    found = imported(tmp_path, archive(tmp_path / "a.zip", files))
    assert who(found) == [("Teilnehmer 3", "ex1", 1), ("Teilnehmer 4", "ex1", 1)]
    files = {f"anon_{n}_9_ex1.py": CODE for n in ("a1B2c", "z9Y8x")}
    found = imported(tmp_path, archive(tmp_path / "b.zip", files))
    assert who(found) == [("anon a1B2c", "ex1", 1), ("anon z9Y8x", "ex1", 1)]


def test_canvas_writes_late_before_anon_and_a_name_may_be_empty(tmp_path: Path) -> None:
    files = {
        "LATE_anon_12345_9_ex1.py": CODE,
        "anon_54321_8_ex1.py": CODE,
        "_14_7_ex1.py": CODE,  # a name of an emoji
        "_LATE_15_6_ex1.py": CODE,
    }
    found = imported(tmp_path, archive(tmp_path / "a.zip", files))
    late = {entry.name: entry.late for entry in found.new}
    assert late == {"anon 12345": True, "anon 54321": False, "14": False, "15": True}
    assert {entry.ids["canvas"] for entry in found.new} == {"12345", "54321", "14", "15"}


def test_canvas_names_versions_and_what_is_typed(tmp_path: Path) -> None:
    files = {
        "lovelaceada_LATE_12_901_ex1-1.py": CODE + b"#2\n",
        "lovelaceada_12_900_ex1.py": CODE,
        "hopper_13_text.html": b"<p>def softmax</p>",
        "turing_14_link.html": b"",
        "stray.py": CODE,
    }
    found = imported(tmp_path, archive(tmp_path / "submissions.zip", files))
    assert [(e.learner, e.version, e.late, e.ids) for e in found.new] == [
        ("lovelaceada", 1, False, {"canvas": "12", "canvas_attachment": "900"}),
        ("lovelaceada", 2, True, {"canvas": "12", "canvas_attachment": "901"}),
    ]
    assert [row.name for row in found.attention] == ["hopper", "", "turing"]


def test_a_roster_gives_one_name_in_every_system(tmp_path: Path) -> None:
    people = roster.parsed(
        "Name,Canvas,Email\nAda Lovelace,12,a@b.c\nZoë Müller,,\nJo Li,3,\nJo Li B,4,\n".encode()
    )
    assert people[0] == Person("Ada Lovelace", "Ada Lovelace", {"canvas": "12", "email": "a@b.c"})
    assert roster.parsed(roster.written(people)) == people
    canvas = {"lovelaceada_12_1_ex1.py": CODE, "mllerzo_99_2_ex1.py": CODE, "x_3_3_ex1.py": CODE}
    canvas |= {"müllerzoë_8_4_ex1.py": CODE}
    plain = {"Lovelace Ada/ex3.py": CODE, "Zoe\u0308 Mu\u0308ller/ex3.py": CODE}
    found = imported(
        tmp_path,
        archive(tmp_path / "canvas.zip", canvas),
        tree(tmp_path / "plain", plain),
        people=people,
    )
    assert who(found) == [
        *[("Ada Lovelace", "ex1", 1), ("Ada Lovelace", "ex3", 1), ("Jo Li", "ex1", 1)],
        *[("Zoë Müller", "ex1", 1), ("Zoë Müller", "ex3", 1)],
    ]
    assert list(problems(found)) == ["canvas.zip/mllerzo_99_2_ex1.py"]
    assert "nobody called mllerzo" in found.attention[0].problem


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n1,2\n", "there is no column name"),
        ("name,id\n,2\n", "line 2: the name is missing"),
        ("name\nAda\nAda\n", "line 3: Ada is in line 2 too"),
    ],
)
def test_a_broken_roster(text: str, says: str) -> None:
    with pytest.raises(ClassError, match=says):
        roster.parsed(text.encode())


def test_gradescope_groups_share_a_submission(tmp_path: Path) -> None:
    metadata = (
        b"---\nsubmission_1:\n  :submitters:\n  - :name: Ada\n    :sid: '7'\n  - :name: Bob\n"
        b"    :email: b@c.d\n  :created_at: 2026-11-02 18:30:00.5 Z\n"
        b"submission_2:\n  :submitters:\n  - :name: &a [x, x]\n    :sid: [*a, *a]\n"
    )
    folder = "assignment_9_export"
    files = {
        f"{folder}/submission_metadata.yml": metadata,
        f"{folder}/submission_1/ex1.py": CODE,
        f"{folder}/submission_2/ex1.py": CODE,
        f"{folder}/submission_3/ex1.py": CODE,
    }
    found = imported(tmp_path, archive(tmp_path / "export.zip", files))
    at = datetime(2026, 11, 2, 18, 30, tzinfo=UTC)
    assert [(e.learner, e.ids, e.submitted) for e in found.new] == [
        ("Ada", {"gradescope": "1", "sid": "7"}, at),
        ("Bob", {"gradescope": "1", "email": "b@c.d"}, at),
        ("submission 2", {"gradescope": "2"}, None),
    ]
    assert "does not say whose submission 3 is" in found.attention[0].problem


def test_times_of_nbgrader() -> None:
    assert moment("2015-02-02 15:58:23.948203 America/Los_Angeles\n").isoformat() == (
        "2015-02-02T15:58:23-08:00"
    )
    assert moment("2015-02-02 15:58:23.948203 UTC") == datetime(2015, 2, 2, 15, 58, 23, tzinfo=UTC)
    assert moment("yesterday") is None
    assert moment("2015-02-02 15:58:23 ../../etc/passwd") is None


# which exercise


def test_what_grade_itself_has_kept_is_no_newer_version(tmp_path: Path) -> None:
    """A workspace that is handed in may hold what `reset` and `init --upgrade` left beside a file:
    its last version is the file itself."""
    names = dated(Path("ex1_predictions.py"))
    first, second = next(names).name, next(names).name
    starter = next(dated(Path("ex1_predictions.starter.py"))).name
    files = {
        f"ada/exercises/{name}": CODE + f"# {name}\n".encode()
        for name in ("ex1_predictions.py", first, second, starter)
    }
    found = imported(tmp_path, tree(tmp_path / "all", files))
    versions = {entry.version: Path(entry.source).name for entry in found.new}
    assert versions == {1: first, 2: second, 3: "ex1_predictions.py"}
    assert found.left_out == 1 and not found.attention
    alone = imported(tmp_path, tree(tmp_path / "only", {f"eve/{first}": CODE}))
    assert who(alone)[-1] == ("eve", "ex1", 1)


@pytest.mark.parametrize(
    ("name", "stem", "before", "copy"),
    [
        ("ex3_flatten.py", "ex3", "", 0),
        ("Ex3_Flatten.PY", "ex3", "", 0),
        ("ex3_flatten (1).py", "ex3", "", 1),
        ("ex3_flatten-2.py.txt", "ex3", "", 2),
        ("anna_ex03.py", "ex3", "anna", 0),
        ("anna_ex3.2026-11-28_16-40_2.py", "ex3", "anna", -1),
        ("Exercise 3.ipynb", "ex3", "", 0),
        ("flatten_v2.py", "ex3", "", 2),
        ("Müller - flatten final.py", "ex3", "Müller", 1),
        ("ex33.py", None, "", 0),
        ("ex3_ex5.py", None, "", 0),
        ("flattened.py", None, "", 0),
        ("index1.py", None, "", 0),
    ],
)
def test_an_exercise_in_a_name(name: str, stem: str | None, before: str, copy: int) -> None:
    found = Matcher(Course.open()).named(name)
    assert (found.exercise and found.exercise.id, found.before, found.copy) == (stem, before, copy)


def test_an_exercise_by_what_it_is_in_and_by_what_it_defines() -> None:
    matcher = Matcher(Course.open())
    assert matcher.of(("ex5.zip", "work.py"), ("ex3.zip",), "").id == "ex5"
    assert matcher.of(("work.py",), ("ex3.zip",), "").id == "ex3"
    assert matcher.of(("work.py",), (), CODE.decode()).id == "ex1"
    assert matcher.of(("work.py",), (), "def build_mlp(:\n").id == "ex5"
    both = matcher.of(("work.py",), (), "def count_parameters(): pass")
    assert both == "It defines functions of ex2 and ex5. Name the file after one, or split it."
    assert "Neither its name" in matcher.of(("work.py",), (), "")


def test_the_end_of_a_name_is_kept_if_it_is_all() -> None:
    assert bare("-1.py") == ("-1", 0)
    assert bare("work copy (2).py") == ("work", 2)


def test_a_notebook_is_kept_as_it_is(tmp_path: Path) -> None:
    data = b'{"cells": [{"source": ["import x\\n", "def softmax(z):\\n"]}], "nbformat": 4}'
    found = imported(tmp_path, tree(tmp_path / "all", {"ada/work.ipynb": data, "bob/ex1.py": CODE}))
    assert [e.file for e in found.new] == [
        "submissions/ada/ex1_predictions/1.ipynb",
        "submissions/bob/ex1_predictions/1.py",
    ]


# nothing is trusted


def test_no_link_is_followed(tmp_path: Path) -> None:
    secret = tree(tmp_path / "secret", {"ex1.py": CODE})
    download = tree(tmp_path / "all", {"ada/ex1.py": CODE})
    (download / "bob").symlink_to(secret)
    (download / "ada/ex3.py").symlink_to(secret / "ex1.py")
    os.mkfifo(download / "ada/ex5.py")
    found = imported(tmp_path, download)
    assert who(found) == [("ada", "ex1", 1)]
    assert {source: text.partition(",")[0] for source, text in problems(found).items()} == {
        "all/ada/ex3.py": "It is a link",
        "all/ada/ex5.py": "It is no regular file. Ask for the file.",
        "all/bob": "It is a link",
    }


def linked(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def test_archives_lead_nowhere_and_bring_no_links(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("ada/../../../ex1.py", CODE)
        made.writestr("/etc/ex1.py", CODE)
        made.writestr("C:/ex1.py", CODE)
        made.writestr("..\\eve\\ex1.py", CODE)
        made.writestr(linked("bob/ex1.py"), "/etc/passwd")
        made.writestr("kim/ex1.py", CODE)
    found = imported(tmp_path, path)
    assert who(found) == [("kim", "ex1", 1)]
    assert len(found.attention) == 5
    texts = Counter(row.problem.partition(".")[0] for row in found.attention)
    assert texts == {
        "Its name leads out of the archive": 4,
        "It is a link, and links are not followed": 1,
    }
    files = [path for path in (tmp_path / "class").rglob("*") if path.is_file()]
    assert len([path for path in files if path.suffix == ".py"]) == 1


def test_archives_have_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "MAX_INNER_ENTRIES", 6)
    one, many = (
        packed({f"ex1 ({number}).py": CODE for number in range(count)}) for count in (1, 7)
    )
    deep = one
    for _ in range(4):
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w") as made:
            made.writestr("deeper.zip", deep)
        deep = outer.getvalue()
    files = {
        "bomb/ex1.py": b"\0" * (4 << 20),
        "many/work.zip": many,
        "deep/work.zip": deep,
        "broken/work.zip": one[:-30],
        "large/ex1.py": os.urandom(300 << 10).hex().encode(),
        "kim/ex1.py": CODE,
    }
    found = imported(tmp_path, archive(tmp_path / "all.zip", files))
    assert who(found) == [("kim", "ex1", 1)]
    told = {source.split("/")[1]: text for source, text in problems(found).items()}
    assert {who: text.partition(" (")[0].partition(".")[0] for who, text in told.items()} == {
        "bomb": f"It unpacks to 4,194,304 bytes from {told['bomb'].split()[6]}".rstrip("."),
        "many": "The archive has more than 6 files",
        "deep": "It is an archive in too many others",
        "broken": "It is a damaged archive",
        "large": "It is larger than 256 KiB",
    }


def test_an_archive_may_lie_about_sizes(tmp_path: Path) -> None:
    path = archive(tmp_path / "all.zip", {"ada/ex1.py": b"#" * 5000, "kim/ex1.py": CODE})
    data = path.read_bytes()
    at = data.index(b"PK\x01\x02") + 24  # the size in the directory
    path.write_bytes(data[:at] + struct.pack("<I", 10) + data[at + 4 :])
    found = imported(tmp_path, path)
    assert ("kim", "ex1", 1) in who(found)
    assert len(found.new) + len(found.attention) == 2


def test_names_without_a_flag_are_utf8_all_the_same(tmp_path: Path) -> None:
    path = archive(tmp_path / "all.zip", {"Zo\u0308e/ex1.py": CODE, "kim/ex1.py": CODE})
    data = path.read_bytes().replace(b"\0\x08\x08\0", b"\0\0\x08\0")  # the flag, in the entry
    data = data.replace(b"\0\x08\x08\0", b"\0\0\x08\0")
    path.write_bytes(data)
    assert {each.parts[1] for each in collected(path)} == {"Z\xf6e", "kim"}


def test_names_that_no_folder_may_have(tmp_path: Path) -> None:
    names = ["..", "a:b", "CON.", "x" * 300, "A", "a", "\x1b]0;x"]
    files = {f"{name}_{n}_assignsubmission_file/ex1.py": CODE for n, name in enumerate(names)}
    found = imported(tmp_path, archive(tmp_path / "all.zip", files))
    folders = [entry.file.split("/")[1] for entry in found.new]
    assert len({name.casefold() for name in folders}) == len(folders) == len(names)
    assert all(len(name.encode()) < 90 and name.strip(". \x1b") == name for name in folders)


def test_an_import_that_was_killed_is_done_again(tmp_path: Path) -> None:
    download = tree(tmp_path / "all", {"ada/ex1.py": CODE, "bob/ex1.py": CODE})
    left = {"ada/ex1_predictions/1.py": CODE, "bob/ex1_predictions/1.py": b"another"}
    tree(tmp_path / "class/submissions", left)
    found = imported(tmp_path, download)
    assert [e.file for e in found.new] == [
        "submissions/ada/ex1_predictions/1.py",
        "submissions/bob/ex1_predictions/2.py",
    ]


@pytest.mark.parametrize("data", [b"no archive", b""])
def test_what_is_no_download(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "all.rar"
    path.write_bytes(data)
    with pytest.raises(ClassError, match="neither a folder nor a ZIP archive"):
        imported(tmp_path, path)


def test_encodings() -> None:
    from grader.classroom.intake.content import converted, kind

    assert converted("# é\n".encode("utf-16")) == (
        "# é\n".encode(),
        "It was UTF-16 and is UTF-8 now.",
    )
    assert converted("# “é\n".encode("cp1252"))[0] == "# “é\n".encode()
    assert converted(b"# \x81\n")[0] == "# \x81\n".encode()
    declared = "# -*- coding: cp1251 -*-\n# Привет\n".encode("cp1251")
    assert converted(declared) == (declared, "")
    latin = b"# coding: latin-1\n# \xe9\n"
    assert converted(latin) == (latin, "")
    assert converted(b"# coding: punycode\n# \xe9\n")[1] == "It was Latin-1 and is UTF-8 now."
    han = "# 把像素归一化，再训练\nx = '准确率'\n"
    assert converted(han.encode("gbk")) == (han.encode(), "It was GB 2312 and is UTF-8 now.")
    for text in ("# la fonction créée\n", "# Größe, überall, Äöüß\n", "# größe\n"):
        data = text.encode("cp1252")
        assert converted(data) == (text.encode(), "It was Latin-1 and is UTF-8 now.")
    with pytest.raises(ValueError, match="no text"):
        converted(b"\0\1")
    with pytest.raises(ValueError, match="no text"):
        converted(b"\xff\xfe\x00")
    for name, data in [("a.docx", b"PK\x03\x04"), ("ex1.py", b"%PDF-1"), ("ex1.png", b"")]:
        with pytest.raises(ValueError, match=r"Ask for the \.py file"):
            kind((name,), data)
    assert [kind((n,), b"x") for n in ("ex1", "a.PY", "a.py.txt", "x.ipynb", ".x")] == [
        *[".py", ".py", ".py", ".ipynb", ".py"]
    ]


def test_entries_are_data() -> None:
    assert hash(Entry("a", "A", "ex1_a", 1, "f")) == hash(Entry("a", "A", "ex1_a", 1, "f"))


# damage


@pytest.mark.parametrize("kind", ["folder", "archive"])
def test_an_empty_download_is_said_to_be(kind: str, tmp_path: Path) -> None:
    path = archive(tmp_path / "anna_ex3.zip", {})
    if kind == "folder":
        path = tmp_path / "anna"
        path.mkdir()
    good = archive(tmp_path / "all.zip", {"ada/ex3_flatten.py": CODE})
    found = imported(tmp_path, path, good)
    assert problems(found) == {path.name: "The download is empty. Download it again."}
    assert who(found) == [("ada", "ex3", 1)]


def damaged_name(path: Path) -> Path:
    """An archive that calls a name UTF-8 which is not."""
    archive(path, {"é_ex3.py": CODE})
    path.write_bytes(path.read_bytes().replace("é".encode(), b"\xff\xfe"))
    return path


def damaged_lzma(path: Path) -> Path:
    """An archive whose packed bytes are no LZMA."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("ex3_flatten.py", CODE * 100)
    data = bytearray(path.read_bytes())
    begin = data.index(b"ex3_flatten.py") + len("ex3_flatten.py") + 4
    data[begin : begin + 20] = b"\xff" * 20
    path.write_bytes(data)
    return path


def far_away(path: Path) -> Path:
    """An archive whose file begins further away than any file is long."""
    archive(path, {"ex3_flatten.py": CODE})
    data = bytearray(path.read_bytes())
    entry, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    extra = struct.pack("<HHQ", 1, 8, 2**64 - 1)  # the offset as 64 bits
    size, length = struct.unpack_from("<I", data, end + 12)[0], len("ex3_flatten.py")
    struct.pack_into("<I", data, end + 12, size + len(extra))
    struct.pack_into("<H", data, entry + 30, len(extra))
    struct.pack_into("<I", data, entry + 42, 0xFFFFFFFF)
    data[entry + 46 + length : entry + 46 + length] = extra
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("damage", [damaged_name, damaged_lzma, far_away])
def test_one_damaged_archive_hides_no_other(damage: Callable[[Path], Path], tmp_path: Path) -> None:
    inner = damage(tmp_path / "inner.zip")
    outer = {"ada/ex3.zip": inner.read_bytes(), "bob/ex3_flatten.py": CODE}
    found = imported(tmp_path, archive(tmp_path / "all.zip", outer))
    assert who(found) == [("bob", "ex3", 1)]
    ((source, problem),) = problems(found).items()
    assert source.startswith("all.zip/ada/ex3.zip") and "Ask for it again." in problem


def test_a_download_with_names_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(ClassError, match="neither a folder nor a ZIP archive that can be read"):
        imported(tmp_path, damaged_name(tmp_path / "all.zip"))
