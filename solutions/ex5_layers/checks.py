"""Hidden checks of exercise 5: any number of layers, and a fair comparison of two variants."""

import math
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from activations import ACTIVATIONS
from noise import without_noise
from taking import input_refused, takes_images

from grader.checks import (
    BenchModel,
    Diagnosis,
    Raised,
    Remote,
    SubmissionError,
    equivalent,
    expect,
    show_dots,
)
from grader.datasets import fashion_mnist

Case = tuple[np.ndarray, np.ndarray]
Rule = Callable[[np.ndarray, np.ndarray], str]
NEITHER = "no clear difference"

# models


def drawn(rng: np.random.Generator, count: int) -> list[int]:
    """Sizes of so many hidden layers; of more than two, the first is neither extreme.

    Each is larger than any number of classes drawn here: no layer is taken for the output.
    """
    sizes = sorted(int(n) for n in rng.choice(np.arange(16, 40), count, replace=False))
    if count > 2:
        first = sizes.pop(1)
        sizes = [first, *(int(n) for n in rng.permutation(sizes))]
    elif rng.random() < 0.5:
        sizes.reverse()
    return sizes


def shape(rng: np.random.Generator, axes: int) -> tuple[int, ...]:
    """The shape of an image, never square; with three axes it has colors, perhaps only one."""
    rows, columns = (int(n) for n in rng.choice(np.arange(4, 12), 2, replace=False))
    return (rows, columns, int(rng.choice([1, 3, 4]))) if axes == 3 else (rows, columns)


def tables(hidden: list[int], classes: int, input_shape: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The shapes of all weights, layer by layer."""
    sizes = [math.prod(input_shape), *hidden, classes]
    return [each for inputs, units in pairwise(sizes) for each in ((inputs, units), (units,))]


def difference(
    shapes: list[tuple[int, ...]],
    right: list[tuple[int, ...]],
    hidden: list[int],
    input_shape: tuple[int, ...],
    earlier: list[int],
) -> str:
    """What the shapes of a model's weights tell of it, if they are not the right ones.

    ``earlier`` holds the sizes of the hidden layers of the call before.
    """
    dense, due = ([s for s in each if len(s) == 2] for each in (shapes, right))
    inputs, classes = math.prod(input_shape), due[-1][1]
    if not dense:
        return "This model has no Dense layer."
    if dense[0][0] == input_shape[-1]:
        return (
            f"The first Dense layer sees {dense[0][0]} numbers, the last axis of an image, and not "
            f"all {inputs}: Flatten belongs before it."
        )
    if dense[0][0] != inputs:
        return (
            f"An image {input_shape} has {inputs} numbers, but the first Dense layer sees "
            f"{dense[0][0]}. Use input_shape."
        )
    units = [columns for _, columns in dense]
    if earlier and units[: len(earlier)] == earlier and len(dense) > len(due):
        return (
            f"Layers of the call before, for {earlier}, are still there. Begin a new list inside "
            "of the function: a default such as layers=[] is made only once."
        )
    if len(dense) < len(due) and sorted(dense) == sorted(set(due)):
        return (
            "Two hidden layers of equal size share one Dense layer, with one set of weights. Make "
            "a new Dense in each turn of the loop."
        )
    if not hidden and len(dense) > 1:
        return "An empty list means no hidden layer at all: Flatten, then the output."
    if dense == due[:-1]:
        return "The output layer is missing: after the hidden layers comes Dense(classes)."
    if len(dense) != len(due):
        return (
            f"The list means {len(hidden)} hidden layers and one output layer. Number of Dense "
            f"layers in your model: {len(dense)}. Loop over the list. Does the loop go to its end, "
            "and is every layer applied to what the one before returned?"
        )
    if dense[-1][1] != classes:
        return f"The last layer has {dense[-1][1]} units; there are {classes} classes."
    if sorted(d[1] for d in dense) != sorted(d[1] for d in due):
        return f"The hidden layers should have {hidden} units, one number of the list for each."
    if dense != due:
        return f"The hidden layers {hidden} are in another order in your model."
    if len(shapes) < len(right):
        return "A Dense layer of yours has no biases. Remove use_bias=False."
    return (
        "This model has further weights, as BatchNormalization would bring. Beside Flatten and the "
        "Dense layers there should be nothing."
    )


def built(
    learner, bench, *args: Any, earlier: list[int] | None = None, **kwargs: Any
) -> BenchModel:
    """The learner's model on the bench, with weights of the shapes that they should have.

    The arguments are those of build_mlp; ``earlier`` is what hidden was in the call before.
    """
    given = dict(zip(("hidden", "classes", "input_shape"), args, strict=False)) | kwargs
    hidden, input_shape = given["hidden"], given.get("input_shape", (28, 28))
    try:
        model = expect.unchanged(learner.build_mlp, *args, **kwargs)
    except SubmissionError as error:
        input_refused(error)
        raise
    if model is None:
        expect.fail("build_mlp returned None. Did you forget `return`?")
    rebuilt = bench.model(model, input_shape)
    shapes = [w.shape for w in rebuilt.weights()]
    right = tables(hidden, given.get("classes", 10), input_shape)
    if shapes != right:
        call = ", ".join(f"{name}={value}" for name, value in given.items())
        says = difference(shapes, right, hidden, input_shape, earlier or [])
        says = f"build_mlp({call}): {says} These are the shapes of the weights."
        expect.fail(says, expected=right, got=shapes)
    return rebuilt


LIKELY = (
    "relu",
    "no activation",
    "softmax",
    "sigmoid",
    "tanh",
    "elu",
    "leaky_relu",
    "softmax twice",
)


MANY = 3  # hidden layers; of more, not every choice of activations is tried


def guesses(
    values: np.ndarray, layers: list[tuple[np.ndarray, np.ndarray]]
) -> Iterator[tuple[list[str], np.ndarray]]:
    """The outputs for every choice of activations, one for each layer."""
    (weights, biases), *others = layers
    sums = values @ weights + biases
    for name in LIKELY:
        result = ACTIVATIONS[name](sums)
        if not others:
            yield [name], result
        else:
            yield from (([name, *names], end) for names, end in guesses(result, others))


def few_guesses(
    values: np.ndarray, layers: list[tuple[np.ndarray, np.ndarray]]
) -> Iterator[tuple[list[str], np.ndarray]]:
    """The outputs where one layer, or all hidden ones from one on, have another activation."""
    right = ["relu"] * (len(layers) - 1) + ["softmax"]
    choices = [right]
    for at in range(len(layers)):
        for name in LIKELY:
            choices.append([*right[:at], name, *right[at + 1 :]])
            choices.append([*right[:at], *[name] * (len(layers) - 1 - at), "softmax"])
    for names in choices:
        result = values
        for name, (weights, biases) in zip(names, layers, strict=True):
            result = ACTIVATIONS[name](result @ weights + biases)
        yield names, result


def activations(
    model: BenchModel, input_shape: tuple[int, ...], rng: np.random.Generator
) -> list[str] | None:
    """Which activations the layers have, found by what the model computes with drawn weights."""
    x = rng.normal(0, 1, (48, *input_shape)).astype(np.float32)
    shapes = [w.shape for w in model.weights()]
    many = len(shapes) // 2 - 1 > MANY
    scale = np.sqrt(2) if many else 2  # through many layers the sums stay as large as they are
    weights = [
        rng.normal(0, scale / np.sqrt(s[0]) if len(s) == 2 else 1, s).astype(np.float32)
        for s in shapes
    ]
    model.set_weights(weights)
    outputs = model.predict(x)
    layers = list(zip(weights[::2], weights[1::2], strict=True))
    with np.errstate(all="ignore"):
        tried = few_guesses if many else guesses
        for names, result in tried(x.reshape(len(x), -1), layers):
            same = outputs.shape == result.shape
            if same and np.allclose(outputs, result, rtol=1e-3, atol=1e-4):
                if names[-1] == "softmax" and set(names[:-1]) <= {"relu"}:
                    model.set_weights(equivalent(weights, rng))
                    if not np.allclose(model.predict(x), outputs, rtol=5e-3, atol=1e-4):
                        return None
                return names
    return None


@pytest.mark.points(3)
@pytest.mark.concept("layers")
@pytest.mark.hint(
    "Input and Flatten, one new Dense for each number, the output layer: what is missing in your "
    "model, or what is too much?",
    "for units in hidden: layers.append(keras.layers.Dense(units, ...))",
)
def test_any_list_of_layers(learner, bench, rng):
    """build_mlp makes one hidden layer for each number of the list, then the output"""
    three = drawn(rng, 3)
    calls = [
        (drawn(rng, 2), int(rng.integers(2, 9)), shape(rng, 2)),
        ([three[0]], int(rng.integers(11, 16)), shape(rng, 3)),
        ([*three, three[0], three[0]], int(rng.integers(2, 9)), shape(rng, 2)),
        (
            [int(rng.integers(900, 1100)), *three[1:] * 4, 1],
            int(rng.integers(101, 140)),
            shape(rng, 2),
        ),
    ]
    equal = [three[1]] * 3, int(rng.integers(2, 9)), (*shape(rng, 2), 1)
    for number, (hidden, classes, input_shape) in enumerate((*calls, equal, calls[0])):
        try:
            built(learner, bench, hidden, classes, input_shape)
        except SubmissionError as error:
            if not number:
                raise
            name = re.search(r"name ['\"]([^'\"]+)['\"]", error.message, re.IGNORECASE)
            if name and not re.fullmatch(r"dense(_\d+)?|None", name[1]):
                expect.fail(
                    f"For {hidden} two layers get the same name, {name[1]!r}. A size may come "
                    "twice: leave the names out, or number them.",
                    got=error.message,
                )
            if number == len(calls):
                expect.fail(
                    f"For {hidden} build_mlp puts one and the same layer into the model twice. "
                    "Make a new Dense in each turn of the loop.",
                    got=error.message,
                )
            expect.fail(
                f"build_mlp worked for {calls[0][0]}, then raised {error.type} for {hidden}. Is a "
                "layer made outside of the function, and used again?"
            )


@pytest.mark.points(1)
@pytest.mark.needs("any_list_of_layers")
@pytest.mark.concept("layers")
@pytest.mark.hint("A loop over an empty list does nothing. What is left of your model then?")
def test_empty_list_is_allowed(learner, bench, rng):
    """An empty list means no hidden layer: Flatten goes straight into the output"""
    built(learner, bench, [])
    one = [int(rng.integers(3, 9))]
    built(learner, bench, one)
    built(learner, bench, [], earlier=one)
    built(learner, bench, [], int(rng.integers(2, 9)), shape(rng, 3))


@pytest.mark.points(1)
@pytest.mark.craft
@pytest.mark.needs("any_list_of_layers")
@pytest.mark.concept("default arguments")
@pytest.mark.hint(
    "def build_mlp(hidden, classes=10, input_shape=(28, 28)): what is used if not given?"
)
def test_defaults(learner, bench, rng):
    """Without them, classes is 10 and input_shape (28, 28); each can be given by name"""
    hidden = drawn(rng, 2)
    built(learner, bench, hidden)
    built(learner, bench, hidden, int(rng.integers(2, 9)))
    built(learner, bench, hidden, input_shape=shape(rng, 3))
    built(learner, bench, hidden, classes=int(rng.integers(11, 16)))
    built(learner, bench, hidden)
    built(learner, bench, [512, 256], earlier=hidden)
    takes_images(learner.build_mlp(hidden), (28, 28))


@pytest.mark.points(1)
@pytest.mark.craft
@pytest.mark.needs("any_list_of_layers")
@pytest.mark.concept("layers")
@pytest.mark.hint(
    "Each call makes everything new, and does no more than that: what does yours reuse, leave out "
    "or do too early?",
    "Make the model, and all of its layers, inside of the function. Input says how large an image "
    "is.",
)
def test_ready_and_new_each_time(learner, rng):
    """Each call makes a new model, which has its own weights from the start"""
    hidden, classes, input_shape = drawn(rng, 2) * 5, int(rng.integers(2, 9)), shape(rng, 2)
    first, second = (learner.build_mlp(hidden, classes, input_shape) for _ in range(2))
    says = (
        "The model has no weights yet: it doesn't know how large an image is. Begin with "
        "keras.layers.Input(input_shape)."
    )
    expect.that(bool(first.built is True), says)
    takes_images(first, input_shape)
    says = "Some of your layers are frozen (trainable=False): they would never learn."
    expect.that(len(first.trainable_weights) == 22, says)
    says = (
        "The model comes trained: its biases are not 0 any more, as they are in a new model. Leave "
        "the training out of build_mlp."
    )
    expect.that(all(not w.any() for w in first.get_weights() if w.ndim == 1), says)
    says = (
        "Your model is compiled. build_mlp only builds it; optimizer and loss are chosen later. "
        "Leave compile out."
    )
    expect.that(first.compiled is not True, says)
    says = (
        "A second call with the same arguments gave the first model again, with all that it has "
        "learned. Make a new one in each call."
    )
    expect.that(first.remote_number != second.remote_number, says)
    before = first.get_weights()
    pairs = [pair for pair in zip(before, second.get_weights(), strict=True) if pair[0].ndim == 2]
    says = (
        "Two models begin with the same random weights. Then the seed that is set before "
        "build_mlp changes nothing, and several runs are one run, repeated. Set no seed in "
        "build_mlp, and give its layers none."
    )
    expect.that(not any(np.array_equal(a, b) for a, b in pairs), says)
    second.set_weights([w + 1 for w in before])
    same = all(np.array_equal(a, b) for a, b in zip(before, first.get_weights(), strict=True))
    says = "Two of your models share layers. Make every layer inside of the function."
    expect.that(same, says)


@pytest.mark.points(2)
@pytest.mark.needs("any_list_of_layers")
@pytest.mark.concept("activations")
@pytest.mark.hint(
    "Which activation is for hidden layers, and which makes probabilities?",
    "Every hidden layer gets relu, also the second; only the last layer gets softmax.",
)
def test_hidden_relu_output_softmax(learner, bench, rng):
    """Every hidden layer computes relu, and the output layer softmax"""
    usual = (28, 28)
    # many layers, large ones too, for the article's images and classes
    deep = [*drawn(rng, 2), int(rng.integers(1025, 1100)), *drawn(rng, 3)]
    equal, many = drawn(rng, 1), int(rng.integers(40, 60))
    for arguments in (
        (drawn(rng, 2), int(rng.integers(4, 9)), shape(rng, 3)),
        # two classes are as good as any other number of them
        (drawn(rng, 1), 2, shape(rng, 2)),
        (deep,),
        # a hidden layer may be as large as the one before, or as the output
        ([*equal, *equal, many], many, shape(rng, 2)),
        ([], int(rng.integers(4, 9)), shape(rng, 2)),
    ):
        hidden, _, input_shape = (*arguments, 10, usual)[:3]
        model = built(learner, bench, *arguments)
        found = activations(model, input_shape, rng)
        given = {"hidden": hidden}
        right = ["relu"] * len(hidden) + ["softmax"]
        if found is None:
            expect.fail(
                "With the same weights, relu in each hidden layer and softmax in the output give "
                "other numbers than your model. Is there anything else between its layers?",
                given=given,
            )
        for number, name in enumerate(found[:-1], start=1):
            if name == "softmax":
                says = (
                    f"Hidden layer {number} uses softmax. Softmax belongs to the output; hidden "
                    "layers need relu."
                )
            elif name == "no activation":
                says = (
                    f"Hidden layer {number} has no relu. Without it a further layer adds nothing: "
                    "linear after linear is linear."
                )
            else:
                says = f"Hidden layer {number} computes {name}, not relu."
            expect.that(name == "relu", says, expected=right, got=found, given=given)
        says = f"The output layer computes {found[-1]}."
        says += " The outputs of an image must be probabilities that sum to 1: softmax."
        if found[-1] == "softmax twice":
            says = "Softmax is applied twice, which makes all outputs nearly alike. Once is enough."
        expect.that(found == right, says, expected=right, got=found, given=given)


@pytest.mark.points(1)
@pytest.mark.needs("hidden_relu_output_softmax")
@pytest.mark.concept("layers")
@pytest.mark.hint("Which layers does the task name? Dropout and noise act in training only.")
def test_nothing_else_acts(learner, bench, rng):
    """The model computes the same while it trains: no Dropout, no noise"""
    large = [int(rng.integers(1025, 1100))]  # larger than any round number
    for sizes in ([], drawn(rng, 1), drawn(rng, 2), [*drawn(rng, 4), *large]):
        input_shape = shape(rng, 3)
        x = rng.normal(0, 1, (32, *input_shape)).astype(np.float32)
        model = built(learner, bench, sizes, 5, input_shape)
        without_noise(model, x, {"hidden": sizes})


# parameters


@pytest.mark.points(2)
@pytest.mark.concept("parameters")
@pytest.mark.hint(
    "How many weights lie between 784 inputs and 512 units? And how many biases?",
    "Go through the pairs of neighbors: zip(sizes, sizes[1:]).",
)
def test_parameter_formula(learner, rng):
    """count_parameters counts weights and biases of all layers"""

    def draw(count: int) -> list[int]:
        return [int(n) for n in rng.choice(np.arange(2, 900), count, replace=False)]

    first = draw(4)
    twice = draw(3)
    # factors that int64 holds, products that it does not; the sum is odd, which no float can be
    huge = [int(n) for n in rng.integers(5 * 10**9, 9 * 10**9, 3)]
    huge = [n + (n + odd) % 2 for n, odd in zip(huge, (0, 1, 0), strict=True)]
    lists = [first, [784, 512, 256, 10], draw(2), draw(3), draw(int(rng.integers(5, 8)))]
    lists.append(draw(int(rng.integers(102, 140))))  # more than any round number
    # neighbors of one size, and layers of one unit
    lists += [[*twice, *twice], [*twice, twice[2], 1, twice[1], 1]]
    vast = [n**3 for n in huge]
    for sizes in (*lists, huge, vast, first):
        given = {"sizes": sizes}
        pairs = list(pairwise(sizes))
        weights, biases = sum(i * o for i, o in pairs), sum(sizes[1:])
        right = weights + biases
        try:
            got = expect.unchanged(learner.count_parameters, sizes)
        except SubmissionError as error:
            if sizes not in (huge, vast) or error.type == "NotImplementedError":
                raise
            expect.fail(
                f"For billions of units count_parameters raised {error.type}. No model is needed: "
                "multiply and add.",
                expected=right,
                given=given,
            )
        floats = isinstance(got, float | np.floating) and math.isclose(got, right, rel_tol=1e-6)
        if sizes in (huge, vast) and floats:
            expect.fail(
                "The last digits are lost: a float keeps 15 to 17 of them. Python's own whole "
                "numbers keep all.",
                expected=right,
                got=got,
                given=given,
            )
        (i, o), (before, last) = pairs[0], pairs[-1]
        expect.equal(
            got,
            right,
            otherwise={
                "You left out the biases: one for each unit.": weights,
                "You stopped before the output layer.": right - before * last - last,
                "You left out the first layer, from the inputs to the first units.": (
                    right - i * o - o
                ),
                "The inputs have no biases: one for each unit of the other layers.": (
                    weights + sum(sizes)
                ),
                "Each layer has a bias for each of its UNITS, not for each of its inputs.": (
                    weights + sum(sizes[:-1])
                ),
                "You left out the output layer's biases.": right - last,
                "You counted units. Between two layers there is a weight for every pair.": (
                    sum(sizes)
                ),
                "You counted units. Between two layers there is a weight for every PAIR.": (
                    sum(sizes[1:])
                ),
                "You multiplied all sizes. Each layer is connected with the one before only: "
                "multiply neighbors, and add.": math.prod(sizes),
                "You counted the first layer only.": i * o + o,
                "You counted the last layer only.": before * last + last,
                "NumPy's int64 has no room for this number and starts again from below. Python's "
                "own whole numbers grow as needed: int(n).": (right + 2**63) % 2**64 - 2**63,
                "int32 has no room for this number and starts again from below. Python's own whole "
                "numbers grow as needed: int(n).": (right + 2**31) % 2**32 - 2**31,
            },
            message=" + ".join(f"{i} * {o} + {o}" for i, o in pairs) + f" = {right}."
            if len(pairs) < 10
            else f"The {len(pairs)} layers have {right} parameters. Does your loop end early?",
            given=given,
        )


# several runs


@pytest.mark.points(2)
@pytest.mark.concept("random seeds")
@pytest.mark.hint(
    "A loop over seeds, one call of train_fn(seed) in each turn: where do the scores go?",
    "np.array turns a list of numbers into an array.",
)
def test_every_seed_once(learner, rng):
    """repeat_scores trains once with each seed, in order, and returns the scores as an array"""
    given_seeds = [*rng.choice(np.arange(50, 9999), 3, False), rng.integers(2**31, 2**32), 0]
    several = [int(n) for n in rng.permutation(given_seeds)]
    if several == sorted(several):
        several.reverse()
    twice = [several[1], several[3], several[1]]
    every: list[float] = []  # what came in all calls
    for seeds in (several, [several[2]], twice, [], [*several * 21, several[2]], several):
        seen: list[Any] = []
        scores: list[float] = []

        def train(seed: Any, seen: list[Any] = seen, scores: list[float] = scores) -> float:
            seen.append(seed)
            # no order, no seed tells the scores; one is nothing, one negative, one large, one NaN
            score = float(rng.uniform(0.2, 0.9))
            scores.append({3: 0.0, 4: -score, 5: 70 + score, 6: math.nan}.get(len(seen), score))
            return scores[-1]

        got = expect.unchanged(learner.repeat_scores, lambda seed, call=train: call(seed), seeds)
        given = {"seeds": seeds}
        every += scores
        if len(seeds) > 1 and len(set(map(str, seen))) == 1 and len(seen) == len(seeds):
            says = (
                "You trained with the same seed every time: the scores are one measurement, "
                "repeated."
            )
        elif not seen:
            says = "train_fn was never called, so there is nothing to report."
        elif not all(isinstance(seed, int | np.integer) for seed in seen):
            says = "train_fn takes ONE seed. Call it once for each entry of seeds."
        elif len(seen) > len(seeds):
            says = f"You called train_fn {len(seen)} times for {len(seeds)} seeds. Once is enough."
        elif len(seen) < len(seeds):
            says = (
                f"There are {len(seeds)} entries in seeds, but you called train_fn {len(seen)} "
                "times. Each entry means one run, even if a seed comes twice."
            )
        elif seen == list(range(len(seeds))) or seen == list(range(1, len(seeds) + 1)):
            says = "You trained with the positions of the seeds. Use the seeds themselves."
        elif seen == sorted(seeds):
            says = "You sorted the seeds. Keep their order: the scores stand in the same."
        else:
            says = "Call train_fn with every entry of seeds, in order."
        expect.equal(seen, seeds, otherwise={says: seen}, given=given)
        if got is None:
            expect.fail("repeat_scores returned None. Did you forget `return`?")
        if isinstance(got, Remote) and got.remote_type == "ndarray":
            says = (
                "The scores are floats, but your array has another dtype. Leave dtype out: "
                "np.array(...)."
            )
            expect.fail(says, expected=np.array(scores), got=got.remote_text, given=given)
        says = "Return a NumPy array, so that you can do arithmetic with the scores: np.array(...)."
        expect.that(isinstance(got, np.ndarray), says, got=got, given=given)
        says = (
            "Your array holds whole numbers, so the decimals are lost. np.zeros_like(seeds) makes "
            "one like the seeds; np.zeros(len(seeds)) makes one of floats."
        )
        cut = got.dtype.kind in "iu" and np.array_equal(got, np.array(scores).astype(int))
        expect.that(not (seeds and cut), says, expected=np.array(scores), got=got, given=given)
        expect.allclose(  # NaN equals NaN here
            got,
            np.array(scores),
            rtol=0,
            atol=0,
            otherwise={
                "float32 changes the scores from the 8th digit on. Keep them as they came.": (
                    np.array(scores, np.float32)
                ),
                "float16 changes the scores from the 4th digit on. Keep them as they came.": (
                    np.array(scores, np.float16)
                ),
                **{
                    f"You rounded the scores to {places} decimals. Keep them as they came.": (
                        np.round(scores, places)
                    )
                    for places in (1, 2, 3, 4)
                },
                "A dictionary keeps one value for each key, so one of two runs with the same seed "
                "is lost. Use a list.": (
                    list(dict(zip(seeds, scores, strict=True)).values())
                    if len(set(seeds)) < len(seeds)
                    else None
                ),
                "Your scores still hold those of the calls before. Begin a new list in each call, "
                "inside of the function.": every if len(every) > len(scores) else None,
                "A score may be negative, or larger than 1. Keep all as they came.": (
                    np.clip(scores, 0, 1)
                ),
                "A score may be negative. Keep all as they came.": np.abs(scores),
                "You multiplied the scores by 100. Keep them as they came.": (
                    100 * np.array(scores)
                ),
                "You returned the seeds. What train_fn returns are the scores.": np.array(seeds),
                "Your scores are sorted. Keep the order of the seeds.": np.sort(scores),
                "Return one score for each seed, not their mean.": (
                    np.mean(scores) if scores else math.nan
                ),
            }
            if seeds
            else None,
            message="These are not the scores that train_fn returned, in the order of the seeds.",
            given=given | {"scores": scores},
        )
    got = learner.repeat_scores(lambda seed: seed / 100, [3, 1, 2])
    expect.array_equal(got, np.array([0.03, 0.01, 0.02]), given={"seeds": [3, 1, 2]})
    expect.apart(
        learner.repeat_scores, (lambda seed: seed / 7, several), (lambda seed: seed / 9, several)
    )

    def fails(seed: int) -> float:
        raise Raised("ValueError", "this run has failed")

    try:
        got = learner.repeat_scores(fails, several[:2])
    except SubmissionError as error:
        if "ValueError" not in (error.type, *error.bases):
            raise
    else:
        expect.fail(
            "train_fn raised a ValueError, and your code hid it: a run that failed has no score. "
            "Leave out the try, so that the caller sees the error.",
            got=got,
        )


# the verdict


def standard_error(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b)))


def by(error: Callable[[np.ndarray, np.ndarray], float], times: float = 2) -> Rule:
    """The rule that a difference of the means is clear if it is more than so many errors."""

    def rule(a: np.ndarray, b: np.ndarray) -> str:
        difference = a.mean() - b.mean()
        if abs(difference) > times * error(a, b):
            return "a" if difference > 0 else "b"
        return NEITHER

    return rule


def higher(score: Callable[[np.ndarray], float]) -> Rule:
    """The rule that the higher of two numbers wins."""
    return lambda a, b: "a" if score(a) > score(b) else "b" if score(b) > score(a) else NEITHER


right_verdict = by(standard_error)


def no_overlap(a: np.ndarray, b: np.ndarray) -> str:
    return "a" if a.min() > b.max() else "b" if b.min() > a.max() else NEITHER


def swapped(a: np.ndarray, b: np.ndarray) -> str:
    return right_verdict(b, a)


def with_equal(a: np.ndarray, b: np.ndarray) -> str:
    difference = a.mean() - b.mean()
    if abs(difference) >= 2 * standard_error(a, b):
        return "a" if difference > 0 else "b"
    return NEITHER


def pooled(a: np.ndarray, b: np.ndarray) -> float:
    squares = (len(a) - 1) * a.var(ddof=1) + (len(b) - 1) * b.var(ddof=1)
    variance = squares / (len(a) + len(b) - 2)
    return float(np.sqrt(variance * (1 / len(a) + 1 / len(b))))


def together(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.concatenate([a, b]).std(ddof=1) * np.sqrt(1 / len(a) + 1 / len(b)))


AHEAD: dict[str, Rule] = {
    Diagnosis(
        "You compared the means only. Any two samples differ a little: is the difference larger "
        "than chance?",
        hint="The runs of a are 0.80 and 0.90, those of b 0.83 and 0.85. The mean of a is higher. "
        "Would you bet on a in the next run? What number says how far a mean moves by chance?",
    ): higher(np.mean),
    "You compared the best runs. The best of several is mostly luck: compare the means, and allow "
    "for the spread.": higher(np.max),
    "You compared the worst runs. Compare the means, and allow for the spread.": higher(np.min),
    "You compared the medians. Compare the means, and allow for the spread.": higher(np.median),
}


def of_first_runs(n: int) -> Rule:
    """The verdict on so many runs of each at most."""
    return lambda a, b: right_verdict(a[:n], b[:n])


RULES: dict[str, Rule] = {
    "Higher scores are better; your answer names the variant with the lower ones.": swapped,
    **AHEAD,
    "You asked whether all runs of one variant beat all of the other. The rule is about the means "
    "and two standard errors.": no_overlap,
    Diagnosis(
        "For the variance of a sample divide by n - 1: np.var(..., ddof=1).",
        hint="Try np.var([1, 3]) and np.var([1, 3], ddof=1). Both add up the same squares, 1 and "
        "1. By what does each divide, and what is n - 1 here?",
    ): by(lambda a, b: math.sqrt(a.var() / len(a) + b.var() / len(b))),
    "You used the spread of single runs. A mean of many runs is surer than one run: divide each "
    "variance by the number of runs.": by(lambda a, b: math.sqrt(a.var(ddof=1) + b.var(ddof=1))),
    "You divided the standard deviations by the number of runs. It is the variances that are "
    "divided, before the square root.": by(
        lambda a, b: a.std(ddof=1) / len(a) + b.std(ddof=1) / len(b)
    ),
    "You added two standard errors. Add the squares, var / n, and take the root of the sum.": by(
        lambda a, b: math.sqrt(a.var(ddof=1) / len(a)) + math.sqrt(b.var(ddof=1) / len(b))
    ),
    "You took the number of runs of a for both. b may have another: divide var(b) by len(b).": by(
        lambda a, b: math.sqrt((a.var(ddof=1) + b.var(ddof=1)) / len(a))
    ),
    "You took the number of runs of b for both. a may have another: divide var(a) by len(a).": by(
        lambda a, b: math.sqrt((a.var(ddof=1) + b.var(ddof=1)) / len(b))
    ),
    "You took one variance for both samples. Each has its own, divided by its own number of "
    "runs.": by(pooled),
    "You took the spread of all runs together, a's and b's. Then a large difference counts as "
    "spread. Each variant has its own variance.": by(together),
    "You divided by n - 1 twice. np.var(..., ddof=1) does it; after that divide by the number of "
    "runs.": by(
        lambda a, b: math.sqrt(a.var(ddof=1) / (len(a) - 1) + b.var(ddof=1) / (len(b) - 1))
    ),
    "You divided the difference by a mean. Compare the difference itself with two standard "
    "errors.": by(lambda a, b: standard_error(a, b) * abs(b.mean())),
    "Only the spread of a counts in your rule, or nearly. b has one too, under the same root.": by(
        lambda a, b: math.sqrt(a.var(ddof=1) / len(a))
    ),
    "Only the spread of b counts in your rule, or nearly. a has one too, under the same root.": by(
        lambda a, b: math.sqrt(b.var(ddof=1) / len(b))
    ),
    "The square root is missing: var(a) / len(a) + var(b) / len(b) is the SQUARE of the standard "
    "error.": by(lambda a, b: standard_error(a, b) ** 2),
    Diagnosis(
        "You call a difference of more than ONE standard error clear. It must be more than two.",
        hint="Of two equal variants, the means differ by more than one standard error in about "
        "every third comparison. Where in your condition does the 2 belong?",
    ): by(standard_error, 1),
    "You call a difference clear only from THREE standard errors on. More than two are enough.": by(
        standard_error, 3
    ),
    "You used 1.96 standard errors; the rule here says two.": by(standard_error, 1.96),
    "A difference of EXACTLY two standard errors is not more than two: >, not >=.": with_equal,
    "If the runs of each variant agree, the standard error is 0, and any difference is "
    "clear.": lambda a, b: right_verdict(a, b) if standard_error(a, b) else NEITHER,
    "However small a difference is, it counts: it is clear if it is more than two standard errors. "
    "Two means are equal only if no digit differs.": lambda a, b: (
        right_verdict(a, b) if abs(a.mean() - b.mean()) > 1e-6 else NEITHER
    ),
    "A fixed gap doesn't work: what is large for runs that agree is small for runs that don't.": by(
        lambda a, b: 0.01, 1
    ),
}  # the order matters where two of them agree


def samples(
    rng: np.random.Generator,
    gap: float,
    *,
    counts: tuple[int, int] = (5, 5),
    spread: tuple[float, float] = (0.01, 0.01),
    level: float = 0.8,
) -> Case:
    """Scores of two variants whose means differ by so many standard errors; a's is the higher."""
    a, b = (rng.normal(0, s, n) for s, n in zip(spread, counts, strict=True))
    return a - a.mean() + level + gap * standard_error(a, b), b - b.mean() + level


def both_ways(*cases: Case) -> list[Case]:
    return [pair for a, b in cases for pair in ((a, b), (b, a))]


def judged(learner, cases: list[Case], explain: Callable[[np.ndarray, np.ndarray], str]) -> None:
    """State that verdict is right in each case; name the wrong rule that fits all its answers."""
    answers: list[Any] = []
    for a, b in cases:
        try:
            answers.append(expect.unchanged(learner.verdict, a, b))
        except SubmissionError as error:
            if error.type == "AxisError":
                expect.fail(
                    "The second argument of np.var and np.std is axis. Name the one you mean: "
                    "np.var(a, ddof=1).",
                    given={"a": a, "b": b},
                )
            if error.type == "ValueError" and "broadcast" in error.message:
                expect.fail(
                    f"a has {len(a)} scores and b has {len(b)}, so NumPy can't subtract run from "
                    "run. Subtract their means.",
                    given={"a": a, "b": b},
                )
            if error.type != "ZeroDivisionError":
                raise
            expect.fail(
                "You divide by the standard error, which is 0 if all runs agree. Compare without a "
                "division: is the difference more than 2 * se?",
                given={"a": a, "b": b},
            )
    told = list(zip(cases, answers, strict=True))
    for (a, b), got in told:
        right = right_verdict(a, b)
        given = {"a": a, "b": b}
        if got is None:
            says = "verdict returned None. Did you forget `return`?"
            expect.fail(says, expected=right, given=given)
        if not isinstance(got, str) or got not in ("a", "b", NEITHER):
            says = f'The answer is one of three strings: "a", "b" or "{NEITHER}".'
            expect.fail(says, expected=right, got=got, given=given)
        fits = (says for says, rule in RULES.items() if all(rule(*c) == g for c, g in told))
        if got != right:
            says = f"{explain(a, b)} You said {got!r}."
            if rule := next(fits, None):
                says += " " + rule  # a diagnosis stays one
            expect.fail(says, expected=right, got=got, given=given)


def in_words(a: np.ndarray, b: np.ndarray) -> str:
    gap, error = a.mean() - b.mean(), standard_error(a, b)
    if not error:
        return f"The means differ by {abs(gap):.3g}, and the standard error is 0."
    return (
        f"The means differ by {abs(gap):.3g}: that is {abs(gap) / error:.6g} standard errors of "
        f"{error:.3g}."
    )


@pytest.mark.points(1)
@pytest.mark.concept("standard error")
@pytest.mark.hint("If the worst run of one is far above the best run of the other, who wins?")
def test_verdict_clear_gap(learner, rng):
    """A gap far larger than the spread is clear, in both directions"""

    def explain(a: np.ndarray, b: np.ndarray) -> str:
        better = "a" if a.mean() > b.mean() else "b"
        return (
            f"The gap of {abs(a.mean() - b.mean()):.3g} between the means is far larger than the "
            f"spread of the runs: {better} is clearly better."
        )

    cases = both_ways(
        samples(rng, 40, spread=(0.002, 0.002)),
        samples(rng, 15, counts=(3, 6), spread=(0.0002, 0.0001), level=0.5),
        samples(rng, 25, counts=(4, 2), spread=(0.5, 0.4), level=70),
        samples(rng, 20, counts=(2, 2)),
        samples(rng, 40, level=-0.05),  # one mean is negative
    )
    example = np.array([0.91, 0.92, 0.93]), np.array([0.81, 0.82])
    judged(learner, [*cases, example, cases[0]], explain)


@pytest.mark.points(2)
@pytest.mark.needs("verdict_clear_gap")
@pytest.mark.concept("standard error")
@pytest.mark.hint(
    "How much do the runs of ONE variant differ from each other?",
    "Work out se first, then compare the difference of the means with 2 * se.",
)
def test_verdict_within_noise(learner, rng):
    """A difference that is smaller than chance is not a clear difference"""

    def explain(a: np.ndarray, b: np.ndarray) -> str:
        gap, spread = abs(a.mean() - b.mean()), max(np.ptp(a), np.ptp(b))
        return (
            f"The means differ by {gap:.2g}, the runs of ONE variant already differ by "
            f"{spread:.2g}. That is not a clear difference."
        )

    n = int(rng.integers(5, 8))
    while True:
        cases = both_ways(
            samples(rng, 0.5, counts=(n, n)),
            samples(rng, 1.03, counts=(3, 3)),
            samples(rng, 1.4, counts=(n - 1, n), spread=(0.002, 0.004)),
            samples(rng, 0.7, counts=(n, n - 2), spread=(0.03, 0.02)),
            samples(rng, 0.9, counts=(n, n - 2), spread=(6.0, 5.0), level=60),
        )
        # means, best runs, worst runs and medians do not agree on who is ahead
        if len({tuple(rule(*c) for c in cases) for rule in AHEAD.values()}) == len(AHEAD):
            break
    same = cases[0][0]
    judged(learner, [*cases, (same, same), cases[0]], explain)


@pytest.mark.points(3)
@pytest.mark.needs("verdict_within_noise")
@pytest.mark.concept("standard error")
@pytest.mark.hint(
    "se = np.sqrt(np.var(a, ddof=1) / len(a) + np.var(b, ddof=1) / len(b))",
    "Clear means: abs(difference) > 2 * se. Equal is not more.",
)
def test_verdict_two_standard_errors(learner, rng):
    """The border is exactly two standard errors, from sample variances and numbers of runs"""
    step = 2.0 ** -int(rng.integers(4, 8))  # such numbers are exact
    exactly = np.array([0.75 + step, 0.75 + 3 * step]), np.full(int(rng.integers(2, 5)), 0.75)
    constant = np.full(3, 0.75), np.full(4, 0.75)
    rules = [*RULES.values(), *map(of_first_runs, (50, 100, 130))]
    while True:
        few, many = (int(n) for n in (rng.integers(2, 4), rng.integers(7, 11)))
        near: list[Case] = []
        for gap in (0.4, 1.9, 1.99999, 2.00001, 2.6, 2.9, 3.5, 9):
            near += [
                samples(rng, gap, counts=(4, 4)),
                samples(rng, gap, counts=(few, many), spread=(0.02, 0.005)),
                samples(rng, gap, counts=(many, few), spread=(0.03, 0.01), level=-0.7),
                samples(rng, gap, counts=(1041, 1033)),
                samples(rng, gap, counts=(few, many), spread=(0.1, 0.4), level=-60),
                samples(rng, gap, counts=(few, many), spread=(0, 0.02)),  # the runs of one agree
            ]
        # the third is nothing in float32
        agreeing = [(constant[0] + gap, constant[1]) for gap in (0.125, 2.0**-20, 2.0**-26)]
        tiny = np.full(3, 2.0**-40), np.zeros(4)
        cases = both_ways(*near, exactly, constant, *agreeing, tiny)
        # each typical mistake must show in some answer
        if all(any(rule(*c) != right_verdict(*c) for c in cases) for rule in rules):
            break
    judged(learner, [*cases, cases[0]], in_words)


# both variants, really trained


@pytest.mark.points(3)
@pytest.mark.needs(
    "hidden_relu_output_softmax",
    "nothing_else_acts",
    "every_seed_once",
    "verdict_two_standard_errors",
)
@pytest.mark.timeout(120)
@pytest.mark.concept("fair comparison")
@pytest.mark.hint("All parts are right by themselves. What does each do with what it is given?")
def test_variants_on_real_garments(learner, bench, rng, garments):
    """One and two hidden layers, trained twice each on real garments, get a fair verdict"""
    (images, labels), _ = fashion_mnist.load_data()
    some = rng.permutation(len(images))[:1500]
    x, y = (images[some] / 255).astype(np.float32), labels[some]
    unseen = (garments[0] / 255).astype(np.float32)
    units = int(rng.integers(64, 97))
    scores: list[np.ndarray] = []
    for hidden in ([units], [units, units // 2]):
        variant = bench.model(learner.build_mlp(hidden))
        variant.compile(optimizer="adam", loss="sparse_categorical_crossentropy")

        def train(seed: int, model: BenchModel = variant, hidden: list[int] = hidden) -> float:
            model.set_weights(learner.build_mlp(hidden).get_weights())
            order = np.random.default_rng(seed).permutation(len(x))
            model.fit(x[order], y[order], epochs=3)
            guess = model.predict(unseen).argmax(axis=1)
            return float(np.mean(guess == garments[1]))

        seeds = [int(n) for n in rng.integers(0, 1000, 2)]
        result = learner.repeat_scores(lambda seed, call=train: call(seed), seeds)
        scores.append(np.asarray(result, dtype=float))
        says = (
            f"Trained on 1,500 garments, the model with hidden={hidden} classifies fewer than "
            "60% of unseen garments correctly."
        )
        expect.that(bool((scores[-1] >= 0.6).all()), says, got=result, given={"hidden": hidden})
    a, b = scores
    two = 2 * standard_error(a, b)
    show_dots(
        "accuracy of your runs; clearly different is a mean outside of the bracket",
        {f"[{units}]": a.tolist(), f"[{units}, {units // 2}]": b.tolist()},
        span=(f"mean of [{units}] ± 2 errors", a.mean() - two, a.mean() + two),
    )
    says = f"{in_words(a, b)} This is another verdict."
    expect.equal(learner.verdict(a, b), right_verdict(a, b), message=says, given={"a": a, "b": b})
