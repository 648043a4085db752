"""One more hidden layer?

Look at it:  grade lab ex5        or change it and run it yourself:  python ex5_layers.py
"""

import keras
import numpy as np

from grader.datasets import fashion_mnist


def network(*hidden: int) -> keras.Model:
    """A network with these hidden layers, compiled."""
    model = keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            *(keras.layers.Dense(units, activation="relu") for units in hidden),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    # steps_per_execution: 32 batches in one go, which is faster and changes no number
    model.compile(
        "adam", "sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=32
    )
    return model


def accuracy(seed: int, *hidden: int) -> float:
    """The test accuracy of such a network after five epochs."""
    keras.utils.set_random_seed(seed)
    (images, labels), (test_images, test_labels) = fashion_mnist.load_data()
    model = network(*hidden)
    model.fit(images / 255.0, labels, epochs=5, verbose=0)
    return model.evaluate(test_images / 255.0, test_labels, verbose=0)[1]


def same_network(seed: int, say=print) -> dict:
    """One and the same network, once more, with other starting weights."""
    return {"accuracy": accuracy(seed, 128)}


def false_alarms(say=print) -> dict:
    """Compare two equal variants 20,000 times by the rule of two standard errors."""
    rng, table = np.random.default_rng(0), {"runs": [], "clear": []}
    for runs in (2, 3, 5, 10):
        say(f"{runs} runs against {runs}")
        a, b = rng.normal(size=(2, 20_000, runs))
        error = np.sqrt(a.var(axis=1, ddof=1) / runs + b.var(axis=1, ddof=1) / runs)
        clear = abs(a.mean(axis=1) - b.mean(axis=1)) > 2 * error
        table["runs"].append(runs)
        table["clear"].append(float(clear.mean()))
    return table


def second_layer(seed: int, say=print) -> dict:
    """The article's experiment: 512 units, or 512 and then 256."""
    table = {"hidden": [], "accuracy": []}
    for name, hidden in (("512", (512,)), ("512+256", (512, 256))):
        say(f"{name} units")
        table["hidden"].append(name)
        table["accuracy"].append(accuracy(seed, *hidden))
    return table | {"gain": table["accuracy"][1] - table["accuracy"][0]}


def tinted(seed: int, say=print) -> dict:
    """Color pictures: each garment in a color of its own, one or two hidden layers."""
    (images, labels), (test_images, test_labels) = fashion_mnist.load_data()
    rng = np.random.default_rng(0)  # the same colors for all seeds

    def in_color(gray: np.ndarray) -> np.ndarray:
        return gray[..., None] / 255.0 * rng.uniform(0.3, 1.0, (len(gray), 1, 1, 3))

    x, x_test = in_color(images), in_color(test_images)
    table = {"hidden": [], "accuracy": []}
    for name, hidden in (("512", (512,)), ("512+256", (512, 256))):
        say(f"{name} units, color")
        keras.utils.set_random_seed(seed)
        layers = [keras.layers.Dense(units, activation="relu") for units in hidden]
        last = keras.layers.Dense(10, activation="softmax")
        model = keras.Sequential(
            [keras.layers.Input((28, 28, 3)), keras.layers.Flatten(), *layers, last]
        )
        model.compile(
            "adam", "sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=32
        )
        model.fit(x, labels, epochs=5, verbose=0)
        table["hidden"].append(name)
        table["accuracy"].append(model.evaluate(x_test, test_labels, verbose=0)[1])
    shown = (x_test[:4] @ [0.299, 0.587, 0.114] * 255).astype(int)  # as gray, for a terminal
    return table | {
        "gain": table["accuracy"][1] - table["accuracy"][0],
        "picture": shown,
        "caption": ["tinted"] * 4,
    }


if __name__ == "__main__":
    print([same_network(seed)["accuracy"] for seed in range(1, 6)])
