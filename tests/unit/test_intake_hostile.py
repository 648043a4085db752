"""Downloads in which one learner is after another's work, or after the machine that reads them."""

import io
import zipfile
from pathlib import Path

import pytest
import yaml

from grader.classroom import roster
from grader.classroom.classfolder import ClassFolder
from grader.classroom.intake import gradescope, importing, incoming
from grader.classroom.intake.importing import Imported, import_downloads
from grader.classroom.intake.incoming import collected
from grader.classroom.intake.levels import Levels
from grader.course import Course
from grader.errors import ClassError

CODE = b"def softmax(logits):\n    return logits\n"
WORSE = CODE + b"# not Bob's\n"


def imported(folder: Path, *downloads: Path, **more: object) -> Imported:
    place = ClassFolder.open(folder / "class", make=True)
    with place.locked():
        return import_downloads(place, Course.open(), downloads, **more)


def packed(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


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


@pytest.mark.parametrize("text", ["name" + "x" * 200_000, 'name,"a\nb', "name\n" + "x" * 200_000])
def test_a_roster_that_is_no_csv_is_a_sentence(text: str) -> None:
    with pytest.raises(ClassError, match="this is not CSV"):
        roster.parsed(text.encode())
