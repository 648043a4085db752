"""A class graded by three graders: this one, Otter and nbgrader, on one machine in one run.

python benchmarks/class.py [--learners 12] [--rounds 1] [--env FOLDER] [--only NAME ...]
                           [--scale 20 200] [--workers 1 2 4] [--quick] [--write]

One exercise with four checks (range, shape, argmax, a callback in a real fit). Each learner's file
is right or wrong in a known way, and no two are the same text. The graders do the same work: each
gets the same functions and asks the same questions, and each must give every file the points that
it deserves, or the run counts for nothing. Otter and nbgrader live in an environment of their own,
which is made if it is not there. The processor time of a grader is that of all its processes.
``--scale`` measures what a file costs us in classes of these sizes, with each number of workers,
without others one and one for each core; the driver is the process that plans, schedules and keeps
the journal. With ``--quick`` it asks only the three questions that need no TensorFlow: thousands of
files then take minutes, and whatever grows with the class is seen better.

``--write`` puts the ratios into docs/benchmarks.md.
"""

import argparse
import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from textwrap import dedent, indent

from ratios import family, proportional_set_size

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs/benchmarks.md"
CORES = os.cpu_count() or 1
NAME = "ex1_first"
QUICK = ("range", "shape", "argmax")
TITLES = (*QUICK, "callback")

SOLUTION = '''\
"""Four small functions."""

import keras
import numpy as np


def scaled(images):
    """Pixels from 0 to 1."""
    return images / 255


def flat(images):
    """One row for each image."""
    return images.reshape(len(images), -1)


def labels(probabilities):
    """The position of the largest one."""
    return np.argmax(probabilities, axis=1)


class StopAtLoss(keras.callbacks.Callback):
    """Ends training below a loss."""

    def __init__(self, limit):
        super().__init__()
        self.limit = limit

    def on_epoch_end(self, epoch, logs=None):
        if logs["loss"] < self.limit:
            self.model.stop_training = True


def epochs_until(model, x, y, limit):
    """Train for at most five epochs; returns how many there were."""
    history = model.fit(x, y, epochs=5, verbose=0, callbacks=[StopAtLoss(limit)])
    return len(history.history["loss"])
'''
# what is wrong in a file: the check that sees it, and how to get there from the solution
MISTAKES = {
    "range": ("return images / 255", "return images / 100"),
    "shape": ("len(images), -1", "-1, len(images)"),
    "argmax": ("axis=1", "axis=0"),
    "callback": ("< self.limit", "< 0"),
}
# what each check does; ``f`` has the functions, ``model`` makes a small compiled model
QUESTIONS = {
    "range": """\
        images = rng.integers(0, 256, (20, 8, 8)).astype("uint8")
        images.flat[0] = 255
        assert abs(np.asarray(f.scaled(images)).max() - 1) < 1e-6
        """,
    "shape": """\
        assert np.shape(f.flat(rng.random((20, 8, 8)))) == (20, 64)
        """,
    "argmax": """\
        table = rng.dirichlet(np.ones(10), size=50)
        assert np.array_equal(f.labels(table), table.argmax(axis=1))
        """,
    "callback": """\
        x, y = rng.random((64, 8, 8)).astype("float32"), np.arange(64) % 3
        assert f.epochs_until(model(), x, y, 100.0) == 1
        assert f.epochs_until(model(), x, y, 0.0) == 5
        """,
}
MODEL = """
    def model():
        made = keras.Sequential([
            keras.layers.Input((8, 8)), keras.layers.Flatten(),
            keras.layers.Dense(8, "relu"), keras.layers.Dense(3, "softmax"),
        ])
        made.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        return made
"""
OUR_MODEL = """
import numpy as np
import pytest

from grader.checks import KerasModel, dense, flatten

LAYERS = [flatten(), dense(8, "relu"), dense(3, "softmax")]
LOSS = "sparse_categorical_crossentropy"
COMPILED = {"optimizer": "adam", "loss": LOSS, "metrics": ["accuracy"]}


def model():
    return KerasModel(LAYERS, (8, 8), COMPILED)
"""
RIVALS = ("Otter", "Otter, one at a time", "nbgrader")
Deserved = dict[str, tuple[str, float]]  # of each learner: the text, and the points
Graded = dict[str, float]


def handed_in(learners: int, titles: Sequence[str] = TITLES) -> Deserved:
    """Of each learner the file, and the points that it deserves: all, or one less."""
    mistakes = [None, *(MISTAKES[title] for title in titles)]
    found: Deserved = {}
    for number in range(learners):
        mistake = mistakes[number % len(mistakes)]
        text = SOLUTION if mistake is None else SOLUTION.replace(*mistake)
        points = len(titles) - (mistake is not None)
        found[f"learner{number:04}"] = (f"{text}\n# {number}\n", points)
    return found


class Ours:
    """``grade class``, with a worker for each core."""

    def __init__(
        self,
        folder: Path,
        deserved: Deserved,
        workers: int = CORES,
        titles: Sequence[str] = TITLES,
    ) -> None:
        self.folder, self.workers = folder, workers
        solution = folder / "course/solutions" / NAME
        solution.mkdir(parents=True)
        line = "    return images / 255\n"  # what the starter version lacks
        marked = f"    ### BEGIN SOLUTION\n{line}    ### END SOLUTION\n"
        (solution / "solution.py").write_text(SOLUTION.replace(line, marked), "utf-8")
        (solution / "checks.py").write_text(self._checks(titles), "utf-8")
        from grader.authoring.stubs import write_stubs
        from grader.course import Course

        list(write_stubs(Course.open(folder / "course")))
        for learner, (text, _) in deserved.items():
            (folder / "download" / learner).mkdir(parents=True)
            (folder / "download" / learner / f"{NAME}.py").write_text(text, "utf-8")
        self._grade("import", folder / "download", "--into", folder / "class",
                    "--from", "plain", "--course", folder / "course")  # fmt: skip

    def run(self) -> Graded:
        """Grade all; returns the points of each learner."""
        for path in (self.folder / "class").glob("journal*"):
            path.unlink()
        out = self._grade("run", self.folder / "class", "-j", self.workers, "--json")
        rows = [json.loads(line) for line in out.splitlines()]
        return {row["learner"]: row.get("score", -1) for row in rows}

    def again(self) -> None:
        """Run once more, when all is graded."""
        self._grade("run", self.folder / "class", "-j", self.workers, "--json")

    def driver(self) -> float:
        """Processor seconds of the last command's own process: all but imports and forks."""
        return float((self.folder / "driver").read_text("utf-8"))

    def _grade(self, *words: object) -> str:
        code = (
            "import atexit, os; "
            "atexit.register(lambda: print(sum(os.times()[:2]), file=open('driver', 'w'))); "
            "from grader.cli import main; main()"
        )
        command = [sys.executable, "-c", code, "class", *map(str, words)]
        return succeeded(command, self.folder)

    @staticmethod
    def _checks(titles: Sequence[str]) -> str:
        lines = [OUR_MODEL]
        for title in titles:
            mark = "@pytest.mark.tensorflow\n@pytest.mark.timeout(60)\n" * (title == "callback")
            body = indent(dedent(QUESTIONS[title]), "    ")
            lines.append(
                f"\n\n{mark}def test_{title}(learner, rng):\n"
                f'    """The {title} is right"""\n    f = learner\n{body}'
            )
        return "".join(lines)


class Otter:
    """``otter run``, which a container of Gradescope calls, some of them at once."""

    def __init__(self, folder: Path, deserved: Deserved, programs: Path, at_once: int) -> None:
        self.folder, self.programs, self.at_once = folder, programs, at_once
        (folder / "tests").mkdir(parents=True)
        for title in TITLES:
            (folder / "tests" / f"{title}.py").write_text(self._test(title), "utf-8")
        self._otter("generate", "-t", "tests", "-o", "autograder.zip", "--no-environment")
        for learner, (text, _) in deserved.items():
            (folder / learner).mkdir()
            (folder / learner / "work.ipynb").write_text(notebook([text]), "utf-8")

    def run(self) -> Graded:
        """Grade all; returns the points of each learner."""
        learners = sorted(path.parent.name for path in self.folder.glob("*/work.ipynb"))
        with ThreadPoolExecutor(self.at_once) as pool:
            return dict(zip(learners, pool.map(self._one, learners), strict=True))

    def _one(self, learner: str) -> float:
        self._otter("run", "-a", "autograder.zip", "-o", learner, f"{learner}/work.ipynb")
        found = json.loads((self.folder / learner / "results.json").read_text("utf-8"))
        return sum(float(test.get("score", 0)) for test in found["tests"])

    def _otter(self, *words: str) -> None:
        succeeded([str(self.programs / "otter"), *words], self.folder, self.programs)

    @staticmethod
    def _test(title: str) -> str:
        return (
            "import keras\nimport numpy as np\nfrom types import SimpleNamespace\n"
            "from otter.test_files import test_case\n\n"
            f'OK_FORMAT = False\nname = "{title}"\npoints = 1\n\n'
            f"{dedent(MODEL)}\n\n@test_case()\ndef test(env):\n"
            "    f, rng = SimpleNamespace(**env), np.random.default_rng(1)\n"
            + indent(dedent(QUESTIONS[title]), "    ")
        )


class Nbgrader:
    """``nbgrader autograde``, which grades one notebook after the other."""

    def __init__(self, folder: Path, deserved: Deserved, programs: Path) -> None:
        self.folder, self.programs = folder, programs
        source = folder / "source/ps1"
        source.mkdir(parents=True)
        (folder / "nbgrader_config.py").write_text(
            "c = get_config()\nc.CourseDirectory.course_id = 'c'\n"
            "c.ExecutePreprocessor.timeout = 120\nc.ExecutePreprocessor.kernel_name = 'python3'\n",
            "utf-8",
        )
        (source / "work.ipynb").write_text(self._work(SOLUTION), "utf-8")
        self._nbgrader("generate_assignment", "ps1", "--force")
        for learner, (text, _) in deserved.items():
            place = folder / "submitted" / learner / "ps1"
            place.mkdir(parents=True)
            (place / "work.ipynb").write_text(self._work(text), "utf-8")

    def run(self) -> Graded:
        """Grade all; returns the points of each learner."""
        shutil.rmtree(self.folder / "autograded", ignore_errors=True)
        self._nbgrader("autograde", "ps1", "--force")
        self._nbgrader("export")
        with (self.folder / "grades.csv").open(encoding="utf-8", newline="") as file:
            return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}

    def _nbgrader(self, *words: str) -> None:
        succeeded([str(self.programs / "nbgrader"), *words], self.folder, self.programs)

    @staticmethod
    def _work(text: str) -> str:
        cells = [text]
        for title in TITLES:
            cells.append(
                "import keras\nimport numpy as np\nfrom types import SimpleNamespace\n"
                f"{dedent(MODEL)}\n"
                "f, rng = SimpleNamespace(**globals()), np.random.default_rng(1)\n"
                + dedent(QUESTIONS[title])
            )
        marks = [("work", False, True), *((title, True, False) for title in TITLES)]
        metadata = [
            {"nbgrader": {"schema_version": 3, "grade_id": name, "grade": grade, "locked": grade,
                          "solution": solution, "task": False} | ({"points": 1} if grade else {})}
            for name, grade, solution in marks
        ]  # fmt: skip
        return notebook(cells, metadata)


def notebook(cells: list[str], metadata: list[dict[str, object]] | None = None) -> str:
    """A notebook of code cells."""
    return json.dumps(
        {
            "cells": [
                {"cell_type": "code", "id": f"cell{number}", "execution_count": None,
                 "metadata": metadata[number] if metadata else {}, "outputs": [],
                 "source": cell.splitlines(keepends=True)}
                for number, cell in enumerate(cells)
            ],
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3",
                                        "language": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )  # fmt: skip


def succeeded(command: list[str], folder: Path, programs: Path | None = None) -> str:
    """What a command prints, which must end with 0; its programs come first in the path."""
    environment = dict(os.environ, TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1")
    if programs is not None:
        environment["PATH"] = f"{programs}{os.pathsep}{environment['PATH']}"
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return done.stdout


def rivals(env: Path) -> Path:
    """The programs of an environment with Otter and nbgrader, and the TensorFlow that is here."""
    programs = env / "bin"
    if not (programs / "nbgrader").exists():
        subprocess.run([sys.executable, "-m", "venv", str(env)], check=True)
        same = [f"{name}=={version(name)}" for name in ("tensorflow", "keras", "numpy")]
        packages = ["otter-grader", "nbgrader", "ipykernel", *same]
        subprocess.run([str(programs / "pip"), "install", "-q", *packages], check=True)
    return programs


def measured(run: Callable[[], Graded], deserved: Deserved) -> tuple[float, float]:
    """Seconds by the wall, and of processors, of a run that gives everyone what they deserve."""
    before, begin = os.times(), time.monotonic()
    graded = run()
    wall, after = time.monotonic() - begin, os.times()
    wrong = {name: graded.get(name) for name, (_, points) in deserved.items()
             if graded.get(name) != points}  # fmt: skip
    if wrong:
        sys.exit(f"{len(wrong)} of {len(deserved)} got other points: {list(wrong.items())[:5]}")
    used = after.children_user + after.children_system
    return wall, used - before.children_user - before.children_system


def scaled(sizes: list[int], numbers: list[int], titles: Sequence[str], folder: Path) -> str:
    """What a file costs us by the size of the class and the number of workers, as Markdown.

    Empty without sizes.
    """
    if not sizes:
        return ""
    lines = [
        "| files | workers | seconds by the wall, a file | of processors | of these the driver "
        "| memory, peak |",
        "|---|---|---|---|---|---|",
    ]
    for size in sizes:
        deserved = handed_in(size, titles)
        for workers in numbers:
            ours = Ours(folder / f"{size}-{workers}", deserved, workers, titles)
            with peak() as memory:
                wall, used = measured(ours.run, deserved)
            driver = ours.driver()
            ours.again()
            driver -= ours.driver()
            lines.append(
                f"| {size} | {workers} | {wall / size:.3f} | {used / size:.3f} "
                f"| {driver / used:.1%} | {memory[0] / 1024:.0f} MiB |"
            )
            print(lines[-1], file=sys.stderr, flush=True)
    return "\n".join(lines) + "\n"


@contextmanager
def peak() -> Iterator[list[float]]:
    """The most memory in KiB, shared pages counted once, of what this process starts meanwhile."""
    found, over, own = [0.0], threading.Event(), os.getpid()

    def look() -> None:
        while not over.wait(0.5):  # each look costs milliseconds
            others = [pid for pid in family(own) if pid != own]
            found[0] = max(found[0], sum(map(proportional_set_size, others)))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield found
    finally:
        over.set()
        thread.join()


def table(found: dict[str, list[tuple[float, float]]], learners: int, programs: Path) -> str:
    """The figures as Markdown."""
    medians = {
        name: tuple(statistics.median(values) for values in zip(*pairs, strict=True))
        for name, pairs in found.items()
    }
    versions = {}
    for package in ("otter-grader", "nbgrader"):
        code = f"import importlib.metadata as m; print(m.version({package!r}))"
        versions[package] = succeeded([str(programs / "python"), "-c", code], HERE).strip()
    rounds = max(map(len, found.values()))
    lines = [
        f"{learners} files, each by every grader, {rounds} round{'s' * (rounds > 1)}; {CORES} "
        f"cores, otter-grader {versions['otter-grader']}, nbgrader {versions['nbgrader']}, "
        f"TensorFlow {version('tensorflow')}.",
        "",
        "| grader | seconds by the wall, a file | of processors, a file | wall, times ours "
        "| processors, times ours |",
        "|---|---|---|---|---|",
    ]
    wall, used = medians["ours"]
    for name, (other_wall, other_used) in medians.items():
        lines.append(
            f"| {name} | {other_wall / learners:.2f} | {other_used / learners:.2f} "
            f"| {other_wall / wall:.1f} | {other_used / used:.1f} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, and with ``--write`` keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--env", type=Path, default=Path(tempfile.gettempdir()) / "class-rivals")
    parser.add_argument("--only", nargs="*", default=["ours", *RIVALS])
    parser.add_argument(
        "--scale", nargs="+", type=int, default=[], metavar="N", help="sizes of a class, ours alone"
    )
    parser.add_argument(
        "--workers", nargs="+", type=int, default=sorted({1, CORES}), help="numbers for --scale"
    )
    parser.add_argument("--quick", action="store_true", help="without TensorFlow, for --scale")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    deserved = handed_in(options.learners)
    others = set(options.only) - {"ours"}
    programs = rivals(options.env) if others else options.env
    found: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        makers: dict[str, Callable[[], Ours | Otter | Nbgrader]] = {
            "ours": lambda: Ours(folder / "ours", deserved),
            "Otter": lambda: Otter(folder / "otter", deserved, programs, CORES),
            "Otter, one at a time": lambda: Otter(folder / "otter1", deserved, programs, 1),
            "nbgrader": lambda: Nbgrader(folder / "nbgrader", deserved, programs),
        }
        graders = {name: makers[name]() for name in options.only}
        for _ in range(options.rounds):
            for name, each in graders.items():
                found.setdefault(name, []).append(measured(each.run, deserved))
                print(f"{name}: {found[name][-1]}", file=sys.stderr, flush=True)
        titles = QUICK if options.quick else TITLES
        scales = scaled(options.scale, options.workers, titles, folder / "scale")
    compared = table(found, options.learners, programs) if others and "ours" in found else ""
    for name, text in (("class", compared), ("scale", scales)):
        print(text)
        if options.write and text:
            head, begin, rest = PAGE.read_text("utf-8").partition(f"<!-- {name} -->")
            _, end, tail = rest.partition(f"<!-- end of {name} -->")
            PAGE.write_text(f"{head}{begin}\n\n{text}\n{end}{tail}", "utf-8")


if __name__ == "__main__":
    main()
