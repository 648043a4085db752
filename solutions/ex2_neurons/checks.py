"""Hidden checks of exercise 2: what a model computes, a training that is played, and a real one."""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest
from activations import ACTIVATIONS
from compiling import METRICS_THIRD, with_crossentropy, with_nothing_else, with_usual_adam
from noise import without_noise
from taking import input_refused, takes_images

from grader.checks import (
    BenchModel,
    Diagnosis,
    Garment,
    KerasModel,
    Raised,
    Remote,
    StandIn,
    SubmissionError,
    dense,
    equivalent,
    expect,
    flatten,
    played,
    show_confusion,
    show_dots,
    show_training,
)
from grader.datasets import fashion_mnist
from grader.measured import read

LAB = Path(__file__).parents[2] / "labs/ex2_neurons.json"


def is_rounded(got: Any, value: float) -> bool:
    """Whether a number came that was rounded to one to five decimals."""
    if isinstance(got, bool) or not isinstance(got, int | float | np.number):
        return False
    return float(got) != value and float(got) in {round(value, places) for places in range(1, 6)}


def widths(rng: np.random.Generator) -> list[int]:
    """A small, a middle and a large number of units, in any order; the first once more."""
    small, large = int(rng.integers(3, 10)), int(rng.integers(130, 300))
    found = rng.permutation([small, int(rng.integers(11, 60)), large]).tolist()
    return [*found, found[0]]


def built(learner, bench, units: int) -> tuple[Remote, BenchModel]:
    """The learner's model, and the same on the bench."""
    try:
        model = learner.build_model(units)
    except SubmissionError as error:
        input_refused(error)
        raise
    if model is None:
        expect.fail("build_model returned None. Did you forget `return`?")
    return model, bench.model(model, (28, 28))


def sizes_right(model: BenchModel, units: int) -> list[np.ndarray]:
    """State that the weights are those of the two layers; returns them."""
    weights = model.weights()
    shapes = [w.shape for w in weights]
    right = [(784, units), (units,), (units, 10), (10,)]
    tables = [shape for shape in shapes if len(shape) == 2]
    call = f"build_model({units})"
    if not tables:
        says = "Your model has no Dense layer."
    elif tables[0][0] == 28:
        says = (
            "Your first Dense layer sees 28 numbers, one row of an image, and not all 784: "
            "Flatten belongs before it."
        )
    elif tables == [(784, 10)]:
        says = "There is no hidden layer: the 784 numbers go straight into the 10 outputs."
    elif tables[-1][1] != 10:
        says = (
            f"Your last layer has {tables[-1][1]} units. There are 10 kinds of garments, so it "
            "needs 10."
        )
    elif len(tables) != 2:
        says = f"The model needs two Dense layers, hidden and output; yours has {len(tables)}."
    elif tables[0][1] != units:
        says = (
            f"{call} made a hidden layer of {tables[0][1]} units: use the argument, not a fixed "
            "number."
        )
    elif len(shapes) < len(right):
        says = "A Dense layer of yours has no biases. Remove use_bias=False."
    else:
        says = "Your model has other weights than two Dense layers have. Remove all other layers."
    says += " These are the shapes of the weights."
    expect.that(shapes == right, says, expected=right, got=shapes, given={"units": units})
    return weights


def activations(
    model: BenchModel, weights: list[np.ndarray], rng: np.random.Generator
) -> tuple[str | None, str | None, np.ndarray]:
    """Which activations a model has, found by what it computes with drawn weights.

    Returns the hidden layer's and the output layer's, ``None`` if they are none of the known
    ones, and the model's outputs for some images.
    """
    x = rng.normal(0, 1, (64, 28, 28)).astype(np.float32)
    first, first_bias, second, second_bias = drawn = [
        rng.normal(0, 3 / np.sqrt(w.shape[0]) if w.ndim == 2 else 1, w.shape).astype(np.float32)
        for w in weights
    ]
    model.set_weights(drawn)
    outputs = model.predict(x)
    sums = x.reshape(64, 784) @ first + first_bias
    with np.errstate(all="ignore"):
        for hidden, inner in ACTIVATIONS.items():
            scores = inner(sums) @ second + second_bias
            for output, outer in ACTIVATIONS.items():
                if outputs.shape == scores.shape and np.allclose(
                    outputs, outer(scores), rtol=1e-3, atol=1e-4
                ):
                    if (hidden, output) == ("relu", "softmax"):
                        model.set_weights(equivalent(drawn, rng))
                        if not np.allclose(model.predict(x), outputs, rtol=5e-3, atol=1e-4):
                            return None, None, outputs
                    return hidden, output, outputs
    return None, None, outputs


@pytest.mark.points(3)
@pytest.mark.concept("layers")
@pytest.mark.hint(
    "The layers stand in a row: Input, Flatten, Dense, Dense. Which of their numbers is the "
    "argument?",
    "keras.Sequential([...]) takes the layers as a list; keras.layers.Dense(units, ...) is one.",
)
def test_hidden_units_from_argument(learner, bench, rng):
    """build_model(units) makes a hidden layer with that number of units, and ten outputs"""
    first, *others = widths(rng)
    _, narrow = built(learner, bench, first)
    sizes_right(narrow, first)
    try:
        narrow.predict(np.zeros((2, 28, 28), np.float32))
    except SubmissionError:
        expect.fail(
            "Your model doesn't take images of 28 rows and 28 columns. Begin with "
            "keras.layers.Input((28, 28)); Flatten makes 784 numbers of them."
        )
    for units in (*others, 1, 2, int(rng.integers(2049, 2200))):
        try:
            _, model = built(learner, bench, units)
        except SubmissionError as error:
            expect.fail(
                f"build_model({first}) worked, then build_model({units}) raised {error.type}. Is "
                "a layer made outside of the function, and used again?"
            )
        sizes_right(model, units)
        says = (
            f"build_model({units}) has other layers, or activations, than build_model({first}). "
            "The width is the only difference."
        )
        expect.that(model.acting == narrow.acting, says, expected=narrow.acting, got=model.acting)


@pytest.mark.points(1)
@pytest.mark.craft
@pytest.mark.needs("hidden_units_from_argument")
@pytest.mark.concept("layers")
@pytest.mark.hint(
    "A layer has weights as soon as it knows its input. Which layer says its shape? And are all "
    "of the weights trainable?"
)
def test_weights_from_the_start(learner, bench, rng):
    """A new model knows its input, so count_params() works before any training"""
    for units in (*widths(rng)[:2], 128):
        model = learner.build_model(units)
        rebuilt = bench.model(model)  # as it came: what it says of itself is no proof
        right = 784 * units + units + units * 10 + 10
        try:
            got = model.count_params()
        except SubmissionError as error:
            if error.type != "ValueError":
                raise
            expect.fail(
                "Your model has no weights yet, so count_params() fails: it doesn't know how large "
                "an image is. Begin with keras.layers.Input((28, 28)).",
                expected=right,
            )
        expect.number(got, right, rtol=0)
        sizes_right(rebuilt, units)
        takes_images(model, (28, 28))
        says = "Some of your layers are frozen (trainable=False): they would never learn."
        expect.that(len(model.trainable_weights) == rebuilt.trainable() == 4, says)


@pytest.mark.points(1)
@pytest.mark.craft
@pytest.mark.needs("hidden_units_from_argument")
@pytest.mark.concept("state")
@pytest.mark.hint("Make the model, and all of its layers, inside of the function.")
def test_a_new_model_each_time(learner, rng):
    """Each call of build_model makes a new model, not compiled, which shares nothing with others"""
    units = int(rng.integers(3, 30))
    first, second = learner.build_model(units), learner.build_model(units)
    says = (
        "A second call with the same number gave the first model again, with all that it has "
        "learned. Make a new one in each call."
    )
    expect.that(first.remote_number != second.remote_number, says)
    says = "build_model has compiled the model already. Leave that to compile_model."
    expect.that(first.compiled is not True, says)
    for model in (first, second):
        if not model.built:
            model.build((None, 28, 28))
    before = first.get_weights()
    says = "The biases of a new Dense layer are 0, and yours are not. Leave them to Keras."
    expect.that(all(not w.any() for w in before if w.ndim == 1), says)
    second.set_weights([w + 1 for w in before])
    same = all(np.array_equal(a, b) for a, b in zip(before, first.get_weights(), strict=True))
    same &= all(np.array_equal(a + 1, b) for a, b in zip(before, second.get_weights(), strict=True))
    says = (
        "Two of your models share layers: when one learns, the other changes. Make every layer "
        "inside of the function."
    )
    expect.that(same, says)


@pytest.mark.points(2)
@pytest.mark.needs("hidden_units_from_argument")
@pytest.mark.concept("activations")
@pytest.mark.hint(
    "What does relu do with a negative number, and what with a positive one?",
    'An activation is an argument of Dense, such as activation="relu".',
)
def test_hidden_is_relu(learner, bench, rng):
    """The hidden layer uses relu: negative sums become 0, all others stay"""
    units = int(rng.integers(6, 40))
    _, model = built(learner, bench, units)
    hidden, _, outputs = activations(model, sizes_right(model, units), rng)
    match hidden:
        case None:
            says = (
                "With the same weights, relu in the hidden layer gives other outputs than your "
                "model. Is there anything before, between or behind its layers?"
            )
        case "no activation":
            says = Diagnosis(
                "Your hidden layer has no relu: negative sums stay negative. Without it two Dense "
                "layers are no more than ONE linear layer.",
                hint="Compare your two Dense layers. One of them says what happens to its sums. "
                "What does Keras do with the sums of the other, where nothing is said?",
            )
        case "softmax":
            says = (
                "Your hidden layer uses softmax: its units have to share a total of 1, and all "
                "become tiny. Softmax is for the output; use relu here."
            )
        case _:
            says = f"Your hidden layer computes {hidden}, not relu."
    expect.that(hidden == "relu", says, got=outputs)


@pytest.mark.points(2)
@pytest.mark.needs("hidden_units_from_argument")
@pytest.mark.concept("softmax")
@pytest.mark.hint("Ten probabilities of one image sum to 1. Which activation sees to that?")
def test_outputs_sum_to_1(learner, bench, rng):
    """The ten outputs of an image are probabilities that sum to 1: softmax"""
    units = int(rng.integers(6, 40))
    _, model = built(learner, bench, units)
    _, output, outputs = activations(model, sizes_right(model, units), rng)
    sums = outputs.reshape(len(outputs), -1).sum(axis=1)
    if output is None and outputs.min() >= 0 and np.allclose(sums, 1, atol=1e-3):
        return  # they are probabilities, whatever the hidden layer computes
    match output:
        case "sigmoid":
            says = (
                "The ten outputs of an image must sum to 1; yours do not. Use softmax in the last "
                "layer: sigmoid treats the classes as ten separate yes/no questions."
            )
        case "no activation":
            says = (
                "Your outputs are bare scores, some negative, some above 1. Softmax in the last "
                "layer makes probabilities of them."
            )
        case "softmax twice":
            says = "Softmax is applied twice, which makes all outputs nearly alike. Once is enough."
        case None:
            says = "The ten outputs of an image must sum to 1: use softmax in the last layer."
        case _:
            says = f"Your last layer computes {output}. Use softmax there."
    expect.that(
        output == "softmax",
        says,
        expected=np.ones(8),
        got=sums[:8],
        what="row sums",
        given={"outputs of the first images": outputs[:2]},
    )


@pytest.mark.points(1)
@pytest.mark.needs("hidden_is_relu", "outputs_sum_to_1")
@pytest.mark.concept("layers")
@pytest.mark.hint("Which layers does the task name? Dropout and noise act in training only.")
def test_nothing_else_acts(learner, bench, rng):
    """The model computes the same while it trains: no Dropout, no noise"""
    x = rng.normal(0, 1, (32, 28, 28)).astype(np.float32)
    _, model = built(learner, bench, int(rng.integers(40, 80)))
    without_noise(model, x)


# compile


def problem(rng: np.random.Generator) -> tuple[KerasModel, np.ndarray, np.ndarray]:
    """A small model that is not compiled, images and labels."""
    h, w, classes = (int(n) for n in rng.choice(np.arange(4, 12), 3, replace=False))
    layers = [flatten(), dense(int(rng.integers(4, 9)), "relu"), dense(classes, "softmax")]
    n = int(rng.integers(40, 60))
    x = rng.random((n, h, w)).astype(np.float32)
    return KerasModel(layers, (h, w), seed=int(rng.integers(2**31))), x, rng.integers(0, classes, n)


def compiled(learner, model: KerasModel) -> Remote:
    """What compile_model returned, which must be the model that it was given."""
    try:
        returned = learner.compile_model(model)
    except SubmissionError as error:
        if "loss_weights" not in error.message:
            raise
        expect.fail(METRICS_THIRD)
    if returned is None:
        expect.fail("compile_model returned None. Return the model, after it is compiled.")
    says = "Return the model that you were given, not another object."
    expect.that(returned is model.remote, says, got=returned)
    expect.that(model.remote.compiled is True, "The model is not compiled: call model.compile.")
    return model.remote


def metrics_fail(method: str, error: SubmissionError) -> NoReturn:
    """Fail with a word on metrics with which a method of a model raises."""
    expect.fail(
        f"With your metrics, {method}() raises {error.type}: they can't work with labels that are "
        'class numbers. metrics=["accuracy"] finds the right one by itself.'
    )


@pytest.mark.points(3)
@pytest.mark.timeout(30)
@pytest.mark.concept("compile")
@pytest.mark.hint(
    "model.compile(optimizer=..., loss=..., metrics=[...]) changes the model; then return it.",
    "The labels are class numbers such as 3, not rows of zeros and ones. Which loss is for them?",
)
def test_compiled_as_asked(learner, bench, rng):
    """compile_model compiles with Adam and the required loss, and returns the same model"""
    model, x, labels = problem(rng)
    real = compiled(learner, model)
    name = real.optimizer.remote_type
    says = f"The optimizer is {name}, not Adam."
    expect.that(name == "Adam", says, expected="Adam", got=name)
    with_usual_adam(real)
    says = "run_eagerly=True makes a training many times slower. Leave it out."
    expect.that(real.run_eagerly is not True, says)

    with_nothing_else(real)
    try:
        with_crossentropy(real, rng)
    except SubmissionError as error:
        expect.fail(
            f"Your loss can't work with labels that are class numbers (Keras raised {error.type}): "
            "sparse_categorical_crossentropy is made for them."
        )
    asked = {"optimizer": "adam", "loss": "sparse_categorical_crossentropy", "run_eagerly": True}
    reference = bench.model(
        KerasModel(model.layers, model.input_shape, asked, weights=real.get_weights())
    )
    try:
        alike = reference.learns_like(real, x, labels)
    except SubmissionError as error:
        metrics_fail("fit", error)
    says = (
        'A few updates change the weights otherwise than optimizer="adam" does. Use adam with its '
        "usual settings."
    )
    expect.that(alike, says)


@pytest.mark.points(1)
@pytest.mark.needs("compiled_as_asked")
@pytest.mark.concept("metrics")
@pytest.mark.hint(
    "Keras reports the loss, and what is in the list metrics. Which name belongs there?"
)
def test_accuracy_is_reported(learner, rng):
    """A compiled model reports its accuracy, under that name"""
    compiled(learner, problem(rng)[0])  # what it is compiled with may be used up
    model, x, labels = problem(rng)
    real = compiled(learner, model)
    real.run_eagerly = True  # sooner, for one small batch
    n = len(x)
    x = rng.normal(0, 3, x.shape).astype(np.float32)  # no class is guessed for nearly all
    ranked = np.argsort(-np.asarray(real(x, training=False)), axis=1)
    # more than half are right, but not as often as one class is guessed; others are second, third
    right = int(rng.choice(np.setdiff1d(np.arange(n // 2, n - 5), np.bincount(ranked[:, 0]))))
    batch = -(-2 * n // 3)  # of two batches the first is larger, and one has more right
    while True:
        after = rng.permutation(n) - right
        if abs(np.mean(after[:batch] < 0) - np.mean(after[batch:] < 0)) > 0.1:
            break
    labels = ranked[np.arange(n), np.where(after < 0, 0, 1 + after % (ranked.shape[1] - 1))]
    try:
        report = real.evaluate(x, labels, batch_size=batch, verbose=0, return_dict=True)
    except SubmissionError as error:
        metrics_fail("evaluate", error)
    expect.that(
        "accuracy" in report,
        f"evaluate() reports {sorted(report)}; compile with metrics=['accuracy'] to see accuracy "
        "under this name.",
    )
    says = (
        "What your model calls accuracy is not the share of right predictions. "
        'metrics=["accuracy"] finds the right metric by itself.'
    )
    expect.number(report["accuracy"], right / n, rtol=1e-3, message=says)
    shifted = (labels + 1) % ranked.shape[1]
    again = real.evaluate(x, shifted, batch_size=n, verbose=0, return_dict=True)
    expect.number(again["accuracy"], np.mean(ranked[:, 0] == shifted), rtol=1e-3, message=says)


@pytest.mark.points(1)
@pytest.mark.craft
@pytest.mark.needs("compiled_as_asked")
@pytest.mark.concept("state")
@pytest.mark.hint("An optimizer remembers the model that it works for. Where do you make it?")
def test_compiles_any_number_of_models(learner, rng):
    """Each model gets an optimizer of its own, and keeps its weights"""
    (one, *_), (two, *_) = problem(rng), problem(rng)
    first = compiled(learner, one)
    before = first.get_weights()
    optimizer = first.optimizer.remote_number
    second = compiled(learner, two)
    says = (
        "Two models got the very same optimizer. It can train one of them only: make a new one in "
        "each call."
    )
    expect.that(second.optimizer.remote_number != optimizer, says)
    first.compile(optimizer="sgd", loss="mse")
    compiled(learner, one)
    says = "This model was compiled with SGD before, and still is. Compile each model that you get."
    expect.that(first.optimizer.remote_type != "SGD", says)
    with_usual_adam(first)
    with_usual_adam(second)
    with_nothing_else(second)
    with_crossentropy(second, rng)
    same = all(np.array_equal(a, b) for a, b in zip(before, first.get_weights(), strict=True))
    expect.that(same, "compile_model changed the model's weights. It should only compile.")


# parameters


def wraps(got: Any, right: int) -> bool:
    """Whether a whole number came that lost bits: 32, 64 or more."""
    whole = isinstance(got, int | np.integer) and not isinstance(got, bool)
    return whole and int(got) != right and (int(got) - right) % 2**32 == 0


def near(got: Any, right: int) -> bool:
    """Whether only some of the last digits of a large number are wrong."""
    number = isinstance(got, int | float | np.number) and np.isfinite(float(got))
    return number and right > 2**53 and abs(int(got) - right) < right >> 40


@pytest.mark.points(2)
@pytest.mark.concept("parameters")
@pytest.mark.hint(
    "How many arrows go from 784 inputs to one unit? And to all of them?",
    "Dense(units) has inputs * units weights and units biases; the output layer likewise.",
)
def test_parameter_formula(learner, rng):
    """count_parameters counts weights and biases of both layers, also with its defaults"""

    def draw() -> tuple[int, int, int]:
        # with a prime, no mistake gives what another one gives
        inputs = int(rng.choice([101, 211, 307, 401, 503, 601, 701, 733]))
        units = int(rng.choice(np.setdiff1d(np.arange(11, 700), inputs)))
        return units, inputs, int(rng.choice([2, 3, 5, 7, 12, 17, 26, 100]))

    first = draw()
    u, i, c = draw()
    v = int(rng.integers(130, 900))
    counted = 0
    huge = int(rng.integers(5 * 10**9, 9 * 10**9))  # it fits into 64 bits, its square does not
    for args, kwargs in (
        (first, {}),
        ((128,), {}),
        ((v,), {}),
        ((u,), {"inputs": i}),
        ((u,), {"classes": c}),
        ((u, i), {}),
        (draw(), {}),
        ((1, 1, 1), {}),
        ((huge, huge + 7, huge + 9), {}),
        (first, {}),
    ):
        given = dict(zip(("units", "inputs", "classes"), args, strict=False)) | kwargs
        units, inputs, classes = (
            given["units"],
            given.get("inputs", 784),
            given.get("classes", 10),
        )
        right = inputs * units + units + units * classes + classes
        counted += right
        try:
            got = learner.count_parameters(*args, **kwargs)
        except SubmissionError as error:
            if units < 10**6 or error.type == "NotImplementedError":
                raise
            expect.fail(
                f"For {units:,} units count_parameters raised {error.type}. No model and no NumPy "
                "is needed: multiply and add Python's own numbers, which may be of any size.",
                expected=right,
                given=given,
            )
        expect.equal(
            got,
            right,
            otherwise={
                f"You left out the biases: every unit has one more number. Add {units} + "
                f"{classes}.": inputs * units + units * classes,
                "You left out the output layer's biases, one for each class.": right - classes,
                "You left out the hidden layer's biases, one for each unit.": right - units,
                "You counted the hidden layer only. The output layer has weights and biases too.": (
                    inputs * units + units
                ),
                "You counted the output layer only. Most numbers are in the hidden layer.": (
                    units * classes + classes
                ),
                "You added where weights multiply: each unit has a weight for EVERY input.": (
                    inputs + units + classes
                ),
                "The input layer has no biases: one for each unit and one for each class.": (
                    right + inputs
                ),
                "The second argument is inputs, the third classes. Yours are swapped.": (
                    classes * units + units + units * inputs + inputs
                ),
                "You went on counting where the last call had ended. Begin at 0 in each call.": (
                    counted
                ),
                "You used 784 inputs, but inputs is given here.": right + (784 - inputs) * units,
                "You used 10 classes, but classes is given here.": (
                    inputs * units + units + units * 10 + 10
                ),
                "You used 128 units, but units is given here.": (
                    inputs * 128 + 128 + 128 * classes + classes
                ),
                "This number is too large for NumPy's integers, so it wrapped around. Python's own "
                "int holds any number.": got if wraps(got, right) else None,
                "This number has more digits than a float holds, so the last ones are wrong. "
                "Count in Python's own int; divide nothing.": got if near(got, right) else None,
            },
            message=f"{inputs} * {units} + {units} in the hidden layer and {units} * {classes} + "
            f"{classes} in the output layer make {right}.",
            given=given,
        )


# training, played


class FakeFit:
    """A model whose fit trains nothing: it notes its arguments and plays a training.

    Args:
        epochs: that fit should be asked for.
        delay: how many seconds fit takes.
        images: how many there are; a few without it.

    Attributes:
        losses, accuracies: one per epoch, as from float32; in each the last is neither the smallest
            nor the largest.
        calls: the arguments of each call of fit.
    """

    def __init__(
        self, rng: np.random.Generator, epochs: int, delay: float = 0.0, images: int = 0
    ) -> None:
        self.epochs, self.delay = epochs, delay
        self.calls: list[dict[str, Any]] = []
        self.losses = self._series(rng, 0.2, 0.55)
        self.accuracies = self._series(rng, 0.6, 0.95)
        n = images or int(rng.integers(3, 9))
        # pixels as they may come, not only those that Keras likes; labels beyond ten
        self.x = (
            rng.integers(0, 256, (n, 2, 1), np.uint8) if images else rng.normal(0, 9, (n, 4, 3))
        )
        self.y = rng.integers(0, 300, n)
        self.measured = [float(v) for v in rng.uniform(1, 2, 2)]
        methods = {"fit": self.fit, "evaluate": self.evaluate, "compile": self.compile}
        self.model = played.made_up("<model>", methods)
        self.given = {"loss": self.losses, "accuracy": self.accuracies}

    def _series(self, rng: np.random.Generator, low: float, high: float) -> list[float]:
        steps = np.linspace(low, high, self.epochs) + rng.uniform(0, 0.01, self.epochs)
        middle = self.epochs // 2
        if self.epochs < 5:
            order = [*rng.permutation(np.delete(np.arange(self.epochs), middle)), middle]
        else:  # neither are the first and the last but one
            first, before = rng.permutation([middle - 1, middle + 1])
            others = np.delete(np.arange(self.epochs), [middle - 1, middle, middle + 1])
            order = [first, *rng.permutation(others), before, middle]
        return steps[order].astype(np.float32).tolist()

    def compile(self, *_: Any, **__: Any) -> None:
        """``Model.compile``."""
        expect.fail("timed_fit gets a compiled model. To compile it again is not its job.")

    def evaluate(self, *_: Any, return_dict: bool = False, **__: Any) -> Any:
        """``Model.evaluate``: other numbers than those of the history."""
        loss, accuracy = self.measured
        return {"loss": loss, "accuracy": accuracy} if return_dict else [loss, accuracy]

    def fit(self, *args: Any, **kwargs: Any) -> StandIn:
        """``Model.fit``."""
        self.calls.append(played.bound(*args, **kwargs))
        played.left_alone(self.model)
        story = [
            {"loss": loss, "accuracy": accuracy}
            for loss, accuracy in zip(self.losses, self.accuracies, strict=True)
        ]
        callbacks = self.calls[-1]["callbacks"]
        played.to_callbacks(callbacks, self.model, story, self.epochs, seconds=self.delay)
        values = {"accuracy": self.accuracies, "loss": self.losses}
        return played.history(self.model, values, self.epochs)

    def called_rightly(self) -> None:
        """State that fit was called once, with x, y and epochs and nothing that matters else."""
        expect.that(bool(self.calls), "model.fit was not called, so nothing was trained.")
        says = "You called fit more than once. One call trains for all epochs: epochs=epochs."
        expect.that(len(self.calls) == 1, says)
        arguments = dict(self.calls[0])
        played.epochs_by_name(arguments, self.epochs)
        for name, value, other in (("x", self.x, self.y), ("y", self.y, self.x)):
            sent = arguments.pop(name)
            says = f"fit got another {name} than timed_fit. Pass it through unchanged."
            if sent is None:
                says = f"fit got no {name}. Pass both: model.fit(x, y, ...)."
            elif np.array_equal(sent, other):
                says = "fit got x and y in the wrong order."
            elif name == "x" and np.shape(sent) == value.shape and np.allclose(sent, value / 255):
                says = "You divided x by 255. Pass it as it is: whoever calls timed_fit scales it."
            expect.that(np.array_equal(sent, value), says, expected=value, got=sent)
            says = f"You changed the dtype of {name}. Pass it through unchanged."
            dtype = getattr(sent, "dtype", value.dtype)
            expect.that(dtype == value.dtype, says, expected=str(value.dtype), got=str(dtype))
        epochs = arguments.pop("epochs")
        expect.equal(
            epochs,
            self.epochs,
            otherwise={
                f"fit wasn't given the number of epochs: pass epochs={self.epochs}.": 1,
                f"You called fit with {epochs} epochs; timed_fit got {self.epochs}.": epochs,
            },
        )
        played.plain_but_for(arguments, "callbacks")
        played.callbacks_only_watch(arguments)


def told(learner, fake: FakeFit) -> dict[str, Any]:
    """What timed_fit returns, which must be a dict with the three keys."""
    arguments = fake.model, fake.x, fake.y, fake.epochs
    try:
        report = expect.unchanged(learner.timed_fit, *arguments)
    except SubmissionError as error:
        if error.type != "KeyError":
            raise
        fake.called_rightly()
        expect.fail(
            f"Your code looks up {error.message}, but the history of this training holds "
            "'accuracy' and 'loss'."
        )
    fake.called_rightly()
    if report is None:
        expect.fail("timed_fit returned None. Did you forget `return`?")
    if isinstance(report, Remote):
        says = "You returned the history itself. Return a dict with three numbers."
        if report.remote_type not in ("History", "StandIn"):
            kind = report.remote_type
            says = f"Return a plain dict with three numbers, not an object of type {kind}."
        expect.fail(says)
    keys = ["accuracy", "loss", "seconds"]
    expect.that(isinstance(report, dict), "Return a dict with three numbers.", got=report)
    says = "The keys should be exactly these three; yours are others."
    expect.that(sorted(map(str, report)) == keys, says, expected=keys, got=list(report))
    return report


@pytest.mark.points(3)
@pytest.mark.timeout(30)  # callbacks are played a long training
@pytest.mark.concept("history")
@pytest.mark.hint(
    "Call fit once, with epochs=epochs. It returns a history: history.history holds a list for "
    "each name, one number per epoch.",
    "The last item of a list is list[-1].",
)
def test_timed_fit_report(learner, rng):
    """timed_fit trains with one call of fit, and reports the last epoch's loss and accuracy"""
    most = int(rng.integers(6, 9))
    fakes = [FakeFit(rng, epochs) for epochs in (most, 1, int(rng.integers(3, 6)), most)]
    # more epochs and images than any round number at which a file may cut them off
    fakes.append(
        FakeFit(rng, int(rng.integers(1001, 1100)), images=int(rng.integers(60_001, 60_999)))
    )
    for fake in (*fakes, fakes[0]):
        fake.calls.clear()
        report = told(learner, fake)
        for name, values, others in (
            ("loss", fake.losses, fake.accuracies),
            ("accuracy", fake.accuracies, fake.losses),
        ):
            expect.number(
                report[name],
                values[-1],
                rtol=0,
                atol=1e-7,
                otherwise={
                    Diagnosis(
                        f"{name} is the FIRST epoch's value; report the last one: "
                        f'history["{name}"][-1].',
                        hint="Train for three epochs and print the whole list. Keras adds one "
                        "number after each epoch: where is the newest?",
                    ): values[0],
                    f"This is the smallest {name} of all epochs; return the last epoch's.": (
                        min(values)
                    ),
                    f"This is the largest {name} of all epochs; return the last epoch's.": (
                        max(values)
                    ),
                    f"This is the mean over all epochs; return the last epoch's {name}.": (
                        float(np.mean(values))
                    ),
                    "This is the next-to-last epoch: the last item of a list is [-1].": (
                        values[-2:][0]
                    ),
                    "loss and accuracy are mixed up.": others[-1],
                    f"Report {name} as it is, not rounded.": (
                        report[name] if is_rounded(report[name], values[-1]) else None
                    ),
                    "Report a share between 0 and 1, not a percentage.": 100 * values[-1],
                    f"This is the whole list. Return one number, the last epoch's {name}.": (
                        values
                    ),
                    "You measured again with evaluate, after the training. The history knows the "
                    f"last epoch's {name}.": fake.measured[name == "accuracy"],
                },
                message=f"This is not the last epoch's {name}.",
                given=fake.given,
            )
    one, other = ((fake.model, fake.x, fake.y, fake.epochs) for fake in fakes[:2])
    expect.apart(learner.timed_fit, one, other)


ROUNDED = "You rounded the seconds. Return them as the clock gives them."


def clock_says(seconds: float, slept: float, wall: float) -> str:
    """What a wrong number of seconds tells of how it was measured."""
    if seconds < 0:
        return "Time can't be negative: take the time after fit minus the time before it."
    if 0 < seconds == round(seconds, 5) and seconds < wall + 1:
        return ROUNDED
    if seconds > 1e6:
        return "This is a clock reading. Read the clock before and after fit, and subtract."
    if seconds > 20 * wall:
        return "fit did not take so long. Are these milliseconds? Return seconds."
    if seconds > wall:
        return "fit did not take so long. Read the clock right before fit, again in each call."
    if seconds == 0:
        return (
            "fit took a part of a second; you report 0. Do not round, and subtract the right way."
        )
    if seconds < slept / 4:  # one of three epochs takes more than that
        return (
            "fit took longer. Read the clock right before fit and right after it, and use a clock "
            "that also counts waiting: time.perf_counter()."
        )
    return "fit took longer. All of its epochs count."


@pytest.mark.points(2)
@pytest.mark.needs("timed_fit_report")
@pytest.mark.timeout(30)
@pytest.mark.concept("measuring time")
@pytest.mark.hint(
    "Read a clock before fit, read it again after fit, and subtract.",
    "time.perf_counter() is a clock in seconds.",
)
def test_seconds_of_fit(learner, rng):
    """seconds is the time that fit took by the clock, not rounded"""
    every = []
    # the first waits long enough that no machine computes as much as a fourth of it meanwhile
    for low, epochs in ((0.4, 3), (0.04, 5), (0.02, 2), *[(0.001, 1)] * 3):
        fake = FakeFit(rng, epochs, float(rng.uniform(low, 1.3 * low)))
        begin = time.perf_counter()
        seconds = told(learner, fake)["seconds"]
        wall = time.perf_counter() - begin
        bounds = fake.delay - 0.002, wall + 0.002
        number = isinstance(seconds, int | float | np.number)
        expect.number(
            seconds,
            sum(bounds) / 2,
            rtol=0,
            atol=(bounds[1] - bounds[0]) / 2,
            message=clock_says(float(seconds), fake.delay, wall) if number else None,
            given={"seconds that fit took, at least": fake.delay},
        )
        every.append(float(seconds))
    # a clock of microseconds gives five decimals once in ten times
    expect.that(any(value != round(value, 5) for value in every), ROUNDED, got=every)


# training, really


def trains_as_told(learner, bench, rng: np.random.Generator) -> None:
    """State that timed_fit trains a small model as fit does, and tells what comes of it."""
    passes_all(learner, rng)
    model, x, labels = problem(rng)
    # one batch: what the order is does not matter; a callback may wait for a later epoch
    x, labels, epochs = x[:32], labels[:32], int(rng.integers(12, 15))
    model.compiled = {
        "optimizer": "adam",
        "loss": "sparse_categorical_crossentropy",
        "metrics": ["accuracy"],
        "run_eagerly": True,  # no tracing
    }
    reference = bench.model(model)
    before = reference.weights()
    history = reference.fit(x, labels, epochs=epochs)
    report = learner.timed_fit(model, x, labels, epochs)
    pairs = list(zip(model.remote.get_weights(), reference.weights(), before, strict=True))
    off, moved = (sum(np.abs(w[0] - w[n]).sum() for w in pairs) for n in (1, 2))
    says = "timed_fit leaves other weights in the model than model.fit does. Let fit train it."
    expect.that(bool(off < moved / 10), says)
    for name, atol in (("loss", 1e-3), ("accuracy", 0.04)):
        says = f"After {epochs} epochs with one batch, this is not the {name} of the last one."
        expect.number(report[name], history[name][-1], rtol=1e-3, atol=atol, message=says)


def passes_all(learner, rng: np.random.Generator) -> None:
    """State that timed_fit passes a real model many images as they came; the check ends the fit."""
    calls: list[dict[str, Any]] = []

    def fit(*args: Any, **kwargs: Any) -> None:
        calls.append(played.bound(*args, **kwargs))
        rate = np.asarray(model.remote.optimizer.learning_rate)
        says = "You changed the learning rate. The model comes compiled: train it as it is."
        expect.number(float(rate), 0.001, rtol=1e-4, message=says)
        says = "You froze the model, or layers of it (trainable): they would not learn."
        expect.that(len(model.remote.trainable_variables) == 2, says)
        raise Raised("EnoughError", "the check has seen the arguments of this fit")

    n = 60_000 + int(rng.integers(20, 90))
    compiled = {"optimizer": "adam", "loss": "sparse_categorical_crossentropy"}
    model = KerasModel([flatten(), dense(3, "softmax")], (2, 1), compiled, watched={"fit": fit})
    x, y = rng.random((n, 2, 1)).astype(np.float32), rng.integers(0, 3, n)
    with contextlib.suppress(SubmissionError):
        learner.timed_fit(model, x, y, 7)
    says = "timed_fit did not call fit, or called it more than once, for a real model."
    expect.that(len(calls) == 1, says)
    (call,) = calls
    same = np.array_equal(call["x"], x) and np.array_equal(call["y"], y)
    says = f"Of {n:,} images and labels fit got others than timed_fit. Pass all of them unchanged."
    expect.that(same, says, expected=x, got=call["x"])
    expect.equal(call["epochs"], 7)
    played.plain_but_for(call, "callbacks")


def show_width(units: int, accuracy: float) -> None:
    """Have the accuracy drawn among those that the lab measured for other widths."""
    runs = read(LAB).runs.get("widths", {}).values()
    if not runs:
        return
    measured: dict[int, list[float]] = {}
    for run in runs:
        for width, score in zip(run["units"], run["accuracy"], strict=True):
            measured.setdefault(width, []).append(score)
    rows = {f"{width} unit{'s' * (width > 1)}": each for width, each in measured.items()}
    yours = f"{units} units, yours"
    by_width = sorted([*zip(measured, rows.items(), strict=True), (units, (yours, [accuracy]))])
    title = f"share of unseen garments that is right: yours, and {len(runs)} runs in the lab"
    show_dots(title, dict(row for _, row in by_width), own=[yours])


def trainings(
    runs: dict[tuple[int, int], float], seen: list[tuple[int, int]]
) -> Callable[[Any, Any], float]:
    """A train_fn that trains nothing: it notes what it is called with, and knows the accuracies."""

    def train(units: Any, seed: Any) -> float:
        seen.append((int(units), int(seed)))
        return runs.get(seen[-1], 0.5)

    return train


@pytest.mark.points(2)
@pytest.mark.later("accuracy_by_width")
@pytest.mark.concept("training")
@pytest.mark.hint(
    "For one width: call train_fn with each seed, and take the mean of what it returns. Then do "
    "the same for every width.",
    "np.mean([train_fn(units, seed) for seed in seeds]) is the mean of one width.",
)
def test_accuracy_by_width(learner, rng):
    """accuracy_by_width trains each width with each seed, and returns the mean of each width"""
    draws = [
        (rng.permutation(rng.choice(np.arange(1, 2000), n, False)).tolist(),
         rng.choice(np.arange(3000, 9999), m, False).tolist())
        for n, m in ((4, 3), (3, 5), (1, 4), (5, 1), (1, 104), (104, 1))
    ]  # fmt: skip
    for units, seeds in (*draws, draws[0]):
        table = rng.uniform(0.2, 0.9, (len(units), len(seeds)))
        table[0, -1] = 0  # an accuracy like any other
        seen: list[tuple[int, int]] = []
        given = {"widths": units, "seeds": seeds}

        runs = {
            (width, seed): float(table[row, column])
            for row, width in enumerate(units)
            for column, seed in enumerate(seeds)
        }
        got = learner.accuracy_by_width(trainings(runs, seen), units, seeds)
        wanted = sorted((width, seed) for width in units for seed in seeds)
        if not seen:
            says = "train_fn was never called, so nothing was measured."
        elif sorted((seed, width) for width, seed in seen) == wanted:
            says = "You gave train_fn the seed first. It takes the units, then the seed."
        elif len({seed for _, seed in seen}) == 1 < len(seeds):
            says = (
                "You trained with one seed only. One run of each width may be luck: use them all."
            )
        elif {width for width, _ in seen} == set(range(len(units))):
            says = "You gave train_fn the positions of the widths. Give it the widths themselves."
        elif len({width for width, _ in seen}) == 1 < len(units):
            says = "You trained one width only."
        elif set(seen) == set(wanted):
            says = (
                f"You called train_fn {len(seen)} times. Once for each width and seed is enough, "
                f"{len(wanted)} times."
            )
        elif len(seen) == min(len(units), len(seeds)) < len(wanted):
            says = "You paired widths and seeds, as zip does. Train EVERY width with EVERY seed."
        else:
            says = "Call train_fn(units, seed) once for each width with each seed."
        expect.equal(sorted(seen), wanted, otherwise={says: sorted(seen)}, given=given)
        if got is None:
            expect.fail("accuracy_by_width returned None. Did you forget `return`?")
        right = table.mean(axis=1)
        expect.allclose(
            got,
            right,
            rtol=2e-7,  # what float32 leaves
            atol=0,
            otherwise={
                "You trained all widths, and returned the last one's mean only. Append each mean "
                "to a list.": right[-1:],
                "You took the best run of each width. A best run is mostly luck: take the mean.": (
                    table.max(axis=1)
                ),
                "You kept only the first seed of each width. Take the mean over all seeds.": (
                    table[:, 0]
                ),
                "You kept only the last seed of each width. Take the mean over all seeds.": (
                    table[:, -1]
                ),
                "These are means over the widths, one for each seed. Return one for each WIDTH.": (
                    table.mean(axis=0)
                ),
                "Your list of runs goes on from width to width. Begin a new one for each width.": [
                    table[: row + 1].mean() for row in range(len(units))
                ],
                "The runs came in another order than your reshape takes them in: loop over widths "
                "first, over seeds inside of it.": table.T.reshape(table.shape).mean(axis=1),
                "You returned all runs. Take the mean over the seeds, axis 1.": table,
                "You returned one mean of everything. Return one for each width.": table.mean(),
                "These are sums. Divide by the number of seeds.": table.sum(axis=1),
                "You divided by the number of widths. Divide by the number of seeds.": (
                    table.sum(axis=1) / len(units)
                ),
                "Your sum goes on from width to width. Begin it at 0 for each width.": (
                    np.cumsum(table.sum(axis=1)) / len(seeds)
                ),
                "You took the median of the seeds, not the mean.": np.median(table, axis=1),
                "You sorted the means. Keep the order of widths.": np.sort(right),
                "The means belong to the widths in sorted order. Keep the order of widths.": (
                    right[np.argsort(units)]
                ),
                **{
                    f"You rounded the means to {places} decimals. Return them as they are.": (
                        np.round(right, places)
                    )
                    for places in range(1, 7)
                },
            },
            message="Each number is the mean of the runs of one width, in the order of widths.",
            given=given | {"accuracies, a row for each width": table},
        )
    by_units, by_seed = trainings({}, []), lambda units, seed: 0.25
    expect.apart(learner.accuracy_by_width, (by_units, [3, 7], [1]), (by_seed, [3, 7], [1]))
    got = learner.accuracy_by_width(lambda units, seed: units / 100 + seed / 10, [10, 50], [1, 3])
    expect.allclose(got, np.array([0.3, 0.7]), atol=0, given={"widths": [10, 50], "seeds": [1, 3]})
    again = [*units[:2], units[0]]
    expect.allclose(
        learner.accuracy_by_width(trainings(runs, []), again, seeds),
        right[[0, 1, 0]],
        message="A width may come twice. Return one mean for each entry of widths, in their order.",
        given={"widths": again},
    )


@pytest.mark.points(3)
@pytest.mark.needs("hidden_is_relu", "outputs_sum_to_1", "accuracy_is_reported", "timed_fit_report")
@pytest.mark.timeout(120)
@pytest.mark.concept("training")
@pytest.mark.hint("All parts are right by themselves. What does each do with what it is given?")
def test_learns_real_garments(learner, bench, rng, garments):
    """After five epochs your model classifies at least 77% of unseen garments correctly"""
    trains_as_told(learner, bench, rng)
    (images, labels), _ = fashion_mnist.load_data()
    some = rng.permutation(len(images))[: int(rng.integers(5850, 5990))]
    x = (images[some] / 255).astype(np.float32)
    units, epochs = int(rng.integers(96, 161)), 5
    model = learner.compile_model(learner.build_model(units))
    with_usual_adam(model)
    with_nothing_else(model)
    with_crossentropy(model, rng)
    start = model.get_weights()[0]
    report = learner.timed_fit(model, x, labels[some], epochs)
    with_usual_adam(model)
    given = {"units": units, "images": len(x), "epochs": epochs}

    steps = epochs * -(-len(x) // 32)
    says = (
        f"{epochs} epochs over {len(x)} images, 32 at a time, are {steps} steps of the optimizer."
    )
    expect.equal(int(model.optimizer.iterations), steps, message=says, given=given)
    says = "After five epochs the training loss is below 0.6; yours is not. What does not learn?"
    expect.that(bool(report["loss"] < 0.6), says, got=report["loss"], given=given)

    kept = model.history  # Keras keeps that of the last fit
    if isinstance(kept, Remote):
        show_training(kept.history)
    measured = bench.model(model)
    says = "The hidden layer has learned nothing: most of its weights are what they were."
    still = np.mean(measured.weights()[0] == start)
    expect.that(bool(still < 0.5), says, got=still, what="share of equal weights")
    table = measured.predict(x)
    now = {
        "loss": float(-np.log(table[np.arange(len(x)), labels[some]] + 1e-7).mean()),
        "accuracy": float(np.mean(table.argmax(axis=1) == labels[some])),
    }
    for name, most in (("loss", 0.25), ("accuracy", 0.12)):  # an epoch's are means on the way
        says = f"Measured on its training images, your model's {name} is far from what you report."
        told = report[name]
        expect.that(bool(abs(told - now[name]) < most), says, expected=now[name], got=told)

    unseen = garments[0] / 255 + rng.normal(0, 0.02, garments[0].shape)
    table = measured.predict(unseen.clip(0, 1).astype(np.float32))
    right = table.argmax(axis=1) == garments[1]
    accuracy = float(np.mean(right))
    says = f"Of 1,000 garments that it never saw, your model classifies {accuracy:.1%} correctly."
    if not right.all():
        n = int(np.argmin(right))
        given["one of the others"] = Garment(garments[0][n], int(garments[1][n]), table[n])
    show_confusion(garments[1], table.argmax(axis=1))
    show_width(units, accuracy)
    expect.that(accuracy >= 0.77, says, got=accuracy, given=given)
