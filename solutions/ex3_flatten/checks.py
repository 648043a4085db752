"""Hidden checks of exercise 3: shapes, and what fit raises."""

import builtins
import itertools
import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.checks import (
    Diagnosis,
    KerasModel,
    Raised,
    Remote,
    StandIn,
    SubmissionError,
    dense,
    describe,
    expect,
    flatten,
    played,
)

COMPILED = {
    "optimizer": "adam",
    "loss": "sparse_categorical_crossentropy",
    "run_eagerly": True,  # no tracing: a fit of two steps is done in 0.1 s
}
# all but the first are caught by the name of a wider kind, too
BUILT_IN = ["TypeError", "UnicodeError", "NotImplementedError", "IndexError", "FileNotFoundError"]
MADE_UP = ["PaperJamError", "LostSockError", "ColdCoffeeError", "WetUmbrella", "BrokenButton"]


def sizes(rng: np.random.Generator, count: int) -> tuple[int, ...]:
    """Different sizes of axes, never 28."""
    return tuple(int(n) for n in rng.choice(np.arange(4, 14), count, replace=False))


def pixels(rng: np.random.Generator, shape: tuple[int, ...], dtype: str = "uint8") -> np.ndarray:
    """Images whose numbers tell, as far as the dtype can, where they stood; a float one is nan."""
    numbers = rng.permutation(math.prod(shape)).reshape(shape)
    if dtype.startswith("float"):
        return np.where(numbers, numbers / 100 - 1, math.nan).astype(dtype)
    if dtype == "int64":
        return numbers + 2**60  # a float loses the last digits
    return (numbers % 256 if dtype == "uint8" else numbers % 9999 - 999).astype(dtype)


def input_shapes(rng: np.random.Generator) -> list[tuple]:
    """Shapes with one to four axes after the batch axis, which is None or a number.

    The first is like the text's; it comes once more at the end. Each of the first two has more
    than one axis: what flattens and what does not is not the same there. After those of different
    axes come a square, one with axes of length 1 and of the batch's length, a photo, one of seven
    axes, batches of many images, of one and of none, and the brief's example.
    """
    batches = [None, *(int(n) for n in rng.integers(20, 60, 4)), None]
    ranks = [2, 3, *rng.permutation([1, 2, 4]).tolist(), 1]
    shapes = [(batch, *sizes(rng, rank)) for batch, rank in zip(batches, ranks, strict=True)]
    a, b = sizes(rng, 2)
    photo = (None, *(int(n) for n in rng.choice(np.arange(200, 300), 2, replace=False)), 3)
    batches = [(7_000 + b, a, b), (1, b, a), (0, a, b)]
    seven = (None, *rng.permutation(np.arange(2, 9)).tolist())
    special = [(None, a, a), (b, a, 1, b), photo, seven, *batches]
    return [*shapes, *special, (None, 28, 28), shapes[0]]


DENSE_FLATTENS = Diagnosis(
    "Dense does NOT flatten, it only replaces the LAST axis.",
    hint="Build one and see: keras.layers.Dense(4)(np.zeros((2, 3, 5))). Compare the shape of the "
    "result with (2, 3, 5), axis by axis.",
)


def few_axes(name: str, shape: tuple) -> str:
    """A sentence on an axis that a shape does not have."""
    return (
        f"You read an axis that is not there: {name} is {shape}. There may be any number of axes: "
        f"{name}[1:] is all but the first."
    )


def flattened(learner: Any, images: np.ndarray) -> Any:
    """What flatten_images returns, or a word on the usual reasons why it raises."""
    try:
        result = learner.flatten_images(images)
        expect.that(
            result is not None,
            "flatten_images returned None. Did you forget `return`? Or do you return what "
            "images.resize(...) returns: nothing, because it changes the array itself.",
            given={"images": images},
        )
        return result
    except SubmissionError as error:
        if error.type == "IndexError" and "tuple index" in error.message:
            expect.fail(few_axes("images.shape", images.shape), given={"images": images})
        if error.type != "ValueError":
            raise
        size = math.prod(images.shape[1:])
        wanted = error.message.partition("into shape ")[2]
        if re.search(r"\b(28|784)\b", wanted):
            says = Diagnosis(
                "You wrote 784 (or another fixed size) into the function, but these images hold "
                f"{size} numbers each. Read the sizes from images.shape.",
                hint="784 is 28 x 28. Print images.shape in your function: which of its numbers "
                "play the part of the two 28s, and which one counts the images?",
            )
        elif wanted:
            says = (
                f"The images {images.shape} can't be reshaped to {wanted}: each holds {size} "
                "numbers. Read every size from images.shape, or let -1 work it out."
            )
        elif "unpack" in error.message:
            says = (
                f"You unpacked a fixed number of axes, but the shape is {images.shape}. There may "
                "be any number: images.shape[1:] is all but the first."
            )
        else:
            raise
        expect.fail(says, expected=images.reshape(len(images), size), given={"images": images})


def follows(
    rule: Callable[..., Any],
    shape: tuple,
    units: int | None,
    right: tuple,
    says: str,
    otherwise: dict[str, tuple],
) -> None:
    """State that one of the learner's two rules gives the right shape.

    ``says`` is the rule; ``otherwise`` gives, for a wrong shape, what was wrong.
    """
    arguments = {"input_shape": shape} | ({} if units is None else {"units": units})
    layer = "Flatten" if units is None else f"Dense({units})"
    try:
        got = rule(*arguments.values())
    except SubmissionError as error:
        if error.type == "TypeError" and "NoneType" in error.message:
            expect.fail(
                f"You calculated with the batch axis of {shape}, which is None: the number of "
                "images isn't known yet. Pass it through unchanged.",
                expected=right,
                given=arguments,
            )
        if error.type == "ValueError" and "unpack" in error.message:
            expect.fail(
                f"You unpacked a fixed number of axes, but the shape is {shape}. There may be any "
                "number: input_shape[:-1] is all but the last, input_shape[1:] all but the first.",
                expected=right,
                given=arguments,
            )
        if error.type == "IndexError" and "tuple index" in error.message:
            expect.fail(few_axes("input_shape", shape), expected=right, given=arguments)
        if error.type == "TypeError" and "item assignment" in error.message:
            expect.fail(
                "A shape is a tuple, and a tuple can't be changed. Make a new one of its parts: "
                "input_shape[:-1] is all but the last, (units,) a tuple of one.",
                expected=right,
                given=arguments,
            )
        raise
    due = f"{layer} on {shape} gives {right}"
    sentences = {f"{due}. " + sentence: wrong for sentence, wrong in otherwise.items()}
    if isinstance(got, tuple | list):
        expect.that(
            not any(isinstance(n, float | np.floating) for n in got),
            "The axes of a shape are whole numbers; one of yours is a float.",
            expected=right,
            got=got,
            given=arguments,
        )
        if len(got) == len(right) and tuple(got[1:]) == right[1:]:
            says = f"The batch axis stays what it is, here {shape[0]}."
        sentences[f"{due}. {says}"] = got
    expect.equal(got, right, otherwise=sentences, given=arguments)


def through(learner: Any, layers: tuple, shape: tuple) -> tuple:
    """The shape after several layers, units or "Flatten", by the learner's two rules."""
    for layer in layers:
        if layer == "Flatten":
            after = learner.flatten_output_shape(shape)
        else:
            after = learner.dense_output_shape(shape, layer)
        shape = tuple(n if n is None else int(n) for n in after)
    return shape


def named(got: Any, right: str | None, message: str = "") -> None:
    """State that fit_error named what fit raised, or returned None if it raised nothing."""
    if right is None and isinstance(got, Remote):
        says = "fit worked, so return None; you returned an object. Is it the history from fit?"
    elif right is None:
        says = (
            f"fit worked, so return None; you returned {describe.phrase(got)}. Name only what fit "
            "itself raises: under try there should be nothing else."
        )
    elif got is None:
        says = (
            f"fit raised {right}, but you returned None. Is a return missing under except? Or "
            "does a later one replace it, such as one under finally?"
        )
    elif not isinstance(got, str):
        says = "Return the NAME of the error's class, as a string: type(error).__name__."
    elif right in got or (message and message in got):
        says = "Return only the name of the class: type(error).__name__."
    elif is_wider(got, right):
        says = (
            f"fit raised {right}, which is a kind of {got}; you returned the wider name. Name the "
            "error's own class: type(error).__name__."
        )
    else:
        says = (
            f"fit raised {right}, but you returned {describe.phrase(got)}. Report what really "
            "happened."
        )
    good = got is None if right is None else isinstance(got, str) and got == right
    expect.that(good, says, expected=right, got=got)


def is_wider(name: str, right: str) -> bool:
    """Whether a name is that of a built-in kind of errors to which another kind belongs."""
    kind = vars(builtins).get(name)
    return isinstance(kind, type) and issubclass(vars(builtins).get(right, Exception), kind)


def as_it_is(sent: Any, value: np.ndarray) -> bool:
    """Whether fit got an array as it came, also in its dtype; a tensor of it will do."""
    return bool(np.array_equal(sent, value)) and np.asarray(sent).dtype == value.dtype


def let_through(error: SubmissionError, right: str | None) -> None:
    """Fail with a word on an error of fit that fit_error did not catch."""
    if error.type == right:
        expect.fail(
            f"fit raised {right}, and your function let it through. Catch every Exception, not "
            "only some kinds of it.",
            expected=right,
        )


def tried(learner: Any, model: KerasModel, x: np.ndarray, y: np.ndarray, right: str | None) -> None:
    """Let fit_error train a real model, and state that it did and told what came of it."""
    called: list[dict[str, Any]] = []
    model.watched = {"fit": lambda *args, **kwargs: called.append(played.bound(*args, **kwargs))}
    try:
        got = learner.fit_error(model, x, y)
    except SubmissionError as error:
        if called:
            let_through(error, right)
        raise
    says = f"You called fit {len(called)} times for a real model. Call it once, and see."
    expect.that(len(called) == 1, says)
    says = "fit got other images, labels or epochs than your function. Pass x and y unchanged."
    same = as_it_is(called[0]["x"], x) and as_it_is(called[0]["y"], y)
    expect.that(same and called[0]["epochs"] == 1, says)
    steps = steps_of(model)
    expect.that(
        right is None or got is not None or steps == 0,
        f"As it is, this model can't be trained: fit raises {right}. In your function it was "
        "trained. Do you compile or repair it? Report what fit does with what you were given.",
        expected=right,
        got=got,
    )
    named(got, right)
    expect.that(
        right is not None or steps > 0,
        "The model made no training step: call model.fit.",
        got=steps,
    )


def steps_of(model: KerasModel) -> int:
    """How many training steps a model has made; a model that was never compiled made none."""
    try:
        optimizer = model.remote.optimizer
    except SubmissionError:
        return 0
    return 0 if optimizer is None else int(optimizer.iterations)


def first_of_its_length(shape: tuple, units: int) -> tuple:
    """The shape with units for the first axis that is as long as the last."""
    where = shape.index(shape[-1])
    return (*shape[:where], units, *shape[where + 1 :])


def votes(rng: np.random.Generator, n: int, rows: int, classes: int) -> np.ndarray:
    """Probabilities of a model without Flatten, on which an average and other votes differ.

    In every other image most rows lean a little to one class, and the rest are sure of another,
    which wins; in the others one row is sure against all the rest, and loses. Of four images and
    more, one is decided by its first row and one by its last. No two averages of an image are
    nearly equal, and the labels are others backwards. Of a table with more than five images, rows
    and classes no two other votes are the same.
    """
    many = min(n, rows, classes) > 5
    while True:
        lean = rng.integers(0, classes, n)
        sure = (lean + rng.integers(1, classes, n)) % classes
        scores = rng.normal(0, 0.3, (n, rows, classes))
        for image in range(n):
            alone = image % 2
            scores[image, :, lean[image]] += 3 if alone else 1
            some = rng.permutation(rows)[: 1 if alone else max(1, rows * 2 // 5)]
            scores[image, some, sure[image]] += 3 * rows + 4 if alone else 4
        powers = np.exp(scores)
        table = powers / powers.sum(axis=2, keepdims=True)
        if n > 3 and rows > 2:
            for image, row in enumerate((0, rows - 1)):
                table[image] = decided_by(rng, row, sure[image], lean[image], (rows, classes))
        if many:
            for image, drawn in ((2, contradicted), (3, outvoted)):
                table[image] = drawn(rng, lean[image], sure[image], (rows, classes))
        first, second = np.sort(table.mean(axis=1), axis=1)[:, :-3:-1].T
        right = table.mean(axis=1).argmax(axis=1)
        others = {tuple(each) for each in other_votes(table).values()}
        differ = tuple(right) not in others and (not many or len(others) == len(other_votes(table)))
        differ = differ and not np.array_equal(right, right[::-1])
        if np.min(first - second) > 1e-4 and (min(n, rows) == 1 or differ):
            return table


def decided_by(
    rng: np.random.Generator, row: int, label: int, other: int, shape: tuple[int, int]
) -> np.ndarray:
    """Rows of an image that lean a little to another class, except for one that is sure."""
    rows, classes = shape
    table = rng.dirichlet(np.ones(classes), rows) / rows / 10
    table[:, label] += 0.5 - 0.3 / rows
    table[:, other] += 0.5 + 0.2 / rows
    table[row, [label, other]] += [0.48, -0.48]
    return table


def contradicted(
    rng: np.random.Generator, label: int, other: int, shape: tuple[int, int]
) -> np.ndarray:
    """Rows of an image that lean to a class; one is a little surer of another, and loses."""
    rows, classes = shape
    table = rng.dirichlet(np.ones(classes), rows) / 10
    table[:, [label, other]] += [0.6, 0.3]
    table[rng.integers(rows), [label, other]] += [-0.4, 0.4]
    return table


def outvoted(
    rng: np.random.Generator, label: int, other: int, shape: tuple[int, int]
) -> np.ndarray:
    """Rows that all have the winning class second; another one is first more often than any."""
    rows, classes = shape
    table = rng.dirichlet(np.ones(classes), rows) / 10
    table[:, label] += 0.4
    some, rest = -(-rows // 3), np.setdiff1d(np.arange(classes), [label, other])
    tops = np.append(np.full(some, other), np.resize(rng.permutation(rest), rows - some))
    table[np.arange(rows), rng.permutation(tops)] += 0.5
    return table


def few_are_sure() -> np.ndarray:
    """Two images in which few rows are sure of a class, and lose; of the usual votes only that of
    the squares follows them."""
    sure, surer = [0.95, 0.02, 0.01, 0.01, 0.01], [0.0, 0.97, 0.01, 0.01, 0.01]
    lean = [0.0, 0.48, 0.17, 0.18, 0.17]
    table = np.array([lean, lean, sure, lean, sure, surer, sure, lean, lean, lean])
    return np.stack([np.roll(table, shift, axis=1) for shift in (1, 3)])


def other_votes(table: np.ndarray) -> dict[str, np.ndarray]:
    """Labels by which rows may vote, but not as they should, by what is wrong with them."""
    counts = [np.bincount(rows, minlength=table.shape[2]) for rows in table.argmax(axis=2)]
    some = {
        "first row": table[:, 1:],
        "last row": table[:, :-1],
        "first and the last row": table[:, 1:-1],
    }
    return {
        f"You left out the {rows}, or counted less of it. All rows count alike.": (
            each.mean(axis=1).argmax(axis=1)
        )
        for rows, each in some.items()
        if each.shape[1] > 1
    } | {
        "You gave each row one vote, for its largest probability, and counted. A row that is in "
        "doubt should weigh less: average the probabilities, then take the largest.": (
            np.argmax(counts, axis=1)
        ),
        "You followed the row that is surest. All rows of an image vote together: take their "
        "average.": table.max(axis=1).argmax(axis=1),
        "Only the first row of each image has voted.": table[:, 0].argmax(axis=1),
        "Only the last row of each image has voted.": table[:, -1].argmax(axis=1),
        "Only the middle row of each image has voted.": (
            table[:, table.shape[1] // 2].argmax(axis=1)
        ),
        "You took the median of the rows, not their average.": (
            np.median(table, axis=1).argmax(axis=1)
        ),
        "You multiplied the rows' probabilities. One row near 0 then decides alone; take their "
        "average.": table.prod(axis=1).argmax(axis=1),
    }


@pytest.mark.points(2)
@pytest.mark.concept("flatten")
@pytest.mark.hint(
    "The first axis counts the images: it stays. The others become one.",
    "reshape takes the wanted shape; for one axis you may write -1, and NumPy works it out.",
)
def test_flatten_keeps_images_apart(learner, rng):
    """flatten_images makes one row per image, in reading order"""
    # the second has another number of images, and pixels in each, than the first
    n, h, w, others, taller = sizes(rng, 5)
    first, second = pixels(rng, (n, h, w)), pixels(rng, (others, w, taller))
    example = np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
    before = None
    for images in (first, first[::-1], second, example, first):
        n, h, w = images.shape
        right = images.reshape(n, h * w)
        expect.array_equal(
            flattened(learner, images),
            right,
            otherwise={
                Diagnosis(
                    f"You made one long row of {n * h * w} numbers: the images are mixed together. "
                    "Keep the first axis, one row per image.",
                    hint="Write down the shape that you want, for these images: how many rows, and "
                    "how many numbers in each? Then print the shape that you have.",
                ): images.reshape(-1),
                f"You put all {n} images into one row. Keep the first axis, one row per image.": (
                    images.reshape(1, -1)
                ),
                "The pixels are in column order. Keep the reading order: row after row.": (
                    images.transpose(0, 2, 1).reshape(n, -1)
                ),
                "You made one COLUMN per image. Each image becomes a row, and the first axis "
                "still counts the images.": right.T,
                "The first axis no longer counts the images, and each of your rows mixes pixels "
                "of several of them.": images.reshape(-1, n),
                "Each of your rows is one row of an image. Make it a whole image: its rows, one "
                "after the other.": images.reshape(n * h, w),
                "You kept only the first row of each image.": images[:, 0],
                "You flattened only the first image.": right[0],
                "You returned the images as they came.": images,
                "You divided the pixels as well. Only the shape is to change.": right / 255,
                "The images stand side by side, so each of your rows goes through all of them. "
                "One row per image.": np.hstack(images),
                f"784 is the size of another image. Each of these holds {h} x {w} numbers; read "
                "the sizes from images.shape.": np.resize(images, (n, 784)),
                "These are the images of the call before. Does your function keep something "
                "outside of itself?": before,
            },
            message="The shape is right, the numbers are not: row i holds image i, its first row "
            "of pixels first, then its second.",
            given={"images": images},
        )
        before = right
    expect.apart(learner.flatten_images, (first,), (first[::-1],))
    many = pixels(rng, (3_000 + int(rng.integers(20, 90)), 2, 3))  # more than any round number
    photos = pixels(rng, (2, 150, 150, 3))  # each has more numbers than 16 bits count
    for images in (many, photos):
        expect.array_equal(
            flattened(learner, images),
            images.reshape(len(images), -1),
            message="There may be any number of images, of any size. Row i holds all numbers of "
            "image i, in their order.",
            given={"images": images},
        )
    turned = first.transpose(0, 2, 1)
    expect.array_equal(
        flattened(learner, np.asfortranarray(turned)),
        turned.reshape(len(turned), -1),
        message="These images were turned with transpose, so that their numbers are in memory in "
        "another order. Take them in reading order all the same, as reshape does by itself.",
        given={"images": turned},
    )


@pytest.mark.points(2)
@pytest.mark.needs("flatten_keeps_images_apart")
@pytest.mark.concept("flatten")
@pytest.mark.hint(
    "len(images) counts the images; with -1 NumPy multiplies all the other axes, however many.",
    "np.zeros makes float64, whatever came in. Which dtype do the images have?",
)
def test_flatten_any_shape(learner, rng):
    """flatten_images takes color, a single image and flat rows, and keeps the dtype"""
    shapes = [sizes(rng, rank) for rank in (4, 3, 2, 5)]
    shapes += [(1, *sizes(rng, 2)), (1, *sizes(rng, 3)), (*sizes(rng, 1), 1), shapes[0]]
    shapes.append((*sizes(rng, 1), *rng.integers(2, 4, 6).tolist()))
    dtypes = rng.permutation(["uint8", "float32", "int16", "float64", "int64"])
    for number, shape in enumerate(shapes):
        images = pixels(rng, shape, dtypes[number % len(dtypes)])
        right = images.reshape(len(images), -1)
        result = flattened(learner, images)
        expect.allclose(
            result,
            right,
            rtol=0,
            atol=0,
            dtype=images.dtype if isinstance(result, np.ndarray) else None,
            otherwise={
                f"A single image has a first axis too, of size 1: the result is {right.shape}."
                if len(images) == 1
                else "You made one long row. Keep the first axis, one row per image.": (
                    images.reshape(-1)
                ),
                f"You joined the second and third axis of {shape} only. All but the first become "
                "one.": images.reshape(len(images), -1, *shape[3:]),
                f"You joined the last two axes of {shape} only. All but the first become one.": (
                    images.reshape(*shape[:-2], -1)
                ),
                "You took the colors apart. Keep the order in which the numbers stand: all of a "
                "pixel, then the next pixel.": np.moveaxis(images, -1, 1).reshape(right.shape),
                "The first axis no longer counts the images. Where you multiply only two axes, -1 "
                "takes the colors with it: len(images) comes first, -1 second.": (
                    images.reshape(-1, images.shape[1] * images.shape[2])
                    if images.ndim > 3
                    else None
                ),
                f"You returned the images {shape} as they came.": images,
                "float32 changed the last digits of the numbers, as a Keras layer's does. Keep the "
                "dtype of the images.": right.astype(np.float32),
            },
            message="The shape is right, the numbers are not. Keep all of them as they are, in "
            "the order in which they stand.",
            given={"images": images},
        )


@pytest.mark.points(2)
@pytest.mark.concept("shapes")
@pytest.mark.hint(
    "Each unit of a Dense layer looks along the LAST axis and answers with one number.",
    "input_shape[:-1] is all but the last axis.",
)
def test_dense_changes_last_axis_only(learner, rng):
    """Dense replaces the last axis by its units and leaves the others alone"""
    for shape in input_shapes(rng):
        units = 64 if shape == (None, 28, 28) else int(rng.integers(14, 80))
        batch, *rest = shape
        front = shape[:-1]
        follows(
            learner.dense_output_shape,
            shape,
            units,
            (*front, units),
            "Only the LAST axis changes: it becomes the number of units.",
            {
                DENSE_FLATTENS: (batch, units),
                "There are no 28 layers of 28: the same units answer for each row, and only the "
                "LAST axis changes.": (batch, 28, 28 * units),
                "The units take the last axis's place, they do not multiply it.": (
                    *front,
                    rest[-1] * units,
                ),
                "Dense does NOT flatten its answers: all axes but the LAST stay.": (
                    batch,
                    math.prod(rest[:-1]) * units,
                ),
                "The units take the last axis's place. You added an axis.": (*shape, units),
                "The LAST axis changes, not the first one of its length: take it by its position, "
                "-1.": first_of_its_length(shape, units),
                "The LAST axis changes, not every axis of its length: take it by its position, "
                "-1.": tuple(units if n == rest[-1] else n for n in shape),
                "An axis of length 1 is an axis too.": tuple(n for n in (*front, units) if n != 1),
                "The LAST axis changes, not the one after the batch.": (batch, units, *rest[1:]),
                "The axis after the batch axis stays, and the LAST becomes the units.": (
                    batch,
                    units,
                    *rest[:-1],
                ),
                "You gave the shape of the layer's WEIGHTS. The batch axis and all but the LAST "
                "stay.": (rest[-1], units),
                "The batch axis is part of the shape.": (*rest[:-1], units),
                f"The batch axis stays what it is, here {batch}.": (None, *rest[:-1], units),
            },
        )


@pytest.mark.points(2)
@pytest.mark.concept("shapes")
@pytest.mark.hint(
    "Flatten lays all numbers of one image in a row. How many are there?",
    "The batch axis counts images, not the numbers of an image: it stays, None or not.",
)
def test_flatten_shape_rule(learner, rng):
    """Flatten multiplies all axes but the batch axis"""
    for shape in input_shapes(rng):
        batch, *rest = shape
        size = math.prod(rest)
        times = size * (batch or 1)
        follows(
            learner.flatten_output_shape,
            shape,
            None,
            (batch, size),
            "All axes but the batch axis become one, their product.",
            {
                "Two axes of the same length both count.": (batch, math.prod(set(rest))),
                "An axis as long as the batch axis counts too.": (
                    batch,
                    math.prod(n for n in rest if n != batch),
                ),
                "The batch axis doesn't belong to the product.": (batch, times),
                "The batch axis is part of the shape, and stays in front.": (size,),
                "The batch axis doesn't belong to the product. It stays in front.": (times,),
                f"The batch axis stays what it is, here {batch}.": (None, size),
                "An image holds the PRODUCT of its axes, not their sum.": (batch, sum(rest)),
                "Every axis after the batch axis counts, not only two of them.": (
                    batch,
                    math.prod(rest[:2]),
                ),
                "Every axis after the batch axis counts, not only the last two.": (
                    batch,
                    math.prod(rest[-2:]),
                ),
                "784 is 28 * 28. Read the axes from input_shape.": (batch, 784),
                "The last axis counts too. Does your loop end, or return, too soon?": (
                    batch,
                    rest[0],
                ),
                "0 times anything is 0: begin the product at 1.": (batch, 0),
                "The product is too large for the dtype of your numbers: int works.": (
                    batch,
                    int(np.array(size).astype(np.int16)),
                ),
                "One axis is left beside the batch axis. You joined two and kept the others.": (
                    batch,
                    math.prod(rest[:2]),
                    *rest[2:],
                ),
            },
        )


@pytest.mark.points(1)
@pytest.mark.needs("dense_changes_last_axis_only", "flatten_shape_rule")
@pytest.mark.concept("shapes")
@pytest.mark.hint("Go through the layers one by one: what comes out of one goes into the next.")
def test_model_without_flatten_is_None_28_10(learner, rng):
    """Layer by layer, your rules give (None, 28, 10) without Flatten and (None, 10) with it"""
    article = (None, 28, 28), 64, 10
    drawn = (int(rng.integers(20, 60)), *sizes(rng, 2)), int(rng.integers(14, 80)), 3
    for shape, units, classes in (article, drawn, article):
        batch, rows, _ = shape
        for layers, right in (
            ((units, classes), (batch, rows, classes)),
            (("Flatten", units, classes), (batch, classes)),
            ((units, "Flatten", classes), (batch, classes)),
            ((units, classes, "Flatten"), (batch, rows * classes)),
        ):
            expect.equal(
                through(learner, layers, shape),
                right,
                otherwise={
                    f"Without Flatten the model gives {classes} numbers for each of the {rows} "
                    f"ROWS of an image, {right}: Dense does not flatten.": (batch, classes)
                },
                given={"input_shape": shape, "layers": layers},
            )


@pytest.mark.points(2)
@pytest.mark.later("row_votes")
@pytest.mark.concept("flatten")
@pytest.mark.hint(
    "Each image comes with a table: a row for each row of pixels, a column for each class. Which "
    "axis do you have to remove first, and which one after it?",
    "Average over axis 1, the rows of an image. That leaves (n, k), as with Flatten: take the "
    "largest of each.",
)
def test_rows_vote_together(learner, rng):
    """row_votes gives an image the label whose probability, averaged over its rows, is largest"""
    before = None
    first, second = (
        votes(rng, *(int(n) for n in rng.choice(np.arange(6, 15), 3, replace=False)))
        for _ in range(2)
    )
    flat, single = votes(rng, 7, 1, 4), votes(rng, 1, 6, 5)  # one row each; one image
    wide = votes(rng, 40, 28, 300)  # more classes than a byte holds
    example = np.array([[[0.6, 0.4], [0.6, 0.4], [0.1, 0.9]]])
    # equal to six decimals, or where decimals are cut off
    close = np.array([[[0.4000001, 0.4000004, 0.1999995]], [[0.1999995, 0.4000001, 0.4000004]]])
    high = votes(rng, 6, 110, 3)  # more rows than a mistake may stop at
    few = few_are_sure()
    for table in (few, first, first[::-1], second, flat, single, example, wide, close, high, first):
        n, rows, _ = table.shape
        averages = table.mean(axis=1)
        right = averages.argmax(axis=1)
        expect.array_equal(
            learner.row_votes(table),
            right,
            integers=True,
            otherwise={
                "The two largest averages of each image differ by less than 0.000001, and you took "
                "the first of the two. Compare them as they are, without rounding or np.isclose.": (
                    averages.round(6).argmax(axis=1) if table is close else None
                )
            }
            | other_votes(table)
            | {
                f"You answered for each of the {rows} rows of an image. One label per image: "
                "average over axis 1 first.": table.argmax(axis=2),
                "You averaged over the images, axis 0. The rows of ONE image vote together: "
                "axis 1.": table.mean(axis=0).argmax(axis=1),
                "You averaged over the classes, axis 2, which gives the same for every row. You "
                "return the position of a row, not a class.": table.mean(axis=2).argmax(axis=1),
                "You looked for the largest number in the whole table of an image, and returned "
                "its position there: row times classes plus class.": (
                    table.reshape(n, -1).argmax(axis=1)
                ),
                "Your sums go on from image to image. Begin them again for each image.": (
                    np.cumsum(table.sum(axis=1), axis=0).argmax(axis=1)
                ),
                "np.argmax without an axis gave one position for all images. One label per image: "
                "axis=1.": averages.argmax(),
                "You averaged the labels of the rows. A label is a name, not an amount. Average "
                "the probabilities, then take the largest.": (
                    np.round(table.argmax(axis=2).mean(axis=1)).astype(int)
                ),
                "You returned the averages themselves. The POSITION of the largest is the label.": (
                    averages
                ),
                "You returned the largest average of each image. Its POSITION is the label.": (
                    averages.max(axis=1)
                ),
                "All your labels are 1 too high: positions start at 0.": right + 1,
                "You averaged the squares of the probabilities. Average them as they are.": (
                    (table**2).mean(axis=1).argmax(axis=1) if table is few else None
                ),
                "These are the labels of the call before. Does your function keep something "
                "outside of itself?": before,
            },
            message="An image's label is the position of the largest average of its rows.",
            given={"probabilities": table, "averages over the rows": averages},
        )
        before = right
    expect.apart(learner.row_votes, (first,), (first[::-1],))
    many = rng.permutation(np.tile(votes(rng, 30, 3, 4), (400, 1, 1)))
    expect.array_equal(
        learner.row_votes(many),
        many.mean(axis=1).argmax(axis=1),
        message=f"There may be any number of images, here {len(many):,}. Each gets a label.",
        given={"probabilities": many},
    )


@pytest.mark.points(2)
@pytest.mark.concept("exceptions")
@pytest.mark.hint(
    "An error in fit also ends your function, unless fit is called inside try.",
    "try: model.fit(...), then except Exception as error: here you can look at it.",
    "type(error) is the class of an error, type(error).__name__ its name.",
)
def test_fit_error_runs_fit_once(learner, rng):
    """fit_error calls fit once, for one epoch, and names whatever it raises"""
    made_up, built_in = str(rng.choice(MADE_UP)), [str(e) for e in rng.permutation(BUILT_IN)]
    message = "this model's fit was made to fail"
    calls: list[dict[str, Any]] = []
    outcome: str | None = None
    tries = 0  # with a fit that works

    def fit(*args: Any, **kwargs: Any) -> StandIn:
        says = "You called model.fit more than once. Once is enough: each call trains further."
        expect.that(not calls, says)
        call = played.bound(*args, **kwargs)
        calls.append(call)
        played.left_alone(model)
        for name in ("validation_split", "steps_per_epoch", "initial_epoch"):
            says = f"With {name} fit does not train on all images. Call it without."
            expect.that(not call[name], says, got=call[name])
        played.plain_but_for(call, "batch_size", "shuffle", "callbacks")
        if outcome is not None:
            raise Raised(outcome, message)
        loss = math.nan if tries > 1 else 0.5
        return StandIn("<History>", {"history": {"loss": [loss]}, "epoch": [0]})

    model = played.made_up("<a made-up model>", {"fit": fit})
    for outcome in (made_up, None, *built_in, made_up, None):
        # more than one batch; once more than any round number at which a file may cut them off
        many = outcome is None and not tries
        n = int(rng.integers(60_001, 60_999) if many else rng.integers(40, 70))
        shape = (1, 2) if many else sizes(rng, 2)
        # pixels as they may come, not only those that Keras likes
        x = rng.normal(0, 200, (n, *shape)).astype("float32")
        x = np.abs(x).clip(0, 255).astype("uint8") if tries else x
        y = rng.integers(0, 300, n, "int64" if tries else "int32")
        tries += outcome is None
        calls.clear()
        try:
            got, (_, *after), _ = learner.fit_error.call_and_return_arguments(model, x, y)
        except SubmissionError as error:
            if error.type == "AttributeError" and "__name__" in error.message:
                says = "An error has no __name__, its class has one: type(error).__name__."
                expect.fail(says, expected=outcome, got=error.message)
            if calls:
                let_through(error, outcome)
            raise
        for call in calls:
            played.callbacks_only_watch(call, epochs=30)  # fit trains for one
        if not calls:
            says = "You never called model.fit. Call it and see, don't assume."
            expect.fail(says, expected=outcome, got=got)
        says = "fit raised nothing, so return None: a loss of nan is no error."
        raised = outcome is not None or not isinstance(got, str)
        expect.that(raised or tries == 1, says, expected=None, got=got)
        named(got, outcome, message)
        epochs = calls[0]["epochs"]
        says = f"Train for one epoch; you asked fit for epochs={epochs!r}."
        expect.that(epochs == 1, says, expected=1, got=epochs)
        for name, value, other, changed in (("x", x, y, after[0]), ("y", y, x, after[1])):
            sent = calls[0][name]
            says = f"Your function changed {name}. Pass it through unchanged."
            expect.that(np.array_equal(changed, value), says, expected=value, got=changed)
            says = f"fit got another {name} than your function. Pass all of it, unchanged."
            if sent is None:
                says = f"fit got no {name}. Pass both: model.fit(x, y, ...)."
            elif np.array_equal(sent, other):
                says = "fit got x and y in the wrong order."
            expect.that(np.array_equal(sent, value), says, expected=value, got=sent)
            says = f"fit got {name} in another dtype than your function. Pass it through unchanged."
            expect.that(as_it_is(sent, value), says, expected=value, got=sent)
    due = "AttributeError"
    says = f"A string has no fit, so model.fit raises {due}: the brief's example. "
    try:
        got = learner.fit_error("a string, not a model", x, y)
    except SubmissionError as error:
        if error.type != due:
            raise
        says += "Your function let it through; put model.fit itself under try."
        expect.fail(says, expected=due)
    says += f"You returned {describe.phrase(got)}."
    expect.that(isinstance(got, str) and got == due, says, expected=due, got=got)


@pytest.mark.points(1)
@pytest.mark.craft
@pytest.mark.needs("flatten_any_shape")
@pytest.mark.concept("side effects")
@pytest.mark.hint("images.shape = ..., images.resize(...) and images /= 255 change what came in.")
def test_inputs_untouched(learner, rng):
    """flatten_images leaves the images as they were"""
    shapes = sizes(rng, 3), (1, *sizes(rng, 2)), sizes(rng, 4), sizes(rng, 2)
    for shape, dtype in itertools.product(shapes, ("uint8", "float32")):
        images = pixels(rng, shape, dtype)
        result = expect.unchanged(learner.flatten_images, images)
        expect.allclose(
            result, images.reshape(len(images), -1), rtol=0, atol=0, given={"images": images}
        )


@pytest.mark.points(2)
@pytest.mark.needs("fit_error_runs_fit_once")
@pytest.mark.tensorflow
@pytest.mark.timeout(60)
@pytest.mark.concept("flatten")
@pytest.mark.hint("Pass exactly what you were given to fit, and see what fit does with it.")
def test_fit_error_with_and_without(learner, bench, rng):
    """With real models, fit_error reports which ones train: with Flatten, without, and repaired"""
    h, w = sizes(rng, 2)
    classes, units = int(rng.integers(3, 6)), int(rng.integers(4, 9))
    x, y = rng.random((64, h, w)).astype("float32"), rng.integers(0, classes, 64)
    hidden, output = dense(units, "relu"), dense(classes, "softmax")
    shape = (h, w) if rng.random() < 0.5 else None  # with Input, or built by fit
    for layers, images, right in (
        ([hidden, output], x, "ValueError"),
        ([hidden, output], x.reshape(64, -1), None),  # flat images need no Flatten
        ([hidden, flatten(), output], x, None),  # the one of a single image has it first
        ([hidden, output], x, "ValueError"),
    ):
        input_shape = shape and images.shape[1:]
        tried(learner, KerasModel(layers, input_shape, COMPILED), images, y, right)
    # a single image: however it is trained on, the training can be repeated
    model = KerasModel([flatten(), hidden, output], (h, w), COMPILED, seed=int(rng.integers(2**31)))
    tried(learner, model, x[:1], y[:1], None)
    again = bench.model(model)
    again.fit(x[:1], y[:1])
    says = "The model does not have the weights that one epoch of fit gives. Call model.fit."
    expect.that(again.has_weights(model.remote.get_weights()), says)


@pytest.mark.points(1)
@pytest.mark.craft
@pytest.mark.needs("fit_error_runs_fit_once")
@pytest.mark.tensorflow
@pytest.mark.timeout(60)
@pytest.mark.concept("exceptions")
@pytest.mark.hint("Not every error is a ValueError. Which class does this one have?")
def test_fit_error_reports_what_happened(learner, rng):
    """With real models that fail in other ways, fit_error reports how"""
    classes = int(rng.integers(4, 7))
    x = rng.random((64, *sizes(rng, 2))).astype("float32")
    y = rng.permutation(64) % classes
    enough, too_few = dense(classes, "softmax"), dense(classes - 1, "softmax")
    for units, labels, compiled, right in (
        (too_few, y, COMPILED, "InvalidArgumentError"),
        (enough, y, COMPILED, None),
        (enough, y[1:], COMPILED, "ValueError"),  # a label is missing
        (enough, y, None, "ValueError"),  # not compiled
        (too_few, y, COMPILED, "InvalidArgumentError"),
    ):
        tried(learner, KerasModel([flatten(), units], None, compiled), x, labels, right)
