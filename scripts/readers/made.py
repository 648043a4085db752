"""What other programs are given to read: the course's quizzes, and a class of its own files.

python scripts/readers/made.py FOLDER [--learners 200] [--exercise ex3] [--made-up]

writes into a new folder a class as Canvas's download has it: right, wrong and unfinished files
under names with accents, quotes, commas, other scripts and a leading ``=``. It is imported with a
roster and graded, so that ``FOLDER/class`` can be exported to any system. With ``--made-up`` all
results are drawn and nothing is graded, which takes seconds, and readers see no difference.
"""

import csv
import itertools
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from calling import arguments
from grader.classroom.classfolder import ClassFolder
from grader.classroom.journal import Journal, mark_of
from grader.course import Check, Course, Exercise
from grader.quiz.export import content
from grader.quiz.export.content import QuizSheet
from grader.quiz.questions import Choice, Choices, Number, Question, Response, Trace
from grader.quiz.reader import load
from grader.report import CheckResult, Protection, Report, Verdict

FIRST = ["Zoë", "Ángel", "芳", "Дарья", "محمد", "Ada_B.", "Jörg", "=Eve", 'Bo "B"', "D'Arcy"]
LAST = ["Müller", "Núñez", "王", "Орлова", "علي", "Lovelace", "Weiß", "SUM(A1)", "O, P", "Kim‏"]
_STRANGE = "Expected <a> & ]]> \x1b[1m “b”, got =1+1, \ud83d or 🦊."
USER, FILE = 9000, 70000  # numbers that Canvas gives: of the first person, of the first file


# quizzes


def sheets() -> list[QuizSheet]:
    """All quizzes of the course."""
    exercises = [each for each in Course.open().exercises if each.quiz.is_file()]
    return [QuizSheet(each, load(each.quiz).questions) for each in exercises]


def ways(question: Question) -> Iterator[tuple[str, Any, float]]:
    """Answers to a question: the kind, what is given as JSON can say it, and our mark."""
    for kind, given in _given(question):
        response = tuple(given) if isinstance(given, list) else given
        yield kind, given, question.judge(response)


def _given(question: Question) -> Iterator[tuple[str, Response | list[str]]]:
    match question:
        case Choice():
            yield from (("choice", [option.id]) for option in question.options)
        case Choices():
            ids = [option.id for option in question.options]
            for count in range(1, len(ids) + 1):
                yield from (("choices", list(each)) for each in itertools.combinations(ids, count))
        case Number():
            step = question.tolerance or 0.001
            yield from (
                ("number", question.answer + share * step) for share in (0, -1.5, -0.5, 0.5, 1.5)
            )
            yield from (("number", float(value)) for value, _ in content.typical(question))
        case Trace():
            yield "trace", question.answer.strip()
            yield from (("trace", value.strip()) for value, _ in content.typical(question))


# a class


class Learner(NamedTuple):
    """One of a made class; ``text`` is what is handed in, or ``None``."""

    first: str
    last: str
    text: str | None

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"


def files(exercise: Exercise) -> list[str]:
    """Different files for an exercise: right ones, wrong ones, the stub, one that is no Python."""
    paths = [exercise.solution, *exercise.accepted, *(m.path for m in exercise.misconceptions)]
    return [
        *(path.read_text("utf-8") for path in paths),
        exercise.made_stub(),
        "def broken(:\n",
    ]


def handed_in(exercise: Exercise) -> dict[str, str]:
    """A file of each kind that an autograder meets, by what it is."""
    return {
        "solution": exercise.solution.read_text("utf-8"),
        "stub": exercise.made_stub(),
        "wrong": exercise.misconceptions[0].path.read_text("utf-8"),
        "broken": "def broken(:\n",
    }


def learners(exercise: Exercise, count: int) -> list[Learner]:
    """So many people, of whom one in 23 has handed in nothing."""
    texts = files(exercise)
    return [
        Learner(
            FIRST[n % 10],
            f"{LAST[(n // 10 + n) % 10]} {n}",
            None if n % 23 == 22 else texts[n % len(texts)],
        )
        for n in range(count)
    ]


def a_class(folder: Path, exercise: Exercise, count: int, *, made_up: bool = False) -> None:
    """A graded class in ``folder/class``; its roster and its download are beside it."""
    download = folder / "download"
    download.mkdir(parents=True)
    rows = []
    for number, person in enumerate(learners(exercise, count)):
        ids = {"canvas": USER + number, "sid": f"S{number:04}", "username": f"user{number}"}
        rows.append({"name": person.name} | ids)
        if person.text is not None:
            short = re.sub(r"\W", "", f"{person.last}{person.first}".lower())
            name = f"{short}_{USER + number}_{FILE + number}_{exercise.stem}.py"
            (download / name).write_text(person.text, "utf-8")
    with (folder / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    words = ("download", "--from", "canvas", "--roster", "roster.csv", "--into", "class")
    grade("class", "import", *words, cwd=folder)
    if made_up:
        results(folder / "class", exercise)
    else:
        grade("class", "run", "class", cwd=folder, codes=(0, 1))


def results(folder: Path, exercise: Exercise) -> None:
    """Results of a class that nobody has graded, drawn; with words that formats must get over."""
    draw, place = random.Random(exercise.stem), ClassFolder.open(folder)
    at = datetime(2026, 11, 2, 18, 30, tzinfo=UTC)

    def result(check: Check) -> CheckResult:
        verdict = draw.choice([Verdict.PASSED] * 4 + [Verdict.FAILED, Verdict.ERROR])
        share = draw.choice([0.5, 0]) if verdict is Verdict.FAILED else verdict is Verdict.PASSED
        message = (
            ""
            if verdict is Verdict.PASSED
            else "Expected <a> & ]]> \x1b[1m “b”, got =1+1, \ud83d or 🦊."
        )
        points = check.points * share
        return CheckResult(check.name, check.title, verdict, points, check.points, message)

    with Journal.open(place.root, writing=True) as journal:
        for number, entry in enumerate(place.entries()):
            report = Report(
                exercise.stem, exercise.title, "", 7, tuple(map(result, exercise.checks)),
                Protection("full"), {}, 1.5, exercise.hash, "", at,
            )  # fmt: skip
            journal.keep(mark_of(f"{number:064x}", exercise.stem, entry.digest, report), [entry])


def grade(*words: str, cwd: Path, codes: tuple[int, ...] = (0,)) -> None:
    """Run a command of ours as a teacher does, and show it."""
    command = [sys.executable, "-m", "grader", *words]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    print(f"$ grade {' '.join(words)}\n{done.stdout}{done.stderr}")
    if done.returncode not in codes:
        sys.exit(done.returncode)


def main() -> int:
    """Make a class."""
    parser = arguments(__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--exercise", default="ex3")
    parser.add_argument("--made-up", action="store_true")
    given = parser.parse_args()
    exercise = Course.open().exercise(given.exercise)
    a_class(given.folder.resolve(), exercise, given.learners, made_up=given.made_up)
    return 0


if __name__ == "__main__":
    sys.exit(main())
