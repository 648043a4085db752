"""Why divide by 255?

Pixels run from 0 to 255, and a network learns better from small numbers. Write the functions that
scale images, always both sets by one rule, and one that compares fairly: two equal models, one on
raw pixels, one on scaled ones. No function may change the images it is given.

    training images --rule--> small numbers --fit-->  model
    test images     --the same rule-->  small numbers --predict-->  accuracy

The starting weights are small, made for inputs around 1. With larger inputs the errors are larger,
and the first steps go too far. The article says: its first run divides by 255, and prints a loss
from 2.92 down to 0.517. But these numbers come from a run that was never scaled.

Guess first: trained on 0 to 255, tested on 0 to 1, and the reverse: what happens?
See it:  grade lab ex7      Read more:  grade lesson ex7

Try your functions below `if __name__ == "__main__":`, then run:  grade ex7
"""

from collections.abc import Callable

import keras
import numpy as np


def normalize(images: np.ndarray) -> np.ndarray:
    """Divide by 255: numbers from 0 to 255 become numbers from 0 to 1.

    Images of any shape, usually uint8, sometimes floats such as 127.5; the array may be empty -> a
    new float32 array of the same shape. images stays as it is.

    >>> normalize(np.array([[0, 51, 255]], dtype=np.uint8))
    array([[0. , 0.2, 1. ]], dtype=float32)
    """
    raise NotImplementedError


def prepare(train_images: np.ndarray, test_images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both sets, scaled by the same rule: divided by 255, as normalize does it.

    (n, ...) and (m, ...) images -> two new float32 arrays, training images first, as a tuple or a
    list.

    >>> prepare(np.array([[255, 0]], np.uint8), np.array([[51, 51]], np.uint8))
    (array([[1., 0.]], dtype=float32), array([[0.2, 0.2]], dtype=float32))
    """
    raise NotImplementedError


def standardize(train_images: np.ndarray, test_images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Another rule: (pixel - mean) / sd, with ONE mean and ONE sd, both of the TRAINING images.

    mean and sd (the standard deviation as np.std has it, which divides by n) are two numbers, over
    all pixels of all training images; the test images are scaled by the same two. (n, ...) and
    (m, ...) images -> two new arrays of floats, training images first, as a tuple or a list.

    >>> standardize(np.array([[0.0, 4.0]]), np.array([[2.0, 6.0]]))
    (array([[-1.,  1.]]), array([[0., 2.]]))
    """
    raise NotImplementedError


def compare(
    build: Callable[[], keras.Model],
    x: np.ndarray,
    y: np.ndarray,
    x_test: np.ndarray,
    y_test: np.ndarray,
    epochs: int,
    seed: int,
) -> dict[str, float]:
    """Test accuracies without and with scaling: {"raw": ..., "scaled": ...}, both from 0 to 1.

    For each of the two call keras.utils.set_random_seed(seed), then build(), which returns a fresh
    model, compiled with metrics=["accuracy"]: so both start from the same weights. Train it with
    one call of fit on x and y for the given number of epochs, in Keras's batches of 32, and measure
    it on the test images, without rounding; on the raw pixels in one run, divided by 255 in the
    other, both sets alike.

    >>> compare(build, x, y, x_test, y_test, epochs=5, seed=1)
    {'raw': 0.6880000233650208, 'scaled': 0.8320000171661377}
    """
    raise NotImplementedError


if __name__ == "__main__":
    from grader.datasets import fashion_mnist

    def build() -> keras.Model:
        """A fresh model; its first weights are drawn at random."""
        model = keras.Sequential(
            [
                keras.layers.Input((28, 28)),
                keras.layers.Flatten(),
                keras.layers.Dense(128, activation="relu"),
                keras.layers.Dense(10, activation="softmax"),
            ]
        )
        model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        return model

    (x, y), (x_test, y_test) = fashion_mnist.load_data()
    print(compare(build, x, y, x_test, y_test, epochs=5, seed=1))
