"""Hidden checks of exercise 1: arrays in, arrays out."""

import numpy as np
import pytest

from grader.checks import Diagnosis, Failure, Garment, SubmissionError, expect, show_garments

KEPT = (
    "These are the answers of the call before, to another table. Does your function keep "
    "something outside of itself?"
)


SUMS_OF_COLUMNS = Diagnosis(
    "Your columns sum to 1. Each ROW is one image, so the sum must run over the classes: axis=1.",
    hint="Take a table of 3 images and 5 classes. How many sums do you need? Print the shapes of "
    "table.sum(axis=0) and table.sum(axis=1): which of them is that many?",
)
OVERFLOWS = Diagnosis(
    "Near 1000, e^score overflows and you return nan. Subtract each row's maximum before exp: it "
    "changes nothing else.",
    hint="Try np.exp(np.array([1000.0, 999.0])), then np.exp(np.array([1000.0, 999.0]) - 1000.0). "
    "Divide the second result by its sum: these are the right probabilities. Why?",
)
MOST_CONFIDENT = Diagnosis(
    "You returned the most CONFIDENT images. Doubtful means a small largest probability: sort "
    "ascending.",
    hint="The largest probabilities of three images are 0.9, 0.4 and 0.6. Write down the order in "
    "which the images should come. Then look for what turns yours around: a minus sign, or [::-1].",
)


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def tables(rng: np.random.Generator) -> list[np.ndarray]:
    """Three tables of probabilities: more than ten classes, few classes, a single image.

    The first has its largest values in the first, the last and a middle column, no row in which
    all is clear, and one whose two largest are nearly equal.
    """
    # prime numbers of images: their shares are never round, nor those of one batch of 32
    many = softmax(rng.normal(0, 2, (int(rng.choice([37, 41, 43])), int(rng.integers(12, 17)))))
    for row, winner in enumerate((0, many.shape[1] - 1, 10)):
        many[row, [winner, many[row].argmax()]] = many[row, [many[row].argmax(), winner]]
    rest = rng.uniform(1, 2, many.shape[1])
    early, late = np.sort(rng.choice(len(rest), 2, replace=False))
    rest[[early, late]] = 0
    many[3] = rest / rest.sum() * 0.4399795
    many[3, [early, late]] = 0.2800101, 0.2800104  # equal in six decimals, and to isclose
    few = softmax(rng.normal(0, 1, (int(rng.choice([7, 11])), 3)))
    single = softmax(rng.normal(0, 1, (1, 10)))
    return [many, few, single]


def long_table(rng: np.random.Generator) -> np.ndarray:
    """Probabilities of more images than 16 bits count, or than a mistake may stop at.

    No two of the images are equally doubtful, and the last are the most doubtful.
    """
    n = int(rng.choice([60_013, 60_017, 60_029, 60_037, 60_041, 60_077, 60_083]))  # a prime number
    top = rng.permutation(np.linspace(0.55, 0.99, n))
    top[-15:] = np.sort(top)[:15] - 0.03
    table = np.stack([top, *np.outer([0.6, 0.4], 1 - top)], axis=1)
    return rng.permuted(table, axis=1)


def wide_table(rng: np.random.Generator) -> np.ndarray:
    """Probabilities of more classes than a byte counts; the last image's class is above 512."""
    table = softmax(rng.normal(0, 0.3, (3, 600)))  # most have no probability above 0.01
    table[-1, int(rng.integers(513, 600))] += 1
    return table / table.sum(axis=1, keepdims=True)


def probabilities(learner, scores: np.ndarray):
    """What softmax returns, or a word on the usual reason why it raises."""
    try:
        return learner.softmax(scores)
    except SubmissionError as error:
        if error.type != "ValueError" or "broadcast" not in error.message:
            raise
        expect.fail(
            f"NumPy says: {error.message.strip()}. The maximum and the sum of each row must stand "
            f"in a column, {(len(scores), 1)}, to fit the table {scores.shape}: keepdims=True.",
            given={"scores": scores},
        )


def with_some_hits(
    rng: np.random.Generator, table: np.ndarray
) -> tuple[np.ndarray, dict[str, float]]:
    """Labels of which some are predicted, and what typical mistakes make of them."""
    guess = table.argmax(axis=1)
    labels = np.where(rng.random(len(table)) < 0.6, guess, rng.permutation(guess))
    if len(table) > 1:  # some right and some wrong, and not half of them
        labels[0], labels[1:4] = (guess[0] + 1) % table.shape[1], guess[1:4]
    right = np.mean(guess == labels)
    return labels, {
        "You averaged the model's own confidence. Accuracy compares predictions with the TRUE "
        "labels.": table.max(axis=1).mean(),
        "You averaged the probability given to the true label. Accuracy counts how often the "
        "prediction is right.": table[np.arange(len(table)), labels].mean(),
        "You counted the right images. Accuracy is their share, between 0 and 1.": (
            np.sum(guess == labels)
        ),
        "Return a share between 0 and 1, not a percentage.": 100 * right,
        "This is the share of WRONG images.": 1 - right,
        "You compared each prediction with EVERY label, as NumPy does with a column (n, 1) and a "
        "row (n,). Both must have the shape (n,).": np.mean(guess[:, np.newaxis] == labels),
        "You sorted predictions and labels first. Each prediction belongs to the label of the same "
        "image.": np.mean(np.sort(guess) == np.sort(labels)),
        "You counted second guesses as well. Accuracy looks at the first guess alone.": (
            np.mean((table.argsort(axis=1)[:, -2:] == labels[:, np.newaxis]).any(axis=1))
        ),
    }


def measured(learner, table: np.ndarray, labels: np.ndarray):
    """What accuracy returns, or a word on the usual reason why it raises."""
    try:
        return learner.accuracy(table, labels)
    except SubmissionError as error:
        if error.type != "AxisError":
            raise
        expect.fail(
            f"NumPy says: {error.message.strip()}. The true labels are one number for each image, "
            "not rows of zeros and ones: compare them as they are.",
            given={"true labels": labels},
        )


def is_rounded(got: object, number: float) -> bool:
    """Whether a number came that was rounded to one to six decimals, or to a whole one."""
    if isinstance(got, bool) or not isinstance(got, int | float | np.number):
        return False
    return float(got) != number and float(got) in {round(number, places) for places in range(7)}


def is_one_of(got: object, *numbers: float) -> bool:
    """Whether a number came that is one of these."""
    if isinstance(got, bool) or not isinstance(got, int | float | np.number):
        return False
    return any(bool(np.isclose(float(got), number, rtol=0, atol=2e-7)) for number in numbers)


def is_near(got: object, right: np.ndarray) -> bool:
    """Whether a table came that differs from another one in millionths only."""
    table = isinstance(got, np.ndarray) and got.shape == right.shape and got.dtype.kind == "f"
    return table and np.allclose(got, right, rtol=1e-4, atol=1e-6)


def are(got: object, positions: np.ndarray) -> bool:
    """Whether an array holds these positions, in any order."""
    return (
        isinstance(got, np.ndarray)
        and got.shape == positions.shape
        and np.array_equal(np.sort(got), np.sort(positions))
    )


def differ(*numbers: float) -> bool:
    """Whether no two of the numbers are equal."""
    return len({round(float(number), 6) for number in numbers}) == len(numbers)


def without_ties(rng: np.random.Generator, n: int, classes: int = 0) -> np.ndarray:
    """Probabilities of n images, of which no two are equally doubtful, not even in float32."""
    while True:
        table = softmax(rng.normal(0, 1.5, (n, classes or int(rng.integers(4, 12)))))
        if np.diff(np.sort(table.max(axis=1))).min() > 1e-6:
            return table


def ranked(rng: np.random.Generator, n: int, k: int) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Probabilities of n images, and how typical mistakes rank them, each with its sentence.

    No two mistakes have the same first k, unless there are too few images for that.
    """
    while True:
        table = without_ties(rng, n)
        top, ordered = table.max(axis=1), np.sort(table, axis=1)
        order = np.argsort(top)
        rankings = {
            MOST_CONFIDENT: order[::-1],
            "You returned the end of the order, the most CONFIDENT images. The most doubtful come "
            "first.": order[-k:],
            "You ranked by the smallest probability. Doubt is about the LARGEST of the row: how "
            "sure is the model of its best guess?": table.min(axis=1).argsort(),
            "You ranked by the distance between the two largest. Here doubt means the largest one "
            "alone.": (ordered[:, -1] - ordered[:, -2]).argsort(),
            "You ranked by the entropy of the whole row. Here doubt means its largest probability "
            "alone.": (table * np.log(table)).sum(axis=1).argsort(),
            "You ranked by the spread of the whole row. Here doubt means its largest probability "
            "alone.": table.std(axis=1).argsort(),
            "You ranked by the distance from one half. With many classes a largest probability "
            "below one half is more doubtful still.": np.abs(top - 0.5).argsort(),
        }
        firsts = {tuple(ranking[:k]) for ranking in (order, *rankings.values())}
        if len(firsts) == len(rankings) + 1 or n < 10:
            return table, rankings


@pytest.mark.points(2)
@pytest.mark.concept("argmax")
@pytest.mark.hint(
    "Each row holds the probabilities of one image. Which position is the largest?",
    "np.argmax looks at the flattened table unless you pass an axis.",
)
def test_labels_argmax(learner, rng):
    """The predicted label is the position of the largest probability in each row"""
    first, second, single = tables(rng)
    example = np.array([[0.1, 0.9], [0.8, 0.2]])
    before = None
    long, wide = long_table(rng), wide_table(rng)
    for table in (first, first[::-1], second, single, example, long, wide, first):
        right, best = table.argmax(axis=1), table.max(axis=1, keepdims=True)
        got = learner.predicted_labels(table)
        if isinstance(got, list) and any(isinstance(label, str) for label in got):
            expect.fail("Labels are numbers, not names: the positions of the classes.", got=got)
        expect.array_equal(
            got,
            right,
            integers=True,
            otherwise={
                Diagnosis(
                    f"You returned one number for {len(table)} images: np.argmax without axis "
                    "looks at the flattened table. One label per row: axis=1.",
                    hint="Try np.argmax([[1, 9], [8, 2]]), then np.argmax([[1, 9], [8, 2]], "
                    "axis=1). How many numbers does each return, and what do they count?",
                ): table.argmax(),
                "You returned one number per class: that is the argmax over axis 0. Take the "
                "largest of each row, axis=1.": table.argmax(axis=0),
                "All your labels are 1 too high: positions, and labels, start at 0.": right + 1,
                "You returned the largest probabilities themselves. Their positions are the "
                "labels.": table.max(axis=1),
                "These are the positions of the SMALLEST probabilities.": table.argmin(axis=1),
                f"You looked at the first ten classes only; here are {table.shape[1]}.": (
                    table[:, :10].argmax(axis=1)
                ),
                "Two probabilities of an image are nearly equal, but not quite. Take the largest, "
                "however small the difference is.": np.isclose(table, best).argmax(axis=1),
                "Two probabilities of an image are nearly equal, and exactly equal once they "
                "are rounded. Compare them as they are.": (
                    None if table is wide else table.round(2).argmax(axis=1)
                ),
                "You marked the largest of each row with 1. Its POSITION is the label.": np.equal(
                    table, best
                ),
                "You looked for a probability above one half. The largest may be below it, and "
                "then an image gets no label: argmax of each row.": np.nonzero(table > 0.5)[1],
                "np.where returns rows and columns. The columns alone are the labels.": np.array(
                    np.nonzero(table == best)
                ),
                KEPT: before,
            },
            message="A row's label is the position of its largest probability.",
            given={"probabilities": table},
        )
        before = right
    expect.apart(learner.predicted_labels, (first,), (first[::-1],))
    tied = softmax(rng.normal(0, 1, (5, 4)))
    tied[2] = 0.125, 0.375, 0.125, 0.375
    got, right, other = learner.predicted_labels(tied), tied.argmax(axis=1), tied.argmax(axis=1)
    other[2] = 3
    try:
        expect.array_equal(got, other, integers=True)
    except Failure:
        expect.array_equal(
            got,
            right,
            integers=True,
            otherwise={
                "Two classes of one image are equally probable, and you returned both. One label "
                "per image: np.argmax takes the first.": (
                    np.nonzero(tied == tied.max(axis=1, keepdims=True))[1]
                )
            },
            given={"probabilities": tied},
        )


@pytest.mark.points(2)
@pytest.mark.concept("accuracy")
@pytest.mark.hint(
    "Compare the predicted labels with the true ones. What share of them agree?",
    "The mean of a table of True and False is the share of True.",
)
def test_accuracy_fraction(learner, rng):
    """accuracy is the share of images whose predicted label is the true one"""
    first, second, single = tables(rng)
    all_hits = all_images = 0
    for table, dtype in ((first, np.uint8), (second, np.int64), (single, np.uint8), (first, "i4")):
        guess = table.argmax(axis=1)
        labels, otherwise = with_some_hits(rng, table)
        # of the first table each mistake makes another number
        while table is first and not differ(np.mean(guess == labels), *otherwise.values()):
            labels, otherwise = with_some_hits(rng, table)
        hits = int(np.sum(guess == labels))
        right = hits / len(table)
        all_hits, all_images = all_hits + hits, all_images + len(table)
        got = measured(learner, table, labels.astype(dtype))
        expect.number(
            got,
            right,
            rtol=0,
            atol=2e-7,  # what float32 leaves
            otherwise=otherwise
            | {
                "This is a whole number: // and int() drop all decimals. Divide with /.": (
                    got if isinstance(got, int | np.integer) and got == hits // len(table) else None
                ),
                "Return a share between 0 and 1, not a percentage.": (
                    got if is_rounded(got, 100 * right) else 100 * right
                ),
                "You rounded the accuracy. Return the share as it is.": (
                    got if is_rounded(got, right) else None
                ),
                "You went on counting where the last call had ended. Begin at 0 in each call.": (
                    got if is_one_of(got, all_hits / all_images, all_hits / len(table)) else None
                ),
                "You found no right prediction. Does the return, inside of the loop, end it at the "
                "first image? Do you compare with `is`? Only == compares numbers.": (
                    0 if hits else None
                ),
                "You divided by the number of classes. Divide by the number of images.": (
                    hits / table.shape[1]
                ),
                "You took argmax of the true labels too. They are labels already, one for each "
                "image: compare them as they are.": np.mean(guess == labels.argmax()) or None,
            },
            message=f"{hits} of {len(table)} predictions are right: {right:.4f}.",
            given={"predicted labels": guess, "true labels": labels},
        )
    example, many = np.array([[0.1, 0.9], [0.8, 0.2]]), long_table(rng)
    k = int(rng.integers(3, 8))
    guess, *others = first.argsort(axis=1)[:, ::-1].T
    some = np.where(rng.random(len(many)) < 0.9, many.argmax(axis=1), 0)  # 16 bits don't count them
    some[-9:] = (many[-9:].argmax(axis=1) + 1) % 3
    for table, labels in (
        (first, guess.astype(np.uint8)),
        (first, others[0].astype(np.uint8)),
        (example, np.array([1, 1])),
        (many, some),
        (wide := wide_table(rng), wide.argmax(axis=1)),  # one is above what a byte holds
        (wide, wide.argmax(axis=1) % 256),
        (np.full((k, k), 1 / k), rng.permutation(k)),  # whichever is predicted, one is right
    ):
        guess, of_true = table.argmax(axis=1), table[np.arange(len(table)), labels]
        hits = int(np.sum(guess == labels))
        counted = {0: "None", len(table): "All"}.get(hits, f"{hits} of {len(table)}")
        expect.number(
            learner.accuracy(table, labels),
            hits / len(table),
            rtol=0,
            atol=2e-7,
            otherwise={
                "Several classes of an image are equally probable, and you took each of them for "
                "right. Only ONE label is predicted: argmax.": np.mean(of_true == table.max(axis=1))
            },
            message=f"{counted} of the predictions are right: {hits / len(table):.6g}.",
            given={"predicted labels": guess, "true labels": labels},
        )


@pytest.mark.points(2)
@pytest.mark.concept("confidence")
@pytest.mark.hint(
    "How sure is the model of its best guess? That is the largest probability of the row.",
    "np.argsort gives positions in ascending order of the values.",
)
def test_most_doubtful(learner, rng):
    """The most doubtful images are those whose largest probability is smallest"""
    before, kept = None, np.zeros(0, int)
    for k, n in ((int(rng.integers(4, 9)), 30), (1, 6), (5, 5), (400, 600)):
        table, rankings = ranked(rng, n, k)
        top = table.max(axis=1)
        order = np.argsort(top)
        result = learner.most_doubtful(table, k)
        expect.array_equal(
            result,
            order[:k],
            integers=True,
            otherwise={sentence: ranking[:k] for sentence, ranking in rankings.items()}
            | {
                "You left out the most doubtful image: positions, and slices, start at 0.": (
                    order[1 : k + 1]
                ),
                "All your positions are 1 too high: they start at 0.": order[:k] + 1,
                "The right images, but in their old order: the most doubtful comes first.": (
                    np.sort(order[:k])
                ),
                "The right images, but the least doubtful of them first.": order[:k][::-1],
                "The right images, but in another order: np.argpartition does not sort them. The "
                "most doubtful comes first.": (
                    result if are(result, order[:k]) and len(set(top[order[:k]])) == k else None
                ),
                "These are the images' ranks in the order of doubt: np.argsort of np.argsort. "
                "Return the positions: one argsort.": np.argsort(order)[:k],
                "These are the labels predicted for the most doubtful images. Return their "
                "positions.": table.argmax(axis=1)[order[:k]],
                "You returned the probabilities. Return their positions.": top[order[:k]],
                "You returned the images' rows. Return their positions.": table[order[:k]],
                f"You returned all images. Return only {k}.": order,
                KEPT: None if before is None else before[:k],
                "Your list still holds the positions of the calls before. Make a new one in each "
                "call: a default such as [] is made only once.": (
                    None if before is None else np.append(kept, order[:k])
                ),
            },
            message="Take each row's largest probability; then return the positions of the k "
            "smallest of them, the smallest first.",
            given={"largest probabilities": top, "k": k},
        )
        before, kept = order, np.append(kept, order[:k])
    expect.apart(learner.most_doubtful, (table, 5), (table[::-1], 5))
    example, many = np.array([[0.1, 0.9], [0.4, 0.6], [0.7, 0.3]]), long_table(rng)
    close = np.array([[0.45, 0.4, 0.15], [0.45, 0.3, 0.25], [0.45, 0.35, 0.2]])
    close += np.outer([4e-7, 1e-7, 2.5e-7], [1, -1, 0])  # equal in six decimals
    for table, k in (
        (example, 2),
        (many, 9),
        (many[-1300:], int(rng.integers(1020, 1090))),
        (close, 2),
        (without_ties(rng, 30, int(rng.integers(100, 300))), 7),
    ):
        top = table.max(axis=1)
        expect.array_equal(
            learner.most_doubtful(table, k),
            top.argsort()[:k],
            integers=True,
            otherwise={
                "Some images are nearly equally doubtful, and equal once they are rounded. Compare "
                "them as they are.": top.round(6).argsort(kind="stable")[:k]
            },
            message=f"Of all {len(table)} images, the {k} with the smallest largest probability "
            "are the most doubtful, the smallest first.",
            given={"largest probabilities": top, "k": k},
        )
    table = without_ties(rng, 9)
    order = table.max(axis=1).argsort()
    twin = np.sort(order[[0, 8]])
    table[order[8]] = table[order[0]]
    result, third = learner.most_doubtful(table, 3), order[1]
    try:
        expect.array_equal(result, [*twin[::-1], third], integers=True)
    except Failure:
        expect.array_equal(
            result,
            [*twin, third],
            integers=True,
            otherwise={
                f"Images {twin[0]} and {twin[1]} are equally doubtful, and you returned one of "
                "them twice. Sort the positions, as np.argsort does; do not look them up.": (
                    [twin[0], twin[0], third]
                ),
                f"Images {twin[0]} and {twin[1]} are equally doubtful, and you returned only one "
                "of them. A dictionary keeps one value per key.": [twin[1], third, order[2]],
            },
            given={"largest probabilities": table.max(axis=1), "k": 3},
        )


@pytest.mark.points(2)
@pytest.mark.concept("softmax")
@pytest.mark.hint(
    "Work out softmax of [1, 2, 3] on paper: e^1, e^2, e^3, each divided by their sum.",
    "For a table: sum along each row with axis=1, keepdims=True, so that the division fits.",
)
def test_softmax_values(learner, rng):
    """softmax turns each row of scores into its probabilities"""
    shape = rng.permutation([rng.integers(3, 6), rng.integers(6, 9)])  # never square
    first = rng.normal(0, 3, shape)
    first[:, 0] = np.abs(first[:, 0]) + 1  # no row's largest is near 0
    first[-1] += 20  # rows of very different size in one table
    first[0, 1] = first[0, 0] - rng.uniform(30, 40)  # a probability that is small, but a float
    first[1] -= 20 + first[1].max()  # a small number beside its powers is seen in any draw
    second = rng.normal(0, 1, (1, int(rng.integers(7, 12))))
    example = np.array([[1.0, 2.0, 3.0]])
    for scores in (first, first[::-1], second, example, first.reshape(shape[::-1]), first):
        right, got = softmax(scores), probabilities(learner, scores)
        powers, largest = np.exp(scores), scores.max(axis=1, keepdims=True)
        with np.errstate(all="ignore"):
            otherwise = {
                "You put 1 at the largest score and 0 elsewhere: that is arg-max, written as a "
                "list. Softmax gives EVERY class a share.": np.equal(scores, largest).astype(float),
                SUMS_OF_COLUMNS: powers / powers.sum(axis=0),
                "Your whole table sums to 1. Each row is one image and must sum to 1 by itself: "
                "axis=1, keepdims=True.": powers / powers.sum(),
                "You divided all rows by the sum of the FIRST row. Each row has a sum of its own: "
                "axis=1, keepdims=True.": powers / powers[0].sum(),
                "Your sum goes on from row to row. Begin it at 0 for each row.": (
                    powers / powers.sum(axis=1).cumsum()[:, np.newaxis]
                ),
                "You divided the scores by their sum. Softmax takes e^score first; scores may be "
                "negative.": scores / scores.sum(axis=1, keepdims=True),
                "These are the powers e^score, not yet divided by their sum.": powers,
                "You took powers of 2, not of e: np.exp(scores).": softmax(scores * np.log(2)),
                "You took powers of 10, not of e: np.exp(scores).": softmax(scores * np.log(10)),
                "You wrote e with few digits. np.exp(scores) knows them all.": (
                    softmax(scores * np.log(2.718))
                ),
                "You divided each power by the largest of its row. Divide it by the SUM of the "
                "row's powers.": powers / powers.max(axis=1, keepdims=True),
                "You subtracted the largest score of each COLUMN, which changes the "
                "probabilities. Subtract the same number from a whole row: its own maximum.": (
                    softmax(scores - scores.max(axis=0))
                ),
                "This is the sigmoid of each score. It looks at each class alone; softmax makes "
                "the classes share 1.": 1 / (1 + np.exp(-scores)),
                "You divided the powers by the sum of the SCORES. Divide them by the sum of the "
                "powers.": powers / scores.sum(axis=1, keepdims=True),
                "You divided the scores by their row's largest before exp, which changes the "
                "probabilities. SUBTRACT it.": softmax(scores / largest),
                "These are percentages: your rows sum to 100, and should sum to 1.": (100 * right),
                "You took softmax twice, of the scores and of their probabilities.": softmax(right),
                "These are the logarithms of the probabilities.": np.log(right),
                "You returned the scores as they came.": scores,
            } | {
                f"You rounded the probabilities to {places} decimals. Return them as they are.": (
                    right.round(places)
                )
                for places in range(1, 9)
            }
        otherwise["Only your smallest probabilities are wrong. Clip, round and add nothing."] = (
            got if is_near(got, right) else None
        )
        expect.allclose(
            got,
            right,
            rtol=1e-4,
            atol=0,  # a small probability counts as well
            otherwise=otherwise,
            message="Softmax takes e^score, and divides it by the sum of the row's e^scores.",
            given={"scores": scores},
        )
    expect.apart(learner.softmax, (first,), (first[::-1],))
    for shape in ((3_000 + int(rng.integers(20, 90)), 3), (3, 5_000 + int(rng.integers(20, 90)))):
        scores = rng.normal(0, 1, shape)
        expect.allclose(
            probabilities(learner, scores),
            softmax(scores),
            rtol=1e-4,
            message="There may be any number of images and of classes. Every row is divided by the "
            "sum of all its e^scores.",
            given={"scores": scores},
        )


@pytest.mark.points(1)
@pytest.mark.needs("softmax_values")
@pytest.mark.concept("softmax")
@pytest.mark.hint("Divide each row by its own sum. Which axis counts the classes?")
def test_softmax_rows_sum_to_1(learner, rng):
    """Every row of probabilities is positive and sums to 1"""
    for shape in ((7, 5), (1, 10), (3, 1), (1_000 + int(rng.integers(20, 90)), 3)):
        scores = rng.normal(0, 2, shape)
        result = learner.softmax(scores)
        expect.allclose(result, softmax(scores), rtol=1, atol=1)  # a table of that shape
        table = np.asarray(result, dtype=float)
        sums = table.sum(axis=1)
        expect.that(
            bool(np.allclose(sums, 1, atol=1e-4)),
            "Each row must sum to 1; these are the sums of your rows.",
            expected=np.ones(len(scores)),
            got=sums,
            given={"scores": scores},
        )
        expect.that(
            bool((table > 0).all()), "For such scores no probability of softmax is 0.", got=table
        )


@pytest.mark.points(1)
@pytest.mark.needs("softmax_values")
@pytest.mark.concept("softmax")
@pytest.mark.hint("Softmax does not pick a winner. e^0.1 is small beside e^9.5; is it 0?")
def test_softmax_is_not_argmax(learner):
    """softmax of the article's own list leaves something for every class"""
    scores = np.array([[0.1, 0.1, 0.05, 0.1, 9.5, 0.1, 0.05, 0.05, 0.05]])
    expect.allclose(
        learner.softmax(scores),
        softmax(scores),
        rtol=1e-3,
        atol=1e-7,
        otherwise={
            "The largest probability is 0.99935, not 1, and the others are small but not 0.": (
                scores == 9.5
            ).astype(float)
        },
        given={"scores": scores},
    )


@pytest.mark.points(2)
@pytest.mark.craft
@pytest.mark.needs("softmax_values")
@pytest.mark.concept("numerical stability")
@pytest.mark.hint(
    "e^1000 is more than a float can hold. What happens to a row's probabilities if you subtract "
    "the same number from all its scores?",
    "Subtract each row's own maximum before np.exp: scores - scores.max(axis=1, keepdims=True).",
)
def test_softmax_stable(learner, rng):
    """softmax survives scores near 1000 and near -1000"""
    # so many classes that the row of one large score is not saved by subtracting its mean
    scores = rng.normal(0, 2, (int(rng.integers(4, 8)), int(rng.integers(5, 9))))
    scores[0] -= 1000
    scores[1, 0] += 1000  # near 1000 and near 0 in one row
    scores[-1] += 1000
    with np.errstate(all="ignore"):
        naive = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        shifted = np.exp(scores - scores.max())
        shared = shifted / shifted.sum(axis=1, keepdims=True)
        raised = np.exp(scores - scores.min(axis=1, keepdims=True))
        lifted = raised / raised.sum(axis=1, keepdims=True)  # as with the mean, or the median
    sunk = np.where(scores < -500, np.nan, softmax(scores))
    expect.allclose(
        learner.softmax(scores),
        softmax(scores),
        rtol=2e-3,  # float32 holds scores near 1000 to 0.00006
        otherwise={
            OVERFLOWS: naive,
            "The scores near -1000 became nan: e^score is 0 for all of them, because you subtract "
            "the largest score of the whole table, or another large number. Subtract each row's "
            "own maximum.": shared,
            "The scores near -1000 became nan: e^score is 0 for all of them. Subtract the row's "
            "largest score, whatever its sign.": sunk,
            "The row with one score near 1000 and others near 0 still overflows. Subtract its "
            "LARGEST score, no other number.": lifted,
            "You put 0 for nan, but there the probabilities are lost already. Avoid it: subtract "
            "each row's maximum before exp.": np.nan_to_num(naive),
        },
        message="Some of these probabilities are wrong. Subtract each row's own maximum before "
        "exp, and don't clip anything: then a number added to a whole row changes nothing.",
        given={"scores": scores},
    )
    far = rng.permutation([0.0, 800, -800, 2000, -2000, 20_000, -20_000])[:, np.newaxis]
    scores = far + rng.integers(0, 12, (len(far), 4))  # float32 holds whole numbers exactly
    expect.allclose(
        learner.softmax(scores),
        softmax(scores),
        rtol=1e-2,
        atol=0,
        message="Scores may be any numbers, also 800 or 20,000. Subtract each row's own maximum "
        "before exp in every case, and don't clip anything.",
        given={"scores": scores},
    )


@pytest.mark.points(1)
@pytest.mark.craft
@pytest.mark.needs("softmax_values", "labels_argmax", "accuracy_fraction", "most_doubtful")
@pytest.mark.concept("side effects")
@pytest.mark.hint("Which line changes an array in place? -=, /= and .sort() do.")
def test_inputs_untouched(learner, rng):
    """No function changes what it is given"""
    # an array that np.asarray need not convert is the caller's own
    for dtype in rng.permutation([np.float64, np.float32]):
        scores = rng.normal(0, 2, (6, 4)).astype(dtype)
        table = softmax(scores)
        labels = rng.integers(0, 4, 6).astype(np.uint8)
        expect.allclose(expect.unchanged(learner.softmax, scores), table, rtol=1e-4)
        expect.array_equal(expect.unchanged(learner.predicted_labels, table), table.argmax(axis=1))
        share = np.mean(table.argmax(axis=1) == labels)
        expect.number(expect.unchanged(learner.accuracy, table, labels), share)
        order = table.max(axis=1).argsort()
        for k in range(1, len(table) + 1):
            expect.array_equal(expect.unchanged(learner.most_doubtful, table, k), order[:k])
        for far in (1000, -1000):  # where some subtract the maximum, and nowhere else
            expect.unchanged(learner.softmax, scores + dtype(far))


@pytest.mark.points(2)
@pytest.mark.needs("labels_argmax", "accuracy_fraction", "most_doubtful")
@pytest.mark.concept("accuracy")
@pytest.mark.hint("The table is float32 and has ten columns; the labels are uint8.")
def test_real_predictions(learner, rng, garments, predictions):
    """On a real model's predictions for real garments, labels, accuracy and doubt are right"""
    some = rng.choice(len(predictions), 400, replace=False)
    table, labels = predictions[some], garments[1][some]
    guess = table.argmax(axis=1)
    got = learner.predicted_labels(table)
    given = {}
    if isinstance(got, np.ndarray) and got.shape == guess.shape and (got != guess).any():
        n = int(np.argmax(got != guess))
        image = garments[0][some[n]]
        given = {f"garment {n}": Garment(image, int(labels[n]), table[n])}
    expect.array_equal(got, guess, integers=True, given=given)
    hits = int(np.sum(guess == labels))
    expect.number(
        learner.accuracy(table, labels),
        hits / 400,
        otherwise={
            f"{hits} predictions are right. Eight bits hold 255 at most, so your count began again "
            "at 0.": hits % 256 / 400
        },
        message=f"{hits} of 400 predictions are right: {hits / 400}.",
        given={"predicted labels": guess, "true labels": labels},
    )
    top = table.max(axis=1)
    doubtful = learner.most_doubtful(table, 3)
    given = {"largest probabilities": top, "k": 3}
    expect.array_equal(doubtful, top.argsort()[:3], integers=True, given=given)
    show_garments(
        "the images that your function finds most doubtful",
        [Garment(garments[0][some[n]], int(labels[n]), table[n]) for n in np.ravel(doubtful)],
    )
