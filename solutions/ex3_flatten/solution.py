"""Why Flatten?

An image has rows and columns; a Dense layer is a list of units. Write the two rules by which
layers change shapes, a Flatten of your own, a vote of the rows where there is no Flatten, and a
function that reports how training fails. NumPy is enough.

    (None, 28, 28) --Flatten--> (None, 784) --Dense(64)--> (None, 64) --Dense(10)--> (None, 10)

Flatten writes the rows of an image one after another, as in a book. Dense works on the last axis of
what it gets, and leaves all others as they are. The article says: without Flatten you would need 28
layers of 28 neurons. Run this file, and see what really happens.

Guess first: without Flatten, where does it fail? And if all pixels are shuffled?
See it:  grade lab ex3      Read more:  grade lesson ex3

Try your functions below `if __name__ == "__main__":`, then run:  grade ex3
"""

from typing import Any

import numpy as np


def flatten_images(images: np.ndarray) -> np.ndarray:
    """One row of numbers per image, in reading order: row after row, as in a book.

    (n, ...) -> (n, product of the other axes), with the same dtype. Any number of axes,
    of any size: (n, 28, 28) -> (n, 784), color images (n, 32, 32, 3) -> (n, 3072).
    The images themselves stay as they are.

    >>> flatten_images(np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]))
    array([[1, 2, 3, 4],
           [5, 6, 7, 8]])
    """
    ### BEGIN SOLUTION
    # -1 lets NumPy compute the product of the other axes, however many there are.
    return images.reshape(len(images), -1)
    ### END SOLUTION


def dense_output_shape(input_shape: tuple, units: int) -> tuple:
    """The shape after Dense(units): the last axis becomes units, all others stay.

    (batch, ..., last) -> (batch, ..., units); the batch axis is a number, or None while it is
    not known how many images will come. Return a tuple; a list passes as well.

    >>> dense_output_shape((None, 28, 28), 64)
    (None, 28, 64)
    """
    ### BEGIN SOLUTION
    # [:-1] is everything but the last axis, however many axes there are. Nothing is computed with
    # the batch axis, so it may be None.
    return (*input_shape[:-1], units)
    ### END SOLUTION


def flatten_output_shape(input_shape: tuple) -> tuple:
    """The shape after Flatten: all axes but the batch axis become one.

    (batch, a, b, ...) -> (batch, a * b * ...); the batch axis is a number or None. Return a tuple;
    a list passes as well.

    >>> flatten_output_shape((None, 28, 28))
    (None, 784)
    """
    ### BEGIN SOLUTION
    # Only the axes after the batch axis are multiplied, so it does not matter that None is not a
    # number.
    size = 1
    for axis in input_shape[1:]:
        size *= axis
    return (input_shape[0], size)
    ### END SOLUTION


def row_votes(probabilities: np.ndarray) -> np.ndarray:
    """One label for each image where a model without Flatten answers for each of its rows.

    (n, rows, k) probabilities, k for each row of each image -> (n,) integers. The rows of an image
    vote together: the label is the position, counted from 0, of the largest AVERAGE probability.

    >>> row_votes(np.array([[[0.6, 0.4], [0.6, 0.4], [0.1, 0.9]]]))
    array([1])
    """
    ### BEGIN SOLUTION
    # First the mean over the rows, then the largest: a row that is nearly sure counts for more than
    # one that is not.
    return np.argmax(probabilities.mean(axis=1), axis=1)
    ### END SOLUTION


def fit_error(model: Any, x: np.ndarray, y: np.ndarray) -> str | None:
    """Call model.fit once, for one epoch: None if it worked, else the name of the error's class.

    A compiled model, images (n, ...), labels (n,) -> None, or a name such as "TypeError".
    Whatever fit raises is caught and named. x and y go to fit as they are.

    >>> fit_error("a string, not a model", images, labels)
    'AttributeError'
    """
    ### BEGIN SOLUTION
    # `except Exception` catches every usual error and lets Ctrl-C through. type(error).__name__
    # works for any class of error.
    try:
        model.fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        return type(error).__name__
    return None
    ### END SOLUTION


if __name__ == "__main__":
    import keras

    from grader.datasets import fashion_mnist

    # a model without Flatten, for real: which shape are its answers, and where does it fail?
    (images, labels), _ = fashion_mnist.load_data()
    model = keras.Sequential(
        [keras.layers.Dense(64, activation="relu"), keras.layers.Dense(10, activation="softmax")]
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    print(model.predict(images[:5] / 255.0, verbose=0).shape)
    try:
        model.fit(images / 255.0, labels, verbose=0)
    except ValueError as error:
        print(error)

    print(dense_output_shape(dense_output_shape((None, 28, 28), 64), 10))
