"""Canvas's own code reads what ``grade export`` writes: the quizzes, and a class's grades.

python scripts/readers/canvas.py CANVAS quizzes QTIMIGRATIONTOOL
python scripts/readers/canvas.py CANVAS class FOLDER

``CANVAS`` is a folder with Canvas's source (instructure/canvas-lms), which is not started:
canvas.rb calls its importers. Ruby needs activesupport, nokogiri and sanitize (Debian:
ruby-activesupport, ruby-nokogiri, ruby-sanitize).

``quizzes`` sends the QTI 1.2 through the QTIMigrationTool, as Canvas does (a folder with
instructure/QTIMigrationTool; this Python needs its lxml), then through Canvas's qti_exporter, and
compares every question. ``class`` takes what made.py has written, fills a gradebook with commas and
one with semicolons, and gives both and the feedback to Canvas's importers.
"""

import csv
import html
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from calling import answered, arguments
from grader.course import Course
from grader.quiz.export import content
from grader.quiz.export.qti12 import qti12
from grader.quiz.questions import Choice, Choices, Number, Question
from made import FILE, USER, grade, sheets

HERE = Path(__file__).resolve().parent
COLUMN, OTHER = 4711, 4712  # numbers of assignments


def asked(canvas: Path, *words: object) -> Any:
    """What Canvas's code makes of a file."""
    return answered("ruby", "-W0", HERE / "canvas.rb", canvas, *words)


# quizzes


def quizzes(canvas: Path, tool: Path) -> bool:
    """Import all quizzes; returns whether every question is ours."""
    asked_here = sheets()
    made = qti12(asked_here)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "quizzes.zip").write_bytes(made.data)
        with zipfile.ZipFile(place / "quizzes.zip") as archive:
            archive.extractall(place / "in")
        options = ["--ucvars", "--nogui", "--overwrite", f"--cpout={place / 'out'}"]
        command = [sys.executable, tool.resolve() / "migrate.py", *options, place / "in"]
        subprocess.run(list(map(str, command)), cwd=tool, capture_output=True, check=False)
        found = asked(canvas, "quizzes", place / "out/imsmanifest.xml")
    ours = {sheet.name(q): q for sheet in asked_here for q in sheet.questions}
    there = {each["migration_id"]: each for each in found["questions"]}
    wrong = [f"{name} is missing" for name in ours.keys() - there.keys() - made.left_out.keys()]
    wrong += [
        f"{name}: another {what}"
        for name, theirs in there.items()
        for what, same in _parts(ours[name], theirs)
        if not same
    ]
    count = sum(len(each["questions"]) for each in found["assessments"])
    print(f"qti12: {len(there)} questions, {count} of them in {len(found['assessments'])} quizzes")
    print(*(f"  {each}" for each in wrong), sep="\n", end="\n" if wrong else "")
    return not wrong and count == made.count


def _plain(text: str | None) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", text or "")).split())


def _blocks(text: str) -> list[str]:
    return [
        html.unescape(each) for each in re.findall(r"<pre><code>(.*?)</code></pre>", text, re.S)
    ]


def _parts(question: Question, theirs: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Each part of a question that Canvas has, and whether it is as ours."""
    prompt = content.prompt(question, lambda image: f"garment-{image}.png")
    yield "prompt", _plain(theirs["question_text"]) == _plain(prompt)
    yield "code", _blocks(theirs["question_text"]) == _blocks(prompt)
    yield "picture", theirs["question_text"].count("<img") == (question.image is not None)
    said = theirs.get("neutral_comments_html") or theirs.get("neutral_comments")
    yield "reason", _plain(said) == _plain(content.reasons(question))
    answers = theirs["answers"]
    if isinstance(question, Choice | Choices):
        by_id = {each["migration_id"]: each for each in answers}
        ids = [f"option-{option.id}" for option in question.options]
        yield "set of options", by_id.keys() == set(ids)
        for id_, option in zip(ids, question.options, strict=True):
            there = by_id.get(id_, {})
            yield f"weight of {id_}", there.get("weight") == 100 * option.correct
            shown = there.get("html") or html.escape(there.get("text") or "")
            yield f"text of {id_}", _plain(shown) == _plain(content.inline(option.text))
            why = there.get("comments_html") or there.get("comments")
            yield f"reason of {id_}", _plain(why) == _plain(content.html(option.why))
    elif isinstance(question, Number):
        there = [(each.get("exact"), each.get("margin")) for each in answers]
        yield "answer", there == [(question.answer, question.tolerance)]
    else:
        there = [(each["text"], each["weight"]) for each in answers]
        yield "answer", there == [(question.key, 100)]


# a class


def a_class(canvas: Path, folder: Path) -> bool:
    """Fill a gradebook and read it; returns whether all grades and pages found their people."""
    grade("export", "json", "class", "--into", "grades.json", cwd=folder)
    grades = json.loads((folder / "grades.json").read_text("utf-8"))
    with (folder / "roster.csv").open(encoding="utf-8", newline="") as file:
        people = list(csv.DictReader(file))
    exercise = Course.open().exercise(grades[0]["exercise"])
    most = sum(check.points for check in exercise.checks if not check.bonus)
    title = f"Exercise {exercise.number}: {exercise.title}"
    wanted = {int(each["ids"]["canvas"]): each["points"] for each in grades}
    kinds = {"commas": (",", False), "semicolons": (";", False)}
    if "LastName" in (canvas / "lib/gradebook_importer.rb").read_text("utf-8"):
        kinds["first and last names apart"] = (",", True)
    good = True
    for name, (sign, apart) in kinds.items():
        path = folder / f"canvas-{name.split()[0]}.csv"
        # by the newest edition, the first person need not do it
        none = [int(people[0]["canvas"])] if apart else []
        who = {"people": [int(each["canvas"]) for each in people], "unassigned": none}
        (folder / "who.json").write_text(
            json.dumps(who | {"assignments": [[COLUMN, title], [OTHER, "Other"]]})
        )
        _gradebook(path, people, title, most, sign, none)
        grade("export", "canvas", "class", exercise.id, "--fill", path.name, cwd=folder)
        found = asked(
            canvas, "gradebook", f"{path.with_suffix('')}-filled.csv", folder / "who.json"
        )
        first = {int(id_): marks[0] for id_, marks in found["grades"].items()}
        expected = {id_: points for id_, points in wanted.items() if id_ not in none}
        same = sum(first[id_] not in (None, "") and float(first[id_]) == points
                   for id_, points in expected.items() if points is not None)  # fmt: skip
        empty = sum(mark in (None, "") for mark in first.values())
        others = {str(marks[1]) for marks in found["grades"].values()}
        fresh = [each[0] for each in found["assignments"] if each[3]]
        print(
            f"gradebook with {name}: {len(first)} rows, {same} of {len(expected)} grades as "
            f"graded, {empty} empty; the other column: {others}; unknown columns: {fresh}; "
            f"somebody or something is missing: {found['missing']}"
        )
        good &= same == len(expected) == len(first) - empty and not fresh and not found["missing"]
    return good & _feedback(canvas, folder, exercise.id)


def _gradebook(
    path: Path, people: list[dict[str, str]], title: str, most: float, sign: str, none: list[int]
) -> None:
    """A gradebook as Canvas writes it, with decimal commas between semicolons.

    Who is in ``none`` need not do it. If anybody is, it is as the newest edition may write it: with
    first and last names apart, an integration's ids, and totals that look like assignments.
    """
    comma = sign == ";"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=sign)
        names = ["LastName", "FirstName"] if none else ["Student"]
        fixed = [*names, "ID", "SIS User ID", "SIS Login ID", *["Integration ID"] * bool(none)]
        totals = [f"{title} Current Score (1)" if none else "Current Score (read only)"]
        table.writerow([*fixed, "Section", f"{title} ({COLUMN})", f"Other ({OTHER})", *totals])
        points = f"{most:.2f}".replace(".", "," if comma else ".")
        if none:
            table.writerow([*[""] * (len(fixed) + 1), "Manual Posting", "", ""])
        blank = [""] * len(fixed)
        table.writerow(["    Points Possible", *blank, points, "10", "(read only)"])
        for each in people:
            first, _, last = each["name"].partition(" ")
            ids = [each["canvas"], each["sid"], each["username"], *[""] * bool(none)]
            mark = "N/A" if int(each["canvas"]) in none else ""
            called = [last, first] if none else [each["name"]]
            table.writerow([*called, *ids, "A", mark, "7,5" if comma else "7.5", "88"])


def _feedback(canvas: Path, folder: Path, exercise: str) -> bool:
    grade("export", "canvas-feedback", "class", exercise, cwd=folder)
    with zipfile.ZipFile(folder / "canvas-feedback.zip") as archive:
        names = archive.namelist()
    (folder / "names.json").write_text(json.dumps(names))
    found = asked(canvas, "feedback", folder / "names.json")
    apart = FILE - USER
    theirs = sum(each is not None and each[1] - each[0] == apart for each in found.values())
    print(f"feedback: {len(names)} pages, {theirs} at their learners")
    return theirs == len(names) > 0


def main() -> int:
    """Try one of them."""
    parser = arguments(__doc__)
    parser.add_argument("canvas", type=Path)
    parser.add_argument("what", choices=("quizzes", "class"))
    parser.add_argument("with_", metavar="QTIMIGRATIONTOOL|FOLDER", type=Path)
    given = parser.parse_args()
    run = quizzes if given.what == "quizzes" else a_class
    return 0 if run(given.canvas.resolve(), given.with_.resolve()) else 1


if __name__ == "__main__":
    sys.exit(main())
