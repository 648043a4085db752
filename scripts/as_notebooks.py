"""Whether each right and wrong file of the course gets its verdict as a notebook, too.

    python scripts/as_notebooks.py [ex1 ex3 …] [--folder FOLDER] [--most 30]

Each file becomes a notebook in three styles: one cell; a cell for each function, with magics and
plots between them; training at top level. Of each is proved what ``grade verify --quick`` proves of
the file: a wrong one fails the check that it names, with the same words, and a right one passes all
checks that train nothing. Some 1,900 gradings, an hour or two on two cores.

Results are kept in the folder as they come. Run it again, and it goes on where it was; what has
changed since is graded again, and so is what a busy machine did not grade in time. Prints what
differs, and 1 is its exit code if something does or is left.
"""

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from grader.course import Course, Exercise
from grader.engine.pool import run
from grader.engine.server import Server
from grader.errors import GradingError

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from notebooks import STYLES, files, proved


@dataclass(frozen=True)
class Book:
    """A file as a notebook."""

    exercise: Exercise
    path: Path
    style: str

    @cached_property
    def key(self) -> str:
        """What it and its checks are; the same is not graded twice."""
        words = (self.exercise.hash, self.name, self.path.read_text("utf-8"))
        return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]

    @property
    def name(self) -> str:
        """Such as ``ex1_predictions/misconceptions/a.py in one``."""
        return f"{self.path.relative_to(self.exercise.folder.parent)} in {self.style}"


def main() -> int:
    """Grade what is left, and say what differs."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("exercises", nargs="*")
    folder = Path(tempfile.gettempdir()) / "grade-as-notebooks"
    parser.add_argument("--folder", type=Path, default=folder)
    parser.add_argument("--most", type=int, help="how many to grade now")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    results = given.folder / "results.jsonl"
    course = Course.open()
    chosen = [course.exercise(name) for name in given.exercises] or course.exercises
    # by their keys, so that some are of all kinds
    wanted = sorted(books(chosen), key=lambda book: book.key)
    known = read(results)
    left = [book for book in wanted if book.key not in known][: given.most]
    with results.open("a", encoding="utf-8") as out, Server(course.root) as server:
        print(file=out)  # behind a line that may have been cut off
        for book, flaws in graded(left, server, given.folder):
            known[book.key] = result = {"key": book.key, "name": book.name, "flaws": flaws}
            print(json.dumps(result), file=out, flush=True)
    found = [known[book.key] for book in wanted if book.key in known]
    differ = [each for each in found if each["flaws"]]
    for each in differ:
        print(each["name"], *each["flaws"], sep="\n    ")
    print(f"{len(found):,} of {len(wanted):,} graded, {len(differ)} differ.")
    return 1 if differ or (len(found) < len(wanted) and given.most is None) else 0


def books(exercises: Sequence[Exercise]) -> Iterator[Book]:
    """All files in all styles."""
    for exercise in exercises:
        for path in files(exercise):
            yield from (Book(exercise, path, style) for style in STYLES)


def read(results: Path) -> dict[str, dict[str, Any]]:
    """What is known, by its key; a line that was cut off is not."""
    found = {}
    if results.exists():
        for line in results.read_text("utf-8").splitlines():
            with suppress(ValueError):
                result = json.loads(line)
                found[result["key"]] = result
    return found


def graded(left: list[Book], server: Server, folder: Path) -> Iterator[tuple[Book, list[str]]]:
    """Each with what is wrong, as it comes; what could not be graded is left for the next time."""
    jobs = [partial(proved, b.exercise, b.path, b.style, server, folder / b.style) for b in left]
    with closing(run(jobs)) as ended:
        for done, (number, future) in enumerate(ended, 1):
            try:
                yield left[number], [f"{flaw.what} ({flaw.path.name})" for flaw in future.result()]
            except GradingError as error:
                print(error, file=sys.stderr)
            if sys.stderr.isatty() or not done % 50:
                print(f"{done:,} of {len(left):,}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
