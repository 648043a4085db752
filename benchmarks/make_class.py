"""Makes the downloads of a class from the course's right, wrong and misconceived files.

python benchmarks/make_class.py OUT [--learners 12] [--exercises ex1,ex3] [--layout moodle]
                                [--seed 1] [--plain]

The same arguments make the same bytes. ``OUT`` holds the downloads, and ``truth.csv`` says what
each file is: whose, for which exercise, and whether it can be graded. 200 learners and all
exercises make the class that docs/benchmarks.md measures.
"""

import argparse
import csv
import hashlib
import io
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.authoring.overlay import whole
from grader.course import Course, Exercise

LAYOUTS = (
    *("folders", "flat", "workspaces", "moodle", "moodle-flat", "canvas", "gradescope"),
    *("nbgrader", "brightspace", "blackboard"),
)
FIRST = [
    "Müller Zoë",
    "Ángel Núñez",
    "王芳",
    "Дарья Орлова",
    "محمد علي",
    "Ada Lovelace",
    "Jörg Weiß",
]
MORE = ["Kim", "Li", "Osei", "Rossi", "Sato", "Novák", "Ivanova", "Silva", "Haddad", "Nguyen"]
_NEVER = "\n\nwhile True:\n    pass\n"
_ASKS = '\n\ndef _ask():\n    return 1\n\n\nnumber = [input("Which? ")]\n'


@dataclass(frozen=True)
class Handed:
    """A file that a learner hands in.

    Attributes:
        learner: the learner's number.
        exercise: the stem of its exercise.
        path: what the learner calls it, with folders and archives of their own.
        data: its bytes.
        graded: the text as it is to be graded; ``None`` if it can't be, and needs a look.
        kind: what it was made from.
        late: whether it is late.
    """

    learner: int
    exercise: str
    path: str
    data: bytes
    graded: bytes | None
    kind: str
    late: bool = False


@dataclass
class Class:
    """What was made.

    Attributes:
        downloads: the paths to import.
        files: each file that was handed in.
        names: of the learners, by number.
        left_out: how many files are nobody's work.
    """

    downloads: list[Path] = field(default_factory=list)
    files: list[Handed] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    left_out: int = 0


def made(
    out: Path,
    course: Course,
    exercises: list[Exercise],
    layout: str = "moodle",
    learners: int = 12,
    seed: int = 1,
    odd: bool = True,
) -> Class:
    """Make the downloads of a class in a new folder.

    Args:
        out: the folder.
        course: whose files are handed in.
        exercises: those that the class has done.
        layout: one of ``LAYOUTS``.
        learners: how many there are.
        seed: of everything.
        odd: whether some files are what learners really hand in: with another encoding or name,
            in archives, twice, cut off, no Python at all.
    """
    draw = random.Random(seed)
    result = Class(names=[_name(n) for n in range(learners)])
    for exercise in exercises:
        pool = list(_pool(exercise))
        for learner in range(learners):
            if draw.random() < 0.05:
                continue  # nothing was handed in
            kind, text = draw.choices(pool, [weight for _, _, weight in pool])[0][:2]
            result.files.append(_handed(learner, exercise, kind, text, draw, layout))
    if odd:
        _make_odd(result.files, draw)
    out.mkdir(parents=True)
    _write(out, layout, result, course, exercises)
    return result


def _name(number: int) -> str:
    turn, index = divmod(number, len(FIRST))
    more = "".join(f" {MORE[int(digit)]}" for digit in str(turn)) if turn else ""
    return FIRST[index] + more


def _pool(exercise: Exercise) -> Iterator[tuple[str, str, float]]:
    """What the course has: kind, text, and how often learners write such a file."""
    solution = exercise.solution.read_text("utf-8")
    right = [("right", solution)]
    right += [("right", path.read_text("utf-8")) for path in exercise.accepted]
    typical = [("misconception", m.path.read_text("utf-8")) for m in exercise.misconceptions]
    wrong = [
        ("wrong", whole(solution, text) if w.overlay else text)
        for w in exercise.wrong
        for text in [w.path.read_text("utf-8")]
    ]
    kinds = [(right, 50.0), (typical, 30.0), (wrong, 15.0), ([("stub", exercise.made_stub())], 5.0)]
    for files, weight in kinds:
        for kind, text in files:
            yield kind, text, weight / len(files)


def _handed(
    learner: int, exercise: Exercise, kind: str, text: str, draw: random.Random, layout: str
) -> Handed:
    signed = text if kind == "stub" else f"{text}\n# {_name(learner)}\n"  # texts of their own
    data = signed.encode()
    path = exercise.stub.name if layout != "workspaces" else f"exercises/{exercise.stub.name}"
    return Handed(learner, exercise.stem, path, data, data, kind, late=draw.random() < 0.1)


# what learners really hand in: each takes one file and gives what comes instead


def _encoded(file: Handed, encoding: str) -> list[Handed]:
    text = file.data.decode().encode("ascii", "replace").decode() + "# Grüße\n"
    return [replace(file, data=text.encode(encoding), graded=text.encode())]


def _marked(file: Handed) -> list[Handed]:
    data = b"\xef\xbb\xbf" + file.data.replace(b"\n", b"\r\n")
    return [replace(file, data=data, graded=data)]


def _renamed(file: Handed, change: str) -> list[Handed]:
    stem = file.path.removesuffix(".py")
    return [replace(file, path=change.format(stem, stem.title(), stem.rpartition("_")[2]))]


def _twice(file: Handed) -> list[Handed]:
    old = file.data + b"# the first try\n"
    first = replace(file, data=old, graded=old)
    return [first, replace(file, path=file.path.removesuffix(".py") + " (1).py")]


def _added(file: Handed, text: str, kind: str) -> list[Handed]:
    data = file.data + text.encode()
    return [replace(file, data=data, graded=data, kind=kind)]


def _cut(file: Handed) -> list[Handed]:
    data = file.data[: len(file.data) // 2].decode("utf-8", "ignore").encode() + b"\n    f(("
    return [replace(file, data=data, graded=data, kind="cut off")]


def _zipped(file: Handed, depth: int) -> list[Handed]:
    outer = "/".join(f"work{level}.zip" for level in range(depth, 0, -1))
    return [replace(file, path=f"{outer}/{file.path}")]


def _useless(file: Handed, path: str, data: bytes) -> list[Handed]:
    return [replace(file, path=path, data=data, graded=None, kind="useless")]


_ODD = (
    lambda f: _encoded(f, "utf-16"),
    _marked,
    lambda f: _encoded(f, "latin-1"),
    _twice,
    lambda f: _renamed(f, "{1}.PY"),
    lambda f: _renamed(f, "{0}.py.txt"),
    lambda f: _renamed(f, "{2}.py"),
    lambda f: _zipped(f, 1),
    lambda f: _zipped(f, 2),
    lambda f: _useless(f, "work.zip", _archive({})),
    lambda f: _useless(f, "essay.pdf", b"%PDF-1.7\n"),
    lambda f: _useless(f, "escapes.zip", _archive({"../../ex1_escaped.py": b"x = 1\n"})),
    lambda f: _added(f, _NEVER, "hangs"),
    lambda f: _added(f, _ASKS, "asks"),
    _cut,
)


def _make_odd(files: list[Handed], draw: random.Random) -> None:
    """Exchange some files, each oddity once in twelve learners at least."""
    usual = [file for file in files if file.kind != "stub"]
    draw.shuffle(usual)
    rounds = max(1, len(files) // (12 * len(_ODD)))
    for _ in range(rounds):
        for odd in _ODD:
            if not usual:
                return
            file = usual.pop()
            at = files.index(file)
            files[at : at + 1] = odd(file)


# downloads


def _write(out: Path, layout: str, made: Class, course: Course, exercises: list[Exercise]) -> None:
    """One archive an exercise where systems make such, else one folder for all."""
    if layout in ("folders", "flat", "workspaces", "nbgrader"):
        root = out / "class"
        for path, data in _placed(layout, made, made.files):
            _write_file(root / path, data)
        made.downloads = [root]
    else:
        for exercise in exercises:
            files = [file for file in made.files if file.exercise == exercise.stem]
            archive = out / f"{exercise.id}-download.zip"
            archive.write_bytes(_archive(dict(_placed(layout, made, files))))
            made.downloads.append(archive)
    with (out / "truth.csv").open("w", encoding="utf-8", newline="") as table:
        rows = csv.writer(table)
        rows.writerow(["learner", "exercise", "kind", "late", "digest"])
        for file in made.files:
            digest = "" if file.graded is None else hashlib.sha256(file.graded).hexdigest()
            rows.writerow([made.names[file.learner], file.exercise, file.kind, file.late, digest])


def _write_file(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    assert not path.exists(), path
    path.write_bytes(data)


def _placed(layout: str, made: Class, files: list[Handed]) -> Iterator[tuple[str, bytes]]:
    """Paths in a download and their bytes, archives of learners packed."""
    packed: dict[str, dict[str, bytes]] = {}
    for number, file in enumerate(files):
        path = _path(layout, made, file, number)
        if ".zip/" in path:
            outer, _, inner = path.partition(".zip/")
            packed.setdefault(f"{outer}.zip", {})[inner] = file.data
        else:
            yield path, file.data
    for path, inside in packed.items():
        yield path, _packed(inside)
    if layout == "nbgrader":
        for learner, exercise in {(f.learner, f.exercise) for f in files}:
            stamp = f"2026-11-0{1 + learner % 9} 18:30:00.25 UTC"
            name = made.names[learner]
            yield f"submitted/{name}/{exercise.partition('_')[0]}/timestamp.txt", stamp.encode()
            made.left_out += 1
    if layout == "brightspace":
        yield "index.html", b"<html>"
        made.left_out += 1
    if layout == "blackboard":
        for learner, exercise in sorted({(f.learner, f.exercise) for f in files}):
            about = f"Name: {made.names[learner]} (user{learner})\r\nFiles:\r\n"
            yield f"{_attempt(learner, exercise)}.txt", about.encode()
            made.left_out += 1
    if layout == "gradescope":
        yield "assignment_7_export/submission_metadata.yml", _metadata(made, files).encode()
        made.left_out += 1
    yield "__MACOSX/._x.py", b"\0\5"
    yield ".DS_Store", b"\0"
    made.left_out += 2


def _packed(inside: dict[str, bytes]) -> bytes:
    """An archive with archives in it."""
    files: dict[str, bytes] = {}
    deeper: dict[str, dict[str, bytes]] = {}
    for path, data in inside.items():
        if ".zip/" in path:
            outer, _, inner = path.partition(".zip/")
            deeper.setdefault(f"{outer}.zip", {})[inner] = data
        else:
            files[path] = data
    return _archive(files | {path: _packed(more) for path, more in deeper.items()})


def _path(layout: str, made: Class, file: Handed, number: int) -> str:
    name = made.names[file.learner]
    short, user = file.exercise.partition("_")[0], 1000 + file.learner
    match layout:
        case "folders" | "workspaces":
            # what several exercises bring under one name is in a folder of its own
            named = file.path.lower().removeprefix("exercises/").startswith("ex")
            return f"{name}/{file.path}" if named else f"{name}/{short}/{file.path}"
        case "flat":
            return f"{name}_{short}_{file.path}"
        case "moodle":
            return f"{name}_{user}_assignsubmission_file/{file.path}"
        case "moodle-flat":
            return f"{name}_{user}_assignsubmission_file_{file.path}"
        case "canvas":
            sortable = "".join(c for c in name.lower() if c.isalnum())
            late = "_LATE" if file.late else ""
            return f"{sortable}{late}_{user}_{50_000 + number}_{file.path}"
        case "gradescope":
            return f"assignment_7_export/submission_{file.learner + 1}/{file.path}"
        case "nbgrader":
            return f"submitted/{name}/{short}/{file.path}"
        case "brightspace":
            return f"{user}-170649 - {name} - Nov {1 + file.learner % 9}, 2026 930 PM/{file.path}"
        case "blackboard":
            return f"{_attempt(file.learner, file.exercise)}_{file.path}"
    raise ValueError(layout)


def _attempt(learner: int, exercise: str) -> str:
    short = exercise.partition("_")[0]
    return f"{short}_user{learner}_attempt_2026-11-0{1 + learner % 9}-18-30-00"


def _metadata(made: Class, files: list[Handed]) -> str:
    lines = ["---"]
    for learner in sorted({file.learner for file in files}):
        lines += [
            f"submission_{learner + 1}:",
            "  :submitters:",
            f'  - :name: "{made.names[learner]}"',
            f"    :sid: '{1000 + learner}'",
            f"    :email: learner{learner}@example.org",
            f"  :created_at: 2026-11-02 18:{learner % 60:02}:00.000000000 Z",
            "  :score: 0.0",
        ]
    return "\n".join(lines) + "\n"


def _archive(files: dict[str, bytes]) -> bytes:
    """A ZIP archive; the same files make the same bytes."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(path, (2026, 11, 2, 18, 30, 0)), content)
    return data.getvalue()


def main() -> None:
    """Make a class."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--learners", type=int, default=12)
    parser.add_argument("--exercises", default="")
    parser.add_argument("--layout", choices=LAYOUTS, default="moodle")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--course", type=Path)
    parser.add_argument("--plain", action="store_true", help="no oddities")
    given = parser.parse_args()
    course = Course.open(given.course)
    wanted = [course.exercise(name) for name in given.exercises.split(",") if name]
    exercises = wanted or list(course.exercises)
    odd = not given.plain
    result = made(given.out, course, exercises, given.layout, given.learners, given.seed, odd)
    print(f"{len(result.files)} files in {', '.join(map(str, result.downloads))}")


if __name__ == "__main__":
    main()
