"""OAT's qti-sdk, the library of the TAO platform, reads our QTI 2.2 and marks answers.

python scripts/readers/qti_sdk.py SDK [--schema imsqti_v2p2.xsd]

``SDK`` is a folder with oat-sa/qti-sdk; PHP is needed on the command line. Each question is
answered in every way that it has, and the marks are compared with ours. With ``--schema``, xmllint
(Debian: libxml2-utils) also compares every item and test with the schema, which qti-sdk has among
its files.
"""

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from calling import answered, arguments
from grader.quiz.export.qti22 import qti22
from made import sheets, ways

HERE = Path(__file__).resolve().parent


def marked(sdk: Path, place: Path) -> bool:
    """Answer the questions in a folder; returns whether all marks are ours."""
    asked = {
        sheet.name(question): list(ways(question))
        for sheet in sheets()
        for question in sheet.questions
        if (place / f"items/{sheet.name(question)}.xml").is_file()
    }
    tries = {name: [(kind, given) for kind, given, _ in each] for name, each in asked.items()}
    (place / "tries.json").write_text(json.dumps(tries))
    found = answered("php", HERE / "qti_sdk.php", sdk, place / "items", place / "tries.json")
    wrong, same = [], 0
    for name, theirs in found.items():
        if isinstance(theirs, str):
            wrong.append(f"{name}: {theirs}")
            continue
        for (_, given, ours), mark in zip(asked[name], theirs, strict=True):
            good = mark is not None and abs(mark - ours) < 1e-6
            same += good
            wrong += [] if good else [f"{name}: {given!r} is worth {mark} there and {ours} here"]
    count = sum(map(len, asked.values()))
    print(f"qti22: {len(asked)} items, {count} answers given, {same} marks as ours")
    print(*(f"  {each}" for each in wrong), sep="\n", end="\n" if wrong else "")
    return not wrong


def valid(schema: Path, place: Path) -> bool:
    """Compare the files in a folder with the schema; returns whether all are valid."""
    files = sorted([*place.glob("items/*.xml"), *place.glob("ex*.xml")])
    command = ["xmllint", "--nonet", "--noout", "--schema", schema, *files]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    lines = done.stderr.splitlines()
    good = sum(line.endswith(" validates") for line in lines)
    print(f"schema: {good} of {len(files)} files are valid")
    print(*(f"  {each}" for each in lines if not each.endswith(" validates")), sep="\n")
    return good == len(files)


def main() -> int:
    """Try it."""
    parser = arguments(__doc__)
    parser.add_argument("sdk", type=Path)
    parser.add_argument("--schema", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(io.BytesIO(qti22(sheets()).data)) as archive:
            archive.extractall(folder)
        good = marked(given.sdk.resolve(), Path(folder))
        if given.schema:
            good &= valid(given.schema.resolve(), Path(folder))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
