"""How many neurons?

Look at it:  grade lab ex2        or change it and run it yourself:  python ex2_neurons.py
"""

import keras

from grader.datasets import fashion_mnist, mnist


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


def score(model: keras.Model, data, epochs: int = 5) -> tuple[float, float]:
    """Train a model; its last training loss, and its accuracy on the test images."""
    (images, labels), (test_images, test_labels) = data
    history = model.fit(images / 255.0, labels, epochs=epochs, verbose=0).history
    _, accuracy = model.evaluate(test_images / 255.0, test_labels, verbose=0)
    return history["loss"][-1], accuracy


def widths(seed: int, say=print) -> dict:
    """From one neuron to 512: what do more of them bring, and what do they cost?"""
    import time

    table = {"units": [], "accuracy": [], "loss": [], "parameters": [], "seconds": []}
    for units in (1, 2, 8, 32, 128, 512):
        say(f"{units} units")
        keras.utils.set_random_seed(seed)
        model, began = network(units), time.perf_counter()
        loss, accuracy = score(model, fashion_mnist.load_data())
        table["units"].append(units)
        table["accuracy"].append(accuracy)
        table["loss"].append(loss)
        table["parameters"].append(model.count_params())
        table["seconds"].append(time.perf_counter() - began)
    return table


def digits(seed: int, say=print) -> dict:
    """The article's case: handwritten digits, 128 and 1,024 units."""
    table = {"units": [], "accuracy": []}
    for units in (128, 1024):
        say(f"{units} units, digits")
        keras.utils.set_random_seed(seed)
        table["units"].append(units)
        table["accuracy"].append(score(network(units), mnist.load_data())[1])
    return table | {"gain": table["accuracy"][1] - table["accuracy"][0]}


def no_activation(seed: int, say=print) -> dict:
    """128 units with relu, 128 units without any activation, and no hidden layer at all."""
    table = {"hidden": [], "accuracy": []}
    for name in ("relu", "linear", "none"):
        say(name)
        keras.utils.set_random_seed(seed)
        hidden = [] if name == "none" else [keras.layers.Dense(128, activation=name)]
        last = keras.layers.Dense(10, activation="softmax")
        model = keras.Sequential(
            [keras.layers.Input((28, 28)), keras.layers.Flatten(), *hidden, last]
        )
        model.compile(
            "adam", "sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=32
        )
        table["hidden"].append(name)
        table["accuracy"].append(score(model, fashion_mnist.load_data())[1])
    return table


def softmax_and_sigmoid(seed: int, say=print) -> dict:
    """Two slips: softmax in the hidden layer, and sigmoid at the output."""
    _, (test_images, _) = fashion_mnist.load_data()
    table = {"slip": [], "accuracy": [], "sum_off": []}
    for name, hidden, last in (
        ("none", "relu", "softmax"),
        ("softmax_inside", "softmax", "softmax"),
        ("sigmoid_out", "relu", "sigmoid"),
    ):
        say(name)
        keras.utils.set_random_seed(seed)
        model = keras.Sequential(
            [
                keras.layers.Input((28, 28)),
                keras.layers.Flatten(),
                keras.layers.Dense(128, activation=hidden),
                keras.layers.Dense(10, activation=last),
            ]
        )
        model.compile(
            "adam", "sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=32
        )
        table["slip"].append(name)
        table["accuracy"].append(score(model, fashion_mnist.load_data())[1])
        sums = model.predict(test_images / 255.0, verbose=0).sum(axis=1)
        table["sum_off"].append(float(abs(sums - 1).max()))
    return table


if __name__ == "__main__":
    print(widths(seed=1))
