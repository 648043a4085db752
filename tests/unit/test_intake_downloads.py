"""Downloads as systems and people really make them: whose each file is, and what needs a look.

What is expected was written down before the import saw any of them. Each file that came in is
counted: as new, as known, in a row of attention.csv, or as left out because it is nobody's work.
"""

import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from downloads import imported, who
from grader.classroom.attention import parsed
from support import called, packed

ONE = b"def softmax(scores):\n    return scores\n"
TWO = b"def timed_fit(model, x, y, epochs):\n    return {}\n"
THREE = b"def flatten_images(images):\n    return images\n"
BOOK = b'{"cells": [{"source": ["def softmax(z):\\n"]}], "nbformat": 4}'
PDF, PNG, DOCX = b"%PDF-1.7\n", b"\x89PNG\r\n", b"PK\x03\x04word/document.xml"


@dataclass
class Download:
    """What came in, and what is to become of it.

    Attributes:
        files: by their names.
        who: learner, exercise and version of each submission.
        look: rows that a person has to look at: the end of a path, a part of the sentence.
        beside: the ends of paths that ask for nothing.
        left: files of systems and editors.
        layout: what it is taken for.
        name: of the download.
    """

    files: dict[str, bytes]
    who: list[tuple[str, str, int]]
    look: dict[str, str] = field(default_factory=dict)
    beside: list[str] = field(default_factory=list)
    left: int = 0
    layout: str = "plain"
    name: str = "all"


def moodle(who: str, number: int, file: str) -> str:
    return f"{who}_{number}_assignsubmission_file/{file}"


DOWNLOADS = {
    # Moodle
    "moodle, names with a comma, an apostrophe, quotes, emoji, and right to left": Download(
        {
            moodle("Müller, Zoë", 11, "ex1.py"): ONE,
            moodle("Niamh O'Brien", 12, "ex1.py"): ONE,
            moodle('Bo "Bobby" Li', 13, "ex1.py"): ONE,
            moodle("🦊 Fox", 14, "ex1.py"): ONE,
            moodle("محمد علي", 15, "ex1.py"): ONE,
            moodle("Agent 007", 16, "ex1.py"): ONE,
            "Max Weiß_17_assignsubmission_onlinetext/onlinetext.html": b"<p>x</p>",
        },
        [(who, "ex1", 1) for who in ("Müller, Zoë", "Niamh O'Brien", 'Bo "Bobby" Li', "🦊 Fox",
                                     "محمد علي", "Agent 007")],
        {"onlinetext.html": "typed into Moodle"},
        layout="moodle",
    ),
    "moodle, a whole workspace, and one as an archive that a Mac has made": Download(
        {
            moodle("Ada", 1, "exercises/ex1_predictions.py"): ONE,
            moodle("Ada", 1, "exercises/ex2_neurons.py"): TWO,
            moodle("Ada", 1, "README.md"): b"# Mine\n",
            moodle("Ada", 1, ".grade/progress.sqlite3"): b"SQLite",
            moodle("Bo", 2, "Archive.zip"): packed(
                {"work/ex1_predictions.py": ONE, "__MACOSX/work/._ex1_predictions.py": b"\0\5",
                 "work/.DS_Store": b"\0", "work/__pycache__/ex1.cpython-312.pyc": b"\0"}
            ),
        },
        [("Ada", "ex1", 1), ("Ada", "ex2", 1), ("Bo", "ex1", 1)],
        beside=["README.md"],
        left=4,
        layout="moodle",
    ),
    "moodle, zipped again on Windows, with backslashes": Download(
        {
            "Ex 1\\Ada Li_3_assignsubmission_file\\ex1.py": ONE,
            "Ex 1\\Bo Li_4_assignsubmission_file\\desktop.ini": b"[x]",
            "Ex 1\\Bo Li_4_assignsubmission_file\\ex1 (1).py": ONE,
            "Ex 1\\Thumbs.db": b"\xd0",
        },
        [("Ada Li", "ex1", 1), ("Bo Li", "ex1", 1)],
        left=2,
        layout="moodle",
        name="all.zip",
    ),
    "moodle, teams, two of one name": Download(
        {
            moodle("Team Rocket", 5, "ex1.py"): ONE,
            moodle("Team Rocket", 6, "ex1.py"): ONE + b"#",
            moodle("Blue", 7, "ex1.py"): ONE,
        },
        [("Blue", "ex1", 1), ("Team Rocket", "ex1", 1), ("Team Rocket (6)", "ex1", 1)],
        layout="moodle",
    ),
    # Canvas
    "canvas, two of one name, digits in a file's name, a group, a late one": Download(
        {
            "liwei_12_900_2026_11_02_ex1.py": ONE,
            "liwei_13_901_ex1.py": ONE + b"#",
            "group3_LATE_14_902_ex1-1.py": ONE,
            "o'brien_15_903_ex1.py": ONE,
        },
        [("group3", "ex1", 1), ("liwei", "ex1", 1), ("liwei (13)", "ex1", 1)],
        {"o'brien_15_903_ex1.py": "not where canvas puts"},
        layout="canvas",
    ),
    "canvas, a notebook with its PDF, a picture, a report of somebody without code": Download(
        {
            "adali_12_900_ex1_predictions.ipynb": BOOK,
            "adali_12_901_ex1_predictions.pdf": PDF,
            "adali_12_902_plot.png": PNG,
            "boli_13_903_ex1_predictions.pdf": PDF,
            "cyli_14_904_ex1.docx": DOCX,
        },
        [("adali", "ex1", 1)],
        {"903_ex1_predictions.pdf": "a PDF document", "904_ex1.docx": "an Office document"},
        ["901_ex1_predictions.pdf", "902_plot.png"],
        layout="canvas",
    ),
    # others
    "gradescope, zipped again without its list": Download(
        {"submission_101/ex1.py": ONE, "submission_102/ex1.py": ONE},
        [("submission_101", "ex1", 1), ("submission_102", "ex1", 1)],
    ),
    "gradescope, a group, and a name with a colon": Download(
        {
            "assignment_7_export/submission_metadata.yml": (
                "submission_1:\n  :submitters:\n  - :name: 'Ann: B'\n    :sid: 1\n"
                "  - :name: \"芳\"\n    :sid: 2\nsubmission_2:\n  :submitters:\n  - :name: Cy\n"
            ).encode(),
            "assignment_7_export/submission_1/ex1.py": ONE,
            "assignment_7_export/submission_2/notes.md": b"sorry",
        },
        [("Ann: B", "ex1", 1), ("芳", "ex1", 1)],
        {"submission_2/notes.md": "not a Python file"},
        left=1,
        layout="gradescope",
    ),
    "nbgrader, with checkpoints": Download(
        {
            "submitted/ada/ps1/ex1_predictions.ipynb": BOOK,
            "submitted/ada/ps1/.ipynb_checkpoints/ex1_predictions-checkpoint.ipynb": BOOK,
            "submitted/ada/ps1/timestamp.txt": b"2026-11-02 18:30:00 UTC",
            "submitted/bo/ps1/ex1_predictions.html": b"<html>",
        },
        [("ada", "ex1", 1)],
        {"bo/ps1/ex1_predictions.html": "not a Python file"},
        left=2,
        layout="nbgrader",
    ),
    "brightspace in German and in French": Download(
        {
            "index.html": b"<html>",
            "104840-170649 - Ada Lovelace - 2. November 2026 1022/ex1.py": ONE,
            "104841-170649 - Zoé Petit-Jean - 2 nov. 2026 10 h 22/ex1.py": ONE,
        },
        [("Ada Lovelace", "ex1", 1), ("Zoé Petit-Jean", "ex1", 1)],
        left=1,
        layout="brightspace",
    ),
    "blackboard in French": Download(
        {
            "TP 1_ada7_Tentative_2026-11-02-18-30-00_ex1.py": ONE,
            "TP 1_ada7_Tentative_2026-11-02-18-30-00.txt": b"Nom : Ada Lovelace (ada7)\n",
            "TP 1_bo_Tentative_2026-11-03-18-30-00_ex1.py": ONE,
        },
        [("Ada Lovelace", "ex1", 1), ("bo", "ex1", 1)],
        left=1,
        layout="blackboard",
    ),
    "a service's times in one file's name make no download of Blackboard": Download(
        {"ada/ex1.py": ONE, "bo/ex1.py": ONE, "x_cy_backup_2026-11-02-18-30-00_ex1.py": ONE},
        [("ada", "ex1", 1), ("bo", "ex1", 1), ("x_cy_backup_2026-11-02-18-30-00", "ex1", 1)],
    ),
    # people's folders
    "numbered groups are not versions of one": Download(
        {f"group-{n}/ex1.py": ONE + b"#" * n for n in (1, 2, 12)},
        [("group-1", "ex1", 1), ("group-12", "ex1", 1), ("group-2", "ex1", 1)],
    ),
    "numbered archives are not versions of one": Download(
        {f"student ({n}).zip": packed({"ex1.py": ONE + b"#" * n}) for n in (1, 2)},
        [("student (1)", "ex1", 1), ("student (2)", "ex1", 1)],
    ),
    "a second download of an archive is a version": Download(
        {"ada.zip": packed({"ex1.py": ONE}), "ada (1).zip": packed({"ex1.py": ONE + b"#"}),
         "bo.zip": packed({"ex1.py": ONE})},
        [("ada", "ex1", 1), ("ada", "ex1", 2), ("bo", "ex1", 1)],
    ),
    "people whom their teacher has numbered": Download(
        {"Jo Li/ex1.py": ONE, "Jo Li (2)/ex1.py": ONE + b"#", "Max v2/ex1.py": ONE},
        [("Jo Li", "ex1", 1), ("Jo Li (2)", "ex1", 1), ("Max v2", "ex1", 1)],
    ),
    "what Windows and macOS call copies, in four languages": Download(
        {
            "ada/ex1_predictions.py": ONE,
            "ada/ex1_predictions - Copy.py": ONE + b"#1",
            "bo/ex1_predictions copy 2.py": ONE,
            "cy/ex1_predictions - Kopie (2).py": ONE,
            "di/ex1_predictions - 副本.py": ONE,
            "ed/ex1_predictions のコピー.py": ONE,
            "flo/EX1_PR~1.PY": ONE,
        },
        [(who, "ex1", 1) for who in ("ada", "bo", "cy", "di", "ed", "flo")] + [("ada", "ex1", 2)],
    ),
    "copies in one flat folder are nobody's names": Download(
        {
            "Copy of ex1_predictions.py": ONE,
            "ex1_predictions copy 2.py": ONE + b"#1",
            "ex1_predictions最终版.py": ONE + b"#2",
        },
        [("Kim", "ex1", 1), ("Kim", "ex1", 2), ("Kim", "ex1", 3)],
        name="Kim",
    ),
    "what comes last is what counts": Download(
        {
            "ada/ex1_predictions.py": ONE,
            "ada/ex1_predictions_final.py": ONE + b"#1",
            "ada/ex1_predictions final 2.py": ONE + b"#2",
            "ada/ex1_predictions最终版3.py": ONE + b"#3",
        },
        [("ada", "ex1", n) for n in (1, 2, 3, 4)],
    ),
    "Google Drive, all of one name, from a class": Download(
        {"ex1_predictions.py": ONE, "ex1_predictions (1).py": ONE + b"#",
         "ex1_predictions (2).py": ONE + b"##"},
        [],
        dict.fromkeys(("ex1_predictions.py", "(1).py", "(2).py"), "its name has no learner"),
        name="Exercise 1-20261102T183000Z-001.zip",
    ),
    "an exercise's archive, each file called after its learner": Download(
        {"ada.py": ONE, "bo.py": ONE},
        [],
        {"ada.py": "--from names", "bo.py": "--from names"},
        name="ex1.zip",
    ),
    "one flat folder, each file called after its learner": Download(
        {"ada.py": ONE, "bo.py": ONE},
        [],
        {"ada.py": "--from names", "bo.py": "--from names"},
    ),
    "one flat folder of mixed exercises, learners before and names of all kinds": Download(
        {
            "O'Brien, Niamh_ex1.py": ONE,
            "O'Brien, Niamh_ex3.py": THREE,
            "Smith_Jones_ex1_predictions.py": ONE,
            "20261234_ex1.py": ONE,
            "🦊_ex1.py": ONE,
            "Ada Lovelace - ex3_flatten (1).py": THREE,
            "(Bo Li) ex3.ipynb": BOOK,
        },
        [("O'Brien, Niamh", "ex1", 1), ("O'Brien, Niamh", "ex3", 1), ("Smith_Jones", "ex1", 1),
         ("20261234", "ex1", 1), ("🦊", "ex1", 1), ("Ada Lovelace", "ex3", 1), ("Bo Li", "ex3", 1)],
    ),
    "the same person in composed and decomposed letters": Download(
        {"Zoe\u0308/ex1.py": ONE, "Zo\u00eb_ex3.py": THREE, "Bo/ex1.py": ONE},
        [("Bo", "ex1", 1), ("Zoë", "ex1", 1), ("Zoë", "ex3", 1)],
    ),
    "sections above learners are asked about": Download(
        {"Section A/ada/ex1.py": ONE, "Section A/bo/ex1.py": ONE + b"#", "cy/ex1.py": ONE},
        [("cy", "ex1", 1)],
        {"ada/ex1.py": "the folders ada and bo", "bo/ex1.py": "import the folder Section A"},
    ),
    "a section of one learner is no learner, as the others are none": Download(
        {"Section A/ada/ex1.py": ONE, "Section A/bo/ex1.py": ONE + b"#", "Section B/cy/ex1.py": ONE,
         "Section C/di/ex1.py": ONE, "Section C/ed/ex1.py": ONE + b"#",
         "Section C/ed/ex3.py": THREE},
        [],
        dict.fromkeys(("ada/ex1.py", "bo/ex1.py", "di/ex1.py", "ed/ex1.py", "ed/ex3.py"), "folders")
        | {"cy/ex1.py": "Section B holds the folder cy, which may be a learner's"},
    ),
    "folders of one learner's own": Download(
        {"ada/homework/ex1.py": ONE, "ada/ex1/ex1.py": ONE + b"#",
         "ada/Exercise 1/ex1.py": ONE + b"!", "bo/my work/ex1.py": ONE,
         "cy/mine/ex1.py": ONE, "cy/mine/ex3.py": THREE},
        [*(("ada", "ex1", n) for n in (1, 2, 3)), ("bo", "ex1", 1), ("cy", "ex1", 1),
         ("cy", "ex3", 1)],
    ),
    "a learner's own versions are no learners": Download(
        {"ada/Version 9/ex1.py": ONE, "ada/Version 10/ex1.py": ONE + b"#",
         "ada/old/ex1.py": ONE + b"!", "bo/ex1.py": ONE},
        [("ada", "ex1", 1), ("ada", "ex1", 2), ("ada", "ex1", 3), ("bo", "ex1", 1)],
    ),
    "Microsoft Teams": Download(
        {
            f"Submitted files/{who}/Exercise 1/Version {n}/ex1_predictions.py": ONE + b"#" * n
            for who, n in (("Ada Li", 1), ("Ada Li", 2), ("Bo Li", 1))
        },
        [("Ada Li", "ex1", 1), ("Ada Li", "ex1", 2), ("Bo Li", "ex1", 1)],
    ),
    # repositories
    "repositories with all that is in them": Download(
        {
            f"ex1-{who}/{name}": data
            for who in ("ada", "bo")
            for name, data in {
                "ex1_predictions.py": ONE, "README.md": b"#", "LICENSE": b"MIT\n", "plot.png": PNG,
                "requirements.txt": b"numpy\n", "setup.cfg": b"[x]\n", "tests/__init__.py": b"",
                ".git/config": b"", ".gitignore": b"x",
            }.items()
        },
        [("ada", "ex1", 1), ("bo", "ex1", 1)],
        beside=[
            f"{who}/{name}"
            for who in ("ada", "bo")
            for name in ("README.md", "LICENSE", "plot.png", "requirements.txt", "setup.cfg",
                         "tests/__init__.py")
        ],
        left=4,
    ),
    "one repository, by its own name": Download(
        {"ex1_predictions.py": ONE, "README": b"x\n"}, [("ada", "ex1", 1)], beside=["README"],
        name="ex1-ada",
    ),
    # what is in files
    "empty files, one blank, one beside another exercise": Download(
        {"ada/ex1.py": b"", "bo/ex1.py": b"\xef\xbb\xbf \r\n", "cy/ex1.py": ONE, "cy/ex2.py": b""},
        [("cy", "ex1", 1)],
        {"ada/ex1.py": "is empty", "bo/ex1.py": "is empty", "cy/ex2.py": "is empty"},
    ),
    "a document for an exercise that has no code": Download(
        {"ada/ex1.py": ONE, "ada/ex3.docx": DOCX, "ada/ex3.png": PNG, "ada/report.pdf": PDF},
        [("ada", "ex1", 1)],
        {"ex3.docx": "an Office document", "ex3.png": "a picture", "report.pdf": "a PDF document"},
    ),
    "wrong endings": Download(
        {
            "ada/ex1.py.txt": ONE, "bo/ex1": ONE, "cy/ex1.TXT": ONE, "di/ex1.rtf": b"{\\rtf1",
            "ed/ex1.pyc": b"\xcb\r\r\n", "flo/ex1.py.zip": ONE, "gus/ex1.ipynb.json": BOOK,
            "hal/ex1.rar": b"Rar!\x1a",
        },
        [(who, "ex1", 1) for who in ("ada", "bo", "cy", "gus")],
        {"ex1.rtf": "an RTF document", "ex1.pyc": "not a Python file", "ex1.rar": "an archive",
         "ex1.py.zip": "damaged archive"},
    ),
    "other encodings": Download(
        {
            "ada/ex1.py": ("# Grüße\n".encode("utf-16") + ONE.decode().encode("utf-16-le")),
            "bo/ex1.py": "# 归一化\n".encode("gbk") + ONE,
            "cy/ex1.py": "# 正規化表\n".encode("shift_jis") + ONE,
            "di/ex1.py": b"\xef\xbb\xbf" + ONE.replace(b"\n", b"\r\n"),
            "ed/ex1.py": "# Größe – “x”\n".encode("cp1252") + ONE,
            "flo/ex1.py": ONE.decode().encode("utf-16-le"),
        },
        [(who, "ex1", 1) for who in ("ada", "bo", "cy", "di", "ed")],
        {"flo/ex1.py": "bytes that are no text"},
    ),
    "archives in archives, and other kinds of archives": Download(
        {
            "ada.zip": packed({"homework.zip": packed({"a/ex1.py": ONE, "a/ex3.py": THREE})}),
            "bo/ex1.7z": b"7z\xbc\xaf\x27\x1c",
            "cy/ex1.tar.gz": b"\x1f\x8b\x08",
        },
        [("ada", "ex1", 1), ("ada", "ex3", 1)],
        {"ex1.7z": "an archive", "ex1.tar.gz": "an archive"},
    ),
    "a helper beside the file that imports it": Download(
        {"ada/ex1.py": b"import utils\n" + ONE, "ada/utils.py": b"x = 1\n"},
        [("ada", "ex1", 1)],
        {"utils.py": "Neither its name nor its functions"},
    ),
    "a notebook, its script, its page and its checkpoint": Download(
        {"ada/ex1.ipynb": BOOK, "ada/ex1.py": ONE, "ada/ex1.html": b"<html>", "ada/ex1.pdf": PDF,
         "ada/.ipynb_checkpoints/ex1-checkpoint.ipynb": BOOK, "bo/Untitled.ipynb": BOOK},
        [("ada", "ex1", 1), ("ada", "ex1", 2), ("bo", "ex1", 1)],
        beside=["ex1.html", "ex1.pdf"],
        left=1,
    ),
    "what has no system's word in it, named by the exercise in Chinese": Download(
        {"王芳/练习1.py": ONE, "李雷/ex1最终版.py": ONE, "李雷/说明.md": b"x"},
        [("李雷", "ex1", 1), ("王芳", "ex1", 1)],
        beside=["说明.md"],
    ),
}  # fmt: skip


def written(folder: Path, download: Download) -> Path:
    path = folder / download.name
    if download.name.endswith(".zip"):
        path.write_bytes(packed(download.files))
        return path
    for name, data in download.files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return path


def count(files: dict[str, bytes]) -> int:
    """How many files came in, with those in archives."""
    total = 0
    for name, data in files.items():
        if name.endswith(".zip") and zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                total += count({inner: archive.read(inner) for inner in archive.namelist()})
        else:
            total += 1
    return total


@pytest.mark.parametrize("kind", DOWNLOADS)
def test_whose_each_file_is_and_what_needs_a_look(kind: str, tmp_path: Path) -> None:
    download = DOWNLOADS[kind]
    path = written(tmp_path, download)
    found = imported(tmp_path, path)
    assert who(found) == sorted(download.who)
    assert list(found.layouts.values()) == [download.layout]
    rows = {row.source: row.problem for row in found.attention}
    assert len(rows) == len(download.look), rows
    for end, part in download.look.items():
        assert any(s.endswith(end) and part in problem for s, problem in rows.items()), (end, rows)
    quiet = sorted(row.source for row in found.beside)
    assert len(quiet) == len(download.beside), quiet
    assert all(any(s.endswith(end) for s in quiet) for end in download.beside), quiet
    assert found.left_out == download.left
    sources = {entry.source for entry in found.new}
    assert len(sources) + len(rows) + len(quiet) + found.left_out == count(download.files)

    again = imported(tmp_path, path)
    assert (again.new, again.known) == ([], len(found.new))
    assert (again.attention, again.beside) == (found.attention, found.beside)


def test_what_asks_for_nothing_comes_last(tmp_path: Path) -> None:
    imported(tmp_path, written(tmp_path, DOWNLOADS["repositories with all that is in them"]))
    (tmp_path / "all/ex1-bo/help.py").write_bytes(b"x = 1\n")
    imported(tmp_path, tmp_path / "all")
    rows = parsed((tmp_path / "class/attention.csv").read_bytes())
    assert [row.quiet for row in rows] == [False] + [True] * 12
    assert called(tmp_path, "class", "report", "class", "--no-feedback").returncode == 0
    page = (tmp_path / "class/report/class.html").read_text("utf-8")
    assert "1 file that came in could not be taken" in page


def test_the_last_of_versions_counts(tmp_path: Path) -> None:
    for kind in ("what comes last is what counts", "a learner's own versions are no learners"):
        found = imported(tmp_path / kind, written(tmp_path / kind, DOWNLOADS[kind]))
        last = max((e for e in found.new if e.learner == "ada"), key=lambda entry: entry.version)
        assert last.source.endswith(("最终版3.py", "Version 10/ex1.py"))


def test_each_file_may_be_called_after_its_learner(tmp_path: Path) -> None:
    files = {
        "ex1/ada.py": ONE, "ex1/bo.zip": packed({"work/ex1.py": ONE}), "ex1/group-1.py": ONE,
        "ex1/group-2.ipynb": BOOK, "ex3/ada.py": THREE, "ex3/Jo Li (2).py": THREE,
        "ex3/ex3_flatten.py": THREE,
    }  # fmt: skip
    found = imported(tmp_path, written(tmp_path, Download(files, [])), layout="names")
    assert who(found) == [
        *[("Jo Li (2)", "ex3", 1), ("ada", "ex1", 1), ("ada", "ex3", 1), ("bo", "ex1", 1)],
        *[("group-1", "ex1", 1), ("group-2", "ex1", 1)],
    ]
    assert [row.source for row in found.attention] == ["all/ex3/ex3_flatten.py"]


def test_names_that_windows_in_chinese_has_packed(tmp_path: Path) -> None:
    def name(written: bytes) -> str:
        return written.decode("cp437")

    names = ["王芳/ex1.py".encode("gbk"), "Müller/ex1.py".encode("cp437"), "Zoë/ex1.py".encode()]
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number, each in enumerate(names):
            info = zipfile.ZipInfo(f"{number}" * len(each))
            archive.writestr(info, ONE)
    data = path.read_bytes()
    for number, each in enumerate(names):
        data = data.replace(f"{number}".encode() * len(each), each)
    path.write_bytes(data)
    assert [each[0] for each in who(imported(tmp_path, path))] == ["Müller", "Zoë", "王芳"]


def test_an_import_needs_no_memory_for_all_that_it_reads(tmp_path: Path) -> None:
    import tracemalloc

    big = ONE + b"#" * 200_000
    files = {f"{n:03}/ex1.py": big + b"%d" % n for n in range(150)}
    path = written(tmp_path, Download(files, [], name="all.zip"))
    imported(tmp_path / "first", path)  # what is only loaded once
    tracemalloc.start()
    try:
        found = imported(tmp_path, path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(found.new) == 150
    assert most < 8 << 20, "30 MB came in"
