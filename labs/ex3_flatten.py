"""Why Flatten?

Look at it:  grade lab ex3        or change it and run it yourself:  python ex3_flatten.py
"""

import keras
import numpy as np

from grader.datasets import fashion_mnist


def network(units: int, outputs: int = 10) -> keras.Model:
    """The usual network with one hidden layer, compiled."""
    model = keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(outputs, activation="softmax"),
        ]
    )
    # steps_per_execution: 32 batches in one go, which is faster and changes no number
    model.compile(
        "adam", "sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=32
    )
    return model


def without_flatten() -> dict:
    """Leave Flatten out, and see where it fails."""
    (images, labels), _ = fashion_mnist.load_data()
    model = keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    answer = model.predict(images[:5] / 255.0, verbose=0)
    try:
        model.fit(images / 255.0, labels, verbose=0)
        error, message = "none", ""
    except Exception as raised:
        error, message = type(raised).__name__, str(raised)
    return {
        "step": ["build the model", "predict 5 images", "fit"],
        "result": [f"{model.count_params():,} parameters", f"shape {answer.shape}", error],
        "message": message[:200].replace("\n", " "),
        "parameters": model.count_params(),
        "where": 2 if message else 3,
    }


def scrambled(seed: int, say=print) -> dict:
    """Scramble the 784 pixels of every image in the same way, training and test images alike."""
    (images, labels), (test_images, test_labels) = fashion_mnist.load_data()
    order = np.random.default_rng(1).permutation(784)
    same = np.arange(784)
    table = {"pixels": [], "accuracy": [], "picture": [], "caption": []}
    for name, places in (("in_place", same), ("scrambled", order)):
        say(name)
        keras.utils.set_random_seed(seed)
        model = network(64)
        x, x_test = (
            each.reshape(-1, 784)[:, places].reshape(-1, 28, 28) for each in (images, test_images)
        )
        model.fit(x / 255.0, labels, epochs=5, verbose=0)
        _, accuracy = model.evaluate(x_test / 255.0, test_labels, verbose=0)
        table["pixels"].append(name)
        table["accuracy"].append(accuracy)
        table["picture"].append(x[0])
        table["caption"].append(name)
    return table | {"lost": table["accuracy"][0] - table["accuracy"][1]}


def rows_vote(seed: int, say=print) -> dict:
    """Train without Flatten after all: give each of an image's 28 rows the image's label."""
    keras.utils.set_random_seed(seed)
    (images, labels), (test_images, test_labels) = fashion_mnist.load_data()
    model = keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", steps_per_execution=32)
    say("28 answers for each image")
    model.fit(images / 255.0, np.repeat(labels[:, None], 28, axis=1), epochs=5, verbose=0)
    answers = model.predict(test_images / 255.0, verbose=0)
    alone = answers.argmax(axis=2) == test_labels[:, None]
    voted = answers.mean(axis=1).argmax(axis=1) == test_labels
    say("the whole image")
    keras.utils.set_random_seed(seed)
    whole = network(64)
    whole.fit(images / 255.0, labels, epochs=5, verbose=0)
    _, accuracy = whole.evaluate(test_images / 255.0, test_labels, verbose=0)
    return {
        "who": ["one_row", "28_rows", "whole_image"],
        "accuracy": [float(alone.mean()), float(voted.mean()), accuracy],
        "row": list(range(28)),
        "row_accuracy": alone.mean(axis=0),
    }


if __name__ == "__main__":
    print(without_flatten())
