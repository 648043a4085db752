"""Stop in time

A callback listens to a training: after each epoch Keras calls its methods with the logs, and the
callback may end the training. The first callback is an example that lacks only the method that
stops; write that method, then a callback of your own like it, and two functions that count epochs.
Leave the logs and the losses that you are given as they are.

    fit  --epoch, logs-->  on_epoch_end  --self.model.stop_training = True-->  fit ends

The article says: its callback prints "Reached 60% accuracy" as soon as the LOSS is below 0.4. But a
loss is no accuracy, and a message must say what was measured. It also says that 95% is a good
standard to stop at.

Keras has a callback of its own, keras.callbacks.EarlyStopping: it stops when a value such as
val_loss has not improved for some epochs. Yours stop at a threshold; all of them set the same flag.

Guess first: stopped at 95% on the training images, how good is it on others?
See it:  grade lab ex8      Read more:  grade lesson ex8

Try your code below `if __name__ == "__main__":`, then run:  grade ex8
"""

from collections.abc import Sequence

import keras
import numpy as np


class StopAtLoss(keras.callbacks.Callback):
    """Ends training after the first epoch whose loss is below the threshold.

    Keras calls the methods, by exactly these names; self.model is the model that it trains.
    stopped_epoch is the epoch after which it stopped, counted from 1; None if it did not. (In
    EarlyStopping the same name counts from 0, and is 0 if it did not stop.)
    """

    def __init__(self, threshold: float = 0.4) -> None:
        """Keep the threshold; stopped_epoch is None. Nothing to do here: it is an example."""
        super().__init__()  # let Keras set up its part first
        self.threshold = threshold  # every method of this callback can read it
        self.stopped_epoch: int | None = None

    def on_train_begin(self, logs: dict | None = None) -> None:
        """Called when a training starts, maybe for the second time: reset stopped_epoch to None."""
        self.stopped_epoch = None

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """If logs["loss"] is below the threshold: print which loss was reached, and stop.

        epoch counts from 0. Print the loss with at least two decimals, set stopped_epoch, and set
        self.model.stop_training to True.
        """
        ### BEGIN SOLUTION
        # The loss is read once, so the line that decides and the line that prints can't differ.
        loss = logs["loss"]
        if loss < self.threshold:
            print(f"\nLoss {loss:.4f} reached in epoch {epoch + 1}: that is enough.")
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True
        ### END SOLUTION


class StopAtAccuracy(keras.callbacks.Callback):
    """Ends training after the first epoch whose training accuracy is the target or more.

    stopped_epoch means the same as in StopAtLoss. It need not print anything.
    """

    def __init__(self, target: float) -> None:
        """Keep the target; stopped_epoch is None."""
        ### BEGIN SOLUTION
        super().__init__()
        self.target = target
        self.stopped_epoch: int | None = None
        ### END SOLUTION

    def on_train_begin(self, logs: dict | None = None) -> None:
        """Called when a training starts, maybe for the second time: reset stopped_epoch to None."""
        ### BEGIN SOLUTION
        self.stopped_epoch = None
        ### END SOLUTION

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """If logs["accuracy"] is at least the target: stop.

        A model that was compiled without metrics=["accuracy"] has no such entry in its logs.
        Then raise a ValueError whose message names the missing accuracy.
        """
        ### BEGIN SOLUTION
        # Whether the logs have an accuracy is checked first, so the error can say what to do. A
        # KeyError could not.
        if "accuracy" not in logs:
            raise ValueError(
                f"No accuracy in the logs {sorted(logs)}: compile with metrics=['accuracy']."
            )
        if logs["accuracy"] >= self.target:
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True
        ### END SOLUTION


def epochs_until(losses: Sequence[float] | np.ndarray, threshold: float) -> int | None:
    """The first epoch, counted from 1, whose loss is below the threshold; None if there is none.

    losses: one per epoch, a list or an array, perhaps empty. The answer is a whole number or None.

    >>> epochs_until([0.9, 0.5, 0.3, 0.2], 0.4)
    3
    """
    ### BEGIN SOLUTION
    # return ends the loop at the first hit, and start=1 counts epochs as Keras prints them.
    for epoch, loss in enumerate(losses, start=1):
        if loss < threshold:
            return epoch
    return None
    ### END SOLUTION


def train_until(
    model: keras.Model,
    x: np.ndarray,
    y: np.ndarray,
    callback: keras.callbacks.Callback,
    max_epochs: int,
) -> int:
    """Train with one call of model.fit, at most max_epochs epochs, and let the callback end it.

    Leave everything else as Keras has it. Returns how many epochs were really run; the history
    that fit returns shows it.
    """
    ### BEGIN SOLUTION
    # The history has one loss for each epoch that was run, so its length is the answer.
    history = model.fit(x, y, epochs=max_epochs, callbacks=[callback], verbose=0)
    return len(history.history["loss"])
    ### END SOLUTION


if __name__ == "__main__":
    from grader.datasets import fashion_mnist

    print(epochs_until([0.9, 0.5, 0.3, 0.2], 0.4))

    (images, labels), _ = fashion_mnist.load_data()
    model = keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(512, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    print(train_until(model, images / 255.0, labels, StopAtLoss(), max_epochs=10))
