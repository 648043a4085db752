"""Hidden checks of exercise 7: scaling, and a comparison of which each step is watched."""

import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn

import numpy as np
import pytest

from grader.checks import (
    Diagnosis,
    KerasModel,
    Raised,
    StandIn,
    SubmissionError,
    dense,
    describe,
    expect,
    flatten,
    played,
    show_cells,
)
from grader.datasets import fashion_mnist

# scaling


def pixels(
    rng: np.random.Generator, shape: tuple[int, ...], low: int = 0, high: int = 256
) -> np.ndarray:
    """uint8 images with pixels from low up to, but not, high; both ends come if there is room."""
    images = rng.integers(low, high, shape)
    if images.size > 1:
        images.flat[rng.choice(images.size, 2, replace=False)] = [low, high - 1]
    return images.astype(np.uint8)


def fractions(rng: np.random.Generator, images: np.ndarray) -> np.ndarray:
    """Images as floats that are no whole numbers, some above the nearest one, some below.

    No float16 holds them, and no two decimals do.
    """
    near = rng.choice([0.25, 0.75], images.shape) + rng.uniform(-0.2, 0.2, images.shape)
    return (images // 2 + near).astype(np.float32)


def sizes(rng: np.random.Generator, count: int) -> tuple[int, ...]:
    """Different sizes of axes."""
    return tuple(int(n) for n in rng.choice(np.arange(3, 9), count, replace=False))


def scaled_wrongly(images: np.ndarray) -> dict[str, Any]:
    """What typical mistakes make of images, by their sentences."""
    x = images.astype(float)
    wrong = {
        "Only 0 and 1 are left: // is whole-number division, and astype of an integer dtype drops "
        "decimals too. Use /, and keep the floats.": x // 255,
        "float16 changes the 4th digit. Use float32.": (images.astype(np.float16) / 255).astype(
            np.float32
        ),
        "float16 changes the 4th digit of a pixel. Make float32 of it.": images.astype(np.float16)
        / np.float32(255),
        "You divided by 255 twice. Once is enough.": x / 255 / 255,
        "You divided by 256. The largest pixel is 255, and it should become 1.": x / 256,
        "You divided by 225. The largest pixel is 255.": x / 225,
        "Your numbers run from -1 to 1. They should run from 0 to 1: just divide by 255.": (
            x / 127.5 - 1
        ),
        "You turned black into white: 0 should stay 0.": 1 - x / 255,
        "These are percentages. Divide by 255 only.": x / 255 * 100,
        "You rounded. Keep all decimals.": np.round(x / 255),
        "You rounded, and the gray levels got fewer. Keep all decimals.": np.round(x / 255, 2),
        **{
            f"You rounded to {n} decimals. Keep all.": np.round((x / 255).astype(np.float32), n)
            for n in (3, 4, 5, 6)
        },
        "You returned the images as they came. Divide them by 255"
        + (", floats too." if images.dtype.kind == "f" else "."): x,
        "You clipped the pixels to 0 and 1. Divide them by 255.": np.clip(x, 0, 1),
        "You cut the pixels to whole numbers first. Floats come in as well: 127.75 is not 127.": (
            np.floor(x) / 255
        ),
        "You rounded the pixels to whole numbers first. Floats come in as well: 127.25 is not "
        "127.": np.rint(x) / 255,
    }
    if images.size:
        low, high = x.min(), x.max()
        same = "Then the same gray gets another value in other images. Divide by the fixed 255."
        with np.errstate(all="ignore"):
            wrong |= {
                Diagnosis(
                    f"You divided by the largest pixel of THIS array, {high:g}. {same}",
                    hint="Take a dark image with the pixels 0, 20, 40 and a bright one with 0, 40, "
                    "200. Work out what becomes of 40 in each. Is it the same gray?",
                ): x / high,
                f"You stretched from the smallest pixel to the largest. {same}": (x - low)
                / (high - low),
                "You subtracted the mean; that is another rule. Divide by 255 only.": (x - x.mean())
                / x.std(),
            }
            if x.ndim > 1:
                rest = tuple(range(1, x.ndim))
                own = x.max(axis=rest, keepdims=True)
                wrong[f"You divided each image by its own largest pixel. {same}"] = x / own
                norms = "norm of its own, as keras.utils.normalize does. Divide by the fixed 255."
                for axis, what in ((1, "column"), (-1, "row")):
                    norm = np.linalg.norm(x, axis=axis, keepdims=True)
                    wrong[f"You divided each {what} of pixels by a {norms}"] = x / np.where(
                        norm, norm, 1
                    )
    return wrong


# what Python and NumPy say where code counts on a number of axes that the images don't have
OTHER_AXES = "not iterable|unpack|too many indices|not subscriptable|tuple index|index to scalar"


def called(function: Any, *images: np.ndarray) -> Any:
    """What a function makes of images, of which it may overwrite no whole numbers.

    There the decimals are lost, and what comes out is wrong. With floats nothing is lost:
    test_input_untouched looks at those.
    """
    whole = all(each.dtype.kind in "iu" for each in images)
    try:
        return expect.unchanged(function, *images) if whole else function(*images)
    except SubmissionError as error:
        if error.type != "UFuncTypeError":
            raise
        expect.fail(
            "An operation in place, such as images /= 255 or images -= mean, wants to write "
            "decimals into whole numbers, which NumPy refuses. Make a new array: images / 255.",
            given={"images": images[0]},
        )


CLOSE = {"rtol": 1e-6, "atol": 1.5e-7}  # as float32 has it: six decimals are too few


def scaled(got: Any, images: np.ndarray) -> None:
    """State that images were divided by 255."""
    expect.allclose(
        got,
        images / 255,
        **CLOSE,
        otherwise=scaled_wrongly(images),
        message="Each pixel should become pixel / 255.",
        given={"images": images},
    )
    expect.that(
        isinstance(got, np.ndarray),
        f"Expected an array, got {describe.phrase(got)}.",
    )


def normalized(learner: Any, images: np.ndarray) -> Any:
    """What normalize returns, or a word on the usual reasons why it raises."""
    try:
        return called(learner.normalize, images)
    except SubmissionError as error:
        if error.type == "ValueError" and "reshape" in error.message:
            expect.fail(
                f"Keep the shape of the images, here {images.shape}: normalize only divides. Your "
                f"reshape fails: {error.message}.",
                given={"images": images},
            )
        if re.search(OTHER_AXES, error.message):
            expect.fail(
                f"Images of shape {images.shape} raised {error.type}: {error.message}. NumPy "
                "divides arrays of any shape at once, so no loop over rows and columns is needed.",
                given={"images": images},
            )
        if error.type == "IndexError":
            expect.fail(
                "Pixels are no good as positions in a table: floats such as 127.5 come in as well. "
                "Divide them.",
                got=error.message,
                given={"images": images},
            )
        raise


@pytest.mark.points(2)
@pytest.mark.concept("scaling")
@pytest.mark.hint("255 should become 1, 0 stays 0, and 51 becomes 0.2.")
def test_divides_by_255(learner, rng):
    """normalize turns each pixel into pixel / 255"""
    first, second = pixels(rng, sizes(rng, 3)), pixels(rng, sizes(rng, 3))
    example = np.array([[0, 51, 255]], np.uint8)
    for images in (first, second, fractions(rng, second), example, first):
        scaled(normalized(learner, images), images)


@pytest.mark.points(2)
@pytest.mark.needs("divides_by_255")
@pytest.mark.concept("scaling")
@pytest.mark.hint(
    "Which number do you divide by, and where does it come from?",
    "A dark photo should stay dark: its largest pixel must not become 1.",
)
def test_fixed_255_not_batch_maximum(learner, rng):
    """Dark images stay dark: the divisor is 255, whatever the images hold"""
    dark = pixels(rng, sizes(rng, 3), int(rng.integers(5, 20)), int(rng.integers(60, 100)))
    faint = pixels(rng, (1, *sizes(rng, 2)), 0, 2)  # no pixel above 1
    black = np.zeros(sizes(rng, 3), np.uint8)
    mixed = np.concatenate([pixels(rng, (1, 5, 4), 0, high) for high in (30, 90, 200)])
    faint_floats = fractions(rng, faint)  # they look as if they were scaled already
    for images in (dark, faint, mixed, black, faint_floats, dark):
        scaled(normalized(learner, images), images)


@pytest.mark.points(1)
@pytest.mark.needs("fixed_255_not_batch_maximum")
@pytest.mark.concept("shapes")
@pytest.mark.hint("NumPy divides arrays of any shape, also without a loop.")
def test_any_shape(learner, rng):
    """normalize takes color, a single image, flat rows, and no image at all"""
    many = int(rng.integers(1001, 1100)), 2, 3  # more images than any round number
    shapes = [sizes(rng, 4), sizes(rng, 2), sizes(rng, 1), (1, *sizes(rng, 3)), (0, 28, 28), many]
    for shape in (*shapes, sizes(rng, 5), (1, 1), shapes[0]):
        images = pixels(rng, shape)
        if len(shape) == 5:
            images = np.asfortranarray(images)  # the first axis is in a row in memory
        scaled(normalized(learner, images), images)


def two(got: Any, function: str) -> tuple[Any, Any]:
    """The two arrays that a function should return."""
    if got is None:
        expect.fail(f"{function} returned None. Did you forget `return`?")
    expect.that(
        isinstance(got, tuple | list) and len(got) == 2,
        f"Expected two arrays, got {describe.phrase(got)}. Return training images, test images.",
        got=got,
    )
    for each, which in zip(got, ("training", "test"), strict=True):
        expect.that(
            isinstance(each, np.ndarray),
            f"The {which} images should be an array; {function} returned {describe.phrase(each)}.",
        )
    return got[0], got[1]


@pytest.mark.points(2)
@pytest.mark.needs("fixed_255_not_batch_maximum", "any_shape")
@pytest.mark.concept("scaling")
@pytest.mark.hint("Call normalize on each of the two sets.")
def test_both_sets_scaled(learner, rng):
    """prepare scales the training images and the test images by the same rule"""
    h, w, c = sizes(rng, 3)
    sets = [
        (pixels(rng, (5, h, w), 0, 180), pixels(rng, (3, h, w), 20, 256)),
        (pixels(rng, (4, w, h, c), 9, 256), pixels(rng, (1, w, h, c), 10, 120)),
        (pixels(rng, (3, h, w), 2, 140), pixels(rng, (3, h, w), 1, 90)),
        (fractions(rng, pixels(rng, (2, h, w))), fractions(rng, pixels(rng, (3, h, w)))),
        (pixels(rng, (2, h, w)), fractions(rng, pixels(rng, (3, h, w)))),
        # more images than any round number
        (pixels(rng, (int(rng.integers(1001, 1100)), 2)), pixels(rng, (1002, 2))),
        (np.array([[255, 0]], np.uint8), np.array([[51, 51]], np.uint8)),
    ]
    for train, test in (*sets, sets[0]):
        a, b = two(called(learner.prepare, train, test), "prepare")
        swapped = np.shape(a) == test.shape and np.shape(b) == train.shape
        if swapped and np.allclose(a, test / 255) and np.allclose(b, train / 255):
            expect.fail("You returned the test images first. Training images come first.")
        if np.array_equal(b, test):
            expect.fail(
                "The TEST images still run up to 255. The model learns on numbers from 0 to 1; it "
                "must meet the same scale in the test.",
                expected=test / 255,
                got=b,
            )
        both = max(int(train.max()), int(test.max()))
        for got, images, which in ((a, train, "Training images: "), (b, test, "Test images: ")):
            expect.allclose(
                got,
                images / 255,
                **CLOSE,
                otherwise={
                    f"{which}divided by the largest pixel of the training images. Divide both "
                    "sets by the fixed 255.": images / int(train.max()),
                    f"{which}divided by the largest pixel of both sets. Divide by the fixed 255.": (
                        images / both
                    ),
                }
                | {which + says: value for says, value in scaled_wrongly(images).items()},
                message=f"{which}each pixel should become pixel / 255.",
                given={"train_images": train, "test_images": test},
            )


def standardized_wrongly(
    train: np.ndarray, test: np.ndarray, images: np.ndarray
) -> dict[str, np.ndarray]:
    """What typical mistakes make of one of the two sets, by their sentences."""
    mean, sd = train.mean(), train.std()
    x, all_pixels = images.astype(float), np.concatenate([train.ravel(), test.ravel()])
    rest = tuple(range(1, images.ndim))
    each = x.mean(axis=rest, keepdims=True), x.std(axis=rest, keepdims=True)
    with np.errstate(all="ignore"):
        wrong = {
            "You used the mean and sd of both sets together. Nothing of the test images may flow "
            "into the rule: take the training images alone.": (
                (x - all_pixels.mean()) / all_pixels.std()
            ),
            "You used one mean and sd for each position. Use ONE mean and ONE sd, over all pixels "
            "of all training images.": (x - train.mean(axis=0)) / train.std(axis=0),
            "You used one mean and sd for each color. Use ONE mean and ONE sd, over all pixels "
            "of all training images.": (
                (x - train.mean(axis=(0, 1, 2))) / train.std(axis=(0, 1, 2))
                if train.ndim > 3
                else None
            ),
            "You used each image's own mean and sd. Use ONE mean and ONE sd, of all training "
            "images.": (x - each[0]) / each[1],
            "You divided by the variance. The sd is its square root: np.std.": (x - mean) / sd**2,
            "You subtracted the mean, but did not divide by the sd.": x - mean,
            "You divided by the sd, but did not subtract the mean.": x / sd,
            "The mean is subtracted last: write (pixel - mean) / sd, with brackets.": x - mean / sd,
            "You divided by 255 instead of the sd.": (x - mean) / 255,
            "This is the other rule, divided by 255. Here it is (pixel - mean) / sd.": x / 255,
            "You used the median. Use the mean.": (x - np.median(train)) / sd,
            "You subtracted the sd and divided by the mean: the other way round.": (x - sd) / mean,
            "You returned the images as they came.": x,
            "The sd of the training images divides by n, as np.std does; yours divides by n - 1 "
            "(ddof=1).": (x - mean) / train.std(ddof=1),
            # last: where 1 / sd is nearly a whole number of thousandths, rounding looks like others
            "You rounded. Keep all decimals.": ((x - mean) / sd).round(3),
            "You rounded to four decimals. Keep all of them.": ((x - mean) / sd).round(4),
            "You clipped the numbers. Nothing but (pixel - mean) / sd should happen to them.": (
                ((x - mean) / sd).clip(-10, 10)
            ),
        }
        if x is not train and not np.array_equal(images, train):
            own = "Then bright photos look like dark ones: take the TRAINING mean and sd for both."
            wrong |= {
                Diagnosis(
                    f"You used the TEST images' own mean and sd. {own}",
                    hint="How many means do you work out? There should be one, and one sd. Give "
                    "them names before you use them, and use these names twice.",
                ): (x - x.mean()) / x.std(),
                f"You used the TEST images' own mean. {own}": (x - x.mean()) / sd,
                f"You used the TEST images' own sd. {own}": (x - mean) / x.std(),
            }
    return wrong


def uneven(draw: Callable[[], np.ndarray]) -> np.ndarray:
    """Drawn images whose sd is not nearly a whole number, so that it shows whether it was cut."""
    while not 0.05 < (images := draw()).std() % 1 < 0.95:
        pass
    return images


def standardized(learner: Any, train: np.ndarray, test: np.ndarray) -> Any:
    """What standardize makes of two sets, or a word on a usual reason why it raises."""
    try:
        return called(learner.standardize, train, test)
    except SubmissionError as error:
        if error.type != "AxisError":
            raise
        expect.fail(
            f"Images of shape {train.shape} raised AxisError: {error.message}. Without an axis, "
            "mean and std are one number over all pixels, whatever the shape.",
            given={"train_images": train},
        )


def line(x: np.ndarray, y: np.ndarray) -> tuple[float, float] | None:
    """m and d, if every y is (x - m) / d."""
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    slope, start = np.polyfit(x, y, 1)
    same = np.allclose(slope * x + start, y, rtol=1e-3, atol=1e-3)
    return (-start / slope, 1 / slope) if slope and same else None


def rule_found(got: np.ndarray, images: np.ndarray, mean: float) -> str:
    """What can be told of the rule that made a wrong result."""
    if got.shape != images.shape or got.dtype.kind not in "fiu" or not np.isfinite(got).all():
        return ""
    x, y = images.ravel().astype(float), got.ravel().astype(float)
    if found := line(x, y):
        return f" You subtracted {found[0]:.6g} and divided by {found[1]:.6g}."
    if images.dtype == np.uint8 and line((x - int(mean)) % 256, y):
        return (
            " uint8 has no numbers below 0: there 3 - 64 is 195. Make floats of the images before "
            "you subtract a whole number."
        )
    return ""


@pytest.mark.points(3)
@pytest.mark.concept("statistics")
@pytest.mark.hint(
    "Work out mean and sd once, from train_images, as two numbers. Then use them twice.",
    "train_images.mean() without an axis is one number.",
)
def test_training_statistics_for_both(learner, rng):
    """standardize uses one mean and one sd, of the training images, for both sets"""
    h, w = (int(n) for n in rng.choice(np.arange(7, 12), 2, replace=False))
    few = int(rng.integers(2, 7))
    bright = pixels(rng, (12, h, w), 100, 256)
    bright[: len(bright) // 2] //= 2
    # more than any round number, the dark ones first
    many = np.sort(uneven(lambda: pixels(rng, (int(rng.integers(10_001, 10_999)), 2))), axis=0)
    dim = pixels(rng, (4, h, w)) / 255 * 0.03  # little contrast: the sd is below 0.01
    night = np.zeros((12, h, w), np.uint8)
    night[int(rng.integers(12)), 0, :2] = 250  # 12 sds from the mean and more
    sets = [
        (uneven(lambda: pixels(rng, (40, h, w)) // 2), bright),
        (uneven(lambda: pixels(rng, (30, h, w, 3), 60, 250)), pixels(rng, (25, h, w, 3), 0, 120)),
        ((pixels(rng, (60, h * w)) / 255) ** 2, rng.random((1, h * w)) ** 3),
        (pixels(rng, (30, h, w)).astype(np.float32) / 255, (bright / 255).astype(np.float32)),
        # so few pixels that it shows whether the sd divides by n or by n - 1
        (uneven(lambda: pixels(rng, (1, few))), pixels(rng, (2, few))),
        (np.asfortranarray(many), many[::9]),
        (dim, dim[:2] + 0.001),
        (night, night[::-1]),
        (np.array([[0.0, 4.0]]), np.array([[2.0, 6.0]])),
    ]
    for train, test in (*sets, sets[0]):
        given = {"train_images": train, "test_images": test}
        mean, sd = train.mean(dtype=float), train.std(dtype=float)
        a, b = two(standardized(learner, train, test), "standardize")
        if np.shape(a) == test.shape != train.shape:
            expect.fail("You returned the test images first. Training images come first.")
        for got, images, which in ((a, train, "Training images: "), (b, test, "Test images: ")):
            wrong = standardized_wrongly(train, test, images)
            expect.allclose(
                got,
                (images - mean) / sd,
                rtol=2e-5,
                atol=2e-5,
                otherwise={which + says: value for says, value in wrong.items()},
                message=f"{which}each pixel should become (pixel - {mean:.6g}) / {sd:.6g}, mean "
                f"and sd of the training images.{rule_found(got, images, mean)}",
                given=given,
            )
            expect.that(
                np.asarray(got).dtype.kind == "f",
                f"{which}The numbers should be floats; the dtype is {np.asarray(got).dtype}.",
                given=given,
            )


# craft


@pytest.mark.points(1)
@pytest.mark.craft
@pytest.mark.needs("any_shape", "both_sets_scaled")
@pytest.mark.concept("dtypes")
@pytest.mark.hint("uint8 / 255 is float64. images.astype(np.float32) makes float32 of it.")
def test_float32(learner, rng):
    """normalize and prepare return float32, in which Keras computes"""
    shapes = [sizes(rng, 3), sizes(rng, 4), sizes(rng, 2), (0, 28, 28), sizes(rng, 1)]
    dtypes = ("uint8", "int64", "float64", "float32", "uint8")
    many = [pixels(rng, shape).astype(dtype) for shape, dtype in zip(shapes, dtypes, strict=True)]
    many[2] = fractions(rng, many[2]).astype("float64")
    for images in many:
        got = normalized(learner, images)
        scaled(got, images)
        expect.that(
            got.dtype == np.float32,
            f"Return float32, in which Keras computes; yours is {got.dtype}.",
            expected="float32",
            got=str(got.dtype),
            given={"images": images},
        )
    for images in filter(np.size, many):
        both = two(called(learner.prepare, images, images[:1]), "prepare")
        for each, which in zip(both, ("training", "test"), strict=True):
            expect.that(
                each.dtype == np.float32,
                f"prepare should return float32; the {which} images are {each.dtype}.",
                expected="float32",
                got=str(each.dtype),
                given={"train_images": images, "test_images": images[:1]},
            )


@pytest.mark.points(1)
@pytest.mark.craft
@pytest.mark.needs("divides_by_255", "both_sets_scaled", "training_statistics_for_both")
@pytest.mark.concept("side effects")
@pytest.mark.hint("/=, -= and out= change an array that other code may still need.")
def test_input_untouched(learner, rng):
    """No function changes the images it is given, whatever their dtype"""
    for dtype in ("uint8", "float32", "float64", "int32"):
        images = pixels(rng, sizes(rng, 3)).astype(dtype)
        others = pixels(rng, (2, *images.shape[1:])).astype(dtype)
        scaled(expect.unchanged(learner.normalize, images), images)
        two(expect.unchanged(learner.prepare, images, others), "prepare")
        two(expect.unchanged(learner.standardize, images, others), "standardize")
    expect.apart(learner.normalize, (images,), (images // 2,))


# the comparison


@dataclass
class Run:
    """One training that the learner's compare made, and what its model was tested on.

    Attributes:
        model: which was trained.
        x, y: what fit got.
        epochs: what fit was asked for.
        scale: of x, ``"raw"`` or ``"scaled"``.
        weights: before the training.
        tested: the images that the model was tested on afterwards, the last of each kind: by
            their scale if they are the test images, and if they are the training images.
    """

    model: Any  # a KerasModel, or a made-up one
    x: Any
    y: Any
    epochs: Any
    scale: str
    weights: list[np.ndarray]
    tested: dict[tuple[str | None, str | None], Any] = field(default_factory=dict)


@dataclass
class Comparison:
    """Data for the learner's compare, and a record of what it does with them.

    Attributes:
        models: those that build made.
        runs: the trainings.
        fits: the arguments of each.
        result: what compare returned.
        looks: whether the first fit is only looked at, and raises.
    """

    x: np.ndarray
    y: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray
    epochs: int
    seed: int
    compiled: dict[str, Any] = field(default_factory=lambda: {"run_eagerly": True})
    units: int = 8
    looks: bool = False
    models: list[KerasModel] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    fits: list[dict[str, Any]] = field(default_factory=list)
    result: Any = None

    def model(self, seed: int | None = None) -> KerasModel:
        """A fresh model for these images."""
        classes = int(self.y.max()) + 1
        return KerasModel(
            [flatten(), dense(self.units, "relu"), dense(classes, "softmax")],
            input_shape=self.x.shape[1:],
            compiled={
                "optimizer": "adam",
                "loss": "sparse_categorical_crossentropy",
                "metrics": ["accuracy"],
                **self.compiled,
            },
            seed=seed,
        )

    def build(self) -> KerasModel:
        """What compare is given: a new model, whose fit, evaluate and predict are watched."""
        made = self.model()

        def fit(*args: Any, **kwargs: Any) -> None:
            call = played.bound(*args, **kwargs)
            played.epochs_by_name(call, self.epochs)
            scale = self.admit(call["x"])
            validation = [name for name in call if name.startswith("validation")]
            played.plain_but_for(call, "batch_size", "callbacks", *validation)
            start = made.remote.get_weights()
            says = "Something of the model is frozen (trainable=False): it would not learn."
            expect.that(len(made.remote.trainable_weights) == len(start), says)
            rate = float(np.asarray(made.remote.optimizer.learning_rate))
            says = (
                "You changed the learning rate, or compiled the model again. build() makes a "
                "compiled model: train it as it is."
            )
            expect.that(bool(np.isclose(rate, 0.001)), says, expected=0.001, got=rate)
            if all(run.model is not made for run in self.runs):
                played.as_compiled(made)
            self.fits.append(call)
            self.runs.append(Run(made, call["x"], call["y"], call["epochs"], scale, start))
            if self.looks:
                raise Raised("SeenEnough", "the check has seen what fit gets")

        def test(x: Any = None, *_: Any, **__: Any) -> None:
            for run in self.runs[::-1]:
                if run.model is made:
                    run.tested[self.scale(x, self.x_test), self.scale(x, self.x)] = x
                    break

        made.watched = {"fit": fit, "evaluate": test, "predict": test}
        self.models.append(made)
        return made

    def build_made_up(self) -> StandIn:
        """What compare is given to be looked at: a model that trains nothing."""
        found = [0.5, 0.5]

        def fit(*args: Any, **kwargs: Any) -> StandIn:
            call = played.bound(*args, **kwargs)
            played.left_alone(made)
            played.epochs_by_name(call, self.epochs)
            scale = self.admit(call["x"])
            validation = [name for name in call if name.startswith("validation")]
            played.plain_but_for(call, "batch_size", "callbacks", *validation)
            self.runs.append(Run(made, call["x"], call["y"], call["epochs"], scale, []))
            return played.history(made, {"loss": found, "accuracy": found}, self.epochs)

        def test(x: Any = None, y: Any = None) -> None:
            if self.scale(x, self.x) is not None:
                return  # a look at the training images as well
            says = f"A model was tested on other images than x_test: {told(x)}."
            expect.that(self.scale(x, self.x_test) is not None, says)
            says = "evaluate got other labels than y_test. Pass y_test unchanged."
            same = isinstance(y, np.ndarray) and np.array_equal(np.ravel(y), self.y_test)
            expect.that(same or y is None, says)

        def evaluate(x: Any = None, y: Any = None, *_: Any, **more: Any) -> Any:
            test(x, y)
            return {"loss": 0.5, "accuracy": 0.5} if more.get("return_dict") is True else found

        def predict(x: Any = None, *_: Any, **__: Any) -> np.ndarray:
            test(x)
            return np.full((len(x), 3), 0.25)

        made = played.made_up("<model>", {"fit": fit, "evaluate": evaluate, "predict": predict})
        return made

    def compare(self, learner: Any) -> "Comparison":
        """Let the learner compare."""
        data = self.x, self.y, self.x_test, self.y_test
        try:
            self.result = expect.unchanged(
                learner.compare, self.build, *data, epochs=self.epochs, seed=self.seed
            )
        except SubmissionError as error:
            if error.type == "TypeError" and re.match(r"(compare|<lambda>)\(\)", error.message):
                expect.fail(
                    "compare(build, x, y, x_test, y_test, epochs=5, seed=1), as its docstring "
                    f"calls it, raises TypeError: {error.message}. Keep the parameters' names."
                )
            if error.type != "AttributeError" or self.models:
                raise
            expect.fail(
                "build is a function, and compare did not call it. The brackets make the model: "
                "build().",
                got=error.message,
            )
        expect.that(bool(self.models), "compare never called build(), which makes a fresh model.")
        for run, call in zip(self.runs, self.fits, strict=True):
            played.callbacks_only_watch(call, model=run.model)
        expect.that(bool(self.runs), "compare trained no model: build() makes one, fit trains it.")
        return self

    def scale(self, images: Any, of: np.ndarray) -> str | None:
        """``"raw"`` or ``"scaled"`` if these are the images of a set, as they are or scaled."""
        if not isinstance(images, np.ndarray) or images.shape != of.shape:
            return None
        if np.allclose(images, of):
            return "raw"
        return "scaled" if np.allclose(images, of / 255, atol=1e-6) else None

    def admit(self, images: Any) -> str:
        """State that a model may be trained on these images, and that it is not one too many.

        Returns: their scale.
        """
        expect.that(
            len(self.runs) < 10,
            "compare called fit more than 10 times. Call it once for each of the two models.",
        )
        expect.that(
            self.scale(images, self.x_test) is None,
            "A model was trained on the TEST images. fit gets x and y.",
        )
        scale = self.scale(images, self.x)
        if scale is None:
            self.refuse(images)
        return scale

    def refuse(self, images: Any) -> NoReturn:
        """Say what is wrong with images that are not those of x."""
        top = self.x.max()
        same = isinstance(images, np.ndarray) and images.shape == self.x.shape
        if same and np.allclose(images, self.x / top):
            expect.fail(
                f"You divided by the largest pixel of x, which is {top:g} here. Divide both sets "
                "by the fixed 255.",
                expected=self.x / 255,
                got=images,
            )
        whole = np.floor(self.x)
        expect.that(
            not (same and any(np.allclose(images, whole / by, atol=1e-6) for by in (1, 255))),
            "You cut the pixels of x to whole numbers. Floats come in as well: 127.75 is not 127.",
            expected=self.x,
            got=images,
        )
        ordered = np.sort(self.x, axis=None)
        mixed = same and any(
            np.allclose(np.sort(images, axis=None), ordered / by) for by in (1, 255)
        )
        expect.that(
            not mixed,
            "fit got the images of x in another order. Pass x and y as they are: fit mixes them by "
            "itself, each image with its label.",
        )
        expect.fail(
            f"fit should get all {len(self.x)} images of x, as they are or divided by 255; it got "
            f"{told(images)}.",
            expected=self.x / 255,
            got=images,
        )

    def run(self, scale: str) -> Run | None:
        """The last training on images of this scale."""
        return next((run for run in self.runs[::-1] if run.scale == scale), None)

    @property
    def steps(self) -> int:
        """How many updates a model makes in all epochs."""
        return self.epochs * -(-len(self.x) // 32)


def comparison(
    rng: np.random.Generator, epochs: int, rank: int, images: int = 0, tests: int = 0
) -> Comparison:
    """A comparison of small images that takes no time; the largest pixel of x is not 255.

    Args:
        epochs: that compare is asked for.
        rank: the axes of an image.
        images: how many to train on; without it a little more than two batches.
        tests: how many test images; without it some hundred.
    """
    shape, classes = (2,) * rank if images else sizes(rng, rank), int(rng.integers(4, 7))
    patterns = rng.integers(0, 200, (classes, *shape))
    # a little more than two batches: with fewer images, or larger batches, there are fewer steps
    y = rng.permutation(np.arange(images or int(rng.integers(65, 68))) % classes)
    # a prime number: no share of them is round
    tested = tests or int(rng.choice([101, 103, 107, 109, 113, 127]))
    y_test = rng.permutation(np.arange(tested) % classes)
    top = int(rng.integers(200, 250))
    x, x_test = (
        np.clip(patterns[labels] + rng.normal(20, 60, (len(labels), *shape)), 0, most)
        for labels, most in ((y, top), (y_test, 255))
    )
    x[0].flat[0], x_test[0].flat[0] = top, 255
    return Comparison(
        x.astype(np.uint8),
        y.astype(np.uint8),
        x_test.astype(np.uint8),
        y_test.astype(np.uint8),
        epochs,
        int(rng.integers(2**31)),
    )


def pixel_range(images: Any) -> str:
    """Up to which number pixels go."""
    return f"pixels up to {np.max(images):.4g}" if np.size(images) else "no pixels"


def told(images: Any) -> str:
    """How many images these are, and up to which number their pixels go."""
    if isinstance(images, np.ndarray) and images.ndim:
        return f"{len(images)} images with {pixel_range(images)}"
    return describe.phrase(images)


@pytest.mark.points(3)
@pytest.mark.needs("both_sets_scaled")
@pytest.mark.tensorflow
@pytest.mark.timeout(60)
@pytest.mark.concept("comparison")
@pytest.mark.hint(
    "Two trainings: x and x_test as they are in one, both divided by 255 in the other.",
    "Whatever was done to the training images is done to the test images as well.",
)
def test_each_model_own_scale(learner, rng):
    """compare trains on raw and on scaled images, and tests each model on its own scale"""
    # more test images than any round number at which a file may cut them off
    made = comparison(rng, 1, 3, tests=int(rng.integers(1001, 1099))).compare(learner)
    own_scale(made)


def own_scale(made: Comparison) -> None:
    """State that one model was trained on each scale, and tested on its own."""
    for run in made.runs:
        wanted = [of_test for of_test, _ in run.tested]
        if run.scale in wanted or not wanted:
            continue
        if any(wanted):
            crossed = next(images for (of_test, _), images in run.tested.items() if of_test)
            expect.fail(
                f"One model was trained on {pixel_range(run.x)}, but tested on "
                f"{pixel_range(crossed)}. Test each model on the scale it was trained on."
            )
        if any(of_training for _, of_training in run.tested):
            expect.fail("Measure each model on the TEST images, not on those it has learned.")
        other = run.tested[None, None]
        expect.fail(
            "A model was tested on other images than x_test: "
            f"{told(other)}, after a training on {pixel_range(run.x)}. x_test has "
            f"{len(made.x_test)}.",
            expected=made.x_test if run.scale == "raw" else made.x_test / 255,
            got=other,
        )
    floats = ", which are floats here" if made.x.dtype.kind == "f" else ""
    for scale, what in (("raw", "as they are"), ("scaled", "divided by 255")):
        expect.that(
            made.run(scale) is not None,
            f"No model was trained on the images {what}{floats}. One run is on raw pixels, the "
            "other on scaled ones, each with a model of its own from build().",
        )


def fair(made: Comparison, start: list[np.ndarray]) -> None:
    """State that both models had the same chances.

    Args:
        made: after compare.
        start: the weights that a model starts with after the comparison's seed.
    """
    count, given = len(made.models), {"epochs": made.epochs, "seed": made.seed}
    expect.that(
        count != 1,
        "build was called once. Build a fresh model for each of the two runs: otherwise the second "
        "one starts from a trained model.",
        given=given,
    )
    expect.that(
        count == 2,
        f"build was called {count} times. Two models are enough, one for each run.",
        given=given,
    )
    for model in made.models:
        times = sum(run.model is model for run in made.runs)
        expect.that(
            times == 1,
            f"One of the models was trained {times} times. Call fit once for each model: a second "
            "fit continues where the first one ended.",
            given=given,
        )
    first, second = made.runs
    for run in made.runs:
        expect.that(
            isinstance(run.y, np.ndarray) and np.array_equal(np.ravel(run.y), made.y),
            "fit got other labels than y. Pass y unchanged.",
            expected=made.y,
            got=run.y,
            given=given,
        )
        expect.that(
            bool(run.epochs == made.epochs),
            f"You called fit with epochs={describe.text(run.epochs)}; compare got "
            f"epochs={made.epochs}.",
            given=given,
        )
        steps = int(run.model.remote.optimizer.iterations)
        expect.that(
            steps == made.steps,
            f"A model made {steps} updates of its weights; {made.epochs} epochs with "
            f"{len(made.x)} images, 32 in a batch, are {made.steps}. Call fit with x, y and epochs "
            "only.",
            given=given,
        )

    def equal(a: list[np.ndarray], b: list[np.ndarray]) -> bool:
        return all(np.array_equal(v, w) for v, w in zip(a, b, strict=True))

    expect.that(
        equal(first.weights, second.weights),
        Diagnosis(
            "The two models start from different random weights. Call "
            "keras.utils.set_random_seed(seed) before EACH build(), so that only the scaling "
            "differs.",
            hint="Write down your calls in their order: seed, build, fit, build, fit? The first "
            "build and fit have used up random numbers. What must come again before the second?",
        ),
        given=given,
    )
    expect.that(
        equal(first.weights, start),
        "Both models start from the same weights, but not from those of the seed: call "
        "keras.utils.set_random_seed(seed), with compare's own seed, right before each build().",
        given=given,
    )


@pytest.mark.points(3)
@pytest.mark.needs("each_model_own_scale")
@pytest.mark.timeout(60)
@pytest.mark.concept("comparison")
@pytest.mark.hint(
    "Two models should differ in nothing but the scaling. What else differs between your two runs?",
    "Each run needs its own three steps: set_random_seed(seed), build(), fit(...).",
)
def test_fair_comparison(learner, bench, rng):
    """Both models are fresh, start from the seed's weights, and train for the given epochs"""
    looked_at(learner, rng)
    made = comparison(rng, 2, 2)
    # one image many times: its order does not matter, so the trainings can be repeated
    made.x, made.y = np.repeat(made.x[:1], len(made.x), axis=0), np.full_like(made.y, made.y.max())
    few = comparison(rng, 3, 2, images=32)  # one batch: its order does not matter either
    few.seed = 0  # a seed like others
    floats = comparison(rng, 1, 3)
    floats.x, floats.x_test = fractions(rng, floats.x), fractions(rng, floats.x_test)
    for each in (made, few, floats):
        fair(each.compare(learner), bench.model(each.model(each.seed)).weights())
    own_scale(floats)
    trained = [(one, run) for one in (made, few) for run in one.runs]
    for whose, run in trained:
        again = bench.model(whose.model(whose.seed))
        again.fit(run.x, whose.y, epochs=whose.epochs)
        expect.that(
            again.has_weights(run.model.remote.get_weights()),
            "One of the models does not have the weights that this training gives when it is "
            "repeated. Train with fit, and leave the model as it is.",
            given={"epochs": whose.epochs, "seed": whose.seed},
        )


def looked_at(learner, rng: np.random.Generator) -> None:
    """State that of very many images all are trained and tested on, for all of very many epochs.

    More than any round number at which a file may cut them off, and labels that no byte holds:
    fit is only looked at, of two made-up models, or of a real one if those do not suffice.
    """
    made = comparison(
        rng, int(rng.integers(1001, 1100)), 1, int(rng.integers(60_001, 60_999)), 10_007
    )
    made.y, made.y_test = (labels.astype(np.int64) + 1000 for labels in (made.y, made.y_test))
    for build in (made.build_made_up, made.build):
        made.looks = True
        with contextlib.suppress(SubmissionError):
            learner.compare(build, made.x, made.y, made.x_test, made.y_test, made.epochs, made.seed)
        if made.runs:
            break
    expect.that(bool(made.runs), "compare trained no model: build() makes one, fit trains it.")
    given = {"images": len(made.x), "epochs": made.epochs}
    for run in made.runs:
        says = "fit got other labels than y. Pass y unchanged."
        expect.that(isinstance(run.y, np.ndarray) and np.array_equal(np.ravel(run.y), made.y), says)
        says = f"You called fit with epochs={describe.text(run.epochs)}, not with compare's epochs."
        expect.equal(run.epochs, made.epochs, message=says, given=given)


def right_ones(
    weights: list[np.ndarray], images: np.ndarray, labels: np.ndarray
) -> tuple[int, float]:
    """How many images a model classifies rightly, and its loss."""
    w1, b1, w2, b2 = (w.astype(float) for w in weights)
    scores = np.maximum(images.reshape(len(images), -1) @ w1 + b1, 0) @ w2 + b2
    scores -= scores.max(axis=1, keepdims=True)
    losses = np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(len(images)), labels]
    return int(np.sum(scores.argmax(axis=1) == labels)), float(losses.mean())


def noted(run: Run | None, name: str) -> list[Any]:
    """What the history of a fit holds under a name, epoch by epoch."""
    try:
        history = run.model.remote.history.history if run else {}
    except SubmissionError:
        history = {}
    values = history.get(name) if isinstance(history, dict) else None
    plain = isinstance(values, list) and all(isinstance(value, int | float) for value in values)
    return values if plain else []


def last_is_best(made: Comparison) -> bool:
    """Whether compare validated, and in no training an epoch was better than the last one."""
    every = [values for run in made.runs if (values := noted(run, "val_accuracy"))]
    return bool(every) and all(max(values) == values[-1] for values in every)


def rounded(got: Any, share: float) -> Any:
    """What came, if it is a share rounded to one to five decimals."""
    plain = isinstance(got, int | float | np.number)
    return got if plain and float(got) in {round(share, n) for n in range(1, 6)} else None


def near(value: Any, got: Any) -> Any:
    """What came, if it is nearly a number that a mistake makes: of that, less is known exactly."""
    plain = isinstance(value, int | float) and isinstance(got, int | float | np.number)
    return got if plain and np.isclose(got, value, rtol=1e-4, atol=1e-4) else value


def reports(made: Comparison, atol: float) -> bool:
    """State that the result is the test accuracy of both trained models; are the two different?"""
    got, given = made.result, {"epochs": made.epochs, "seed": made.seed}
    if got is None:
        expect.fail("compare returned None. Did you forget `return`?", given=given)
    expect.that(
        isinstance(got, dict),
        f"Expected a dict, {{'raw': ..., 'scaled': ...}}, got {describe.phrase(got)}.",
        got=got,
        given=given,
    )
    expect.that(
        set(got) == {"raw", "scaled"},
        f"The dict's keys should be 'raw' and 'scaled'; yours are {list(got)}.",
        got=got,
        given=given,
    )
    sets = {
        "raw": (made.x.astype(float), made.x_test.astype(float)),
        "scaled": (made.x / 255, made.x_test / 255),
    }
    trained: dict[str, list[np.ndarray]] = {}
    for name in sets:
        run = made.run(name)
        trained[name] = run.model.remote.get_weights() if run else []
    n = len(made.x_test)
    measured = {name: right_ones(trained[name], sets[name][1], made.y_test) for name in sets}
    share = {name: count / n for name, (count, _) in measured.items()}
    swapped = all(  # one number alone may be another mistake's
        np.isclose(value, share[other], rtol=0, atol=atol)
        for value, other in ((got["raw"], "scaled"), (got["scaled"], "raw"))
        if isinstance(value, int | float | np.number)
    )
    for name, other in (("raw", "scaled"), ("scaled", "raw")):
        train = sets[name][0]
        count, loss = measured[name]
        learned, _ = right_ones(trained[name], train, made.y)
        crossed, _ = right_ones(trained[name], sets[other][1], made.y_test)
        mistakes = {
            f"'{name}' holds the accuracy of the other run. Swap them.": (
                share[other] if swapped else None
            ),
            # before the next one: where both are the same number, both are true
            f"'{name}' is the accuracy on the TRAINING images, out of the history of fit. The "
            "test images count: model.evaluate measures them.": (
                noted(made.run(name), "accuracy") or [None]
            )[-1],
            f"'{name}' is the accuracy on the TRAINING images; the test images count.": (
                learned / len(train)
            ),
            f"'{name}' is the accuracy of the best epoch, which only the test images could "
            "choose. Report the model as the last epoch left it.": max(
                noted(made.run(name), "val_accuracy"), default=None
            ),
            f"You rounded '{name}'. Report it as evaluate gives it.": rounded(got[name], count / n),
            f"'{name}' holds the accuracy of the other run.": share[other],
            f"'{name}' was measured on test images of the other scale.": crossed / n,
            f"'{name}' is the loss. Return the accuracy; evaluate(..., return_dict=True) "
            "names its numbers.": loss,
            f"'{name}' is a percentage. Return a share from 0 to 1.": 100 * count / n,
            f"'{name}' is the share of WRONG images.": 1 - count / n,
            f"'{name}' is how many images are right. Return their share.": count,
        }
        expect.number(
            got[name],
            count / n,
            rtol=0,
            atol=atol,
            otherwise={says: near(value, got[name]) for says, value in mistakes.items()},
            message=f"'{name}': this model classifies {count} of {n} test images correctly, "
            f"measured again: {count / n:.4f}.",
            given=given,
        )
    return measured["raw"][0] != measured["scaled"][0]


@pytest.mark.points(2)
@pytest.mark.needs("fair_comparison")
@pytest.mark.tensorflow
@pytest.mark.timeout(60)
@pytest.mark.concept("test accuracy")
@pytest.mark.hint(
    "evaluate returns [loss, accuracy]; with return_dict=True it returns a dict of both.",
    'The result is a dict: {"raw": ..., "scaled": ...}, two shares from 0 to 1.',
)
def test_reports_test_accuracy(learner, rng):
    """compare returns the test accuracy of both models, by name"""
    # now and then both models are right equally often, and names don't matter; or the last epoch
    # is the best
    for epochs in (3, 6, 6, 6):
        one = reports(comparison(rng, 1, 3).compare(learner), atol=1e-6)
        longer = comparison(rng, epochs, 2).compare(learner)
        other = reports(longer, atol=1e-6)
        if (one or other) and not last_is_best(longer):
            break


@pytest.mark.points(2)
@pytest.mark.needs("fair_comparison")
@pytest.mark.tensorflow
@pytest.mark.timeout(60)
@pytest.mark.concept("comparison")
@pytest.mark.hint(
    "Read what the last failed check above says; this check does the same with real images."
)
def test_real_garments(learner, rng, garments):
    """On real garments, both accuracies are what is measured again"""
    (images, labels), _ = fashion_mnist.load_data()
    some = rng.choice(len(images), 960, replace=False)
    fresh = rng.choice(len(garments[0]), 500, replace=False)
    made = Comparison(
        images[some],
        labels[some],
        garments[0][fresh],
        garments[1][fresh],
        3,
        int(rng.integers(2**31)),
        compiled={},
        units=32,
    )
    reports(made.compare(learner), atol=0.012)
    sets = {"raw": made.x_test.astype(float), "scaled": made.x_test / 255}
    show_cells(
        "share of test images that your models classify correctly",
        {
            f"trained {name}": {
                f"tested {tested}": right_ones(run.model.remote.get_weights(), images, made.y_test)[
                    0
                ]
                / len(images)
                for tested, images in sets.items()
            }
            for name in sets
            if (run := made.run(name)) is not None
        },
    )
