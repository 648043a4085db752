"""How many neurons?

Build a network of a given width and compile it, count its parameters by hand, measure what a
training costs, and draw up the curve that answers the question: accuracy by width.

    Input (28, 28) --Flatten--> 784 --Dense(units), relu--> units --Dense(10), softmax--> 10

A unit (neuron) of a Dense layer multiplies all its inputs with weights of its own, adds them up and
adds a bias. The width of a layer is its number of units. Training changes weights and biases so
that the loss falls: a number that says how little the model trusted the right answers. An epoch is
one pass through all training images.
The article says: with 1024 units instead of 128, training takes longer and is more accurate. Its
program can't show that: it is compiled without metrics and prints no accuracy at all.

Guess first: 1, 2, 8, 32, 128, 512 units. How will accuracy and time change?
See it:  grade lab ex2      Read more:  grade lesson ex2

Try your functions below `if __name__ == "__main__":`, then run:  grade ex2
"""

import time
from collections.abc import Callable

import keras
import numpy as np


def build_model(units: int) -> keras.Model:
    """A new network whose one hidden layer has the given number of units, not yet compiled.

    Input (28, 28) -> Flatten -> Dense(units) with relu -> Dense(10) with softmax, and nothing else.
    With Input the model has its weights at once; without it, count_params() fails.
    Make it with keras.Sequential([...]) or keras.Model(inputs, outputs), not with a class of your
    own.

    >>> build_model(128).count_params()
    101770
    """
    ### BEGIN SOLUTION
    # The list reads as the data flow, from top to bottom, and each layer is made where it is used.
    return keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    ### END SOLUTION


def compile_model(model: keras.Model) -> keras.Model:
    """Compile the model for training, and return it: the same model, not another one.

    The optimizer adam with its usual settings, the loss sparse_categorical_crossentropy, and
    metrics=["accuracy"].
    """
    ### BEGIN SOLUTION
    # Keras knows the optimizer and the loss by their names, with the usual settings. compile
    # changes the model itself, so the same model can be returned.
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
    ### END SOLUTION


def count_parameters(units: int, inputs: int = 784, classes: int = 10) -> int:
    """How many weights and biases both Dense layers have together, by arithmetic only.

    inputs numbers go into each of the units, all units into each of the classes; every unit and
    every class has one bias. No model is built: the numbers may be huge, larger than 64 bits hold,
    and every digit counts.

    >>> count_parameters(128)
    101770
    """
    ### BEGIN SOLUTION
    # There is one term for each kind of parameter, in the order in which data meet them. Python's
    # integers may have any number of digits.
    return inputs * units + units + units * classes + classes
    ### END SOLUTION


def timed_fit(model: keras.Model, x: np.ndarray, y: np.ndarray, epochs: int) -> dict[str, float]:
    """Train a compiled model with one call to model.fit, and report the result.

    Images x (n, 28, 28) and labels y (n,) go to fit as they are, for the given number of epochs;
    everything else as fit has it by default (verbose may be 0). Returns a dict with exactly three
    numbers. Do not round them.

    "loss", "accuracy"   those of the last epoch, from the history that fit returns
    "seconds"            how long fit took by the clock

    >>> timed_fit(model, x, y, epochs=5)
    {'loss': 0.39418733, 'accuracy': 0.86049998, 'seconds': 5.0317102}
    """
    ### BEGIN SOLUTION
    # perf_counter is made for measuring: unlike the time of day, it never jumps. Nothing but fit
    # happens between its two readings.
    begin = time.perf_counter()
    history = model.fit(x, y, epochs=epochs, verbose=0)
    seconds = time.perf_counter() - begin
    return {
        "loss": history.history["loss"][-1],
        "accuracy": history.history["accuracy"][-1],
        "seconds": seconds,
    }
    ### END SOLUTION


def accuracy_by_width(
    train_fn: Callable[[int, int], float], widths: list[int], seeds: list[int]
) -> np.ndarray:
    """The mean accuracy of each width, over several seeds: one run alone may be luck.

    train_fn(units, seed) trains a network of that width, whose random start the seed decides, and
    returns its test accuracy. Call it once for each width with each seed. Returns an array
    (len(widths),) with one mean for each width, in the order of widths, not rounded; a list passes
    as well.

    >>> accuracy_by_width(lambda units, seed: units / 100 + seed / 10, [10, 50], [1, 3])
    array([0.3, 0.7])
    """
    ### BEGIN SOLUTION
    # It reads as the task does: the mean over the seeds, for each width. No list is filled and no
    # sum is kept by hand.
    return np.array([np.mean([train_fn(units, seed) for seed in seeds]) for units in widths])
    ### END SOLUTION


if __name__ == "__main__":
    from grader.datasets import fashion_mnist

    print(count_parameters(128))

    (images, labels), (test_images, test_labels) = fashion_mnist.load_data()

    def train(units: int, seed: int) -> float:
        """The test accuracy after five epochs; says how long they took."""
        keras.utils.set_random_seed(seed)
        model = compile_model(build_model(units))
        result = timed_fit(model, images / 255.0, labels, epochs=5)
        print(f"{units:4} units, seed {seed}: {result['seconds']:4.1f} s")
        return model.evaluate(test_images / 255.0, test_labels, verbose=0)[1]

    print(accuracy_by_width(train, [32, 128, 512], [1, 2]))
