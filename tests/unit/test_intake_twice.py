"""One name twice, or nearly: what unpacking would leave is the newer version, and none is lost."""

import io
import os
import tarfile
import unicodedata
import warnings
import zipfile
from pathlib import Path

import pytest

from downloads import imported
from grader.classroom.intake.importing import Imported

OLD, NEW = (b"def predicted_labels(p):\n    return %d\n" % n for n in (1, 2))
BO = ("bo/ex1_predictions.py", b"def predicted_labels(p):\n    return 3\n")
ACCENT = unicodedata.normalize("NFC", "\u00e9")
APART = unicodedata.normalize("NFD", ACCENT)


def packed(*files: tuple[str, bytes]) -> bytes:
    """An archive with files in their order, also two of one name."""
    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w") as archive:
        warnings.simplefilter("ignore")
        for name, data in files:
            archive.writestr(name, data)
    return packed.getvalue()


def versions(found: Imported, root: Path, learner: str) -> list[bytes]:
    """The texts of a learner, in the order of their versions."""
    own = sorted(
        (entry for entry in found.new if entry.learner == learner), key=lambda entry: entry.version
    )
    return [(root / "class" / entry.file).read_bytes() for entry in own]


SAME = {
    "one name twice": ("ex1.py", "ex1.py"),
    "two ways to write a letter": (f"ex1_{ACCENT}.py", f"ex1_{APART}.py"),
    "the same, the other way round": (f"ex1_{APART}.py", f"ex1_{ACCENT}.py"),
    "small and capital letters": ("ex1.py", "EX1.PY"),
    "capital and small letters": ("Ex1.Py", "ex1.py"),
    "a folder in capitals": ("Src/ex1.py", "src/ex1.py"),
    "a blank at the end": ("ex1.py", "ex1.py "),
    "a dot at the end": ("ex1.py.", "ex1.py"),
    "a number before the ending": ("ex1.py", "ex1 (1).py"),
    "a number of Canvas": ("ex1.py", "ex1-1.py"),
    "a number behind all": ("ex1.py", "ex1.py (1)"),
    "a number of wget": ("ex1.py", "ex1.py.1"),
    "a hash and a number": ("ex1.py", "ex1.py#2"),
    "another ending": ("ex1.py", "ex1.pyw"),
}


def own(two: tuple[str, str]) -> list[tuple[str, bytes]]:
    return list(zip(two, (OLD, NEW), strict=True))


ARRANGED = {
    "a learner's archive": lambda who, two: [(f"{who}/ex1.zip", packed(*own(two)))],
    "an archive in it": lambda who, two: [
        (f"{who}/all.zip", packed(("ex1.zip", packed(*own(two)))))
    ],
    "the download": lambda who, two: [(f"{who}/{name}", data) for name, data in own(two)],
}


@pytest.mark.parametrize("where", ARRANGED)
def test_the_later_of_one_name_is_the_newer_version(where: str, tmp_path: Path) -> None:
    files = [each for who, two in SAME.items() for each in ARRANGED[where](who, two)]
    download = tmp_path / "all.zip"
    download.write_bytes(packed(*files))
    found = imported(tmp_path, download)
    assert not found.attention and not found.beside
    taken = {who: versions(found, tmp_path, who) for who in SAME}
    assert taken == {who: [OLD, NEW] for who in SAME}
    assert len({entry.source for entry in found.new}) == 2 * len(SAME), "each is named"
    again = imported(tmp_path, download)
    assert not again.new and again.known == 2 * len(SAME)


def test_in_a_folder_what_was_written_later_is_newer(tmp_path: Path) -> None:
    names = [each for who, two in SAME.items() for each in ARRANGED["the download"](who, two)]
    root = tmp_path / "all"
    for at, (name, data) in enumerate(names):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():  # no folder holds a name twice
            path = path.with_name("ex1 (1).py")
        path.write_bytes(data)
        os.utime(path, (1e9 + at, 1e9 + at))
        os.utime(path.parent, (1e9 + at, 1e9 + at))
    found = imported(tmp_path, root)
    assert not found.attention and not found.beside
    taken = {who: versions(found, tmp_path, who) for who in SAME}
    assert taken == {who: [OLD, NEW] for who in SAME}


def test_two_archives_of_one_name_count_both(tmp_path: Path) -> None:
    download = tmp_path / "all.zip"
    archives = [("anna/ex1.zip", packed(("ex1.py", text))) for text in (OLD, NEW)]
    download.write_bytes(packed(*archives, BO))
    found = imported(tmp_path, download)
    assert versions(found, tmp_path, "anna") == [OLD, NEW]
    assert not found.attention and not found.beside


def test_of_a_file_alone_that_is_there_twice_a_learner_is_no_other(tmp_path: Path) -> None:
    download = tmp_path / "anna.zip"
    download.write_bytes(packed(("ex1.py", OLD), ("ex1.py", NEW)))
    assert versions(imported(tmp_path, download), tmp_path, "anna") == [OLD, NEW]
    names = tmp_path / "names.zip"
    names.write_bytes(packed(("ex1/anna.py", OLD), ("ex1/anna.py", NEW), ("ex1/bo.py#2", NEW)))
    found = imported(tmp_path / "names", names, layout="names")
    assert versions(found, tmp_path / "names", "anna") == [OLD, NEW]


def tar(kind: str) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=f"w:{kind}") as archive:
        for text in (OLD, NEW):
            info = tarfile.TarInfo("ex1.py")
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text))
    return packed.getvalue()


ASKED = {
    "ex1.tar": (tar(""), "an archive"),
    "ex1.tgz": (tar("gz"), "an archive"),
    "ex1.tar.gz": (tar("gz"), "an archive"),
    "ex1.tar.xz": (tar("xz"), "an archive"),
    "ex1.7z": (b"7z\xbc\xaf\x27\x1c", "an archive"),
    "ex1.rar": (b"Rar!\x1a\x07", "an archive"),
    "ex1.tar.zst": (b"\x28\xb5\x2f\xfd", "an archive"),
    "ex1.whl": (packed(("ex1.py", NEW)), "an archive"),
    "ex1 (1).py": (b"\n", "empty"),
}


def test_what_may_be_newer_and_cant_be_read_is_never_dismissed(tmp_path: Path) -> None:
    files = [
        file
        for name, (data, _said) in ASKED.items()
        for file in ((f"of {name}/ex1.py", OLD), (f"of {name}/{name}", data))
    ]
    download = tmp_path / "all.zip"
    download.write_bytes(packed(*files))
    found = imported(tmp_path, download)
    problems = {row.source.rpartition("/")[2]: row.problem for row in found.attention}
    assert problems.keys() == ASKED.keys() and not found.beside
    assert all(said in problems[name] for name, (_data, said) in ASKED.items())
