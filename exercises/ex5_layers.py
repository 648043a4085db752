"""One more hidden layer?

Build a network with any number of hidden layers, count its parameters, and compare two variants
fairly: several runs each, and a rule that tells a difference from chance. No function may
change the lists and arrays it is given.

    [784, 512, 10]  or  [784, 512, 256, 10]?   scores of 5 runs each  -->  "a", "b" or neither

A network begins with random weights and sees the images in random order; a seed fixes both. With
another seed the same network gets another score, so one run of each variant proves nothing.
The article runs each once and says: one more layer has no visible effect here, because the data are
simple; color pictures need extra layers. But color brings more inputs, not a need for depth.

Guess first: train one network with ten seeds. How far apart are best and worst?
See it:  grade lab ex5      Read more:  grade lesson ex5

Try your functions below `if __name__ == "__main__":`, then run:  grade ex5
"""

from collections.abc import Callable

import keras
import numpy as np


def build_mlp(
    hidden: list[int], classes: int = 10, input_shape: tuple[int, ...] = (28, 28)
) -> keras.Model:
    """A new network with one hidden layer for each number in the list, not yet compiled.

    Input(input_shape) -> Flatten -> Dense(h) with relu for every h in hidden, in this order ->
    Dense(classes) with softmax, and nothing else. The list may be empty: then there is no hidden
    layer. Equal numbers mean separate layers, each with its own weights, and each call draws new
    ones: set no seed. The shape may have a color axis, such as (28, 28, 3). Use keras.Sequential
    or keras.Model(inputs, outputs), no class of your own.

    >>> build_mlp([512, 256]).count_params()
    535818
    """
    raise NotImplementedError


def count_parameters(sizes: list[int]) -> int:
    """How many weights and biases the Dense layers have together, by arithmetic only.

    sizes: the number of inputs, of the units of each hidden layer, and of the outputs; at least
    two numbers. Each layer has a weight for every pair of its inputs and its units, and a bias for
    each unit. No model is built: the numbers may be huge. Python's int holds them all; NumPy's
    int64 and floats do not.

    >>> count_parameters([784, 512, 256, 10])
    535818
    """
    raise NotImplementedError


def repeat_scores(train_fn: Callable[[int], float], seeds: list[int]) -> np.ndarray:
    """The scores of several runs: train_fn(seed) trains with a seed and returns its score.

    It is called once for each entry of seeds, in order, also for an entry that comes twice.
    Returns a NumPy array (len(seeds),) with exactly what it returned, neither rounded nor made
    float32; an empty one for an empty list.

    >>> repeat_scores(lambda seed: seed / 100, [3, 1, 2])
    array([0.03, 0.01, 0.02])
    """
    raise NotImplementedError


def verdict(a: np.ndarray, b: np.ndarray) -> str:
    """Which variant is better, by the scores of its runs: "a", "b" or "no clear difference".

    Higher scores are better. The difference of the two means is clear when it is MORE than two
    standard errors of that difference,

        se = sqrt(var(a) / len(a) + var(b) / len(b))

    where var is the sample variance: np.var(..., ddof=1). a and b hold at least two scores each,
    but not always equally many. If the runs of each variant agree, se is 0, and any difference is
    clear.

    With few runs the rule is often wrong: see `grade lab ex5 false_alarms`. There it compares two
    EQUAL variants, and finds a difference in
    - 18% of all comparisons of 2 + 2 runs,
    - 11% of all comparisons of 3 + 3 runs,
    - 8% of all comparisons of 5 + 5 runs.

    >>> verdict(np.array([0.91, 0.92, 0.93]), np.array([0.81, 0.82]))
    'a'
    """
    raise NotImplementedError


if __name__ == "__main__":
    from grader.datasets import fashion_mnist

    print(count_parameters([784, 512, 256, 10]))

    (images, labels), (test_images, test_labels) = fashion_mnist.load_data()

    def score(hidden: list[int], seed: int) -> float:
        """The test accuracy after two epochs."""
        keras.utils.set_random_seed(seed)
        model = build_mlp(hidden)
        model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        model.fit(images / 255.0, labels, epochs=2, verbose=0)
        return model.evaluate(test_images / 255.0, test_labels, verbose=0)[1]

    one = repeat_scores(lambda seed: score([128], seed), [1, 2, 3])
    two = repeat_scores(lambda seed: score([128, 64], seed), [1, 2, 3])
    print(one, two, verdict(one, two))
