"""Hidden checks of exercise 1: arrays in, arrays out."""

import numpy as np
import pytest

from grader.checks import expect


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def tables(rng: np.random.Generator) -> list[np.ndarray]:
    """Three tables of probabilities: more than ten classes, few classes, a single image.

    The first has its largest values in the first, the last and a middle column, and no row in
    which all is clear.
    """
    # prime numbers of images: their shares are never round, nor those of one batch of 32
    many = softmax(rng.normal(0, 2, (int(rng.choice([37, 41, 43])), int(rng.integers(12, 17)))))
    for row, winner in enumerate((0, many.shape[1] - 1, 10)):
        many[row, [winner, many[row].argmax()]] = many[row, [many[row].argmax(), winner]]
    few = softmax(rng.normal(0, 1, (int(rng.choice([7, 11])), 3)))
    single = softmax(rng.normal(0, 1, (1, 10)))
    return [many, few, single]


def without_ties(rng: np.random.Generator, n: int) -> np.ndarray:
    """Probabilities of n images, of which no two are equally doubtful, not even in float32."""
    while True:
        table = softmax(rng.normal(0, 1.5, (n, int(rng.integers(4, 12)))))
        if np.diff(np.sort(table.max(axis=1))).min() > 1e-6:
            return table


@pytest.mark.points(2)
@pytest.mark.concept("softmax")
@pytest.mark.hint(
    "Work out softmax of [1, 2, 3] on paper: e^1, e^2, e^3, each divided by their sum.",
    "For a table: sum along each row with axis=1, keepdims=True, so that the division fits.",
)
def test_softmax_values(learner, rng):
    """softmax turns each row of scores into its probabilities"""
    first = rng.normal(0, 3, (int(rng.integers(4, 9)), int(rng.integers(3, 7))))
    first[0] += 20  # rows of very different size in one table
    first[1] -= 20
    second = rng.normal(0, 1, (1, int(rng.integers(7, 12))))
    for scores in (first, second, first):
        powers = np.exp(scores)
        with np.errstate(all="ignore"):
            otherwise = {
                "You put 1 at the largest score and 0 elsewhere: that is arg-max, written as a "
                "list. Softmax gives EVERY class a share.": np.equal(
                    scores, scores.max(axis=1, keepdims=True)
                ).astype(float),
                "Your columns sum to 1. Each ROW is one image, so the sum must run over the "
                "classes: axis=1.": powers / powers.sum(axis=0),
                "Your whole table sums to 1. Each row is one image and must sum to 1 by itself: "
                "axis=1, keepdims=True.": powers / powers.sum(),
                "You divided the scores by their sum. Softmax takes e^score first; scores may be "
                "negative.": scores / scores.sum(axis=1, keepdims=True),
                "These are the powers e^score, not yet divided by their sum.": powers,
                "This is the sigmoid of each score. It looks at each class alone; softmax makes "
                "the classes share 1.": 1 / (1 + np.exp(-scores)),
                "These are the logarithms of the probabilities.": np.log(softmax(scores)),
                "You returned the scores as they came.": scores,
            }
        expect.allclose(
            learner.softmax(scores),
            softmax(scores),
            rtol=1e-4,
            otherwise=otherwise,
            given={"scores": scores},
        )


@pytest.mark.points(1)
@pytest.mark.needs("softmax_values")
@pytest.mark.concept("softmax")
@pytest.mark.hint("Divide each row by its own sum. Which axis counts the classes?")
def test_softmax_rows_sum_to_1(learner, rng):
    """Every row of probabilities is positive and sums to 1"""
    for shape in ((7, 5), (1, 10), (3, 1)):
        scores = rng.normal(0, 2, shape)
        probabilities = learner.softmax(scores)
        expect.allclose(probabilities, softmax(scores), rtol=1, atol=1)  # a table of that shape
        table = np.asarray(probabilities, dtype=float)
        sums = table.sum(axis=1)
        expect.that(
            bool(np.allclose(sums, 1, atol=1e-4)),
            "Each row must sum to 1; these are the sums of your rows.",
            expected=np.ones(len(scores)),
            got=sums,
            given={"scores": scores},
        )
        expect.that(bool((table > 0).all()), "A probability of softmax is never 0.", got=table)


@pytest.mark.points(1)
@pytest.mark.needs("softmax_values")
@pytest.mark.concept("softmax")
@pytest.mark.hint("Softmax does not pick a winner. What does e^0.1 leave beside e^9.5?")
def test_softmax_is_not_argmax(learner):
    """softmax of the text's own list leaves something for every class"""
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
@pytest.mark.needs("softmax_values")
@pytest.mark.concept("numerical stability")
@pytest.mark.hint(
    "e^1000 is more than a float can hold. What happens to a row's probabilities if you subtract "
    "the same number from all its scores?",
    "Subtract each row's own maximum before np.exp: scores - scores.max(axis=1, keepdims=True).",
)
def test_softmax_stable(learner, rng):
    """softmax survives scores near 1000 and near -1000"""
    scores = rng.normal(0, 2, (int(rng.integers(4, 8)), int(rng.integers(3, 8))))
    scores[0] -= 1000
    scores[1, 0] += 1000  # near 1000 and near 0 in one row
    scores[-1] += 1000
    with np.errstate(all="ignore"):
        naive = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        shifted = np.exp(scores - scores.max())
        shared = shifted / shifted.sum(axis=1, keepdims=True)
        raised = np.exp(scores - scores.min(axis=1, keepdims=True))
        lifted = raised / raised.sum(axis=1, keepdims=True)
    expect.allclose(
        learner.softmax(scores),
        softmax(scores),
        rtol=2e-3,  # float32 holds scores near 1000 to 0.00006
        otherwise={
            "Near 1000, e^score overflows and you return nan. Subtract each row's maximum before "
            "exp: it changes nothing else.": naive,
            "You subtracted the largest score of the whole table. Rows far below it vanish: take "
            "each row's own maximum.": shared,
            "You subtracted each row's SMALLEST score; one that is 1000 above it still overflows. "
            "Subtract the largest.": lifted,
        },
        given={"scores": scores},
    )


@pytest.mark.points(2)
@pytest.mark.concept("argmax")
@pytest.mark.hint(
    "Each row holds the probabilities of one image. Which position is the largest?",
    "np.argmax looks at the flattened table unless you tell it the axis.",
)
def test_labels_argmax(learner, rng):
    """The predicted label is the position of the largest probability in each row"""
    first, second, single = tables(rng)
    for table in (first, second, single, first):
        right = table.argmax(axis=1)
        expect.array_equal(
            learner.predicted_labels(table),
            right,
            integers=True,
            otherwise={
                f"You returned one number for {len(table)} images: np.argmax without axis looks "
                "at the flattened table. One label per row: axis=1.": table.argmax(),
                "You returned one number per class: that is the argmax over axis 0. Take the "
                "largest of each row, axis=1.": table.argmax(axis=0),
                "All your labels are 1 too high: positions, and labels, start at 0.": right + 1,
                "You returned the largest probabilities themselves. Their positions are the "
                "labels.": table.max(axis=1),
                "These are the positions of the SMALLEST probabilities.": table.argmin(axis=1),
                f"You looked at the first ten classes only; here are {table.shape[1]}.": (
                    table[:, :10].argmax(axis=1)
                ),
            },
            given={"probabilities": table},
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
    for table, dtype in ((first, np.uint8), (second, np.int64), (single, np.uint8), (first, "i4")):
        guess = table.argmax(axis=1)
        labels = np.where(rng.random(len(table)) < 0.6, guess, rng.permutation(guess))
        if len(table) > 1:  # some right and some wrong, and not half of them
            labels[0], labels[1:4] = (guess[0] + 1) % table.shape[1], guess[1:4]
        hits = int(np.sum(guess == labels))
        right = hits / len(table)
        expect.number(
            learner.accuracy(table, labels.astype(dtype)),
            right,
            otherwise={
                "You averaged the model's own confidence. Accuracy compares predictions with the "
                "TRUE labels.": table.max(axis=1).mean(),
                "You averaged the probability given to the true label. Accuracy counts how often "
                "the prediction is right.": table[np.arange(len(table)), labels].mean(),
                "You counted the right images. Accuracy is their share, between 0 and 1.": hits,
                "Return a share between 0 and 1, not a percentage.": 100 * right,
                "This is the share of WRONG images.": 1 - right,
            },
            message=f"{hits} of {len(table)} predictions are right: {right:.4f}.",
            given={"predicted labels": guess, "true labels": labels},
        )
    for share in (1.0, 0.0):
        guess = first.argmax(axis=1)
        labels = guess if share else (guess + 1) % first.shape[1]
        expect.number(
            learner.accuracy(first, labels.astype(np.uint8)),
            share,
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
    for k, n in ((int(rng.integers(4, 9)), 30), (1, 6), (5, 5), (400, 600)):
        table = without_ties(rng, n)
        top = table.max(axis=1)
        order = np.argsort(top)
        ordered = np.sort(table, axis=1)
        result = learner.most_doubtful(table, k)
        expect.array_equal(
            result,
            order[:k],
            integers=True,
            otherwise={
                "You returned the most CONFIDENT images. Doubtful means a small largest "
                "probability: sort ascending.": order[::-1][:k],
                "You ranked by the smallest probability. Doubt is about the LARGEST of the row: "
                "how sure is the model of its best guess?": table.min(axis=1).argsort()[:k],
                "You ranked by the distance between the two largest. Here doubt means the "
                "largest one alone.": (ordered[:, -1] - ordered[:, -2]).argsort()[:k],
                "You ranked by the entropy of the whole row. Here doubt means its largest "
                "probability alone.": (table * np.log(table)).sum(axis=1).argsort()[:k],
                "You left out the most doubtful image: positions, and slices, start at 0.": (
                    order[1 : k + 1]
                ),
                "The right images, but in their old order: the most doubtful comes first.": (
                    np.sort(order[:k])
                ),
                "The right images, but the least doubtful of them first.": order[:k][::-1],
                "You returned the probabilities; their positions are asked for.": top[order[:k]],
                f"You returned all images; only {k} are asked for.": order,
            },
            given={"largest probabilities": top, "k": k},
        )


@pytest.mark.points(1)
@pytest.mark.needs("softmax_values", "labels_argmax", "accuracy_fraction", "most_doubtful")
@pytest.mark.concept("side effects")
@pytest.mark.hint("Which line changes an array in place? -=, /= and .sort() do.")
def test_inputs_untouched(learner, rng):
    """No function changes what it is given"""
    scores = rng.normal(0, 2, (6, 4))
    table = softmax(scores)
    labels = rng.integers(0, 4, 6).astype(np.uint8)
    expect.allclose(expect.unchanged(learner.softmax, scores), table, rtol=1e-4)
    expect.array_equal(expect.unchanged(learner.predicted_labels, table), table.argmax(axis=1))
    share = np.mean(table.argmax(axis=1) == labels)
    expect.number(expect.unchanged(learner.accuracy, table, labels), share)
    order = table.max(axis=1).argsort()[:3]
    expect.array_equal(expect.unchanged(learner.most_doubtful, table, 3), order)


@pytest.mark.points(2)
@pytest.mark.needs("labels_argmax", "accuracy_fraction")
@pytest.mark.concept("accuracy")
@pytest.mark.hint("The table is float32 and has ten columns; the labels are uint8.")
def test_real_predictions(learner, rng, garments, predictions):
    """On a real model's predictions for real garments, labels and accuracy are right"""
    some = rng.choice(len(predictions), 400, replace=False)
    table, labels = predictions[some], garments[1][some]
    guess = table.argmax(axis=1)
    expect.array_equal(learner.predicted_labels(table), guess, integers=True)
    expect.number(
        learner.accuracy(table, labels),
        float(np.mean(guess == labels)),
        given={"predicted labels": guess, "true labels": labels},
    )
