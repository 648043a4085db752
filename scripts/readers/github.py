"""GitHub's own renderer of Markdown shows the summary of a class and the page of a job.

python scripts/readers/github.py FOLDER

``FOLDER`` is what ``made.py --made-up`` has written; ``cmark-gfm`` is GitHub's renderer (Debian:
cmark-gfm). Every name and every number of points must be in its cell of the table that comes out,
and every message of a report in a block of its own, whatever is written in them.
"""

import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from calling import arguments, ended
from grader.classroom.classfolder import ClassFolder
from grader.classroom.journal import Journal
from grader.classroom.manifest import Policy
from grader.classroom.results import results
from grader.clean import sentence
from grader.export.words import MOST, markdown
from made import grade


def rendered(path: Path) -> ET.Element:
    """A file as GitHub shows it; what may be HTML in it stays out."""
    html = ended("cmark-gfm", "--extension", "table", "--unsafe", path)
    return ET.fromstring(f"<page>{html.replace('<br>', '<br/>')}</page>")


def words(element: ET.Element) -> str:
    """What a part says."""
    return words_of("".join(element.itertext()))


def words_of(text: str) -> str:
    """A text whose blanks are even."""
    return " ".join(text.split())


def table(folder: Path) -> bool:
    """Whether each learner's row has the name and the points."""
    grade("export", "json", "class", "--into", "grades.json", cwd=folder)
    grade("export", "summary", "class", "--into", "summary.md", cwd=folder)
    grades = json.loads((folder / "grades.json").read_text("utf-8"))
    rows = rendered(folder / "summary.md").findall(".//tbody/tr")
    shown = [[words(cell) for cell in row] for row in rows]
    told = [
        [words_of(sentence(each["name"])), f"{each['points']:g}/{each['max_points']:g}"]
        for each in grades
    ]
    same = sum(a == b for a, b in zip(shown, told, strict=False))
    print(f"summary: {len(shown)} rows, {same} of {len(told)} as graded")
    return same == len(told) == len(shown)


def pages(folder: Path) -> bool:
    """Whether each report's page has a row for each check, and a block for each that is open."""
    place, good, count = ClassFolder.open(folder / "class"), 0, 0
    with Journal.open(place.root) as journal:
        for found in results(journal, place.entries(), Policy.LAST):
            assert found.report is not None
            text, path = markdown(found.report), folder / "page.md"
            path.write_text(text, "utf-8", "replace")
            page, count = rendered(path), count + 1
            titles = [words(row[1]) for row in page.findall(".//tbody/tr")]
            blocks = page.findall(".//details/pre/code")
            open_ones = [each for each in found.report.checks if each.message]
            good += (
                titles == [words_of(each.title) for each in found.report.checks]
                and len(blocks) == len(open_ones)
                and all("]]> " in words(block) for block in blocks)
                and len(text.encode("utf-8", "replace")) <= MOST
            )
    print(f"job pages: {good} of {count} with every check in its row and message in its block")
    return good == count > 0


def main() -> int:
    """Try it."""
    parser = arguments(__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder.resolve()
    return 0 if table(folder) & pages(folder) else 1


if __name__ == "__main__":
    sys.exit(main())
