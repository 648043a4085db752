"""Stop in time

Look at it:  grade lab ex8        or change it and run it yourself:  python ex8_callbacks.py
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


class StopWhen(keras.callbacks.Callback):
    """Ends a training after the first epoch of which a rule holds."""

    def __init__(self, rule, say) -> None:
        super().__init__()
        self.rule, self.say = rule, say

    def on_epoch_end(self, epoch, logs=None):
        """Say how far it is, and perhaps stop."""
        self.say(f"epoch {epoch + 1}: accuracy {logs['accuracy']:.3f}")
        if self.rule(logs):
            self.model.stop_training = True


def stop_at_95(seed: int, say=print) -> dict:
    """Stop when the training accuracy reaches 95%, a fifth of the garments held back."""
    keras.utils.set_random_seed(seed)
    (images, labels), _ = fashion_mnist.load_data()
    history = (
        network(128)
        .fit(
            images / 255.0,
            labels,
            epochs=60,
            validation_split=0.2,
            verbose=0,
            callbacks=[StopWhen(lambda logs: logs["accuracy"] >= 0.95, say)],
        )
        .history
    )
    val_loss = history["val_loss"]
    return {
        "epoch": list(range(1, len(val_loss) + 1)),
        "accuracy": history["accuracy"],
        "val_accuracy": history["val_accuracy"],
        "val_loss": val_loss,
        "stopped": len(val_loss),
        "reached": history["val_accuracy"][-1],
        "highest": max(history["val_accuracy"]),
        "best_epoch": int(np.argmin(val_loss)) + 1,
        "best_val_loss": min(val_loss),
        "last_val_loss": val_loss[-1],
    }


def below_04(seed: int, say=print) -> dict:
    """The article's callback: stop when the loss is below 0.4. Which accuracy is that?"""
    (images, labels), (test_images, test_labels) = fashion_mnist.load_data()
    table = {"units": [], "epochs": [], "accuracy": [], "test_accuracy": [], "first_epoch": []}
    for units in (128, 512):
        keras.utils.set_random_seed(seed)
        model = network(units)
        stop = StopWhen(lambda logs: logs["loss"] < 0.4, say)
        history = model.fit(images / 255.0, labels, epochs=10, verbose=0, callbacks=[stop]).history
        table["units"].append(units)
        table["epochs"].append(len(history["loss"]))
        table["accuracy"].append(model.evaluate(images / 255.0, labels, verbose=0)[1])
        table["test_accuracy"].append(
            model.evaluate(test_images / 255.0, test_labels, verbose=0)[1]
        )
        table["first_epoch"].append(history["accuracy"][0])
    return table


def early_stopping(seed: int, say=print) -> dict:
    """Keras's own callback: stop when val_loss has not improved for three epochs."""
    keras.utils.set_random_seed(seed)
    (images, labels), (test_images, test_labels) = fashion_mnist.load_data()
    model = network(128)
    stop = keras.callbacks.EarlyStopping("val_loss", patience=3, restore_best_weights=True)
    said = StopWhen(lambda logs: False, say)
    history = model.fit(
        images / 255.0,
        labels,
        epochs=60,
        validation_split=0.2,
        verbose=0,
        callbacks=[stop, said],
    ).history
    _, accuracy = model.evaluate(test_images / 255.0, test_labels, verbose=0)
    return {
        "epoch": list(range(1, len(history["loss"]) + 1)),
        "val_loss": history["val_loss"],
        "ran": len(history["loss"]),
        "test_accuracy": accuracy,
    }


if __name__ == "__main__":
    print(stop_at_95(seed=1))
