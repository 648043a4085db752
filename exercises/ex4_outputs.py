"""How many outputs?

For the loss a label is a position: label 9 means output number 9. Write the functions that say,
before any training, whether labels fit a model; recode labels that don't; and build a model for
them. No function may change the labels it is given.

    labels 3, 40, 7, 3  --encode_labels-->  0, 2, 1, 0  --fit-->  a model with 3 outputs

The article says: the last layer must have exactly as many neurons as there are classes, all else is
an error. Half of that is right. Run this file to see an error, and look for its useful line, near
the end of about 40 lines.

Guess first: there are ten classes; which of 5, 9, 10, 11 and 20 outputs train?
See it:  grade lab ex4      Read more:  grade lesson ex4

Try your functions below `if __name__ == "__main__":`, then run:  grade ex4
"""

import keras
import numpy as np


def required_outputs(labels: np.ndarray) -> int:
    """The fewest outputs with which sparse_categorical_crossentropy takes these labels as they are.

    (n,) integers of any integer dtype, uint8 too, none below 0 -> one whole number.
    Outputs are counted from 0, and label 9 needs an output number 9.

    >>> required_outputs(np.array([0, 4, 1, 4]))
    5
    """
    raise NotImplementedError


def bad_labels(labels: np.ndarray, outputs: int) -> list[int]:
    """The labels that a model with this many outputs can't take: those outside [0, outputs).

    (n,) integers, perhaps below 0 -> a list (a tuple passes as well, an array does not), sorted,
    each label once; [] if all are good. [0, outputs) means 0, 1, ..., outputs - 1.

    >>> bad_labels(np.array([3, 9, 0, -1, 9, 5]), 5)
    [-1, 5, 9]
    """
    raise NotImplementedError


def encode_labels(labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Recode any labels as 0, 1, ..., k - 1, where k is how many different ones there are.

    (n,) integers, perhaps below 0 or far apart -> two arrays of integers (not lists), encoded (n,)
    and classes (k,). classes holds the different labels, sorted, so that classes[encoded] gives the
    old labels back. np.unique can do it.

    >>> encode_labels(np.array([3, 40, 7, 3]))
    (array([0, 2, 1, 0]), array([ 3,  7, 40]))
    """
    raise NotImplementedError


def build_classifier(labels: np.ndarray, units: int, input_shape: tuple) -> keras.Model:
    """A compiled model with one output for each class, to be trained on the encoded labels.

    Input(input_shape) -> Flatten -> Dense(units, relu) -> Dense(number of classes, softmax);
    optimizer adam, loss sparse_categorical_crossentropy, metrics ["accuracy"]. Nothing is trained.
    labels are the original ones, (n,) integers; the model needs one output for each different one.
    input_shape has no batch axis: (28, 28), (32, 32, 3). Make a new model in each call, with
    keras.Sequential([...]) or keras.Model(inputs, outputs), not with a class of your own.

    >>> build_classifier(np.array([3, 40, 7, 3]), 16, (28, 28)).output_shape
    (None, 3)
    """
    raise NotImplementedError


if __name__ == "__main__":
    from grader.datasets import fashion_mnist

    # the error, for real: which line of it helps?
    (images, labels), _ = fashion_mnist.load_data()
    five = keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(5, activation="softmax")])
    five.compile("adam", "sparse_categorical_crossentropy")
    try:
        five.fit(images / 255.0, labels, verbose=0)
    except Exception as error:
        print(error)

    print(required_outputs(labels), bad_labels(labels, 5))
