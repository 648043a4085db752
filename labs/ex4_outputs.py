"""How many outputs?

Look at it:  grade lab ex4        or change it and run it yourself:  python ex4_outputs.py
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


def how_many(seed: int, say=print) -> dict:
    """Train with 5, 9, 10, 11, 20 and 100 outputs on labels from 0 to 9."""
    (images, labels), (test_images, test_labels) = fashion_mnist.load_data()
    table = {"outputs": [], "accuracy": [], "error": [], "unused": []}
    for outputs in (5, 9, 10, 11, 20, 100):
        say(f"{outputs} outputs")
        keras.utils.set_random_seed(seed)
        model, accuracy, error = network(64, outputs), None, ""
        try:
            model.fit(images / 255.0, labels, epochs=5, verbose=0)
            _, accuracy = model.evaluate(test_images / 255.0, test_labels, verbose=0)
        except Exception as raised:
            error = next(line for line in str(raised).splitlines() if "label value" in line)[:150]
        unused = model.predict(test_images / 255.0, verbose=0)[:, 10:].sum(axis=1).mean()
        table["outputs"].append(outputs)
        table["accuracy"].append(accuracy)
        table["error"].append(error)
        table["unused"].append(float(unused))
    return table | {"train": sum(each is not None for each in table["accuracy"])}


def unknown_garments(seed: int, say=print) -> dict:
    """Train on the first five kinds only, then show 100 ankle boots."""
    keras.utils.set_random_seed(seed)
    (images, labels), (test_images, test_labels) = fashion_mnist.load_data()
    known, known_test = labels < 5, test_labels < 5
    model = network(64, 5)
    say("five kinds, five outputs")
    model.fit(images[known] / 255.0, labels[known], epochs=5, verbose=0)
    _, accuracy = model.evaluate(
        test_images[known_test] / 255.0, test_labels[known_test], verbose=0
    )
    boots = test_images[test_labels == 9]
    answers = model.predict(boots / 255.0, verbose=0)
    return {
        "name": list(fashion_mnist.CLASS_NAMES[:5]),
        "boots": np.bincount(answers.argmax(axis=1), minlength=5),
        "confidence": float(answers.max(axis=1).mean()),
        "accuracy": accuracy,
        "picture": boots[:4],
        "caption": [fashion_mnist.CLASS_NAMES[each] + "?" for each in answers[:4].argmax(axis=1)],
    }


def nan_answers(seed: int, say=print) -> dict:
    """Compile five outputs with XLA, which checks no labels."""
    keras.utils.set_random_seed(seed)
    (images, labels), (test_images, test_labels) = fashion_mnist.load_data()
    model = network(64, 5)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"], jit_compile=True)
    say("XLA compiles the model, which takes a while")
    losses = model.fit(images / 255.0, labels, epochs=1, verbose=0).history["loss"]
    outputs = model.predict(test_images / 255.0, verbose=0)
    answers = outputs.argmax(axis=1)
    return {
        "name": list(fashion_mnist.CLASS_NAMES),
        "answers": np.bincount(answers, minlength=10),
        "loss": losses[0],
        "nan": float(np.isnan(outputs).mean()),
        "accuracy": float((answers == test_labels).mean()),
    }


def clipped_labels(seed: int, say=print) -> dict:
    """Make the error go away: call every label above 4 a 4."""
    keras.utils.set_random_seed(seed)
    (images, labels), (test_images, test_labels) = fashion_mnist.load_data()
    model = network(64, 5)
    say("labels 5 to 9 become 4")
    model.fit(images / 255.0, labels.clip(max=4), epochs=5, verbose=0)
    answers = model.predict(test_images / 255.0, verbose=0).argmax(axis=1)
    clipped, true = answers == test_labels.clip(max=4), answers == test_labels
    return {
        "labels": ["clipped", "true"],
        "accuracy": [float(clipped.mean()), float(true.mean())],
    }


if __name__ == "__main__":
    print(how_many(seed=1))
