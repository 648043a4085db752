"""Downloads in which one learner is after another's work, or after the machine that reads them."""

import resource
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from downloads import imported
from grader.classroom import manifest, roster
from grader.classroom.intake import (
    blackboard,
    exercises,
    gradescope,
    importing,
    incoming,
    plain,
)
from grader.classroom.intake.importing import Imported
from grader.classroom.intake.incoming import collected
from grader.classroom.intake.levels import Levels
from grader.errors import ClassError
from support import packed

CODE = b"def softmax(logits):\n    return logits\n"
WORSE = CODE + b"# not Bob's\n"


def download(folder: Path, files: dict[str, bytes]) -> Path:
    path = folder / "all.zip"
    path.write_bytes(packed(files))
    return path


def of(found: Imported) -> dict[str, list[str]]:
    """The sources of each learner's submissions."""
    sources: dict[str, list[str]] = {}
    for entry in found.new:
        sources.setdefault(entry.learner, []).append(entry.source)
    return sources


POSING = {
    "nbgrader": {f"submitted/bob/ex1/ex1 ({n}).py": WORSE for n in range(9)},
    "moodle": {f"bob_12_assignsubmission_file_/ex1 ({n}).py": WORSE for n in range(9)},
    "canvas": {f"bob_12_{n}_ex1.py": WORSE for n in range(9)},
    "gradescope": {
        "submission_metadata.yml": b"submission_9:\n  :submitters:\n  - :name: bob\n",
        **{f"submission_9/ex1 ({n}).py": WORSE for n in range(9)},
    },
}


@pytest.mark.parametrize("archived", [False, True])
@pytest.mark.parametrize("system", POSING)
def test_no_learner_decides_how_a_download_is_read(
    system: str, archived: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"{name}/ex1.py": CODE + name.encode() for name in ("ada", "bob", "kim")}
    posing = POSING[system]
    if archived:
        files["eve/work.zip"] = packed(posing)
    else:
        files |= {f"eve/{name}": data for name, data in posing.items()}
    path = download(tmp_path, files)
    found = imported(tmp_path / "kept", path)
    assert found.layouts == {str(path): "plain"}
    sources = of(found)
    sources.pop("eve", None)
    assert sources == {name: [f"all.zip/{name}/ex1.py"] for name in ("ada", "bob", "kim")}

    monkeypatch.setattr(Levels, "most", lambda *_: True)
    without = imported(tmp_path / "fooled", path)
    assert list(without.layouts.values()) == [system]
    assert not of(without).keys() & {"ada", "kim"}, "nobody else is in"
    assert all("eve" in source for source in of(without)["bob"]), "and Eve passes for Bob"


def test_no_learner_describes_a_submission_in_gradescope(tmp_path: Path) -> None:
    outer = b"".join(
        b"submission_%d:\n  :submitters:\n  - :name: %s\n    :sid: '%d'\n" % (n, name, n)
        for n, name in ((1, b"Bob"), (2, b"Eve"))
    )
    inner = (
        b"submission_2:\n  :submitters:\n  - :name: Bob\n    :sid: '1'\n"
        b"  :created_at: 2099-01-01 00:00:00 Z\n"
    )
    files = {
        "e/submission_metadata.yml": outer,
        "e/submission_1/ex1.py": CODE,
        "e/submission_2/ex1.py": WORSE,
        "e/submission_2/submission_metadata.yml": inner,
        "e/submission_2/submission_2/ex1 (1).py": WORSE + b"#",
    }
    found = imported(tmp_path, download(tmp_path, files))
    assert of(found) == {
        "Bob": ["all.zip/e/submission_1/ex1.py"],
        "Eve": ["all.zip/e/submission_2/ex1.py", "all.zip/e/submission_2/submission_2/ex1 (1).py"],
    }


@pytest.mark.parametrize(
    "pattern",
    [
        "Exercise 1_{0}_attempt_2026-11-02-18-30-0{1}_{2}",
        "{0}_1{1}_assignsubmission_file_{2}",
        "{0}_1{1}_90{1}_{2}",
        "10484{1}-170649 - {0} - Nov 2, 2026 112 AM - {2}",
    ],
)
def test_no_name_of_a_file_names_another_learner(pattern: str, tmp_path: Path) -> None:
    """In flat downloads it stands behind the system's own words."""
    files = {
        pattern.format("bob", 1, "ex1.py"): CODE,
        pattern.format("eve", 2, pattern.format("x_bob", 1, "ex1.py")): WORSE,
        pattern.format("ada", 3, "ex1.py"): CODE + b"#",
    }
    sources = of(imported(tmp_path, download(tmp_path, files)))
    assert len(sources) == 3 and len(sources["bob"]) == 1
    assert "eve" in sources["eve"][0]


def test_downloads_side_by_side_are_read_as_before(tmp_path: Path) -> None:
    one = b"submission_%d:\n  :submitters:\n  - :name: Bob\n    :sid: '1'\n"
    files = {
        f"{name}/{file}": data
        for n, name in enumerate(("ex1", "ex3"), 1)
        for file, data in {
            "submission_metadata.yml": one % n,
            f"submission_{n}/work.py": CODE,
        }.items()
    }
    found = imported(tmp_path, download(tmp_path, files))
    assert list(found.layouts.values()) == ["gradescope"]
    assert [(e.learner, e.exercise.partition("_")[0]) for e in found.new] == [
        ("Bob", "ex1"), ("Bob", "ex3"),
    ]  # fmt: skip


def test_what_describes_others_is_small(tmp_path: Path) -> None:
    large = b"2026-11-02 18:30:00 UTC\n" + b" " * (1 << 20)
    path = download(
        tmp_path, {f"submitted/{n}/ex1/{f}": d for n in ("ada", "bob") for f, d in
                   (("ex1.py", CODE), ("timestamp.txt", large[: 100_000]))}
    )  # fmt: skip
    paths = [each.parts for each in collected(path)]
    described = importing._described(path, Levels(paths))
    assert len(described) == 2 and max(map(len, described.values())) <= 4096


def test_metadata_takes_nothing_over_from_other_parts() -> None:
    """Each level would have ten times as many entries as the one before."""
    lines = ["a0: &a0 {x: 1}"]
    lines += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}]}}" for n in range(1, 12)]
    assert gradescope._read("\n".join(lines).encode()) == {}
    assert yaml.safe_load("\n".join(lines[:3]))["a2"] == {"x": 1}, "YAML alone takes over all"


@pytest.mark.parametrize("sign", ["_", ".py", " (1)", "-1", "v"])
def test_a_name_is_no_longer_than_a_files(sign: str, tmp_path: Path) -> None:
    """What looks for the exercise in a name of 60,000 characters would take minutes."""
    long = sign * (60_000 // len(sign))
    found = imported(tmp_path, download(tmp_path, {f"ada/{long}!": CODE, "kim/ex1.py": CODE}))
    assert list(of(found)) == ["kim"]
    (row,) = found.attention
    assert row.problem.startswith("Its name is longer than a file's can be")
    assert len(row.source) < 1_100


def test_archives_in_archives_share_what_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = {f"{n}.txt": bytes(1 << 16) for n in range(8)}
    deep = packed({f"{n}.zip": packed(work) for n in range(8)})
    deeper = packed({f"{n}.zip": deep for n in range(8)})
    path = download(tmp_path, {"eve/work.zip": deeper, "kim/ex1.py": CODE})

    def unpacked() -> int:
        return sum(not each.fault for each in collected(path))

    assert unpacked() == 8**3 + 1, "33 MiB of 4 KiB"
    monkeypatch.setattr(incoming, "MAX_INNER_BYTES", 1 << 20)
    assert unpacked() < 20
    found = imported(tmp_path, path)
    assert list(of(found)) == ["kim"]
    assert any(row.problem.startswith("Too much is in this archive") for row in found.attention)
    monkeypatch.setattr(incoming, "MAX_INNER_BYTES", 1 << 30)
    monkeypatch.setattr(incoming, "MAX_INNER_ENTRIES", 50)
    assert unpacked() < 50


def test_nobody_has_thousands_of_versions_graded(tmp_path: Path) -> None:
    """An archive holds ten thousand, and where the best counts a class would wait for all."""
    for count, taken in ((100, ["eve"] * 100), (101, [])):
        work = packed({f"{n}/ex1.py": CODE + b"#%d" % n for n in range(count)})
        files = {"eve/work.zip": work, "kim/ex1.py": CODE}
        found = imported(tmp_path / str(count), download(tmp_path, files))
        assert [entry.learner for entry in found.new] == [*taken, "kim"]
    assert {row.problem for row in found.attention} == {
        "eve has 101 files for ex1_predictions, and each would be a version. Keep the one that "
        "counts, and import again."
    }


def test_a_long_list_of_an_archive_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A third of a megabyte can list a million files, each of which takes some hundred bytes."""
    listed = incoming.MAX_INNER_ENTRIES + 1
    entry = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, *[0] * 9, 1, *[0] * 6) + b"a"
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, listed, listed, listed * len(entry), 0, 0)
    path = download(tmp_path, {"eve/work.zip": entry * listed + end, "kim/ex1.py": CODE})
    assert path.stat().st_size < 5_000
    read: list[int] = []
    reading = zipfile.ZipFile._RealGetContents  # type: ignore[attr-defined]

    def counted(archive: zipfile.ZipFile) -> None:
        reading(archive)
        read.append(len(archive.filelist))

    monkeypatch.setattr(zipfile.ZipFile, "_RealGetContents", counted)
    faults = [each.fault for each in collected(path) if each.fault]
    assert faults == ["The archive has more than 10,000 files. Ask for the code alone."]
    assert read == [2]
    monkeypatch.setattr(incoming, "_LISTED", b"nothing")
    assert [each.fault for each in collected(path) if each.fault] == faults
    assert read == [2, 2, listed], "without a look at it first"


def test_what_asks_for_more_memory_than_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LZMA takes as much as the archive says, up to 4 GiB."""

    def greedy(*words: object) -> object:
        raise MemoryError

    path = download(tmp_path, {"eve/ex1.py": CODE, "kim/ex1.py": CODE})
    monkeypatch.setattr(zipfile.ZipFile, "open", greedy)
    found = imported(tmp_path, path)
    assert {row.problem for row in found.attention} == {
        "It can't be unpacked (Cannot allocate memory). Ask for it again."
    }


@pytest.mark.parametrize(
    "value",
    ["!!int ''", "!!float ''", "!!bool maybe", "!!timestamp soon", "!!binary 'ä'", "[" * 5_000],
)
def test_metadata_are_of_the_types_that_they_claim(value: str) -> None:
    assert gradescope._read(f"submission_1: {{a: {value}}}".encode()) == {}


@pytest.mark.parametrize("blank", [" ", "\\t", "\\n", "\\u00a0", "\\u3000", "\\x1c"])
def test_blanks_around_a_name_keep_nobody_out(blank: str, tmp_path: Path) -> None:
    """A table is read without them, and nobody may have two rows for one version."""
    people = "".join(
        f'submission_{n}:\n  :submitters:\n  - :name: "{name}"\n    :sid: {n}\n'
        for n, name in enumerate(("Bob", f"Bob{blank}", f"{blank}Bob", blank), 1)
    )
    files = {f"submission_{n}/ex1.py": CODE + b"#%d" % n for n in range(1, 5)}
    found = imported(tmp_path, download(tmp_path, {gradescope.METADATA: people.encode()} | files))
    kept = manifest.parsed((tmp_path / "class" / manifest.NAME).read_bytes())
    assert [(e.learner, e.version) for e in kept] == [(e.learner, 1) for e in found.new]
    assert {e.learner for e in kept} == {"Bob", "Bob (2)", "Bob (3)", "submission 4"}


@pytest.mark.parametrize(
    "text", [" " * 200_000 + "x", "a (" * 60_000, "( " * 90_000, "(a" * 90_000]
)
def test_a_file_that_describes_others_takes_no_time(text: str) -> None:
    """Anybody may hand in one with such a name; 4,000 characters took twenty seconds."""
    assert blackboard._NAME.match(f"Name: {text}") is None


@pytest.mark.parametrize(
    "look",
    [blackboard.DESCRIBING.fullmatch, blackboard._FILE.fullmatch, plain._ENDING.search,
     plain._AGAIN.search, exercises._ENDINGS.search, exercises._AGAIN.search],
)  # fmt: skip
@pytest.mark.parametrize("sign", ["_", "a_", ".py", " - ", "_aa_2026"])
def test_no_pattern_goes_back_over_a_name(look: Callable[[str], object], sign: str) -> None:
    """Ten thousand names of 1,000 characters took hours; so would a longer one."""
    assert look(sign * (200_000 // len(sign)) + "!") is None


def test_a_name_of_very_many_words() -> None:
    """Any of its words may be the first, and each order is as long as the name."""
    long = " ".join(f"a{n}" for n in range(30_000))
    assert len(roster.spellings(long)) == 20
    assert roster.spellings("de la Cruz Ana Sofia") & roster.spellings("Ana Sofia de la Cruz")


def test_no_room_for_what_comes_in(tmp_path: Path) -> None:
    """What is still to be written then is not written when the file is closed, either."""
    path = download(tmp_path, {f"kim/ex1 ({n}).py": CODE * 20 * n for n in range(1, 9)})
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, before[1]))
    try:
        with pytest.raises(ClassError, match=r"can't be written \(File too large\)"):
            imported(tmp_path, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert len(imported(tmp_path, path).new) == 8


@pytest.mark.parametrize("text", ["name" + "x" * 200_000, 'name,"a\nb', "name\n" + "x" * 200_000])
def test_a_roster_that_is_no_csv_is_a_sentence(text: str) -> None:
    with pytest.raises(ClassError, match="this is not CSV"):
        roster.parsed(text.encode())
