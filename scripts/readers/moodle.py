"""Moodle itself reads what ``grade export`` writes: the quizzes, and a class there and back.

python scripts/readers/moodle.py MOODLE quizzes
python scripts/readers/moodle.py MOODLE class [--learners 200] [--exercise ex3] [--flat]
                                              [--anonymous] [--teams] [--regrade] [--made-up]
                                              [--keep DIR]
python scripts/readers/moodle.py MOODLE statistics

``MOODLE`` is the folder of an installed Moodle that is there for trying: courses and users are
made in it, and stay. PHP is needed on the command line, as Moodle itself needs it.

``quizzes`` imports Moodle XML and GIFT, answers each question in every way that it has, and
compares Moodle's marks with ours. ``class`` makes a course whose learners hand in the course's
right, wrong and misconceived files; downloads the submissions and the grading worksheet; imports,
grades and fills them; and uploads worksheet and feedback again. With ``--regrade`` three grades
change then: Moodle must skip them in the old worksheet, and in one with dates in Spanish unless the
box is ticked, and take them from a fresh one.
``statistics`` lets Moodle's calculator and ours analyze the same marks of a quiz of 50 learners.
"""

import csv
import io
import json
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from hashlib import sha1
from pathlib import Path
from typing import Any

from calling import answered, arguments
from grader.classroom.stats import analysis
from grader.course import Course
from grader.quiz.export import content
from grader.quiz.export.content import Export, QuizSheet
from grader.quiz.export.gift import gift
from grader.quiz.export.moodle import moodle as moodle_xml
from grader.quiz.questions import Choice, Choices, Question, Trace
from made import grade, learners, results, sheets

HERE = Path(__file__).resolve().parent
REGRADES = (  # the worksheet; whether it is fresh, in Spanish, the box ticked; how many are taken
    ("the old worksheet", False, False, False, 0),
    ("a fresh one", True, False, False, 3),
    ("a fresh one with dates in Spanish", True, True, False, 0),
    ("the same with the box ticked", True, True, True, 3),
)


def asked(moodle: Path, *words: object) -> Any:
    """What the script inside Moodle says."""
    return answered("php", "-d", "max_input_vars=6000", HERE / "moodle.php", moodle, *words)


# quizzes


def quizzes(moodle: Path) -> bool:
    """Import all quizzes in both formats; returns whether all marks are ours."""
    asked_here = sheets()
    good = True
    for name, made in {"xml": moodle_xml(asked_here), "gift": gift(asked_here)}.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"quizzes{made.ending}"
            path.write_bytes(made.data)
            found = asked(moodle, "quizzes", name, path)
        good &= _compared(name, asked_here, made, found)
    return good


def _compared(name: str, sheets: list[QuizSheet], made: Export, found: dict[str, Any]) -> bool:
    ours = {sheet.name(q): (sheet, q) for sheet in sheets for q in sheet.questions}
    there = {each["idnumber"]: each for each in found["questions"]}
    marks: Counter[str] = Counter()
    wrong = [f"the import failed: {found['said']}"] if not found["done"] else []
    wrong += [
        f"{missing} is missing" for missing in ours.keys() - there.keys() - made.left_out.keys()
    ]
    for id_, theirs in there.items():
        sheet, question = ours[id_]
        wrong += [f"{id_}: {each}" for each in _strange(sheet, question, theirs)]
        for given, mark, expected in _marks(question, theirs):
            same = abs(mark - expected) < 1e-4
            known = isinstance(question, Trace) and _bare(given) == _bare(question.answer)
            marks["ours" if same else "blanks or case" if known else "other"] += 1
            if not same and not known:
                wrong.append(f"{id_}: {given!r} is worth {mark:g} there and {expected:g} here")
    pictures = sum(len(each["files"]) for each in there.values())
    said = sum(bool(a["feedback"].strip()) for each in there.values() for a in each["answers"])
    print(
        f"{name}: {len(there)} questions in {len({q['category'] for q in there.values()})} "
        f"categories, {pictures} picture files, {said} answers with feedback; "
        f"{marks.total()} answers given, {marks['ours']} marks as ours, {marks['blanks or case']} "
        "that differ by blanks or case in what code prints"
    )
    print(*(f"  {each}" for each in wrong), sep="\n", end="\n" if wrong else "")
    return not wrong


def _bare(text: str) -> str:
    return "".join(text.split()).lower()


def _strange(sheet: QuizSheet, question: Question, theirs: dict[str, Any]) -> Iterator[str]:
    if theirs["name"] != question.id or theirs["category"] != sheet.title:
        yield f"is called {theirs['name']!r} in {theirs['category']!r}"
    if set(theirs["tags"]) != set(question.concepts):
        yield f"has the tags {theirs['tags']}"
    if float(theirs["mark"]) != 1:
        yield f"is worth {theirs['mark']}"
    if isinstance(question, Choice | Choices):
        texts = [content.inline(option.text).strip() for option in question.options]
        if [each["answer"].strip() for each in theirs["answers"]] != texts:
            yield f"has the options {[each['answer'] for each in theirs['answers']]}"


def _marks(question: Question, theirs: dict[str, Any]) -> Iterator[tuple[str, float, float]]:
    """Answers with Moodle's mark, which is never below zero in an attempt, and with ours."""
    for given, mark in theirs["tries"].items():
        if isinstance(question, Choice | Choices):
            chosen = [i for i in range(len(question.options)) if int(given) >> i & 1]
            answer: Any = question.at(chosen)
        else:
            answer = question.parse(given)
        expected = 0.0 if answer is None else question.judge(answer)
        yield given, max(float(mark), 0.0), expected


# a class


def a_class(
    moodle: Path,
    count: int,
    name: str,
    keep: Path,
    settings: dict[str, int],
    folders: bool,
    regrade: bool,
    made_up: bool,
) -> bool:
    """A class from Moodle to the grader and back; returns whether every grade came through."""
    course = Course.open()
    exercise = course.exercise(name)
    most = sum(check.points for check in exercise.checks if not check.bonus)
    people = [each._asdict() for each in learners(exercise, count)]
    keep.mkdir(parents=True, exist_ok=True)
    asking = {"learners": people, "most": most, "file": exercise.stub.name}
    asking |= {"settings": settings, "folders": int(folders)}
    (keep / "learners.json").write_text(json.dumps(asking))
    begun = asked(moodle, "class", keep / "learners.json", keep)
    cm, handed = begun["cm"], sum(each["text"] is not None for each in people)
    print(f"Moodle {begun['release']}: {count} learners, {handed} submissions of {exercise.id}")
    grade("class", "import", "submissions.zip", "--into", "class", cwd=keep)
    if made_up:
        results(keep / "class", exercise)
    else:
        grade("class", "run", "class", cwd=keep, codes=(0, 1))
    grade("export", "moodle", "class", exercise.id, "--fill", "worksheet.csv", cwd=keep)
    grade("export", "moodle-feedback", "class", exercise.id, cwd=keep)
    good = _returned(moodle, cm, keep)
    return good and (not regrade or _regraded(moodle, cm, keep, exercise.id))


def _regraded(moodle: Path, cm: int, keep: Path, exercise: str) -> bool:
    """Change three grades again and again; returns whether Moodle takes them only as is said."""
    grade("export", "json", "class", exercise, "--into", "grades.json", cwd=keep)
    grades = json.loads((keep / "grades.json").read_text("utf-8"))
    three = [each for each in grades if each["points"] is not None][:3]
    good = True
    for number, (what, fresh, spanish, ticked, taken) in enumerate(REGRADES):
        points, sheet = 1.25 + number, f"sheet{number}.csv"
        with (keep / "class/overrides.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["learner", "exercise", "points", "reason"])
            table.writerows(
                [each["learner"], exercise, points, "looked at again"] for each in three
            )
        if fresh:
            asked(moodle, "worksheet", cm, keep / sheet)
        else:
            (keep / sheet).write_bytes((keep / "worksheet.csv").read_bytes())
        if spanish:
            _translate(keep / sheet)
        grade("export", "moodle", "class", exercise, "--fill", sheet, cwd=keep)
        found = asked(moodle, "grades", cm, keep / f"sheet{number}-filled.csv", int(ticked))
        marks = [found["grades"][each["ids"]["moodle"]] for each in three]
        new = sum(abs(mark - points) < 0.01 for mark in marks)
        print(f"three grades changed, {what}: {new} of 3 are there. Moodle: {found['said']}")
        good &= new == taken
    return good


def _translate(sheet: Path) -> None:
    """Give the dates of grades as a Spanish Moodle writes them."""
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    place = head.index("Last modified (grade)")
    for row in rows:
        if row[place] != "-":
            row[place] = "sábado, 28 de noviembre de 2026, 20:03"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])


def _returned(moodle: Path, cm: int, keep: Path) -> bool:
    filled = (keep / "worksheet-filled.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(filled, newline="")))
    wanted = {row["Identifier"].split()[-1]: float(row["Grade"]) for row in rows if row["Grade"]}
    first = asked(moodle, "grades", cm, keep / "worksheet-filled.csv", 0)
    got = {number: mark for number, mark in first["grades"].items() if mark not in (None, -1)}
    print(f"worksheet: {len(rows)} rows, {len(wanted)} filled. Moodle: {first['said']}")
    again = asked(moodle, "grades", cm, keep / "worksheet-filled.csv", 0)
    print(f"the same again: {again['said']}")
    with zipfile.ZipFile(keep / "moodle-feedback.zip") as archive:
        pages = {sha1(archive.read(each)).hexdigest() for each in archive.namelist()}
        count = len(archive.namelist())
    given = asked(moodle, "feedback", cm, keep / "moodle-feedback.zip")
    there = {digest for files in given["files"].values() for digest in files.values()}
    print(f"feedback: {count} pages, at {len(given['files'])} learners. Moodle: {given['said']}")
    return got == wanted and there == pages


# statistics


def statistics(moodle: Path) -> bool:
    """Analyze a made quiz there and here; returns whether all numbers are the same.

    One question all have right, one nobody; some give shares of their points.
    """
    import numpy as np

    rng = np.random.default_rng(16)
    most = np.array([1, 1, 2, 1, 1, 3, 1, 1, 1, 1])
    strength = rng.normal(size=(50, 1))
    shares = strength + rng.normal(size=(50, 10)) > rng.normal(size=10)
    marks = most * shares * rng.choice([1, 0.5, 0.25], size=(50, 10), p=[0.8, 0.1, 0.1])
    marks[:, 8], marks[:, 9] = 1, 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "marks.json"
        path.write_text(json.dumps({"marks": marks.tolist(), "most": most.tolist()}))
        there = asked(moodle, "statistics", path)["items"]
    same, worst = 0, 0.0
    for item, theirs in zip(analysis(marks, most.tolist()), there, strict=True):
        estimates = (item.facility, item.discrimination, item.efficiency)
        for ours, value in zip(estimates, theirs, strict=True):
            known = ours.value is not None and value is not None
            apart = abs(ours.value - value) if known else 0.0
            worst = max(worst, apart)
            same += (known and apart < 1e-6) or (ours.value is None and value is None)
    print(f"statistics: {same} of {3 * len(there)} values are the same, {worst:.1e} apart at most")
    return same == 3 * len(there)


def main() -> int:
    """Try one of them."""
    parser = arguments(__doc__)
    parser.add_argument("moodle", type=Path)
    parser.add_argument("what", choices=("quizzes", "class", "statistics"))
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--exercise", default="ex3")
    parser.add_argument("--flat", action="store_true", help="download without folders")
    parser.add_argument("--anonymous", action="store_true", help="submissions have no names")
    parser.add_argument("--teams", action="store_true", help="two learners hand in together")
    parser.add_argument("--regrade", action="store_true", help="then change three grades")
    parser.add_argument("--made-up", action="store_true", help="draw results, grade nothing")
    parser.add_argument("--keep", type=Path, help="a new folder for all files")
    given = parser.parse_args()
    if given.what == "quizzes":
        return 0 if quizzes(given.moodle) else 1
    if given.what == "statistics":
        return 0 if statistics(given.moodle) else 1
    keep = given.keep or Path(tempfile.mkdtemp(prefix="moodle-"))
    settings = {"blindmarking": int(given.anonymous), "teamsubmission": int(given.teams)}
    good = a_class(
        given.moodle,
        given.learners,
        given.exercise,
        keep.resolve(),
        settings,
        not given.flat,
        given.regrade,
        given.made_up,
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
