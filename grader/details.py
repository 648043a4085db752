"""What a report keeps beside a check's message, as plain data."""

from collections.abc import Iterator, Sequence
from typing import NotRequired, Required, TypedDict

from grader.i18n import _

SIDE, CLASSES = 28, 10  # of a garment's picture; kinds of garments
_EPOCHS = 100_000  # of a curve: what is longer was not drawn by us


class Description(TypedDict, total=False):
    """A value as ``grader.checks.describe.describe`` makes it; ``kind`` and ``text`` always.

    Attributes:
        kind: ``"array"``, ``"garment"`` or ``"value"``.
        text: as a person would write it, the middle of a large one left out.
        type: the name of its type, of what is no array.
        shape, dtype: of an array.
        min, max: of an array's finite numbers, ``None`` without any.
        nan: how many of its numbers are none.
        pixels: (28, 28) of a garment, 0 to 255.
        label: the name of what it is.
        probable: names and probabilities of what a model takes it for, the likeliest first.
    """

    kind: Required[str]
    text: Required[str]
    type: str
    shape: list[int]
    dtype: str
    min: float | None
    max: float | None
    nan: int
    pixels: list[list[int]]
    label: str
    probable: list[list[str | float]]


class Element(TypedDict):
    """An element in which two arrays differ: its index, and both numbers as texts."""

    index: list[int]
    expected: str
    got: str


class Difference(TypedDict):
    """In how many elements of how many two arrays differ; the first, and the farthest off."""

    count: int
    of: int
    first: Element
    worst: Element


class Line(TypedDict):
    """A line of the learner's, counted from 1; ``current`` is the one that raised.

    In a notebook lines are counted in their ``cell``.
    """

    number: int
    text: str
    current: bool
    cell: NotRequired[int]


class ExceptionSeen(TypedDict):
    """What the submission raised."""

    type: str
    message: str


class Part(TypedDict):
    """A part of a check: its points, and whether the check got as far."""

    title: str
    points: float
    max_points: float
    reached: bool


class Calls(TypedDict):
    """What a check said to the submission; see ``grader.checker.record``."""

    cut: bool
    frames: list[str]


class TrainingEnd(TypedDict):
    """How a training ended, in a few words, and how many epochs there should have been."""

    note: str
    epochs: int


class GarmentsShown(TypedDict):
    """Garments that are drawn side by side, at least one, and what they are."""

    title: str
    garments: list[Description]


class DotRow(TypedDict):
    """Numbers that are drawn as dots; whether they are the learner's own."""

    name: str
    values: list[float]
    own: bool


class DotsShown(TypedDict):
    """Rows of dots on one scale; ``span`` is the name and both ends of an interval below them."""

    title: str
    rows: list[DotRow]
    span: list[str | float] | None


class CellsShown(TypedDict):
    """Shares by the name of the row, and by that of the column."""

    title: str
    rows: dict[str, dict[str, float]]


class Details(TypedDict, total=False):
    """What was seen beside a check's message; ``None`` where there is nothing of the kind.

    Attributes:
        training: of the learner's model: ``loss`` and perhaps ``val_loss``, one per epoch.
        training_ends, garments, dots, cells: what else is drawn; see ``grader.checks.shown``.
        confusion: (10, 10) how often garments of each class were taken for which.
        what: the name of what is compared, such as ``"row sums"``.
        expected, got: what was right, and what came.
        difference: of two arrays of one shape.
        given: what went in, by name.
        lines: the learner's own, up to the one that raised.
        exception: what it raised.
        printed: what the submission printed.
        losses: of a training, one per epoch, ``None`` for one that is no number.
        calls: if they were asked for.
        parts: of a check that has some.
        source: of a check that learners may read and that did not pass.
    """

    expected: Description | None
    got: Description | None
    difference: Difference | None
    given: dict[str, Description] | None
    lines: list[Line] | None
    exception: ExceptionSeen | None
    printed: str | None
    losses: list[float | None] | None
    calls: Calls | None
    parts: list[Part]
    source: str
    what: str
    training: dict[str, list[float | None]]
    training_ends: TrainingEnd
    confusion: list[list[int]]
    garments: GarmentsShown
    dots: DotsShown
    cells: CellsShown


_OF_KIND = {  # what is beside ``kind`` and ``text``
    "array": {"shape", "dtype", "min", "max", "nan"},
    "garment": {"pixels", "label", "probable"},
    "value": {"type"},
}


def fitting(details: Details) -> None:
    """See that what will be drawn can be drawn: sizes fit, and what a kind of value has is there.

    Args:
        details: of the types that they should have, see ``grader.typed``.

    Raises:
        ValueError: something does not fit, which the message names.
    """
    for value in _values(details):
        if value["kind"] not in _OF_KIND or not _OF_KIND[value["kind"]] <= value.keys():
            raise ValueError(_("a value of no known kind"))
        if value["kind"] == "garment":
            _garment(value)
    training, dots = details.get("training"), details.get("dots")
    if training is not None:
        if "loss" not in training or not all(0 < len(v) <= _EPOCHS for v in training.values()):
            raise ValueError(_("a training without losses"))
    if (confusion := details.get("confusion")) is not None:
        _square(confusion, CLASSES, 2**53)
    if dots is not None and (span := dots["span"]) is not None:
        if [type(each) is str for each in span] != [True, False, False]:
            raise ValueError(_("an interval is a name and two numbers"))


def _values(details: Details) -> Iterator[Description]:
    """All values that are described."""
    for value in (details.get("expected"), details.get("got")):
        if value is not None:
            yield value
    yield from (details.get("given") or {}).values()
    if (shown := details.get("garments")) is not None:
        if not shown["garments"] or any(v["kind"] != "garment" for v in shown["garments"]):
            raise ValueError(_("pictures without garments"))
        yield from shown["garments"]


def _garment(value: Description) -> None:
    _square(value["pixels"], SIDE, 255)
    named = [[type(part) is str for part in each] for each in value["probable"]]
    if not named or any(each != [True, False] for each in named):
        raise ValueError(_("a garment without probable labels"))


def _square(table: Sequence[Sequence[int]], side: int, most: int) -> None:
    if [len(row) for row in table] != [side] * side:
        raise ValueError(_("a table of {count} rows, not {side}").format(
            count=len(table), side=side))  # fmt: skip
    if not all(0 <= number <= most for row in table for number in row):
        raise ValueError(_("a number that is none of a picture or a table"))
