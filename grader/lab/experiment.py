"""A lab as its two files declare it: what is run, what is predicted, what is drawn, what it means.

::

    [[experiment]]
    run = "thirty_epochs"            # a function of labs/ex6_epochs.py
    title = "Thirty epochs"
    about = "You train …"            # what will happen; says no result
    explain = "The loss …"           # what it means, once it has been seen
    ask = "which-copy"               # a question of the exercise's quiz that needs the insight

      [experiment.predict]
      kind = "number"                # or "choice", "order"
      prompt = "In which epoch is val_loss lowest?"
      result = "best_epoch"          # what of the table tells; for an order, a column
      low = 1
      high = 30

      [[experiment.draw]]
      kind = "curves"                # or "bars", "garments", "matrix", "numbers"
      columns = ["loss", "val_loss"]
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, assert_never

from grader.course import Course, Exercise
from grader.errors import CourseError
from grader.i18n import _
from grader.lab.digest import digest
from grader.measured import Measured, Recorded, RunTable, look, read
from grader.parsing import parse
from grader.quiz.questions import Question
from grader.quiz.reader import load
from grader.quiz.toml import QuizError, TomlTable, Unreadable, opened

MOST_SEEDS = 100
SEEDS = (1, 2, 3)  # of an experiment that draws, unless more are asked for

LETTERS = "abcdefghij"


@dataclass(frozen=True)
class HowMuch:
    """How large is it?

    Attributes:
        low, high: the ends of the scale that it is drawn on.
        near: a guess that is no further away from the mean is a good one.
        least, most: no guess below or above is possible.
        spread: whether it is about the distance between the largest and the smallest run.
    """

    prompt: str
    result: str
    low: float
    high: float
    near: float
    least: float
    most: float
    spread: bool = False


@dataclass(frozen=True)
class Ending:
    """One of several ends: the measured number is at least ``least`` and less than ``below``."""

    text: str
    least: float
    below: float

    def holds(self, value: float | None) -> bool:
        """Whether a measured number ends so."""
        return value is not None and self.least <= value < self.below


@dataclass(frozen=True)
class WhichOne:
    """Which of these will happen?"""

    prompt: str
    result: str
    options: tuple[Ending, ...]

    def happened(self, value: float | None) -> int | None:
        """The position of the option that a measured number makes true."""
        return next((n for n, each in enumerate(self.options) if each.holds(value)), None)


@dataclass(frozen=True)
class InOrder:
    """Which comes first? The rows of a table, from the smallest value of a column upwards.

    Attributes:
        rows: what the table's first column has, as it is shown.
    """

    prompt: str
    result: str
    rows: tuple[str, ...]

    def happened(self, tables: Sequence[RunTable]) -> tuple[int, ...]:
        """The positions of the rows, by the mean of the runs."""
        means = [
            sum(look(table, f"{self.result}@{row}") for table in tables) / len(tables)
            for row in self.rows
        ]
        return tuple(sorted(range(len(means)), key=means.__getitem__))


Prediction = HowMuch | WhichOne | InOrder
Guess = float | int | tuple[int, ...]  # a number, an option's position, an order of positions

DRAWINGS = ("bars", "curves", "garments", "matrix", "pixels", "words")


@dataclass(frozen=True)
class Plot:
    """How a part of the results is drawn.

    Attributes:
        kind: one of ``DRAWINGS``.
        columns: what of the table is drawn.
        title: stands above it.
        low, high: the ends of the scale; ``None`` where the numbers say.
    """

    kind: str
    columns: tuple[str, ...]
    title: str
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Experiment:
    """One experiment of a lab.

    Attributes:
        name: of the function that runs it.
        ask: the question that needs the insight: its id in the quiz of the lab's exercise, or
            another exercise and its id, ``"ex2.steps-of-an-epoch"``; empty without one.
        chance: whether the function takes a seed.
        whole: whether it takes all 60,000 images, which the course does not bring.
        code: a digest of the function and all that it uses in its file.
    """

    name: str
    title: str
    about: str
    predict: Prediction | None
    draw: tuple[Plot, ...]
    explain: str
    ask: str
    chance: bool
    code: str
    seeds: tuple[int, ...]
    whole: bool = False

    @property
    def possible(self) -> bool:
        """Whether it can run here: all that it needs is on this computer."""
        if not self.whole:
            return True
        from grader.datasets import fashion_mnist

        return fashion_mnist.full_folder() is not None

    def happened(self, tables: Sequence[RunTable]) -> list[Any]:
        """What each run says to the prediction, or all of them together."""
        match self.predict:
            case None | InOrder():
                return []
            case HowMuch(result=key, spread=True):
                values = [look(table, key) for table in tables]
                return [max(values) - min(values)] if values else []
            case HowMuch(result=key) | WhichOne(result=key):
                return [look(table, key) for table in tables]
            case _:
                assert_never(self.predict)


@dataclass(frozen=True)
class Lab:
    """The experiments of one file."""

    course: Course
    stem: str

    @property
    def id(self) -> str:
        """``"ex6"`` of ``"ex6_epochs"``."""
        return self.stem.partition("_")[0]

    @property
    def folder(self) -> Path:
        """Where the labs of its course are."""
        return self.course.root / "labs"

    @property
    def script(self) -> Path:
        """The functions."""
        return self.folder / f"{self.stem}.py"

    @property
    def exercise(self) -> Exercise | None:
        """The exercise that it belongs to, if it belongs to one."""
        return next((each for each in self.course.exercises if each.stem == self.stem), None)

    @property
    def title(self) -> str:
        """The first line of what the script says of itself."""
        return (ast.get_docstring(self._tree) or self.stem).partition("\n")[0].rstrip(".")

    @property
    def record(self) -> Path:
        """Where the course keeps its results."""
        return self.folder / f"{self.stem}.json"

    def recorded(self) -> Recorded:
        """What the course measured.

        Raises:
            CourseError: the file is no record.
        """
        return read(self.record)

    @cached_property
    def source(self) -> str:
        """The script's text."""
        return self.script.read_text("utf-8")

    @cached_property
    def _tree(self) -> ast.Module:
        try:
            return parse(self.source, str(self.script))
        except (SyntaxError, ValueError) as error:
            raise CourseError(
                _("{script} is not Python: {reason}").format(script=self.script, reason=error)
            ) from error

    @cached_property
    def experiments(self) -> tuple[Experiment, ...]:
        """In the order in which they are to be done.

        Raises:
            QuizError: the declaration can't be read; the first thing that is wrong.
            CourseError: it names what the script does not have.
        """
        declaration = opened(self.script.with_suffix(".toml"))
        found = tuple(self._read(declaration))
        if declaration.notes.errors:
            raise declaration.notes.errors[0]
        return found

    def words(self, text: str) -> str:
        """A text of the declaration, with the numbers that it names.

        Raises:
            CourseError: one of them was not measured.
        """
        return Measured(self.folder).resolved(text, str(self.script.with_suffix(".toml")))

    def experiment(self, name: str) -> Experiment | None:
        """The experiment of that name."""
        return next((each for each in self.experiments if each.name == name), None)

    def question(self, experiment: Experiment) -> tuple[Exercise, Question] | None:
        """The question that an experiment asks, and the exercise whose quiz has it.

        Raises:
            QuizError: the quiz can't be read.
        """
        other, __, name = experiment.ask.rpartition(".")
        exercise = self.course.exercise(other) if other else self.exercise
        if not name or exercise is None or not exercise.quiz.is_file():
            return None
        found = load(exercise.quiz).question(name)
        return None if found is None else (exercise, found)

    def _read(self, declaration: TomlTable) -> Iterator[Experiment]:
        declaration.known(("experiment",), _("A lab"))
        names = {each.name: each for each in self._tree.body if isinstance(each, ast.FunctionDef)}
        for table in declaration.tables("experiment"):
            try:
                yield _experiment(table, names, self._tree)
            except Unreadable:
                continue


def labs(course: Course) -> tuple[Lab, ...]:
    """The labs of a course, by number."""
    paths = [
        path
        for path in (course.root / "labs").glob("ex*_*.py")
        if re.fullmatch(r"ex\d+_\w+", path.stem) and path.with_suffix(".toml").is_file()
    ]
    found = [Lab(course, path.stem) for path in paths]
    return tuple(sorted(found, key=lambda lab: int(lab.id[2:])))


_FIELDS = ("run", "title", "about", "predict", "draw", "explain", "ask", "seeds")


def _experiment(
    table: TomlTable, functions: Mapping[str, ast.FunctionDef], tree: ast.Module
) -> Experiment:
    table.known(_FIELDS, _("An experiment"))
    name = table.text("run")
    if name not in functions:
        table.fail(
            _("the script has no function {name}").format(name=name),
            _("it has {functions}").format(functions=", ".join(functions)),
            "run",
        )
    arguments = {each.arg for each in functions[name].args.args}
    chance = "seed" in arguments
    count = table.value("seeds", int, len(SEEDS))
    if not 1 <= count <= MOST_SEEDS:
        fix = _("use 1 to {most}").format(most=MOST_SEEDS)
        table.fail(_("seeds says how often an experiment is run"), fix, "seeds")
    predict = table.values.get("predict")
    return Experiment(
        name=name,
        title=table.text("title"),
        about=table.text("about"),
        predict=None if predict is None else _prediction(table.table("predict", 0, predict)),
        draw=tuple(_drawing(each) for each in table.tables("draw")),
        explain=table.text("explain"),
        ask=table.text("ask", default=""),
        chance=chance,
        code=digest(tree, name),
        seeds=tuple(range(1, count + 1)) if chance else (0,),
        whole="whole" in arguments,
    )


def _prediction(table: TomlTable) -> Prediction:
    prompt, result = table.text("prompt"), table.text("result")
    kind = table.text("kind")
    match kind:
        case "number":
            known = ("kind", "prompt", "result", "low", "high", "near", "least", "most", "spread")
            table.known(known, _("A number"))
            low, high = table.value("low", float), table.value("high", float)
            if low >= high:
                table.fail(_("low is not less than high"), _("make high larger"), "high")
            near = table.value("near", float, (high - low) / 20)
            least, most = table.value("least", float, low), table.value("most", float, high)
            spread = table.value("spread", bool, False)
            return HowMuch(prompt, result, low, high, near, least, most, spread)
        case "choice":
            table.known(("kind", "prompt", "result", "option"), _("A choice"))
            options = []
            for each in table.tables("option"):
                each.known(("text", "least", "below"), _("An option"))
                least = each.value("least", float, -1e300)
                options.append(Ending(each.text("text"), least, each.value("below", float, 1e300)))
            return WhichOne(prompt, result, tuple(options))
        case "order":
            table.known(("kind", "prompt", "result", "rows"), _("An order"))
            rows = table.value("rows", list)
            return InOrder(prompt, result, tuple(map(str, rows)))
    return table.fail(
        _("there is no kind {kind!r}").format(kind=kind), _("it is number, choice or order"), "kind"
    )


def _drawing(table: TomlTable) -> Plot:
    table.known(("kind", "columns", "title", "low", "high"), _("A drawing"))
    kind = table.text("kind")
    if kind not in DRAWINGS:
        table.fail(
            _("there is no drawing {kind!r}").format(kind=kind),
            _("it is one of {drawings}").format(drawings=", ".join(DRAWINGS)),
            "kind",
        )
    ends = [table.value(n, float) if n in table.values else None for n in ("low", "high")]
    columns = tuple(map(str, table.value("columns", list)))
    if not columns:
        table.fail(_("nothing is drawn"), _("name at least one column"), "columns")
    return Plot(kind, columns, table.text("title", default=""), *ends)


__all__ = ["Experiment", "Lab", "QuizError", "labs"]
