"""Why divide by 255?

Look at it:  grade lab ex7        or change it and run it yourself:  python ex7_normalize.py
"""

import keras

from grader.datasets import fashion_mnist


def network(optimizer: str = "adam") -> keras.Model:
    """The usual network with one hidden layer, compiled."""
    model = keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    # steps_per_execution: 32 batches in one go, which is faster and changes no number
    model.compile(
        optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=32
    )
    return model


def four_cells(seed: int, say=print) -> dict:
    """Train on raw or scaled pixels, test on raw or scaled pixels."""
    (images, labels), (test_images, test_labels) = fashion_mnist.load_data()
    table = {"cell": [], "accuracy": [], "loss": [], "first_loss": []}
    for trained, divisor in (("scaled", 255.0), ("raw", 1.0)):
        say(f"trained on {trained} pixels")
        keras.utils.set_random_seed(seed)
        model = network()
        history = model.fit(images / divisor, labels, epochs=5, verbose=0).history
        for tested, by in (("scaled", 255.0), ("raw", 1.0)):
            loss, accuracy = model.evaluate(test_images / by, test_labels, verbose=0)
            table["cell"].append(f"{trained}/{tested}")
            table["accuracy"].append(accuracy)
            table["loss"].append(loss)
            table["first_loss"].append(history["loss"][0])
    return table


def plain_sgd(seed: int, say=print) -> dict:
    """The same with plain gradient descent, which adapts no step, instead of Adam."""
    (images, labels), (test_images, test_labels) = fashion_mnist.load_data()
    table = {"pixels": [], "accuracy": [], "first_loss": []}
    for pixels, divisor in (("scaled", 255.0), ("raw", 1.0)):
        say(f"SGD on {pixels} pixels")
        keras.utils.set_random_seed(seed)
        model = network("sgd")
        history = model.fit(images / divisor, labels, epochs=5, verbose=0).history
        _, accuracy = model.evaluate(test_images / divisor, test_labels, verbose=0)
        table["pixels"].append(pixels)
        table["accuracy"].append(accuracy)
        table["first_loss"].append(history["loss"][0])
    return table


def other_rules(seed: int, say=print) -> dict:
    """Other ranges, and two slips: integer division, and dividing twice."""
    (images, labels), (test_images, test_labels) = fashion_mnist.load_data()
    mean, deviation = images.mean(), images.std()
    rules = {
        "0..1": lambda pixels: pixels / 255.0,
        "-1..1": lambda pixels: pixels / 127.5 - 1,
        "standard": lambda pixels: (pixels - mean) / deviation,
        "twice": lambda pixels: pixels / 255.0 / 255.0,
        "//": lambda pixels: pixels // 255,
    }
    table = {"rule": [], "accuracy": []}
    for name, rule in rules.items():
        say(name)
        keras.utils.set_random_seed(seed)
        model = network()
        model.fit(rule(images), labels, epochs=5, verbose=0)
        table["rule"].append(name)
        table["accuracy"].append(model.evaluate(rule(test_images), test_labels, verbose=0)[1])
    return table


def other_light(seed: int, say=print) -> dict:
    """Test a model on darker pictures than it was trained on, and on negatives."""
    keras.utils.set_random_seed(seed)
    (images, labels), (test_images, test_labels) = fashion_mnist.load_data()
    model, x_test = network(), test_images / 255.0
    say("trained on scaled pixels")
    model.fit(images / 255.0, labels, epochs=5, verbose=0)
    shown = {"as_is": x_test, "half": x_test / 2, "quarter": x_test / 4}
    shown["negative"] = 1 - x_test
    scores = [model.evaluate(each, test_labels, verbose=0)[1] for each in shown.values()]
    pictures = [(each[0] * 255).astype(int) for each in shown.values()]
    return {"light": [*shown], "accuracy": scores, "picture": pictures, "caption": [*shown]}


if __name__ == "__main__":
    print(four_cells(seed=1))
