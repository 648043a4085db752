"""LibreOffice opens the tables that ``grade export`` writes, and saves what it sees.

python scripts/readers/libreoffice.py FOLDER

``FOLDER`` is what made.py has written. ``soffice`` is needed (Debian: libreoffice-calc). Points are
compared cell by cell, names too: one that begins with ``=`` must stay a text.
"""

import csv
import io
import json
import sys
import tempfile
from pathlib import Path

from calling import arguments, ended
from grader.course import Course
from made import grade

UTF8 = 76  # LibreOffice's number of the encoding


def seen(path: Path, sign: str = ",") -> list[list[str]]:
    """The cells of a CSV as LibreOffice shows them once it has opened the file."""
    tokens = f"44,34,{UTF8},1"
    with tempfile.TemporaryDirectory() as folder:
        ended(
            *("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"),
            f"--infilter=CSV:{ord(sign)},34,{UTF8},1",
            *("--convert-to", f"csv:Text - txt - csv (StarCalc):{tokens}"),
            *("--outdir", folder, path),
        )
        text = (Path(folder) / f"{path.stem}.csv").read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def brightspace(folder: Path) -> bool:
    """A filled list of Brightspace; returns whether all grades are as graded."""
    grades = json.loads((folder / "grades.json").read_text("utf-8"))
    exercise = Course.open().exercise(grades[0]["exercise"])
    most = sum(check.points for check in exercise.checks if not check.bonus)
    with (folder / "roster.csv").open(encoding="utf-8", newline="") as file:
        people = list(csv.DictReader(file))
    original = folder / "brightspace.csv"
    with original.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        item = f"Exercise {exercise.number} Points Grade <Numeric MaxPoints:{most:g} Weight:10>"
        table.writerow(["OrgDefinedId", "Username", "Last Name", item, "End-of-Line Indicator"])
        for each in people:
            ids = [f"#{each['sid']}", f"#{each['username']}"]
            table.writerow([*ids, each["name"].replace("=", ""), "", "#"])
    grade("export", "brightspace", "class", exercise.id, "--fill", original.name, cwd=folder)
    rows = {row[0].lstrip("#"): row for row in seen(folder / "brightspace-filled.csv")[1:]}
    wanted = {each["ids"]["sid"]: each["points"] for each in grades}
    same = sum(rows[sid][3] != "" and float(rows[sid][3]) == points
               for sid, points in wanted.items() if points is not None)  # fmt: skip
    empty = sum(row[3] == "" for row in rows.values())
    print(f"brightspace: {len(rows)} rows, {same} of {len(wanted)} grades as graded, {empty} empty")
    return same == len(wanted) == len(rows) - empty


def plain(folder: Path) -> bool:
    """The plain CSV; returns whether all points and names are there, and no formula."""
    grades = json.loads((folder / "grades.json").read_text("utf-8"))
    grade("export", "csv", "class", "--into", "grades.csv", cwd=folder)
    head, *rows = seen(folder / "grades.csv")
    name, points = head.index("name"), head.index("points")
    there = [(row[name].removeprefix("'"), float(row[points] or "nan")) for row in rows]
    same = sum(pair == (each["name"], each["points"])
               for pair, each in zip(there, grades, strict=True))  # fmt: skip
    signs = sum(each["name"].startswith("=") for each in grades)
    kept = sum(row[name].startswith("'=") for row in rows)
    print(f"csv: {same} of {len(grades)} rows as graded; {kept} of {signs} names with = are texts")
    return same == len(grades) and kept == signs > 0


def main() -> int:
    """Try both."""
    parser = arguments(__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder.resolve()
    grade("export", "json", "class", "--into", "grades.json", cwd=folder)
    return 0 if brightspace(folder) & plain(folder) else 1


if __name__ == "__main__":
    sys.exit(main())
