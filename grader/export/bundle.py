"""What another machine needs to grade one exercise: this grader as a wheel, and the hidden files.

The wheel is made from the package that is running, so that it needs neither the repository nor a
build tool; its metadata are those of the installation.
"""

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath

from grader._version import DISTRIBUTION
from grader.course import Exercise
from grader.errors import GraderError
from grader.i18n import _

Files = dict[str, bytes]  # by their paths in an archive

COURSE = "course"  # the folder of an archive that has the exercise and its hidden files
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same content makes the same archive


def archive(files: Mapping[str, bytes], executable: frozenset[str] = frozenset()) -> bytes:
    """A zip of files by their paths; those that are to be run have the permission."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            packed = name.endswith((".whl", ".npz"))  # already
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if name in executable else 0o100644) << 16
            made.writestr(entry, files[name])
    return buffer.getvalue()


def bundle(exercise: Exercise) -> Files:
    """The wheel of this grader, and the folder of a course that has this one exercise."""
    name, wheel = _wheel()
    return {name: wheel} | {f"{COURSE}/{path}": data for path, data in _course(exercise)}


def _course(exercise: Exercise) -> Iterator[tuple[str, bytes]]:
    """The files that the exercise's hash is made from, its stub, and what labs have measured."""
    yield f"exercises/{exercise.stem}.py", exercise.stub.read_bytes()
    for path in (*exercise.graded_by, *(exercise.root / "labs").glob("*.json")):
        yield path.relative_to(exercise.root).as_posix(), path.read_bytes()


def _wheel() -> tuple[str, bytes]:
    """The name and the bytes of a wheel of the running package, without any course.

    Source: https://packaging.python.org/en/latest/specifications/binary-distribution-format/
    """
    package = Path(__file__).resolve().parents[1]
    files = {
        (PurePosixPath("grader") / path.relative_to(package).as_posix()).as_posix(): path
        for path in package.rglob("*")
        if path.is_file() and not {"__pycache__", "_course"} & set(path.parts)
    }
    version, metadata = _metadata()
    name = f"{DISTRIBUTION.replace('-', '_')}-{version}"
    content = {arcname: path.read_bytes() for arcname, path in files.items()}
    content |= {f"{name}.dist-info/{file}": data for file, data in metadata.items()}
    record = f"{name}.dist-info/RECORD"
    lines = [f"{path},{_digest(data)},{len(data)}" for path, data in sorted(content.items())]
    content[record] = "\n".join([*lines, f"{record},,", ""]).encode()
    return f"{name}-py3-none-any.whl", archive(content)


def _metadata() -> tuple[str, Files]:
    try:
        installed = distribution(DISTRIBUTION)
    except PackageNotFoundError:
        raise GraderError(
            _(
                "The grader is not installed here, so it can't be packed. Install it "
                "with pip, and run the command again."
            )
        ) from None
    found = {name: installed.read_text(name) for name in ("METADATA", "entry_points.txt")}
    found["WHEEL"] = (
        f"Wheel-Version: 1.0\nGenerator: {DISTRIBUTION} {installed.version}\n"
        "Root-Is-Purelib: true\nTag: py3-none-any\n"
    )
    return installed.version, {name: text.encode() for name, text in found.items() if text}


def _digest(data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest())
    return f"sha256={digest.rstrip(b'=').decode()}"
