"""How long to train?

Look at it:  grade lab ex6        or change it and run it yourself:  python ex6_epochs.py
"""

import keras
import numpy as np

from grader.datasets import fashion_mnist


def network(units: int) -> keras.Model:
    """The usual network with one hidden layer, compiled."""
    model = keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    # steps_per_execution: 32 batches in one go, which is faster and changes no number
    model.compile(
        "adam", "sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=32
    )
    return model


def thirty_epochs(seed: int, say=print) -> dict:
    """Train for 30 epochs, with the last fifth of the garments held back."""
    keras.utils.set_random_seed(seed)
    (images, labels), _ = fashion_mnist.load_data()
    model = network(128)
    history = model.fit(
        images / 255.0,
        labels,
        epochs=30,
        validation_split=0.2,
        verbose=0,
        callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=told(say))],
    ).history
    best = int(np.argmin(history["val_loss"]))
    return {
        "epoch": list(range(1, 31)),
        "loss": history["loss"],
        "val_loss": history["val_loss"],
        "accuracy": history["accuracy"],
        "val_accuracy": history["val_accuracy"],
        "best_epoch": best + 1,
        "best_val_loss": history["val_loss"][best],
        "worse": history["val_loss"][-1] / history["val_loss"][best] - 1,
        "accuracy_change": history["val_accuracy"][-1] - history["val_accuracy"][best],
        "loss_rose": int(sum(np.diff(history["loss"]) > 0)),
    }


def wrong_answers(seed: int, say=print) -> dict:
    """Test a model after 10 and after 30 epochs: how often is it wrong, and how sure then?"""
    keras.utils.set_random_seed(seed)
    (images, labels), (test_images, test_labels) = fashion_mnist.load_data()
    model = network(128)
    table = {"epochs": [], "loss": [], "accuracy": [], "sure_and_wrong": [], "confidence": []}
    for epochs, more in ((10, 10), (30, 20)):
        callback = keras.callbacks.LambdaCallback(on_epoch_end=told(say))
        model.fit(images / 255.0, labels, epochs=more, verbose=0, callbacks=[callback])
        probabilities = model.predict(test_images / 255.0, verbose=0)
        confidence = probabilities.max(axis=1)
        wrong = probabilities.argmax(axis=1) != test_labels
        table["epochs"].append(epochs)
        table["loss"].append(float(-np.log(probabilities[range(1000), test_labels]).mean()))
        table["accuracy"].append(float(1 - wrong.mean()))
        table["sure_and_wrong"].append(int(sum(wrong & (confidence >= 0.9))))
        table["confidence"].append(float(confidence[wrong].mean()))
    few, many = table["sure_and_wrong"]
    return table | {"surer": many / few}


def random_labels(seed: int, say=print) -> dict:
    """Give 600 garments labels that mean nothing, and train for 80 epochs."""
    keras.utils.set_random_seed(seed)
    (images, _), (test_images, test_labels) = fashion_mnist.load_data()
    images, labels = images[:600], np.random.default_rng(seed).integers(0, 10, 600)
    model = network(512)
    callback = keras.callbacks.LambdaCallback(on_epoch_end=told(say))
    history = model.fit(images / 255.0, labels, epochs=80, verbose=0, callbacks=[callback]).history
    _, accuracy = model.evaluate(test_images / 255.0, test_labels, verbose=0)
    return {
        "epoch": list(range(1, 81)),
        "accuracy": history["accuracy"],
        "loss": history["loss"],
        "train_accuracy": history["accuracy"][-1],
        "test_accuracy": accuracy,
    }


def first_epoch(seed: int, say=print) -> dict:
    """Compare the loss that Keras prints for the first epoch with the loss after it."""
    keras.utils.set_random_seed(seed)
    (images, labels), _ = fashion_mnist.load_data()
    images = images / 255.0
    model = network(128)
    history = model.fit(images, labels, epochs=1, validation_split=0.2, verbose=0).history
    after, _ = model.evaluate(images[:4800], labels[:4800], verbose=0)
    keras.utils.set_random_seed(seed)
    model = network(128)
    whole = model.fit(images, labels, epochs=1, verbose=0).history["loss"][0]
    whole_after, _ = model.evaluate(images, labels, verbose=0)
    return {
        "which": ["loss", "loss_afterwards", "val_loss"],
        "value": [history["loss"][0], after, history["val_loss"][0]],
        "val_minus_loss": history["val_loss"][0] - history["loss"][0],
        "all_printed": whole,
        "all_after": whole_after,
    }


def told(say):
    """What says, after each epoch, how far a training is."""
    return lambda epoch, logs: say(f"epoch {epoch + 1}: loss {logs['loss']:.3f}")


if __name__ == "__main__":
    print(thirty_epochs(seed=1))
