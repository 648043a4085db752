"""Hidden checks of exercise 4: labels, what a loss makes of them, and a model for them."""

import math
from typing import Any

import numpy as np
import pytest
from activations import softmax
from compiling import SUMMED, with_crossentropy, with_nothing_else, with_usual_adam
from taking import input_refused, takes_images

from grader.checks import (
    BenchModel,
    Diagnosis,
    KerasModel,
    Remote,
    SubmissionError,
    dense,
    describe,
    equivalent,
    expect,
    flatten,
)

ADAM = {"optimizer": "adam", "loss": "sparse_categorical_crossentropy"}
INTEGERS = ["int64", "int32", "int16", "uint8", "uint16", "uint32"]


# labels


def spread(
    rng: np.random.Generator, classes: np.ndarray | list[int], dtype: str = "int64"
) -> np.ndarray:
    """60 labels or more, each class at least twice, and the second class most often.

    The first label is the third largest, of four and fewer the second largest; the last one is the
    smallest, and the largest comes late.
    """
    classes = np.sort(classes)
    usual = classes[:-1] if len(classes) > 1 else classes
    often = np.repeat(usual[min(1, len(usual) - 1)], rng.integers(25, 40))
    middle = np.concatenate([np.repeat(usual, 2), rng.choice(usual, 30), often])
    largest, smallest = classes[-1], classes[0]
    ends = [largest, largest, smallest]
    early = usual[-2] if len(usual) > 3 else usual[-1]
    return np.array([early, *rng.permutation(middle), *ends]).astype(dtype)


def with_gaps(rng: np.random.Generator, count: int, low: int = 3, high: int = 60) -> np.ndarray:
    """So many different labels with gaps between them, the largest at least 12 above the lowest."""
    while True:
        classes = np.sort(rng.choice(np.arange(low, high), count, replace=False))
        if classes[-1] - classes[0] >= count + 12:
            return classes


def many_labels(rng: np.random.Generator, least: int = 60_000) -> np.ndarray:
    """More labels than any round number that a mistake may stop at; two come at the end only."""
    low, *usual, high = with_gaps(rng, 6, 0, 200)
    labels = rng.choice(usual, least + int(rng.integers(20, 90)), p=[0.2, 0.4, 0.2, 0.2])
    labels[:1], labels[-5:] = usual[0], (low, high, high, low, usual[0])
    return labels


def by_first_sight(labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The classes in the order in which they come, and the labels encoded by that order."""
    classes, first, encoded = np.unique(labels, return_index=True, return_inverse=True)
    order = np.argsort(first)
    return classes[order], np.argsort(order)[encoded]


# required_outputs


def requires(learner: Any, labels: np.ndarray) -> None:
    """State that required_outputs is right for these labels."""
    (names, counts), right = np.unique(labels, return_counts=True), int(labels.max()) + 1
    different = len(names)
    top = right - 1
    wrong = {
        Diagnosis(
            f"You counted {different} different labels. But the loss uses a label as a POSITION: "
            f"label {top} needs the outputs 0 to {top}, {right} in all.",
            hint="Take the labels 0, 2 and 7. An output layer gives a list of probabilities, and "
            "the loss reads probabilities[7] in it. How long must the list be?",
        ): different,
        Diagnosis(
            f"The largest label is {top}, and outputs are counted from 0: 0 to {top} are {right}.",
            hint="Try a small case: for the labels 0, 1 and 2, what is labels.max(), and how many "
            "outputs are there?",
        ): top,
        f"This is one more than needed: the outputs 0 to {top} are {right}.": right + 1,
        "You looked at the last label; the LARGEST one decides.": int(labels[-1]) + 1,
        "You looked at the first label; the LARGEST one decides.": int(labels[0]) + 1,
        "You looked at the second-largest label; the LARGEST one decides.": (
            int(names[-2]) + 1 if different > 1 else None
        ),
        "This is the most frequent label plus 1; the LARGEST one decides.": (
            int(names[counts.argmax()]) + 1
        ),
        f"You counted from the smallest label. Outputs are always counted from 0: 0 to {top} are "
        f"{right}.": right - int(labels.min()),
        "This is the largest label minus the smallest. Outputs are counted from 0.": (
            top - int(labels.min())
        ),
        "This is the number of labels. Many of them are the same.": len(labels),
        "Ten outputs fit labels 0 to 9. Which labels are there?": 10,
    }
    given = {"labels": labels, "different labels": np.unique(labels)}
    got = expect.unchanged(learner.required_outputs, labels)
    expect.equal(
        got,
        right,
        otherwise=wrong,
        message=f"The largest label is {top}, and it needs an output number {top}.",
        given=given,
    )
    expect.that(
        not isinstance(got, float | np.floating),
        "A number of outputs is a whole number; this one is a float.",
        expected=right,
        got=got,
        given=given,
    )


@pytest.mark.points(2)
@pytest.mark.concept("labels are positions")
@pytest.mark.hint(
    "The loss looks up the output whose number is the label. What is the largest output number "
    "that it will look up?",
    "Outputs are counted from 0. How many are 0, 1, 2, 3?",
)
def test_outputs_from_largest_label(learner, rng):
    """required_outputs is the largest label plus 1, whatever classes there are"""
    # ten is no other mistake, and no label is just below the largest
    usual = with_gaps(rng, int(rng.integers(4, 7)), 12)
    first = spread(rng, [*usual, int(rng.integers(62, 80))])
    kind, other = rng.choice(INTEGERS, 2)
    for labels in (
        first,
        first + 1,
        spread(rng, np.arange(int(rng.integers(3, 9))), kind),  # no gaps
        spread(rng, with_gaps(rng, int(rng.integers(11, 15)), 0, 250), other),
        spread(rng, [int(rng.integers(3, 9))]),  # one class only
        spread(rng, [0]),
        spread(rng, with_gaps(rng, 4, 300, 3000), "int16"),
        spread(rng, with_gaps(rng, 4, 70_000, 900_000), "int32"),
        spread(rng, with_gaps(rng, 4), "uint64"),
        np.array([0, 4, 1, 4]),
        many_labels(rng),
        first[:1],
        first,
    ):
        requires(learner, labels)


@pytest.mark.points(1)
@pytest.mark.craft
@pytest.mark.needs("outputs_from_largest_label")
@pytest.mark.concept("dtypes")
@pytest.mark.hint(
    "uint8 holds 0 to 255. What is 255 + 1 there? Try np.uint8(255) + 1.",
    "int(...) makes a Python number, which has no largest value. Do it before you add.",
)
def test_uint8_does_not_wrap(learner, rng):
    """required_outputs doesn't overflow: label 255 in uint8 needs 256 outputs"""
    for dtype in ("uint8", *rng.permutation(["int8", "int16", "uint16"]), "uint8"):
        top = int(np.iinfo(dtype).max)
        labels = spread(rng, [*with_gaps(rng, 3, 0, 100), top], dtype)
        says = Diagnosis(
            f"{dtype} holds no number above {top}, so {top} + 1 wraps around there. Turn the label "
            "into a Python int first, then add 1.",
            hint="Print type(labels.max()), then type(int(labels.max())). Which of the two types "
            "do you add 1 to?",
        )
        with np.errstate(over="ignore"):
            wrapped = {int(np.max(labels) + labels.dtype.type(1)), int((labels + 1).max())}
        got = learner.required_outputs(labels)
        expect.that(
            not any(got == value for value in wrapped if isinstance(got, int | np.integer)),
            says,
            expected=top + 1,
            got=got,
            given={"labels": labels},
        )
        expect.equal(got, top + 1, message=says, given={"labels": labels})


# bad_labels


def finds(
    learner: Any, labels: np.ndarray, outputs: int, earlier: frozenset[int] = frozenset()
) -> frozenset[int]:
    """State that bad_labels is right for these labels and so many outputs.

    Returns the bad ones, with those of earlier calls, so that the next call may get them.
    """
    seen = [int(label) for label in labels]
    bad = [label for label in seen if not 0 <= label < outputs]
    right = sorted(set(bad))
    negative, high = [v for v in right if v < 0], [v for v in right if v >= outputs]
    span = f"[0, {outputs}) is 0 to {outputs - 1}"
    wrong = {
        f"You missed the labels below 0, {negative}: {span}.": high,
        f"You missed the labels that are too large, {high}: {span}.": negative,
        f"You missed {outputs}. With {outputs} outputs the numbers are counted from 0: {span}.": (
            [v for v in right if v != outputs]
        ),
        f"0 is a good label: {span}.": sorted({*right, 0}),
        f"{outputs - 1} is a good label: {span}.": sorted({*right, outputs - 1}),
        "The right labels, but repeated. Return each once.": sorted(bad),
        "All bad labels, but repeated and unsorted. Return them sorted, each once.": bad,
        "The right labels, but unsorted. Return them sorted.": list(dict.fromkeys(bad)),
        "The right labels, but the largest first. The smallest comes first.": right[::-1],
        "The right labels, but sorted as strings. Sort them as numbers.": sorted(right, key=str),
        "These are the GOOD labels. Return the others.": sorted(set(seen) - set(right)),
        "These are the positions of the bad labels. Return the labels themselves.": [
            n for n, v in enumerate(seen) if not 0 <= v < outputs
        ],
        "You returned True or False for each label. Return the bad labels themselves.": [
            not 0 <= v < outputs for v in seen
        ],
        "You returned how many labels are bad. Return the labels themselves.": len(bad),
        "You returned how many different labels are bad. Return the labels themselves.": len(right),
        "Some labels are bad, but you returned an empty list.": [],
        "You returned the first bad label only.": bad[:1],
        "You returned the smallest bad label only.": right[:1],
        f"The labels below 0, {negative}, lost their sign. Return them as they are.": (
            sorted({abs(v) for v in right}) if negative else None
        ),
        "You compared with the article's ten outputs. Use the argument outputs.": sorted(
            {v for v in seen if not 0 <= v < 10}
        ),
    }
    if not right:
        wrong = {
            f"All labels are good, {span}, so return an empty list, [].": None,
            f"All labels are good, {span}, so return an empty list, [], not True or False.": False,
        }
    given = {"labels": labels, "outputs": outputs}
    got = expect.unchanged(learner.bad_labels, labels, outputs)
    if isinstance(got, Remote):
        of = got.remote_type
        if of in ("set", "frozenset"):
            says = "You returned a set, which has no order. sorted(...) makes a list of it."
        elif of.startswith("dict"):
            says = "You returned a dict, or a part of one. sorted(...) makes a list of its keys."
        else:
            says = f"Expected a list, got {describe.phrase(got)}."
        expect.fail(says, expected=right, got=got, given=given)
    says = f"Return the labels outside of [0, {outputs}): {span}."
    if isinstance(got, list | tuple):
        odd = [v for v in got if not isinstance(v, int | float | np.integer | np.floating)]
        if any(isinstance(v, str) for v in got):
            says = "Labels are numbers; yours are strings. Leave out str(...)."
        elif odd:
            says += f" Your list should hold the labels alone; it holds {describe.phrase(odd[0])}."
        elif foreign := {v for v in got if v not in seen}:
            says += " Yours are not all among the labels."
            if foreign <= earlier:
                says += " Is something kept from an earlier call?"
        elif missed := [v for v in right if v not in got]:
            says = f"You missed {missed}: {span}."
        elif flagged := [v for v in got if v not in right]:
            says = f"{flagged} are good labels: {span}."
        else:
            says = "The right labels, but return them sorted, each once."
    expect.equal(got, right, otherwise=wrong, message=says, given=given)
    expect.that(
        isinstance(got, list | tuple),
        f"The right labels, but expected a list, got {describe.phrase(got)}. Its tolist() makes "
        "one.",
        expected=right,
        got=got,
        given=given,
    )
    expect.that(
        not any(isinstance(v, float | np.floating) for v in got),
        "Labels are whole numbers; some of yours are floats.",
        expected=right,
        got=got,
        given=given,
    )
    return earlier.union(right)


def with_bad_ones(rng: np.random.Generator, outputs: int) -> np.ndarray:
    """Labels of which some are below 0, and some too large; neither sight nor a set sorts them."""
    while True:
        bad = [
            -1,
            outputs,
            *(-rng.choice(np.arange(2, 30), 2, replace=False)),
            *(outputs + rng.choice(np.arange(2, 90), 3, replace=False)),
            int(rng.integers(100, 200)),
        ]
        labels = spread(rng, [*range(outputs), *bad])
        seen = [int(label) for label in labels if not 0 <= label < outputs]
        orders = [list(dict.fromkeys(seen)), list(set(seen)), sorted(set(seen), key=str)]
        if all(order != sorted(set(seen)) for order in orders):
            return labels


@pytest.mark.points(2)
@pytest.mark.concept("labels are positions")
@pytest.mark.hint(
    "[0, 5) means 0, 1, 2, 3 and 4: from 0 on, and less than 5.",
    "A set holds each value once; sorted makes a sorted list of it.",
)
def test_labels_outside_range(learner, rng):
    """bad_labels finds the labels below 0 and those that are too large, sorted, each once"""
    outputs, more = (int(n) for n in rng.permutation([4, 5, 6, 7, 8, 9])[:2])
    first = with_bad_ones(rng, outputs)
    earlier: frozenset[int] = frozenset()
    for labels, limit in (
        (first, outputs),
        (first + 1, outputs),
        (with_bad_ones(rng, more), more),
        (first, more + 4),  # more outputs, fewer bad labels
        (spread(rng, np.arange(10), "uint8"), int(rng.integers(3, 8))),  # the text's
        (spread(rng, [-1, *range(more)], "int16"), more),
        (spread(rng, [0, 1, 2]), 1),
        (spread(rng, with_gaps(rng, 14, 0, 250), "uint8"), 13),
        (np.array([3, 9, 0, -1, 9, 5]), 5),
        (np.array([2, 65_538, 1, 259, -(2**20), 65_538]), 5),  # good ones in 8 or 16 bits
        (np.array([70_004, 5, 70_000, 70_003, 5]), 70_000 + int(rng.integers(1, 4))),
        (many := many_labels(rng, 10_000), int(many.max())),
        (first, outputs),
    ):
        earlier = finds(learner, labels, limit, earlier)
    expect.apart(learner.bad_labels, (first, outputs), (first + 1, outputs))


@pytest.mark.points(1)
@pytest.mark.needs("labels_outside_range")
@pytest.mark.concept("labels are positions")
@pytest.mark.hint("What does your function return if the loop finds nothing?")
def test_valid_labels_not_flagged(learner, rng):
    """bad_labels returns an empty list when all labels are good"""
    many = int(rng.integers(11, 30))
    for labels, outputs in (
        (spread(rng, np.arange(10), "uint8"), 10),
        (with_bad_ones(rng, 5), 5),
        (spread(rng, np.arange(many)), many),
        (spread(rng, with_gaps(rng, 5)), 60),
        (spread(rng, [0]), 1),
        (np.array([many - 1]), many),
        (spread(rng, [0, 255], "uint8"), int(rng.integers(256, 400))),
    ):
        finds(learner, labels, outputs)


# encode_labels


def encodes(learner: Any, labels: np.ndarray) -> None:
    """State that encode_labels is right for these labels."""
    classes, right = np.unique(labels, return_inverse=True)
    k = len(classes)
    given = {"labels": labels, "different labels": classes}
    got = expect.unchanged(learner.encode_labels, labels)
    if got is None:
        expect.fail("encode_labels returned None. Did you forget `return`?", given=given)
    expect.that(
        isinstance(got, tuple | list) and len(got) == 2,
        "Return two things: return encoded, classes.",
        expected=(right, classes),
        got=got,
        given=given,
    )
    encoded, names = got
    for part, name in ((encoded, "encoded"), (names, "classes")):
        expect.that(
            not isinstance(part, list | tuple) or not part or isinstance(part[0], list | tuple),
            f"{name} should be an array; yours is a {describe.type_name(part)}. np.array(...) "
            "makes one: fit takes no list, and classes[encoded] needs classes to be an array.",
            got=part,
            given=given,
        )
    if k > 1 and np.array_equal(encoded, classes) and np.array_equal(names, right):
        expect.fail("You returned classes first. encoded comes first, then classes.", given=given)
    if fits_in_another_order(encoded, names, labels):
        expect.fail(
            "Your classes[encoded] gives the labels back, but your classes are not sorted: the "
            "smallest label gets code 0, the next one code 1.",
            expected=classes,
            got=names,
            given=given,
        )
    seen = by_first_sight(labels)[1]
    smaller = np.searchsorted(np.sort(labels), labels)
    frequent = np.argsort(np.argsort(-np.bincount(right), kind="stable"))[right]
    replaced = labels.astype(np.int64)
    for code, name in enumerate(classes):
        replaced[replaced == name] = code
    span = f"{k} different labels are coded 0 to {k - 1}" if k > 1 else "The only label is coded 0"
    expect.array_equal(
        encoded,
        right,
        integers=True,
        otherwise={
            f"{span}, not 1 to {k}: codes start at 0.": right + 1,
            "You clipped the labels: different ones became the same, and the model would learn "
            f"false labels. {span}.": np.clip(labels, 0, k - 1),
            f"You subtracted the smallest label, and the gaps stayed. {span}.": (
                labels.astype(np.int64) - int(labels.min())
            ),
            f"You took the remainder of each label (%), and different labels may get the same "
            f"code. {span}.": labels.astype(np.int64) % k,
            "You replaced the labels one after the other in one array. There some codes were "
            "taken for labels, and replaced again.": replaced,
            "These codes follow the order in which the labels first appear. The smallest label "
            "gets code 0, the next one code 1.": seen,
            "These codes follow how frequent the labels are. The smallest label gets code 0.": (
                frequent
            ),
            "These codes count from the largest label down. The smallest gets code 0.": (
                k - 1 - right
            ),
            f"This is a row of {k} numbers for each label (one-hot). Return one number for each, "
            "its position in classes.": right[:, None] == np.arange(k),
            "These are the ranks of the labels, argsort of argsort: equal labels get different "
            "ones. Equal labels need the same code.": np.argsort(np.argsort(labels)),
            "You counted the smaller labels as often as they come. Each different one counts "
            "once.": smaller,
            "These are the positions that would sort the labels. Return the position of each "
            "label in classes.": np.argsort(labels),
            "These are the positions at which each label first appears. Return the position of "
            "each label in classes.": np.unique(labels, return_index=True)[1],
            "These are the labels as they came.": labels,
            "The codes wrapped around: their dtype holds no number above 255.": right % 256,
            "The codes wrapped around: int8 holds no number above 127. Leave the codes int64.": (
                right.astype(np.int8)
            ),
            "The codes end at 127, as int8 does. Leave the codes int64.": np.minimum(right, 127),
        },
        message=f"{span}, in the order of their size. Position by position, some codes are wrong.",
        given=given,
    )
    expect.array_equal(
        names,
        classes,
        integers=True,
        otherwise={
            "The codes are right, but classes should hold the old labels, each once and sorted; "
            "yours are the codes.": np.arange(k),
            "The codes are right, but classes should hold the labels themselves; you returned how "
            "many there are.": k,
            "The codes are right, but classes should hold each label once.": labels,
            "The codes are right, but classes should hold the labels; these are how often each "
            "comes.": np.bincount(right),
            "The codes are right, but classes is sorted from the largest down, so that "
            "classes[encoded] is not the old label.": classes[::-1],
            "The codes are right, but classes holds the labels in the order in which they first "
            "appear, so that classes[encoded] is not the old label.": by_first_sight(labels)[0],
        },
        message="The codes are right, but classes should hold the old labels, each once, sorted: "
        "classes[encoded] gives the labels back.",
        given=given,
    )


def fits_in_another_order(encoded: Any, classes: Any, labels: np.ndarray) -> bool:
    """Whether codes and classes belong together, but the classes are not sorted."""
    if not isinstance(encoded, np.ndarray) or not isinstance(classes, np.ndarray):
        return False
    if encoded.dtype.kind not in "iu" or encoded.shape != labels.shape or classes.ndim != 1:
        return False
    k = len(classes)
    if k != len(np.unique(labels)) or not np.all((encoded >= 0) & (encoded < k)):
        return False
    return bool(np.array_equal(classes[encoded], labels) and np.any(np.diff(classes) < 0))


@pytest.mark.points(2)
@pytest.mark.concept("encoding")
@pytest.mark.hint(
    "Sort the different labels: that is classes. The code of a label is its position there.",
    "np.unique gives the sorted different labels; look up what its return_inverse=True adds.",
)
def test_encode_round_trip(learner, rng):
    """encode_labels codes the labels 0, 1, ..., and classes[encoded] gives them back"""
    first = spread(rng, with_gaps(rng, int(rng.integers(4, 7))))
    below = [-int(rng.integers(2, 9)), 0, 1, *with_gaps(rng, 2, 4, 40)]
    for labels in (
        first,
        spread(rng, with_gaps(rng, int(rng.integers(11, 15)))),
        spread(rng, below),
        np.array([3, 40, 7, 3]),
        many_labels(rng, 30_000),
        first[::-1],
        first,
    ):
        encodes(learner, labels)
    expect.apart(learner.encode_labels, (first,), (first[::-1] + 1,))


@pytest.mark.points(2)
@pytest.mark.needs("encode_round_trip")
@pytest.mark.concept("encoding")
@pytest.mark.hint(
    "Does your function rely on how many labels there are, or on their smallest or largest?"
)
def test_encode_odd_labels(learner, rng):
    """encode_labels takes one class only, good labels, negative ones, uint8 and many classes"""
    for labels in (
        spread(rng, [int(rng.integers(5, 60))]),
        spread(rng, [0]),
        spread(rng, np.arange(int(rng.integers(3, 12)))),  # good as they are
        spread(rng, -with_gaps(rng, 4), "int16"),
        spread(rng, [0, int(rng.integers(100, 250)), 255], "uint8"),
        spread(rng, [0, 1], "uint8"),
        spread(rng, with_gaps(rng, 1000 + int(rng.integers(20, 90)), -4000, 4000)),
        np.array([int(rng.integers(-9, -1))]),
        spread(rng, np.arange(-int(rng.integers(90, 120)), 100), "int8"),
        spread(rng, [-9, 7, 263, 65_543, 2**32 + 7, 2**53 + 1]),  # no fewer bits hold these
    ):
        encodes(learner, labels)


@pytest.mark.points(2)
@pytest.mark.needs("outputs_from_largest_label", "valid_labels_not_flagged", "encode_odd_labels")
@pytest.mark.timeout(30)
@pytest.mark.concept("labels are positions")
@pytest.mark.hint("Read the error that the file prints when you run it. Which label does it name?")
def test_fit_agrees(learner, bench, rng):
    """With enough outputs a real fit trains; with one fewer it fails on the label you predicted"""
    x = rng.random((64, 3, 4)).astype(np.float32)
    kind = str(rng.choice(["uint8", "int32"]))
    for classes in (with_gaps(rng, int(rng.integers(3, 6)), 2, 40), np.arange(10)):
        labels = rng.permutation(np.resize(classes, 64)).astype(kind)
        outputs = learner.required_outputs(labels)
        enough, fewer = fit_error(bench, x, labels, outputs), int(outputs) - 1
        given = {"labels": labels, "outputs": outputs}
        expect.that(enough is None, f"With {outputs} outputs fit failed: {enough}", given=given)
        expect.equal(learner.bad_labels(labels, outputs), [], given=given)
        error = fit_error(bench, x, labels, fewer)
        given = {"labels": labels, "outputs": fewer}
        expect.that(
            error is not None,
            f"{fewer} outputs train too, so {outputs} are more than needed.",
            given=given,
        )
        foretold = learner.bad_labels(labels, fewer)
        expect.that(
            len(foretold) == 1 and f"label value of {foretold[0]} " in str(error),
            f"You predicted the bad labels {foretold}, but fit said: {error}",
            given=given,
        )
        encoded, names = learner.encode_labels(labels)
        error = fit_error(bench, x, encoded, len(names))
        given = {"encoded labels": encoded, "outputs": len(names)}
        expect.that(error is None, f"With encoded labels fit failed: {error}", given=given)


def fit_error(bench: Any, x: np.ndarray, y: np.ndarray, outputs: int) -> str | None:
    """What a fit of a model with so many outputs says of the labels, None if it trains."""
    model = KerasModel(
        [flatten(), dense(int(outputs), "softmax")],
        input_shape=x.shape[1:],
        compiled=ADAM | {"run_eagerly": True},
    )
    try:
        bench.model(model).fit(x, y, batch_size=64)
    except SubmissionError as error:  # the bench's, which is ours
        if error.type != "InvalidArgumentError":
            raise
        return "Received" + error.message.partition("Received")[2].partition("  ")[0]
    return None


# build_classifier


def made(learner: Any, labels: np.ndarray, units: int, shape: tuple[int, ...]) -> Remote:
    """What build_classifier returns, or a word on the usual reason why it raises."""
    try:
        model = expect.unchanged(learner.build_classifier, labels, units, shape)
    except SubmissionError as error:
        input_refused(error)
        if error.type == "ValueError" and "already been configured" in error.message:
            expect.fail(
                "The model has an Input already: it is made outside of the function, and used "
                "again. Make the model, and all of its layers, inside of the function."
            )
        if error.type == "ValueError" and "expected a positive integer" in error.message:
            expect.fail(
                "Dense takes a Python int for its units; a number from an array is not one. Write "
                "int(...) around it, or count with len(...)."
            )
        raise
    if model is None:
        expect.fail(
            "build_classifier returned None. Did you forget `return`? model.compile(...) returns "
            "nothing: return the model itself."
        )
    return model


def model_of(
    learner: Any, bench: Any, labels: np.ndarray, units: int, shape: tuple[int, ...]
) -> tuple[Remote, BenchModel]:
    """The learner's model for these labels and images, in its process and on the bench.

    States that its layers have the right sizes.
    """
    remote = made(learner, labels, units, shape)
    given = {
        "labels": labels,
        "different labels": np.unique(labels),
        "units": units,
        "input_shape": shape,
    }
    model = bench.model(remote)
    sizes = [w.shape for w in model.weights()]
    expect.that(
        bool(sizes),
        "Your model has no weights yet: it does not know what will come in. Begin with "
        "keras.layers.Input(input_shape).",
        given=given,
    )
    takes_images(remote, shape, given)
    k, inputs = len(np.unique(labels)), math.prod(shape)
    right = [(inputs, units), (units,), (units, k), (k,)]
    if sizes != right:
        says = wrong_sizes(sizes, right, labels, shape)
        expect.fail(says, expected=right, got=sizes, given=given)
    return remote, model


def wrong_sizes(
    sizes: list[tuple[int, ...]],
    right: list[tuple[int, ...]],
    labels: np.ndarray,
    shape: tuple[int, ...],
) -> str:
    """A sentence on weights of wrong shapes."""
    (inputs, units), _, (_, k), _ = right
    kernels = [size for size in sizes if len(size) == 2]
    if not kernels:
        return "Your model has no Dense layer. It needs two, after Flatten."
    first, last = kernels[0], kernels[-1][1]
    needed = f"{k} different labels become {k} classes, so the model needs {k} outputs"
    if k == 1:
        needed = "One label, however often it comes, is one class, so the model needs one output"
    if last != k:
        return {
            int(labels.max()) + 1: f"{needed}. Yours has {last}: the largest label plus 1. That "
            "is what the labels need BEFORE they are encoded.",
            10: f"{needed}. Yours has 10, like the article's model, but these are other labels.",
            len(labels): f"{needed}. Yours has one output for each label, {last}.",
            k - 1: f"{needed}. Yours has one fewer: the codes are 0 to {k - 1}.",
            k + 1: f"{needed}. Yours has one more.",
        }.get(last, f"{needed}; yours has {last}.")
    if first[0] != inputs:
        seen = f"The first Dense layer sees {first[0]} numbers of each image {shape} instead of all"
        return f"{seen} {inputs}. Is Flatten there, before it, and input_shape used?"
    if len(sizes) < 2 * len(kernels):
        return "Your Dense layers have no biases. Remove use_bias=False."
    if len(kernels) == 1:
        return f"The hidden layer is missing: Dense({units}, relu) before the output layer."
    if len(kernels) > 2 or len(sizes) != 4:
        return "Your model has more layers with weights. Use two Dense layers."
    return f"The hidden layer should have {units} units; yours has {first[1]}. Use the argument."


def cases(rng: np.random.Generator) -> list[tuple[np.ndarray, int, tuple[int, ...]]]:
    """Labels, units and input_shape: few classes, many, two; gray, color and flat images."""
    h, w = (int(n) for n in rng.choice(np.arange(4, 12), 2, replace=False))
    few = int(rng.integers(3, 8))
    units = [int(n) for n in rng.choice(np.arange(15, 40), 4, replace=False)]
    several = with_gaps(rng, int(rng.integers(11, 15)), -40, 60)
    many = with_gaps(rng, int(rng.integers(260, 300)), -400, 600)
    return [
        (spread(rng, with_gaps(rng, few)), units[0], (h, w)),
        (spread(rng, [*several, several[0] + 256]), int(rng.integers(1030, 1100)), (w, h, 3)),
        (spread(rng, with_gaps(rng, 2, 0, 250), "uint8"), units[2], (h * w,)),
        (spread(rng, many), units[3], (h, h, int(rng.integers(1, 3)))),
    ]


@pytest.mark.points(2)
@pytest.mark.needs("encode_round_trip")
@pytest.mark.timeout(30)
@pytest.mark.concept("encoding")
@pytest.mark.hint(
    "Input needs input_shape, the first Dense needs units. And the last one? After encoding, the "
    "labels are 0 to k - 1: how many outputs are that?",
    "len(np.unique(labels)) counts the different labels.",
    "keras.layers.Input(input_shape) comes first; then Flatten, and two Dense layers.",
)
def test_classifier_has_one_output_per_class(learner, bench, rng):
    """build_classifier makes one output per class, the hidden units and the input you ask for"""
    first, *others = cases(rng)
    before, model = model_of(learner, bench, *first)
    single = np.full(9, int(rng.integers(3, 60)))
    for labels, units, shape in (
        *others,
        (single, int(rng.integers(15, 40)), (6, 5)),
        (np.array([3, 40, 7, 3]), 16, (28, 28)),
    ):
        _, other = model_of(learner, bench, labels, units, shape)
        says = (
            f"For {len(np.unique(labels))} classes and images {shape} your model has other layers, "
            f"or activations, than for {len(np.unique(first[0]))} classes and images {first[2]}. "
            "Only sizes differ: all else is the same for any labels."
        )
        same = other.acting == model.acting
        expect.that(same, says, expected=model.acting, got=other.acting)
    after, _ = model_of(learner, bench, *first)
    weights = before.get_weights()
    after.set_weights([w + 1 for w in weights])
    same = all(np.array_equal(*pair) for pair in zip(weights, before.get_weights(), strict=True))
    says = (
        "Two of your models share layers: when one learns, the other changes. Make every layer "
        "inside of the function."
    )
    expect.that(same, says)


@pytest.mark.points(2)
@pytest.mark.needs("classifier_has_one_output_per_class")
@pytest.mark.timeout(30)
@pytest.mark.concept("layers")
@pytest.mark.hint(
    'Dense(units, activation="relu") and Dense(classes, activation="softmax"): what does each '
    "activation do to its numbers?",
)
def test_classifier_computes_relu_and_softmax(learner, bench, rng):
    """The classifier is Flatten, relu and softmax: from the same weights it computes the same"""
    for labels, units, shape in cases(rng)[:2]:
        _, model = model_of(learner, bench, labels, units, shape)
        weights = [rng.normal(0, 0.5, w.shape).astype(np.float32) for w in model.weights()]
        model.set_weights(weights)
        w1, b1, w2, b2 = weights
        x = rng.normal(0, 1, (20, *shape)).astype(np.float32)
        sums = x.reshape(20, -1) @ w1 + b1
        hidden = np.maximum(sums, 0)
        scores = hidden @ w2 + b2
        right = softmax(scores)

        def through(hidden: np.ndarray, w2: Any = w2, b2: Any = b2) -> np.ndarray:
            return softmax(hidden @ w2 + b2)

        expect.allclose(
            model.predict(x),
            right,
            rtol=1e-3,
            atol=1e-5,
            otherwise={
                "The hidden layer has no relu. Without it two Dense layers are no more than one.": (
                    through(sums)
                ),
                "The output layer has no activation: these are scores. softmax makes "
                "probabilities of them.": scores,
                "The outputs of an image do not sum to 1: the output layer has sigmoid. softmax "
                "makes the classes share 1.": 1 / (1 + np.exp(-scores)),
                "The output layer has relu. Use softmax.": np.maximum(scores, 0),
                "The two activations are swapped: relu belongs to the hidden layer, softmax to the "
                "output layer.": np.maximum(softmax(sums) @ w2 + b2, 0),
                "There is a second softmax: it makes all probabilities nearly equal.": (
                    softmax(right)
                ),
                "The hidden layer has sigmoid. Use relu.": through(1 / (1 + np.exp(-sums))),
                "The hidden layer has tanh. Use relu.": through(np.tanh(sums)),
                "The hidden layer has softmax. Use relu.": through(softmax(sums)),
                "Your model divides the images by 255 itself. The images that come are scaled "
                "already.": through(np.maximum(x.reshape(20, -1) @ w1 / 255 + b1, 0)),
            },
            message="Flatten, Dense with relu, Dense with softmax: from these weights they compute "
            "other probabilities. Is there another layer, or another activation?",
        )
        model.set_weights(equivalent(weights, rng))
        expect.allclose(
            model.predict(x),
            right,
            rtol=5e-3,
            atol=1e-4,
            message="With other weights, whose sums are much larger or smaller, relu and softmax "
            "compute the same probabilities; your model does not. Is something clipped?",
        )
        says = (
            "Your model computes something different during training than in predict. Leave out "
            "Dropout and noise: use two Dense layers."
        )
        expect.that(not {"Dropout", "GaussianNoise"}.intersection(model.layers), says)
        model.set_weights(weights)
        classes = rng.integers(0, len(np.unique(labels)), 20)
        still = {"class_name": "SGD", "config": {"learning_rate": 0.0}}
        model.compile(**ADAM | {"optimizer": still, "run_eagerly": True})
        # from the scores, as Keras computes it: a probability may be too small for float32
        above = scores - scores.max(axis=1, keepdims=True)
        logs = above - np.log(np.exp(above).sum(axis=1, keepdims=True))
        loss = -logs[np.arange(20), classes].mean()
        expect.number(
            model.fit(x, classes)["loss"][0],
            float(loss),
            rtol=1e-3,
            message=says,
        )


@pytest.mark.points(2)
@pytest.mark.needs("classifier_has_one_output_per_class")
@pytest.mark.timeout(30)
@pytest.mark.concept("compile")
@pytest.mark.hint(
    'model.compile(optimizer="adam", loss=..., metrics=[...]), before the return.',
    "sparse_categorical_crossentropy is the loss for labels that are whole numbers.",
)
def test_classifier_is_compiled(learner, bench, rng):
    """The classifier is compiled: adam, the loss for labels that are integers, and accuracy"""
    labels, units, shape = cases(rng)[0]
    remote, model = model_of(learner, bench, labels, units, shape)
    expect.that(remote.compiled is True, "The model is not compiled: call model.compile(...).")
    trained = int(remote.optimizer.iterations) > 0 or any(w.any() for w in model.weights()[1::2])
    says = (
        "The model comes trained: its biases, 0 in a new layer, have changed, or its optimizer has "
        "made steps. Leave fit out of build_classifier."
    )
    expect.that(not trained, says)
    with_nothing_else(remote)
    x = rng.normal(0, 1, (32, *shape)).astype(np.float32)
    probabilities = model.predict(x)
    guesses = probabilities.argmax(axis=1)
    while True:
        # about three quarters right: neither a loss nor another metric is the same number
        others = rng.integers(0, len(np.unique(labels)), 32)
        y = np.where(rng.random(32) < 0.75, guesses, others)
        hits = np.equal(guesses, y)
        if abs(hits[:20].mean() - hits[20:].mean()) > 0.1:  # of two batches one has more
            break
    loss = float(-np.log(probabilities[np.arange(32), y]).mean())
    remote.run_eagerly = True  # no tracing
    try:
        measured = remote.evaluate(x, y, verbose=0, return_dict=True)
    except SubmissionError as error:
        says = (
            "Loss and metrics must take labels that are whole numbers, as "
            "sparse_categorical_crossentropy does."
        )
        expect.fail(
            f"evaluate raised {error.type} on encoded labels. {says}",
            got=error.message.strip().partition("\n")[0],
        )
    expect.number(
        measured.pop("loss"),
        loss,
        rtol=1e-3,
        otherwise={SUMMED: 32 * loss},
        message="The loss is not sparse_categorical_crossentropy.",
    )
    with_crossentropy(remote, rng)
    expect.that(
        bool(measured),
        'evaluate reports the loss only. Compile with metrics=["accuracy"] to see the accuracy.',
    )
    expect.that(
        len(measured) == 1,
        'evaluate reports other metrics too. One is required: metrics=["accuracy"].',
        expected=["accuracy"],
        got=list(measured)[:20],
    )
    (name,) = measured
    for shift in (0, 1):  # shifted labels have another accuracy
        shifted = (y + shift) % len(np.unique(labels))
        accuracy = float(np.mean(guesses == shifted))
        value = remote.evaluate(x, shifted, 20, verbose=0, return_dict=True).get(name)
        expect.number(
            value,
            accuracy,
            atol=1e-4,
            message='The metric is not the accuracy. Compile with metrics=["accuracy"].',
        )
    reference = bench.model(
        KerasModel(
            [flatten(), dense(units, "relu"), dense(len(np.unique(labels)), "softmax")],
            input_shape=shape,
            compiled=ADAM | {"run_eagerly": True},
            weights=model.weights(),
        )
    )
    before = model.weights()
    alike = reference.learns_like(remote, x, y)
    after = remote.get_weights()
    expect.that(
        not np.array_equal(after[0], before[0]),
        "In a fit, the weights of the hidden layer stay what they are. Is it trainable?",
    )
    config = remote.optimizer.get_config()
    rate = config.get("learning_rate")
    expect.that(
        isinstance(rate, float),
        "The learning rate is a schedule, which changes it during training. Use adam with its "
        "usual settings.",
        expected="Adam, learning_rate 0.001",
    )
    usual = np.isclose(rate, 0.001) and not config.get("weight_decay")
    if not usual or not alike:
        expect.fail(
            'A few updates change the weights otherwise than optimizer="adam" does. Use adam with '
            "its usual settings.",
            expected="Adam, learning_rate 0.001",
            got=f"{remote.optimizer.remote_type}, learning_rate " + describe.text(rate),
        )
    with_usual_adam(remote)
    for k in (2, 1, int(rng.integers(11, 15)), int(rng.integers(110, 300))):
        compiled_the_same_way(learner, rng, k, name)


def compiled_the_same_way(learner: Any, rng: np.random.Generator, k: int, name: str) -> None:
    """State that a model for so many classes, and color images, is compiled as for a few classes.

    ``name`` is that of the accuracy.
    """
    classes = with_gaps(rng, k, 0, 1000) if k > 1 else [int(rng.integers(3, 60))]
    labels, shape = rng.permutation(np.resize(classes, max(9, 2 * k))), (5, 4, 3)
    remote = made(learner, labels, int(rng.integers(15, 40)), shape)
    remote.run_eagerly = True
    with_nothing_else(remote)
    x, y = rng.normal(0, 1, (8, *shape)).astype(np.float32), rng.integers(0, k, 8)
    probabilities = np.asarray(remote(x, training=False))
    y[:4] = probabilities[:4].argmax(axis=1)
    says = (
        f"For {k} {'classes' if k > 1 else 'class'} and images {shape} evaluate reports something "
        "else than sparse_categorical_crossentropy and the accuracy. Compile the same way for any "
        "labels."
    )
    try:
        measured = remote.evaluate(x, y, verbose=0, return_dict=True)
    except SubmissionError as error:
        expect.fail(says, got=error.message.strip().partition("\n")[0])
    right = {
        "loss": float(-np.log(probabilities[np.arange(8), y]).mean()),
        name: float(np.mean(probabilities.argmax(axis=1) == y)),
    }
    expect.that(measured.keys() == right.keys(), says, expected=list(right), got=list(measured))
    if k == 1:
        del right[name]  # Keras takes "accuracy" of one output for that of yes and no
    for part, value in right.items():
        expect.number(measured[part], value, rtol=1e-3, message=says)
    with_usual_adam(remote)


@pytest.mark.points(3)
@pytest.mark.needs(
    "encode_odd_labels",
    "classifier_computes_relu_and_softmax",
    "classifier_is_compiled",
)
@pytest.mark.timeout(60)
@pytest.mark.concept("encoding")
@pytest.mark.hint("How do the weights start? Keras's own initializers let the units differ.")
def test_classifier_learns_odd_labels(learner, bench, rng):
    """Trained on encoded labels, the classifier learns irregular labels too"""
    classes = np.append(with_gaps(rng, 3), -int(rng.integers(1, 9)))
    h, w = (int(n) for n in rng.integers(8, 12, 2))
    shape = (h, w, 3) if rng.random() < 0.5 else (h, w)
    patterns = rng.random((len(classes), *shape))
    labels = rng.permutation(np.resize(classes, 420))
    drawn = [patterns[list(classes).index(label)] for label in labels]
    x = np.clip(drawn + rng.normal(0, 0.1, (420, *shape)), 0, 1).astype(np.float32)
    seen, fresh = slice(320), slice(320, None)
    encoded, names = learner.encode_labels(labels[seen])
    _, model = model_of(learner, bench, labels[seen], 24, shape)
    model.compile(**ADAM | {"metrics": ["accuracy"]})
    try:
        model.fit(x[seen], encoded, epochs=10)
    except SubmissionError as error:  # the bench's
        if "scope name" not in error.message:
            raise
        expect.fail(
            "TensorFlow can't train layers with such names. Use letters without accents, digits, "
            "_ and - only."
        )
    guess = names[model.predict(x[fresh]).argmax(axis=1)]
    share = float(np.mean(guess == labels[fresh]))
    expect.that(
        share >= 0.9,
        f"After 10 epochs on very easy images only {share:.0%} of new ones are classified "
        "correctly. Expected at least 90%.",
        given={"true labels": labels[fresh], "predicted labels": guess},
    )
